"""What is written at one go: a ticket with all that belongs to it, and the clocks that a holiday moves."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter

from deskui.desk.model import Call
from deskui.policy.decision import Text
from tests.bench import replay
from tests.bench.asked import opened, seconds
from tests.bench.figures import Figure, Row, ratio
from tests.bench.programs import Bench
from tests.bench.reasons import explained
from tests.bench.seeded import AT, Sizes

LOGGED = ("aristosoft", "remote-install")
"""A service that takes one of a customer's units, and has a goal to keep."""
HOLIDAYS = "th-private"
FAR, NEAR, NOBODY = 11, 1, 400
"""Days from the store's instant to a holiday that few clocks reach, one that most do, one that none does."""


# --- a ticket


def rows_of_ticket(bench: Bench) -> list[Figure]:
    """A call that becomes a ticket, beside its statements run by the driver on a copy of the store."""
    made = bench.store("logged", Sizes(10_000, 1_000, 1_000))
    ours, theirs = (replay.copy(made, bench.folder / f"logged-{side}.sqlite") for side in ("ours", "raw"))
    desk = opened(ours)
    mine: list[float] = []
    raw: list[float] = []
    alone: list[float] = []
    try:
        with closing(replay.connect(theirs)) as connection, replay.heard() as transactions:
            for number, customer in enumerate(_customers(made, bench.rounds * 4 + 1)):
                call = Call(
                    customer_id=customer,
                    contact_id=customer,
                    product_id=customer,
                    service=LOGGED[1],
                    title="พิมพ์สลิปเงินเดือนไม่ออก",
                    notes="run for branch 2 stops at 40 %",
                )
                # what the verdict rests on is read and decided in it too
                begin = perf_counter()
                desk.preview(call)
                alone_spent = perf_counter() - begin
                transactions.clear()
                begin = perf_counter()
                desk.open_ticket(call)
                # the next one reads what the screen shows then: the ticket is committed where it begins
                logged = next(place for place, one in enumerate(transactions) if one.writes) + 1
                spent = transactions[logged].begun - begin
                raw_spent = seconds(partial(replay.ask_again, connection, transactions[:logged]))
                if number:
                    mine.append(spent)
                    raw.append(raw_spent)
                    alone.append(alone_spent)
            count = sum(len(one.statements) for one in transactions[:logged])
    finally:
        desk.shut()
    _same(ours, theirs)
    row = Row(mine, raw, f"the same {count} statements, raw sqlite3")
    return [
        explained(
            ratio("ticket logged and committed", row, 4),
            lambda: (
                f"reading what is on file and deciding alone takes {1000 * median(alone):.1f} of"
                f" {1000 * median(mine):.1f} ms"
            ),
        )
    ]


def _customers(path: Path, count: int) -> list[int]:
    """Customers of that vendor with an agreement in force."""
    with closing(sqlite3.connect(path)) as raw:
        found = raw.execute(
            "SELECT customer_id FROM product JOIN contract USING (product_id) WHERE policy = ?"
            " AND start_on <= ? AND end_on >= ? ORDER BY customer_id LIMIT ?",
            (LOGGED[0], AT.date().isoformat(), AT.date().isoformat(), count),
        ).fetchall()
    if len(found) < count:
        raise AssertionError(f"{len(found)} customers of {LOGGED[0]}, {count} wanted")
    return [row[0] for row in found]


def _same(ours: Path, theirs: Path) -> None:
    """Raises AssertionError where the two stores have not come to hold the same rows, or not all kinds."""
    kinds = ("ticket", "clock", "usage_entry", "event", "note", "change")
    counts = []
    for path in (ours, theirs):
        with closing(sqlite3.connect(path)) as raw:
            counts.append([raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in kinds])
    if counts[0] != counts[1] or not all(counts[0]):
        raise AssertionError(f"{kinds}: the desk left {counts[0]}, the driver {counts[1]}")


# --- a holiday


def rows_of_replan(bench: Bench) -> list[Figure]:
    """A holiday added through the desk, beside an UPDATE of every open clock."""
    opens = bench.sizes.open_tickets
    made = bench.store("planned", Sizes(opens, min(bench.sizes.customers, 10_000), opens, running=1.0))
    few = [_replanned(bench, made, FAR) for _ in range(max(1, bench.rounds // 3))]
    most = _replanned(bench, made, NEAR)

    def why() -> str:
        none = _replanned(bench, made, NOBODY)
        whole = median([one.ours for one in few])
        each = (whole - none.ours) / max(1, few[0].moved)
        return (
            f"{1000 * none.ours:,.0f} of {1000 * whole:,.0f} ms are spent where {none.moved} tickets move,"
            f" each that does takes {1000 * each:.2f} ms: it gets an event in its chain, a version, a line of"
            " the feed; the yardstick one column; the same statements by the driver alone take"
            f" {1000 * median([one.alone for one in few]):,.0f} ms"
        )

    def row(found: Sequence[_Replanned]) -> Row:
        longest = 1000 * max(one.longest for one in found)
        words = (
            f"UPDATE of all of them, raw sqlite3; {found[0].moved:,} moved, the longest transaction"
            f" {longest:,.0f} ms"
        )
        return Row([one.ours for one in found], [one.theirs for one in found], words)

    return [
        explained(ratio(f"re-plan of {opens:,} open clocks", row(few), 0.15), why),
        ratio("the same, a holiday most of them reach", row([most]), None),
    ]


@dataclass(frozen=True)
class _Replanned:
    """One holiday added: seconds of both sides and of the driver alone, and tickets with another due time."""

    ours: float
    theirs: float
    alone: float
    moved: int
    longest: float
    """Seconds of the longest slice: for so long others cannot write."""


def _replanned(bench: Bench, made: Path, days: int) -> _Replanned:
    path = replay.copy(made, bench.folder / "replanned.sqlite")
    desk = opened(path)
    try:
        with closing(replay.connect(path)) as raw:
            values = raw.execute("SELECT due_at + 86400000000, clock_id FROM clock").fetchall()
            raw.execute("BEGIN IMMEDIATE")
            theirs = seconds(
                lambda: (
                    raw.executemany("UPDATE clock SET due_at = ? WHERE clock_id = ?", values),
                    raw.execute("COMMIT"),
                )
            )
            # back to what they were: both sides start from the same clocks
            raw.execute("UPDATE clock SET due_at = due_at - 86400000000")
        # a desk that is open has read its queue, and the command the terms, to know the set that is meant
        desk.queue()
        desk.holidays.sets()
        name = Text("วันหยุดพิเศษ", "special holiday")
        told: list[float] = []
        with replay.heard() as transactions:
            begin = perf_counter()
            done = desk.holidays.add(
                HOLIDAYS,
                AT.date() + timedelta(days=days),
                name,
                "notice 1",
                lambda _done, _of: told.append(perf_counter()),
            )
            ours = perf_counter() - begin
        again = replay.copy(made, bench.folder / "replanned-alone.sqlite")
        with closing(replay.connect(again)) as raw:
            alone = seconds(partial(replay.ask_again, raw, transactions))
        longest = max(later - sooner for sooner, later in pairwise(told))
        return _Replanned(ours, theirs, alone, done.tickets, longest)
    finally:
        desk.shut()
        for left in path.parent.glob("replanned*"):
            left.unlink()
