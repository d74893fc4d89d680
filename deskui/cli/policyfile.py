"""Reads a policy file for the commands that try it out: with its holidays, and with every word explained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from deskui.paths import data_dir
from deskui.policy.figures import check_in_words
from deskui.policy.filetext import read_document, read_text
from deskui.policy.library import HolidayShelf, holiday_problems
from deskui.policy.load import read_policy
from deskui.policy.policy import Policy
from deskui.policy.problems import PolicyFileError, Problem, Problems
from deskui.policy.sense import check_words


def read_file(path: Path, *, any_name: bool = False) -> Policy:
    """The policy in a file; with `any_name` it need not be called after its id, as a copy of another.

    Raises PolicyFileError, also for holiday sets that cannot be read and for words that nothing explains.
    """
    return _read(path, any_name=any_name)[0]


def read_with_notes(path: Path) -> tuple[Policy, tuple[Problem, ...]]:
    """The policy in a file, and what is worth a look in it: figures that its own words name otherwise.

    Raises PolicyFileError as `read_file` does.
    """
    policy, problems = _read(path)
    check_in_words(policy, problems)
    return policy, tuple(sorted(problems.found, key=lambda note: note.line))


def _read(path: Path, *, any_name: bool = False) -> tuple[Policy, Problems]:
    source = read_text(path)
    named = _named(source, path) if any_name else path
    shelf = HolidayShelf(data_dir() / "holidays")
    problems = Problems(named, source)
    try:
        policy = read_policy(source, named, shelf, problems)
    except PolicyFileError as error:
        raise PolicyFileError(replace(problem, file=path) for problem in error.problems) from error
    problems.file = path
    check_words(policy, problems)
    problems.found.extend(holiday_problems(policy, path))
    problems.raise_any()
    return policy, problems


def _named(source: str, path: Path) -> Path:
    """The path the file would have under its id; as it is where the reader has more to say."""
    try:
        return path.with_name(f"{read_document(source, path).document['policy']['id']}.toml")
    except (ValueError, KeyError, TypeError, PolicyFileError):
        return path
