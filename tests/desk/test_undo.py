"""The newest step is taken back: state, clocks and quota as before it, nothing erased; over a real store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from deskui.desk.clocks import is_missed
from deskui.desk.desk import Desk
from deskui.desk.errors import DeskError, LostRace, Refused
from deskui.desk.model import TicketRow, TicketState
from deskui.desk.records import ClockRecord, TicketRecord
from deskui.desk.undo import clock_from_json, clock_to_json
from deskui.policy.decision import Text
from deskui.policy.library import Library
from tests.desk.conftest import POLICIES, World, at, shelf
from tests.desk.test_team import used

Step = Callable[[Desk, TicketRow], TicketRow]

STEPS: dict[str, Step] = {
    "claim": lambda desk, row: desk.claim(row.ticket_id, row.version),
    "wait": lambda desk, row: desk.wait(row.ticket_id, row.version, "for a picture"),
    "hold": lambda desk, row: desk.hold(row.ticket_id, row.version, "for the maker"),
    "assign": lambda desk, row: desk.assign(row.ticket_id, row.version, "art"),
    "release": lambda desk, row: desk.release(row.ticket_id, row.version),
    "resume": lambda desk, row: desk.resume(row.ticket_id, row.version),
    "severity": lambda desk, row: desk.change_severity(row.ticket_id, row.version, "slow"),
    "meet": lambda desk, row: desk.meet(row.ticket_id, row.version, "first_response"),
    "resolve": lambda desk, row: desk.resolve(row.ticket_id, row.version, "restarted it"),
    "reopen": lambda desk, row: desk.reopen(row.ticket_id, row.version),
    "close": lambda desk, row: desk.close(row.ticket_id, row.version),
    "take_over": lambda desk, row: desk.take_over(row.ticket_id, row.version, "at lunch"),
}


def stored(world: World, ticket_id: int) -> tuple[TicketRecord, list[ClockRecord]]:
    """A ticket and its clocks, apart from who touched it last and how often."""
    with world.store.uow() as uow:
        (ticket,) = uow.tickets.get([ticket_id])
        clocks = list(uow.clocks.of_tickets([ticket_id]))
    return replace(ticket, version=0, changed_at=at(0), changed_by=None), clocks


@pytest.mark.parametrize(
    "way",
    [
        ("claim",),
        ("wait",),
        ("hold",),
        ("claim", "assign"),
        ("claim", "release"),
        ("wait", "resume"),
        ("severity",),
        ("meet",),
        ("resolve",),
        ("resolve", "reopen"),
        ("resolve", "close"),
        ("claim", "wait", "resolve"),
    ],
    ids="-".join,
)
def test_every_step_is_taken_back(world: World, way: tuple[str, ...]) -> None:
    row = world.log(world.silver, "repair", severity="down").row
    for name in way[:-1]:
        world.move(minutes=3)
        row = STEPS[name](world.nok, row)
    before = stored(world, row.ticket_id)
    world.move(minutes=3)
    row = STEPS[way[-1]](world.nok, row)
    assert stored(world, row.ticket_id) != before
    world.move(minutes=3)
    step = world.nok.last_step(row.ticket_id)
    assert step is not None
    assert step.mine
    back = world.nok.undo(row.ticket_id, row.version)
    assert stored(world, row.ticket_id) == before
    assert back.version == row.version + 1
    texts = [entry.text.en for entry in world.nok.ticket(row.ticket_id).entries]
    assert any(text == f"took back: {step.did.en}" for text in texts)
    with pytest.raises(Refused, match="no newest step"):
        world.nok.undo(row.ticket_id, back.version)


def test_a_step_stays_undoable_under_a_note_but_not_under_another_step(world: World) -> None:
    row = world.log(world.gold, "advice").row
    claimed = world.nok.claim(row.ticket_id, row.version)
    world.art.note(row.ticket_id, "called again")
    held = world.art.hold(row.ticket_id, claimed.version, "the maker")
    world.move(minutes=2)
    with pytest.raises(LostRace):
        world.nok.undo(row.ticket_id, claimed.version)
    with pytest.raises(Refused, match=r"art's \(put it on hold for a third party 2 min ago\): only art"):
        world.nok.undo(row.ticket_id, held.version)
    again = world.art.undo(row.ticket_id, held.version)
    assert (again.state, again.assignee) == (TicketState.OPEN, "nok")


def test_the_time_between_counts_as_if_nothing_had_happened(world: World) -> None:
    row = world.log(world.silver, "advice").row
    world.move(minutes=10)
    waiting = world.nok.wait(row.ticket_id, row.version)
    world.move(minutes=20)
    back = world.nok.undo(row.ticket_id, waiting.version)
    assert back.due_at == at(11, 30)
    assert back.clock is not None
    assert back.clock.left == timedelta(minutes=30)


def test_a_promise_that_ran_out_meanwhile_is_missed_after_all(world: World) -> None:
    row = world.log(world.gold, "advice").row
    waiting = world.nok.wait(row.ticket_id, row.version)
    world.move(minutes=30)
    back = world.nok.undo(row.ticket_id, waiting.version)
    assert back.clock is not None
    assert back.clock.breached_at == at(10, 45)
    with world.store.uow() as uow:
        (breach,) = uow.breaches.of_tickets([row.ticket_id])
    assert (breach.due_at, breach.voided_at) == (at(10, 45), None)


def test_a_miss_that_could_not_have_been_is_voided(world: World) -> None:
    row = world.log(world.gold, "advice").row
    world.move(minutes=5)
    waiting = world.nok.wait(row.ticket_id, row.version)
    resumed = world.nok.resume(row.ticket_id, waiting.version)
    world.move(minutes=30)
    assert world.nok.record_breaches() == 1
    back = world.nok.undo(row.ticket_id, resumed.version)
    assert back.clock is not None
    assert (back.state, back.clock.breached_at, back.due_at) == (TicketState.WAITING, None, None)
    with world.store.uow() as uow:
        (breach,) = uow.breaches.of_tickets([row.ticket_id])
    assert (breach.voided_at, breach.void_reason) == (world.clock.now(), "undone")


def test_a_ticket_that_was_just_logged_is_withdrawn_with_its_quota(world: World) -> None:
    before = used(world, world.gold)
    row = world.log(world.gold, "install", same_machine=False).row
    assert used(world, world.gold) == before + 1
    with pytest.raises(Refused, match="only nok takes it back"):
        world.art.undo(row.ticket_id, row.version)
    gone = world.nok.undo(row.ticket_id, row.version)
    assert gone.state is TicketState.CLOSED
    assert used(world, world.gold) == before
    assert world.nok.queue().entries == ()
    assert world.nok.ticket(row.ticket_id).entries[-1].text.en == "withdrew it"


@pytest.mark.parametrize("from_target", [False, True])
def test_a_merge_is_taken_back_from_either_end(world: World, from_target: bool) -> None:
    one = world.log(world.gold, "install", same_machine=False).row
    two = world.log(world.gold, "install", same_machine=False).row
    units, before = used(world, world.gold), stored(world, two.ticket_id)
    target = world.nok.merge(two.ticket_id, two.version, one.ticket_id)
    assert used(world, world.gold) == units - 1
    world.move(minutes=1)
    end = target if from_target else world.nok.ticket(two.ticket_id).row
    with pytest.raises(Refused, match="only nok"):
        world.art.undo(end.ticket_id, end.version)
    world.nok.undo(end.ticket_id, end.version)
    assert used(world, world.gold) == units
    assert stored(world, two.ticket_id) == before
    assert world.nok.ticket(one.ticket_id).merged == ()
    assert world.nok.ticket(two.ticket_id).merged_into is None
    assert len(world.nok.queue().entries) == 2
    assert world.nok.ticket(one.ticket_id).entries[-1].text.en == f"parted #{two.number} from it"


def test_a_clock_that_runs_again_counts_by_the_holidays_as_they_are_now(world: World) -> None:
    row = world.log(world.gold, "repair", severity="slow").row
    waiting = world.nok.wait(row.ticket_id, row.version)
    holiday = Text("วันหยุดพิเศษ", "Special holiday")
    world.art.holidays.add("th-private", date(2026, 11, 24), holiday, "cabinet")
    back = world.nok.undo(row.ticket_id, waiting.version)
    assert (row.due_at, back.due_at) == (
        at(10, 30, day=date(2026, 11, 25)),
        at(10, 30, day=date(2026, 11, 26)),
    )


def test_a_clock_runs_again_as_it_ran_where_its_terms_are_gone(world: World) -> None:
    row = world.log(world.gold, "repair", severity="slow").row
    waiting = world.nok.wait(row.ticket_id, row.version)
    others = Library({"seventh": POLICIES / "seventh.toml"}, shelf())
    back = Desk(world.store.uow, others, world.clock, world.nok.agent).undo(row.ticket_id, waiting.version)
    assert back.due_at == row.due_at


@pytest.mark.parametrize("end", ["close", "merge"])
def test_what_the_end_of_a_ticket_left_unasked_is_asked_again(world: World, end: str) -> None:
    row = world.log(world.gold, "repair", severity="slow").row
    other = world.log(world.gold, "repair", severity="slow").row
    earlier = world.nok.ask_about_ticket(row.ticket_id, "free?").question_id
    world.nok.withdraw_question(earlier)
    asked = world.nok.ask_about_ticket(row.ticket_id, "and now?").question_id
    world.move(minutes=1)
    if end == "close":
        row = world.nok.close(row.ticket_id, row.version)
    else:
        world.nok.merge(row.ticket_id, row.version, other.ticket_id)
        row = world.nok.ticket(row.ticket_id).row
    assert list(world.nok.questions_waiting()) == []
    world.nok.undo(row.ticket_id, row.version)
    assert [one.question_id for one in world.nok.questions_waiting()] == [asked]
    assert [e.kind for e in world.nok.ticket(row.ticket_id).entries][-2:] == ["undone", "asked"]


def test_who_loses_or_gets_a_ticket_back_is_told(world: World) -> None:
    row = world.log(world.gold, "advice").row
    row = world.art.claim(row.ticket_id, row.version)
    row = world.nok.take_over(row.ticket_id, row.version, "at lunch")
    world.nok.undo(row.ticket_id, row.version)
    assert [(note.kind, note.by) for note in world.art.notices()] == [("taken", "nok"), ("given", "nok")]


def test_any_walk_can_be_taken_back_at_its_end(world: World) -> None:
    """Random steps of two agents; the newest one is taken back, and all is as it was before it."""
    random, taken = Random(4), 0
    for _ in range(12):
        row = world.log(world.silver, "repair", severity=random.choice(["down", "slow"])).row
        before, doer = stored(world, row.ticket_id), world.nok
        for _ in range(6):
            world.move(minutes=random.randrange(1, 400))
            world.nok.record_breaches()
            now, desk = stored(world, row.ticket_id), random.choice([world.nok, world.art])
            try:
                row = STEPS[random.choice(list(STEPS))](desk, row)
            except DeskError:
                continue
            if row.version and stored(world, row.ticket_id) != now:
                before, doer = now, desk
        step = world.nok.last_step(row.ticket_id)
        if step is None or step.kind == "opened":
            continue
        row = world.nok.rows([row.ticket_id])[0]
        doer.undo(row.ticket_id, row.version)
        ticket, clocks = before
        # what ran out since is missed, whether or not the step was taken
        clocks = [
            replace(clock, breached_at=clock.due_at) if is_missed(clock, world.clock.now()) else clock
            for clock in clocks
        ]
        assert stored(world, row.ticket_id) == (ticket, clocks)
        taken += 1
    assert taken > 5


def test_a_clock_is_kept_exactly(world: World) -> None:
    row = world.log(world.silver, "advice").row
    world.move(minutes=7, microseconds=13)
    row = world.nok.wait(row.ticket_id, row.version)
    world.move(hours=9)
    world.nok.resume(row.ticket_id, row.version)
    for clock in stored(world, row.ticket_id)[1]:
        assert clock_from_json(clock_to_json(clock)) == clock
