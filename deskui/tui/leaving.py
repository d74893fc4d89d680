"""Leaving in order where nobody asks for it: a signal, or a terminal that is gone."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from deskui.tui.attending import Attending
from deskui.tui.comfort import Comfort

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["Leaving"]

KILLED_BY = 128
"""What an exit code has more than the number of the signal."""
LEAVE_WITHIN = 3.0
"""Seconds that leaving takes at most where a signal asks for it."""


class Leaving(Attending, inherit_bindings=False):
    """The half of the app that ends it in order, with the exit code of who was ended by a signal.

    A terminal that hangs up is as good as SIGHUP: a program that it does not control gets none, and would
    read its end for ever.
    """

    def __init__(
        self,
        comfort: Comfort | None = None,
        leaves_on: Iterable[int] = (),
        at_worst: Callable[[int], object] = os._exit,
    ) -> None:
        super().__init__(comfort)
        self._leaves_on, self._at_worst = tuple(leaves_on), at_worst
        self._leaves = False
        self._line: select.epoll | None = None

    def on_load(self) -> None:
        """Listens for signals, and for the end of the terminal."""
        loop = asyncio.get_running_loop()
        for number in self._leaves_on:
            signal.signal(number, partial(self._leave_for, loop))
        # other systems have neither
        if self._leaves_on and hasattr(signal, "SIGHUP") and hasattr(select, "epoll"):
            self._line = select.epoll()
            # nothing that can be read: the end of a terminal is told in any case
            self._line.register(sys.__stdin__ or 0, 0)
            loop.add_reader(self._line.fileno(), self._hung_up, loop)

    def _hung_up(self, loop: asyncio.AbstractEventLoop) -> None:
        self._hang_on(loop)
        self._leave_for(loop, signal.SIGHUP, None)

    def _hang_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Listens for the end of the terminal no more: once told it is told for ever."""
        if self._line is not None:
            loop.remove_reader(self._line.fileno())
            self._line.close()
            self._line = None

    def on_unmount(self) -> None:
        """The loop ends."""
        self._hang_on(asyncio.get_running_loop())

    def _leave_for(self, loop: asyncio.AbstractEventLoop, number: int, _frame: FrameType | None) -> None:
        """Leaves in order; who writes to a terminal that is gone may wait for ever, and is not waited for."""
        if self._leaves:
            return
        self._leaves = True
        code = KILLED_BY + number
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, lambda _number, _frame: self._at_worst(code))
            signal.setitimer(signal.ITIMER_REAL, LEAVE_WITHIN)
        loop.call_soon_threadsafe(self.when_all_kept, partial(self.exit, return_code=code))
