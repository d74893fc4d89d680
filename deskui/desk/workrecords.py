"""What the desk keeps of who works on what: merged tickets, the last step of each, presence, views, messages.

What `deskui.desk.records` says of records holds here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deskui.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class MergeRecord:
    """A ticket that was about the same thing as another one, and is part of it now."""

    ticket_id: int
    target_id: int
    at: datetime
    agent_id: int | None


@dataclass(frozen=True, slots=True)
class StepRecord:
    """The newest step of a ticket, with what it needs to be taken back."""

    ticket_id: int
    version: int
    """Of the ticket after the step: any later change makes it the newest no more."""
    agent_id: int
    at: datetime
    kind: str
    """As its event says: claimed, waiting, merged …"""
    before: Mapping[str, Any]
    """As `deskui.desk.undo` encodes it."""


@dataclass(frozen=True, slots=True)
class PresenceRecord:
    """The ticket that an agent is looking at; one row per agent."""

    agent_id: int
    ticket_id: int
    until: datetime
    """Counts no more from this instant on, whatever became of the agent's desk."""


@dataclass(frozen=True, slots=True)
class SavedViewRecord:
    """A view of the queue that an agent keeps under a name."""

    agent_id: int
    name: str
    body: Mapping[str, Any]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """A message of the desk to one agent: a ticket changed hands without them."""

    notice_id: int
    agent_id: int
    """Whom it is for."""
    at: datetime
    kind: str
    """given or taken."""
    ticket_id: int
    by_id: int | None
    note_id: int | None
    """The note with the reason, if one was given."""
    seen_at: datetime | None = None
