"""What the store answers: a window of the queue, a caller, the order; and sixteen writers at once."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from deskui.clock import FixedClock
from deskui.desk.desk import Desk
from deskui.desk.find import needles
from deskui.desk.records import CallerRecord, EventRecord
from deskui.store import open_store
from deskui.store.store import Store
from deskui.wiring import build_desk
from tests.bench.figures import Figure, Row, absolute, ratio
from tests.bench.programs import Bench
from tests.bench.seeded import AGENT, AT, Sizes

WINDOW = 50
FRAGMENTS = (
    "ทองไม่มี",
    "clinic 4217",
    "4217",
    "081-55",
    "คลินิก 99",
    "น้ำทิพย์ ขนส่ง 31",
    "C-09999",
    "ลักษณ์ 77",
    "00791",
)
"""What callers are looked for by: words that few have, numbers in the middle, Thai, codes, serials."""
WRITERS = 16
COMMITS = 60
"""Of each writer."""


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def opened(path: Path) -> Desk:
    """A desk at the instant its store was made for."""
    return build_desk(f"sqlite:///{path}", None, FixedClock(AT), AGENT)


# --- a window of the queue


def rows_of_window(bench: Bench) -> list[Figure]:
    """Fifty rows of the queue, through the store, out of a million and out of a thousand."""
    small = bench.store("thousand", Sizes(1_000, 1_000, 1_000))
    samples = []
    for path in (bench.million, small):
        desk = opened(path)
        store = open_store(f"sqlite:///{path}")
        ids = [entry.ticket_id for entry in desk.queue().entries]
        windows = [ids[start : start + WINDOW] for start in _starts(len(ids), bench.rounds * 4)]
        # a policy is read when the first row of its vendor is
        desk.rows(ids[-400:])
        with closing(sqlite3.connect(path)) as raw:
            samples.append(_by_turns(windows, partial(_stored, store), partial(_raw, raw), desk.rows))
        store.close()
        desk.shut()
    (ours, theirs, shown), (few, raw_few, _) = samples
    half = len(ours) // 2
    alone = f"the raw driver alone: {median(theirs) / median(raw_few):.2f} × what it takes at 1,000"
    return [
        ratio("50 rows of the queue, 1,000,000", Row(ours, theirs, "the same SELECTs, raw sqlite3"), 2.5),
        ratio("the same, by what it is at 1,000", Row(ours, few, "at 1,000 tickets"), 1.15, note=alone),
        ratio("last pages by first pages", Row(ours[half:], ours[:half], "first pages"), 1.5),
        ratio("the same rows with time left, by the desk", Row(shown, theirs, "the same SELECTs"), None),
    ]


def _by_turns(windows: Sequence[list[int]], *asks: Callable[[list[int]], object]) -> tuple[list[float], ...]:
    """How long each takes for every window but the first; who is first changes: that one warms the pages."""
    found: tuple[list[float], ...] = tuple([] for _ in asks)
    for number, window in enumerate(windows):
        for turn in range(len(asks)):
            which = (number + turn) % len(asks)
            spent = seconds(partial(asks[which], window))
            if number:
                found[which].append(spent)
    return found


def _stored(store: Store, window: list[int]) -> object:
    """What the desk asks of the store for the rows of a window."""
    with store.uow() as uow:
        return uow.clocks.of_tickets(window), uow.tickets.lines(window)


def _starts(count: int, pages: int) -> list[int]:
    """First lines of pages, from the top of the queue down to its end."""
    last = max(0, count - WINDOW)
    return [round(last * page / pages) for page in range(pages + 1)]


def _raw(connection: sqlite3.Connection, ids: list[int]) -> list[Any]:
    """What the desk asks for the rows of a window, by the driver alone, into tuples."""
    marks = ",".join("?" * len(ids))
    connection.execute(
        f"SELECT * FROM clock WHERE ticket_id IN ({marks}) ORDER BY ticket_id, clock_id", ids
    ).fetchall()
    return connection.execute(
        "SELECT ticket_id, number, version, policy, service, customer.name, plan, title, state, agent.code,"
        " received_at, deferred_until FROM ticket JOIN customer USING (customer_id)"
        f" LEFT JOIN agent ON agent_id = assignee_id WHERE ticket_id IN ({marks})",
        ids,
    ).fetchall()


# --- finding a caller


def rows_of_caller(bench: Bench) -> list[Figure]:
    """A caller by a fragment, beside LIKE over the same keys; both must find the same."""
    store = open_store(f"sqlite:///{bench.million}")
    ours: list[float] = []
    theirs: list[float] = []
    with closing(sqlite3.connect(bench.million)) as raw:
        for number in range(bench.rounds + 1):
            for fragment in FRAGMENTS:
                needle = needles(fragment)[0]
                begin = time.perf_counter()
                with store.uow() as uow:
                    found = uow.customers.search([needle], 100_000)
                middle = time.perf_counter()
                like = _like(raw, needle)
                end = time.perf_counter()
                if {_who(one) for one in found} != like:
                    raise AssertionError(f"{fragment!r}: {len(found)} callers, LIKE has {len(like)}")
                if number:
                    ours.append(middle - begin)
                    theirs.append(end - middle)
    store.close()
    return [ratio("caller by a fragment, 100,000 customers", Row(ours, theirs, "LIKE, raw sqlite3"), 0.05)]


def _who(found: CallerRecord) -> tuple[int, int | None, int | None]:
    return found.customer_id, found.contact_id, found.product_id


def _like(connection: sqlite3.Connection, needle: str) -> set[tuple[int, int | None, int | None]]:
    """The customers, contacts, products and machines that hold a needle, by the driver alone."""
    held = (f"%{needle}%",)
    questions = (
        "SELECT customer_id, NULL, NULL, code, name, folded FROM customer WHERE folded LIKE ?",
        "SELECT k.customer_id, k.contact_id, NULL, k.name, phone, c.name FROM contact k"
        " JOIN customer c USING (customer_id) WHERE k.folded LIKE ?",
        "SELECT k.customer_id, NULL, k.product_id, serial, c.name FROM product k"
        " JOIN customer c USING (customer_id) WHERE k.folded LIKE ?",
        "SELECT p.customer_id, NULL, p.product_id, k.serial FROM machine k"
        " JOIN product p USING (product_id) WHERE k.folded LIKE ?",
    )
    return {row[:3] for question in questions for row in connection.execute(question, held)}


# --- the order of the queue


def rows_of_order(bench: Bench) -> list[Figure]:
    """The order of 100,000 open tickets: read anew, and after one ticket has changed. No budget names it."""
    path = bench.folder / "order.sqlite"
    with closing(sqlite3.connect(bench.million)) as raw, closing(sqlite3.connect(path)) as copy:
        raw.backup(copy)
    clock = FixedClock(AT)
    desk = build_desk(f"sqlite:///{path}", None, clock, AGENT)
    first = seconds(desk.queue)
    changed, minutes = [], []
    for number in range(bench.rounds):
        row = desk.rows([desk.queue().entries[1000 + number].ticket_id])[0]
        desk.note(row.ticket_id, "tried")
        changed.append(seconds(desk.queue))
        clock.advance(timedelta(minutes=1))
        minutes.append(seconds(desk.queue))
    desk.shut()
    return [
        absolute("order of 100,000 open, first", [first * 1000], None, "ms"),
        absolute("the same after a change", [one * 1000 for one in changed], None, "ms"),
        absolute("the same a minute later", [one * 1000 for one in minutes], None, "ms"),
    ]


# --- writers


def write_on(url: str, ticket_id: int, start: Any, commits: int) -> tuple[float, float, list[float]]:
    """Commits many small changes of one ticket; when it began and ended, and what each took."""
    store = open_store(url)
    with store.uow() as uow:
        uow.agents.all()
    start.wait()
    began = time.perf_counter()
    each = []
    for _ in range(commits):
        before = time.perf_counter()
        with store.uow(write=True) as uow:
            (now,) = uow.tickets.lock([ticket_id])
            uow.tickets.save(replace(now, version=now.version + 1))
            uow.events.add([EventRecord(0, ticket_id, AT, None, "claimed")])
            uow.changes.add("ticket", [ticket_id], AT)
            uow.commit()
        each.append(time.perf_counter() - before)
    ended = time.perf_counter()
    store.close()
    return began, ended, each


def commits_by(url: str, writers: int, commits: int) -> tuple[float, float]:
    """Commits a second of so many processes at once, and the longest wait for one."""
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(writers) as pool:
        start = manager.Barrier(writers)
        pending = [pool.apply_async(write_on, (url, number + 1, start, commits)) for number in range(writers)]
        done = [one.get(timeout=300) for one in pending]
    spent = max(ended for _, ended, _ in done) - min(began for began, _, _ in done)
    return writers * commits / spent, max(max(each) for _, _, each in done)


def rows_of_writers(bench: Bench) -> list[Figure]:
    """Sixteen processes writing one SQLite file beside one alone."""
    path = bench.store("written", Sizes(1_000, 100, 100))
    many, alone, waits, single = [], [], [], []
    for _ in range(max(3, bench.rounds // 3)):
        rate, longest = commits_by(f"sqlite:///{path}", 1, COMMITS * 4)
        alone.append(rate)
        single.append(longest)
        rate, longest = commits_by(f"sqlite:///{path}", WRITERS, COMMITS)
        many.append(rate)
        waits.append(longest)
    row = Row(many, alone, "one process alone", unit="commits/s", scale=1)
    longest_wait = Row(waits, [WRITERS / rate for rate in alone], "a turn each of 16 at the pace of one")
    cores = len(os.sched_getaffinity(0))
    why = f"{WRITERS} processes on {cores} cores under a load of {os.getloadavg()[0]:.0f}"
    return [
        ratio("16 writers, commits a second", row, 0.8, floor=True, note=why),
        ratio(
            "longest wait of 16 writers",
            longest_wait,
            10,
            note=f"{why}; one alone: {1000 * median(single):.1f} ms; not beside PostgreSQL",
        ),
    ]
