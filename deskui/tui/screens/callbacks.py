"""Missed calls on the Desk: called back, dismissed in a word, given back; and undoing how a call ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from deskui.tui.arrivals import CallBack, CallEnded, CallTaken
from deskui.tui.panes.ticket import Option
from deskui.tui.screens.base import DeskUiScreen

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi
    from deskui.desk.model import Call
    from deskui.tui.widgets.queue_list import QueueList

__all__ = ["CallbackCommands"]

OUTCOMES = {"r": "reached", "n": "not_reached", "w": "wrong_number"}
"""What came of calling back, by the letter that says it."""


class CallbackCommands(DeskUiScreen):
    """What the Desk does with rings and with the rows of missed calls."""

    def __init__(self) -> None:
        super().__init__()
        self.taking = False
        """Whether a call is on its way to the screen: keys wait for it."""

    @property
    def queue(self) -> QueueList:
        """The list of tickets."""
        raise NotImplementedError

    def refetch(self, select: int | None = None) -> None:
        """Reads the queue again."""
        raise NotImplementedError

    def ask(self, question: str, options: list[Option]) -> None:
        """Asks in the ticket pane; one letter answers."""
        raise NotImplementedError

    @property
    def missed(self) -> int | None:
        """The ring whose row is under the cursor; None on a ticket."""
        ticket_id = self.queue.ticket_id
        return -ticket_id if ticket_id is not None and ticket_id < 0 else None

    def refuses_missed(self) -> bool:
        """Whether the row is a missed call, which is no ticket yet; says what can be done with it."""
        if self.missed is not None:
            self.desk_app.toast(self.say("missed.no_ticket"), severe=True)
        return self.missed is not None

    # --- a call comes to the screen

    def take_ring(self, ring_id: int) -> None:
        """Takes a ring, or a missed call to call back."""
        self._take(lambda desk: CallTaken(desk.take_ring(ring_id)))

    def take_up(self, draft_id: int) -> None:
        """Goes on with a caller who waits."""
        from deskui.tui.screens.call_drafts import draft_of  # noqa: PLC0415 - not for the first frame

        self._take(lambda desk: CallTaken(draft_of(desk, draft_id)))

    def _take(self, job: Callable[[DeskApi], CallTaken]) -> None:
        if not self.taking:
            self.taking = self.fetch("take", job, keep=True)

    @on(CallTaken)
    async def _taken(self, message: CallTaken) -> None:
        await self.open_call(message.call)

    async def open_call(self, call: Call | None = None) -> None:
        """Opens the Call screen; keys typed on go to it."""
        from deskui.tui.screens.call import CallScreen  # noqa: PLC0415 - not needed for the first frame

        self.taking = False
        # what was said of the call before would hide what this one goes on with
        self.desk_app.clear_notifications()
        await self.desk_app.push_screen(CallScreen(call=call))
        self.desk_app.type_on()

    def not_taken(self) -> None:
        """The desk said no: keys wait no longer."""
        self.taking = False
        self.refetch()
        self.desk_app.type_on()

    # --- a missed call

    def dismiss_missed(self, ring_id: int) -> None:
        """Asks what came of calling back; a letter ends it."""
        options = [
            Option(letter, self.say(f"missed.{outcome}"), partial(self._dismiss, ring_id, outcome))
            for letter, outcome in OUTCOMES.items()
        ]
        self.ask(self.say("missed.ask"), options)

    def _dismiss(self, ring_id: int, outcome: str) -> None:
        self.fetch("missed", lambda desk: CallEnded(desk.dismiss_ring(ring_id, outcome)), keep=True)

    @on(CallEnded)
    def _ended(self, message: CallEnded) -> None:
        logged = message.logged
        who = logged.customer or logged.number or "—"
        self.desk_app.toast(self.say("missed.done", who=who, reason=self.say(f"missed.{logged.reason}")))
        self.refetch()

    def release_missed(self, ring_id: int) -> None:
        """Gives it back to the queue."""

        def job(desk: DeskApi) -> CallBack:
            desk.release_ring(ring_id)
            return CallBack(None)

        self.fetch("missed", job, keep=True)

    # --- taking an end back

    def action_undo_call(self) -> None:
        """Takes back how my newest call without a ticket ended."""
        if not self.taking:
            self.taking = self.fetch("take", lambda desk: CallBack(desk.undo_call()), keep=True)

    @on(CallBack)
    async def _back(self, message: CallBack) -> None:
        self.taking = False
        if message.call is None:
            self.desk_app.toast(self.say("missed.released"))
            self.refetch()
            self.desk_app.type_on()
        else:
            await self.open_call(message.call)
            self.desk_app.toast(self.say("end.undone"))
