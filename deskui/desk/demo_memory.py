"""A unit of work that keeps what happens to tickets in memory and writes it all at the end.

The demo plays hundreds of tickets through the desk's own use cases; each of their writes by itself would
take seconds. What these use cases do not ask of a ticket goes straight to the store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Generic, Protocol, Self, TypeVar, cast

from deskui.dataclass import dataclass
from deskui.desk.advicerecords import QuestionRecord
from deskui.desk.columns import narrow
from deskui.desk.model import TicketState
from deskui.desk.planrecords import ReplanRecord
from deskui.desk.ports import UnitOfWork
from deskui.desk.records import (
    BreachRecord,
    ClockRecord,
    CustomerRecord,
    EventRecord,
    NarrowRow,
    NoteRecord,
    OpenTicket,
    TicketLine,
    TicketRecord,
    UsageRecord,
)
from deskui.desk.workrecords import MergeRecord

_DONE = (TicketState.RESOLVED, TicketState.CLOSED, TicketState.MERGED)
_NARROW = tuple(field.name for field in fields(OpenTicket))
_LINE = tuple(field.name for field in fields(TicketLine) if field.name not in ("customer", "assignee"))
_PAGE = 400
"""Tickets whose events are written at a time."""


class _OfProduct(Protocol):
    @property
    def product_id(self) -> int: ...


_RecordT = TypeVar("_RecordT")
_OfProductT = TypeVar("_OfProductT", bound=_OfProduct)


class _Behind:
    """A part of the store of which some methods are replaced."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class _ById(_Behind, Generic[_RecordT]):
    """Records on file, by id."""

    def __init__(self, real: Any, records: Mapping[int, _RecordT]) -> None:
        super().__init__(real)
        self._records = records

    def get(self, ids: Sequence[int]) -> Sequence[_RecordT]:
        """Those of these ids."""
        return [self._records[key] for key in ids if key in self._records]

    def lock(self, key: int) -> _RecordT | None:
        """One of them: the unit of work is the only one."""
        return self._records.get(key)


class _ByProduct(_Behind, Generic[_OfProductT]):
    """Records on file, by the product they belong to."""

    def __init__(self, real: Any, records: Iterable[_OfProductT]) -> None:
        super().__init__(real)
        self._records: dict[int, list[_OfProductT]] = defaultdict(list)
        for record in records:
            self._records[record.product_id].append(record)

    def of_products(self, ids: Sequence[int]) -> Sequence[_OfProductT]:
        """All of these products."""
        return [record for key in ids for record in self._records.get(key, ())]

    def add(self, records: Sequence[_OfProductT]) -> None:
        """Keeps more of them."""
        for record in records:
            self._records[record.product_id].append(record)

    def all(self) -> list[_OfProductT]:
        """Every one."""
        return [record for records in self._records.values() for record in records]


class _Tickets(_Behind):
    def __init__(self, real: Any, customers: _ById[CustomerRecord], agents: _Fixed) -> None:
        super().__init__(real)
        self.records: dict[int, TicketRecord] = {}
        self._customers = customers
        self._agents = agents

    def get(self, ids: Sequence[int]) -> Sequence[TicketRecord]:
        return [self.records[key] for key in ids if key in self.records]

    lock = get

    def lines(self, ids: Sequence[int]) -> Sequence[TicketLine]:
        codes = {agent.agent_id: agent.code for agent in self._agents.all()}
        return [
            TicketLine(
                customer=self._customers.get([ticket.customer_id])[0].name,
                assignee=None if ticket.assignee_id is None else codes.get(ticket.assignee_id),
                **{name: getattr(ticket, name) for name in _LINE},
            )
            for ticket in self.get(ids)
        ]

    def open_items(
        self, *, ticket_ids: Sequence[int] | None = None, customer_ids: Sequence[int] | None = None
    ) -> Sequence[OpenTicket]:
        found = self.records.values() if ticket_ids is None else self.get(ticket_ids)
        return [
            OpenTicket(*(getattr(ticket, name) for name in _NARROW))
            for ticket in found
            if ticket.state not in _DONE and (customer_ids is None or ticket.customer_id in customer_ids)
        ]

    def open_rows(self) -> Iterator[Sequence[NarrowRow]]:
        yield [narrow(item) for item in self.open_items()]

    def add(self, record: TicketRecord) -> TicketRecord:
        ticket_id = len(self.records) + 1
        self.records[ticket_id] = replace(record, ticket_id=ticket_id, number=ticket_id)
        return self.records[ticket_id]

    def save(self, record: TicketRecord) -> bool:
        fits = self.records[record.ticket_id].version == record.version - 1
        if fits:
            self.records[record.ticket_id] = record
        return fits


