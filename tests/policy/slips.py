"""A small good policy file, and what the loader says of copies with a slip in them."""

from __future__ import annotations

import pytest

from deskui.paths import data_dir
from deskui.policy import Policy, PolicyFileError
from deskui.policy.library import HolidayShelf
from deskui.policy.load import read_policy
from tests.policy.vendor import FILES

SHELF = HolidayShelf(data_dir() / "holidays")
SMALL = FILES / "all" / "small.toml"
GOOD = SMALL.read_text("utf-8")


def read(source: str) -> Policy:
    return read_policy(source, SMALL, SHELF)


def problems(source: str) -> list[tuple[int, str, str, str]]:
    """(line, key, found, expected) of every problem."""
    with pytest.raises(PolicyFileError) as caught:
        read(source)
    assert all(problem.file == SMALL for problem in caught.value.problems)
    return [(p.line, p.key, str(p.found), str(p.expected)) for p in caught.value.problems]


def changed(*changes: tuple[str, str]) -> str:
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def only_problem(old: str, new: str) -> tuple[int, str, str, str]:
    """The one problem of the file with that one change."""
    (only,) = problems(changed((old, new)))
    return only
