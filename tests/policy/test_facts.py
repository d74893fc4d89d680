"""Reading the facts of a request: both eras, Thai and English names, nulls, and every problem at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskui.policy import FactProblem, Library, read_facts
from deskui.policy.common import common
from deskui.policy.facts import FIRST_YEAR, LAST_YEAR, read_date, read_instant, read_province

BANGKOK = ZoneInfo("Asia/Bangkok")
POLICY = Library.open().get("aristosoft")
DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        ("2026-1-5", date(2026, 1, 5)),
        ("2569-11-23", date(2026, 11, 23)),
        ("23/11/2569", date(2026, 11, 23)),
        ("23/11/2026", date(2026, 11, 23)),
        ("23.11.2569", date(2026, 11, 23)),
        (" 1/7/2562 ", date(2019, 7, 1)),
        ("29/02/2563", date(2020, 2, 29)),  # a leap day of 2020, though 2563 itself has none
        ("31/12/2560", date(2017, 12, 31)),
        ("1/1/2545", date(2002, 1, 1)),
        ("2443-01-01", date(1900, 1, 1)),
        (date(2026, 11, 23), date(2026, 11, 23)),
    ],
)
def test_a_date_of_either_era(text: object, day: date) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("23/11/69", "has a year of 2 digits: write all four"),
        ("1.7.62", "has a year of 2 digits: write all four"),
        ("1/7/562", "has a year of 3 digits: write all four"),
        ("69-11-23", "is no date"),
        ("29/02/2562", "is not in the calendar"),
        ("2026-02-29", "is not in the calendar"),
        ("31/04/2569", "is not in the calendar"),
        ("2026-13-01", "is not in the calendar"),
        ("1899-12-31", "expected 1900 to 2199"),
        ("2200-01-01", "expected 1900 to 2199"),
        ("9999-12-31", "expected 1900 to 2199"),
        ("yesterday", "is no date"),
        ("", "is no date"),
        ("2026-11-23T10:00:00", "is no date"),
        (datetime(2026, 11, 23, tzinfo=UTC), "has a time: expected a date"),
        (20261123, "expected a date such as 2026-11-23 or 23/11/2569"),
        (True, "expected a date"),
        (None, "expected a date"),
    ],
)
def test_what_is_no_date_says_why(text: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_date(text)


@given(DAYS)
def test_every_date_reads_alike_in_every_way_of_writing_it(day: date) -> None:
    be = day.year + 543
    for text in (
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}/{day.month:02}/{be}",
        f"{be}-{day.month}-{day.day}",
    ):
        assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-23T10:30:00+07:00", "2026-11-23T10:30:00+07:00"),
        ("2026-11-23T03:30:00Z", "2026-11-23T10:30:00+07:00"),
        ("2026-11-23T10:30:00", "2026-11-23T10:30:00+07:00"),  # without an offset: the policy's zone
        ("2026-11-23 10:30", "2026-11-23T10:30:00+07:00"),
        ("2026-11-23", "2026-11-23T00:00:00+07:00"),
        ("2026-11-22T20:00:00-07:00", "2026-11-23T10:00:00+07:00"),
        (datetime(2026, 11, 23, 3, 30, tzinfo=UTC), "2026-11-23T10:30:00+07:00"),
    ],
)
def test_an_instant_with_and_without_an_offset(text: object, instant: str) -> None:
    found = read_instant(text, BANGKOK)
    assert found.isoformat() == instant
    assert found.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    "text",
    ["now", "23/11/2569", "25:00", 5, None, True, "2026-02-30T00:00:00", "9999-12-31T23:59:59", "0001-01-01"],
)
def test_what_is_no_instant_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match=r"found|is no instant|expected"):
        read_instant(text, BANGKOK)


@pytest.mark.parametrize(
    ("name", "province"),
    [
        ("Bangkok", "Bangkok"),
        ("bangkok", "Bangkok"),
        ("กรุงเทพมหานคร", "Bangkok"),
        ("กรุงเทพฯ", "Bangkok"),
        ("กทม.", "Bangkok"),
        ("ปทุมธานี", "Pathum Thani"),
        ("จังหวัดปทุมธานี", "Pathum Thani"),
        ("จ. ปทุมธานี", "Pathum Thani"),
        ("Pathumthani", "Pathum Thani"),
        ("PATHUM-THANI Province", "Pathum Thani"),
        ("นนทบุรี", "Nonthaburi"),
        ("นครปฐม", "Nakhon Pathom"),
        ("สมุทรสาคร", "Samut Sakhon"),
        ("สมุทรปราการ", "Samut Prakan"),
        ("Samutprakarn", "Samut Prakan"),
        ("เลย", "Loei"),
        ("อยุธยา", "Phra Nakhon Si Ayutthaya"),
    ],
)
def test_a_province_in_thai_and_english(name: str, province: str) -> None:
    assert read_province(name) == province


def test_there_are_77_provinces_and_each_has_a_thai_name() -> None:
    names = common().provinces
    every = set(names.values())
    assert len(every) == 77
    thai = {names[name] for name in names if any("\u0e00" <= char <= "\u0e7f" for char in name)}
    assert thai == every
    for province in every:
        assert read_province(province) == province


@pytest.mark.parametrize("name", ["Atlantis", "", "Bang", "กรุง", 10, None, ["Bangkok"]])
def test_what_is_no_province_is_refused(name: object) -> None:
    with pytest.raises(ValueError, match="province"):
        read_province(name)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ({"has_driver": True}, {"has_driver": True}),
        ({"devices": 3}, {"devices": 3}),
        ({"devices": 3.0}, {"devices": 3}),
        ({"hours": 4.25}, {"hours": 4.25}),
        ({"goods_value": 6500.01}, {"goods_value": Decimal("6500.01")}),
        ({"purchased_on": "31/12/2560"}, {"purchased_on": date(2017, 12, 31)}),
        ({"province": "กทม"}, {"province": "Bangkok"}),
        ({"contract": None}, {"contract": None}),
        ({"contract": {"end": "28/02/2570"}}, {"contract": {"end": date(2027, 2, 28)}}),
        ({"contract": {"paid": None, "suspended": None}}, {"contract": {"paid": False, "suspended": False}}),
        ({"usage_dates": ["2026-03-01", "1/4/2569"]}, {"usage_dates": (date(2026, 3, 1), date(2026, 4, 1))}),
        ({"usage_dates": None}, {"usage_dates": ()}),
        (
            {"usage": {"remote-install": ["2026-03-01"]}},
            {"usage": {"remote-install": (date(2026, 3, 1),)}},
        ),
        # null is known to be none; of a place or a price it can only mean that nobody knows
        ({"has_driver": None, "devices": None}, {"has_driver": False, "devices": 0}),
        (
            {"province": None, "goods_value": None},
            {"province": "not_recorded", "goods_value": "not_recorded"},
        ),
        ({"purchased_on": None, "design": None}, {"purchased_on": None, "design": None}),
        # looked for and not recorded: any fact may be
        (
            {"has_driver": "not_recorded", "purchased_on": "not_recorded", "contract": "not_recorded"},
            {"has_driver": "not_recorded", "purchased_on": "not_recorded", "contract": "not_recorded"},
        ),
        ({"contract": {"end": "not_recorded"}}, {"contract": {"end": "not_recorded"}}),
        # facts of other vendors stay as they are
        ({"colour": {"of": ["sky"]}}, {"colour": {"of": ["sky"]}}),
        ({"colour": None}, {"colour": None}),
    ],
)
def test_each_fact_in_its_own_type(raw: dict[str, Any], read: dict[str, Any]) -> None:
    found = read_facts(POLICY, raw)
    assert found == read
    assert {name: type(value) for name, value in found.items()} == {n: type(v) for n, v in read.items()}


@pytest.mark.parametrize(
    ("raw", "key", "words"),
    [
        ({"has_driver": "yes"}, "has_driver", "expected true, false or 'not_recorded'"),
        ({"has_driver": 1}, "has_driver", "expected true, false"),
        ({"devices": 2.5}, "devices", "a whole number"),
        ({"devices": -1}, "devices", "0 or more"),
        ({"devices": True}, "devices", "a whole number"),
        ({"devices": "2"}, "devices", "a whole number"),
        ({"devices": float("nan")}, "devices", "a whole number"),
        ({"hours": float("inf")}, "hours", "a number"),
        ({"goods_value": "6,500"}, "goods_value", "an amount in baht"),
        ({"goods_value": -1}, "goods_value", "0 or more"),
        ({"purchased_on": "1/7/62"}, "purchased_on", "write all four"),
        ({"province": "Atlantis"}, "province", "not the name of a Thai province"),
        ({"contract": "gold"}, "contract", "expected null or an object"),
        ({"contract": {"ende": "2026-12-31"}}, "contract", "found the key 'ende', expected 'end'"),
        ({"contract": {"until": "2026-12-31"}}, "contract", "found the key 'until', expected 'end'"),
        ({"contract": []}, "contract", "expected null or an object"),
        ({"contract": {"start": "soon"}}, "contract", "is no date"),
        ({"contract": {"suspended": "no"}}, "contract", "suspended: found 'no'"),
        (
            {"contract": {"start": "2026-02-01", "end": "2026-01-31"}},
            "contract",
            "ends on 2026-01-31 before it starts on 2026-02-01",
        ),
        ({"usage_dates": "2026-03-01"}, "usage_dates", "expected a list"),
        ({"usage_dates": [1]}, "usage_dates", "expected a date"),
        ({"usage": []}, "usage", "lists of dates by counter"),
        ({"used": 1.5}, "used", "a whole number"),
        ({"used": 10**12 + 1}, "used", "a whole number, at most 1,000,000,000,000"),
        ({"devices": int("9" * 400)}, "devices", "9…, expected a whole number, at most"),
        ({"goods_value": 1e300}, "goods_value", "an amount in baht, at most"),
    ],
)
def test_a_fact_that_cannot_be_read_says_why(raw: dict[str, Any], key: str, words: str) -> None:
    with pytest.raises(FactProblem) as caught:
        read_facts(POLICY, raw)
    ((found, why),) = caught.value.problems
    assert found == key
    assert words in str(why)


def test_every_problem_is_reported_at_once() -> None:
    with pytest.raises(FactProblem) as caught:
        read_facts(POLICY, {"devices": "x", "province": "Atlantis", "used": 1, "purchased_on": 5})
    assert [key for key, _ in caught.value.problems] == ["devices", "province", "purchased_on"]


@given(st.floats(0, 10**12), st.integers(0, 10**12))
def test_money_is_exact(fraction: float, whole: int) -> None:
    facts = read_facts(POLICY, {"goods_value": fraction, "software_price": whole})
    assert facts["goods_value"] == Decimal(str(fraction))
    assert facts["software_price"] == whole
