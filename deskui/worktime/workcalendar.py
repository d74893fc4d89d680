"""Working time: deadlines and measurements over opening hours, in O(log n) of the distance."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from deskui.worktime.errors import NeverCloses, NeverOpen
from deskui.worktime.hours import DAY, ZERO, Hours, day_hours, plain_date, week_hours
from deskui.worktime.year import (
    FIRST_YEAR,
    LAST_YEAR,
    Breaks,
    Year,
    break_list,
    build_year,
    day_collection,
    without_breaks,
)
from deskui.worktime.zone import aware, moment, zone_named

if TYPE_CHECKING:
    from deskui.worktime.steps import Step

HORIZON_YEARS = 100
"""How many years ahead a deadline, an opening or a closing is looked for before giving up."""

_FAR_YEARS = 30

# zone of the instants, instants [from, to) that are covered, starts, ends, open time up to each end
_Span = tuple[tzinfo, datetime, datetime, list[datetime], list[datetime], list[timedelta]]


class WorkCalendar:
    """Opening hours `[open, close)` in a time zone, less holidays and breaks (X-02, X-11); immutable.

    Made by `weekly`. Instants handed in are aware datetimes of any zone, instants handed out are in `tz`.
    Working time is real elapsed time, exact to the microsecond (datetime and timedelta count whole
    microseconds). A year is built when first needed and kept, so a question costs two bisections however far
    apart its ends are.
    """

    def __init__(
        self,
        *,
        week: tuple[Hours, ...],
        holidays: Container[date],
        tz: tzinfo,
        breaks: Breaks,
        holiday_hours: Hours,
        special: Mapping[date, Hours],
    ) -> None:
        self._week = week
        self._holidays = holidays
        self._tz = tz
        self._breaks = breaks
        self._holiday_hours = holiday_hours
        self._special = dict(special)
        # where holidays keep the day's own hours, a holiday changes nothing and is not asked about
        self._asks = tuple(hours != holiday_hours for hours in week)
        every = (*week, holiday_hours, *self._special.values())
        self._past_midnight = any(closes > DAY for hours in every for _, closes in hours)
        repeats = any(week) or bool(holiday_hours)
        open_specials = [day.year for day, hours in self._special.items() if hours]
        self._last_year = LAST_YEAR if repeats else max(open_specials, default=FIRST_YEAR - 2) + 1
        self._years: dict[int, Year] = {}
        nowhere = datetime(1, 1, 3, tzinfo=UTC)
        # each swapped as a whole, so that threads may ask the same calendar without a lock
        self._utc: _Span = (UTC, nowhere, nowhere, [], [], [])
        # the same by the clock on the wall, where one offset holds throughout; else the span in UTC again
        self._local: _Span = self._utc
        self._span_years: tuple[int, int] | None = None

    @classmethod
    def weekly(
        cls,
        hours: Mapping[str, Iterable[tuple[str, str]]],
        *,
        holidays: Iterable[date] | Container[date] = (),
        tz: str | tzinfo = "Asia/Bangkok",
        breaks: Iterable[tuple[datetime, datetime]] = (),
        holiday_hours: Iterable[tuple[str, str]] = (),
        special: Mapping[date, Iterable[tuple[str, str]]] | None = None,
    ) -> WorkCalendar:
        """A calendar from the hours of each weekday: `{"mon": [("09:00", "12:00"), ("13:00", "18:00")], …}`.

        Weekdays are mon … sun, a missing one is closed; times are "HH:MM" or "HH:MM:SS", "24:00" ends a day.
        An end not after its start lies on the next day; such hours belong to the day they start on.
        `holidays` are dates, or any object that answers `date in holidays` (it is asked only for dates that
        matter); a holiday removes the hours that start on it and keeps `holiday_hours`. `special` gives the
        hours of one date, before all else; an empty list closes it. `breaks` are closed stretches [from, to)
        of instants. Overlapping hours merge. Raises ValueError saying what was found and what was expected.
        """
        if special is not None and not isinstance(special, Mapping):
            raise ValueError(f"special hours: found {special!r}, expected a table of date to hours")
        return cls(
            week=week_hours(hours),
            holidays=day_collection(holidays),
            tz=zone_named(tz),
            breaks=break_list(breaks),
            holiday_hours=day_hours(holiday_hours, "holiday hours"),
            special={
                plain_date(day, "special hours"): day_hours(pairs, f"special hours on {day}")
                for day, pairs in (special or {}).items()
            },
        )

    @property
    def tz(self) -> tzinfo:
        """The zone of the hours and of every instant handed out."""
        return self._tz

    @property
    def holidays(self) -> Container[date]:
        """What answers whether a date is a holiday: a frozenset, or the object that was handed in."""
        return self._holidays

    @property
    def day_length(self) -> timedelta:
        """The hours of an ordinary day: the most common length of the open weekdays, the longer in a tie.

        Zero when no weekday opens.
        """
        lengths = Counter(sum((b - a for a, b in hours), ZERO) for hours in self._week if hours)
        return max(lengths, key=lambda length: (lengths[length], length), default=ZERO)

    def with_breaks(self, breaks: Iterable[tuple[datetime, datetime]]) -> WorkCalendar:
        """The same calendar with more one-off closed stretches, such as the pauses of one ticket."""
        return self._changed(breaks=break_list((*self._breaks, *breaks)))

    def with_holidays(self, holidays: Iterable[date] | Container[date]) -> WorkCalendar:
        """The same calendar with other holidays in place of its own."""
        return self._changed(holidays=day_collection(holidays))

    def _changed(
        self, *, breaks: Breaks | None = None, holidays: Container[date] | None = None
    ) -> WorkCalendar:
        return WorkCalendar(
            week=self._week,
            holidays=self._holidays if holidays is None else holidays,
            tz=self._tz,
            breaks=self._breaks if breaks is None else breaks,
            holiday_hours=self._holiday_hours,
            special=self._special,
        )

    def deadline(self, start: datetime, work: timedelta) -> datetime:
        """The instant at which `work` of open time has passed since `start`; it may be a closing time (X-02).

        Zero work is due at `start`, open or not. Raises ValueError for negative work or a naive `start`,
        NeverOpen when the calendar does not give that much within HORIZON_YEARS of `start`.
        """
        if work <= ZERO:
            if work < ZERO:
                raise ValueError(f"work: found {work}, expected zero or more")
            return _in_zone(start, self._tz, "start")
        zone, lo, hi, starts, ends, after = self._local if start.tzinfo is self._tz else self._utc
        at = start if start.tzinfo is zone else _in_zone(start, zone, "start")
        if not lo <= at < hi:
            self._cover(at, at)
            return self.deadline(start, work)
        try:
            index = bisect_right(starts, at)
            want = work
            if index:
                end = ends[index - 1]
                want += after[index - 1]
                if at < end:
                    want -= end - at
            found = bisect_left(after, want, max(index - 1, 0))
        except OverflowError:
            raise self._never(start, f"gives {work} of working time") from None
        if found == len(after):
            self._reach(start, work, want - after[-1] if after else want)
            return self.deadline(start, work)
        due = ends[found] - (after[found] - want)
        return due if zone is self._tz else due.astimezone(self._tz)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The open time between two instants, negative when `end` is before `start`: `deadline` turned round.

        Raises ValueError for a naive instant.
        """
        zone, lo, hi, starts, ends, after = self._local if start.tzinfo is self._tz else self._utc
        a = start if start.tzinfo is zone else _in_zone(start, zone, "start")
        b = end if end.tzinfo is zone else _in_zone(end, zone, "end")
        if not (lo <= a < hi and lo <= b < hi):
            self._cover(a, b)
            return self.elapsed(start, end)
        index = bisect_right(starts, b)
        total = ZERO
        if index:
            total = after[index - 1]
            if b < (close := ends[index - 1]):
                total -= close - b
        index = bisect_right(starts, a)
        if index:
            total -= after[index - 1]
            if a < (close := ends[index - 1]):
                total += close - a
        return total

    def is_open(self, at: datetime) -> bool:
        """Whether the calendar is open at `at`; at a closing time it is not (X-02).

        Raises ValueError when naive.
        """
        (_, _, _, _, ends, _), here, index = self._locate(at)
        return index > 0 and here < ends[index - 1]

    def next_open(self, at: datetime) -> datetime:
        """`at` itself when open, else the next opening.

        Raises ValueError when naive, NeverOpen when there is no opening within HORIZON_YEARS.
        """
        (zone, _, _, starts, ends, _), here, index = self._locate(at)
        if index and here < ends[index - 1]:
            return here if zone is self._tz else here.astimezone(self._tz)
        if index == len(starts):
            self._reach(at, ZERO, ZERO)
            return self.next_open(at)
        return starts[index].astimezone(self._tz)

    def next_close(self, at: datetime) -> datetime:
        """The end of the open stretch that holds `at`, or of the next one when closed.

        Raises NeverOpen when nothing opens and NeverCloses when the stretch has no end within HORIZON_YEARS.
        """
        where = self.next_open(at)
        limit = self._limit(where)
        while True:
            (_, _, hi, _, ends, _), here, index = self._locate(where)
            if ends[index - 1] < hi:
                return ends[index - 1].astimezone(self._tz)
            if (year := hi.astimezone(self._tz).year) > limit:
                raise NeverCloses(f"the calendar is open for {HORIZON_YEARS} years from {here.isoformat()}")
            self._build((self._span_years or (year, year))[0], year)

    def explain(self, start: datetime, work: timedelta) -> list[Step]:
        """The way from `start` to `deadline(start, work)` in steps that touch and count `work` in all.

        A skipped stretch is one step per local day, so that each can be named. Raises as `deadline` does.
        """
        from deskui.worktime.steps import explain  # noqa: PLC0415 - steps are built on the calendar

        return explain(self, start, work)

    def hours_of(self, day: date) -> Hours:
        """The hours that start on `day` by the clock, after special hours and holidays, before breaks."""
        if (special := self._special.get(day)) is not None:
            return special
        weekday = day.weekday()
        if self._asks[weekday] and day in self._holidays:
            return self._holiday_hours
        return self._week[weekday]

    def open_stretches(self, day: date) -> list[tuple[datetime, datetime]]:
        """The open stretches `[from, to)` that start on `day`, in `tz`, breaks taken out."""
        left = without_breaks(self.shifts(day), self._breaks)
        return [(start.astimezone(self._tz), end.astimezone(self._tz)) for start, end in left]

    def is_working_day(self, day: date) -> bool:
        """Whether any open time starts on `day`."""
        return bool(self.hours_of(day)) and bool(self.open_stretches(day))

    def shifts(self, day: date) -> list[tuple[datetime, datetime]]:
        """`hours_of` as instants in UTC, without those that DST swallows whole."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self._tz)
        hours = self.hours_of(day)
        pairs = [(moment(midnight + opens), moment(midnight + closes)) for opens, closes in hours]
        return [(start, end) for start, end in pairs if start < end]

    def reason_closed(self, day: date) -> Literal["closed", "day_off", "holiday", "special"]:
        """Why time of `day` outside its hours is not counted: "closed", "day_off", "holiday" or "special".

        "closed" is outside the hours of a day that has some; "special" a day that `special` closes.
        """
        if day in self._special:
            return "closed" if self._special[day] else "special"
        usual = self._week[day.weekday()]
        if self._asks[day.weekday()] and day in self._holidays:
            return "holiday" if usual else "closed"
        return "closed" if usual else "day_off"

    def breaks_between(self, start: datetime, end: datetime) -> Breaks:
        """The one-off closed stretches that touch `[start, end)`, in UTC, in order, apart from each other."""
        first = bisect_right(self._breaks, start, key=lambda pause: pause[1])
        return self._breaks[first : bisect_left(self._breaks, end, key=lambda pause: pause[0])]

    def _locate(self, at: datetime) -> tuple[_Span, datetime, int]:
        """The span that holds `at`, `at` in its zone, and how many of its stretches start by then."""
        span = self._local if at.tzinfo is self._tz else self._utc
        zone, lo, hi, starts, _, _ = span
        here = at if at.tzinfo is zone else _in_zone(at, zone, "instant")
        if not lo <= here < hi:
            self._cover(here, here)
            return self._locate(at)
        return span, here, bisect_right(starts, here)

    def _cover(self, a: datetime, b: datetime) -> None:
        """Makes the span hold both instants."""
        years = (_in_zone(a, self._tz, "instant").year, _in_zone(b, self._tz, "instant").year)
        first, last = min(years), max(years)
        if self._span_years is not None:
            have_first, have_last = self._span_years
            # a question far from all others starts a span of its own rather than fill the gap
            if first - have_last <= _FAR_YEARS and have_first - last <= _FAR_YEARS:
                first, last = min(first, have_first), max(last, have_last)
        # a clock that is put back across New Year shows the old year again inside the new one
        while max(a, b) >= self._year(last).last:
            last += 1
        while min(a, b) < self._year(first).first:
            first -= 1
        self._build(first, last)

    def _reach(self, start: datetime, work: timedelta, missing: timedelta) -> None:
        """Lengthens the span until it holds `missing` more open time, or any when that is zero."""
        first, last = self._span_years or (start.year, start.year)
        limit = self._limit(start)
        while True:
            last += 1
            if last > limit:
                raise self._never(start, f"gives {work} of working time" if work else "opens")
            stretches = self._year(last).stretches
            missing -= sum((end - begin for begin, end in stretches), ZERO)
            if stretches and missing <= ZERO:
                break
        self._build(first, last)

    def _limit(self, start: datetime) -> int:
        return min(start.astimezone(self._tz).year + HORIZON_YEARS, self._last_year)

    def _never(self, start: datetime, what: str) -> NeverOpen:
        return NeverOpen(
            f"the calendar never {what} within {HORIZON_YEARS} years of {start.isoformat()}: "
            "look at its weekly hours, holidays and breaks"
        )

    def _year(self, year: int) -> Year:
        built = self._years.get(year)
        if built is None:
            built = build_year(year, self._tz, self.hours_of, self._breaks, past_midnight=self._past_midnight)
            self._years[year] = built
        return built

    def _build(self, first: int, last: int) -> None:
        years = [self._year(year) for year in range(first, last + 1)]
        starts: list[datetime] = []
        ends: list[datetime] = []
        for year in years:
            for start, end in year.stretches:
                if ends and ends[-1] == start:
                    ends[-1] = end
                else:
                    starts.append(start)
                    ends.append(end)
        lo, hi = years[0].first, years[-1].last
        after = list(accumulate(end - start for start, end in zip(starts, ends, strict=True)))
        self._utc = self._local = (UTC, lo, hi, starts, ends, after)
        offset = years[0].offset
        if offset is not None and all(year.offset == offset for year in years):
            # instants in the zone itself need no conversion in or out, which is most of what a call costs
            lo, hi = (lo + offset).replace(tzinfo=self._tz), (hi + offset).replace(tzinfo=self._tz)
            starts = [(at + offset).replace(tzinfo=self._tz) for at in starts]
            ends = [(at + offset).replace(tzinfo=self._tz) for at in ends]
            self._local = (self._tz, lo, hi, starts, ends, after)
        self._span_years = (first, last)


def _in_zone(at: datetime, zone: tzinfo, what: str) -> datetime:
    try:
        return aware(at, what).astimezone(zone)
    except OverflowError:
        raise ValueError(f"{what}: found {at.isoformat()}, too near the first or last year") from None
