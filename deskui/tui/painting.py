"""What goes down the line: only cells that differ from those on the terminal, with as few codes as can be.

Textual sends whole lines of every widget that changed, each piece with all its colours and a reset: on a slow
line that is several times what has changed. A `Painter` remembers the cells and sends no cell twice. It reads
private parts of the Textual that `pyproject.toml` pins; a test holds it against what Textual would have sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.geometry import Size
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.screen import Screen

__all__ = ["Painted", "Painter"]

NEAR = 4
"""So few unchanged cells between changed ones are written again: to jump over them takes as many bytes."""
_SHOWN_ON_A_BLANK = 0b1111101001000
"""Attributes of Rich that are seen without a letter: underlines, reverse, strike, frames, overline."""


class _Pen(NamedTuple):
    """How a cell is written: codes of attributes, foreground and background; empty for the terminal's own."""

    attributes: str
    fore: str
    back: str
    blank: bool = False
    """Whether it is seen on a blank, as an underline is."""


_Cell = tuple[str, _Pen]
"""A letter with its marks and how it is written; the second cell of a wide letter has no text."""
_PLAIN = _Pen("", "", "")


class _Drawn(CompositorUpdate):
    """An update as the painter sends it."""

    def __init__(self, codes: str) -> None:
        self._codes = codes

    def render_segments(self, console: Console) -> str:
        """What is to be written to the terminal."""
        return self._codes


class _Lines(CompositorUpdate):
    """Pieces of lines, each with its line and column."""

    def __init__(self, pieces: Sequence[tuple[int, int, Strip]]) -> None:
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        """What a painter that remembers nothing writes."""
        return "".join(f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for y, x, strip in self.pieces)


class Painter:
    """The cells of a terminal as they were written last."""

    def __init__(self) -> None:
        self._size = Size(0, 0)
        self._rows: list[list[_Cell | None]] = []

    def forget(self) -> None:
        """The terminal may show anything now: all of it is written the next time."""
        self._rows = [[None] * self._size.width for _ in range(self._size.height)]

    def codes(self, update: CompositorUpdate, console: Console, size: Size) -> str:
        """What brings the terminal up to `update`."""
        if size != self._size:
            self._size = size
            self.forget()
        system = console._color_system or ColorSystem.TRUECOLOR
        pieces: Iterable[tuple[int, int, Strip]]
        if isinstance(update, _Lines):
            pieces = update.pieces
        elif isinstance(update, LayoutUpdate):
            pieces = _of_layout(update)
        elif isinstance(update, ChopsUpdate):
            pieces = _of_chops(update)
        else:
            self.forget()
            return update.render_segments(console)
        writing = _Writing()
        for y, x, strip in pieces:
            if 0 <= y < len(self._rows):
                self._put(writing, y, x, _cells_of(strip, system))
        return writing.done()

    def _put(self, writing: _Writing, y: int, x: int, cells: list[_Cell]) -> None:
        line = self._rows[y]
        if x < 0:
            x, cells = 0, cells[-x:]
        del cells[len(line) - x :]
        before = line[x : x + len(cells)]
        if before == cells:
            return
        changed = [at for at, (old, new) in enumerate(zip(before, cells, strict=True)) if old != new]
        line[x : x + len(cells)] = cells
        for first, stop in _runs(changed):
            start = first
            # a wide letter is written from its first cell on
            while start > 0 and not cells[start][0]:
                start -= 1
            writing.write(y, x + start, cells[start:stop])


