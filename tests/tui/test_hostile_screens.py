"""What callers and other systems may put into any field, on every pane of both screens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deskui.clock import FixedClock
from deskui.policy.decision import Decision, Text
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import (
    call_screen,
    desk_screen,
    on_the_desk,
    press,
    screen_lines,
    screen_text,
    settled,
    until,
)
from tests.tui.fake_desk import MONDAY, FakeDesk
from tests.tui.hostile import HOSTILE


class HostileDesk(FakeDesk):
    """Every text of the world is `text`, and the words of its decisions and errors too."""

    def __init__(self, text: str) -> None:
        super().__init__(FixedClock(MONDAY), language="en")
        both = Text(text, text)
        self.both = both
        year = (date(2026, 8, 1), date(2027, 7, 31))
        # found by its number, whatever its name is
        customer = self.customer(text, text, text, (text, "081-000-1111"))
        product = self.product(customer, "emwork", text, both, date(2026, 1, 1), *year)
        self.product(customer, "aristosoft", text, both, date(2026, 1, 1), *year)
        self.product_id = product.product_id
        answers = {"emwork_product": True, "customer_modified": False, "severity": "system_down"}
        self.seed_ticket(product, "scope", text, MONDAY, text, text, **answers)

    def preview(self, call: object) -> Decision:
        decision = super().preview(call)  # type: ignore[arg-type]
        reasons = tuple(replace(reason, text=self.both, other=self.both) for reason in decision.reasons)
        figures = {**decision.figures, "contact": self.both.en}
        return replace(
            decision, reasons=reasons, say=self.both, flags=(self.both.en,), free_if=(self.both,),
            granted_by=self.both, figures=figures,
        )  # fmt: skip


def harmless(app: object) -> None:
    """No control character stands on the screen, and every line is as wide as the screen."""
    for line in screen_lines(app):
        assert not [
            sign
            for sign in line
            if ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 or sign in "\u202e\u200d\u2066"
        ]


@pytest.mark.parametrize("name", sorted(HOSTILE))
async def test_no_text_acts_on_a_screen(name: str) -> None:
    """The Desk with all its panes, details and find; the Call screen with a verdict; a note and a toast."""
    desk = HostileDesk(HOSTILE[name])
    async with on_the_desk(desk) as (app, pilot):
        harmless(app)
        await press(pilot, "w")
        await until(pilot, lambda: desk_screen(app).sla.explained, "steps")
        harmless(app)
        await press(pilot, "escape", "e")
        await until(pilot, lambda: desk_screen(app).cover.detailed, "cover")
        harmless(app)
        await press(pilot, "escape", "f", "0810001111")
        await until(pilot, lambda: "find:0810001111" in desk.asked, "found")
        await pilot.pause()
        harmless(app)
        await press(pilot, "escape", "n", "0810001111", "enter", "a", "enter", "y", "n", "d")
        await until(pilot, lambda: call_screen(app).verdict.decision is not None, "verdict")
        await until(pilot, lambda: app.focused is call_screen(app).notes.title_field, "notes")
        harmless(app)
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: call_screen(app)._warned, "the same is open already")
        harmless(app)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "logged")
        await settled(app, pilot)
        harmless(app)
        assert app.is_running
        assert not isinstance(app.screen, CallScreen)


async def test_a_bracketed_number_is_read_whole() -> None:
    """[INC-42] is a customer's reference, not markup."""
    async with on_the_desk(HostileDesk("[INC-42] printer")) as (app, pilot):
        assert "[INC-42] printer" in screen_text(app)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "[Ticket]" in screen_text(app), "small")
        assert "[INC-42]" in screen_text(app)
