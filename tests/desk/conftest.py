"""A desk over a real store, with made-up vendors, customers and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from deskui.clock import FixedClock
from deskui.desk.desk import Desk
from deskui.desk.model import Agent, Call, TicketDetail
from deskui.desk.records import (
    AgentRecord,
    ContactRecord,
    ContractRecord,
    CustomerRecord,
    ProductRecord,
)
from deskui.desk.terms import HOME_ZONE
from deskui.paths import data_dir
from deskui.policy.library import HolidayShelf, Library
from deskui.store import open_store
from deskui.store.store import Store

POLICIES = Path(__file__).parent / "policies"

MONDAY = date(2026, 11, 23)


def at(hour: int, minute: int = 0, *, day: date = MONDAY, second: int = 0) -> datetime:
    """An instant by the clock in Bangkok, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=HOME_ZONE).astimezone(UTC)


@cache
def shelf() -> HolidayShelf:
    """The shipped holiday sets, read once."""
    return HolidayShelf(data_dir() / "holidays")


@cache
def library() -> Library:
    """The made-up vendors of these tests."""
    return Library({path.stem: path for path in sorted(POLICIES.glob("*.toml"))}, shelf())


@dataclass
class World:
    """A store with customers, and desks over it."""

    store: Store
    clock: FixedClock
    nok: Desk
    art: Desk
    gold: Call
    """A call of a customer with the plan gold, at the policy `sixth`, without a service."""
    silver: Call
    bare: Call
    """A call of a customer without an agreement."""
    other: Call
    """A call of a customer with the plan gold at the policy `seventh`."""

    def desk(self, agent: Agent) -> Desk:
        """One more desk over the same store."""
        return Desk(self.store.uow, library(), self.clock, agent)

    def move(self, **by: float) -> datetime:
        """Moves the clock on; the new instant."""
        self.clock.advance(timedelta(**by))
        return self.clock.now()

    def log(self, call: Call, service: str, **answers: object) -> TicketDetail:
        """Logs a call about a service."""
        return self.nok.open_ticket(asking(call, service, **answers))


def asking(call: Call, service: str, **answers: object) -> Call:
    """The call about a service, with answers."""
    return Call(
        channel=call.channel,
        customer_id=call.customer_id,
        contact_id=call.contact_id,
        product_id=call.product_id,
        service=service,
        answers={**call.answers, **answers},
        title=f"{service} wanted",
    )


def fill(store: Store, clock: FixedClock) -> World:
    """Customers with and without agreements, and two agents."""
    people = [
        ("SX-001", "Test Trading", "sixth", "gold", "+66812345678", "สมศรี"),
        ("SX-002", "Siam Parts", "sixth", "silver", "02-123-4567", "Front desk"),
        ("SX-003", "Thonburi Stores", "sixth", None, "089 999 1234", "สมชาย"),
        ("SV-001", "น้ำใส จำกัด", "seventh", "gold", "0800000001", "น้ำฝน"),
    ]
    calls: list[Call] = []
    with store.uow(write=True) as uow:
        uow.agents.add(AgentRecord(0, "nok", "Nok", "ค่ะ", "th"))
        uow.agents.add(AgentRecord(0, "art", "Art", "ครับ", "en"))
        agents = {
            agent.code: Agent(agent.agent_id, agent.code, agent.name, agent.particle, agent.language)
            for agent in uow.agents.all()
        }
        for code, name, policy, plan, phone, contact in people:
            customer = uow.customers.add([CustomerRecord(0, code, name, "Bangkok")])[0]
            contact_id = uow.contacts.add([ContactRecord(0, customer, contact, phone)])[0]
            product = uow.products.add(
                [ProductRecord(0, customer, policy, f"{policy} suite", date(2020, 3, 1))]
            )[0]
            if plan is not None:
                uow.contracts.add(
                    [ContractRecord(0, product, date(2026, 8, 1), date(2027, 7, 31), plan, paid=True)]
                )
            calls.append(Call(customer_id=customer, contact_id=contact_id, product_id=product))
        uow.commit()
    nok, art = (Desk(store.uow, library(), clock, agents[code]) for code in ("nok", "art"))
    return World(store, clock, nok, art, *calls)


@pytest.fixture
def world(db_url: str) -> Iterator[World]:
    """A filled store on Monday 23 November 2026, 10:30 in Bangkok."""
    store = open_store(db_url)
    try:
        yield fill(store, FixedClock(at(10, 30)))
    finally:
        store.close()


@pytest.fixture
def ploy(world: World) -> Desk:
    """The desk of a supervisor."""
    with world.store.uow(write=True) as uow:
        agent_id = uow.agents.add(AgentRecord(0, "ploy", "Ploy", "ค่ะ", "th", supervisor=True))
        uow.commit()
    return world.desk(Agent(agent_id, "ploy", "Ploy", "ค่ะ", "th", supervisor=True))
