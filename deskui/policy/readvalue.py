"""Reads figures: a constant, or a table that names one of a closed set of ways to work it out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from deskui.policy.conditions import SPAN_KEYS, constant, read_span
from deskui.policy.lookups import Order, TableCell, TableSum
from deskui.policy.nearest import did_you_mean
from deskui.policy.problems import Problems, Where, is_count, is_day, is_number, is_price
from deskui.policy.said import Said
from deskui.policy.values import (
    MOST_WORKING_DAYS,
    After,
    Ahead,
    Constant,
    Dated,
    Each,
    FromFact,
    OfTarget,
    OpenNow,
    Percent,
    Prorated,
    Sum,
    Value,
    WorkingDays,
)
from deskui.policy.vocabulary import LOST

_WAYS = Said("ways", near="")

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

_PRORATE = ("prorate", "on", "from", "until", "give")
_TARGET_GIVES = {
    "due": "instant",
    "minutes_left": "count",
    "state": "text",
    "minutes": "count",
    "hours": "count",
}


def read_value(raw: Any, kind: str, where: Where, problems: Problems) -> Value:
    """A figure of the named kind (see vocabulary.FIGURES)."""
    if not isinstance(raw, Mapping):
        return Constant(_read_constant(raw, kind, where, problems))
    try:
        value = _read_way(raw, kind, where, problems)
    except (KeyError, TypeError, ArithmeticError):
        value = None
    if value is None and set(raw) == {"figure"}:
        near = did_you_mean(raw["figure"], problems.figures)
        there = sorted(problems.figures) or Said("none_is_defined")
        problems.add(where, raw["figure"], Said("name_of_figure", names=there, near=near))
        return Constant(None)
    if value is None:
        _no_way(raw, where, problems)
        return Constant(None)
    given = {_TARGET_GIVES[value.part]} if isinstance(value, OfTarget) else _GIVES.get(type(value), {kind})
    if kind not in given:
        problems.add(where, dict(raw), Said("way_to", what=_CHECKS[kind][1]))
    return value


_PARTS: dict[str, tuple[str, ...]] = {
    "fact": ("or",),
    "each": ("per", "plus", "less"),
    "sum": (),
    "percent": ("of",),
    "after": tuple(sorted(SPAN_KEYS)),
    "before": ("hours", "of_day"),
    "working_days": ("after", "calendar"),
    "target": (),
    "open": (),
    "prorate": ("on", "from", "until", "give", "whole"),
    "table": ("row", "column", "give", "of", "together"),
    "order": ("by", "rejected"),
    "dated": (),
}
"""What each way to work a figure out may say besides its own key."""


def _no_way(raw: Mapping[str, Any], where: Where, problems: Problems) -> None:
    """Notes the keys that do not belong to the way a table begins; without any, that it is no way at all."""
    named = ["working_days"] if "working_days" in raw else [way for way in _PARTS if way in raw]
    if len(named) == 1:
        known = {named[0], *_PARTS[named[0]]}
        for key in (unknown := raw.keys() - known):
            near = did_you_mean(key, known)
            problems.add(
                (*where, key), Said("unknown_key"), Said("no_such_key", near=near, keys=sorted(known))
            )
        if unknown:
            return
    near = next((near for key in raw if (near := did_you_mean(key, _PARTS))), "")
    problems.add(where, dict(raw), Said("ways", near=near))


def _read_way(raw: Mapping[str, Any], kind: str, where: Where, problems: Problems) -> Value | None:
    """The way a table describes; None, or any error of a dictionary, when it describes none."""
    keys = set(raw)
    if "fact" in keys and keys <= {"fact", "or"}:
        return FromFact(_name(raw["fact"]), kind, _otherwise(raw["or"], kind) if "or" in keys else None)
    if "before" in keys and keys <= {"before", "hours", "of_day"} and is_count(raw["hours"]):
        return Ahead(_name(raw["before"]), raw["hours"], raw.get("of_day") is True)
    if "each" in keys and keys <= {"each", "per", "plus", "less"}:
        return _read_each(raw)
    if keys == {"dated"}:
        return _read_dated(raw["dated"], kind, where, problems)
    if keys == {"percent", "of"} and is_price(raw["percent"]):
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
    elif keys - {"whole"} == set(_PRORATE) and raw["give"] in ["amount", "months"]:
        price, on, start, end, part = (_name(raw[key]) for key in _PRORATE)
        return Prorated(price, on, start, end, part, raw.get("whole") is True)
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


def _names(value: object) -> tuple[str, ...]:
    return tuple(_name(item) for item in ([value] if isinstance(value, str) else _listed(value)))


def _listed(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _read_each(raw: Mapping[str, Any]) -> Each:
    plus = raw.get("plus", {"each": 0, "of": "", "after": 0})
    if not is_price(raw["each"]) or not is_price(plus["each"]) or not is_count(plus["after"]):
        raise TypeError
    if not plus.keys() <= {"each", "of", "after", "per", "parts"}:
        raise TypeError
    return Each(
        each=Decimal(str(raw["each"])),
        per=_names(raw.get("per", [])),
        after=plus["after"],
        of=_name(plus["of"]) or None,
        extra_each=Decimal(str(plus["each"])),
        extra_per=_names(plus.get("per", [])),
        parts=_name(plus["parts"]) if "parts" in plus else None,
        less=_name(raw["less"]) if "less" in raw else None,
    )


def _read_dated(raw: object, kind: str, where: Where, problems: Problems) -> Value:
    """Versions of one figure, each after the one before it; of "lost" ones the terms say nothing."""
    if not isinstance(raw, list) or not raw or not all(isinstance(version, Mapping) for version in raw):
        problems.add((*where, "dated"), raw, Said("versions"))
        return Constant(None)
    slips: list[tuple[Where, object, Said]] = []
    for number, version in enumerate(raw):
        here = (*where, "dated", number)
        for key in (unknown := version.keys() - {"is", "from", "to"}):
            near = did_you_mean(key, ("is", "from", "to"))
            slips.append(
                ((*here, key), Said("unknown_key"), Said("no_such_key", near=near, keys=["from", "is", "to"]))
            )
        if "is" not in version and not unknown:
            slips.append(((*here, "is"), None, Said("key_needed")))
        if not all(is_day(version[key]) for key in version.keys() & {"from", "to"}):
            slips.append((here, dict(version), Said("version_dates")))
    if slips:
        for slip in slips:
            problems.add(*slip)
        return Constant(None)
    versions: list[tuple[date | None, date | None, Value | None]] = []
    for number, version in enumerate(raw):
        here = (*where, "dated", number)
        first, last = version.get("from"), version.get("to")
        ended = versions[-1][1] if versions else None
        if (versions and (ended is None or first is None or first <= ended)) or (
            first is not None and last is not None and last < first
        ):
            problems.add(here, dict(version), Said("versions_in_order"))
        lost = version["is"] == LOST
        value = None if lost else read_value(version["is"], kind, (*here, "is"), problems)
        versions.append((first, last, value))
    return Dated(tuple(versions))


_CHECKS: dict[str, tuple[Any, Said]] = {
    "money": (is_price, Said("baht")),
    "count": (is_count, Said("whole_number")),
    "flag": (lambda v: isinstance(v, bool), Said("true_or_false")),
    "text": (lambda v: isinstance(v, str), Said("text")),
    "reason": (lambda v: isinstance(v, str), Said("reason")),
    "date": (lambda v: type(v) is date, Said("date")),
    "instant": (lambda v: isinstance(v, datetime), Said("instant")),
    "list": (lambda v: isinstance(v, list), Said("list")),
}


def _read_constant(raw: Any, kind: str, where: Where, problems: Problems) -> Any:
    value = constant(raw)
    if value is None:
        return None
    good, expected = _CHECKS[kind]
    if not good(value):
        problems.add(
            where, value, expected if is_number(value) else Said("either", one=expected, other=_WAYS)
        )
        return None
    if kind == "money":
        return Decimal(str(value))
    return tuple(value) if kind == "list" else value
