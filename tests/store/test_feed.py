"""Other desks' commits are noticed, and only commits."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskui.desk.errors import StoreFailure
from deskui.desk.records import AgentRecord
from deskui.store import open_store
from deskui.store.store import Store
from tests.databases import only_on
from tests.store.samples import NOON


def test_a_commit_of_another_store_is_seen_and_nothing_before_it(store: Store, db_url: str) -> None:
    other = open_store(db_url)
    assert store.last_change() == other.last_change() == 0
    with other.uow(write=True) as uow:
        uow.changes.add("ticket", [1, 2], NOON)
        uow.agents.add(AgentRecord(0, "art", "Art"))
        assert store.last_change() == other.last_change() == 0
        uow.commit()
    last = store.last_change()
    assert last > 0
    assert other.last_change() == last
    with store.uow() as uow:
        assert uow.changes.last() == last
        assert uow.changes.since(0, 10)[-1].position == last
    other.close()


def test_own_commits_are_seen_and_rolled_back_ones_are_not(store: Store) -> None:
    with store.uow(write=True) as uow:
        uow.changes.add("ticket", [1], NOON)
        assert store.last_change() == 0
        uow.commit()
    seen = store.last_change()
    with store.uow(write=True) as uow:
        uow.changes.add("ticket", [1], NOON)
    assert store.last_change() == seen > 0


def test_a_commit_without_changes_moves_nothing(store: Store) -> None:
    with store.uow(write=True) as uow:
        uow.changes.add("ticket", [1], NOON)
        uow.commit()
    seen = store.last_change()
    with store.uow(write=True) as uow:
        uow.settings.write("a", 1)
        uow.commit()
    assert store.last_change() == seen


def test_positions_grow_in_the_order_of_commits(store: Store) -> None:
    with store.uow(write=True) as slow:
        slow.changes.add("ticket", [1], NOON)
        if not store.where.endswith(".sqlite"):
            # SQLite has one writer at a time; PostgreSQL lets the later one commit first
            with store.uow(write=True) as quick:
                quick.changes.add("ticket", [2], NOON)
                quick.commit()
        slow.commit()
    with store.uow(write=True) as uow:
        uow.changes.add("ticket", [3], NOON)
        uow.commit()
    with store.uow() as uow:
        entries = [one.entity_id for one in uow.changes.since(0, 10)]
    assert entries in ([2, 1, 3], [1, 3])


@only_on("sqlite")
def test_a_store_that_has_gone_is_a_failure_and_comes_back(db_url: str, tmp_path: Path) -> None:
    store = open_store(db_url)
    Path(store.where).rename(tmp_path / "aside")
    Path(store.where).mkdir()
    with pytest.raises(StoreFailure):
        store.last_change()
    Path(store.where).rmdir()
    (tmp_path / "aside").rename(store.where)
    assert store.last_change() == 0
    store.close()
