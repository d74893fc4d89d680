"""A vendor's terms, as loaded from its policy file. Nothing here decides; see `decide`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deskui.policy.decision import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question."""

    value: Any
    text: Text
    key: str
    """The letter that answers it on the call screen."""
    services: frozenset[str] | None = None
    """The services it is an answer for, where several ask under one name; None means all."""


YES_NO = (
    Choice(True, Text("ใช่", "yes"), "y"),
    Choice(False, Text("ไม่ใช่", "no"), "n"),
)
"""The answers to a yes/no question."""


@dataclass(frozen=True, slots=True)
class Question:
    """How a fact is asked for."""

    fact: str
    kind: str
    """yes_no, choice, count, money, date, year, instant, province or text."""
    text: Text
    choices: tuple[Choice, ...] = ()
    """For yes_no and choice."""
    unit: Text | None = None
    """What a count counts."""
    source: str = "call"
    """call: asked of the caller; record: looked up in the customer's record first."""
    fraction: bool = False
    """A count may be a fraction, such as hours."""
    default: Any = None
    """What holds when nobody said, where the terms themselves say so; None asks."""
    asked: bool = True
    """False: nobody can know while the caller talks, so a missing answer counts as not recorded."""

    def answers_for(self, service: str) -> tuple[Choice, ...]:
        """The choices that are answers where that service asks."""
        return tuple(c for c in self.choices if c.services is None or service in c.services)
