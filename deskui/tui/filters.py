"""What is done to every line before it goes to the terminal: for no colours, and for a screen reader."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from deskui.tui.themes import contrast

__all__ = ["PLAIN_SIGNS", "NoColours", "PlainSigns", "plain_signs"]

_LIT: Final = 2.0
"""Contrast of two backgrounds from which one of them is lit: a cursor, a selection, a ring."""
_BARE: Final = Style.from_color(RichColor.default(), RichColor.default())

PLAIN_SIGNS: Final = {
    "·": ",", "—": "-", "–": "-", "…": ".", "×": "x", "→": ">", "←": "<", "↑": "^", "↓": "v",
    "“": '"', "”": '"', "‘": "'", "’": "'", "⌫": "<", "⇧": "^", "▸": ">", "☎": " ", "✓": " ", "✗": " ",
    "●": "*", "○": " ", "◉": "@", "◷": " ", "☾": " ", "⏸": " ", "▲": " ", "△": " ", "▼": " ", "⚠": " ", 
    "•": "-", "⇅": " ", "▏": " ", "★": " ", "◆": " ",
}  # fmt: skip
"""What a screen reader would spell out, by what it reads in passing; words say the same beside each."""


@lru_cache(maxsize=4096)
def plain_signs(text: str) -> str:
    """The text without signs and drawn lines, in as many columns."""
    if text.isascii():
        return text
    return "".join(_plain(character) for character in text)


@lru_cache(maxsize=1024)
def _plain(character: str) -> str:
    found = PLAIN_SIGNS.get(character)
    if found is not None:
        return found
    # arrows, box drawing, blocks, shapes, miscellaneous symbols, dingbats
    drawn = (
        "\u2190" <= character <= "\u21ff"
        or "\u2300" <= character <= "\u27bf"
        or "\u2b00" <= character <= "\u2bff"
    )
    return " " * cell_len(character) if drawn else character


class PlainSigns(LineFilter):
    """Nothing but letters, figures and punctuation."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Each segment with its signs as punctuation or spaces."""
        return [Segment(plain_signs(text), style, control) for text, style, control in segments]


class NoColours(LineFilter):
    """No colour at all; what only a background marks is shown reversed."""

    def __init__(self, screen: Color) -> None:
        """`screen` is the background of the theme."""
        super().__init__()
        self._screen = screen

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Each segment with the terminal's own colours."""
        return [Segment(text, self._bare(style), control) for text, style, control in segments]

    def _bare(self, style: Style | None) -> Style | None:
        return None if style is None else _bare(style, self._screen)


@lru_cache(maxsize=4096)
def _bare(style: Style, screen: Color) -> Style:
    behind = style.bgcolor
    lit = (
        behind is not None
        and not behind.is_default
        and contrast(Color.from_rich_color(behind), screen) >= _LIT
    )
    return style + _BARE + Style(reverse=lit != bool(style.reverse), dim=False)
