"""Working time by example: the cases the rules name, and the edges of the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskui.paths import data_dir
from deskui.worktime import NeverCloses, NeverOpen, WorkCalendar, load_holiday_set

BKK = ZoneInfo("Asia/Bangkok")
HOUR = timedelta(hours=1)
WEEK = {day: [("09:00", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
SPLIT = {day: [("09:00", "12:00"), ("13:00", "18:00")] for day in ("mon", "tue", "wed", "thu", "fri")}


def holiday_folder() -> Path:
    return data_dir() / "holidays"


def bkk(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=BKK)


class Asked:
    """Holidays that remember which dates were asked about; `closed` says whether all are holidays."""

    def __init__(self, *, closed: bool = False) -> None:
        self.closed = closed
        self.dates: set[date] = set()

    def __contains__(self, day: object) -> bool:
        assert isinstance(day, date)
        self.dates.add(day)
        return self.closed


def test_em_12_a_day_and_night_of_work_is_three_days_and_ends_on_the_closing_time() -> None:
    calendar = WorkCalendar.weekly(WEEK, tz="Asia/Bangkok")
    assert calendar.deadline(bkk(2026, 11, 23, 9), 24 * HOUR) == bkk(2026, 11, 25, 17)


def test_em_16_a_holiday_keeps_the_hours_already_served() -> None:
    government = load_holiday_set("th-government", holiday_folder())
    calendar = WorkCalendar.weekly(WEEK, holidays=government)
    # Friday 15:00 leaves six of eight hours for Tuesday, as Monday 7 December 2026 is a substitution day
    assert calendar.deadline(bkk(2026, 12, 4, 15), 8 * HOUR) == bkk(2026, 12, 8, 15)


def test_em_15_labour_day_is_open_and_royal_ploughing_closed_for_the_government() -> None:
    calendar = WorkCalendar.weekly(WEEK, holidays=load_holiday_set("th-government", holiday_folder()))
    assert calendar.is_open(bkk(2026, 5, 1, 10))
    assert not calendar.is_open(bkk(2026, 5, 13, 10))


def test_ar_55_saturday_5_december_is_deferred_to_tuesday() -> None:
    private = load_holiday_set("th-private", holiday_folder())
    calendar = WorkCalendar.weekly({day: [("09:00", "18:00")] for day in WEEK}, holidays=private)
    assert calendar.next_open(bkk(2026, 12, 5, 10)) == bkk(2026, 12, 8, 9)


def test_x_02_hours_are_half_open() -> None:
    calendar = WorkCalendar.weekly(WEEK)
    assert calendar.is_open(bkk(2026, 11, 23, 9))
    assert calendar.is_open(bkk(2026, 11, 23, 16, 59, 59))
    assert not calendar.is_open(bkk(2026, 11, 23, 17))
    assert calendar.next_open(bkk(2026, 11, 23, 17)) == bkk(2026, 11, 24, 9)
    assert calendar.next_close(bkk(2026, 11, 23, 16)) == bkk(2026, 11, 23, 17)
    assert calendar.next_close(bkk(2026, 11, 23, 17)) == bkk(2026, 11, 24, 17)
    assert calendar.next_open(bkk(2026, 11, 23, 10)) == bkk(2026, 11, 23, 10)


def test_x_03_a_microsecond_of_work_after_closing_time_falls_on_the_next_morning() -> None:
    calendar = WorkCalendar.weekly(WEEK)
    tick = timedelta(microseconds=1)
    assert calendar.deadline(bkk(2026, 11, 23, 9), 8 * HOUR + tick) == bkk(2026, 11, 24, 9) + tick
    assert calendar.elapsed(bkk(2026, 11, 23, 17), bkk(2026, 11, 24, 9) + tick) == tick


def test_zero_work_is_due_at_the_start_even_outside_hours() -> None:
    calendar = WorkCalendar.weekly(WEEK)
    due = calendar.deadline(datetime(2026, 11, 22, 1, tzinfo=UTC), timedelta(0))
    assert due == bkk(2026, 11, 22, 8)
    assert due.tzinfo is BKK
    assert calendar.explain(bkk(2026, 11, 22), timedelta(0)) == []
    assert WorkCalendar.weekly({}).deadline(bkk(2026, 11, 22), timedelta(0)) == bkk(2026, 11, 22)


def test_elapsed_is_negative_backwards() -> None:
    calendar = WorkCalendar.weekly(SPLIT)
    assert calendar.elapsed(bkk(2026, 11, 24, 10), bkk(2026, 11, 23, 11)) == -(7 * HOUR)


def test_instants_of_any_zone_are_the_same_instant() -> None:
    calendar = WorkCalendar.weekly(WEEK)
    there = bkk(2026, 11, 23, 10).astimezone(ZoneInfo("America/New_York"))
    assert calendar.deadline(there, HOUR) == bkk(2026, 11, 23, 11)
    assert calendar.deadline(there, HOUR).tzinfo is BKK
    assert calendar.next_open(there).tzinfo is BKK
    assert calendar.elapsed(there, bkk(2026, 11, 23, 12).astimezone(UTC)) == 2 * HOUR


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [
        # the night of Friday runs on when Saturday is a holiday, the night of a holiday does not start
        ({"fri": [("19:00", "05:00")]}, bkk(2026, 11, 28, 4), True),
        ({"fri": [("19:00", "05:00")]}, bkk(2026, 11, 28, 5), False),
        ({"sat": [("19:00", "05:00")]}, bkk(2026, 11, 28, 20), False),
        ({"sat": [("19:00", "05:00")]}, bkk(2026, 11, 29, 4), False),
    ],
)
def test_a_night_belongs_to_the_day_it_starts_on(
    hours: Mapping[str, list[tuple[str, str]]], at: datetime, expected: bool
) -> None:
    calendar = WorkCalendar.weekly(hours, holidays={date(2026, 11, 28)})
    assert calendar.is_open(at) is expected


def test_a_night_over_new_year_is_one_stretch() -> None:
    calendar = WorkCalendar.weekly({"thu": [("19:00", "05:00")]})
    assert calendar.next_close(bkk(2026, 12, 31, 20)) == bkk(2027, 1, 1, 5)
    assert calendar.next_close(bkk(2027, 1, 1, 1)) == bkk(2027, 1, 1, 5)
    assert calendar.elapsed(bkk(2026, 12, 31, 12), bkk(2027, 1, 1, 12)) == 10 * HOUR


def test_equal_ends_are_a_full_day_and_24_00_ends_one() -> None:
    full = WorkCalendar.weekly({"mon": [("09:00", "09:00")]})
    assert full.elapsed(bkk(2026, 11, 22), bkk(2026, 11, 29)) == 24 * HOUR
    assert full.next_close(bkk(2026, 11, 23, 9)) == bkk(2026, 11, 24, 9)
    ended = WorkCalendar.weekly({"mon": [("22:00", "24:00")]})
    assert ended.next_close(bkk(2026, 11, 23, 22)) == bkk(2026, 11, 24)


def test_overlapping_and_touching_hours_merge() -> None:
    calendar = WorkCalendar.weekly(
        {"mon": [("13:00", "18:00"), ("09:00", "14:00"), ("18:00", "19:00"), ("22:00", "06:00")]}
        | {"tue": [("05:00", "08:00")]}
    )
    assert calendar.elapsed(bkk(2026, 11, 23), bkk(2026, 11, 25)) == 20 * HOUR
    assert calendar.next_close(bkk(2026, 11, 23, 9)) == bkk(2026, 11, 23, 19)
    assert calendar.next_close(bkk(2026, 11, 23, 23)) == bkk(2026, 11, 24, 8)


def test_holiday_hours_are_kept_on_holidays_and_special_hours_beat_both() -> None:
    days = [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 28), date(2026, 11, 26)]
    calendar = WorkCalendar.weekly(
        WEEK,
        holidays=days,
        holiday_hours=[("08:30", "22:00")],
        special={
            date(2026, 11, 25): [("10:00", "11:00")],
            date(2026, 11, 26): [],
            date(2026, 11, 29): [("09:00", "12:00")],
        },
    )
    assert calendar.next_open(bkk(2026, 11, 24)) == bkk(2026, 11, 24, 8, 30)
    assert calendar.next_open(bkk(2026, 11, 24, 22)) == bkk(2026, 11, 25, 10)
    assert calendar.next_open(bkk(2026, 11, 25, 11)) == bkk(2026, 11, 27, 9)
    assert calendar.next_open(bkk(2026, 11, 27, 17)) == bkk(2026, 11, 28, 8, 30)
    assert calendar.next_open(bkk(2026, 11, 28, 22)) == bkk(2026, 11, 29, 9)


def test_breaks_are_cut_out_to_the_microsecond() -> None:
    tick = timedelta(microseconds=1)
    pause = (bkk(2026, 11, 23, 10), bkk(2026, 11, 23, 10, 30) + tick)
    calendar = WorkCalendar.weekly(WEEK, breaks=[pause, pause, (pause[0], pause[0])])
    assert calendar.deadline(bkk(2026, 11, 23, 9), 2 * HOUR) == bkk(2026, 11, 23, 11, 30) + tick
    assert not calendar.is_open(pause[0])
    assert calendar.is_open(pause[1])
    assert calendar.next_close(bkk(2026, 11, 23, 9)) == pause[0]
    more = calendar.with_breaks([(bkk(2026, 11, 23, 9), bkk(2026, 11, 23, 9, 30))])
    assert more.deadline(bkk(2026, 11, 23, 9), HOUR) == bkk(2026, 11, 23, 11) + tick
    assert calendar.deadline(bkk(2026, 11, 23, 9), HOUR) == pause[0]


def test_steps_name_every_day_that_is_skipped() -> None:
    private = load_holiday_set("th-private", holiday_folder())
    calendar = WorkCalendar.weekly(
        SPLIT,
        holidays=private,
        breaks=[(bkk(2026, 12, 4, 16), bkk(2026, 12, 4, 17))],
        special={date(2026, 12, 8): []},
    )
    steps = calendar.explain(bkk(2026, 12, 4, 15), 3 * HOUR)
    assert [(step.kind, step.day, step.start, step.counted) for step in steps] == [
        ("counted", date(2026, 12, 4), bkk(2026, 12, 4, 15), HOUR),
        ("break", date(2026, 12, 4), bkk(2026, 12, 4, 16), timedelta(0)),
        ("counted", date(2026, 12, 4), bkk(2026, 12, 4, 17), HOUR),
        ("closed", date(2026, 12, 4), bkk(2026, 12, 4, 18), timedelta(0)),
        ("day_off", date(2026, 12, 5), bkk(2026, 12, 5), timedelta(0)),
        ("day_off", date(2026, 12, 6), bkk(2026, 12, 6), timedelta(0)),
        ("holiday", date(2026, 12, 7), bkk(2026, 12, 7), timedelta(0)),
        ("special", date(2026, 12, 8), bkk(2026, 12, 8), timedelta(0)),
        ("closed", date(2026, 12, 9), bkk(2026, 12, 9), timedelta(0)),
        ("counted", date(2026, 12, 9), bkk(2026, 12, 9, 9), HOUR),
    ]
    assert steps[-1].end == calendar.deadline(bkk(2026, 12, 4, 15), 3 * HOUR)
    assert private.name(steps[6].day) == "National Day and National Father's Day (substitution day)"


@pytest.mark.parametrize(
    "calendar",
    [
        WorkCalendar.weekly({}),
        WorkCalendar.weekly({"mon": []}, holiday_hours=[]),
        WorkCalendar.weekly(WEEK, holidays=Asked(closed=True)),
        WorkCalendar.weekly(WEEK, breaks=[(bkk(2020, 1, 1), bkk(2900, 1, 1))]),
        WorkCalendar.weekly({}, special={date(2026, 11, 20): [("09:00", "17:00")]}),
    ],
    ids=["no hours", "empty hours", "always a holiday", "one long break", "special days all past"],
)
def test_a_calendar_that_never_opens_says_so(calendar: WorkCalendar) -> None:
    for call in (
        lambda: calendar.deadline(bkk(2026, 11, 23), HOUR),
        lambda: calendar.next_open(bkk(2026, 11, 23)),
        lambda: calendar.next_close(bkk(2026, 11, 23)),
        lambda: calendar.explain(bkk(2026, 11, 23), HOUR),
    ):
        with pytest.raises(NeverOpen, match="100 years of 2026-11-23"):
            call()
    assert not calendar.is_open(bkk(2026, 11, 23, 10))
    assert calendar.elapsed(bkk(2026, 11, 23), bkk(2027, 11, 23)) == timedelta(0)


def test_special_days_give_only_what_they_have() -> None:
    calendar = WorkCalendar.weekly({}, special={date(2028, 2, 29): [("09:00", "17:00")]})
    assert calendar.deadline(bkk(2026, 11, 23), 8 * HOUR) == bkk(2028, 2, 29, 17)
    with pytest.raises(NeverOpen, match="8:00:01 of working time"):
        calendar.deadline(bkk(2026, 11, 23), 8 * HOUR + timedelta(seconds=1))
    with pytest.raises(NeverOpen):
        WorkCalendar.weekly(WEEK).deadline(bkk(2026, 11, 23), timedelta.max)


def test_a_calendar_that_never_closes_says_so() -> None:
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    always = WorkCalendar.weekly({day: [("00:00", "24:00")] for day in days})
    assert always.next_open(bkk(2026, 11, 23, 3)) == bkk(2026, 11, 23, 3)
    assert always.deadline(bkk(2026, 12, 31, 23), 24 * HOUR) == bkk(2027, 1, 1, 23)
    with pytest.raises(NeverCloses, match="100 years"):
        always.next_close(bkk(2026, 11, 23))


def test_daylight_saving_counts_real_time() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    night = WorkCalendar.weekly({"sat": [("22:00", "06:00")]}, tz="Europe/Berlin")
    # the clock goes forward on 29 March 2026 and back on 25 October
    march, october = datetime(2026, 3, 28, 22, tzinfo=berlin), datetime(2026, 10, 24, 22, tzinfo=berlin)
    assert night.elapsed(march, datetime(2026, 3, 29, 12, tzinfo=berlin)) == 7 * HOUR
    assert night.elapsed(october, datetime(2026, 10, 25, 12, tzinfo=berlin)) == 9 * HOUR
    assert night.deadline(october, 5 * HOUR) == datetime(2026, 10, 25, 2, tzinfo=berlin, fold=1)


def test_a_time_that_the_clock_skips_is_the_instant_of_the_jump() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    jump = datetime(2026, 3, 29, 1, tzinfo=UTC)
    opens = WorkCalendar.weekly({"sun": [("02:30", "05:00")]}, tz="Europe/Berlin")
    assert opens.next_open(datetime(2026, 3, 29, tzinfo=berlin)) == jump
    inside = WorkCalendar.weekly({"sun": [("02:15", "02:45")]}, tz="Europe/Berlin")
    assert inside.next_open(datetime(2026, 3, 28, tzinfo=berlin)).date() == date(2026, 4, 5)


def test_a_date_that_a_zone_skipped_has_no_hours() -> None:
    # Samoa went from Thursday 29 to Saturday 31 December 2011
    apia = WorkCalendar.weekly({"fri": [("09:00", "17:00")]}, tz="Pacific/Apia")
    assert apia.next_open(datetime(2011, 12, 25, tzinfo=UTC)).date() == date(2012, 1, 6)
    assert not apia.is_working_day(date(2011, 12, 30))


def test_a_zone_may_change_its_offset_for_good() -> None:
    calendar = WorkCalendar.weekly(WEEK, tz="Asia/Bangkok")
    assert calendar.next_open(bkk(2026, 11, 23, 8)) == bkk(2026, 11, 23, 9)
    # Bangkok mean time ended in April 1920; years built later are held with those built before
    assert calendar.next_open(datetime(1920, 1, 5, tzinfo=UTC)).astimezone(UTC) == datetime(
        1920, 1, 5, 2, 17, 56, tzinfo=UTC
    )
    assert calendar.next_open(bkk(2026, 11, 23, 8)) == bkk(2026, 11, 23, 9)
    assert calendar.elapsed(bkk(1919, 1, 1), bkk(1922, 1, 2)) == 783 * 8 * HOUR


def test_holidays_are_asked_only_for_days_that_matter() -> None:
    asked = Asked()
    calendar = WorkCalendar.weekly(WEEK, holidays=asked)
    assert asked.dates == set()
    calendar.deadline(bkk(2026, 12, 28, 9), 32 * HOUR)
    assert {day.year for day in asked.dates} == {2026}
    assert {day.weekday() for day in asked.dates} == {0, 1, 2, 3, 4}
    calendar.deadline(bkk(2026, 12, 28, 9), 33 * HOUR)
    assert {day.year for day in asked.dates} == {2026, 2027}


def test_a_night_asks_about_the_evening_before_new_year_alone() -> None:
    asked = Asked()
    WorkCalendar.weekly({"thu": [("19:00", "05:00")]}, holidays=asked).is_open(bkk(2027, 6, 1))
    assert {day for day in asked.dates if day.year == 2026} == {date(2026, 12, 31)}


def test_day_length_is_that_of_an_ordinary_day() -> None:
    assert WorkCalendar.weekly(SPLIT | {"sat": [("09:00", "12:00")]}).day_length == 8 * HOUR
    assert (
        WorkCalendar.weekly({"mon": [("09:00", "10:00")], "tue": [("09:00", "11:00")]}).day_length == 2 * HOUR
    )
    assert WorkCalendar.weekly({}).day_length == timedelta(0)


def test_open_stretches_of_a_day() -> None:
    calendar = WorkCalendar.weekly(SPLIT, breaks=[(bkk(2026, 11, 23, 10), bkk(2026, 11, 23, 14))])
    assert calendar.open_stretches(date(2026, 11, 23)) == [
        (bkk(2026, 11, 23, 9), bkk(2026, 11, 23, 10)),
        (bkk(2026, 11, 23, 14), bkk(2026, 11, 23, 18)),
    ]
    assert calendar.open_stretches(date(2026, 11, 22)) == []
    assert (
        WorkCalendar.weekly(WEEK).with_holidays([date(2026, 11, 23)]).open_stretches(date(2026, 11, 23)) == []
    )


def test_later_changes_of_a_list_do_not_reach_the_calendar() -> None:
    days = {date(2026, 11, 23)}
    calendar = WorkCalendar.weekly(WEEK, holidays=days)
    days.clear()
    assert calendar.holidays == frozenset({date(2026, 11, 23)})
    assert not calendar.is_open(bkk(2026, 11, 23, 10))
    assert not WorkCalendar.weekly(WEEK, holidays=(day for day in [date(2026, 11, 23)])).is_open(
        bkk(2026, 11, 23, 10)
    )
