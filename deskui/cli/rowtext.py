"""Rows of a policy in words: what a customer gets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from deskui.cli.conditiontext import answer_to, fact_name, joined, span_text, word
from deskui.cli.quotelines import counted
from deskui.policy.common import common
from deskui.policy.decision import Text
from deskui.policy.lookups import Order, TableCell
from deskui.policy.policy import Policy, Row, TargetSpec
from deskui.policy.values import (
    After,
    Ahead,
    Constant,
    Dated,
    Each,
    FromFact,
    OpenNow,
    Percent,
    Prorated,
    Sum,
    Value,
    WorkingDays,
)
from deskui.policy.wording import value_text

NONE = Text("", "")
_TOLD_ELSEWHERE = frozenset(
    {"amount", "refer_to", "reason", "redirect", "prerequisite", "extras", "callback_by"}
    | {"remaining_business_minutes", "quota_consumed", "sla", "allowed", "discount_percent"}
)
_TOLD_BY_TARGETS = frozenset({"callback_minutes", "sla_business_hours", "deadline", "state", "result_by"})


def _baht(text: Text) -> Text:
    return Text(f"{text.th} บาท", f"{text.en} baht")


def value_words(policy: Policy, value: Value) -> Text:
    """A figure: as printed, or how it is worked out."""
    match value:
        case Constant():
            return word(value.value) if isinstance(value.value, str) else value_text(value.value)
        case FromFact():
            return answer_to(policy, value.fact)
        case Percent():
            base = answer_to(policy, value.of)
            return Text(f"{value.percent}% ของ {base.th}", f"{value.percent}% of {base.en}")
        case Each():
            return _each(policy, value)
        case Dated():
            return joined((_version(policy, *version) for version in value.versions), "; ")
        case Sum():
            return joined((value_words(policy, part) for part in value.parts), " + ")
        case Prorated():
            base = answer_to(policy, value.price)
            return Text(f"{base.th} ตามเดือนที่เหลือ / 12", f"{base.en} by the months left / 12")
        case After():
            start, span = answer_to(policy, value.start), span_text(value.span)
            return Text(f"{span.th}หลัง {start.th}", f"{span.en} after {start.en}")
        case Ahead():
            event = answer_to(policy, value.event)
            return Text(f"{value.hours} ชั่วโมงก่อน {event.th}", f"{value.hours} hours before {event.en}")
        case WorkingDays():
            number = Text(str(value.number), str(value.number))
            days = counted(number, Text("วันทำการ", "working days"))
            return Text(f"อีก {days.th}", f"{days.en} later")
        case OpenNow():
            return Text("ตามเวลาทำการ", "by the hours")
    table = getattr(value, "table", None) or getattr(getattr(value, "cell", None), "table", None)
    if table is not None:
        return Text(f"ตามตาราง “{table}”", f"by the table “{table}”")
    return Text("คำนวณให้", "worked out")


def _version(policy: Policy, first: date | None, last: date | None, value: Value | None) -> Text:
    """A figure, or that there is none, with the days it holds for."""
    text = Text("?", "?") if value is None else value_words(policy, value)
    since, until = value_text(first), value_text(last)
    th, en = text.th, text.en
    if first is not None:
        th, en = f"{th} ตั้งแต่ {since.th}", f"{en} from {since.en}"
    if last is not None:
        th, en = f"{th} ถึง {until.th}", f"{en} until {until.en}"
    return Text(th, en)


def _each(policy: Policy, value: Each) -> Text:
    each, more = value_text(value.each).en, value_text(value.extra_each).en
    units = [fact_name(policy, fact) for fact in value.per]
    text = joined([_baht(Text(each, each)), *units], " × ")
    if value.of is None:
        return text
    unit = fact_name(policy, value.of)
    beyond = Text(
        f"{more} บาทต่อ{unit.th}ที่เกิน {value.after}",
        f"{more} baht for each of {unit.en} beyond {value.after}",
    )
    return joined([text, beyond], " + ") if value.each else beyond


def row_text(policy: Policy, row: Row) -> Text:
    """What the row gives, in words."""
    parts = [_outcome(policy, row)]
    if row.then in row.figures:
        # a contact is told by its figure
        parts = []
    parts += [target_text(target) for target in row.targets]
    figures = {
        name: value
        for name, value in row.figures.items()
        if name not in _TOLD_ELSEWHERE
        and not (isinstance(value, Constant) and (value.value is None or value.value == ""))
        and not (row.targets and name in _TOLD_BY_TARGETS)
        # told by the amount, or too long for a line
        and not isinstance(value, TableCell | Order)
    }
    parts += [_figure(policy, name, value) for name, value in figures.items()]
    extras = row.figures.get("extras")
    if isinstance(extras, Constant):
        parts += [Text(f"+ {word(item).th}", f"+ {word(item).en}") for item in extras.value or ()]
    return joined((part for part in parts if part != NONE), "; ")


def _figure(policy: Policy, name: str, value: Value) -> Text:
    if isinstance(value, Constant) and isinstance(value.value, bool):
        label = word(f"figure.{name}")
        return label if value.value else Text(f"{label.th}: ไม่", f"{label.en}: no")
    label, text = word(f"figure.{name}"), value_words(policy, value)
    return label if label == text else joined((label, text), " ")


def _outcome(policy: Policy, row: Row) -> Text:
    amount = row.figures.get("amount")
    match row.then:
        case "quota":
            assert row.quota is not None
            return _quota(policy, row)
        case "charge" | "price" if amount is not None:
            return _times(policy, row, _priced(policy, row, amount))
        case "discount":
            return _times(policy, row, _discount(policy, row))
        case "quote":
            who = row.figures.get("refer_to")
            named = NONE if who is None else value_words(policy, who)
            return Text(f"ไม่มีตัวเลข ขอราคาจาก{named.th}", f"no figure: ask the {named.en}")
        case "unavailable":
            return _refusal(policy, row)
        case "unknown":
            return _unknown(policy, row)
        case "defer":
            until = word(row.until or "next-opening")
            reason = row.figures.get("reason")
            why = NONE if reason is None else value_words(policy, reason)
            return joined(
                filter(lambda t: t != NONE, (Text(f"รอ{until.th}", f"waits: {until.en}"), why)), ", "
            )
    return word(f"outcome.{row.then}")


def _priced(policy: Policy, row: Row, amount: Value) -> Text:
    text = value_words(policy, amount)
    if isinstance(amount, Constant):
        text = _baht(text)
    least = row.figures.get("amount_is_minimum")
    if isinstance(least, Constant) and least.value:
        return Text(f"ตั้งแต่ {text.th}", f"from {text.en}")
    return text


def _times(policy: Policy, row: Row, text: Text) -> Text:
    return joined((text, *(fact_name(policy, fact) for fact in row.times)), " × ")


def _discount(policy: Policy, row: Row) -> Text:
    found = row.discount
    assert found is not None
    if found.list_price is not None:
        price = value_words(policy, found.list_price)
        net = _net(found.list_price, found.percent)
        if net is not None:
            return Text(
                f"ลด {found.percent}% จาก {price.th} = {net} บาท",
                f"{found.percent}% off {price.en} = {net} baht",
            )
    elif found.between is not None:
        low, high = (value_text(limit).en for limit in found.between)
        price = Text(f"{low}–{high} บาท", f"{low}–{high} baht")
    else:
        price = word("list_price") if "list_price" in common().words else Text("ราคาปกติ", "the list price")
    return Text(f"ลด {found.percent}% จาก {price.th}", f"{found.percent}% off {price.en}")


def _net(price: Value, percent: int) -> str | None:
    if not isinstance(price, Constant) or not isinstance(price.value, Decimal):
        return None
    return value_text(price.value * (100 - percent) / 100).en


def _quota(policy: Policy, row: Row) -> Text:
    assert row.quota is not None
    fact = getattr(row.quota.units, "fact", None)
    unit = fact_name(policy, fact) if fact is not None else word("times")
    if isinstance(row.quota.total, Constant):
        total = value_text(row.quota.total.value)
        text = Text(f"รวม {total.th} {unit.th}", f"{total.en} {unit.en} included")
    else:
        named = value_words(policy, row.quota.total)
        text = Text(f"รวมตาม {named.th}", f"included: {named.en}")
    if row.quota.over is None:
        return text
    over = row_text(policy, row.quota.over)
    return Text(f"{text.th} เกินจากนั้น {over.th}", f"{text.en}, beyond: {over.en}")


def _refusal(policy: Policy, row: Row) -> Text:
    parts = [Text("ไม่มี", "no")]
    for name, label in (
        ("reason", NONE),
        ("prerequisite", Text("ต้องมี ", "needs ")),
        ("redirect", Text("ทางเลือก: ", "instead: ")),
    ):
        value = row.figures.get(name)
        if value is not None:
            text = value_words(policy, value)
            parts.append(Text(label.th + text.th, label.en + text.en))
    return joined(parts, ", ")


def _unknown(policy: Policy, row: Row) -> Text:
    parts = [word("outcome.unknown")]
    for name, value in (row.hint or {}).items():
        parts.append(joined((word(f"hint.{name}"), value_words(policy, value)), " "))
    return joined(parts)


def target_text(target: TargetSpec) -> Text:
    """How soon something is promised."""
    kind = word(target.kind)
    if target.work is None:
        number = Text(str(target.working_days), str(target.working_days))
        days = counted(number, Text("วันทำการ", "working days"))
        return Text(f"{kind.th}ภายใน {days.th}", f"{kind.en} within {days.en}")
    minutes = int(target.work.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    th = " ".join(filter(None, (f"{hours} ชั่วโมง" if hours else "", f"{rest} นาที" if rest else "")))
    en = " ".join(filter(None, (f"{hours} h" if hours else "", f"{rest} min" if rest else "")))
    return Text(f"{kind.th}ภายใน {th}", f"{kind.en} within {en}")


def short(row: Row) -> str:
    """The row as one word or figure, for a cell of a table: `free`, `5×`, `500`, `−20%`, `?`."""
    amount = row.figures.get("amount")
    match row.then:
        case "free" | "quote" | "defer":
            return row.then
        case "quota":
            assert row.quota is not None
            total = row.quota.total
            return f"{value_text(total.value).en}×" if isinstance(total, Constant) else "n×"
        case "charge" | "price":
            return _short_price(row, amount)
        case "discount":
            assert row.discount is not None
            return f"−{row.discount.percent}%"
        case "unavailable":
            return "no"
        case "unknown":
            return "?"
    allowed = row.figures.get("allowed")
    if isinstance(allowed, Constant) and allowed.value is False:
        return "no"
    if row.targets and row.targets[0].work is not None:
        minutes = int(row.targets[0].work.total_seconds() // 60)
        return f"{minutes // 60} h" if minutes > 60 and minutes % 60 == 0 else f"{minutes} min"
    return row.then


def _short_price(row: Row, amount: Value | None) -> str:
    least = row.figures.get("amount_is_minimum")
    mark = "+" if isinstance(least, Constant) and least.value else ""
    match amount:
        case Constant():
            return value_text(amount.value).en + mark
        case Each():
            return value_text(amount.each).en + mark
        case Percent():
            return f"{amount.percent}%"
    return "price"


def plain_hint(hint: Mapping[str, Any]) -> Text:
    """What is known of a lost cell of a table."""
    return joined(joined((word(f"hint.{name}"), value_text(value)), " ") for name, value in hint.items())
