"""The screens as they look, at both sizes and in both languages; look at a picture before keeping it."""

from __future__ import annotations

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input, TextArea

from deskui.clock import FixedClock
from deskui.tui.app import DeskApp
from tests.tui.driving import (
    SMALL,
    WIDE,
    Driver,
    call_screen,
    desk_screen,
    on_the_desk,
    press,
    settled,
    still,
    until,
)
from tests.tui.fake_desk import SATURDAY, FakeDesk
from tests.tui.fake_world import alive_desk

SIZES = [pytest.param(WIDE, id="120x36"), pytest.param(SMALL, id="80x24")]


@pytest.fixture(autouse=True)
def _still_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Input.cursor_blink, "_default", False)
    monkeypatch.setattr(TextArea.cursor_blink, "_default", False)


async def desk(app: DeskApp, pilot: Driver) -> None:
    """The Desk on a Monday morning."""


async def why(app: DeskApp, pilot: Driver) -> None:
    """How a due time comes about."""
    await press(pilot, "w")
    await until(pilot, lambda: desk_screen(app).sla.explained, "steps")


async def cover(app: DeskApp, pilot: Driver) -> None:
    """All a customer has."""
    await press(pilot, "f", "062-900", "enter")
    await until(pilot, lambda: desk_screen(app).cover.detailed, "cover")


async def quota_call(app: DeskApp, pilot: Driver) -> None:
    """The third remote install of five."""
    await press(pilot, "n", "02-412", "enter", "remo", "enter")
    await until(pilot, lambda: app.focused is call_screen(app).notes.title_field, "in NOTES")


async def question_call(app: DeskApp, pilot: Driver) -> None:
    """A question of an EMWORK call."""
    await press(pilot, "n", "081-234", "enter", "faul", "enter", "y")
    await until(pilot, lambda: call_screen(app).questions.knows("emwork_product"), "answered")
    await until(pilot, lambda: call_screen(app).questions.question is not None, "asked the next")


async def saturday_call(app: DeskApp, pilot: Driver) -> None:
    """A machine move on a Saturday."""
    await press(pilot, "n", "02-412", "enter", "machine", "enter")
    await until(pilot, lambda: app.focused is call_screen(app).notes.title_field, "in NOTES")


SCENES = [desk, why, cover, quota_call, question_call, saturday_call]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
async def test_picture(
    scene: object, size: tuple[int, int], language: str, snapshot: SnapshotAssertion
) -> None:
    assert callable(scene)
    world = alive_desk(FixedClock(SATURDAY)) if scene is saturday_call else alive_desk()
    async with on_the_desk(world, size=size, language=language) as (app, pilot):
        await scene(app, pilot)
        await settled(app, pilot)
        picture = await still(app, pilot)
    assert picture == snapshot(extension_class=SVGImageExtension)


async def test_picture_of_a_first_start(snapshot: SnapshotAssertion) -> None:
    async with on_the_desk(FakeDesk(), size=SMALL, language="th") as (app, pilot):
        picture = await still(app, pilot)
    assert picture == snapshot(extension_class=SVGImageExtension)
