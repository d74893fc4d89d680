"""The queue: an ordered sequence of ids of any length, of which only the rows in view are ever asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from time import monotonic
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from deskui.dataclass import dataclass
from deskui.tui.at_once import paint_lines
from deskui.tui.keys import both
from deskui.tui.text import clean_lines
from deskui.tui.typeahead import AtOnce
from deskui.tui.widgets.queue_drawing import Beside, QueueDrawing, signs
from deskui.tui.widgets.queue_line import heading, row_texts, row_tone
from deskui.tui.widgets.queue_rows import KEPT_ROWS, QueueRows, QueueView

if TYPE_CHECKING:
    from deskui.desk.model import TicketRow
    from deskui.tui.messages import Say

__all__ = ["REST", "QueueList", "QueueView"]

REST = 0.12
"""Seconds the cursor rests on a ticket before the other panes follow."""
WAITING = "…"
MOVES = ("move(1)", "move(-1)", "page(1)", "page(-1)", "first", "last")
"""Actions after which nothing is left to do but to draw."""


@dataclass
class _FromQueue(Message):
    queue: QueueList

    @property
    def control(self) -> QueueList:
        """The list it comes from."""
        return self.queue


class QueueList(QueueDrawing, AtOnce, can_focus=True, inherit_bindings=False):
    """The queue by the line API: 100,000 tickets cost what fifty do.

    The owner hands in the order (`set_order`) and answers `RowsWanted` with `set_rows`. Neither moves the
    cursor off its ticket nor the ticket off its line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both("down,j"), "move(1)", "Down", show=False),
        Binding(both("up,k"), "move(-1)", "Up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("home,ctrl+home", "first", "First", show=False),
        Binding("end,ctrl+end", "last", "Last", show=False),
        Binding("enter", "select", "Select", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the ticket the cursor is on; 0 in an empty list."""

    @dataclass
    class Highlighted(_FromQueue):
        """The cursor has rested on a ticket, or on none in an empty list."""

        ticket_id: int | None

    @dataclass
    class Selected(_FromQueue):
        """Enter or a double click on a ticket."""

        ticket_id: int

    @dataclass
    class Resized(_FromQueue):
        """Its columns are others: a window of another size, or a bar that came or went."""

    @dataclass
    class RowsWanted(_FromQueue):
        """Rows in or near the view are not there or may be old: answer with `set_rows`."""

        first: int
        last: int
        """Index of the last one, inclusive."""
        ticket_ids: tuple[int, ...]
        """Those between that are missing or may be old, at most 400."""

        def can_replace(self, message: Message) -> bool:
            """Only the newest window counts."""
            return isinstance(message, QueueList.RowsWanted) and message.queue is self.queue

    def __init__(self, say: Say, zone: ZoneInfo, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._say = say
        self._zone = zone
        self._rows = QueueRows()
        self._at: datetime | None = None
        self._resting: Timer | None = None
        self._moved_at = 0.0
        self._told: int | None = None
        self._away = False
        self.followers: list[Beside] = []
        """What stands beside the list and is drawn with it."""

    # --- what the owner says

    def set_order(self, ids: Iterable[int], at: datetime, keep_cursor_by_id: bool = True) -> None:
        """A new order, read at the aware instant `at`; rows in view are asked for again.

        The cursor stays on its ticket and the ticket on its line; if it is gone the cursor stays on the line.
        Without `keep_cursor_by_id` the list starts at its top.
        """
        before, cursor, (top, height) = self.ticket_ids, self.cursor, self._seen
        drawn = (before[top : top + height], cursor - top)
        another_day = self._at is None or self._day(self._at) != self._day(at)
        self._at = at
        self._rows.reorder(ids)
        cursor, top = self._rows.kept(before, cursor, top, height) if keep_cursor_by_id and before else (0, 0)
        now = self.ticket_ids
        self.set_reactive(QueueList.cursor, max(0, min(cursor, len(now) - 1)))
        if len(before) != len(now):
            self.virtual_size = Size(0, len(now))
        self.scroll_to(y=min(top, max(0, len(now) - height)), animate=False, force=True)
        top = self.scroll_offset.y
        if another_day:
            self._strips.clear()
        if another_day or not now or (now[top : top + height], self.cursor - top) != drawn:
            self.refresh()
        self._changed_view()
        if self.ticket_id != self._told:
            self._rest()

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

    def set_rows(self, rows: Iterable[TicketRow], at: datetime) -> None:
        """Rows as they were at the aware instant `at`, whoever asked for them."""
        changed: set[int] = set()
        for row in rows:
            before, now = self._rows.put(row, at), self._rows.of(row.ticket_id)
            if before is None or now is None or self._looks(before) != self._looks(now):
                changed.add(row.ticket_id)
        top, height = self._seen
        if self._rows.forget_far(top, height):
            self._strips.clear()
        self._draw_tickets(changed)
        self._changed_view()

    def _looks(self, row: TicketRow) -> tuple[dict[str, str], str]:
        at = self._at or row.received_at
        others = self._lookers.get(row.ticket_id, ())
        plain = self.app.has_class("-plain")
        return row_texts(row, self._say, self._zone, at, others, in_words=plain), row_tone(row)

    def set_empty(self, text: str) -> None:
        """What an empty list says, in one or more lines."""
        self._empty = clean_lines(text)
        if not self.ticket_ids:
            self.refresh()

    def refetch(self) -> None:
        """Asks for the rows in view again; they stay on the screen meanwhile."""
        self._rows.outdate()
        self._want()

    def relabel(self) -> None:
        """Draws everything anew: the language or the theme is another."""
        self._strips.clear()
        self.refresh()

    def move_to(self, ticket_id: int) -> bool:
        """Puts the cursor on a ticket; False if it is not in the list."""
        try:
            self.cursor = self.ticket_ids.index(ticket_id)
        except ValueError:
            return False
        return True

    # --- what the owner may ask

    @property
    def ticket_ids(self) -> Sequence[int]:
        """The order as it was handed in."""
        return self._rows.ids

    @property
    def ticket_id(self) -> int | None:
        """The ticket under the cursor, at once; None in an empty list."""
        return self.ticket_ids[self.cursor] if self.ticket_ids else None

    @property
    def row(self) -> TicketRow | None:
        """The row under the cursor, if it has been read."""
        found = self._rows.at(self.cursor)
        return found[0] if found else None

    def row_of(self, ticket_id: int) -> TicketRow | None:
        """The row of a ticket, if it has been read."""
        return self._rows.of(ticket_id)

    @property
    def view(self) -> QueueView:
        """What is in view now."""
        top, height = self._seen
        inside = 0 <= self.cursor - top < height and bool(self.ticket_ids)
        return QueueView(
            lines=tuple(map(self._rows.at, range(top, top + height))),
            cursor=self.cursor - top if inside else None,
            focused=self.has_focus,
        )

    def _want(self) -> None:
        if self.is_mounted and self.size and (window := self._rows.wanted(*self._seen)):
            self.post_message(self.RowsWanted(self, window.first, window.last, window.ticket_ids))

    def _changed_view(self) -> None:
        self._want()
        for beside in self.followers:
            beside.follow()

    # --- moving

    def validate_cursor(self, cursor: int) -> int:
        """Within the list."""
        return max(0, min(cursor, len(self.ticket_ids) - 1))

    def watch_cursor(self, before: int, cursor: int) -> None:
        """Draws the two lines and scrolls only when the cursor would leave the view."""
        if before == cursor:
            return
        self._show_cursor(immediate=True)
        top = self._seen[0]
        self._want()
        lines: dict[Widget, Collection[int]] = {self: (before - top, cursor - top)}
        for beside in self.followers:
            lines[beside] = beside.catch_up()
        paint_lines(lines)
        self._rest()

    def _move_thumb(self, top: float) -> None:
        """Moves the scrollbar's thumb by eighths of a cell: in a long list a page is less than that."""
        bar, eighths = self.vertical_scrollbar, self._seen[1] * 8 / max(1, len(self.ticket_ids))
        if round(bar.position * eighths) != round(top * eighths) or top in (0, self.max_scroll_y):
            bar.position = top

    def _show_cursor(self, *, immediate: bool = False) -> None:
        """Scrolls as little as brings the cursor into view."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        target = min(max(top, self.cursor - height + 1), self.cursor)
        if target != top:
            self.scroll_to(y=target, animate=False, force=True, immediate=immediate)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Another window."""
        if self.show_vertical_scrollbar:
            self._move_thumb(new_value)
        if round(old_value) != round(new_value):
            self._draw_lines(0, self._seen[1])
            self._changed_view()

    def on_resize(self) -> None:
        """Other columns, another window."""
        self._strips.clear()
        if self.ticket_ids:
            self._show_cursor()
        self._changed_view()
        self.post_message(self.Resized(self))

    def watch_show_vertical_scrollbar(self) -> None:
        """A bar takes columns away, or gives them back."""
        self.post_message(self.Resized(self))

    def on_focus(self) -> None:
        """The cursor shows where keys go, once Textual has noted that they come here."""
        self.call_next(self._changed_view)

    def on_blur(self) -> None:
        """The cursor shows that keys go elsewhere."""
        self.call_next(self._changed_view)

    @property
    def cursor_spot(self) -> Offset:
        """Where on the screen the line of the cursor begins."""
        return self.content_region.offset + Offset(0, self.cursor - self.scroll_offset.y)

    def notify_style_update(self) -> None:
        """Another theme: no drawn line is right any more."""
        self._strips.clear()
        super().notify_style_update()

    def _rest(self) -> None:
        self._moved_at = monotonic()
        if self.ticket_id != self._told:
            # one that comes back is told again: the answer for it may come while it is away
            self._away = True
        if self._resting is None:
            self._resting = self.set_timer(REST, self._rested)

    def _rested(self) -> None:
        self._resting = None
        if (missing := self._moved_at + REST - monotonic()) > 0.001:
            # one timer for a run of keys: one for each would cost more than the key
            self._resting = self.set_timer(missing, self._rested)
            return
        if self._away or self.ticket_id != self._told:
            self._told, self._away = self.ticket_id, False
            self.post_message(self.Highlighted(self, self.ticket_id))

    def moves_within(self, key: str) -> bool:
        """Whether `key` moves the cursor to a ticket that is in the list, whatever comes after those."""
        page = max(1, self.scrollable_content_region.height - 1)
        by = {"move(1)": 1, "move(-1)": -1, "page(1)": page, "page(-1)": -page, "first": -self.cursor}
        actions = [one.action for one in self._bindings.key_to_bindings.get(key, ())]
        return any(action in by and self.cursor + by[action] < len(self.ticket_ids) for action in actions)

    async def take_key(self, key: str) -> bool:
        """Keys that only move are dealt with here: the way up through all that is around the list is long."""
        for binding in self._bindings.key_to_bindings.get(key, ()):
            if binding.action in MOVES:
                await self.run_action(binding.action)
                return True
        return False

    def action_move(self, by: int) -> None:
        """One line."""
        self.cursor += by

    def action_page(self, by: int) -> None:
        """One view, with a line of overlap."""
        page = max(1, self.scrollable_content_region.height - 1) * by
        target = self.validate_cursor(self.cursor + page)
        self.scroll_to(y=self.scroll_offset.y + page, animate=False, force=True, immediate=True)
        self.cursor = target

    def action_first(self) -> None:
        """The first ticket."""
        self.cursor = 0

    def action_last(self) -> None:
        """The last ticket."""
        self.cursor = len(self.ticket_ids) - 1

    def action_select(self) -> None:
        """The ticket under the cursor, without waiting for it to rest."""
        if self.ticket_id is not None:
            self._told, self._away = self.ticket_id, False
            self.post_message(self.Selected(self, self.ticket_id))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a double click selects."""
        offset = event.get_content_offset(self)
        line = self.scroll_offset.y + offset.y if offset is not None else len(self.ticket_ids)
        if line >= len(self.ticket_ids):
            return
        self.cursor = line
        if event.chain == 2:
            self.action_select()

    # --- drawing

    def heading(self, width: int) -> Content:
        """The names of the columns as they stand in a list of `width`."""
        return heading(self._say, width)

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        if not self.ticket_ids:
            return self._empty_line(y, width)
        if index >= len(self.ticket_ids):
            return Strip.blank(width, self.get_component_rich_style("queue--row"))
        lit, ticket_id = index == self.cursor, self.ticket_ids[index]
        # a new size is drawn before the list hears of it
        key = (lit, self.has_focus, width)
        strip = self._strips.get(ticket_id, {}).get(key)
        if strip is None:
            found = self._rows.at(index)
            sign = signs(lit, ticket_id in self.marked)
            if found is None:
                return self._draw({"customer": WAITING}, "queue--row", lit, width, sign)
            strip = self._draw(*self._looks(found[0]), lit, width, sign)
            if len(self._strips) > KEPT_ROWS:
                self._strips.clear()
            self._strips.setdefault(ticket_id, {})[key] = strip
        return strip
