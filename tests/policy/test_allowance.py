"""What is left of a counter, told before any question is asked, is what the decision then goes by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from deskui.policy.allowance import Allowance, allowance
from deskui.policy.decide import decide
from deskui.policy.examples import examples_file, load_examples
from deskui.policy.facts import read_facts
from deskui.policy.library import Library

LIBRARY = Library.load()
IN_CYCLE = {"paid": True}
SPECIAL = {"paid": True, "special": True}
PACKAGE = {**SPECIAL, "start": "2026-01-01", "end": "2026-12-31", "package": {"seats": 6, "hours": 20}}


@pytest.mark.parametrize(
    ("ask", "facts", "total", "used", "left"),
    [
        ("seat", {"contract": IN_CYCLE, "seats_total": 5, "seats_used": 2}, 5, 2, 3),
        ("seat", {"contract": IN_CYCLE, "seats_total": 5, "seats_used": 7}, 5, 7, 0),
        ("seat", {"contract": PACKAGE, "seats_used": 0}, 6, 0, 6),
        (
            "seat",
            {"contract": PACKAGE, "usage": {"seat": ["2025-12-31", "2026-01-01", "2026-05-04"]}},
            6,
            2,
            4,
        ),
        ("special-phone", {"contract": SPECIAL, "hours_total": 10, "hours_used": 3}, 10, 3, 7),
        ("special-phone", {"contract": PACKAGE, "hours_used": 19}, 20, 19, 1),
        ("special-phone", {"contract": PACKAGE, "usage": {"special-phone": ["2026-03-01"]}}, 20, 1, 19),
        ("checkup-call", {"contract": SPECIAL, "used": 1}, 2, 1, 1),
    ],
)
def test_a_counter_of_seats_or_hours_stands_as_the_record_says(
    ask: str, facts: dict[str, Any], total: int, used: int, left: int
) -> None:
    policy = LIBRARY.get("mac-5")
    at = datetime(2026, 11, 23, 10, 30, tzinfo=policy.zone)
    found = allowance(policy, ask, read_facts(policy, facts), at)
    assert found == Allowance(total, used)
    assert found is not None
    assert found.left == left


@pytest.mark.parametrize(
    ("ask", "facts"),
    [
        ("seat", {"contract": IN_CYCLE, "seats_total": 5}),
        ("seat", {"contract": IN_CYCLE, "seats_used": 2}),
        ("seat", {"contract": IN_CYCLE, "seats_total": 5, "seats_used": "not_recorded"}),
        ("special-phone", {"contract": {"paid": True, "special": False}, "hours_total": 10, "hours_used": 3}),
        ("support", {"contract": IN_CYCLE, "used": 1}),
    ],
)
def test_where_it_cannot_be_told_there_is_none(ask: str, facts: dict[str, Any]) -> None:
    policy = LIBRARY.get("mac-5")
    at = datetime(2026, 11, 23, 10, 30, tzinfo=policy.zone)
    assert allowance(policy, ask, read_facts(policy, facts), at) is None


@pytest.mark.parametrize("vendor", sorted(LIBRARY.policies))
def test_every_example_within_a_quota_has_it_left(vendor: str) -> None:
    policy = LIBRARY.get(vendor)
    compared = 0
    for example in load_examples(examples_file(LIBRARY.files[vendor]), policy).examples:
        decision = decide(policy, example.ask, example.facts, example.at, example.settled)
        if decision.outcome == "quota":
            facts = {"channel": "phone", **example.facts}
            found = allowance(
                policy.as_settled(example.settled), example.ask, facts, example.at, example.settled
            )
            assert found is not None, example.name
            assert (found.total, found.left) == (
                decision.figures["quota"],
                decision.figures["remaining_before"],
            ), example.name
            compared += 1
    # two of the five count nothing
    assert compared > 0 or vendor in ("emwork", "pharmasys")
