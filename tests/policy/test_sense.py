"""What can be read and makes no sense never becomes a policy, so that no desk answers by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskui.paths import data_dir
from deskui.policy import PolicyFileError
from deskui.policy.library import HolidayShelf, Library
from deskui.policy.load import read_policy
from tests.policy.vendor import SIXTH

STARTER = data_dir() / "starter" / "starter.toml"
SHELF = HolidayShelf(data_dir() / "holidays")
SOURCES = {file: file.read_text("utf-8") for file in (STARTER, SIXTH)}
NOTHING_LESS = "0 or more"


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "expected"),
    [
        # conditions that never hold
        (STARTER, '{ cover = "ma" }, then = "free"', '{ cover = "MA" }, then = "free"',
         "service.phone-help.rows[1].when.cover", "one of: ma, none"),
        (SIXTH, 'cover = ["ma", "first-year"]', 'cover = ["ma", "first_year"]',
         "service.help.rows[1].when.cover", "did you mean 'first-year'?"),
        (SIXTH, 'reading.rounding = "strict"', 'reading.rounding = "strikt"',
         "service.visit.rows[3].when.reading.rounding", "did you mean 'strict'?"),
        (SIXTH, "when = { far = true }", 'when = { far = "true" }',
         "restricted.items[1].when.far", "true or false, without quotes"),
        # prices below 0, wherever they stand
        (SIXTH, "amount = 1500", "amount = -1500", "service.visit.rows[1].over.amount", NOTHING_LESS),
        (SIXTH, "two = 1200", "two = -1200", "table.prices.bands[1].two", NOTHING_LESS),
        (SIXTH, "each = 300", "each = -300", "service.renewal.rows[1].amount.dated[2].is",
         "a figure, or a table"),
        (SIXTH, "pattern = 1100", "pattern = -1100", "table.prices.lost.4:two.pattern", NOTHING_LESS),
        (SIXTH, "is = 950", "is = -950", "service.renewal.rows[2].amount.dated[1].is", NOTHING_LESS),
    ],
)  # fmt: skip
def test_it_is_refused_by_whoever_reads_the_file(
    file: Path, old: str, new: str, key: str, expected: str
) -> None:
    source = SOURCES[file]
    assert old in source
    with pytest.raises(PolicyFileError) as caught:
        read_policy(source.replace(old, new, 1), file, SHELF)
    assert key in [problem.key for problem in caught.value.problems]
    assert all(expected in str(problem.expected) for problem in caught.value.problems if problem.key == key)


def test_a_desk_does_without_such_a_file_and_serves_the_others(tmp_path: Path) -> None:
    wrong = SOURCES[STARTER].replace('{ cover = "ma" }, then = "free"', '{ cover = "MA" }, then = "free"', 1)
    (tmp_path / "starter.toml").write_text(wrong, "utf-8")
    library = Library.load(tmp_path)
    assert "starter" not in library.policies
    assert len(library.policies) == len(library.files) - 1
    (problem,) = library.problems
    assert (problem.file.name, problem.key) == ("starter.toml", "service.phone-help.rows[1].when.cover")


def test_a_rule_for_information_only_decides_nothing() -> None:
    line = next(line for line in SOURCES[STARTER].splitlines() if line.startswith("ST-08 = "))
    source = SOURCES[STARTER].replace(line, f'{line[:-1]}, "card"]', 1)
    with pytest.raises(PolicyFileError) as caught:
        read_policy(source, STARTER, SHELF)
    (problem,) = caught.value.problems
    assert problem.key == "service.onsite.rows[1].rule"
    assert str(problem.found) == "ST-08, which is for information only"


def test_values_and_words_are_told_beside_mistakes_of_form() -> None:
    """Nobody puts one kind of mistake right to be told of the next: six, of three kinds, at once."""
    source = SOURCES[SIXTH]
    for old, new in (
        ("amount = 1500", "amount = -1500"),
        ('cover = ["ma", "first-year"]', 'cover = ["ma", "first_year"]'),
        ('reading.rounding = "strict"', 'reading.rounding = "strikt"'),
        ("when = { far = true }", 'when = { far = "true" }'),
        ('then = "callback"', 'then = "calback"'),
        ('extras = ["travel"]', 'extras = ["travle"]'),
    ):
        assert old in source, old
        source = source.replace(old, new, 1)
    with pytest.raises(PolicyFileError) as caught:
        read_policy(source, SIXTH, SHELF)
    found = {str(problem.found) for problem in caught.value.problems}
    assert found == {"-1500", "'first_year'", "'strikt'", "'true'", "'calback'", "'travle'"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # the value itself could not be read: what names it is no second mistake
        ('is = "first-year"', 'iz = "first-year"'),
        ("[reading.rounding]", "[reading.roundings]"),
    ],
)
def test_what_hangs_on_an_unread_part_is_no_second_mistake(old: str, new: str) -> None:
    source = SOURCES[SIXTH]
    assert old in source
    with pytest.raises(PolicyFileError) as caught:
        read_policy(source.replace(old, new, 1), SIXTH, SHELF)
    assert not [problem for problem in caught.value.problems if "first-year" in str(problem.found)]
