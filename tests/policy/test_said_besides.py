"""What the caller hears besides the price: all of it, what is not in it, what is late, what is asked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from deskui.paths import data_dir
from deskui.policy import Decision, FactProblem, decide, decision_to_json, read_facts
from deskui.policy.library import HolidayShelf
from deskui.policy.load import read_policy

TEXT = """
[policy]
id = "besides"
version = "1"
name = { th = "รายหนึ่ง", en = "One" }
short = { th = "B", en = "B" }
source = "made up for tests"

[calendar.day]
mon-fri = ["09:00-17:00"]

[question]
days = { kind = "count", th = "กี่วัน", en = "How many days?" }
hours = { kind = "count", fraction = true, th = "กี่ชั่วโมง", en = "How many hours?" }
machines = { kind = "count", th = "กี่เครื่อง", en = "How many machines?" }
kind = { kind = "text", th = "แบบใด", en = "Of which kind?" }
lines = { kind = "list", th = "รายการ", en = "Lines" }
notified_at = { kind = "instant", th = "แจ้งเมื่อใด", en = "When was it reported?" }

[question."contract.package.seats"]
kind = "count"
th = "กี่ที่นั่ง"
en = "How many seats?"

[question."contract.plan"]
kind = "choice"
th = "รุ่นใด"
en = "Which plan?"
choices = [
  { value = "Gold", key = "g", th = "ทอง", en = "Gold" },
  { value = "Tin", key = "t", th = "ดีบุก", en = "Tin" },
]

[service.course]
th = "อบรม"
en = "Course"
staffed = false
[[service.course.rows]]
rule = "B-1"
then = "charge"
amount = 4000
times = ["days"]
extras = ["travel", "accommodation"]

[service.own]
th = "อบรม"
en = "Own"
staffed = false
[[service.own.rows]]
rule = "B-1"
then = "charge"
amount = 4000
times = ["days"]
say = { th = "ทั้งหมด {total} บาท{particle}", en = "All of it: {total} baht." }

[service.visit]
th = "เข้าพบ"
en = "Visit"
staffed = false
[[service.visit.rows]]
rule = "B-1"
then = "quota"
quota = 1
used = 0
overtime_amount = { each = 0, plus = { each = 300, of = "hours", after = 4 } }

[service.far]
th = "ไกล"
en = "Far"
staffed = false
[[service.far.rows]]
rule = "B-1"
then = "quote"
refer_to = "sales"
extras = ["travel"]

[service.cancel]
th = "ยกเลิก"
en = "Cancel"
staffed = false
[[service.cancel.rows]]
rule = "B-1"
then = "penalty"
deduct_hours = { fact = "hours" }

[service.plan]
th = "รุ่น"
en = "Plan"
staffed = false
[[service.plan.rows]]
rule = "B-1"
when = { contract = { plan = "Gold" } }
then = "free"

[service.seat]
th = "ที่นั่ง"
en = "Seat"
staffed = false
[[service.seat.rows]]
rule = "B-1"
then = "quota"
quota = { fact = "contract.package.seats" }
used = 0

[service.order]
th = "สั่ง"
en = "Order"
staffed = false
[[service.order.rows]]
rule = "B-1"
then = "price"
amount = { table = "fee", of = "lines", row = "machines", column = "kind", give = "total" }

[service.repair]
th = "ซ่อม"
en = "Repair"
staffed = false
[[service.repair.rows]]
rule = "B-1"
then = "deadline"
deadline = { target = "due" }
state = { target = "state" }
targets = [{ kind = "resolution", work = "8h", calendar = "day", starts = "notified_at" }]

[service.setup]
th = "ตั้งค่า"
en = "Setup"
staffed = false
[[service.setup.rows]]
rule = "B-1"
then = "charge"
amount = 1500
callback_minutes = 30
callback_by = { target = "due" }
targets = [{ kind = "callback", work = "30m", calendar = "day" }]

[table.fee]
bands = [{ from = 1, a = 10 }]

