"""Clocks: random lives against a clock that steps minute by minute, and the edges one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskui.desk import clocks as running
from deskui.desk.clocks import Goal
from deskui.desk.explain import explain_clock
from deskui.desk.model import ClockState
from deskui.desk.records import ClockRecord
from deskui.worktime import WorkCalendar
from tests.desk.conftest import at

MINUTE = timedelta(minutes=1)
ZERO = timedelta(0)

BUSINESS = WorkCalendar.weekly(
    {day: [("09:00", "12:00"), ("13:00", "18:00")] for day in ("mon", "tue", "wed", "thu", "fri")},
    holidays={date(2026, 11, 25)},
)
EVENING = WorkCalendar.weekly({day: [("17:00", "23:00")] for day in ("mon", "tue", "wed", "sat", "sun")})
CALENDARS = {"business": BUSINESS, "evening": EVENING}


def goal(minutes: int, calendar: str = "business", kind: str = "resolution") -> Goal:
    return Goal(kind, "SX-11", "§6", True, calendar, timedelta(minutes=minutes))


def started(minutes: int, start: datetime, calendar: str = "business") -> ClockRecord:
    return running.start_clock(goal(minutes, calendar), 1, "sixth", CALENDARS[calendar], start)


@dataclass
class Oracle:
    """Steps through every minute; knows no deadlines."""

    work: int
    calendar: str
    spent: int = 0
    runs: bool = True

    def minute(self, start: datetime) -> None:
        if self.runs and CALENDARS[self.calendar].is_open(start):
            self.spent += 1


_STEP = st.tuples(
    st.integers(min_value=0, max_value=900),
    st.sampled_from(["pause", "resume", "severity", "solve", "look"]),
    st.integers(min_value=0, max_value=1500),
    st.sampled_from(["business", "evening"]),
)


@given(
    work=st.integers(min_value=0, max_value=1200),
    begin=st.integers(min_value=0, max_value=3 * 24 * 60),
    steps=st.lists(_STEP, max_size=8),
)
def test_any_life_spends_what_a_minute_by_minute_clock_spends(
    work: int, begin: int, steps: Sequence[tuple[int, str, int, str]]
) -> None:
    now = at(0) + begin * MINUTE
    clock = started(work, now)
    oracle = Oracle(work, "business")
    missed_once = False
    for wait, step, figure, calendar in steps:
        for _ in range(wait):
            oracle.minute(now)
            now += MINUTE
        mine = CALENDARS[clock.calendar]
        if step == "pause":
            clock, oracle.runs = running.pause(clock, mine, now), False
        elif step == "resume":
            clock, oracle.runs = running.resume(clock, mine, now), True
        elif step == "severity":
            clock = running.replan(clock, goal(figure, calendar), mine, CALENDARS[calendar], now)
            oracle.work, oracle.calendar = figure, calendar
            missed_once = False
        elif step == "solve":
            # solved for as long as the figure says, then reopened
            late = running.is_missed(clock, now)
            clock = running.meet(clock, mine, now)
            assert clock.running_since is None
            view = running.clock_view(clock, mine, now)
            assert view.state is (ClockState.BREACHED if late else ClockState.MET)
            now += figure * MINUTE
            clock, oracle.runs = running.reopen(clock, mine, now), True
        check(clock, oracle, now)
        if missed_once:
            assert running.state_at(clock, CALENDARS[clock.calendar], now) is ClockState.BREACHED
        missed_once = missed_once or running.is_missed(clock, now)


def check(clock: ClockRecord, oracle: Oracle, now: datetime) -> None:
    calendar = CALENDARS[clock.calendar]
    view = running.clock_view(clock, calendar, now)
    assert view.spent == oracle.spent * MINUTE
    assert view.spent + view.left == view.work == oracle.work * MINUTE
    assert (clock.running_since is not None) == oracle.runs
    if clock.due_at is not None and clock.due_at >= now and view.left >= ZERO:
        assert calendar.elapsed(now, clock.due_at) == view.left
    if clock.running_since is None and not running.is_missed(clock, now):
        assert view.due_at is None
        assert view.state is ClockState.PAUSED
    steps = explain_clock(clock, calendar)
    expected = min(view.work, clock.spent) if clock.running_since is None else view.work
    assert sum((step.counted for step in steps), ZERO) == expected
    assert all(one.end == two.start for one, two in pairwise(steps))
    if steps and clock.running_since is not None and clock.work > clock.spent:
        assert steps[-1].end == clock.due_at


def test_met_at_the_due_instant_is_in_time() -> None:
    clock = started(60, at(9))
    on_time = running.meet(clock, BUSINESS, at(10))
    late = running.meet(clock, BUSINESS, at(10) + timedelta(microseconds=1))
    assert running.state_at(on_time, BUSINESS, at(20)) is ClockState.MET
    assert running.state_at(late, BUSINESS, at(20)) is ClockState.BREACHED


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (at(9, 30), ClockState.RUNNING),
        (at(12), ClockState.OUTSIDE_HOURS),
        (at(12, 59), ClockState.OUTSIDE_HOURS),
        (at(13), ClockState.RUNNING),
        (at(14), ClockState.DUE),
        (at(14) + timedelta(microseconds=1), ClockState.BREACHED),
    ],
)
def test_states_of_a_running_clock(now: datetime, state: ClockState) -> None:
    assert running.state_at(started(240, at(9)), BUSINESS, now) is state


def test_left_stands_still_outside_hours_and_says_when_that_ends() -> None:
    clock = started(240, at(9))
    noon, later = (running.clock_view(clock, BUSINESS, now) for now in (at(12), at(12, 45)))
    assert noon.left == later.left == timedelta(hours=1)
    assert later.next_change == at(13)
    assert running.clock_view(clock, BUSINESS, at(9)).next_change == at(12)
    assert noon.day_length == timedelta(hours=8)


def test_a_deadline_on_the_closing_instant_is_missed_only_after_it() -> None:
    clock = started(8 * 60, at(9))
    assert clock.due_at == at(18)
    assert running.state_at(clock, BUSINESS, at(18)) is ClockState.DUE
    evening = running.clock_view(clock, BUSINESS, at(19))
    assert (evening.state, evening.left) == (ClockState.BREACHED, ZERO)
    assert evening.breached_at == at(18)


def test_a_missed_clock_keeps_its_due_instant_through_a_pause() -> None:
    clock = started(60, at(9))
    paused = running.pause(clock, BUSINESS, at(11))
    assert paused.due_at == at(10)
    resumed = running.resume(paused, BUSINESS, at(15))
    assert resumed.due_at == at(10)
    assert running.spent_by(resumed, BUSINESS, at(16)) == timedelta(hours=3)


def test_a_pause_before_the_start_does_not_start_it_sooner() -> None:
    clock = started(60, at(15))
    resumed = running.resume(running.pause(clock, BUSINESS, at(10)), BUSINESS, at(11))
    assert (resumed.running_since, resumed.due_at, resumed.stretches) == (at(15), at(16), ())


def test_a_goal_used_up_already_is_due_when_it_is_set() -> None:
    clock = started(480, at(9))
    changed = running.replan(clock, goal(60), BUSINESS, BUSINESS, at(11))
    assert changed.due_at == at(11)
    view = running.clock_view(changed, BUSINESS, at(11))
    assert (view.state, view.left) == (ClockState.DUE, timedelta(hours=-1))


def test_a_new_holiday_counts_the_running_stretch_anew() -> None:
    clock = started(16 * 60, at(9))
    closed = BUSINESS.with_holidays({date(2026, 11, 24), date(2026, 11, 25)})
    moved = running.recalendar(clock, closed)
    assert clock.due_at == at(18, day=date(2026, 11, 24))
    assert moved.due_at == at(18, day=date(2026, 11, 26))
    paused = running.pause(clock, BUSINESS, at(11))
    assert running.recalendar(paused, closed) == paused
    done = running.meet(clock, BUSINESS, at(11))
    assert running.recalendar(done, closed) == done


def test_explaining_names_the_holiday_and_the_hours_of_then() -> None:
    clock = running.resume(
        running.pause(started(12 * 60, at(16)), BUSINESS, at(17)), BUSINESS, at(16, day=date(2026, 11, 24))
    )
    steps = explain_clock(clock, BUSINESS)
    assert [(step.kind, step.counted) for step in steps[:3]] == [
        ("counted", timedelta(hours=1)),
        ("paused", ZERO),
        ("counted", timedelta(hours=2)),
    ]
    assert "holiday" in [step.kind for step in steps]
    # the first stretch was counted before that Monday was closed
    other = BUSINESS.with_holidays({date(2026, 11, 23)})
    then = explain_clock(clock, other)[0]
    assert then.counted == timedelta(hours=1)
    assert then.label.en == "counted by the hours then in force"


def test_keys_of_the_queue_come_from_the_unmet_clocks() -> None:
    first = started(60, at(9))
    second = replace(started(30, at(9)), kind="callback")
    own = replace(started(10, at(9)), promised=False, kind="first_response")
    keys = running.due_keys([first, second, own])
    assert (keys.promise, keys.goal, keys.kind) == (at(9, 30), at(9, 10), "callback")
    shown = running.shown_clock([own, first, second])
    assert shown is not None
    assert shown.kind == "callback"
    met = running.meet(second, BUSINESS, at(9, 5))
    assert running.due_keys([first, met]).promise == at(10)
    assert running.due_keys([met]).kind is None
    assert running.shown_clock([met]) is None


def test_instants_are_kept_in_utc() -> None:
    clock = started(60, at(9).astimezone(BUSINESS.tz))
    assert clock.started_at.tzinfo is UTC
    assert clock.due_at is not None
    assert clock.due_at.tzinfo is UTC
