"""What was looked for, on the Desk: cursor and panes go there, and Esc goes back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from deskui.dataclass import dataclass
from deskui.desk.look import Look
from deskui.tui.arrivals import CardArrived, Said
from deskui.tui.panes.queue import View
from deskui.tui.screens.details import DetailCommands
from deskui.tui.thai import ThaiInput

if TYPE_CHECKING:
    from deskui.desk.model import CustomerCard

__all__ = ["FindCommands"]


@dataclass(frozen=True, slots=True)
class Found:
    """A ticket that was looked for, and where the cursor was before."""

    ticket_id: int
    view: View
    look: Look
    before: int


class FindCommands(DetailCommands):
    """Going to what was found, and back."""

    def __init__(self) -> None:
        super().__init__()
        self._came_from: Found | None = None
        self._visited_at: int | None = None
        self._select: int | None = None
        """The ticket the cursor is on its way to, until a list with it is here."""

    def holds_back(self, key: str) -> bool:
        """Whether a key waits: while the cursor is on its way to a ticket, one is about that ticket."""
        typing = isinstance(self.focused, ThaiInput)
        going = self._select is not None and not typing and key not in self.desk_app.keys.before_list
        return going or super().holds_back(key)

    @on(Said)
    def _not_gone_to(self, message: Said) -> None:
        if message.group == "queue" and self._select is not None:
            self._select = None
            self.desk_app.type_on()

    def show_nothing(self) -> None:
        """No ticket in the panes."""
        raise NotImplementedError

    def go_to(self, ticket_id: int) -> None:
        """Puts the cursor on a ticket, in the view of all if it is not in this one.

        One that is in no view, such as a closed one, stands in the list until the cursor leaves it.
        """
        # who goes there means the ticket there from now on
        self.last_done = ()
        if not self.queue.move_to(ticket_id):
            if self.look != Look():
                self.show_view(View("all", Look()))
            self.keep(ticket_id)
            self.refetch(select=ticket_id)

    def show_found(self, ticket_id: int) -> None:
        """Goes to a ticket that was looked for; Esc goes back to where the cursor was."""
        before = self.queue.ticket_id
        if self._came_from is not None:
            self._came_from = replace(self._came_from, ticket_id=ticket_id)
        elif before is not None:
            self._came_from = Found(ticket_id, self.view, self.look, before)
        self.go_to(ticket_id)

    @on(CardArrived)
    def _customer_found(self, message: CardArrived) -> None:
        """The first of the customer's open tickets; without any, what the customer has."""
        card: CustomerCard = message.card
        if card.tickets:
            self.show_found(card.tickets[0].ticket_id)
            self.show_tab("cover")
            return
        # no pane is left with another customer's ticket
        self.visiting, self._visited_at = True, self.queue.ticket_id
        self.show_nothing()
        self.cover.show(card)
        self.cover.detail(True)
        self.enlarge("cover")

    def leaves_found(self, ticket_id: int | None, *, waits: bool) -> None:
        """The cursor rests on a ticket; `waits` while it is still on its way to another."""
        if ticket_id != self._visited_at:
            self.visiting = False
        found = self._came_from
        if found is not None and not waits and ticket_id != found.ticket_id:
            self._came_from = None

    def action_back(self) -> None:
        """Back from what was looked for; else as everywhere on the Desk."""
        self.ask_no_more()
        found = self._came_from
        away = self.has_class("-why") or self.has_class("-cover") or self.focused is not self.queue
        if found is None or away:
            super().action_back()
            return
        self._came_from = None
        if (found.view, found.look) == (self.view, self.look):
            self.go_to(found.before)
        else:
            self.view = found.view
            self.look_at(found.look)
            self.refetch(select=found.before)
