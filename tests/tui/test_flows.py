"""Every command of the catalogue is done by its key somewhere, and its effect seen."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tests.tui.driving import press
from tests.tui.flows import COMMANDS, Flow
from tests.tui.real_desk import real_app, real_desk


def proven() -> dict[str, list[str]]:
    """The commands of the marks, each with the tests that do it; the fixture holds them to it."""
    found: dict[str, list[str]] = {}
    for path in sorted(Path(__file__).parent.glob("test_flows_*.py")):
        module = import_module(f"tests.tui.{path.stem}")
        for name, test in vars(module).items():
            marks = getattr(test, "pytestmark", []) if name.startswith("test_") else []
            for mark in marks:
                if mark.name == "flow":
                    # a test that does not take the fixture would be held to nothing
                    assert "flow" in test.__code__.co_varnames[: test.__code__.co_argcount], name
                    for command in mark.args:
                        found.setdefault(command, []).append(f"{path.name}::{name}")
    return found


def test_every_command_is_done_by_its_key() -> None:
    found = proven()
    assert sorted(COMMANDS.keys() - found.keys()) == [], "commands that no test does by their key"
    assert sorted(found.keys() - COMMANDS.keys()) == [], "commands that are no more"


async def test_what_is_there_already_proves_nothing() -> None:
    """An effect that needs no key is refused, and so is a key that does something else."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        flow = Flow("latin")
        flowing = flow.on(desk, app, pilot)
        with pytest.raises(AssertionError, match="is there without it"):
            await flowing.does("call.new", lambda: app.is_running)
        await press(pilot, "?")
        assert not flow.done
