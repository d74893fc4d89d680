"""Thirty callers, one cause: one text to say, one close, and everybody is called back once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from deskui.desk.advicerecords import ProblemCallerRecord
from deskui.desk.errors import LostRace, NotFound, Refused
from deskui.desk.model import TicketState
from deskui.policy.decision import Text
from deskui.store.repositories.advice import Problems
from tests.desk.conftest import World, asking

SAY = Text("ระบบขัดข้องทุกสาขา จะโทรแจ้งเมื่อแก้เสร็จ{particle}", "All branches are affected; we will call you.")


def test_one_cause_of_many_callers_is_closed_once_and_all_are_called_back(world: World) -> None:
    first = world.log(world.gold, "repair", severity="down")
    known = world.nok.open_problem("payroll server down", SAY, ticket_id=first.row.ticket_id)
    assert (known.policy, known.service, known.title) == ("sixth", "repair", "payroll server down")
    assert known.answers == {"severity": "down"}
    assert [one.number for one in known.list] == [first.row.number]
    # the next callers need no question: the cause is known
    tickets = [first.row.ticket_id]
    for call in (world.silver, world.bare):
        asked = replace(asking(call, "repair", **known.answers), problem_id=known.problem_id)
        detail = world.art.open_ticket(asked)
        tickets.append(detail.row.ticket_id)
        assert detail.entries[-1].text.en.endswith(f"P{known.problem_id}")
    customer, contact = world.gold.customer_id, None
    assert customer is not None
    with_no_ticket = world.nok.attach_caller(known.problem_id, customer, contact, "02 999 8888")
    assert (with_no_ticket.callers, with_no_ticket.to_tell) == (4, 4)
    assert [one.problem_id for one in world.nok.known_problems("sixth")] == [known.problem_id]
    assert world.nok.known_problems("seventh") == []
    world.move(minutes=20)
    done = world.nok.close_problem(known.problem_id, "failed over to the spare server")
    assert done.closed_by == "nok"
    assert world.nok.known_problems() == []
    for ticket_id in tickets:
        detail = world.nok.ticket(ticket_id)
        assert detail.row.state is TicketState.RESOLVED
        assert detail.entries[-1].text.en != ""
        assert any(entry.text.en == "failed over to the spare server" for entry in detail.entries)
        assert all(clock.met_at is not None for clock in detail.clocks)
    (left,) = world.art.problems_to_tell()
    assert left.to_tell == 4
    for line in done.list:
        world.art.tell(line.caller_id)
    assert world.art.problems_to_tell() == []
    told = world.nok.problem(known.problem_id)
    assert {line.told_by for line in told.list} == {"art"}
    assert [line.phone for line in told.list][-1] == "02 999 8888"
    assert world.nok.ticket(tickets[0]).entries[-1].kind == "told"
    world.art.tell(told.list[0].caller_id, told=False)
    assert world.nok.problem(known.problem_id).to_tell == 1


def test_a_ticket_is_about_one_problem_of_its_own_vendor(world: World) -> None:
    known = world.nok.open_problem("down", SAY, policy="sixth")
    assert (known.service, known.callers) == (None, 0)
    ticket = world.log(world.gold, "repair", severity="slow").row.ticket_id
    assert world.nok.attach_ticket(known.problem_id, ticket).callers == 1
    with pytest.raises(Refused, match=f"P{known.problem_id} already"):
        world.nok.attach_ticket(known.problem_id, ticket)
    other = world.log(world.other, "advice").row.ticket_id
    with pytest.raises(Refused, match="not seventh"):
        world.nok.attach_ticket(known.problem_id, other)
    with pytest.raises(Refused, match="not seventh"):
        world.nok.open_ticket(replace(asking(world.other, "advice"), problem_id=known.problem_id))
    (line,) = world.nok.problem(known.problem_id).list
    world.nok.detach(line.caller_id)
    assert world.nok.problem(known.problem_id).list == ()
    assert world.nok.ticket(ticket).entries[-1].kind == "problem_off"
    with pytest.raises(NotFound):
        world.nok.detach(line.caller_id)


def test_somebody_who_needs_no_ticket_is_listed_once(world: World) -> None:
    known = world.nok.open_problem("down", SAY, policy="sixth")
    silver = world.silver
    assert silver.customer_id is not None
    world.nok.attach_caller(known.problem_id, silver.customer_id, silver.contact_id)
    with pytest.raises(Refused, match="already"):
        world.nok.attach_caller(known.problem_id, silver.customer_id, silver.contact_id)
    assert world.other.customer_id is not None
    with pytest.raises(Refused, match="not seventh"):
        world.nok.attach_caller(known.problem_id, world.other.customer_id, None)


def test_what_is_closed_takes_no_more_callers(world: World) -> None:
    known = world.nok.open_problem("down", SAY, call=asking(world.gold, "repair", severity="down"))
    assert (known.policy, known.service, dict(known.answers)) == ("sixth", "repair", {"severity": "down"})
    with pytest.raises(Refused, match="how it was solved"):
        world.nok.close_problem(known.problem_id, "  ")
    world.nok.close_problem(known.problem_id, "restarted")
    with pytest.raises(Refused, match="closed"):
        world.nok.close_problem(known.problem_id, "again")
    call = replace(asking(world.gold, "repair", severity="down"), problem_id=known.problem_id)
    with pytest.raises(Refused, match="closed meanwhile"):
        world.nok.open_ticket(call)
    assert world.nok.queue().entries == ()


def test_who_was_logged_by_mistake_is_not_called_back(world: World) -> None:
    known = world.nok.open_problem("down", SAY, policy="sixth")
    asked = replace(asking(world.gold, "repair", severity="down"), problem_id=known.problem_id)
    row = world.nok.open_ticket(asked).row
    assert world.nok.problem(known.problem_id).to_tell == 1
    world.nok.undo(row.ticket_id, row.version)
    assert world.nok.problem(known.problem_id).list == ()
    assert [entry.kind for entry in world.nok.ticket(row.ticket_id).entries][-2:] == [
        "problem_off",
        "withdrawn",
    ]
    world.nok.close_problem(known.problem_id, "restarted")
    assert world.nok.problems_to_tell() == []


def test_a_ticket_that_joins_while_a_problem_is_being_closed_is_not_left_behind(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = world.nok.open_problem("down", SAY, policy="sixth")
    ticket = world.log(world.gold, "repair", severity="down").row.ticket_id
    world.nok.attach_ticket(known.problem_id, ticket)
    read, reads = Problems.callers, []

    def late(self: Problems, problem_ids: Sequence[int]) -> Sequence[ProblemCallerRecord]:
        reads.append(1)
        # what was read before the lock was granted does not have the ticket yet
        return () if len(reads) == 1 else read(self, problem_ids)

    monkeypatch.setattr(Problems, "callers", late)
    with pytest.raises(LostRace, match="once more"):
        world.nok.close_problem(known.problem_id, "restarted")
    assert world.nok.ticket(ticket).row.state is TicketState.NEW
    world.nok.close_problem(known.problem_id, "restarted")
    assert world.nok.ticket(ticket).row.state is TicketState.RESOLVED


def test_a_problem_needs_a_title_a_text_and_a_vendor(world: World) -> None:
    for title, say, policy in (("", SAY, "sixth"), ("down", Text("", ""), "sixth"), ("down", SAY, None)):
        with pytest.raises(Refused):
            world.nok.open_problem(title, say, policy=policy)
    with pytest.raises(NotFound):
        world.nok.open_problem("down", SAY, policy="nobody")
    one = world.nok.open_problem("down", Text("", "only English"), policy="sixth")
    assert one.say == Text("only English", "only English")
    with pytest.raises(NotFound):
        world.nok.problem(99)
