"""A decision with the facts in hand, and the working time it rests on, without a store or a screen."""

from __future__ import annotations

import importlib.util
from datetime import UTC, timedelta
from functools import partial
from time import perf_counter
from typing import Any

from deskui.paths import data_dir
from deskui.policy import Library
from deskui.policy.decide import decide
from deskui.policy.examples import examples_file, load_examples
from deskui.worktime import load_holiday_set
from tests.bench import worktime
from tests.bench.figures import Figure, Row, absolute, percentile, ratio
from tests.bench.programs import Bench
from tests.bench.reasons import explained

EACH = 5
"""How often an example is decided; the fastest counts, the others are the machine's."""


def rows_of_facts(bench: Bench) -> list[Figure]:
    """Every example of every policy decided in this process: 95 of 100 take at most so long."""
    work: list[tuple[str, Any]] = []
    for name, policy in Library.load().policies.items():
        file = examples_file(data_dir() / "policies" / f"{name}.toml")
        work += [
            (f"{name} {one.ask}", partial(decide, policy, one.ask, one.facts, one.at, one.settled))
            for one in load_examples(file, policy).examples
        ]
    each: dict[int, float] = {}
    for _ in range(EACH):
        for place, (_, call) in enumerate(work):
            begin = perf_counter()
            call()
            spent = 1000 * (perf_counter() - begin)
            each[place] = min(spent, each.get(place, spent))
    slowest = max(each, key=each.__getitem__)
    detail = f"{len(work):,} examples; the slowest is {work[slowest][0]}: {each[slowest]:.2f} ms"
    samples = list(each.values())
    found = absolute("decide with facts in hand, p95", [percentile(samples, 95)], 1, "ms", detail)
    middle = absolute("the same, median", samples, None, "ms")
    return [explained(found, lambda: f"{sum(one > 1 for one in samples)} examples take longer"), middle]


def rows_of_worktime(bench: Bench) -> list[Figure]:
    """One deadline and one measurement, beside businesstimedelta where that is installed."""
    holidays = load_holiday_set("th-private", data_dir() / "holidays")
    if importlib.util.find_spec("businesstimedelta") is not None:
        figures = []
        for what, ours, theirs in worktime.pairs(holidays, rounds=bench.rounds):
            name = f"{what}, times faster"
            row = Row(theirs, ours, "ours, theirs first", unit="µs", scale=1e6)
            floor = worktime.FLOORS[what.partition(" ")[0]]
            figures.append(ratio(name, row, floor, floor=True))
        return figures
    calendar = worktime.our_calendar(holidays)
    work = timedelta(hours=24)
    due = calendar.deadline(worktime.START, work)
    start = worktime.START.astimezone(UTC)
    absent = "no ratio: businesstimedelta is not installed, see tests/bench/worktime.py"
    return [
        absolute(f"{what} 24 h", [1e6 * worktime.seconds_each(call, 4000)], None, "µs", absent)
        for what, call in (
            ("deadline", partial(calendar.deadline, start, work)),
            ("elapsed", partial(calendar.elapsed, start, due)),
        )
    ]
