"""The benches: how fast the desk is, beside yardsticks measured in the same run.

    python -m tests.bench                          every row
    python -m tests.bench start cursor             these rows
    python -m tests.bench --json found.json --store kept.sqlite
    python -m tests.bench store kept.sqlite        only makes the large store

The large store (1,000,000 tickets) takes a minute to make; name a file with --store to keep it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.bench import asked, cold_decide, decided, keys, start, still, stored, writers
from tests.bench.figures import HEADING, Figure, lines, summary
from tests.bench.programs import Bench, bench
from tests.bench.seeded import Sizes, make
from tests.bench.terminal import Ended

ROWS: Mapping[str, Callable[[Bench], list[Figure]]] = {
    "frame": start.rows_of_first_frame,
    "rows": start.rows_of_first_rows,
    "decide": cold_decide.rows_of_decide,
    "facts": decided.rows_of_facts,
    "worktime": decided.rows_of_worktime,
    "cursor": keys.rows_of_cursor,
    "page": keys.rows_of_page,
    "idle": still.rows_of_idle,
    "rest": still.rows_of_rest,
    "growth": still.rows_of_growth,
    "window": asked.rows_of_window,
    "caller": asked.rows_of_caller,
    "order": asked.rows_of_order,
    "look": asked.rows_of_look,
    "verdict": keys.rows_of_verdict,
    "ticket": stored.rows_of_ticket,
    "replan": stored.rows_of_replan,
    "writers": writers.rows_of_writers,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", nargs="*", metavar="ROW", help=f"store, or some of: {', '.join(ROWS)}")
    parser.add_argument("--store", type=Path, help="the large store; made where there is none")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--rounds", type=int, default=11, help="how often each side is started or asked")
    parser.add_argument("--keys", type=int, default=120, help="how many keys are pressed for one figure")
    parser.add_argument("--seconds", type=float, default=20, help="how long is listened at rest")
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--open", type=int, default=100_000, help="how many of the tickets are open")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; 1 when a budget is missed, 2 for a wrong command line."""
    parser = _parser()
    given = parser.parse_args(arguments)
    sizes = Sizes(given.tickets, given.customers, given.open)
    if given.what[:1] == ["store"]:
        if len(given.what) != 2:
            parser.error("store takes the file to make: python -m tests.bench store kept.sqlite")
        begin = time.perf_counter()
        try:
            make(Path(given.what[1]), sizes)
        except FileExistsError as error:
            parser.error(str(error))
        print(f"{given.what[1]}: {sizes.tickets:,} tickets in {time.perf_counter() - begin:.0f} s")  # noqa: T201
        return 0
    unknown = [name for name in given.what if name not in ROWS]
    if unknown:
        parser.error(f"no row {unknown[0]!r}; there are: {', '.join(ROWS)}")
    figures: list[Figure] = []
    failed = False
    settings = {"rounds": given.rounds, "keys": given.keys, "seconds": given.seconds}
    print(HEADING, flush=True)  # noqa: T201
    with bench(given.store, sizes=sizes, **settings) as made:
        for name in given.what or ROWS:
            print(f"… {name}", file=sys.stderr, flush=True)  # noqa: T201
            try:
                found = ROWS[name](made)
                figures += found
                print("\n".join(lines(found)), flush=True)  # noqa: T201
            except Ended as failure:
                failed = True
                print(f"{name}: {failure}", file=sys.stderr)  # noqa: T201
    print(summary(figures))  # noqa: T201
    if given.json is not None:
        document = {"figures": [one.to_json() for one in figures], "tickets": sizes.tickets}
        given.json.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0 if all(one.met for one in figures) and not failed else 1


if __name__ == "__main__":
    raise SystemExit(main())
