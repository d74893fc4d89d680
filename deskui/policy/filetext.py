"""The text of a policy or examples file and the document in it: whatever is wrong with it is told."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from deskui.policy.problems import PolicyFileError, Problem
from deskui.policy.said import Said

LARGEST = 4_000_000
"""Bytes of a file: the longest there is has a twentieth of it."""

_ADVICE = (
    ("Cannot declare", Said("table_twice"), Said("each_once")),
    ("Cannot overwrite", Said("part_twice"), Said("each_once")),
    ("Cannot mutate", Said("part_twice"), Said("each_once")),
    ("Duplicate inline table key", Said("part_twice"), Said("each_once")),
    ("Unterminated string", Said("not_closed_text"), Said("closing_quote")),
    ("Invalid date", Said("no_such_date"), Said("calendar_date")),
    ("Invalid initial character for a key", Said("no_key"), Said("a_toml_key")),
    ("Expected ']", Said("not_closed_head"), Said("closing_bracket")),
    ("Invalid hex", Said("backslash"), Said("two_backslashes")),
    ("Escaped character", Said("backslash"), Said("two_backslashes")),
    ("Illegal character '\\n'", Said("not_closed_text"), Said("closing_quote")),
    ("Illegal character", Said("unseen_character"), Said("type_it_anew")),
    ("Unclosed inline table", Said("not_closed_table"), Said("comma_and_brace")),
    ("Unclosed array", Said("not_closed_list"), Said("comma_and_bracket")),
    ("Invalid value", Said("no_value"), Said("a_toml_value")),
    ("Invalid statement", Said("no_line"), Said("a_toml_line")),
    ("Expected '=' after a key", Said("key_without_value"), Said("key_equals_value")),
    ("Expected newline", Said("more_than_a_value"), Said("one_a_line")),
    ("Unescaped", Said("backslash"), Said("two_backslashes")),
)


def read_text(path: Path) -> str:
    """What a file says, with line ends as TOML counts them. Raises PolicyFileError."""
    if path.is_dir():
        raise PolicyFileError([Problem(path, 1, "file", Said("folder"), Said("a_text_file"))])
    try:
        size = path.stat().st_size
        if size > LARGEST:
            most = Said("terms_of_at_most", count=f"{LARGEST:,}")
            raise PolicyFileError([Problem(path, 1, "file", Said("bytes", count=f"{size:,}"), most)])
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise PolicyFileError([Problem(path, 1, "file", why, Said("readable_file"))]) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = Said("the_byte", byte=f"{data[error.start]:#04x}")
        raise PolicyFileError([Problem(path, line, "file", found, Said("utf_8"))]) from error
    if text.startswith("\ufeff"):
        found = Said("byte_order_mark")
        raise PolicyFileError([Problem(path, 1, "file", found, Said("without_bom"))])
    return text.replace("\r\n", "\n")


def parse(source: str, path: Path) -> dict[str, Any]:
    """The document in a text. Raises PolicyFileError, with advice where it is no TOML."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        at = int(line.group(1)) if line else source.count("\n") + 1
        raise PolicyFileError([_advised(path, at, str(error))]) from error
    except (ValueError, RecursionError) as error:
        raise beyond_reading(path) from error


def beyond_reading(path: Path) -> PolicyFileError:
    """The problem of what no hand has typed: thousands of brackets or digits."""
    return PolicyFileError([Problem(path, 1, "file", Said("beyond_reading"), Said("as_people_write"))])


def _advised(path: Path, line: int, told: str) -> Problem:
    """What the reader of TOML says put into words."""
    for said, found, expected in _ADVICE:
        if told.startswith(said):
            twice = re.search(r"Cannot declare \((.*)\) twice", told)
            parts = [] if twice is None else re.findall(r"'([^']*)'", twice.group(1))
            shown = Said("named_twice", table=f"[{'.'.join(parts)}]") if parts else found
            return Problem(path, line, "file", shown, expected)
    return Problem(path, line, "file", told, Said("toml"))
