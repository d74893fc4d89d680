"""No typed word is lost on the way to the store: not while a save is under way, not when one is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from textual.message import Message

from deskui.desk.api import DeskApi
from deskui.desk.errors import StoreFailure
from deskui.desk.model import Call
from deskui.policy.decision import Text
from deskui.tui.app import DeskApp
from deskui.tui.courier import Courier
from deskui.tui.drafts import SAVE_AFTER, DraftKeeper
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import Driver, call_screen, on_the_desk, press, toasts, until
from tests.tui.fake_desk import FakeDesk
from tests.tui.fake_world import alive_desk

AWAY = StoreFailure(Text("เขียนไม่ได้", "cannot be written"))
KEYS = pytest.mark.parametrize("key", ["escape", "ctrl+n"])


async def noting(app: DeskApp, pilot: Driver) -> CallScreen:
    """The Call screen with the cursor in the notes."""
    await press(pilot, "n")
    await until(pilot, lambda: call_screen(app).is_current, "call")
    screen = call_screen(app)
    screen.set_focus(screen.notes.area)
    return screen


def gone(app: DeskApp, key: str) -> bool:
    """Whether the call is off the screen, as `key` does it."""
    return isinstance(app.screen, DeskScreen) if key == "escape" else call_screen(app).notes.area.text == ""


def notes(desk: FakeDesk) -> list[str]:
    """Notes of all drafts in the store."""
    return [call.notes for call in desk.calls.values()]


@KEYS
async def test_what_is_typed_while_a_save_is_under_way_is_saved_too(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The save that was under way is not the last one; the draft stays one."""
    desk = alive_desk()
    at_work, gate = threading.Event(), threading.Event()
    save = desk.save_draft

    def slow(call: Call) -> Call:
        at_work.set()
        assert gate.wait(30)
        return save(call)

    monkeypatch.setattr(desk, "save_draft", slow)
    async with on_the_desk(desk) as (app, pilot):
        screen = await noting(app, pilot)
        await press(pilot, "first")
        await until(pilot, at_work.is_set, "saving")
        await press(pilot, " second", key)
        await until(pilot, lambda: screen.keeper.awaited, "key seen")
        assert screen.notes.area.text == "first second"
        gate.set()
        await until(pilot, lambda: gone(app, key), "off the screen")
        assert notes(desk) == ["first second"]


async def test_keys_after_one_that_waits_for_the_save_go_where_it_leads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is typed after ^n belongs to the new call."""
    desk = alive_desk()
    gate = threading.Event()
    save = desk.save_draft

    def slow(call: Call) -> Call:
        assert gate.wait(30)
        return save(call)

    monkeypatch.setattr(desk, "save_draft", slow)
    async with on_the_desk(desk) as (app, pilot):
        screen = await noting(app, pilot)
        await press(pilot, "old", "ctrl+n", "new")
        await until(pilot, lambda: screen.keeper.awaited, "key seen")
        gate.set()
        await until(pilot, lambda: screen.who.text == "new", "typed into the new call")
        assert notes(desk)[0] == "old"


@KEYS
async def test_a_refused_save_keeps_the_call_on_the_screen_and_is_tried_again(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told and not left; once the store answers the text is kept without another key, and then one leaves."""
    desk = alive_desk()
    down = threading.Event()
    down.set()
    save = desk.save_draft

    def refuse(call: Call) -> Call:
        if down.is_set():
            raise StoreFailure(Text("ดิสก์เต็ม", "the disk is full"))
        return save(call)

    monkeypatch.setattr(desk, "save_draft", refuse)
    async with on_the_desk(desk) as (app, pilot):
        screen = await noting(app, pilot)
        asked: list[object] = []
        when_kept = screen.keeper.when_kept

        def ask(after: Callable[[], None]) -> bool:
            asked.append(after)
            return when_kept(after)

        monkeypatch.setattr(screen.keeper, "when_kept", ask)
        await press(pilot, "half a note", key)
        await until(pilot, lambda: asked and not screen.keeper.awaited, "dropped")
        await until(pilot, lambda: "Not kept yet, trying again · the disk is full" in toasts(app), "told")
        assert call_screen(app).notes.area.text == "half a note"
        down.clear()
        await until(pilot, lambda: notes(desk) == ["half a note"], "tried again")
        assert call_screen(app).notes.area.text == "half a note"
        await press(pilot, key)
        await until(pilot, lambda: gone(app, key), "off the screen")
        assert notes(desk) == ["half a note"]


async def test_a_store_that_stays_away_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried again and again, but says so only when asked."""
    desk = alive_desk()
    told: list[str] = []
    tries: list[Call] = []

    def refuse(call: Call) -> Call:
        tries.append(call)
        raise StoreFailure(Text("ดิสก์เต็ม", "the disk is full"))

    def toast(self: DeskApp, text: str, *, severe: bool = False) -> None:
        told.append(text)

    monkeypatch.setattr(desk, "save_draft", refuse)
    monkeypatch.setattr(DeskApp, "toast", toast)
    async with on_the_desk(desk) as (app, pilot):
        await noting(app, pilot)
        await press(pilot, "half a note")
        await until(pilot, lambda: len(tries) >= 3, "three tries")
        assert told == ["Not kept yet, trying again · the disk is full"]
    assert SAVE_AFTER < 1


async def test_escape_before_there_is_a_store_loses_nothing() -> None:
    """The call stays until it can be kept."""
    desk = alive_desk(language="en")
    gate = threading.Event()

    def connect() -> DeskApi:
        assert gate.wait(30)
        return desk

    async with on_the_desk(desk, connect=connect) as (app, pilot):
        await noting(app, pilot)
        await press(pilot, "early", "escape")
        await until(pilot, lambda: any(note.startswith("Not kept yet") for note in toasts(app)), "told")
        assert call_screen(app).notes.area.text == "early"
        gate.set()
        await until(pilot, lambda: notes(desk) == ["early"], "kept")
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "left")


class _Still(Courier):
    """Takes work and never does it."""

    def fetch(self, group: str, job: Callable[[DeskApi], Message], *, keep: bool = False) -> bool:
        return True


def test_a_save_that_comes_back_after_another_call_began_is_not_of_that_one() -> None:
    """The next call was saved over the one before."""
    keeper = DraftKeeper(_Still(), lambda: Call(notes="of the call before"))
    keeper.save()
    assert keeper.saving
    keeper.fresh()
    keeper.kept(Call(draft_id=7))
    assert keeper.draft_id is None
    assert not keeper.saving


async def test_a_draft_that_cannot_be_gone_on_with_holds_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was typed could not be kept first: every key but Esc waited for ever."""
    desk = alive_desk()
    desk.save_draft(Call(query="0999", notes="waits", parked_at=desk.now()))
    async with on_the_desk(desk) as (app, pilot):
        screen = await noting(app, pilot)
        await until(pilot, lambda: screen.who._drafts, "offered")

        may = threading.Event()

        def broken(call: Call) -> Call:
            assert may.wait(30)
            raise AWAY

        monkeypatch.setattr(desk, "save_draft", broken)
        await press(pilot, "typed")
        await until(pilot, lambda: screen.notes.area.text == "typed", "typed")
        screen.set_focus(screen.who.field)
        await press(pilot, "enter")
        await until(pilot, lambda: screen.who.pending, "chosen")
        may.set()
        await until(pilot, lambda: not screen.waits("x"), "no key waits")
        assert screen.notes.area.text == "typed"
