"""Erasing what is on file about a customer's people, on request (PDPA s. 33)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select, text, update

from deskui.desk.fold import fold
from deskui.desk.records import ERASED
from deskui.policy.decision import Text
from deskui.store import advicetables, calltables, tables, worktables
from deskui.store.work import Work

_ticket = tables.ticket.c
_note = tables.note.c
_contact = tables.contact.c
_call = calltables.call_log.c
_ring = calltables.ring.c
_question = advicetables.supervisor_question.c
_problem = advicetables.problem.c
_caller = advicetables.problem_caller.c
_draft = tables.draft.c


class Erasure:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def customer(self, customer_id: int, at: datetime, answers: Collection[str]) -> Sequence[int]:
        """Empties every text and number that tells of a customer's people; the ids of its tickets.

        `answers` are the facts that are answered in the caller's own words.
        """
        work = self._work
        if not work.postgresql:
            # what is overwritten leaves nothing in the pages that stay
            work.write(text("PRAGMA secure_delete = ON")).close()
        tickets = select(_ticket.ticket_id).where(_ticket.customer_id == customer_id)
        ids = list(work.read(tickets.order_by(_ticket.ticket_id)).scalars())
        numbers = self._numbers(customer_id)
        rings = select(_ring.ring_id).where(
            (_ring.customer_id == customer_id)
            # it rang before anybody knew whose number this is
            | (_ring.customer_id.is_(None) & _ring.folded.in_(numbers))
            | _ring.ticket_id.in_(tickets)
            | _ring.ring_id.in_(select(_call.ring_id).where(_call.customer_id == customer_id))
        )
        # another customer's callers of the same problem need its words
        self._empty_causes(customer_id, answers)
        others = exists().where(_caller.problem_id == _problem.problem_id, _caller.customer_id != customer_id)
        theirs = select(_caller.problem_id).where(_caller.customer_id == customer_id)
        for statement in (
            update(tables.note)
            .where(_note.ticket_id.in_(tickets), _note.erased_at.is_(None))
            .values(text="", salt="", erased_at=at),
            update(tables.ticket)
            .where(_ticket.customer_id == customer_id)
            .values(title=ERASED, folded="", phone=None),
            update(calltables.ring).where(_ring.ring_id.in_(rings)).values(number=ERASED, folded=""),
            update(calltables.call_log).where(_call.customer_id == customer_id).values(number=None, body={}),
            update(advicetables.supervisor_question)
            .where(_question.customer_id == customer_id)
            .values(text="", reply="", facts={}),
            update(advicetables.problem)
            .where(_problem.problem_id.in_(theirs), ~others)
            .values(title=ERASED, say=Text(ERASED, ERASED), solution=""),
            update(advicetables.problem_caller).where(_caller.customer_id == customer_id).values(phone=None),
            # a step taken back would bring the words back
            delete(worktables.step).where(worktables.step.c.ticket_id.in_(tickets)),
            update(tables.contact)
            .where(_contact.customer_id == customer_id)
            .values(name=ERASED, phone=None, folded=""),
        ):
            work.write(statement).close()
        self._empty_answers(customer_id, answers)
        self._empty_words_said(customer_id)
        self._drop_drafts(customer_id, ids, numbers)
        if not work.postgresql:
            work.write(text("INSERT INTO search_contact(search_contact) VALUES ('optimize')")).close()
        return ids

    def _numbers(self, customer_id: int) -> set[str]:
        """The telephone numbers of the customer's people, folded."""
        known = select(_contact.phone).where(_contact.customer_id == customer_id, _contact.phone.is_not(None))
        return {fold(phone) for phone in self._work.read(known).scalars()}

    def _empty_causes(self, customer_id: int, answers: Collection[str]) -> None:
        """What callers answered in their own words is what a known problem is told by, too."""
        theirs = select(_caller.problem_id).where(_caller.customer_id == customer_id)
        found = select(_problem.problem_id, _problem.answers).where(_problem.problem_id.in_(theirs))
        for row in self._work.read(found).all():
            said = [name for name in answers if row.answers.get(name) is not None]
            if said:
                kept = {**row.answers, **dict.fromkeys(said, ERASED)}
                change = (
                    update(advicetables.problem)
                    .where(_problem.problem_id == row.problem_id)
                    .values(answers=kept)
                )
                self._work.write(change).close()

    def _empty_answers(self, customer_id: int, answers: Collection[str]) -> None:
        asked = select(_ticket.ticket_id, _ticket.facts).where(_ticket.customer_id == customer_id)
        for row in self._work.read(asked).all():
            said = [name for name in answers if row.facts.get(name) is not None]
            if said:
                kept = {**row.facts, **dict.fromkeys(said, ERASED)}
                change = update(tables.ticket).where(_ticket.ticket_id == row.ticket_id).values(facts=kept)
                self._work.write(change).close()

    def _empty_words_said(self, customer_id: int) -> None:
        """What was read out may repeat what the caller had answered; the rules it rests on stay."""
        logged = select(_call.call_id, _call.said).where(_call.customer_id == customer_id)
        for row in self._work.read(logged).all():
            kept = {name: value for name, value in row.said.items() if name != "say"}
            change = update(calltables.call_log).where(_call.call_id == row.call_id).values(said=kept)
            self._work.write(change).close()

    def _drop_drafts(self, customer_id: int, ticket_ids: Sequence[int], numbers: Collection[str]) -> None:
        """A half-written call about the customer goes as a whole, the caller chosen already or not."""
        gone = []
        for row in self._work.read(select(_draft.draft_id, _draft.body)):
            whose, phone = row.body.get("customer_id"), row.body.get("phone")
            theirs = whose == customer_id or row.body.get("follows") in ticket_ids
            if theirs or (whose is None and phone and fold(phone) in numbers):
                gone.append(row.draft_id)
        if gone:
            self._work.write(delete(tables.draft).where(_draft.draft_id.in_(gone))).close()
