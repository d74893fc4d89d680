"""The bottom line: what can be done here, by which key; a click does it as well."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from deskui.tui.catalogue import Command
from deskui.tui.speaking import Speaking
from deskui.tui.text import assembled, lines_within

__all__ = ["CommandLine"]

TOLD_FOR = 5.0
"""Seconds that a message stands in the line, and one more for each of its lines."""
MOST_LINES = 3


class CommandLine(Widget, Speaking):
    """The footer commands of the catalogue, as many as there is room for; help is never left out."""

    DEFAULT_CSS = """
    CommandLine { height: 1; dock: bottom; }
    """

    def __init__(self, scopes: tuple[str, ...]) -> None:
        super().__init__()
        self._scopes = scopes
        self._places: list[tuple[int, int, Command]] = []
        self._told: list[str] = []
        self._severe = False
        self._until: Timer | None = None

    def tell(self, text: str, *, severe: bool = False) -> None:
        """Says something in passing in place of the keys, where a window over the panes would hide them."""
        if self._until is not None:
            self._until.stop()
        lines = lines_within(text, max(self.size.width - 2, 10), MOST_LINES)
        self._told = [line for line in lines if line.strip()]
        self._severe = severe
        self.styles.height = max(len(self._told), 1)
        self.refresh()
        self._until = self.set_timer(TOLD_FOR + len(self._told), self.be_quiet)

    def be_quiet(self) -> None:
        """Names the keys again."""
        self._told, self._until = [], None
        self.styles.height = 1
        self.refresh()

    def _fitting(self) -> list[Command]:
        kept = list(self.desk_app.keys.footer(*self._scopes))
        while len(kept) > 1 and sum(self._width(command) for command in kept) > self.size.width:
            spare = [command for command in kept if command.id.rpartition(".")[2] != "help"]
            kept.remove(spare[-1])
        return kept

    def _width(self, command: Command) -> int:
        return cell_len(command.key) + cell_len(command.name.in_(self.language)) + 3

    def render(self) -> Content:
        """The keys and what they do, or what is said in passing."""
        self._places = []
        if self._told:
            style = "bold $text-warning" if self._severe else "bold"
            return Content("\n").join(assembled([(f" {line}", style)]) for line in self._told)
        parts: list[tuple[str, str]] = []
        self._places = []
        at = 0
        for command in self._fitting():
            width = self._width(command)
            parts += [
                (f" {command.key} ", "bold $footer-key-foreground"),
                (f"{command.name.in_(self.language)} ", ""),
            ]
            self._places.append((at, at + width, command))
            at += width
        return assembled(parts)

    async def on_click(self, event: events.Click) -> None:
        """A click on a name does it."""
        for start, end, command in self._places:
            if start <= event.x < end:
                await self.screen.run_action(command.target)
                return

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.refresh()
