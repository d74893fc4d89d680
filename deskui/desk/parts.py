"""What belongs to a ticket besides its own row: the tickets merged into it, and why it stands still."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from deskui.desk import clocks as running
from deskui.desk.find import shown_number
from deskui.desk.model import Thing, TicketState
from deskui.desk.ports import UnitOfWork
from deskui.desk.records import ClockRecord, EventRecord, NoteRecord, TicketRecord
from deskui.desk.workmodel import MergedTicket, Pause

_STARTS = {TicketState.WAITING: "waiting", TicketState.ON_HOLD: "on_hold"}
"""The event that leads to a state in which a ticket stands still."""


def merged_records(uow: UnitOfWork, ticket_id: int) -> list[TicketRecord]:
    """The tickets that went into this one, and those that had gone into them, as they did."""
    ids: list[int] = []
    newest = [ticket_id]
    while newest:
        newest = [merge.ticket_id for merge in uow.merges.into(newest) if merge.ticket_id not in ids]
        ids += newest
    found = {ticket.ticket_id: ticket for ticket in uow.tickets.get(ids)} if ids else {}
    return [found[one] for one in ids if one in found]


def merged_into(uow: UnitOfWork, ticket: TicketRecord) -> int | None:
    """Number of the ticket it is part of now."""
    if ticket.state is not TicketState.MERGED:
        return None
    merge = uow.merges.of(ticket.ticket_id)
    target = uow.tickets.get([merge.target_id]) if merge is not None else ()
    return target[0].number if target else None


def things(
    uow: UnitOfWork, ticket: TicketRecord, events: Sequence[EventRecord]
) -> tuple[Thing | None, Thing | None]:
    """The product a ticket is about, and the machine that was picked on the call."""
    if ticket.product_id is None:
        return None, None
    product = next(iter(uow.products.get([ticket.product_id])), None)
    opened = next((event for event in events if event.kind == "opened"), None)
    picked = None if opened is None else opened.data.get("machine")
    machines = () if picked is None else uow.machines.of_products([ticket.product_id])
    machine = next((one for one in machines if one.machine_id == picked), None)
    return (
        None if product is None else Thing(product.name, product.serial, product.branch),
        None if machine is None else Thing(machine.name, machine.serial, machine.branch),
    )


def callers(uow: UnitOfWork, merged: Sequence[TicketRecord]) -> tuple[MergedTicket, ...]:
    """Merged tickets with who called about each."""
    if not merged:
        return ()
    customers = {
        customer.customer_id: customer.name
        for customer in uow.customers.get(sorted({ticket.customer_id for ticket in merged}))
    }
    wanted = sorted({ticket.contact_id for ticket in merged if ticket.contact_id is not None})
    contacts = {contact.contact_id: contact for contact in uow.contacts.get(wanted)} if wanted else {}
    made = []
    for ticket in merged:
        contact = contacts.get(ticket.contact_id or 0)
        phone = ticket.phone or (contact.phone if contact else None)
        made.append(
            MergedTicket(
                ticket.ticket_id,
                ticket.number,
                ticket.title,
                customers.get(ticket.customer_id, ""),
                contact.name if contact else None,
                shown_number(phone) if phone else None,
                ticket.received_at,
            )
        )
    return tuple(made)


def pause_of(
    ticket: TicketRecord,
    events: Sequence[EventRecord],
    notes: Sequence[NoteRecord],
    clocks: Sequence[ClockRecord],
    hours: Callable[[ClockRecord], running.Hours],
    agents: Mapping[int, str],
) -> Pause | None:
    """Since when, by whom and why a ticket waits or is on hold, with what is left of its paused clocks."""
    kind = _STARTS.get(ticket.state)
    begun = next((event for event in reversed(events) if event.kind == kind), None)
    if begun is None:
        return None
    told = next((note for note in notes if note.kind == "reason" and note.at == begun.at), None)
    paused = [
        (
            clock.kind,
            clock.work - clock.spent,
            hours(clock).day_length,
            _due_again(clock, hours(clock)),
        )
        for clock in clocks
        if running.is_open(clock) and clock.running_since is None
    ]
    who = None if begun.agent_id is None else agents.get(begun.agent_id)
    return Pause(begun.at, who, told.text if told else "", tuple(paused))


def _due_again(clock: ClockRecord, hours: running.Hours) -> datetime | None:
    due = running.resume(clock, hours.calendar, hours.at).due_at if hours.known else None
    return None if due is None else due.astimezone(UTC)
