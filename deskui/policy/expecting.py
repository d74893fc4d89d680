"""What an example may expect of an answer; a word that no answer has would be looked for in vain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from deskui.policy.common import common
from deskui.policy.nearest import did_you_mean
from deskui.policy.policy import Policy
from deskui.policy.problems import Reader, is_number
from deskui.policy.said import Said
from deskui.policy.vocabulary import FIGURES, NOT_RECORDED, NULL, OUTCOMES

ABSENT = "absent"
"""How an example says that a figure must not be there."""

_MORE_FIGURES = frozenset({"quota", "remaining_before", "remaining_after", "over_quota", "overflow_units"})
_MORE = frozenset({"units_wanted", "hint", "targets", "consumes", "free_if", "granted_by"})
_RULES = frozenset({"rules", "not_rules", "runners_up", "first_rule"})
_OF_CONTRACTS = "own:"
"""What the id of a term of a customer's own contract begins with, see `ownterms`."""
_SETS = frozenset({"rules", "not_rules", "flags", "not_flags", "needs", "runners_up"})


def lists(expect: Mapping[str, Any]) -> dict[str, Any]:
    """What is expected, where one text stands for a list of one."""
    return {
        key: [value] if key in _SETS and isinstance(value, str) else value for key, value in expect.items()
    }


_EXPECTED = FIGURES.keys() | _MORE_FIGURES | _MORE | _SETS | {"outcome", "first_rule", "say"}
_NUMBERS = frozenset({"money", "count"})


def check_expect(reader: Reader, expect: Mapping[str, Any], policy: Policy) -> None:
    """Notes what no answer has, or has in another shape."""
    if "outcome" not in expect:
        reader.problem("expect", Said("no_outcome"), Said("outcome_needed"))
    for key, value in expect.items():
        if key == "outcome" and value not in OUTCOMES:
            near = did_you_mean(value, OUTCOMES)
            reader.problem("expect", value, Said("an_outcome_of", words=sorted(OUTCOMES), near=near))
        elif key == "targets" and not (
            isinstance(value, list) and all(isinstance(item, Mapping) for item in value)
        ):
            reader.problem("expect", {key: value}, Said("list_of_tables"))
        elif key in _SETS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            reader.problem("expect", {key: value}, Said("list_of_texts"))
        elif key in ("first_rule", "say") and not isinstance(value, str):
            reader.problem("expect", {key: value}, Said("text"))
        elif FIGURES.get(key) in _NUMBERS and isinstance(value, str) and value not in (NULL, ABSENT):
            reader.problem("expect", {key: value}, Said("number"))
        elif FIGURES.get(key) == "text" and is_number(value):
            reader.problem(
                "expect", {key: value}, Said("text_near", near=did_you_mean(key, FIGURES.keys() - {key}))
            )
        elif key in _RULES:
            _check_rules(reader, [value] if isinstance(value, str) else value, policy)
        elif key in ("flags", "not_flags"):
            _check_flags(reader, value)
        elif key not in _EXPECTED:
            near = Said("parts_of_expect", near=did_you_mean(key, _EXPECTED))
            reader.problem("expect", Said("unknown_key_named", key=repr(key)), near)


def _check_rules(reader: Reader, named: Iterable[str], policy: Policy) -> None:
    """An id that no rule has would never be cited, and what must not be cited never fails by it."""
    known = policy.rules.keys() | common().rules.keys()
    for rule in named:
        if rule not in known and not rule.startswith(_OF_CONTRACTS):
            near = did_you_mean(rule, known)
            reader.problem("expect", rule, Said("rule_of_file", near=near))


def _check_flags(reader: Reader, named: Iterable[str]) -> None:
    """A flag that no answer has would never be there, and what must not be there never fails by it."""
    known = common().flags
    for flag in named:
        if flag not in known and not flag.startswith(f"{NOT_RECORDED}:"):
            reader.problem("expect", flag, Said("known_word", near=did_you_mean(flag, known)))
