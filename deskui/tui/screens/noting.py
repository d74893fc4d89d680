"""Notes on the ticket under the cursor: one that is half-written, or refused, is lost to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from deskui.tui.arrivals import NoteKept, Said
from deskui.tui.panes.ticket import TicketPane
from deskui.tui.screens.callbacks import CallbackCommands

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi
    from deskui.desk.model import TicketDetail

__all__ = ["NoteCommands"]


class NoteCommands(CallbackCommands):
    """The note line of the Desk."""

    detail: TicketDetail | None

    def __init__(self) -> None:
        super().__init__()
        self.notes_sent: dict[str, tuple[int, str]] = {}
        """Notes on their way to the store, with their tickets, by the work that takes them there."""
        self._notes = 0

    @property
    def pane(self) -> TicketPane:
        """The ticket pane."""
        raise NotImplementedError

    def about_this(self) -> None:
        """The ticket that is written about stays under the cursor."""
        raise NotImplementedError

    def action_note(self) -> None:
        """The cursor goes to the note line."""
        if self.refuses_missed():
            return
        if self.detail is None:
            self.desk_app.toast(self.say("ticket.select"))
            return
        self.about_this()
        self.set_focus(self.pane.note)

    @on(TicketPane.NoteWritten)
    def _note_written(self, message: TicketPane.NoteWritten) -> None:
        ticket_id, text = message.ticket_id, message.text
        self._notes += 1
        group = f"note {self._notes}"
        self.notes_sent[group] = ticket_id, text
        self.pane.note.value = ""
        self._note_left()

        def job(desk: DeskApi) -> NoteKept:
            return NoteKept(group, desk.note(ticket_id, text).row)

        self.fetch(group, job, keep=True)

    @on(NoteKept)
    def _note_kept(self, message: NoteKept) -> None:
        del self.notes_sent[message.group]
        self.queue.set_rows([message.row], self.now())
        self.desk_app.toast(self.say("done.note", number=message.row.number))
        self.refetch()

    @on(Said)
    def _note_refused(self, message: Said) -> None:
        if message.group in self.notes_sent:
            # what was typed stands on the line again
            self.pane.put_back(*self.notes_sent.pop(message.group))

    @on(TicketPane.NoteLeft)
    def _note_left(self) -> None:
        self.set_focus(self.queue)
