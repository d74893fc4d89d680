"""Periods in days, months and years (X-04), contract years (X-06), started months (M5-71), working days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskui.paths import data_dir
from deskui.worktime import (
    NeverOpen,
    WorkCalendar,
    add_working_days,
    contract_year,
    contract_years,
    last_day,
    load_holiday_set,
    next_working_day,
    started_months_left,
)

DAY = timedelta(days=1)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        (date(2026, 1, 15), {"months": 1}, date(2026, 2, 15)),
        (date(2026, 1, 31), {"months": 1}, date(2026, 2, 28)),
        (date(2024, 1, 31), {"months": 1}, date(2024, 2, 29)),
        (date(2026, 8, 31), {"months": 1}, date(2026, 9, 30)),
        (date(2026, 2, 28), {"months": 1}, date(2026, 3, 28)),
        (date(2026, 11, 30), {"months": 1}, date(2026, 12, 30)),
        (date(2026, 12, 31), {"months": 2}, date(2027, 2, 28)),
        (date(2024, 2, 29), {"years": 1}, date(2025, 2, 28)),
        (date(2024, 2, 29), {"years": 4}, date(2028, 2, 29)),
        (date(2019, 7, 1), {"years": 1}, date(2020, 7, 1)),
        (date(2026, 11, 23), {"days": 7}, date(2026, 11, 30)),
        (date(2026, 12, 31), {"days": 1}, date(2027, 1, 1)),
        (date(2026, 1, 31), {"months": 4, "days": 15}, date(2026, 6, 15)),
        (date(2026, 1, 10), {"years": 1, "months": 1, "days": 1}, date(2027, 2, 11)),
        (date(2026, 1, 10), {}, date(2026, 1, 10)),
        (date(9999, 11, 30), {"months": 1}, date(9999, 12, 30)),
    ],
)
def test_x_04_last_day(start: date, length: dict[str, int], expected: date) -> None:
    assert last_day(start, **length) == expected


@pytest.mark.parametrize("length", [{"days": -1}, {"months": -1}, {"years": -1}])
def test_a_negative_period_is_refused(length: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="expected zero or more"):
        last_day(date(2026, 1, 1), **length)


def test_periods_refuse_instants_and_the_end_of_time() -> None:
    with pytest.raises(ValueError, match="expected a date"):
        last_day(datetime(2026, 1, 1), days=1)  # noqa: DTZ001 - what is refused
    with pytest.raises(ValueError, match="by the year 9999"):
        last_day(date(9999, 12, 31), months=1)
    with pytest.raises(ValueError, match="ends after 9999"):
        last_day(date(9999, 12, 31), days=1)


@given(days, st.integers(0, 240))
def test_a_month_ends_on_its_number_or_on_its_last_day(start: date, months: int) -> None:
    end = last_day(start, months=months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end.day < start.day and (end + DAY).day == 1)


def test_x_06_contract_years_are_inclusive_and_measured_from_the_start() -> None:
    assert contract_years(date(2025, 8, 1), date(2027, 7, 31)) == [
        (date(2025, 8, 1), date(2026, 7, 31)),
        (date(2026, 8, 1), date(2027, 7, 31)),
    ]
    assert contract_years(date(2025, 8, 1), date(2025, 8, 1)) == [(date(2025, 8, 1), date(2025, 8, 1))]
    # the anniversary itself opens a second period
    assert contract_years(date(2025, 8, 1), date(2026, 8, 1))[-1] == (date(2026, 8, 1), date(2026, 8, 1))
    with pytest.raises(ValueError, match="found 2025-08-01 to 2025-07-31"):
        contract_years(date(2025, 8, 1), date(2025, 7, 31))


def test_contract_years_from_29_february_return_to_it() -> None:
    assert contract_years(date(2024, 2, 29), date(2028, 12, 31)) == [
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2025, 3, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2027, 2, 28)),
        (date(2027, 3, 1), date(2028, 2, 28)),
        (date(2028, 2, 29), date(2028, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 7, 31), None),
        (date(2025, 8, 1), (date(2025, 8, 1), date(2026, 7, 31))),
        (date(2026, 7, 31), (date(2025, 8, 1), date(2026, 7, 31))),
        (date(2026, 8, 1), (date(2026, 8, 1), date(2027, 3, 31))),
        (date(2027, 3, 31), (date(2026, 8, 1), date(2027, 3, 31))),
        (date(2027, 4, 1), None),
    ],
)
def test_x_06_contract_year_of_a_day(on: date, expected: tuple[date, date] | None) -> None:
    assert contract_year(date(2025, 8, 1), on, date(2027, 3, 31)) == expected


@given(days, st.integers(0, 3000), st.integers(0, 3000))
def test_contract_year_is_the_one_in_the_list(start: date, length: int, ahead: int) -> None:
    end, on = start + length * DAY, start + ahead * DAY
    periods = contract_years(start, end)
    assert periods[0][0] == start
    assert periods[-1][1] == end
    assert all(later[0] == earlier[1] + DAY for earlier, later in pairwise(periods))
    holding = [period for period in periods if period[0] <= on <= period[1]]
    assert contract_year(start, on, end) == (holding[0] if holding else None)


@pytest.mark.parametrize(
    ("on", "start", "end", "expected"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 12, 31), 12),
        (date(2025, 12, 1), date(2026, 1, 1), date(2026, 12, 31), 12),
        (date(2026, 3, 15), date(2026, 1, 1), date(2026, 12, 31), 10),
        (date(2026, 3, 31), date(2026, 1, 1), date(2026, 12, 31), 10),
        (date(2026, 4, 1), date(2026, 1, 1), date(2026, 12, 31), 9),
        (date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 31), 1),
        (date(2027, 1, 1), date(2026, 1, 1), date(2026, 12, 31), 0),
        # a cycle from the 15th has its months begin on the 15th
        (date(2026, 7, 14), date(2026, 4, 15), date(2027, 4, 14), 10),
        (date(2026, 7, 15), date(2026, 4, 15), date(2027, 4, 14), 9),
        # a month that lacks the 31st begins after its last day
        (date(2027, 2, 28), date(2026, 8, 31), date(2027, 8, 30), 7),
        (date(2027, 3, 1), date(2026, 8, 31), date(2027, 8, 30), 6),
    ],
)
def test_m5_71_started_months_left(on: date, start: date, end: date, expected: int) -> None:
    assert started_months_left(on, start, end) == expected


@given(days, st.integers(0, 500), st.integers(1, 36))
def test_m5_71_a_cycle_of_n_months_has_n_left_and_loses_one_a_month(
    start: date, ahead: int, months: int
) -> None:
    # the cycle ends the day before the period that begins after it
    end = contract_end(start, months)
    assert started_months_left(start, start, end) == months
    on = start + ahead * DAY
    today, tomorrow = started_months_left(on, start, end), started_months_left(on + DAY, start, end)
    assert 0 <= today - tomorrow <= 1
    assert (started_months_left(end, start, end), started_months_left(end + DAY, start, end)) == (1, 0)


def contract_end(start: date, months: int) -> date:
    """The inclusive end, found by stepping through the days of the month it falls in."""
    day = last_day(start, months=months)
    return day - DAY if day.day == start.day else day


def test_a_cycle_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="expected an end that is not before the start"):
        started_months_left(date(2026, 1, 1), date(2026, 2, 1), date(2026, 1, 31))


@pytest.fixture
def office() -> WorkCalendar:
    private = load_holiday_set("th-private", data_dir() / "holidays")
    week = {day: [("08:30", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")}
    return WorkCalendar.weekly(week, holidays=private)


def test_working_days_skip_weekends_and_holidays(office: WorkCalendar) -> None:
    assert add_working_days(office, date(2026, 12, 4), 1) == date(2026, 12, 8)
    assert add_working_days(office, date(2026, 12, 5), 1) == date(2026, 12, 8)
    assert add_working_days(office, date(2026, 12, 4), 3) == date(2026, 12, 11)
    assert add_working_days(office, date(2026, 12, 5), 0) == date(2026, 12, 5)
    assert next_working_day(office, date(2026, 12, 8)) == date(2026, 12, 9)
    assert next_working_day(office, date(2026, 12, 8), or_same=True) == date(2026, 12, 8)
    assert next_working_day(office, date(2026, 12, 5), or_same=True) == date(2026, 12, 8)


def test_a_day_that_breaks_swallow_is_no_working_day(office: WorkCalendar) -> None:
    monday = office.open_stretches(date(2026, 11, 23))
    closed = office.with_breaks(monday)
    assert office.is_working_day(date(2026, 11, 23))
    assert not closed.is_working_day(date(2026, 11, 23))
    assert next_working_day(closed, date(2026, 11, 20)) == date(2026, 11, 24)


def test_working_days_refuse_what_cannot_be(office: WorkCalendar) -> None:
    with pytest.raises(ValueError, match="found -1, expected zero or more"):
        add_working_days(office, date(2026, 12, 4), -1)
    with pytest.raises(NeverOpen, match="no working day within 100 years of 2026-12-04"):
        next_working_day(WorkCalendar.weekly({}), date(2026, 12, 4))