class _Clocks(_Behind):
    def __init__(self, real: Any) -> None:
        super().__init__(real)
        self.records: dict[int, ClockRecord] = {}
        self._of: dict[int, list[int]] = defaultdict(list)

    def of_tickets(self, ids: Sequence[int]) -> Sequence[ClockRecord]:
        return [self.records[key] for ticket_id in ids for key in self._of[ticket_id]]

    def add(self, records: Sequence[ClockRecord]) -> Sequence[int]:
        ids = range(len(self.records) + 1, len(self.records) + 1 + len(records))
        for clock_id, record in zip(ids, records, strict=True):
            self.records[clock_id] = replace(record, clock_id=clock_id)
            self._of[record.ticket_id].append(clock_id)
        return ids

    def save(self, records: Sequence[ClockRecord]) -> None:
        self.records.update({record.clock_id: record for record in records})


class _Events(_Behind):
    def __init__(self, real: Any) -> None:
        super().__init__(real)
        self.records: dict[int, list[EventRecord]] = defaultdict(list)

    def of_ticket(self, ticket_id: int) -> Sequence[EventRecord]:
        return self.records[ticket_id]

    def add(self, records: Sequence[EventRecord]) -> None:
        for record in records:
            self.records[record.ticket_id].append(record)


class _Notes(_Behind):
    def __init__(self, real: Any) -> None:
        super().__init__(real)
        self.records: list[NoteRecord] = []

    def add(self, record: NoteRecord) -> int:
        self.records.append(record)
        return len(self.records)


class _Breaches(_Behind):
    def __init__(self, real: Any) -> None:
        super().__init__(real)
        self.records: dict[tuple[int, datetime], BreachRecord] = {}

    def add(self, record: BreachRecord) -> bool:
        kept = self.records.get((record.clock_id, record.due_at))
        if kept is not None and kept.voided_at is None:
            return False
        self.records[record.clock_id, record.due_at] = record
        return True

    def void(self, clock_id: int, due_at: datetime, at: datetime, reason: str) -> None:
        kept = self.records[clock_id, due_at]
        self.records[clock_id, due_at] = replace(kept, voided_at=at, void_reason=reason)


class _Usage(_ByProduct[UsageRecord]):
    def of_ticket(self, ticket_id: int) -> Sequence[UsageRecord]:
        return [entry for entry in self.all() if entry.ticket_id == ticket_id]


class _Merges(_Behind):
    def __init__(self, real: Any) -> None:
        super().__init__(real)
        self.records: list[MergeRecord] = []

    def add(self, record: MergeRecord) -> None:
        self.records.append(record)


class _Untold:
    """What is not kept: changes are told once when all is written, and no step is there to be taken back."""

    def add(self, kind: str, entity_ids: Sequence[int], at: datetime) -> None:
        """Tells nothing."""

    def put(self, step: object) -> None:
        """Keeps nothing."""


class _Unasked(_Behind):
    """Questions to the supervisor: none is asked before the desk is open."""

    def of_ticket(self, ticket_id: int) -> Sequence[QuestionRecord]:
        """None."""
        return ()


class _Planned:
    """Nothing is left to be planned anew in a store that is being made."""

    def unfinished(self) -> Sequence[ReplanRecord]:
        """None."""
        return ()


class _Fixed(_Behind):
    """What is read over and over and does not change meanwhile."""

    def __init__(self, real: Any) -> None:
        super().__init__(real)
        self._all: Any = None
        self._settings: dict[tuple[str, ...], Any] = {}

    def all(self) -> Any:
        if self._all is None:
            self._all = self._real.all()
        return self._all

    def hold(self) -> Any:
        """Nobody else is there yet."""
        return self.all()

    def read(self, names: Sequence[str]) -> Any:
        key = tuple(names)
        if key not in self._settings:
            self._settings[key] = self._real.read(names)
        return self._settings[key]


