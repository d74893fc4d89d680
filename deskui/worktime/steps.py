"""The way to a deadline, step by step, so that a screen can say why it is that time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from deskui.dataclass import dataclass
from deskui.worktime.hours import DAY, ZERO
from deskui.worktime.zone import moment

if TYPE_CHECKING:
    from deskui.worktime.workcalendar import WorkCalendar

Kind = Literal["counted", "closed", "day_off", "holiday", "special", "break"]


@dataclass(frozen=True, slots=True)
class Step:
    """One stretch on the way to a deadline.

    `start` and `end` are instants in the calendar's zone. `counted` is the working time it gives: its length
    when `kind` is "counted", else zero. Kinds: counted; closed (outside the hours of a day that has some);
    day_off (a weekday without hours); holiday; special (closed by the hours given for that date); break.
    `day` is the local date it belongs to (for counted and break: the day the shift starts on), so that a
    caller can name the holiday and its source; `label` says the reason in plain English.
    """

    start: datetime
    end: datetime
    counted: timedelta
    kind: Kind
    day: date
    label: str


def explain(calendar: WorkCalendar, start: datetime, work: timedelta) -> list[Step]:
    """The steps from `start` to the deadline: they touch, and what they count adds up to `work`.

    Raises as `WorkCalendar.deadline` does.
    """
    due = calendar.deadline(start, work).astimezone(UTC)
    here = start.astimezone(UTC)
    steps: list[Step] = []
    # the shift of the evening before may still run
    day = here.astimezone(calendar.tz).date() - DAY
    while here < due:
        for begin, end in calendar.shifts(day):
            opens, closes = max(begin, here), min(end, due)
            if opens >= closes:
                continue
            steps += _skipped(calendar, here, opens)
            steps += _shift(calendar, day, opens, closes)
            here = closes
        day += DAY
    return steps


def _step(calendar: WorkCalendar, start: datetime, end: datetime, kind: Kind, day: date) -> Step:
    reason = {
        "counted": f"open on {day}",
        "closed": f"outside the hours of {day}",
        "day_off": f"no hours on {day:%A}s",
        "holiday": f"holiday {day}",
        "special": f"closed by the hours of {day}",
        "break": f"break on {day}",
    }[kind]
    counted = end - start if kind == "counted" else ZERO
    return Step(start.astimezone(calendar.tz), end.astimezone(calendar.tz), counted, kind, day, reason)


def _skipped(calendar: WorkCalendar, start: datetime, end: datetime) -> list[Step]:
    """Closed time, one step per local day."""
    steps: list[Step] = []
    here = start
    day = here.astimezone(calendar.tz).date()
    while here < end:
        midnight = moment(datetime(day.year, day.month, day.day, tzinfo=calendar.tz) + DAY)
        until = min(midnight, end)
        if until > here:
            steps.append(_step(calendar, here, until, calendar.reason_closed(day), day))
            here = until
        day += DAY
    return steps


def _shift(calendar: WorkCalendar, day: date, start: datetime, end: datetime) -> list[Step]:
    """Open time of one shift, with the breaks in it."""
    steps: list[Step] = []
    here = start
    for begin, until in calendar.breaks_between(start, end):
        if begin > here:
            steps.append(_step(calendar, here, begin, "counted", day))
        steps.append(_step(calendar, max(begin, here), min(until, end), "break", day))
        here = min(until, end)
    if here < end:
        steps.append(_step(calendar, here, end, "counted", day))
    return steps
