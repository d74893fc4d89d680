"""A store of the test's own, with the few records that others refer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from deskui.desk.records import AgentRecord, ContactRecord, CustomerRecord, ProductRecord
from deskui.store import open_store
from deskui.store.store import Store


@pytest.fixture
def store(db_url: str) -> Iterator[Store]:
    """An empty store, on SQLite or PostgreSQL."""
    opened = open_store(db_url)
    yield opened
    opened.close()


@dataclass(frozen=True)
class Basics:
    """Ids of one record of each kind that a ticket refers to."""

    agent: int
    customer: int
    contact: int
    product: int


@pytest.fixture
def basics(store: Store) -> Basics:
    """One agent, and one customer with a contact and a product."""
    with store.uow(write=True) as uow:
        agent = uow.agents.add(AgentRecord(0, "nok", "นก"))
        (customer,) = uow.customers.add([CustomerRecord(0, "BP-0042", "Test Trading")])
        (contact,) = uow.contacts.add([ContactRecord(0, customer, "คุณสมศรี", "+66812345678")])
        (product,) = uow.products.add([ProductRecord(0, customer, "business-plus", "Payroll")])
        uow.commit()
    return Basics(agent, customer, contact, product)
