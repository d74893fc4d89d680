"""Eight hours of a desk in a few seconds: a clock that is moved, a screen without a terminal."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

from deskui.clock import FixedClock
from deskui.tui.app import DeskApp
from deskui.tui.screens.desk import DeskScreen
from deskui.wiring import build_desk
from tests.bench.seeded import AGENT, AT

HOURS = 8


def resident() -> int:
    """Bytes of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def work(store: str) -> tuple[int, int]:
    """Resident bytes after the first and after the last hour; a minute passes every round."""
    clock = FixedClock(AT)
    app = DeskApp(lambda: build_desk(f"sqlite:///{store}", None, clock, AGENT), clock=clock, language="en")
    sizes = []
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, DeskScreen)
        while not screen.queue.ticket_ids or screen.detail is None:
            await pilot.pause(0.05)
        for minute in range(60 * HOURS):
            clock.advance(timedelta(minutes=1))
            screen.refetch()
            await pilot.press("down")
            await app.workers.wait_for_complete(
                [worker for worker in app.workers if worker.group not in ("watch",)]
            )
            if minute in (59, 60 * HOURS - 1):
                sizes.append(resident())
        app.exit()
    return sizes[0], sizes[1]


def main() -> None:
    """Prints both numbers."""
    print(*asyncio.run(work(sys.argv[-1])))  # noqa: T201


if __name__ == "__main__":
    main()
