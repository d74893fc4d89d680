"""The only reader of "now": everything else is handed an instant or a Clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from deskui.dataclass import dataclass


class Clock(Protocol):
    """Tells the instant it is."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        return datetime.now(UTC)


class StoreClock:
    """The machine's clock, moved by what the store says once it is open.

    A demo keeps the time it was made for, for every program that opens its store.
    """

    def __init__(self) -> None:
        self.offset = timedelta(0)
        """How far it is ahead of the machine's."""

    def now(self) -> datetime:
        """The current instant of the store, aware, in UTC."""
        return datetime.now(UTC) + self.offset


class RunningClock:
    """A clock set to an instant, that runs on from there at the machine's pace.

    Raises ValueError when given a naive instant.
    """

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("a clock needs an aware instant")
        self._at = at.astimezone(UTC)
        self._started = time.monotonic()

    def now(self) -> datetime:
        """The instant it was set to plus the time since, in UTC."""
        return self._at + timedelta(seconds=time.monotonic() - self._started)


@dataclass
class FixedClock:
    """A clock that stands still until told to move: for tests, pictures and `--at`.

    Raises ValueError when given a naive instant.
    """

    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a clock needs an aware instant")

    def now(self) -> datetime:
        """The instant the clock was set to, in UTC."""
        return self.at.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Moves the clock on by `by`."""
        self.at += by
