"""The palette of commands, in the language that is on."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette
from textual.widgets.option_list import Option

from deskui.tui.speaking import Speaking
from deskui.tui.text import shown

__all__ = ["Palette"]


class Palette(CommandPalette, Speaking):
    """Textual's own, with our words."""

    def __init__(self, hint: str) -> None:
        super().__init__(placeholder=hint, id="--command-palette")

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Says after a moment that nothing was found."""
        self._stop_no_matches_countdown()

        def nothing() -> None:
            self._list_visible = bool(search_value)
            if search_value:
                none = shown(self.say("commands.none"))
                self.query_one(CommandList).add_options([Option(none, disabled=True, id=self._NO_MATCHES)])

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, nothing)
