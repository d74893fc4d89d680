"""A desk in memory for the screens: the whole of DeskApi over invented companies, with no store beneath."""

# ruff: noqa: E501

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count

from deskui.clock import Clock, FixedClock
from deskui.desk.errors import LostRace, NotFound, Refused
from deskui.desk.model import (
    Agent,
    Call,
    CallerHit,
    ClockState,
    ClockStep,
    ClockView,
    ContractState,
    CustomerCard,
    Entitlement,
    Entry,
    ProductLine,
    QueueEntry,
    QueueSnapshot,
    ServiceInfo,
    TicketDetail,
    TicketRow,
    TicketState,
)
from deskui.policy.decision import Decision, Text
from deskui.policy.model import Question
from tests.tui.fake_rules import (
    BANGKOK,
    CALENDARS,
    HOLIDAYS,
    QUESTIONS,
    QUOTAS,
    SERVICES,
    SHORT,
    VENDORS,
    Product,
    decide_call,
)

MONDAY = datetime(2026, 11, 23, 10, 42, tzinfo=BANGKOK)
SATURDAY = datetime(2026, 11, 28, 10, 5, tzinfo=BANGKOK)
EMPTY = Text("", "")


@dataclass
class Customer:
    """A company that may call."""

    customer_id: int
    code: str
    name: str
    province: str
    contacts: tuple[tuple[int, str, str], ...]


@dataclass
class Running:
    """A target on a ticket: what was spent, and since when it runs."""

    clock_id: int
    kind: str
    rule: str
    work: timedelta
    started_at: datetime
    since: datetime | None
    spent: timedelta = timedelta(0)
    met_at: datetime | None = None
    promised: bool = True


@dataclass
class Ticket:
    """A ticket as this desk keeps it."""

    ticket_id: int
    number: int
    product: Product
    customer: Customer
    call: Call
    decision: Decision
    received_at: datetime
    state: TicketState = TicketState.NEW
    assignee: str | None = None
    clocks: list[Running] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    deferred_until: datetime | None = None
    version: int = 1


