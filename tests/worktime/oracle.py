"""A slow and obvious reading of the calendar's rules, to check the fast one against."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
ZERO = timedelta(0)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Pairs = Sequence[tuple[str, str]]


@dataclass
class Oracle:
    """Steps through real minutes and looks at the clock on the wall.

    The clock that counts never goes back: when DST repeats an hour, hours that have begun or ended stay so.
    """

    hours: Mapping[str, Pairs]
    tz: str
    holidays: Container[date] = frozenset()
    holiday_hours: Pairs = ()
    special: Mapping[date, Pairs] = field(default_factory=dict)
    breaks: Sequence[tuple[datetime, datetime]] = ()

    def open_at_wall(self, wall: datetime) -> bool:
        """Whether hours that start on this date or the one before hold the wall time."""
        for back in (0, 1):
            day = wall.date() - timedelta(days=back)
            pairs = self.hours.get(DAYS[day.weekday()], ())
            if day in self.special:
                pairs = self.special[day]
            elif day in self.holidays:
                pairs = self.holiday_hours
            minute = wall.hour * 60 + wall.minute + back * 1440
            for begin, end in pairs:
                opens, closes = _minutes(begin), _minutes(end)
                if closes <= opens:
                    closes += 1440
                if opens <= minute < closes:
                    return True
        return False

    def minutes(self, first: datetime, count: int) -> list[tuple[datetime, bool]]:
        """`count` whole minutes from `first` (UTC, on the minute) with whether each is open, breaks aside."""
        zone = ZoneInfo(self.tz)
        at = first - timedelta(hours=26)
        shown = at.astimezone(zone).replace(tzinfo=UTC)
        found: list[tuple[datetime, bool]] = []
        while len(found) < count:
            shown = max(shown, at.astimezone(zone).replace(tzinfo=UTC))
            if at >= first:
                found.append((at, self.open_at_wall(shown)))
            at += MINUTE
        return found

    def pieces(self, start: datetime, count: int) -> list[tuple[datetime, datetime]]:
        """Open pieces of at most a minute from `start` on, breaks cut out to the microsecond."""
        begin = start.astimezone(UTC)
        whole = begin.replace(second=0, microsecond=0)
        found: list[tuple[datetime, datetime]] = []
        for minute, is_open in self.minutes(whole, count):
            if not is_open:
                continue
            parts = [(max(minute, begin), minute + MINUTE)]
            for pause, until in self.breaks:
                parts = [
                    part
                    for a, b in parts
                    for part in ((a, min(b, pause.astimezone(UTC))), (max(a, until.astimezone(UTC)), b))
                    if part[0] < part[1]
                ]
            found += parts
        return found

    def deadline(self, start: datetime, work: timedelta, count: int) -> datetime | None:
        """The due instant, or None when `count` minutes do not give so much work."""
        if work == ZERO:
            return start
        for begin, end in self.pieces(start, count):
            if end - begin >= work:
                return begin + work
            work -= end - begin
        return None

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Open time from `start` to a later `end`."""
        count = int((end - start) / MINUTE) + 2
        parts = [(a, min(b, end)) for a, b in self.pieces(start, count) if a < end]
        return sum((b - a for a, b in parts), ZERO)


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)
