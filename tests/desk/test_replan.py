"""Many tickets planned anew after a change of hours: slice by slice, stopped half-way, by two at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deskui.desk import replan
from deskui.desk.desk import Desk
from deskui.desk.planrecords import ReplanRecord
from deskui.policy.decision import Text
from deskui.store.uow import UnitOfWork
from tests.desk.conftest import World, asking, at

TUESDAY = date(2026, 11, 24)
SPECIAL = Text("วันหยุดพิเศษ", "Special holiday")
DUE, MOVED = at(10, 30, day=date(2026, 11, 25)), at(10, 30, day=date(2026, 11, 26))
TICKETS = 7


class Stopped(BaseException):
    """As Ctrl-C."""


@pytest.fixture(autouse=True)
def _slices_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replan, "MOST_IDS", 2)
    monkeypatch.setattr(replan, "_GAP", 0)


@pytest.fixture
def many(world: World) -> list[int]:
    """Tickets that the holiday moves."""
    return [world.log(world.gold, "repair", severity="slow").row.ticket_id for _ in range(TICKETS)]


def stop_after(slices: int) -> replan.Told:
    """Whoever is told of so many slices stops the work."""

    def told(done: int, of: int) -> None:
        assert of == TICKETS
        if done >= 2 * slices:
            raise Stopped

    return told


def add(desk: Desk, told: replan.Told | None = None) -> int:
    """The holiday that moves them."""
    return desk.holidays.add("th-private", TUESDAY, SPECIAL, "cabinet", told).tickets


def dues(world: World, ids: list[int]) -> list[object]:
    """Their due times, each the same in the ticket's row and in its clock."""
    with world.store.uow() as uow:
        tickets = {one.ticket_id: one.goal_due_at or one.promise_due_at for one in uow.tickets.get(ids)}
        for clock in uow.clocks.of_tickets(ids):
            assert clock.due_at == tickets[clock.ticket_id]
    return [tickets[one] for one in ids]


def whole(world: World, ids: list[int]) -> None:
    """Each moved exactly once, with its event, its version and its line of the change feed."""
    assert dues(world, ids) == [MOVED] * len(ids)
    with world.store.uow() as uow:
        told = [one.entity_id for one in uow.changes.since(0, 1000) if one.kind == "ticket"]
        for ticket in uow.tickets.get(ids):
            events = uow.events.of_ticket(ticket.ticket_id)
            assert [event.kind for event in events] == ["opened", "replanned"]
            assert events[-1].agent_id == world.nok.agent.agent_id
            assert uow.events.chain_is_whole(ticket.ticket_id)
            assert (ticket.version, told.count(ticket.ticket_id)) == (2, 2)
        assert uow.replans.unfinished() == []


def left(world: World) -> ReplanRecord:
    """What is unfinished."""
    (found,) = world.art.unfinished_replans()
    return found


def test_other_writers_come_in_between_two_slices(world: World, many: list[int]) -> None:
    seen: list[tuple[int, int]] = []
    logged: list[object] = []

    def told(done: int, of: int) -> None:
        seen.append((done, of))
        if 0 < done < of:
            # waits for the lock, were it held: this is the same thread
            logged.append(world.art.open_ticket(asking(world.gold, "repair", severity="slow")).row.due_at)

    assert add(world.nok, told) == TICKETS
    assert seen == [(0, 7), (2, 7), (4, 7), (6, 7), (7, 7)]
    assert logged == [MOVED] * 3
    whole(world, many)


def test_what_was_stopped_is_known_and_goes_on(world: World, many: list[int]) -> None:
    with pytest.raises(Stopped):
        add(world.nok, stop_after(2))
    assert dues(world, many) == [MOVED] * 4 + [DUE] * 3
    assert [(one.day, one.moved, one.seen_at) for one in world.art.unfinished_replans()] == [
        (TUESDAY, 4, None)
    ]
    assert world.art.finish_replans()
    whole(world, many)


