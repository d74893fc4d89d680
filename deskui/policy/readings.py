"""Reads what may be settled besides the terms: readings with their options (X-14), and own contracts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deskui.policy import vocabulary as words
from deskui.policy.decision import Text
from deskui.policy.model import OwnTermsRule, Reading
from deskui.policy.patch import Patch
from deskui.policy.problems import Reader
from deskui.policy.rows import Names, read_figure, read_hint, read_percent, read_row
from deskui.policy.said import Said

_OWN_KEYS = frozenset({"th", "en", "rests_on", "services", "holidays"})
_MORE = frozenset({"quota", "percent", "list_price", "counter", "with_counters", "ever", "hint"})


def read_reading(name: str, reader: Reader, names: Names) -> Reading:
    """One reading: its rules, the option we take, and what each option says and changes."""
    rules = names.rule_ids(reader)
    options: dict[str, Text] = {}
    patches: dict[str, Patch] = {}
    free: set[str] = set()
    for key, option in reader.named("options").items():
        options[key] = Text(option.text("th"), option.text("en"))
        if option.flag("holidays", True) is False:
            free.add(key)
        if option.table.keys() - {"th", "en", "holidays"}:
            patches[key] = read_patch(option, names, rules)
        option.done()
    if len(options) < 2:
        reader.problem("options", Said("fewer_than_two"), Said("two_readings"))
    reading = Reading(
        name=name,
        rules=rules or ("",),
        default=reader.one_of("default", options),
        options=options,
        patches=patches,
        no_holidays=frozenset(free),
        flags=reader.texts("flags", ()),
    )
    reader.done()
    return reading


def read_patch(option: Reader, names: Names, rules: tuple[str, ...]) -> Patch:
    """What an option changes: an outcome (`then`, as in a row) or some figures of the rows on its rules."""
    rests_on = names.rule_ids(option, "rests_on") if "rests_on" in option.table else rules
    services = names.service_set(option)
    if "then" in option.table:
        row = {key: value for key, value in option.table.items() if key not in _OWN_KEYS}
        inner = Reader({"rule": list(rests_on), **row}, option.where, option.problems)
        for key in row:
            option.take(key)
        return Patch(rests_on, services, instead=read_row(inner, names, "", over=True))
    figures = {
        key: read_figure(option, key, kind, names)
        for key, kind in words.FIGURES.items()
        if key in option.table and key not in _MORE
    }
    table: Mapping[str, Any] = option.table
    return Patch(
        rests_on,
        services,
        figures=figures,
        hint=read_hint(option, names) or {},
        quota=read_figure(option, "quota", "count", names) if "quota" in table else None,
        percent=read_percent(option) if "percent" in table else None,
        list_price=read_figure(option, "list_price", "money", names) if "list_price" in table else None,
        counter=option.text("counter", None) or None,
        with_counters=option.texts("with_counters", ()),
        ever=option.flag("ever") if "ever" in table else None,
    )


def read_own_terms_rule(top: Reader, names: Names) -> OwnTermsRule | None:
    """Whether a customer's own contract prevails, and over which rules; None when the terms do not say."""
    raw = top.take("own_terms", None)
    if raw is None:
        return None
    reader = Reader(raw, ("own_terms",), top.problems)
    over = names.rule_ids(reader, "over") if "over" in reader.table else None
    rule = OwnTermsRule(names.rule_ids(reader), None if over is None else frozenset(over))
    reader.done()
    return rule
