"""Frozen values that cross the layers: what screens show and what use cases take.

Instants are aware and in UTC; dates are calendar dates of the policy's zone; money is Decimal baht.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from deskui.dataclass import dataclass
from deskui.desk.callmodel import Place, Ring
from deskui.desk.states import ClockState, ContractState, TicketState
from deskui.desk.workmodel import MergedTicket, Pause
from deskui.policy.decision import Decision, Text

if TYPE_CHECKING:
    from deskui.desk.entries import Entries

__all__ = [
    "Agent",
    "Call",
    "CallerHit",
    "ClockState",
    "ClockStep",
    "ClockView",
    "ContactLine",
    "ContractState",
    "CustomerCard",
    "Entitlement",
    "Entry",
    "Glimpse",
    "MachineLine",
    "ProductLine",
    "QueueEntry",
    "QueueSnapshot",
    "ServiceInfo",
    "Thing",
    "TicketDetail",
    "TicketRow",
    "TicketState",
]


@dataclass(frozen=True, slots=True)
class ProductLine:
    """One thing a customer bought, with the agreement that covers it."""

    product_id: int
    policy: str
    vendor: Text
    name: str
    purchased_on: date | None
    plan: Text
    """Name of the plan or class that applies today, e.g. "M/A list" or "no M/A"."""
    contract_state: ContractState
    contract_start: date | None
    contract_end: date | None
    """Last day in force, inclusive."""
    days_left: int | None
    serial: str | None = None
    branch: str | None = None
    remarks: tuple[Text, ...] = ()
    """What the customer's own contract says in place of the terms, with its clause."""


@dataclass(frozen=True, slots=True)
class CallerHit:
    """One line of the caller list: a customer, or a contact of one."""

    customer_id: int
    code: str
    customer: str
    contact_id: int | None
    contact: str | None
    phone: str | None
    """As shown to the agent (national format)."""
    products: tuple[ProductLine, ...]
    product_id: int | None = None
    """Where a serial or branch led straight to a product, or to one of its machines."""
    machine_id: int | None = None
    found: str | None = None
    """The serial or branch as it is written."""


@dataclass(frozen=True, slots=True)
class MachineLine:
    """One machine a product runs on."""

    machine_id: int
    product_id: int
    name: str
    serial: str | None
    branch: str | None
    ma: bool | None
    """Whether it is under maintenance today; None: not on file."""
    ma_end: date | None


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One person who calls for a customer."""

    contact_id: int
    name: str
    phone: str
    """As shown; empty without one."""
    authorised: bool | None
    """Whether this person may ask for what needs the customer's authority; None: nobody knows."""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What the customer's plan grants for one service, as the pane shows it."""

    service: str
    name: Text
    outcome: str
    """Outcome of the decision now, before any question: free, quota, charge, ask, unknown …"""
    total: int | None
    used: int | None
    remaining: int | None
    note: Text
    """Short words: "3 of 5 left", "500 baht", "ask supervisor" …"""
    rule: str


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """Everything the agent sees about a customer for one product."""

    customer_id: int
    code: str
    name: str
    province: str | None
    contacts: tuple[tuple[int, str, str], ...]
    """(contact id, name, phone as shown)."""
    products: tuple[ProductLine, ...]
    product: ProductLine | None
    """The one the entitlements are about."""
    entitlements: tuple[Entitlement, ...]
    open_tickets: int
    callbacks_due: int
    tax_id: str | None = None
    people: tuple[ContactLine, ...] = ()
    machines: tuple[MachineLine, ...] = ()
    """Of all products, by product."""
    tickets: tuple[TicketRow, ...] = ()
    """The first of the open tickets, the one due first before the others."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the agent has it so far; the same value is the draft kept in the store."""

    draft_id: int | None = None
    query: str = ""
    """What was typed to find the caller."""
    phone: str | None = None
    channel: str = "phone"
    customer_id: int | None = None
    contact_id: int | None = None
    product_id: int | None = None
    service: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    """Facts the agent answered on this call, by fact name."""
    title: str = ""
    notes: str = ""
    started_at: datetime | None = None
    ring_id: int | None = None
    """The ring it was taken from."""
    parked_at: datetime | None = None
    """Since when the caller waits while the agent speaks with somebody else."""
    place: Place | None = None
    """Where the agent stood when it was left."""
    proofs: Mapping[str, str] = field(default_factory=dict)
    """How an answer was made sure of, by fact, where the terms ask for that; never the secret itself."""
    problem_id: int | None = None
    """The known problem it is about."""
    question_id: int | None = None
    """What the supervisor was asked about it."""
    follows: int | None = None
    """Id of the open ticket it is about, where it needs none of its own."""


