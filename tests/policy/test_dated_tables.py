"""A price list that changes on a day: all that names the table follows, and few examples hold it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from deskui.paths import data_dir
from deskui.policy import Policy, PolicyFileError, decide, read_facts
from deskui.policy.library import HolidayShelf
from deskui.policy.load import read_policy
from deskui.policy.mutate import run_mutation

FILE = data_dir() / "policies" / "pharmasys.toml"
CELL = re.compile(r'("Standard 1" = )(\d+)')


def _raised(match: re.Match[str]) -> str:
    """A tenth more from 2027 on."""
    more = int(match[2]) * 11 // 10
    versions = f"{{ to = 2026-12-31, is = {match[2]} }}, {{ from = 2027-01-01, is = {more} }}"
    return f"{match[1]}{{ dated = [{versions}] }}"


TEXT = CELL.sub(_raised, FILE.read_text("utf-8"))


def _read(text: str = TEXT) -> Policy:
    return read_policy(text, FILE, HolidayShelf(data_dir() / "holidays"))


def _figures(
    policy: Policy, ask: str, year: int, facts: Mapping[str, Any], **settled: str
) -> Mapping[str, Any]:
    day = (
        datetime(2026, 12, 31, 23, 59, tzinfo=policy.zone)
        if year == 2026
        else datetime(2027, 1, 1, tzinfo=policy.zone)
    )
    return decide(policy, ask, read_facts(policy, facts), day, settled).figures


ONE = {"edition": "Standard", "years": 1, "machines": 3}
ORDER = {"lines": [ONE, {"edition": "Client", "years": 1, "machines": 3}]}
SKIPPED = {**ONE, "from_year_be": 2565, "to_year_be": 2568}


@pytest.mark.parametrize(
    ("ask", "facts", "settled", "old", "new"),
    [
        ("ma-quote", ONE, {}, 1520 * 3, 1672 * 3),
        ("ma-quote-mixed", ORDER, {}, 1520 * 3 + 1140 * 3, 1672 * 3 + 1140 * 3),
        (
            "ma-quote-mixed",
            ORDER,
            {"machine_count": "all_together"},
            1440 * 3 + 1080 * 3,
            1584 * 3 + 1080 * 3,
        ),
        ("upgrade-quote", SKIPPED, {}, 800 * 2 * 3 + 1520 * 3, 800 * 2 * 3 + 1672 * 3),
    ],
)
def test_all_that_names_the_table_follows(
    ask: str, facts: dict[str, Any], settled: dict[str, str], old: int, new: int
) -> None:
    policy = _read()
    assert [_figures(policy, ask, year, facts, **settled)["amount"] for year in (2026, 2027)] == [old, new]


def test_the_discount_is_off_the_list_price_of_the_day() -> None:
    policy = _read()
    for year in (2026, 2027):
        assert _figures(policy, "ma-quote", year, ONE)["discount_percent"] == Decimal(5)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("from = 2027-01-01", "from = 2026-12-01", "versions in order of their days"),
        ("is = 1672", 'is = "x"', "found 'x', expected"),
        ("{ from = 2027-01-01, is = 1672 }", "{ from = 2027-01-01 }", "expected"),
    ],
)
def test_a_dated_cell_is_read_strictly(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(PolicyFileError) as error:
        _read(TEXT.replace(old, new, 1))
    assert said in str(error.value)


def test_a_changed_column_needs_an_example_for_each_cell_and_one_for_its_last_day(tmp_path: Path) -> None:
    file = tmp_path / FILE.name
    file.write_text(TEXT, "utf-8")
    beside = tmp_path / "pharmasys.examples.toml"
    shutil.copy(FILE.with_name(beside.name), beside)
    bands = re.findall(r"from = (\d+).*?\"Standard 1\" = \{ dated = .*?2027-01-01, is = (\d+)", TEXT)
    facts = [(int(first), int(price)) for first, price in bands]
    days = ["2026-12-31T23:00:00", *["2027-01-01T00:00:00"] * len(facts)]
    prices = [(2, 1520), *facts]
    with beside.open("a", encoding="utf-8") as examples:
        for number, (day, (machines, each)) in enumerate(zip(days, prices, strict=True)):
            percent = "" if number else ", discount_percent = 5"
            examples.write(
                f'\n[[example]]\nname = "a price of its day {number}"\nask = "ma-quote"\nat = {day}\n'
                f'facts = {{ edition = "Standard", years = 1, machines = {machines} }}\n'
                f'expect = {{ outcome = "price", per_machine = {each}{percent} }}\n'
            )
        examples.write(
            '\n[[example]]\nname = "the discount of 2027"\nask = "ma-quote"\nat = 2027-01-01T00:00:00\n'
            'facts = { edition = "Standard", years = 1, machines = 2 }\n'
            'expect = { outcome = "price", discount_percent = 5 }\n'
        )
    report = run_mutation(file)
    assert report.good, str(report)
