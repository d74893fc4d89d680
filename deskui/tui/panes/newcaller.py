"""A caller nobody knows, or a new number of a known customer, put on file without leaving the call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from deskui.tui.panes.choices import ChoiceList, Item, LetterPick, letters
from deskui.tui.speaking import Speaking
from deskui.tui.text import shown
from deskui.tui.thai import ThaiInput

if TYPE_CHECKING:
    from deskui.policy.decision import Text

__all__ = ["NewCallerForm"]

LEAST_DIGITS = 3
"""Digits from which on what was typed is a number and no name."""


class NewCallerForm(Vertical, Speaking):
    """Name, number, and for somebody new the vendor by a letter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "put_away", show=False),
        Binding("down", "walk(1)", show=False),
        Binding("up", "walk(-1)", show=False),
    ]

    class Filled(Message):
        """All is there: who, on which number, and of which vendor, or None for a known customer."""

        def __init__(self, name: str, phone: str, policy: str | None) -> None:
            super().__init__()
            self.name = name
            self.phone = phone
            self.policy = policy

    class PutAway(Message):
        """Not after all."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the widgets' own name for it
        super().__init__(id=id)
        self._vendors: Sequence[tuple[str, Text]] = ()
        self._customer: str | None = None

    def compose(self) -> ComposeResult:
        """Two fields and the vendors."""
        yield Static(id="new-title")
        yield ThaiInput(id="new-name", compact=True)
        yield ThaiInput(id="new-phone", compact=True)
        yield Static(id="new-vendor-title")
        yield LetterPick(id="new-vendor")
        yield Static(id="new-hint")

    @property
    def name_field(self) -> ThaiInput:
        """The name."""
        return self.query_one("#new-name", ThaiInput)

    @property
    def phone_field(self) -> ThaiInput:
        """The number."""
        return self.query_one("#new-phone", ThaiInput)

    @property
    def target(self) -> ThaiInput | LetterPick:
        """What is still to be filled in."""
        if not self.name_field.value.strip():
            return self.name_field
        if not self.phone_field.value.strip():
            return self.phone_field
        return self.phone_field if self._customer is not None else self.query_one("#new-vendor", LetterPick)

    def open(
        self, vendors: Sequence[tuple[str, Text]], typed: str, ringing: str | None, customer: str | None
    ) -> None:
        """Starts with what is known: what was typed in WHO, the number that rang, the customer chosen."""
        self._vendors, self._customer = vendors, customer
        digits = sum(sign.isdecimal() for sign in typed)
        number = digits >= LEAST_DIGITS and digits * 2 > len(typed.strip())
        self.phone_field.value = ringing or (typed.strip() if number else "")
        self.name_field.value = "" if number or customer is not None else typed.strip()
        self.relabel()
        self.screen.set_focus(self.target)

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        known = self._customer
        title = self.say("new.title") if known is None else self.say("new.contact", customer=known)
        self.query_one("#new-title", Static).update(shown(title, style="bold $text-accent"))
        self.name_field.placeholder = self.say("new.name" if known is None else "new.person")
        self.phone_field.placeholder = self.say("new.phone")
        vendor = self.query_one("#new-vendor-title", Static)
        vendor.display = self.query_one("#new-vendor").display = known is None
        vendor.update(shown(self.say("new.vendor"), style="$text-muted"))
        hints = (
            [self.say("new.hint")] if known is not None else [self.say("new.unknown"), self.say("new.hint")]
        )
        lines = Content("\n").join(shown(hint, style="$text-muted") for hint in hints)
        self.query_one("#new-hint", Static).update(lines)
        items = [
            Item(self.words(name), "", letter)
            for letter, (_, name) in zip(letters(), self._vendors, strict=False)
        ]
        self.query_one("#new-vendor", LetterPick).show(items, empty=self.say("new.no_vendor"))

    @on(ThaiInput.Submitted)
    def _on(self, event: ThaiInput.Submitted) -> None:
        event.stop()
        last = self._customer is not None and event.input is self.phone_field
        if last and event.value.strip():
            self._filled(None)
        elif self.target is not event.input:
            self.screen.set_focus(self.target)

    @on(ThaiInput.Changed)
    def _typing(self, event: ThaiInput.Changed) -> None:
        event.stop()

    @on(ChoiceList.Chosen, "#new-vendor")
    def _vendor(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        if self._vendors:
            self._filled(self._vendors[event.choices.index][0])

    @on(ChoiceList.Moved)
    def _moved(self, event: ChoiceList.Moved) -> None:
        event.stop()

    def _filled(self, policy: str | None) -> None:
        self.post_message(self.Filled(self.name_field.value, self.phone_field.value, policy))

    def action_walk(self, by: int) -> None:
        """Up and down between the fields and the vendors."""
        places = [self.name_field, self.phone_field, self.query_one("#new-vendor", LetterPick)]
        usable = [place for place in places if place.display]
        focused = self.screen.focused
        at = next((number for number, place in enumerate(usable) if place is focused), 0)
        self.screen.set_focus(usable[min(max(at + by, 0), len(usable) - 1)])

    def action_put_away(self) -> None:
        """Back to the list of callers."""
        self.post_message(self.PutAway())
