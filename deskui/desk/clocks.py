"""Clocks: one target running on one ticket. Pure; every change gives a new record.

What is kept is the working time spent, as finished stretches; the due instant follows from it: the
deadline of what is left of the goal, counted from the start of the running stretch. A change of severity,
plan, calendar or holiday re-plans only what is left. A clock is met at or before its due instant (X-03).
Once missed, its due instant stands through pauses until a re-plan moves it past the miss.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from deskui.dataclass import dataclass
from deskui.desk.model import ClockState, ClockView
from deskui.desk.planrecords import RunningClock
from deskui.desk.records import ClockRecord, Stretch
from deskui.worktime import NeverCloses, NeverOpen, WorkCalendar

ZERO = timedelta(0)


@dataclass(frozen=True, slots=True)
class Goal:
    """What a clock counts towards."""

    kind: str
    rule: str
    clause: str
    promised: bool
    calendar: str
    work: timedelta


def start_clock(
    goal: Goal, ticket_id: int, policy: str, calendar: WorkCalendar, start: datetime
) -> ClockRecord:
    """A clock of `goal` running from `start`; `calendar` is the one the goal names. Raises NeverOpen."""
    at = start.astimezone(UTC)
    return ClockRecord(
        clock_id=0,
        ticket_id=ticket_id,
        kind=goal.kind,
        rule=goal.rule,
        clause=goal.clause,
        promised=goal.promised,
        policy=policy,
        calendar=goal.calendar,
        work=goal.work,
        spent=ZERO,
        started_at=at,
        running_since=at,
        due_at=calendar.deadline(at, goal.work).astimezone(UTC),
    )


def is_open(clock: ClockRecord) -> bool:
    """Whether it is neither met nor stopped."""
    return clock.met_at is None and clock.stopped_at is None


def is_missed(clock: ClockRecord, at: datetime) -> bool:
    """Whether an unmet clock's due instant is before `at`; at the instant itself it is not missed
    (X-03).
    """
    return is_open(clock) and clock.due_at is not None and clock.due_at < at


def spent_by(clock: ClockRecord, calendar: WorkCalendar, at: datetime) -> timedelta:
    """Working time used up by `at`."""
    if clock.running_since is None or at <= clock.running_since:
        return clock.spent
    return clock.spent + calendar.elapsed(clock.running_since, at)


def _spent_by_due(clock: ClockRecord, at: datetime) -> timedelta:
    """What is used up by `at` where nobody knows the hours: so that what is left ends at the due instant."""
    if clock.running_since is None or clock.due_at is None:
        return clock.spent
    return max(clock.spent, clock.work - (clock.due_at - at))


def _cut(clock: ClockRecord, calendar: WorkCalendar | None, at: datetime) -> ClockRecord:
    """The clock with its running stretch finished at `at`; by its due instant without a calendar."""
    since = clock.running_since
    if since is None:
        return clock
    if at <= since:
        return replace(clock, running_since=None)
    counted = calendar.elapsed(since, at) if calendar else _spent_by_due(clock, at) - clock.spent
    stretch = Stretch(since, at.astimezone(UTC), counted, clock.calendar)
    return replace(
        clock, running_since=None, spent=clock.spent + counted, stretches=(*clock.stretches, stretch)
    )


def pause(clock: ClockRecord, calendar: WorkCalendar, at: datetime) -> ClockRecord:
    """Keeps what was spent; the due instant goes, unless it was missed already."""
    if not is_open(clock) or clock.running_since is None:
        return clock
    missed = is_missed(clock, at)
    return replace(_cut(clock, calendar, at), due_at=clock.due_at if missed else None)


def resume(clock: ClockRecord, calendar: WorkCalendar, at: datetime) -> ClockRecord:
    """Plans what is left from `at`; a missed clock keeps its due instant."""
    if not is_open(clock) or clock.running_since is not None:
        return clock
    # a target that starts later does not start sooner for having been paused
    since = max(at.astimezone(UTC), clock.started_at)
    due = clock.due_at or _due(calendar, since, clock.work - clock.spent)
    return replace(clock, running_since=since, due_at=due)


def _due(calendar: WorkCalendar, since: datetime, left: timedelta) -> datetime:
    return calendar.deadline(since, max(left, ZERO)).astimezone(UTC)


def replan(
    clock: ClockRecord, goal: Goal, was: WorkCalendar, becomes: WorkCalendar, at: datetime
) -> ClockRecord:
    """The clock under another goal from `at` on; what was spent stays as counted by the calendar `was`.

    A goal that is used up already is due at `at`, as nobody could have known sooner; one that was missed
    and stays used up keeps the instant it was missed at.
    """
    if not is_open(clock):
        return clock
    missed = clock.due_at if is_missed(clock, at) else None
    running = clock.running_since is not None
    cut = replace(
        _cut(clock, was, at),
        rule=goal.rule,
        clause=goal.clause,
        promised=goal.promised,
        calendar=goal.calendar,
        work=goal.work,
    )
    left = cut.work - cut.spent
    if left <= ZERO and missed is not None:
        due: datetime | None = missed
    else:
        due = None
    if not running:
        return replace(cut, due_at=due)
    since = max(at.astimezone(UTC), clock.started_at)
    return replace(cut, running_since=since, due_at=due or _due(becomes, since, left))


def recalendar(clock: ClockRecord, calendar: WorkCalendar) -> ClockRecord:
    """The clock after its calendar changed (a holiday came or went): the running stretch is counted anew.

    Finished stretches stay as they were counted.
    """
    left = clock.work - clock.spent
    if not is_open(clock) or clock.running_since is None or left <= ZERO:
        return clock
    return replace(clock, due_at=_due(calendar, clock.running_since, left))


def moves(clock: RunningClock, calendar: WorkCalendar) -> bool:
    """Whether `recalendar` gives a running clock another due instant."""
    left = clock.work - clock.spent
    return left > ZERO and calendar.deadline(clock.running_since, left) != clock.due_at


def meet(clock: ClockRecord, calendar: WorkCalendar | None, at: datetime) -> ClockRecord:
    """Done at `at`: in time or late, as the due instant says; no calendar: nobody knows the hours."""
    if not is_open(clock):
        return clock
    return replace(_cut(clock, calendar, at), met_at=at.astimezone(UTC))


def stop(clock: ClockRecord, calendar: WorkCalendar | None, at: datetime) -> ClockRecord:
    """Ended at `at` without being met; without a calendar where nobody knows the hours."""
    if not is_open(clock):
        return clock
    return replace(_cut(clock, calendar, at), stopped_at=at.astimezone(UTC))


def reopen(clock: ClockRecord, calendar: WorkCalendar, at: datetime) -> ClockRecord:
    """A met clock running again from `at`: time since it was met does not count, a breach stays on
    record.
    """
    if clock.met_at is None:
        return clock
    missed = clock.due_at is not None and clock.due_at < clock.met_at
    return resume(replace(clock, met_at=None, due_at=clock.due_at if missed else None), calendar, at)


def state_at(clock: ClockRecord, calendar: WorkCalendar, at: datetime) -> ClockState:
    """What the clock is doing at `at`."""
    return _state(clock, at, calendar.is_open(at))


def _state(clock: ClockRecord, at: datetime, open_now: bool) -> ClockState:
    end = clock.met_at or clock.stopped_at or at
    if clock.breached_at is not None or (clock.due_at is not None and clock.due_at < end):
        return ClockState.BREACHED
    if clock.met_at is not None:
        return ClockState.MET
    if clock.stopped_at is not None:
        return ClockState.STOPPED
    if clock.running_since is None:
        return ClockState.PAUSED
    if clock.due_at == at:
        return ClockState.DUE
    return ClockState.RUNNING if open_now else ClockState.OUTSIDE_HOURS


def next_change(calendar: WorkCalendar, at: datetime) -> datetime | None:
    """The next opening or closing after `at`; None when there is none."""
    try:
        change = calendar.next_close(at) if calendar.is_open(at) else calendar.next_open(at)
    except (NeverOpen, NeverCloses):
        return None
    return change.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Hours:
    """What all clocks of a calendar have in common at an instant."""

    calendar: WorkCalendar
    at: datetime
    open_now: bool
    next_change: datetime | None
    """Next opening or closing; None when there is none."""
    day_length: timedelta
    known: bool = True
    """False while the vendor's terms cannot be read: clocks are shown by their due instants alone."""


