"""Opening hours as people write them, checked and turned into stretches of a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

DAY = timedelta(days=1)
ZERO = timedelta(0)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Stretch = tuple[timedelta, timedelta]
"""Opening and closing, measured from the midnight that begins the day; a close past midnight is over 24 h."""

Hours = tuple[Stretch, ...]

_TIME = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?", re.ASCII)


def time_of_day(text: object, where: str, *, closing: bool = False) -> timedelta:
    """The time since midnight that "HH:MM" or "HH:MM:SS" names; "24:00" only as a closing time.

    Raises ValueError naming `where`, what was found and what was expected.
    """
    found = _TIME.fullmatch(text) if isinstance(text, str) else None
    if found:
        hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
        value = timedelta(hours=hour, minutes=minute, seconds=second)
        if minute < 60 and second < 60 and (value < DAY or (closing and value == DAY)):
            return value
    last = "24:00" if closing else "23:59"
    raise ValueError(f'{where}: found {text!r}, expected a time from "00:00" to "{last}" (HH:MM)')


def merged(stretches: Iterable[Stretch]) -> Hours:
    """The same hours in order, overlapping and touching stretches joined."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def day_hours(pairs: object, where: str) -> Hours:
    """The hours of one day from pairs such as ("09:00", "17:00").

    An end that is not after its start lies on the next day (X-02), so "19:00" to "05:00" is ten hours and
    "09:00" to "09:00" a full day. Raises ValueError naming `where`.
    """
    if isinstance(pairs, (str, bytes)) or not isinstance(pairs, Iterable):
        raise ValueError(f'{where}: found {pairs!r}, expected a list of pairs such as ("09:00", "17:00")')
    stretches: list[Stretch] = []
    for pair in pairs:
        if isinstance(pair, (str, bytes)) or not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise ValueError(f'{where}: found {pair!r}, expected a pair such as ("09:00", "17:00")')
        start = time_of_day(pair[0], where)
        end = time_of_day(pair[1], where, closing=True)
        stretches.append((start, end if end > start else end + DAY))
    return merged(stretches)


def week_hours(week: Mapping[str, object]) -> tuple[Hours, ...]:
    """Seven days of hours, Monday first; a day that is not named is closed.

    Raises ValueError for a key that is not one of mon, tue, wed, thu, fri, sat, sun.
    """
    if not isinstance(week, Mapping):
        raise ValueError(f'weekly hours: found {week!r}, expected {{"mon": [("09:00", "17:00")], …}}')
    for key in week:
        if key not in WEEKDAYS:
            raise ValueError(f"weekly hours: found the day {key!r}, expected one of {', '.join(WEEKDAYS)}")
    return tuple(day_hours(week.get(day, ()), f"hours on {day}") for day in WEEKDAYS)


def plain_date(value: object, where: str) -> date:
    """`value` when it is a date; raises ValueError otherwise, for an instant too (it never equals a date)."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError(f"{where}: found {value!r}, expected a date")
