"""The line above the commands: who rings, who waits, whom this call calls back. Away while nobody does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from deskui.tui.dates import time_of_day
from deskui.tui.left import time_text
from deskui.tui.speaking import Speaking
from deskui.tui.text import assembled, cut

if TYPE_CHECKING:
    from deskui.desk.callmodel import Ring, WaitingCall

__all__ = ["LineBar", "who_calls"]

LEAST_NAME = 12
"""Columns below which a name says nothing."""


class LineBar(Widget, Speaking):
    """One line; it takes no key and no focus, so that nothing typed goes to it."""

    DEFAULT_CSS = """
    LineBar { height: 1; display: none; background: $panel; color: $foreground; }
    LineBar.-on { display: block; }
    LineBar.-draft { background: $accent; color: auto; text-style: bold; }
    LineBar.-rings { background: $warning; color: auto; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.ring_id: int | None = None
        """The ring that the call on the screen was taken from."""
        self.draft_of = ""
        """When and of whom the draft was kept that the call on the screen goes on with."""
        self._said: tuple[tuple[str, str], ...] = ()

    def tick(self) -> None:
        """Brings it up to the second; draws only what has changed."""
        said = tuple(self._parts())
        if said != self._said:
            self._said = said
            self.set_class(bool(said), "-on")
            self.set_class(bool(self.draft_of), "-draft")
            self.set_class(bool(self.desk_app.phone.ringing), "-rings")
            self.refresh()

    def on_resize(self) -> None:
        """Names are cut to the room there is."""
        self._said = ()
        self.tick()

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self._said = ()
        self.tick()

    def render(self) -> Content:
        """The line."""
        return assembled(self._said)

    async def on_click(self, event: events.Click) -> None:
        """A click takes the ring, else the caller who waits longest."""
        await self.app.run_action("app.take_ring" if self.desk_app.phone.ringing else "app.other_call")

    def _parts(self) -> list[tuple[str, str]]:
        phone = self.desk_app.phone
        width = max(self.size.width, self.screen.size.width) - 2
        ringing = phone.ringing
        parts: list[tuple[str, str]] = []
        plain = bool(ringing or self.draft_of)
        if ringing:
            more = f" +{len(ringing) - 1}" if len(ringing) > 1 else ""
            hint = f"{more}  {self.say('line.take')}"
            room = max(width - cell_len(hint) - 3, LEAST_NAME)
            sign = self.say("line.rings") if self.desk_app.plain else "☎"
            parts.append((f" {sign} {cut(who_calls(ringing[0]), room)}{hint}", ""))
            width -= cell_len(parts[0][0])
        if self.draft_of and not ringing:
            sign = "" if self.desk_app.plain else "↺ "
            end = f" · {self.say('line.anew')}"
            words = f" {sign}{cut(self.draft_of, max(width - cell_len(end) - 3, LEAST_NAME))}{end} "
            parts.append((words, ""))
            width -= cell_len(words)
        ring = phone.of(self.ring_id)
        if ring is not None and ring.missed(self.now()):
            words = self._calling_back(ring)
            if cell_len(words) <= width:
                parts.append((f" {words} ", "" if plain else "$text-accent"))
                width -= cell_len(words) + 2
        return [*parts, *self._waiting(phone.waiting, width, plain=plain)]

    def _calling_back(self, ring: Ring) -> str:
        since = time_of_day(ring.rang_at, self.zone)
        return self.say("line.back", number=ring.number, times=ring.times, since=since)

    def _waiting(self, waiting: Sequence[WaitingCall], width: int, *, plain: bool) -> list[tuple[str, str]]:
        if not waiting:
            return []
        now = self.now()
        hint = f"  {self.say('line.other')}"
        room = max((width - cell_len(hint)) // len(waiting) - 10, LEAST_NAME)
        parts: list[tuple[str, str]] = []
        sign = self.say("line.waits") if self.desk_app.plain else "⏸"
        for call in waiting:
            text = f" {sign} {cut(call.who, room)} {_timer(now - call.since)}"
            if cell_len(text) > width - cell_len(hint) and parts:
                parts.append((" …", ""))
                break
            parts.append((text, "" if plain else "bold $text-warning"))
            width -= cell_len(text)
        return [*parts, (hint, "" if plain else "$text-muted")]


def who_calls(ring: Ring) -> str:
    """Name, product and number of a caller, as far as they are known."""
    parts = [ring.who]
    if ring.customer and ring.product:
        parts.append(ring.product)
    if ring.customer:
        parts.append(ring.number)
    if ring.times > 1:
        parts.append(f"×{ring.times}")
    return " · ".join(parts)


def _timer(span: timedelta) -> str:
    return time_text(span, timedelta(days=1), seconds=True)
