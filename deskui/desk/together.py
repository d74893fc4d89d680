"""Looking at the queue in one's own way, knowing who else is where, and doing one thing to many tickets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from deskui.desk.clean import clean_line
from deskui.desk.collate import reading_order
from deskui.desk.errors import DeskError, NotFound, Refused, StoreFailure
from deskui.desk.model import Agent, TicketRow
from deskui.desk.ports import MOST_IDS
from deskui.desk.work import Means
from deskui.desk.workmodel import BULK_ACTS, BulkDone, Look, Notice, SavedView
from deskui.desk.workrecords import PresenceRecord, SavedViewRecord
from deskui.policy.decision import Text

PRESENT = timedelta(minutes=5)
"""How long an agent counts as looking at a ticket without having said so again."""
MOST_NOTICES = 20
NAME_LIMIT = 40
"""Characters of the name of a view."""


class TogetherBook:
    """Presence, saved views and messages."""

    def __init__(self, means: Means) -> None:
        self._means = means

    @property
    def _mine(self) -> int:
        return self._means.agent.agent_id

    def agents(self) -> list[Agent]:
        """Everybody of the desk, by code."""
        with self._means.uow() as uow:
            return [Agent(a.agent_id, a.code, a.name, a.particle, a.language) for a in uow.agents.all()]

    def look_at(self, ticket_id: int | None) -> None:
        """Tells the others which ticket I am looking at; a ticket that is gone is none."""
        with self._means.uow(write=True) as uow:
            if ticket_id is not None and uow.tickets.get([ticket_id]):
                until = self._means.clock.now() + PRESENT
                uow.presences.put(PresenceRecord(self._mine, ticket_id, until))
            else:
                uow.presences.drop(self._mine)
            uow.commit()

    def lookers(self) -> Mapping[int, Sequence[str]]:
        """Codes of the others who are looking at a ticket now."""
        with self._means.uow() as uow:
            present = [p for p in uow.presences.at(self._means.clock.now()) if p.agent_id != self._mine]
            if not present:
                return {}
            codes = {agent.agent_id: agent.code for agent in uow.agents.all()}
        found: dict[int, list[str]] = defaultdict(list)
        for one in present:
            if one.agent_id in codes:
                found[one.ticket_id].append(codes[one.agent_id])
        return {ticket_id: sorted(who) for ticket_id, who in found.items()}

    def saved_views(self) -> list[SavedView]:
        """The agent's own views, as Thai readers sort them."""
        with self._means.uow() as uow:
            kept = uow.saved_views.of_agent(self._mine)
        views = [SavedView(one.name, Look.from_json(one.body)) for one in kept]
        return sorted(views, key=lambda view: reading_order(view.name))

    def save_view(self, name: str, look: Look) -> SavedView:
        """Keeps a look under a name."""
        kept = clean_line(name, NAME_LIMIT)
        if not kept:
            raise Refused(Text("ตั้งชื่อมุมมองก่อน", "Give the view a name"))
        with self._means.uow(write=True) as uow:
            uow.saved_views.save(SavedViewRecord(self._mine, kept, look.to_json(), self._means.clock.now()))
            uow.commit()
        return SavedView(kept, look)

    def drop_view(self, name: str) -> None:
        """Forgets one of the agent's own views."""
        with self._means.uow(write=True) as uow:
            if not uow.saved_views.drop(self._mine, name):
                raise NotFound(Text(f"ไม่มีมุมมองชื่อ {name}", f"You have no view called {name}"))
            uow.commit()

    def notices(self) -> list[Notice]:
        """Messages to me that I have not put away yet, oldest first."""
        with self._means.uow() as uow:
            found = uow.notices.unseen(self._mine, MOST_NOTICES)
            if not found:
                return []
            ids = sorted({one.ticket_id for one in found})
            tickets = {ticket.ticket_id: ticket for ticket in uow.tickets.get(ids)}
            codes = {agent.agent_id: agent.code for agent in uow.agents.all()}
            reasons = {
                note.note_id: note.text for ticket_id in ids for note in uow.notes.of_ticket(ticket_id)
            }
        return [
            Notice(
                one.notice_id,
                one.at,
                one.kind,
                one.ticket_id,
                tickets[one.ticket_id].number,
                tickets[one.ticket_id].title,
                codes.get(one.by_id or 0),
                reasons.get(one.note_id or 0, ""),
            )
            for one in found
            if one.ticket_id in tickets
        ]

    def put_away(self, notice_ids: Sequence[int]) -> None:
        """Marks messages to me as seen."""
        if not notice_ids:
            return
        with self._means.uow(write=True) as uow:
            uow.notices.mark_seen(self._mine, list(notice_ids)[:MOST_IDS], self._means.clock.now())
            uow.commit()


def each_by_itself(
    act: str,
    tickets: Sequence[tuple[int, int]],
    do: Callable[[int, int], TicketRow],
    numbers: Callable[[Sequence[int]], Mapping[int, int]],
) -> list[BulkDone]:
    """Does one thing to many tickets, each in a transaction of its own; what is refused is named.

    When the store fails, the tickets that were not reached yet are refused with the same words. Raises
    Refused for another act than those of BULK_ACTS and for more than 500 tickets.
    """
    if act not in BULK_ACTS or len(tickets) > MOST_IDS:
        raise Refused(
            Text(
                f"ทำพร้อมกันได้ไม่เกิน {MOST_IDS} เรื่อง: {', '.join(BULK_ACTS)}",
                f"At most {MOST_IDS} tickets at once, and only: {', '.join(BULK_ACTS)}",
            )
        )
    known = numbers([ticket_id for ticket_id, _ in tickets])
    done: list[BulkDone] = []
    broken: Text | None = None
    for ticket_id, version in tickets:
        row, refused = None, broken
        if broken is None:
            try:
                row = do(ticket_id, version)
            except StoreFailure as failure:
                refused = broken = failure.text
            except DeskError as no:
                refused = no.text
        done.append(BulkDone(ticket_id, known.get(ticket_id, 0), row, refused))
    return done
