"""How fast working time is, as ratios to businesstimedelta 1.0.1 in the same run.

    python -m tests.bench.worktime

Both sides do the same work: a split shift, the th-private holidays, Bangkok, aware datetimes; first from
instants in the calendar's zone, then from UTC as they come out of a store. Rounds are interleaved; each ratio
is the median of the rounds with the lowest and the highest. The floors are 150 for a deadline and 300 for a
measurement. Needs `pip install businesstimedelta==1.0.1`, which deskui itself does not use.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from deskui.paths import data_dir
from deskui.worktime import HolidaySet, WorkCalendar, load_holiday_set

ROUNDS = 9
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
BANGKOK = ZoneInfo("Asia/Bangkok")
START = datetime(2026, 11, 23, 10, 42, tzinfo=BANGKOK)
FLOORS = {"deadline": 150.0, "elapsed": 300.0}


def our_calendar(holidays: HolidaySet, tz: str = "Asia/Bangkok") -> WorkCalendar:
    """The calendar under test, all features on."""
    week = {day: [("09:00", "12:00"), ("13:00", "17:00")] for day in WEEKDAYS}
    at = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo(tz))
    special = {date(2026, 11, 7): [("09:00", "12:00")]}
    return WorkCalendar.weekly(
        week, holidays=holidays, tz=tz, breaks=[(at, at + timedelta(hours=1))], special=special
    )


def seconds_each(call: Callable[[], object], count: int) -> float:
    """Seconds one call takes, the mean of `count`."""
    begin = perf_counter()
    for _ in range(count):
        call()
    return (perf_counter() - begin) / count


def line(what: str, ours: list[float], theirs: list[float]) -> str:
    """One row of the report."""
    ratios = sorted(b / a for a, b in zip(ours, theirs, strict=True))
    floor = FLOORS[what.partition(" ")[0]]
    verdict = "ok" if median(ratios) >= floor else "SLOW"
    return (
        f"{what:<20}{median(ours) * 1e6:>9.2f} us{median(theirs) * 1e6:>11.1f} us"
        f"{median(ratios):>8.0f}x ({ratios[0]:.0f} to {ratios[-1]:.0f}), floor {floor:.0f}x {verdict}"
    )


def compare(holidays: HolidaySet) -> list[str]:
    """Deadline and elapsed beside businesstimedelta; raises ImportError when it is not installed."""
    return [line(*found) for found in pairs(holidays)]


def pairs(holidays: HolidaySet, rounds: int = ROUNDS) -> Iterator[tuple[str, list[float], list[float]]]:
    """What was asked, then our seconds and theirs in turns. Raises ImportError when theirs is not there."""
    other: Any = importlib.import_module("businesstimedelta")
    pytz: Any = importlib.import_module("pytz")
    zone = pytz.timezone("Asia/Bangkok")
    # a plain set, which is the fastest thing to hand to the other side
    days = frozenset(row.date for row in holidays.rows() if row.counts)
    rules = other.Rules(
        [
            other.WorkDayRule(time(9), time(17), working_days=[0, 1, 2, 3, 4], tz=zone),
            other.LunchTimeRule(time(12), time(13), working_days=[0, 1, 2, 3, 4], tz=zone),
            other.HolidayRule(days, tz=zone),
        ],
        tz=zone,
    )
    calendar = our_calendar(holidays)
    their_start = zone.localize(START.replace(tzinfo=None))
    for hours, start in [(hours, start) for start in (START, START.astimezone(UTC)) for hours in (8, 24, 72)]:
        work = timedelta(hours=hours)
        their_work = other.BusinessTimeDelta(rules, hours=hours)
        due, their_due = calendar.deadline(start, work), their_start + their_work
        if due != their_due:
            raise AssertionError(f"{hours} h: found {due} and {their_due}")

        due = due.astimezone(start.tzinfo)

        def our_deadline(start: datetime = start, work: timedelta = work) -> object:
            return calendar.deadline(start, work)

        def our_elapsed(start: datetime = start, due: datetime = due) -> object:
            return calendar.elapsed(start, due)

        def their_deadline(their_work: Any = their_work) -> object:
            return their_start + their_work

        def their_elapsed(their_due: Any = their_due) -> object:
            return rules.difference(their_start, their_due)

        for what, ours, theirs in (
            (f"deadline {hours} h {start:%Z}", our_deadline, their_deadline),
            (f"elapsed {hours} h {start:%Z}", our_elapsed, their_elapsed),
        ):
            found = [(seconds_each(ours, 4000), seconds_each(theirs, 20)) for _ in range(rounds)]
            yield what, [a for a, _ in found], [b for _, b in found]


def growth(holidays: HolidaySet) -> list[str]:
    """How the time grows with the distance, and what the first question costs."""
    rows: list[str] = []
    for tz in ("Asia/Bangkok", "Europe/Berlin"):
        calendar = our_calendar(holidays, tz)
        days: dict[int, float] = {}
        for distance in (1, 1000, 10_000):
            work = timedelta(hours=7 * distance)
            calendar.deadline(START, work)
            ask = partial(calendar.deadline, START, work)
            days[distance] = median(seconds_each(ask, 2000) for _ in range(ROUNDS))
        shown = ", ".join(f"{distance} days {cost * 1e6:.2f} us" for distance, cost in days.items())
        rows.append(f"{tz}: {shown}: {days[10_000] / days[1]:.2f}x")

        def first_question(tz: str = tz) -> object:
            return our_calendar(holidays, tz).deadline(START, timedelta(hours=24))

        cold = median(seconds_each(first_question, 1) for _ in range(ROUNDS))
        rows.append(f"{tz}: a new calendar and its first deadline {cold * 1e3:.2f} ms")
    return rows


def main() -> int:
    """Prints the report; 1 when a ratio is under its floor, 2 when there is nothing to compare with."""
    holidays = load_holiday_set("th-private", data_dir() / "holidays")
    try:
        rows = compare(holidays)
    except ImportError as error:
        print("\n".join(growth(holidays)))  # noqa: T201
        print(f"no ratios: {error}; pip install businesstimedelta==1.0.1", file=sys.stderr)  # noqa: T201
        return 2
    print(f"{'':<20}{'deskui':>12}{'businesstimedelta':>18}")  # noqa: T201
    print("\n".join((*rows, *growth(holidays))))  # noqa: T201
    return 1 if any(row.endswith("SLOW") for row in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
