"""The bottom line: what can be done here, by which key; a click does it as well."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from deskui.tui.catalogue import Command, footer
from deskui.tui.speaking import Speaking
from deskui.tui.text import assembled

__all__ = ["CommandLine"]


class CommandLine(Widget, Speaking):
    """The footer commands of the catalogue, as many as there is room for; help is never left out."""

    DEFAULT_CSS = """
    CommandLine { height: 1; dock: bottom; }
    """

    def __init__(self, scopes: tuple[str, ...]) -> None:
        super().__init__()
        self._commands = list(footer(*scopes))
        self._places: list[tuple[int, int, Command]] = []

    def _fitting(self) -> list[Command]:
        kept = list(self._commands)
        while len(kept) > 1 and sum(self._width(command) for command in kept) > self.size.width:
            spare = [command for command in kept if command.id.rpartition(".")[2] != "help"]
            kept.remove(spare[-1])
        return kept

    def _width(self, command: Command) -> int:
        return cell_len(command.key) + cell_len(command.name.in_(self.language)) + 3

    def render(self) -> Content:
        """The keys and what they do."""
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
