"""What the Call screen does about tickets that are open already: a call about one needs none of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from string import ascii_lowercase
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from deskui.dataclass import dataclass
from deskui.tui.arrivals import CallLogged, CardArrived
from deskui.tui.panes.notes import NotesPane
from deskui.tui.panes.ticket import Option
from deskui.tui.panes.who_card import open_line
from deskui.tui.screens.call_advice import CallAdvice
from deskui.tui.telling import Teller

if TYPE_CHECKING:
    from deskui.desk.model import TicketDetail, TicketRow

__all__ = ["CallFollow"]

OPTION_ROOM = 34
"""Columns of one ticket in the line that asks which."""


@dataclass
class FollowArrived(Message):
    """The ticket that the call is about."""

    detail: TicketDetail


@dataclass
class CallFollowed(Message):
    """The call has become a note of that ticket."""

    detail: TicketDetail


@dataclass
class CardRead(Message):
    """The card of the same customer, read anew."""

    arrived: CardArrived


class CallFollow(CallAdvice):
    """Open tickets of the caller."""

    _warned: tuple[int, str, str, str] | None = None
    """The open ticket and the service that the agent was warned of."""
    _followed_number: int | None = None

    def _empty(self) -> None:
        super()._empty()
        self._warned = None
        self.show_followed(None)

    def changed(self, change: int) -> None:
        """Somebody changed something: what the caller waits for may be among it."""
        super().changed(change)
        card, product = self.who.card, self.who.product
        if card is not None and product is not None and not self.who.pending:
            ids = (card.customer_id, product.product_id)
            self.fetch("recard", lambda desk: CardRead(CardArrived(desk.customer_card(*ids), ())))

    @on(CardRead)
    def _card_anew(self, message: CardRead) -> None:
        if not self.gone:
            self.who.read_anew(message.arrived.card)

    def open_for(self, service: str | None) -> TicketRow | None:
        """The open ticket of this caller about a service of the same vendor."""
        card, product = self.who.card, self.who.product
        if card is None or product is None or service is None:
            return None
        about = (product.policy, service)
        return next((row for row in card.tickets if (row.policy, row.service) == about), None)

    def second_ticket(self) -> bool:
        """Whether the agent is to be told first that this is open already; the same key again logs it, unless
        more was written meanwhile.
        """
        row, decision = self.open_for(self.call.service), self.verdict.decision
        # what is still to be asked is said first
        if decision is None or decision.outcome == "ask":
            return False
        if row is None:
            return False
        written = self._current()
        warned = (row.ticket_id, row.service, written.title, written.notes)
        if self._warned == warned:
            return False
        self._warned = warned
        who = row.assignee or self.say("follow.nobody")
        self.desk_app.toast(self.say("follow.second", number=row.number, who=who), severe=True)
        return True

    # --- a call about a ticket

    def action_follow(self) -> None:
        """Makes the call one about an open ticket, or one of its own again."""
        card = self.who.card
        if self.call.follows is not None:
            self._follow(None)
        elif card is None or self.call.product_id is None:
            self.desk_app.toast(self.say("call.caller_first"), severe=True)
        elif not card.tickets:
            self.desk_app.toast(self.say("follow.none"))
        else:
            same = self.open_for(self.call.service or self.what.leaning)
            if same is not None or len(card.tickets) == 1:
                self._read_ticket((same or card.tickets[0]).ticket_id)
            else:
                self._which(card.tickets)

    def _which(self, rows: tuple[TicketRow, ...]) -> None:
        tell = Teller.of(self)
        options = [
            Option(letter, open_line(row, tell, OPTION_ROOM), partial(self._read_ticket, row.ticket_id))
            for letter, row in zip(ascii_lowercase, rows, strict=False)
        ]
        self.prompt(self.say("follow.which"), options)

    def _read_ticket(self, ticket_id: int) -> None:
        self._awaits = "follow"
        self.fetch("follow", lambda desk: FollowArrived(desk.ticket(ticket_id)))

    @on(FollowArrived)
    def _follow_arrived(self, message: FollowArrived) -> None:
        self._awaits = None
        if not self.gone:
            self._follow(message.detail)
        self._arrived()

    def follow_again(self) -> None:
        """Shows the ticket of a call that was kept."""
        if self.call.follows is not None:
            self._read_ticket(self.call.follows)

    def _follow(self, detail: TicketDetail | None) -> None:
        self.call = replace(self.call, follows=None if detail is None else detail.row.ticket_id)
        self.show_followed(detail)
        self.keeper.touched()
        if detail is None:
            self._go_to_open_step()
        else:
            self.set_focus(self.notes.area)

    def show_followed(self, detail: TicketDetail | None) -> None:
        """The ticket stands where the verdict is, and NOTES say where they go."""
        self._followed_number = None if detail is None else detail.row.number
        self.verdict.follow(detail)
        self.say_enter()

    def say_enter(self) -> None:
        """Says what Enter does with the notes."""
        if self._followed_number is None:
            self.notes.hint("call.notes_hint")
        else:
            self.notes.hint("follow.hint", number=self._followed_number)

    def _go_to_open_step(self) -> None:
        """Where the agent goes on."""
        raise NotImplementedError

    @on(NotesPane.Finished)
    def _finished(self) -> None:
        if self.call.product_id is None:
            self._caller_first()
        elif self.call.follows is not None:
            self._end_with(self._log_follow)
        elif self.call.service is None:
            self.desk_app.toast(self.say("call.service_first"), severe=True)
            self.set_focus(self.what.field)
        elif self._awaits is None and not self.second_ticket():
            self._end_with(self._log)

    def _caller_first(self) -> None:
        self.desk_app.toast(self.say("call.caller_first"), severe=True)
        self.set_focus(self.who.field)

    def _end_with(self, log: Callable[[], None]) -> None:
        if self._awaits is None:
            self._awaits = "log"
            self.notes.hint("call.logging")
            self.keeper.when_still(log)

    def _log(self) -> None:
        call = replace(self._current(), draft_id=self.keeper.draft_id)
        if not call.title.strip() and self.verdict.about is not None:
            # a title that nobody typed is the service's name, in the language of whoever logged it
            call = replace(call, title=self.words(self.verdict.about))
        self.fetch("log", lambda desk: CallLogged(desk.open_ticket(call)), keep=True)

    @on(CallLogged)
    def _logged(self, message: CallLogged) -> None:
        self._awaits = None
        self.off_the_screen()
        self.desk_app.logged(message.detail)
        self.desk_app.phone.read()
        self.desk_app.type_on()

    def _log_follow(self) -> None:
        ticket_id = self.call.follows
        call = replace(self._current(), draft_id=self.keeper.draft_id)
        if ticket_id is not None:
            self.fetch("log", lambda desk: CallFollowed(desk.follow_up(call, ticket_id)), keep=True)

    @on(CallFollowed)
    def _followed(self, message: CallFollowed) -> None:
        self._awaits = None
        self.off_the_screen()
        row = message.detail.row
        self.desk_app.toast(self.say("follow.done", number=row.number))
        self.desk_app.go_to(row.ticket_id)
        self.desk_app.phone.read()
        self.desk_app.type_on()
