"""Price lists, orders of several lines, years between two versions; a vendor that has no hours at all."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from deskui.paths import data_dir
from deskui.policy import FactProblem, PolicyFileError, decide, decision_to_json, read_facts
from deskui.policy.library import HolidayShelf
from deskui.policy.load import read_policy
from tests.policy.vendor import SIXTH

TEXT = """
[policy]
id = "list"
version = "1"
name = { th = "รายหนึ่ง", en = "One" }
short = { th = "L", en = "L" }
source = "made up for tests"

[gate]
not_stated = { always = "staffed" }

[derive.gap]
measure = { from = "first", to = "last", unit = "years" }

[question.first]
kind = "year"
th = "ปีใด"
en = "Of which year?"

[question.last]
kind = "year"
th = "ถึงปีใด"
en = "To which year?"

[question.kind]
kind = "choice"
th = "แบบใด"
en = "Which kind?"
choices = [
  { value = "Big", key = "b", th = "ใหญ่", en = "big" },
  { value = "Small", key = "s", th = "เล็ก", en = "small" },
]

[question.number]
kind = "count"
th = "กี่ชิ้น"
en = "How many?"

[question.term]
kind = "count"
th = "กี่ปี"
en = "How many years?"

[question.lines]
kind = "list"
th = "รายการ"
en = "Lines"

[table.prices]
list = { "Big 1" = 100, "Small 1" = 80 }
bands = [
  { from = 1, to = 3, "Big 1" = 100, "Small 1" = 80 },
  { from = 4, "Big 1" = 90, "Small 1" = "lost", "Big 2" = 160 },
]
lost."4:Small 1" = { rule = "LI-02", pattern = 72 }
outside = { rule = "LI-03", refer_to = "vendor" }

[[remark]]
rule = "LI-04"
services = ["price"]
when = { number = { min = 4 } }

[service.help]
th = "ช่วย"
en = "Help"
rows = [{ rule = "LI-01", then = "free" }]

[service.price]
th = "ราคา"
en = "Price"
staffed = false
[[service.price.rows]]
rule = "LI-01"
then = "price"
amount = { table = "prices", row = "number", column = ["kind", "term"], give = "total" }
per_machine = { table = "prices", row = "number", column = ["kind", "term"], give = "each" }

[service.share]
th = "ส่วนลด"
en = "Discount"
staffed = false
[[service.share.rows]]
rule = "LI-01"
then = "price"
amount = 0
discount_percent = { table = "prices", row = "number", column = ["kind", "term"], give = "percent" }

[service.order]
th = "สั่งซื้อ"
en = "Order"
staffed = false
[[service.order.rows]]
rule = "LI-01"
then = "price"
[service.order.rows.amount]
table = "prices"
of = "lines"
together = "kind"
row = "number"
column = ["kind", "term"]
give = "total"

[service.apart]
th = "สั่งแยก"
en = "Order apart"
staffed = false
[[service.apart.rows]]
rule = "LI-01"
then = "price"
amount = { table = "prices", of = "lines", row = "number", column = ["kind", "term"], give = "total" }

[service.gap]
th = "ปีที่ขาด"
en = "Years between"
staffed = false
[[service.gap.rows]]
rule = "LI-01"
then = "price"
skipped_years = { fact = "gap" }
amount = { sum = [{ each = 7, per = ["gap", "number"] }, 1000] }

[rule.LI-01]
clause = "1"
th = "ก"
en = "a"

[rule.LI-02]
clause = "2"
th = "ข"
en = "b"

[rule.LI-03]
clause = "3"
th = "ค"
en = "c"

[rule.LI-04]
clause = "4"
basis = "interpretation"
th = "ง"
en = "d"

