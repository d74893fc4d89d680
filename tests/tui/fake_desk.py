"""A desk in memory for the screens: the whole of DeskApi over invented companies, with no store beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from deskui.desk.entries import Entries
from deskui.desk.errors import LostRace, NotFound, Refused
from deskui.desk.model import (
    Call,
    CallerHit,
    ClockStep,
    CustomerCard,
    Entry,
    QueueSnapshot,
    ServiceInfo,
    TicketDetail,
    TicketRow,
    TicketState,
    VendorHours,
)
from deskui.policy.decision import Decision, Text
from deskui.policy.model import Question
from tests.tui.fake_rules import (
    BANGKOK,
    CALENDARS,
    HOLIDAYS,
    QUESTIONS,
    SERVICES,
    SHORT,
    decide_call,
)
from tests.tui.fake_state import EMPTY, MONDAY, SATURDAY, VIEWS, Customer, Running, Ticket, order
from tests.tui.fake_work import FakeWork

__all__ = ["EMPTY", "MONDAY", "SATURDAY", "Customer", "FakeDesk", "Running", "Ticket"]


class FakeDesk(FakeWork):
    """DeskApi in memory."""

    # --- asking

    def find_callers(self, text: str, limit: int = 20) -> Sequence[CallerHit]:
        self.asked.append(f"find:{text}")
        needle = text.strip().casefold()
        digits = "".join(sign for sign in needle if sign.isdigit())
        hits: list[CallerHit] = []
        for customer in self.customers.values():
            lines = tuple(self._line(p) for p in self._products_of(customer))
            for contact_id, person, phone in customer.contacts:
                number = phone.replace("-", "")
                whole = f"{customer.code} {customer.name} {person}".casefold()
                if needle and (needle in whole or (digits and digits in number)):
                    hits.append(
                        CallerHit(
                            customer.customer_id,
                            customer.code,
                            customer.name,
                            contact_id,
                            person,
                            phone,
                            lines,
                        )
                    )
        return hits[:limit]

    def customer_card(self, customer_id: int, product_id: int | None = None) -> CustomerCard:
        customer = self.customers.get(customer_id)
        if customer is None:
            raise NotFound(Text("ไม่พบลูกค้ารายนี้", "There is no such customer."))
        products = self._products_of(customer)
        shown = next((p for p in products if p.product_id == product_id), products[0] if products else None)
        mine = [t for t in self.tickets.values() if t.customer is customer and t.state.category != "done"]
        return CustomerCard(
            customer.customer_id, customer.code, customer.name, customer.province, customer.contacts,
            tuple(self._line(p) for p in products), self._line(shown) if shown else None,
            tuple(self._entitlements(shown)) if shown else (), len(mine), 0,
            tickets=tuple(self._row(ticket) for ticket in mine),
        )  # fmt: skip

    def services(self, policy: str) -> Sequence[ServiceInfo]:
        return SERVICES[policy]

    def question(self, policy: str, fact: str, service: str | None = None) -> Question:
        if policy == "aristosoft" and fact == "severity":
            raise NotFound(Text("อริสโตซอฟท์ไม่แบ่งระดับความรุนแรง", "AristoSoft knows no severity."))
        if fact not in QUESTIONS:
            raise NotFound(Text(f"ไม่มีคำถามสำหรับ {fact}", f"There is no question for {fact}."))
        question = QUESTIONS[fact]
        return question if service is None else replace(question, choices=question.answers_for(service))

    def preview(self, call: Call) -> Decision:
        self.asked.append(f"preview:{call.service}")
        if call.product_id is None or call.service is None:
            raise Refused(Text("เลือกลูกค้าและบริการก่อน", "Choose a customer and a service first."))
        return decide_call(call, self.products[call.product_id], self.now())

    def hours_line(self, at: datetime) -> Sequence[VendorHours]:
        lines = []
        for policy in {p.policy: None for p in self.products.values()}:
            calendar = CALENDARS[policy]
            closes = calendar.next_close(at).astimezone(BANGKOK) if calendar.is_open(at) else None
            words = Text(f"ถึง {closes:%H:%M}", f"to {closes:%H:%M}") if closes else Text("", "")
            lines.append(VendorHours(policy, SHORT[policy], words, closes is not None))
        return sorted(lines, key=lambda one: one.policy, reverse=True)

    def unusable_terms(self) -> Mapping[str, Text]:
        return {}

    # --- tickets

    def open_ticket(self, call: Call) -> TicketDetail:
        with self._lock:
            decision = self.preview(call)
            if decision.outcome == "ask":
                fact = QUESTIONS[decision.needs[0]].text
                raise Refused(Text(f"ยังขาดคำตอบ: {fact.th}", f"Not answered yet: {fact.en}"))
            ticket = self._log(call, self.now())
            if call.draft_id is not None:
                self.calls.pop(call.draft_id, None)
            return self.ticket(ticket.ticket_id)

    def follow_up(self, call: Call, ticket_id: int) -> TicketDetail:
        with self._lock:
            if call.draft_id is not None:
                self.calls.pop(call.draft_id, None)
            return self.note(ticket_id, call.notes or call.title or "called again")

    def queue(self, view: str = "all") -> QueueSnapshot:
        with self._lock:
            at = self.now()
            tickets = [t for t in self.tickets.values() if t.state.category != "done"]
            views = {name: [t for t in tickets if self._in_view(t, name, at)] for name in VIEWS}
            wanted = views[view] if view in views else [t for t in tickets if t.product.policy == view]
            entries = sorted((self._place(t, at) for t in wanted), key=order)
            return QueueSnapshot(
                at, view, Entries.of(entries), {n: len(v) for n, v in views.items()}, self.change
            )

    def rows(self, ticket_ids: Sequence[int]) -> Sequence[TicketRow]:
        with self._lock:
            return [self._row(self.tickets[i]) for i in ticket_ids if i in self.tickets]

    def ticket(self, ticket_id: int) -> TicketDetail:
        with self._lock:
            ticket = self._get(ticket_id)
            contact = next((c for c in ticket.customer.contacts if c[0] == ticket.call.contact_id), None)
            return TicketDetail(
                self._row(ticket), ticket.customer.customer_id, contact[1] if contact else None,
                contact[2] if contact else None, ticket.call.notes, ticket.call.answers, ticket.decision,
                "2026-01", tuple(ticket.entries), tuple(self._view(c, ticket) for c in ticket.clocks),
                ticket.product.product_id,
            )  # fmt: skip

    def ticket_id(self, number: int) -> int:
        found = next((t.ticket_id for t in self.tickets.values() if t.number == number), None)
        if found is None:
            raise NotFound(Text(f"ไม่มีเรื่อง #{number}", f"There is no ticket #{number}."))
        return found

    def explain(self, clock_id: int) -> Sequence[ClockStep]:
        ticket, clock = self._clock(clock_id)
        steps: list[ClockStep] = []
        for step in CALENDARS[ticket.product.policy].explain(clock.started_at, clock.work):
            label = HOLIDAYS.get(step.day) if step.kind == "holiday" else None
            source = Text(f"{label.th} (มติ ครม.)", f"{label.en} (Cabinet)") if label else None
            words = source or Text({"counted": "นับ"}.get(step.kind, "ปิด"), step.label)
            steps.append(ClockStep(step.start, step.end, step.counted, step.kind, words))
        return steps

    def claim(self, ticket_id: int, version: int, reason: str = "") -> TicketRow:
        ticket = self._changing(ticket_id, version)
        if self._place(ticket, self.now()).band == 4 and not reason:
            raise Refused(Text("งานนี้อยู่ท้ายคิว ต้องระบุเหตุผล", "It is served last: say why it is served now."))
        if ticket.assignee == self.agent.code:
            raise Refused(Text("เป็นงานของคุณอยู่แล้ว", "It is yours already."))
        ticket.assignee = self.agent.code
        if ticket.state is TicketState.NEW:
            ticket.state = TicketState.OPEN
        return self._done(ticket, "claimed", Text("รับเรื่อง", "claimed"))

    def release(self, ticket_id: int, version: int) -> TicketRow:
        ticket = self._changing(ticket_id, version)
        ticket.assignee = None
        return self._done(ticket, "released", Text("คืนเข้าคิว", "given back"))

    def note(self, ticket_id: int, text: str) -> TicketDetail:
        if not text.strip():
            raise Refused(Text("บันทึกว่างเปล่า", "The note is empty."))
        ticket = self._get(ticket_id)
        self._done(ticket, "note", Text(text, text))
        return self.ticket(ticket_id)

    def wait(self, ticket_id: int, version: int, reason: str = "") -> TicketRow:
        ticket = self._changing(ticket_id, version)
        if ticket.state.category != "active":
            raise Refused(Text("พักได้เฉพาะงานที่ทำอยู่", "Only an active ticket can wait."))
        self._stop(ticket)
        ticket.state = TicketState.WAITING
        return self._done(ticket, "waiting", Text(f"รอลูกค้า {reason}", f"waiting for the customer {reason}"))

    def resume(self, ticket_id: int, version: int) -> TicketRow:
        ticket = self._changing(ticket_id, version)
        if ticket.state is not TicketState.WAITING:
            raise Refused(Text("งานนี้ไม่ได้พักอยู่", "This ticket is not waiting."))
        ticket.state = TicketState.OPEN
        self._start(ticket)
        return self._done(ticket, "resumed", Text("ทำต่อ", "resumed"))

    def change_severity(self, ticket_id: int, version: int, severity: str) -> TicketRow:
        ticket = self._changing(ticket_id, version)
        if ticket.product.policy != "emwork":
            raise Refused(Text("ไม่แบ่งระดับความรุนแรง", "This vendor knows no severity."))
        work = timedelta(hours=24 if severity == "system_down" else 72)
        for clock in ticket.clocks:
            clock.work = work
        return self._done(ticket, "severity", Text(f"ความรุนแรง: {severity}", f"severity: {severity}"))

    def meet(self, ticket_id: int, version: int, kind: str) -> TicketRow:
        ticket = self._changing(ticket_id, version)
        clock = next((c for c in ticket.clocks if c.kind == kind and c.met_at is None), None)
        if clock is None:
            raise Refused(Text("ไม่มีเวลานัดที่รออยู่", "No such target is running."))
        clock.met_at = self.now()
        return self._done(ticket, "met", Text(f"ทำตามนัดแล้ว: {kind}", f"met: {kind}"))

    def resolve(self, ticket_id: int, version: int, text: str = "") -> TicketRow:
        ticket = self._changing(ticket_id, version)
        if ticket.state.category == "done":
            raise Refused(Text("แก้เสร็จแล้ว", "It is resolved already."))
        self._stop(ticket)
        ticket.state = TicketState.RESOLVED
        return self._done(ticket, "resolved", Text(f"แก้เสร็จ {text}", f"resolved {text}"))

    def reopen(self, ticket_id: int, version: int) -> TicketRow:
        ticket = self._changing(ticket_id, version)
        if ticket.state is not TicketState.RESOLVED:
            raise Refused(Text("เปิดใหม่ได้เฉพาะงานที่แก้เสร็จ", "Only a resolved ticket can be reopened."))
        ticket.state = TicketState.OPEN
        self._start(ticket)
        return self._done(ticket, "reopened", Text("เปิดใหม่", "reopened"))

    def close(self, ticket_id: int, version: int) -> TicketRow:
        ticket = self._changing(ticket_id, version)
        if ticket.state is not TicketState.RESOLVED:
            raise Refused(Text("ปิดได้เมื่อแก้เสร็จแล้ว", "Resolve it before closing."))
        ticket.state = TicketState.CLOSED
        return self._done(ticket, "closed", Text("ปิดงาน", "closed"))

    # --- drafts, changes, the beat

    def save_draft(self, call: Call) -> Call:
        with self._lock:
            kept = replace(call, draft_id=call.draft_id or next(self._ids))
            assert kept.draft_id is not None
            self.calls.pop(kept.draft_id, None)
            self.calls[kept.draft_id] = kept
            return kept

    def drafts(self) -> Sequence[Call]:
        return list(reversed(self.calls.values()))

    def drop_draft(self, draft_id: int) -> None:
        self.calls.pop(draft_id, None)

    def last_change(self) -> int:
        return self.change

    def record_breaches(self) -> int:
        return 0

    # --- inside

    def _get(self, ticket_id: int) -> Ticket:
        if ticket_id not in self.tickets:
            raise NotFound(Text("ไม่พบงานนี้", "There is no such ticket."))
        return self.tickets[ticket_id]

    def _changing(self, ticket_id: int, version: int) -> Ticket:
        ticket = self._get(ticket_id)
        if ticket.version != version:
            raise LostRace(Text("มีคนแก้ไขก่อนแล้ว", "Somebody else changed it first."))
        return ticket

    def _done(self, ticket: Ticket, kind: str, words: Text) -> TicketRow:
        with self._lock:
            ticket.version += 1
            self.change += 1
            ticket.entries.append(Entry(self.now(), self.agent.code, kind, words))
            return self._row(ticket)

    def _stop(self, ticket: Ticket) -> None:
        calendar = CALENDARS[ticket.product.policy]
        for clock in ticket.clocks:
            if clock.since is not None:
                clock.spent += calendar.elapsed(clock.since, self.now())
                clock.since = None

    def _start(self, ticket: Ticket) -> None:
        for clock in ticket.clocks:
            clock.since = self.now()

    def _clock(self, clock_id: int) -> tuple[Ticket, Running]:
        for ticket in self.tickets.values():
            for clock in ticket.clocks:
                if clock.clock_id == clock_id:
                    return ticket, clock
        raise NotFound(Text("ไม่พบเวลานัดนี้", "There is no such clock."))
