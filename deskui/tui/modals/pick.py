"""A window to pick one of a few things in: by its letter, by arrows and Enter, or by typing a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from deskui.dataclass import dataclass
from deskui.desk.layout import to_latin
from deskui.tui.arrivals import Said
from deskui.tui.courier import Courier
from deskui.tui.keys import both
from deskui.tui.modals.window import Window
from deskui.tui.panes.choices import ChoiceList, Item
from deskui.tui.text import clean, shown
from deskui.tui.thai import ThaiInput
from deskui.tui.typeahead import Patient

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi

__all__ = ["Choice", "Dropped", "Numbered", "PickScreen"]

LETTERS = "asdfghlqwertyuiopzxcvbnm"
"""What picks a line; j and k walk the list, as they do in the queue."""
_DIGITS = 9
_AROUND = 4
"""Lines of the window besides those of the list."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be picked."""

    value: Any
    text: str
    detail: str = ""
    drops: bool = False
    """Whether Backspace deletes it."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """The answer when a choice is to be deleted."""

    value: Any


@dataclass(frozen=True, slots=True)
class Numbered:
    """The answer when a number was typed."""

    number: int


@dataclass
class Loaded(Message):
    """What may be picked."""

    choices: Sequence[Choice]


class PickScreen(Window[Any], Courier, Patient):
    """Ends with the value of a choice, a Dropped, a Numbered, or None.

    `load` brings the choices from the desk, in the language that is on; keys wait for them. `start` is the
    value the list begins at. With a `field` a number may be typed, and letters pick nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "walk(1)", show=False),
        Binding("up", "walk(-1)", show=False),
        Binding("enter", "pick", show=False),
    ]
    AUTO_FOCUS = None

    def __init__(
        self,
        title: str,
        hint: str,
        load: Callable[[DeskApi], Sequence[Choice]],
        *,
        start: Any = None,
        empty: str = "",
        field: str = "",
    ) -> None:
        super().__init__()
        self._title, self._hint, self._empty, self._field = title, hint, empty, field
        self._load = load
        self._start = start
        self._choices: Sequence[Choice] = ()
        self._loaded = False

    def compose(self) -> ComposeResult:
        """List, what may be done; above them the field, where there is one."""
        with Vertical(id="pick"):
            if self._field:
                yield ThaiInput(id="pick-number", compact=True)
            yield ChoiceList(id="pick-list")
            yield Static(id="pick-hint")

    def on_mount(self) -> None:
        """Reads the choices."""
        if self._field:
            self.set_focus(self.query_one("#pick-number", ThaiInput))
        self.relabel()

    def relabel(self) -> None:
        """Says everything in the language that is on, and reads the choices in it; the line stays."""
        again = self.say.again
        self._title, self._hint, self._empty = again(self._title), again(self._hint), again(self._empty)
        self._field = again(self._field)
        self.query_one("#pick").border_title = shown(self._title)
        self.query_one("#pick-hint", Static).update(shown(self._hint))
        for field in self.query("#pick-number").results(ThaiInput):
            field.placeholder = clean(self._field)
        at = self.query_one(ChoiceList).index
        if at < len(self._choices):
            self._start = self._choices[at].value
        self._loaded = False
        load = self._load
        if not self.fetch("pick", lambda desk: Loaded(load(desk))):
            self.dismiss(None)

    def waits(self, key: str) -> bool:
        """A key is about what is not here yet."""
        return not self._loaded and key != "escape"

    @on(Loaded)
    def _here(self, message: Loaded) -> None:
        self._choices, self._loaded = message.choices, True
        letters = " " * len(self._choices) if self._field else LETTERS.ljust(len(self._choices))
        items = [
            Item(choice.text, choice.detail, letter.strip())
            for choice, letter in zip(self._choices, letters, strict=False)
        ]
        values = [choice.value for choice in self._choices]
        at = values.index(self._start) if self._start in values else 0
        self.query_one("#pick").styles.height = len(items) + _AROUND + bool(self._field) + (not items)
        self.query_one(ChoiceList).show(items, index=at, empty=self._empty)
        self.desk_app.type_on()

    @on(Said)
    def _refused(self) -> None:
        # the app says why
        self.dismiss(None)
        self.desk_app.type_on()

    def on_key(self, event: events.Key) -> None:
        """A letter picks its line, on either layout; Backspace deletes what may be deleted."""
        if self._field:
            return
        for choice, letter in zip(self._choices, LETTERS, strict=False):
            if event.key in both(letter).split(","):
                event.stop()
                self.dismiss(choice.value)
                return
        at = self.query_one(ChoiceList).index
        if event.key == "backspace" and at < len(self._choices) and self._choices[at].drops:
            event.stop()
            self.dismiss(Dropped(self._choices[at].value))
        elif event.key in both("j").split(","):
            self.action_walk(1)
        elif event.key in both("k").split(","):
            self.action_walk(-1)

    def action_walk(self, by: int) -> None:
        """Walks the list."""
        self.query_one(ChoiceList).move(by)

    def action_leave(self) -> None:
        """Picks nothing."""
        self.dismiss(None)

    @on(ThaiInput.Submitted)
    @on(ChoiceList.Chosen)
    def _entered(self, event: Message) -> None:
        event.stop()
        self.action_pick()

    def action_pick(self) -> None:
        """The number that was typed, else the line that is highlighted."""
        if self._field:
            from deskui.desk.fold import fold  # noqa: PLC0415 - it makes patterns, and no frame needs them

            typed = self.query_one("#pick-number", ThaiInput).value
            number = fold(to_latin(typed) if not fold(typed).strip("# ").isdecimal() else typed).strip("# ")
            if number.isdecimal() and len(number) <= _DIGITS:
                self.dismiss(Numbered(int(number)))
                return
        at = self.query_one(ChoiceList).index
        if at < len(self._choices):
            self.dismiss(self._choices[at].value)
