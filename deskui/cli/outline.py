"""A policy as a person reads it: services by cover, hours, contacts, prices, sources. Values, no layout."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deskui.cli.conditiontext import condition_text, joined, word
from deskui.cli.rowtext import plain_hint, row_text, short, target_text
from deskui.policy.common import common
from deskui.policy.conditions import Condition
from deskui.policy.decision import Text
from deskui.policy.hours import CalendarSpec
from deskui.policy.policy import Policy, Row, Service
from deskui.policy.vocabulary import WEEKDAYS


def covers(policy: Policy) -> list[tuple[str, Text]]:
    """The plans or classes a customer may be in: (value, name)."""
    if policy.cover is None:
        return []
    derived = policy.derived[policy.cover]
    values = dict.fromkeys(str(row.value) for row in derived.rows)
    return [(value, derived.labels.get(value, word(value))) for value in values]


def outline(policy: Policy) -> dict[str, Any]:
    """The whole policy; texts are Text, the rest is plain."""
    services = [
        {
            "id": service.id,
            "name": service.name,
            "call": service.call,
            "covers": _by_cover(policy, service),
        }
        for service in policy.services.values()
    ]
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
        "covers": [{"id": value, "name": name} for value, name in covers(policy)],
        "promises": _promises(policy),
        "restricted": _restricted(policy),
        "before": [_cell(policy, row) | {"services": _names(policy, row.services)} for row in policy.before],
        "services": services,
        "tables": _tables(policy),
        "remarks": [
            {
                "services": _names(policy, remark.services),
                "if": [condition_text(policy, condition) for condition in remark.when],
                "flags": [common().flags.get(flag, Text(flag, flag)) for flag in remark.flags],
                "rules": _cited(policy, remark.rules),
            }
            for remark in policy.remarks
        ],
        "questions": [
            {
                "fact": name,
                "text": question.text,
                "kind": question.kind,
                "answers": [choice.text for choice in question.choices],
                "asked": "never" if not question.asked else "call" if question.source == "call" else "record",
            }
            for name, question in policy.questions.items()
        ],
        "readings": [
            {"id": reading.name, "rule": reading.rule, "default": reading.default, "options": reading.options}
            for reading in policy.readings.values()
        ],
        "rules": [
            {
                "rule": rule.id,
                "clause": rule.clause,
                "basis": rule.basis,
                "card": rule.card,
                "text": rule.text,
            }
            for rule in policy.rules.values()
        ],
    }


def _tables(policy: Policy) -> list[dict[str, Any]]:
    return [
        {
            "id": name,
            "since": None if since is None else since.isoformat(),
            "bands": [
                {
                    "from": first,
                    "to": last,
                    "cells": {column: _money(cell) for column, cell in sorted(cells.items())},
                }
                for first, last, cells in table.bands
            ],
            "lost": [
                {"cell": cell, "hint": plain_hint(lost.hint), "rules": _cited(policy, lost.rules)}
                for cell, lost in table.hints.items()
            ],
        }
        for name, every in policy.tables.items()
        for since, table in ((None, every), *every.versions)
    ]


def _money(cell: Any) -> Any:
    return None if cell is None else int(cell) if cell == int(cell) else float(cell)


def _calendar(name: str, spec: CalendarSpec) -> dict[str, Any]:
    return {
        "id": name,
        "week": {day: ["–".join(pair) for pair in spec.weekly.get(day, ())] for day in WEEKDAYS},
        "holidays": spec.holidays,
        "holiday_hours": ["–".join(pair) for pair in spec.holiday_hours],
        "closed": sorted(day.isoformat() for day in spec.closed),
        "open": sorted(day.isoformat() for day in spec.open),
    }


def _names(policy: Policy, services: Iterable[str] | None) -> list[dict[str, Any]]:
    """Services by id and name, in the order of the file."""
    wanted = set(services or ())
    return [{"id": name, "name": each.name} for name, each in policy.services.items() if name in wanted]


def _promises(policy: Policy) -> list[dict[str, Any]]:
    """Every time the terms promise: for what, how long, by which clause."""
    found: list[dict[str, Any]] = []
    for service in policy.services.values():
        for row in service.rows:
            for target in row.targets:
                minutes = None if target.work is None else int(target.work.total_seconds() // 60)
                found.append(
                    {
                        "service": service.id,
                        "name": service.name,
                        "if": [condition_text(policy, condition) for condition in row.when],
                        "kind": target.kind,
                        "text": target_text(target),
                        "minutes": minutes,
                        "working_days": target.working_days or None,
                        "calendar": target.calendar,
                        "rules": _cited(policy, row.rules),
                    }
                )
    return found


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
                "services": _names(policy, item.services),
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
            return [_cell(policy, row, ()) | {"before": True}]
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
    return cells or [_UNSAID]


_UNSAID: dict[str, Any] = {
    "outcome": "unknown",
    "text": Text("ข้อกำหนดไม่ได้กล่าวถึง", "the terms say nothing of it"),
    "short": "?",
    "if": [],
    "rules": [],
    "lost": True,
    "before": True,
}


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
        "text": row_text(policy, row),
        "short": short(row),
        "if": [condition_text(policy, condition) for condition in when],
        "rules": _cited(policy, row.rules),
        # a cell that the source lost, or never had: nobody is told yes, nobody is told no
        "lost": row.then == "unknown",
        # said of many services at once, by a row that is asked before their own
        "before": False,
    }


def _cited(policy: Policy, rules: Iterable[str]) -> list[dict[str, str]]:
    every = {**common().rules, **policy.rules}
    return [{"rule": rule, "clause": every[rule].clause} for rule in rules]
