"""NOTES: a short title and what the caller said; Enter on the last line logs the call."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from deskui.tui.speaking import Speaking
from deskui.tui.text import shown
from deskui.tui.thai import ThaiInput
from deskui.tui.thai_area import ThaiTextArea

__all__ = ["NotesArea", "NotesPane"]


class NotesArea(ThaiTextArea):
    """Several lines in which Enter goes on, as everywhere on the Call screen."""

    BINDINGS: ClassVar[list[BindingType]] = []

    class Submitted(Message):
        """Enter was pressed."""

    class BackedOut(Message):
        """Backspace where nothing is written."""

    def action_delete_left(self) -> None:
        """One character to the left; where there is nothing at all, that is said."""
        if not self.text:
            self.post_message(self.BackedOut())
        super().action_delete_left()

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())
        elif event.key == "ctrl+j":
            event.stop()
            event.prevent_default()
            self.insert("\n")
        elif event.key == "tab":
            event.stop()
            event.prevent_default()
            self.screen.focus_next()
        else:
            await super()._on_key(event)


class NotesPane(Vertical, Speaking):
    """The last step of a call."""

    class Typing(Message):
        """Title or notes changed."""

    class Finished(Message):
        """Enter on the last line: log it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the widgets' own name for it
        super().__init__(id=id)
        self._hint = "call.notes_hint"
        self._values: dict[str, object] = {}
        self._told = ""

    def compose(self) -> ComposeResult:
        """Title, notes, and what Enter does."""
        yield ThaiInput(id="title", compact=True)
        yield NotesArea(id="notes", compact=True)
        yield Static(id="notes-hint")

    def on_mount(self) -> None:
        """Says what to type."""
        self.relabel()

    @property
    def title_field(self) -> ThaiInput:
        """The field of the title."""
        return self.query_one("#title", ThaiInput)

    @property
    def area(self) -> NotesArea:
        """The lines of the notes."""
        return self.query_one("#notes", NotesArea)

    def put(self, title: str, notes: str) -> None:
        """Fills both, such as from a draft."""
        self.title_field.value = title
        self.area.text = notes

    def hint(self, key: str, **values: object) -> None:
        """Says what Enter does, or that it is being done."""
        self._hint, self._values = key, values
        if key == "call.notes_hint" and self.title_field.has_focus:
            # from the title one Enter does not log
            key = "call.title_enter"
        self._write(self.say(key, **values))

    def _write(self, told: str) -> None:
        self._told = told
        self._fit()

    def on_resize(self) -> None:
        """Another width."""
        self._fit()

    def _fit(self) -> None:
        """What Enter does, and as much besides as there is room for."""
        told, width = self._told, self.content_size.width
        while width and " · " in told and cell_len(told) > width:
            told = told.rpartition(" · ")[0]
        self.query_one("#notes-hint", Static).update(shown(told))

    def on_descendant_focus(self) -> None:
        """Enter does another thing on the title than on the notes."""
        self.hint(self._hint, **self._values)

    @on(ThaiInput.Changed)
    @on(TextArea.Changed)
    def _typing(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Typing())

    @on(ThaiInput.Submitted)
    def _on(self, event: ThaiInput.Submitted) -> None:
        event.stop()
        self.screen.set_focus(self.area)

    @on(NotesArea.Submitted)
    def _finished(self, event: NotesArea.Submitted) -> None:
        event.stop()
        self.post_message(self.Finished())

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.border_title = Content(self.say("call.notes"))
        self.title_field.placeholder = self.say("call.title_hint")
        # the same as before: a question below the panes has the focus for now
        self._write(self.say.again(self._told) or self.say(self._hint))
