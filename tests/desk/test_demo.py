"""The demo desk is alive whenever it is opened: by day, at night, on a Saturday, in a provisional year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from deskui.clock import FixedClock
from deskui.desk.desk import Desk
from deskui.desk.errors import NotFound, Refused
from deskui.desk.model import ClockState, TicketState
from deskui.wiring import build_demo

MONDAY = "2026-11-23T10:42:00+07:00"


def at(text: str) -> FixedClock:
    return FixedClock(datetime.fromisoformat(text))


@pytest.fixture
def monday(db_url: str) -> Iterator[Desk]:
    desk = build_demo(db_url, at(MONDAY))
    yield desk
    desk.shut()


@pytest.mark.parametrize(
    "moment",
    [
        MONDAY,
        "2026-11-22T02:00:00+07:00",
        "2026-12-05T12:00:00+07:00",
        "2027-04-14T09:00:00+07:00",
        "2030-03-01T00:00:00+07:00",
    ],
)
def test_the_demo_is_alive_at_any_moment(db_url: str, moment: str) -> None:
    clock = at(moment)
    desk = build_demo(db_url, clock)
    try:
        desk.record_breaches()
        snapshot = desk.queue()
        rows = desk.rows([entry.ticket_id for entry in snapshot.entries])
        promised = [row.clock for row in rows if row.clock is not None and row.clock.promised]
        assert {clock.state for clock in promised} >= {ClockState.BREACHED, ClockState.PAUSED}
        assert len(promised) >= 6
        assert any(row.clock is not None and not row.clock.promised for row in rows)
        assert {row.state for row in rows} == {TicketState.NEW, TicketState.OPEN, TicketState.WAITING}
        assert all(row.received_at <= clock.now() for row in rows)
        put_off = [row for row in rows if row.deferred_until is not None]
        assert len(put_off) == 1
        decision = desk.ticket(put_off[0].ticket_id).decision
        assert decision is not None
        assert decision.outcome == "defer"
        assert decision.rules[0] == "AR-53"
    finally:
        desk.shut()


def test_a_promise_is_about_to_fall_due_on_a_working_day(monday: Desk) -> None:
    bands = [entry.band for entry in monday.queue().entries]
    assert bands == sorted(bands)
    assert {0, 1, 2, 3, 4} <= set(bands)


def test_what_was_used_before_counts(monday: Desk) -> None:
    hit = monday.find_callers("AR-0002")[0]
    services = {line.service: line for line in monday.customer_card(hit.customer_id).entitlements}
    assert (services["remote-install"].outcome, services["remote-install"].remaining) == ("charge", 0)
    assert (services["form-layout"].used, services["form-layout"].total) == (2, 4)


def test_nothing_was_done_before_it_was_reported_or_at_night(monday: Desk) -> None:
    zone = datetime.fromisoformat(MONDAY).tzinfo
    for entry in monday.queue().entries:
        detail = monday.ticket(entry.ticket_id)
        for line in detail.entries:
            assert detail.row.received_at <= line.at <= monday.now()
            assert 9 <= line.at.astimezone(zone).hour <= 18


def test_a_store_in_use_is_left_alone(monday: Desk, db_url: str) -> None:
    with pytest.raises(Refused, match="new store"):
        build_demo(db_url, at(MONDAY))
    assert len(monday.queue().entries) == 22


def test_an_agent_the_demo_does_not_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nok"):
        build_demo(f"sqlite:///{tmp_path / 'x.sqlite'}", at(MONDAY), "nobody")
