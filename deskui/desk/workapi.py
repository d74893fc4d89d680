"""What a screen or a command may ask about working together on tickets.

What `deskui.desk.api` says of all methods holds here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from deskui.desk.model import Agent, TicketRow
from deskui.desk.workmodel import BulkDone, LastStep, Look, Notice, SavedView, Sight


class WorkApi(Protocol):
    """Who works on what: part of `DeskApi`."""

    # --- whose it is

    def agents(self) -> Sequence[Agent]:
        """Everybody of the desk, by code."""
        ...

    def assign(self, ticket_id: int, version: int, agent: str, reason: str = "") -> TicketRow:
        """Gives a ticket to the agent of that code; for supervisors, or for who holds it.

        They are told by a message. NotFound for an unknown code.
        """
        ...

    def take_over(self, ticket_id: int, version: int, reason: str) -> TicketRow:
        """Makes another agent's ticket mine; Refused without a reason. A message tells them."""
        ...

    def hold(self, ticket_id: int, version: int, reason: str) -> TicketRow:
        """Waits for a third party: its clocks run on. Refused without a reason; `resume` ends it."""
        ...

    # --- duplicates

    def merge_targets(self, ticket_id: int) -> Sequence[TicketRow]:
        """Other open tickets of the same customer and vendor, the one received last first, at most 20."""
        ...

    def merge(self, ticket_id: int, version: int, into: int, other_customer: bool = False) -> TicketRow:
        """Makes a ticket part of another one about the same thing; the answer is that other one.

        Its clocks stop; what it took of a quota that the other one took too is given back. Refused for a
        ticket of another customer unless `other_customer` says that this is meant.
        """
        ...

    # --- taking back

    def last_step(self, ticket_id: int) -> LastStep | None:
        """The newest step of a ticket that could be taken back; None when there is none."""
        ...

    def undo(self, ticket_id: int, version: int) -> TicketRow:
        """Takes back the newest step, if it is mine: state and clocks as before it, quota by entries that
        make up for it. A ticket that was only just logged is withdrawn: closed, its quota given back.
        """
        ...

    # --- many at once

    def bulk(
        self, act: str, tickets: Sequence[tuple[int, int]], *, reason: str = "", agent: str = ""
    ) -> Sequence[BulkDone]:
        """Does one of BULK_ACTS to each (ticket id, version), in this order, each wholly or not at all."""
        ...

    # --- looking

    def look(self, look: Look) -> Sight:
        """The queue as it is looked at: a view, what is found in it, in an order.

        What is typed is tried as the other keyboard layout would have it too.
        """
        ...

    def saved_views(self) -> Sequence[SavedView]:
        """The agent's own views, as Thai readers sort them."""
        ...

    def save_view(self, name: str, look: Look) -> SavedView:
        """Keeps a look under a name, in place of an earlier one; Refused without a name."""
        ...

    def drop_view(self, name: str) -> None:
        """Forgets one of the agent's own views; NotFound when there is none."""
        ...

    # --- who is where, and what they should know

    def look_at(self, ticket_id: int | None) -> None:
        """Tells the others which ticket I am looking at, for a few minutes; None: none any more."""
        ...

    def lookers(self) -> Mapping[int, Sequence[str]]:
        """Codes of the others who are looking at a ticket now, by ticket id. Cheap: polled."""
        ...

    def notices(self) -> Sequence[Notice]:
        """Messages to me that I have not put away yet, oldest first."""
        ...

    def put_away(self, notice_ids: Sequence[int]) -> None:
        """Marks messages to me as seen."""
        ...
