"""From the clock on the wall to instants, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_TICK = timedelta(microseconds=1)


def zone_named(tz: str | tzinfo) -> tzinfo:
    """The zone of an IANA name such as "Asia/Bangkok"; a tzinfo is handed back as it is.

    Raises ValueError when there is no such zone.
    """
    if isinstance(tz, tzinfo):
        return tz
    try:
        return ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise ValueError(f'time zone: found {tz!r}, expected an IANA name such as "Asia/Bangkok"') from None


def aware(at: object, what: str) -> datetime:
    """`at` when it is an instant; raises ValueError when it is naive or no datetime at all."""
    if not isinstance(at, datetime):
        raise ValueError(f"{what}: found {at!r}, expected a datetime with a time zone")
    if at.utcoffset() is None:
        raise ValueError(
            f"{what}: found {at.isoformat()} without a time zone, expected an aware datetime "
            '(add tzinfo, for example ZoneInfo("Asia/Bangkok"))'
        )
    return at


def moment(wall: datetime) -> datetime:
    """The first instant, in UTC, at which the clock in `wall.tzinfo` shows `wall` or later.

    A time that DST skips is the instant of the jump; a time that comes twice is its first coming. So opening
    hours never run backwards, and splitting a stretch in two changes nothing.
    """
    tz = wall.tzinfo
    before, after = wall.replace(fold=0).utcoffset(), wall.replace(fold=1).utcoffset()
    if tz is None or before is None or after is None:
        raise ValueError(f"found {wall.isoformat()} without a time zone")
    plain = wall.replace(tzinfo=UTC, fold=0)
    late = plain - before
    if before >= after:
        return late
    early = plain - after
    while late - early > _TICK:
        middle = early + (late - early) // 2
        # both carry the same zone, so this compares what the clock shows
        if middle.astimezone(tz) >= wall:
            late = middle
        else:
            early = middle
    return late
