"""What a price is made of: the lines of a quotation, from the row of the terms that won.

The lines explain an amount that the decision gave; where they do not add up to it they are not shown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from deskui.dataclass import dataclass
from deskui.policy.common import common
from deskui.policy.context import Absent, Context, Unrecorded
from deskui.policy.decision import Decision, Text
from deskui.policy.lookups import ALL_TOGETHER, NotStated, TableCell, TableSum
from deskui.policy.money import in_satang
from deskui.policy.policy import DiscountSpec, Policy, Row, Service
from deskui.policy.values import Dated, Each, Percent, Prorated, Sum, Value
from deskui.policy.wording import value_text

Price = tuple[Decimal, Decimal]
"""Baht from and to; both the same where there is one price."""


@dataclass(frozen=True, slots=True)
class Factor:
    """What a unit price is multiplied by: 3 machines, 7 of 12 months, 20 of 100 percent."""

    number: Decimal
    unit: Text
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a quotation."""

    what: Text
    unit_price: Price | None
    """Baht for one, net; None where the terms print no figure."""
    amount: Price | None
    factors: tuple[Factor, ...] = ()
    list_price: Price | None = None
    """Baht for one before the discount, where there is one."""
    percent: Decimal | None = None
    """Discount on the list price."""
    free: bool = False
    """Included: nothing is charged for it."""


def lines_of(policy: Policy, service: Service, decision: Decision, context: Context) -> tuple[Line, ...]:
    """The lines of a decision's price, or of one that the terms print only in part; () when it has none."""
    row = _row(policy, service, decision, context)
    figures = decision.figures
    if decision.outcome == "quota":
        return tuple(_of_quota(service, decision, row, context))
    if decision.outcome == "unknown":
        lines = _safely(service, row, context)
        return lines if len(lines) > 1 or any(line.factors for line in lines) else ()
    found = _safely(service, row, context)
    due = price_of(figures)
    if due is None:
        return ()
    if _sum(found) != due:
        return (Line(service.name, due, due),)
    return found


def price_of(figures: Mapping[str, Any]) -> Price | None:
    """What a decision says is to be paid for all that was asked for."""
    if "amount_min" in figures:
        return figures["amount_min"], figures["amount_max"]
    one = figures.get("total", figures.get("amount"))
    return None if one is None else (one, one)


def _row(policy: Policy, service: Service, decision: Decision, context: Context) -> Row | None:
    """The row that won; None where another part of the terms answered, or it cannot be told."""
    try:
        for row in (*policy.before, *service.rows):
            about = row.services is None or service.id in row.services
            if about and row.in_force(context.day) and all(c.holds(context) for c in row.when):
                break
        else:
            return None
    except (Absent, Unrecorded):
        return None
    row = context.in_effect(row)
    if decision.figures.get("over_quota") and row.quota is not None:
        row = row.quota.over or row
    return row if set(row.rules) <= set(decision.rules) else None


def _safely(service: Service, row: Row | None, context: Context) -> tuple[Line, ...]:
    if row is None:
        return ()
    try:
        return tuple(_of_row(service, row, context))
    except (Absent, Unrecorded, NotStated, ArithmeticError):
        return ()


def _sum(lines: Sequence[Line]) -> Price | None:
    """The lines added up; None when one of them has no figure."""
    amounts = [line.amount for line in lines]
    if not amounts or any(amount is None for amount in amounts):
        return None
    return (
        sum((amount[0] for amount in amounts if amount), Decimal(0)),
        sum((amount[1] for amount in amounts if amount), Decimal(0)),
    )


def _of_row(service: Service, row: Row, context: Context) -> Iterator[Line]:
    many = tuple(_factor(context, fact) for fact in row.times)
    if row.discount is not None:
        yield _discounted(service, row.discount, many, context)
        return
    value = row.figures.get("amount")
    if value is None:
        return
    for line in _of_value(service.name, value, context):
        yield _times(line, many)


def _of_value(what: Text, value: Value, context: Context) -> Iterator[Line]:
    """The lines of one figure. Raises Absent, Unrecorded or NotStated."""
    match value:
        case Sum():
            for part in value.parts:
                yield from _of_value(what, part, context)
        case TableCell():
            yield _cell(value, context, int(context.quantity(value.row)))
        case TableSum():
            yield from _cells(value, context)
        case Each():
            yield from _each(what, value, context)
        case Percent():
            base = context.quantity(value.of)
            yield _line(what, base, (Factor(value.percent, Text("%", "%"), 100),))
        case Dated():
            yield from _of_value(what, value.of_day(context), context)
        case Prorated():
            months = replace(value, part="months").work_out(context)
            unit = common().words["figure.months"]
            yield _line(what, context.quantity(value.price), (Factor(Decimal(months), unit, 12),))
        case _:
            yield _line(what, value.work_out(context), ())


def _each(what: Text, value: Each, context: Context) -> Iterator[Line]:
    factors = tuple(_factor(context, fact) for fact in value.per)
    beyond = value.beyond(context)
    named = [fact for fact in value.per if fact in context.policy.derived]
    # a fee for something that is worked out is told by what it is for
    label = _unit(context.policy, named[0]) if named else what
    first = _less(_line(label, value.each, factors), value, context)
    if any(first.amount or ()):
        yield first
    if value.of is not None and beyond:
        unit = _unit(context.policy, value.of)
        more = Text(f"{unit.th}ที่เกิน {value.after} {unit.th}", f"{unit.en} beyond {value.after}")
        if beyond == int(beyond) and context.number(value.of) % 1:
            more = Text(f"{more.th} (เศษนับเป็นหนึ่ง)", f"{more.en} (a started one counts whole)")
        yield _less(_line(more, value.extra_each, (Factor(beyond, unit),)), value, context)


