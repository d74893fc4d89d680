"""Keys that come when there is no screen for them any more."""

from __future__ import annotations

from textual import events
from textual.app import App

from deskui.tui.typeahead import TypeAhead


async def test_a_key_typed_while_the_app_leaves_ends_in_order() -> None:
    """Its last screen is gone already: there is nobody to hand the key to, and nothing is raised."""
    handed: list[events.Event] = []

    async def hand_on(event: events.Event) -> bool:
        handed.append(event)
        return True

    app: App[None] = App()
    assert not app.screen_stack
    await TypeAhead(app).take(events.Key("q", "q"), hand_on)
    assert handed == []
