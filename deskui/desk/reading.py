"""Tickets as screens show them: rows, the whole of one, how a due time comes about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from deskui.desk import parts, words
from deskui.desk.clocks import Hours, hours_at, is_open, shown_clock, view_in
from deskui.desk.errors import NotFound, Refused
from deskui.desk.explain import explain_clock
from deskui.desk.find import shown_number
from deskui.desk.model import ClockStep, ClockView, Entry, TicketDetail, TicketRow
from deskui.desk.ports import MOST_IDS, UnitOfWork
from deskui.desk.records import (
    AgentRecord,
    ClockRecord,
    EventRecord,
    NoteRecord,
    TicketLine,
)
from deskui.desk.terms import HOME_ZONE, Terms
from deskui.desk.work import Means, no_ticket
from deskui.policy.codec import decision_from_json
from deskui.policy.decision import Text

_ERASED = Text("(ลบข้อความแล้วตามคำขอ)", "(text erased on request)")


class Reader:
    """Reads tickets. Nothing here writes."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def rows(self, ticket_ids: Sequence[int]) -> list[TicketRow]:
        """Rows in the order asked for; raises Refused for more than 500."""
        if len(ticket_ids) > MOST_IDS:
            raise Refused(
                Text(
                    f"ขอได้ครั้งละไม่เกิน {MOST_IDS} เรื่อง",
                    f"At most {MOST_IDS} tickets can be asked for at a time",
                )
            )
        if not ticket_ids:
            return []
        with self._means.uow() as uow:
            at = self._means.clock.now()
            found = {row.ticket_id: row for row in self._rows(uow, ticket_ids, at)}
        return [found[ticket_id] for ticket_id in ticket_ids if ticket_id in found]

    def row(self, ticket_id: int) -> TicketRow:
        """One row; raises NotFound."""
        found = self.rows([ticket_id])
        if not found:
            raise no_ticket(ticket_id)
        return found[0]

    def _rows(self, uow: UnitOfWork, ticket_ids: Sequence[int], at: datetime) -> list[TicketRow]:
        clocks: dict[int, list[ClockRecord]] = defaultdict(list)
        for clock in uow.clocks.of_tickets(ticket_ids):
            clocks[clock.ticket_id].append(clock)
        now = _Instant(self._means.terms, at)
        return [_row(line, clocks[line.ticket_id], now) for line in uow.tickets.lines(ticket_ids)]

    def detail(self, ticket_id: int) -> TicketDetail:
        """One ticket, whole; raises NotFound."""
        with self._means.uow() as uow:
            at = self._means.clock.now()
            found = uow.tickets.get([ticket_id])
            if not found:
                raise no_ticket(ticket_id)
            ticket = found[0]
            row = self._rows(uow, [ticket_id], at)[0]
            clocks = uow.clocks.of_tickets([ticket_id])
            notes = uow.notes.of_ticket(ticket_id)
            events = uow.events.of_ticket(ticket_id)
            agents = _codes(uow.agents.all())
            merged = parts.merged_records(uow, ticket_id)
            theirs = [
                (t.number, uow.events.of_ticket(t.ticket_id), uow.notes.of_ticket(t.ticket_id))
                for t in merged
            ]
            callers = parts.callers(uow, merged)
            merged_into = parts.merged_into(uow, ticket)
            contacts = uow.contacts.get([ticket.contact_id]) if ticket.contact_id is not None else ()
            product, machine = parts.things(uow, ticket, events)
        now = _Instant(self._means.terms, at)
        contact = contacts[0] if contacts else None
        phone = ticket.phone or (contact.phone if contact else None)
        described = next((note for note in notes if note.kind == "description"), None)
        return TicketDetail(
            row=row,
            customer_id=ticket.customer_id,
            contact=contact.name if contact else None,
            phone=shown_number(phone) if phone else None,
            description=described.text if described else "",
            facts=ticket.facts,
            decision=decision_from_json(ticket.decision) if ticket.decision else None,
            policy_version=ticket.policy_version,
            entries=_entries(
                [(None, events, notes), *theirs],
                agents,
                partial(self._means.terms.drawn_name, ticket.policy, ticket.service),
                partial(self._means.terms.drawn_unit, ticket.policy, ticket.service),
            ),
            clocks=tuple(now.view(clock) for clock in sorted(clocks, key=_shown_order)),
            product_id=ticket.product_id,
            merged=callers,
            merged_into=merged_into,
            pause=parts.pause_of(ticket, events, notes, clocks, now.hours, agents),
            product=product,
            machine=machine,
        )

    def explain(self, clock_id: int) -> tuple[ClockStep, ...]:
        """How the due time of a clock comes about; raises NotFound, and TermsFailure where nobody knows the
        hours.
        """
        with self._means.uow() as uow:
            clock = uow.clocks.get(clock_id)
        if clock is None:
            raise NotFound(Text(f"ไม่มีนาฬิกา id {clock_id}", f"There is no clock with id {clock_id}"))
        if self._means.terms.unreadable(clock.policy):
            self._means.terms.policy(clock.policy)
        return explain_clock(clock, self._means.terms.calendar(clock.policy, clock.calendar))


