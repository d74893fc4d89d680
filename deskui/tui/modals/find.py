"""The find window: a customer by number, name or code, or a ticket by its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from deskui.tui.arrivals import FoundArrived
from deskui.tui.courier import Courier
from deskui.tui.modals.window import Window
from deskui.tui.panes.choices import ChoiceList, Item
from deskui.tui.panes.who_card import found_as
from deskui.tui.text import shown
from deskui.tui.thai import ThaiInput

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi
    from deskui.desk.model import CallerHit, TicketRow

__all__ = ["FindScreen"]

SETTLE = 0.06
DIGITS = 9
"""A longer number is no ticket's, and more than a store's whole number may be."""


class FindScreen(Window[None], Courier):
    """Finds and goes there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        Binding("down", "walk(1)", show=False),
        Binding("up", "walk(-1)", show=False),
    ]
    AUTO_FOCUS = None

    def __init__(self) -> None:
        super().__init__()
        self._tickets: Sequence[TicketRow] = ()
        self._hits: Sequence[CallerHit] = ()
        self._found_for = ""
        self._going = False
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """Field, list, what Enter does."""
        with Vertical(id="find"):
            yield ThaiInput(id="find-text", compact=True)
            yield ChoiceList(id="found")
            yield Static(id="find-hint")

    def on_mount(self) -> None:
        """The cursor stands in the field before the first key can arrive."""
        self.relabel()
        self.set_focus(self.field)

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.query_one("#find").border_title = Content(self.say("find.title"))
        self.field.placeholder = self.say("find.hint")
        self.query_one("#find-hint", Static).update(shown(self.say("find.enter")))
        self._show(self.query_one("#found", ChoiceList).index)

    @property
    def field(self) -> ThaiInput:
        """The field one types into."""
        return self.query_one("#find-text", ThaiInput)

    @on(ThaiInput.Changed)
    def _typing(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(SETTLE, self._search)

    def _search(self) -> None:
        text = self.field.value.strip()

        def job(desk: DeskApi) -> FoundArrived:
            hits = tuple(desk.find_callers(text)) if text else ()
            tickets = tuple(_numbered(desk, text.removeprefix("#")))
            return FoundArrived(text, hits, tickets)

        self.fetch("find", job)

    @on(FoundArrived)
    def _found(self, message: FoundArrived) -> None:
        self._tickets, self._hits, self._found_for = message.tickets, message.hits, message.text
        self._show()
        if self._going:
            self._go()

    def _show(self, index: int = 0) -> None:
        items = [
            Item(self.say("find.ticket", number=row.number, customer=row.customer, title=row.title))
            for row in self._tickets
        ]
        items += [found_as(hit) for hit in self._hits]
        empty = self.say("call.nobody", text=self._found_for) if self._found_for else ""
        self.query_one("#found", ChoiceList).show(items, index=index, empty=empty)

    def action_walk(self, by: int) -> None:
        """Walks the list."""
        self.query_one("#found", ChoiceList).move(by)

    @on(ThaiInput.Submitted)
    def _go(self) -> None:
        text = self.field.value.strip()
        if text != self._found_for:
            self._going = True
            self._search()
            return
        self._going = False
        at = self.query_one("#found", ChoiceList).index
        if at < len(self._tickets):
            self.dismiss()
            self.desk_app.show_found(self._tickets[at].ticket_id)
        elif at - len(self._tickets) < len(self._hits):
            hit = self._hits[at - len(self._tickets)]
            self.dismiss()
            self.desk_app.show_customer(hit.customer_id)

    @on(ChoiceList.Chosen)
    def _clicked(self) -> None:
        self._go()


def _numbered(desk: DeskApi, number: str) -> Sequence[TicketRow]:
    """The ticket of that number in whatever state, if there is one; typed with either layout on."""
    # in the thread: the first screen is painted before any of the desk is imported
    from deskui.desk.errors import NotFound  # noqa: PLC0415
    from deskui.desk.layout import to_latin  # noqa: PLC0415

    number = number if number.isdecimal() else to_latin(number)
    if not number.isdecimal() or len(number) > DIGITS:
        return ()
    try:
        return desk.rows([desk.ticket_id(int(number))])
    except NotFound:
        return ()
