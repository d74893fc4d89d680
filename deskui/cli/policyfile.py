"""Reads a policy file for the commands that try it out: strictly, and with advice where it is no TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from deskui.paths import data_dir
from deskui.policy.examples import Examples, examples_file, load_examples
from deskui.policy.library import HolidayShelf, holiday_problems
from deskui.policy.load import read_policy
from deskui.policy.policy import Policy
from deskui.policy.problems import PolicyFileError, Problem, Problems
from deskui.policy.sense import check_sense

LARGEST = 4_000_000
"""Bytes of a policy file: the longest there is has a fortieth of it."""

_TWICE = "each [table] and each key once; only [[…]] with two brackets may come again"
_ADVICE = (
    ("Cannot declare", "a table a second time", _TWICE),
    ("Cannot overwrite", "a key or table a second time", _TWICE),
    ("Illegal character '\\n'", "a text that is not closed", 'a closing " on the same line'),
    ("Illegal character", "a character that cannot be seen", "none of those: type the line anew"),
    ("Unclosed inline table", "{ … } that is not closed", "a comma between the parts, and a } at the end"),
    ("Unclosed array", "[ … ] that is not closed", "a comma between the items, and a ] at the end"),
    (
        "Invalid value",
        "no value that can be read",
        'text in straight "quotation marks", a number, true, false, a date, [ … ] or { … }; '
        "or a ] or } is missing on the line before",
    ),
    ("Invalid statement", "a line that is none", "[table], key = value, or # and a comment"),
    ("Expected '=' after a key", "a key without its value", "key = value"),
    ("Expected newline", "more on the line than a value", "one key = value a line; text in quotation marks"),
    ("Unescaped '\\\\'", "a \\ in a text", "\\\\ for one \\"),
)


def read_file(path: Path, *, any_name: bool = False) -> Policy:
    """The policy in a file; with `any_name` it need not be called after its id, as a copy of another.

    Raises PolicyFileError, also for holiday sets that cannot be read and for what makes no sense.
    """
    source = _text(path)
    try:
        named = _named(source, path) if any_name else path
        policy = read_policy(source, named, HolidayShelf(data_dir() / "holidays"))
    except PolicyFileError as error:
        raise PolicyFileError(replace(problem, file=path) for problem in plainly(error.problems)) from error
    except (ValueError, RecursionError) as error:
        # what no hand has typed: thousands of brackets or digits
        found = "what no reader can take"
        raise PolicyFileError([Problem(path, 1, "file", found, "terms as people write them")]) from error
    problems = Problems(path, source)
    check_sense(policy, problems)
    wrong = (*holiday_problems(policy, path), *problems.found)
    if wrong:
        raise PolicyFileError(sorted(wrong, key=lambda problem: (problem.line, problem.key)))
    return policy


def read_examples(path: Path, policy: Policy) -> Examples:
    """The examples beside a policy file. Raises PolicyFileError."""
    try:
        return load_examples(examples_file(path), policy)
    except PolicyFileError as error:
        raise PolicyFileError(plainly(error.problems)) from error


def _named(source: str, path: Path) -> Path:
    """The path the file would have under its id; as it is where the reader has more to say."""
    try:
        return path.with_name(f"{tomllib.loads(source)['policy']['id']}.toml")
    except (ValueError, KeyError, TypeError, RecursionError):
        return path


def _text(path: Path) -> str:
    if path.is_dir():
        raise PolicyFileError([Problem(path, 1, "file", "a folder", "a text file of that name")])
    try:
        size = path.stat().st_size
        if size > LARGEST:
            large = f"{size:,} bytes"
            raise PolicyFileError([Problem(path, 1, "file", large, f"terms of at most {LARGEST:,} bytes")])
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise PolicyFileError([Problem(path, 1, "file", why, "a file that can be read")]) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"the byte {data[error.start]:#04x}"
        raise PolicyFileError([Problem(path, line, "file", found, "UTF-8: save it as that")]) from error
    if text.startswith("\ufeff"):
        found = "a byte order mark"
        raise PolicyFileError([Problem(path, 1, "file", found, "none: save it as UTF-8 without BOM")])
    # as every other reader of it has its line ends
    return text.replace("\r\n", "\n")


def plainly(problems: Iterable[Problem]) -> list[Problem]:
    """The problems with what the reader of TOML says put into words."""
    return [_advised(problem) if problem.expected == "TOML" else problem for problem in problems]


def _advised(problem: Problem) -> Problem:
    for said, found, expected in _ADVICE:
        if problem.found.startswith(said):
            twice = re.search(r"Cannot declare \((.*)\) twice", problem.found)
            parts = [] if twice is None else re.findall(r"'([^']*)'", twice.group(1))
            shown = f"[{'.'.join(parts)}] a second time" if parts else found
            return replace(problem, found=shown, expected=expected)
    return problem
