"""A terminal reduced to what the screens write: places, pens and letters; any other code is refused."""

from __future__ import annotations

import re

from rich.cells import get_character_cell_size

_CODE = re.compile(r"\x1b\[([\d;]*)([A-Za-z])")
_KINDS = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse", 9: "strike"}
Pen = tuple[frozenset[str], str, str]
PLAIN: Pen = (frozenset(), "", "")


class Cells:
    """What stands in each cell, and how."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.lines: list[list[tuple[str, Pen]]] = [[("?", PLAIN)] * width for _ in range(height)]
        self._x = self._y = 0
        self._pen = PLAIN

    def feed(self, codes: str) -> None:
        """Takes what a program writes; raises ValueError for a code it does not know."""
        at = 0
        while at < len(codes):
            found = _CODE.match(codes, at)
            if found:
                self._code(found[1], found[2])
                at = found.end()
                continue
            if codes[at] == "\n":
                self._x, self._y = 0, self._y + 1
            elif codes[at] < " ":
                raise ValueError(f"a control character: {codes[at : at + 8]!r}")
            else:
                self._letter(codes[at])
            at += 1

    def _code(self, numbers: str, what: str) -> None:
        given = [int(number or 0) for number in numbers.split(";")]
        if what == "H":
            self._y, self._x = given[0] - 1, given[1] - 1
        elif what == "G":
            self._x = given[0] - 1
        elif what == "m":
            self._set_pen(given)
        else:
            raise ValueError(f"an unknown code: {numbers}{what}")

    def _set_pen(self, given: list[int]) -> None:
        kinds, fore, back = self._pen
        rest = iter(given)
        for code in rest:
            if code == 0:
                kinds, fore, back = PLAIN
            elif code in _KINDS:
                kinds |= {_KINDS[code]}
            elif code in (38, 48):
                long = next(rest) == 2
                colour = ";".join(str(next(rest)) for _ in range(3 if long else 1))
                fore, back = (colour, back) if code == 38 else (fore, colour)
            elif code == 39 or 30 <= code <= 37 or 90 <= code <= 97:
                fore = "" if code == 39 else str(code)
            elif code == 49 or 40 <= code <= 47 or 100 <= code <= 107:
                back = "" if code == 49 else str(code)
            else:
                raise ValueError(f"an unknown pen: {given}")
        self._pen = (kinds, fore, back)

    def _letter(self, letter: str) -> None:
        width = get_character_cell_size(letter)
        line = self.lines[self._y]
        if width == 0:
            before = self._x - 1
            while before > 0 and not line[before][0]:
                before -= 1
            text, pen = line[before]
            line[before] = (text + letter, pen)
            return
        # half of a wide letter that is written over is gone with its other half
        for at in (self._x, self._x + width - 1):
            if not line[at][0]:
                line[at - 1] = (" ", line[at - 1][1])
        if self._x + width < self.width and not line[self._x + width][0]:
            line[self._x + width] = (" ", line[self._x + width][1])
        for at, text in enumerate([letter, *[""] * (width - 1)], start=self._x):
            line[at] = (text, self._pen)
        self._x += width

    def seen(self) -> list[list[tuple[str, Pen]]]:
        """What a person sees: of most pens a blank shows the background only."""
        return [[self._as_seen(*cell) for cell in line] for line in self.lines]

    @staticmethod
    def _as_seen(text: str, pen: Pen) -> tuple[str, Pen]:
        if text == " " and not pen[0] & {"underline", "reverse", "strike"}:
            return text, (frozenset(), "", pen[2])
        return text, pen
