"""What the Desk shows in full, and what it tells the others: where this agent is looking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from textual import on
from textual.timer import Timer

from deskui.tui.arrivals import CardArrived, Said, StepsArrived, TicketChanged, Told
from deskui.tui.screens.viewing import ViewCommands

if TYPE_CHECKING:
    from datetime import datetime

    from deskui.desk.api import DeskApi
    from deskui.tui.panes.cover import CoverPane

__all__ = ["DetailCommands"]

LOOK_AFTER = 1.0
"""Seconds the cursor rests on a ticket before the others are told: walking writes nothing."""
RENEW = timedelta(minutes=2)
"""How often it is told again while the agent types."""
OF_THE_PANES = ("ticket.note", "ticket.met", "clock.why", "copy", "customer.authority")
"""Commands about what the panes show."""
LEAVE_WITHIN = 1.0
"""Seconds that leaving waits for the store at most."""


class DetailCommands(ViewCommands):
    """The commands that enlarge a pane, and the agent's presence."""

    visiting = False
    """Whether the cover pane shows a customer who was looked for."""

    def __init__(self) -> None:
        super().__init__()
        self._lookers: Mapping[int, Sequence[str]] = {}
        self._told: tuple[int, datetime] | None = None
        self._looking: Timer | None = None
        self._unread: int | None = None
        """The ticket under the cursor, when it could not be read."""

    @property
    def cover(self) -> CoverPane:
        """The entitlements pane."""
        raise NotImplementedError

    def read_detail(self) -> None:
        """Reads the ticket under the cursor, or the missed call."""
        raise NotImplementedError

    # --- the panes follow the cursor

    def holds_back(self, key: str) -> bool:
        """Whether a key waits: one about what the panes show does so until that is what the cursor is on."""
        return super().holds_back(key) or (key in self.desk_app.keys.of(*OF_THE_PANES) and self._behind())

    def _behind(self) -> bool:
        """Whether the panes still show what the cursor has left."""
        ticket_id = self.queue.ticket_id
        if self.visiting or ticket_id in (None, self._unread):
            return False
        shown = self.detail.row.ticket_id if self.detail is not None else None
        return shown is not None if self.missed is not None else shown != ticket_id

    def followed(self) -> None:
        """The panes show what the cursor is on: keys about it wait no longer."""
        self._unread = None
        self.desk_app.type_on()

    @on(Said)
    def _not_read(self, message: Said) -> None:
        if message.group == "detail" and self._behind():
            # nothing rather than another ticket: what is typed next would be about that
            self.show_nothing()
            self._unread = self.queue.ticket_id

    def show_nothing(self) -> None:
        """No ticket in the panes."""
        raise NotImplementedError

    # --- why, cover

    def action_why(self) -> None:
        """How the due time comes about; again: back to the clock."""
        if self.sla.explained:
            self.action_back()
            return
        clock = self.sla.clock
        if clock is None:
            self.desk_app.toast(self.say("sla.none" if self.detail else "ticket.select"))
            return
        self.fetch("steps", lambda desk: StepsArrived(clock.clock_id, tuple(desk.explain(clock.clock_id))))

    @on(StepsArrived)
    def _steps_arrived(self, message: StepsArrived) -> None:
        clock = self.sla.clock
        if clock is not None and clock.clock_id == message.clock_id:
            self.sla.explain(message.steps)
            self.enlarge("sla")

    def action_cover(self) -> None:
        """All the customer has; again: the short form."""
        if self.cover.detailed:
            self.action_back()
        else:
            self.cover.detail(True)
            self.enlarge("cover")

    def show_customer(self, customer_id: int) -> None:
        """The cover of a customer who was looked for, until the cursor moves on."""
        self.fetch("customer", lambda desk: CardArrived(desk.customer_card(customer_id), ()))

    def enlarge(self, pane: str) -> None:
        self.show_tab(pane)
        self.set_class(pane == "sla", "-why")
        self.set_class(pane == "cover", "-cover")
        self.set_focus(self.sla if pane == "sla" else self.cover)

    def action_back(self) -> None:
        """Details away, cursor in the queue; where there are none: messages, then the search, then marks."""
        plain = self.focused is self.queue and not self.has_class("-why") and not self.has_class("-cover")
        if plain and (self.put_notices_away() or self.end_find() or self.drop_marks()):
            return
        if self.focused is not None and self.focused.id == "within-text":
            self.end_find()
        self.calm()
        self.remove_class("-why", "-cover")
        if self.visiting:
            self.visiting = False
            self.read_detail()
        if self.sla.explained:
            self.sla.explain(None)
        if self.cover.detailed:
            self.cover.detail(False)
        self.set_focus(self.queue)

    # --- who is looking at what

    def lookers_at(self, ticket_id: int | None) -> Sequence[str]:
        """The others who are looking at a ticket."""
        return self._lookers.get(ticket_id, ()) if ticket_id is not None else ()

    def show_lookers(self, lookers: Mapping[int, Sequence[str]]) -> None:
        """Who else is looking at which ticket, as the desk found it."""
        self._lookers = lookers
        self.queue.set_lookers(lookers)
        self.pane.show_lookers(self.lookers_at(self.queue.ticket_id))

    def look_soon(self) -> None:
        """The cursor rests: if it goes on doing so the others are told."""
        if self._looking is not None:
            self._looking.stop()
        self._looking = self.set_timer(LOOK_AFTER, self.tell_presence)

    def tell_presence(self) -> None:
        """Tells the others which ticket this agent is looking at."""
        ticket_id, now = self.queue.ticket_id, self.now()
        if ticket_id is None or ticket_id < 0 or not self.is_current:
            return
        if self._told is not None and self._told[0] == ticket_id and now - self._told[1] < RENEW:
            return
        self._told = (ticket_id, now)

        def job(desk: DeskApi) -> Told:
            desk.look_at(ticket_id)
            return Told("present")

        self.fetch("present", job, keep=True)

    def stay_present(self) -> None:
        """Tells it again while the agent types; an empty chair is forgotten."""
        if self._told is not None and self.desk_app.typed_at > self._told[1]:
            self.tell_presence()

    @on(TicketChanged)
    def _present_at_once(self, message: TicketChanged) -> None:
        if message.done == "claim":
            self.tell_presence()

    def go(self) -> None:
        """Leaves deskui; the others are told, as long as that takes no time."""
        if self._told is None:
            self.app.exit()
            return

        def job(desk: DeskApi) -> Told:
            desk.look_at(None)
            return Told("leave")

        self.set_timer(LEAVE_WITHIN, self.app.exit)
        self.fetch("leave", job, keep=True)

    @on(Told)
    @on(Said)
    def _gone(self, message: Told | Said) -> None:
        if message.group == "leave":
            self.app.exit()
