"""The shipped holiday sets, their loader, and what a desk may change."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from deskui.paths import data_dir
from deskui.worktime import Holiday, HolidayFileError, HolidaySet, WorkCalendar, load_holiday_set

GOOD = """format = 1
id = "own"
name = { th = "ชุดของเรา", en = "Our own" }
reviewed = [2026]

[[day]]
date = 2026-11-24
th = "วันก่อตั้ง"
en = "Founding day"
state = "confirmed"
source = "the company"
"""


@pytest.fixture(scope="module")
def government() -> HolidaySet:
    return load_holiday_set("th-government", data_dir() / "holidays")


@pytest.fixture(scope="module")
def private() -> HolidaySet:
    return load_holiday_set("th-private", data_dir() / "holidays")


def own(folder: Path, text: str = GOOD, name: str = "own") -> HolidaySet:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_holiday_set(name, folder)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(HolidayFileError) as caught:
        own(folder, text)
    thai = caught.value.words.th.splitlines()
    found = str(caught.value).splitlines()
    # the same places, in the other language
    assert [line.split(": ")[:2] for line in thai] == [line.split(": ")[:2] for line in found]
    assert all(": พบ " in line and " ควรเป็น " in line for line in thai)
    assert not any(" found " in line or " expected " in line for line in thai), thai
    return found


def test_x_11_labour_day_is_private_and_royal_ploughing_is_the_governments(
    government: HolidaySet, private: HolidaySet
) -> None:
    for day in (date(2026, 5, 1), date(2027, 5, 1), date(2027, 5, 3)):
        assert day in private
        assert day not in government
    for day in (date(2024, 5, 10), date(2025, 5, 9), date(2026, 5, 13)):
        assert day in government
        assert day not in private
    for day in (date(2026, 1, 10), date(2027, 1, 9)):
        assert day not in private
        assert day not in government


def test_awaited_days_are_listed_and_do_not_count(government: HolidaySet, private: HolidaySet) -> None:
    assert [(row.date, row.en) for row in government.awaited(2027)] == [(None, "Royal Ploughing Ceremony")]
    assert private.awaited(2027) == ()
    assert government.state(date(2026, 10, 16)) == "awaited"
    assert date(2026, 10, 16) not in government
    assert [row.counts for row in government.awaited(2026)] == [False]


def test_every_row_has_names_a_state_and_a_source(government: HolidaySet, private: HolidaySet) -> None:
    for row in (*government.rows(), *private.rows()):
        assert row.th
        assert row.en
        assert row.source
        # a row names the package's version or where else it was read
        assert any(word in row.source for word in ("holidays 0.109", "Cabinet")), row
    lunar = [row for row in government.days(2027) if "lunar" in row.source]
    assert {row.state for row in lunar} == {"provisional"}
    assert len(lunar) == 6


def test_a_set_tells_name_source_and_state(private: HolidaySet) -> None:
    labour = date(2026, 5, 1)
    assert private.name(labour) == "National Labour Day"
    assert private.name(labour, "th") == "วันแรงงานแห่งชาติ"
    assert private.source(labour) == "fixed day of the financial and private sectors, as in holidays 0.109"
    assert private.state(labour) == "confirmed"
    assert private.state(date(2027, 5, 20)) == "provisional"
    ordinary = date(2026, 11, 23)
    assert private.name(ordinary) is private.source(ordinary) is private.state(ordinary) is None
    assert ordinary not in private
    assert private.reviewed_years == frozenset({2024, 2025, 2026, 2027})
    assert len(private.days(2026)) == 23


def test_only_dates_can_be_in_a_set(private: HolidaySet) -> None:
    assert datetime(2026, 5, 1, tzinfo=UTC) not in private
    assert "2026-05-01" not in private


def test_other_years_are_computed_and_provisional(government: HolidaySet, private: HolidaySet) -> None:
    assert private.state(date(2028, 5, 1)) == "provisional"
    assert date(2028, 5, 1) not in government
    assert government.name(date(2029, 1, 1)) == "New Year's Day"
    assert government.name(date(2029, 1, 1), "th") == "วันขึ้นปีใหม่"
    assert "2029 has not been reviewed" in str(government.source(date(2029, 1, 1)))
    # Children's Day is always the second Saturday of January
    assert date(2028, 1, 8) not in private
    # a Labour Day on a weekend takes its substitution day with it
    assert date(2032, 5, 3) in private
    assert date(2032, 5, 3) not in government
    assert date(2023, 5, 17) in government
    assert date(2023, 5, 17) not in private


def test_the_package_is_imported_only_for_a_year_that_needs_it() -> None:
    code = """
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo
from deskui.paths import data_dir
from deskui.worktime import WorkCalendar, load_holiday_set
assert "holidays" not in sys.modules
days = load_holiday_set("th-private", data_dir() / "holidays")
week = {day: [("09:00", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
calendar = WorkCalendar.weekly(week, holidays=days)
start = datetime(2027, 12, 30, 9, tzinfo=ZoneInfo("Asia/Bangkok"))
print(calendar.deadline(start, timedelta(hours=8)).isoformat(), "holidays" in sys.modules)
print(calendar.deadline(start, timedelta(hours=9)).isoformat(), "holidays" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "2027-12-30T17:00:00+07:00 False",
        # Friday 31 December is New Year's Eve, Monday 3 January in lieu of New Year's Day
        "2028-01-04T10:00:00+07:00 True",
    ]


def test_importing_working_time_stays_light() -> None:
    code = "import sys, deskui.worktime; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"holidays", "tomllib", "pathlib", "hypothesis", "sqlalchemy", "textual", "asyncio", "calendar"}
    assert not heavy & set(done.stdout.split())


def test_a_desk_adds_and_removes_days(private: HolidaySet) -> None:
    founding = date(2026, 11, 24)
    more = private.add(founding, th="วันก่อตั้ง", en="Founding day", source="the company")
    assert founding in more
    assert founding not in private
    assert (more.name(founding, "th"), more.state(founding)) == ("วันก่อตั้ง", "confirmed")
    assert founding in [row.date for row in more.days(2026)]
    less = more.remove(date(2026, 12, 10))
    assert date(2026, 12, 10) not in less
    assert date(2026, 12, 10) in more
    assert less.name(date(2026, 12, 10)) is None
    assert less.removed(2026) == (date(2026, 12, 10),)
    assert founding in less
    later = less.add(date(2030, 6, 12), th="ก", en="Own day", source="desk").remove(date(2030, 1, 1))
    assert date(2030, 6, 12) in later
    assert date(2030, 1, 1) not in later
    assert date(2030, 12, 10) in later
    awaited = private.add(founding, th="ก", en="Perhaps", source="desk", state="awaited")
    assert founding not in awaited


def test_a_change_that_makes_no_sense_is_refused(private: HolidaySet) -> None:
    with pytest.raises(ValueError, match="2026-11-23 is no holiday of th-private"):
        private.remove(date(2026, 11, 23))
    with pytest.raises(ValueError, match="source of 2026-11-24: found nothing"):
        private.add(date(2026, 11, 24), th="ก", en="A", source=" ")
    with pytest.raises(ValueError, match="found 'sure', expected one of confirmed"):
        private.add(date(2026, 11, 24), th="ก", en="A", source="b", state="sure")  # type: ignore[arg-type]


def test_a_year_is_reviewed(private: HolidaySet) -> None:
    provisional = private.days(2028)
    assert {row.state for row in provisional} == {"provisional"}
    kept = Holiday(
        2028, date(2028, 1, 3), "วันหยุดชดเชย", "New Year (substitution day)", "confirmed", "gazette"
    )
    reviewed = private.review(2028, [kept])
    assert reviewed.reviewed_years == private.reviewed_years | {2028}
    assert reviewed.days(2028) == (kept,)
    assert reviewed.days(2026) == private.days(2026)
    with pytest.raises(ValueError, match="review of 2029"):
        private.review(2029, [kept])


def test_sets_are_equal_and_hashed_by_content(private: HolidaySet, government: HolidaySet) -> None:
    again = load_holiday_set("th-private", data_dir() / "holidays")
    assert again == private
    assert hash(again) == hash(private)
    assert government != private
    changed = private.remove(date(2026, 5, 1))
    assert changed != private
    assert len({private, again, changed, government}) == 3
    assert private != "th-private"


def test_a_set_is_what_a_calendar_asks(private: HolidaySet) -> None:
    week = {day: [("09:00", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
    calendar = WorkCalendar.weekly(week, holidays=private)
    assert calendar.holidays is private
    new_year = calendar.deadline(datetime(2026, 12, 30, 2, tzinfo=UTC), timedelta(hours=16))
    assert new_year.isoformat() == "2027-01-04T17:00:00+07:00"


def test_a_good_file(tmp_path: Path) -> None:
    holidays = own(tmp_path)
    assert date(2026, 11, 24) in holidays
    assert holidays.names == ("ชุดของเรา", "Our own")
    # without [other_years] nothing is made up
    assert holidays.days(2030) == ()
    assert date(2030, 1, 1) not in holidays


def test_every_problem_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = """format = 2
id = "mine"
name = "Our own"
reviewed = [2026, 2569]
colour = "red"

[other_years]
country = "TH"
categories = "public"

[[day]]
date = "2026-11-24"
th = "ก"
en = "Quoted date"
state = "confirmed"
source = "x"

[[day]]
date = 2026-11-25
th = ""
en = "Bad state"
state = "sure"
sorce = "x"

[[day]]
year = 2026
th = "ก"
en = "No date"
state = "provisional"
source = "x"

[[day]]
date = 2026-11-26
th = "ก"
en = "Once"
state = "confirmed"
source = "x"

[[day]]
date = 2026-11-26
th = "ก"
en = "Twice"
state = "confirmed"
source = "x"
"""
    assert problems(tmp_path, text) == [
        "own.toml:5: colour: found 'colour', expected one of format, id, name, reviewed, extends, without,"
        " other_years, day",
        "own.toml:1: format: found 2, expected 1",
        "own.toml:2: id: found 'mine', expected 'own', the name of the file",
        'own.toml:3: name: found \'Our own\', expected { th = "…", en = "…" }',
        "own.toml:4: reviewed: found [2026, 2569], expected a list of different years in the Common Era, "
        "such as [2026, 2027]",
        "own.toml:9: other_years.categories: found 'public', expected a list of categories of the "
        "holidays package",
        "own.toml:12: day 1, date: found '2026-11-24', expected a date without quotes, such as 2026-12-05",
        "own.toml:23: day 2, sorce: found 'sorce', expected one of date, year, th, en, state, source",
        "own.toml:20: day 2, th: found '', expected a text",
        "own.toml:18: day 2, source: found nothing, expected a text",
        "own.toml:22: day 2, state: found 'sure', expected one of confirmed, provisional, awaited",
        "own.toml:25: day 3, date: found nothing, expected a date; only an awaited day may have "
        "a year instead",
        "own.toml:40: day 5, date: found 2026-11-26, expected a date that the set does not have yet",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("date = 2026-11-24", "date = 2026-11-24T00:00:00", "expected a date without quotes"),
        ("date = 2026-11-24", "date = 2025-11-24", "expected a day of a reviewed year (2026)"),
        ("date = 2026-11-24", "date = 2569-11-24", "found 2569-11-24, expected 2026-11-24: years are A.D."),
        ("date = 2026-11-24", "date = 2026-11-24\nyear = 2026", "expected no year beside a date"),
        ('date = 2026-11-24\nth = "วันก่อตั้ง"', 'th = "ก"', "only an awaited day may have a year"),
        ("[[day]]", "[day]", "expected blocks that begin with [[day]]"),
        ("reviewed = [2026]", "reviewed = [2026, 2026]", "expected a list of different years"),
        ("reviewed = [2026]", 'reviewed = [2026]\nwithout = ["A"]', "expected `extends` beside it"),
        ("reviewed = [2026]", "reviewed = [2026]\nextends = 5", "expected the name of another set"),
        ("reviewed = [2026]", 'reviewed = [2026]\nextends = "own"', "own extends own"),
        ("reviewed = [2026]", 'reviewed = [2026]\nextends = "absent"', "expected one of: own"),
        ("reviewed = [2026]", 'reviewed = [2026]\nextends = "../x"', "expected a name such as th-private"),
        ("reviewed = [2026]", "reviewed = [2026]\nother_years = 5", "expected a table [other_years]"),
        ("format = 1", "format = true", "format: found True, expected 1"),
        ("format = 1\n", "", "format: found nothing, expected 1"),
        ("format = 1", "format = ", "own.toml:1: text: found Invalid value"),
    ],
)
def test_bad_files(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new))
    assert len(found) == 1
    assert expected in found[0]


def test_an_awaited_day_needs_a_year(tmp_path: Path) -> None:
    text = GOOD.replace("date = 2026-11-24\n", "").replace("confirmed", "awaited")
    assert "expected a date, or the year the day is awaited in" in problems(tmp_path, text)[0]
    dated = text.replace("[[day]]", "[[day]]\nyear = 2026")
    assert own(tmp_path, dated).awaited(2026)[0].date is None


def test_an_extended_set_takes_the_days_it_does_not_leave_out(tmp_path: Path) -> None:
    own(tmp_path)
    head = GOOD[: GOOD.index("[[day]]")].replace('"own"', '"other"')
    full = own(tmp_path, head + 'extends = "own"\n', "other")
    assert [row.en for row in full.days(2026)] == ["Founding day"]
    without = own(tmp_path, head + 'extends = "own"\nwithout = ["Founding day"]\n', "other")
    assert without.days(2026) == ()
    with pytest.raises(HolidayFileError, match=r"found 'Foundng day', expected the English name of a day"):
        own(tmp_path, head + 'extends = "own"\nwithout = ["Foundng day"]\n', "other")
    with pytest.raises(HolidayFileError, match="expected a date that the set does not have yet"):
        own(tmp_path, head + 'extends = "own"\n' + GOOD[GOOD.index("[[day]]") :], "other")


def test_a_missing_or_unreadable_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(HolidayFileError, match=r"No such file or directory, expected one of: no set at all"):
        load_holiday_set("absent", tmp_path)
    (tmp_path / "own.toml").write_bytes(b'format = 1\nid = "\xa1"\n')
    with pytest.raises(HolidayFileError, match=r"own\.toml:2: text: found bytes that are not UTF-8"):
        load_holiday_set("own", tmp_path)
