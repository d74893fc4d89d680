"""What a supervisor's answer, a verified caller and a known problem leave on a ticket."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import Any

from deskui.desk.advicerecords import QuestionRecord
from deskui.desk.errors import Refused
from deskui.desk.model import Agent, TicketState
from deskui.desk.notes import new_note
from deskui.desk.overruling import OVERRIDE, overruled
from deskui.desk.records import EventRecord
from deskui.desk.work import Work
from deskui.policy.codec import decision_from_json, decision_to_json
from deskui.policy.decision import Text


def grant(work: Work, question: QuestionRecord, by: Agent) -> None:
    """A yes that came when the ticket was there already: its decision is another one from now on.

    What it took of a quota is given back, for nothing is used up by what is granted. Raises Refused for a
    ticket that is done with.
    """
    ticket = work.ticket
    if ticket.state in (TicketState.CLOSED, TicketState.MERGED):
        raise Refused(
            Text(
                f"#{ticket.number} ปิดไปแล้ว ตอบเป็นข้อความแทน",
                f"#{ticket.number} is closed: answer in words instead",
            )
        )
    decision = overruled(decision_from_json(ticket.decision), question, by.code)
    note_override(work, question, by)
    give_back(work)
    work.save(outcome=decision.outcome, decision=decision_to_json(decision), deferred_until=None)


def note_override(work: Work, question: QuestionRecord, by: Agent) -> None:
    """Writes down who granted it, and the reason as a note of theirs."""
    price = {"amount": str(question.amount)} if question.amount else {}
    _note_said(work, question, by, OVERRIDE, was=question.outcome, **price)


def note_answer(work: Work, question: QuestionRecord, by: Agent) -> None:
    """Writes down what else the supervisor said, with the words as a note of theirs."""
    _note_said(work, question, by, "supervisor_said", state=question.state)


def _note_said(work: Work, question: QuestionRecord, by: Agent, kind: str, **data: Any) -> None:
    ticket = work.ticket
    at = question.answered_at or work.at
    data = {"question": question.question_id, **data}
    work.events.append(EventRecord(0, ticket.ticket_id, at, by.agent_id, kind, data))
    if question.reply:
        note, proof = new_note(ticket.ticket_id, at, by, "reason", question.reply)
        note_id = work.uow.notes.add(note)
        data = {"note": note_id, "kind": "reason", "hash": proof}
        work.events.append(EventRecord(0, ticket.ticket_id, at, by.agent_id, "note", data))


def drop_questions(work: Work) -> None:
    """Nobody need answer what was asked about a ticket that is done with; `work` is saved by the caller."""
    uow = work.uow
    waiting = [one.question_id for one in uow.questions.of_ticket(work.ticket.ticket_id)]
    for question_id in sorted(waiting):
        record = uow.questions.lock(question_id)
        if record is not None and record.state == "open":
            uow.questions.save(replace(record, state="withdrawn"))
            uow.changes.add("question", [question_id], work.at)
            work.log("asked_no_more", question=question_id)


def ask_again(work: Work, end: str) -> None:
    """Takes back what `drop_questions` did when the step `end` ended the ticket; `work` is saved by the
    caller.
    """
    uow, dropped = work.uow, []
    before = reversed(uow.events.of_ticket(work.ticket.ticket_id))
    # they stand right before the event of the step itself
    if any(event.kind == end for event in before):
        dropped = [event.data["question"] for event in takewhile(_is_dropped, before)]
    for question_id in sorted(dropped):
        record = uow.questions.lock(question_id)
        if record is not None and record.state == "withdrawn":
            uow.questions.save(replace(record, state="open"))
            uow.changes.add("question", [question_id], work.at)
            work.log("asked", question=question_id)


def _is_dropped(event: EventRecord) -> bool:
    return event.kind == "asked_no_more"


def give_back(work: Work) -> None:
    """Takes back what the ticket used of a quota, once."""
    entries = work.uow.usage.of_ticket(work.ticket.ticket_id)
    used = sum(entry.units for entry in entries)
    taken = next((entry for entry in entries if entry.kind == "consume"), None)
    if taken is None or used <= 0:
        return
    refund = replace(
        taken,
        usage_id=0,
        kind="refund",
        units=-used,
        at=work.at,
        agent_id=None if work.agent is None else work.agent.agent_id,
        reason=OVERRIDE,
    )
    work.uow.usage.add([refund])
    work.log("refunded", counter=taken.counter, units=used)
    work.uow.changes.add("customer", [work.ticket.customer_id], work.at)