[rule]
B-1 = ["1", "ข้อหนึ่ง", "One."]
"""
NOON = "2026-11-23T12:00:00"


def decided(ask: str, facts: dict[str, Any], at: str = NOON) -> Decision:
    policy = read_policy(TEXT, Path("besides.toml"), HolidayShelf(data_dir() / "holidays"))
    moment = datetime.fromisoformat(at).replace(tzinfo=policy.zone)
    return decide(policy, ask, read_facts(policy, facts), moment)


@pytest.mark.parametrize(
    ("ask", "facts", "en", "th"),
    [
        (
            "course",
            {"days": 2},
            "Course: that costs 4,000 baht. That is 8,000 baht in all. Not included: travel, accommodation.",
            "อบรม มีค่าบริการ 4,000 บาทครับ รวมทั้งหมด 8,000 บาทครับ ยังไม่รวมค่าเดินทาง, ค่าที่พักครับ",
        ),
        (
            "course",
            {"days": 1},
            "Course: that costs 4,000 baht. Not included: travel, accommodation.",
            "อบรม มีค่าบริการ 4,000 บาทครับ ยังไม่รวมค่าเดินทาง, ค่าที่พักครับ",
        ),
        (
            "setup",
            {},
            "Setup: that costs 1,500 baht. We will call you back by Monday 23 November 2026 at 12:30.",
            "ตั้งค่า มีค่าบริการ 1,500 บาทครับ จะโทรกลับภายในวันจันทร์ที่ 23 พฤศจิกายน 2569 เวลา 12:30 น. ครับ",
        ),
        ("own", {"days": 2}, "All of it: 8,000 baht.", "ทั้งหมด 8,000 บาทครับ"),
        (
            "visit",
            {"hours": 5.5},
            "Visit: this is number 1 of 1 in your entitlement; 0 left after it. Overtime is 600 baht.",
            "เข้าพบ เป็นการใช้สิทธิ์ครั้งที่ 1 จาก 1 หลังจากนี้เหลืออีก 0 ครั้งครับ มีค่าล่วงเวลา 600 บาทครับ",
        ),
        (
            "visit",
            {"hours": 4},
            "Visit: this is number 1 of 1 in your entitlement; 0 left after it.",
            "เข้าพบ เป็นการใช้สิทธิ์ครั้งที่ 1 จาก 1 หลังจากนี้เหลืออีก 0 ครั้งครับ",
        ),
        (
            "far",
            {},
            "Far: that is quoted case by case; I will pass it to the sales department to call you back.",
            "ไกล ต้องเสนอราคาเป็นกรณีไป ขอส่งเรื่องให้ฝ่ายขายติดต่อกลับครับ",
        ),
        (
            "order",
            {"lines": [{"machines": 3}]},
            "May I ask: Of which kind?",
            "ขอข้อมูลเพิ่มอีกนิดครับ แบบใด",
        ),
    ],
)
def test_the_caller_hears_all_that_it_costs(ask: str, facts: dict[str, Any], en: str, th: str) -> None:
    said = decided(ask, facts).say.spoken("ครับ")
    assert (said.en, said.th) == (en, th)


@pytest.mark.parametrize(
    ("at", "begins"),
    [
        ("2026-11-24T12:00:00", "I have noted it; it will be done by Tuesday 24 November 2026 at 12:00."),
        ("2026-11-24T12:00:01", "This was due by Tuesday 24 November 2026 at 12:00 and is late;"),
    ],
)
def test_what_is_late_is_not_promised_for_a_time_that_has_passed(at: str, begins: str) -> None:
    assert decided("repair", {"notified_at": NOON}, at).say.en.startswith(begins)


def test_a_plan_is_known_in_capitals_or_not_and_half_an_hour_stays() -> None:
    assert decided("plan", {"contract": {"plan": "gOLD"}}).outcome == "free"
    assert decided("plan", {"contract": {"plan": "Golden"}}).outcome == "unknown"
    assert decision_to_json(decided("cancel", {"hours": 1.5}))["deduct_hours"] == 1.5
    assert decision_to_json(decided("cancel", {"hours": 2.0}))["deduct_hours"] == 2


@pytest.mark.parametrize(
    ("seats", "why"), [(-5, "0 or more"), (2.5, "a whole number"), ("x", "a whole number")]
)
def test_what_a_package_gives_is_read_as_strictly_as_an_answer(seats: object, why: str) -> None:
    with pytest.raises(FactProblem, match=why):
        decided("seat", {"contract": {"package": {"seats": seats}}})


def test_what_a_package_gives_may_be_left_open() -> None:
    assert decided("seat", {"contract": {"package": {"seats": 3}}}).figures["remaining_before"] == 3
    assert decided("seat", {"contract": {"package": {"seats": "not_recorded"}}}).outcome == "unknown"
