"""Which question comes first, and how a yes is made sure of: both are words of the policy file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from deskui.policy.decide import decide
from tests.policy.slips import changed, problems, read

AT = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)
"""A Monday morning in Bangkok."""
PROOF = '[{ value = "letter", key = "l", th = "หนังสือ", en = "a letter" }]'
TWO = (
    "[question.count]\n",
    '[question.sure]\nkind = "yes_no"\nth = "แน่ใจ"\nen = "Sure?"\n{more}\n[question.count]\n{first}\n',
)
BOTH = (
    'when = { count = { above = 3 } }, then = "charge", amount = 100 },',
    'when = { sure = true, count = { above = 3 } }, then = "charge", amount = 100 },',
)


def source(more: str = "", first: str = "") -> str:
    """The small policy with two questions, `sure` tested before `count`."""
    old, new = TWO
    return changed((old, new.format(more=more, first=first)), BOTH)


def test_a_question_that_comes_first_is_asked_first() -> None:
    assert decide(read(source()), "work", {}, AT).needs == ("sure", "count")
    # what has few values is tried out; the count is needed only where the answer is yes
    assert decide(read(source(first="first = true")), "work", {}, AT).needs == ("count", "sure")


def test_the_ways_to_make_sure_of_a_yes_are_read() -> None:
    question = read(source(f"proof = {PROOF}")).questions["sure"]
    (way,) = question.proof
    assert (way.value, way.key, way.text.en) == ("letter", "l", "a letter")
    assert read(source()).questions["sure"].proof == ()
    assert (
        decide(read(source(f"proof = {PROOF}")), "work", {"sure": True, "count": 5}, AT).outcome == "charge"
    )


@pytest.mark.parametrize(
    ("more", "first", "key", "expected"),
    [
        ("", f"proof = {PROOF}", "question.count.proof", "none: only a yes"),
        (f"proof = {PROOF[:-1]}, {PROOF[1:]}", "", "question.sure.proof", "of its own"),
        ('first = "yes"', "", "question.sure.first", "true or false"),
    ],
)
def test_a_slip_in_either_is_told(more: str, first: str, key: str, expected: str) -> None:
    found = [(where, said) for _, where, _, said in problems(source(more, first))]
    assert any(where == key and expected in said for where, said in found), found
