"""Asking the desk without making a key wait: work goes to a thread, its answer comes back as a message."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from deskui.tui.arrivals import Said
from deskui.tui.speaking import Speaking

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi

__all__ = ["Courier"]

_log = logging.getLogger(__name__)


class Courier(Speaking):
    """What a screen or pane that asks the desk is besides a widget."""

    _newest: Mapping[str, Callable[[DeskApi], Message]] = MappingProxyType({})
    """The question whose answer counts, by group."""

    @property
    def desk(self) -> DeskApi | None:
        """The desk, once it is open."""
        return self.desk_app.desk

    @property
    def gone(self) -> bool:
        """Whether its screen has been left: an answer that comes now finds nobody to show it to."""
        return not self.is_attached or self.screen not in self.app.screen_stack

    def fetch(self, group: str, job: Callable[[DeskApi], Message], *, keep: bool = False) -> bool:
        """Runs `job` in a thread and posts its answer to this widget; False when there is no desk yet.

        A newer job of the same group makes the older one's answer void, unless it is to be kept because it
        changed something. What the desk says no with arrives as `Said`.
        """
        desk = self.desk
        if desk is None:
            return False
        if not keep:
            self._newest = {**self._newest, group: job}
        self.run_worker(
            partial(self._carry, group, desk, job, keep),
            name=group,
            group=group,
            exclusive=not keep,
            thread=True,
            exit_on_error=False,
        )
        return True

    def void(self, group: str) -> None:
        """The answer to what was asked last in this group is not wanted any more."""
        self._newest = {name: job for name, job in self._newest.items() if name != group}

    def _carry(self, group: str, desk: DeskApi, job: Callable[[DeskApi], Message], keep: bool) -> None:
        answer = answered(group, partial(job, desk))
        if keep:
            if not self.post_message(answer) and isinstance(answer, Said):
                # its screen was left: that nothing was changed is told all the same
                self.desk_app.post_message(answer)
        elif not get_current_worker().is_cancelled:
            self.call_later(self._hand_over, group, job, answer)

    def _hand_over(self, group: str, job: Callable[[DeskApi], Message], answer: Message) -> None:
        # a newer question may have been asked while this answer was on its way out of the thread
        if self._newest.get(group) is job:
            self.post_message(answer)


def answered(group: str, job: Callable[[], Message]) -> Message:
    """The message `job` answers, or `Said` with what went wrong; no failure of one job may end the screen."""
    # in the thread: the first screen is painted before any of the desk is imported
    from deskui.desk.errors import DeskError, StoreFailure  # noqa: PLC0415
    from deskui.tui.messages import broke  # noqa: PLC0415

    try:
        return job()
    except StoreFailure as no:
        return Said(no.text, group, broken=True)
    except DeskError as no:
        return Said(no.text, group)
    except Exception as failure:
        _log.exception("work of group %s failed", group)
        return Said(broke(failure), group, broken=True)
