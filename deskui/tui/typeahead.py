"""Keys in the order they were typed: each is seen through before the next one is handed on.

Textual hands every key to the widget that has the focus when it arrives. An agent, or a terminal that
pastes a burst, is faster: what is typed after a key that opens a screen would go to the old one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import ExitStack

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget

__all__ = ["AtOnce", "Patient", "TypeAhead", "Typed"]

ROUNDS = 3
"""How often the mark goes round: a key makes a message (Submitted), its handler another one (Chosen), and
what either changes must stand before the next key."""
LOOK_AFTER = 0.5
"""Seconds between looks whether the widget a key went to is still there to answer."""


class Typed(Message):
    """Follows a key through the same queues and says that it was dealt with."""

    def __init__(self, serial: int, rounds: int, target: MessagePump) -> None:
        super().__init__()
        self.serial = serial
        self.rounds = rounds
        self.target = target


class AtOnce:
    """A widget or screen that deals with some keys at once: nothing of what they do is left for a message."""

    async def take_key(self, key: str) -> bool:
        """Deals with `key`; False when it is to go the way of all keys."""
        raise NotImplementedError


class Patient:
    """A screen that may ask for keys to wait until something it needs is there."""

    def in_one_frame(self, event: events.Key | events.Paste) -> bool:
        """Whether all that a key sets off is drawn at once, and nothing of it before."""
        return False

    def waits(self, key: str) -> bool:
        """Whether `key` is to be kept for now; `type_on` of the app's TypeAhead hands it on later."""
        return False


class TypeAhead:
    """The queue of keys and pastes of one app."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._keys: deque[events.Key | events.Paste] = deque()
        self._serial = 0
        self._busy = False
        self._guard: asyncio.TimerHandle | None = None
        self._frame = ExitStack()
        """Open while drawing waits for what a key sets off."""

    async def take(
        self, event: events.Key | events.Paste, hand_on: Callable[[events.Event], Awaitable[bool]]
    ) -> None:
        """Takes a key from the terminal.

        `hand_on` gives it to the widget with the focus, and says whether it has been dealt with already.
        """
        self._hand_on = hand_on
        self._keys.append(event)
        await self.type_on()

    def forget(self) -> None:
        """Drops what was typed and not yet seen: there is nothing left it could mean."""
        self._keys.clear()

    async def type_on(self) -> None:
        """Hands on the next key, unless one is being dealt with or the screen asks it to wait."""
        # an app that is leaving has no screen for what is still typed
        while self._keys and not self._busy and self._app.screen_stack:
            event = self._keys[0]
            screen = self._app.screen
            key = event.key if isinstance(event, events.Key) else "paste"
            if isinstance(screen, Patient) and screen.waits(key) and not self._broken_off():
                return
            self._keys.popleft()
            self._busy = True
            self._serial += 1
            target = self._app.focused or screen
            if isinstance(screen, Patient) and screen.in_one_frame(event):
                self._frame.enter_context(self._app.batch_update())
            if await self._hand_on(event):
                self._done()
            elif target.post_message(Typed(self._serial, ROUNDS, target)):
                self._watch(self._serial, target)
            else:
                self._done()

    async def back(self, mark: Typed) -> None:
        """The mark of a key came back: round it goes again, until all that the key set off has been done."""
        if mark.serial != self._serial or not self._busy:
            return
        again = Typed(mark.serial, mark.rounds - 1, mark.target)
        if mark.rounds <= 1 or not mark.target.post_message(again):
            await self._typed(mark.serial)

    async def _typed(self, serial: int) -> None:
        if serial == self._serial and self._busy:
            self._done()
            if self._guard is not None:
                self._guard.cancel()
                self._guard = None
            await self.type_on()

    def _done(self) -> None:
        self._busy = False
        self._frame.close()
        # drawing was put off: now the screen looks whether there is anything to draw; leaving, there is none
        for screen in self._app.screen_stack[-1:]:
            screen.check_idle()

    def _broken_off(self) -> bool:
        """Whether Esc was typed: nobody is made to wait for a store that does not answer."""
        return any(isinstance(event, events.Key) and event.key == "escape" for event in self._keys)

    def _watch(self, serial: int, target: Widget) -> None:
        if self._guard is not None:
            self._guard.cancel()

        def look() -> None:
            # a key that closed its own screen has nobody left to send the mark back
            if target.is_attached:
                self._watch(serial, target)
            else:
                self._app.call_later(self._typed, serial)

        self._guard = asyncio.get_running_loop().call_later(LOOK_AFTER, look)