def _less(line: Line, value: Each, context: Context) -> Line:
    """The line at the discount that the whole is given."""
    if value.less is None or line.unit_price is None or line.amount is None:
        return line
    percent = context.number(value.less)
    if not percent:
        return line
    share = (100 - percent) / 100
    low, high = line.unit_price
    return replace(
        line,
        list_price=line.unit_price,
        percent=percent,
        unit_price=(low * share, high * share),
        amount=(_satang(line.amount[0] * share), _satang(line.amount[1] * share)),
    )


def _cells(value: TableSum, context: Context) -> Iterator[Line]:
    items = context.value(value.items)
    inner = [Context(context.policy, context.service, context.at, i, context.settled) for i in items]
    counts = [line.quantity(value.cell.row) for line in inner]
    kinds = [_kind(value, place, line) for place, line in enumerate(inner)]
    for line, kind in zip(inner, kinds, strict=True):
        band = sum(count for count, other in zip(counts, kinds, strict=True) if other == kind)
        yield _cell(value.cell, line, int(band))


def _kind(value: TableSum, place: int, line: Context) -> Any:
    """What a line is counted with: lines of one kind share a band."""
    if value.together is None:
        return place
    return value.together if value.together == ALL_TOGETHER else line.value(value.together)


def _cell(cell: TableCell, context: Context, count: int) -> Line:
    """A cell of a price table times how many; without a figure where the source lost it."""
    factor = _factor(context, cell.row)
    names = [_named(context, fact) for fact in cell.column]
    label = Text(", ".join(name.th for name in names), ", ".join(name.en for name in names))
    table = context.policy.tables[cell.table].of_day(context.day)
    column = " ".join(str(context.value(fact)) for fact in cell.column)
    try:
        price = table.look_up(count, column)
    except NotStated:
        return Line(label, None, None, (factor,))
    line = _line(label, price, (factor,) if cell.part == "total" else ())
    listed = table.list_prices.get(column)
    if listed is None or listed == price:
        return line
    return replace(line, list_price=(listed, listed), percent=(listed - price) * 100 / listed)


def _discounted(service: Service, discount: DiscountSpec, many: tuple[Factor, ...], context: Context) -> Line:
    share = Decimal(100 - discount.percent) / 100
    if discount.list_price is not None:
        low = high = discount.list_price.work_out(context)
    elif discount.between is not None and not context.given(discount.fact or ""):
        low, high = discount.between
    else:
        low = high = context.quantity(discount.fact or "")
    line = Line(
        service.name,
        (low * share, high * share),
        (_satang(low * share), _satang(high * share)),
        list_price=(low, high),
        percent=Decimal(discount.percent),
    )
    return _times(line, many)


def _of_quota(service: Service, decision: Decision, row: Row | None, context: Context) -> Iterator[Line]:
    """What the entitlement covers, and what is charged beyond it."""
    figures = decision.figures
    taken = figures["remaining_before"] - figures["remaining_after"]
    fact = getattr(row.quota.units, "fact", None) if row is not None and row.quota is not None else None
    unit = _unit(context.policy, fact) if fact is not None else common().words["times"]
    yield Line(service.name, None, None, (Factor(Decimal(taken), unit),), free=True)
    if "overflow_units" in figures:
        what = common().words["figure.overflow_units"]
        number, beyond = Decimal(figures["overflow_units"]), figures.get("overflow_amount_from")
        many = (Factor(number, unit),)
        yield Line(what, None, None, many) if beyond is None else _line(what, beyond / number, many)
    overtime = figures.get("overtime_amount")
    if overtime and row is not None:
        value = row.figures.get("overtime_amount")
        found = tuple(_of_value(service.name, value, context)) if isinstance(value, Each) else ()
        due = (overtime, overtime)
        yield from (
            found if _sum(found) == due else (Line(common().words["figure.overtime_amount"], due, due),)
        )


def _line(what: Text, price: Decimal, factors: tuple[Factor, ...]) -> Line:
    return _times(Line(what, (price, price), (_satang(price), _satang(price))), factors)


def _times(line: Line, factors: tuple[Factor, ...]) -> Line:
    if not factors:
        return line
    share = Decimal(1)
    for factor in factors:
        share = share * factor.number
    parts = math.prod(factor.of or 1 for factor in factors)
    price = line.unit_price
    amount = None if price is None else (_satang(price[0] * share / parts), _satang(price[1] * share / parts))
    return replace(line, amount=amount, factors=(*line.factors, *factors))


def _satang(amount: Decimal) -> Decimal:
    """Rounded as the decision rounds it."""
    rounded: Decimal = in_satang({"amount": amount})["amount"]
    return rounded


def _factor(context: Context, fact: str) -> Factor:
    return Factor(context.number(fact), _unit(context.policy, fact))


def _unit(policy: Policy, fact: str) -> Text:
    """What a fact counts."""
    question = policy.questions.get(fact)
    if question is not None and question.unit is not None:
        return question.unit
    words = common().words
    plain = fact.replace("_", " ")
    return words.get(f"figure.{fact}") or words.get(fact) or Text(plain, plain)


def _named(context: Context, fact: str) -> Text:
    """A fact's value in words: the answer it is, or the number with its unit."""
    value = context.value(fact)
    question = context.policy.questions.get(fact)
    for choice in () if question is None else question.choices:
        if choice.value == value:
            return choice.text
    text = value_text(value)
    return text if question is None or question.unit is None else counted(text, question.unit)


def counted(number: Text, unit: Text) -> Text:
    """`3 machines`, `1 machine`."""
    one = number.en == "1" and not unit.en.endswith("ss")
    return Text(f"{number.th} {unit.th}", f"{number.en} {re.sub('s$', '', unit.en) if one else unit.en}")
