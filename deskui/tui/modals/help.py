"""The page of all keys, made from the catalogue."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from deskui.desk.layout import THAI_OF
from deskui.tui.catalogue import SCOPES
from deskui.tui.keys import both
from deskui.tui.modals.window import Window
from deskui.tui.text import assembled, fit, shown

__all__ = ["HelpScreen"]

SIGNS = ("looks", "looks_too", "mark", "breached", "paused", "closed", "goal", "missed")
"""Signs of the queue, by the message that says what each is."""
KEYS = 10
"""Columns for a key in both layouts."""


class HelpScreen(Window[None]):
    """What every key does here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"escape,enter,f1,{both('q')},{both('question_mark')}", "dismiss", show=False)
    ]
    AUTO_FOCUS = "#help-page"

    def __init__(self, scopes: tuple[str, ...]) -> None:
        super().__init__()
        self._scopes = scopes

    def compose(self) -> ComposeResult:
        """One page that scrolls."""
        page = VerticalScroll(Static(id="help-text"), id="help-page")
        page.can_focus = True
        yield page

    def on_resize(self) -> None:
        """Writes the page in the language that is on, as wide as there is room."""
        self.call_after_refresh(self._write)

    def relabel(self) -> None:
        """Writes it anew where it is scrolled to."""
        self._write()

    def _write(self) -> None:
        page = self.query_one("#help-page")
        page.border_title = Content(self.say("help.title"))
        page.border_subtitle = Content(self.say("help.close"))
        language = self.language
        keys = self.desk_app.keys
        listed = list(keys.commands(*self._scopes))
        width = page.scrollable_content_region.width
        names = max(cell_len(command.name.in_(language)) for command in listed)
        lines = [assembled([(self.say(key), "$text-muted")]) for key in ("help.layout", "help.hours")]
        for scope in self._scopes:
            lines.append(assembled([(SCOPES[scope].in_(language), "bold $text-accent")]))
            for command in keys.commands(scope):
                thai = THAI_OF.get(command.key)
                key = f"{command.key} {thai}" if thai else command.key
                name = fit(command.name.in_(language), names + 2)
                told = shown(command.help.in_(language)).wrap(max(width - KEYS - names - 4, 20))
                head = [(f"  {fit(key, KEYS)}", "bold"), (name, "")]
                for line in told:
                    lines.append(assembled([*head, (line.plain.rstrip(), "$text-muted")]))
                    head = [(" " * (KEYS + names + 4), "")]
        if "desk" in self._scopes:
            lines.append(assembled([(self.say("help.signs"), "bold $text-accent")]))
            for sign in SIGNS:
                shape, _, meaning = self.say(f"sign.{sign}").partition(" = ")
                lines.append(assembled([(f"  {fit(shape, KEYS)}", "bold"), (meaning, "$text-muted")]))
        self.query_one("#help-text", Static).update(Content("\n").join(lines))
