"""Plans open clocks anew where the hours they count in have changed.

One transaction changes the hours and writes down that it is to be done (`ask`); from then on whatever is
planned counts by the new hours. Then ticket after ticket follows (`carry_out`), a slice in a transaction, so
that other writers get their turn: each ticket whole, with its clocks, events, version and line of the change
feed. What is left unfinished stays on record; whoever looks next goes on with it (`finish`). A ticket that
has its new due times does not move again, so nothing is done twice, whoever does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from time import sleep

from deskui.desk import clocks as running
from deskui.desk.errors import NotFound, StoreFailure
from deskui.desk.planrecords import PlannedTicket, ReplanRecord, RunningClock
from deskui.desk.ports import MOST_IDS, UnitOfWork
from deskui.desk.records import ClockRecord
from deskui.desk.terms import Terms
from deskui.desk.work import Author, ClockWork, Means

Told = Callable[[int, int], None]
"""Is told how many of how many tickets were gone through."""

SILENT = timedelta(seconds=10)
"""Who is at it and not heard of for so long has stopped."""
_GAP = 0.005
"""Seconds between two slices: a writer that waits tries again sooner than that."""
_EARLIEST, _LATEST = timedelta(hours=14), timedelta(days=3)
"""No day begins sooner before its midnight in UTC; none has hours that end later after it, though they may go
on past midnight.
"""
_ALWAYS = (datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))


def ask(
    means: Means,
    uow: UnitOfWork,
    *,
    holiday_set: str | None = None,
    day: date | None = None,
    policy: str | None = None,
) -> ReplanRecord:
    """Writes down that one day of a holiday set changed, or all hours of a vendor; for `carry_out`."""
    at = means.clock.now()
    record = ReplanRecord(0, holiday_set, day, policy, at, means.agent.agent_id, seen_at=at)
    return replace(record, replan_id=uow.replans.add(record))


def carry_out(means: Means, record: ReplanRecord, told: Told | None = None) -> int:
    """Plans what was asked for; tickets with a due time that moved. Nobody else may be at it.

    Whatever ends it early leaves it unfinished in the store, for `finish`.
    """
    try:
        return _in_slices(means, record, told)
    except BaseException:
        with suppress(StoreFailure):
            _let_go(means, record.replan_id)
        raise


def finish(means: Means, told: Told | None = None) -> bool:
    """Goes on with what was left unfinished; False when somebody else is at one of them just now.

    What is about days or vendors that these terms do not know is left to a desk that knows them.
    """
    with means.uow() as uow:
        left = uow.replans.unfinished()
    free = True
    for one in left:
        if _calendars(means.terms, one):
            mine = _take(means, one.replan_id)
            if mine is None:
                free = False
            else:
                carry_out(means, mine, told)
    return free


def _take(means: Means, replan_id: int) -> ReplanRecord | None:
    """What is to be done, once nobody is at it."""
    with means.uow(write=True) as uow:
        record = uow.replans.lock(replan_id)
        at = means.clock.now()
        if record is None or record.done_at is not None:
            return None
        if record.seen_at is not None and abs(at - record.seen_at) < SILENT:
            return None
        mine = replace(record, seen_at=at)
        uow.replans.save(mine)
        uow.commit()
        return mine


def _let_go(means: Means, replan_id: int) -> None:
    with means.uow(write=True) as uow:
        record = uow.replans.lock(replan_id)
        if record is not None and record.done_at is None:
            uow.replans.save(replace(record, seen_at=None))
            uow.commit()


def _in_slices(means: Means, record: ReplanRecord, told: Told | None) -> int:
    # of its own: another thread may put older days into those of the desk
    terms = means.terms.with_changes((), ())
    with means.uow() as uow:
        terms.adjust(uow.holidays.all(), uow.readings.all())
        # in id order: so does every desk lock them
        ids = sorted(_touched(uow, terms, record, means.clock.now()))
    if told is not None:
        told(0, len(ids))
    for start in range(0, max(1, len(ids)), MOST_IDS):
        if start:
            sleep(_GAP)
        some = ids[start : start + MOST_IDS]
        last = start + MOST_IDS >= len(ids)
        with means.uow(write=True) as uow:
            terms.adjust(uow.holidays.hold(), uow.readings.all())
            now = uow.replans.lock(record.replan_id)
            if now is None or now.done_at is not None:
                # somebody else thought that we had stopped, and finished it
                return record.moved if now is None else now.moved
            at = means.clock.now()
            moved = now.moved + _some(uow, terms, record, at, some)
            record = replace(now, moved=moved, seen_at=at, done_at=at if last else None)
            uow.replans.save(record)
            uow.commit()
        if told is not None:
            told(start + len(some), len(ids))
    return record.moved


def _calendars(terms: Terms, record: ReplanRecord) -> Mapping[str, Sequence[str]]:
    """The calendars of the vendors with other hours; empty where the terms know none."""
    if record.policy is not None:
        try:
            return {record.policy: tuple(terms.policy(record.policy).calendars)}
        except NotFound:
            return {}
    name = record.holiday_set or ""
    found = {policy: terms.calendars_with(policy, name) for policy in terms.ids}
    return {policy: names for policy, names in found.items() if names}


def _touched(uow: UnitOfWork, terms: Terms, record: ReplanRecord, at: datetime) -> set[int]:
    """Tickets with a running clock that moves."""
    calendars = _calendars(terms, record)
    hours = {(name, one): terms.calendar(name, one) for name, some in calendars.items() for one in some}
    return {
        clock.ticket_id
        for clock in _reached(uow, calendars, record.day, at)
        if (calendar := hours.get((clock.policy, clock.calendar))) and running.moves(clock, calendar)
    }


def _reached(
    uow: UnitOfWork, calendars: Mapping[str, Sequence[str]], day: date | None, at: datetime
) -> Iterator[RunningClock]:
    """Running clocks that the hours of a day may have a part in: what is due before it or began after it
    stays as it is.
    """
    since, until = _ALWAYS
    if day is not None:
        midnight = datetime.combine(day, time(), UTC)
        since, until = midnight - _EARLIEST, midnight + _LATEST
    for some in uow.clocks.reaching(since, until):
        yield from some
    if since < at:
        for policy, names in calendars.items():
            for some in uow.clocks.missed(policy, names, since, until) if names else ():
                yield from some


def _some(uow: UnitOfWork, terms: Terms, author: Author, at: datetime, ids: Sequence[int]) -> int:
    """Only the tickets with a due time that moves are locked and written, all of them at one go."""
    held = uow.tickets.hold(ids)
    clocks: dict[int, list[ClockRecord]] = {one.ticket_id: [] for one in held}
    for clock in uow.clocks.of_tickets(list(clocks)):
        clocks[clock.ticket_id].append(clock)
    done, planned = [], []
    for ticket in held:
        work = ClockWork(uow, terms, author, at, ticket, clocks[ticket.ticket_id])
        work.recalendar()
        if work.fresh:
            due = running.due_keys(work.clocks)
            done.append(work)
            planned.append(
                PlannedTicket(
                    ticket.ticket_id, ticket.version + 1, at, author.agent_id, due.promise, due.goal, due.kind
                )
            )
    uow.clocks.plan([clock for work in done for clock in work.fresh])
    uow.tickets.plan(planned)
    uow.events.add([event for work in done for event in work.events])
    uow.changes.add("ticket", [one.ticket_id for one in planned], at)
    return len(planned)
