"""How a desk is put together from a URL."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from deskui.clock import FixedClock
from deskui.desk.errors import NotFound
from deskui.desk.records import AgentRecord
from deskui.store import open_store
from deskui.wiring import agent_of, build_desk, default_db_url
from tests.desk.conftest import POLICIES, at


def test_a_desk_over_a_new_store_has_its_first_agent(db_url: str) -> None:
    desk = build_desk(db_url, POLICIES, FixedClock(at(10, 30)), "nok")
    try:
        assert desk.agent.code == "nok"
        assert desk.now() == at(10, 30)
        assert desk.queue().entries == ()
        assert desk.services("sixth")[0].service == "advice"
        # the shipped vendors are there beside the given ones
        assert desk.services("emwork")
    finally:
        desk.shut()


def test_the_named_agent_works_and_an_unknown_one_is_refused(db_url: str) -> None:
    store = open_store(db_url)
    with store.uow(write=True) as uow:
        uow.agents.add(AgentRecord(0, "nok", "Nok", "ค่ะ", "th"))
        uow.agents.add(AgentRecord(0, "art", "Art", "ครับ", "en"))
        uow.commit()
    store.close()
    desk = build_desk(db_url, POLICIES, FixedClock(at(9)), "art")
    assert (desk.agent.code, desk.agent.particle, desk.agent.language) == ("art", "ครับ", "en")
    desk.shut()
    with pytest.raises(NotFound, match="no agent 'som'; there are: art, nok"):
        build_desk(db_url, POLICIES, FixedClock(at(9)), "som")
    with pytest.raises(NotFound, match="Say who is working"):
        build_desk(db_url, POLICIES, FixedClock(at(9)))


def test_the_only_agent_need_not_be_named() -> None:
    only = AgentRecord(7, "nok", "Nok")
    assert agent_of([only], None).agent_id == 7
    with pytest.raises(NotFound):
        agent_of([], None)


def test_the_default_desk_lies_in_the_users_own_folder_and_is_not_made() -> None:
    url = default_db_url()
    assert url.startswith("sqlite:///")
    path = Path(url.removeprefix("sqlite:///"))
    assert path.name == "desk.sqlite"
    assert path.is_relative_to(Path.home())
    assert not path.exists()


def test_importing_the_wiring_loads_neither_store_nor_desk() -> None:
    code = (
        "import sys, deskui.wiring;"
        "print([name for name in sys.modules if name.startswith"
        "(('sqlalchemy', 'deskui.store', 'deskui.desk', 'deskui.policy', 'platformdirs'))])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
