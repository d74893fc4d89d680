"""What the desk costs while nobody touches it: bytes a second, processor, memory."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure, Row, absolute, ratio
from tests.bench.hours import HOURS
from tests.bench.keys import opened
from tests.bench.programs import TICKING, Bench, data_table, python
from tests.bench.reasons import GIVEN_BACK, explained, resting
from tests.bench.seeded import Sizes
from tests.bench.terminal import Terminal

TALL = 70
"""Rows of a terminal that has 40 tickets in view."""
STEPS = 4
"""Samples that the listening time is divided into."""


def rows_of_idle(bench: Bench) -> list[Figure]:
    """Bytes a second of forty running clocks, five of them by seconds, and of none."""
    running = bench.store("running", Sizes(40, 40, 40, running=1.0, soon=5))
    paused = bench.store("paused", Sizes(40, 40, 40, running=0.0))
    with (
        Terminal(bench.desk(running), bench.environment, rows=TALL) as ours,
        Terminal(bench.desk(paused), bench.environment, rows=TALL) as idle,
        Terminal(data_table(40, ticking=True), bench.environment, rows=TALL) as theirs,
    ):
        for terminal in (ours, idle):
            opened(terminal)
        theirs.until(b"Test Trading")
        samples: list[list[float]] = [[], [], []]
        step = bench.seconds / STEPS
        for _ in range(STEPS):
            for terminal, found in zip((ours, theirs, idle), samples, strict=True):
                # what came while the others were listened to is not of this stretch
                while terminal.read(0):
                    pass
                found.append(terminal.count(step) / step)
    detail = f"40 cells updated in a DataTable: {median(samples[1]):,.0f} B/s"
    return [
        absolute("bytes a second, 40 running clocks", samples[0], 400, "B/s", detail),
        absolute("bytes a second, nothing runs", samples[2], 0, "B/s"),
    ]


def rows_of_rest(bench: Bench) -> list[Figure]:
    """Processor and memory with a million tickets, beside a bare app that ticks."""
    with (
        Terminal(bench.desk(bench.million), bench.environment) as ours,
        Terminal(python(TICKING), bench.environment) as theirs,
    ):
        opened(ours)
        theirs.until(b"Queue")
        ours.count(GIVEN_BACK)
        cpu: list[list[float]] = [[], []]
        memory: list[list[float]] = [[], []]
        for _ in range(STEPS):
            starts = [terminal.cpu_seconds for terminal in (ours, theirs)]
            for terminal in (ours, theirs):
                terminal.count(bench.seconds / STEPS)
            for side, terminal in enumerate((ours, theirs)):
                cpu[side].append(terminal.cpu_seconds - starts[side])
                memory[side].append(terminal.memory / 2**20)
    bare = "bare app with a Static that ticks"
    return [
        # ticks of the scheduler are coarse: the whole time is compared, in whole milliseconds
        explained(
            ratio("processor at rest", Row([round(sum(cpu[0]), 3)], [round(sum(cpu[1]), 3)], bare), 2),
            lambda: f"{100 * sum(cpu[0]) / (2 * bench.seconds):.1f} % of a core over all the ticks",
        ),
        explained(
            ratio("memory at rest", Row(memory[0], memory[1], bare, unit="MB", scale=1), 2.2),
            lambda: resting(bench, bench.desk(bench.store("empty", Sizes(1, 1, 0))), median(memory[0])),
        ),
    ]


def rows_of_growth(bench: Bench) -> list[Figure]:
    """Memory after eight simulated hours beside that after the first."""
    command = [*python("from tests.bench.hours import main; main()"), str(bench.million)]
    before = _breaches(bench.million)
    done = subprocess.run(
        command, env=bench.environment, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    )
    sizes = [int(words) / 2**20 for words in done.stdout.split()[-HOURS:]]
    first, last = sizes[0], sizes[-1]
    missed = _breaches(bench.million) - before
    row = Row([last], [first], "after the first hour", unit="MB", scale=1)
    return [explained(ratio("memory after eight hours", row, 1.05), lambda: by_hour(sizes, missed))]


def by_hour(sizes: Sequence[float], missed: int) -> str:
    """MB after each hour, and how many targets were missed and read again meanwhile."""
    return (
        f"{', '.join(f'{size:.0f}' for size in sizes)} MB by the hour; {missed:,} targets became breaches;"
        " what still grows has bounds: words measured and drawn, days of calendars, pages of the store"
    )


def _breaches(path: Path) -> int:
    with closing(sqlite3.connect(path)) as raw:
        found: tuple[int] = raw.execute("SELECT count(*) FROM breach").fetchone()
    return found[0]