class _Instant:
    """What the terms say at one instant, asked once for all rows."""

    def __init__(self, terms: Terms, at: datetime) -> None:
        self._terms = terms
        self._at = at
        self._hours: dict[tuple[str, str], Hours] = {}
        self._names: dict[tuple[str, str], Text] = {}

    def view(self, clock: ClockRecord) -> ClockView:
        """A clock as it stands."""
        return view_in(self.hours(clock), clock)

    def hours(self, clock: ClockRecord) -> Hours:
        """The hours it counts in, as far as they are known."""
        place = (clock.policy, clock.calendar)
        hours = self._hours.get(place)
        if hours is None:
            known = not self._terms.unreadable(clock.policy)
            hours = hours_at(self._terms.calendar(*place), self._at, known=known)
            self._hours[place] = hours
        return hours

    def service_name(self, policy: str, service: str) -> Text:
        """What a service is called."""
        place = (policy, service)
        name = self._names.get(place)
        if name is None:
            name = self._names[place] = self._terms.service_name(*place)
        return name


def _row(ticket: TicketLine, clocks: Sequence[ClockRecord], now: _Instant) -> TicketRow:
    shown = shown_clock(clocks)
    return TicketRow(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        policy=ticket.policy,
        customer=ticket.customer,
        plan=ticket.plan,
        service=ticket.service,
        service_name=now.service_name(ticket.policy, ticket.service),
        title=ticket.title,
        state=ticket.state,
        assignee=ticket.assignee,
        received_at=ticket.received_at,
        due_at=shown.due_at if shown else None,
        promised=bool(shown and shown.promised),
        clock_kind=shown.kind if shown else None,
        clock=now.view(shown) if shown else None,
        deferred_until=ticket.deferred_until,
        version=ticket.version,
    )


def _shown_order(clock: ClockRecord) -> tuple[bool, bool, datetime, int]:
    """Open ones first, promises before goals, earliest due first."""
    return (not is_open(clock), not clock.promised, clock.due_at or clock.started_at, clock.clock_id)


def _codes(agents: Iterable[AgentRecord]) -> dict[int, str]:
    return {agent.agent_id: agent.code for agent in agents}


def _entries(
    books: Iterable[tuple[int | None, Sequence[EventRecord], Sequence[NoteRecord]]],
    agents: Mapping[int, str],
    counter_name: Callable[[str], Text],
    counter_unit: Callable[[str], Text],
) -> tuple[Entry, ...]:
    """Events in order of their time, notes in the place of theirs; of a ticket and those merged into it.

    Each book is (number of a merged ticket, its events, its notes).
    """

    def who(agent_id: int | None) -> str:
        return agents.get(agent_id or 0, "—")

    entries: list[tuple[datetime, int, Entry]] = []
    for number, events, notes in books:
        texts = {note.note_id: note for note in notes}
        for event in events:
            kind = event.kind
            text = words.event_words(kind, event.data, HOME_ZONE, counter_name, who, counter_unit)
            note = texts.get(event.data.get("note", 0)) if kind == "note" else None
            if note is not None:
                kind = note.kind
                text = _ERASED if note.erased_at is not None else Text(note.text, note.text)
            by = None if event.agent_id is None else agents.get(event.agent_id)
            entries.append((event.at, event.event_id, Entry(event.at, by, kind, text, number)))
    entries.sort(key=lambda entry: entry[:2])
    return tuple(entry for _, _, entry in entries)
