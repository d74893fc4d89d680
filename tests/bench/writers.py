"""Sixteen processes that write one store at once: how many commits a second, and how long one waits."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from deskui.desk.records import EventRecord
from deskui.store import open_store
from tests.bench.figures import Figure, Row, ratio
from tests.bench.programs import Bench
from tests.bench.reasons import explained
from tests.bench.seeded import AT, Sizes

WRITERS = 16
COMMITS = 60
"""Of each writer."""


@dataclass(frozen=True)
class Written:
    """What some writers did: commits a second, the longest wait for one, and how long the lock is held."""

    rate: float
    longest: float
    held: float
    """Seconds from the lock to the commit, the median of all."""


def write_on(
    url: str, ticket_id: int, start: Any, commits: int
) -> tuple[float, float, list[float], list[float]]:
    """Commits many small changes of one ticket; when it began and ended, what each took, and held it."""
    store = open_store(url)
    with store.uow() as uow:
        uow.agents.all()
    start.wait()
    began = time.perf_counter()
    each, held = [], []
    for _ in range(commits):
        before = time.perf_counter()
        with store.uow(write=True) as uow:
            mine = time.perf_counter()
            (now,) = uow.tickets.lock([ticket_id])
            uow.tickets.save(replace(now, version=now.version + 1))
            uow.events.add([EventRecord(0, ticket_id, AT, None, "claimed")])
            uow.changes.add("ticket", [ticket_id], AT)
            uow.commit()
        done = time.perf_counter()
        each.append(done - before)
        held.append(done - mine)
    ended = time.perf_counter()
    store.close()
    return began, ended, each, held


def commits_by(url: str, writers: int, commits: int) -> Written:
    """So many processes at once."""
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(writers) as pool:
        start = manager.Barrier(writers)
        pending = [pool.apply_async(write_on, (url, number + 1, start, commits)) for number in range(writers)]
        done = [one.get(timeout=300) for one in pending]
    spent = max(one[1] for one in done) - min(one[0] for one in done)
    return Written(
        rate=writers * commits / spent,
        longest=max(max(each) for _, _, each, _ in done),
        held=median([one for _, _, _, held in done for one in held]),
    )


def rows_of_writers(bench: Bench) -> list[Figure]:
    """Sixteen processes writing one SQLite file, beside one alone and beside PostgreSQL."""
    path = bench.store("written", Sizes(1_000, 100, 100))
    many: list[Written] = []
    alone: list[Written] = []
    theirs: list[float] = []
    with _postgresql(path) as server:
        for _ in range(max(3, bench.rounds // 3)):
            alone.append(commits_by(f"sqlite:///{path}", 1, COMMITS * 4))
            many.append(commits_by(f"sqlite:///{path}", WRITERS, COMMITS))
            if server is not None:
                theirs.append(commits_by(server, WRITERS, COMMITS).longest)
    rates, waits = [one.rate for one in many], [one.longest for one in many]
    pace = [one.rate for one in alone]
    if theirs:
        longest_wait = Row(waits, theirs, f"{WRITERS} writers on PostgreSQL, fsync on")
    else:
        # nothing to compare with on this machine: what a turn each would take
        longest_wait = Row(
            waits, [WRITERS / rate for rate in pace], "a turn each at the pace of one; no PostgreSQL here"
        )

    def why() -> str:
        cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
        each = WRITERS * COMMITS / median(rates)
        among, single = (1000 * median([one.held for one in some]) for some in (many, alone))
        free = 1000 / median(rates) - among
        return (
            f"{WRITERS} processes on {cores} cores under a load of {load:.0f};"
            f" all were done after {each:.1f} s, a turn each took {1000 * WRITERS / median(rates):.0f} ms;"
            f" a writer holds the lock for {among:.1f} ms among {WRITERS}, {single:.1f} alone, and between"
            f" two of them it is free for {max(0.0, free):.1f} ms"
        )

    row = Row(rates, pace, "one process alone", unit="commits/s", scale=1)
    return [
        explained(ratio("16 writers, commits a second", row, 0.8, floor=True), why),
        explained(ratio("longest wait of 16 writers", longest_wait, 10), why),
    ]


@contextmanager
def _postgresql(made: Path) -> Iterator[str | None]:
    """The URL of a store on a PostgreSQL of this run, with the tickets to write; None where there is none."""
    try:
        from tests.system.postgres import find_binaries, fresh_database, running_server  # noqa: PLC0415
    except ImportError:
        yield None
        return
    if find_binaries() is None:
        yield None
        return
    with running_server(durable=True) as server, fresh_database(server.url()) as url:
        fill(url, made)
        yield url


def fill(url: str, made: Path) -> None:
    """Puts the tickets that the writers write into an empty store."""
    there, here = open_store(f"sqlite:///{made}"), open_store(url)
    with there.uow() as old, here.uow(write=True) as new:
        (customer,) = old.customers.get([1])
        (owner,) = new.customers.add([customer])
        for ticket in old.tickets.get(range(1, WRITERS + 1)):
            new.tickets.add(
                replace(
                    ticket,
                    customer_id=owner,
                    contact_id=None,
                    product_id=None,
                    assignee_id=None,
                    changed_by=None,
                )
            )
        new.commit()
    there.close()
    here.close()
