"""One ticket being changed inside a unit of work: its clocks, what happened, what is written at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any, Protocol

from deskui.clock import Clock
from deskui.dataclass import dataclass
from deskui.desk import clocks as running
from deskui.desk import words
from deskui.desk.clean import clean_note
from deskui.desk.errors import LostRace, NotFound
from deskui.desk.model import Agent
from deskui.desk.notes import new_note
from deskui.desk.planrecords import PlannedTicket
from deskui.desk.ports import UnitOfWork, UowFactory
from deskui.desk.records import BreachRecord, ClockRecord, EventRecord, TicketRecord
from deskui.desk.terms import Terms
from deskui.desk.undo import step_of
from deskui.policy.decision import Text
from deskui.worktime import WorkCalendar


@dataclass(frozen=True)
class Means:
    """What every use case works with."""

    uow: UowFactory
    terms: Terms
    clock: Clock
    agent: Agent


class Numbered(Protocol):
    """What is locked of a ticket."""

    @property
    def ticket_id(self) -> int:
        """Its id."""
        ...


class Author(Protocol):
    """In whose name something happens."""

    @property
    def agent_id(self) -> int:
        """Their id."""
        ...


@dataclass
class ClockWork:
    """The clocks of a locked ticket. Breaches are written at once, clocks and events by whoever made this."""

    uow: UnitOfWork
    terms: Terms
    agent: Author | None
    """None: the desk itself."""
    at: datetime
    ticket: Numbered
    clocks: list[ClockRecord]
    events: list[EventRecord] = field(default_factory=list)
    _stored: list[ClockRecord] = field(default_factory=list)
    _loaded: int = 0

    def __post_init__(self) -> None:
        self._stored = list(self.clocks)
        self._loaded = len(self.clocks)

    def calendar(self, clock: ClockRecord) -> WorkCalendar:
        """The calendar a clock counts in. Raises TermsFailure while the vendor's file has mistakes: by other
        hours it would be counted wrong for good.
        """
        if self.terms.unreadable(clock.policy):
            self.terms.policy(clock.policy)
        return self.terms.calendar(clock.policy, clock.calendar)

    def change_clocks(
        self, change: Callable[[ClockRecord, WorkCalendar], ClockRecord], why: str | None = None
    ) -> None:
        """Changes every unmet clock; with `why`, a due instant that moved is noted down."""
        for place, clock in enumerate(self.clocks):
            if running.is_open(clock):
                self.put(place, change(clock, self.calendar(clock)), why)

    def last_hours(self, clock: ClockRecord) -> WorkCalendar | None:
        """The calendar that a clock ends in; None while nobody knows it: that keeps nobody from answering."""
        return None if self.terms.unreadable(clock.policy) else self.calendar(clock)

    def stop_clocks(self) -> None:
        """Ends every unmet clock."""
        for place, clock in enumerate(self.clocks):
            if running.is_open(clock):
                self.put(place, running.stop(clock, self.last_hours(clock), self.at), None)

    def recalendar(self) -> None:
        """Plans the running clocks by the hours as they are now."""
        # by the old hours first: what they made late is on record before it is voided
        self.record_breaches()
        self.change_clocks(running.recalendar, "holiday")
        self.record_breaches()

    @property
    def fresh(self) -> list[ClockRecord]:
        """The clocks that are not as they were stored."""
        return [now for now, was in zip(self.clocks, self._stored, strict=True) if now != was]

    def log(self, kind: str, /, *, at: datetime | None = None, by_desk: bool = False, **data: Any) -> None:
        """Notes down what happened."""
        agent_id = None if by_desk or self.agent is None else self.agent.agent_id
        self.events.append(EventRecord(0, self.ticket.ticket_id, at or self.at, agent_id, kind, data))

    def record_breaches(self) -> int:
        """Writes down every promise and goal missed by now, each with its due instant as its time."""
        count = 0
        for place, clock in enumerate(self.clocks):
            if clock.due_at is None or clock.breached_at is not None or not running.is_missed(clock, self.at):
                continue
            self.clocks[place] = replace(clock, breached_at=clock.due_at)
            breach = BreachRecord(
                0, clock.clock_id, clock.ticket_id, clock.kind, clock.promised, clock.due_at, self.at
            )
            if self.uow.breaches.add(breach):
                count += 1
                self.log(
                    "breached",
                    at=clock.due_at,
                    by_desk=True,
                    clock=clock.clock_id,
                    kind=clock.kind,
                    due=clock.due_at.isoformat(),
                )
        return count

    def put(self, place: int, changed: ClockRecord, why: str | None) -> None:
        """Puts a changed clock in place; a breach that the new due instant leaves behind is voided."""
        clock = self.clocks[place]
        breach = clock.breached_at
        moved = why is not None and changed.due_at != clock.due_at
        if moved and changed.due_at is not None:
            self.log(
                "replanned",
                clock=clock.clock_id,
                kind=clock.kind,
                was=None if clock.due_at is None else clock.due_at.isoformat(),
                becomes=changed.due_at.isoformat(),
                why=why,
            )
        overtaken = changed.due_at is None or (breach is not None and changed.due_at > breach)
        if moved and why is not None and breach is not None and overtaken:
            changed = replace(changed, breached_at=None)
            self.uow.breaches.void(clock.clock_id, breach, self.at, why)
            self.log("breach_voided", clock=clock.clock_id, kind=clock.kind, due=breach.isoformat(), why=why)
        self.clocks[place] = changed


@dataclass
class Work(ClockWork):
    """A locked ticket with its clocks; nothing is written before `save` or `append`."""

    agent: Agent | None
    ticket: TicketRecord

    def start(self, clock: ClockRecord) -> None:
        """Stores a new clock of the ticket; a target missed before it was known is missed at once."""
        clock_id = self.uow.clocks.add([clock])[0]
        stored = replace(clock, clock_id=clock_id)
        self.clocks.append(stored)
        self._stored.append(stored)
        self.record_breaches()

    def add_note(self, kind: str, text: str) -> int:
        """Keeps free text on the ticket, cleaned; the note's id, 0 when nothing is left of the text."""
        kept = clean_note(text)
        if not kept:
            return 0
        note, proof = new_note(self.ticket.ticket_id, self.at, self.agent, kind, kept)
        note_id = self.uow.notes.add(note)
        self.log("note", note=note_id, kind=kind, hash=proof)
        return note_id

    def append(self) -> None:
        """Writes clocks that changed, events and the change entry, without touching the ticket's own
        row.
        """
        fresh = self.fresh
        if fresh:
            self.uow.clocks.save(fresh)
        if self.events:
            self.uow.events.add(self.events)
        if fresh or self.events:
            self.uow.changes.add("ticket", [self.ticket.ticket_id], self.at)

    def plan(self) -> None:
        """As `append`, with what clocks that started or ended decide of the ticket's place in the queue: its
        version stands, for no answer of anybody depends on it.
        """
        due, ticket = running.due_keys(self.clocks), self.ticket
        changed = (ticket.version, ticket.changed_at, ticket.changed_by)
        self.uow.tickets.plan([PlannedTicket(ticket.ticket_id, *changed, due.promise, due.goal, due.kind)])
        self.append()

    def save(self, step: str | None = None, /, **changes: Any) -> None:
        """Writes the ticket in its next version with everything else. Raises LostRace.

        A change that the agent may take back is a `step`, named as its event.
        """
        due, before = running.due_keys(self.clocks), self.ticket
        self.ticket = replace(
            self.ticket,
            **changes,
            version=self.ticket.version + 1,
            changed_at=self.at,
            changed_by=None if self.agent is None else self.agent.agent_id,
            promise_due_at=due.promise,
            goal_due_at=due.goal,
            due_kind=due.kind,
        )
        if not self.uow.tickets.save(self.ticket):
            raise lost(self.uow, self.ticket, self.at)
        if step is not None and self.agent is not None:
            was = self._stored[: self._loaded]
            self.uow.steps.put(step_of(step, self.agent.agent_id, before, self.ticket, was, self.clocks))
        self.append()


