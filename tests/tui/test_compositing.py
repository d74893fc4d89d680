"""What is drawn anew: the frugal compositor draws what Textual's would, and asks for far fewer lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from deskui.tui.app import DeskApp
from deskui.tui.compositing import Frugal
from deskui.tui.screens.base import DeskUiScreen
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.fake_world import alive_desk
from tests.tui.until import until

WIDE = (120, 36)
_Renders = Iterable[tuple[Region, Region, list[Strip]]]


class _Compared(Frugal):
    """Draws each frame a second time as Textual would."""

    frames = 0
    lines = 0
    whole_lines = 0
    """Lines that widgets were asked for, by the frugal one and by Textual's."""
    differences: list[str]
    _as_textual = False

    def _get_renders(self, crop: Region | None = None) -> _Renders:
        if self._as_textual:
            renders = list(Compositor._get_renders(self, crop))
            self.whole_lines += sum(len(strips) for _, _, strips in renders)
        else:
            renders = list(super()._get_renders(crop))
            self.lines += sum(len(strips) for _, _, strips in renders)
        return renders

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        ours = super()._render_chops(crop, is_rendered_line)
        self._as_textual = True
        theirs = super()._render_chops(crop, is_rendered_line)
        self._as_textual = False
        self.frames += 1
        for y in filter(is_rendered_line, crop.line_range):
            for x, strip in theirs[y].items():
                inside = x < crop.right and x + (strip.cell_length if strip else 0) > crop.x
                if inside and ours[y][x] != strip:
                    self.differences.append(f"line {y}, column {x}: {ours[y][x]!r} for {strip!r}")
        return ours


async def test_the_desk_at_work_and_a_call_are_drawn_as_textual_would(monkeypatch: Any) -> None:
    watched: list[_Compared] = []

    def compared(*args: Any) -> _Compared:
        one = _Compared(*args)
        one.differences = []
        watched.append(one)
        return one

    monkeypatch.setattr("deskui.tui.screens.base.Frugal", compared)
    desk = alive_desk()
    app = DeskApp(lambda: desk, clock=desk.clock, language="th")
    async with app.run_test(size=WIDE) as pilot:
        screen = app.screen
        assert isinstance(screen, DeskScreen)
        await until(pilot, lambda: screen.detail is not None)

        async def moved(key: str, then: Callable[[], bool]) -> None:
            await pilot.press(key)
            await until(pilot, then)

        await moved("down", lambda: screen.queue.cursor == 1)
        await moved("pagedown", lambda: screen.queue.cursor > 1)
        await moved("home", lambda: screen.queue.cursor == 0)
        frames = watched[0].frames
        await moved("e", lambda: watched[0].frames > frames)
        await moved("v", lambda: screen.view.key == "mine")
        await moved("question_mark", lambda: not isinstance(app.screen, DeskUiScreen))
        await moved("escape", lambda: app.screen is screen)
        await moved("n", lambda: isinstance(app.screen, CallScreen))
        await moved("5", lambda: isinstance(app.focused, Input) and app.focused.value == "5")
        await moved("escape", lambda: app.screen is screen)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: screen.size.width == 80)
    assert len(watched) == 2
    assert watched[0].frames > 10
    assert watched[1].frames > 1
    assert [one.differences for one in watched] == [[], []]


async def test_a_key_asks_for_its_lines_only() -> None:
    asked: list[tuple[str, int]] = []
    desk = alive_desk()
    app = DeskApp(lambda: desk, clock=desk.clock, language="en")
    async with app.run_test(size=WIDE) as pilot:
        screen = app.screen
        assert isinstance(screen, DeskScreen)
        await until(pilot, lambda: screen.detail is not None)

        def counted(widget: Widget, draw: Callable[[int], Strip]) -> Callable[[int], Strip]:
            def drawn(y: int) -> Strip:
                asked.append((type(widget).__name__, y))
                return draw(y)

            return drawn

        for widget in screen.walk_children(Widget, with_self=True):
            widget.render_line = counted(widget, widget.render_line)  # type: ignore[assignment, method-assign]
        # by hand: between a key that is pressed and its turn a clock may tick
        assert await screen.queue.take_key("down")
        first = asked.copy()
    assert sorted(first) == [("LeftColumn", 0), ("LeftColumn", 1), ("QueueList", 0), ("QueueList", 1)]
