"""What Thai needs of Textual and Rich that they do not do: word wrap, cutting, and editing by cluster.

`install()` puts small corrections in place of five functions; each has a test that tells when a newer
Textual or Rich makes it needless. The field below is what every screen types a line into; the one of several
lines stands apart in `thai_area`, because it loads half an editor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import rich._wrap
import textual._wrap
from rich.cells import cell_len, split_text
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from deskui.tui.at_once import paint_lines
from deskui.tui.text import ELLIPSIS, LEADING_VOWELS, LIMIT, boundary, clusters, cut, typed

__all__ = ["ThaiInput", "breaks", "install", "knows_words", "load_words"]

_Chunks = Iterable[tuple[int, int, str]]

original_words: Callable[[str], _Chunks] = rich._wrap.words
original_chunks: Callable[[str], _Chunks] = textual._wrap.chunks
original_split = Segment.__dict__["_split_cells"]
original_truncate = Content.truncate
original_text_truncate = Text.truncate

_THAI = re.compile("[\u0e01-\u0e5b]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_NOT_FIRST = frozenset("ะาำๅๆฯ!%),.:;?]}…”’")
_NOT_LAST = frozenset(LEADING_VOWELS + "([{“‘")

_segmenter: Callable[[str], list[int]] | None = None


def _without_dictionary(text: str) -> list[int]:
    """Between any two clusters one of which is Thai, but never before ะาำๅๆ or after เแโใไ."""
    places: list[int] = []
    at = 0
    before = ""
    for cluster in clusters(text):
        if (
            before
            and cluster[0] not in _NOT_FIRST
            and before[0] not in _NOT_LAST
            and (_THAI.match(cluster) or _THAI.match(before))
        ):
            places.append(at)
        at += len(cluster)
        before = cluster
    return places


@lru_cache(maxsize=2048)
def _breaks(text: str, segmenter: Callable[[str], list[int]] | None) -> tuple[int, ...]:
    found = segmenter(text) if segmenter is not None else _without_dictionary(text)
    return tuple(found)


def breaks(text: str) -> tuple[int, ...]:
    """Indices inside a run of Thai without spaces at which a line may break."""
    return _breaks(text, _segmenter)


def load_words() -> bool:
    """Loads the word dictionary (ICU) and answers whether there is one.

    Takes some 25 ms: call it in a thread after the first frame. Until then, and where it does not load, lines
    break between clusters.
    """
    global _segmenter  # noqa: PLW0603 - the functions it serves are module functions of other packages
    try:
        from icu4py.breakers import LineBreaker  # noqa: PLC0415 - not on the start path
    except ImportError:
        return False

    def by_words(text: str) -> list[int]:
        # its offsets count UTF-16 units
        plain = _ASTRAL.sub("\ufffc", text)
        return [end for _, end in LineBreaker(plain, "th").segments() if end < len(text)]

    _segmenter = by_words
    return True


def knows_words() -> bool:
    """Whether the dictionary is loaded."""
    return _segmenter is not None


def forget_words() -> None:
    """Back to breaking between clusters, the same on every machine: for pictures."""
    global _segmenter  # noqa: PLW0603 - see load_words
    _segmenter = None


def _thai_chunks(original: Callable[[str], _Chunks], text: str) -> Iterator[tuple[int, int, str]]:
    for start, end, chunk in original(text):
        if not chunk.isascii() and _THAI.search(chunk):
            word = chunk.rstrip()
            last = 0
            for place in breaks(word) if len(word) <= LIMIT * 20 else ():
                if chunk[last:place].strip():
                    yield start + last, start + place, chunk[last:place]
                    last = place
            yield start + last, end, chunk[last:]
        else:
            yield start, end, chunk


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    return _thai_chunks(original_words, text)


def _chunks(text: str) -> Iterator[tuple[int, int, str]]:
    return _thai_chunks(original_chunks, text)


@lru_cache(maxsize=2048)
def _split(segment: Segment, cut: int) -> tuple[Segment, Segment]:
    text, style, control = segment
    if cut >= segment.cell_length:
        return segment, Segment("", style, control)
    before, after = split_text(text, cut)
    return Segment(before, style, control), Segment(after, style, control)


def _split_cells(_cls: type[Segment], segment: Segment, cut: int) -> tuple[Segment, Segment]:
    """Rich's own stops at the first split of the right width and leaves marks on the right half."""
    return _split(segment, cut)


def _no_lone_vowel(text: str) -> str:
    """The cut text as wide as before, without a leading vowel standing alone before its ellipsis."""
    if not text.endswith(ELLIPSIS) or text[-2:-1] not in LEADING_VOWELS:
        return text
    kept = text[:-1].rstrip(LEADING_VOWELS) + ELLIPSIS
    return kept + " " * (cell_len(text) - cell_len(kept))


