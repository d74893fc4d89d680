"""What a key costs: time until painted, and bytes on the line."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure, Row, absolute, percentile, ratio
from tests.bench.programs import DOWN, INPUT, PAGE_DOWN, PAGE_UP, UP, Bench, data_table, python
from tests.bench.reasons import explained
from tests.bench.terminal import Terminal

PANES_AFTER = 1.0
"""Seconds the cursor is left alone for the panes to follow; a rest is 0.12 s."""
CURSOR_ROW = re.compile(r"▸ .* \d{4,} ")
"""A row of the queue under the cursor, with its number."""
SERVICE = re.compile(r"││ ▸ \w")
"""A service under the cursor of a call."""
VERDICT_WITHIN = 0.4
"""Seconds between what a key does to the list and the verdict that comes after it."""
LATE_VERDICT = (
    "list and verdict are painted with the key, but a verdict is some ten lines to wrap and draw, where the"
    " yardstick draws one letter"
)
"""Why a verdict takes longer than an echo."""
EARLY = 20
"""Keys pressed as soon as rows stand."""
PER_TURN = 10
"""Keys pressed on one side before the other has its turn."""


def both(ours: Terminal, theirs: Terminal, keys: tuple[bytes, bytes], count: int) -> list[list[float]]:
    """Seconds of ours and theirs, then bytes of ours and theirs, for keys pressed on both in turns.

    The first of the two keys goes one way, the second back, so that no list ends.
    """
    found: list[list[float]] = [[], [], [], []]
    for turn in range(max(2, count // PER_TURN)):
        for side, terminal in enumerate((ours, theirs)):
            for _ in range(PER_TURN):
                seconds, size = terminal.answer(keys[turn % 2])
                found[side].append(seconds)
                found[2 + side].append(size)
            # the panes follow a cursor at rest; their bytes are counted apart
            terminal.settle()
    return found


def rows_of_cursor(bench: Bench) -> list[Figure]:
    """The cursor key: seconds and bytes, and what the panes send after a rest."""
    with (
        Terminal(bench.desk(bench.million), bench.environment) as ours,
        Terminal(data_table(50), bench.environment) as theirs,
    ):
        opened(ours)
        theirs.until(b"Test Trading")
        theirs.until_idle()
        mine, other, sizes, table = both(ours, theirs, (DOWN, UP), bench.keys)
        yardstick = "DataTable of 50 rows"
        figures = [
            explained(
                ratio(f"cursor key to painted, p{at}", Row(mine, other, yardstick), 0.8, at=at),
                partial(slowest, mine),
            )
            for at in (50, 95)
        ]
        figures.append(
            absolute("bytes of a cursor key", sizes, 700, "B", f"{yardstick}: {median(table):,.0f} B")
        )
        panes = []
        for _ in range(max(5, bench.keys // 10)):
            ours.settle()
            ours.answer(DOWN, quiet=0.06)
            place = len(ours.written)
            ours.settle(least=PANES_AFTER)
            panes.append(sum(len(chunk) for _, chunk in ours.written[place:]))
        figures.append(absolute("bytes of the panes after a rest", panes, 3000, "B"))
    with Terminal(bench.desk(bench.million), bench.environment) as ours:
        # the top rows stand before the order of all is read: by the same lock that keys are answered under
        rows_there(ours)
        early = [1000 * ours.answer(DOWN)[0] for _ in range(EARLY)]
    name = f"the first {EARLY} keys, order being read, p95"
    detail = f"median {median(early):.1f} ms, longest {max(early):.0f} ms"
    return [*figures, absolute(name, [percentile(early, 95)], None, "ms", detail)]


def slowest(samples: Sequence[float]) -> str:
    """Of which turns the slowest keys are, and under what load of the machine."""
    late = sorted(range(len(samples)), key=samples.__getitem__)[-max(1, len(samples) // 20) :]
    turns = sorted({place // PER_TURN + 1 for place in late})
    longest = 1000 * max(samples)
    first, rest = samples[:PER_TURN], samples[PER_TURN:] or samples
    of = f"{', '.join(map(str, turns))} of {len(samples) // PER_TURN}"
    return (
        f"the slowest {len(late)} of {len(samples)} keys (longest {longest:.1f} ms, median"
        f" {1000 * median(samples):.1f}) are of turns {of};"
        f" a key takes {1000 * median(first):.1f} in turn 1, whose rows are read from the store, later"
        f" {1000 * median(rest):.1f};"
        f" load of the machine {os.getloadavg()[0]:.1f} on {len(os.sched_getaffinity(0))} cores"
    )


def rows_of_page(bench: Bench) -> list[Figure]:
    """Page down: seconds and bytes."""
    with (
        Terminal(bench.desk(bench.million), bench.environment) as ours,
        Terminal(data_table(1_000), bench.environment) as theirs,
    ):
        opened(ours)
        theirs.until(b"Test Trading")
        theirs.until_idle()
        mine, other, sizes, table = both(ours, theirs, (PAGE_DOWN, PAGE_UP), bench.keys)
        yardstick = "DataTable of 1,000 rows"
        spikes = percentile(mine, 99) / percentile(mine, 95)
        return [
            explained(
                ratio("page key to painted, p95", Row(mine, other, yardstick), 0.5, at=95),
                partial(slowest, mine),
            ),
            explained(absolute("page key, p99 by p95", [spikes], 2, "×"), partial(slowest, mine)),
            absolute("bytes of a page key", sizes, 8500, "B", f"{yardstick}: {median(table):,.0f} B"),
        ]


def opened(terminal: Terminal) -> None:
    """Waits until the queue and its panes stand, and the order of all open tickets has been read."""
    rows_there(terminal)
    terminal.until_idle()
    terminal.settle()


def rows_there(terminal: Terminal) -> None:
    """Waits until the first rows of the queue stand."""
    terminal.until(b"Queue")
    terminal.until_screen(lambda screen: any(CURSOR_ROW.search(line) for line in screen))


def forget_drafts(store: Path) -> None:
    """Drops the calls that a run before kept: the desk would go on with them."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("DELETE FROM draft")


def rows_of_verdict(bench: Bench) -> list[Figure]:
    """A key in the services of a call until the verdict of the other one stands, beside an echo."""
    forget_drafts(bench.million)
    with (
        Terminal(bench.desk(bench.million), bench.environment) as ours,
        Terminal(python(INPUT), bench.environment) as theirs,
    ):
        opened(ours)
        theirs.until(b"Queue")
        theirs.settle()
        ours.answer(b"n", quiet=0.5)
        for key in b"C-000041":
            ours.answer(bytes([key]), quiet=0.1)
        ours.settle()
        ours.answer(b"\r", quiet=0.5)
        ours.settle()
        # without a service under the cursor each key would be measured to an echo, or to nothing
        ours.until_screen(lambda screen: any(SERVICE.search(line) for line in screen))
        mine: list[float] = []
        other: list[float] = []
        for number in range(bench.keys):
            ours.settle(quiet=0.15)
            # one down, one up: each is another service with another verdict
            mine.append(ours.answer(DOWN if number % 2 == 0 else UP, quiet=VERDICT_WITHIN)[0])
            theirs.settle(quiet=0.05)
            other.append(theirs.answer(b"x" if number % 60 < 59 else b"\x15")[0])
        return [
            explained(
                ratio("keystroke to verdict, p95", Row(mine, other, "echo in an Input"), 2, at=95),
                lambda: LATE_VERDICT,
            )
        ]
