"""Dates and spans as people read and type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from deskui.tui.dates import (
    DateProblem,
    day_text,
    due_text,
    duration_words,
    long_text,
    parse_date,
    short_day,
    time_of_day,
)

BANGKOK = ZoneInfo("Asia/Bangkok")
NOW = datetime(2026, 11, 23, 3, 42, tzinfo=UTC)
DAY = date(2026, 11, 23)
H, M = timedelta(hours=1), timedelta(minutes=1)


def test_days() -> None:
    assert day_text(DAY, "th") == "จ. 23 พ.ย. 2569"
    assert day_text(DAY, "en") == "Mon 23 Nov 2026"
    assert short_day(date(2027, 7, 31), "th") == "31 ก.ค. 2570"
    assert short_day(date(2027, 7, 31), "en") == "31 Jul 2027"


def test_instants_are_read_in_the_zone() -> None:
    late = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
    assert time_of_day(late, BANGKOK) == "01:05"
    assert long_text(late, BANGKOK, "th") == "อ. 24 พ.ย. 2569 01:05"


@pytest.mark.parametrize(
    ("hours", "thai", "english"),
    [
        (0, "จ. 10:42", "Mon 10:42"),
        (-24, "22/11 10:42", "22/11 10:42"),
        (-24 * 5, "18/11 10:42", "18/11 10:42"),
        (24 * 6, "อา. 10:42", "Sun 10:42"),
        (24 * 7, "30 พ.ย. 10:42", "30 Nov 10:42"),
        (24 * 40, "2 ม.ค. 10:42", "2 Jan 10:42"),
        (24 * 250, "31 ก.ค. 2570", "31 Jul 2027"),
    ],
)
def test_due(hours: int, thai: str, english: str) -> None:
    at = NOW + hours * H
    assert due_text(at, NOW, BANGKOK, "th") == thai
    assert due_text(at, NOW, BANGKOK, "en") == english


@given(st.timedeltas(timedelta(days=-4000), timedelta(days=4000)), st.sampled_from(["th", "en"]))
def test_due_is_never_wide(span: timedelta, language: str) -> None:
    assert cell_len(due_text(NOW + span, NOW, BANGKOK, language)) <= 14


@pytest.mark.parametrize(
    ("span", "thai", "english"),
    [
        (52 * H, "2 วัน 4 ชม.", "2 days 4 h"),
        (24 * H, "1 วัน", "1 day"),
        (3 * H + 10 * M, "3 ชม. 10 นาที", "3 h 10 min"),
        (-15 * M, "15 นาที", "15 min"),
        (timedelta(seconds=59), "ไม่ถึงนาที", "under a minute"),
    ],
)
def test_spans(span: timedelta, thai: str, english: str) -> None:
    assert duration_words(span, "th") == thai
    assert duration_words(span, "en") == english


def test_spans_of_working_days() -> None:
    assert duration_words(20 * H, "en", 8 * H) == "2 days 4 h"
    assert duration_words(20 * H, "en", timedelta(0)) == "20 h"


@pytest.mark.parametrize(
    "typed",
    [
        "31/7/2570", "31/07/70", "31-7-2570", "31.7.70", "31 7 2570", "2027-07-31", "2570-07-31", "31/7/2027",
        "๓๑/๗/๒๕๗๐", "31 ก.ค. 2570", "31 ก.ค. 70", "31ก.ค.2570", "31 กรกฎาคม 2570",
        "31 กรกฎาคม พ.ศ. 2570", "31 กค 70",
        "31 Jul 2027", "31 july 2027", "  31/7/2570 ",
    ],
)  # fmt: skip
def test_typed_dates(typed: str) -> None:
    assert parse_date(typed, DAY) == date(2027, 7, 31)


@given(st.dates(date(1958, 1, 1), date(2056, 12, 31)))
def test_what_is_shown_can_be_typed(day: date) -> None:
    for language in ("th", "en"):
        assert parse_date(short_day(day, language), DAY) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year + 543}", DAY) == day
    assert parse_date(day.isoformat(), DAY) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "cannot read"),
        ("tomorrow", "cannot read"),
        ("31/7", "cannot read"),
        ("31/7/257", "cannot read"),
        ("31 foo 2570", "cannot read"),
        ("31/2/2570", "no day 31 in month 2 of 2027"),
        ("1/13/2570", "no day 1 in month 13"),
        ("29/2/2569", "no day 29"),
        ("1/1/1599", "too long ago"),
        ("[/]" * 500, "cannot read"),
    ],
)
def test_what_is_no_date_is_told(typed: str, why: str) -> None:
    with pytest.raises(DateProblem, match=why) as caught:
        parse_date(typed, DAY)
    assert caught.value.text.th != caught.value.text.en
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/12/26", date(2026, 12, 3)),
        ("3/12/69", date(2026, 12, 3)),
        ("3/12/36", date(2036, 12, 3)),
        ("3/12/39", date(1996, 12, 3)),
        ("3/12/00", date(2000, 12, 3)),
        ("3 Dec 18", date(2018, 12, 3)),
        ("3 ธ.ค. 61", date(2018, 12, 3)),
    ],
)
def test_a_year_of_two_digits_is_of_the_era_that_is_near(typed: str, day: date) -> None:
    assert parse_date(typed, DAY) == day


@pytest.mark.parametrize("typed", ["3/12/37", "3/12/85", "3/12/99"])
def test_a_year_of_two_digits_that_is_near_in_no_era_is_asked_for(typed: str) -> None:
    with pytest.raises(DateProblem, match="four digits"):
        parse_date(typed, DAY)


def test_leap_days_are_of_the_common_era() -> None:
    assert parse_date("29/2/2571", DAY) == date(2028, 2, 29)
