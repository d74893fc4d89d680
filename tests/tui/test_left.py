"""The LEFT of the queue, as it is written and as it ticks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from deskui.desk.model import ClockState, ClockView
from deskui.tui.left import WIDTH, Urgency, age_text, carried_on, left_text, shows_seconds, time_text, urgency
from deskui.tui.messages import Say
from deskui.tui.panes.sla_text import OWN, clock_lines, left_words
from deskui.tui.telling import Teller
from tests.tui.clock_views import AT, HOUR, MINUTE, clock_view

SECOND = timedelta(seconds=1)
DAY = 8 * HOUR
TELL = Teller(Say("en"), ZoneInfo("Asia/Bangkok"), AT)


@pytest.mark.parametrize(
    ("span", "seconds", "expected"),
    [
        (3 * HOUR + 10 * MINUTE, False, "3h10"),
        (3 * HOUR + 5 * MINUTE + 59 * SECOND, True, "3h05"),
        (2 * DAY + 4 * HOUR, False, "2d4h"),
        (2 * DAY, False, "2d"),
        (2 * DAY + 59 * MINUTE, False, "2d"),
        (DAY, False, "1d"),
        (DAY - SECOND, False, "7h59"),
        (HOUR, True, "1h00"),
        (HOUR - SECOND, True, "59:59"),
        (HOUR - SECOND, False, "59m"),
        (2 * MINUTE + 48 * SECOND, True, "2:48"),
        (2 * MINUTE + 48 * SECOND, False, "2m"),
        (timedelta(0), True, "0:00"),
        (timedelta(0), False, "0m"),
        (-12 * MINUTE, True, "-12m"),
        (-12 * MINUTE - 59 * SECOND, False, "-12m"),
        (-SECOND, False, "-0m"),
        (-3 * HOUR - 5 * MINUTE, False, "-3h05"),
        (-DAY - HOUR, False, "-1d1h"),
        (120 * DAY + HOUR, False, "120d"),
    ],
)
def test_times(span: timedelta, seconds: bool, expected: str) -> None:
    assert time_text(span, DAY, seconds) == expected


def test_days_are_those_of_the_calendar() -> None:
    assert time_text(30 * HOUR, timedelta(hours=24)) == "1d6h"
    assert time_text(30 * HOUR, 7.5 * HOUR) == "4d"
    assert time_text(30 * HOUR, timedelta(0)) == "30d"


PAUSED, OUTSIDE, BREACHED = ClockState.PAUSED, ClockState.OUTSIDE_HOURS, ClockState.BREACHED


@pytest.mark.parametrize(
    ("view", "seconds", "expected"),
    [
        (clock_view(4 * HOUR + 18 * MINUTE), False, "  4h18"),
        (clock_view(48 * MINUTE), False, "! 48m"),
        (clock_view(48 * MINUTE), True, "! 48:00"),
        (clock_view(2 * MINUTE + 48 * SECOND, 15 * MINUTE), False, "! 2:48"),
        (clock_view(timedelta(0), state=ClockState.DUE), False, "! 0:00"),
        (clock_view(-12 * MINUTE, state=BREACHED), True, "▲ -12m"),
        (clock_view(-12 * MINUTE, state=BREACHED, promised=False), True, "△ ~-12m"),
        (clock_view(3 * HOUR, state=OUTSIDE), False, "☾ 3h00"),
        (clock_view(48 * MINUTE, state=OUTSIDE), True, "☾ 48m"),
        (clock_view(2 * MINUTE, state=OUTSIDE), True, "☾ 2m"),
        (clock_view(3 * HOUR, state=PAUSED), False, "⏸ 3h00"),
        (clock_view(3 * HOUR, state=ClockState.MET, met=True), False, "✓"),
        (clock_view(-HOUR, state=BREACHED, met=True), False, "✓"),
        (clock_view(7 * HOUR, promised=False), False, "  ~7h00"),
        (clock_view(3 * HOUR, state=ClockState.STOPPED), False, "— 2h05"),
        (None, True, "— 2h05"),
    ],
)
def test_left(view: ClockView | None, seconds: bool, expected: str) -> None:
    assert left_text(view, AT - 2 * HOUR - 5 * MINUTE, AT, seconds) == expected


def test_age() -> None:
    assert [age_text(AT - span, AT) for span in (MINUTE, 2 * HOUR, 76 * HOUR, -HOUR)] == [
        "1m", "2h00", "3d", "0m",
    ]  # fmt: skip


@given(
    st.timedeltas(timedelta(days=-900), timedelta(days=900)),
    st.sampled_from(ClockState),
    st.booleans(),
    st.booleans(),
)
def test_left_fits_its_column(left: timedelta, state: ClockState, promised: bool, seconds: bool) -> None:
    view = clock_view(left, state=state, promised=promised)
    assert cell_len(left_text(view, AT - abs(left), AT, seconds)) <= WIDTH + 1
    if promised and abs(left) < 800 * HOUR:
        assert cell_len(left_text(view, AT - abs(left), AT, seconds)) <= WIDTH


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (None, Urgency.NONE),
        (clock_view(5 * HOUR), Urgency.RUNNING),
        (clock_view(2 * HOUR + SECOND), Urgency.RUNNING),
        (clock_view(2 * HOUR), Urgency.WARNING),
        (clock_view(-SECOND, state=BREACHED), Urgency.BREACHED),
        (clock_view(HOUR, state=OUTSIDE), Urgency.OUTSIDE),
        (clock_view(HOUR, state=PAUSED), Urgency.PAUSED),
        (clock_view(-HOUR, state=BREACHED, met=True), Urgency.DONE),
    ],
)
def test_urgency(view: ClockView | None, expected: Urgency) -> None:
    assert urgency(view) is expected


def test_every_state_has_a_sign_of_its_own() -> None:
    signs = [each.sign for each in Urgency if each not in (Urgency.NONE, Urgency.RUNNING)]
    assert len(set(signs)) == len(signs)
    assert all(cell_len(each.sign) == 1 for each in Urgency)


def test_a_running_clock_ticks_to_its_closing_and_stands_still() -> None:
    view = clock_view(3 * HOUR, next_change=AT + HOUR)
    later = carried_on(view, AT, AT + 20 * MINUTE)
    assert (later.left, later.spent, later.state) == (
        2 * HOUR + 40 * MINUTE,
        5 * HOUR + 20 * MINUTE,
        ClockState.RUNNING,
    )
    assert later.left + later.spent == later.work
    for after in (HOUR, 5 * HOUR):
        closed = carried_on(view, AT, AT + after)
        assert (closed.left, closed.state) == (2 * HOUR, OUTSIDE)


def test_a_clock_outside_hours_starts_at_the_opening() -> None:
    view = clock_view(3 * HOUR, state=OUTSIDE, next_change=AT + HOUR, open_now=False)
    assert carried_on(view, AT, AT + 59 * MINUTE) == view
    opened = carried_on(view, AT, AT + HOUR + MINUTE)
    assert (opened.left, opened.state) == (3 * HOUR - MINUTE, ClockState.RUNNING)


def test_a_clock_falls_due_and_breaches() -> None:
    view = clock_view(MINUTE)
    assert carried_on(view, AT, AT + MINUTE).state is ClockState.DUE
    over = carried_on(view, AT, AT + 3 * MINUTE)
    assert (over.left, over.state) == (-2 * MINUTE, BREACHED)
    at_close = carried_on(clock_view(HOUR, next_change=AT + HOUR), AT, AT + 5 * HOUR)
    assert (at_close.left, at_close.state) == (timedelta(0), BREACHED)


def test_a_breached_clock_counts_in_open_hours_only() -> None:
    view = clock_view(-12 * MINUTE, state=BREACHED, next_change=AT + HOUR)
    assert carried_on(view, AT, AT + MINUTE).left == -13 * MINUTE
    assert carried_on(view, AT, AT + 9 * HOUR).left == -72 * MINUTE
    closed = clock_view(-12 * MINUTE, state=BREACHED, next_change=AT + HOUR, open_now=False)
    assert carried_on(closed, AT, AT + MINUTE).left == -12 * MINUTE
    assert carried_on(closed, AT, AT + HOUR + MINUTE).left == -13 * MINUTE


@pytest.mark.parametrize("state", [PAUSED, ClockState.MET, ClockState.STOPPED])
def test_what_does_not_run_does_not_tick(state: ClockState) -> None:
    view = clock_view(HOUR, state=state)
    assert carried_on(view, AT, AT + DAY) is view
    assert carried_on(clock_view(HOUR), AT, AT - MINUTE).left == HOUR


@given(st.integers(0, 100_000), st.integers(0, 100_000), st.integers(-5_000, 50_000), st.booleans())
def test_ticking_by_steps_is_ticking_at_once(first: int, second: int, change: int, open_now: bool) -> None:
    """As long as the calendar changes once."""
    state = ClockState.RUNNING if open_now else OUTSIDE
    view = clock_view(5 * HOUR, state=state, next_change=AT + abs(change) * SECOND, open_now=open_now)
    whole = AT + (first + second) * SECOND
    once = carried_on(view, AT, whole)
    halfway = carried_on(view, AT, AT + first * SECOND)
    if view.next_change is not None and AT + first * SECOND < view.next_change:
        assert carried_on(halfway, AT + first * SECOND, whole) == once
    assert once.spent >= halfway.spent


def test_seconds_show_on_the_selected_row_and_in_the_last_minutes() -> None:
    assert shows_seconds(clock_view(59 * MINUTE), selected=True)
    assert not shows_seconds(clock_view(59 * MINUTE), selected=False)
    assert shows_seconds(clock_view(4 * MINUTE), selected=False)
    assert not shows_seconds(clock_view(2 * HOUR), selected=True)
    assert not shows_seconds(clock_view(MINUTE, state=OUTSIDE), selected=True)
    assert not shows_seconds(None, selected=True)


@pytest.mark.parametrize(("promised", "sign"), [(True, "▲ breached"), (False, "△ past our goal")])
def test_only_a_promise_is_breached(promised: bool, sign: str) -> None:
    """The SLA pane names a goal of our own that is past as such."""
    tell = Teller(Say("en"), ZoneInfo("Asia/Bangkok"), AT)
    view = clock_view(-12 * MINUTE, state=BREACHED, promised=promised)
    assert any(sign in line.text for line in clock_lines(view, tell))


def test_a_clock_that_begins_later_stands_still_and_says_when() -> None:
    """The hour within which a caller is told what the supervisor says tomorrow ran down today."""
    tomorrow = AT + timedelta(days=1)
    view = replace(clock_view(HOUR, HOUR, promised=False), started_at=tomorrow, due_at=tomorrow + HOUR)
    later = carried_on(view, AT, AT + 20 * MINUTE)
    assert left_text(later, AT, AT + 20 * MINUTE, seconds=True).strip() == "~1h00"
    assert [line.text for line in clock_lines(later, TELL)][-2:] == ["begins Tue 10:42", "0m of 1h00 used"]
    begun = carried_on(view, AT, tomorrow + 20 * MINUTE)
    assert begun.left == 40 * MINUTE


def test_a_goal_of_our_own_is_marked_in_the_line_of_a_small_screen_too() -> None:
    told = {
        promised: left_words(clock_view(-MINUTE, HOUR, BREACHED, promised=promised), TELL, OWN)
        for promised in (True, False)
    }
    assert told == {True: "▲ 1m over", False: "△ ~1m over"}
