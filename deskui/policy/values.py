"""Figures of a row: constants, or one of a closed set of ways to work them out."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from deskui.dataclass import dataclass
from deskui.policy.conditions import Span
from deskui.policy.context import Absent, Context
from deskui.policy.lookups import NotStated, TableSum
from deskui.policy.vocabulary import WEEKDAYS
from deskui.worktime import add_working_days, started_months_left

if TYPE_CHECKING:
    from deskui.policy.policy import TargetSpec


MOST_WORKING_DAYS = 1000
"""Of a figure or target: more is a slip."""


class Value(Protocol):
    """A figure to be worked out for one request."""

    def work_out(self, context: Context) -> Any:
        """The figure; raises Absent, Unrecorded or NotStated."""
        ...


@dataclass(frozen=True, slots=True)
class Constant:
    """A figure as printed in the terms."""

    value: Any

    def work_out(self, context: Context) -> Any:
        """The figure itself."""
        return self.value


@dataclass(frozen=True, slots=True)
class FromFact:
    """A figure that is a fact of the request."""

    fact: str
    kind: str
    """Of the figure (see vocabulary.FIGURES)."""
    otherwise: Value | None = None
    """What holds when nobody gave the fact: the figure as printed, or another fact."""

    def work_out(self, context: Context) -> Any:
        """The fact's value, as figures of that kind have it."""
        try:
            return self._of_kind(context)
        except Absent as absent:
            if self.otherwise is None:
                raise
            try:
                return self.otherwise.work_out(context)
            except Absent:
                raise absent from None

    def _of_kind(self, context: Context) -> Any:
        match self.kind:
            case "money":
                # a price of 0 that somebody gave is no price
                return _times(self.fact, context)
            case "count":
                number = context.number(self.fact)
                # an hour and a half stays one and a half, and is no money
                return int(number) if number == int(number) else float(number)
            case "date":
                return context.day_of(self.fact)
            case "instant":
                return context.instant(self.fact)
        return context.value(self.fact)


@dataclass(frozen=True, slots=True)
class Each:
    """A price per unit, times facts, plus a price for each started unit beyond an allowance."""

    each: Decimal
    per: tuple[str, ...] = ()
    after: int = 0
    of: str | None = None
    extra_each: Decimal = Decimal(0)
    extra_per: tuple[str, ...] = ()
    """Facts that multiply what is charged beyond the allowance."""
    parts: str | None = None
    """Fact that says whether a part of a unit counts by its part; otherwise it counts whole."""
    less: str | None = None
    """Fact with the percentage that the whole is less by."""

    def work_out(self, context: Context) -> Decimal:
        """Baht."""
        amount = self.each
        for fact in self.per:
            amount *= _times(fact, context)
        amount += self.extra_each * self.beyond(context)
        return amount if self.less is None else amount * (100 - context.number(self.less)) / 100

    def beyond(self, context: Context) -> Decimal:
        """Units charged beyond the allowance, those of all that multiply them together; 0 for none."""
        if self.of is None:
            return Decimal(0)
        units = max(Decimal(0), context.number(self.of) - self.after)
        if units % 1 and not (self.parts is not None and context.value(self.parts) is True):
            units = Decimal(math.ceil(units))
        for fact in self.extra_per if units else ():
            units *= _times(fact, context)
        return units


def _times(fact: str, context: Context) -> Decimal:
    # none of what is asked for is no answer; what is worked out from it may well be none
    return context.number(fact) if fact in context.policy.derived else context.quantity(fact)


@dataclass(frozen=True, slots=True)
class Percent:
    """A share of a price that is a fact."""

    percent: Decimal
    of: str

    def work_out(self, context: Context) -> Decimal:
        """Baht."""
        return context.quantity(self.of) * self.percent / 100


@dataclass(frozen=True, slots=True)
class After:
    """The last day of a period counted from a day."""

    start: str
    span: Span

    def work_out(self, context: Context) -> date:
        """A date."""
        return self.span.end(context.day_of(self.start))


@dataclass(frozen=True, slots=True)
class Ahead:
    """The instant so many hours of the clock before another, or before the day of it begins."""

    event: str
    hours: int
    of_day: bool = False

    def work_out(self, context: Context) -> datetime:
        """An aware instant."""
        day = datetime.combine(context.day_of(self.event), time(), context.policy.zone)
        return (day if self.of_day else context.instant(self.event)) - timedelta(hours=self.hours)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The n-th working day after a day."""

    number: int
    start: str
    calendar: str

    def work_out(self, context: Context) -> date:
        """A date."""
        return add_working_days(
            context.policy.calendar(self.calendar), context.day_of(self.start), self.number
        )


@dataclass(frozen=True, slots=True)
class OfTarget:
    """A figure of the row's first target: when due, minutes left, what its clock is doing."""

    part: str

    def work_out(self, context: Context) -> Any:
        """Instant, whole minutes or state, as `part` says; needs the row's target in the context."""
        target = context.target
        if target is None:
            raise AssertionError("the loader lets no row without a target ask for its figures")
        return target_part(self.part, target, context)


