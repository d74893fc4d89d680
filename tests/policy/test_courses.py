"""Remarks, sets of services, facts that nobody asks for, entitlements in the customer's record."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from deskui.paths import data_dir
from deskui.policy import decide, decision_to_json, read_facts
from deskui.policy.library import HolidayShelf
from deskui.policy.load import load_policy, read_policy
from deskui.policy.mutants import mutants
from deskui.policy.problems import PolicyFileError
from tests.policy.vendor import FILES

FILE = FILES / "all" / "courses.toml"
SHELF = HolidayShelf(data_dir() / "holidays")
POLICY = load_policy(FILE, SHELF)
PAID: dict[str, Any] = {"contract": {"paid": True}}
LATE: dict[str, Any] = {"contract": {"paid": False}}


def decided(ask: str, facts: dict[str, Any]) -> dict[str, Any]:
    """The decision as JSON on an ordinary Monday."""
    at = datetime.fromisoformat("2026-11-23T10:30:00").replace(tzinfo=POLICY.zone)
    return decision_to_json(decide(POLICY, ask, read_facts(POLICY, facts), at))


@pytest.mark.parametrize(
    ("ask", "facts", "expect"),
    [
        # the agreement of every service in the set, and of no other
        ("seat", {"contract": None}, {"outcome": "unavailable", "reason": "ma_required"}),
        ("visit", {"contract": {"end": "2026-11-22"}, "used": 0}, {"outcome": "unavailable"}),
        ("check", {"contract": None}, {"outcome": "quote"}),
        # how many there are: the fact of the request, else the record, else the figure as printed
        ("seat", {**PAID, "seats": 2, "seats_total": 3, "seats_used": 1}, {"quota": 3, "remaining_after": 0}),
        (
            "seat",
            {"contract": {"package": {"seats": 4}}, "seats": 2, "seats_used": 1},
            {"quota": 4, "remaining_before": 3, "remaining_after": 1},
        ),
        (
            "seat",
            {"contract": {"package": {"seats": 4}}, "seats": 2, "seats_total": 3, "seats_used": 1},
            {"quota": 3},
        ),
        ("seat", {**PAID, "seats": 2, "seats_used": 1}, {"outcome": "ask", "needs": ["seats_total"]}),
        (
            "seat",
            {"contract": {"package": "not_recorded"}, "seats": 2, "seats_used": 1},
            {"outcome": "unknown"},
        ),
        ("visit", {**PAID, "used": 0}, {"quota": 1}),
        ("visit", {"contract": {"package": {"visits": 2}}, "used": 1}, {"quota": 2, "remaining_after": 0}),
        # an entitlement to none is no riddle
        ("visit", {"contract": {"package": {"visits": 0}}, "used": 0}, {"reason": "quota_used"}),
        # how many are used: the service's own fact, else the record of use
        ("seat", {**PAID, "seats": 1, "seats_total": 3, "used": 2}, {"needs": ["seats_used"]}),
        ("seat", {**PAID, "seats": 1, "seats_total": 3, "usage": {"visit": []}}, {"remaining_before": 3}),
        ("seat", {**PAID, "seats": 1, "seats_total": 3}, {"outcome": "ask", "needs": ["seats_used"]}),
        (
            "seat",
            {**PAID, "seats": 1, "seats_total": 3, "seats_used": "not_recorded"},
            {"outcome": "unknown"},
        ),
        # what nobody can know yet is not asked about
        ("check", {}, {"outcome": "quote"}),
        ("check", {"our_fault": "not_recorded"}, {"outcome": "quote"}),
        ("check", {"our_fault": False}, {"outcome": "quote"}),
        ("check", {"our_fault": True}, {"outcome": "free"}),
        # only the answers that belong to the service count
        ("move", {}, {"outcome": "free", "needs": []}),
        ("move", {"kind": "gold"}, {"outcome": "unavailable"}),
        # one day held against another
        ("paid", {"contract": {"end": "2026-11-30"}, "paid_on": "2026-12-01"}, {"reason": "closed"}),
        (
            "paid",
            {"contract": {"start": "2026-11-02", "end": "2026-11-30"}, "paid_on": "2026-11-30"},
            {"outcome": "price"},
        ),
        (
            "paid",
            {"contract": {"start": "2026-11-02", "end": "2026-11-30"}, "paid_on": "2026-11-02"},
            {"outcome": "price"},
        ),
        (
            "paid",
            {"contract": {"start": "2026-11-02", "end": "2026-11-30"}, "paid_on": "2026-11-01"},
            {"outcome": "free"},
        ),
        ("paid", {"paid_on": "2026-11-01"}, {"outcome": "ask", "needs": ["contract", "contract.end"]}),
        ("paid", {"contract": {"end": "not_recorded"}, "paid_on": "2026-11-01"}, {"outcome": "unknown"}),
        # hours of the clock before an appointment, and before its day
        (
            "pay",
            {"course_at": "2026-11-25T09:30:00"},
            {"deadline": "2026-11-24T09:30:00+07:00", "safe_deadline": "2026-11-24T00:00:00+07:00"},
        ),
    ],
)
def test_the_decision(ask: str, facts: dict[str, Any], expect: dict[str, Any]) -> None:
    shape = decided(ask, facts)
    assert {key: shape.get(key, "absent") for key in expect} == expect


@pytest.mark.parametrize(
    ("ask", "facts", "remarked"),
    [
        ("visit", {**LATE, "used": 0}, True),
        ("visit", {**PAID, "used": 0}, False),
        # nobody said: no remark is made, and nothing is asked for its sake
        ("visit", {"contract": {}, "used": 0}, False),
        ("visit", {"contract": {"paid": "not_recorded"}, "used": 0}, False),
        ("check", LATE, False),
    ],
)
def test_a_remark_is_made_beside_the_answer(ask: str, facts: dict[str, Any], remarked: bool) -> None:
    shape = decided(ask, facts)
    assert shape["outcome"] in ("quota", "quote")
    assert ("payment_overdue" in shape["flags"]) == remarked
    assert ("CO-02" in [reason["rule"] for reason in shape["reasons"]]) == remarked
    # the rule that decided comes first
    assert shape["reasons"][0]["rule"] in ("CO-04", "CO-05")


def test_remarks_and_sets_of_services_are_mutated() -> None:
    tried = {str(mutant): mutant.asks for mutant in mutants(tomllib.loads(FILE.read_text("utf-8")))}
    both = frozenset({"seat", "visit"})
    assert tried["remark[1]: remove"] == both
    assert tried["remark[1].when.contract: remove"] == both
    assert tried["remark[1].flags[1]: remove payment_overdue"] == both
    assert tried["before[1]: remove"] == both
    assert tried["set.under_contract[1]: remove seat"] is None
    assert "service.visit.rows[1].quota.or: +1" in tried
    assert "service.seat.rows[1].quota.or: = another" not in tried
    assert "service.pay.rows[1].deadline.hours: +1" in tried


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ('["under_contract"]', '["under_contrakt"]', "remark[1].services", "the name of a service"),
        ('or = "contract.package.seats"', 'or = "nobody.seats"', "service.seat.rows[1].quota", "a fact with"),
        ("or = 1", "or = true", "service.visit.rows[1].quota", "a way to work out|a figure, or a table"),
        ('used = "seats_used"', 'used = "seats_taken"', "service.seat.rows[1].used", "a fact with"),
        ('used = "seats_used"', "used = -1", "service.seat.rows[1].used", "a whole number or the name"),
        (
            'later_than = "contract.end"',
            "later_than = 3",
            "service.paid.rows[1].when.paid_on.later_than",
            "date",
        ),
        (
            'earlier_than = "contract.start"',
            'earlier_than = "start"',
            "service.paid.rows[2].when",
            "a fact with",
        ),
        ("hours = 24 }", "hours = 2.5 }", "service.pay.rows[1].deadline", "a figure, or a table"),
        (
            "of_day = true",
            "of_night = true",
            "service.pay.rows[1].safe_deadline.of_night",
            "no such key here",
        ),
    ],
)
def test_a_slip_is_told_with_its_place(old: str, new: str, key: str, words: str) -> None:
    source = FILE.read_text("utf-8")
    assert source.count(old) >= 1
    with pytest.raises(PolicyFileError, match=words) as caught:
        read_policy(source.replace(old, new, 1), Path("courses.toml"), SHELF)
    assert key in [problem.key for problem in caught.value.problems]
