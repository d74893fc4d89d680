"""What a policy file says that can be read and makes no sense: unknown words, answers that never come."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any

from deskui.policy.common import common
from deskui.policy.conditions import Condition
from deskui.policy.policy import Derived, Policy, Row
from deskui.policy.problems import Problems, Said, Where
from deskui.policy.tables import PriceTable
from deskui.policy.values import Constant, Each, Value, parts_of

_NAMED = ("refer_to", "redirect", "prerequisite")
"""Figures that are words of `_words.toml`, which a person reads in its language."""
_PLACE = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def check_sense(policy: Policy, problems: Problems) -> None:
    """Notes every condition that never holds, word that has no meaning and price below 0."""
    for name, derived in policy.derived.items():
        _derived(name, derived, problems)
    for row in _rows(policy):
        where = _where(row.place)
        _conditions(policy, row.when, where, problems)
        _words(row, where, problems)
        _prices(row, where, problems)
    for number, remark in enumerate(policy.remarks):
        _conditions(policy, remark.when, ("remark", number), problems)
        _known(remark.flags, common().flags, ("remark", number, "flags"), problems)
    for name, table in policy.tables.items():
        _cells(table, ("table", name), problems)


def _rows(policy: Policy) -> Iterator[Row]:
    """Every row once, also those that several services share, and those beyond a quota."""
    seen: set[str] = set()
    for row in (*policy.before, *(row for service in policy.services.values() for row in service.rows)):
        if row.place not in seen:
            seen.add(row.place)
            yield row
            if row.quota is not None and row.quota.over is not None:
                yield row.quota.over


def _where(place: str) -> Where:
    """`service.x.rows[2]` as a path of the file."""
    return tuple(name or int(number) - 1 for name, number in _PLACE.findall(place))


def _derived(name: str, derived: Derived, problems: Problems) -> None:
    values = {str(row.value) for row in derived.rows}
    _known(derived.attainable, values, ("derive", name, "attainable"), problems)
    if values:
        _known(derived.labels, values, ("derive", name, "labels"), problems)


def _conditions(policy: Policy, when: Iterable[Condition], where: Where, problems: Problems) -> None:
    for condition in when:
        path = (*where, "when", *condition.fact.split("."))
        named = (*(condition.test.any_of or ()), *(condition.test.none_of or ()))
        derived, question = policy.derived.get(condition.fact), policy.questions.get(condition.fact)
        if derived is not None and derived.measure is None:
            _known(map(str, named), {str(row.value) for row in derived.rows}, path, problems)
        elif question is not None and question.kind == "yes_no":
            for value in named:
                if not isinstance(value, bool) and value is not None:
                    problems.add(path, value, "true or false, without quotes")


def _known(given: Iterable[str], known: Collection[str], where: Where, problems: Problems) -> None:
    for word in given:
        if word in known or word == "None":
            continue
        near = difflib.get_close_matches(word, known, 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        few = f"one of: {', '.join(sorted(known))}" if 0 < len(known) <= 12 else "a word that deskui knows"
        problems.add(where, word, few + hint)


def _words(row: Row, where: Where, problems: Problems) -> None:
    _known(row.flags, common().flags, (*where, "flags"), problems)
    words = common().words
    for name in _NAMED:
        value = row.figures.get(name)
        if isinstance(value, Constant) and isinstance(value.value, str):
            _known([value.value], words, (*where, name), problems)
    extras = row.figures.get("extras")
    if isinstance(extras, Constant):
        _known(
            [item for item in extras.value or () if isinstance(item, str)],
            words,
            (*where, "extras"),
            problems,
        )


def _prices(row: Row, where: Where, problems: Problems) -> None:
    for name, value in row.figures.items():
        for part in parts_of(value):
            for price in _amounts(part):
                if price < 0:
                    problems.add(
                        (*where, name), Said(str(price)), "0 or more: nothing costs less than nothing"
                    )


def _amounts(value: Value) -> tuple[Any, ...]:
    match value:
        case Constant(Decimal()):
            return (value.value,)
        case Each():
            return value.each, value.extra_each
    return ()


def _cells(table: PriceTable, where: Where, problems: Problems) -> None:
    for number, (_, _, cells) in enumerate(table.bands):
        for column, cell in cells.items():
            if cell is not None and cell < 0:
                problems.add((*where, "bands", number, column), Said(str(cell)), "a price of 0 or more")
