"""Every row, figure and boundary of every policy is held by an example; and this can fail."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from deskui.paths import data_dir
from deskui.policy.library import policy_files
from deskui.policy.mutants import mutants
from deskui.policy.mutate import run_mutation
from deskui.policy.problems import PolicyFileError
from tests.policy.vendor import SIXTH, copy

CHUNKS = 4
SHIPPED = [*policy_files(data_dir() / "policies").values(), SIXTH]
DOCUMENT = tomllib.loads(SIXTH.read_text("utf-8"))


@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_some_example_notices_every_change(file: Path, chunk: int) -> None:
    report = run_mutation(file, (chunk, CHUNKS))
    assert report.good, str(report)
    assert report.total > 0


def test_each_mutant_changes_its_own_place_and_nothing_else() -> None:
    before = repr(DOCUMENT)
    every = mutants(DOCUMENT)
    assert len({(mutant.place, mutant.change) for mutant in every}) == len(every)
    for mutant in every:
        assert mutant.apply(DOCUMENT) != DOCUMENT, mutant
        assert repr(DOCUMENT) == before


@pytest.mark.parametrize(
    "mutant",
    [
        "calendar.desk.mon-fri: 09:00-12:00 opens +1m",
        "calendar.desk.mon-fri: 13:00-17:00 closes -1m",
        "gate.not_stated.sun: flip",
        "restricted.until: = fri",
        "restricted.items[1]: remove",
        "restricted.items[1].when.far: remove",
        "derive.cover.rows[2]: remove",
        "derive.cover.rows[2].is: = ma",
        "derive.cover.rows[2].when.purchased_on.from: -1",
        "derive.cover.rows[2].when.purchased_on.within.years: +1",
        "reading.rounding.default: = strict",
        "service.help.staffed: flip",
        "service.help.rows[1].when.cover[2]: remove first-year",
        "service.help.rows[1].targets[1].work: +1",
        "service.help.rows[2].hint.amount: +1",
        "service.visit.rows[1].quota: +1",
        "service.visit.rows[1].over.amount: +1",
        "service.visit.rows[1].over.flags[1]: remove confirm_price",
        "service.visit.rows[2].when.hours.max: -1",
        "table.prices.bands[2].two: = 1",
        "table.prices.bands[1].to: +1",
        "table.prices.lost.4:two.pattern: +1",
    ],
)
def test_the_changes_that_are_tried(mutant: str) -> None:
    assert mutant in map(str, mutants(DOCUMENT))


def test_a_change_in_a_service_is_tried_on_its_own_examples_only() -> None:
    asks = {str(mutant): mutant.asks for mutant in mutants(DOCUMENT)}
    assert asks["service.visit.rows[1].quota: +1"] == frozenset({"visit"})
    assert asks["restricted.items[1]: remove"] == frozenset({"visit"})
    assert asks["derive.cover.rows[2]: remove"] is None


def test_a_change_that_no_example_notices_survives(tmp_path: Path) -> None:
    report = run_mutation(copy(tmp_path, examples=(("amount = 1200", 'rules = ["SX-09"]'),)))
    assert [str(mutant) for mutant in report.survivors] == ["table.prices.bands[1].two: +1"]
    assert not report.good
    assert "sixth.toml:114: table.prices.bands[1].two: +1" in str(report)


def test_a_row_that_no_example_reaches_survives(tmp_path: Path) -> None:
    report = run_mutation(copy(tmp_path, examples=(("hours = 4", "hours = 3"),)))
    assert [str(mutant) for mutant in report.survivors] == ["service.visit.rows[2].when.hours.max: -1"]


def test_what_is_listed_as_equivalent_must_be(tmp_path: Path) -> None:
    listed = 'place = "derive.cover.rows[3]"'
    report = run_mutation(copy(tmp_path, examples=((listed, 'place = "derive.cover.rows[2]"'),)))
    assert [item.place for item in report.wrongly_listed] == ["derive.cover.rows[2]"]
    assert [mutant.place for mutant in report.survivors] == ["derive.cover.rows[3]"]
    assert (
        "sixth.examples.toml:243: equivalent[1].place: found 'derive.cover.rows[2]' with change 'remove', "
        "expected a change that no request can notice, but the example “" in str(report)
    )


def test_what_is_listed_as_equivalent_must_be_a_change_at_all(tmp_path: Path) -> None:
    report = run_mutation(copy(tmp_path, examples=(('change = "remove"', 'change = "+7"'),)))
    assert [item.change for item in report.wrongly_listed] == ["+7"]
    assert not report.good


def test_nothing_is_tried_while_an_example_fails(tmp_path: Path) -> None:
    report = run_mutation(copy(tmp_path, examples=(("amount = 1200", "amount = 1300"),)))
    assert report.total == 0
    assert not report.good
    assert "the second edition (amount: found 1200, expected 1300)" in str(report)


def test_the_chunks_together_try_every_change() -> None:
    parts = [run_mutation(SIXTH, (number, 3)) for number in range(3)]
    whole = run_mutation(SIXTH)
    assert sum(part.total for part in parts) == whole.total == len(mutants(DOCUMENT))
    assert sum(part.killed for part in parts) == whole.killed


def test_an_entry_whose_row_moved_says_where_to(tmp_path: Path) -> None:
    """A row that comes in between gives the rows behind it other numbers."""
    listed = 'place = "derive.cover.rows[3]"'
    report = run_mutation(copy(tmp_path, examples=((listed, 'place = "derive.cover.rows[9]"'),)))
    told = "equivalent[1].place: found 'derive.cover.rows[9]' with change 'remove', expected a change that is"
    assert f"{told} still there; its row may have moved: place = 'derive.cover.rows[3]'" in str(report)


@pytest.mark.parametrize("key", ["equivalent", "example"])
def test_what_belongs_beside_the_terms_is_told_so(tmp_path: Path, key: str) -> None:
    file = copy(tmp_path)
    file.write_text(file.read_text("utf-8") + f'\n[[{key}]]\nname = "x"\n', "utf-8")
    with pytest.raises(PolicyFileError, match=rf"\[\[{key}\]\] belongs in sixth.examples.toml"):
        run_mutation(file)
