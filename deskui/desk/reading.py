"""Tickets as screens show them: rows, the whole of one, how a due time comes about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from deskui.desk import parts, words
from deskui.desk.clocks import clock_view, is_open, shown_clock
from deskui.desk.errors import NotFound, Refused
from deskui.desk.explain import explain_clock
from deskui.desk.find import shown_number
from deskui.desk.model import ClockStep, ClockView, Entry, TicketDetail, TicketRow
from deskui.desk.ports import MOST_IDS, UnitOfWork
from deskui.desk.records import (
    AgentRecord,
    ClockRecord,
    CustomerRecord,
    EventRecord,
    NoteRecord,
    TicketRecord,
)
from deskui.desk.terms import HOME_ZONE, Terms
from deskui.desk.work import Means, no_ticket
from deskui.policy.codec import decision_from_json
from deskui.policy.decision import Text
from deskui.worktime import WorkCalendar

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
            tickets = uow.tickets.get(ticket_ids)
            found = {row.ticket_id: row for row in self._rows(uow, tickets, at)}
        return [found[ticket_id] for ticket_id in ticket_ids if ticket_id in found]

    def row(self, ticket_id: int) -> TicketRow:
        """One row; raises NotFound."""
        found = self.rows([ticket_id])
        if not found:
            raise no_ticket(ticket_id)
        return found[0]

    def _rows(self, uow: UnitOfWork, tickets: Sequence[TicketRecord], at: datetime) -> list[TicketRow]:
        clocks: dict[int, list[ClockRecord]] = defaultdict(list)
        for clock in uow.clocks.of_tickets([ticket.ticket_id for ticket in tickets]):
            clocks[clock.ticket_id].append(clock)
        wanted = sorted({ticket.customer_id for ticket in tickets})
        customers = {customer.customer_id: customer for customer in uow.customers.get(wanted)}
        agents = _codes(uow.agents.all())
        return [self._row(ticket, clocks[ticket.ticket_id], customers, agents, at) for ticket in tickets]

    def _row(
        self,
        ticket: TicketRecord,
        clocks: Sequence[ClockRecord],
        customers: Mapping[int, CustomerRecord],
        agents: Mapping[int, str],
        at: datetime,
    ) -> TicketRow:
        terms = self._means.terms
        shown = shown_clock(clocks)
        customer = customers.get(ticket.customer_id)
        return TicketRow(
            ticket_id=ticket.ticket_id,
            number=ticket.number,
            policy=ticket.policy,
            customer=customer.name if customer else "",
            plan=ticket.plan,
            service=ticket.service,
            service_name=terms.service_name(ticket.policy, ticket.service),
            title=ticket.title,
            state=ticket.state,
            assignee=None if ticket.assignee_id is None else agents.get(ticket.assignee_id),
            received_at=ticket.received_at,
            due_at=shown.due_at if shown else None,
            promised=bool(shown and shown.promised),
            clock_kind=shown.kind if shown else None,
            clock=_view(shown, terms, at) if shown else None,
            deferred_until=ticket.deferred_until,
            version=ticket.version,
        )

    def detail(self, ticket_id: int) -> TicketDetail:
        """One ticket, whole; raises NotFound."""
        with self._means.uow() as uow:
            at = self._means.clock.now()
            found = uow.tickets.get([ticket_id])
            if not found:
                raise no_ticket(ticket_id)
            ticket = found[0]
            row = self._rows(uow, found, at)[0]
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
            clocks=tuple(_view(clock, self._means.terms, at) for clock in sorted(clocks, key=_shown_order)),
            product_id=ticket.product_id,
            merged=callers,
            merged_into=merged_into,
            pause=parts.pause_of(ticket, events, notes, clocks, self._calendar, agents, at),
            product=product,
            machine=machine,
        )

    def _calendar(self, clock: ClockRecord) -> WorkCalendar:
        return self._means.terms.calendar(clock.policy, clock.calendar)

    def explain(self, clock_id: int) -> tuple[ClockStep, ...]:
        """How the due time of a clock comes about; raises NotFound."""
        with self._means.uow() as uow:
            clock = uow.clocks.get(clock_id)
        if clock is None:
            raise NotFound(Text(f"ไม่มีนาฬิกา id {clock_id}", f"There is no clock with id {clock_id}"))
        return explain_clock(clock, self._means.terms.calendar(clock.policy, clock.calendar))


def _view(clock: ClockRecord, terms: Terms, at: datetime) -> ClockView:
    return clock_view(clock, terms.calendar(clock.policy, clock.calendar), at)


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
