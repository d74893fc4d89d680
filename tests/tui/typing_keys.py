"""Typing what `Pilot.press` cannot: it drops combining marks."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.pilot import Pilot

from deskui.tui.keys import key_name


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Sends the key event of each character, marks too, as a terminal does."""
    for character in text:
        pilot.app.post_message(events.Key(key_name(character), character))
        await pilot.pause()
