"""The number of statements does not grow with the rows, and the narrow indexes are the ones that are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from deskui.desk.records import (
    ContactRecord,
    ContractRecord,
    CustomerRecord,
    EventRecord,
    MachineRecord,
    ProductRecord,
)
from deskui.store.store import Store
from deskui.store.uow import UnitOfWork
from tests.databases import only_on
from tests.store.conftest import Basics
from tests.store.samples import NOON, clock, ticket


@pytest.fixture
def asked() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is sent to a database, with its parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        seen.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


def _fill(uow: UnitOfWork, basics: Basics, count: int) -> None:
    """`count` customers with a contact, product, machine and contract each, and tickets with a clock."""
    start = len(uow.products.of_customers(range(1, 500)))
    customers = uow.customers.add([CustomerRecord(0, f"C{start + n}", "same name") for n in range(count)])
    uow.contacts.add([ContactRecord(0, one, "same name") for one in customers])
    products = uow.products.add([ProductRecord(0, one, "emwork", "ERP") for one in customers])
    uow.machines.add([MachineRecord(0, one, "front") for one in products])
    uow.contracts.add([ContractRecord(0, one, None, None) for one in products])
    tickets = [uow.tickets.add(ticket(basics)).ticket_id for _ in range(count)]
    uow.clocks.add([clock(one) for one in tickets])
    uow.events.add([EventRecord(0, one, NOON, None, "opened") for one in tickets])


IDS = range(1, 400)
ALWAYS = (NOON - timedelta(days=9), NOON + timedelta(days=9))
LISTS: dict[str, Callable[[UnitOfWork], Sequence[object]]] = {
    "customers": lambda uow: uow.customers.get(IDS),
    "callers": lambda uow: uow.customers.search(["same", "name"], 500),
    "contacts": lambda uow: uow.contacts.of_customers(IDS),
    "products": lambda uow: uow.products.of_customers(IDS),
    "machines": lambda uow: uow.machines.of_products(IDS),
    "contracts": lambda uow: uow.contracts.of_products(IDS),
    "tickets": lambda uow: uow.tickets.get(IDS),
    "lines": lambda uow: uow.tickets.lines(IDS),
    "locks": lambda uow: uow.tickets.lock(IDS),
    "queue": lambda uow: uow.tickets.open_items(),
    "order": lambda uow: [row for rows in uow.tickets.open_rows() for row in rows],
    "clocks": lambda uow: uow.clocks.of_tickets(IDS),
    "matching": lambda uow: uow.finding.matching(["payroll"]),
    "overdue": lambda uow: uow.clocks.overdue(NOON + timedelta(days=1), 500),
    "reaching": lambda uow: [one for some in uow.clocks.reaching(*ALWAYS) for one in some],
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_one_statement_however_long_it_is(
    store: Store, basics: Basics, asked: list[tuple[str, Any]], name: str
) -> None:
    lengths = []
    for more in (2, 20):
        with store.uow(write=True) as uow:
            _fill(uow, basics, more)
            asked.clear()
            lengths.append(len(LISTS[name](uow)))
            assert len(asked) == 1
            uow.commit()
    assert lengths[1] >= lengths[0] + 20


def test_writing_many_takes_as_many_statements_as_writing_two(
    store: Store, basics: Basics, asked: list[tuple[str, Any]]
) -> None:
    counts = []
    for more in (2, 20):
        with store.uow(write=True) as uow:
            tickets = [uow.tickets.add(ticket(basics)).ticket_id for _ in range(more)]
            asked.clear()
            ids = uow.clocks.add([clock(one) for one in tickets])
            uow.clocks.save([clock(one, clock_id=which) for one, which in zip(tickets, ids, strict=True)])
            uow.events.add([EventRecord(0, one, NOON, None, "opened") for one in tickets])
            uow.changes.add("ticket", tickets, NOON)
            uow.commit()
            counts.append(len(asked))
    assert counts[0] == counts[1]


PLANS: dict[str, tuple[Callable[[UnitOfWork], object], str]] = {
    "queue": (lambda uow: uow.tickets.open_items(), "COVERING INDEX ix_ticket_open"),
    "order": (lambda uow: list(uow.tickets.open_rows()), "COVERING INDEX ix_ticket_open"),
    "customer": (lambda uow: uow.tickets.open_items(customer_ids=[1, 2]), "INDEX ix_ticket_open_customer"),
    "overdue": (lambda uow: uow.clocks.overdue(NOON, 10), "INDEX ix_clock_due (due_at<?)"),
    "reaching": (lambda uow: list(uow.clocks.reaching(*ALWAYS)), "INDEX ix_clock_due (due_at>?)"),
    "missed": (
        lambda uow: list(uow.clocks.missed("emwork", ["a", "b"], *ALWAYS)),
        "INDEX ix_clock_calendar (policy=? AND calendar=?)",
    ),
    "events": (lambda uow: uow.events.of_ticket(1), "INDEX ix_event_ticket_id"),
    "last": (lambda uow: uow.changes.last(), "SEARCH change"),
    "needle": (lambda uow: uow.customers.search(["abcd"], 10), "VIRTUAL TABLE INDEX"),
    "prefix": (
        lambda uow: uow.customers.search(["abcd", "efgh"], 10),
        "ix_contact_folded (folded>?",
    ),
    "matching": (lambda uow: uow.finding.matching(["abcd"]), "COVERING INDEX ix_ticket_folded"),
    "number": (lambda uow: uow.finding.matching(["12"]), "COVERING INDEX ix_ticket_folded"),
    "names": (lambda uow: uow.finding.customer_names(), "COVERING INDEX ix_ticket_"),
    "short": (
        lambda uow: uow.customers.search(["ab"], 10),
        "COVERING INDEX ix_customer_folded",
    ),
}


@pytest.mark.parametrize("name", PLANS)
@only_on("sqlite")
def test_sqlite_reads_the_index_that_was_made_for_it(
    store: Store, db_url: str, asked: list[tuple[str, Any]], name: str
) -> None:
    ask, index = PLANS[name]
    with store.uow() as uow:
        ask(uow)
        statement, parameters = asked[-1]
        asks = uow.tickets._work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plan = "\n".join(row[3] for row in asks)
    assert index in plan


@only_on("postgresql")
def test_postgresql_has_a_trigram_index_where_it_can(store: Store, basics: Basics, db_url: str) -> None:
    with store.uow() as uow:
        connection = uow.agents._work.connection
        can = connection.scalar(text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"))
        found = connection.scalars(
            text("SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%gin_trgm_ops%'")
        )
        assert set(found) == (
            {f"search_{name}" for name in ("customer", "contact", "product", "machine")} if can else set()
        )
