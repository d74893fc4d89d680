"""The narrow column that ticks beside the queue: a widget of its own, so that a second costs few bytes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from deskui.tui.left import WIDTH, carried_on, left_text, urgency
from deskui.tui.text import fit
from deskui.tui.widgets.queue_drawing import Beside
from deskui.tui.widgets.queue_list import QueueList
from deskui.tui.widgets.queue_rows import QueueView

if TYPE_CHECKING:
    from deskui.desk.model import TicketRow
    from deskui.tui.messages import Say

    _Read = tuple[TicketRow, datetime]
    """A row and when it was read."""

__all__ = ["COLUMN_WIDTH", "PLAIN_WIDTH", "LeftColumn"]

COLUMN_WIDTH = WIDTH + 1
PLAIN_WIDTH = 15
"""With words in place of signs."""
_Cell = tuple[str, str]
"""What a line shows: text and component class."""


class LeftColumn(Beside):
    """LEFT of each row in view: minutes everywhere, seconds on the selected row and in the last five
    minutes.

    It reads nothing: the queue says which rows are in view, and each clock is carried on from the instant it
    was read at. Only cells whose text has changed are drawn again.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "left--running",
        "left--warning",
        "left--breached",
        "left--past",
        "left--outside",
        "left--paused",
        "left--done",
        "left--none",
        "left--cursor",
        "left--cursor-lit",
    }

    DEFAULT_CSS = """
    LeftColumn {
        width: 9;
        height: 100%;
        background: $surface;
        &> .left--running { color: $foreground; }
        &> .left--warning { color: $text-warning; text-style: bold; }
        &> .left--breached { color: $text-error; text-style: bold; }
        &> .left--past { color: $text-warning; }
        &> .left--outside { color: $text-muted; }
        &> .left--paused { color: $text-muted; }
        &> .left--done { color: $text-success; }
        &> .left--none { color: $text-muted; }
        &> .left--cursor {
            background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground;
        }
        &> .left--cursor-lit {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
        }
    }
    """

    def __init__(
        self,
        queue: QueueList,
        now: Callable[[], datetime],
        say: Say,
        *,
        id: str | None = None,  # noqa: A002 - as every widget calls it
    ) -> None:
        super().__init__(id=id)
        self._queue = queue
        self._say = say
        self._now = now
        self._cells: tuple[_Cell, ...] = ()
        self._cursor: int | None = None
        self._lit = False
        self._asked: set[tuple[int, datetime]] = set()
        self._known: dict[tuple[int, bool], tuple[_Read, _Cell]] = {}
        """By ticket and whether the cursor is on it: the row as it was read, and what it showed then."""
        self._stands: tuple[datetime, str, bool] | None = None
        """The second, the language and the kind of words that `_known` is for."""
        self._styles: dict[str, Style] = {}
        queue.followers.append(self)

    @property
    def _in_words(self) -> bool:
        """Whether a screen reader reads along: words say what signs say to the eye."""
        return self.app.has_class("-plain")

    def on_mount(self) -> None:
        """Ticks once a second."""
        self.set_interval(1.0, self.follow)

    def on_resize(self) -> None:
        """Another number of lines."""
        self.follow()

    def notify_style_update(self) -> None:
        """Another theme."""
        self._styles.clear()
        super().notify_style_update()

    def catch_up(self) -> Collection[int]:
        """Brings the column up to the list and the clock; the lines that are to be drawn for it."""
        if not self.is_mounted:
            return ()
        now = self._now()
        view = self._queue.view
        stands = (now.replace(microsecond=0), self._say.language, self._in_words)
        if stands != self._stands:
            self._known, self._stands = {}, stands
        cells = tuple(
            self._known_cell(entry, line == view.cursor, now) for line, entry in enumerate(view.lines)
        )
        before, self._cells = self._cells, cells
        was, now_at = (self._cursor, self._lit), (view.cursor, view.focused)
        self._cursor, self._lit = now_at
        self._read_anew(view, now)
        if len(before) != len(cells):
            self.refresh()
            return ()
        moved = {was[0], view.cursor} if was != now_at else set()
        return [line for line, cell in enumerate(cells) if cell != before[line] or line in moved]

    def _known_cell(self, entry: _Read | None, selected: bool, now: datetime) -> _Cell:
        """The cell of a row; within a second a key works out those of the two rows it moved between only."""
        if entry is None:
            return "", "left--none"
        place = (entry[0].ticket_id, selected)
        known = self._known.get(place)
        if known is None or known[0] is not entry:
            known = self._known[place] = (entry, self._cell(entry, selected, now))
        return known[1]

    def _cell(self, entry: _Read, selected: bool, now: datetime) -> _Cell:
        row, read_at = entry
        if row.stands is not None:
            # what is left of it is not known yet, and an age would say that nothing is promised
            return "", "left--none"
        view = None if row.clock is None else carried_on(row.clock, read_at, now)
        text = left_text(view, row.received_at, now, selected, self._say("queue.age", age="{age}"))
        tone = urgency(view)
        if self._in_words and tone.sign.strip():
            # "late 0:07" in place of "▲ -0:07"
            words = self._say(f"left.{tone.value}")
            text = f"{words} {text.removeprefix(tone.sign).strip().replace('-', '')}".strip()
        return text, f"left--{tone.value}"

    def _read_anew(self, view: QueueView, now: datetime) -> None:
        """A calendar in view has opened or closed since it was read: what it does next is in the store."""
        passed = {
            (row.ticket_id, read_at)
            for row, read_at in filter(None, view.lines)
            if row.clock is not None and (change := row.clock.next_change) and read_at < change <= now
        }
        new, self._asked = passed - self._asked, passed
        if new:
            self._queue.refetch()

    def render_line(self, y: int) -> Strip:
        """One cell."""
        width = self.size.width
        text, tone = self._cells[y] if y < len(self._cells) else ("", "left--none")
        if y == self._cursor:
            # the line reads as one with its row; the sign says what the colour would
            tone = "left--cursor-lit" if self._lit else "left--cursor"
        style = self._styles.get(tone)
        if style is None:
            style = self._styles[tone] = self.get_component_rich_style(tone)
        if y < len(self._cells) and self._cells[y][1] == "left--none":
            # an age is no time left: its word stands with it, where the others have a sign
            return Strip([Segment(f"{fit(text, max(0, width - 1), right=True)} ", style)], width)
        if self._in_words:
            return Strip([Segment(fit(text, width), style)], width)
        # the sign on the left, the time on the right
        sign, _, time = text.partition(" ")
        if not time:
            return Strip([Segment(fit(sign, width), style)], width)
        cell = f"{fit(sign, 1)}{fit(time, max(0, width - 2), right=True)} "
        return Strip([Segment(cell, style)], width)
