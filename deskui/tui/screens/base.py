"""What every screen of deskui is: it hears when the desk opens, when something changes, and the language."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from deskui.tui.compositing import Frugal
from deskui.tui.courier import Courier
from deskui.tui.panes.linebar import LineBar
from deskui.tui.text import shown_lines
from deskui.tui.typeahead import Patient

FRAME = 1 / 250
"""Least seconds from frame to frame."""


class DeskUiScreen(Screen[None], Courier, Patient):
    """A screen the app tells of the desk."""

    SCOPES: ClassVar[tuple[str, ...]] = ()
    """Scopes of the catalogue whose commands work here."""
    _shown_before = False

    def __init__(self) -> None:
        super().__init__()
        self._compositor = Frugal()
        self._frames: Timer | None = None

    @property
    def _update_timer(self) -> Timer:
        """Ticks while something is to be drawn: what comes right after an echo does not wait until Textual's
        own next frame, 16 ms off.
        """
        if self._frames is None:
            self._frames = self.set_interval(FRAME, self._on_timer_update, name="screen_update", pause=True)
        return self._frames

    def size_up(self) -> None:
        """Takes the classes of the terminal's size before anything is mounted; later ones style all again."""
        for size, breakpoints in zip(
            self.app.size, (self.app.HORIZONTAL_BREAKPOINTS, self.app.VERTICAL_BREAKPOINTS), strict=True
        ):
            self.set_class(True, *self._get_breakpoint_classes(size, breakpoints or []), update=False)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """What is new has just been styled, part by part: a second time is a tenth of the first frame."""
        event.refresh_styles = self._shown_before
        self._shown_before = True

    def on_resize(self) -> None:
        """Below the least size the screen says so; it loses nothing."""
        for tiny in self.query("#tiny").results(Static):
            tiny.update(
                shown_lines(self.say("app.tiny", width=self.app.size.width, height=self.app.size.height))
            )

    def connected(self) -> None:
        """The desk is open now."""

    def changed(self, change: int) -> None:
        """Somebody changed something; `change` is the position of the feed."""

    def keeps_first(self, after: Callable[[], None]) -> bool:
        """Whether the screen has something to keep; it does what comes `after` once that is in the store."""
        return False

    def lines_changed(self, *, silent: bool) -> None:
        """Somebody rings or waits, or does no longer; `silent` when a ring was missed."""
        for bar in self.query(LineBar):
            bar.tick()

    def take_ring(self, ring_id: int) -> None:
        """Takes a ring or a missed call."""

    def take_up(self, draft_id: int) -> None:
        """Goes on with a call that waits."""

    def waits(self, key: str) -> bool:
        """Whether `key` is to wait."""
        return False