@dataclass(frozen=True)
class Filed:
    """Everything on file about the customers, as it was stored."""

    customers: Mapping[int, Any]
    contacts: Mapping[int, Any]
    products: Mapping[int, Any]
    contracts: Sequence[Any]
    machines: Sequence[Any]
    usage: Sequence[UsageRecord]
    """Not stored yet: what was used up before."""


class Held(_Behind):
    """An open unit of work as one that use cases open and commit: nothing lasts before its own commit."""

    def commit(self) -> None:
        """Whoever opened it decides."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Goes on: what failed ends the store's own unit of work."""

    def uow(self, write: bool = False) -> UnitOfWork:
        """The same one each time: there is no other."""
        return cast("UnitOfWork", self)


class Memory(Held):
    """The port `deskui.desk.ports.UnitOfWork` over an open one of the store; `flush` writes what happened."""

    def __init__(self, real: UnitOfWork, filed: Filed) -> None:
        super().__init__(real)
        self.customers = _ById(real.customers, filed.customers)
        self.contacts = _ById(real.contacts, filed.contacts)
        self.products = _ById(real.products, filed.products)
        self.contracts = _ByProduct(real.contracts, filed.contracts)
        self.machines = _ByProduct(real.machines, filed.machines)
        self.usage = _Usage(real.usage, filed.usage)
        self.clocks = _Clocks(real.clocks)
        self.events = _Events(real.events)
        self.notes = _Notes(real.notes)
        self.breaches = _Breaches(real.breaches)
        self.merges = _Merges(real.merges)
        self.changes = self.steps = _Untold()
        self.questions = _Unasked(real.questions)
        self.agents = _Fixed(real.agents)
        self.tickets = _Tickets(real.tickets, self.customers, self.agents)
        self.settings = _Fixed(real.settings)
        self.readings = _Fixed(real.readings)
        self.holidays = _Fixed(real.holidays)
        self.replans = _Planned()

    def flush(self, at: datetime) -> Mapping[int, int]:
        """Writes everything. The store gives the ids that last: those of the tickets, by the ones here."""
        store = self._real
        added = {kept: store.tickets.add(record) for kept, record in self.tickets.records.items()}
        tickets = {kept: record.ticket_id for kept, record in added.items()}
        clocks = [
            replace(clock, ticket_id=tickets[clock.ticket_id]) for clock in self.clocks.records.values()
        ]
        clock_ids = dict(zip(self.clocks.records, store.clocks.add(clocks), strict=True))
        note_ids = {
            place: store.notes.add(replace(note, ticket_id=tickets[note.ticket_id]))
            for place, note in enumerate(self.notes.records, start=1)
        }
        for breach in self.breaches.records.values():
            clock_id = clock_ids[breach.clock_id]
            store.breaches.add(replace(breach, clock_id=clock_id, ticket_id=tickets[breach.ticket_id]))
            if breach.voided_at is not None:
                store.breaches.void(clock_id, breach.due_at, breach.voided_at, breach.void_reason)
        for merge in self.merges.records:
            store.merges.add(
                replace(merge, ticket_id=tickets[merge.ticket_id], target_id=tickets[merge.target_id])
            )
        names = {
            "clock": clock_ids,
            "clocks": clock_ids,
            "note": note_ids,
            "into": tickets,
            "ticket": tickets,
        }
        # a ticket's number in memory is its id there
        names["number"] = {kept: record.number for kept, record in added.items()}
        kept = list(self.events.records)
        for first in range(0, len(kept), _PAGE):
            store.events.add(
                [
                    replace(event, ticket_id=tickets[event.ticket_id], data=_renamed(event.data, names))
                    for ticket_id in kept[first : first + _PAGE]
                    for event in self.events.records[ticket_id]
                ]
            )
        store.usage.add(
            [
                entry if entry.ticket_id is None else replace(entry, ticket_id=tickets[entry.ticket_id])
                for entry in self.usage.all()
            ]
        )
        store.changes.add("ticket", list(tickets.values()), at)
        return tickets


def _renamed(data: Mapping[str, Any], names: Mapping[str, Mapping[int, int]]) -> dict[str, Any]:
    """An event's data with the ids that the store gave."""
    return {
        key: [names[key][one] for one in value]
        if key == "clocks"
        else names[key][value]
        if key in names
        else value
        for key, value in data.items()
    }
