"""Text in columns of a terminal: lines broken where Thai and English may be broken, tables that fit."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Sequence

from deskui.cli.output import padded, width

_BEFORE = frozenset("เแโใไ")
"""Thai vowels that are written before their consonant: never the last of a line."""
_AFTER = frozenset("ะาำๅๆฯ")
"""Thai letters that are never the first of a line."""


def columns(most: int = 120) -> int:
    """Columns of the terminal, 80 where there is none; at least 60, at most `most`."""
    return max(60, min(shutil.get_terminal_size((80, 24)).columns, most))


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines of at most `room` columns, broken at spaces, and inside a word only if it must be."""
    lines = [""]
    for word in text.split():
        if lines[-1] and width(lines[-1]) + 1 + width(word) <= room:
            lines[-1] += f" {word}"
            continue
        if lines[-1]:
            lines.append("")
        *whole, lines[-1] = _pieces(word, room)
        lines[-1:-1] = whole
    return lines


def _pieces(word: str, room: int) -> list[str]:
    """A word in pieces of at most `room` columns; no mark stands apart from its letter."""
    pieces: list[str] = []
    while width(word) > room:
        cut, taken = 0, 0
        for place, char in enumerate(word):
            taken += width(char)
            if taken > room:
                break
            if _may_break(word, place + 1):
                cut = place + 1
        cut = cut or 1
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]


def _may_break(word: str, place: int) -> bool:
    after = word[place : place + 1]
    marked = bool(after) and unicodedata.category(after) in ("Mn", "Me", "Cf")
    return not marked and after not in _AFTER and word[place - 1] not in _BEFORE


def table(
    rows: Sequence[Sequence[str]],
    room: int,
    *,
    gap: int = 2,
    right: Sequence[int] = (),
    rule: bool = False,
    keep: int = 0,
) -> list[str]:
    """Rows in columns, the widest of them broken into lines until the table is `room` columns wide.

    `right` names the columns set to the right, `rule` draws a line under the first row, and the first column
    is not made narrower than `keep`.
    """
    if not rows:
        return []
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    spare = room - gap * (len(widths) - 1)
    least = [keep, *(8 for _ in widths[1:])]
    while sum(widths) > spare:
        column = max(range(len(widths)), key=lambda n: widths[n] - least[n])
        if widths[column] <= least[column]:
            break
        widths[column] -= 1
    lines: list[str] = []
    for number, row in enumerate(rows):
        cells = [wrapped(cell, size) for cell, size in zip(row, widths, strict=True)]
        for line in range(max(map(len, cells))):
            parts = []
            for column, (cell, size) in enumerate(zip(cells, widths, strict=True)):
                text = cell[line] if line < len(cell) else ""
                fill = " " * max(0, size - width(text))
                parts.append(fill + text if column in right else padded(text, size))
            lines.append((" " * gap).join(parts).rstrip())
        if rule and number == 0:
            lines.append((" " * gap).join("─" * size for size in widths))
    return lines


def tall(cells: Sequence[Sequence[str]]) -> bool:
    """Whether a row takes several lines."""
    return any(len(cell) > 1 for cell in cells)
