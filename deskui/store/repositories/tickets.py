"""Tickets, the free text on them and what happened to them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import datetime
from itertools import starmap
from typing import Any, cast

from sqlalchemy import Row, Select, bindparam, func, select, text, update

from deskui.desk.fold import fold
from deskui.desk.instants import microseconds
from deskui.desk.planrecords import HeldTicket, PlannedTicket
from deskui.desk.records import EventRecord, NarrowRow, NoteRecord, OpenTicket, TicketLine, TicketRecord
from deskui.store import tables
from deskui.store.work import IDS, Shape, Work

_ticket = tables.ticket.c
_event = tables.event.c

_TICKET = Shape(tables.ticket, TicketRecord, "ticket_id")
_OPEN = Shape(tables.ticket, OpenTicket, None)
_OPEN_ROWS = f"SELECT {', '.join(_OPEN.names)} FROM ticket WHERE {tables.IS_OPEN}"
_SLICE = 1000
_NOTE = Shape(tables.note, NoteRecord, "note_id")
_EVENT = Shape(tables.event, EventRecord, "event_id")

_TICKETS = _TICKET.among("ticket_id")
_LOCK_TICKETS = _TICKETS.order_by(_ticket.ticket_id).with_for_update(key_share=True)
_HOLD_TICKETS = (
    select(_ticket.ticket_id)
    .where(_ticket.ticket_id.in_(bindparam(IDS, expanding=True)))
    .order_by(_ticket.ticket_id)
    .with_for_update(key_share=True)
)
_HOLD_OPEN = (
    select(_ticket.ticket_id, _ticket.version)
    .where(_ticket.ticket_id.in_(bindparam(IDS, expanding=True)), text(tables.IS_OPEN))
    .order_by(_ticket.ticket_id)
    .with_for_update(key_share=True)
)
_PLANNED = [field.name for field in fields(PlannedTicket)]
_PLAN = (
    update(tables.ticket)
    .where(_ticket.ticket_id == bindparam("new_ticket_id"))
    .values({name: bindparam(f"new_{name}") for name in _PLANNED if name != "ticket_id"})
)
_NAMES = {"customer": tables.customer.c.name, "assignee": tables.agent.c.code}
_LINES = (
    select(*(_NAMES[one.name] if one.name in _NAMES else _ticket[one.name] for one in fields(TicketLine)))
    .join_from(tables.ticket, tables.customer)
    .outerjoin(tables.agent, tables.agent.c.agent_id == _ticket.assignee_id)
    .where(_ticket.ticket_id.in_(bindparam(IDS, expanding=True)))
)
_BY_NUMBER = _TICKET.select().where(_ticket.number == bindparam("number"))
# the words of the partial index: bound values would keep SQLite from using it
_IS_OPEN = text(tables.IS_OPEN)
_NEXT_NUMBER = select(func.coalesce(func.max(_ticket.number), tables.FIRST_NUMBER - 1) + 1).scalar_subquery()
_SAVE = (
    update(tables.ticket)
    .where(_ticket.ticket_id == bindparam("key_"), _ticket.version == bindparam("seen_"))
    .values({name: bindparam(f"new_{name}") for name in _TICKET.names if name not in ("ticket_id", "number")})
)
_NOTES_OF = _NOTE.among("ticket_id").order_by(tables.note.c.at, tables.note.c.note_id)
_EVENTS_OF = _EVENT.among("ticket_id").order_by(_event.event_id)
_HEADS = select(_event.ticket_id, _event.hash).where(
    _event.event_id.in_(
        select(func.max(_event.event_id))
        .where(_event.ticket_id.in_(bindparam(IDS, expanding=True)))
        .group_by(_event.ticket_id)
    )
)
_CHAIN = (
    select(*_EVENT.columns, _event.hash)
    .where(_event.ticket_id == bindparam("ticket_id"))
    .order_by(_event.event_id)
)


class Tickets:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, ticket_ids: Sequence[int]) -> Sequence[TicketRecord]:
        """Tickets by id."""
        return _TICKET.records(self._work.read(_TICKETS, {IDS: ticket_ids}))

    def lines(self, ticket_ids: Sequence[int]) -> Sequence[TicketLine]:
        """What rows of the queue show of these tickets."""
        return list(starmap(TicketLine, self._work.read(_LINES, {IDS: ticket_ids}).all()))

    def by_number(self, number: int) -> TicketRecord | None:
        """The ticket people call by this number."""
        return _TICKET.one(self._work.read(_BY_NUMBER, {"number": number}))

    def lock(self, ticket_ids: Sequence[int]) -> Sequence[TicketRecord]:
        """Tickets as they are now, in id order, locked until the unit of work ends."""
        return _TICKET.records(self._work.write(_LOCK_TICKETS, {IDS: ticket_ids}))

    def open_items(
        self, *, ticket_ids: Sequence[int] | None = None, customer_ids: Sequence[int] | None = None
    ) -> Sequence[OpenTicket]:
        """Open tickets: all of them, or of these ids or customers only."""
        statement: Select[Any] = _OPEN.select().where(_IS_OPEN)
        if ticket_ids is not None:
            statement = statement.where(_ticket.ticket_id.in_(ticket_ids))
        if customer_ids is not None:
            statement = statement.where(_ticket.customer_id.in_(customer_ids))
        return list(starmap(OpenTicket, self._work.read(statement).all()))

    def open_rows(self) -> Iterator[Sequence[NarrowRow]]:
        """All open tickets as narrow rows, slice by slice."""
        work = self._work
        # the driver's own values: there may be 100,000 rows
        found = work.connection.exec_driver_sql(_OPEN_ROWS, execution_options={"stream_results": True})
        for rows in found.partitions(_SLICE):
            yield [_in_numbers(row) for row in rows] if work.postgresql else cast("Sequence[NarrowRow]", rows)

    def add(self, record: TicketRecord) -> TicketRecord:
        """Stores a new ticket; the answer carries its id and number."""
        number: Any = tables.ticket_number.next_value() if self._work.postgresql else _NEXT_NUMBER
        values = _TICKET.values(record) | {"folded": fold(record.title)}
        del values["number"]
        statement = _TICKET.insert.values(number=number).returning(_ticket.ticket_id, _ticket.number)
        row = self._work.write(statement, values).one()
        return replace(record, ticket_id=row.ticket_id, number=row.number)

    def hold(self, ticket_ids: Sequence[int]) -> Sequence[HeldTicket]:
        """The open ones of these tickets, in id order, locked until the unit of work ends."""
        return list(starmap(HeldTicket, self._work.write(_HOLD_OPEN, {IDS: ticket_ids}).all()))

    def plan(self, records: Sequence[PlannedTicket]) -> None:
        """Overwrites what the clocks of these tickets decide."""
        if records:
            self._work.write(
                _PLAN, [{f"new_{name}": getattr(one, name) for name in _PLANNED} for one in records]
            )

    def save(self, record: TicketRecord) -> bool:
        """Overwrites a ticket whose stored version is one less than the record's; False when it is not."""
        values = _TICKET.values(record)
        del values["number"]
        bound = {f"new_{name}": value for name, value in values.items()}
        done = self._work.write(_SAVE, {"key_": record.ticket_id, "seen_": record.version - 1, **bound})
        return done.rowcount == 1


