"""What is seen before the desk is open is what the desk shows once it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from deskui.clock import FixedClock, RunningClock, StoreClock
from deskui.desk import queue
from deskui.desk.model import ClockState, TicketRow
from deskui.policy.decision import Text
from deskui.store.glimpse import MOST, ROWS, begin
from deskui.wiring import build_demo, build_desk, glimpse_ahead
from tests.bench.seeded import AGENT, AT, Sizes, make


def _run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def _seen(row: TicketRow) -> TicketRow:
    """A row of the desk without what only the terms know."""
    known = {ClockState.PAUSED, ClockState.BREACHED}
    state = None if row.clock is None else row.clock.state
    stands = state if state is None or state in known else ClockState.RUNNING
    return replace(row, clock=None, service_name=Text("…", "…"), stands=stands)


def _top_of_the_desk(path: Path, at: FixedClock) -> list[TicketRow]:
    desk = build_desk(f"sqlite:///{path}", None, at, AGENT, create=False)
    try:
        ids = [entry.ticket_id for entry in desk.queue().entries[:ROWS]]
        return [_seen(row) for row in desk.rows(ids)]
    finally:
        desk.shut()


def _glimpsed(path: Path, clock: FixedClock) -> list[TicketRow]:
    found = glimpse_ahead(f"sqlite:///{path}", clock)()
    assert found is not None
    assert found.at == clock.now()
    return list(found.rows)


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The demo's store, which has tickets in every state, but for those who rang and were missed."""
    path = tmp_path / "demo.sqlite"
    build_demo(f"sqlite:///{path}", FixedClock(AT)).shut()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE ring SET done_at = rang_at, outcome = 'ticket' WHERE done_at IS NULL")
    return path


@pytest.mark.parametrize(
    "later", [timedelta(0), timedelta(minutes=20), timedelta(hours=5), timedelta(days=4)]
)
def test_tickets_in_every_state_stand_as_on_the_desk(demo: Path, later: timedelta) -> None:
    clock = FixedClock(AT + later)
    expected = _top_of_the_desk(demo, clock)
    assert {row.stands for row in expected} >= {None, ClockState.PAUSED}
    assert _glimpsed(demo, clock) == expected


def test_vendors_own_ranks_deferred_and_uncovered_tickets_stand_where_they_do(tmp_path: Path) -> None:
    """In a store small enough to be put in order whole."""
    path = tmp_path / "small.sqlite"
    make(path, Sizes(90, 20, 55))
    hour = 3_600_000_000
    _run(
        path,
        f"UPDATE ticket SET deferred_until = received_at + {hour * 24 * 90} WHERE ticket_id % 7 = 0",
        "UPDATE ticket SET covered = 0 WHERE ticket_id % 5 = 0 AND policy <> 'emwork'",
        "UPDATE ticket SET covered = 0 WHERE policy = 'emwork'",
        "UPDATE ticket SET state = 'waiting' WHERE ticket_id % 11 = 0 AND state <> 'closed'",
    )
    clock = FixedClock(AT)
    desk = build_desk(f"sqlite:///{path}", None, clock, AGENT)
    bands = {entry.band for entry in desk.queue().entries[:ROWS]}
    desk.shut()
    assert bands >= {queue.BREACHED, queue.PROMISED, queue.UNPROMISED, queue.SERVED_LAST}
    assert _glimpsed(path, clock) == _top_of_the_desk(path, clock)


def test_of_very_many_only_what_is_late_or_due_soon_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "many.sqlite"
    make(path, Sizes(MOST + 600, 50, MOST + 500))
    clock = FixedClock(AT)
    assert _glimpsed(path, clock) == _top_of_the_desk(path, clock)[: len(_glimpsed(path, clock))]
    _run(path, "UPDATE ticket SET promise_due_at = promise_due_at + 864000000000 WHERE ticket_id % 3 <> 0")
    expected = _top_of_the_desk(path, clock)
    shown = _glimpsed(path, clock)
    late = [row for row in expected if row.due_at is not None and row in shown]
    assert 0 < len(shown) < ROWS
    assert shown == expected[: len(shown)] == late


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE alembic_version SET version_num = '0001'",
        "UPDATE alembic_version SET version_num = '9999'",
        "DROP TABLE alembic_version",
        "UPDATE ticket SET state = 'closed'",
    ],
    ids=["older", "newer", "no store", "nothing open"],
)
def test_the_desk_itself_is_waited_for(demo: Path, spoil: str) -> None:
    """Where the rows would be others, or where there are none."""
    _run(demo, spoil)
    assert glimpse_ahead(f"sqlite:///{demo}", FixedClock(AT))() is None


