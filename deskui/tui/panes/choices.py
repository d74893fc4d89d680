"""A short list that is walked while the cursor stays in a text field: callers, products, services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, repeat
from string import ascii_lowercase

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from deskui.dataclass import dataclass
from deskui.tui.at_once import paint_lines
from deskui.tui.keys import both
from deskui.tui.speaking import Speaking
from deskui.tui.text import ELLIPSIS, assembled, clean, cut, fit

__all__ = ["ChoiceList", "Item", "LetterPick", "letters"]

LEAST_DETAIL = 6
"""Columns below which a detail says nothing."""
LAST_OF_DETAIL = 4
"""Characters of a number that tell it from others, where there is no room for all of it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list."""

    text: str
    detail: str = ""
    """Shown at the right end, as far as there is room."""
    key: str = ""
    """Letter that picks it, if letters do."""
    firm: bool = False
    """Whether the text gives way to the detail, as a company's name does to its number."""
    tail: str = ""
    """What stands behind the text and is cut after it, as who of a company calls; a number as detail then
    keeps its last figures only.
    """


class ChoiceList(Widget):
    """Lines with one of them highlighted; the window follows the highlight."""

    # it is drawn line by line, and what is selected is known of a whole text only
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ChoiceList { height: 1fr; min-height: 1; }
    ChoiceList.-filled { text-wrap: nowrap; }
    """

    index: reactive[int] = reactive(0, repaint=False)
    """The highlighted line."""

    class Moved(Message):
        """Another line is highlighted."""

        def __init__(self, choices: ChoiceList) -> None:
            super().__init__()
            self.choices = choices

        @property
        def control(self) -> ChoiceList:
            """The list."""
            return self.choices

    class Chosen(Moved):
        """A line was clicked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the widgets' own name for it
        super().__init__(id=id)
        self._items: tuple[Item, ...] = ()
        self._empty = ""
        self._top = 0

    @property
    def items(self) -> tuple[Item, ...]:
        """The lines."""
        return self._items

    def show(self, items: Sequence[Item], *, index: int = 0, empty: str = "") -> None:
        """Puts lines in, and words for when there are none."""
        self._items = tuple(_cleaned(item) for item in items)
        self._empty = empty
        # a line fills its columns: wrapped, it would lose one at its end for each mark over a letter
        self.set_class(bool(self._items), "-filled")
        self._top = 0
        self.set_reactive(ChoiceList.index, min(max(index, 0), max(len(self._items) - 1, 0)))
        self._follow()
        self.refresh()

    def move(self, by: int) -> None:
        """Moves the highlight and says so."""
        if self._items:
            self.index = min(max(self.index + by, 0), len(self._items) - 1)

    def watch_index(self, before: int, index: int) -> None:
        """The window follows the highlight; what is another line of it now is drawn at once."""
        top = self._top
        self._follow()
        same = top == self._top and self.is_mounted
        paint_lines({self: (before - top, index - top) if same else range(self.size.height)})
        if self._items:
            self.post_message(self.Moved(self))

    def on_resize(self) -> None:
        """Keeps the highlight in sight."""
        self._follow()

    def on_click(self, event: events.Click) -> None:
        """A click highlights and chooses."""
        at = self._top + event.y
        if 0 <= at < len(self._items):
            self.index = at
            self.post_message(self.Chosen(self))

    def _follow(self) -> None:
        rows = max(self.size.height, 1)
        self._top = min(max(self._top, self.index - rows + 1), self.index)
        # a window that has grown is filled
        self._top = max(0, min(self._top, len(self._items) - rows))

    def render_line(self, y: int) -> Strip:
        """One line of the window; words for an empty list take as many as they need."""
        width, height = self.size
        if self._items:
            at, place = self._top + y, 0
            lines = [self._item_line(at)] if at < len(self._items) else []
        else:
            place, lines = y, [self.render()]
        drawn = [
            strip
            for line in lines
            for strip in Visual.to_strips(self, line, width, height, self.visual_style)
        ]
        return drawn[place] if place < len(drawn) else Strip.blank(width, self.visual_style.rich_style)

    def render(self) -> Content:
        """All lines of the window, for who measures them."""
        if not self._items:
            return assembled([(self._empty, "$text-muted")])
        stop = min(self._top + max(self.size.height, 1), len(self._items))
        return Content("\n").join(self._item_line(at) for at in range(self._top, stop))

    def _item_line(self, at: int) -> Content:
        width, item, lit = self.size.width, self._items[at], at == self.index
        marker = "▸ " if lit else "  "
        key = f"{item.key}  " if item.key else ""
        room = max(width - len(marker) - len(key), 1)
        detail = item.detail
        if item.tail and detail[-1:].isdecimal() and cell_len(_whole(item)) + cell_len(detail) >= room:
            detail = ELLIPSIS + "".join(detail.split())[-LAST_OF_DETAIL:]
        wanted = cell_len(detail) + 1 if detail else 0
        detail_room = min(wanted, room // 2 if item.firm else max(room - cell_len(item.text), 0))
        if detail_room < min(wanted, LEAST_DETAIL):
            detail_room = 0
        text = fit(_within(item, room - detail_room), room - detail_room)
        detail = " " + fit(detail, detail_room - 1, right=True) if detail_room else ""
        style = "bold $block-cursor-foreground on $block-cursor-background" if lit else ""
        return assembled([(marker + key + text, style), (detail, style or "$text-muted")])


def _cleaned(item: Item) -> Item:
    """The line as it is measured and drawn: what others wrote may be long, or wider than it looks."""
    return replace(item, text=clean(item.text), detail=clean(item.detail), tail=clean(item.tail))


def _whole(item: Item) -> str:
    return f"{item.text} · {item.tail}" if item.tail else item.text


def _within(item: Item, room: int) -> str:
    """The text and its end in so many columns: the end stays, as long as something of the rest does."""
    if not item.tail or cell_len(_whole(item)) <= room:
        return _whole(item)
    tail = " · " + cut(item.tail, max(room - LEAST_DETAIL - 3, 0))
    return cut(item.text, room - cell_len(tail)) + tail


def letters() -> chain[str]:
    """A letter for each of the first lines; those behind are picked by arrows, or by their serial."""
    return chain(ascii_lowercase, repeat(""))


class LetterPick(ChoiceList, Speaking, can_focus=True):
    """A list that is picked from by a letter, on either keyboard layout; arrows and Enter do as well."""

    def on_key(self, event: events.Key) -> None:
        """Picks, or walks."""
        if event.key in ("down", "up"):
            event.stop()
            self.move(1 if event.key == "down" else -1)
        elif event.key == "enter":
            event.stop()
            self.post_message(self.Chosen(self))
        else:
            for at, item in enumerate(self.items):
                if item.key and event.key in both(item.key).split(","):
                    event.stop()
                    self.index = at
                    self.post_message(self.Chosen(self))
                    return
            if event.is_printable:
                event.stop()
                keys = [item.key for item in self.items if item.key]
                of = "–".join(dict.fromkeys((*keys[:1], *keys[-1:])))
                if of:
                    self.desk_app.toast(self.say("call.no_such", keys=of), severe=True)
