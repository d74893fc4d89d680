"""The part of the desk that is about working together. See `WorkApi` for what each method promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from deskui.desk.looking import Lookout
from deskui.desk.model import Agent, TicketRow
from deskui.desk.reading import Reader
from deskui.desk.team import TeamBook
from deskui.desk.tickets import TicketBook
from deskui.desk.together import TogetherBook, each_by_itself
from deskui.desk.undoing import UndoBook
from deskui.desk.workmodel import BulkDone, LastStep, Look, Notice, SavedView, Sight

MOST_TARGETS = 20


class WorkDesk:
    """Who works on what. The desk that is one sets the books."""

    _reader: Reader
    _tickets: TicketBook
    _team: TeamBook
    _undo: UndoBook
    _together: TogetherBook
    _lookout: Lookout

    def agents(self) -> Sequence[Agent]:
        """Everybody of the desk, by code."""
        return self._together.agents()

    def assign(self, ticket_id: int, version: int, agent: str, reason: str = "") -> TicketRow:
        """Gives a ticket to the agent of that code."""
        self._team.assign(ticket_id, version, agent, reason)
        return self._reader.row(ticket_id)

    def take_over(self, ticket_id: int, version: int, reason: str) -> TicketRow:
        """Makes another agent's ticket mine."""
        self._team.take_over(ticket_id, version, reason)
        return self._reader.row(ticket_id)

    def hold(self, ticket_id: int, version: int, reason: str) -> TicketRow:
        """Waits for a third party: its clocks run on."""
        self._team.hold(ticket_id, version, reason)
        return self._reader.row(ticket_id)

    def merge_targets(self, ticket_id: int) -> Sequence[TicketRow]:
        """Other open tickets of the same customer and vendor, the one received last first, at most 20."""
        return self._reader.rows(self._team.targets(ticket_id, MOST_TARGETS))

    def merge(self, ticket_id: int, version: int, into: int, other_customer: bool = False) -> TicketRow:
        """Makes a ticket part of another one; the answer is that other one."""
        self._team.merge(ticket_id, version, into, other_customer)
        return self._reader.row(into)

    def last_step(self, ticket_id: int) -> LastStep | None:
        """The newest step of a ticket that could be taken back; None when there is none."""
        return self._undo.last_step(ticket_id)

    def undo(self, ticket_id: int, version: int) -> TicketRow:
        """Takes back the newest step, if it is mine."""
        self._undo.undo(ticket_id, version)
        return self._reader.row(ticket_id)

    def bulk(
        self, act: str, tickets: Sequence[tuple[int, int]], *, reason: str = "", agent: str = ""
    ) -> Sequence[BulkDone]:
        """Does one of BULK_ACTS to each ticket, each wholly or not at all."""

        def do(ticket_id: int, version: int) -> TicketRow:
            if act == "assign":
                self._team.assign(ticket_id, version, agent, reason)
            elif act == "undo":
                self._undo.undo(ticket_id, version)
            else:
                book = self._tickets
                change = {"claim": book.claim, "wait": book.wait, "resolve": book.resolve}[act]
                partial(change, ticket_id, version, reason)()
            return self._reader.row(ticket_id)

        return each_by_itself(act, tickets, do, self._numbers)

    def _numbers(self, ticket_ids: Sequence[int]) -> Mapping[int, int]:
        return {row.ticket_id: row.number for row in self._reader.rows(ticket_ids)}

    def look(self, look: Look) -> Sight:
        """The queue as it is looked at: a view, what is found in it, in an order."""
        return self._lookout.look(look)

    def saved_views(self) -> Sequence[SavedView]:
        """The agent's own views, as Thai readers sort them."""
        return self._together.saved_views()

    def save_view(self, name: str, look: Look) -> SavedView:
        """Keeps a look under a name, in place of an earlier one."""
        return self._together.save_view(name, look)

    def drop_view(self, name: str) -> None:
        """Forgets one of the agent's own views."""
        self._together.drop_view(name)

    def look_at(self, ticket_id: int | None) -> None:
        """Tells the others which ticket I am looking at, for a few minutes."""
        self._together.look_at(ticket_id)

    def lookers(self) -> Mapping[int, Sequence[str]]:
        """Codes of the others who are looking at a ticket now, by ticket id."""
        return self._together.lookers()

    def notices(self) -> Sequence[Notice]:
        """Messages to me that I have not put away yet, oldest first."""
        return self._together.notices()

    def put_away(self, notice_ids: Sequence[int]) -> None:
        """Marks messages to me as seen."""
        self._together.put_away(notice_ids)
