"""What the use cases need of a store of tickets and of what hangs on them.

What `deskui.desk.ports` says holds for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from deskui.desk.planrecords import HeldTicket, PlannedTicket, RunningClock
from deskui.desk.records import (
    BreachRecord,
    ClockRecord,
    EventRecord,
    NarrowRow,
    NoteRecord,
    OpenTicket,
    TicketLine,
    TicketRecord,
)


class Tickets(Protocol):
    """Tickets."""

    def get(self, ticket_ids: Sequence[int]) -> Sequence[TicketRecord]:
        """Tickets by id."""
        ...

    def lines(self, ticket_ids: Sequence[int]) -> Sequence[TicketLine]:
        """What rows of the queue show of these tickets, without what they were decided on."""
        ...

    def by_number(self, number: int) -> TicketRecord | None:
        """The ticket people call by this number."""
        ...

    def lock(self, ticket_ids: Sequence[int]) -> Sequence[TicketRecord]:
        """Tickets as they are now, in id order, locked with their clocks until the unit of work ends."""
        ...

    def open_items(
        self, *, ticket_ids: Sequence[int] | None = None, customer_ids: Sequence[int] | None = None
    ) -> Sequence[OpenTicket]:
        """Open tickets (new, open, waiting, on hold): all of them, or of these ids or customers only.

        Reads only the narrow columns; may answer 100,000 rows.
        """
        ...

    def open_rows(self) -> Iterator[Sequence[NarrowRow]]:
        """All open tickets as narrow rows, slice by slice, so that 100,000 are never in memory at once."""
        ...

    def add(self, record: TicketRecord) -> TicketRecord:
        """Stores a new ticket; the answer carries its id and number."""
        ...

    def hold(self, ticket_ids: Sequence[int]) -> Sequence[HeldTicket]:
        """The open ones of these tickets, in id order, locked as by `lock`."""
        ...

    def plan(self, records: Sequence[PlannedTicket]) -> None:
        """Overwrites what the clocks of these tickets, which are locked, decide."""
        ...

    def save(self, record: TicketRecord) -> bool:
        """Overwrites a ticket whose stored version is one less than the record's; False when it is not."""
        ...


class Notes(Protocol):
    """Free text on tickets."""

    def of_ticket(self, ticket_id: int) -> Sequence[NoteRecord]:
        """All notes of a ticket, oldest first."""
        ...

    def add(self, record: NoteRecord) -> int:
        """Stores a note; its id."""
        ...

    def erase(self, note_ids: Sequence[int], at: datetime) -> int:
        """Empties text and salt of these notes; how many were not empty yet."""
        ...


class Events(Protocol):
    """What happened; append-only."""

    def of_ticket(self, ticket_id: int) -> Sequence[EventRecord]:
        """All events of a ticket, in the order they were written."""
        ...

    def add(self, records: Sequence[EventRecord]) -> None:
        """Appends events, in order. The store seals each into its ticket's hash chain."""
        ...


class Clocks(Protocol):
    """Clocks of tickets."""

    def get(self, clock_id: int) -> ClockRecord | None:
        """One clock."""
        ...

    def of_tickets(self, ticket_ids: Sequence[int]) -> Sequence[ClockRecord]:
        """All clocks of these tickets, by ticket and id."""
        ...

    def overdue(self, at: datetime, limit: int) -> Sequence[int]:
        """Ids, ascending, of tickets with a clock due before `at` that is not met, stopped or breached."""
        ...

    def reaching(self, since: datetime, until: datetime) -> Iterator[Sequence[RunningClock]]:
        """Clocks that run since before `until` and are due at `since` or later, but for those whose breach is
        on record; in slices, of all vendors.
        """
        ...

    def missed(
        self, policy: str, calendars: Sequence[str], since: datetime, until: datetime
    ) -> Iterator[Sequence[RunningClock]]:
        """Those whose breach is on record, in these calendars of a vendor."""
        ...

    def add(self, records: Sequence[ClockRecord]) -> Sequence[int]:
        """Stores new clocks; their ids in the same order."""
        ...

    def save(self, records: Sequence[ClockRecord]) -> None:
        """Overwrites clocks."""
        ...

    def plan(self, records: Sequence[ClockRecord]) -> None:
        """Overwrites the due instant of clocks, and the breach on record; nothing else of them."""
        ...


class Breaches(Protocol):
    """Missed targets."""

    def of_tickets(self, ticket_ids: Sequence[int]) -> Sequence[BreachRecord]:
        """All breaches of these tickets, voided ones too, by due instant."""
        ...

    def add(self, record: BreachRecord) -> bool:
        """Stores a breach, or brings back a voided one of this clock and due instant.

        False when there is one in force already.
        """
        ...

    def void(self, clock_id: int, due_at: datetime, at: datetime, reason: str) -> None:
        """Marks a breach as voided; `reason` is a code."""
        ...
