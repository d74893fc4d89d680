"""Whole numbers and parts, what holds when nobody said, satang, and sentences for several units."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from deskui.paths import data_dir
from deskui.policy import Decision, PolicyFileError, decide, decision_to_json, read_facts
from deskui.policy.facts import read_instant
from deskui.policy.library import HolidayShelf
from deskui.policy.load import read_policy
from deskui.policy.money import in_satang

TEXT = """
[policy]
id = "fine"
version = "1"
name = { th = "รายหนึ่ง", en = "One" }
short = { th = "F", en = "F" }
source = "made up for tests"

[calendar.day]
mon-fri = ["09:00-17:00"]

[question.hours]
kind = "count"
fraction = true
th = "กี่ชั่วโมง"
en = "How many hours?"

[question.ours]
kind = "yes_no"
th = "ของเราหรือไม่"
en = "Is it ours?"

[question.list_price]
kind = "money"
th = "ราคาเท่าใด"
en = "What is the price?"

[question.forms]
kind = "count"
th = "กี่แบบ"
en = "How many forms?"
unit = { th = "แบบ", en = "forms" }

[service.visit]
th = "เข้าพบ"
en = "Visit"
staffed = false
rows = [
  { rule = "FP-01", when = { hours = { whole = false } }, then = "quote", refer_to = "sales" },
  { rule = "FP-01", when = { hours = { whole = true } }, then = "free" },
]

[service.fix]
th = "ซ่อม"
en = "Repair"
staffed = false
rows = [
  { rule = "FP-01", when = { ours = { not = true, unsaid = true } }, then = "quote", refer_to = "sales" },
  { rule = "FP-01", then = "free" },
]

[service.renew]
th = "ต่ออายุ"
en = "Renewal"
staffed = false
rows = [{ rule = "FP-01", then = "price", amount = { percent = 20, of = "list_price" } }]

[service.ask-first]
th = "ถามก่อน"
en = "Ask first"
staffed = false
[[service.ask-first.rows]]
rule = "FP-01"
then = "unknown"
hint = { likely = "charge", amount = { percent = 20, of = "list_price" }, ask = "supervisor" }

[service.layout]
th = "แต่งแบบ"
en = "Layout"
staffed = false
[[service.layout.rows]]
rule = "FP-01"
then = "quota"
quota = 4
units = "forms"
over = { rule = "FP-01", then = "charge", amount = { each = 10, per = "forms" } }

[service.channel]
th = "ช่องทาง"
en = "Channel"
staffed = false
call = false
rows = [{ rule = "FP-01", then = "channel", channel_open = { open = "day" } }]

