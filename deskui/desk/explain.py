"""How the due time of a clock comes about, stretch by stretch. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from deskui.desk.clocks import ZERO, is_open
from deskui.desk.model import ClockStep
from deskui.desk.records import ClockRecord, Stretch
from deskui.policy.decision import Text
from deskui.worktime import HolidaySet, Step, WorkCalendar

_KINDS = {"counted": "counted", "closed": "closed", "day_off": "closed", "special": "closed"}

_LABELS = {
    "counted": Text("นับเวลา", "counted"),
    "closed": Text("นอกเวลาทำการ", "outside hours"),
    "day_off": Text("วันหยุดประจำสัปดาห์", "day off"),
    "special": Text("ปิดเป็นกรณีพิเศษ", "closed that day"),
    "holiday": Text("วันหยุด", "holiday"),
    "break": Text("ช่วงพัก", "break"),
}
_PAUSED = Text("หยุดนับ (รอลูกค้าหรือแก้ไขแล้ว)", "not counted (waiting or resolved)")
_AS_THEN = Text("นับตามเวลาทำการในขณะนั้น", "counted by the hours then in force")


def explain_clock(clock: ClockRecord, calendar: WorkCalendar) -> tuple[ClockStep, ...]:
    """The steps from the first start on, touching each other; they end where the goal is reached.

    Counted parts add up to the goal while the clock runs or once it missed, and to what was spent while
    it is paused or done in time. A stretch counted by hours that changed since is one step.
    """
    steps: list[ClockStep] = []
    left = clock.work
    here = clock.started_at
    for stretch in clock.stretches:
        steps += _gap(here, stretch.start)
        steps += _finished(stretch, calendar, left)
        left -= min(stretch.counted, left)
        here = stretch.stop
        if left <= ZERO:
            return tuple(steps)
    since = clock.running_since
    if since is not None and is_open(clock):
        steps += _gap(here, since)
        steps += [_step(step, calendar) for step in calendar.explain(since, left)]
    return tuple(steps)


def _gap(start: datetime, end: datetime) -> list[ClockStep]:
    return [ClockStep(start, end, ZERO, "paused", _PAUSED)] if start < end else []


def _finished(stretch: Stretch, calendar: WorkCalendar, left: timedelta) -> list[ClockStep]:
    """A finished stretch, up to where the goal is reached."""
    counted = min(stretch.counted, left)
    if calendar.elapsed(stretch.start, stretch.stop) != stretch.counted:
        return [ClockStep(stretch.start, stretch.stop, counted, "counted", _AS_THEN)]
    steps = [_step(step, calendar) for step in calendar.explain(stretch.start, counted)]
    reached = steps[-1].end if steps else stretch.start
    if stretch.counted <= left and reached < stretch.stop:
        # nothing counts from the last closing to the stop
        steps.append(ClockStep(reached, stretch.stop, ZERO, "closed", _LABELS["closed"]))
    return steps


def _step(step: Step, calendar: WorkCalendar) -> ClockStep:
    return ClockStep(
        start=step.start.astimezone(UTC),
        end=step.end.astimezone(UTC),
        counted=step.counted,
        kind=_KINDS.get(step.kind, step.kind),
        label=_holiday(calendar, step.day) if step.kind == "holiday" else _LABELS[step.kind],
    )


def _holiday(calendar: WorkCalendar, day: date) -> Text:
    """The holiday's name and where it is announced."""
    days = calendar.holidays
    found = days.day(day) if isinstance(days, HolidaySet) else None
    if found is None:
        return _LABELS["holiday"]
    return Text(f"{found.th} ({found.source})", f"{found.en} ({found.source})")
