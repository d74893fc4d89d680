"""What a screen or a command may ask of the desk.

Every method is synchronous, opens and closes its own unit of work, and may be called from any thread.
All may raise StoreFailure. Methods that change a ticket take the version the caller saw and raise LostRace
when somebody was faster, Refused when a state or rule forbids it, NotFound for an unknown id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from deskui.desk.adviceapi import AdviceApi
from deskui.desk.callapi import CallsApi
from deskui.desk.model import (
    Agent,
    Call,
    CallerHit,
    ClockStep,
    CustomerCard,
    QueueSnapshot,
    ServiceInfo,
    TicketDetail,
    TicketRow,
    TicketState,
    VendorHours,
)
from deskui.desk.workapi import WorkApi
from deskui.policy.decision import Decision, Text
from deskui.policy.model import Question


class DeskApi(AdviceApi, CallsApi, WorkApi, Protocol):
    """The desk as its front ends see it."""

    agent: Agent
    """Who is working."""

    def now(self) -> datetime:
        """The desk's instant, in UTC."""
        ...

    # --- who is calling, what do they have

    def find_callers(self, text: str, limit: int = 20) -> Sequence[CallerHit]:
        """Customers and contacts by any fragment of number, name or code, best first.

        Tries the text as typed on the other keyboard layout too.
        """
        ...

    def customer_card(self, customer_id: int, product_id: int | None = None) -> CustomerCard:
        """A customer with entitlements of one product (the first one in force if not said)."""
        ...

    # --- what is it about, is it covered

    def services(self, policy: str) -> Sequence[ServiceInfo]:
        """The services of a vendor a caller may ask for, in the order of its policy file."""
        ...

    def question(self, policy: str, fact: str, service: str | None = None) -> Question:
        """How to ask for a missing fact; of a service, with only the choices that are answers there."""
        ...

    def preview(self, call: Call) -> Decision:
        """The verdict for the call as it stands; nothing is stored.

        Needs `product_id` and `service`; raises Refused without them.
        """
        ...

    def hours_line(self, at: datetime) -> Sequence[VendorHours]:
        """Until when each vendor in use is open, or when it opens."""
        ...

    def unusable_terms(self) -> Mapping[str, Text]:
        """Vendors whose terms cannot be read, by policy id: what is wrong and where."""
        ...

    # --- tickets

    def open_ticket(self, call: Call) -> TicketDetail:
        """Logs the call: decision, quota, clocks, event and change in one transaction; ends the draft.

        Decides anew inside the transaction: raises Refused when the outcome is `ask`. The decision in the
        answer is the one that was stored.
        """
        ...

    def queue(self, view: str = "all") -> QueueSnapshot:
        """The ordered open tickets of a view: all, mine, callbacks, waiting, breached, today, or a policy
        id.
        """
        ...

    def rows(self, ticket_ids: Sequence[int]) -> Sequence[TicketRow]:
        """Rows in the order asked for; ids that are gone are left out. At most 500 at a time."""
        ...

    def ticket(self, ticket_id: int) -> TicketDetail:
        """One ticket, whole."""
        ...

    def ticket_id(self, number: int) -> int:
        """The ticket, open or not, that people call by this number; raises NotFound."""
        ...

    def explain(self, clock_id: int) -> Sequence[ClockStep]:
        """How the due time of a clock comes about; counted parts add up to its goal."""
        ...

    def claim(self, ticket_id: int, version: int, reason: str = "") -> TicketRow:
        """Makes the ticket mine; a new one becomes open.

        One in band 4 (served last) is refused without a reason to serve it anyway.
        """
        ...

    def release(self, ticket_id: int, version: int) -> TicketRow:
        """Gives the ticket back to the queue."""
        ...

    def note(self, ticket_id: int, text: str) -> TicketDetail:
        """Adds a note; Refused when it is empty."""
        ...

    def wait(self, ticket_id: int, version: int, reason: str = "") -> TicketRow:
        """Waiting for the customer: pauses its clocks, keeping what was spent."""
        ...

    def resume(self, ticket_id: int, version: int) -> TicketRow:
        """The customer answered: plans the rest of each clock from now."""
        ...

    def change_severity(self, ticket_id: int, version: int, severity: str) -> TicketRow:
        """Decides again with the new severity and re-plans what is left of its clocks."""
        ...

    def meet(self, ticket_id: int, version: int, kind: str) -> TicketRow:
        """Marks the target of this kind as met now (the caller was called back, the result was given)."""
        ...

    def resolve(self, ticket_id: int, version: int, text: str = "") -> TicketRow:
        """Solved: meets or ends its clocks."""
        ...

    def reopen(self, ticket_id: int, version: int) -> TicketRow:
        """Not solved after all: clocks resume; time while resolved does not count."""
        ...

    def close(self, ticket_id: int, version: int) -> TicketRow:
        """Done with; takes the ticket out of the queue."""
        ...

    # --- drafts, changes, the beat

    def save_draft(self, call: Call) -> Call:
        """Keeps an unfinished call; the answer carries its `draft_id`."""
        ...

    def drafts(self) -> Sequence[Call]:
        """My unfinished calls, newest first."""
        ...

    def drop_draft(self, draft_id: int) -> None:
        """Forgets an unfinished call."""
        ...

    def last_change(self) -> int:
        """Position of the newest entry of the change feed; cheap, for polling."""
        ...

    def record_breaches(self) -> int:
        """Writes the breaches that are due and not written yet; answers how many."""
        ...


TERMINAL_STATES = frozenset({TicketState.CLOSED, TicketState.MERGED})
