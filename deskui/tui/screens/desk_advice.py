"""What the Desk does about known problems and questions to the supervisor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from deskui.dataclass import dataclass
from deskui.tui.arrivals import Said
from deskui.tui.panes.ticket import Option
from deskui.tui.panes.verdict_text import headline
from deskui.tui.screens.commands import TicketCommands
from deskui.tui.telling import Teller

if TYPE_CHECKING:
    from deskui.desk.advicemodel import Asked
    from deskui.desk.api import DeskApi
    from deskui.desk.model import TicketDetail

__all__ = ["AdviceCommands"]

ASKED = "ask"
"""What was typed for the supervisor, among the words that were refused."""


@dataclass
class TicketAsked(Message):
    """The supervisor was asked about a ticket."""

    asked: Asked


@dataclass
class OpenQuestion(Message):
    """A ticket as it is now, and what was asked about it and is not answered."""

    detail: TicketDetail
    asked: Asked | None


class AdviceCommands(TicketCommands):
    """Asking about a ticket; the pages of questions and of known problems."""

    def action_ask_about(self) -> None:
        """Asks the supervisor about the selected ticket in a line, which may stay empty; or takes back what
        was asked and not answered yet.
        """
        row = self.queue.row
        if self.refuses_missed():
            return
        if row is None:
            self.desk_app.toast(self.say("ticket.select"))
            return

        def job(desk: DeskApi) -> OpenQuestion:
            waiting = [one for one in desk.questions_waiting() if one.ticket_id == row.ticket_id]
            return OpenQuestion(desk.ticket(row.ticket_id), waiting[0] if waiting else None)

        self.question_under_way("asking", job)

    @on(OpenQuestion)
    def _put_question(self, message: OpenQuestion) -> None:
        self.question_here()
        detail, asked = message.detail, message.asked
        ticket_id = detail.row.ticket_id
        if asked is not None:
            key, at = asked.question_id, asked.asked_at
            told = self.say(
                "ask.take_back", n=key, who=asked.asked_by or "—", at=lambda: Teller.of(self).moment(at)
            )
            back = partial(self._take_back, key)
            self.ask(told, [Option("w", self.say("ask.takes_back"), back)])
            return

        def what() -> str:
            decided = headline(detail.decision, Teller.of(self)) if detail.decision is not None else ""
            return " · ".join(part for part in (self.words(detail.row.service_name), decided) if part)

        def send(words: str) -> None:
            self.refused_words[ASKED, ticket_id] = words
            self.fetch("asked", lambda desk: TicketAsked(desk.ask_about_ticket(ticket_id, words)), keep=True)

        self.ask_words(
            self.say("ask.words", about=f"#{detail.row.number}"),
            send,
            optional=True,
            text=self.refused_words.get((ASKED, ticket_id), ""),
            hint=self.say("ask.filled", what=what),
        )

    def _take_back(self, question_id: int) -> None:
        def job(desk: DeskApi) -> TicketAsked:
            desk.withdraw_question(question_id)
            return TicketAsked(desk.supervisor_question(question_id))

        self.fetch("asked", job, keep=True)

    @on(Said)
    def _not_asked_about(self, message: Said) -> None:
        if message.group == "asking":
            self.question_here()

    @on(TicketAsked)
    def _ticket_asked(self, message: TicketAsked) -> None:
        asked = message.asked
        if asked.ticket_id is not None:
            self.refused_words.pop((ASKED, asked.ticket_id), None)
        self.desk_app.my_questions.asked = True
        if asked.state == "withdrawn":
            self.desk_app.toast(self.say("ask.withdrawn"))
        elif asked.due_at is None:
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
