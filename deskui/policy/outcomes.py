"""Works out the figures of the row that won."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from deskui.dataclass import dataclass
from deskui.policy.context import Absent, Context, Unrecorded
from deskui.policy.decision import Consumption
from deskui.policy.gate import waits_on
from deskui.policy.lookups import NotStated
from deskui.policy.policy import DiscountSpec, QuotaSpec, Row
from deskui.policy.values import Each, FromFact, OpenNow, Value, WorkingDays, next_weekday
from deskui.policy.vocabulary import MONEY_OUTCOMES, WEEKDAYS
from deskui.worktime import WorkCalendar, next_working_day


@dataclass(frozen=True)
class Given:
    """A row with its figures."""

    row: Row
    outcome: str
    rules: tuple[str, ...]
    figures: dict[str, Any]
    flags: tuple[str, ...] = ()
    conventions: tuple[str, ...] = ()
    """X-rules that bore on it."""
    consumes: Consumption | None = None


def give(row: Row, context: Context) -> Given:
    """The outcome of a row that matched. Raises Absent or Unrecorded when a figure needs a missing fact."""
    try:
        given = _by_outcome(row, context)
    except NotStated as lost:
        rules = (*lost.rules, *row.rules)
        return Given(row, "unknown", rules, {"hint": dict(lost.hint)}, conventions=("X-01",))
    return _with_conventions(given, context)


def _by_outcome(row: Row, context: Context) -> Given:
    context.target = row.targets[0] if row.targets else None
    if row.quota is not None:
        return _quota(row, row.quota, context)
    figures = _figures(row, context)
    if row.discount is not None:
        figures = {**_discount(row.discount, context), **figures}
    if row.times:
        total = figures["amount"]
        for fact in row.times:
            total *= context.quantity(fact)
        figures["total"] = total
    if row.then == "defer":
        figures = {"until": deferred_until(row, context), "quota_consumed": False, **figures}
    if row.then == "unknown":
        figures["hint"] = _hint(row.hint or {}, context)
    if figures.get("prerequisite") is not None:
        figures.setdefault("quota_consumed", False)
    consumes = Consumption(context.service.counter, row.counts, context.period()) if row.counts else None
    return Given(row, row.then, row.rules, figures, _beside_the_range(row, figures), consumes=consumes)


def _beside_the_range(row: Row, figures: Mapping[str, Any]) -> tuple[str, ...]:
    """A flag for a list price that the printed range does not have: a slip, or terms that changed."""
    between = None if row.discount is None else row.discount.between
    price = figures.get("list_price")
    if between is None or price is None or between[0] <= price <= between[1]:
        return ()
    return ("outside_printed_range",)


def _with_conventions(given: Given, context: Context) -> Given:
    flags = list(given.flags)
    conventions = list(given.conventions)
    if given.outcome == "defer":
        conventions.append("X-15" if given.figures.get("reason") == "closed" else "X-12")
    if given.outcome == "unknown":
        conventions.append("X-15" if given.row.place == "gate" else "X-01")
    priced = given.outcome in MONEY_OUTCOMES or "overflow_amount_from" in given.figures
    if priced and not context.policy.vat_stated:
        flags.append("vat_not_stated")
        conventions.append("X-09")
    if given.figures.get("extras"):
        conventions.append("X-08")
    reading = context.policy.gate.holiday_reading if context.policy.gate is not None else None
    if reading is not None and _hangs_on_a_holiday(given, context):
        context.consulted.add(reading)
    return replace(given, flags=tuple(flags), conventions=tuple(conventions))


def _hangs_on_a_holiday(given: Given, context: Context) -> bool:
    """Whether a holiday on a day with hours lies between now and the day the answer names."""
    gate, last = context.policy.gate, None
    assert gate is not None
    if given.outcome == "defer" and isinstance(given.figures.get("until"), datetime):
        last = given.figures["until"].date()
    for name, value in given.row.figures.items():
        if isinstance(value, OpenNow):
            last = context.day
        elif isinstance(value, WorkingDays):
            last = given.figures.get(name)
    days = 0 if last is None else (last - context.day).days + 1
    passed = (context.day + timedelta(days=n) for n in range(days))
    return any(WEEKDAYS[day.weekday()] in gate.weekdays and context.policy.is_holiday(day) for day in passed)


def _figures(row: Row, context: Context) -> dict[str, Any]:
    """The figures of a row. A refusal stands without those that need a fact nobody gave."""
    figures: dict[str, Any] = {}
    for name, value in row.figures.items():
        try:
            figures[name] = value.work_out(context)
        except (Absent, Unrecorded):
            if row.then != "unavailable":
                raise
    return figures


def _whole(value: Value, context: Context) -> int:
    """A number of units: as printed, or a fact."""
    if isinstance(value, FromFact):
        return int(context.quantity(value.fact))
    return int(value.work_out(context))


def _quota(row: Row, quota: QuotaSpec, context: Context) -> Given:
    # an entitlement may be to none; a request is for some
    total = int(quota.total.work_out(context))
    units = _whole(quota.units, context)
    used = context.used_of(quota)
    before = max(0, total - used)
    if before == 0:
        return _over(row, quota, context)
    taken = min(units, before)
    figures: dict[str, Any] = {
        "quota": total,
        "remaining_before": before,
        "remaining_after": before - taken,
        **{name: value.work_out(context) for name, value in row.figures.items()},
    }
    given = Given(
        row,
        "quota",
        row.rules,
        figures,
        conventions=("X-06",),
        consumes=Consumption(quota.counter, taken, context.period()),
    )
    if taken == units:
        return given
    figures["overflow_units"] = units - taken
    figures["units_wanted"] = units
    rules = row.rules
    flags: tuple[str, ...] = ()
    if quota.over is not None:
        beyond = _beyond(quota, units - taken, context)
        rules = (*rules, *quota.over.rules)
        flags = quota.over.flags
        if "amount" in beyond.figures:
            figures["overflow_amount_from"] = beyond.figures["amount"]
    if "overflow_amount_from" not in figures:
        # what lies beyond an entitlement is not free for want of a figure
        flags = (*flags, "price_not_stated")
    return replace(given, rules=rules, flags=flags, conventions=("X-06", "X-07"))


def _beyond(quota: QuotaSpec, units: int, context: Context) -> Given:
    """What applies to the units beyond the quota."""
    assert quota.over is not None
    if not isinstance(quota.units, FromFact):
        return _by_outcome(quota.over, context)
    facts = {**context.facts, quota.units.fact: units}
    inner = replace(context, facts=facts, derived={})
    return _by_outcome(quota.over, inner)


def _over(row: Row, quota: QuotaSpec, context: Context) -> Given:
    """The counter is used up."""
    if quota.over is None:
        return Given(row, "unavailable", row.rules, {"reason": "quota_used", "over_quota": True})
    beyond = _by_outcome(quota.over, context)
    return Given(
        replace(quota.over, when=row.when),
        beyond.outcome,
        (*quota.over.rules, *row.rules),
        {**beyond.figures, "over_quota": True},
        conventions=("X-07",),
    )


def _discount(discount: DiscountSpec, context: Context) -> dict[str, Any]:
    share = Decimal(100 - discount.percent) / 100
    figures: dict[str, Any] = {"percent": discount.percent}
    if discount.list_price is not None:
        price = discount.list_price.work_out(context)
        return {**figures, "list_price": price, "amount": price * share}
    assert discount.fact is not None
    if discount.between is not None and not context.given(discount.fact):
        low, high = discount.between
        return {
            **figures,
            "list_price_min": low,
            "list_price_max": high,
            "amount_min": low * share,
            "amount_max": high * share,
        }
    price = context.quantity(discount.fact)
    return {**figures, "list_price": price, "amount": price * share}


def _hint(hint: Mapping[str, Value], context: Context) -> dict[str, Any]:
    """The hint's figures. One that needs a fact nobody gave is left out, a price then stands for one unit:
    a hint decides nothing."""
    figures: dict[str, Any] = {}
    for name, value in hint.items():
        try:
            figures[name] = value.work_out(context)
        except (Absent, Unrecorded):
            if isinstance(value, Each):
                figures[name] = value.each
    return figures


def deferred_until(row: Row, context: Context) -> datetime | None:
    """The instant a deferred request may be taken up again; None where nobody can tell."""
    policy = context.policy
    until = row.until or "next-opening"
    if until == "open-ended" or policy.main_calendar is None:
        return None
    calendar = policy.calendar(policy.main_calendar)
    if until == "next-opening":
        return _not_put_off_again(calendar.next_open(context.at), calendar, context)
    # a day that was asked for and is over is no day to wait from
    day = context.day if row.after is None else max(context.day, context.day_of(row.after))
    if until in WEEKDAYS:
        day = next_weekday(day, until)
        while policy.is_holiday(day):
            day = next_weekday(day, until)
    else:
        day = next_working_day(calendar, day)
    opens = calendar.next_open(datetime.combine(day, time(), policy.zone))
    return _not_put_off_again(opens, calendar, context)


def _not_put_off_again(opens: datetime, calendar: WorkCalendar, context: Context) -> datetime:
    """The first opening from `opens` on whose day does not make the same work wait once more; a file that
    leaves no such day is refused when it is read.
    """
    while _waits_then(replace(context, at=opens, derived={}, consulted=set())):
        day = next_working_day(calendar, opens.date())
        opens = calendar.next_open(datetime.combine(day, time(), context.policy.zone))
    return opens


def _waits_then(context: Context) -> bool:
    try:
        return any(all(c.holds(context) for c in item.when) for item in waits_on(context, context.day))
    except (Absent, Unrecorded):
        # that day's question, not today's
        return False
