"""What the desk keeps of known problems and of questions to the supervisor. What `records` says holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from decimal import Decimal
from typing import Any

from deskui.dataclass import dataclass
from deskui.policy.decision import Text


@dataclass(frozen=True, slots=True)
class ProblemRecord:
    """One cause that many callers call about."""

    problem_id: int
    policy: str
    service: str | None
    """What a call about it is logged as; None where that differs from caller to caller."""
    title: str
    say: Text
    """The one text to say to every caller."""
    opened_at: datetime
    opened_by: int | None
    answers: Mapping[str, Any] = field(default_factory=dict)
    """What is known of the cause, so that no caller is asked for it again."""
    closed_at: datetime | None = None
    closed_by: int | None = None
    solution: str = ""


@dataclass(frozen=True, slots=True)
class ProblemCallerRecord:
    """Somebody to be called back when the problem is solved."""

    caller_id: int
    problem_id: int
    customer_id: int
    contact_id: int | None
    phone: str | None
    """The number called from, where it is not the contact's."""
    ticket_id: int | None
    attached_at: datetime
    attached_by: int | None
    told_at: datetime | None = None
    told_by: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """What an agent asked the supervisor about one service of one customer."""

    question_id: int
    state: str
    """open, granted, refused, answered or withdrawn."""
    asked_at: datetime
    asked_by: int | None
    policy: str
    service: str | None
    customer_id: int
    contact_id: int | None
    product_id: int | None
    ticket_id: int | None
    facts: Mapping[str, Any]
    """What was answered on the call when it was asked."""
    outcome: str
    """The verdict that stood then."""
    text: str
    """The agent's own words; may be empty."""
    due_at: datetime | None = None
    """Start of the next working day, where no supervisor was on duty."""
    answered_at: datetime | None = None
    answered_by: int | None = None
    reply: str = ""
    """The supervisor's reason or answer."""
    amount: Decimal | None = None
    """Baht to be charged for what was granted; None: nothing."""
