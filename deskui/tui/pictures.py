"""Pictures of the screen as SVG, with every word in its column whatever font the viewer has."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from rich.cells import cell_len
from textual.app import App

__all__ = ["svg", "with_words_in_columns"]

CELL = 12.2
"""Width of a cell in the pictures Rich makes: 20 px letters of 0.61 em."""

_TEXT = re.compile(r"<text ([^>]*?)>([^<]*)</text>")
_X = re.compile(r'\bx="([\d.]+)"')
_LENGTH = re.compile(r'\btextLength="[\d.]+"')
_WORD = re.compile("[^ \u00a0]+")


def _words(found: re.Match[str]) -> str:
    attributes, text = found.groups()
    x = _X.search(attributes)
    if x is None or _LENGTH.search(attributes) is None:
        return found[0]
    plain = text.replace("&#160;", "\u00a0")
    parts: list[str] = []
    for word in _WORD.finditer(plain):
        at = float(x[1]) + cell_len(unescape(plain[: word.start()])) * CELL
        placed = _X.sub(f'x="{at:g}"', attributes)
        length = f'textLength="{cell_len(unescape(word[0])) * CELL:g}"'
        parts.append(f"<text {_LENGTH.sub(length, placed)}>{word[0]}</text>")
    return "".join(parts)


def with_words_in_columns(picture: str) -> str:
    """The picture with each word placed at its own cell and as long as its cells.

    Rich places whole lines and counts code points: a browser stretches Thai over the borders, and a viewer
    with another font moves every later column.
    """
    return _TEXT.sub(_words, picture)


def svg(app: App[Any], title: str | None = None) -> str:
    """What the app shows now."""
    return with_words_in_columns(app.export_screenshot(title=title))