def test_above_missed_calls_those_that_are_late_or_due_soon_are_shown(demo: Path) -> None:
    columns = "number, folded, rang_at, last_at, until_at, times"
    _run(demo, f"INSERT INTO ring ({columns}) VALUES ('1', '1', 0, 0, 0, 1)")
    clock = FixedClock(AT)
    expected, shown = _top_of_the_desk(demo, clock), _glimpsed(demo, clock)
    at = next(at for at, row in enumerate(expected) if row.ring is not None)
    assert 0 < len(shown) == at
    assert shown == expected[:at]


def test_a_clock_that_follows_the_store_is_set_before_the_desk_is_open(tmp_path: Path) -> None:
    """As the desk sets it: what stands on the first frame is the store's time, not the machine's."""
    path = tmp_path / "demo.sqlite"
    build_demo(f"sqlite:///{path}", RunningClock(AT)).shut()
    ahead, opened = StoreClock(), StoreClock()
    assert glimpse_ahead(f"sqlite:///{path}", ahead)() is not None
    build_desk(f"sqlite:///{path}", None, opened, AGENT, create=False).shut()
    assert ahead.offset == opened.offset != timedelta(0)


@pytest.mark.parametrize(
    "address",
    [
        "sqlite:///{}/missing.sqlite",
        "sqlite:///{}/text.sqlite",
        "sqlite:///{}/text.sqlite?timeout=1",
        "sqlite://",
        "postgresql://desk@localhost/desk",
        "nonsense",
    ],
    ids=["missing", "no database", "with options", "memory", "postgresql", "nonsense"],
)
def test_what_is_no_plain_file_is_left_to_the_store(tmp_path: Path, address: str) -> None:
    (tmp_path / "text.sqlite").write_text("no database " * 100)
    assert glimpse_ahead(address.format(tmp_path), FixedClock(AT))() is None
    assert [path.name for path in tmp_path.iterdir()] == ["text.sqlite"]


def test_a_store_that_is_locked_is_left_to_the_desk(demo: Path) -> None:
    with closing(sqlite3.connect(demo, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert begin(demo, FixedClock(AT)) is None


def test_what_changes_meanwhile_is_not_half_seen(demo: Path) -> None:
    """One state of the store, whenever its parts are read."""
    expected = _glimpsed(demo, FixedClock(AT))
    reading = begin(demo, FixedClock(AT))
    assert reading is not None
    _run(demo, "UPDATE ticket SET title = 'another', state = 'closed'")
    found = reading.finish()
    assert found is not None
    assert list(found.rows) == expected


def test_what_is_read_beside_the_screens_comes_in_one_row_and_out_of_the_index(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For every row the driver waits until the thread that loads the screens lets it go on."""
    asked: list[tuple[str, Any]] = []

    class Watched(sqlite3.Connection):
        def execute(self, statement: str, parameters: Any = (), /) -> sqlite3.Cursor:
            asked.append((statement, parameters))
            return super().execute(statement, parameters)

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Watched))
    assert begin(demo, FixedClock(AT)) is not None
    monkeypatch.undo()
    questions = [one for one in asked if "SELECT" in one[0]]
    assert "FROM ticket" in questions[-1][0]
    with closing(sqlite3.connect(demo)) as raw:
        assert [len(raw.execute(*one).fetchall()) for one in questions] == [1] * len(questions)
        plan = raw.execute(f"EXPLAIN QUERY PLAN {questions[-1][0]}", questions[-1][1]).fetchall()
    assert any("COVERING INDEX ix_ticket_open" in step[-1] for step in plan), plan
