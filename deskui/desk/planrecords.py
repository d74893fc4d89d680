"""What is read and written when clocks are planned anew: the few columns that takes, of very many rows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from deskui.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class RunningClock:
    """What the due instant of a running clock follows from."""

    ticket_id: int
    policy: str
    calendar: str
    work: timedelta
    spent: timedelta
    running_since: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class HeldTicket:
    """A ticket that is locked so that its clocks may be planned anew."""

    ticket_id: int
    version: int


@dataclass(frozen=True, slots=True)
class PlannedTicket:
    """A ticket whose clocks were planned anew: the columns of TicketRecord that change with them."""

    ticket_id: int
    version: int
    changed_at: datetime
    changed_by: int | None
    promise_due_at: datetime | None
    goal_due_at: datetime | None
    due_kind: str | None


@dataclass(frozen=True, slots=True)
class ReplanRecord:
    """A change of hours after which open clocks are planned anew, slice by slice, and how far that has come.

    Either one day of a holiday set changed, or all hours of a vendor did.
    """

    replan_id: int
    holiday_set: str | None
    day: date | None
    policy: str | None
    asked_at: datetime
    agent_id: int
    """Who changed the hours: the events of all its tickets are theirs, whoever writes them."""
    moved: int = 0
    """Tickets with a due time that moved so far."""
    seen_at: datetime | None = None
    """When whoever is at it was last heard of; None when nobody is."""
    done_at: datetime | None = None
