"""Instants as whole microseconds since 1970, where there are too many of them to keep an object for each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

NEVER: Final = 2**63 - 1
"""Stands for no instant, and comes after every instant; the most a column of 64 bits holds."""


def microseconds(instant: datetime) -> int:
    """Whole microseconds since 1970. Raises ValueError for a naive instant."""
    if instant.tzinfo is None:
        raise ValueError(f"a stored instant needs its zone: {instant!r} is naive")
    return (instant - _EPOCH) // _MICROSECOND


def instant(value: int) -> datetime:
    """The instant, in UTC."""
    return _EPOCH + timedelta(0, 0, value)


def maybe(value: int) -> datetime | None:
    """The same; None for NEVER."""
    return None if value == NEVER else instant(value)