[reading.fourth]
rule = "LI-04"
default = "d"
options.d = { th = "ง", en = "d" }
options.e = { th = "จ", en = "e" }
"""
FILE = Path("list.toml")
HOLIDAYS = HolidayShelf(data_dir() / "holidays")
POLICY = read_policy(TEXT, FILE, HOLIDAYS)
BIG = {"kind": "Big", "number": 3, "term": 1}


def answer(ask: str, facts: dict[str, Any], at: str = "2026-11-22T03:00:00+07:00") -> dict[str, Any]:
    found = decision_to_json(decide(POLICY, ask, read_facts(POLICY, facts), datetime.fromisoformat(at)))
    return {**found, "rules": [reason["rule"] for reason in found["reasons"]]}


def problems(*changes: tuple[str, str]) -> str:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(PolicyFileError) as error:
        read_policy(text, FILE, HOLIDAYS)
    return str(error.value)


@pytest.mark.parametrize("at", ["2026-01-01T03:00:00+07:00", "2026-11-23T10:00:00+07:00"])
def test_without_any_hours_staff_work_is_answered_as_if_open(at: str) -> None:
    found = answer("help", {}, at)
    assert (found["outcome"], found["flags"]) == ("free", ["hours_not_stated"])


def test_a_gate_without_a_calendar_must_speak_of_every_day() -> None:
    assert "gate.calendar" in problems(('always = "staffed"', 'sat = "staffed"'))


def test_a_cell_is_found_by_a_count_and_by_several_facts() -> None:
    assert (answer("price", BIG)["amount"], answer("price", BIG)["per_machine"]) == (300, 100)
    assert answer("price", BIG | {"number": 4, "term": 2})["amount"] == 640


def test_a_lost_cell_cites_the_rule_that_says_so_before_the_row() -> None:
    found = answer("price", {"kind": "Small", "number": 4, "term": 1})
    assert (found["outcome"], found["hint"]) == ("unknown", {"pattern": 72})
    assert found["rules"] == ["LI-02", "LI-01", "LI-04", "X-01", "X-14"]


def test_a_column_the_table_lacks_is_outside_it() -> None:
    found = answer("price", BIG | {"term": 3})
    assert (found["outcome"], found["hint"], found["rules"][0]) == (
        "unknown",
        {"refer_to": "vendor"},
        "LI-03",
    )


@pytest.mark.parametrize(("number", "percent"), [(3, 0), (4, 10)])
def test_the_discount_is_what_a_cell_is_below_the_list_price(number: int, percent: int) -> None:
    assert answer("share", BIG | {"number": number})["discount_percent"] == percent


def test_without_a_list_price_there_is_no_percentage() -> None:
    found = answer("share", BIG | {"number": 4, "term": 2})
    assert (found["outcome"], found["rules"][0]) == ("unknown", "LI-03")


def test_lines_alike_share_their_band() -> None:
    lines = {"lines": [BIG, BIG | {"number": 1}, {"kind": "Small", "number": 2, "term": 1}]}
    assert answer("order", lines)["amount"] == 4 * 90 + 2 * 80
    assert answer("apart", lines)["amount"] == 4 * 100 + 2 * 80


def test_an_order_with_a_lost_cell_has_no_total() -> None:
    found = answer("order", {"lines": [BIG, {"kind": "Small", "number": 4, "term": 1}]})
    assert (found["outcome"], found["hint"], "amount" in found) == ("unknown", {"pattern": 72}, False)


@pytest.mark.parametrize(
    "lines", [[], None, ["Big"], [BIG | {"number": 0}], [BIG | {"term": "not_recorded"}]]
)
def test_an_order_of_nothing_readable_has_no_price(lines: Any) -> None:
    found = answer("order", {"lines": lines})
    assert (found["outcome"], "amount" in found) == ("unknown", False)


def test_what_a_line_lacks_is_asked_by_its_name() -> None:
    assert answer("order", {"lines": [{"kind": "Big", "number": 3}]})["needs"] == ["lines.term"]
    assert answer("order", {})["needs"] == ["lines"]


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (2565, 2567, 1),
        (2565, 2566, 0),
        (2567, 2567, 0),
        (2568, 2565, 0),
        (2022, 2568, 2),
        ("2565", "2024", 1),
    ],
)
def test_years_between_two_years_of_either_era(first: Any, last: Any, years: int) -> None:
    found = answer("gap", {"first": first, "last": last, "number": 2})
    assert (found["skipped_years"], found["amount"]) == (years, 1000 + 14 * years)


@pytest.mark.parametrize("year", [65, "65", 20265, 1899, 2743, 2565.5, True, "last", []])
def test_a_year_has_four_digits(year: Any) -> None:
    with pytest.raises(FactProblem, match="first"):
        read_facts(POLICY, {"first": year})


def test_a_year_nobody_knows_is_no_year() -> None:
    assert answer("gap", {"first": None, "last": 2567, "number": 1})["outcome"] == "unknown"
    assert answer("gap", {"last": 2567, "number": 1})["needs"] == ["first"]


def test_a_choice_is_known_in_capitals_or_not() -> None:
    assert answer("price", BIG | {"kind": "bIG"})["amount"] == 300
    assert read_facts(POLICY, {"kind": "other"}) == {"kind": "other"}


def test_a_remark_may_be_its_rule_alone() -> None:
    assert answer("price", BIG | {"number": 4})["flags"] == ["vat_not_stated", "interpretation"]
    assert answer("price", BIG)["flags"] == ["vat_not_stated"]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("from = 4", "from = 3", "table.prices.bands[2].from"),
        ("from = 1, to = 3", "from = 1", "table.prices.bands[2].from"),
        ('list = { "Big 1" = 100', 'list = { "Big 1" = 0', "table.prices.list.Big 1"),
        ('rule = "LI-02", pattern', 'rule = "LI-09", pattern', "table.prices.lost.4:Small 1.rule"),
        ('of = "lines"\n', 'of = "baskets"\n', "baskets"),
        ('together = "kind"', 'together = "sort"', "sort"),
        ('of = "lines", row = "number"', 'together = "kind", row = "number"', "service.apart.rows[1].amount"),
        ('"term"], give = "percent"', '"term"], give = "share"', "service.share.rows[1].discount_percent"),
        ('column = ["kind", "term"], give = "percent"', 'column = ["sort"], give = "percent"', "sort"),
        ('per = ["gap", "number"]', 'per = ["gap", "many"]', "many"),
        ('{ sum = [', '{ sum = 3, also = [', "service.gap.rows[1].amount"),
    ],
)  # fmt: skip
def test_slips_are_named(old: str, new: str, place: str) -> None:
    assert place in problems((old, new))


@pytest.mark.parametrize(
    ("versions", "said"),
    [
        ("{ to = 2026-11-30, is = 1 }, { from = 2026-11-30, is = 2 }", "none in force with another"),
        ("{ is = 1 }, { from = 2026-12-01, is = 2 }", "none in force with another"),
        ("{ to = 2026-11-30, is = 1 }, { is = 2 }", "none in force with another"),
        ("{ from = 2026-12-02, to = 2026-12-01, is = 1 }", "none in force with another"),
        ('{ to = "2026-11-30", is = 1 }', "dates, without quotes"),
        ('{ to = 2026-11-30, is = "much" }', "a number of baht"),
        ("{ to = 2026-11-30 }", "a value: this key is needed"),
        ("", "versions such as [{ to = 2026-12-31, is = 500 }"),
        ("5", "versions such as [{ to = 2026-12-31, is = 500 }"),
        (
            "{ to = 2026-11-30, is = 1, of = 2 }",
            "no such key here (the keys here: from, is, to)",
        ),
        (
            "{ until = 2026-11-30, is = 1 }",
            "no such key here; did you mean 'to'?",
        ),
        (
            "{ to = 2026-11-30, amount = 1 }",
            "no such key here; did you mean 'is'?",
        ),
    ],
)
def test_versions_of_a_figure_follow_one_another(versions: str, said: str) -> None:
    text = SIXTH.read_text("utf-8")
    old = "{ from = 2027-02-01, to = 2027-02-28, is = 950 }"
    assert text.count(old) == 1
    with pytest.raises(PolicyFileError) as raised:
        read_policy(text.replace(old, versions), SIXTH, HOLIDAYS)
    (problem,) = raised.value.problems
    assert problem.key.startswith("service.renewal.rows[2].amount")
    assert said in str(problem.expected)
