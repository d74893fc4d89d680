"""Reads the rows of decision tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from deskui.dataclass import dataclass
from deskui.policy import vocabulary as words
from deskui.policy.conditions import read_when
from deskui.policy.decision import OwnWord, Text
from deskui.policy.lookups import ALL_TOGETHER
from deskui.policy.nearest import did_you_mean, nearest, one_of
from deskui.policy.policy import DiscountSpec, QuotaSpec, Row, TargetSpec
from deskui.policy.problems import Problems, Reader, Where, is_count, is_day, is_number, is_price, key_text
from deskui.policy.readvalue import read_value
from deskui.policy.said import Said
from deskui.policy.values import MOST_WORKING_DAYS, Constant, FromFact, OfTarget, Value, parts_of

_WORK = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,5})m)?")


@dataclass
class Names:
    """Names a row may refer to, and those it did."""

    problems: Problems
    rules: frozenset[str]
    """Those of the file and our own conventions."""
    sets: Mapping[str, Any]
    calendars: frozenset[str]
    services: frozenset[str]
    tables: frozenset[str] = frozenset()
    rankings: frozenset[str] = frozenset()
    readings: frozenset[str] = frozenset()
    own_rules: frozenset[str] = frozenset()
    """Those of the file; without any, that is told once, and not wherever one is named."""
    words: Mapping[str, Text] = field(default_factory=dict)
    """Those of the file, which figures may name besides the shared ones."""
    facts_used: dict[str, Where] = field(default_factory=dict)
    """Where each fact is first named."""
    leads_to: dict[str, dict[str, Where]] = field(default_factory=dict)
    """What each derived fact is worked out from, and where that is named."""

    def use(self, fact: str, where: Where) -> None:
        """Notes that a fact is named at a path."""
        self.facts_used.setdefault(fact, where)
        if where[0] == "derive":
            self.leads_to.setdefault(str(where[1]), {}).setdefault(fact, where)

    def rule_ids(self, reader: Reader, key: str = "rule", *, needed: bool = True) -> tuple[str, ...]:
        """The rule ids of a row, each of which must have its text."""
        ids = reader.texts(key) if needed else reader.texts(key, ())
        for identity in ids:
            if identity not in self.rules and self.own_rules:
                near = did_you_mean(identity, self.own_rules)
                reader.problem(key, identity, Said("rule_of_file", near=near))
        if needed and not ids and reader.table.get(key) == []:
            reader.problem(key, Said("empty_list"), Said("a_rule_id"))
        return ids

    def conditions(self, reader: Reader, key: str = "when") -> tuple[Any, ...]:
        """The conditions of a row; notes the facts they test."""
        conditions = read_when(reader.take(key, None), (*reader.where, key), self.problems, self.sets)
        for condition in conditions:
            self.use(condition.fact, (*reader.where, key))
            for other in condition.test.other_facts:
                if other is not None:
                    self.use(other, (*reader.where, key))
        return conditions

    def calendar(self, reader: Reader, key: str = "calendar") -> str:
        """The name of a calendar of this file."""
        return reader.one_of(key, self.calendars)

    def worded(self, raw: Any) -> Any:
        """A figure as the file has it, in which the words of the file bring their texts."""
        if isinstance(raw, str):
            return OwnWord(raw, self.words[raw]) if raw in self.words else raw
        if isinstance(raw, Mapping):
            return {key: self.worded(item) for key, item in raw.items()}
        return [self.worded(item) for item in raw] if isinstance(raw, list) else raw

    def service_set(self, reader: Reader, key: str = "services") -> frozenset[str] | None:
        """Services a row is about, by name or by the name of a set of them; None when not said.

        With `all_but` it is about every service besides those: one that comes new is among them by itself.
        """
        if "all_but" in reader.table:
            if key in reader.table:
                reader.problem("all_but", reader.table["all_but"], Said("services_or_all_but"))
            return self.services - (self._services(reader, "all_but") or frozenset())
        return self._services(reader, key)

    def _services(self, reader: Reader, key: str) -> frozenset[str] | None:
        named = reader.texts(key, ())
        given = tuple(name for each in named for name in self.sets.get(each, (each,)))
        for name in given:
            if name not in self.services:
                reader.problem(key, name, Said("service_of_file", near=did_you_mean(name, self.services)))
        return frozenset(given) if given else None


_OF_A_ROW = frozenset({*words.GOES_WITH, "rule", "when", "then", "hint", "targets", "times", "from", "to"})


def of_a_row(key: str) -> str | None:
    """What a key that stands outside of the rows is within them, as far as one can tell."""
    known = key if key in words.FIGURES else None
    return key if key in _OF_A_ROW else nearest(key, _OF_A_ROW) or known


def read_row(reader: Reader, names: Names, counter: str, *, over: bool = False, about: bool = False) -> Row:
    """One row; `over` rows (beyond a quota) have no conditions, [[before]] rows are `about` services."""
    then = reader.one_of("then", words.OUTCOMES - {"ask"})
    rules = names.rule_ids(reader)
    when = () if over else names.conditions(reader)
    services = names.service_set(reader) if about else None
    reader.may_have_figures(words.FIGURES)
    _check_outcome(then, reader)
    figures = _figures(reader, names)
    quota = _quota(reader, names, counter) if then == "quota" else None
    discount = _discount(reader, names) if then == "discount" else None
    targets = tuple(_target(item, names) for item in reader.tables("targets"))
    hint = read_hint(reader, names)
    row = Row(
        place=key_text(reader.where),
        rules=rules,
        when=when,
        then=then,
        figures=figures,
        flags=reader.texts("flags", ()),
        say=reader.both("say", needed=False),
        hint=hint,
        quota=quota,
        discount=discount,
        times=_times(reader, names),
        counts=reader.count("count", 0),
        until=_until(reader) if then == "defer" else None,
        after=_after(reader, names) if then == "defer" else None,
        targets=targets,
        services=services,
        since_day=None if over else reader.day("from"),
        until_day=None if over else reader.day("to"),
    )
    if row.since_day is not None and row.until_day is not None and row.until_day < row.since_day:
        reader.problem("to", row.until_day, Said("row_days"))
    for key in reader.table.keys() & {"from", "to"} if over else ():
        reader.problem(key, reader.take(key), Said("dated_beyond"))
    _check(row, reader)
    if then == "quota":
        reader.may_have("over")
    reader.done()
    return row


def _check_outcome(then: str, reader: Reader) -> None:
    """Notes what says nothing with this outcome, such as a price on `free`."""
    for key in reader.table.keys() & words.GOES_WITH.keys() if then else ():
        outcomes = words.GOES_WITH[key]
        # of units, a quote names what they are
        if then not in outcomes and not (key == "units" and then == "quote"):
            reader.take(key)
            expected = Said("goes_with", key=key, outcomes=[repr(name) for name in sorted(outcomes)])
            reader.problem(key, Said("beside_outcome", outcome=then), expected)


def _figures(reader: Reader, names: Names) -> dict[str, Value]:
    figures: dict[str, Value] = {}
    then = reader.table.get("then")
    for name, kind in words.FIGURES.items():
        if name not in reader.table or (name == "until" and then == "defer"):
            continue
        if then == "quota" and name == "units":
            continue
        if then == "discount" and name in ("percent", "list_price"):
            continue
        if name == "until" and is_day(reader.table[name]):
            reader.problem(name, reader.take(name), Said("to_last_day"))
            continue
        if kind == "text" and is_number(reader.table[name]):
            near = did_you_mean(name, words.FIGURES.keys() - {name})
            reader.problem(name, reader.take(name), Said("text_near", near=near))
            continue
        figures[name] = read_figure(reader, name, kind, names)
    return figures


def read_figure(reader: Reader, key: str, kind: str, names: Names) -> Value:
    """A figure; the names in it are looked up."""
    where = (*reader.where, key)
    raw = reader.take(key)
    if names.words and kind in ("text", "list"):
        raw = names.worded(raw)
    value = read_value(raw, kind, where, names.problems)
    for part in parts_of(value):
        _check_names(part, where, names)
    return value


def _check_names(value: Value, where: Where, names: Names) -> None:
    for attribute, known, expected in (
        ("calendar", names.calendars, "calendar_of_file"),
        ("table", names.tables, "table_of_file"),
        ("ranking", names.rankings, "ranking_of_file"),
    ):
        name = getattr(value, attribute, None)
        if name is not None and name not in known:
            there = sorted(known) or Said("it_has_none")
            names.problems.add(where, name, Said(expected, names=there))
    every = [getattr(value, name, None) for name in ("fact", "of", "start", "end", "price", "row", "event")]
    together = getattr(value, "together", None)
    every += [getattr(value, "items", None), None if together == ALL_TOGETHER else together]
    every += [getattr(value, "parts", None), getattr(value, "less", None)]
    every += [getattr(getattr(value, "otherwise", None), "fact", None)]
    many = ("column", "per", "extra_per")
    for fact in (*every, *(name for key in many for name in getattr(value, key, ()))):
        if isinstance(fact, str) and fact != "at":
            names.use(fact, where)


def _quota(reader: Reader, names: Names, counter: str) -> QuotaSpec:
    total = read_figure(reader, "quota", "count", names)
    units = reader.take("units", 1)
    value: Value = FromFact(units, "count") if isinstance(units, str) else Constant(units)
    if isinstance(units, str):
        names.use(units, (*reader.where, "units"))
    elif not is_count(units) or not units:
        reader.problem("units", units, Said("whole_1_or_fact"))
    raw = reader.table.get("quota")
    if raw == words.NULL:
        reader.problem("quota", raw, Said("whole_or_table"))
    own = reader.text("counter", counter)
    used = reader.take("used", "used")
    if isinstance(used, str):
        names.use(used, (*reader.where, "used"))
    elif not is_count(used):
        reader.problem("used", used, Said("whole_or_fact"))
    over = None
    if "over" in reader.table:
        over = read_row(
            Reader(reader.take("over"), (*reader.where, "over"), names.problems), names, own, over=True
        )
    return QuotaSpec(total, value, own, used, over, reader.texts("with_counters", ()), reader.flag("ever"))


def read_percent(reader: Reader) -> int:
    """The percentage of a discount."""
    percent = reader.count("percent")
    if not 0 < percent <= 100:
        reader.problem("percent", percent, Said("percentage"))
    return percent


def _discount(reader: Reader, names: Names) -> DiscountSpec:
    percent = read_percent(reader)
    raw = reader.table.get("list_price")
    if isinstance(raw, Mapping) and set(raw) <= {"fact", "between"} and isinstance(raw.get("fact"), str):
        reader.take("list_price")
        names.use(raw["fact"], (*reader.where, "list_price"))
        between = raw.get("between")
        if between is None:
            return DiscountSpec(percent, None, None, raw["fact"])
        if isinstance(between, list) and len(between) == 2 and all(map(is_price, between)):
            low, high = (Decimal(str(item)) for item in between)
            if low <= high:
                return DiscountSpec(percent, None, (low, high), raw["fact"])
        reader.problem("list_price", raw, Said("between"))
        return DiscountSpec(percent, Constant(None), None, None)
    if raw == words.NULL:
        reader.problem("list_price", Said("nothing"), Said("price"))
    return DiscountSpec(percent, read_figure(reader, "list_price", "money", names), None, None)


def _target(reader: Reader, names: Names) -> TargetSpec:
    work = reader.take("work", "")
    work_text = work if isinstance(work, str) else f"{work} "
    days = reader.count("working_days", 0)
    if days > MOST_WORKING_DAYS:
        reader.problem("working_days", days, Said("most_working_days", most=MOST_WORKING_DAYS))
    match = _WORK.fullmatch(work_text)
    work = None
    if work_text and match and any(match.groups()):
        hours, minutes = (int(part or 0) for part in match.groups())
        work = timedelta(hours=hours, minutes=minutes)
    elif work_text or not days:
        reader.problem("work", reader.table.get("work"), Said("working_time"))
    target = TargetSpec(
        kind=reader.one_of("kind", words.TARGET_KINDS),
        calendar=names.calendar(reader),
        work=work,
        working_days=days,
        begins=reader.text("starts", "at"),
        restart=names.conditions(reader, "restart") if "restart" in reader.table else None,
    )
    reader.done()
    return target


_HINT_KINDS = {"amount": "money", "list_price": "money", "pattern": "money"}


def read_hint(reader: Reader, names: Names) -> dict[str, Value] | None:
    raw = reader.take("hint", None)
    if raw is None:
        return None
    return _read_hint(Reader(raw, (*reader.where, "hint"), names.problems), names)


def _read_hint(inner: Reader, names: Names) -> dict[str, Value]:
    hint: dict[str, Value] = {}
    inner.may_have(*words.HINTS)
    for name in sorted(words.HINTS & inner.table.keys()):
        hint[name] = read_figure(inner, name, _HINT_KINDS.get(name, "text"), names)
        allowed = {"likely": words.LIKELY, "ask": words.HINT_ASK}.get(name)
        if allowed is not None and inner.table[name] not in sorted(allowed):
            inner.problem(name, inner.table[name], one_of(allowed, inner.table[name]))
    inner.done()
    return hint


def plain_hint(reader: Reader) -> dict[str, Any]:
    """A hint of figures as printed, as price tables have for cells that the source lost."""
    nobody = Names(reader.problems, frozenset(), {}, frozenset(), frozenset())
    hint: dict[str, Any] = {}
    for name, value in _read_hint(reader, nobody).items():
        if isinstance(value, Constant):
            hint[name] = value.value
        else:
            reader.problem(name, reader.table[name], Said("printed_figure"))
    return hint


def _times(reader: Reader, names: Names) -> tuple[str, ...]:
    facts = reader.texts("times", ())
    for fact in facts:
        names.use(fact, (*reader.where, "times"))
    return facts


def _until(reader: Reader) -> str:
    return reader.one_of("until", words.UNTIL, "next-opening")


def _after(reader: Reader, names: Names) -> str | None:
    fact = reader.text("after", None) or None
    if fact is not None:
        names.use(fact, (*reader.where, "after"))
    return fact


def _check(row: Row, reader: Reader) -> None:
    reason = row.figures.get("reason")
    if row.then == "unavailable" and reason is None:
        reader.problem("reason", Said("nothing"), Said("reason_needed"))
    if isinstance(reason, Constant) and reason.value is not None and reason.value not in words.REASONS:
        reader.problem("reason", reason.value, one_of(words.REASONS, reason.value))
    amount = row.figures.get("amount")
    if row.then in ("charge", "price") and reader.table.get("amount", words.NULL) == words.NULL:
        reader.problem("amount", Said("nothing"), Said("amount_needed"))
    if row.times and amount is None and row.discount is None:
        reader.problem("times", row.times, Said("times_need_amount"))
    if row.then == "quote" and "refer_to" not in row.figures:
        reader.problem("refer_to", Said("nothing"), Said("refer_to_needed"))
    if row.hint is not None and row.then not in ("unknown", ""):
        reader.problem("hint", Said("hint_on", outcome=row.then), Said("hint_on_unknown"))
    values = [*row.figures.values(), *(row.hint or {}).values()]
    values += [] if row.quota is None else [row.quota.total]
    values += [] if row.discount is None or row.discount.list_price is None else [row.discount.list_price]
    if any(isinstance(value, OfTarget) for value in values) and not row.targets:
        reader.problem("targets", Said("nothing"), Said("target_needed"))