@dataclass(frozen=True, slots=True)
class ServiceInfo:
    """A line of the service list of the Call screen."""

    service: str
    name: Text
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockStep:
    """One stretch of the explanation of a due time; `counted` of all steps add up to the goal."""

    start: datetime
    end: datetime
    counted: timedelta
    kind: str
    """counted, closed, holiday, break or paused."""
    label: Text
    """E.g. the holiday's name and its source."""


@dataclass(frozen=True, slots=True)
class ClockView:
    """One target running on one ticket, at the instant it was asked about."""

    clock_id: int
    kind: str
    """first_response, callback, result or resolution."""
    rule: str
    clause: str
    promised: bool
    """False for the desk's own goal, which is never said to the caller."""
    state: ClockState
    started_at: datetime
    work: timedelta
    """Working time allowed."""
    spent: timedelta
    """Working time used up by the instant asked about."""
    left: timedelta
    """Working time left; negative when breached."""
    due_at: datetime | None
    """None while paused."""
    met_at: datetime | None
    breached_at: datetime | None
    day_length: timedelta
    """Open time of an ordinary day of its calendar, for "2d4h"."""
    next_change: datetime | None
    """Next opening or closing of its calendar."""
    open_now: bool = True
    """Whether its calendar is open at the instant asked about; what a breached clock's state no longer
    says.
    """


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One row of the queue."""

    ticket_id: int
    number: int
    policy: str
    customer: str
    plan: Text
    service: str
    service_name: Text
    title: str
    state: TicketState
    assignee: str | None
    """Agent code."""
    received_at: datetime
    due_at: datetime | None
    """Of the clock that is due first; None without a promise or while paused."""
    promised: bool
    clock_kind: str | None
    clock: ClockView | None
    """The clock shown in the LEFT column."""
    deferred_until: datetime | None
    version: int
    ring: Ring | None = None
    """A missed call instead of a ticket; its id is negative, see `deskui.desk.ringrows`."""
    stands: ClockState | None = None
    """How its clock stands, in a `Glimpse` only: there `clock` is None."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What a ticket is about: a product or one of its machines, as the labels on it name it."""

    name: str
    serial: str | None = None
    branch: str | None = None


@dataclass(frozen=True, slots=True)
class Glimpse:
    """The top of the queue as the store has it, before the desk is open."""

    at: datetime
    rows: tuple[TicketRow, ...]
    """In the order of the queue, at least one; without the time that is left and names of services."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ticket's history: an event or a note."""

    at: datetime
    agent: str | None
    kind: str
    """opened, claimed, note, waiting, resumed, severity, replanned, resolved, reopened, closed, breached
    …
    """
    text: Text
    number: int | None = None
    """Of the ticket it happened on, where that is one that was merged into this."""


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """A ticket with everything its pane shows."""

    row: TicketRow
    customer_id: int
    contact: str | None
    phone: str | None
    description: str
    facts: Mapping[str, Any]
    decision: Decision | None
    """As stored when the ticket was opened or its severity last changed; never judged again by newer
    terms.
    """
    policy_version: str
    entries: tuple[Entry, ...]
    clocks: tuple[ClockView, ...]
    product_id: int | None = None
    """What it is about, so that its entitlements can be shown; None for the first product in force."""
    merged: tuple[MergedTicket, ...] = ()
    """Tickets that are part of this one now, with who called about them."""
    merged_into: int | None = None
    """Number of the ticket this one is part of now."""
    pause: Pause | None = None
    """Why it stands still, while it waits or is on hold."""
    product: Thing | None = None
    machine: Thing | None = None
    """The machine the call was about; None where none was picked and the product has not just one."""


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """Place of one open ticket: the ordered array of these is the queue."""

    band: int
    """0 breached · 1 due within 15 minutes · 2 promised · 3 no promise · 4 served last (no agreement while
    covered customers wait) · 5 deferred to a later day.
    """
    rank: int
    """The policy's own rank, lower first."""
    due_at: datetime | None
    received_at: datetime
    ticket_id: int


@dataclass(frozen=True, slots=True)
class QueueSnapshot:
    """The queue of one view at one instant."""

    at: datetime
    view: str
    entries: Entries
    """In order; a sequence of QueueEntry."""
    counts: Mapping[str, int]
    """By view: all, mine, callbacks, waiting, breached, today."""
    change: int
    """Position in the change feed this was read at."""


@dataclass(frozen=True, slots=True)
class VendorHours:
    """Whether a vendor is open at an instant, in a word or two."""

    policy: str
    short: str
    words: Text
    """"17:00" it is open until, "Mon 09:00" it opens again, or "open?"."""
    open: bool | None
    """None where the terms do not say."""


@dataclass(frozen=True, slots=True)
class Agent:
    """A person of the desk."""

    agent_id: int
    code: str
    name: str
    particle: str
    """ค่ะ or ครับ."""
    language: str
    """th or en."""
    supervisor: bool = False
    """Whether this person may grant what the terms leave to a supervisor."""
