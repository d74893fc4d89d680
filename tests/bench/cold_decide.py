"""What one cold `deskui decide` costs, as a ratio to a bare start of Python in the same run.

    python -m tests.bench.cold_decide

One request for each shipped policy in turn; runs are interleaved and each ratio is that of the fastest runs.
Byte code is cached, as it is where deskui is installed. The ceiling is 12.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from tempfile import TemporaryDirectory
from time import perf_counter

from deskui.policy import Library

ROUNDS = 15
CEILING = 12.0


def seconds(command: list[str], given: bytes, environment: dict[str, str]) -> float:
    """One run of a command, in seconds."""
    start = perf_counter()
    subprocess.run(command, input=given, capture_output=True, check=True, env=environment)
    return perf_counter() - start


def ratios() -> dict[str, float]:
    """Cost of one request by policy id, in bare starts."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    found = {}
    with TemporaryDirectory() as cache:
        environment["PYTHONPYCACHEPREFIX"] = cache
        for name, policy in Library.load().policies.items():
            request = {"policy": name, "ask": next(iter(policy.services)), "at": "2026-11-23T10:30:00"}
            given = json.dumps(request).encode()
            decide = [sys.executable, "-m", "deskui", "decide"]
            seconds(decide, given, environment)
            bare, ours = [], []
            for _ in range(ROUNDS):
                bare.append(seconds([sys.executable, "-c", "pass"], b"", environment))
                ours.append(seconds(decide, given, environment))
            found[name] = min(ours) / min(bare)
    return found


def main() -> int:
    """Prints a line a policy; 1 when one is over the ceiling."""
    found = ratios()
    for name, ratio in found.items():
        print(f"{name:<16}{ratio:6.1f} × python -c pass{'  SLOW' if ratio > CEILING else ''}")  # noqa: T201
    return 1 if any(ratio > CEILING for ratio in found.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
