"""A vendor's terms, as loaded from its policy file. Nothing here decides; see `decide`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from deskui.dataclass import dataclass
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.policy.patch import Patch


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question."""

    value: Any
    text: Text
    key: str
    """The letter that answers it on the call screen."""
    services: frozenset[str] | None = None
    """The services it is an answer for, where several ask under one name; None means all."""
    also: str = ""
    """Another letter that answers it, such as y and n for a yes and a no in other words."""


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
    first: bool = False
    """Asked before the others: what the time allowed depends on, or what decides how to go on."""
    proof: tuple[Choice, ...] = ()
    """Ways to make sure of a yes, where a yes alone is not enough: one of them is kept with the ticket."""

    desk: str | None = None
    """What of the desk's own answers it, see `vocabulary.DESK_KNOWS`; where there is no desk it is asked."""

    def answers_for(self, service: str) -> tuple[Choice, ...]:
        """The choices that are answers where that service asks."""
        return tuple(c for c in self.choices if c.services is None or service in c.services)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the source document, in our own words."""

    id: str
    clause: str
    basis: str
    text: Text
    card: bool = False
    """Shown as information; decides nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A point the terms leave open, with the readings of it (X-14)."""

    name: str
    rules: tuple[str, ...]
    default: str
    """The reading we take until a supervisor settles one."""
    options: Mapping[str, Text]
    patches: Mapping[str, Patch] = field(default_factory=dict)
    """What an option changes in the rows that rest on a rule, by option; rows may test it besides."""
    no_holidays: frozenset[str] = frozenset()
    """Options under which a holiday is a day like any other."""
    flags: tuple[str, ...] = ()
    """Flags of an answer that hangs on it, while it is open."""

    @property
    def rule(self) -> str:
        """The rule it is of; the first where it is of several."""
        return self.rules[0]

    def others(self, option: str) -> tuple[str, ...]:
        """The options besides one."""
        return tuple(name for name in self.options if name != option)


class Settled(str):
    """The option of a reading that a supervisor chose, with who and when."""

    by: str
    """Agent code."""
    on: date | None

    def __new__(cls, option: str, by: str = "", on: date | None = None) -> Self:
        """`on` is the day in the policy's zone."""
        self = super().__new__(cls, option)
        self.by, self.on = by, on
        return self


@dataclass(frozen=True, slots=True)
class OwnTermsRule:
    """Where the terms let a customer's own contract prevail."""

    rules: tuple[str, ...]
    """The rules that say so."""
    over: frozenset[str] | None
    """The rules that may be changed; None means all."""
