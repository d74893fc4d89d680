"""Who may ask is written down on the Desk by a supervisor, on either keyboard layout."""

from __future__ import annotations

import pytest

from deskui.desk.model import CustomerCard
from deskui.tui.modals.pick import PickScreen
from tests.tui.driving import SMALL, WIDE, desk_screen, press, toasts, until
from tests.tui.real_desk import real_app, real_desk
from tests.tui.test_viewing_on_screen import LAYOUTS, keys


@LAYOUTS
@pytest.mark.parametrize(("size", "language"), [(WIDE, "en"), (SMALL, "th")])
async def test_a_supervisor_writes_down_who_may_ask(
    layout: str, size: tuple[int, int], language: str
) -> None:
    async with real_desk() as desk:
        desk.log("M5-0009", "teach", topic="efiling")
        async with real_app(desk, "ploy", size=size, language=language) as (app, pilot):
            screen = desk_screen(app)
            await until(pilot, lambda: screen.cover.card, "the customer")
            await press(pilot, keys("E", layout))
            await until(pilot, lambda: isinstance(app.screen, PickScreen), "who")
            await press(pilot, keys("a", layout))
            await until(pilot, lambda: screen.pane.prompt.display, "asked")
            await press(pilot, keys("y", layout))
            await until(
                pilot, lambda: screen.cover.card and screen.cover.card.people[0].authorised, "written"
            )


async def test_nobody_else_does() -> None:
    async with real_desk() as desk:
        desk.log("AR-0107", "db-recovery")
        async with real_app(desk) as (app, pilot):
            await until(pilot, lambda: desk_screen(app).cover.card, "the customer")
            await press(pilot, "E")
            await until(pilot, lambda: "Only a supervisor writes down who may ask." in toasts(app), "told")


def _may(card: CustomerCard | None) -> bool | None:
    return card.people[0].authorised if card is not None else None
