"""Frozen values of working together that cross the layers. What `deskui.desk.model` says holds here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from deskui.dataclass import dataclass
from deskui.desk.look import SORTS, Look
from deskui.policy.decision import Text

__all__ = [
    "BULK_ACTS",
    "SORTS",
    "BulkDone",
    "LastStep",
    "Look",
    "MergedTicket",
    "Notice",
    "Pause",
    "SavedView",
    "Sight",
]

if TYPE_CHECKING:
    from deskui.desk.model import QueueSnapshot, TicketRow

BULK_ACTS = ("claim", "assign", "wait", "resolve", "undo")
"""What may be done to many tickets at once."""


@dataclass(frozen=True, slots=True)
class MergedTicket:
    """A ticket that is part of another one now, and who called about it."""

    ticket_id: int
    number: int
    title: str
    customer: str
    contact: str | None
    phone: str | None
    """As shown to the agent."""
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """Why a ticket stands still, and what happens when it goes on."""

    since: datetime
    agent: str | None
    """Code of who made it wait."""
    reason: str
    """What was written then; empty for nothing."""
    clocks: tuple[tuple[str, timedelta, timedelta, datetime | None], ...]
    """(kind, working time left, length of a working day, due instant if it went on now; None while nobody
    knows the hours) of each paused clock; none for a ticket on hold, whose clocks run on.
    """


@dataclass(frozen=True, slots=True)
class LastStep:
    """The newest step of a ticket, as far as it can be taken back."""

    kind: str
    did: Text
    """What was done, as "claimed it"."""
    agent: str | None
    at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """What a look shows at one instant."""

    look: Look
    snapshot: QueueSnapshot


@dataclass(frozen=True, slots=True)
class SavedView:
    """A look that the agent keeps under a name."""

    name: str
    look: Look


@dataclass(frozen=True, slots=True)
class Notice:
    """A message of the desk to the agent."""

    notice_id: int
    at: datetime
    kind: str
    """given: the ticket is theirs now; taken: it is theirs no more."""
    ticket_id: int
    number: int
    title: str
    by: str | None
    """Code of who did it."""
    reason: str


@dataclass(frozen=True, slots=True)
class BulkDone:
    """What became of one of many tickets."""

    ticket_id: int
    number: int
    row: TicketRow | None
    """The ticket after the change; None where nothing was changed."""
    refused: Text | None
    """Why not."""