[rule.FP-01]
clause = "1"
th = "ข้อหนึ่ง"
en = "One."
"""
SHELF = HolidayShelf(data_dir() / "holidays")
POLICY = read_policy(TEXT, Path("fine.toml"), SHELF)


def decided(ask: str, facts: dict[str, Any], at: str = "2026-11-23T10:30:00") -> Decision:
    moment = datetime.fromisoformat(at).replace(tzinfo=POLICY.zone)
    return decide(POLICY, ask, read_facts(POLICY, facts), moment)


@pytest.mark.parametrize(
    ("hours", "outcome"), [(5, "free"), (5.0, "free"), (5.5, "quote"), (4.01, "quote"), (0, "free")]
)
def test_a_part_is_told_from_a_whole_number(hours: float, outcome: str) -> None:
    assert decided("visit", {"hours": hours}).outcome == outcome


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({}, "quote"),
        ({"ours": "not_recorded"}, "quote"),
        ({"ours": False}, "quote"),
        ({"ours": True}, "free"),
    ],
)
def test_what_nobody_said_is_taken_as_the_row_says_and_not_asked(facts: dict[str, Any], outcome: str) -> None:
    assert decided("fix", facts).outcome == outcome


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("whole = false", 'whole = "no"', "service.visit.rows[1].when.hours.whole"),
        ("unsaid = true", "unsaid = 1", "service.fix.rows[1].when.ours.unsaid"),
    ],
)
def test_a_slip_is_told_with_its_place(old: str, new: str, key: str) -> None:
    with pytest.raises(PolicyFileError) as caught:
        read_policy(TEXT.replace(old, new), Path("fine.toml"), SHELF)
    assert [problem.key for problem in caught.value.problems] == [key]


@pytest.mark.parametrize(
    ("price", "amount", "words"),
    [
        (33.33, 6.67, "6.67"),
        (100.025, 20.01, "20.01"),
        (0.1, 0.02, "0.02"),
        (0.01, 0.01, "0.01"),
        (25000, 5000, "5,000"),
        (1234.5, 246.9, "246.90"),
    ],
)
def test_the_amount_said_is_the_amount_kept(price: float, amount: float, words: str) -> None:
    decision = decided("renew", {"list_price": price})
    assert decision_to_json(decision)["amount"] == amount
    assert words in decision.say.th
    assert words in decision.say.en
    assert decision_to_json(decided("ask-first", {"list_price": price}))["hint"]["amount"] == amount


def test_only_money_is_rounded_and_no_amount_is_too_long() -> None:
    long = Decimal("1" * 40 + ".005")
    figures = {"amount": long, "percent": Decimal("7.125"), "total": Decimal("1E+40")}
    assert in_satang(figures) == {**figures, "amount": Decimal("1" * 40 + ".01")}


@pytest.mark.parametrize(
    ("forms", "used", "th", "en"),
    [
        (1, 0, "ใช้สิทธิ์แบบที่ 1 จาก 4 หลังจากนี้เหลืออีก 3 แบบ", "number 1 of 4 in your entitlement; 3 left after it"),
        (3, 0, "ใช้สิทธิ์ 3 จากที่เหลือ 4 แบบ หลังจากนี้เหลืออีก 1 แบบ", "uses 3 of the 4 forms left; 1 left after it"),
        (2, 2, "ใช้สิทธิ์ 2 จากที่เหลือ 2 แบบ หลังจากนี้เหลืออีก 0 แบบ", "uses 2 of the 2 forms left; 0 left after it"),
        (
            2,
            3,
            "เหลือสิทธิ์ 1 แบบ ส่วนที่เกินอีก 1 แบบ",
            "(forms): 1 within your entitlement; 1 beyond it, from 10 baht",
        ),
        (
            4,
            2,
            "เหลือสิทธิ์ 2 แบบ ส่วนที่เกินอีก 2 แบบ",
            "(forms): 2 within your entitlement; 2 beyond it, from 20 baht",
        ),
    ],
)
def test_units_are_said_as_they_are_taken(forms: int, used: int, th: str, en: str) -> None:
    say = decided("layout", {"forms": forms, "used": used}).say
    assert th in say.th
    assert en in say.en


def test_open_and_closed_are_said_apart() -> None:
    assert "open now" in decided("channel", {}).say.en
    closed = decided("channel", {}, "2026-11-23T17:00:00").say
    assert "closed now" in closed.en
    assert "ปิด" in closed.th


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2569-11-23T10:30", "2026-11-23T10:30:00+07:00"),
        ("2563-02-29T08:00:00+07:00", "2020-02-29T08:00:00+07:00"),
        ("2569-11-23T03:30:00Z", "2026-11-23T10:30:00+07:00"),
        ("2026-11-23T10:30", "2026-11-23T10:30:00+07:00"),
    ],
)
def test_an_instant_may_be_of_either_era(given: str, iso: str) -> None:
    assert read_instant(given, POLICY.zone).isoformat() == iso


@pytest.mark.parametrize("given", ["2569-02-29T10:30", "2399-11-23T10:30", "9999-11-23T10:30"])
def test_an_instant_of_no_day_or_of_an_odd_year_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match=r"no instant|is in the year"):
        read_instant(given, POLICY.zone)
