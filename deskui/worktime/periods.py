"""Periods counted in days, months and years (X-04), contract years (X-06) and working days."""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta

from deskui.worktime.errors import NeverOpen
from deskui.worktime.hours import plain_date
from deskui.worktime.workcalendar import HORIZON_YEARS, WorkCalendar

_ONE_DAY = timedelta(days=1)


def _months_on(day: date, months: int) -> tuple[date, bool]:
    """The same-numbered day that many months on, or the last of that month, and whether the number exists."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= MAXYEAR:
        raise ValueError(
            f"found {months} months from {day}, expected a period that ends by the year {MAXYEAR}"
        )
    length = 31 if month == 12 else (date(year, month + 1, 1) - _ONE_DAY).day
    return date(year, month, min(day.day, length)), day.day <= length


def last_day(from_date: date, *, years: int = 0, months: int = 0, days: int = 0) -> date:
    """The last day of a period that runs from `from_date`, which itself is not counted (X-04).

    Years and months end on the same-numbered day, or on the last day of that month when it has no such day;
    `days` are counted on from there, so four and a half months are `months=4, days=15`. Raises ValueError for
    a negative length, a datetime, or an end after the year 9999.
    """
    start = plain_date(from_date, "period")
    if min(years, months, days) < 0:
        raise ValueError(f"period: found years={years}, months={months}, days={days}, expected zero or more")
    day, _ = _months_on(start, years * 12 + months)
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise ValueError(f"period: found {days} days from {day}, which ends after {MAXYEAR}") from None


def _window_start(start: date, months: int) -> date:
    """The first day of the window that begins that many months into a period whose first day counts."""
    day, exists = _months_on(start, months)
    # 29 February + 12 months: the period runs to the end of February, the next one begins in March
    return day if exists else day + _ONE_DAY


def contract_year(start: date, on: date, end: date | None = None) -> tuple[date, date] | None:
    """First and last day, both inclusive, of the 12 months of a contract that hold `on` (X-04, X-06).

    The 12 months are measured from `start`; the last are cut at `end`. None when `on` is outside the
    contract.
    """
    plain_date(start, "contract start")
    plain_date(on, "contract day")
    if on < start or (end is not None and on > end):
        return None
    years = on.year - start.year
    if _window_start(start, 12 * years) > on:
        years -= 1
    first, last = _window_start(start, 12 * years), _window_start(start, 12 * years + 12) - _ONE_DAY
    return first, last if end is None else min(last, end)


def contract_years(start: date, end: date) -> list[tuple[date, date]]:
    """Every 12-month period of a contract from `start` to `end`, the last one cut at `end` (X-06).

    Raises ValueError when `end` is before `start`.
    """
    if plain_date(end, "contract end") < plain_date(start, "contract start"):
        raise ValueError(f"contract: found {start} to {end}, expected an end that is not before the start")
    found: list[tuple[date, date]] = []
    first = start
    while first <= end:
        following = _window_start(start, 12 * (len(found) + 1))
        found.append((first, min(following - _ONE_DAY, end)))
        first = following
    return found


def started_months_left(on: date, start: date, end: date) -> int:
    """How many months of the cycle `start` to `end` (inclusive) are left on `on`, a started one whole.

    Months are measured from the cycle's own day: in a cycle from the 15th, one begins on every 15th. Before
    the cycle all its months are left, after it none. Raises ValueError when `end` is before `start`.
    """
    plain_date(on, "day")
    if plain_date(end, "cycle end") < plain_date(start, "cycle start"):
        raise ValueError(f"cycle: found {start} to {end}, expected an end that is not before the start")
    if on > end:
        return 0

    def begun(day: date) -> int:
        """Months that have begun by the end of `day`."""
        months = (day.year - start.year) * 12 + day.month - start.month
        return months + (_window_start(start, months) <= day)

    return begun(end) - max(begun(max(on, start)) - 1, 0)


def next_working_day(calendar: WorkCalendar, day: date, *, or_same: bool = False) -> date:
    """The first working day after `day`; with `or_same`, `day` itself when it is one (Code §193/8).

    A working day is one on which open time starts. Raises NeverOpen when there is none within HORIZON_YEARS.
    """
    found = plain_date(day, "day")
    last_year = min(found.year + HORIZON_YEARS, MAXYEAR - 2)
    if not or_same:
        found += _ONE_DAY
    while not calendar.is_working_day(found):
        found += _ONE_DAY
        if found.year > last_year:
            raise NeverOpen(f"the calendar has no working day within {HORIZON_YEARS} years of {day}")
    return found


def add_working_days(calendar: WorkCalendar, from_date: date, days: int) -> date:
    """The `days`-th working day after `from_date`, which itself is not counted; zero gives `from_date` back.

    Raises ValueError for a negative number, NeverOpen when there are not that many.
    """
    if days < 0:
        raise ValueError(f"working days: found {days}, expected zero or more")
    found = plain_date(from_date, "day")
    for _ in range(days):
        found = next_working_day(calendar, found)
    return found
