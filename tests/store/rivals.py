"""What several processes do to one store at the same time. Imported by each of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from deskui.desk.errors import DeskError
from deskui.desk.records import AgentRecord, EventRecord, UsageRecord
from deskui.store import open_store
from tests.store.samples import NOON

ROUNDS = 25


def run(count: int, work: Callable[..., Any], *arguments: Any) -> list[Any]:
    """Calls `work` in `count` new processes at once; their answers."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(count) as pool:
        pending = [pool.apply_async(work, arguments) for _ in range(count)]
        return [one.get(timeout=120) for one in pending]


def open_and_close(url: str) -> str:
    """Opens the store, migrating it where needed; "ok" or the words of the failure."""
    try:
        store = open_store(url)
    except DeskError as error:
        return error.text.en
    with store.uow() as uow:
        uow.agents.all()
    store.close()
    return "ok"


def die_half_way(url: str) -> None:
    """Commits one agent, writes another and is killed before it commits."""
    store = open_store(url)
    with store.uow(write=True) as uow:
        uow.agents.add(AgentRecord(0, "kept", "Kept"))
        uow.commit()
    with store.uow(write=True) as uow:
        uow.agents.add(AgentRecord(0, "lost", "Lost"))
        os.kill(os.getpid(), signal.SIGKILL)


def count_up(url: str, ticket_id: int) -> int:
    """Reads a ticket under its lock and adds one to its rank, many times; how often it was saved."""
    store = open_store(url)
    saved = 0
    for _ in range(ROUNDS):
        with store.uow(write=True) as uow:
            (now,) = uow.tickets.lock([ticket_id])
            saved += uow.tickets.save(replace(now, version=now.version + 1, rank=now.rank + 1))
            uow.events.add([EventRecord(0, ticket_id, NOON, None, "claimed")])
            uow.changes.add("ticket", [ticket_id], NOON)
            uow.commit()
    store.close()
    return saved


def one_unit(product_id: int) -> UsageRecord:
    """An entry of the ledger that takes one unit."""
    day = date(2026, 11, 23)
    return UsageRecord(0, product_id, "onsite", "consume", 1, day, None, None, NOON, None, None, None)


def use_up(url: str, product_id: int, total: int) -> int:
    """Takes one unit at a time of a quota while the ledger says that some is left; how many it took."""
    store = open_store(url)
    taken = 0
    for _ in range(ROUNDS):
        with store.uow(write=True) as uow:
            uow.products.lock(product_id)
            if sum(entry.units for entry in uow.usage.of_products([product_id])) < total:
                uow.usage.add([one_unit(product_id)])
                taken += 1
            uow.commit()
    store.close()
    return taken
