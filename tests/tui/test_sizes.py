"""From 60×20 to 250×70 and back while one works: nothing ends, nothing that matters is out of sight."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.widget import Widget

from deskui.tui.app import DeskApp
from deskui.tui.comfort import Comfort
from deskui.tui.messages import Say
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import (
    Driver,
    call_screen,
    desk_screen,
    on_the_desk,
    press,
    screen_text,
    settled,
    until,
)
from tests.tui.fake_world import alive_desk

SIZES = [(60, 20), (250, 70), (80, 24), (120, 36), (60, 20), (100, 20), (60, 70), (120, 36)]
MODES = [pytest.param(False, id="drawn"), pytest.param(True, id="plain")]


async def resized(app: DeskApp, pilot: Driver, size: tuple[int, int]) -> None:
    await pilot.resize_terminal(*size)
    await until(pilot, lambda: app.screen.size == size, f"{size}")
    await pilot.pause()


def in_sight(app: DeskApp, widget: Widget | None) -> bool:
    """Whether a part of it is drawn on the screen."""
    if widget is None or not widget.display:
        return False
    seen = app.screen.find_widget(widget).visible_region
    return bool(seen) and seen.width > 0 and seen.height > 0


def rows_in_sight(app: DeskApp) -> int:
    queue = desk_screen(app).queue
    region = app.screen.find_widget(queue).visible_region
    return sum(line is not None for line in queue.view.lines[: region.height])


def details_open(app: DeskApp) -> bool:
    return desk_screen(app).sla.explained or desk_screen(app).cover.detailed


@pytest.mark.parametrize("plain", MODES)
async def test_the_desk_at_every_size(plain: bool) -> None:
    """The row of the cursor, its clock and the way to help stay in sight, with details open or not."""
    desk = alive_desk()
    for line in ("first", "second", "third", "newest line"):
        desk.note(desk.queue("all").entries[0].ticket_id, line)
    async with on_the_desk(desk, comfort=Comfort(plain=plain)) as (app, pilot):
        for opened in ("", "w", "e"):
            if opened:
                await press(pilot, "escape", opened)
                await until(pilot, lambda: details_open(app), opened)
            for size in SIZES:
                await resized(app, pilot, size)
                await settled(app, pilot)
                row = desk_screen(app).queue.row
                assert row is not None
                text = screen_text(app)
                where = f"{size} {opened}\n{text}"
                assert rows_in_sight(app) >= 2, where
                assert str(row.number) in text, where
                assert in_sight(app, app.focused), where
                assert "?" in text.splitlines()[-1], where
                assert "12m" in text, where
                assert opened or "newest line" in text, where


@pytest.mark.parametrize("plain", MODES)
async def test_a_call_at_every_size(plain: bool) -> None:
    """Where one types and the verdict stay in sight; what was typed stays."""
    async with on_the_desk(alive_desk(), comfort=Comfort(plain=plain)) as (app, pilot):
        await press(pilot, "n", "02-412")
        await until(pilot, lambda: isinstance(app.screen, CallScreen), "call")
        for keys in ((), ("enter", "remo"), ("enter",)):
            await press(pilot, *keys)
            await until(pilot, lambda: app.focused is not None, "focus")
            for size in SIZES:
                await resized(app, pilot, size)
                where = f"{size} {keys}\n{screen_text(app)}"
                assert in_sight(app, app.focused), where
                assert "02-412" in screen_text(app), where
        await until(pilot, lambda: app.focused is call_screen(app).notes.title_field, "notes")
        await press(pilot, "enter")
        await until(pilot, lambda: "logs the call" in screen_text(app), "in the notes")
        for size in SIZES:
            await resized(app, pilot, size)
            text = screen_text(app)
            assert "QUOTA" in text, f"{size}\n{text}"
            # a key is named with what it does, or not at all
            line = app.keys["call.line"]
            assert text.count(line) == text.count(f"{line} new line"), f"{size}\n{text}"


@pytest.mark.parametrize(
    ("keys", "words"), [("?", "All keys"), ("f", "Find"), ("y", "now"), ("C", "Ticket number"), ("V", "all")]
)
async def test_windows_at_every_size(keys: str, words: str) -> None:
    async with on_the_desk(alive_desk()) as (app, pilot):
        await press(pilot, keys)
        await until(pilot, lambda: not isinstance(app.screen, DeskScreen), "window")
        for size in SIZES:
            await resized(app, pilot, size)
            await until(pilot, lambda: words in screen_text(app), f"{words} at {size}")
            assert in_sight(app, app.focused or app.screen.displayed_children[0]), (
                f"{size}\n{screen_text(app)}"
            )


async def test_too_small_says_so_and_loses_nothing() -> None:
    async with on_the_desk(alive_desk()) as (app, pilot):
        await press(pilot, "t", "half a note")
        await until(pilot, lambda: desk_screen(app).pane.note.value == "half a note", "typed")
        for size in ((59, 24), (80, 19), (20, 5), (1, 1)):
            await resized(app, pilot, size)
            if size[0] > 20:
                assert "60×20" in screen_text(app)
                assert "Queue" not in screen_text(app)
        await resized(app, pilot, (60, 20))
        await until(pilot, lambda: "half a note" in screen_text(app), "still there")
        assert app.focused is desk_screen(app).pane.note


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_a_line_for_words_asks_for_is_read_whole_at_80_columns(language: str) -> None:
    """The label has three fifths of the ticket pane, and its space; it was cut at the end."""
    say = Say(language)
    values = {"number": 13720, "who": "somchai-bkk", "n": 500, "about": "#13720"}
    labels = [
        say(name, **values)
        for name in (
            *("ask.words", "assign.reason", "hold.reason", "marks.resolve", "marks.wait", "resolve.words"),
            *("take.reason", "ticket.reason", "view.save", "wait.reason"),
        )
    ]
    assert [label for label in labels if cell_len(label) >= (80 - 4) * 3 // 5] == []
