"""The Queue pane: the views over the list of tickets."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from deskui.dataclass import dataclass
from deskui.desk.look import Look
from deskui.tui.speaking import Speaking
from deskui.tui.text import assembled, cut, fit
from deskui.tui.thai import ThaiInput
from deskui.tui.widgets.left_column import COLUMN_WIDTH, PLAIN_WIDTH, LeftColumn
from deskui.tui.widgets.queue_list import QueueList

__all__ = ["VIEWS", "QueuePane", "View", "ViewLine"]

VIEWS = ("all", "mine", "callbacks", "waiting", "today", "breached")
"""The views every desk has, in the order `v` goes through them."""
OWN = "="
"""Begins the key of a view that the agent keeps: no view of the desk and no policy is called so."""


@dataclass(frozen=True, slots=True)
class View:
    """One of the views that `v` goes through."""

    key: str
    """A view of the desk, the id of a policy, or OWN and the name of one that the agent keeps."""
    look: Look
    name: str = ""
    """What a vendor or an own view is called; those of VIEWS have words of their own."""

    @property
    def own(self) -> bool:
        """Whether the agent keeps it."""
        return self.key.startswith(OWN)


class ViewLine(Widget, Speaking):
    """The views with how many tickets each has; the one that is on is marked by a sign too.

    Behind them stands what else is the case: the order, what is looked for, how many are marked. What there
    is no room for are views that are not on, the last first.
    """

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
        self.view = View("all", Look())
        self.look = Look()
        self.counts: Mapping[str, int] = {}
        self.shown = 0
        """How many tickets the list has."""
        self.marked = 0
        self._places: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        """The views in one line."""
        extras = self._extras()
        room = self.size.width - sum(cell_len(text) for text, _ in extras)
        tabs = [(view, self._words(view)) for view in VIEWS]
        if self.view.key not in VIEWS:
            words = self.say("view.named", name=self.view.name, n=self.shown)
            tabs.append((self.view.key, words))
        while sum(cell_len(words) + 2 for _, words in tabs) > room and len(tabs) > 1:
            spare = [tab for tab in tabs if tab[0] != self.view.key]
            tabs.remove(spare[-1])
        parts: list[tuple[str, str]] = []
        self._places = []
        at = 0
        for view, words in tabs:
            on = view == self.view.key
            text = f"[{words}]" if on else f" {words} "
            parts.append((text, "bold $text-accent" if on else "$text-muted"))
            self._places.append((at, at + cell_len(text), view))
            at += cell_len(text)
        return assembled([*parts, *extras])

    def _words(self, view: str) -> str:
        return self.say(f"queue.{view}", n=self.counts.get(view, "–"))

    def _extras(self) -> list[tuple[str, str]]:
        extras = []
        if self.look.sort != "queue":
            words = self.say("view.sorted", sort=self.say(f"sort.{self.look.sort}"))
            extras.append((f" {words}", "bold $text-warning"))
        if self.look.find:
            words = self.say("view.found", text=cut(self.look.find, 20), n=self.shown)
            extras.append((f" {words}", "bold $text-warning"))
        if self.marked:
            extras.append((f" {self.say('marks.some', n=self.marked)}", "bold $text-accent"))
        return extras

    def on_click(self, event: events.Click) -> None:
        """A click shows that view."""
        for start, end, view in self._places:
            if start <= event.x < end:
                self.post_message(self.Picked(view))


class FindLine(Horizontal, Speaking):
    """The field in which one says what to find within the view; away while nothing is looked for."""

    class Typed(Message):
        """Another text."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Done(Message):
        """Enter: to the list."""

    def __init__(self) -> None:
        super().__init__(id="within")

    def compose(self) -> ComposeResult:
        """Words, then the field."""
        yield Static(id="within-label")
        yield ThaiInput(id="within-text", compact=True)

    def on_mount(self) -> None:
        """Says what it is."""
        self.relabel()

    @property
    def field(self) -> ThaiInput:
        """The field one types into."""
        return self.query_one("#within-text", ThaiInput)

    @on(ThaiInput.Changed)
    def _typing(self, event: ThaiInput.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(ThaiInput.Submitted)
    def _entered(self, event: ThaiInput.Submitted) -> None:
        event.stop()
        self.post_message(self.Done())

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.query_one("#within-label", Static).update(
            assembled([(f"{self.say('within.label')} ", "bold $text-warning")])
        )
        self.field.placeholder = self.say("within.hint")


class HeadLine(Widget, Speaking):
    """The names of the columns."""

    DEFAULT_CSS = """
    HeadLine { height: 1; color: $text-muted; text-style: bold; }
    """

    def render(self) -> Content:
        """As the column and the list below stand."""
        plain = self.desk_app.plain
        column = PLAIN_WIDTH if plain else COLUMN_WIDTH
        left = fit(self.say("queue.left"), column - 1, right=not plain)
        queue = self.screen.query_one(QueueList)
        # a list that scrolls gives a column to its bar
        width = queue.scrollable_content_region.width
        heading = queue.heading(width or max(self.size.width - column, 10))
        # its spaces hold the columns apart
        return Content(f"{left} {heading}")


class QueuePane(Vertical, Speaking):
    """The queue of one view."""

    _whole = False

    def compose(self) -> ComposeResult:
        """Views, then heading, ticking column and list."""
        yield ViewLine()
        yield HeadLine()
        with Horizontal(id="queue-body"):
            queue = QueueList(self.say, self.zone)
            yield LeftColumn(queue, self.desk_app.clock.now, self.say)
            yield queue

    async def complete(self) -> None:
        """The field to find in, which the first frame does without."""
        await self.mount(FindLine(), after=self.query_one(ViewLine))
        self._whole = True

    def on_mount(self) -> None:
        """Says what it is."""
        self.relabel()

    @on(QueueList.Resized)
    def _heading_anew(self) -> None:
        self.query_one(HeadLine).refresh()

    def show_view(
        self, view: View, look: Look, counts: Mapping[str, int] | None = None, shown: int | None = None
    ) -> None:
        """Marks a view, and says what is looked at in it, and how many tickets each has."""
        line = self.query_one(ViewLine)
        line.view, line.look = view, look
        if counts is not None:
            line.counts = counts
        if shown is not None:
            line.shown = shown
        line.refresh()

    def show_marked(self, marked: int) -> None:
        """How many tickets have a mark."""
        line = self.query_one(ViewLine)
        line.marked = marked
        line.refresh()

    def open_find(self, text: str) -> ThaiInput:
        """Shows the field to find in, with a text; the field."""
        line = self.query_one(FindLine)
        line.set_class(True, "-on")
        line.field.value = text
        return line.field

    def close_find(self) -> None:
        """Takes the field away."""
        if not self._whole:
            return
        line = self.query_one(FindLine)
        line.set_class(False, "-on")
        line.field.value = ""

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.border_title = Content(self.say("queue.title"))
        self.query_one(ViewLine).refresh()
        if self._whole:
            self.query_one(FindLine).relabel()
        self.query_one(HeadLine).refresh()
        self.query_one(QueueList).relabel()
