"""A unit of work is all or nothing, and no update is lost between desks."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from dataclasses import replace
from threading import Thread

import pytest

from deskui.desk import ports
from deskui.desk.errors import StoreFailure
from deskui.desk.model import TicketState
from deskui.desk.records import AgentRecord, ContractRecord, CustomerRecord, EventRecord
from deskui.store.store import Store
from deskui.store.uow import UnitOfWork
from tests.store import rivals
from tests.store.conftest import Basics
from tests.store.samples import NOON, clock, ticket


def _codes(store: Store) -> list[str]:
    with store.uow() as uow:
        return [one.code for one in uow.agents.all()]


def test_leaving_without_commit_changes_nothing(store: Store) -> None:
    with store.uow(write=True) as uow:
        uow.agents.add(AgentRecord(0, "art", "Art"))
    assert _codes(store) == []


def test_an_exception_changes_nothing_and_passes_through(store: Store) -> None:
    def interrupted() -> None:
        with store.uow(write=True) as uow:
            uow.agents.add(AgentRecord(0, "art", "Art"))
            uow.changes.add("setting", [1], NOON)
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        interrupted()
    assert _codes(store) == []
    assert store.last_change() == 0


def test_a_refused_row_takes_the_whole_unit_of_work_with_it(store: Store) -> None:
    def twice() -> None:
        with store.uow(write=True) as uow:
            uow.agents.add(AgentRecord(0, "art", "Art"))
            uow.agents.add(AgentRecord(0, "art", "Another"))
            uow.commit()

    with pytest.raises(StoreFailure) as refused:
        twice()
    assert store.where in refused.value.text.th
    assert _codes(store) == []


def test_a_unit_of_work_is_over_after_commit_and_after_its_block(store: Store) -> None:
    with store.uow(write=True) as uow:
        uow.commit()
        with pytest.raises(RuntimeError):
            uow.commit()
        with pytest.raises(RuntimeError):
            _ = uow.agents
    with pytest.raises(RuntimeError):
        _ = store.uow().tickets


WRITES = {
    "customers": lambda uow: uow.customers.add([CustomerRecord(0, "a", "b")]),
    "contracts": lambda uow: uow.contracts.add([ContractRecord(0, 1, None, None)]),
    "tickets": lambda uow: uow.tickets.lock([1]),
    "products": lambda uow: uow.products.lock(1),
    "events": lambda uow: uow.events.add([EventRecord(0, 1, NOON, None, "opened")]),
    "usage": lambda uow: uow.usage.add([]),
    "clocks": lambda uow: uow.clocks.save([clock(1)]),
    "notes": lambda uow: uow.notes.erase([1], NOON),
    "breaches": lambda uow: uow.breaches.void(1, NOON, NOON, ""),
    "drafts": lambda uow: uow.drafts.drop(1, 1),
    "agents": lambda uow: uow.agents.save(AgentRecord(1, "a", "b")),
    "holidays": lambda uow: uow.holidays.drop("th-private", "2026-01-01"),
    "changes": lambda uow: uow.changes.add("ticket", [1], NOON),
    "settings": lambda uow: uow.settings.write("a", 1),
}


@pytest.mark.parametrize("port", WRITES)
def test_a_unit_of_work_for_reading_refuses_to_write(store: Store, port: str) -> None:
    with store.uow() as uow, pytest.raises(StoreFailure, match="reading"):
        WRITES[port](uow)


def test_one_for_reading_sees_one_state_to_its_end(store: Store) -> None:
    with store.uow() as reader:
        assert reader.agents.all() == []
        with store.uow(write=True) as writer:
            writer.agents.add(AgentRecord(0, "art", "Art"))
            writer.commit()
        assert reader.agents.all() == []
    assert _codes(store) == ["art"]


def test_a_stale_version_is_not_saved(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        seen = uow.tickets.add(ticket(basics))
        uow.commit()
    with store.uow(write=True) as uow:
        assert uow.tickets.save(replace(seen, version=2, state=TicketState.OPEN))
        uow.commit()
    with store.uow(write=True) as uow:
        assert not uow.tickets.save(replace(seen, version=2, state=TicketState.CLOSED))
        assert not uow.tickets.save(replace(seen, version=1))
        assert not uow.tickets.save(replace(seen, version=4))
        uow.commit()
    with store.uow() as uow:
        assert uow.tickets.get([seen.ticket_id]) == [replace(seen, version=2, state=TicketState.OPEN)]


def test_a_lock_answers_with_what_was_committed_last(
    store: Store, basics: Basics, somebody_waits: Callable[[], bool]
) -> None:
    with store.uow(write=True) as uow:
        first = uow.tickets.add(ticket(basics))
        second = uow.tickets.add(ticket(basics))
        uow.commit()
    answers: list[int] = []

    def second_desk() -> None:
        with store.uow(write=True) as uow:
            found = uow.tickets.lock([second.ticket_id, first.ticket_id, 999])
            answers.extend(one.version for one in found)

    with store.uow(write=True) as uow:
        uow.tickets.lock([first.ticket_id])
        rival = Thread(target=second_desk)
        rival.start()
        assert somebody_waits()
        assert uow.tickets.save(replace(first, version=2))
        uow.commit()
    rival.join()
    assert answers == [2, 1]


def test_no_update_is_lost_between_processes(store: Store, basics: Basics, db_url: str) -> None:
    with store.uow(write=True) as uow:
        where = uow.tickets.add(ticket(basics, rank=0)).ticket_id
        uow.commit()
    saved = rivals.run(4, rivals.count_up, db_url, where)
    everything = 4 * rivals.ROUNDS
    assert sum(saved) == everything
    with store.uow() as uow:
        (kept,) = uow.tickets.get([where])
        assert (kept.rank, kept.version) == (everything, everything + 1)
        assert len(uow.events.of_ticket(where)) == everything
        assert uow.events.chain_is_whole(where)
        assert len(uow.changes.since(0, 1000)) == everything


def test_a_quota_is_never_overdrawn_between_processes(store: Store, basics: Basics, db_url: str) -> None:
    total = 2 * rivals.ROUNDS
    taken = rivals.run(4, rivals.use_up, db_url, basics.product, total)
    assert sum(taken) == total
    with store.uow() as uow:
        assert len(uow.usage.of_products([basics.product])) == total


def test_no_update_is_lost_between_threads(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        where = uow.tickets.add(ticket(basics, rank=0)).ticket_id
        uow.commit()

    def work() -> None:
        for _ in range(rivals.ROUNDS):
            with store.uow(write=True) as uow:
                (now,) = uow.tickets.lock([where])
                assert uow.tickets.save(replace(now, version=now.version + 1, rank=now.rank + 1))
                uow.commit()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.uow() as uow:
        assert [one.rank for one in uow.tickets.get([where])] == [4 * rivals.ROUNDS]


def test_a_process_that_is_killed_loses_only_what_it_had_not_committed(store: Store, db_url: str) -> None:
    process = multiprocessing.get_context("spawn").Process(target=rivals.die_half_way, args=(db_url,))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert _codes(store) == ["kept"]
    with store.uow(write=True) as uow:
        uow.agents.add(AgentRecord(0, "next", "Next"))
        uow.commit()
    assert _codes(store) == ["kept", "next"]


def test_a_contract_waits_for_who_holds_its_product(
    store: Store, basics: Basics, somebody_waits: Callable[[], bool]
) -> None:
    order: list[str] = []

    def contract_desk() -> None:
        with store.uow(write=True) as uow:
            uow.contracts.add([ContractRecord(0, basics.product, None, None)])
            order.append("contract")
            uow.commit()

    with store.uow(write=True) as uow:
        assert uow.products.lock(basics.product) is not None
        assert uow.products.lock(basics.product + 1) is None
        rival = Thread(target=contract_desk)
        rival.start()
        assert somebody_waits()
        assert uow.contracts.of_products([basics.product]) == []
        order.append("decided")
        uow.commit()
    rival.join()
    assert order == ["decided", "contract"]


def test_the_store_is_what_the_desk_asks_for(store: Store) -> None:
    factory: ports.UowFactory = store.uow
    opened: ports.UnitOfWork = factory(write=True)
    assert isinstance(opened, UnitOfWork)
