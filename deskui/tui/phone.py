"""The telephone as the screens know it: who rings, who waits; what is read of it is shown in one line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from deskui.tui.arrivals import LinesArrived
from deskui.tui.panes.linebar import who_calls
from deskui.tui.screens.base import DeskUiScreen

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi
    from deskui.desk.callmodel import Ring, WaitingCall
    from deskui.tui.attending import Attending

__all__ = ["Phone"]


class Phone:
    """Rings and waiting callers of the agent; the app has one."""

    def __init__(self, app: Attending) -> None:
        self._app = app
        self.rings: Sequence[Ring] = ()
        """All that is not done with, here or elsewhere."""
        self.waiting: Sequence[WaitingCall] = ()
        """Callers who wait for me, the one who waits longest first."""
        self.current: int | None = None
        """The draft of the call on the screen, where it waited before."""
        self._asked = 0
        self._rung: frozenset[tuple[int, int]] = frozenset()
        self._timer: Timer | None = None

    @property
    def ringing(self) -> list[Ring]:
        """What rings on this desk now, the one that waits longest first."""
        desk = self._app.desk
        if desk is None:
            return []
        now = self._app.clock.now()
        return [ring for ring in self.rings if ring.rings_for(desk.agent.code, now)]

    def of(self, ring_id: int | None) -> Ring | None:
        """The ring of a call."""
        return next((ring for ring in self.rings if ring.ring_id == ring_id), None)

    # --- reading

    def read(self) -> None:
        """Reads both anew, in a thread."""
        desk = self._app.desk
        if desk is not None:
            self._asked += 1
            self._app.run_worker(
                partial(self._read, desk, self._asked),
                name="lines",
                group="lines",
                exclusive=True,
                thread=True,
                exit_on_error=False,
            )

    def _read(self, desk: DeskApi, asked: int) -> None:
        # in the thread: the first screen is painted before any of the desk is imported
        from deskui.desk.errors import DeskError  # noqa: PLC0415

        try:
            found = LinesArrived(asked, tuple(desk.rings()), tuple(desk.waiting_calls()))
        except DeskError:
            # the watch says that the store does not answer, and reads again when it does
            return
        self._app.post_message(found)

    def heard(self, message: LinesArrived) -> None:
        """What was read, unless it was asked for again meanwhile."""
        if message.asked != self._asked:
            return
        self.rings, self.waiting = message.rings, self._others(message.waiting)
        rung = frozenset((ring.ring_id, ring.times) for ring in self.ringing)
        if rung - self._rung:
            self._app.ring_bell("ring")
            if not isinstance(self._app.screen, DeskUiScreen):
                # a window may hide the line that says so
                who = who_calls(self.ringing[0])
                self._app.toast(self._app.say("line.rings_here", who=who))
        self._rung = rung
        self._tick_while_needed()
        self._show(silent=False)

    def taken_up(self, draft_id: int | None) -> None:
        """This caller waits no longer; the store hears of it with the next save."""
        self.current = draft_id
        self.waiting = self._others(self.waiting)
        self._show(silent=False)

    def _others(self, waiting: Sequence[WaitingCall]) -> list[WaitingCall]:
        """Without the call on the screen: it may have been read before it was saved as spoken."""
        return [call for call in waiting if call.draft_id != self.current]

    # --- time

    def _tick_while_needed(self) -> None:
        needed = bool(self.ringing or self.waiting)
        if needed and self._timer is None:
            self._timer = self._app.set_interval(1, self._tick)
        elif not needed and self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _tick(self) -> None:
        rung = frozenset((ring.ring_id, ring.times) for ring in self.ringing)
        silent = bool(self._rung - rung)
        self._rung = rung
        self._tick_while_needed()
        self._show(silent=silent)

    def _show(self, *, silent: bool) -> None:
        for screen in self._app.ours():
            screen.lines_changed(silent=silent)
