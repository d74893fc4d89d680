"""What the desk keeps of calls besides tickets: rings, and calls that became none; see `records` for more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deskui.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class RingRecord:
    """A number that rang. Whether it still rings or was missed follows from `until_at`."""

    ring_id: int
    number: str
    """As the telephone gave it, cleaned."""
    folded: str
    """The same folded: two rings of one number are told by it."""
    to_id: int | None
    """The agent it is for; None for whoever is free."""
    customer_id: int | None
    """Whose number it is; None when nobody's or that of several."""
    contact_id: int | None
    rang_at: datetime
    """The first time that nobody answered yet."""
    last_at: datetime
    """The newest time."""
    until_at: datetime
    """Up to here it rings, from here on it is missed."""
    times: int
    """How often it rang."""
    taken_by: int | None = None
    taken_at: datetime | None = None
    draft_id: int | None = None
    """The call of whoever took it; gone once that call has ended."""
    done_by: int | None = None
    done_at: datetime | None = None
    outcome: str | None = None
    """How it ended, see `deskui.desk.rings.OUTCOMES`."""
    ticket_id: int | None = None


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A call that needed no ticket."""

    call_id: int
    at: datetime
    """When it ended."""
    started_at: datetime
    agent_id: int
    reason: str
    """A code, see `deskui.desk.calllog.REASONS`."""
    number: str | None
    customer_id: int | None
    contact_id: int | None
    product_id: int | None
    policy: str | None
    service: str | None
    outcome: str | None
    """The verdict that stood when it ended."""
    said: Mapping[str, Any]
    """Its rules, and the words that went with it in both languages."""
    body: Mapping[str, Any]
    """The call as it stood, to go on with it after all."""
    ring_id: int | None
    undone_at: datetime | None = None
    undone_by: int | None = None
