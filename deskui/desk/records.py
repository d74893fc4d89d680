"""What the desk keeps: one frozen record per row, as the ports hand them over.

Ids are whole numbers above 0; a record that is not stored yet has the id 0. Instants are aware and in UTC,
dates are calendar dates of the policy's zone. Mappings hold only what JSON can hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from typing import Any

from deskui.dataclass import dataclass
from deskui.desk.model import TicketState
from deskui.policy.decision import Text

ERASED = "—"
"""Stands where a title, name or number was that somebody asked to have erased."""


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """A customer."""

    customer_id: int
    code: str
    """The vendor's own customer number, unique."""
    name: str
    province: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Facts on file by fact name; "not_recorded" where somebody looked and nobody knows."""
    tax_id: str | None = None
    """The 13 digits of the Revenue Department, as written."""


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A person who calls for a customer."""

    contact_id: int
    customer_id: int
    name: str
    phone: str | None = None
    """As dialled or in E.164; folded for search and shown in the national format."""
    authorised: bool | None = None
    """Whether this person may ask for what needs the customer's authority; None: nobody knows."""


@dataclass(frozen=True, slots=True)
class ProductRecord:
    """One thing a customer bought of one vendor."""

    product_id: int
    customer_id: int
    policy: str
    name: str
    purchased_on: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Facts on file about this product; they win over the customer's."""
    serial: str | None = None
    """Its licence serial."""
    branch: str | None = None
    """The customer's branch it stands at."""


@dataclass(frozen=True, slots=True)
class MachineRecord:
    """One machine a product runs on, with its own maintenance where the vendor sells it by machine."""

    machine_id: int
    product_id: int
    name: str
    ma: bool | None = None
    """Whether it is under maintenance; None: not on file."""
    ma_start: date | None = None
    ma_end: date | None = None
    """Last day in force, inclusive."""
    serial: str | None = None
    branch: str | None = None
    """The customer's branch it stands at, where that is another than the product's."""


@dataclass(frozen=True, slots=True)
class ContractRecord:
    """One maintenance agreement of a product."""

    contract_id: int
    product_id: int
    start: date | None
    end: date | None
    """Last day in force, inclusive."""
    plan: str | None = None
    paid: bool | None = None
    """None: not on file."""
    suspended: bool = False
    special: bool | None = None
    package: Mapping[str, Any] | None = None
    own_terms: Sequence[Mapping[str, Any]] | None = None
    """What the customer's own contract says in place of the terms, as `deskui.policy.ownterms` reads it."""


@dataclass(frozen=True, slots=True)
class TicketRecord:
    """A ticket. The last columns are derived from its clocks and kept for the order of the queue."""

    ticket_id: int
    number: int
    """What people call it by; given by the store."""
    version: int
    """Counts the changes, from 1."""
    policy: str
    policy_version: str
    service: str
    customer_id: int
    contact_id: int | None
    product_id: int | None
    phone: str | None
    """The number called from, where it is not the contact's."""
    channel: str
    title: str
    plan: Text
    """Name of the plan or class on the day it was opened."""
    covered: bool
    """Under an agreement or in warranty when opened; the others are served last."""
    state: TicketState
    severity: str | None
    assignee_id: int | None
    received_at: datetime
    changed_at: datetime
    changed_by: int | None
    """Who changed it last: named when somebody else loses the race."""
    deferred_until: datetime | None
    rank: int
    """The policy's own rank, lower first."""
    outcome: str
    facts: Mapping[str, Any]
    """What the decision was made on."""
    decision: Mapping[str, Any]
    """As encoded by `deskui.policy.codec`."""
    promise_due_at: datetime | None = None
    """The earliest due instant of its unmet promises; None while they are paused, unless already past."""
    goal_due_at: datetime | None = None
    """The same of the desk's own goals."""
    due_kind: str | None = None
    """Kind of the clock that is due first, promises before goals."""


@dataclass(frozen=True, slots=True)
class TicketLine:
    """What a row of the queue shows of a ticket: nothing of why it was decided so."""

    ticket_id: int
    number: int
    version: int
    policy: str
    service: str
    customer: str
    """The customer's name."""
    plan: Text
    title: str
    state: TicketState
    assignee: str | None
    """Agent code."""
    received_at: datetime
    deferred_until: datetime | None


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """The narrow part of an open ticket (active or paused) that the order of the queue needs."""

    ticket_id: int
    policy: str
    customer_id: int
    state: TicketState
    assignee_id: int | None
    received_at: datetime
    deferred_until: datetime | None
    rank: int
    covered: bool
    promise_due_at: datetime | None
    goal_due_at: datetime | None
    due_kind: str | None