class Painted(App[None], inherit_bindings=False):
    """An app that sends the terminal only the cells that have changed."""

    _painter: Painter | None = None

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Has an update drawn by the painter; where no cell and no cursor is another, nothing is sent."""
        if isinstance(renderable, CompositorUpdate) and self._writes():
            if self._painter is None:
                self._painter = Painter()
            codes = self._painter.codes(renderable, self.console, self.size)
            cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
            if not codes and cursor == self._previous_cursor_position:
                self.post_display_hook()
                return
            renderable = _Drawn(codes)
        super()._display(screen, renderable)

    def _writes(self) -> bool:
        """Whether what is displayed now goes to a terminal."""
        return (
            not self._batch_count
            and self._running
            and not self._closed
            and not self.is_headless
            and self._driver is not None
        )

    @property
    def draws_now(self) -> bool:
        """Whether what is put now is drawn: in a batch it would be lost."""
        return not self._batch_count

    def put(self, screen: Screen[object], pieces: Sequence[tuple[int, int, Strip]]) -> None:
        """Writes pieces of lines, each with its line and column, on top of what stands there."""
        # an update doubles as what Rich renders, though Textual leaves it untyped
        self._display(screen, cast("RenderableType", _Lines(pieces)))

    def _forget(self) -> None:
        if self._painter is not None:
            self._painter.forget()

    def _resume_signal(self) -> None:
        """Back from the shell: nothing of what was drawn stands there any more."""
        self._forget()
        super()._resume_signal()

    def on_resize(self) -> None:
        """A terminal of another size may show anything."""
        self._forget()


class _Writing:
    """Codes of one frame; pen and place are known from one cell to the next."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pen = _PLAIN
        self._at: int | None = None

    def write(self, y: int, x: int, cells: list[_Cell]) -> None:
        """Cells from a place on."""
        parts = self._parts
        if self._at == y:
            parts.append(f"\x1b[{x + 1}G")
        else:
            parts.append(f"\x1b[{y + 1};{x + 1}H")
        for text, pen in cells:
            now = self._pen
            # most pens write the same blank
            if pen is not now and not (
                text == " " and not pen.blank and pen.back == now.back and not now.blank
            ):
                parts.append(_change(now, pen))
                self._pen = pen
            parts.append(text)
        self._at = y

    def done(self) -> str:
        """All of it, with the pen put down."""
        if self._pen != _PLAIN:
            self._parts.append("\x1b[0m")
        return "".join(self._parts)


def _runs(changed: list[int]) -> Iterator[tuple[int, int]]:
    """Stretches of changed places, those that are near to each other as one."""
    start = last = changed[0]
    for at in changed[1:]:
        if at - last > NEAR:
            yield start, last + 1
            start = at
        last = at
    yield start, last + 1


@lru_cache(maxsize=4096)
def _change(before: _Pen, pen: _Pen) -> str:
    """The shortest codes from one pen to another."""
    if pen == before:
        return ""
    if pen == _PLAIN:
        return "\x1b[m"
    codes = []
    if before.attributes not in ("", pen.attributes):
        # an attribute is taken off by a reset only
        codes.append("0")
        before = _PLAIN
    if pen.attributes != before.attributes:
        codes.append(pen.attributes)
    if pen.fore != before.fore:
        codes.append(pen.fore or "39")
    if pen.back != before.back:
        codes.append(pen.back or "49")
    return f"\x1b[{';'.join(codes)}m"


@lru_cache(maxsize=1024)
def _pens(style: Style | None, system: ColorSystem) -> tuple[_Pen, _Pen]:
    """How letters of a style are written, and how blanks are: of those only the background is seen."""
    if style is None:
        return _PLAIN, _PLAIN
    fore = style.color.downgrade(system).get_ansi_codes() if style.color else ()
    back = style.bgcolor.downgrade(system).get_ansi_codes(foreground=False) if style.bgcolor else ()
    bits = style._attributes & style._set_attributes
    attributes = ";".join(code for bit, code in Style._style_map.items() if bits & (1 << bit))
    pen = _Pen(attributes, ";".join(fore), ";".join(back), bool(bits & _SHOWN_ON_A_BLANK))
    return pen, pen if pen.blank else _Pen("", "", pen.back)


@lru_cache(maxsize=1024)
def _segment_cells(text: str, style: Style | None, system: ColorSystem) -> tuple[_Cell, ...]:
    """The cells of a text, marks with their letters."""
    pen, blank = _pens(style, system)
    letters = list(text) if text.isascii() else _letters(text)
    return tuple((letter, blank if letter == " " else pen) for letter in letters)


def _letters(text: str) -> list[str]:
    letters: list[str] = []
    for character in text:
        width = get_character_cell_size(character)
        if width == 0 and letters:
            # to the letter, not to the empty second cell of a wide one
            last = len(letters) - 1 - (not letters[-1])
            letters[last] += character
        elif width:
            letters += [character, *[""] * (width - 1)]
    width = cell_len(text)
    # where Rich measures a sequence otherwise than its parts, it is one letter
    return letters if len(letters) == width else [text, *[""] * (width - 1)]


def _cells_of(strip: Strip, system: ColorSystem) -> list[_Cell]:
    cells: list[_Cell] = []
    for text, style, _ in strip:
        cells += _segment_cells(text, style, system)
    return cells


def _of_layout(update: LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The pieces of a whole screen: line, column, strip."""
    for y, line in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in _known(line):
            yield y, x, strip
            x += strip.cell_length


def _known(line: Iterable[Strip | None]) -> Iterator[Strip]:
    return (strip for strip in line if strip is not None)


def _of_chops(update: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The pieces of an update of parts, cut as Textual cuts them."""
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > last or end <= first:
                continue
            whole = first <= x < last and end <= last
            yield y, x, strip if whole else strip.crop(0, min(end, last) - x)
