"""What one cold `deskui decide` costs, beside a bare start of Python."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from statistics import median
from time import perf_counter

from deskui.policy import Library
from tests.bench.figures import Figure, Row, ratio
from tests.bench.programs import Bench
from tests.bench.reasons import explained, policy_read
from tests.bench.seeded import AT
from tests.bench.start import in_turns

CEILING = 12.0


def run(command: list[str], given: bytes, environment: Mapping[str, str]) -> float:
    """One run of a command, in seconds."""
    begin = perf_counter()
    subprocess.run(command, input=given, capture_output=True, check=True, env=environment)
    return perf_counter() - begin


def rows_of_decide(bench: Bench) -> list[Figure]:
    """One request for each shipped policy in turn."""
    bare = [sys.executable, "-c", "pass"]
    decide = [sys.executable, "-m", "deskui", "decide"]
    figures = []
    for name, policy in Library.load().policies.items():
        request = {"policy": name, "ask": next(iter(policy.services)), "at": AT.isoformat()}
        given = json.dumps(request).encode()

        def bare_start() -> float:
            return run(bare, b"", bench.environment)

        def ours(given: bytes = given) -> float:
            return run(decide, given, bench.environment)

        theirs, mine = in_turns(bench.rounds * 2, bare_start, ours)
        found = ratio(f"cold decide, {name}", Row(mine, theirs, "python -c pass"), CEILING)
        figures.append(explained(found, lambda name=name, mine=mine: policy_read(bench, name, median(mine))))  # type: ignore[misc]
    return figures
