"""Which window it is, the day that was asked for, another counter, and what holds when nobody said."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskui.paths import data_dir
from deskui.policy import PolicyFileError, decide, decision_to_json, read_facts
from deskui.policy.library import HolidayShelf
from deskui.policy.load import read_policy

MONDAY = "2026-11-23T10:30:00"
TEXT = """
[policy]
id = "days"
version = "1"
name = { th = "รายหนึ่ง", en = "One" }
short = { th = "D", en = "D" }
source = "made up for tests"

[calendar.day]
mon-fri = ["08:30-17:30"]
holidays = "th-private"

[calendar.night]
mon-fri = ["17:30-22:00"]
sat-sun = ["08:30-22:00"]
holidays = "th-private"
holiday_hours = ["08:30-22:00"]

[gate]
calendar = "day"
closed = ["DW-01"]

[[remark]]
rule = "DW-01"
services = ["visit"]
when = { used = { city = { min = 1 }, country = { min = 1 } } }
flags = ["both_counters_used"]

[question.requested_date]
kind = "date"
th = "วันใด"
en = "Which day?"

[question.course]
kind = "choice"
default = "custom"
th = "หลักสูตรใด"
en = "Which course?"
choices = [
  { value = "standard", key = "s", th = "ก", en = "a" },
  { value = "custom", key = "c", th = "ข", en = "b" },
]

[question.modules]
kind = "list"
th = "โมดูลใด"
en = "Which modules?"

[service.window]
th = "ช่วงเวลา"
en = "Window"
staffed = false
rows = [{ rule = "DW-01", then = "window", window = { fact = "at.window" } }]

[service.friday]
th = "วันศุกร์"
en = "Fridays"
staffed = false
rows = [
  { rule = "DW-01", when = { requested_date = { weekday = "fri", workday = true } }, then = "free" },
  { rule = "DW-01", then = "defer", until = "fri", after = "requested_date" },
]

[service.later]
th = "ภายหลัง"
en = "Later"
staffed = false
rows = [{ rule = "DW-01", then = "defer", until = "open-ended", reason = "after_ma_customers" }]

[service.course]
th = "อบรม"
en = "Course"
staffed = false
rows = [
  { rule = "DW-01", when = { course = "standard" }, then = "free" },
  { rule = "DW-01", when = { modules = { has = ["Time Attendance"] } }, then = "charge", amount = 100 },
  { rule = "DW-01", then = "charge", amount = 200 },
]

[service.visit]
th = "เข้าพบ"
en = "Visit"
staffed = false
rows = [
  { rule = "DW-01", when = { course = "standard" }, then = "quota", quota = 2, counter = "city" },
  { rule = "DW-01", then = "quota", quota = 2, counter = "country" },
]

