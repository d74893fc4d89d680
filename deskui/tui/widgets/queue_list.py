"""The queue: an ordered sequence of ids of any length, of which only the rows in view are ever asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from deskui.desk.model import ClockState, TicketRow
from deskui.tui.dates import due_text
from deskui.tui.keys import both
from deskui.tui.text import clean_lines, cut, fit
from deskui.tui.widgets.columns import GAP, columns

if TYPE_CHECKING:
    from deskui.tui.messages import Say

__all__ = ["REST", "QueueList", "QueueView"]

REST = 0.12
"""Seconds the cursor rests on a ticket before the other panes follow."""
WINDOW = 400
"""Most rows asked for at once."""
KEPT_ROWS = 2_000
"""Rows remembered; those out of view are forgotten first."""
WAITING = "…"
_CURSOR = "▸"


@dataclass(frozen=True, slots=True)
class QueueView:
    """What is in view: one entry a line from the top, None where the list has ended."""

    lines: tuple[tuple[TicketRow, datetime] | None, ...]
    """Each row with the instant it was read; None too while it is being read."""
    cursor: int | None
    """Line of the cursor, if in view."""
    focused: bool


class QueueList(ScrollView, can_focus=True, inherit_bindings=False):
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

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "queue--row",
        "queue--cursor",
        "queue--faint",
        "queue--breached",
        "queue--head",
    }

    DEFAULT_CSS = """
    QueueList {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        &> .queue--row { color: $foreground; }
        &> .queue--faint { color: $text-muted; }
        &> .queue--breached { color: $text-error; text-style: bold; }
        &> .queue--head { color: $text-muted; text-style: bold; }
        &> .queue--cursor {
            background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground;
        }
        &:focus > .queue--cursor {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
        }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the ticket the cursor is on; 0 in an empty list."""

    @dataclass
    class Highlighted(Message):
        """The cursor has rested on a ticket, or on none in an empty list."""

        queue: QueueList
        ticket_id: int | None

        @property
        def control(self) -> QueueList:
            """The list it comes from."""
            return self.queue

    @dataclass
    class Selected(Message):
        """Enter or a double click on a ticket."""

        queue: QueueList
        ticket_id: int

        @property
        def control(self) -> QueueList:
            """The list it comes from."""
            return self.queue

    @dataclass
    class RowsWanted(Message):
        """Rows in or near the view are not there or may be old: answer with `set_rows`."""

        queue: QueueList
        first: int
        last: int
        """Index of the last one, inclusive."""
        ticket_ids: tuple[int, ...]

        @property
        def control(self) -> QueueList:
            """The list it comes from."""
            return self.queue

        def can_replace(self, message: Message) -> bool:
            """Only the newest window counts."""
            return isinstance(message, QueueList.RowsWanted) and message.queue is self.queue

    def __init__(
        self,
        say: Say,
        zone: ZoneInfo,
        *,
        id: str | None = None,  # noqa: A002 - as every widget calls it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._say = say
        self._zone = zone
        self._ids: tuple[int, ...] = ()
        self._rows: dict[int, tuple[TicketRow, datetime]] = {}
        self._old: set[int] = set()
        self._asked: tuple[int, int, int] | None = None
        self._order = 0
        self._at: datetime | None = None
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        self._empty = ""
        self._resting: Timer | None = None
        self._told: int | None = None
        self.followers: list[Callable[[], None]] = []
        """Called whenever what is in view has changed."""

    # --- what the owner says

    def set_order(self, ids: Iterable[int], at: datetime, keep_cursor_by_id: bool = True) -> None:
        """A new order, read at the aware instant `at`; rows in view are asked for again.

        The cursor stays on its ticket and the ticket on its line; if it is gone the cursor stays on the line.
        Without `keep_cursor_by_id` the list starts at its top.
        """
        before, cursor, top = self._ids, self.cursor, self.scroll_offset.y
        height = self.scrollable_content_region.height
        seen = (before[top : top + height], cursor - top)
        self._ids = tuple(ids)
        stale = self._at is None or self._day(self._at) != self._day(at)
        self._at = at
        self._order += 1
        self._old = set(self._rows)
        if not keep_cursor_by_id or not before:
            cursor = top = 0
        else:
            visible = top <= cursor < top + height
            anchor = cursor if visible or top >= len(before) else top
            moved = self._moved(before, anchor) - anchor
            cursor = cursor + moved if visible else self._moved(before, cursor)
            top = max(0, top + moved)
        self.set_reactive(QueueList.cursor, max(0, min(cursor, len(self._ids) - 1)))
        if len(before) != len(self._ids):
            self.virtual_size = Size(0, len(self._ids))
        self.scroll_to(y=min(top, max(0, len(self._ids) - height)), animate=False, force=True)
        top = self.scroll_offset.y
        if stale:
            self._strips.clear()
        if stale or not self._ids or (self._ids[top : top + height], self.cursor - top) != seen:
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
            ticket_id = row.ticket_id
            before = self._rows.get(ticket_id)
            self._rows[ticket_id] = (row, at)
            self._old.discard(ticket_id)
            if before is None or self._looks(before[0]) != self._looks(row):
                changed.add(ticket_id)
                for lit in (False, True):
                    for focused in (False, True):
                        self._strips.pop((ticket_id, lit, focused), None)
        self._forget_far()
        top = self.scroll_offset.y
        for index in range(top, min(len(self._ids), top + self.scrollable_content_region.height)):
            if self._ids[index] in changed:
                self.refresh_line(index)
        self._changed_view()

    def _looks(self, row: TicketRow) -> tuple[dict[str, str], str]:
        return self._texts(row), self._tone(row)

    def set_empty(self, text: str) -> None:
        """What an empty list says, in one or more lines."""
        self._empty = clean_lines(text)
        if not self._ids:
            self.refresh()

    def refetch(self) -> None:
        """Asks for the rows in view again; they stay on the screen meanwhile."""
        self._old = set(self._rows)
        self._order += 1
        self._want()

    def relabel(self) -> None:
        """Draws everything anew: the language or the theme is another."""
        self._strips.clear()
        self.refresh()

    def move_to(self, ticket_id: int) -> bool:
        """Puts the cursor on a ticket; False if it is not in the list."""
        try:
            self.cursor = self._ids.index(ticket_id)
        except ValueError:
            return False
        return True

    # --- what the owner may ask

    @property
    def ticket_ids(self) -> Sequence[int]:
        """The order as it was handed in."""
        return self._ids

    @property
    def ticket_id(self) -> int | None:
        """The ticket under the cursor, at once; None in an empty list."""
        return self._ids[self.cursor] if self._ids else None

    @property
    def row(self) -> TicketRow | None:
        """The row under the cursor, if it has been read."""
        found = self._rows.get(self._ids[self.cursor]) if self._ids else None
        return found[0] if found else None

    @property
    def view(self) -> QueueView:
        """What is in view now."""
        top = self.scroll_offset.y
        height = self.scrollable_content_region.height
        inside = 0 <= self.cursor - top < height and bool(self._ids)
        return QueueView(
            lines=tuple(
                self._rows.get(self._ids[y]) if y < len(self._ids) else None for y in range(top, top + height)
            ),
            cursor=self.cursor - top if inside else None,
            focused=self.has_focus,
        )

    # --- rows by window

    def _moved(self, before: tuple[int, ...], index: int) -> int:
        """Where the ticket that was at `index` stands now; `index` itself if it is gone."""
        ticket_id = before[min(index, len(before) - 1)]
        for near in range(max(0, index - 3), min(len(self._ids), index + 4)):
            if self._ids[near] == ticket_id:
                return near
        try:
            return self._ids.index(ticket_id)
        except ValueError:
            return index

    def _window(self) -> tuple[int, int]:
        height = max(1, self.scrollable_content_region.height)
        top = self.scroll_offset.y
        margin = min(height, (WINDOW - height) // 2)
        return max(0, top - margin), min(len(self._ids), top + height + margin) - 1

    def _want(self) -> None:
        if not self._ids or not self.is_mounted or not self.size:
            return
        top = self.scroll_offset.y
        seen = self._ids[top : top + self.scrollable_content_region.height]
        if all(ticket_id in self._rows and ticket_id not in self._old for ticket_id in seen):
            return
        first, last = self._window()
        key = (first, last, self._order)
        if key != self._asked:
            self._asked = key
            self.post_message(self.RowsWanted(self, first, last, self._ids[first : last + 1]))

    def _forget_far(self) -> None:
        if len(self._rows) > KEPT_ROWS:
            first, last = self._window()
            near = set(self._ids[first : last + 1])
            self._rows = {key: row for key, row in self._rows.items() if key in near}
            self._old &= set(self._rows)
            self._strips.clear()

    def _changed_view(self) -> None:
        self._want()
        for follow in self.followers:
            follow()

    # --- moving

    def validate_cursor(self, cursor: int) -> int:
        """Within the list."""
        return max(0, min(cursor, len(self._ids) - 1))

    def watch_cursor(self, before: int, cursor: int) -> None:
        """Draws the two lines and scrolls only when the cursor would leave the view."""
        if before == cursor:
            return
        self.refresh_line(before)
        self.refresh_line(cursor)
        self._show_cursor()
        self._changed_view()
        self._rest()

    def _show_cursor(self) -> None:
        """Scrolls as little as brings the cursor into view."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        target = min(max(top, self.cursor - height + 1), self.cursor)
        if target != top:
            self.scroll_to(y=target, animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Another window."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._changed_view()

    def on_resize(self) -> None:
        """Other columns, another window."""
        self._strips.clear()
        if self._ids:
            self._show_cursor()
        self._changed_view()

    def on_focus(self) -> None:
        """The cursor shows where keys go."""
        self._changed_view()

    def on_blur(self) -> None:
        """The cursor shows that keys go elsewhere."""
        self._changed_view()

    def notify_style_update(self) -> None:
        """Another theme: no drawn line is right any more."""
        self._strips.clear()
        super().notify_style_update()

    def _rest(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._rested)

    def _rested(self) -> None:
        self._resting = None
        if self.ticket_id != self._told:
            self._told = self.ticket_id
            self.post_message(self.Highlighted(self, self.ticket_id))

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
        self.cursor = len(self._ids) - 1

    def action_select(self) -> None:
        """The ticket under the cursor, without waiting for it to rest."""
        if self.ticket_id is not None:
            self._told = self.ticket_id
            self.post_message(self.Selected(self, self.ticket_id))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a double click selects."""
        offset = event.get_content_offset(self)
        line = self.scroll_offset.y + offset.y if offset is not None else len(self._ids)
        if line >= len(self._ids):
            return
        self.cursor = line
        if event.chain == 2:
            self.action_select()

    # --- drawing

    def heading(self, width: int) -> Content:
        """The names of the columns as they stand in a list of `width`."""
        cells = [
            fit(self._say(f"queue.{name}"), size, right=name == "number")
            for name, size in columns(width - 1 - GAP)
        ]
        return Content(f"  {(' ' * GAP).join(cells)}")

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        plain = self.get_component_rich_style("queue--row")
        if not self._ids:
            return self._empty_line(y, width)
        if index >= len(self._ids):
            return Strip.blank(width, plain)
        ticket_id = self._ids[index]
        lit = index == self.cursor
        key = (ticket_id, lit, self.has_focus)
        strip = self._strips.get(key)
        if strip is None:
            found = self._rows.get(ticket_id)
            if found is None:
                return self._draw({"customer": WAITING}, "", lit, width)
            strip = self._draw(self._texts(found[0]), self._tone(found[0]), lit, width)
            if len(self._strips) > KEPT_ROWS:
                self._strips.clear()
            self._strips[key] = strip
        return strip

    def _texts(self, row: TicketRow) -> dict[str, str]:
        language = self._say.language
        return {
            "due": self._due(row),
            "number": str(row.number),
            "customer": row.customer,
            "plan": row.plan.in_(language),
            "what": row.title or row.service_name.in_(language),
            "state": self._say(f"state.{row.state.value}"),
            "who": row.assignee or "—",
        }

    def _due(self, row: TicketRow) -> str:
        if row.clock is not None and row.clock.state is ClockState.PAUSED:
            return self._say("queue.paused")
        at = row.due_at or row.deferred_until
        if at is None or self._at is None:
            return "—"
        words = due_text(at, self._at, self._zone, self._say.language)
        return words if row.due_at else f"→{words}"

    def _tone(self, row: TicketRow) -> str:
        if row.clock is not None and row.clock.state is ClockState.BREACHED:
            return "queue--breached"
        return "queue--faint" if row.state.category != "active" else ""

    def _draw(self, texts: dict[str, str], tone: str, lit: bool, width: int) -> Strip:
        style = self.get_component_rich_style("queue--cursor" if lit else "queue--row")
        faint = style if lit else self.get_component_rich_style("queue--faint")
        special = style if lit or not tone else self.get_component_rich_style(tone)
        segments = [Segment(f"{_CURSOR if lit else ' '} ", style)]
        for name, size in columns(width - 1 - GAP):
            text = texts.get(name, "")
            if name == "due" and cell_len(text) > size:
                text = text.rsplit(" ", 1)[0]
            segments.append(
                Segment(fit(text, size, right=name == "number"), self._of(name, style, faint, special))
            )
            segments.append(Segment(" ", style))
        return Strip(Segment.simplify(segments)).adjust_cell_length(width, style)

    @staticmethod
    def _of(name: str, style: Style, faint: Style, special: Style) -> Style:
        if name == "due":
            return special
        return faint if name in ("number", "plan") else style

    def _empty_line(self, y: int, width: int) -> Strip:
        style = self.get_component_rich_style("queue--faint")
        lines = self._empty.split("\n") if self._empty else []
        start = max(0, min(2, self.size.height - len(lines)))
        text = lines[y - start] if 0 <= y - start < len(lines) else ""
        words = f"  {cut(text, max(0, width - 4))}"
        return Strip([Segment(words, style)]).adjust_cell_length(width, style)
