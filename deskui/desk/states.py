"""States of tickets, clocks and agreements, apart from the values that have them: screens need them first."""

from __future__ import annotations

from enum import StrEnum


class TicketState(StrEnum):
    """Where a ticket stands."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    """For the customer: clocks are paused."""
    ON_HOLD = "on_hold"
    """For a third party: clocks run on."""
    RESOLVED = "resolved"
    CLOSED = "closed"
    MERGED = "merged"

    @property
    def category(self) -> str:
        """active, paused or done."""
        if self in (TicketState.RESOLVED, TicketState.CLOSED, TicketState.MERGED):
            return "done"
        return "paused" if self is TicketState.WAITING else "active"


class ClockState(StrEnum):
    """What a clock is doing at an instant."""

    RUNNING = "running"
    PAUSED = "paused"
    OUTSIDE_HOURS = "outside_hours"
    DUE = "due"
    MET = "met"
    BREACHED = "breached"
    STOPPED = "stopped"
    """The ticket was closed without the target being met or missed."""


class ContractState(StrEnum):
    """Standing of a customer's agreement on a day."""

    NONE = "none"
    UPCOMING = "upcoming"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"
