"""Questions to the supervisor: asked from a call or a ticket, answered at the supervisor's desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from deskui.desk.advicemodel import ANSWERS, Asked
from deskui.desk.advicerecords import QuestionRecord
from deskui.desk.askedwords import asked_facts, asked_words, next_working_day
from deskui.desk.clean import clean_line, clean_note
from deskui.desk.drafts import call_to_json
from deskui.desk.duty import supervisors_on_duty
from deskui.desk.errors import NotFound, Refused
from deskui.desk.model import Call
from deskui.desk.permission import is_supervisor, supervisors_only
from deskui.desk.ports import UnitOfWork
from deskui.desk.records import DraftRecord, TicketRecord
from deskui.desk.states import TicketState
from deskui.desk.ticketgrants import grant, note_answer
from deskui.desk.tickets import UNSOLVED, need
from deskui.desk.toldlater import start_told, stop_told
from deskui.desk.work import Means, Work, lock
from deskui.policy.codec import plain
from deskui.policy.decision import Decision, Text

NO_GRANT = ("verify_authority_first",)
"""Reasons that no yes sets aside: the step comes first, then the question."""
REPLY_LIMIT = 500
MOST_BAHT = Decimal(10) ** 9
"""More than any service costs: who types it has slipped."""
ON_THE_LINE = timedelta(minutes=30)
"""How long a caller may be waiting for the answer to a question that has no ticket yet."""
_ASKED_ABOUT = tuple(state for state in TicketState if state not in (TicketState.CLOSED, TicketState.MERGED))


class SupervisorBook:
    """Asks and answers. `decide` judges a call as it stands, in the caller's unit of work."""

    def __init__(self, means: Means, decide: Callable[[UnitOfWork, Call], Decision]) -> None:
        self._means = means
        self._decide = decide

    # --- asking

    def ask(self, call: Call, text: str) -> Asked:
        """Asks about a call. Raises Refused without a caller, or when it waits for an answer already."""
        if call.customer_id is None or call.product_id is None:
            raise Refused(Text("เลือกลูกค้าก่อนจึงถามหัวหน้าได้", "Choose the caller before you ask the supervisor"))
        with self._means.uow(write=True) as uow:
            if call.question_id is not None:
                before = next(iter(uow.questions.get([call.question_id])), None)
                if before is not None and before.state == "open":
                    raise _asked_already(before)
            product = next(iter(uow.products.get([call.product_id])), None)
            if product is None:
                raise NotFound(
                    Text("ไม่มีสินค้านี้แล้ว ค้นหาลูกค้าใหม่", "That product is gone: find the customer again")
                )
            outcome = "ask"
            if call.service is not None:
                outcome = self._decide(uow, call).outcome
            words = text or call.notes or call.title
            record = self._new(uow, product.policy, words, call.customer_id, outcome)
            record = replace(
                record,
                service=call.service,
                contact_id=call.contact_id,
                product_id=call.product_id,
                facts=plain(dict(call.answers)),
            )
            key = uow.questions.add(record)
            self._in_draft(uow, replace(call, question_id=key), record)
            asked = self._stored(uow, replace(record, question_id=key))
        return asked

    @staticmethod
    def _in_draft(uow: UnitOfWork, call: Call, record: QuestionRecord) -> None:
        """The draft of a call has its question from the same instant on: nobody may be left to tell it."""
        if call.draft_id is not None and record.asked_by is not None:
            uow.drafts.save(DraftRecord(call.draft_id, record.asked_by, record.asked_at, call_to_json(call)))

    def ask_about(self, ticket_id: int, text: str) -> Asked:
        """Asks about a ticket; the event keeps that it was asked."""
        with self._means.uow(write=True) as uow:
            work = lock(self._means, uow, ticket_id, None)
            ticket = work.ticket
            need(work, _ASKED_ABOUT, Text("ถามหัวหน้าไม่ได้แล้ว", "there is nothing left to ask about"))
            waiting = [one for one in uow.questions.of_ticket(ticket_id) if one.state == "open"]
            if waiting:
                raise _asked_already(waiting[-1])
            record = self._new(uow, ticket.policy, text or ticket.title, ticket.customer_id, ticket.outcome)
            record = replace(
                record,
                service=ticket.service,
                contact_id=ticket.contact_id,
                product_id=ticket.product_id,
                ticket_id=ticket_id,
            )
            key = uow.questions.add(record)
            work.log("asked", question=key)
            waits = work.ticket.state in UNSOLVED and start_told(work, record)
            (work.plan if waits else work.append)()
            asked = self._stored(uow, replace(record, question_id=key))
        return asked

    def _new(self, uow: UnitOfWork, policy: str, text: str, customer_id: int, outcome: str) -> QuestionRecord:
        at = self._means.clock.now()
        there = supervisors_on_duty(uow, at)
        terms = self._means.terms
        return QuestionRecord(
            question_id=0,
            state="open",
            asked_at=at,
            asked_by=self._means.agent.agent_id,
            policy=policy,
            service=None,
            customer_id=customer_id,
            contact_id=None,
            product_id=None,
            ticket_id=None,
            facts={},
            outcome=outcome,
            text=clean_line(clean_note(text), REPLY_LIMIT),
            due_at=None if there else next_working_day(terms.policy(policy), at),
        )

    def _stored(self, uow: UnitOfWork, record: QuestionRecord) -> Asked:
        uow.changes.add("question", [record.question_id], record.asked_at)
        asked = self._shown(uow, [record])[0]
        uow.commit()
        return asked

    def withdraw(self, question_id: int) -> None:
        """The answer is not needed any more; one that was answered stays as it is.

        Raises Refused for who neither asked it nor is a supervisor, and NotFound.
        """
        with self._held(question_id) as (uow, record, work):
            if record.state != "open":
                return
            me = self._means.agent.agent_id
            everybody = {agent.agent_id: agent for agent in uow.agents.all()}
            if record.asked_by != me and not is_supervisor(self._means, uow):
                who = everybody[record.asked_by].code if record.asked_by in everybody else "—"
                raise Refused(
                    Text(
                        f"{who} เป็นผู้ถาม Q{question_id} ผู้ที่ถอนได้คือ {who} หรือหัวหน้า",
                        f"{who} asked Q{question_id}: only {who} or a supervisor takes it back",
                    )
                )
            uow.questions.save(replace(record, state="withdrawn"))
            uow.changes.add("question", [question_id], self._means.clock.now())
            if work is not None:
                work.log("asked_no_more", question=question_id)
                (work.plan if stop_told(work, record) else work.append)()
            uow.commit()

    @contextmanager
    def _held(self, question_id: int) -> Iterator[tuple[UnitOfWork, QuestionRecord, Work | None]]:
        """A question, locked in a unit of work after the ticket it is about: what closes a ticket locks them
        in that order.
        """
        while True:
            with self._means.uow(write=True) as uow:
                before = next(iter(uow.questions.get([question_id])), None)
                ticket_id = None if before is None else before.ticket_id
                work = None if ticket_id is None else lock(self._means, uow, ticket_id, None)
                record = _locked(uow, question_id)
                if record.ticket_id == ticket_id:
                    yield uow, record, work
                    return
            # its call was logged in between: now it is about a ticket

    # --- answering

    def answer(self, question_id: int, state: str, reply: str, amount: Decimal | None) -> Asked:
        """What the supervisor says: granted, refused or answered, with a reason.

        A yes changes the ticket at once, or the call's verdict wherever it is open. Raises Refused for who
        is no supervisor, without a reason, and for what the terms keep even from a supervisor.
        """
        if state not in ANSWERS:
            raise Refused(
                Text(f"คำตอบต้องเป็น {', '.join(ANSWERS)}", f"An answer is one of {', '.join(ANSWERS)}")
            )
        said = clean_line(clean_note(reply), REPLY_LIMIT)
        if not said:
            raise Refused(Text("ระบุเหตุผลหรือคำตอบก่อน", "Give a reason, or the answer, first"))
        if amount is not None and (amount < 0 or state != "granted"):
            raise Refused(
                Text("จำนวนเงินใช้ได้เมื่ออนุมัติเท่านั้น", "An amount goes with a yes only, and is not below 0")
            )
        if amount is not None and amount > MOST_BAHT:
            raise Refused(
                Text(f"จำนวนเงินเกิน {MOST_BAHT:,} บาท", f"The amount is more than {MOST_BAHT:,} baht")
            )
        with self._held(question_id) as (uow, record, work):
            supervisors_only(self._means, uow, Text("ตอบ", "answers what was asked of one"))
            if record.state != "open":
                raise Refused(
                    Text(
                        f"คำถาม Q{question_id} ตอบหรือถอนไปแล้ว",
                        f"Question Q{question_id} was answered or withdrawn already",
                    )
                )
            at = self._means.clock.now()
            done = replace(
                record,
                state=state,
                answered_at=at,
                answered_by=self._means.agent.agent_id,
                reply=said,
                amount=amount,
            )
            if state == "granted":
                self._may_grant(uow, record)
            uow.questions.save(done)
            uow.changes.add("question", [question_id], at)
            if work is not None:
                if state == "granted":
                    grant(work, done, self._means.agent)
                else:
                    note_answer(work, done, self._means.agent)
                    work.append()
            asked = self._shown(uow, [done])[0]
            uow.commit()
        return asked

    def _may_grant(self, uow: UnitOfWork, record: QuestionRecord) -> None:
        """Raises Refused for what no yes may set aside."""
        if record.service is None or record.product_id is None:
            raise Refused(
                Text(
                    "คำถามนี้ยังไม่ระบุบริการ อนุมัติไม่ได้ ให้ตอบเป็นข้อความ",
                    "No service was chosen when this was asked: answer it in words",
                )
            )
        if record.ticket_id is not None:
            ticket = uow.tickets.get([record.ticket_id])[0]
            figures: Mapping[str, Any] = ticket.decision
        else:
            figures = self._decide(uow, _call_of(record)).figures
        if figures.get("reason") in NO_GRANT:
            raise Refused(
                Text(
                    "ต้องยืนยันผู้มีอำนาจก่อน อนุมัติข้ามขั้นตอนนี้ไม่ได้",
                    "Who may ask for this is verified first: no approval takes the place of that",
                )
            )
        if figures.get("supervisor_may_override") is False:
            raise Refused(
                Text(
                    "ข้อกำหนดไม่ให้หัวหน้ายกเว้นเรื่องนี้ ให้ตอบเป็นข้อความหรือไม่อนุมัติ",
                    "The terms keep this even from a supervisor: refuse it, or answer in words",
                )
            )

    # --- reading

    def open(self) -> list[Asked]:
        """All that wait for an answer: first those whose caller may be on the line, each oldest first."""
        now = self._means.clock.now()
        with self._means.uow() as uow:
            waiting = self._shown(uow, uow.questions.open())

        def later(one: Asked) -> bool:
            return one.due_at is not None or one.ticket_id is not None or now - one.asked_at > ON_THE_LINE

        # the order they were asked in stays within each half
        return sorted(waiting, key=later)

    def latest(self, limit: int) -> list[Asked]:
        """The newest in any state, newest first."""
        with self._means.uow() as uow:
            return self._shown(uow, uow.questions.latest(limit))

    def one(self, question_id: int) -> Asked:
        """One question; raises NotFound."""
        with self._means.uow() as uow:
            found = uow.questions.get([question_id])
            if not found:
                raise _no_question(question_id)
            return self._shown(uow, found)[0]

    def _shown(self, uow: UnitOfWork, records: Sequence[QuestionRecord]) -> list[Asked]:
        terms = self._means.terms
        customers = {
            one.customer_id: one
            for one in uow.customers.get(sorted({record.customer_id for record in records}))
        }
        wanted = sorted({record.contact_id for record in records if record.contact_id is not None})
        contacts = {one.contact_id: one for one in uow.contacts.get(wanted)}
        numbered: dict[int, TicketRecord] = {
            one.ticket_id: one
            for one in uow.tickets.get(sorted({r.ticket_id for r in records if r.ticket_id is not None}))
        }
        codes = {agent.agent_id: agent.code for agent in uow.agents.all()}
        found = []
        for record in records:
            contact = contacts.get(record.contact_id or 0)
            customer = customers.get(record.customer_id)
            ticket = numbered.get(record.ticket_id or 0)
            found.append(
                Asked(
                    question_id=record.question_id,
                    state=record.state,
                    asked_at=record.asked_at,
                    asked_by=codes.get(record.asked_by or 0),
                    policy=record.policy,
                    vendor=terms.vendor_name(record.policy),
                    service=record.service,
                    service_name=terms.service_name(record.policy, record.service)
                    if record.service
                    else None,
                    customer_id=record.customer_id,
                    customer=customer.name if customer else "",
                    contact=contact.name if contact else None,
                    ticket_id=record.ticket_id,
                    number=ticket.number if ticket else None,
                    facts=asked_facts(terms, record),
                    outcome=record.outcome,
                    text=record.text,
                    due_at=record.due_at,
                    answered_at=record.answered_at,
                    answered_by=codes.get(record.answered_by or 0),
                    reply=record.reply,
                    amount=record.amount,
                    words=asked_words(terms, record),
                )
            )
        return found


def _call_of(record: QuestionRecord) -> Call:
    return Call(
        customer_id=record.customer_id,
        contact_id=record.contact_id,
        product_id=record.product_id,
        service=record.service,
        answers=record.facts,
    )


def _locked(uow: UnitOfWork, question_id: int) -> QuestionRecord:
    found = uow.questions.lock(question_id)
    if found is None:
        raise _no_question(question_id)
    return found


def _no_question(question_id: int) -> NotFound:
    return NotFound(Text(f"ไม่มีคำถาม Q{question_id}", f"There is no question Q{question_id}"))


def _asked_already(record: QuestionRecord) -> Refused:
    return Refused(
        Text(
            f"ถามหัวหน้าไปแล้ว (Q{record.question_id}) รอคำตอบอยู่",
            f"The supervisor was asked already (Q{record.question_id}): wait for the answer",
        )
    )
