"""What the use cases need of a store for calls: rings and the call log. What `ports` says holds for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from deskui.desk.callrecords import CallRecord, RingRecord


class Rings(Protocol):
    """Numbers that rang."""

    def open(self) -> Sequence[RingRecord]:
        """All that are not done with, by the first time they rang."""
        ...

    def lock(self, ring_id: int) -> RingRecord | None:
        """One as it is now, locked until the unit of work ends; None for an unknown id."""
        ...

    def lock_number(self, folded: str) -> RingRecord | None:
        """The newest open one of this number, locked.

        Two units of work that ask for the same number wait for each other, also while there is none.
        """
        ...

    def add(self, record: RingRecord) -> int:
        """Stores a new one; its id."""
        ...

    def save(self, record: RingRecord) -> None:
        """Overwrites one."""
        ...


class CallLog(Protocol):
    """Calls that needed no ticket."""

    def latest(
        self, limit: int, *, since: datetime | None = None, customer_id: int | None = None
    ) -> Sequence[CallRecord]:
        """The newest, undone ones too, at most `limit`; of one customer or from an instant on, if asked."""
        ...

    def lock(self, call_id: int) -> CallRecord | None:
        """One, locked until the unit of work ends; None for an unknown id."""
        ...

    def add(self, record: CallRecord) -> int:
        """Stores a new one; its id."""
        ...

    def undo(self, call_id: int, at: datetime, agent_id: int) -> None:
        """Marks one as taken back."""
        ...
