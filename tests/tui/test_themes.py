"""Colours: every pair that is drawn can be read in every theme, live, with 16 colours and with none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.screen import ModalScreen

from deskui.config import THEMES
from deskui.tui.app import DeskApp
from deskui.tui.comfort import Comfort
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from deskui.tui.themes import SIXTEEN, contrast, theme_name
from tests.tui.driving import (
    SMALL,
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

ENOUGH = {name: 7.0 if name == "contrast" else 4.5 for name in THEMES}
"""WCAG 2.2, 1.4.6 and 1.4.3."""
FRAME = 3.0
"""1.4.11: what marks the pane with the focus."""


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color(255, 255, 255), Color(255, 255, 255)) == 1
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


def drawn(app: DeskApp) -> Iterator[Segment]:
    """What goes to the terminal, after the filters; of a window over others only the window."""
    strips = app.screen._compositor.render_strips()
    if not isinstance(app.screen, ModalScreen):
        for strip in strips:
            yield from strip
        return
    for part in app.screen.displayed_children:
        for strip in strips[part.region.y : part.region.bottom]:
            yield from strip.crop(part.region.x, part.region.right)


def is_drawing(text: str) -> bool:
    return all(sign.isspace() or "\u2500" <= sign <= "\u259f" for sign in text)


def faint(app: DeskApp, least: float) -> set[tuple[str, str, str]]:
    """Texts that cannot be read: (foreground, background, text)."""
    found = set()
    for text, style, _ in drawn(app):
        if is_drawing(text) or style is None:
            continue
        assert style.color is not None, text
        assert style.bgcolor is not None, text
        front, behind = (Color.from_rich_color(one) for one in (style.color, style.bgcolor))
        if style.reverse:
            front, behind = behind, front
        if style.dim or contrast(front, behind) < least:
            found.add((front.hex, behind.hex, text))
    return found


SCENES = ["desk", "why", "cover", "help", "find", "palette", "copy", "call", "verdict", "toast"]


async def show(scene: str, app: DeskApp, pilot: Driver) -> None:
    """Brings a scene on the screen, from the one before it."""
    match scene:
        case "desk":
            await settled(app, pilot)
        case "why":
            await press(pilot, "w")
            await until(pilot, lambda: desk_screen(app).sla.explained, scene)
        case "cover":
            await press(pilot, "escape", "e")
            await until(pilot, lambda: desk_screen(app).cover.detailed, scene)
        case "help":
            await press(pilot, "escape", "f1")
            await until(pilot, lambda: "All keys" in screen_text(app), scene)
        case "find":
            await press(pilot, "escape", "f", "siam")
            await until(pilot, lambda: "Siam" in screen_text(app), scene)
        case "palette":
            await press(pilot, "escape", "ctrl+p")
            await until(pilot, lambda: "New call" in screen_text(app), scene)
        case "copy":
            await press(pilot, "escape", "f12")
            await until(pilot, lambda: "Ticket number" in screen_text(app), scene)
        case "call":
            await press(pilot, "escape", "n", "02-412")
            await until(pilot, lambda: isinstance(app.screen, CallScreen), scene)
        case "verdict":
            await press(pilot, "enter", "remo", "enter")
            await until(pilot, lambda: app.focused is call_screen(app).notes.title_field, scene)
        case "toast":
            app.toast("said in passing", severe=True)
            await until(pilot, lambda: "said in passing" in screen_text(app), scene)


@pytest.mark.parametrize("theme", THEMES)
async def test_all_that_is_drawn_can_be_read(theme: str) -> None:
    """Every text of ten scenes against what is behind it."""
    async with on_the_desk(alive_desk(), comfort=Comfort(theme=theme)) as (app, pilot):
        for scene in SCENES:
            await show(scene, app, pilot)
            assert not faint(app, ENOUGH[theme]), scene


@pytest.mark.parametrize("theme", THEMES)
def test_the_frame_of_the_focus_is_seen(theme: str) -> None:
    app = DeskApp(alive_desk, comfort=Comfort(theme=theme))
    colours = app.theme_variables
    border, background = Color.parse(colours["border"]), Color.parse(colours["background"])
    assert contrast(border, background) >= FRAME


def has_another(app: DeskApp, theme: str) -> bool:
    return app.theme != theme


async def test_a_theme_is_put_on_while_one_works() -> None:
    """D goes round; what was drawn before is drawn again; the palette names each."""
    async with on_the_desk(alive_desk(), comfort=Comfort(theme="dark")) as (app, pilot):
        seen = []
        for _ in range(len(THEMES) + 1):
            seen.append(app.theme)
            behind = {style.bgcolor for _, style, _ in drawn(app) if style is not None}
            seen_behind = {Color.from_rich_color(one).hex.lower() for one in behind if one is not None}
            assert (app.current_theme.surface or "").lower() in seen_behind
            before = app.theme
            await press(pilot, "D")
            await until(pilot, partial(has_another, app, before), "next")
            await pilot.pause()
        assert seen == [theme_name(name) for name in (*THEMES, "dark")]
        await press(pilot, "ctrl+p", "night")
        await until(pilot, lambda: "Colours: night" in screen_text(app), "in the palette")
        await press(pilot, "enter")
        await until(pilot, lambda: app.theme == theme_name("night"), "chosen")


async def test_no_colour_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR the terminal gets none, and the cursor is seen all the same."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with on_the_desk(alive_desk(), size=SMALL) as (app, pilot):
        await settled(app, pilot)
        styles = [style for _, style, _ in drawn(app) if style is not None]
        assert all(style.color is None or style.color.is_default for style in styles)
        assert all(style.bgcolor is None or style.bgcolor.is_default for style in styles)
        row = desk_screen(app).queue.row
        assert row is not None
        lit = "".join(text for text, style, _ in drawn(app) if style is not None and style.reverse)
        assert str(row.number) in lit
        assert not any(style.dim for style in styles)


async def test_sixteen_colours_are_those_of_the_terminal() -> None:
    """Nothing but its own colours and its own ground, whatever they are."""
    async with on_the_desk(alive_desk(), size=SMALL, comfort=Comfort(theme=None)) as (app, pilot):
        app.theme = theme_name(SIXTEEN)
        await until(pilot, lambda: app.native_ansi_color, "on")
        for scene in ("desk", "help", "find", "palette", "copy", "call", "verdict"):
            await show(scene, app, pilot)
            for text, style, _ in drawn(app):
                if style is None or is_drawing(text):
                    continue
                for colour in (style.color, style.bgcolor):
                    assert colour is None or colour.is_default or (colour.number or 0) < 16, (scene, text)
                    assert colour is None or colour.triplet is None, (scene, text)
                assert style.color is None or style.color != style.bgcolor or style.color.is_default, text


async def test_the_terminal_says_which_theme_suits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "standard")
    assert DeskApp(alive_desk).theme == theme_name(SIXTEEN)
    assert DeskApp(alive_desk, comfort=Comfort(theme="light")).theme == theme_name("light")
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "256")
    assert DeskApp(alive_desk).theme == theme_name("dark")


async def test_a_state_is_told_by_a_sign_or_a_word_too() -> None:
    """Without any colour what is breached, warned of and paused still says so."""
    async with on_the_desk(alive_desk()) as (app, _pilot):
        assert isinstance(app.screen, DeskScreen)
        text = screen_text(app)
        assert "▲" in text
        assert "[all" in text
        assert "▸" in text
