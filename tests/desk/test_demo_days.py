"""Days and working time as the demo's files write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from deskui.desk.demo_days import Backwards, day, last_time, value
from deskui.desk.goals import work
from deskui.desk.terms import HOME_ZONE
from deskui.worktime import WorkCalendar

TODAY = date(2028, 2, 29)
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=HOME_ZONE)
HOURS = WorkCalendar.weekly(
    {name: [("09:00", "17:00")] for name in ("mon", "tue", "wed", "thu", "fri")}, tz="Asia/Bangkok"
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (0, TODAY),
        (-1, date(2028, 2, 28)),
        ("-1y", date(2027, 2, 28)),
        ("+4y", date(2032, 2, 29)),
        ("-5y-1d", date(2023, 2, 27)),
        ("-1m+1d", date(2028, 1, 30)),
        (date(2017, 12, 31), date(2017, 12, 31)),
    ],
)
def test_days(written: int | str | date, expected: date) -> None:
    assert day(written, TODAY) == expected


@pytest.mark.parametrize("written", ["", "yesterday", "5y", "-5y1d", "-5y -1d", "-5w"])
def test_a_day_that_is_none_is_told(written: str) -> None:
    with pytest.raises(ValueError, match="expected days from today"):
        day(written, TODAY)


def test_work() -> None:
    assert work("2h30m") == timedelta(minutes=150)
    assert work("45m") == timedelta(minutes=45)
    for wrong in ("", "2", "30m2h", "two hours"):
        with pytest.raises(ValueError, match="expected hours and minutes"):
            work(wrong)


def test_answers_with_days() -> None:
    assert value({"day": 2}, TODAY, HOME_ZONE) == "2028-03-02"
    assert value({"day": 1, "at": "09:00"}, TODAY, HOME_ZONE) == "2028-03-01T09:00:00+07:00"
    assert value({"tor": "nightly", "from": {"day": -1}}, TODAY, HOME_ZONE) == {
        "tor": "nightly",
        "from": "2028-02-28",
    }
    assert value(date(2026, 1, 2), TODAY, HOME_ZONE) == "2026-01-02"
    assert value(True, TODAY, HOME_ZONE) is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sat 10:30", "2026-11-21T10:30+07:00"),
        ("mon 10:42", "2026-11-23T10:42+07:00"),
        ("mon 10:43", "2026-11-16T10:43+07:00"),
        ("day 09:00", "2026-11-23T09:00+07:00"),
        ("day 20:15", "2026-11-22T20:15+07:00"),
    ],
)
def test_the_last_time(text: str, expected: str) -> None:
    assert last_time(text, NOW) == datetime.fromisoformat(expected)


def test_a_weekday_that_is_none_is_told() -> None:
    with pytest.raises(ValueError, match="expected a weekday"):
        last_time("noon 10:00", NOW)


@pytest.mark.parametrize("minutes", [1, 101, 102, 103, 480, 582, 583, 5000])
def test_working_time_is_counted_back(minutes: int) -> None:
    spent = timedelta(minutes=minutes)
    times = Backwards(HOURS, NOW)
    start = times.start(spent)
    assert HOURS.is_open(start)
    assert HOURS.elapsed(start, NOW) == spent
    assert times.until_now(start) == spent
    assert times.after(start, spent) == NOW
    assert times.after(start, spent * 2) == NOW, "what is yet to come is now"


def test_outside_hours_it_is_counted_back_from_the_last_closing() -> None:
    night = NOW.replace(hour=22)
    start = Backwards(HOURS, night).start(timedelta(hours=8))
    assert start == NOW.replace(hour=9, minute=0)