def target_part(part: str, target: TargetSpec, context: Context) -> Any:
    """`due`, `minutes_left` or `state` of a target at the decision's instant, or the time it allows."""
    if part in ("minutes", "hours"):
        work = target.work or timedelta(0)
        return work // timedelta(minutes=1) if part == "minutes" else math.ceil(work / timedelta(hours=1))
    start = target.start(context)
    due = target.due(context, start)
    if part == "due":
        return due
    calendar = context.policy.calendar(target.calendar)
    if part == "minutes_left":
        # a clock that has not started yet has its whole time left
        return math.floor(calendar.elapsed(max(context.at, start), due) / timedelta(minutes=1))
    if context.at > due:
        return "breached"
    if context.at == due:
        return "due"
    return "running" if calendar.is_open(context.at) else "outside_hours"


@dataclass(frozen=True, slots=True)
class OpenNow:
    """Whether a calendar is open at the decision's instant, where the terms say so."""

    calendar: str

    def work_out(self, context: Context) -> bool:
        """True or False; NotStated on days the terms do not speak of."""
        policy = context.policy
        # of another calendar the terms have said what they have to say
        gate = policy.gate if policy.gate is not None and policy.gate.calendar == self.calendar else None
        stand = "stated" if gate is None else gate.day_stands(context)
        if stand == "unknown":
            raise NotStated({"likely": "closed", "ask": "supervisor"})
        if stand == "staffed":
            raise NotStated({"likely": "ask", "ask": "not_stated"})
        return policy.calendar(self.calendar).is_open(context.at)


@dataclass(frozen=True, slots=True)
class Prorated:
    """A yearly price for the months left in a cycle, a started one whole or only whole ones."""

    price: str
    on: str
    """Fact with the day from which it is paid."""
    start: str
    end: str
    part: str
    """amount or months."""
    whole: bool = False
    """Only months that are left whole."""

    def work_out(self, context: Context) -> Any:
        """Baht, or the number of months; NotStated when none is left."""
        on, *cycle = (context.day_of(path) for path in (self.on, self.start, self.end))
        months = started_months_left(on, *cycle)
        if self.whole and on > cycle[0] and started_months_left(on - timedelta(days=1), *cycle) == months:
            # the day lies inside a month that has begun before it
            months -= 1
        if months == 0:
            # the cycle is over: what it costs from then on is not a price of 0
            raise NotStated({"ask": "supervisor"})
        if self.part == "months":
            return months
        return context.quantity(self.price) * months / 12


@dataclass(frozen=True, slots=True)
class Dated:
    """A figure that changed: the one in force on the decision's day."""

    versions: tuple[tuple[date | None, date | None, Value | None], ...]
    """(first day, last day, figure), days inclusive; None: from ever, for good, and no figure."""

    def work_out(self, context: Context) -> Any:
        """The figure of the day; NotStated on a day that has none."""
        return self.of_day(context).work_out(context)

    def of_day(self, context: Context) -> Value:
        """What the figure of the day is made of; raises NotStated on a day that has none."""
        for first, last, value in self.versions:
            if (first is None or context.day >= first) and (last is None or context.day <= last):
                if value is not None:
                    return value
                break
        raise NotStated({"ask": "supervisor"})


@dataclass(frozen=True, slots=True)
class Sum:
    """Several figures added up."""

    parts: tuple[Value, ...]

    def work_out(self, context: Context) -> Any:
        """Their sum."""
        return sum((part.work_out(context) for part in self.parts), Decimal(0))


def parts_of(value: Value) -> tuple[Value, ...]:
    """A figure and the figures it is made of."""
    inner: tuple[Value, ...] = ()
    if isinstance(value, Sum):
        inner = value.parts
    elif isinstance(value, TableSum):
        inner = (value.cell,)
    elif isinstance(value, Dated):
        inner = tuple(figure for _, _, figure in value.versions if figure is not None)
    return (value, *(part for each in inner for part in parts_of(each)))


def next_weekday(day: date, weekday: str) -> date:
    """The next date after `day` that falls on `weekday`."""
    ahead = (WEEKDAYS.index(weekday) - day.weekday() - 1) % 7 + 1
    return day + timedelta(days=ahead)
