"""How screen tests type, wait and look: real key events, states waited for, text as the terminal gets it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from textual import events
from textual.pilot import Pilot
from textual.strip import Strip

from deskui.desk.api import DeskApi
from deskui.tui.app import DeskApp
from deskui.tui.comfort import Comfort
from deskui.tui.keys import key_name
from deskui.tui.pictures import svg
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.fake_desk import FakeDesk

WIDE = (120, 36)
SMALL = (80, 24)
PATIENCE = 30.0
"""Seconds after which a state that never comes fails the test."""

STILL = 8
"""How many equal pictures in a row are a screen at rest."""

Driver = Pilot[None]


class NotThereYet(AssertionError):
    """The screen asked about is not on top; a key that opens it may be on its way."""


async def until(pilot: Driver, state: Callable[[], object], what: str = "") -> None:
    """Waits for a state; fails with the screen when it does not come."""
    end = time.monotonic() + PATIENCE

    def reached() -> bool:
        try:
            return bool(state())
        except NotThereYet:
            return False

    while not reached():
        if time.monotonic() > end:
            raise AssertionError(f"never came: {what or state}\n{screen_text(pilot.app)}")
        await pilot.pause(0.01)


def screen_lines(app: object) -> list[str]:
    """What stands on the screen, line by line."""
    assert isinstance(app, DeskApp)
    return [strip.text for strip in app.screen._compositor.render_strips()]


def screen_text(app: object) -> str:
    """What stands on the screen."""
    return "\n".join(line.rstrip() for line in screen_lines(app))


def keys_of(*typed: str) -> list[events.Key]:
    """Key events as a terminal sends them: names of one key such as `enter`, else text letter by letter.

    `Pilot.press` drops the marks of Thai, so tests post these.
    """
    made = []
    for part in typed:
        if part in _NAMED:
            made.append(events.Key(part, None))
        else:
            made += [events.Key(key_name(letter), letter) for letter in part]
    return made


_CONTROL = frozenset(
    ("ctrl+a", "ctrl+f", "ctrl+j", "ctrl+k", "ctrl+l", "ctrl+o", "ctrl+p", "ctrl+r", "ctrl+t", "ctrl+y", "f3")
)
_NAMED = (
    _CONTROL
    | frozenset(
        (
            "enter",
            "escape",
            "tab",
            "shift+tab",
            "up",
            "down",
            "backspace",
            "ctrl+b",
            "ctrl+e",
            "ctrl+n",
            "ctrl+g",
        )
    )
    | frozenset(f"f{number}" for number in range(1, 13))
)


async def press(pilot: Driver, *typed: str) -> int:
    """Types at once, without waiting between keys; answers how many keys that were."""
    keys = keys_of(*typed)
    for key in keys:
        pilot.app.post_message(key)
    await pilot.pause()
    return len(keys)


def workers_idle(app: DeskApp) -> bool:
    """Whether no work for the desk is under way, the watch apart."""
    return all(worker.group in ("watch", "connect") or worker.is_finished for worker in app.workers)


@asynccontextmanager
async def on_the_desk(
    desk: FakeDesk,
    *,
    size: tuple[int, int] = WIDE,
    language: str = "en",
    connect: Callable[[], DeskApi] | None = None,
    comfort: Comfort | None = None,
) -> AsyncIterator[tuple[DeskApp, Driver]]:
    """The app over a desk, ready for keys."""
    app = DeskApp(
        connect or (lambda: desk), clock=desk.clock, language=language, poll_seconds=0.05, comfort=comfort
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        if connect is None:
            await ready(app, pilot)
        yield app, pilot


async def ready(app: DeskApp, pilot: Driver) -> None:
    """Waits until the queue and the panes are filled."""
    screen = app.screen
    assert isinstance(screen, DeskScreen)
    await until(pilot, lambda: app.desk is not None, "connected")
    await until(pilot, lambda: not screen.waits("c"), "queue read")
    await settled(app, pilot)


async def settled(app: DeskApp, pilot: Driver) -> None:
    """Waits until nothing is asked of the desk any more and the panes follow the cursor."""

    def follows() -> bool:
        desk = desk_screen(app)
        shown = desk.detail.row.ticket_id if desk.detail else None
        return workers_idle(app) and shown == desk.queue.ticket_id

    await until(pilot, follows, "panes follow the cursor")
    await pilot.pause()


async def still(app: DeskApp, pilot: Driver) -> str:
    """The screen's picture once nothing on it moves any more."""
    before: list[Strip] = []
    same = 0
    end = time.monotonic() + PATIENCE
    while same < STILL:
        await pilot.pause(0.02)
        # text and colours as the terminal gets them: drawn faster than as a picture
        drawn = app.screen._compositor.render_strips()
        same = same + 1 if drawn == before else 0
        before = drawn
        assert time.monotonic() < end, "the screen never came to rest"
    return svg(app)


def desk_screen(app: DeskApp) -> DeskScreen:
    """The Desk, wherever it is in the stack."""
    return next(screen for screen in app.screen_stack if isinstance(screen, DeskScreen))


def call_screen(app: DeskApp) -> CallScreen:
    """The Call screen; raises NotThereYet unless it is on top, with its panes in it."""
    if not isinstance(app.screen, CallScreen) or not app.screen.is_mounted:
        raise NotThereYet(str(app.screen))
    return app.screen


def toasts(app: DeskApp) -> list[str]:
    """What was said in passing."""
    return [note.message for note in app._notifications]


def contains(text: str, parts: Iterable[str]) -> list[str]:
    """The parts that are missing."""
    return [part for part in parts if part not in text]