class FakeDesk:
    """DeskApi in memory. `gate`, when given, must be set before any method answers."""

    def __init__(self, clock: Clock | None = None, *, language: str = "th") -> None:
        self.clock = clock or FixedClock(MONDAY)
        self.agent = Agent(1, "nok", "นกแก้ว ใจดี", "ค่ะ", language)
        self.customers: dict[int, Customer] = {}
        self.products: dict[int, Product] = {}
        self.tickets: dict[int, Ticket] = {}
        self.calls: dict[int, Call] = {}
        self.change = 1
        self.asked: list[str] = []
        self._lock = threading.RLock()
        self._ids = count(1)
        self._numbers = count(1031)

    # --- building the world

    def customer(self, code: str, name: str, province: str, *contacts: tuple[str, str]) -> Customer:
        people = tuple((next(self._ids), person, phone) for person, phone in contacts)
        made = Customer(next(self._ids), code, name, province, people)
        self.customers[made.customer_id] = made
        return made

    def product(
        self, customer: Customer, policy: str, name: str, plan: Text, bought: date | None = None,
        start: date | None = None, end: date | None = None, **used: int,
    ) -> Product:  # fmt: skip
        counters = {key.replace("_", "-"): value for key, value in used.items()}
        made = Product(
            next(self._ids), customer.customer_id, policy, name, bought, start, end, plan, used=counters
        )
        self.products[made.product_id] = made
        return made

    def seed_ticket(
        self, product: Product, service: str, title: str, received: datetime, who: str | None = None,
        notes: str = "", **answers: object,
    ) -> Ticket:  # fmt: skip
        """A ticket logged at `received`."""
        call = Call(
            customer_id=product.customer_id, product_id=product.product_id, service=service, title=title, notes=notes,
            answers=answers, contact_id=self.customers[product.customer_id].contacts[0][0],
        )  # fmt: skip
        ticket = self._log(call, received)
        if who:
            ticket.assignee, ticket.state = who, TicketState.OPEN
        return ticket

    # --- asking

    def now(self) -> datetime:
        return self.clock.now()

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
        )  # fmt: skip

    def services(self, policy: str) -> Sequence[ServiceInfo]:
        return SERVICES[policy]

    def question(self, policy: str, fact: str) -> Question:
        if policy == "aristosoft" and fact == "severity":
            raise NotFound(Text("อริสโตซอฟท์ไม่แบ่งระดับความรุนแรง", "AristoSoft knows no severity."))
        return QUESTIONS[fact]

    def preview(self, call: Call) -> Decision:
        self.asked.append(f"preview:{call.service}")
        if call.product_id is None or call.service is None:
            raise Refused(Text("เลือกลูกค้าและบริการก่อน", "Choose a customer and a service first."))
        return decide_call(call, self.products[call.product_id], self.now())

    def hours_line(self, at: datetime) -> Sequence[tuple[str, str, Text]]:
        lines = []
        for policy in {p.policy: None for p in self.products.values()}:
            calendar = CALENDARS[policy]
            closes = calendar.next_close(at).astimezone(BANGKOK) if calendar.is_open(at) else None
            words = Text(f"ถึง {closes:%H:%M}", f"to {closes:%H:%M}") if closes else Text("ปิด", "closed")
            lines.append((policy, SHORT[policy], words))
        return sorted(lines, reverse=True)

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

    def queue(self, view: str = "all") -> QueueSnapshot:
        with self._lock:
            at = self.now()
            tickets = [t for t in self.tickets.values() if t.state is not TicketState.CLOSED]
            views = {name: [t for t in tickets if self._in_view(t, name, at)] for name in _VIEWS}
            wanted = views[view] if view in views else [t for t in tickets if t.product.policy == view]
            entries = sorted((self._place(t, at) for t in wanted), key=_order)
            return QueueSnapshot(at, view, tuple(entries), {n: len(v) for n, v in views.items()}, self.change)

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

    def _products_of(self, customer: Customer) -> list[Product]:
        return [p for p in self.products.values() if p.customer_id == customer.customer_id]

    def _plan(self, product: Product) -> Text:
        return product.plan if product.in_force(self._today()) else product.no_plan

    def _today(self) -> date:
        return self.now().astimezone(BANGKOK).date()

    def _line(self, product: Product) -> ProductLine:
        today = self._today()
        state = ContractState.NONE
        if product.end is not None:
            state = ContractState.ACTIVE if product.in_force(today) else ContractState.ENDED
        left = (product.end - today).days if product.end and state is ContractState.ACTIVE else None
        return ProductLine(
            product.product_id, product.policy, VENDORS[product.policy], product.name, product.purchased_on,
            self._plan(product), state, product.start, product.end, left,
        )  # fmt: skip

    def _entitlements(self, product: Product) -> list[Entitlement]:
        made = []
        for info in SERVICES[product.policy]:
            decision = decide_call(Call(service=info.service), product, self.now())
            total, used = None, product.used.get(info.service, 0)
            note = Text(decision.outcome, decision.outcome)
            if info.service in QUOTAS and product.in_force(self._today()):
                total = QUOTAS[info.service][0]
                note = Text(f"เหลือ {total - used} จาก {total}", f"{total - used} of {total} left")
            rule = decision.rules[0] if decision.rules else ""
            made.append(
                Entitlement(
                    info.service, info.name, decision.outcome, total, used if total else None,
                    total - used if total else None, note, rule,
                )
            )  # fmt: skip
        return made

    def _log(self, call: Call, at: datetime) -> Ticket:
        assert call.product_id is not None
        product = self.products[call.product_id]
        decision = decide_call(call, product, at)
        ticket = Ticket(
            next(self._ids),
            next(self._numbers),
            product,
            self.customers[product.customer_id],
            call,
            decision,
            at,
        )
        until = decision.figures.get("until")
        ticket.deferred_until = until if isinstance(until, datetime) else None
        if decision.consumes:
            taken = decision.consumes
            product.used[taken.counter] = product.used.get(taken.counter, 0) + taken.units
        for target in decision.targets:
            ticket.clocks.append(
                Running(next(self._ids), target.kind, target.rule, target.work, target.start, target.start)
            )
        self.tickets[ticket.ticket_id] = ticket
        ticket.entries.append(Entry(at, self.agent.code, "opened", Text("รับสาย", "call taken")))
        if call.notes:
            ticket.entries.append(Entry(at, self.agent.code, "note", Text(call.notes, call.notes)))
        self.change += 1
        return ticket

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

    def _view(self, clock: Running, ticket: Ticket) -> ClockView:
        at, calendar = self.now(), CALENDARS[ticket.product.policy]
        spent = clock.spent + (calendar.elapsed(clock.since, at) if clock.since else timedelta(0))
        left = clock.work - spent
        due = calendar.deadline(clock.since, clock.work - clock.spent) if clock.since else None
        breached = due if due is not None and due < at else None
        if clock.met_at:
            state = ClockState.MET
        elif clock.since is None:
            state = ClockState.PAUSED
        elif breached:
            state = ClockState.BREACHED
        else:
            state = ClockState.RUNNING if calendar.is_open(at) else ClockState.OUTSIDE_HOURS
        change = calendar.next_close(at) if calendar.is_open(at) else calendar.next_open(at)
        return ClockView(
            clock.clock_id, clock.kind, clock.rule, "Note •3 L104", clock.promised, state, clock.started_at, clock.work,
            spent, left, due, clock.met_at, breached, calendar.day_length, change,
            calendar.is_open(at),
        )  # fmt: skip

    def _row(self, ticket: Ticket) -> TicketRow:
        views = [self._view(c, ticket) for c in ticket.clocks]
        first = min(views, key=lambda v: v.left, default=None)
        service = next(s for s in SERVICES[ticket.product.policy] if s.service == ticket.call.service)
        return TicketRow(
            ticket.ticket_id, ticket.number, ticket.product.policy, ticket.customer.name, self._plan(ticket.product),
            service.service, service.name, ticket.call.title or service.name.th, ticket.state, ticket.assignee,
            ticket.received_at, first.due_at if first else None, bool(first and first.promised),
            first.kind if first else None, first, ticket.deferred_until, ticket.version,
        )  # fmt: skip

    def _in_view(self, ticket: Ticket, view: str, at: datetime) -> bool:
        row = self._row(ticket)
        return {
            "all": True,
            "mine": ticket.assignee == self.agent.code,
            "waiting": ticket.state is TicketState.WAITING,
            "breached": row.clock is not None and row.clock.state is ClockState.BREACHED,
            "today": row.due_at is not None
            and row.due_at.astimezone(BANGKOK).date() <= at.astimezone(BANGKOK).date(),
        }[view]

    def _place(self, ticket: Ticket, at: datetime) -> QueueEntry:
        row = self._row(ticket)
        band = 3
        if row.clock and row.due_at:
            band = 0 if row.due_at < at else 1 if row.due_at - at <= timedelta(minutes=15) else 2
        elif ticket.product.policy == "aristosoft" and not ticket.product.in_force(self._today()):
            band = 4
        return QueueEntry(band, 0, row.due_at, ticket.received_at, ticket.ticket_id)


_VIEWS = ("all", "mine", "waiting", "breached", "today")


def _order(entry: QueueEntry) -> tuple[int, int, float, float]:
    due = entry.due_at.timestamp() if entry.due_at else float("inf")
    return entry.band, entry.rank, due, entry.received_at.timestamp()
