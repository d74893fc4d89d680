"""What the painter sends leaves the terminal as what Textual would have sent does, in fewer bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, InlineUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip

from deskui.desk.model import Call
from deskui.tui import app, thai
from deskui.tui.app import DeskApp
from deskui.tui.painting import Painter
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import WIDE, call_screen, press, until
from tests.tui.fake_world import alive_desk
from tests.tui.terminal_cells import Cells

# without it Rich parts letters from their marks where a line is cut
thai.install()

WIDTH, HEIGHT = 24, 3
SIZE = Size(WIDTH, HEIGHT)
STYLES = [
    None,
    Style(color="#ff0000", bgcolor="#000000"),
    Style(color="#00ff00", bgcolor="#000000", bold=True),
    Style(color="#00ff00", bgcolor="#101010", underline=True),
    Style(reverse=True),
    Style(bold=True, italic=True, color="red"),
    Style(bgcolor="#101010"),
]
LETTERS = ["a", "b", " ", " ", "ก", "ที่", "น้ำ", "─", "世", "═"]


def console() -> Console:
    """A console that writes colours wherever it runs."""
    return Console(color_system="truecolor", force_terminal=True, width=WIDTH)


@st.composite
def lines(draw: st.DrawFn) -> Strip:
    """A line as wide as the terminal, in pieces of any style."""
    pieces = draw(
        st.lists(
            st.tuples(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=6), st.sampled_from(STYLES)),
            max_size=6,
        )
    )
    segments = [Segment("".join(letters), style) for letters, style in pieces]
    return Strip(segments).adjust_cell_length(WIDTH, STYLES[1])


def whole(screen: list[Strip]) -> LayoutUpdate:
    return LayoutUpdate([[strip] for strip in screen], SIZE.region)


def part(screen: list[Strip], line: int, first: int, last: int) -> ChopsUpdate:
    """An update of a part of a line, as the compositor cuts it."""
    left, middle, right = screen[line].divide([first, last, WIDTH])
    chops: list[dict[int, Strip | None]] = [{} for _ in range(HEIGHT)]
    chops[line] = {0: None if first else left, first: middle, last: right if last == WIDTH else None}
    return ChopsUpdate(chops, [(line, first, last)], [[first, last, WIDTH] for _ in range(HEIGHT)])


@given(st.lists(st.tuples(*[lines()] * HEIGHT), min_size=1, max_size=5))
def test_any_screens_in_turn_look_as_textual_draws_them(screens: list[tuple[Strip, ...]]) -> None:
    painter, ours, theirs = Painter(), Cells(WIDTH, HEIGHT), Cells(WIDTH, HEIGHT)
    for screen in screens:
        update = whole(list(screen))
        ours.feed(painter.codes(update, console(), SIZE))
        theirs.feed(update.render_segments(console()))
        assert ours.seen() == theirs.seen()


@given(
    st.tuples(*[lines()] * HEIGHT),
    st.lists(
        st.tuples(lines(), st.integers(0, HEIGHT - 1), st.integers(1, 11), st.integers(12, 23)), max_size=5
    ),
)
def test_parts_of_lines_too(screen: tuple[Strip, ...], parts: list[tuple[Strip, int, int, int]]) -> None:
    painter, ours, theirs = Painter(), Cells(WIDTH, HEIGHT), Cells(WIDTH, HEIGHT)
    now = list(screen)
    for update in (whole(now), *(part([strip] * HEIGHT, line, a, b) for strip, line, a, b in parts)):
        ours.feed(painter.codes(update, console(), SIZE))
        theirs.feed(update.render_segments(console()))
        assert ours.seen() == theirs.seen()


def test_what_stands_there_already_is_not_sent() -> None:
    painter = Painter()
    screen = [Strip([Segment("x" * WIDTH, STYLES[1])])] * HEIGHT
    first = painter.codes(whole(screen), console(), SIZE)
    assert first.count("x") == WIDTH * HEIGHT
    assert painter.codes(whole(screen), console(), SIZE) == ""
    other = [Strip([Segment("x" * 5, STYLES[1]), Segment("y", STYLES[1]), Segment("x" * 18, STYLES[1])])]
    sent = painter.codes(whole([*other, *screen[1:]]), console(), SIZE)
    assert sent == "\x1b[1;6H\x1b[38;2;255;0;0;48;2;0;0;0my\x1b[0m"


@pytest.mark.parametrize("how", ["forgotten", "another size", "drawn by others"])
def test_everything_is_sent_where_the_terminal_may_show_anything(how: str) -> None:
    painter = Painter()
    screen = [Strip([Segment("x" * WIDTH, STYLES[1])])] * HEIGHT
    painter.codes(whole(screen), console(), SIZE)
    if how == "forgotten":
        painter.forget()
    elif how == "another size":
        painter.codes(whole(screen), console(), Size(WIDTH, HEIGHT - 1))
    else:
        painter.codes(InlineUpdate(screen), console(), SIZE)
    assert painter.codes(whole(screen), console(), SIZE).count("x") == WIDTH * HEIGHT


@pytest.mark.parametrize("system", ["256", "standard", "truecolor"])
def test_colours_are_those_the_terminal_has(system: Any) -> None:
    few = Console(color_system=system, force_terminal=True)
    screen = [Strip([Segment("x" * WIDTH, Style(color="#ff0000", bgcolor="#000000"))])] * HEIGHT
    codes = Style(color="#ff0000", bgcolor="#000000")._make_ansi_codes(
        few._color_system or ColorSystem.STANDARD
    )
    assert Painter().codes(whole(screen), few, SIZE).startswith(f"\x1b[1;1H\x1b[{codes}mxx")


def test_a_line_outside_the_terminal_is_left_out() -> None:
    strip = Strip([Segment("x" * (WIDTH + 9), STYLES[1])])
    outside = LayoutUpdate([[strip]] * (HEIGHT + 2), Region(-2, 0, WIDTH, HEIGHT))
    cells = Cells(WIDTH, HEIGHT)
    cells.feed(Painter().codes(outside, console(), SIZE))
    assert {text for line in cells.seen() for text, _ in line} == {"x"}


class _Watched(DeskApp):
    """Draws on two terminals: one as the desk does, one as Textual would."""

    CSS_PATH = [Path(app.__file__).parent / path for path in DeskApp.CSS_PATH]  # noqa: RUF012
    sent: tuple[int, int] = (0, 0)

    def compare(self, agree: Callable[[bool], None]) -> None:
        """Tells after each frame whether both look alike."""
        self._agree = agree
        self.kinds: list[str] = []
        self._own = Painter()
        self._both = Cells(*WIDE), Cells(*WIDE)

    def stands(self) -> bool:
        """Whether what was drawn is what Textual would draw of the whole screen now."""
        anew = Cells(*WIDE)
        pen = Console(color_system="truecolor", force_terminal=True)
        pen._color_system = ColorSystem.TRUECOLOR
        strips: list[Iterable[Strip]] = [[strip] for strip in self.screen._compositor.render_strips()]
        anew.feed(Painter().codes(LayoutUpdate(strips, self.size.region), pen, self.size))
        return anew.seen() == self._both[0].seen()

    def _display(self, screen: Screen[object], renderable: Any) -> None:
        if isinstance(renderable, CompositorUpdate):
            pen = Console(color_system="truecolor", force_terminal=True)
            pen._color_system = ColorSystem.TRUECOLOR
            ours = self._own.codes(renderable, pen, self.size)
            theirs = renderable.render_segments(pen)
            self._both[0].feed(ours)
            self._both[1].feed(theirs)
            self.sent = (self.sent[0] + len(ours), self.sent[1] + len(theirs))
            self._agree(self._both[0].seen() == self._both[1].seen())
            self.kinds.append(type(renderable).__name__)
        super()._display(screen, None)


async def test_the_desk_at_work_looks_the_same_for_less() -> None:
    found: list[bool] = []
    desk = alive_desk()
    watched = _Watched(lambda: desk, clock=desk.clock, language="th")
    watched.compare(found.append)
    async with watched.run_test(size=WIDE) as pilot:
        screen = watched.screen
        assert isinstance(screen, DeskScreen)
        await until(pilot, lambda: screen.detail is not None)
        for key in ("down", "down", "L", "e"):
            frames = len(found)
            await pilot.press(key)
            await until(pilot, lambda frames=frames: len(found) > frames)  # type: ignore[misc]
    assert len(found) > 5
    assert all(found)
    assert watched.sent[0] * 2 < watched.sent[1]


async def test_a_move_painted_at_once_leaves_the_screen_as_textual_draws_it() -> None:
    desk = alive_desk()
    watched = _Watched(lambda: desk, clock=desk.clock, language="th")
    found: list[bool] = []
    watched.compare(found.append)
    async with watched.run_test(size=WIDE, notifications=True) as pilot:
        screen = watched.screen
        assert isinstance(screen, DeskScreen)
        await until(pilot, lambda: screen.detail is not None)
        await until(pilot, watched.stands)
        height = screen.queue.size.height
        for toast in (False, True):
            if toast:
                # over the lower half of the list
                watched.notify("\n".join(["x" * 200] * height), timeout=1e9)
                await until(pilot, lambda: bool(watched.screen.query("Toast")))
                await pilot.pause()
                await until(pilot, watched.stands)
            watched.kinds.clear()
            for key in ("down", "j", "up", "down"):
                cursor = screen.queue.cursor
                await pilot.press(key)
                await until(pilot, lambda cursor=cursor: screen.queue.cursor != cursor)  # type: ignore[misc]
                await until(pilot, watched.stands)
            assert ("_Lines" in watched.kinds) is not toast


async def test_a_walk_through_the_services_leaves_the_screen_as_textual_draws_it() -> None:
    desk = alive_desk()
    watched = _Watched(lambda: desk, clock=desk.clock, language="th")
    watched.compare(lambda _: None)
    async with watched.run_test(size=WIDE, notifications=True) as pilot:
        await until(pilot, lambda: watched.desk is not None)
        await press(pilot, "n", "02-412", "enter")
        await until(pilot, lambda: call_screen(watched))
        screen = call_screen(watched)
        await until(pilot, lambda: screen.ahead.of(_looked_at(screen), desk.now()) is not None)
        for toast in (False, True):
            if toast:
                watched.notify("\n".join(["x" * 200] * 30), timeout=1e9)
                await until(pilot, lambda: bool(watched.screen.query("Toast")))
            await until(pilot, watched.stands)
            for key in ("down", "up"):
                service = screen.what.highlighted
                await pilot.press(key)
                await until(pilot, lambda service=service: screen.what.highlighted != service)  # type: ignore[misc]
                await until(pilot, lambda: screen.verdict.decision == desk.preview(_looked_at(screen)))
                await until(pilot, watched.stands)
        assert "_Lines" in watched.kinds


def _looked_at(screen: CallScreen) -> Call:
    return replace(screen.call, service=screen.what.highlighted, answers={})
