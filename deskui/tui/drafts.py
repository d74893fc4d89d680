"""Keeping a call in the store while it is typed, so that a dropped link loses a second of typing at most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.timer import Timer

from deskui.tui.arrivals import DraftKept
from deskui.tui.courier import Courier

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi
    from deskui.desk.model import Call

__all__ = ["DraftKeeper"]

SAVE_AFTER = 0.6
"""Seconds from the first unsaved keystroke to the save."""


class DraftKeeper:
    """Saves the call of a screen, one save at a time.

    The first save gives the draft its id; a second one before that would make a second draft.
    """

    def __init__(self, courier: Courier, current: Callable[[], Call]) -> None:
        self._courier = courier
        self._current = current
        self._timer: Timer | None = None
        self._saved: Call | None = None
        self._after: Callable[[], None] | None = None
        self.draft_id: int | None = None
        """Where the store keeps this call, once it does."""
        self.saving = False

    def touched(self) -> None:
        """Something was typed or chosen: it is to be saved soon."""
        if self._timer is None:
            self._timer = self._courier.set_timer(SAVE_AFTER, self.save)

    def save(self) -> None:
        """Saves now, unless there is nothing to save or nothing new."""
        self._still()
        call = replace(self._current(), draft_id=self.draft_id)
        if self.saving:
            self.touched()
        elif worth_keeping(call) and call != self._saved:

            def job(desk: DeskApi) -> DraftKept:
                return DraftKept(desk.save_draft(call))

            self.saving = self._courier.fetch("draft", job, keep=True)

    def kept(self, call: Call) -> None:
        """A save came back."""
        self.saving = False
        self.draft_id = call.draft_id
        self._saved = call
        self._then()

    def failed(self) -> None:
        """A save was refused; what was typed is still on the screen, and tried again with the next key."""
        self.saving = False
        self._then()

    def when_still(self, after: Callable[[], None]) -> None:
        """Does something once no save is under way and none will start."""
        self._still()
        if self.saving:
            self._after = after
        else:
            after()

    def resume(self, call: Call) -> None:
        """Goes on with a draft of the store."""
        self._still()
        self.draft_id = call.draft_id
        self._saved = call

    def fresh(self) -> None:
        """The next save makes a new draft."""
        self._still()
        self.draft_id = None
        self._saved = None

    def _still(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _then(self) -> None:
        after, self._after = self._after, None
        if after is not None:
            after()


def worth_keeping(call: Call) -> bool:
    """Whether anything was typed or chosen at all."""
    return bool(call.query.strip() or call.customer_id or call.title.strip() or call.notes.strip())
