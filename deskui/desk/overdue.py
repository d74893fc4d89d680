"""Writing down what was missed: whoever looks next does it, once, with the due instant as its time."""

from __future__ import annotations

from collections import defaultdict

from deskui.desk.records import ClockRecord
from deskui.desk.work import Means, Work

_PAGE = 200


def record_breaches(means: Means) -> int:
    """Records every breach that is due and not recorded; how many. Takes no write lock when there is
    none.
    """
    count = 0
    while True:
        with means.uow() as uow:
            ids = uow.clocks.overdue(means.clock.now(), _PAGE)
        if not ids:
            return count
        with means.uow(write=True) as uow:
            tickets = uow.tickets.lock(ids)
            at = means.clock.now()
            clocks: dict[int, list[ClockRecord]] = defaultdict(list)
            # read after the locks: another desk may have met or recorded them meanwhile
            for clock in uow.clocks.of_tickets(ids):
                clocks[clock.ticket_id].append(clock)
            for ticket in tickets:
                work = Work(uow, means.terms, None, at, ticket, clocks[ticket.ticket_id])
                count += work.record_breaches()
                work.append()
            uow.commit()
