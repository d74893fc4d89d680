"""`deskui ring` and `deskui call`: what a softphone says, what is missed, what needed no ticket."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from deskui.clock import FixedClock
from deskui.wiring import build_desk
from tests.cli.desks import HOSTILE, Run, safe
from tests.cli.test_ticket import log
from tests.desk.conftest import POLICIES

LATER = "2026-11-23T10:31"


@pytest.mark.parametrize("number", ["081-234-5678", "+66812345678"])
def test_a_ring_names_the_caller(desk: Run, number: str) -> None:
    done = desk("ring", number)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"Test Trading · สมศรี ({number}): rings for everybody\n"
    told = desk("ring", number, "--to", "art", "--json").json
    assert (told["ring"], told["state"], told["to"], told["times"]) == (1, "ringing", "art", 1)
    assert (told["customer"], told["contact"], told["product"]) == ("Test Trading", "สมศรี", "Sixth suite")


def test_a_hook_needs_nobody_to_be_working(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESKUI_AGENT")
    assert desk("ring", "0999999999").out == "0999999999: rings for everybody\n"


def test_what_cannot_ring(desk: Run, empty: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments, why in (
        ((" ",), "1 to 40 characters"),
        (("0" * 41,), "1 to 40 characters"),
        (("0812345678", "--to", "zoe"), "There is no agent 'zoe'; there are: art, nok"),
        ((), "Missing argument 'NUMBER'"),
    ):
        done = desk("ring", *arguments)
        assert (done.code, done.out) == (2, "")
        assert why in done.err
    done = desk("ring", "0812345678", "--db", "sqlite:////nowhere/desk.sqlite")
    assert (done.code, done.out) == (3, "")


def test_a_hostile_number_steers_no_terminal(desk: Run) -> None:
    done = desk("ring", HOSTILE)
    assert done.code == 0
    assert safe(done.out)
    assert safe(desk("call", "missed").out)


def test_a_ring_that_nobody_took_stands_among_the_callbacks(desk: Run) -> None:
    log(desk)
    assert desk("ring", "0999999999").code == 0
    assert desk("ticket", "list", "--view", "callbacks", "--json").json[0]["number"] == 1001
    done = desk("ticket", "list", "--view", "callbacks", at=LATER)
    assert "☎" in done.out
    assert "missed call 099 999 9999 ×1 2026-11-23 10:30" in done.out
    rows = desk("ticket", "list", "--json", at=LATER).json
    assert [row["number"] for row in rows] == [1001, None]
    assert rows[1]["missed_call"] == {"number": "099 999 9999", "times": 1}
    (waiting,) = desk("call", "missed", "--json", at=LATER).json
    assert (waiting["state"], waiting["since"]) == ("missed", "2026-11-23T03:30:00+00:00")


def test_missed_is_said_at_once_where_nobody_will_take_it(desk: Run) -> None:
    done = desk("ring", "0999999999", "--missed")
    assert done.out == "0999999999: missed, waits among the callbacks\n"
    assert len(desk("ticket", "list", "--json").json) == 1


def test_nothing_to_list_is_said(desk: Run) -> None:
    for what in ("list", "missed"):
        done = desk("call", what)
        assert (done.code, done.out) == (0, "")
        assert done.err.strip()
        assert desk("call", what, "--json").json == []


def test_the_log_of_calls_and_the_way_back(desk: Run, db_url: str) -> None:
    desk("ring", "081-234-5678")
    nok = build_desk(db_url, POLICIES, agent_code="nok", create=False)
    try:
        nok.end_call(nok.take_ring(1), "only_asked")
    finally:
        nok.shut()
    done = desk("call", "list")
    head, line = done.out.splitlines()
    assert head.split()[:3] == ["ID", "TIME", "AGENT"]
    for part in ("nok", "only asked", "081 234 5678", "Test Trading · สมศรี"):
        assert part in line
    (told,) = desk("call", "list", "--json", "--limit", "1").json
    assert (told["call"], told["reason"], told["undone"]) == (1, "only_asked", False)
    assert desk("call", "list", "--json", "--since", "2099-01-01").json == []
    wrong = desk("call", "list", "--since", "soon")
    assert wrong.code == 2
    assert "--since" in wrong.err
    refused = desk("call", "undo", "1", "--agent", "art")
    assert refused.code == 1
    assert "nok logged this call" in refused.err
    assert json.loads(desk("call", "undo", "--json").out)["query"] == "081 234 5678"
    assert "(taken back)" in desk("call", "list").out
    assert desk("call", "undo", "1").code == 1
    assert desk("call", "undo", "99").code == 2


def test_a_hook_that_says_it_again_after_the_call_was_taken_makes_no_second_ring(
    desk: Run, db_url: str
) -> None:
    """Up to the end of the half minute it is the same call; later it is another one."""
    ring_id = desk("ring", "0812345678", "--json").json["ring"]
    clock = FixedClock(datetime.fromisoformat("2026-11-23T10:30:05+07:00"))
    taker = build_desk(db_url, POLICIES, clock, "nok")
    taker.take_ring(ring_id)
    again = desk("ring", "0812345678", "--json", at="2026-11-23T10:30:10").json
    assert (again["ring"], again["state"], again["taken_by"]) == (ring_id, "taken", "nok")
    assert len(taker.rings()) == 1
    taker.shut()
    later = desk("ring", "0812345678", "--json", at="2026-11-23T10:30:31").json
    assert later["ring"] != ring_id
