"""Conditions of a row: a closed set of tests on facts. There is no expression language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from deskui.dataclass import dataclass
from deskui.policy.nearest import one_of
from deskui.policy.problems import Problems, Where, is_count, is_day, is_number
from deskui.policy.said import Said
from deskui.policy.vocabulary import NOT_RECORDED, NULL, WEEKDAYS
from deskui.worktime import last_day

if TYPE_CHECKING:
    from deskui.policy.context import Context


@dataclass(frozen=True, slots=True)
class Span:
    """A period counted the civil-code way: the first day is not counted (X-04)."""

    years: int = 0
    months: int = 0
    days: int = 0

    def end(self, start: date) -> date:
        """Last day of the period that starts after `start`."""
        return last_day(start, years=self.years, months=self.months, days=self.days)


_MOST = {"years": 100, "months": 1200, "days": 36525}
SPAN_KEYS = frozenset(_MOST)


@dataclass(frozen=True, slots=True)
class Test:
    """What one fact must be. Every part that is given must hold."""

    any_of: tuple[Any, ...] | None = None
    none_of: tuple[Any, ...] | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    since: date | None = None
    """On this day or later."""
    until: date | None = None
    """On this day or earlier."""
    within: Span | None = None
    """The decision's day is not after the end of this period from the fact's day."""
    past: Span | None = None
    """The decision's day is after the end of this period from the fact's day."""
    future: bool | None = None
    """The fact's day is after the decision's day."""
    month_of: str | None = None
    """In the same calendar month as another date fact."""
    later_than: str | None = None
    """On a later day than another date fact."""
    earlier_than: str | None = None
    """On an earlier day than another date fact."""
    weekdays: tuple[str, ...] | None = None
    """The fact's day is one of these."""
    working: bool | None = None
    """The fact's day is a working day of the main calendar."""
    includes: tuple[Any, ...] | None = None
    """The fact is a list with all of these in it."""
    differ: str | None = None
    """The fact is a list of records that are not all alike in this."""
    known: bool | None = None
    """False: looked for and not recorded."""
    whole: bool | None = None
    """The fact is a number without (or, False: with) a fraction."""
    unsaid: bool | None = None
    """What the condition comes to when nobody said or knows the fact, which is then not asked for."""

    @property
    def other_facts(self) -> tuple[str | None, str | None, str | None]:
        """The facts its own is held against."""
        return self.month_of, self.later_than, self.earlier_than

    def holds(self, value: Any, context: Context) -> bool:
        """Whether a known value passes."""
        if self.any_of is not None and value not in self.any_of:
            return False
        if self.none_of is not None and value in self.none_of:
            return False
        if self.includes is not None:
            if not isinstance(value, list | tuple):
                return False
            there = [_folded(item) for item in value]
            if not all(_folded(item) in there for item in self.includes):
                return False
        if self.differ is not None:
            items = value if isinstance(value, list | tuple) else ()
            found = [_folded(item.get(self.differ)) for item in items if isinstance(item, Mapping)]
            if all(one == found[0] for one in found):
                return False
        return self._number_holds(value) and self._day_holds(value, context)

    def _number_holds(self, value: Any) -> bool:
        if all(part is None for part in (self.above, self.below, self.least, self.most, self.whole)):
            return True
        if not is_number(value):
            return False
        number = Decimal(str(value))
        return (
            (self.above is None or number > self.above)
            and (self.below is None or number < self.below)
            and (self.least is None or number >= self.least)
            and (self.most is None or number <= self.most)
            and (self.whole is None or (number == number.to_integral_value()) == self.whole)
        )

    def _day_holds(self, value: Any, context: Context) -> bool:
        if all(
            part is None
            for part in (
                *(self.since, self.until, self.within, self.past, self.future, *self.other_facts),
                *(self.weekdays, self.working),
            )
        ):
            return True
        if not is_day(value):
            return False
        day: date = value
        if self.later_than is not None and day <= context.day_of(self.later_than):
            return False
        if self.earlier_than is not None and day >= context.day_of(self.earlier_than):
            return False
        if self.month_of is not None:
            other = context.value(self.month_of)
            if not is_day(other) or (day.year, day.month) != (other.year, other.month):
                return False
        if self.working is not None:
            main = context.policy.main_calendar
            # without hours no day is a working day
            working = main is not None and context.policy.calendar(main).is_working_day(day)
            if working != self.working:
                return False
        return (
            (self.weekdays is None or WEEKDAYS[day.weekday()] in self.weekdays)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
            and (self.within is None or context.day <= self.within.end(day))
            and (self.past is None or context.day > self.past.end(day))
            and (self.future is None or (day > context.day) == self.future)
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """A test on one fact of the request, a derived fact, a reading or the calendar."""

    fact: str
    test: Test
    words: str
    """As the file has it, for messages."""

    def holds(self, context: Context) -> bool:
        """Whether the condition is met; raises Absent or Unrecorded when that cannot be told."""
        if self.test.known is not None:
            recorded = context.raw(self.fact) != NOT_RECORDED
            if recorded != self.test.known:
                return False
            if not recorded:
                return True
        if self.test.unsaid is not None and not context.known(self.fact):
            return self.test.unsaid
        return self.test.holds(context.value(self.fact), context)


def _folded(name: Any) -> Any:
    """A name in a list as people write it: capitals, spaces, hyphens and underscores make no difference."""
    return re.sub(r"[\s_-]", "", name.casefold()) if isinstance(name, str) else name


def constant(value: Any) -> Any:
    """A value as conditions compare it: "null" stands for None."""
    return None if value == NULL else value


def read_when(
    raw: object, where: Where, problems: Problems, sets: Mapping[str, Any]
) -> tuple[Condition, ...]:
    """The conditions of a `when` table, flattened: `{contract = {state = "active"}}` tests contract.state."""
    if raw is None:
        return ()
    if not isinstance(raw, Mapping):
        problems.add(where, raw, Said("conditions"))
        return ()
    conditions: list[Condition] = []
    for name, spec in raw.items():
        conditions += _read_fact(name, spec, (*where, name), problems, sets)
    return tuple(conditions)


_NUMBER_KEYS = {"above": "above", "below": "below", "min": "least", "max": "most"}
TESTS = frozenset(
    {
        *_NUMBER_KEYS,
        "from",
        "until",
        "in",
        "not",
        "not_in",
        "within",
        "past",
        "month_of",
        "later_than",
        "earlier_than",
        "known",
        "future",
        "has",
        "differ",
        "weekday",
        "workday",
        "whole",
        "unsaid",
    }
)
"""Every test that a condition may be made of."""


_OF_NOW = frozenset({"weekday", "holiday", "date", "window"})
"""What `at` tells of the instant of a request."""


def _read_fact(
    name: str, spec: Any, where: Where, problems: Problems, sets: Mapping[str, Any]
) -> list[Condition]:
    if spec == {}:
        problems.add(where, spec, Said("condition_value"))
        return []
    if name == "at" and not (isinstance(spec, Mapping) and spec.keys() <= _OF_NOW):
        problems.add(where, spec, one_of(f"at.{part}" for part in _OF_NOW))
        return []
    if isinstance(spec, Mapping):
        if not TESTS & spec.keys():
            nested: list[Condition] = []
            for inner, value in spec.items():
                nested += _read_fact(f"{name}.{inner}", value, (*where, inner), problems, sets)
            return nested
        return [Condition(name, _read_test(spec, where, problems, sets), _words(name, spec))]
    values = _scalars(spec, where, problems)
    return [Condition(name, Test(any_of=tuple(constant(v) for v in values)), _words(name, spec))]


def _scalars(spec: Any, where: Where, problems: Problems) -> list[Any]:
    values = spec if isinstance(spec, list) else [spec]
    if any(isinstance(value, list | Mapping) for value in values) or not values:
        problems.add(where, spec, Said("condition_value"))
        return []
    return values


def _words(name: str, spec: Any) -> str:
    if isinstance(spec, list):
        return f"{name} = {' / '.join(str(item) for item in spec)}"
    if isinstance(spec, Mapping):
        return f"{name} " + ", ".join(f"{key} {_plain(value)}" for key, value in spec.items())
    return f"{name} = {_plain(spec)}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return " ".join(f"{number} {unit}" for unit, number in value.items())
    return str(value)


def _read_test(spec: Mapping[str, Any], where: Where, problems: Problems, sets: Mapping[str, Any]) -> Test:
    parts: dict[str, Any] = {}
    for key, value in spec.items():
        at = (*where, key)
        if key in _NUMBER_KEYS:
            if is_number(value):
                parts[_NUMBER_KEYS[key]] = Decimal(str(value))
            else:
                problems.add(at, value, Said("number"))
        elif key in ("from", "until"):
            if is_day(value):
                parts["since" if key == "from" else "until"] = value
            else:
                problems.add(at, value, Said("unquoted_date", such_as="2019-07-01"))
        elif key in ("in", "not_in"):
            if isinstance(value, str) and value in sets:
                parts["any_of" if key == "in" else "none_of"] = tuple(sets[value])
            else:
                names = sorted(sets) or Said("none_is_defined")
                problems.add(at, value, Said("name_of_set", names=names))
        elif key == "not":
            parts["none_of"] = tuple(constant(v) for v in _scalars(value, at, problems))
        elif key in ("within", "past"):
            parts[key] = read_span(value, at, problems)
        elif key in ("month_of", "later_than", "earlier_than"):
            if isinstance(value, str):
                parts[key] = value
            else:
                problems.add(at, value, Said("date_fact"))
        elif key == "differ":
            if isinstance(value, str):
                parts[key] = value
            else:
                problems.add(at, value, Said("key_of_items"))
        elif key == "has":
            parts["includes"] = tuple(_scalars(value, at, problems))
        elif key == "weekday":
            parts["weekdays"] = days = tuple(_scalars(value, at, problems))
            if not set(days) <= set(WEEKDAYS):
                problems.add(at, value, Said("weekdays", days=WEEKDAYS))
        elif key in ("known", "future", "workday", "whole", "unsaid"):
            if isinstance(value, bool):
                parts["working" if key == "workday" else key] = value
            else:
                problems.add(at, value, Said("true_or_false"))
        else:
            problems.add(at, Said("unknown_test"), one_of(TESTS, key))
    return Test(**parts)


def read_span(raw: object, where: Where, problems: Problems) -> Span:
    """A period such as `{months = 12}` or `{months = 4, days = 15}`."""
    if (
        isinstance(raw, Mapping)
        and raw
        and raw.keys() <= SPAN_KEYS
        and all(is_count(value) and value <= _MOST[unit] for unit, value in raw.items())
    ):
        return Span(**raw)
    problems.add(where, raw, Said("period"))
    return Span()
