"""One year of opening hours as instants: what a calendar builds when it is first asked about that year."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from deskui.worktime.hours import DAY, Hours, plain_date
from deskui.worktime.zone import aware, moment

FIRST_YEAR, LAST_YEAR = 2, 9997
"""The years a calendar can be asked about; midnights around them must still be dates."""

Stretches = list[tuple[datetime, datetime]]
Breaks = tuple[tuple[datetime, datetime], ...]


class Year(NamedTuple):
    """The open stretches `[start, end)` of one local year, in UTC, in order, apart from each other."""

    first: datetime  # the instant the year begins, in UTC
    last: datetime  # the instant it ends
    stretches: Stretches
    offset: timedelta | None  # the offset from UTC, when it is the same all year


def day_collection(days: Iterable[date] | Container[date]) -> Container[date]:
    """Dates frozen into a set; an object that itself answers `date in it` stays as it is, so it may be lazy.

    Raises ValueError for an element that is not a plain date.
    """
    plain = type(days) in (set, frozenset, list, tuple, dict)
    if not plain and isinstance(days, Container) and not isinstance(days, (str, bytes)):
        return days
    if not isinstance(days, Iterable) or isinstance(days, (str, bytes)):
        raise ValueError(f"holidays: found {days!r}, expected dates or something that answers `date in it`")
    return frozenset(plain_date(day, "holidays") for day in days)


def break_list(breaks: Iterable[tuple[datetime, datetime]]) -> Breaks:
    """Closed stretches `[from, to)` in UTC, in order, joined where they touch; empty ones fall away.

    Raises ValueError for a naive instant or a break that ends before it starts.
    """
    pairs: Stretches = []
    for pair in breaks:
        try:
            begin, until = pair
        except (TypeError, ValueError):
            raise ValueError(f"breaks: found {pair!r}, expected a pair of instants (from, to)") from None
        start, end = aware(begin, "break from").astimezone(UTC), aware(until, "break to").astimezone(UTC)
        if end < start:
            found = f"{begin.isoformat()} to {until.isoformat()}"
            raise ValueError(f"breaks: found {found}, expected an end that is not before the start")
        if end > start:
            pairs.append((start, end))
    return tuple(_joined(sorted(pairs)))


def _joined(pairs: Iterable[tuple[datetime, datetime]]) -> Stretches:
    joined: Stretches = []
    for start, end in pairs:
        if joined and start <= joined[-1][1]:
            if end > joined[-1][1]:
                joined[-1] = (joined[-1][0], end)
        elif end > start:
            joined.append((start, end))
    return joined


def without_breaks(stretches: Iterable[tuple[datetime, datetime]], breaks: Breaks) -> Stretches:
    """What is left of ordered `stretches` when the ordered `breaks` are taken out."""
    left: Stretches = []
    at = 0
    for begin, end in stretches:
        start = begin
        while at < len(breaks) and breaks[at][1] <= start:
            at += 1
        inner = at
        while inner < len(breaks) and breaks[inner][0] < end:
            if breaks[inner][0] > start:
                left.append((start, breaks[inner][0]))
            start = breaks[inner][1]
            inner += 1
        if start < end:
            left.append((start, end))
    return left


def build_year(
    year: int, tz: tzinfo, hours_on: Callable[[date], Hours], breaks: Breaks, *, past_midnight: bool
) -> Year:
    """The stretches of `year`: those that start in it and what the night before New Year leaves over.

    `past_midnight` says whether any hours at all run into the next day; without it the year before is not
    asked. Raises ValueError outside FIRST_YEAR to LAST_YEAR.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"found the year {year}, expected a year from {FIRST_YEAR} to {LAST_YEAR}")
    new_year = datetime(year, 1, 1, tzinfo=tz)
    length = date(year + 1, 1, 1).toordinal() - date(year, 1, 1).toordinal()
    first, last = moment(new_year), moment(new_year + length * DAY)
    # the offset at every midnight, from the day before to two days on: a stretch spans 48 hours at most
    midnights = [new_year + index * DAY for index in range(-1, length + 2)]
    offsets = [midnight.utcoffset() for midnight in midnights]
    found: Stretches = []
    for index in range(0 if past_midnight else 1, length + 1):
        midnight = midnights[index]
        hours = hours_on(midnight.date())
        if not hours:
            continue
        offset = offsets[index]
        if offset is not None and offset == offsets[index + 1] == offsets[min(index + 2, length + 2)]:
            begin = midnight.replace(tzinfo=UTC) - offset
            found += [(begin + opens, begin + closes) for opens, closes in hours]
        else:
            found += [(moment(midnight + opens), moment(midnight + closes)) for opens, closes in hours]
    clipped = [(max(start, first), min(end, last)) for start, end in found]
    stretches = without_breaks(_joined(clipped), breaks)
    same = offsets[0] is not None and offsets.count(offsets[0]) == len(offsets)
    return Year(first, last, stretches, offsets[0] if same else None)
