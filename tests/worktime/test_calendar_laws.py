"""Laws of working time, held against a minute-stepping oracle and against each other."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from deskui.worktime import NeverOpen, WorkCalendar
from tests.worktime.oracle import DAYS, ZERO, Oracle, Pairs

SETTINGS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# the stretches of the year around which each zone changes its clock, as first days to start from
ZONES = {
    "Asia/Bangkok": [date(2026, 4, 10), date(2026, 12, 30)],
    "Europe/Berlin": [date(2026, 3, 27), date(2026, 10, 23), date(2026, 12, 30)],
    "America/New_York": [date(2026, 3, 6), date(2026, 10, 30)],
    "Australia/Lord_Howe": [date(2026, 4, 3), date(2026, 10, 2)],
    "Africa/Casablanca": [date(2026, 2, 13), date(2026, 3, 20)],
    "America/Santiago": [date(2026, 4, 3), date(2026, 9, 4)],
}


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


# quarter hours find edges often, odd minutes find the rest
minute_of_day = st.one_of(st.sampled_from(range(0, 1440, 15)), st.integers(0, 1439))
pair = st.tuples(minute_of_day.map(_clock), st.one_of(minute_of_day.map(_clock), st.just("24:00")))
pairs = st.lists(pair, max_size=3)


def utc(at: datetime) -> datetime:
    """The instant in UTC: in a repeated hour Python calls no two zones equal."""
    return at.astimezone(UTC)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Oracle, WorkCalendar, datetime]:
    """A calendar, its oracle, and an instant near a change of the clock or a new year."""
    tz = draw(st.sampled_from(sorted(ZONES)))
    first = draw(st.sampled_from(ZONES[tz]))
    nearby = st.integers(0, 6).map(lambda days: first + timedelta(days=days))
    hours: dict[str, Pairs] = draw(st.dictionaries(st.sampled_from(DAYS), pairs, min_size=3))
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    instants = st.timedeltas(ZERO, timedelta(days=5)).map(lambda ahead: midnight + ahead)
    edges = st.integers(0, 5 * 96).map(lambda quarter: midnight + quarter * timedelta(minutes=15))
    instant = st.one_of(instants, edges)
    pauses = st.lists(st.tuples(instant, st.timedeltas(ZERO, timedelta(hours=9))), max_size=3)
    breaks = [(begin, begin + length) for begin, length in draw(pauses)]
    holidays = frozenset(draw(st.sets(nearby, max_size=2)))
    holiday_hours = draw(st.one_of(st.just([]), pairs))
    special = draw(st.dictionaries(nearby, pairs, max_size=2))
    oracle = Oracle(hours, tz, holidays, holiday_hours, special, breaks)
    calendar = WorkCalendar.weekly(
        hours, holidays=holidays, tz=tz, breaks=breaks, holiday_hours=holiday_hours, special=special
    )
    return oracle, calendar, draw(instant).astimezone(draw(st.sampled_from([UTC, ZoneInfo(tz)])))


works = st.one_of(
    st.timedeltas(ZERO, timedelta(hours=30)),
    st.integers(0, 120).map(lambda quarter: quarter * timedelta(minutes=15)),
)


@SLOW
@given(worlds(), works)
def test_deadline_is_that_of_the_oracle(
    world: tuple[Oracle, WorkCalendar, datetime], work: timedelta
) -> None:
    oracle, calendar, start = world
    expected = oracle.deadline(start, work, 5 * 1440)
    if expected is None:
        reject()
    due = calendar.deadline(start, work)
    assert utc(due) == utc(expected)
    assert due.tzinfo is calendar.tz


@SLOW
@given(worlds(), st.timedeltas(ZERO, timedelta(days=4)))
def test_elapsed_is_that_of_the_oracle(
    world: tuple[Oracle, WorkCalendar, datetime], distance: timedelta
) -> None:
    oracle, calendar, start = world
    end = utc(start) + distance
    expected = oracle.elapsed(utc(start), end)
    assert calendar.elapsed(start, end) == expected
    assert calendar.elapsed(end, start) == -expected


@SLOW
@given(worlds())
def test_opening_and_closing_are_those_of_the_oracle(world: tuple[Oracle, WorkCalendar, datetime]) -> None:
    oracle, calendar, at = world
    pieces = oracle.pieces(at, 4 * 1440)
    assume(pieces)
    opening = pieces[0][0]
    assert calendar.is_open(at) is (opening == utc(at))
    assert utc(calendar.next_open(at)) == opening
    closing = next((a[1] for a, b in pairwise(pieces) if a[1] < b[0]), None)
    if closing is not None:
        assert utc(calendar.next_close(at)) == closing


@SETTINGS
@given(worlds(), works.filter(bool))
def test_elapsed_turns_deadline_round(world: tuple[Oracle, WorkCalendar, datetime], work: timedelta) -> None:
    _, calendar, start = world
    try:
        due = calendar.deadline(start, work)
    except NeverOpen:
        reject()
    assert calendar.elapsed(start, due) == work
    # the first such instant: a microsecond earlier something was left
    assert calendar.elapsed(start, utc(due) - timedelta(microseconds=1)) == work - timedelta(microseconds=1)


@SETTINGS
@given(worlds(), works, works)
def test_deadline_never_goes_back_and_work_can_be_split(
    world: tuple[Oracle, WorkCalendar, datetime], one: timedelta, two: timedelta
) -> None:
    _, calendar, start = world
    try:
        first, both = calendar.deadline(start, one), calendar.deadline(start, one + two)
    except NeverOpen:
        reject()
    assert utc(first) <= utc(both)
    assert utc(calendar.deadline(first, two)) == utc(both)
    assert utc(calendar.deadline(utc(start) + timedelta(hours=1), one + two)) >= utc(both)


@SETTINGS
@given(worlds(), st.timedeltas(ZERO, timedelta(days=40)), st.timedeltas(ZERO, timedelta(days=40)))
def test_elapsed_adds_up(
    world: tuple[Oracle, WorkCalendar, datetime], one: timedelta, two: timedelta
) -> None:
    _, calendar, start = world
    a = utc(start)
    b, c = a + one, a + one + two
    assert calendar.elapsed(a, b) + calendar.elapsed(b, c) == calendar.elapsed(a, c)
    assert ZERO <= calendar.elapsed(a, b) <= one


@SETTINGS
@given(worlds(), works)
def test_steps_touch_and_add_up(world: tuple[Oracle, WorkCalendar, datetime], work: timedelta) -> None:
    _, calendar, start = world
    try:
        due = calendar.deadline(start, work)
        steps = calendar.explain(start, work)
    except NeverOpen:
        reject()
    assert sum((step.counted for step in steps), ZERO) == work
    if not work:
        assert steps == []
        return
    assert utc(steps[0].start) == utc(start)
    assert utc(steps[-1].end) == utc(due)
    assert steps[-1].kind == "counted"
    for step, following in pairwise(steps):
        assert utc(step.end) == utc(following.start)
    for step in steps:
        begin, end = utc(step.start), utc(step.end)
        assert begin < end
        assert step.counted == (end - begin if step.kind == "counted" else ZERO)
        assert calendar.elapsed(begin, end) == step.counted
        assert step.label


@SETTINGS
@given(worlds(), st.permutations(list(range(2024, 2031))))
def test_the_order_of_questions_does_not_matter(
    world: tuple[Oracle, WorkCalendar, datetime], years: list[int]
) -> None:
    _, calendar, start = world
    begin = datetime(2023, 6, 1, tzinfo=UTC)
    for year in years:
        calendar.is_open(datetime(year, 6, 1, tzinfo=UTC))
    fresh = calendar.with_breaks([])
    end = datetime(2031, 6, 1, tzinfo=UTC)
    assert calendar.elapsed(begin, end) == fresh.elapsed(begin, end)
    assert calendar.elapsed(start, end) == fresh.elapsed(start, end)


@pytest.mark.parametrize("tz", sorted(ZONES))
def test_a_year_open_all_day_is_as_long_as_the_year(tz: str) -> None:
    calendar = WorkCalendar.weekly({day: [("00:00", "24:00")] for day in DAYS}, tz=tz)
    start, end = datetime(2026, 1, 1, tzinfo=ZoneInfo(tz)), datetime(2027, 1, 1, tzinfo=ZoneInfo(tz))
    assert calendar.elapsed(start, end) == timedelta(days=365)
    assert calendar.deadline(start, timedelta(days=365)) == end
