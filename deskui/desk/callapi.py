"""What a screen or a command may ask of the desk about calls that are no tickets; part of `DeskApi`.

What `deskui.desk.api` says holds here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from deskui.desk.callmodel import LoggedCall, Ring, VendorDay, WaitingCall
from deskui.desk.model import Call, TicketDetail
from deskui.policy.decision import Text


class CallsApi(Protocol):
    """Rings, callers who wait, the call log, and what the day allows."""

    def rings(self) -> Sequence[Ring]:
        """Every ring that is not done with, longest waiting first. Cheap: read with each change."""
        ...

    def take_ring(self, ring_id: int) -> Call:
        """Makes a ring or a missed call mine; the call to go on with, kept as a draft already.

        Raises LostRace naming who was faster.
        """
        ...

    def release_ring(self, ring_id: int) -> None:
        """Gives a missed call that I took up back to the queue."""
        ...

    def dismiss_ring(self, ring_id: int, outcome: str) -> LoggedCall:
        """A missed call is done with: reached, not_reached or wrong_number."""
        ...

    def waiting_calls(self) -> Sequence[WaitingCall]:
        """My callers who wait, the one who waits longest first."""
        ...

    def end_call(self, call: Call, reason: str) -> LoggedCall:
        """Ends a call that needs no ticket: only_asked, wrong_number, cut_off or not_ours; ends the draft."""
        ...

    def follow_up(self, call: Call, ticket_id: int) -> TicketDetail:
        """The call is about a ticket that is open already: its words become a note there; ends the draft.

        Raises Refused for a ticket of another customer or one that is done, NotFound for an unknown one.
        """
        ...

    def undo_call(self, call_id: int | None = None) -> Call | None:
        """Takes back how a call ended, my newest one if not said; the call to go on with, kept as a draft.

        None for a missed call that was dismissed: it waits in the queue again.
        """
        ...

    def call_log(self, limit: int = 50, since: datetime | None = None) -> Sequence[LoggedCall]:
        """Calls that needed no ticket, newest first."""
        ...

    def vendor_days(self) -> Sequence[VendorDay]:
        """What may be done now for each vendor in use, and what must wait."""
        ...

    def closed_words(self, policy: str) -> Text | None:
        """That a vendor is closed now, and when it opens; None while it is open or its terms do not say."""
        ...
