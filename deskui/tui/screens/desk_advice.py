"""What the Desk does about known problems and questions to the supervisor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from deskui.tui.screens.commands import TicketCommands
from deskui.tui.telling import Teller

if TYPE_CHECKING:
    from deskui.desk.advicemodel import Asked

__all__ = ["AdviceCommands"]


@dataclass
class TicketAsked(Message):
    """The supervisor was asked about a ticket."""

    asked: Asked


class AdviceCommands(TicketCommands):
    """Asking about a ticket; the pages of questions and of known problems."""

    def action_ask_about(self) -> None:
        """Sends the selected ticket to the supervisor."""
        ticket_id = self.queue.ticket_id
        if ticket_id is None or ticket_id < 0:
            self.desk_app.toast(self.say("ticket.select"))
            return
        self.fetch("asking", lambda desk: TicketAsked(desk.ask_about_ticket(ticket_id)), keep=True)

    @on(TicketAsked)
    def _ticket_asked(self, message: TicketAsked) -> None:
        asked = message.asked
        if asked.due_at is None:
            self.desk_app.toast(self.say("ask.sent", n=asked.question_id))
        else:
            due = Teller.of(self).moment(asked.due_at)
            self.desk_app.toast(self.say("ask.nobody", n=asked.question_id, due=due))
        self.refetch()

    async def action_asked(self) -> None:
        """Opens the questions that wait for the supervisor."""
        from deskui.tui.modals.asked import AskedScreen  # noqa: PLC0415 - not needed for the first frame

        await self.desk_app.push_screen(AskedScreen())

    async def action_problems(self) -> None:
        """Opens the known problems; the selected ticket can be put to one of them."""
        from deskui.tui.modals.problems import ProblemsScreen  # noqa: PLC0415 - the same

        row = self.queue.row
        ticket = None if row is None or row.ticket_id < 0 else row
        await self.desk_app.push_screen(ProblemsScreen(ticket))
