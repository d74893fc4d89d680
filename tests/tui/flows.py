"""Commands done by their keys: what a key is for is not there before it is pressed, and is there afterwards.

A test marked `flow("ticket.claim", …)` takes the fixture `flow` and does each of these commands with `does`.
The fixture fails a test that names a command it did not do, or does one it did not name: the names on the
marks are what was proven, and `test_flows.py` compares them with the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from textual import events

from deskui.desk.layout import THAI_OF
from deskui.tui.app import DeskApp
from deskui.tui.catalogue import CATALOGUE, Command
from deskui.tui.keys import key_name, twin
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import SMALL, WIDE, Driver, NotThereYet, desk_screen, press, settled, until
from tests.tui.real_desk import RealDesk

__all__ = ["COMMANDS", "LAYOUTS", "Flow", "flow"]

COMMANDS = {command.id: command for command in CATALOGUE}
LAYOUTS = ("latin", "thai")
_TYPED = {key_name(sign): sign for pair in THAI_OF.items() for sign in pair} | {"space": " "}


def key_of(command: Command, layout: str) -> events.Key:
    """What the keyboard sends for a command's first key."""
    name = command.keys.split(",")[0]
    name = key_name(name) if len(name) == 1 else name
    if layout == "thai":
        name = twin(name) or name
    return events.Key(name, _TYPED.get(name))


@dataclass
class Flow:
    """The commands that a test has done; it runs once on each layout of the keyboard."""

    layout: str
    done: set[str] = field(default_factory=set)

    @property
    def size(self) -> tuple[int, int]:
        """The terminal of this run: the small one on the Thai layout."""
        return SMALL if self.layout == "thai" else WIDE

    @property
    def language(self) -> str:
        """The language of this run's screens."""
        return "th" if self.layout == "thai" else "en"

    def on(self, desk: RealDesk, app: DeskApp, pilot: Driver) -> Flowing:
        """The same for one app."""
        return Flowing(self, desk, app, pilot)


@dataclass
class Flowing:
    """Commands done to one app."""

    flow: Flow
    desk: RealDesk
    app: DeskApp
    pilot: Driver

    async def does(
        self, command_id: str, effect: Callable[[], object], *typed: str, twice: bool = False
    ) -> None:
        """Presses the key of a command and types on; waits for an effect that was not there before.

        `twice` presses the key again after that, which is how a command is confirmed that asks.
        """
        before = True
        try:
            before = bool(effect())
        except NotThereYet:
            before = False
        assert not before, f"{command_id}: what its key is for is there without it"
        self.key(command_id)
        if typed:
            await press(self.pilot, *typed)
        if twice:
            self.key(command_id)
        await until(self.pilot, effect, command_id)
        self.flow.done.add(command_id)
        await self.rest()

    def key(self, command_id: str) -> None:
        """Presses the key of a command on the layout that is on."""
        self.app.post_message(key_of(COMMANDS[command_id], self.flow.layout))

    async def escape(self) -> None:
        """Goes back to the Desk, as often as it takes; waits there."""
        for _ in range(3):
            if isinstance(self.app.screen, DeskScreen):
                break
            screen = self.app.screen
            await press(self.pilot, "escape")
            await until(self.pilot, lambda left=screen: self.app.screen is not left, "left")  # type: ignore[misc]
        await self.rest()

    async def rest(self) -> None:
        """On the Desk, waits until list and panes show what the store has."""
        if not isinstance(self.app.screen, DeskScreen) or self.app._exit:
            return
        await settled(self.app, self.pilot)

        def newest() -> bool:
            row = desk_screen(self.app).queue.row
            if row is None or row.ticket_id < 0:
                return True
            (stored,) = self.desk.of("nok").rows([row.ticket_id])
            return stored.version == row.version

        await until(self.pilot, newest, "the list shows what the store has")


@pytest.fixture(params=LAYOUTS)
def flow(request: pytest.FixtureRequest) -> Iterator[Flow]:
    """What the test does; afterwards it must have done what its mark says, and nothing else."""
    flow = Flow(request.param)
    yield flow
    mark = request.node.get_closest_marker("flow")
    assert mark is not None, "a test of flows names its commands"
    assert flow.done == set(mark.args)