NarrowRow = tuple[
    int, str, int, str, int | None, int, int | None, int, bool, int | None, int | None, str | None
]
"""The fields of OpenTicket in their order, a state by its name and instants in microseconds since 1970."""


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """Free text on a ticket; may be erased, its event then still proves that it was there."""

    note_id: int
    ticket_id: int
    at: datetime
    agent_id: int | None
    kind: str
    """description, note, reason or solution."""
    text: str
    salt: str
    """Random; the event keeps SHA-256 of salt and text. Both are emptied when the note is erased."""
    erased_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One thing that happened to a ticket. Append-only; holds ids, never names, numbers or free text."""

    event_id: int
    ticket_id: int
    at: datetime
    agent_id: int | None
    """None: the desk itself."""
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UsageRecord:
    """One entry of the quota ledger. Append-only; balances are the sum of units."""

    usage_id: int
    product_id: int
    counter: str
    kind: str
    """consume (units above 0), refund (below 0) or adjust (either)."""
    units: int
    on: date
    """The day it counts for, in the policy's zone; a refund counts for the day of what it gives back."""
    period_start: date | None
    period_end: date | None
    """First and last day of the counter's period, inclusive; None where the terms give none."""
    at: datetime
    agent_id: int | None
    ticket_id: int | None
    contract_id: int | None
    reason: str = ""
    """A code, never free text."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A finished stretch in which a clock ran."""

    start: datetime
    stop: datetime
    counted: timedelta
    """Working time of the stretch by the calendar it ran in."""
    calendar: str


@dataclass(frozen=True, slots=True)
class ClockRecord:
    """One target on one ticket. What is kept is the time spent; `due_at` follows from it."""

    clock_id: int
    ticket_id: int
    kind: str
    """first_response, callback, result or resolution."""
    rule: str
    clause: str
    promised: bool
    policy: str
    calendar: str
    """Name of a calendar of the policy."""
    work: timedelta
    """The goal, in working time."""
    spent: timedelta
    """Sum of the finished stretches."""
    started_at: datetime
    """When it first started."""
    running_since: datetime | None
    """Start of the running stretch; None while paused or done."""
    due_at: datetime | None
    """None while paused, unless spent has reached the goal."""
    met_at: datetime | None = None
    stopped_at: datetime | None = None
    """Closed without the target being met."""
    breached_at: datetime | None = None
    """The due instant it was missed at; kept by a reopen, emptied when the breach is voided."""
    stretches: tuple[Stretch, ...] = ()
    """Finished stretches, oldest first."""


@dataclass(frozen=True, slots=True)
class BreachRecord:
    """A missed target: one row per clock and due instant."""

    breach_id: int
    clock_id: int
    ticket_id: int
    kind: str
    promised: bool
    due_at: datetime
    recorded_at: datetime
    voided_at: datetime | None = None
    void_reason: str = ""


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """An unfinished call."""

    draft_id: int
    agent_id: int
    saved_at: datetime
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AgentRecord:
    """A person of the desk."""

    agent_id: int
    code: str
    name: str
    particle: str = "ค่ะ/ครับ"
    language: str = "th"
    supervisor: bool = False


@dataclass(frozen=True, slots=True)
class HolidayRecord:
    """A day the desk added to a holiday set, or took out of it; one row per set and day."""

    holiday_set: str
    """Name of a shipped set, such as th-private."""
    day: date
    working: bool
    """True: the day is taken out of the set."""
    name: Text
    source: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One entry of the change feed."""

    position: int
    """Grows; entries become visible in this order."""
    at: datetime
    kind: str
    """ticket, customer, holiday, setting, draft, ring, problem or question."""
    entity_id: int


@dataclass(frozen=True, slots=True)
class CallerRecord:
    """One candidate of a caller search: a customer, or a contact, product or machine of one."""

    customer_id: int
    code: str
    customer: str
    contact_id: int | None
    contact: str | None
    phone: str | None
    folded: str
    """The search key that was matched, see `deskui.desk.fold`."""
    product_id: int | None = None
    """Where a serial or branch led straight to a product, or to one of its machines."""
    machine_id: int | None = None
    found: str | None = None
    """The serial or branch as it is written."""

    @property
    def identity(self) -> tuple[int, int, int, int]:
        """What it leads to; 0 where it leads to none of that kind."""
        return (self.customer_id, self.contact_id or 0, self.product_id or 0, self.machine_id or 0)