[rule.DW-01]
clause = "§1"
th = "ข้อ 1"
en = "Rule 1."
"""
SHELF = HolidayShelf(data_dir() / "holidays")
POLICY = read_policy(TEXT, Path("days.toml"), SHELF)


def decided(ask: str, facts: dict[str, Any], at: str = MONDAY) -> dict[str, Any]:
    instant = datetime.fromisoformat(at).replace(tzinfo=POLICY.zone)
    return decision_to_json(decide(POLICY, ask, read_facts(POLICY, facts), instant))


@pytest.mark.parametrize(
    ("at", "window"),
    [
        ("2026-11-23T08:29:59", "closed"),
        ("2026-11-23T08:30:00", "day"),
        ("2026-11-23T17:29:59", "day"),
        ("2026-11-23T17:30:00", "night"),
        ("2026-11-23T22:00:00", "closed"),
        ("2026-11-28T08:30:00", "night"),
        ("2026-12-10T10:30:00", "night"),
    ],
)
def test_the_window_is_the_first_calendar_that_is_open(at: str, window: str) -> None:
    assert decided("window", {}, at)["window"] == window


OWN_DAYS = 'holidays = "th-private"\nclosed = [2026-11-24]\nopen = [2026-12-10]\n\n[calendar.night]'
WITH_OWN_DAYS = TEXT.replace('holidays = "th-private"\n\n[calendar.night]', OWN_DAYS, 1)
WATCH = '[calendar.watch]\nmon-sun = ["06:00-24:00"]\n\n[gate]'


@pytest.mark.parametrize(
    ("at", "window"),
    [
        ("2026-11-24T08:29:59", "watch"),
        ("2026-11-24T08:30:00", "night"),  # closed by the vendor itself: the hours of a holiday
        ("2026-11-25T08:30:00", "day"),
        ("2026-12-10T08:30:00", "day"),  # a holiday on which it works
        ("2026-12-07T08:30:00", "night"),
    ],
)
def test_the_days_of_the_vendors_own_hold_for_every_calendar_with_holidays(at: str, window: str) -> None:
    policy = read_policy(WITH_OWN_DAYS.replace("[gate]", WATCH, 1), Path("days.toml"), SHELF)
    instant = datetime.fromisoformat(at).replace(tzinfo=policy.zone)
    assert decide(policy, "window", {}, instant).figures["window"] == window
    # what knows no holidays has no days off either
    assert policy.calendar("watch").is_open(instant)


def test_days_from_one_week_into_the_next_are_days() -> None:
    nights = 'mon-fri = ["17:30-22:00"]\nsat-sun = ["08:30-22:00"]'
    assert nights in TEXT
    policy = read_policy(TEXT.replace(nights, 'fri-mon = ["19:00-22:00"]'), Path("days.toml"), SHELF)
    assert sorted(policy.calendars["night"].weekly) == ["fri", "mon", "sat", "sun"]


@pytest.mark.parametrize("key", ["closed", "open"])
def test_a_day_in_another_calendar_is_sent_to_that_of_the_gate(key: str) -> None:
    told = TEXT.replace("holiday_hours", f"{key} = [2026-11-24]\nholiday_hours", 1)
    with pytest.raises(PolicyFileError) as error:
        read_policy(told, Path("days.toml"), SHELF)
    assert str(error.value).startswith(f"days.toml:17: calendar.night.{key}: found [2026-11-24], expected ")
    assert "these days in [calendar.day], the calendar of [gate]" in str(error.value)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-27T21:59:59", False),
        ("2026-11-27T22:00:00", True),
        ("2026-11-28T01:59:59", True),
        ("2026-11-28T02:00:00", False),
        ("2026-12-05T01:00:00", False),  # the hours after midnight are those of the holiday
    ],
)
def test_hours_past_midnight_are_written_on_both_days(at: str, is_open: bool) -> None:
    nights = 'fri = ["22:00-24:00"]\nsat = ["00:00-02:00"]'
    policy = read_policy(TEXT.replace('mon-fri = ["08:30-17:30"]', nights, 1), Path("days.toml"), SHELF)
    instant = datetime.fromisoformat(at).replace(tzinfo=policy.zone)
    assert policy.calendar("day").is_open(instant) == is_open
    friday = datetime(2026, 11, 27, 23, 30, tzinfo=policy.zone)
    assert policy.calendar("day").deadline(friday, timedelta(hours=1)).isoformat()[:16] == "2026-11-28T00:30"


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ("2026-11-27", None),
        ("2026-11-26", "2026-11-27T08:30:00+07:00"),
        ("2026-11-28", "2026-12-04T08:30:00+07:00"),
        # 1 January is a Friday and a holiday, so is Thursday 31 December
        ("2027-01-01", "2027-01-08T08:30:00+07:00"),
        ("2026-12-31", "2027-01-08T08:30:00+07:00"),
        # a day that is over is waited for from today
        ("2026-11-18", "2026-11-27T08:30:00+07:00"),
    ],
)
def test_a_wait_is_counted_from_the_day_that_was_asked_for(asked: str, until: str | None) -> None:
    found = decided("friday", {"requested_date": asked})
    assert (found["outcome"], found.get("until")) == ("free" if until is None else "defer", until)


def test_a_wait_may_have_no_end_that_anybody_knows() -> None:
    found = decided("later", {})
    assert (found["outcome"], found["until"], found["reason"]) == ("defer", None, "after_ma_customers")
    # nothing is taken from a quota, and it is not the hours that make it wait
    assert [reason["rule"] for reason in found["reasons"]] == ["DW-01", "X-12"]


def test_what_the_terms_take_for_granted_is_not_asked_about() -> None:
    assert decided("course", {"modules": []})["amount"] == 200
    assert decided("course", {"course": "standard"})["outcome"] == "free"
    assert decided("course", {"course": None, "modules": []})["amount"] == 200


def test_names_in_a_list_are_read_as_people_write_them() -> None:
    for name in ("time_attendance", "TIME-ATTENDANCE", "TimeAttendance"):
        assert decided("course", {"modules": ["Payroll", name]})["amount"] == 100
    assert decided("course", {"modules": ["Time"]})["amount"] == 200


def test_another_counter_is_known_from_the_record_only() -> None:
    year = {"contract": {"start": "2026-01-01", "end": "2026-12-31"}}
    both = {"city": ["2026-03-02"], "country": ["2026-04-02"]}
    before = {"city": ["2025-03-02"], "country": ["2026-04-02"]}

    def flags(usage: dict[str, list[str]]) -> list[str]:
        found: list[str] = decided("visit", {**year, "usage": usage})["flags"]
        return found

    assert flags(both) == ["both_counters_used"]
    assert flags(before) == []
    assert decided("visit", {**year, "used": 1})["flags"] == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('weekday = "fri"', 'weekday = "friday"', "service.friday.rows[1].when.requested_date.weekday"),
        ("workday = true", 'workday = "yes"', "service.friday.rows[1].when.requested_date.workday"),
        ('until = "open-ended"', 'until = "some day"', "service.later.rows[1].until"),
        ('after = "requested_date"', 'after = "requested"', "service.friday.rows[2].after"),
        ('default = "custom"', 'default = "other"', "question.course.default"),
        ("{ city = { min", "{ town = { min", "remark[1].when"),
    ],
)
def test_a_slip_is_told_with_its_place(old: str, new: str, key: str) -> None:
    assert old in TEXT
    with pytest.raises(PolicyFileError) as caught:
        read_policy(TEXT.replace(old, new), Path("days.toml"), SHELF)
    assert [problem.key for problem in caught.value.problems] == [key]
