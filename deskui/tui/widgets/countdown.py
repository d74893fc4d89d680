"""The large countdown of one clock: time, what it is for, and how much of the goal is used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from deskui.desk.model import ClockView
from deskui.tui.left import WARN_AT, carried_on, left_text, urgency
from deskui.tui.text import fit

__all__ = ["Countdown", "bar_text"]

_TONES = ("running", "warning", "breached", "past", "outside", "paused", "done", "none")


def bar_text(view: ClockView, width: int) -> str:
    """The goal as a bar of at most `width` columns with the share used: `████│░ 62 %`.

    The line in it stands at the warning threshold until that is passed; past the goal the bar is full and the
    share goes on.
    """
    share = view.spent / view.work if view.work else 1.0
    percent = f" {int(share * 100)} %"
    cells = max(1, width - len(percent))
    full = max(0, min(cells, int(share * cells)))
    warn = int(cells * WARN_AT)
    rest = "".join("│" if at == warn else "░" for at in range(full, cells))
    return "█" * full + rest + percent


class _Part(Widget):
    """A line that is drawn again only when what it shows is another."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"count--{tone}" for tone in _TONES}

    DEFAULT_CSS = """
    _Part {
        height: 1;
        &> .count--running { color: $text-success; text-style: bold; }
        &> .count--warning { color: $text-warning; text-style: bold; }
        &> .count--breached { color: $text-error; text-style: bold; }
        &> .count--past { color: $text-warning; text-style: bold; }
        &> .count--outside { color: $text-muted; text-style: bold; }
        &> .count--paused { color: $text-muted; text-style: bold; }
        &> .count--done { color: $text-success; text-style: bold; }
        &> .count--none { color: $text-muted; }
    }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 - as every widget calls it
        super().__init__(id=id)
        self._shown = ("", "none")

    def put(self, text: str, tone: str) -> None:
        """Shows `text` in the colours of `tone`."""
        if (text, tone) != self._shown:
            self._shown = (text, tone)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        text, tone = self._shown if y == 0 else ("", "none")
        width = self.size.width
        return Strip([Segment(fit(text, width), self.get_component_rich_style(f"count--{tone}"))], width)


class Countdown(Vertical):
    """Time in a narrow widget of its own, so that a second costs few bytes; words beside it, bar below.

    `now` tells the instant; the clock is carried on from the instant it was read at.
    """

    DEFAULT_CSS = """
    Countdown {
        height: 2;
        & > Horizontal { height: 1; }
        & #count-time { width: 9; }
        & #count-words { width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & #count-bar { width: 1fr; }
    }
    """

    def __init__(self, now: Callable[[], datetime], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._now = now
        self._read: tuple[ClockView, datetime] | None = None
        self._time = _Part(id="count-time")
        self._words = Static(id="count-words")
        self._bar = _Part(id="count-bar")

    def compose(self) -> ComposeResult:
        """Two lines."""
        with Horizontal():
            yield self._time
            yield self._words
        yield self._bar

    def on_mount(self) -> None:
        """Ticks once a second."""
        self.set_interval(1.0, self.tick)

    def on_resize(self) -> None:
        """Another width of the bar."""
        self.tick()

    def show(self, view: ClockView | None, read_at: datetime, words: Content) -> None:
        """The clock as it was read at `read_at`, with what to say beside it; None for no clock."""
        self._read = None if view is None else (view, read_at)
        self._words.update(words)
        self.tick()

    @property
    def view(self) -> ClockView | None:
        """The clock as it stands now."""
        return None if self._read is None else carried_on(*self._read, self._now())

    def tick(self) -> None:
        """Brings time and bar up to now; what has not changed is not drawn."""
        view = self.view
        tone = urgency(view).value
        if view is None:
            self._time.put("—", tone)
            self._bar.put("", tone)
        else:
            self._time.put(left_text(view, view.started_at, self._now(), True), tone)
            self._bar.put(bar_text(view, self.size.width or 20), tone)
