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

__all__ = ["DraftKeeper", "worth_keeping"]

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
        self._sent: Call | None = None
        self._saved: Call | None = None
        self._after: Callable[[], None] | None = None
        self._keeps_first = False
        self._refused = False
        self.draft_id: int | None = None
        """Where the store keeps this call, once it does."""
        self.saving = False

    @property
    def awaited(self) -> bool:
        """Whether something is to be done once a save has come back."""
        return self._after is not None

    def touched(self) -> None:
        """Something was typed or chosen: it is to be saved soon."""
        if self._timer is None:
            self._timer = self._courier.set_timer(SAVE_AFTER, self.save)

    def save(self) -> None:
        """Saves now, unless there is nothing to save or nothing new."""
        self._still()
        if self.saving:
            self.touched()
        else:
            self._send()

    def kept(self, call: Call) -> None:
        """A save came back; what was typed meanwhile is saved before anything that must not lose it."""
        self.saving = False
        self._refused = False
        if self._sent is not None:
            self.draft_id = call.draft_id
            # as it was sent: the desk may have filled in more, and that is nothing new to save
            self._saved = replace(self._sent, draft_id=call.draft_id)
        if self._after is not None and self._keeps_first:
            self._send()
        if not self.saving:
            self._then()

    def failed(self) -> bool:
        """A save was refused: it is tried again, and what must not lose the text is not done.

        Answers whether the agent is to be told: each time it was asked for, else once until a save succeeds.
        """
        self.saving = False
        if self._after is not None and not self._keeps_first:
            # what comes now saves or drops the call itself
            self._then()
            return False
        asked, self._after = self._after is not None, None
        told, self._refused = self._refused, True
        self.touched()
        return asked or not told

    def when_still(self, after: Callable[[], None]) -> None:
        """Does something that saves or drops the call itself, once no save is under way nor will start."""
        self._still()
        if self.saving:
            self._after, self._keeps_first = after, False
        else:
            after()

    def when_kept(self, after: Callable[[], None]) -> bool:
        """Does something once all that was typed is in the store; never, when the store refuses it.

        False when there is no store to keep it in yet.
        """
        self._still()
        if not self.saving:
            self._send()
        if self.saving:
            self._after, self._keeps_first = after, True
        elif self._new() is not None:
            return False
        else:
            after()
        return True

    def resume(self, call: Call) -> None:
        """Goes on with a draft of the store."""
        self._still()
        self.draft_id = call.draft_id
        self._saved = call
        self._sent = None

    def fresh(self) -> None:
        """The next save makes a new draft."""
        self._still()
        self.draft_id = None
        self._saved = None
        # a save that comes back now is of the call before
        self._sent = None

    def _new(self) -> Call | None:
        """The call as it stands, if the store does not have it so and it is worth keeping."""
        call = replace(self._current(), draft_id=self.draft_id)
        return call if worth_keeping(call) and call != self._saved else None

    def _send(self) -> None:
        call = self._new()
        if call is None:
            return

        def job(desk: DeskApi) -> DraftKept:
            return DraftKept(desk.save_draft(call))

        self._sent = call
        self.saving = self._courier.fetch("draft", job, keep=True)

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
