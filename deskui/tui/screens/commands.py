"""What an agent does to the ticket under the cursor: one change at a time, each on the version shown then."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from deskui.tui.arrivals import ChoicesArrived, Said
from deskui.tui.panes.ticket import Option, PromptLine
from deskui.tui.panes.wordsline import WordsLine
from deskui.tui.screens.changing import ChangeCommands
from deskui.tui.telling import Teller

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi
    from deskui.tui.panes.sla import SlaPane

__all__ = ["TicketCommands"]


class TicketCommands(ChangeCommands):
    """The commands of the Desk that change a ticket or open another screen."""

    def __init__(self) -> None:
        super().__init__()
        self._then: Callable[[str], None] | None = None
        self._optional = False
        self.served_last: Collection[int] = ()
        """Tickets that may be claimed only with a reason."""

    @property
    def sla(self) -> SlaPane:
        """The SLA pane."""
        raise NotImplementedError

    @on(Said)
    def _refused(self, message: Said) -> None:
        if message.group == "choices":
            self.question_here()
        elif message.group in ("take", "missed"):
            self.not_taken()

    # --- the changes

    def action_claim(self) -> None:
        """Makes it mine; one that is served last wants a reason, written on the note line."""
        ticket_id = self.queue.ticket_id
        if self.missed is not None:
            self.take_ring(self.missed)
            return
        row, desk = self.queue.row, self.desk
        if row is not None and desk is not None and row.assignee not in (None, desk.agent.code):
            told = self.say("claim.held", number=row.number, who=row.assignee)
            self.desk_app.toast(told, severe=True)
        elif ticket_id is not None and ticket_id in self.served_last:
            self.change_with_words(
                "claim",
                ticket_id,
                self.say("ticket.reason"),
                lambda desk, row, reason: desk.claim(row.ticket_id, row.version, reason),
            )
        else:
            self.change("claim", lambda desk, row: desk.claim(row.ticket_id, row.version))

    def action_release(self) -> None:
        """Gives it back."""
        if self.missed is not None:
            self.release_missed(self.missed)
            return
        self.change("release", lambda desk, row: desk.release(row.ticket_id, row.version))

    def action_pause(self) -> None:
        """Waits for the customer, with the reason if one is written; or goes on if it waits or is on hold."""
        if self.refuses_missed():
            return
        row = self.queue.row
        if row is None:
            self.desk_app.toast(self.say("ticket.select"))
        elif row.state.value in ("waiting", "on_hold"):
            self.change("resume", lambda desk, row: desk.resume(row.ticket_id, row.version))
        else:
            self.change_with_words(
                "wait",
                row.ticket_id,
                self.say("wait.reason"),
                lambda desk, row, reason: desk.wait(row.ticket_id, row.version, reason),
                optional=True,
            )

    def action_resolve(self) -> None:
        """Solved, with what solved it if that is written."""
        if self.refuses_missed():
            return
        row = self.queue.row
        if row is None:
            self.desk_app.toast(self.say("ticket.select"))
            return
        if row.state.category == "done":
            # the desk says no, before anything is typed
            self.change("resolve", lambda desk, row: desk.resolve(row.ticket_id, row.version))
            return
        self.change_with_words(
            "resolve",
            row.ticket_id,
            self.say("resolve.words", number=row.number),
            lambda desk, row, words: desk.resolve(row.ticket_id, row.version, words),
            optional=True,
        )

    def action_reopen(self) -> None:
        """Not solved after all."""
        self.change("reopen", lambda desk, row: desk.reopen(row.ticket_id, row.version))

    def action_close_ticket(self) -> None:
        """Out of the queue for good, at the second press; only what is resolved."""
        if self.missed is not None:
            self.dismiss_missed(self.missed)
            return
        row = self.queue.row
        if row is None:
            self.desk_app.toast(self.say("ticket.select"))
            return
        if row.state.value != "resolved":
            told = "ticket.resolve_first" if row.state.category != "done" else "ticket.closed_already"
            self.desk_app.toast(self.say(told, number=row.number), severe=True)
            return
        key = self.desk_app.keys.raw("ticket.close")
        about = row.ticket_id
        close = partial(self.change, "close", lambda desk, row: desk.close(row.ticket_id, row.version), about)
        self.ask(self.say("ticket.close_sure", number=row.number), [Option(key, "", close)])

    def action_met(self) -> None:
        """Marks a target as met; of several one is asked for."""
        running = [view for view in self.detail.clocks if view.met_at is None] if self.detail else []
        kinds = list(dict.fromkeys(view.kind for view in running))
        if len(kinds) > 1 and self.detail is not None:
            tell = Teller.of(self)
            options = [
                Option(letter, tell.word("kind", kind), partial(self._meet, self.detail.row.ticket_id, kind))
                for letter, kind in zip("asdf", kinds, strict=False)
            ]
            self.ask(self.say("ticket.met"), options)
        elif kinds and self.detail is not None:
            self._meet(self.detail.row.ticket_id, kinds[0])
        elif self.detail is None:
            self.desk_app.toast(self.say("ticket.select"))
        elif self.detail.row.deferred_until is not None:
            until = Teller.of(self).long_moment(self.detail.row.deferred_until)
            self.desk_app.toast(self.say("met.deferred", number=self.detail.row.number, until=until))
        else:
            self.desk_app.toast(self.say("met.none", number=self.detail.row.number))

    def _meet(self, about: int, kind: str) -> None:
        self.change("met", lambda desk, row: desk.meet(row.ticket_id, row.version, kind), about)

    def action_severity(self) -> None:
        """Asks for the severity the policy knows."""
        if self.refuses_missed():
            return
        row = self.queue.row
        if row is None:
            self.desk_app.toast(self.say("ticket.select"))
            return
        about, policy, service = row.ticket_id, row.policy, row.service

        def job(desk: DeskApi) -> ChoicesArrived:
            return ChoicesArrived(desk.question(policy, "severity", service), about)

        self.question_under_way("choices", job)

    @on(ChoicesArrived)
    def _severities(self, message: ChoicesArrived) -> None:
        self.question_here()
        options = [
            Option(
                choice.key, self.words(choice.text), partial(self._severity, message.about, str(choice.value))
            )
            for choice in message.question.choices
        ]
        self.ask(self.say("ticket.severity"), options)

    def _severity(self, about: int, severity: str) -> None:
        self.change(
            "severity", lambda desk, row: desk.change_severity(row.ticket_id, row.version, severity), about
        )

    def show_tab(self, tab: str) -> None:
        """Shows a pane on a small screen."""
        raise NotImplementedError

    # --- questions before something is done

    def ask(self, question: str, options: list[Option]) -> None:
        """Asks in the ticket pane; one letter answers."""
        self.about_this()
        # what was said before would lie over the question
        self.desk_app.clear_notifications()
        self.pane.ask(question, options)
        self.set_focus(self.pane.prompt)

    def ask_words(
        self,
        label: str,
        then: Callable[[str], None],
        *,
        optional: bool = False,
        text: str = "",
        hint: str = "",
    ) -> None:
        """Asks for words in the ticket pane, and does something with them; Enter alone will do if they are
        `optional`, Esc does nothing.
        """
        self.about_this()
        self.desk_app.clear_notifications()
        self._then, self._optional = then, optional
        self.pane.ask_words(label, text, hint)
        self.set_focus(self.pane.words_line)

    def about_this(self) -> None:
        """The ticket that is asked about stays under the cursor, whatever others do with it."""
        self.show_tab("ticket")
        if self.queue.ticket_id is not None and self.queue.ticket_id > 0:
            self.keep(self.queue.ticket_id)

    @on(WordsLine.Left)
    def _words_left(self) -> None:
        self.calm()
        self.set_focus(self.queue)

    @on(WordsLine.Answered)
    def _words_written(self, message: WordsLine.Answered) -> None:
        then, text = self._then, message.text.strip()
        if not text and not self._optional:
            self.desk_app.toast(self.say("ask.reason_needed"), severe=True)
            return
        self.calm()
        self.set_focus(self.queue)
        if then is not None:
            then(text)

    def calm(self) -> None:
        """Takes the question away."""
        self._then = None
        self.pane.asked()

    @on(PromptLine.Gone)
    def _prompt_gone(self) -> None:
        self.calm()
        self.set_focus(self.queue)

    # --- other screens

    async def action_new_call(self) -> None:
        """Opens the Call screen; keys typed on go to it."""
        await self.open_call()

    async def action_find(self) -> None:
        """Opens the find window."""
        from deskui.tui.modals.find import FindScreen  # noqa: PLC0415

        await self.desk_app.push_screen(FindScreen())

    def action_leave(self) -> None:
        """Leaves, at the second press."""
        key = self.desk_app.keys.raw("quit")
        self.ask(self.say("app.leave"), [Option(key, "", self.leave)])
