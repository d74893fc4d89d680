"""Plans open clocks anew where the hours they count in have changed."""

from __future__ import annotations

from collections.abc import Sequence

from deskui.desk.clocks import recalendar
from deskui.desk.ports import MOST_IDS, UnitOfWork
from deskui.desk.records import ClockRecord
from deskui.desk.terms import Terms
from deskui.desk.work import Means, Work


def replan(means: Means, uow: UnitOfWork, terms: Terms, policy: str, calendars: Sequence[str]) -> int:
    """Plans the open clocks in these calendars of a vendor by `terms`; tickets with a due time that moved."""
    moved, after = 0, 0
    while calendars and (ids := uow.clocks.open_in(policy, calendars, after, MOST_IDS)):
        after = ids[-1]
        moved += _some(means, uow, terms, ids)
    return moved


def _some(means: Means, uow: UnitOfWork, terms: Terms, ids: Sequence[int]) -> int:
    """Only the tickets with a due time that moves are locked and written."""

    def moves(clock: ClockRecord) -> bool:
        return recalendar(clock, terms.calendar(clock.policy, clock.calendar)).due_at != clock.due_at

    touched = sorted({clock.ticket_id for clock in uow.clocks.of_tickets(ids) if moves(clock)})
    if not touched:
        return 0
    tickets = uow.tickets.lock(touched)
    clocks: dict[int, list[ClockRecord]] = {ticket_id: [] for ticket_id in touched}
    for clock in uow.clocks.of_tickets(touched):
        clocks[clock.ticket_id].append(clock)
    at = means.clock.now()
    for ticket in tickets:
        work = Work(uow, terms, means.agent, at, ticket, clocks[ticket.ticket_id])
        # by the old hours first: what they made late is on record before it is voided
        work.record_breaches()
        work.change_clocks(recalendar, "holiday")
        work.record_breaches()
        work.save()
    return len(tickets)
