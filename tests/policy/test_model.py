"""One model for every vendor: a made-up one that uses each way the format has of saying something."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from deskui.paths import data_dir
from deskui.policy import Decision, decide, decision_to_json, read_facts
from deskui.policy.library import HolidayShelf
from deskui.policy.load import load_policy
from tests.policy.vendor import FILES

POLICY = load_policy(FILES / "all" / "everything.toml", HolidayShelf(data_dir() / "holidays"))
MONDAY = "2026-11-23T10:30:00"
GOLD: dict[str, Any] = {"contract": {"plan": "Gold", "paid": True}}
SILVER: dict[str, Any] = {"contract": {"plan": "Silver", "paid": True}}
NONE: dict[str, Any] = {"contract": {"plan": "none", "paid": True}}
CYCLE: dict[str, Any] = {"contract": {"start": "2026-03-01", "end": "2027-02-28"}}


def decided(
    ask: str, facts: dict[str, Any], at: str = MONDAY, settled: dict[str, str] | None = None
) -> Decision:
    instant = datetime.fromisoformat(at).replace(tzinfo=POLICY.zone)
    return decide(POLICY, ask, read_facts(POLICY, facts), instant, settled)


def check(ask: str, facts: dict[str, Any], expect: dict[str, Any], at: str = MONDAY, **settled: str) -> None:
    """The decision as JSON has every figure of `expect`; "absent" for one that must not be there."""
    shape = decision_to_json(decided(ask, facts, at, settled))
    assert {key: shape.get(key, "absent") for key in expect} == expect


@pytest.mark.parametrize(
    ("ask", "facts", "expect"),
    [
        # tiers by plan, callbacks in minutes of working time
        ("advice", GOLD, {"outcome": "callback", "callback_minutes": 15, "queue": "hotline"}),
        ("advice", GOLD, {"callback_by": "2026-11-23T10:45:00+07:00"}),
        ("advice", SILVER, {"callback_by": "2026-11-23T12:00:00+07:00"}),
        ("advice", NONE, {"outcome": "unavailable", "redirect": "email"}),
        ("advice", {"contract": None}, {"outcome": "unavailable", "reason": "email_only"}),
        (
            "advice",
            {"contract": {"plan": "Gold", "paid": False}},
            {"outcome": "unavailable", "reason": "suspended_non_payment"},
        ),
        # a plan that is missing inside an agreement
        ("advice", {"contract": {"paid": True}}, {"outcome": "ask", "needs": ["contract.plan"]}),
        ("advice", {"contract": {"plan": "Gold"}}, {"outcome": "ask", "needs": ["contract.paid"]}),
        ("advice", {}, {"outcome": "ask", "needs": ["contract", "contract.paid", "contract.plan"]}),
        ("advice", {"contract": {"paid": True, "plan": "not_recorded"}}, {"outcome": "unknown"}),
        # by the end of the n-th working day; 26 November is a day of the vendor's own
        ("check", GOLD, {"outcome": "free", "result_by": "2026-11-24T17:30:00+07:00"}),
        ("check", SILVER, {"result_by": "2026-11-27T17:30:00+07:00"}),
        # a discount on a list price, or on the printed range without one
        ("check", {**SILVER, "list_price": 2000}, {"percent": 20, "list_price": 2000, "amount": 1600}),
        (
            "check",
            SILVER,
            {"amount_min": 800, "amount_max": 2400, "list_price_min": 1000, "amount": "absent"},
        ),
        ("check", {**SILVER, "list_price": "not_recorded"}, {"outcome": "discount", "amount_max": 2400}),
        ("check", NONE, {"outcome": "unknown", "hint": {"likely": "not_free"}}),
        # bands, each with its own counter; nothing said of beyond it
        (
            "visit",
            {**GOLD, "province": "Bangkok", "used": 1},
            {"outcome": "quota", "quota": 2, "remaining_before": 1, "remaining_after": 0, "band": "city"},
        ),
        (
            "visit",
            {**GOLD, "province": "กรุงเทพฯ", "used": 2},
            {"outcome": "unavailable", "reason": "quota_used", "over_quota": True, "consumes": "absent"},
        ),
        (
            "visit",
            {**GOLD, "province": "Pathum Thani", "used": 0},
            {"consumes": {"counter": "visit-near", "units": 1, "period": None}, "extras": ["travel"]},
        ),
        (
            "visit",
            {**GOLD, "province": "Pathum Thani", "used": 2},
            {"outcome": "unknown", "hint": {"amount": 4500}, "over_quota": True},
        ),
        (
            "visit",
            {**GOLD, "province": "Loei", "km": 500, "modules": ["pay", "time", "more"]},
            {"outcome": "discount", "amount": 11900, "extras": ["travel", "accommodation"], "band": "far"},
        ),
        (
            "visit",
            {**GOLD, "province": "Loei", "km": 500, "modules": ["pay"]},
            {"outcome": "charge", "amount": 14000},
        ),
        (
            "visit",
            {**SILVER, "province": "Loei", "km": 200, "days": 2},
            {"outcome": "charge", "amount": 9000, "band": "near"},
        ),
        (
            "visit",
            {**SILVER, "province": "Loei", "km": 200.5, "days": 2},
            {"amount": 14000, "band": "far"},
        ),
        # a price per tier, times days and people
        ("course", {**SILVER, "days": 2, "persons": 3}, {"amount": 1600, "total": 9600, "percent": 20}),
        ("course", {**NONE, "days": 2, "persons": 3}, {"outcome": "charge", "amount": 4000, "total": 24000}),
        ("course", {**NONE, "days": 2}, {"outcome": "ask", "needs": ["persons"]}),
        # a quota from the agreement, in units, with nothing beyond
        (
            "seats",
            {"contract": {"seats": 5}, "persons": 3, "used": 2},
            {"quota": 5, "remaining_before": 3, "remaining_after": 0, "overflow_units": "absent"},
        ),
        (
            "seats",
            {"contract": {"seats": 5}, "persons": 4, "used": 2},
            {"remaining_after": 0, "overflow_units": 1, "overflow_amount_from": "absent"},
        ),
        (
            "seats",
            {"contract": {"seats": 5}, "persons": 1, "used": 5},
            {"outcome": "unavailable", "reason": "quota_used"},
        ),
        ("seats", {"contract": {}, "persons": 1, "used": 0}, {"outcome": "ask", "needs": ["contract.seats"]}),
        ("seats", {"contract": None, "persons": 1, "used": 0}, {"outcome": "unknown"}),
        # what nobody recorded, asked for by name or tested by the row
        ("pack", {"pack": "not_recorded"}, {"outcome": "quote", "refer_to": "sales"}),
        ("pack", {"pack": "small"}, {"outcome": "free"}),
        ("pack-strict", {"pack": "not_recorded"}, {"outcome": "unknown", "hint": {"ask": "package"}}),
        # limits of days, and of months and days; the first day is not counted
        ("book", {"first_service": "2026-05-27"}, {"outcome": "allowed", "last_day": "2026-11-23"}),
        ("book", {"first_service": "2026-05-26"}, {"outcome": "unavailable", "last_day": "2026-11-22"}),
        ("book", {"first_service": "2026-07-08"}, {"limit_day": "2026-11-23"}),
        ("book", {"first_service": "2026-10-31"}, {"limit_day": "2027-03-15"}),
        # working days from today and from a fact
        ("slot", {"payment_date": "2026-11-25"}, {"earliest_date": "2026-11-25", "next_date": "2026-11-27"}),
        # in the same calendar month, in either era
        (
            "carry",
            {"ma_signed": "2026-11-01", "warranty_end": "30/11/2569", "left": 3},
            {"outcome": "carry_over", "allowed": True, "carried": 3},
        ),
        (
            "carry",
            {"ma_signed": "2026-10-31", "warranty_end": "2026-11-30"},
            {"allowed": False, "carried": 0},
        ),
        ("carry", {"ma_signed": "2025-11-30", "warranty_end": "2026-11-30"}, {"allowed": False}),
        # started months left in a cycle
        (
            "pro-rata",
            {**CYCLE, "annual_price": 12000, "payment_date": "2026-11-23"},
            {"amount": 4000, "months": 4, "service_start": "2026-11-23", "service_end": "2027-02-28"},
        ),
        ("pro-rata", {**CYCLE, "annual_price": 12000, "payment_date": "2026-12-01"}, {"amount": 3000}),
        ("pro-rata", {**CYCLE, "annual_price": 12000, "payment_date": "2027-02-28"}, {"amount": 1000}),
        ("pro-rata", {**CYCLE, "annual_price": 12000, "payment_date": "2027-03-01"}, {"outcome": "unknown"}),
        (
            "pro-rata",
            {"annual_price": 12000, "payment_date": "2026-11-23"},
            {"outcome": "ask", "needs": ["contract", "contract.start"]},
        ),
        # price tables: bands, lost cells, counts outside them
        ("ma", {"machines": 5, "edition": "client"}, {"amount": 5700, "per_machine": 1140}),
        ("ma", {"machines": 6, "edition": "std"}, {"amount": 8640}),
        ("ma", {"machines": 10, "edition": "std"}, {"amount": 14400}),
        ("ma", {"machines": 200, "edition": "client"}, {"amount": 204000}),
        ("ma", {"machines": 6, "edition": "client"}, {"outcome": "unknown", "hint": {"pattern": 1080}}),
        ("ma", {"machines": 1, "edition": "std"}, {"outcome": "unknown", "amount": "absent"}),
        ("ma", {"machines": 3, "edition": "pro"}, {"outcome": "unknown"}),
        ("fee", {"list_price": 100}, {"amount": 12.5}),
        # one machine's own agreement
        ("reinstall", {"machine": {"ma": True}}, {"outcome": "free"}),
        ("reinstall", {"machine": {"ma": False}}, {"outcome": "unavailable"}),
        ("reinstall", {"machine": None}, {"outcome": "unavailable", "redirect": "register_machine_free"}),
        ("reinstall", {"machine": {"ma_start": "2026-01-01", "ma_end": "2026-11-23"}}, {"outcome": "free"}),
        ("reinstall", {"machine": {"ma": True, "ma_end": "2026-11-22"}}, {"outcome": "unavailable"}),
        ("reinstall", {"machine": {}}, {"outcome": "ask", "needs": ["machine.ma"]}),
        ("reinstall", {"machine": {"ma": "not_recorded"}}, {"outcome": "unknown"}),
    ],
)
def test_the_decision(ask: str, facts: dict[str, Any], expect: dict[str, Any]) -> None:
    check(ask, facts, expect)


@pytest.mark.parametrize(
    ("appointment", "settled", "outcome"),
    [
        ("2026-11-24T10:30:01", {}, "allowed"),
        ("2026-11-24T10:30:00", {}, "allowed"),
        ("2026-11-24T10:29:59", {}, "penalty"),
        ("2026-11-24T10:30:01", {"last_hour": "strict"}, "allowed"),
        ("2026-11-24T10:30:00", {"last_hour": "strict"}, "penalty"),
        ("2026-11-22T10:30:00", {}, "penalty"),
    ],
)
def test_a_stretch_of_wall_clock_time_and_a_reading_settled_both_ways(
    appointment: str, settled: dict[str, str], outcome: str
) -> None:
    facts = {"appointment_at": appointment, "booked_hours": 3}
    flags = [] if settled else ["interpretation"]
    check("cancel", facts, {"outcome": outcome, "flags": flags}, **settled)
    if outcome == "penalty":
        check("cancel", facts, {"deduct_hours": 3}, **settled)


@pytest.mark.parametrize(
    ("at", "amount"),
    [
        ("2026-11-30T23:59:59", 100),
        ("2026-12-01T00:00:00", 120),
    ],
)
def test_rows_hold_from_and_to_their_days(at: str, amount: int) -> None:
    check("dated", {}, {"outcome": "price", "amount": amount}, at)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-23T17:29:59", False),
        ("2026-11-23T17:30:00", True),
        ("2026-11-23T21:59:59", True),
        ("2026-11-23T22:00:00", False),
        ("2026-12-07T08:30:00", True),  # the hours kept on a holiday
        ("2026-11-26T08:29:59", False),
        (
            "2026-11-26T08:30:00",
            True,
        ),  # and on a day of the vendor's own, which is in the calendar of the gate
        ("2026-12-10T10:00:00", False),  # a holiday on which it works all the same
        ("2026-11-29T08:30:00", True),
    ],
)
def test_a_second_calendar_has_its_own_hours(at: str, is_open: bool) -> None:
    check("window", {}, {"outcome": "channel", "channel_open": is_open}, at)


@pytest.mark.parametrize(
    ("at", "outcome"),
    [
        ("2026-11-26T10:00:00", "defer"),  # closed on a day of its own, which is said
        ("2026-12-07T10:00:00", "unknown"),  # a holiday of which the terms do not speak
        ("2026-12-10T10:00:00", "callback"),  # a holiday on which it works all the same
        ("2026-11-28T14:59:00", "callback"),
        ("2026-11-28T12:30:00", "defer"),
        ("2026-11-29T10:00:00", "unknown"),
    ],
)
def test_the_gate_knows_days_of_its_own(at: str, outcome: str) -> None:
    check("advice", GOLD, {"outcome": outcome}, at)


def test_a_target_runs_in_its_own_calendar() -> None:
    check("advice", GOLD, {"callback_by": "2026-11-28T13:05:00+07:00"}, "2026-11-28T11:50:00")
    (target,) = decided("advice", GOLD).targets
    assert (target.kind, target.rule, target.calendar) == ("callback", "EV-04", "desk")


def test_a_queue_is_ranked_and_ties_go_by_its_facts() -> None:
    tickets = [
        {"id": "late", "plan": "Silver", "votes": 3, "received_at": "2026-11-23T10:00:00+07:00"},
        {"id": "gold", "plan": "Gold"},
        {"id": "out", "plan": "Gold", "in_scope": False},
        {"id": "none"},
        {"id": "early", "plan": "Silver", "votes": 3, "received_at": "2026-11-23T02:59:59+00:00"},
        {"id": "wanted", "plan": "Silver", "votes": 10},
    ]
    check(
        "queue",
        {"tickets": tickets},
        {"outcome": "order", "order": ["gold", "wanted", "early", "late", "none"], "rejected": ["out"]},
    )


def test_a_queue_that_is_no_list_of_tickets_is_unknown() -> None:
    check("queue", {"tickets": ["gold"]}, {"outcome": "unknown"})
    check("queue", {"tickets": None}, {"outcome": "order", "order": []})


def test_prices_with_vat_stated_carry_no_remark() -> None:
    assert "vat_not_stated" not in decided("fee", {"list_price": 100}).flags


def test_what_would_make_it_free_and_who_may_grant_it() -> None:
    decision = decided("check", NONE)
    assert decision.granted_by is not None
    assert [miss.rule for miss in decision.runners_up] == ["EV-05", "EV-05"]


def test_the_cover_is_named_or_unknown() -> None:
    at = datetime.fromisoformat(MONDAY).replace(tzinfo=POLICY.zone)
    assert POLICY.cover_text({"contract": {"plan": "Gold"}}, at).en == "agreement"
    assert POLICY.cover_text({"contract": None}, at).en == "no agreement"
    assert POLICY.cover_text({}, at).en == "plan unknown"
    assert POLICY.cover_text({"contract": {"plan": "Bronze"}}, at).en == "plan unknown"
