"""Days and working time as the demo's files write them: relative to the day the demo is opened. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from deskui.worktime import WorkCalendar

_PARTS = re.compile(r"([+-]\d+)([ymd])")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BACK = timedelta(days=150)
"""How far back the demo's tickets may lie."""


def day(written: int | str | date, today: date) -> date:
    """A day: so many days from today, a sum such as "-5y-1d", or a date as it stands; raises ValueError."""
    if isinstance(written, date):
        return written
    if isinstance(written, int):
        return today + timedelta(written)
    parts = _PARTS.findall(written)
    if not parts or "".join(number + unit for number, unit in parts) != written:
        raise ValueError(f"day: found {written!r}, expected days from today such as -30 or '-5y-1d'")
    found = today
    for number, unit in parts:
        found = found + timedelta(int(number)) if unit == "d" else _months_on(found, int(number), unit)
    return found


def _months_on(start: date, number: int, unit: str) -> date:
    """The same-numbered day so many months or years on, or the last one of a shorter month."""
    months = start.year * 12 + start.month - 1 + number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    for last in (start.day, 30, 29, 28):
        if last <= start.day:
            try:
                return date(year, month + 1, last)
            except ValueError:
                continue
    raise ValueError(f"day: {start} cannot be moved by {number} {unit}")


def value(written: Any, today: date, zone: tzinfo) -> Any:
    """An answer or fact as JSON has it: {day = N} is a date, {day = N, at = "10:00"} an instant."""
    if not isinstance(written, Mapping):
        return written.isoformat() if isinstance(written, date) else written
    if "day" not in written:
        return {name: value(inner, today, zone) for name, inner in written.items()}
    on = day(written["day"], today)
    if "at" not in written:
        return on.isoformat()
    return datetime.combine(on, time.fromisoformat(written["at"]), zone).isoformat()


def last_time(text: str, now: datetime) -> datetime:
    """The last instant before the aware `now` that `text` names: "sat 10:30", or "day 20:15" for any
    day.
    """
    name, _, hour = text.partition(" ")
    if name not in (*_DAYS, "day"):
        raise ValueError(f"on: found {text!r}, expected a weekday or 'day', and a time")
    back = 0 if name == "day" else (now.weekday() - _DAYS.index(name)) % 7
    found = datetime.combine(now.date() - timedelta(back), time.fromisoformat(hour), now.tzinfo)
    return found if found <= now else found - timedelta(days=1 if name == "day" else 7)


class Backwards:
    """Counts working time back from an instant in one calendar."""

    def __init__(self, calendar: WorkCalendar, now: datetime) -> None:
        self.calendar = calendar
        self._now = now
        self._base = now - _BACK
        self._whole = calendar.elapsed(self._base, now)

    def start(self, spent: timedelta) -> datetime:
        """The latest opening instant from which `spent` of working time leads to now."""
        ago = self.calendar.deadline(self._base, self._whole - spent)
        return min(self.calendar.next_open(ago), self._now)

    def after(self, start: datetime, spent: timedelta) -> datetime:
        """The instant `spent` of working time after `start`, never after now."""
        return min(self.calendar.deadline(start, spent), self._now)

    def until_now(self, start: datetime) -> timedelta:
        """Working time from `start` to now."""
        return self.calendar.elapsed(start, self._now)
