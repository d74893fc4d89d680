"""The values a decision is made of. All are frozen; none knows a store or a screen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from typing import Any

from deskui.dataclass import dataclass

PARTICLE = "{particle}"
"""Stands in Thai words to say for the agent's own polite particle."""
ASKING = "{asking}"
"""The same at the end of a question: คะ for ค่ะ."""
_APART = re.compile("([^\u0e01-\u0e4e\\s]|[\u0e46\u0e2f])(\\{particle\\}|\\{asking\\})")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages."""

    th: str
    en: str

    def in_(self, language: str) -> str:
        """The text in `language` ("th" or "en"); anything else reads as English."""
        return self.th if language == "th" else self.en

    def spoken(self, particle: str = "ค่ะ/ครับ") -> Text:
        """The words with the agent's polite particle put in."""
        asking = particle.replace("ค่ะ", "คะ")
        # it joins a Thai word, and stands apart from a figure, a name in Latin letters, a dot or ๆ
        thai = _APART.sub(r"\1 \2", self.th).replace(PARTICLE, particle).replace(ASKING, asking)
        return Text(thai, self.en.replace(PARTICLE, "").replace(ASKING, "").rstrip())

    def to_json(self) -> dict[str, str]:
        """`{"th": …, "en": …}`."""
        return {"th": self.th, "en": self.en}


class OwnWord(str):
    """A word that one policy file made (`[word.NAME]`), as a figure names it; it brings its own text."""

    __slots__ = ("text",)
    text: Text

    def __new__(cls, name: str, text: Text) -> OwnWord:
        word = super().__new__(cls, name)
        word.text = text
        return word

    def __reduce__(self) -> tuple[type[OwnWord], tuple[str, Text]]:
        return OwnWord, (str(self), self.text)


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that won, with where it stands in the vendor's terms."""

    rule: str
    """Id such as AR-27, or X-15 for a convention."""
    clause: str
    """Section or line of the source document."""
    basis: str
    """explicit, derived or interpretation."""
    text: Text
    other: Text | None = None
    """The other reading, where the terms are open (X-14)."""

    def to_json(self) -> dict[str, Any]:
        """The shape of `reasons` in `deskui decide`."""
        shape: dict[str, Any] = {
            "rule": self.rule,
            "clause": self.clause,
            "basis": self.basis,
            "text": self.text.to_json(),
        }
        if self.other is not None:
            shape["other_reading"] = self.other.to_json()
        return shape


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A row that did not match, and the first condition that failed."""

    rule: str
    outcome: str
    failed: Text

    def to_json(self) -> dict[str, Any]:
        """The shape of `runners_up` in `deskui decide`."""
        return {"rule": self.rule, "outcome": self.outcome, "failed": self.failed.to_json()}


@dataclass(frozen=True, slots=True)
class Target:
    """A time promised by the terms for what the decision opens."""

    kind: str
    """first_response, callback, result or resolution."""
    rule: str
    calendar: str
    """Name of the policy's calendar the time runs in."""
    due: datetime
    """Due instant if the clock starts at the decision's start."""
    start: datetime
    work: timedelta
    """Working time allowed, in `calendar`."""

    def to_json(self) -> dict[str, Any]:
        """The shape of `targets` in `deskui decide`."""
        minutes = self.work / timedelta(minutes=1)
        return {
            "kind": self.kind,
            "rule": self.rule,
            "calendar": self.calendar,
            "start": self.start.isoformat(),
            "due": self.due.isoformat(),
            "work_minutes": int(minutes) if minutes.is_integer() else minutes,
        }


@dataclass(frozen=True, slots=True)
class Consumption:
    """What logging the request takes from a quota."""

    counter: str
    units: int
    """Units to consume: never more than remain."""
    period: tuple[date, date] | None
    """First and last day of the counter's period, both inclusive; None where the terms give none."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one request, with its reasons."""

    policy: str
    ask: str
    outcome: str
    """One of the outcomes of the public vocabulary: free, quota, charge, …, ask."""
    figures: Mapping[str, Any] = field(default_factory=dict)
    """Named figures: Decimal baht, int counts, date, aware datetime, str, bool or None."""
    reasons: tuple[Reason, ...] = ()
    runners_up: tuple[NearMiss, ...] = ()
    say: Text = Text("", "")
    flags: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """Facts to ask for, most telling first; only when the outcome is `ask`."""
    targets: tuple[Target, ...] = ()
    consumes: Consumption | None = None
    free_if: tuple[Text, ...] = ()
    """What would make it free or included, where something would."""
    granted_by: Text | None = None
    """Who may grant it all the same."""
    later: Decision | None = None
    """Of a deferral: what the terms answer once it is taken up, as far as that is known today."""

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules that won, the deciding one first."""
        return tuple(reason.rule for reason in self.reasons)