def _truncate(self: Content, max_width: int, *, ellipsis: bool = False, pad: bool = False) -> Content:
    cut = original_truncate(self, max_width, ellipsis=ellipsis, pad=pad)
    if cut is self or not ellipsis:
        return cut
    text = _no_lone_vowel(cut.plain)
    if text == cut.plain:
        return cut
    return Content(text, [span for span in cut.spans if span.start < len(text)])


def _text_truncate(self: Text, max_width: int, *, overflow: Any = None, pad: bool = False) -> None:
    whole = self.plain
    original_text_truncate(self, max_width, overflow=overflow, pad=pad)
    if self.plain != whole:
        self.plain = _no_lone_vowel(self.plain)


def install() -> None:
    """Puts the corrections in place; a second time changes nothing."""
    rich._wrap.words = _words
    textual._wrap.chunks = _chunks
    Segment._split_cells = classmethod(_split_cells)  # type: ignore[assignment, method-assign]
    Content.truncate = _truncate  # type: ignore[method-assign]
    Text.truncate = _text_truncate  # type: ignore[method-assign]


class _ByCluster(Text):
    """Text of a field: the cursor lights a letter with its marks, which would be lost beside it."""

    def stylize(self, style: str | Style, start: int = 0, end: int | None = None) -> None:
        """As Text does, to the end of a cluster."""
        super().stylize(style, start, end if end is None else boundary(self.plain, end))


class ThaiInput(Input):
    """A field of one line: plain text, a cursor that stands between clusters, Delete by cluster."""

    def __init__(self, value: str | None = None, placeholder: str = "", **options: Any) -> None:
        """Takes what Input takes; the length is limited to 400 characters if not said."""
        options.setdefault("max_length", LIMIT)
        super().__init__(value, placeholder, **options)

    class BackedOut(Message):
        """Backspace in an empty field: whoever is there may go back a step."""

        def __init__(self, field: ThaiInput) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> ThaiInput:
            """The field."""
            return self.field

    @property
    def _value(self) -> Text:
        return _ByCluster(self.value, no_wrap=True, overflow="ignore", end="")

    def render_line(self, y: int) -> Strip:
        """A placeholder is drawn as a value is, with the cursor on its first cluster."""
        if y != 0 or self.value or not self.placeholder:
            return super().render_line(y)
        width = self.scrollable_content_region.width
        text = _ByCluster(cut(self.placeholder, width), no_wrap=True, overflow="ignore", end="")
        text.stylize(self.get_component_rich_style("input--placeholder"))
        if self.has_focus and self._cursor_visible:
            text.stylize(self.get_component_rich_style("input--cursor"), 0, 1)
        drawn = self.app.console.render(text, self.app.console_options.update_width(width + 1))
        return Strip(drawn).adjust_cell_length(width + 1).apply_style(self.rich_style)

    def stay_lit(self) -> None:
        """The cursor is seen and blinks from now on, as after a key of the field's own; drawn at once."""
        lit = self._cursor_visible
        self.set_reactive(Input._cursor_visible, True)
        self._restart_blink()
        if not lit:
            paint_lines({self: (0,)})

    def action_delete_left(self) -> None:
        """One character to the left; where there is nothing at all, that is said."""
        if not self.value:
            self.post_message(self.BackedOut(self))
        super().action_delete_left()

    def validate_value(self, value: str) -> str:
        """No control character enters, whoever sets it."""
        return typed(value)

    def validate_placeholder(self, placeholder: str) -> str:
        """The same for the placeholder."""
        return typed(placeholder)

    def validate_selection(self, selection: Selection) -> Selection:
        """Both ends of a selection stand between clusters."""
        start, end = selection
        return Selection(boundary(self.value, start), boundary(self.value, end))

    def action_cursor_left(self, select: bool = False) -> None:
        """One cluster to the left."""
        start, end = self.selection
        if not select and not self.selection.is_empty:
            self.cursor_position = min(start, end)
            return
        target = boundary(self.value, end - 1, -1)
        self.selection = Selection(start if select else target, target)

    def action_delete_right(self) -> None:
        """The cluster at the cursor, with its marks."""
        if self.selection.is_empty:
            self.delete(self.cursor_position, boundary(self.value, self.cursor_position + 1))
        else:
            self.delete_selection()

    def _cell_offset_to_index(self, offset: int) -> int:
        """Index of the cluster drawn at a cell; the end of the text for every cell past it."""
        left = offset + self.scroll_offset.x
        index = 0
        for cluster in clusters(self.value):
            left -= cell_len(cluster)
            if left < 0:
                return index
            index += len(cluster)
        return index

    def _on_paste(self, event: events.Paste) -> None:
        """As much of the pasted text as there is room for, on one line."""
        event.stop()
        event.prevent_default()
        start, end = sorted(self.selection)
        text = typed(event.text.strip("\r\n")[: LIMIT * 20])
        if self.max_length is not None:
            text = text[: boundary(text, self.max_length - (len(self.value) - (end - start)), -1)]
        if text:
            self.replace(text, start, end)
