"""The countdown of one clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from deskui.clock import FixedClock
from deskui.desk.model import ClockState
from deskui.tui.text import shown
from deskui.tui.widgets.countdown import Countdown, bar_text
from tests.tui.clock_views import AT, HOUR, MINUTE, clock_view
from tests.tui.hostile import HOSTILE
from tests.tui.test_text import harmless
from tests.tui.until import until

SECOND = timedelta(seconds=1)


class Page(App[None]):
    CSS = "Countdown { width: 28; }"

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock(AT)

    def compose(self) -> ComposeResult:
        yield Countdown(self.clock.now)

    def lines(self) -> list[str]:
        """The two lines as text."""
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips[:2]]


@pytest.mark.parametrize(
    ("spent", "expected"),
    [
        (timedelta(0), "░░░░░░░│░░ 0 %"),
        (30 * MINUTE, "████░░│░░ 50 %"),
        (45 * MINUTE, "██████│░░ 75 %"),
        (54 * MINUTE, "████████░ 90 %"),
        (HOUR, "████████ 100 %"),
        (2 * HOUR, "████████ 200 %"),
    ],
)
def test_bar(spent: timedelta, expected: str) -> None:
    assert bar_text(clock_view(HOUR - spent, HOUR), 14) == expected


@given(st.timedeltas(timedelta(0), timedelta(days=900)), st.integers(8, 60))
def test_bar_keeps_its_width(spent: timedelta, width: int) -> None:
    assert cell_len(bar_text(clock_view(8 * HOUR - spent, 8 * HOUR), width)) <= max(width, 10)


async def test_it_counts_by_seconds_and_says_what_for() -> None:
    app = Page()
    async with app.run_test(size=(60, 5)) as pilot:
        countdown = app.query_one(Countdown)
        countdown.show(clock_view(2 * MINUTE + 48 * SECOND, 15 * MINUTE), AT, shown("to call back [/]"))
        await until(pilot, lambda: app.lines()[0] == "! 2:48   to call back [/]")
        assert app.lines()[1].endswith(" 81 %")
        app.clock.advance(SECOND)
        countdown.tick()
        await until(pilot, lambda: app.lines()[0].startswith("! 2:47"))
        app.clock.advance(4 * MINUTE)
        countdown.tick()
        await until(pilot, lambda: app.lines()[0].startswith("▲ -0:01"))
        view = countdown.view
        assert view is not None
        assert view.state is ClockState.BREACHED
        countdown.show(None, AT, shown(""))
        await until(pilot, lambda: app.lines() == ["—", ""])


async def test_a_second_draws_the_time_alone() -> None:
    app = Page()
    async with app.run_test(size=(60, 5)) as pilot:
        countdown = app.query_one(Countdown)
        countdown.show(clock_view(50 * MINUTE, 8 * HOUR), AT, shown("result"))
        await until(pilot, lambda: "50:00" in app.lines()[0])
        drawn: list[str] = []
        for part in (countdown._time, countdown._bar):
            name = part.id or ""
            part.refresh = lambda name=name, **_: drawn.append(name)  # type: ignore[method-assign, assignment]
        app.clock.advance(SECOND)
        countdown.tick()
        assert drawn == ["count-time"]
        countdown.tick()
        assert drawn == ["count-time"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
async def test_hostile_words_do_nothing(text: str) -> None:
    app = Page()
    async with app.run_test(size=(60, 5)) as pilot:
        app.query_one(Countdown).show(clock_view(HOUR), AT, shown(text))
        await pilot.pause()
        for line in app.lines():
            harmless(line)
