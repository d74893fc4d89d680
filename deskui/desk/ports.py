"""What the use cases need of a store.

Locking: a unit of work opened with `write=True` sees the newest committed data and excludes other writers
from what it locks. Where the database has a single writer, opening it is the lock; elsewhere the methods
named `lock` take row locks, in id order, that are held to the end of the unit of work. The use cases call
`products.lock` before they read the quota ledger to consume from it, and `tickets.lock` before they
change a ticket, its clocks or its breaches, so that no update is lost. Who takes both locks the ticket
first; who plans clocks holds the days they are planned by before either.

Lists of ids have at most 500 entries; answers hold no more than one row per id unless said, leave out ids
that are unknown, and come in no particular order unless said. All methods may raise StoreFailure; a method
that writes raises it too when the unit of work was opened for reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from deskui.desk.adviceports import Duty, Problems, SupervisorQuestions
from deskui.desk.callports import CallLog, Rings
from deskui.desk.deskports import Agents, Changes, Drafts, Holidays, Replans, Settings
from deskui.desk.erasureports import Erasure
from deskui.desk.records import (
    CallerRecord,
    ContactRecord,
    ContractRecord,
    CustomerRecord,
    MachineRecord,
    ProductRecord,
    UsageRecord,
)
from deskui.desk.settledports import SettledReadings
from deskui.desk.ticketports import Breaches, Clocks, Events, Notes, Tickets
from deskui.desk.workports import Finding, Merges, Notices, Presences, SavedViews, Steps

__all__ = [
    "MOST_IDS",
    "Agents",
    "Breaches",
    "CallLog",
    "Changes",
    "Clocks",
    "Contacts",
    "Contracts",
    "Customers",
    "Drafts",
    "Duty",
    "Erasure",
    "Events",
    "Finding",
    "Holidays",
    "Machines",
    "Merges",
    "Notes",
    "Notices",
    "Presences",
    "Products",
    "Replans",
    "Rings",
    "SavedViews",
    "Settings",
    "SettledReadings",
    "Steps",
    "Tickets",
    "UnitOfWork",
    "UowFactory",
    "Usage",
]

MOST_IDS = 500
"""How many ids one question may name."""


class Customers(Protocol):
    """Customers, and the search over them and their contacts."""

    def get(self, customer_ids: Sequence[int]) -> Sequence[CustomerRecord]:
        """Customers by id."""
        ...

    def by_codes(self, codes: Sequence[str]) -> Sequence[CustomerRecord]:
        """Customers by their own number, letter for letter; at most 500 at a time."""
        ...

    def hold_codes(self, codes: Sequence[str]) -> Sequence[CustomerRecord]:
        """The same as they are now. Asked by who gives codes out: until the unit of work ends no other one
        that asks it goes on.
        """
        ...

    def search(self, needles: Sequence[str], limit: int) -> Sequence[CallerRecord]:
        """Customers and contacts whose search key holds any of the folded needles, at most `limit`.

        Keys that start with a needle come before others, so that a cut keeps the better hits. A
        customer's key is `fold.customer_key(code, name)`, a contact's `fold.contact_key(name, phone)`; a
        needle has one character or more.
        """
        ...

    def add(self, records: Sequence[CustomerRecord]) -> Sequence[int]:
        """Stores new customers; their ids in the same order. Any number at a time."""
        ...

    def save(self, record: CustomerRecord) -> None:
        """Overwrites one customer."""
        ...


class Contacts(Protocol):
    """The people who call."""

    def get(self, contact_ids: Sequence[int]) -> Sequence[ContactRecord]:
        """Contacts by id."""
        ...

    def lock(self, contact_id: int) -> ContactRecord | None:
        """The contact as it is now, locked until the unit of work ends."""
        ...

    def of_customers(self, customer_ids: Sequence[int]) -> Sequence[ContactRecord]:
        """All contacts of these customers, by name."""
        ...

    def add(self, records: Sequence[ContactRecord]) -> Sequence[int]:
        """Stores new contacts; their ids in the same order. Any number at a time."""
        ...

    def save(self, record: ContactRecord) -> None:
        """Overwrites one contact."""
        ...


class Products(Protocol):
    """What customers bought."""

    def get(self, product_ids: Sequence[int]) -> Sequence[ProductRecord]:
        """Products by id."""
        ...

    def of_customers(self, customer_ids: Sequence[int]) -> Sequence[ProductRecord]:
        """All products of these customers, by id."""
        ...

    def policies(self) -> Sequence[str]:
        """The policies of all products, each once, sorted."""
        ...

    def lock(self, product_id: int) -> ProductRecord | None:
        """The product as it is now, locked with its contracts and ledger until the unit of work ends."""
        ...

    def add(self, records: Sequence[ProductRecord]) -> Sequence[int]:
        """Stores new products; their ids in the same order. Any number at a time."""
        ...

    def save(self, record: ProductRecord) -> None:
        """Overwrites one product."""
        ...


class Machines(Protocol):
    """Machines of products."""

    def of_products(self, product_ids: Sequence[int]) -> Sequence[MachineRecord]:
        """All machines of these products, by id."""
        ...

    def add(self, records: Sequence[MachineRecord]) -> Sequence[int]:
        """Stores new machines; their ids in the same order. Any number at a time."""
        ...

    def save(self, record: MachineRecord) -> None:
        """Overwrites one machine."""
        ...


class Contracts(Protocol):
    """Maintenance agreements."""

    def of_products(self, product_ids: Sequence[int]) -> Sequence[ContractRecord]:
        """All contracts of these products, by start (none first), then id."""
        ...

    def add(self, records: Sequence[ContractRecord]) -> Sequence[int]:
        """Stores new contracts; their ids in the same order. Any number at a time."""
        ...

    def save(self, record: ContractRecord) -> None:
        """Overwrites one contract."""
        ...


class Usage(Protocol):
    """The quota ledger; append-only."""

    def of_products(self, product_ids: Sequence[int]) -> Sequence[UsageRecord]:
        """All entries of these products, in the order they were written."""
        ...

    def of_ticket(self, ticket_id: int) -> Sequence[UsageRecord]:
        """All entries of a ticket, in the order they were written."""
        ...

    def add(self, records: Sequence[UsageRecord]) -> None:
        """Appends entries."""
        ...


class UnitOfWork(Protocol):
    """One transaction. Used as a context manager; rolls back on leaving unless `commit` was called."""

    @property
    def customers(self) -> Customers: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def products(self) -> Products: ...
    @property
    def machines(self) -> Machines: ...
    @property
    def contracts(self) -> Contracts: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def events(self) -> Events: ...
    @property
    def erasure(self) -> Erasure: ...
    @property
    def usage(self) -> Usage: ...
    @property
    def clocks(self) -> Clocks: ...
    @property
    def breaches(self) -> Breaches: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def rings(self) -> Rings: ...
    @property
    def call_log(self) -> CallLog: ...
    @property
    def problems(self) -> Problems: ...
    @property
    def questions(self) -> SupervisorQuestions: ...
    @property
    def duty(self) -> Duty: ...
    @property
    def readings(self) -> SettledReadings: ...
    @property
    def agents(self) -> Agents: ...
    @property
    def holidays(self) -> Holidays: ...
    @property
    def replans(self) -> Replans: ...
    @property
    def merges(self) -> Merges: ...
    @property
    def steps(self) -> Steps: ...
    @property
    def presences(self) -> Presences: ...
    @property
    def saved_views(self) -> SavedViews: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def finding(self) -> Finding: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def settings(self) -> Settings: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Makes everything done so far last; the unit of work is over."""
        ...


class UowFactory(Protocol):
    """Opens units of work; may be called from any thread, each used by one thread."""

    def __call__(self, write: bool = False) -> UnitOfWork:
        """A unit of work for reading, or for reading and writing."""
        ...
