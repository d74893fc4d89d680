"""What the desk of the screen tests knows: companies, products, tickets, and how they are shown."""

# ruff: noqa: E501

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from deskui.clock import Clock, FixedClock
from deskui.desk.model import (
    Agent,
    Call,
    ClockState,
    ClockView,
    ContractState,
    Entitlement,
    Entry,
    ProductLine,
    QueueEntry,
    TicketRow,
    TicketState,
)
from deskui.policy.decision import Decision, Text
from tests.tui.fake_rules import (
    BANGKOK,
    CALENDARS,
    QUOTAS,
    SERVICES,
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


class FakeWorld:
    """The companies, what they bought, and what a screen is shown of them."""

    def __init__(self, clock: Clock | None = None, *, language: str = "th") -> None:
        self.clock = clock or FixedClock(MONDAY)
        self.agent = Agent(1, "nok", "นกแก้ว ใจดี", "ค่ะ", language)
        self.customers: dict[int, Customer] = {}
        self.products: dict[int, Product] = {}
        self.tickets: dict[int, Ticket] = {}
        self.calls: dict[int, Call] = {}
        self.ended: list[Call] = []
        self.change = 1
        self.asked: list[str] = []
        self._lock = threading.RLock()
        self._ids = count(1)
        self._numbers = count(1031)

    def now(self) -> datetime:
        """The instant of its clock."""
        return self.clock.now()

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

    # --- as a screen is shown it

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

    def _view(self, clock: Running, ticket: Ticket) -> ClockView:
        at, calendar = self.now(), CALENDARS[ticket.product.policy]
        spent = clock.spent + (calendar.elapsed(clock.since, at) if clock.since else timedelta(0))
        left = clock.work - spent
        rest = max(clock.work - clock.spent, timedelta(0))
        due = calendar.deadline(clock.since, rest) if clock.since else None
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
            "callbacks": row.clock is not None and row.clock.kind == "callback",
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


VIEWS = ("all", "mine", "callbacks", "waiting", "breached", "today")


def order(entry: QueueEntry) -> tuple[int, int, float, float]:
    due = entry.due_at.timestamp() if entry.due_at else float("inf")
    return entry.band, entry.rank, due, entry.received_at.timestamp()
