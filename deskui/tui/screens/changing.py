"""Changes of tickets, one at a time and in order; what was typed for one outlives its refusal."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from deskui.dataclass import dataclass
from deskui.tui.arrivals import BulkArrived, NoteKept, Said, TicketChanged
from deskui.tui.screens.noting import NoteCommands
from deskui.tui.telling import Teller
from deskui.tui.widgets.queue_list import QueueList

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi
    from deskui.desk.model import TicketRow
    from deskui.policy.decision import Text

__all__ = ["ChangeCommands"]


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One change that is to be made."""

    done: str
    """The command: claim, wait …"""
    ticket_id: int
    change: Callable[[DeskApi, TicketRow], TicketRow]
    step: Text | None
    """What is taken back."""
    words: str
    """What was typed for it."""


class ChangeCommands(NoteCommands):
    """What waits to be changed, what is being changed, and what the desk is asked before a change."""

    def __init__(self) -> None:
        super().__init__()
        self._jobs: deque[Job] = deque()
        self._job: Job | None = None
        """The one under way."""
        self.refused_words: dict[tuple[str, int], str] = {}
        """What was typed for something that was refused, by command and ticket, for the next try."""
        self.last_done: Sequence[TicketRow] = ()
        """What the newest step here was done to, as it was after it; until it is offered to be taken back."""
        self._asking = ""
        """The question to the desk that is under way: keys wait for what it brings on the screen."""
        self._changing = False
        self._leaves: Callable[[], None] | None = None
        """What ends the desk, once nothing is under way any more."""
        self._stays_if_refused = False

    @property
    def queue(self) -> QueueList:
        """The list of tickets."""
        raise NotImplementedError

    def refetch(self, select: int | None = None) -> None:
        """Reads the queue again."""
        raise NotImplementedError

    def keep(self, ticket_id: int | None) -> None:
        """A ticket that stays in the list while the cursor is on it."""
        raise NotImplementedError

    def ask_words(
        self,
        label: str,
        then: Callable[[str], None],
        *,
        optional: bool = False,
        text: str = "",
        hint: str = "",
    ) -> None:
        """Asks for words, and does something with them."""
        raise NotImplementedError

    # --- one change at a time

    def change(
        self,
        done: str,
        change: Callable[[DeskApi, TicketRow], TicketRow],
        about: int | None = None,
        *,
        step: Text | None = None,
        words: str = "",
    ) -> None:
        """Changes the ticket under the cursor, or the one a question was `about`, with the `words` typed for
        it; `step` is taken back.
        """
        ticket_id = self.queue.ticket_id if about is None else about
        if ticket_id is None:
            self.desk_app.toast(self.say("ticket.select"))
            return
        if self.refuses_missed():
            return
        # a change may take it out of the view: what is typed next is still about it
        self.keep(ticket_id)
        self._jobs.append(Job(done, ticket_id, change, step, words))
        self._next()

    def change_with_words(
        self,
        done: str,
        about: int,
        label: str,
        change: Callable[[DeskApi, TicketRow, str], TicketRow],
        *,
        optional: bool = False,
    ) -> None:
        """Asks for words, then changes a ticket with them; those of a refused try stand there again."""

        def then(words: str) -> None:
            self.change(done, lambda desk, row: change(desk, row, words), about, words=words)

        self.ask_words(label, then, optional=optional, text=self.refused_words.get((done, about), ""))

    def holds_back(self, key: str) -> bool:
        """Whether a key waits for what is under way: closing and pausing depend on what it comes to."""
        if self._asking and key != "escape":
            return True
        stateful = self.desk_app.keys.of("ticket.close", "ticket.pause", "ticket.resolve", "ticket.take_over")
        return self.taking or (self._job is not None and key in stateful)

    def question_under_way(
        self, group: str, job: Callable[[DeskApi], Message], *, changes: bool = False
    ) -> None:
        """Asks the desk for something that comes on the screen as a question; keys wait for it, but Esc.

        What `changes` something is told whatever was typed since.
        """
        if self.fetch(group, job, keep=changes):
            self._asking, self._changing = group, changes

    def ask_no_more(self) -> None:
        """A question that is on its way is not wanted any more: it would take the next key for its answer."""
        if self._asking and not self._changing:
            self.void(self._asking)
            self._asking = ""

    def question_here(self) -> None:
        """It is here, or was refused."""
        self._asking, self._changing = "", False
        self.desk_app.type_on()

    def _next(self) -> None:
        if self._job is not None or not self._jobs:
            return
        job = self._jobs.popleft()
        seen = self.queue.row if self.queue.ticket_id == job.ticket_id else None

        def work(desk: DeskApi) -> TicketChanged:
            # the version the agent saw; a key typed right after another one means the newest
            row = seen or desk.rows([job.ticket_id])[0]
            return TicketChanged(job.done, job.change(desk, row), job.step)

        if self.fetch("change", work, keep=True):
            self._job = job

    @on(TicketChanged)
    def _ticket_changed(self, message: TicketChanged) -> None:
        if self._job is not None:
            self.refused_words.pop((self._job.done, self._job.ticket_id), None)
        self._job = None
        row = message.row
        self.last_done = () if message.done in ("undo", "withdraw") else (row,)
        self.queue.set_rows([row], self.now())
        due = Teller.of(self).moment(row.due_at) if row.due_at else "—"
        who = row.assignee or "—"
        did = self.words(message.step) if message.step is not None else ""
        self.desk_app.toast(self.say(f"done.{message.done}", number=row.number, due=due, who=who, did=did))
        if message.done in ("close", "merge"):
            self.keep(None)
        self.refetch(select=row.ticket_id if message.done == "merge" else None)
        self._next()
        self.desk_app.type_on()

    @on(Said)
    def _change_refused(self, message: Said) -> None:
        if message.group == "change":
            if self._job is not None and self._job.words:
                self.refused_words[self._job.done, self._job.ticket_id] = self._job.words
            self._job = None
            self.refetch()
            self._next()
            self.desk_app.type_on()

    # --- leaving

    def keeps_first(self, after: Callable[[], None]) -> bool:
        """What is being changed, and what waits for it, is changed first."""
        if not self._under_way:
            return False
        self._leaves, self._stays_if_refused = after, False
        return True

    @property
    def _under_way(self) -> bool:
        return bool(self._jobs or self._job or self.notes_sent or self._changing)

    def leave(self) -> None:
        """Leaves deskui once what is under way is written; where it is refused the agent stays to hear it."""
        if self.keeps_first(self.go):
            self._stays_if_refused = True
            self.desk_app.toast(self.say("app.leaving"))
        else:
            self.go()

    def go(self) -> None:
        """Leaves deskui as it is."""
        self.app.exit()

    @on(TicketChanged)
    @on(NoteKept)
    @on(BulkArrived)
    def _one_done(self) -> None:
        self.call_later(self._leave_at_last)

    @on(Said)
    def _one_refused(self, message: Said) -> None:
        changes = message.group in ("change", "bulk") or message.group.startswith("note ")
        if changes and self._stays_if_refused:
            self._leaves = None
        self.call_later(self._leave_at_last)

    def _leave_at_last(self) -> None:
        after = self._leaves
        if after is not None and not self._under_way:
            self._leaves = None
            after()
