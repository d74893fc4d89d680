"""Clocks and breaches come back as given and are found by their times; instants are exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy.engine.default import DefaultDialect

from deskui.desk.model import TicketState
from deskui.desk.planrecords import HeldTicket, PlannedTicket, RunningClock
from deskui.desk.records import BreachRecord, Stretch
from deskui.store.store import Store
from deskui.store.types import Money
from tests.store.conftest import Basics
from tests.store.samples import NOON, clock, ticket


def test_clocks(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        first, second = (uow.tickets.add(ticket(basics)).ticket_id for _ in range(2))
        stretch = Stretch(NOON, NOON + timedelta(hours=1), timedelta(minutes=59, microseconds=3), "office")
        paused = clock(
            second,
            kind="resolution",
            promised=False,
            spent=timedelta(hours=3, microseconds=7),
            running_since=None,
            due_at=None,
            stretches=(stretch, replace(stretch, calendar="วันหยุด")),
        )
        ids = uow.clocks.add([paused, clock(first), clock(first, kind="result")])
        met = replace(paused, clock_id=ids[0], met_at=NOON, breached_at=NOON - timedelta(1), stopped_at=NOON)
        uow.clocks.save([met, clock(first, clock_id=ids[2], spent=timedelta(minutes=5))])
        uow.clocks.save([])
        uow.commit()
    with store.uow() as uow:
        assert uow.clocks.get(ids[0]) == met
        assert uow.clocks.get(ids[0] + 100) is None
        assert uow.clocks.of_tickets([second, first]) == [
            clock(first, clock_id=ids[1]),
            clock(first, clock_id=ids[2], spent=timedelta(minutes=5)),
            met,
        ]


def test_overdue_clocks_are_those_past_due_and_nothing_else(store: Store, basics: Basics) -> None:
    at = NOON + timedelta(minutes=15)
    with store.uow(write=True) as uow:
        ids = [uow.tickets.add(ticket(basics)).ticket_id for _ in range(6)]
        uow.clocks.add(
            [
                clock(ids[0], due_at=at),
                clock(ids[2], due_at=at - timedelta(microseconds=1)),
                clock(ids[2], due_at=at - timedelta(hours=1), kind="result"),
                clock(ids[1], due_at=at - timedelta(hours=1)),
                clock(ids[3], due_at=at - timedelta(hours=1), met_at=NOON),
                clock(ids[4], due_at=at - timedelta(hours=1), stopped_at=NOON),
                clock(ids[5], due_at=at - timedelta(hours=1), breached_at=NOON),
            ]
        )
        assert uow.clocks.overdue(at, 10) == [ids[1], ids[2]]
        assert uow.clocks.overdue(at, 1) == [ids[1]]


def test_clocks_that_a_stretch_of_time_has_a_part_in(store: Store, basics: Basics) -> None:
    hour = timedelta(hours=1)
    with store.uow(write=True) as uow:
        ids = [uow.tickets.add(ticket(basics)).ticket_id for _ in range(8)]
        due = NOON + hour
        uow.clocks.add(
            [
                clock(ids[0], running_since=NOON, due_at=due),
                clock(ids[1], running_since=NOON, due_at=due - timedelta(microseconds=1)),
                clock(ids[2], running_since=due + hour, due_at=due + 3 * hour),
                clock(ids[3], running_since=None, due_at=due),
                clock(ids[4], running_since=NOON, due_at=due, met_at=NOON),
                clock(ids[5], running_since=NOON, due_at=due, breached_at=due),
                clock(ids[6], running_since=NOON, due_at=due, policy="emwork", calendar="night"),
                clock(ids[7], running_since=NOON, due_at=due, breached_at=due, calendar="night"),
            ]
        )

        def reached(found: Iterator[Sequence[RunningClock]]) -> list[tuple[int, str, str]]:
            return sorted((one.ticket_id, one.policy, one.calendar) for some in found for one in some)

        assert reached(uow.clocks.reaching(due, due + hour)) == [
            (ids[0], "business-plus", "office"),
            (ids[6], "emwork", "night"),
        ]
        missed = uow.clocks.missed("business-plus", ["office", "line"], due, due + hour)
        assert reached(missed) == [(ids[5], "business-plus", "office")]
        (one,) = (
            clock
            for some in uow.clocks.reaching(due, due + hour)
            for clock in some
            if clock.ticket_id == ids[0]
        )
        (kept,) = uow.clocks.of_tickets([ids[0]])
        assert one == RunningClock(ids[0], kept.policy, kept.calendar, kept.work, kept.spent, NOON, due)


def test_planning_changes_the_due_instants_and_nothing_else(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        kept = [uow.tickets.add(ticket(basics)) for _ in range(2)]
        closed = uow.tickets.add(ticket(basics, state=TicketState.CLOSED)).ticket_id
        ids = [one.ticket_id for one in kept]
        uow.clocks.add([clock(one, breached_at=NOON) for one in ids])
        held = uow.tickets.hold([closed, *reversed(ids), 999])
        assert held == [HeldTicket(one.ticket_id, one.version) for one in kept]
        before, later = uow.clocks.of_tickets(ids), NOON + timedelta(days=2)
        uow.clocks.plan([replace(before[0], due_at=later, breached_at=None, spent=timedelta(days=9))])
        assert uow.clocks.of_tickets(ids) == [replace(before[0], due_at=later, breached_at=None), before[1]]
        planned = PlannedTicket(ids[1], kept[1].version + 1, later, basics.agent, later, None, "callback")
        uow.tickets.plan([planned])
        uow.tickets.plan([])
        uow.clocks.plan([])
        changed = {name: getattr(planned, name) for name in PlannedTicket.__dataclass_fields__}
        assert sorted(uow.tickets.get(ids), key=lambda one: one.ticket_id) == [
            kept[0],
            replace(kept[1], **changed),
        ]


def test_a_breach_is_written_once_per_clock_and_due_instant(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        where = uow.tickets.add(ticket(basics)).ticket_id
        (which,) = uow.clocks.add([clock(where)])
        missed = BreachRecord(0, which, where, "callback", True, NOON, NOON + timedelta(seconds=3))
        earlier = replace(missed, due_at=NOON - timedelta(microseconds=1))
        assert uow.breaches.add(missed)
        assert not uow.breaches.add(replace(missed, recorded_at=NOON + timedelta(seconds=9)))
        assert uow.breaches.add(earlier)
        uow.breaches.void(which, NOON, NOON + timedelta(hours=1), "holiday_added")
        uow.commit()
    with store.uow() as uow:
        kept = uow.breaches.of_tickets([where])
    assert [replace(one, breach_id=0) for one in kept] == [
        earlier,
        replace(missed, voided_at=NOON + timedelta(hours=1), void_reason="holiday_added"),
    ]
    brought_back = replace(missed, recorded_at=NOON + timedelta(hours=2))
    with store.uow(write=True) as uow:
        assert uow.breaches.add(brought_back)
        assert not uow.breaches.add(brought_back)
        uow.commit()
    with store.uow() as uow:
        kept = uow.breaches.of_tickets([where])
    assert [replace(one, breach_id=0) for one in kept] == [earlier, brought_back]


def test_instants_are_exact_and_in_utc_whatever_zone_they_came_in(store: Store, basics: Basics) -> None:
    bangkok = timezone(timedelta(hours=7))
    early = datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    late = datetime(2569, 2, 28, 12, 0, 0, 1, tzinfo=bangkok)
    with store.uow(write=True) as uow:
        kept = uow.tickets.add(ticket(basics, received_at=early, deferred_until=late))
        uow.commit()
    with store.uow() as uow:
        (found,) = uow.tickets.get([kept.ticket_id])
    assert (found.received_at, found.deferred_until) == (early, late)
    assert found.deferred_until is not None
    assert found.received_at.utcoffset() == found.deferred_until.utcoffset() == timedelta(0)


def test_a_naive_instant_is_refused(store: Store, basics: Basics) -> None:
    naive = NOON.replace(tzinfo=None)
    with store.uow(write=True) as uow, pytest.raises(ValueError, match="naive"):
        uow.tickets.add(ticket(basics, received_at=naive))
    with store.uow(write=True) as uow:
        where = uow.tickets.add(ticket(basics)).ticket_id
        with pytest.raises(ValueError, match="naive"):
            uow.clocks.add([clock(where, stretches=(Stretch(naive, naive, timedelta(0), "office"),))])
    with store.uow() as uow, pytest.raises(ValueError, match="naive"):
        uow.clocks.overdue(naive, 1)


def test_what_json_cannot_hold_is_refused(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow, pytest.raises(TypeError, match="JSON"):
        uow.tickets.add(ticket(basics, facts={"purchased_on": date(2026, 1, 1)}))


def test_money_is_exact_to_the_satang() -> None:
    money, dialect = Money(), DefaultDialect()
    for text in ("0", "0.01", "-1500.55", "12345678901234.99", "500"):
        stored = money.process_bind_param(Decimal(text), dialect)
        assert isinstance(stored, int)
        assert money.process_result_value(stored, dialect) == Decimal(text)
    assert money.process_bind_param(None, dialect) is None
    assert money.process_result_value(None, dialect) is None
    for bad in (Decimal("0.001"), Decimal("NaN"), Decimal("Infinity"), 1.5):
        with pytest.raises(ValueError, match=r"satang|float"):
            money.process_bind_param(bad, dialect)  # type: ignore[arg-type]
