"""The palette of commands, in the language that is on; a view may be called anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.binding import BindingType
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets import Input
from textual.widgets.option_list import Option

from deskui.desk.collate import reading_order
from deskui.tui.catalogue import bindings
from deskui.tui.modals.window import Window
from deskui.tui.speaking import Speaking
from deskui.tui.text import clean, shown

__all__ = ["Commands", "Palette"]


class Commands(Provider):
    """What the app offers on the screen below, letter by letter: Textual's own reads names as markup."""

    async def discover(self) -> Hits:
        """All of it, in order of name."""
        offered = sorted(
            self.app.get_system_commands(self.screen), key=lambda command: reading_order(command.title)
        )
        for command in offered:
            title = clean(command.title)
            yield DiscoveryHit(shown(title), command.callback, text=title, help=_plain(command.help))

    async def search(self, query: str) -> Hits:
        """What matches, in either language: some words of the desk are better known in the other one."""
        match = self.matcher(query).fuzzy_search.match
        others = self._other_names()
        for command in self.app.get_system_commands(self.screen):
            title = clean(command.title)
            score, offsets = match(query, title)
            if score <= 0:
                score, offsets = match(query, others.get(command.title, ""))[0], ()
            if score > 0:
                marked = _marked(shown(title), offsets)
                yield Hit(score, marked, command.callback, text=title, help=_plain(command.help))

    def _other_names(self) -> Mapping[str, str]:
        from deskui.tui.app import DeskApp  # noqa: PLC0415 - the app is made of screens

        return self.app.other_names() if isinstance(self.app, DeskApp) else {}


def _marked(title: Content, offsets: Iterable[int]) -> Content:
    for offset in offsets:
        title = title.stylize("underline", offset, offset + 1)
    return title


def _plain(about: str) -> str:
    """The one text of a hit that can only be markup."""
    return clean(about).replace("[", "\\[")


class Palette(CommandPalette, Speaking):
    """Textual's own, with our words."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("window")
    SCOPES: ClassVar[tuple[str, ...]] = Window.SCOPES

    def __init__(self, hint: str) -> None:
        super().__init__([Commands], placeholder=hint, id="--command-palette")

    def relabel(self) -> None:
        """Offers the same in the language that is on, for what is typed."""
        field = self.query_one(Input)
        field.placeholder = self.say("commands.hint")
        self._cancel_gather_commands()
        self._stop_no_matches_countdown()
        self._gather_commands(field.value.strip())

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Says after a moment that nothing was found."""
        self._stop_no_matches_countdown()

        def nothing() -> None:
            self._list_visible = bool(search_value)
            if search_value:
                none = shown(self.say("commands.none"))
                self.query_one(CommandList).add_options([Option(none, disabled=True, id=self._NO_MATCHES)])

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, nothing)
