"""The Queue pane: the views over the list of tickets."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from deskui.tui.speaking import Speaking
from deskui.tui.text import assembled, fit
from deskui.tui.widgets.left_column import COLUMN_WIDTH, LeftColumn
from deskui.tui.widgets.queue_list import QueueList

__all__ = ["VIEWS", "QueuePane"]

VIEWS = ("all", "mine", "breached", "waiting", "today")
"""The views of the queue, in the order `v` goes through them."""


class ViewLine(Widget, Speaking):
    """The views with how many tickets each has; the one that is on is marked by a sign too."""

    DEFAULT_CSS = """
    ViewLine { height: 1; }
    """

    class Picked(Message):
        """A view was clicked."""

        def __init__(self, view: str) -> None:
            super().__init__()
            self.view = view

    def __init__(self) -> None:
        super().__init__(id="views")
        self.view = "all"
        self.counts: Mapping[str, int] = {}
        self._places: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        """The views in one line."""
        parts: list[tuple[str, str]] = []
        self._places = []
        at = 0
        for view in VIEWS:
            words = self.say(f"queue.{view}", n=self.counts.get(view, "–"))
            text = f"[{words}]" if view == self.view else f" {words} "
            parts.append((text, "bold $text-accent" if view == self.view else "$text-muted"))
            self._places.append((at, at + cell_len(text), view))
            at += cell_len(text)
        return assembled(parts)

    def on_click(self, event: events.Click) -> None:
        """A click shows that view."""
        for start, end, view in self._places:
            if start <= event.x < end:
                self.post_message(self.Picked(view))


class HeadLine(Widget, Speaking):
    """The names of the columns."""

    DEFAULT_CSS = """
    HeadLine { height: 1; color: $text-muted; text-style: bold; }
    """

    def render(self) -> Content:
        """As the column and the list below stand."""
        left = fit(self.say("queue.left"), COLUMN_WIDTH - 1, right=True)
        heading = self.screen.query_one(QueueList).heading(max(self.size.width - COLUMN_WIDTH, 10))
        # its spaces hold the columns apart
        return Content(f"{left} {heading}")


class QueuePane(Vertical, Speaking):
    """The queue of one view."""

    def compose(self) -> ComposeResult:
        """Views, then heading, ticking column and list."""
        yield ViewLine()
        yield HeadLine()
        with Horizontal(id="queue-body"):
            queue = QueueList(self.say, self.zone)
            yield LeftColumn(queue, self.desk_app.clock.now, self.say)
            yield queue

    def on_mount(self) -> None:
        """Says what it is."""
        self.relabel()

    def show_view(self, view: str, counts: Mapping[str, int] | None = None) -> None:
        """Marks a view and how many tickets each has."""
        line = self.query_one(ViewLine)
        line.view = view
        if counts is not None:
            line.counts = counts
        line.refresh()

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.border_title = Content(self.say("queue.title"))
        self.query_one(ViewLine).refresh()
        self.query_one(HeadLine).refresh()
        self.query_one(QueueList).relabel()
