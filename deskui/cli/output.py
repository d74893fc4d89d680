"""What commands print: JSON lines with Thai letters as they are, and text without control characters."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import click


def print_json(value: Any, *, indent: int | None = None) -> None:
    """One JSON value on stdout, on one line unless `indent` is given."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent))


def plain_text(text: object) -> str:
    """Text from outside for a terminal: each control or bidi character becomes a space."""
    return "".join(" " if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in str(text))


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
