"""Figures of a row: constants, or one of a closed set of ways to work them out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from deskui.policy.conditions import SPAN_KEYS, Span, constant, read_span
from deskui.policy.context import Absent, Context
from deskui.policy.lookups import NotStated, Order, TableCell, TableSum
from deskui.policy.problems import Problems, Said, Where, is_count, is_number
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
                return context.number(self.fact)
            case "count":
                return int(context.number(self.fact))
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

    def work_out(self, context: Context) -> Decimal:
        """Baht."""
        amount = self.each
        for fact in self.per:
            # none of what is asked for is no answer; what is worked out from it may well be none
            amount *= context.number(fact) if fact in context.policy.derived else context.quantity(fact)
        if self.of is not None:
            beyond = context.number(self.of) - self.after
            # a started unit counts whole
            amount += self.extra_each * max(0, math.ceil(beyond))
        return amount


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
    """`due`, `minutes_left` or `state` of a target at the decision's instant."""
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
    """A yearly price for the started months left in a cycle."""

    price: str
    on: str
    """Fact with the day from which it is paid."""
    start: str
    end: str
    part: str
    """amount or months."""

    def work_out(self, context: Context) -> Any:
        """Baht, or the number of started months; NotStated when none is left."""
        months = started_months_left(
            context.day_of(self.on), context.day_of(self.start), context.day_of(self.end)
        )
        if months == 0:
            # the cycle is over: what it costs from then on is not a price of 0
            raise NotStated({"ask": "supervisor"})
        if self.part == "months":
            return months
        return context.quantity(self.price) * months / 12


@dataclass(frozen=True, slots=True)
class Sum:
    """Several figures added up."""

    parts: tuple[Value, ...]

    def work_out(self, context: Context) -> Any:
        """Their sum."""
        return sum((part.work_out(context) for part in self.parts), Decimal(0))


def parts_of(value: Value) -> tuple[Value, ...]:
    """A figure and the figures it is made of."""
    inner = value.parts if isinstance(value, Sum) else (value.cell,) if isinstance(value, TableSum) else ()
    return (value, *(part for each in inner for part in parts_of(each)))


_WAYS = (
    "a figure, or a table with one of: "
    "fact, each, sum, percent, after, before, working_days, target, open, prorate, table, order"
)

CELL_PARTS = frozenset({"each", "total", "percent"})

_GIVES: dict[type, frozenset[str]] = {
    Each: frozenset({"money"}),
    Sum: frozenset({"money"}),
    Percent: frozenset({"money"}),
    After: frozenset({"date"}),
    Ahead: frozenset({"instant"}),
    WorkingDays: frozenset({"date"}),
    OpenNow: frozenset({"flag"}),
    Prorated: frozenset({"money", "count"}),
    TableCell: frozenset({"money", "count"}),
    TableSum: frozenset({"money"}),
    Order: frozenset({"list"}),
}
"""Kinds of figure that each way of working one out may stand for."""

_TARGET_GIVES = {"due": "instant", "minutes_left": "count", "state": "text"}


def read_value(raw: Any, kind: str, where: Where, problems: Problems) -> Value:
    """A figure of the named kind (see vocabulary.FIGURES)."""
    if not isinstance(raw, Mapping):
        return Constant(_read_constant(raw, kind, where, problems))
    try:
        value = _read_way(raw, kind, where, problems)
    except (KeyError, TypeError, ArithmeticError):
        value = None
    if value is None:
        problems.add(where, dict(raw), _WAYS)
        return Constant(None)
    given = {_TARGET_GIVES[value.part]} if isinstance(value, OfTarget) else _GIVES.get(type(value), {kind})
    if kind not in given:
        problems.add(where, dict(raw), f"a way to work out {_CHECKS[kind][1]}")
    return value


