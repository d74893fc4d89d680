"""The text of a policy or examples file and the document in it: whatever is wrong with it is told."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from deskui.policy.problems import PolicyFileError, Problem

LARGEST = 4_000_000
"""Bytes of a file: the longest there is has a twentieth of it."""

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


def read_text(path: Path) -> str:
    """What a file says, with line ends as TOML counts them. Raises PolicyFileError."""
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
    return text.replace("\r\n", "\n")


def parse(source: str, path: Path) -> dict[str, Any]:
    """The document in a text. Raises PolicyFileError, with advice where it is no TOML."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        at = int(line.group(1)) if line else source.count("\n") + 1
        raise PolicyFileError([_advised(Problem(path, at, "file", str(error), "TOML"))]) from error
    except (ValueError, RecursionError) as error:
        raise beyond_reading(path) from error


def beyond_reading(path: Path) -> PolicyFileError:
    """The problem of what no hand has typed: thousands of brackets or digits."""
    found = "what no reader can take"
    return PolicyFileError([Problem(path, 1, "file", found, "terms as people write them")])


def _advised(problem: Problem) -> Problem:
    """What the reader of TOML says put into words."""
    for said, found, expected in _ADVICE:
        if problem.found.startswith(said):
            twice = re.search(r"Cannot declare \((.*)\) twice", problem.found)
            parts = [] if twice is None else re.findall(r"'([^']*)'", twice.group(1))
            shown = f"[{'.'.join(parts)}] a second time" if parts else found
            return replace(problem, found=shown, expected=expected)
    return problem
