"""Versions and figures with a name need few examples: at days that can tell, and once for each name."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskui.policy import PolicyFileError
from deskui.policy.mutate import run_mutation

DATED = "{ dated = [{ to = 2026-12-31, is = 500 }, { from = 2027-01-01, is = 600 }] }"
ROW = '{ rule = "S-01", then = "charge", amount = { figure = "visit" } }'
TERMS = f"""
[policy]
id = "small"
version = "1"
name = {{ th = "ราย", en = "Small" }}
short = {{ th = "S", en = "S" }}
source = "made up"
[calendar.desk]
mon-sun = ["00:00-24:00"]
holidays = "th-private"
[gate]
calendar = "desk"
closed = ["S-01"]
[figure]
visit = {DATED}
[service]
one = {{ th = "หนึ่ง", en = "One", rows = [{ROW}] }}
two = {{ th = "สอง", en = "Two", rows = [{ROW}] }}
six = {{ th = "หก", en = "Six", rows = [{ROW}] }}
[rule]
S-01 = ["1", "ข้อหนึ่ง", "Rule one."]
"""


def _survivors(folder: Path, *examples: tuple[str, str, int], terms: str = TERMS) -> list[str]:
    """What no example notices, each at noon of its day; besides, each service is closed on a holiday."""
    file = folder / "small.toml"
    file.write_text(terms, "utf-8")
    blocks = [
        f'[[example]]\nname = "{ask} {day}"\nask = "{ask}"\nat = {day}T12:00:00\n'
        f'expect = {{ outcome = "charge", amount = {amount} }}\n'
        for ask, day, amount in examples
    ]
    blocks += [
        f'[[example]]\nname = "{ask} closed"\nask = "{ask}"\nat = 2026-12-10T12:00:00\n'
        'expect = { outcome = "defer" }\n'
        for ask in ("one", "two", "six")
        if f"{ask} = " in terms and "staffed" not in terms
    ]
    file.with_name("small.examples.toml").write_text("\n".join(blocks), "utf-8")
    told = [str(mutant) for mutant in run_mutation(file).survivors]
    return [name for name in told if "calendar" not in name and "gate" not in name]


def test_a_named_figure_is_held_once_and_its_use_once_in_each_row(tmp_path: Path) -> None:
    both_sides = ("one", "2026-12-30", 500), ("one", "2027-01-02", 600)
    assert _survivors(tmp_path, *both_sides, ("two", "2026-11-23", 500), ("six", "2027-02-03", 600)) == []
    assert _survivors(tmp_path, *both_sides, ("two", "2026-11-23", 500)) == [
        "service.six.rows[1].amount: = another"
    ]


def test_a_version_ends_at_the_nearest_day_that_can_tell(tmp_path: Path) -> None:
    """The last of December and the first of January are holidays: the 30th and the 2nd tell."""
    others = ("two", "2026-11-23", 500), ("six", "2026-11-23", 500)
    assert _survivors(tmp_path, ("one", "2026-12-30", 500), ("one", "2027-01-02", 600), *others) == []
    assert _survivors(tmp_path, ("one", "2026-12-29", 500), ("one", "2027-01-02", 600), *others) == [
        "figure.visit.dated[1].to: -2"
    ]
    assert _survivors(tmp_path, ("one", "2026-12-30", 500), ("one", "2027-01-03", 600), *others) == [
        "figure.visit.dated[2].from: +2"
    ]


def test_what_needs_no_staff_changes_on_the_day_itself(tmp_path: Path) -> None:
    at_any_time = TERMS.replace(", rows =", ", staffed = false, rows =")
    others = ("two", "2026-11-23", 500), ("six", "2026-11-23", 500)
    near = _survivors(
        tmp_path, ("one", "2026-12-30", 500), ("one", "2027-01-02", 600), *others, terms=at_any_time
    )
    assert "figure.visit.dated[1].to: -1" in near
    assert "figure.visit.dated[2].from: +1" in near
    exact = ("one", "2026-12-31", 500), ("one", "2027-01-01", 600)
    told = _survivors(tmp_path, *exact, *others, terms=at_any_time)
    assert not [name for name in told if "dated" in name]


ONLY_ONE = "\n".join(line for line in TERMS.splitlines() if not line.startswith(("two", "six", "visit")))
FIRST, THEN = ("one", "2026-12-30", 500), ("one", "2027-01-02", 600)
LISTED = '{ table = "list", row = "n", column = "of", give = "each" }'
LIST = f"""
[table.list]
bands = [{{ from = 1, paint = {DATED} }}]
[derive]
n = {{ rows = [{{ is = 1 }}] }}
of = {{ rows = [{{ is = "paint" }}] }}
"""
BEFORE = """
[[before]]
rule = "S-01"
services = ["one"]
to = 2026-12-31
then = "charge"
amount = 500
"""
SATURDAYS = """
[restricted]
days = ["sat"]
until = "next-workday"
rule = "S-01"
items = [{ rule = "S-01", services = ["one"] }]
"""


def _edges(folder: Path, amount: str, more: str, *examples: tuple[str, str, int]) -> list[str]:
    """The ends of versions that no example notices, of one service with that amount."""
    terms = ONLY_ONE.replace('{ figure = "visit" }', amount) + "\n" + more
    return [name for name in _survivors(folder, *examples, terms=terms) if ".to:" in name or ".from:" in name]


def test_a_price_list_for_work_of_staff_changes_on_a_day_that_can_tell(tmp_path: Path) -> None:
    assert _edges(tmp_path, LISTED, LIST, FIRST, THEN) == []
    cell = "table.list.bands[1].paint.dated"
    beside = ("one", "2026-12-29", 500), ("one", "2027-01-03", 600)
    assert _edges(tmp_path, LISTED, LIST, *beside) == [f"{cell}[1].to: -2", f"{cell}[2].from: +2"]


def test_a_row_before_the_services_ends_on_a_day_that_can_tell(tmp_path: Path) -> None:
    assert _edges(tmp_path, "600", BEFORE, FIRST, THEN) == []
    beside = ("one", "2026-12-29", 500), ("one", "2027-01-03", 600)
    assert _edges(tmp_path, "600", BEFORE, *beside) == ["before[1].to: +2", "before[1].to: -2"]


def test_a_day_on_which_the_work_waits_cannot_tell(tmp_path: Path) -> None:
    friday = DATED.replace("2026-12-31", "2026-11-27").replace("2027-01-01", "2026-11-28")
    last = ("one", "2026-11-27", 500)
    assert _edges(tmp_path, friday, SATURDAYS, last, ("one", "2026-11-29", 600)) == []
    later = _edges(tmp_path, friday, SATURDAYS, last, ("one", "2026-11-30", 600))
    assert later == ["service.one.rows[1].amount.dated[2].from: +2"]


def test_a_version_that_the_terms_do_not_give_is_tried_with_a_figure(tmp_path: Path) -> None:
    terms = ONLY_ONE.replace('{ figure = "visit" }', DATED.replace("is = 500", 'is = "lost"')) + "\n"
    assert "service.one.rows[1].amount.dated[1].is: = 1" in _survivors(tmp_path, THEN, terms=terms)


def test_what_lies_beyond_a_quota_has_no_days_of_its_own(tmp_path: Path) -> None:
    over = 'over = { rule = "S-01", then = "charge", amount = 5, to = 2026-12-31 }'
    terms = ONLY_ONE.replace(ROW, f'{{ rule = "S-01", then = "quota", quota = 2, used = 0, {over} }}')
    with pytest.raises(PolicyFileError, match=r"over.to: .* expected a dated figure such as amount = "):
        _survivors(tmp_path, terms=terms)