def test_what_died_goes_on_once_nobody_is_heard_of_for_a_while(world: World, many: list[int]) -> None:
    with pytest.raises(Stopped):
        add(world.nok, stop_after(1))
    with world.store.uow(write=True) as uow:
        # as a process that was killed leaves it
        uow.replans.save(replace(left(world), seen_at=world.clock.now()))
        uow.commit()
    world.move(seconds=9)
    assert not world.art.finish_replans()
    assert left(world).moved == 2
    world.move(seconds=1)
    world.art.record_breaches()
    whole(world, many)


def test_no_miss_is_written_by_the_old_hours_while_somebody_plans(world: World, many: list[int]) -> None:
    world.clock.at = at(11, day=date(2026, 11, 25))

    def told(done: int, of: int) -> None:
        if 0 < done < of:
            assert world.art.record_breaches() == 0

    assert add(world.nok, told) == TICKETS
    assert dues(world, many) == [MOVED] * TICKETS
    assert world.nok.queue("breached").entries == ()


def test_two_at_once_do_nothing_twice(world: World, many: list[int]) -> None:
    def told(done: int, of: int) -> None:
        if done == 4:
            # so slow that the other takes it for dead
            world.move(seconds=11)
            assert world.art.finish_replans()

    assert add(world.nok, told) == TICKETS
    whole(world, many)


def test_a_ticket_whose_turn_has_not_come_is_planned_when_it_is_touched(
    world: World, many: list[int]
) -> None:
    touched = many[-1]

    def told(done: int, of: int) -> None:
        if done == 2:
            world.art.note(touched, "called again")
            assert dues(world, [touched]) == [MOVED]
            row = world.art.rows([touched])[0]
            assert world.art.claim(touched, row.version).due_at == MOVED

    assert add(world.nok, told) == TICKETS - 1
    assert dues(world, many) == [MOVED] * TICKETS
    with world.store.uow() as uow:
        kinds = [event.kind for event in uow.events.of_ticket(touched)]
        assert kinds == ["opened", "replanned", "note", "claimed"]
        assert uow.replans.unfinished() == []
    # and taken back: in the queue again, by the hours as they are
    world.art.undo(touched, world.art.rows([touched])[0].version)
    assert dues(world, [touched]) == [MOVED]


def test_another_day_that_comes_in_meanwhile_counts_too(world: World, many: list[int]) -> None:
    thursday = date(2026, 11, 26)

    def told(done: int, of: int) -> None:
        if done == 2:
            world.art.holidays.add("th-private", thursday, SPECIAL, "cabinet")

    add(world.nok, told)
    assert dues(world, many) == [at(10, 30, day=date(2026, 11, 27))] * TICKETS
    assert world.art.unfinished_replans() == []


def test_a_day_taken_back_half_way_leaves_all_as_they_were(world: World, many: list[int]) -> None:
    with pytest.raises(Stopped):
        add(world.nok, stop_after(1))
    assert world.art.holidays.take_back("th-private", TUESDAY).tickets == 2
    assert world.art.finish_replans()
    assert dues(world, many) == [DUE] * TICKETS
    assert world.art.unfinished_replans() == []


def test_what_these_terms_do_not_know_is_left_to_a_desk_that_does(world: World) -> None:
    with world.store.uow(write=True) as uow:
        for name, vendor in (("mars", None), (None, "eighth")):
            day = TUESDAY if name else None
            uow.replans.add(ReplanRecord(0, name, day, vendor, at(9), world.nok.agent.agent_id))
        uow.commit()
    assert world.nok.finish_replans()
    assert [one.moved for one in world.nok.unfinished_replans()] == [0, 0]


def test_a_slice_that_is_lost_leaves_nothing_of_itself(
    world: World, many: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, turns = UnitOfWork.commit, iter(range(100))

    def commit(uow: UnitOfWork) -> None:
        # the change of hours and two slices last
        if next(turns) == 3:
            raise Stopped
        real(uow)

    with monkeypatch.context() as patched:
        patched.setattr(UnitOfWork, "commit", commit)
        with pytest.raises(Stopped):
            add(world.nok)
    assert left(world).moved == 4
    assert dues(world, many) == [MOVED] * 4 + [DUE] * 3
    world.nok.record_breaches()
    whole(world, many)
