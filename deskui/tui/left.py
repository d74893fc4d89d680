"""The LEFT of the queue: how much working time a clock has, in eight columns, from one reading of the store.

Pure. A view read at one instant is carried on to a later one by the opening or closing it names, so that the
screen ticks without asking; it is exact until the calendar changes twice.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from deskui.desk.states import ClockState

if TYPE_CHECKING:
    from deskui.desk.model import ClockView

__all__ = ["WIDTH", "Urgency", "age_text", "carried_on", "left_text", "shows_seconds", "time_text", "urgency"]

WIDTH = 8
"""Columns the longest text takes, such as `▲ -12d4h`."""
WARN_AT = 0.75
"""Share of the goal from which a running clock warns."""
LAST_MINUTES = timedelta(minutes=5)
"""With less than this left the seconds show on every row."""
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_ZERO = timedelta(0)


class Urgency(StrEnum):
    """How a clock stands, for the eye: each has a sign of its own beside its colour."""

    NONE = "none"
    RUNNING = "running"
    WARNING = "warning"
    BREACHED = "breached"
    PAST = "past"
    """A goal of our own is used up: nobody was promised anything."""
    OUTSIDE = "outside"
    PAUSED = "paused"
    DONE = "done"

    @property
    def sign(self) -> str:
        """One column; a space while nothing is the matter."""
        return _SIGNS[self]


_SIGNS = {
    Urgency.NONE: " ",
    Urgency.RUNNING: " ",
    Urgency.WARNING: "!",
    Urgency.BREACHED: "▲",
    Urgency.PAST: "△",
    Urgency.OUTSIDE: "☾",
    Urgency.PAUSED: "⏸",
    Urgency.DONE: "✓",
}


def carried_on(view: ClockView, read_at: datetime, at: datetime) -> ClockView:
    """The view, read at `read_at`, as it stands at the later aware instant `at`."""
    still = (ClockState.PAUSED, ClockState.MET, ClockState.STOPPED)
    if view.state in still or view.met_at is not None or at <= read_at or view.started_at >= at:
        return view
    read_at = max(read_at, view.started_at)
    was_open = (
        view.open_now if view.state is ClockState.BREACHED else view.state is not ClockState.OUTSIDE_HOURS
    )
    change = view.next_change
    changed = change is not None and at >= change
    if was_open:
        worked = (change if changed and change is not None else at) - read_at
    else:
        worked = at - change if changed and change is not None else _ZERO
    worked = max(_ZERO, worked)
    is_open = was_open != changed
    left = view.left - worked
    if view.state is ClockState.BREACHED or left < _ZERO or (view.due_at is not None and at > view.due_at):
        state = ClockState.BREACHED
    elif not left:
        state = ClockState.DUE
    else:
        state = ClockState.RUNNING if is_open else ClockState.OUTSIDE_HOURS
    return replace(view, spent=view.spent + worked, left=left, state=state, open_now=is_open)


def urgency(view: ClockView | None) -> Urgency:
    """How the clock stands at the instant of the view."""
    if view is None or view.state is ClockState.STOPPED:
        return Urgency.NONE
    if view.state is ClockState.MET or view.met_at is not None:
        return Urgency.DONE
    if view.state is ClockState.BREACHED:
        return Urgency.BREACHED if view.promised else Urgency.PAST
    if view.state is ClockState.PAUSED:
        return Urgency.PAUSED
    if view.state is ClockState.OUTSIDE_HOURS:
        return Urgency.OUTSIDE
    return Urgency.WARNING if view.spent >= view.work * WARN_AT else Urgency.RUNNING


def shows_seconds(view: ClockView | None, selected: bool) -> bool:
    """Whether the text of the clock changes every second: under an hour on the selected row, under five
    minutes on any."""
    if view is None or view.state is not ClockState.RUNNING:
        return False
    return view.left < (_HOUR if selected else LAST_MINUTES)


def time_text(span: timedelta, day_length: timedelta, seconds: bool = False) -> str:
    """A working time: `2d4h` of days of `day_length`, `3h10`, `48m`, `2:48` in seconds; `-12m` when over."""
    over = span < _ZERO
    size = abs(span)
    minutes = int(size.total_seconds()) // 60
    if size >= max(day_length, _HOUR):
        days, rest = divmod(size, max(day_length, _HOUR))
        hours = rest // _HOUR
        text = f"{days}d{hours}h" if hours and days < 100 else f"{days}d"
    elif size >= _HOUR:
        text = f"{minutes // 60}h{minutes % 60:02}"
    elif seconds and not over:
        text = f"{minutes}:{int(size.total_seconds()) % 60:02}"
    else:
        text = f"{minutes}m"
    return f"-{text}" if over else text


def age_text(since: datetime, at: datetime) -> str:
    """How long ago, by the wall clock, in four columns at most for a year: `12m`, `2h05`, `14h`, `3d`."""
    age = max(_ZERO, at - since)
    if age >= _DAY:
        return f"{age // _DAY}d"
    return f"{age // _HOUR}h" if age >= 10 * _HOUR else time_text(age, _DAY)


def left_text(
    view: ClockView | None, received_at: datetime, at: datetime, seconds: bool, age: str = "— {age}"
) -> str:
    """What LEFT shows of a view as it stands at `at`: sign, then time; `~` before a goal nobody promised.

    A goal that is past has a hollow sign: only promises are counted as breached. Without a clock the ticket's
    age in the words of `age`, so that nobody takes it for time left.
    """
    if view is None or view.state is ClockState.STOPPED:
        return age.format(age=age_text(received_at, at))
    sign = urgency(view).sign
    if sign == Urgency.DONE.sign:
        return sign
    in_seconds = (seconds or view.left < LAST_MINUTES) and view.state in (ClockState.RUNNING, ClockState.DUE)
    text = time_text(view.left, view.day_length, in_seconds)
    return f"{sign} {'' if view.promised else '~'}{text}"
