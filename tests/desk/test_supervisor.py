"""The supervisor is asked from a call or a ticket; the answer changes the verdict, kept with who gave it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from deskui.desk.desk import Desk
from deskui.desk.errors import NotFound, Refused
from deskui.desk.model import ClockState, TicketRow
from tests.desk.conftest import World, asking, at


def test_a_yes_changes_the_verdict_of_the_open_call_and_the_ticket_keeps_who_gave_it(
    world: World, ploy: Desk
) -> None:
    ploy.here()
    call = asking(world.bare, "install", same_machine=False)
    assert world.nok.preview(call).outcome == "charge"
    asked = world.nok.ask_supervisor(replace(call, notes="payroll is due today"))
    assert (asked.state, asked.due_at, asked.text) == ("open", None, "payroll is due today")
    assert (asked.customer, asked.outcome, asked.asked_by) == ("Thonburi Stores", "charge", "nok")
    assert "รอสายได้ไหมคะ" in asked.words.spoken("ค่ะ").th
    (waiting,) = ploy.questions_waiting()
    assert waiting == asked
    call = replace(call, question_id=asked.question_id)
    assert world.nok.preview(call).outcome == "charge"
    told = ploy.answer_question(asked.question_id, "granted", "loyal for years")
    assert (told.state, told.answered_by, told.reply) == ("granted", "ploy", "loyal for years")
    decision = world.nok.preview(call)
    assert (decision.outcome, decision.flags[0], decision.rules[0]) == ("free", "override", "override")
    assert decision.reasons[0].text.en == "loyal for years"
    assert "ploy" in decision.reasons[0].clause
    assert decision.rules[1:] == world.nok.preview(asking(world.bare, "install", same_machine=False)).rules
    ticket = world.nok.open_ticket(call)
    assert ticket.decision is not None
    assert (ticket.decision.outcome, ticket.decision.rules[0]) == ("free", "override")
    said = {(entry.kind, entry.agent, entry.text.en) for entry in ticket.entries}
    assert ("override", "ploy", f"granted by the supervisor (Q{asked.question_id}); it was: charge") in said
    assert ("reason", "ploy", "loyal for years") in said
    assert world.nok.supervisor_question(asked.question_id).number == ticket.row.number


def test_a_yes_may_name_a_price(world: World, ploy: Desk) -> None:
    call = asking(world.bare, "advice")
    key = world.nok.ask_supervisor(call).question_id
    ploy.answer_question(key, "granted", "half the price", Decimal("750"))
    decision = world.nok.preview(replace(call, question_id=key))
    assert (decision.outcome, decision.figures["amount"]) == ("charge", Decimal(750))
    assert "750 บาท" in decision.say.th
    ticket = world.nok.open_ticket(replace(call, question_id=key))
    assert ticket.decision is not None
    assert ticket.decision.figures["amount"] == Decimal(750)


def test_a_yes_holds_for_what_was_asked_and_nothing_else(world: World, ploy: Desk) -> None:
    """Another service, another product or another answer was never granted."""
    call = asking(world.bare, "install", same_machine=False)
    key = world.nok.ask_supervisor(call).question_id
    ploy.answer_question(key, "granted", "once")
    assert world.nok.preview(replace(call, question_id=key)).outcome == "free"
    for other in (
        asking(world.bare, "install", same_machine=True),
        asking(world.bare, "advice"),
        asking(world.silver, "install", same_machine=False),
    ):
        granted = world.nok.preview(replace(other, question_id=key))
        assert "override" not in granted.flags
        assert granted.outcome == world.nok.preview(other).outcome


def test_a_late_yes_changes_the_ticket_and_gives_the_quota_back(world: World, ploy: Desk) -> None:
    call = asking(world.gold, "install", same_machine=False)
    asked = world.nok.ask_supervisor(call)
    ticket = world.nok.open_ticket(replace(call, question_id=asked.question_id))
    assert ticket.row.ticket_id == world.nok.supervisor_question(asked.question_id).ticket_id
    assert _left(world) == 1
    ploy.answer_question(asked.question_id, "granted", "our own mistake")
    after = world.nok.ticket(ticket.row.ticket_id)
    assert after.decision is not None
    assert (after.decision.outcome, after.decision.rules[0]) == ("free", "override")
    assert after.row.version == ticket.row.version + 1
    assert _left(world) == 2
    kinds = [entry.kind for entry in after.entries]
    assert kinds.count("override") == kinds.count("refunded") == kinds.count("asked") == 1


def _left(world: World) -> int:
    decision = world.nok.preview(asking(world.gold, "install", same_machine=False))
    left = decision.figures["remaining_before"]
    assert isinstance(left, int)
    return left


def test_a_ticket_may_be_asked_about_too_and_a_no_is_written_down(world: World, ploy: Desk) -> None:
    ticket = world.log(world.bare, "advice")
    asked = world.nok.ask_about_ticket(ticket.row.ticket_id, "may we?")
    assert (asked.number, asked.text) == (ticket.row.number, "may we?")
    with pytest.raises(Refused, match="asked already"):
        world.art.ask_about_ticket(ticket.row.ticket_id)
    ploy.answer_question(asked.question_id, "refused", "no agreement")
    after = world.nok.ticket(ticket.row.ticket_id)
    assert after.decision == ticket.decision
    lines = [(entry.kind, entry.agent) for entry in after.entries[-3:]]
    assert lines == [("asked", "nok"), ("supervisor_said", "ploy"), ("reason", "ploy")]
    again = world.nok.ask_about_ticket(ticket.row.ticket_id, "and for half?")
    ploy.answer_question(again.question_id, "answered", "offer an agreement first")
    assert [one.state for one in world.nok.latest_questions()] == ["answered", "refused"]


def test_with_nobody_on_duty_it_is_due_on_the_next_working_day(world: World, ploy: Desk) -> None:
    """Friday evening: the words name Monday, and the question is still there on Monday."""
    ploy.here()
    world.clock.at = at(17, 50, day=date(2026, 11, 27))
    asked = world.nok.ask_supervisor(asking(world.bare, "advice"))
    assert world.nok.supervisors() == []
    assert asked.due_at == at(9, day=date(2026, 11, 30))
    spoken = asked.words.spoken("ครับ")
    assert "วันจันทร์ที่ 30" in spoken.th
    assert spoken.th.endswith("ครับ")
    assert "Monday 30" in spoken.en
    world.clock.at = at(9, 5, day=date(2026, 11, 30))
    ploy.here()
    assert world.nok.supervisors() == ["ploy"]
    assert [one.question_id for one in ploy.questions_waiting()] == [asked.question_id]
    ploy.gone()
    assert world.nok.supervisors() == []


def test_a_desk_that_was_cut_off_is_not_on_duty_for_long(world: World, ploy: Desk) -> None:
    ploy.here()
    world.nok.here()
    assert world.nok.supervisors() == ["ploy"]
    world.move(minutes=2)
    assert world.nok.supervisors() == ["ploy"]
    world.move(minutes=2)
    assert world.nok.supervisors() == []


def test_a_caller_on_the_line_is_answered_before_older_questions(world: World, ploy: Desk) -> None:
    ploy.here()
    ticket = world.log(world.bare, "advice")
    old = world.nok.ask_about_ticket(ticket.row.ticket_id, "by Friday?").question_id
    world.move(minutes=2)
    ploy.here()
    first = world.nok.ask_supervisor(asking(world.bare, "advice")).question_id
    world.move(minutes=1)
    second = world.nok.ask_supervisor(asking(world.gold, "advice")).question_id
    assert [one.question_id for one in ploy.questions_waiting()] == [first, second, old]
    # nobody waits on the line for so long
    world.move(minutes=31)
    assert [one.question_id for one in ploy.questions_waiting()] == [old, first, second]


def test_who_is_no_supervisor_may_not_answer_and_nobody_answers_twice(world: World, ploy: Desk) -> None:
    key = world.nok.ask_supervisor(asking(world.bare, "advice")).question_id
    with pytest.raises(Refused, match="Only a supervisor answers what was asked of one"):
        world.art.answer_question(key, "granted", "why not")
    for wrong in (("granted", " "), ("maybe", "x")):
        with pytest.raises(Refused):
            ploy.answer_question(key, *wrong)
    with pytest.raises(Refused, match="amount"):
        ploy.answer_question(key, "refused", "no", Decimal(1))
    ploy.answer_question(key, "refused", "no")
    with pytest.raises(Refused, match="already"):
        ploy.answer_question(key, "granted", "yes after all")
    with pytest.raises(NotFound):
        ploy.answer_question(99, "granted", "x")


def test_a_question_may_be_withdrawn_and_asked_anew(world: World, ploy: Desk) -> None:
    call = asking(world.bare, "advice")
    first = world.nok.ask_supervisor(call)
    call = replace(call, question_id=first.question_id)
    with pytest.raises(Refused, match="asked already"):
        world.nok.ask_supervisor(call)
    world.nok.withdraw_question(first.question_id)
    assert ploy.questions_waiting() == []
    second = world.nok.ask_supervisor(call)
    assert second.question_id != first.question_id


def test_without_a_service_it_is_answered_in_words_only(world: World, ploy: Desk) -> None:
    asked = world.nok.ask_supervisor(world.bare)
    with pytest.raises(Refused, match="in words"):
        ploy.answer_question(asked.question_id, "granted", "yes")
    assert ploy.answer_question(asked.question_id, "answered", "ask them to mail").reply == "ask them to mail"
    with pytest.raises(Refused, match="caller"):
        world.nok.ask_supervisor(replace(world.bare, customer_id=None))


def test_only_who_asked_or_a_supervisor_takes_a_question_back(world: World, ploy: Desk) -> None:
    ticket = world.log(world.bare, "advice").row.ticket_id
    first = world.nok.ask_about_ticket(ticket)
    with pytest.raises(Refused, match=f"nok asked Q{first.question_id}"):
        world.art.withdraw_question(first.question_id)
    world.nok.withdraw_question(first.question_id)
    said = world.nok.ticket(ticket).entries[-1]
    assert (said.agent, said.text.en) == ("nok", f"the question was taken back (Q{first.question_id})")
    second = world.nok.ask_about_ticket(ticket)
    ploy.withdraw_question(second.question_id)
    ploy.withdraw_question(second.question_id)
    assert world.nok.latest_questions()[0].state == "withdrawn"
    with pytest.raises(NotFound):
        world.nok.withdraw_question(99)


def _closed(world: World, ticket: TicketRow) -> None:
    world.nok.close(ticket.ticket_id, ticket.version)


def _undone(world: World, ticket: TicketRow) -> None:
    world.nok.undo(ticket.ticket_id, ticket.version)


def _merged(world: World, ticket: TicketRow) -> None:
    other = world.log(world.bare, "advice").row
    world.nok.merge(ticket.ticket_id, ticket.version, other.ticket_id)


@pytest.mark.parametrize("end", [_closed, _undone, _merged])
def test_nobody_is_asked_about_a_ticket_that_is_done_with(
    world: World, ploy: Desk, end: Callable[[World, TicketRow], None]
) -> None:
    """In the unit of work that ends the ticket; the timeline says so, and no answer comes late."""
    row = world.log(world.bare, "advice").row
    asked = world.nok.ask_about_ticket(row.ticket_id)
    end(world, row)
    assert ploy.questions_waiting() == []
    assert world.nok.supervisor_question(asked.question_id).state == "withdrawn"
    kinds = [entry.kind for entry in world.nok.ticket(row.ticket_id).entries]
    assert kinds.index("asked") < kinds.index("asked_no_more")
    with pytest.raises(Refused, match="answered or withdrawn already"):
        ploy.answer_question(asked.question_id, "granted", "too late")


@pytest.mark.parametrize(
    ("state", "amount", "said"),
    [
        ("answered", None, "the supervisor answered it"),
        ("refused", None, "the supervisor refused it"),
        ("granted", Decimal(300), "the supervisor granted something else than it"),
    ],
)
def test_what_was_said_on_the_call_stands_on_its_ticket(
    world: World, ploy: Desk, state: str, amount: Decimal | None, said: str
) -> None:
    """Also a yes that was for another answer: the words of the supervisor, by the supervisor."""
    asked = world.nok.ask_supervisor(asking(world.bare, "install", same_machine=True))
    ploy.answer_question(asked.question_id, state, "offer the yearly plan", amount)
    call = asking(world.bare, "install", same_machine=False)
    ticket = world.nok.open_ticket(replace(call, question_id=asked.question_id))
    assert ticket.decision is not None
    assert "override" not in ticket.decision.flags
    lines = [(entry.agent, entry.text.en) for entry in ticket.entries]
    assert ("ploy", f"{said} (Q{asked.question_id})") in lines
    assert ("ploy", "offer the yearly plan") in lines


FRIDAY_EVENING = at(17, 50, day=date(2026, 11, 27))
MONDAY = date(2026, 11, 30)


def test_what_a_caller_was_told_is_when_the_ticket_is_due(world: World, ploy: Desk) -> None:
    """Nobody was on duty: the ticket counts towards the call-back that was spoken of, an hour of work after
    the supervisor is there again, and the terms promise nothing of the kind.
    """
    world.clock.at = FRIDAY_EVENING
    call = asking(world.bare, "advice")
    asked = world.nok.ask_supervisor(call)
    assert asked.words.th.endswith("ติดต่อกลับเพื่อแจ้งผลภายในเวลา 10:00 น.{particle}")
    assert asked.words.en.endswith("Monday 30 November 2026 at 09:00; we will call you back by 10:00.")
    ticket = world.nok.open_ticket(replace(call, question_id=asked.question_id))
    told = [clock for clock in ticket.clocks if clock.started_at == asked.due_at]
    assert [(clock.kind, clock.promised, clock.rule) for clock in told] == [("callback", False, "X-16")]
    assert told[0].due_at == at(10, day=MONDAY)
    row = world.nok.rows([ticket.row.ticket_id])[0]
    assert (row.due_at, row.clock_kind) == (at(10, day=MONDAY), "callback")
    assert row.ticket_id in world.nok.queue("callbacks").entries.ticket_ids
    # the answer does not tell the caller: that is done by whoever calls back
    world.clock.at = at(9, 5, day=MONDAY)
    ploy.here()
    ploy.answer_question(asked.question_id, "refused", "no agreement")
    after = world.nok.ticket(row.ticket_id)
    assert after.row.due_at == at(10, day=MONDAY)
    met = world.nok.meet(row.ticket_id, after.row.version, "callback")
    assert met.due_at is None


def test_with_a_supervisor_on_duty_nobody_is_told_a_time(world: World, ploy: Desk) -> None:
    ploy.here()
    call = asking(world.bare, "advice")
    asked = world.nok.ask_supervisor(call)
    ticket = world.nok.open_ticket(replace(call, question_id=asked.question_id))
    assert all(clock.rule != "X-16" for clock in ticket.clocks)


def test_asked_about_a_ticket_it_is_due_until_the_question_is_taken_back(world: World, ploy: Desk) -> None:
    """Its version stands: the step before it may still be taken back, and no key of anybody is refused."""
    ticket = world.log(world.bare, "advice")
    world.clock.at = FRIDAY_EVENING
    asked = world.nok.ask_about_ticket(ticket.row.ticket_id)
    row = world.nok.rows([ticket.row.ticket_id])[0]
    assert (row.version, row.due_at, row.clock_kind) == (ticket.row.version, at(10, day=MONDAY), "callback")
    world.nok.withdraw_question(asked.question_id)
    row = world.nok.rows([ticket.row.ticket_id])[0]
    assert (row.version, row.due_at) == (ticket.row.version, None)
    assert world.nok.ticket(row.ticket_id).clocks[-1].state == ClockState.STOPPED


def test_a_call_back_that_is_promised_is_not_the_one_that_tells_the_result(world: World) -> None:
    """Either is done by itself."""
    ticket = world.log(world.gold, "advice")
    (promised,) = (clock.kind for clock in ticket.clocks)
    assert promised == "callback"
    world.clock.at = FRIDAY_EVENING
    asked = world.nok.ask_about_ticket(ticket.row.ticket_id)
    clocks = world.nok.ticket(ticket.row.ticket_id).clocks
    assert {(clock.kind, clock.started_at == asked.due_at) for clock in clocks} == {
        ("callback", False),
        ("result", True),
    }


def test_what_is_asked_in_a_call_about_a_ticket_is_about_that_ticket(world: World, ploy: Desk) -> None:
    """The call became a note there: so did what was asked, and what is told later."""
    ticket = world.log(world.bare, "advice")
    world.clock.at = FRIDAY_EVENING
    call = asking(world.bare, "advice")
    asked = world.nok.ask_supervisor(call)
    world.nok.follow_up(replace(call, question_id=asked.question_id), ticket.row.ticket_id)
    assert world.nok.supervisor_question(asked.question_id).number == ticket.row.number
    assert world.nok.rows([ticket.row.ticket_id])[0].due_at == at(10, day=MONDAY)
    assert "asked" in [entry.kind for entry in world.nok.ticket(ticket.row.ticket_id).entries]
    again = world.nok.ask_supervisor(call)
    ploy.answer_question(again.question_id, "answered", "send the manual")
    world.nok.follow_up(replace(call, question_id=again.question_id), ticket.row.ticket_id)
    said = [(entry.agent, entry.text.en) for entry in world.nok.ticket(ticket.row.ticket_id).entries]
    assert ("ploy", "send the manual") in said
