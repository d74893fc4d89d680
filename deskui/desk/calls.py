"""A call: the verdict as it stands, and logging it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, datetime
from typing import Any

from deskui.dataclass import dataclass
from deskui.desk import clocks as running
from deskui.desk import rings
from deskui.desk.callmarks import granted, mark, need_proofs
from deskui.desk.clean import clean_line, clean_note
from deskui.desk.contradictions import refuse_contradictions
from deskui.desk.errors import NotFound, Refused
from deskui.desk.facts import MACHINE, OnFile, desk_knows, facts_of, filed_for, is_covered, read
from deskui.desk.goals import GOALS, owed_call, own_goals, promise
from deskui.desk.model import Call, TicketState
from deskui.desk.ports import UnitOfWork
from deskui.desk.rank import rank_of
from deskui.desk.records import ClockRecord, TicketRecord, UsageRecord
from deskui.desk.settledports import in_force
from deskui.desk.toldlater import told_clock
from deskui.desk.work import Means, Work, newest_terms
from deskui.policy.codec import decision_to_json
from deskui.policy.decide import decide
from deskui.policy.decision import Decision, Text
from deskui.policy.policy import Policy, Service
from deskui.policy.wording import put_off

NOT_SERVED = ("unavailable", "defer")
"""Outcomes for which the desk sets itself no goal: nothing is to be done now."""


def product_on_file(uow: UnitOfWork, product_id: int, *, lock: bool = False) -> OnFile:
    """Everything on file about a product, locked with its quota if asked. Raises NotFound."""
    product = uow.products.lock(product_id) if lock else next(iter(uow.products.get([product_id])), None)
    if product is None:
        raise NotFound(
            Text(
                f"ไม่มีสินค้า id {product_id} ค้นหาลูกค้าใหม่",
                f"There is no product {product_id}: find the customer again",
            )
        )
    customers = uow.customers.get([product.customer_id])
    if not customers:
        raise no_customer(product.customer_id)
    ids = [product_id]
    return OnFile(
        customers[0],
        product,
        uow.contracts.of_products(ids),
        uow.machines.of_products(ids),
        uow.usage.of_products(ids),
    )


def end_draft(uow: UnitOfWork, call: Call, agent_id: int) -> None:
    """Drops the draft of a call that ends; raises Refused when it has ended already."""
    if call.draft_id is not None and not uow.drafts.drop(call.draft_id, agent_id):
        raise Refused(
            Text(
                "สายนี้บันทึกหรือทิ้งไปแล้ว ดูในคิวก่อนเปิดสายใหม่",
                "This call was logged or dropped already: look in the queue before you log it",
            )
        )


def no_customer(customer_id: int) -> NotFound:
    """The message for an unknown customer."""
    return NotFound(
        Text(f"ไม่มีลูกค้า id {customer_id} ค้นหาใหม่", f"There is no customer with id {customer_id}: search again")
    )


@dataclass(frozen=True)
class Verdict:
    """A decision with what it was made on."""

    policy: Policy
    service: Service
    record: OnFile
    facts: Mapping[str, Any]
    """As JSON has them."""
    typed: Mapping[str, Any]
    decision: Decision
    settled: Mapping[str, str] = field(default_factory=dict)
    """The readings that a supervisor chose, by reading name."""


class CallBook:
    """Decides and logs calls."""

    def __init__(self, means: Means, covered: Callable[[], frozenset[str]] | None = None) -> None:
        self._means = means
        self._covered = covered
        """Tells the vendors with a covered ticket open; None where there is no queue to look into."""

    def _decide(self, uow: UnitOfWork, call: Call, at: datetime, record: OnFile, service_id: str) -> Verdict:
        verdict = self._stands(uow, call, at, record, service_id)
        later = self._later(uow, call, verdict.decision, record, service_id)
        return verdict if later is None else replace(verdict, decision=put_off(verdict.decision, later))

    def _stands(self, uow: UnitOfWork, call: Call, at: datetime, record: OnFile, service_id: str) -> Verdict:
        if call.customer_id is not None and call.customer_id != record.product.customer_id:
            raise Refused(
                Text(
                    "สินค้าที่เลือกไม่ใช่ของลูกค้ารายนี้ เลือกสินค้าใหม่",
                    "That product belongs to another customer: choose the product again",
                )
            )
        policy = self._means.terms.policy(record.product.policy)
        service = self._means.terms.service(policy, service_id)
        day = at.astimezone(policy.zone).date()
        refuse_contradictions(policy, service, filed_for(record, call, day), call.answers, at)
        facts = facts_of(record, call, day, at)
        typed = read(policy, facts)
        settled = in_force(uow.readings.all(), policy)
        terms = decide(policy, service.id, typed, at, settled)
        if self._covered is not None:
            known = desk_knows(policy, {*terms.needs, *call.answers}, self._covered)
            if known:
                refuse_contradictions(policy, service, known, call.answers, at)
                facts, typed = {**facts, **known}, {**typed, **known}
                terms = decide(policy, service.id, typed, at, settled)
        decision, _question = granted(uow, call, service.id, terms)
        return Verdict(policy, service, record, facts, typed, decision, settled)

    def _later(
        self, uow: UnitOfWork, call: Call, decision: Decision, record: OnFile, service_id: str
    ) -> Decision | None:
        """What a deferred call gets when it is taken up, on what is on file then; None while that is open."""
        until = decision.figures.get("until") if decision.outcome == "defer" else None
        if not isinstance(until, datetime):
            return None
        try:
            later = self._stands(uow, call, until, record, service_id).decision
        except Refused:
            # an answer of today that would contradict what is on file on that day
            return None
        return None if later.outcome in ("ask", "defer") else later

    def verdict(self, call: Call) -> Verdict:
        """The verdict as it stands, with what it rests on; nothing is stored. Raises Refused and NotFound."""
        product_id, service = _chosen(call)
        with self._means.uow() as uow:
            record = product_on_file(uow, product_id)
            return self._decide(uow, call, self._means.clock.now(), record, service)

    def judge(self, uow: UnitOfWork, call: Call) -> Decision:
        """The verdict inside a unit of work that is open already. Raises Refused and NotFound."""
        product_id, service = _chosen(call)
        record = product_on_file(uow, product_id)
        return self._decide(uow, call, self._means.clock.now(), record, service).decision

    def open_ticket(self, call: Call) -> int:
        """Logs the call in one transaction; the ticket's id. Raises Refused and NotFound."""
        product_id, service = _chosen(call)
        with self._means.uow(write=True) as uow:
            newest_terms(self._means, uow)
            record = product_on_file(uow, product_id, lock=True)
            # after the lock was granted: whoever was before us lies before this instant
            at = self._means.clock.now()
            end_draft(uow, call, self._means.agent.agent_id)
            verdict = self._decide(uow, call, at, record, service)
            if verdict.decision.outcome == "ask":
                raise _still_to_ask(verdict)
            need_proofs(verdict.policy, call)
            contact_id = _contact(uow, call, record)
            record_to_be = self._record(call, verdict, at, contact_id)
            clocks = self._clocks(uow, record_to_be, verdict)
            clocks += self._call_back(uow, call, record_to_be, verdict, clocks)
            due = running.due_keys(clocks)
            ticket = uow.tickets.add(
                replace(record_to_be, promise_due_at=due.promise, goal_due_at=due.goal, due_kind=due.kind)
            )
            clocks = [replace(clock, ticket_id=ticket.ticket_id) for clock in clocks]
            self._write(uow, ticket, clocks, call, verdict)
            if call.ring_id is not None:
                me = self._means.agent.agent_id
                rings.finish(uow, call.ring_id, me, at, rings.TICKET, ticket.ticket_id)
            uow.commit()
        return ticket.ticket_id

    def _record(self, call: Call, verdict: Verdict, at: datetime, contact_id: int | None) -> TicketRecord:
        policy, decision = verdict.policy, verdict.decision
        day = at.astimezone(policy.zone).date()
        until = decision.figures.get("until") if decision.outcome == "defer" else None
        severity = verdict.facts.get("severity")
        kept = {name: value for name, value in verdict.facts.items() if name != "usage"}
        return TicketRecord(
            ticket_id=0,
            number=0,
            version=1,
            policy=policy.id,
            policy_version=policy.version,
            service=verdict.service.id,
            customer_id=verdict.record.product.customer_id,
            contact_id=contact_id,
            product_id=verdict.record.product.product_id,
            phone=clean_line(call.phone, 40) or None if call.phone else None,
            channel=call.channel,
            title=clean_line(call.title) or verdict.service.name.th,
            plan=policy.cover_text(verdict.typed, at),
            covered=is_covered(verdict.typed, day),
            state=TicketState.NEW,
            severity=severity if isinstance(severity, str) else None,
            assignee_id=None,
            received_at=at,
            changed_at=at,
            changed_by=self._means.agent.agent_id,
            deferred_until=until.astimezone(UTC) if isinstance(until, datetime) else None,
            rank=rank_of(verdict.policy, verdict.service, verdict.typed, at),
            outcome=decision.outcome,
            # the ledger is kept by itself; what was used then shows in the decision
            facts=kept,
            decision=decision_to_json(decision),
        )

    def _write(
        self,
        uow: UnitOfWork,
        ticket: TicketRecord,
        clocks: Sequence[ClockRecord],
        call: Call,
        verdict: Verdict,
    ) -> None:
        """Clocks, quota, note and event of a new ticket."""
        policy, decision, at = verdict.policy, verdict.decision, ticket.received_at
        ids = uow.clocks.add(clocks) if clocks else ()
        stored = [replace(clock, clock_id=clock_id) for clock, clock_id in zip(clocks, ids, strict=True)]
        work = Work(uow, self._means.terms, self._means.agent, at, ticket, stored)
        work.log(
            "opened",
            outcome=decision.outcome,
            rules=list(decision.rules),
            channel=call.channel,
            policy_version=policy.version,
            customer=ticket.customer_id,
            product=ticket.product_id,
            **_machine(verdict.record, call),
        )
        consumes = decision.consumes
        if consumes is not None and consumes.units > 0:
            period = consumes.period or (None, None)
            contract = verdict.facts.get("contract")
            uow.usage.add(
                [
                    UsageRecord(
                        usage_id=0,
                        product_id=verdict.record.product.product_id,
                        counter=consumes.counter,
                        kind="consume",
                        units=consumes.units,
                        on=at.astimezone(policy.zone).date(),
                        period_start=period[0],
                        period_end=period[1],
                        at=at,
                        agent_id=self._means.agent.agent_id,
                        ticket_id=ticket.ticket_id,
                        contract_id=_contract_id(verdict, contract),
                    )
                ]
            )
            work.log("consumed", counter=consumes.counter, units=consumes.units)
            uow.changes.add("customer", [ticket.customer_id], at)
        if clean_note(call.notes):
            work.add_note("description", call.notes)
        mark(work, call, policy, self._means.agent)
        # a notice that lies back may be late already
        work.record_breaches()
        work.append()

    def _clocks(self, uow: UnitOfWork, ticket: TicketRecord, verdict: Verdict) -> list[ClockRecord]:
        policy, decision = verdict.policy, verdict.decision
        hours = policy.as_settled(verdict.settled)
        clocks = [
            running.start_clock(
                promise(decision, target),
                ticket.ticket_id,
                policy.id,
                hours.calendar(target.calendar),
                target.start,
            )
            for target in decision.targets
        ]
        if decision.outcome in NOT_SERVED:
            return clocks
        setting = uow.settings.read([GOALS]).get(GOALS, ())
        promised = {clock.kind for clock in clocks}
        goals = own_goals(setting, policy, verdict.service.id)
        # what the vendor promises needs no goal of ours beside it
        return clocks + [self._goal(goal, ticket, policy) for goal in goals if goal.kind not in promised]

    def _goal(self, goal: running.Goal, ticket: TicketRecord, policy: Policy) -> ClockRecord:
        calendar = self._means.terms.calendar(policy.id, goal.calendar)
        return running.start_clock(goal, ticket.ticket_id, policy.id, calendar, ticket.received_at)

    def _call_back(
        self,
        uow: UnitOfWork,
        call: Call,
        ticket: TicketRecord,
        verdict: Verdict,
        clocks: Sequence[ClockRecord],
    ) -> list[ClockRecord]:
        """By when the caller is called back because the call ended with that, where nothing else says so."""
        question = uow.questions.lock(call.question_id) if call.question_id is not None else None
        if question is not None and question.ticket_id is None:
            clock = told_clock(self._means.terms, question, 0, clocks)
            if clock is not None:
                return [clock]
            if question.state not in ("open", "withdrawn"):
                return []
        policy = verdict.policy
        main = self._means.terms.calendar(policy.id, policy.main_calendar or "")
        goal = owed_call(verdict.decision, policy, main)
        if goal is None or any(clock.kind == goal.kind for clock in clocks):
            return []
        return [self._goal(goal, ticket, policy)]


