"""What the bell is rung for while nobody looks: promises that run low and callbacks that fall due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from deskui.tui.left import WARN_AT, carried_on

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi
    from deskui.desk.model import ClockView, TicketRow

__all__ = ["Reminders"]

EVERY: Final = timedelta(seconds=5)
"""How often the clocks are looked at."""
ANEW: Final = timedelta(minutes=1)
"""How often they are read though nothing has changed: a calendar may have opened."""
VIEWS: Final = ("mine", "callbacks")
MOST: Final = 100
"""Tickets of a view that are watched, the first due ones."""

Event = tuple[str, int]


class Reminders:
    """Watches the clocks of my tickets, and callbacks that are mine or nobody's; for one thread.

    What was so when the desk was opened is on the screen and rings no bell.
    """

    def __init__(self) -> None:
        self._rows: Sequence[TicketRow] = ()
        self._read_at: datetime | None = None
        self._looked_at: datetime | None = None
        self._change = -1
        self._told: set[Event] | None = None

    def look(self, desk: DeskApi, change: int) -> list[Event]:
        """What is new: ("promise", clock) at 75 % of a promise, ("callback", ticket) when one is due.

        `change` is the position of the change feed. Raises what the desk raises.
        """
        at = desk.now()
        changed = change != self._change
        if not changed and self._looked_at is not None and at - self._looked_at < EVERY:
            return []
        self._looked_at = at
        if changed or self._read_at is None or at - self._read_at >= ANEW:
            self._rows, self._read_at, self._change = self._read(desk), at, change
        found = set(self._events(at))
        if self._told is None:
            self._told = found
            return []
        new = sorted(found - self._told)
        self._told |= found
        return new

    @staticmethod
    def _read(desk: DeskApi) -> Sequence[TicketRow]:
        entries = [entry for view in VIEWS for entry in desk.queue(view).entries[:MOST]]
        mine = (desk.agent.code, None)
        ids = dict.fromkeys(entry.ticket_id for entry in entries)
        return [row for row in desk.rows(list(ids)) if row.assignee in mine]

    def _events(self, at: datetime) -> Iterator[Event]:
        for row in self._rows:
            if row.ring is not None:
                yield "callback", row.ticket_id
            elif row.clock is not None and self._read_at is not None:
                clock = carried_on(row.clock, self._read_at, at)
                if clock.met_at is not None or not clock.promised:
                    continue
                if clock.kind == "callback" and clock.due_at is not None and at >= clock.due_at:
                    yield "callback", row.ticket_id
                if row.assignee is not None and _runs_low(clock):
                    yield "promise", clock.clock_id


def _runs_low(clock: ClockView) -> bool:
    return clock.state in ("running", "due", "breached") and clock.spent >= clock.work * WARN_AT
