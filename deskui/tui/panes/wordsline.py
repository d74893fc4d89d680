"""One line that asks for words before something is done; what is typed on it is never a command."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from deskui.tui.speaking import Speaking
from deskui.tui.text import assembled, clean
from deskui.tui.thai import ThaiInput

__all__ = ["WordsLine"]


class WordsLine(Horizontal, Speaking):
    """What is asked, and a field; out of sight until it asks."""

    DEFAULT_CSS = """
    WordsLine { height: 1; display: none; }
    WordsLine.-asks { display: block; }
    WordsLine .label { width: auto; max-width: 60%; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    WordsLine ThaiInput { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    class Answered(Message):
        """Enter, with what was typed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """Esc, with what was typed: nothing is to be done."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    _label = _hint = ""

    def compose(self) -> ComposeResult:
        """Label and field."""
        yield Static(classes="label")
        yield ThaiInput(id="words-text", compact=True)

    @property
    def field(self) -> ThaiInput:
        """Where the words are typed."""
        return self.query_one(ThaiInput)

    @property
    def asks(self) -> bool:
        """Whether it waits for words."""
        return self.has_class("-asks")

    def ask(self, label: str, text: str = "", hint: str = "") -> None:
        """Asks; `text` stands there already, `hint` where nothing does."""
        self._label, self._hint = label, hint
        self.relabel()
        field = self.field
        field.value = text
        field.cursor_position = len(text)
        self.add_class("-asks")

    def relabel(self) -> None:
        """Asks the same in the language that is on; what is typed stays."""
        self._label, self._hint = self.say.again(self._label), self.say.again(self._hint)
        self.query_one(".label", Static).update(assembled([(f"{self._label} ", "bold $text-warning")]))
        self.field.placeholder = clean(self._hint)

    def put_away(self) -> str:
        """Asks no more; what was typed."""
        self.remove_class("-asks")
        return self.field.value

    @on(ThaiInput.Submitted)
    def _entered(self, event: ThaiInput.Submitted) -> None:
        event.stop()
        self.post_message(self.Answered(event.value))

    def action_leave(self) -> None:
        """Back, with nothing done."""
        self.post_message(self.Left(self.field.value))
