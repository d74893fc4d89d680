"""What the store answers: a window of the queue, a caller, the order, what is found within it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from deskui.clock import FixedClock
from deskui.desk.desk import Desk
from deskui.desk.find import needles
from deskui.desk.look import SORTS, Look
from deskui.desk.records import CallerRecord
from deskui.store import open_store
from deskui.store.store import Store
from deskui.wiring import build_desk
from tests.bench.figures import Figure, Row, absolute, ratio
from tests.bench.programs import Bench
from tests.bench.reasons import explained
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

FOUND = ("clinic", "น้ำทิพย์ ขนส่ง", "95012", "zzzz")
"""What is found within the queue: words that many have, a part of numbers, what nobody has."""


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

    def beside_raw() -> str:
        return (
            f"the raw driver alone takes {median(theirs) / median(raw_few):.2f} × as long as at 1,000,"
            f" the store {median(ours) / median(few):.2f} ×: the rows lie on more pages of a larger file"
        )

    def beside_rows() -> str:
        made = median(ours) - median(theirs)
        return f"of {1000 * median(ours):.2f} ms the records of the rows take {1000 * made:.2f}"

    def first_pages() -> str:
        raw = median(theirs[half:]) / median(theirs[:half])
        return f"last by first pages of the raw driver alone: {raw:.2f} ×"

    stored = Row(ours, theirs, "the same SELECTs, raw sqlite3")
    return [
        explained(ratio("50 rows of the queue, 1,000,000", stored, 2.5), beside_rows),
        explained(
            ratio("the same, by what it is at 1,000", Row(ours, few, "at 1,000 tickets"), 1.15), beside_raw
        ),
        explained(
            ratio("last pages by first pages", Row(ours[half:], ours[:half], "first pages"), 1.5), first_pages
        ),
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
    row = Row(ours, theirs, "LIKE, raw sqlite3")
    slow = max(range(len(FRAGMENTS)), key=lambda place: median(ours[place :: len(FRAGMENTS)]))
    words = f"the slowest is {FRAGMENTS[slow]!r}: {1000 * median(ours[slow :: len(FRAGMENTS)]):.1f} ms"
    return [explained(ratio("caller by a fragment, 100,000 customers", row, 0.05), lambda: words)]


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


# --- finding within the queue, and sorting it


def rows_of_look(bench: Bench) -> list[Figure]:
    """Finding among the open tickets, and sorting them. No budget names it."""
    desk = opened(bench.million)
    looks = [
        *((f"find {word!r}", Look(find=word)) for word in FOUND),
        *((f"sort by {name}", Look(sort=name)) for name in SORTS if name != "queue"),
    ]
    figures = []
    try:
        everything = len(desk.look(Look()).snapshot.entries)
        for name, look in looks:
            first = seconds(partial(desk.look, look))
            spent = [1000 * seconds(partial(desk.look, look)) for _ in range(bench.rounds)]
            hits = len(desk.look(look).snapshot.entries)
            detail = f"{hits:,} of {everything:,} open; the first time {1000 * first:,.0f} ms"
            figures.append(absolute(name, spent, None, "ms", detail))
    finally:
        desk.shut()
    return figures
