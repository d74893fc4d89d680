"""What comes while the app is being left finds no panes, and nobody is shown a traceback for it."""

from __future__ import annotations

import pytest
from textual.message import Message

from deskui.tui.arrivals import Changed, Reached
from tests.tui.driving import call_screen, press, until
from tests.tui.real_desk import real_app, real_desk


@pytest.mark.parametrize("message", [Changed(1), Reached(False)], ids=["changed", "reached"])
async def test_what_comes_once_the_panes_are_gone_is_let_be(
    message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    handled = []
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n")
        await until(pilot, lambda: call_screen(app).focused, "the call has its fields")
        prune = app._prune

        async def then_a_message(*nodes: object) -> None:
            await prune(*nodes)  # type: ignore[arg-type]
            await app._dispatch_message(message)
            handled.append(message)

        monkeypatch.setattr(app, "_prune", then_a_message)
    assert handled