def _chosen(call: Call) -> tuple[int, str]:
    """The product and service of a call; raises Refused."""
    if call.product_id is None:
        raise Refused(Text("เลือกลูกค้าและสินค้าก่อน", "Choose the customer and the product first"))
    if not call.service:
        raise Refused(Text("เลือกบริการก่อน", "Choose what the call is about first"))
    return call.product_id, call.service


def _contact(uow: UnitOfWork, call: Call, record: OnFile) -> int | None:
    if call.contact_id is None:
        return None
    found = uow.contacts.get([call.contact_id])
    if not found or found[0].customer_id != record.product.customer_id:
        raise Refused(
            Text(
                "ผู้ติดต่อที่เลือกไม่ใช่ของลูกค้ารายนี้ เลือกใหม่",
                "That contact belongs to another customer: choose the contact again",
            )
        )
    return call.contact_id


def _machine(record: OnFile, call: Call) -> dict[str, Any]:
    """Which machine it is about, for the event: the one picked, else the only one."""
    ids = [machine.machine_id for machine in record.machines]
    picked = call.answers.get(MACHINE)
    found = picked if picked in ids else ids[0] if len(ids) == 1 else None
    return {} if found is None else {"machine": found}


def _contract_id(verdict: Verdict, contract: object) -> int | None:
    """The agreement on file that the facts speak of."""
    if not isinstance(contract, Mapping):
        return None
    start = contract.get("start")
    same = (c for c in verdict.record.contracts if (c.start.isoformat() if c.start else None) == start)
    return next((c.contract_id for c in same), None)


def _still_to_ask(verdict: Verdict) -> Refused:
    need = verdict.decision.needs[0] if verdict.decision.needs else ""
    question = verdict.policy.questions.get(need)
    text = question.text if question else Text(need, need)
    return Refused(
        Text(
            f"ยังตอบไม่ได้จนกว่าจะทราบ: {text.th}",
            f"This cannot be answered before you know: {text.en}",
        )
    )