class Notes:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of_ticket(self, ticket_id: int) -> Sequence[NoteRecord]:
        """All notes of a ticket, oldest first."""
        return _NOTE.records(self._work.read(_NOTES_OF, {IDS: [ticket_id]}))

    def add(self, record: NoteRecord) -> int:
        """Stores a note; its id."""
        return _NOTE.add(self._work, [_NOTE.values(record)])[0]

    def erase(self, note_ids: Sequence[int], at: datetime) -> int:
        """Empties text and salt of these notes; how many were not empty yet."""
        note = tables.note.c
        statement = (
            update(tables.note)
            .where(note.note_id.in_(note_ids), note.erased_at.is_(None))
            .values(text="", salt="", erased_at=at)
        )
        return self._work.write(statement).rowcount


class Events:
    """The port of the same name. An event carries a hash over itself and the one before it on its ticket."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of_ticket(self, ticket_id: int) -> Sequence[EventRecord]:
        """All events of a ticket, in the order they were written."""
        return _EVENT.records(self._work.read(_EVENTS_OF, {IDS: [ticket_id]}))

    def add(self, records: Sequence[EventRecord]) -> None:
        """Appends events, in order, each sealed into its ticket's chain."""
        self._work.must_write()
        if not records:
            return
        ids = sorted({record.ticket_id for record in records})
        if self._work.postgresql:
            # two events must not follow the same one
            self._work.write(_HOLD_TICKETS, {IDS: ids}).close()
        heads: dict[int, str] = {row.ticket_id: row.hash for row in self._work.read(_HEADS, {IDS: ids})}
        rows = []
        for record in records:
            seal = heads[record.ticket_id] = chained(heads.get(record.ticket_id, ""), record)
            rows.append(_EVENT.values(record) | {"hash": seal})
        self._work.write(_EVENT.insert, rows)

    def chain_is_whole(self, ticket_id: int) -> bool:
        """Whether no event of a ticket was changed, moved or taken out from between others."""
        before = ""
        for row in self._work.read(_CHAIN, {"ticket_id": ticket_id}):
            before = chained(before, _EVENT.record(*row[:-1]))
            if before != row.hash:
                return False
        return True


def _in_numbers(row: Row[Any]) -> NarrowRow:
    """A row of PostgreSQL with its instants as SQLite keeps them."""
    values = [microseconds(one) if isinstance(one, datetime) else one for one in row]
    return cast("NarrowRow", tuple(values))


def chained(before: str, record: EventRecord) -> str:
    """SHA-256 (hex) over the hash before it and the event's own content; the event's id is no part of it."""
    content = [
        before,
        record.ticket_id,
        microseconds(record.at),
        record.agent_id,
        record.kind,
        dict(record.data),
    ]
    document = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(document.encode()).hexdigest()