def lost(uow: UnitOfWork, ticket: TicketRecord, at: datetime) -> LostRace:
    """The message for who came second."""
    # of one change: what somebody did, else that the desk planned it anew; never what merely came of it
    made = [e.kind for e in uow.events.of_ticket(ticket.ticket_id) if e.at == ticket.changed_at]
    acts = [kind for kind in made if kind not in words.CONSEQUENCES]
    did = acts[-1] if acts else next((kind for kind in made if kind == "replanned"), None)
    agents = {agent.agent_id: agent.code for agent in uow.agents.all()}
    who = agents.get(ticket.changed_by) if ticket.changed_by is not None else None
    return LostRace(words.lost_race(who, did, at - ticket.changed_at))


def no_ticket(ticket_id: int) -> NotFound:
    """The message for an unknown ticket."""
    return NotFound(
        Text(
            f"ไม่มีเรื่อง id {ticket_id} ค้นหาใหม่จากคิว",
            f"There is no ticket with id {ticket_id}: look in the queue",
        )
    )


def newest_terms(means: Means, uow: UnitOfWork) -> None:
    """Puts the days that are open into the terms as they are now; none changes before the unit of work ends.

    Another desk may have changed one a moment ago: what is planned by the days before it would stay so.
    """
    means.terms.adjust(uow.holidays.hold(), uow.readings.all())


