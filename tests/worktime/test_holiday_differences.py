"""Every difference between the shipped sets and the `holidays` package, each with its reason (X-11).

A new version of the package or a change of the data that brings another difference fails here: look at the
day, then mend the data or write the reason down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import holidays
import pytest

from deskui.paths import data_dir
from deskui.worktime import load_holiday_set

YEARS = range(2024, 2028)

CHILDREN = "Children's Day is an observance, always a Saturday, and no day off"
LABOUR = "Labour Day is kept by the financial and private sectors, not by the government"
PLOUGHING = "Royal Ploughing is kept by the government only"

ONLY_IN_PACKAGE: Mapping[str, Mapping[date, str]] = {
    "th-government": {
        date(2024, 1, 13): CHILDREN,
        date(2025, 1, 11): CHILDREN,
        date(2026, 1, 10): CHILDREN,
        date(2027, 1, 9): CHILDREN,
        date(2024, 5, 1): LABOUR,
        date(2025, 5, 1): LABOUR,
        date(2026, 5, 1): LABOUR,
        date(2027, 5, 1): LABOUR,
        date(2027, 5, 3): LABOUR,
    },
    "th-private": {
        date(2024, 1, 13): CHILDREN,
        date(2025, 1, 11): CHILDREN,
        date(2026, 1, 10): CHILDREN,
        date(2027, 1, 9): CHILDREN,
        date(2024, 5, 10): PLOUGHING,
        date(2025, 5, 9): PLOUGHING,
        date(2026, 5, 13): PLOUGHING,
    },
}
ONLY_IN_DATA: Mapping[str, Mapping[date, str]] = {"th-government": {}, "th-private": {}}
AWAITED: Mapping[str, set[tuple[int, date | None]]] = {
    # the day in Bangkok is second-hand; Royal Ploughing 2027 has not been announced
    "th-government": {(2026, date(2026, 10, 16)), (2027, None)},
    "th-private": {(2026, date(2026, 10, 16))},
}


@pytest.mark.parametrize("name", ["th-government", "th-private"])
def test_the_differences_are_those_that_have_a_reason(name: str) -> None:
    shipped = load_holiday_set(name, data_dir() / "holidays")
    package = holidays.country_holidays(
        "TH", years=YEARS, categories=("public", "government"), expand=False, language="en_US"
    )
    ours = {row.date for row in shipped.rows() if row.counts and row.date is not None}
    missing = {day: text for day, text in package.items() if day not in ours}
    assert {day: ONLY_IN_PACKAGE[name].get(day, f"no reason yet: {missing[day]}") for day in missing} == dict(
        ONLY_IN_PACKAGE[name]
    )
    extra = {day: shipped.name(day) for day in ours if day not in package}
    assert {day: ONLY_IN_DATA[name].get(day, f"no reason yet: {extra[day]}") for day in extra} == dict(
        ONLY_IN_DATA[name]
    )
    awaited = {(row.year, row.date) for year in YEARS for row in shipped.awaited(year)}
    assert awaited == AWAITED[name]


@pytest.mark.parametrize("name", ["th-government", "th-private"])
def test_a_substitution_day_is_one_on_both_sides(name: str) -> None:
    shipped = load_holiday_set(name, data_dir() / "holidays")
    package = holidays.country_holidays(
        "TH", years=YEARS, categories=("public", "government"), expand=False, language="en_US"
    )
    for row in shipped.rows():
        if row.counts and row.date is not None:
            assert ("(substitution day)" in row.en) == ("(in lieu)" in package[row.date]), row
            assert ("วันหยุดชดเชย" in row.th) == ("(substitution day)" in row.en), row
