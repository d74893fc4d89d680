"""What commands print: JSON lines with Thai letters as they are, and text without control characters."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from io import TextIOWrapper
from typing import Any

import click

_STEERING = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Categories of characters that move the cursor, turn the writing round or end a line."""


def prepare_streams() -> None:
    """Puts empty streams in the place of closed ones, and has stdout escape what its encoding lacks."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - to the end
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def drop_output() -> None:
    """Sends what is still buffered nowhere: it would fail again, loudly, when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def print_json(value: Any, *, indent: int | None = None) -> None:
    """One JSON value on stdout, on one line unless `indent` is given; nothing in it steers a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if not text.replace("\n", "").isprintable():
        text = "".join(_escaped(char) if unicodedata.category(char) in _STEERING else char for char in text)
    click.echo(text)


def _escaped(char: str) -> str:
    # a line end outside of a string is layout; inside one it is escaped already
    return char if char == "\n" else json.dumps(char)[1:-1] if char != "\x7f" else "\\u007f"


def plain_text(text: object) -> str:
    """Text from outside for a terminal: each control or bidi character becomes a space."""
    return "".join(" " if unicodedata.category(char) in _STEERING else char for char in str(text))


def width(text: str) -> int:
    """Columns the text takes: Thai marks above and below take none, wide letters two."""
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def padded(text: str, columns: int) -> str:
    """The text filled with spaces to `columns`."""
    return text + " " * (columns - width(text))


def print_table(rows: list[tuple[str, ...]], *, gap: str = "  ", indent: str = "") -> None:
    """Rows in columns as wide as their widest cell."""
    if not rows:
        return
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [padded(cell, columns) for cell, columns in zip(row, widths, strict=True)]
        click.echo((indent + gap.join(cells)).rstrip())
