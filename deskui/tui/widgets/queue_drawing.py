"""How the lines of the queue are drawn: kept once drawn, and drawn again only where something is another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from deskui.tui.text import cut, fit, lines_within
from deskui.tui.widgets.queue_line import line_segments

__all__ = ["Beside", "QueueDrawing", "signs"]

_CURSOR, _MARK = "▸", "●"


class Beside(Widget):
    """A column that goes with the lines of a list."""

    def catch_up(self) -> Collection[int]:
        """Brings it up to the list; the lines that are to be drawn for it."""
        raise NotImplementedError

    def follow(self) -> None:
        """The same, and has them drawn."""
        for line in self.catch_up():
            self.refresh(Region(0, line, self.size.width, 1))


class QueueDrawing(ScrollView, can_focus=True, inherit_bindings=False):
    """The lines of a list of tickets, with cursor, marks and who else is looking."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "queue--row",
        "queue--cursor",
        "queue--faint",
        "queue--breached",
    }

    DEFAULT_CSS = """
    QueueDrawing {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        &> .queue--row { color: $foreground; }
        &> .queue--faint { color: $text-muted; }
        &> .queue--breached { color: $text-error; text-style: bold; }
        &> .queue--cursor {
            background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground;
        }
        &:focus > .queue--cursor {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
        }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget calls it
        super().__init__(id=id)
        self._strips: dict[int, dict[tuple[bool, bool, int], Strip]] = {}
        """Drawn lines of a ticket: with or without cursor and focus, by width."""
        self._empty = ""
        self.marked: frozenset[int] = frozenset()
        """Tickets with a mark."""
        self._lookers: Mapping[int, Sequence[str]] = {}

    @property
    def ticket_ids(self) -> Sequence[int]:
        """The order as it was handed in."""
        raise NotImplementedError

    @property
    def _seen(self) -> tuple[int, int]:
        """First line in view, and how many there are."""
        return self.scroll_offset.y, self.scrollable_content_region.height

    def set_marked(self, ticket_ids: frozenset[int]) -> None:
        """Marks these tickets and no others."""
        changed, self.marked = self.marked ^ ticket_ids, ticket_ids
        self._draw_tickets(changed)

    def set_lookers(self, lookers: Mapping[int, Sequence[str]]) -> None:
        """Who else is looking at which ticket, by id."""
        before, self._lookers = self._lookers, lookers
        self._draw_tickets(
            {one for one in before.keys() | lookers.keys() if before.get(one) != lookers.get(one)}
        )

    def _draw_tickets(self, ticket_ids: Collection[int]) -> None:
        for ticket_id in ticket_ids:
            self._strips.pop(ticket_id, None)
        top, height = self._seen
        for line, ticket_id in enumerate(self.ticket_ids[top : top + height]):
            if ticket_id in ticket_ids:
                self._draw_lines(line)

    def _draw_lines(self, line: int, count: int = 1) -> None:
        """Draws lines of the view again, and not the scrollbar beside them."""
        self.refresh(Region(0, line, self.scrollable_content_region.width, count))

    def _draw(self, texts: Mapping[str, str], tone: str, lit: bool, width: int, sign: str) -> Strip:
        line = "queue--cursor" if lit else "queue--faint" if tone == "queue--faint" else "queue--row"
        style = self.get_component_rich_style(line)
        due = style if lit else self.get_component_rich_style(tone)
        segments = [Segment(fit(sign, 2), style), *line_segments(texts, width, style, due)]
        return Strip(Segment.simplify(segments)).adjust_cell_length(width, style)

    def _empty_line(self, y: int, width: int) -> Strip:
        style = self.get_component_rich_style("queue--faint")
        lines = lines_within(self._empty, width - 2, self._seen[1])
        words = f"  {cut(lines[y], width - 2)}" if y < len(lines) else ""
        return Strip([Segment(words, style)]).adjust_cell_length(width, style)


def signs(lit: bool, marked: bool) -> str:
    """The first two columns of a line: where the cursor is, and what is marked."""
    return (_CURSOR if lit else " ") + (_MARK if marked else " ")
