"""The top of the queue is there, and moved in, before the desk is open; the real order takes over quietly."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

from deskui.desk.api import DeskApi
from deskui.desk.model import Glimpse
from deskui.tui.app import DeskApp
from tests.tui.driving import WIDE, contains, desk_screen, press, ready, screen_text, toasts, until
from tests.tui.fake_desk import MONDAY, FakeDesk
from tests.tui.fake_world import alive_desk


class _SlowDesk:
    """A desk that opens when it is told to, and what is seen of it before."""

    def __init__(self, rows: int) -> None:
        self.desk: FakeDesk = alive_desk(language="en")
        self.gate = threading.Event()
        ids = [entry.ticket_id for entry in self.desk.queue().entries[:rows]]
        found = [
            replace(row, clock=None, stands=row.clock.state if row.clock else None)
            for row in self.desk.rows(ids)
        ]
        self.glimpse = Glimpse(self.desk.now(), tuple(found))
        self.app = DeskApp(
            self._connect,
            glimpse=lambda: self.glimpse,
            clock=self.desk.clock,
            language="en",
            poll_seconds=0.05,
        )

    def _connect(self) -> DeskApi:
        assert self.gate.wait(30)
        return self.desk


async def test_rows_are_there_and_moved_in_before_the_desk_is_open() -> None:
    slow = _SlowDesk(4)
    app, numbers = slow.app, [str(row.number) for row in slow.glimpse.rows]
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "down", "j", "k")
        queue = desk_screen(app).queue
        await until(pilot, lambda: queue.cursor == 1, "moved")
        assert app.desk is None
        assert not contains(screen_text(app), numbers)
        # nobody knows yet what is left, and an age would be a lie
        assert not any(text for text, _ in app.screen.query_one("LeftColumn")._cells)  # type: ignore[attr-defined]
        # another one comes to the top meanwhile: the cursor stays on its ticket
        here = queue.ticket_id
        product = next(p for p in slow.desk.products.values() if p.policy == "emwork")
        answers: dict[str, Any] = {
            "emwork_product": True,
            "customer_modified": False,
            "severity": "system_down",
        }
        slow.desk.seed_ticket(product, "scope", "elsewhere", MONDAY - timedelta(days=6), **answers)
        slow.gate.set()
        await ready(app, pilot)
        assert queue.ticket_id == here
        assert len(queue.ticket_ids) == len(slow.desk.queue().entries)
        assert all(row.stands is None for row in map(queue.row_of, queue.ticket_ids[:4]) if row)


async def test_keys_beyond_what_is_seen_wait_in_their_order() -> None:
    """Past the last row, and any command on a ticket, in the order they were typed."""
    slow = _SlowDesk(2)
    expected = slow.desk.queue().entries[2].ticket_id
    app = slow.app
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        queue = desk_screen(app).queue
        await press(pilot, "down", "down", "c")
        await until(pilot, lambda: queue.cursor == 1, "the first of them")
        assert app.desk is None
        slow.gate.set()
        number = next(row.number for row in slow.desk.rows([expected]))
        await until(pilot, lambda: f"#{number} is yours" in toasts(app), "claimed the third")


async def test_a_glimpse_that_fails_is_no_loss() -> None:
    slow = _SlowDesk(2)

    def broken() -> Glimpse | None:
        raise ValueError("not the way it was")

    slow.app.glimpse = broken
    async with slow.app.run_test(size=WIDE, notifications=True) as pilot:
        slow.gate.set()
        await press(pilot, "down", "c")
        await ready(slow.app, pilot)
        await until(pilot, lambda: any("is yours" in told for told in toasts(slow.app)), "claimed")
