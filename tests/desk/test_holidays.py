"""Holidays the desk adds late: open clocks are planned anew, breaches they leave behind are voided."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from deskui.desk.clocks import recalendar
from deskui.desk.errors import Refused
from deskui.desk.model import ClockState
from deskui.desk.queue import BREACHED
from deskui.policy.decision import Text
from tests.desk.conftest import World, asking, at

TUESDAY = date(2026, 11, 24)
WEDNESDAY = date(2026, 11, 25)
SPECIAL = Text("วันหยุดพิเศษ", "Special holiday")
SOURCE = "cabinet, 23 November 2026"


def test_a_new_holiday_moves_what_is_left(world: World) -> None:
    slow = world.log(world.gold, "repair", severity="slow").row
    down = world.log(world.gold, "repair", severity="down").row
    paused = world.log(world.gold, "repair", severity="slow").row
    paused = world.nok.wait(paused.ticket_id, paused.version)
    done = world.log(world.gold, "repair", severity="slow").row
    done = world.nok.resolve(done.ticket_id, done.version)
    world.move(hours=1)
    assert world.nok.holidays.add("th-private", TUESDAY, SPECIAL, SOURCE).tickets == 1
    row = world.nok.rows([slow.ticket_id])[0]
    assert slow.due_at == at(10, 30, day=WEDNESDAY)
    assert row.due_at == at(10, 30, day=date(2026, 11, 26))
    assert row.version == slow.version + 1
    detail = world.nok.ticket(slow.ticket_id)
    assert detail.entries[-1].text.en == (
        "resolution: was 25/11 10:30, is 26/11 10:30, because the holidays changed"
    )
    steps = world.nok.explain(detail.clocks[0].clock_id)
    assert f"Special holiday ({SOURCE})" in [step.label.en for step in steps]
    assert sum((step.counted for step in steps), timedelta()) == timedelta(hours=16)
    same = world.nok.rows([down.ticket_id, paused.ticket_id, done.ticket_id])
    assert [row.version for row in same] == [down.version, paused.version, done.version]
    # what resumes later counts by the new days
    world.nok.resume(paused.ticket_id, paused.version)
    assert world.nok.rows([paused.ticket_id])[0].due_at == at(11, 30, day=date(2026, 11, 26))


def test_other_desks_take_the_holiday_in(world: World) -> None:
    ticket = world.log(world.gold, "repair", severity="slow").row
    world.art.queue()
    world.nok.holidays.add("th-private", TUESDAY, SPECIAL, SOURCE)
    world.art.queue()
    clock = world.art.rows([ticket.ticket_id])[0].clock
    assert clock is not None
    world.clock.at = at(10, day=TUESDAY)
    seen = world.art.rows([ticket.ticket_id])[0].clock
    assert seen is not None
    assert (seen.state, seen.spent) == (ClockState.OUTSIDE_HOURS, timedelta(hours=6, minutes=30))


def test_a_desk_that_has_not_looked_yet_plans_by_the_holidays_as_they_are(world: World) -> None:
    paused = world.log(world.gold, "repair", severity="slow").row
    paused = world.nok.wait(paused.ticket_id, paused.version)
    world.art.queue()
    world.nok.holidays.add("th-private", TUESDAY, SPECIAL, SOURCE)
    logged = world.art.open_ticket(asking(world.gold, "repair", severity="slow")).row
    went_on = world.art.resume(paused.ticket_id, paused.version)
    assert logged.due_at == went_on.due_at == at(10, 30, day=date(2026, 11, 26))


def test_a_breach_on_a_day_declared_free_afterwards_is_voided(world: World) -> None:
    ticket = world.log(world.gold, "repair", severity="slow").row
    world.clock.at = at(11, day=WEDNESDAY)
    assert world.nok.record_breaches() == 1
    assert world.nok.queue().entries[0].band == BREACHED
    world.nok.holidays.add("th-private", TUESDAY, SPECIAL, SOURCE)
    detail = world.nok.ticket(ticket.ticket_id)
    assert detail.clocks[0].state is ClockState.RUNNING
    assert [e.kind for e in detail.entries if "breach" in e.kind] == ["breached", "breach_voided"]
    assert world.nok.queue("breached").entries == ()
    # and taken back: missed after all, at the same instant, on record once and in force
    world.nok.holidays.take_back("th-private", TUESDAY)
    assert world.nok.ticket(ticket.ticket_id).clocks[0].state is ClockState.BREACHED
    assert world.nok.record_breaches() == 0
    with world.store.uow() as uow:
        breaches = uow.breaches.of_tickets([ticket.ticket_id])
    assert [(breach.due_at, breach.voided_at) for breach in breaches] == [(at(10, 30, day=WEDNESDAY), None)]


def test_a_miss_nobody_saw_is_on_record_before_it_is_voided(world: World) -> None:
    ticket = world.log(world.gold, "repair", severity="slow").row
    world.clock.at = at(11, day=WEDNESDAY)
    world.nok.holidays.add("th-private", TUESDAY, SPECIAL, SOURCE)
    with world.store.uow() as uow:
        breaches = uow.breaches.of_tickets([ticket.ticket_id])
    assert [(breach.due_at, breach.void_reason) for breach in breaches] == [
        (at(10, 30, day=WEDNESDAY), "holiday")
    ]


def test_whatever_the_day_no_clock_is_left_behind(world: World) -> None:
    tickets = []
    for days in (0, 1, 3, 8):
        world.clock.at = at(10, day=date(2026, 11, 23) + timedelta(days=days))
        tickets += [world.log(who, "repair", severity="slow").row for who in (world.gold, world.silver)]
    # one is missed and on record, one waits, one is solved
    world.nok.record_breaches()
    world.nok.wait(tickets[-1].ticket_id, world.nok.rows([tickets[-1].ticket_id])[0].version)
    world.nok.resolve(tickets[-2].ticket_id, world.nok.rows([tickets[-2].ticket_id])[0].version)
    books = (world.nok.holidays, world.art.holidays)
    moved = 0
    for days in (*range(13, -1, -1), 0, 3, 13, 400):
        day = date(2026, 11, 22) + timedelta(days=days)
        changed = day in {one.day for one in books[0].all()}
        done = (
            books[days % 2].take_back("th-private", day)
            if changed
            else (books[days % 2].add("th-private", day, SPECIAL, SOURCE))
        )
        moved += done.tickets
        terms = world.nok._means.terms.with_changes(books[0].all(), ())
        with world.store.uow() as uow:
            for clock in uow.clocks.of_tickets([row.ticket_id for row in tickets]):
                assert recalendar(clock, terms.calendar(clock.policy, clock.calendar)) == clock, day
    assert moved > len(tickets)


def test_a_holiday_becomes_a_working_day(world: World) -> None:
    world.clock.at = at(10, day=date(2026, 12, 4))
    ticket = world.log(world.gold, "repair", severity="slow").row
    # Monday 7 December 2026 stands in for the 5th
    before = ticket.due_at
    assert world.nok.holidays.remove("th-private", date(2026, 12, 7), "company notice").tickets == 1
    after = world.nok.rows([ticket.ticket_id])[0].due_at
    assert before is not None
    assert after == before - timedelta(days=1)


def test_the_decision_knows_the_desks_holidays(world: World) -> None:
    world.nok.holidays.add("th-private", date(2026, 11, 23), SPECIAL, SOURCE)
    assert world.log(world.gold, "advice").row.deferred_until == at(9, day=TUESDAY)


def test_what_cannot_be_is_refused_and_changes_nothing(world: World) -> None:
    ticket = world.log(world.gold, "repair", severity="slow").row
    with pytest.raises(Refused, match="name and the source"):
        world.nok.holidays.add("th-private", TUESDAY, Text("", " "), SOURCE)
    with pytest.raises(Refused, match="name and the source"):
        world.nok.holidays.add("th-private", TUESDAY, SPECIAL, " ")
    with pytest.raises(Refused, match="Give the source"):
        world.nok.holidays.remove("th-private", TUESDAY, "")
    with pytest.raises(Refused, match="is no holiday"):
        world.nok.holidays.remove("th-private", TUESDAY, SOURCE)
    with pytest.raises(Refused, match="No vendor keeps a holiday set 'mars'"):
        world.nok.holidays.add("mars", TUESDAY, SPECIAL, SOURCE)
    with pytest.raises(Refused, match="changed nothing on 2026-11-24"):
        world.nok.holidays.take_back("th-private", TUESDAY)
    assert world.nok.holidays.all() == []
    assert world.nok.rows([ticket.ticket_id]) == [ticket]
