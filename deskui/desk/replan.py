"""Plans open clocks anew where the hours they count in have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from deskui.desk import clocks as running
from deskui.desk.planrecords import PlannedTicket, RunningClock
from deskui.desk.ports import MOST_IDS, UnitOfWork
from deskui.desk.records import ClockRecord
from deskui.desk.terms import Terms
from deskui.desk.work import ClockWork, Means

_DAY = timedelta(days=1)
_ALWAYS = (datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))


def replan(
    means: Means,
    uow: UnitOfWork,
    terms: Terms,
    calendars: Mapping[str, Sequence[str]],
    day: date | None = None,
) -> int:
    """Plans the open clocks in these calendars of the vendors by `terms`; tickets with a due time that moved.

    With a `day`, only its hours have changed: what is due before it or began after it stays as it is.
    """
    hours = {(name, one): terms.calendar(name, one) for name, some in calendars.items() for one in some}
    touched = {
        clock.ticket_id
        for clock in _reached(uow, calendars, day, means.clock.now())
        if (calendar := hours.get((clock.policy, clock.calendar))) and running.moves(clock, calendar)
    }
    # in id order: so does every desk lock them
    ids = sorted(touched)
    return sum(_some(means, uow, terms, ids[n : n + MOST_IDS]) for n in range(0, len(ids), MOST_IDS))


def _reached(
    uow: UnitOfWork, calendars: Mapping[str, Sequence[str]], day: date | None, at: datetime
) -> Iterator[RunningClock]:
    """Running clocks that the hours of a day may have a part in."""
    since, until = _ALWAYS
    if day is not None:
        # wherever the vendor is, and whether or not the hours go on past midnight
        midnight = datetime.combine(day, time(), UTC)
        since, until = midnight - _DAY, midnight + 3 * _DAY
    for some in uow.clocks.reaching(since, until):
        yield from some
    if since < at:
        for policy, names in calendars.items():
            for some in uow.clocks.missed(policy, names, since, until) if names else ():
                yield from some


def _some(means: Means, uow: UnitOfWork, terms: Terms, ids: Sequence[int]) -> int:
    """Only the tickets with a due time that moves are locked and written, all of them at one go."""
    held = uow.tickets.hold(ids)
    clocks: dict[int, list[ClockRecord]] = {one.ticket_id: [] for one in held}
    for clock in uow.clocks.of_tickets(list(clocks)):
        clocks[clock.ticket_id].append(clock)
    at, agent = means.clock.now(), means.agent
    done, planned = [], []
    for ticket in held:
        work = ClockWork(uow, terms, agent, at, ticket, clocks[ticket.ticket_id])
        # by the old hours first: what they made late is on record before it is voided
        work.record_breaches()
        work.change_clocks(running.recalendar, "holiday")
        work.record_breaches()
        if work.fresh:
            due = running.due_keys(work.clocks)
            done.append(work)
            planned.append(
                PlannedTicket(
                    ticket.ticket_id, ticket.version + 1, at, agent.agent_id, due.promise, due.goal, due.kind
                )
            )
    uow.clocks.plan([clock for work in done for clock in work.fresh])
    uow.tickets.plan(planned)
    uow.events.add([event for work in done for event in work.events])
    uow.changes.add("ticket", [one.ticket_id for one in planned], at)
    return len(planned)
