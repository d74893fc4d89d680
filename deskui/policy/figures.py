"""The figures of a policy file: every one with its place, and whether the words of its rules name it too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from deskui.policy.decision import Text
from deskui.policy.policy import Policy, Row
from deskui.policy.problems import Problems, Where
from deskui.policy.said import Said
from deskui.policy.values import Constant, Each, Value, parts_of
from deskui.policy.vocabulary import FIGURES
from deskui.policy.wording import value_text

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_BAHT = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:\.-)? ?(?:บาท|baht)")

Figure = tuple[Where, tuple[str, ...], Value]
"""A figure's place, the rules it rests on, and what it is."""


def figures(policy: Policy) -> Iterator[Figure]:
    """Every figure of the rows of a policy, those that several services share once."""
    for number, row in enumerate(policy.before):
        yield from _of(row, ("before", number))
    for name, service in policy.services.items():
        own = [row for row in service.rows if row.place.startswith(f"service.{name}.")]
        for number, row in enumerate(own):
            yield from _of(row, ("service", name, "rows", number))
    for name, derived in policy.derived.items():
        for number, line in enumerate(derived.rows):
            if hasattr(line.value, "work_out"):
                yield ("derive", name, "rows", number, "is"), line.rules, line.value
    for name, reading in policy.readings.items():
        for option, patch in reading.patches.items():
            where: Where = ("reading", name, "options", option)
            yield from _named(patch.figures, where, patch.rules)
            if patch.instead is not None:
                yield from _of(patch.instead, where)


def _of(row: Row, where: Where) -> Iterator[Figure]:
    yield from _named(row.figures, where, row.rules)
    yield from _named(row.hint or {}, (*where, "hint"), row.rules)
    if row.quota is not None:
        yield (*where, "quota"), row.rules, row.quota.total
        if row.quota.over is not None:
            yield from _of(row.quota.over, (*where, "over"))
    if row.discount is not None:
        yield (*where, "percent"), row.rules, Constant(row.discount.percent)
        if row.discount.list_price is not None:
            yield (*where, "list_price"), row.rules, row.discount.list_price


def _named(named: Mapping[str, Value], where: Where, rules: tuple[str, ...]) -> Iterator[Figure]:
    for name, value in named.items():
        yield (*where, name), rules, value


def check_in_words(policy: Policy, problems: Problems) -> None:
    """Notes every price, quota and percentage that the sentences of its rules name otherwise.

    Sentences without any figure say nothing of it, and a figure in words ("twice") is one of those.
    """
    for where, rules, value in figures(policy):
        if where[0] in ("reading", "derive") or "hint" in where:
            # what another reading says, and what somebody may only guess, stands in no sentence
            continue
        texts = [policy.rules[rule].text for rule in rules if rule in policy.rules]
        name = str(where[-1])
        for part in parts_of(value):
            for figure in _constants(part, name):
                other = _others(figure, texts, baht=FIGURES.get(name) == "money")
                if other:
                    own = [rule for rule in rules if rule in policy.rules]
                    told = Said("not_in_words", figure=value_text(figure), rules=own)
                    line = problems.line_at(("rule", own[0]))
                    expected = Said("words_name", others=[value_text(n) for n in other], line=line)
                    problems.add(where, told, expected)


def _constants(value: Value, name: str) -> list[Decimal]:
    """The figures of a value that a sentence would name."""
    if isinstance(value, Each):
        return [figure for figure in (value.each, value.extra_each) if figure]
    kind = "count" if name in ("quota", "percent") else FIGURES.get(name)
    if not isinstance(value, Constant) or (kind != "money" and name not in ("quota", "percent")):
        return []
    return [Decimal(value.value)] if isinstance(value.value, int | Decimal) and value.value else []


def _others(figure: Decimal, texts: list[Text], *, baht: bool) -> list[Decimal]:
    """What the sentences name instead; nothing where they name the figure, or none."""
    thai, english = ([text.in_(language) for text in texts] for language in ("th", "en"))
    of = _BAHT if baht else _NUMBER
    if figure not in _numbers(_NUMBER, thai + english):
        return sorted(_numbers(of, thai + english))
    for own, other in ((thai, english), (english, thai)) if baht else ():
        if figure not in _numbers(_NUMBER, own):
            # a sentence may leave out what the other has; a figure of its own is an old one
            return sorted(_numbers(of, own) - _numbers(_NUMBER, other))
    return []


def _numbers(pattern: re.Pattern[str], sentences: list[str]) -> set[Decimal]:
    found = [number for sentence in sentences for number in pattern.findall(sentence)]
    return {Decimal(number.replace(",", "")) for number in found}
