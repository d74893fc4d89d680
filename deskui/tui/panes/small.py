"""What a small screen has in place of three panes: the SLA in one line, and tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from deskui.tui.panes.sla_text import one_line, style_of
from deskui.tui.speaking import Speaking
from deskui.tui.telling import Teller
from deskui.tui.text import assembled

if TYPE_CHECKING:
    from deskui.desk.model import ClockView, TicketDetail

__all__ = ["PaneTabs", "SlaLine"]

TABS = {"ticket": "ticket.title", "sla": "sla.title", "cover": "cover.title"}


class SlaLine(Widget, Speaking):
    """The clock of the ticket under the cursor in one line."""

    def __init__(self) -> None:
        super().__init__(id="sla-line")
        self._detail: TicketDetail | None = None
        self._clock: ClockView | None = None
        self._said = ""

    def show(self, detail: TicketDetail | None, clock: ClockView | None) -> None:
        """Another ticket, or another second."""
        self._detail, self._clock = detail, clock
        said = self._words()
        if said != self._said:
            self._said = said
            self.refresh()

    def _words(self) -> str:
        return one_line(self._detail, Teller.of(self), self._clock) if self._detail else ""

    def render(self) -> Content:
        """The line."""
        style = style_of(self._clock) if self._clock else "$text-muted"
        return assembled([(f" {self._words()}", f"bold {style}")])

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self._said = self._words()
        self.refresh()


class PaneTabs(Widget, Speaking):
    """Which pane is below the queue."""

    class Picked(Message):
        """A tab was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self) -> None:
        super().__init__(id="tabs")
        self._tab = "ticket"
        self._places: list[tuple[int, int, str]] = []

    def show(self, tab: str) -> None:
        """Marks a tab."""
        self._tab = tab
        self.refresh()

    def render(self) -> Content:
        """The tabs in one line; the one that is on has brackets."""
        parts: list[tuple[str, str]] = []
        self._places = []
        at = 0
        for tab, key in TABS.items():
            text = f"[{self.say(key)}]" if tab == self._tab else f" {self.say(key)} "
            parts.append((text, "bold $text-accent" if tab == self._tab else "$text-muted"))
            self._places.append((at, at + cell_len(text), tab))
            at += cell_len(text)
        return assembled([*parts, (f"  {self.say('tabs.hint')}", "$text-muted")])

    def on_click(self, event: events.Click) -> None:
        """A click shows that pane."""
        for start, end, tab in self._places:
            if start <= event.x < end:
                self.post_message(self.Picked(tab))

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.refresh()