def _read_way(raw: Mapping[str, Any], kind: str, where: Where, problems: Problems) -> Value | None:
    """The way a table describes; None, or any error of a dictionary, when it describes none."""
    keys = set(raw)
    if "fact" in keys and keys <= {"fact", "or"}:
        return FromFact(_name(raw["fact"]), kind, _otherwise(raw["or"], kind) if "or" in keys else None)
    if "before" in keys and keys <= {"before", "hours", "of_day"} and is_count(raw["hours"]):
        return Ahead(_name(raw["before"]), raw["hours"], raw.get("of_day") is True)
    if "each" in keys and keys <= {"each", "per", "plus"}:
        return _read_each(raw)
    if keys == {"percent", "of"} and is_number(raw["percent"]):
        return Percent(Decimal(str(raw["percent"])), _name(raw["of"]))
    if "after" in keys and keys <= {"after", *SPAN_KEYS}:
        span = {key: value for key, value in raw.items() if key != "after"}
        return After(_name(raw["after"]), read_span(span, where, problems))
    if "working_days" in keys and keys <= {"working_days", "after", "calendar"}:
        if is_count(raw["working_days"]) and raw["working_days"] <= MOST_WORKING_DAYS:
            return WorkingDays(raw["working_days"], _name(raw.get("after", "at")), _name(raw["calendar"]))
    elif keys == {"target"} and raw["target"] in list(_TARGET_GIVES):
        return OfTarget(raw["target"])
    elif keys == {"open"}:
        return OpenNow(_name(raw["open"]))
    elif keys == {"prorate", "on", "from", "until", "give"} and raw["give"] in ["amount", "months"]:
        return Prorated(*(_name(raw[key]) for key in ("prorate", "on", "from", "until", "give")))
    elif keys == {"sum"}:
        parts = tuple(read_value(part, kind, (*where, "sum"), problems) for part in raw["sum"])
        return Sum(parts) if parts and Constant(None) not in parts else None
    elif "table" in keys and keys <= {"table", "row", "column", "give", "of", "together"}:
        return _read_table(raw)
    elif "order" in keys and keys <= {"order", "by", "rejected"} and raw.get("rejected", True) is True:
        return Order(_name(raw["order"]), _name(raw["by"]), "rejected" in keys)
    return None


def _read_table(raw: Mapping[str, Any]) -> TableCell | TableSum | None:
    column = raw["column"]
    columns = tuple(_name(item) for item in ([column] if isinstance(column, str) else column))
    cell = TableCell(_name(raw["table"]), _name(raw["row"]), columns, raw["give"])
    if "of" in raw and cell.part == "total":
        together = raw.get("together")
        return TableSum(cell, _name(raw["of"]), None if together is None else _name(together))
    return cell if raw.keys().isdisjoint(("of", "together")) and cell.part in CELL_PARTS else None


def _otherwise(raw: object, kind: str) -> Value:
    if isinstance(raw, str):
        return FromFact(raw, kind)
    if not _CHECKS[kind][0](raw):
        raise TypeError(raw)
    return Constant(Decimal(str(raw)) if kind == "money" else raw)


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _read_each(raw: Mapping[str, Any]) -> Each:
    per = raw.get("per", [])
    plus = raw.get("plus")
    if not is_number(raw["each"]):
        raise TypeError
    names = tuple(_name(item) for item in ([per] if isinstance(per, str) else per))
    if plus is None:
        return Each(Decimal(str(raw["each"])), names)
    if set(plus) != {"each", "of", "after"} or not is_number(plus["each"]) or not is_count(plus["after"]):
        raise TypeError
    return Each(
        Decimal(str(raw["each"])), names, plus["after"], _name(plus["of"]), Decimal(str(plus["each"]))
    )


_CHECKS: dict[str, tuple[Any, str]] = {
    "money": (is_number, "a number of baht"),
    "count": (lambda v: isinstance(v, int) and not isinstance(v, bool), "a whole number"),
    "flag": (lambda v: isinstance(v, bool), "true or false"),
    "text": (lambda v: isinstance(v, str), "text"),
    "reason": (lambda v: isinstance(v, str), "a reason"),
    "date": (lambda v: type(v) is date, "a date"),
    "instant": (lambda v: isinstance(v, datetime), "an instant"),
    "list": (lambda v: isinstance(v, list), "a list"),
}


def _read_constant(raw: Any, kind: str, where: Where, problems: Problems) -> Any:
    value = constant(raw)
    if value is None:
        return None
    good, expected = _CHECKS[kind]
    if not good(value):
        problems.add(where, value, f"{expected}; or {_WAYS}")
        return None
    if kind == "money":
        return Decimal(str(value))
    return tuple(value) if kind == "list" else value


def next_weekday(day: date, weekday: str) -> date:
    """The next date after `day` that falls on `weekday`."""
    ahead = (WEEKDAYS.index(weekday) - day.weekday() - 1) % 7 + 1
    return day + timedelta(days=ahead)


__all__ = ["Absent", "NotStated", "Said", "Value", "next_weekday", "read_value", "target_part"]
