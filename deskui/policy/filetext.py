"""The text of a policy or examples file and the document in it: whatever is wrong with it is told."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

from deskui.dataclass import dataclass
from deskui.policy.problems import PolicyFileError, Problem
from deskui.policy.said import Said

LARGEST = 4_000_000
"""Bytes of a file: the longest there is has a twentieth of it."""
_THAI = re.compile("[ก-๛]{2}")


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
        raise PolicyFileError(
            [Problem(path, line, "file", _encoding(data, error.start), Said("utf_8"))]
        ) from error
    # some editors begin every file with a mark that says UTF-8
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    # old ones end a line with a carriage return alone
    return text if "\n" in text else text.replace("\r", "\n")


def _encoding(data: bytes, at: int) -> Said:
    """What a file is saved in that is not UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Said("saved_in", encoding="UTF-16 (Unicode)")
    with suppress(UnicodeDecodeError):
        if _THAI.search(data.decode("cp874")):
            return Said("saved_in", encoding="Windows-874 (ANSI)")
    return Said("the_byte", byte=f"{data[at]:#04x}")


@dataclass(frozen=True, slots=True)
class Document:
    """What a text says, and the slips that were passed in reading it."""

    text: str
    """Line for line as the file, without the slips."""
    document: dict[str, Any]
    slips: tuple[Problem, ...] = ()


def read_document(source: str, path: Path) -> Document:
    """The document in a text, where slips were mended as they were meant.

    Raises PolicyFileError with every slip where something had to be left out: what else is wrong with such a
    document nobody can tell.
    """
    try:
        try:
            return Document(source, tomllib.loads(source))
        except tomllib.TOMLDecodeError:
            from deskui.policy.slips import mended  # noqa: PLC0415 - a good file needs none

            read = mended(source)
    except (ValueError, RecursionError) as error:
        raise beyond_reading(path) from error
    slips = tuple(Problem(path, slip.line, "file", slip.found, slip.expected) for slip in read.slips)
    if read.document is None or not read.whole:
        raise PolicyFileError(slips)
    return Document(read.text, read.document, slips)


def parse(source: str, path: Path) -> dict[str, Any]:
    """The document in a text. Raises PolicyFileError with every slip where it is no TOML."""
    read = read_document(source, path)
    if read.slips:
        raise PolicyFileError(read.slips)
    return read.document


def beyond_reading(path: Path) -> PolicyFileError:
    """The problem of what no hand has typed: thousands of brackets or digits."""
    return PolicyFileError([Problem(path, 1, "file", Said("beyond_reading"), Said("as_people_write"))])
