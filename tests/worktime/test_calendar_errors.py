"""What a calendar refuses, and how it says so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from deskui.worktime import WorkCalendar

WEEK = {"mon": [("09:00", "17:00")]}
HERE = datetime(2026, 11, 23, 10, tzinfo=UTC)
NAIVE = datetime(2026, 11, 23, 10)  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        ({"monday": []}, "found the day 'monday', expected one of mon, tue"),
        ({"mon": [("9:00", "17:00")]}, "hours on mon: found '9:00', expected a time"),
        ({"mon": [("09:00", "24:01")]}, 'found \'24:01\', expected a time from "00:00" to "24:00"'),
        ({"mon": [("24:00", "03:00")]}, 'found \'24:00\', expected a time from "00:00" to "23:59"'),
        ({"mon": [("09:60", "17:00")]}, "found '09:60'"),
        ({"mon": [("09:00:60", "17:00")]}, "found '09:00:60'"),
        ({"mon": [("๐๙:๐๐", "17:00")]}, "found '๐๙:๐๐'"),
        ({"mon": [(9, 17)]}, "found 9, expected a time"),
        ({"mon": [("09:00",)]}, "expected a pair such as"),
        ({"mon": ["09:00-17:00"]}, "found '09:00-17:00', expected a pair"),
        ({"mon": "09:00"}, "found '09:00', expected a list of pairs"),
        ({"mon": None}, "found None, expected a list of pairs"),
        ([], r"found \[\], expected"),
    ],
)
def test_bad_hours(hours: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        WorkCalendar.weekly(hours)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"tz": "Asia/Bankok"}, "found 'Asia/Bankok', expected an IANA name"),
        ({"tz": "../etc/passwd"}, "expected an IANA name"),
        ({"tz": None}, "found None, expected an IANA name"),
        ({"holidays": ["2026-12-05"]}, "holidays: found '2026-12-05', expected a date"),
        ({"holidays": [HERE]}, "expected a date"),
        ({"holidays": "2026-12-05"}, "expected dates or something that answers"),
        ({"holidays": 5}, "expected dates or something that answers"),
        ({"holiday_hours": [("08:30", "25:00")]}, "holiday hours: found '25:00'"),
        ({"special": {"2026-12-05": []}}, "special hours: found '2026-12-05', expected a date"),
        ({"special": {date(2026, 12, 5): [("x", "y")]}}, "special hours on 2026-12-05: found 'x'"),
        ({"special": [date(2026, 12, 5)]}, "expected a table of date to hours"),
        ({"breaks": [(NAIVE, HERE)]}, "break from: found 2026-11-23T10:00:00 without a time zone"),
        ({"breaks": [(HERE, NAIVE)]}, "break to: found 2026-11-23T10:00:00 without a time zone"),
        ({"breaks": [(HERE, HERE - timedelta(seconds=1))]}, "expected an end that is not before the start"),
        ({"breaks": [HERE]}, "expected a pair of instants"),
    ],
)
def test_bad_settings(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        WorkCalendar.weekly(WEEK, **settings)


def test_naive_instants_are_refused_by_every_question() -> None:
    calendar = WorkCalendar.weekly(WEEK)
    calendar.is_open(HERE)
    hour = timedelta(hours=1)
    for call in (
        lambda: calendar.deadline(NAIVE, hour),
        lambda: calendar.deadline(NAIVE, timedelta(0)),
        lambda: calendar.elapsed(NAIVE, HERE),
        lambda: calendar.elapsed(HERE, NAIVE),
        lambda: calendar.is_open(NAIVE),
        lambda: calendar.next_open(NAIVE),
        lambda: calendar.next_close(NAIVE),
        lambda: calendar.explain(NAIVE, hour),
    ):
        with pytest.raises(ValueError, match="without a time zone, expected an aware datetime"):
            call()


def test_negative_work_is_refused() -> None:
    calendar = WorkCalendar.weekly(WEEK)
    for call in (calendar.deadline, calendar.explain):
        with pytest.raises(ValueError, match="found -1 day, 23:59:59, expected zero or more"):
            call(HERE, timedelta(seconds=-1))


@pytest.mark.parametrize("at", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_ends_of_time_are_refused_in_words(at: datetime) -> None:
    calendar = WorkCalendar.weekly(WEEK, tz="America/New_York")
    with pytest.raises(ValueError, match=r"the first or last year|expected a year from"):
        calendar.is_open(at)
