"""Frozen values about known problems, questions to the supervisor and new callers: what screens show.

What `deskui.desk.model` says of instants and money holds here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from decimal import Decimal
from typing import Any

from deskui.dataclass import dataclass
from deskui.policy.decision import Text

ANSWERS = ("granted", "refused", "answered")
"""What a supervisor may say: yes, no, or something else."""


@dataclass(frozen=True, slots=True)
class NewCaller:
    """Somebody nobody knows yet, as the agent hears it."""

    name: str
    """Of the company or person."""
    phone: str
    policy: str
    """The vendor they call about."""
    product: str = ""
    """What they say they bought; the vendor's name if empty."""
    contact: str = ""
    """Who is speaking; the name above if empty."""
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a new caller or contact is on file now."""

    customer_id: int
    contact_id: int
    product_id: int | None


@dataclass(frozen=True, slots=True)
class ProblemCaller:
    """One line of the call-back list of a known problem."""

    caller_id: int
    customer: str
    code: str
    contact: str | None
    phone: str | None
    """As shown to the agent."""
    ticket_id: int | None
    number: int | None
    """Of the ticket, where there is one."""
    attached_at: datetime
    attached_by: str | None
    told_at: datetime | None
    told_by: str | None


@dataclass(frozen=True, slots=True)
class Problem:
    """One cause that many callers call about."""

    problem_id: int
    policy: str
    vendor: Text
    """The vendor's short name."""
    service: str | None
    service_name: Text | None
    title: str
    say: Text
    """The one text to say; Thai words may keep `{particle}` for the agent's own."""
    answers: Mapping[str, Any]
    opened_at: datetime
    opened_by: str | None
    closed_at: datetime | None
    closed_by: str | None
    solution: str
    callers: int
    """How many called about it."""
    to_tell: int
    """How many of them are still to be called back."""
    list: tuple[ProblemCaller, ...] = ()
    """Everybody who called, in that order; only where one problem was asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the supervisor, with what came of it."""

    question_id: int
    state: str
    """open, granted, refused, answered or withdrawn."""
    asked_at: datetime
    asked_by: str | None
    policy: str
    vendor: Text
    service: str | None
    service_name: Text | None
    customer_id: int
    customer: str
    contact: str | None
    ticket_id: int | None
    number: int | None
    facts: tuple[tuple[Text, Text], ...]
    """What was answered on the call: question and answer."""
    outcome: str
    text: str
    due_at: datetime | None
    """Start of the next working day, where no supervisor was on duty."""
    answered_at: datetime | None
    answered_by: str | None
    reply: str
    amount: Decimal | None
    words: Text = field(default_factory=lambda: Text("", ""))
    """What to say to the caller while it stands so; Thai words keep `{particle}`."""
