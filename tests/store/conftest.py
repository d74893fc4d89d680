"""A store of the test's own, with the few records that others refer to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event

import pytest
from sqlalchemy import text

from deskui.desk.records import AgentRecord, ContactRecord, CustomerRecord, ProductRecord
from deskui.store import open_store
from deskui.store.engine import create_engine, parse
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


@pytest.fixture
def somebody_waits(db_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], bool]]:
    """Waits until a transaction waits for another; False when none does."""
    watcher = create_engine(parse(db_url))
    refused = Event()

    def pause(least: float, most: float) -> float:
        refused.set()
        return least

    def waits() -> bool:
        if watcher.dialect.name == "sqlite":
            return refused.wait(10)
        blocked = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        give_up = time.monotonic() + 10
        while time.monotonic() < give_up:
            with watcher.connect() as connection:
                if connection.scalar(blocked):
                    return True
        return False

    monkeypatch.setattr("deskui.store.engine.random.uniform", pause)
    yield waits
    watcher.dispose()