def lock(means: Means, uow: UnitOfWork, ticket_id: int, version: int | None) -> Work:
    """The ticket, locked, with breaches up to now written down. Raises NotFound and LostRace."""
    return lock_all(means, uow, {ticket_id: version})[ticket_id]


def lock_all(means: Means, uow: UnitOfWork, wanted: Mapping[int, int | None]) -> dict[int, Work]:
    """Tickets with the version each is to have, None for any; as `lock` does one."""
    newest_terms(means, uow)
    found = {ticket.ticket_id: ticket for ticket in uow.tickets.lock(sorted(wanted))}
    # read after the lock was granted: what somebody else did meanwhile lies before it
    at = means.clock.now()
    clocks: dict[int, list[ClockRecord]] = {ticket_id: [] for ticket_id in wanted}
    for clock in uow.clocks.of_tickets(sorted(wanted)):
        clocks[clock.ticket_id].append(clock)
    behind = bool(uow.replans.unfinished())
    works: dict[int, Work] = {}
    for ticket_id, version in wanted.items():
        ticket = found.get(ticket_id)
        if ticket is None:
            raise no_ticket(ticket_id)
        if version is not None and ticket.version != version:
            raise lost(uow, ticket, at)
        if behind:
            clocks[ticket_id] = _up_to_date(means, uow, ticket, clocks[ticket_id], at)
        works[ticket_id] = Work(uow, means.terms, means.agent, at, ticket, clocks[ticket_id])
        works[ticket_id].record_breaches()
    return works


def _up_to_date(
    means: Means, uow: UnitOfWork, ticket: TicketRecord, clocks: list[ClockRecord], at: datetime
) -> list[ClockRecord]:
    """The clocks of a ticket whose turn after a change of hours may not have come yet, as if it had."""
    work = Work(uow, means.terms, None, at, ticket, clocks)
    work.recalendar()
    if work.fresh:
        work.plan()
    return work.clocks


def agent_code(uow: UnitOfWork, agent_id: int | None) -> str:
    """Code of an agent; a dash for nobody."""
    return next((agent.code for agent in uow.agents.all() if agent.agent_id == agent_id), "—")
