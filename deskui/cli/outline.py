"""A policy as a person reads it: services by cover, hours, contacts, prices, cards. Values, no layout."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deskui.policy.common import common
from deskui.policy.conditions import Condition
from deskui.policy.decision import Text
from deskui.policy.policy import CalendarSpec, Policy, Row, Service
from deskui.policy.values import Constant, Each, FromFact, Percent, Value
from deskui.policy.vocabulary import WEEKDAYS
from deskui.policy.wording import value_text


def word(name: Any) -> Text:
    """A machine word in human words; the word itself where it has none."""
    return common().words.get(str(name), Text(str(name), str(name)))


def joined(texts: Iterable[Text], by: str = ", ") -> Text:
    """Several texts as one."""
    every = list(texts)
    return Text(by.join(text.th for text in every), by.join(text.en for text in every))


def covers(policy: Policy) -> list[tuple[str, Text]]:
    """The plans or classes a customer may be in: (value, name)."""
    if policy.cover is None:
        return []
    derived = policy.derived[policy.cover]
    values = dict.fromkeys(str(row.value) for row in derived.rows)
    return [(value, derived.labels.get(value, word(value))) for value in values]


def outline(policy: Policy) -> dict[str, Any]:
    """The whole policy; texts are Text, the rest is plain."""
    return {
        "id": policy.id,
        "version": policy.version,
        "name": policy.name,
        "short": policy.short,
        "source": policy.source,
        "zone": policy.zone.key,
        "vat_stated": policy.vat_stated,
        "contacts": [
            {"name": name, "value": value, "text": text} for name, (value, text) in policy.contacts.items()
        ],
        "calendars": [_calendar(name, spec) for name, spec in policy.calendars.items()],
        "not_stated": []
        if policy.gate is None
        else [
            {
                "day": " ".join(day.split()),
                "text": joined(map(word, day.split()), " "),
                "stands": word(stands),
            }
            for day, stands in policy.gate.not_stated.items()
        ],
        "restricted": _restricted(policy),
        "before": [_cell(policy, row) | {"services": sorted(row.services or ())} for row in policy.before],
        "services": [
            {
                "id": service.id,
                "name": service.name,
                "call": service.call,
                "covers": _by_cover(policy, service),
            }
            for service in policy.services.values()
        ],
        "tables": [
            {
                "id": name,
                "bands": [
                    {
                        "from": first,
                        "to": last,
                        "cells": {column: _money(cell) for column, cell in sorted(cells.items())},
                    }
                    for first, last, cells in table.bands
                ],
            }
            for name, table in policy.tables.items()
        ],
        "readings": [
            {"id": reading.name, "rule": reading.rule, "default": reading.default, "options": reading.options}
            for reading in policy.readings.values()
        ],
        "cards": [
            {"rule": rule.id, "clause": rule.clause, "text": rule.text}
            for rule in policy.rules.values()
            if rule.card
        ],
    }


def _money(cell: Any) -> Any:
    return None if cell is None else int(cell) if cell == int(cell) else float(cell)


def _calendar(name: str, spec: CalendarSpec) -> dict[str, Any]:
    return {
        "id": name,
        "week": {day: ["–".join(pair) for pair in spec.weekly.get(day, ())] for day in WEEKDAYS},
        "holidays": spec.holidays,
        "closed": sorted(day.isoformat() for day in spec.closed),
        "open": sorted(day.isoformat() for day in spec.open),
    }


def _restricted(policy: Policy) -> dict[str, Any] | None:
    restricted = policy.restricted
    if restricted is None:
        return None
    return {
        "days": [day for day in WEEKDAYS if day in restricted.days],
        "until": word(restricted.until),
        "rules": _cited(policy, restricted.rules),
        "items": [
            {
                "services": sorted(item.services),
                "if": [condition_text(policy, condition) for condition in item.when],
                "rules": _cited(policy, item.rules),
            }
            for item in restricted.items
        ],
    }


def _by_cover(policy: Policy, service: Service) -> list[dict[str, Any]]:
    """What each cover gets, covers with the same answer together."""
    groups: list[dict[str, Any]] = []
    for value, name in covers(policy) or [("", Text("", ""))]:
        cells = _cells(policy, service, value)
        same = next((group for group in groups if group["cells"] == cells), None)
        if same is None:
            groups.append({"covers": [value], "names": [name], "cells": cells})
        else:
            same["covers"].append(value)
            same["names"].append(name)
    return groups


def _cells(policy: Policy, service: Service, cover: str) -> list[dict[str, Any]]:
    cells = []
    for row in policy.before:
        about = row.services is None or service.id in row.services
        if about and row.when and all(_about_cover(policy, test, cover) for test in row.when):
            return [_cell(policy, row, ())]
    for row in service.rows:
        others: list[Condition] = []
        for condition in row.when:
            verdict = _about_cover(policy, condition, cover)
            if verdict is False:
                break
            if verdict is None:
                others.append(condition)
        else:
            cells.append(_cell(policy, row, others))
            if not others and row.since_day is None and row.until_day is None:
                break
    return cells or [
        {"outcome": "unknown", "text": word("outcome.unknown"), "if": [], "rules": [], "lost": True}
    ]


def _about_cover(policy: Policy, condition: Condition, cover: str) -> bool | None:
    """Whether the cover meets the condition; None when the condition is about something else."""
    test = condition.test
    if condition.fact != policy.cover or (test.any_of is None and test.none_of is None):
        return None
    return (test.any_of is None or cover in map(str, test.any_of)) and (
        test.none_of is None or cover not in map(str, test.none_of)
    )


def _cell(policy: Policy, row: Row, conditions: Iterable[Condition] | None = None) -> dict[str, Any]:
    when = row.when if conditions is None else conditions
    return {
        "outcome": row.then,
        "text": _row_text(row),
        "if": [condition_text(policy, condition) for condition in when],
        "rules": _cited(policy, row.rules),
        # a cell that the source lost, or never had: nobody is told yes, nobody is told no
        "lost": row.then == "unknown",
    }


def _cited(policy: Policy, rules: Iterable[str]) -> list[dict[str, str]]:
    every = {**common().rules, **policy.rules}
    return [{"rule": rule, "clause": every[rule].clause} for rule in rules]


def _row_text(row: Row) -> Text:
    parts = [word(f"outcome.{row.then}")]
    if row.quota is not None:
        parts.append(_labelled("figure.quota", row.quota.total))
    if row.discount is not None:
        parts.append(Text(f"{row.discount.percent}%", f"{row.discount.percent}%"))
        if row.discount.list_price is not None:
            parts.append(_labelled("figure.list_price", row.discount.list_price))
        if row.discount.between is not None:
            low, high = (value_text(limit) for limit in row.discount.between)
            parts.append(
                joined((word("figure.list_price"), Text(f"{low.th}–{high.th}", f"{low.en}–{high.en}")), " ")
            )
    if row.until is not None:
        parts.append(word(row.until))
    parts += [
        _labelled(f"figure.{name}", value)
        for name, value in row.figures.items()
        if not (isinstance(value, Constant) and value.value is None)
    ]
    parts += [_labelled(f"hint.{name}", value) for name, value in (row.hint or {}).items()]
    text = joined(parts)
    if row.quota is not None and row.quota.over is not None:
        over = _row_text(row.quota.over)
        return Text(f"{text.th}; เกินสิทธิ์: {over.th}", f"{text.en}; beyond it: {over.en}")
    return text


def _labelled(name: str, value: Value) -> Text:
    return joined((word(name), _value(value)), " ")


def _value(value: Value) -> Text:
    match value:
        case Constant():
            return value_text(value.value) if not isinstance(value.value, str) else word(value.value)
        case FromFact():
            return Text(f"ตาม {value.fact}", f"by {value.fact}")
        case Percent():
            return Text(f"{value.percent}% ของ {value.of}", f"{value.percent}% of {value.of}")
        case Each():
            each, extra = value_text(value.each).en, value_text(value.extra_each).en
            per = "".join(f" × {fact}" for fact in value.per)
            if value.of is None:
                return Text(each + per, each + per)
            return Text(
                f"{each}{per} + {extra} ต่อ {value.of} ที่เกิน {value.after}",
                f"{each}{per} + {extra} for each {value.of} beyond {value.after}",
            )
    return Text("คำนวณให้", "worked out")


def condition_text(policy: Policy, condition: Condition) -> Text:
    """A condition in the words of its question or of the derived fact's labels."""
    test = condition.test
    derived, question = policy.derived.get(condition.fact), policy.questions.get(condition.fact)
    if test.any_of is None or (derived is None and question is None):
        return Text(condition.words, condition.words)
    if question is None:
        assert derived is not None
        names = joined((derived.labels.get(str(value), value_text(value)) for value in test.any_of), " / ")
        return joined((Text(condition.fact, condition.fact), names), ": ")
    choices = {choice.value: choice.text for choice in question.choices}
    names = joined((choices.get(value, value_text(value)) for value in test.any_of), " / ")
    return joined((question.text, names), " ")