def hours_at(calendar: WorkCalendar, at: datetime, *, known: bool = True) -> Hours:
    """The calendar as it stands at the aware instant `at`; not `known` where it stands in for another."""
    return Hours(calendar, at, calendar.is_open(at), next_change(calendar, at), calendar.day_length, known)


def clock_view(clock: ClockRecord, calendar: WorkCalendar, at: datetime) -> ClockView:
    """The clock as it stands at the aware instant `at`, in its calendar."""
    return view_in(hours_at(calendar, at), clock)


def view_in(hours: Hours, clock: ClockRecord) -> ClockView:
    """The clock as it stands at an instant, in its calendar: for many that share one."""
    at = hours.at
    spent = spent_by(clock, hours.calendar, at) if hours.known else _spent_by_due(clock, at)
    return ClockView(
        clock_id=clock.clock_id,
        kind=clock.kind,
        rule=clock.rule,
        clause=clock.clause,
        promised=clock.promised,
        state=_state(clock, at, hours.open_now),
        started_at=clock.started_at,
        work=clock.work,
        spent=spent,
        left=clock.work - spent,
        due_at=clock.due_at,
        met_at=clock.met_at,
        breached_at=clock.breached_at or (clock.due_at if is_missed(clock, at) else None),
        day_length=hours.day_length,
        next_change=hours.next_change if is_open(clock) else None,
        open_now=hours.open_now,
    )


@dataclass(frozen=True, slots=True)
class DueKeys:
    """What the order of the queue keeps of a ticket's clocks."""

    promise: datetime | None
    goal: datetime | None
    kind: str | None


def due_keys(clocks: Iterable[ClockRecord]) -> DueKeys:
    """Earliest due instants of the unmet promises and goals, and the kind of what is due first."""
    first: dict[bool, ClockRecord] = {}
    for clock in clocks:
        if not is_open(clock) or clock.due_at is None:
            continue
        best = first.get(clock.promised)
        if best is None or best.due_at is None or clock.due_at < best.due_at:
            first[clock.promised] = clock
    promise, goal = first.get(True), first.get(False)
    shown = promise or goal
    return DueKeys(
        promise.due_at if promise else None, goal.due_at if goal else None, shown.kind if shown else None
    )


def shown_clock(clocks: Iterable[ClockRecord]) -> ClockRecord | None:
    """The clock of the LEFT column: unmet promises first, the earliest due first, paused ones after
    those.
    """
    waiting = [clock for clock in clocks if is_open(clock)]
    far = datetime.max.replace(tzinfo=UTC)
    return min(waiting, key=lambda clock: (not clock.promised, clock.due_at or far), default=None)
