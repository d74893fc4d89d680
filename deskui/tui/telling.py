"""Values in words: money, days, instants and the public vocabulary, in the language that is on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from deskui.dataclass import dataclass
from deskui.tui.dates import day_text, due_text, duration_words, long_text, short_day

if TYPE_CHECKING:
    from deskui.desk.model import CustomerCard, ProductLine
    from deskui.policy.decision import Reason, Text
    from deskui.tui.messages import Say
    from deskui.tui.speaking import Speaking

__all__ = ["Teller"]


@dataclass(frozen=True, slots=True)
class Teller:
    """Says values as they stand at one instant."""

    say: Say
    zone: ZoneInfo
    now: datetime

    @classmethod
    def of(cls, speaker: Speaking) -> Teller:
        """The teller of a screen or pane, at this instant."""
        return cls(speaker.say, speaker.zone, speaker.now())

    @property
    def language(self) -> str:
        """th or en."""
        return self.say.language

    def text(self, text: Text) -> str:
        """A text of a policy or of the desk."""
        return text.in_(self.language)

    def word(self, kind: str, name: str) -> str:
        """A word of the vocabulary, such as the outcome `quota`; an unknown one reads as it is.

        What the screens have no word for is a word of the terms.
        """
        return self._known(kind, name) or name.replace("_", " ")

    def clause(self, reason: Reason) -> str:
        """Where the rule stands; of one that is our own convention, that word in this language."""
        return self.word("basis", reason.basis) if reason.clause == reason.basis else reason.clause

    def _known(self, kind: str, name: str) -> str | None:
        key = f"{kind}.{name}"
        if self.say.has(key):
            return self.say(key)
        # a decision is there, so the terms are loaded; the first frame needs none
        from deskui.policy.common import common  # noqa: PLC0415

        known = common().flags if kind == "flag" else common().words
        # the short form of an outcome that has none of its own is its name
        found = known.get(f"outcome.{name}" if kind == "brief" else key)
        found = found or (known.get(name) if kind == "flag" else common().word(name))
        return self.text(found) if found is not None else None

    def figure(self, name: str, value: Any) -> str:
        """A figure by its name and what it is."""
        called, _, unit = self.word("figure", name).partition(" (")
        if isinstance(value, bool):
            # its name is a sentence that is true, or has one that says the contrary
            no = self._known("figure", f"{name}.no")
            return called if value else no or self.say("figures.not", name=called, value=self.value(value))
        # names that other programs gave what they asked to have ordered
        shown = ", ".join(map(str, value)) if name in ("order", "rejected") else self.value(value)
        # an amount of money says its own unit
        more = f" {unit.rstrip(')')}" if unit and not isinstance(value, Decimal) else ""
        return self.say("figures.named", name=called, value=shown + more)

    def money(self, amount: Any) -> str:
        """An amount in baht, satang only where there are some."""
        if isinstance(amount, Decimal | int | float):
            whole = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
            return self.say("unit.baht", amount=whole)
        return self.value(amount)

    def moment(self, at: datetime) -> str:
        """An instant: "จ. 10:45" within the week, else with its day."""
        return due_text(at, self.now, self.zone, self.language)

    def long_moment(self, at: datetime) -> str:
        """An instant with its full day."""
        return long_text(at, self.zone, self.language)

    def day(self, day: date) -> str:
        """A day without its weekday."""
        return short_day(day, self.language)

    def full_day(self, day: date) -> str:
        """A day with its weekday."""
        return day_text(day, self.language)

    def span(self, span: timedelta, day_length: timedelta = timedelta(days=1)) -> str:
        """A duration in words."""
        return duration_words(span, self.language, day_length)

    def value(self, value: Any) -> str:
        """A figure of any kind."""
        if value is None:
            return "—"
        if isinstance(value, bool):
            return self.say("value.yes" if value else "value.no")
        if isinstance(value, Decimal):
            return self.money(value)
        if isinstance(value, datetime):
            return self.long_moment(value)
        if isinstance(value, date):
            return self.full_day(value)
        if isinstance(value, list | tuple | set | frozenset):
            return ", ".join(self.value(part) for part in value)
        if isinstance(value, str):
            return self._known("value", value) or value
        return str(value)

    def standing(self, line: ProductLine) -> str:
        """How long the agreement of a product runs; nothing where the plan's name says all there is."""
        state = str(line.contract_state)
        if state == "active" and line.contract_end is not None and line.days_left is not None:
            return self.say("cover.active", end=self.day(line.contract_end), days=line.days_left)
        if state == "ended" and line.contract_end is not None:
            return self.say("cover.ended", end=self.day(line.contract_end))
        if state == "upcoming" and line.contract_start is not None:
            return self.say("cover.upcoming", start=self.day(line.contract_start))
        if state == "suspended":
            return self.say("cover.suspended")
        named = self.text(line.plan).strip(" —")
        return "" if named else self.say("cover.none_plan")

    def waiting(self, card: CustomerCard) -> str:
        """What the customer is waiting for, as far as there is any."""
        parts = []
        if card.open_tickets:
            parts.append(self.say("call.open", n=card.open_tickets))
        if card.callbacks_due:
            parts.append(self.say("call.callbacks", n=card.callbacks_due))
        return " · ".join(parts)

    def plan(self, line: ProductLine) -> str:
        """The plan that applies and how long."""
        standing = self.standing(line)
        plan = self.text(line.plan).strip(" —")
        if not plan:
            return standing
        return self.say("call.plan", plan=plan, standing=standing) if standing else plan
