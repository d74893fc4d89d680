"""The order of the queue and the few of its rows that are in memory. Knows no screen."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from deskui.dataclass import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from deskui.desk.model import TicketRow

__all__ = ["KEPT_ROWS", "QueueRows", "QueueView", "Window"]

WINDOW = 400
"""Most rows asked for at once."""
KEPT_ROWS = 2_000
"""Rows remembered; those out of view are forgotten first."""


@dataclass(frozen=True, slots=True)
class Window:
    """Rows to be read in and around the view."""

    first: int
    last: int
    """Index of the last one, inclusive."""
    ticket_ids: tuple[int, ...]
    """Those from `first` to `last` that are not in memory or may be old."""


@dataclass(frozen=True, slots=True)
class QueueView:
    """What is in view: one entry a line from the top, None where the list has ended."""

    lines: tuple[tuple[TicketRow, datetime] | None, ...]
    """Each row with the instant it was read; None too while it is being read."""
    cursor: int | None
    """Line of the cursor, if in view."""
    focused: bool


class QueueRows:
    """Ids in order, and rows by id, each with the instant it was read."""

    def __init__(self) -> None:
        self.ids: array[int] = array("i")
        self._rows: dict[int, tuple[TicketRow, datetime]] = {}
        self._old: set[int] = set()
        self._reading = 0
        self._asked: tuple[int, int, int] | None = None

    def reorder(self, ids: Iterable[int]) -> None:
        """Another order; what is known of the rows may be old. An array is kept as it is."""
        self.ids = ids if isinstance(ids, array) else array("i", ids)
        self.outdate()

    def outdate(self) -> None:
        """Every row may be old: it is shown, and asked for again."""
        self._old = set(self._rows)
        self._reading += 1

    def put(self, row: TicketRow, at: datetime) -> TicketRow | None:
        """Takes a row as read at `at`; answers what it was before.

        A reading that began before a change may end after it: it does not take the place of a newer version,
        with which the next change would be refused.
        """
        before = self._rows.get(row.ticket_id)
        if before is not None and before[0].version > row.version:
            return before[0]
        self._rows[row.ticket_id] = (row, at)
        self._old.discard(row.ticket_id)
        return before[0] if before else None

    def at(self, index: int) -> tuple[TicketRow, datetime] | None:
        """The row at a place of the order, if it is in memory."""
        return self._rows.get(self.ids[index]) if 0 <= index < len(self.ids) else None

    def of(self, ticket_id: int) -> TicketRow | None:
        """The row of a ticket, if it is in memory."""
        found = self._rows.get(ticket_id)
        return found[0] if found else None

    def kept(self, before: Sequence[int], cursor: int, top: int, height: int) -> tuple[int, int]:
        """Cursor and top of the view after `before` became this order: the cursor on its ticket, on its line.

        When the cursor is out of view it is the first ticket in view that keeps its line.
        """
        if top <= cursor < top + height or top >= len(before):
            moved = self.place(before, cursor) - cursor
            return cursor + moved, max(0, top + moved)
        return self.place(before, cursor), max(0, self.place(before, top))

    def place(self, before: Sequence[int], index: int) -> int:
        """Where the ticket stands now that stood at `index` of the order `before`; `index` if it is gone."""
        ticket_id = before[min(index, len(before) - 1)]
        for near in range(max(0, index - 3), min(len(self.ids), index + 4)):
            if self.ids[near] == ticket_id:
                return near
        try:
            return self.ids.index(ticket_id)
        except ValueError:
            return index

    def _around(self, top: int, height: int, pages: int) -> tuple[int, int]:
        margin = max(0, min(height * pages, (WINDOW - height) // 2))
        return max(0, top - margin), min(len(self.ids), top + height + margin)

    def _missing(self, first: int, end: int) -> tuple[int, ...]:
        return tuple(
            ticket_id
            for ticket_id in self.ids[first:end]
            if ticket_id not in self._rows or ticket_id in self._old
        )

    def wanted(self, top: int, height: int) -> Window | None:
        """What to read so that the next page is there before it is turned to.

        None if the view and a page either side are in memory, or have been asked for since the last order.
        """
        if not self._missing(*self._around(top, height, 1)):
            return None
        first, end = self._around(top, height, 2)
        asked = (first, end, self._reading)
        if asked == self._asked:
            return None
        self._asked = asked
        return Window(first, end - 1, self._missing(first, end))

    def forget_far(self, top: int, height: int) -> bool:
        """Forgets the rows far from the view when there are too many; answers whether there were."""
        if len(self._rows) <= KEPT_ROWS:
            return False
        first, end = self._around(top, height, 2)
        near = set(self.ids[first:end])
        self._rows = {ticket_id: row for ticket_id, row in self._rows.items() if ticket_id in near}
        self._old &= near
        return True

    def __len__(self) -> int:
        """How many rows are in memory."""
        return len(self._rows)
