"""A vendor's hours as its policy file gives them: calendars, the hours gate (X-15), restricted days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from deskui.dataclass import dataclass
from deskui.policy.vocabulary import WEEKDAYS

if TYPE_CHECKING:
    from deskui.policy.conditions import Condition
    from deskui.policy.context import Context


@dataclass(frozen=True, slots=True)
class Gate:
    """Whose hours staff work passes, and the days the terms do not speak of (X-15)."""

    calendar: str | None
    """None where the terms have no hours at all: then `not_stated` speaks of every day."""
    closed_rules: tuple[str, ...]
    not_stated_rules: tuple[str, ...]
    not_stated: Mapping[str, str]
    """`staffed` or `unknown` by weekday (`sat`), weekday that is a holiday (`sat holiday`), any workday that
    is a holiday (`holiday`), or `always`."""
    weekdays: frozenset[str]
    """Weekdays the calendar has hours for."""
    holiday_reading: str | None = None
    """Reading that says whether holidays are free days at all."""

    def day_stands(self, context: Context) -> str:
        """`stated`, `staffed` (hours not stated) or `unknown` for the decision's day."""
        if context.policy.closed_itself(context.day):
            return "stated"
        if "always" in self.not_stated:
            return self.not_stated["always"]
        weekday = WEEKDAYS[context.at.weekday()]
        if context.policy.is_holiday(context.day):
            named = self.not_stated.get(f"{weekday} holiday")
            if named is not None:
                return named
            if weekday in self.weekdays:
                return self.not_stated.get("holiday", "stated")
        return self.not_stated.get(weekday, "stated")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Work that is not done on a restricted day."""

    rules: tuple[str, ...]
    services: frozenset[str]
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Restricted:
    """Days on which some work must wait."""

    days: frozenset[str]
    until: str
    rules: tuple[str, ...]
    items: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """Opening hours as the file gives them."""

    weekly: Mapping[str, Sequence[tuple[str, str]]]
    holidays: str | None
    """Name of the holiday set."""
    closed: frozenset[date]
    """Days of the vendor's own, closed besides."""
    open: frozenset[date]
    """Holidays on which it works all the same."""
    holiday_hours: Sequence[tuple[str, str]]
