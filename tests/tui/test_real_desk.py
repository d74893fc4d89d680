"""Screens over a real store: a call of each vendor shows a verdict of its own terms and becomes a ticket."""

from __future__ import annotations

import pytest

from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import call_screen, press, until
from tests.tui.real_desk import PEOPLE, real_app, real_desk


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person[5])
async def test_a_call_of_every_vendor_has_a_verdict(person: tuple[str, ...]) -> None:
    """The number alone leads to the customer, and to the verdict of the first service of the vendor."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", person[4], "enter")
        await until(pilot, lambda: call_screen(app).verdict.decision, "verdict")
        decision = call_screen(app).verdict.decision
        assert decision is not None
        assert decision.policy == person[5]


async def test_what_another_desk_logs_arrives() -> None:
    """art logs a ticket; nok's queue shows it by itself."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        call = desk.call("EM-0031", "scope", "payroll stops", emwork_product=True, customer_modified=False,
                         severity="system_down", in_warranty=True)  # fmt: skip
        number = desk.of("art").open_ticket(call).row.number

        def shown() -> bool:
            screen = app.screen
            row = screen.queue.row if isinstance(screen, DeskScreen) else None
            return row is not None and row.number == number

        await until(pilot, shown, "the ticket of the other desk")
