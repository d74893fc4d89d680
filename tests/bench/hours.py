"""Eight hours of a desk in a few seconds: a clock that is moved, a screen without a terminal."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from textual.worker import WorkerCancelled

from deskui.clock import FixedClock
from deskui.tui.app import DeskApp
from deskui.tui.screens.desk import DeskScreen
from deskui.tui.spare import give_back
from deskui.wiring import build_desk
from tests.bench.seeded import AGENT, AT

HOURS = 8
STEP = timedelta(minutes=5)


def resident() -> int:
    """Bytes of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def work(store: str) -> list[int]:
    """Resident bytes after each hour; time passes by STEP."""
    clock = FixedClock(AT)
    app = DeskApp(lambda: build_desk(f"sqlite:///{store}", None, clock, AGENT), clock=clock, language="en")
    sizes = []
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, DeskScreen)
        while not screen.queue.ticket_ids or screen.detail is None:
            await pilot.pause(0.05)
        steps = timedelta(hours=HOURS) // STEP
        for step in range(steps):
            clock.advance(STEP)
            # the screen looks at its clock once a second; here time passes faster
            screen._tick()
            screen.queue.cursor += 1
            await pilot.pause()
            for worker in [one for one in app.workers if one.group != "watch" and one.is_running]:
                with suppress(WorkerCancelled):
                    await worker.wait()
            if (step + 1) % (steps // HOURS) == 0:
                # as the desk itself does every few minutes of the time that passes here in no time
                give_back()
                sizes.append(resident())
        app.exit()
    return sizes


def main() -> None:
    """Prints the numbers."""
    print(*asyncio.run(work(sys.argv[-1])))  # noqa: T201


if __name__ == "__main__":
    main()
