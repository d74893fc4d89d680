"""The top of the queue out of an SQLite file, before anything large is loaded: what an agent sees first.

Read by the driver alone, in one transaction that changes nothing. The order is that of `deskui.desk.order`;
the rows are those of the desk but for what only the terms know: the time that is left, and names of services.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from deskui.clock import StoreClock
from deskui.store.plain import CLOCK_AHEAD, HEAD, IS_OPEN, IS_PENDING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskui.clock import Clock
    from deskui.desk.model import Glimpse, TicketRow

ROWS: Final = 60
"""More than a screen has lines."""
MOST: Final = 1000
"""Open tickets that are put in order here. Where there are more, those that are late or due within minutes
stand at the top in any case, and only they are shown."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_NOT_YET: Final = "…"

# Each in one row: beside the screens that load meanwhile the driver waits its turn for every row it gives.
_STORE = """
SELECT (SELECT json_group_array(version_num) FROM alembic_version),
    (SELECT value FROM setting WHERE name = ?),
    EXISTS (SELECT 1 FROM ring WHERE done_at IS NULL)
"""
# of a NarrowRow; of a ticket no more is asked, or SQLite leaves the index of those that are open
_NARROW = """ticket_id, policy, customer_id, state, assignee_id, received_at, deferred_until, rank, covered,
    promise_due_at, goal_due_at, due_kind"""
_OPEN = f"""
SELECT json_group_array(json_array({_NARROW})) FROM (
    SELECT {_NARROW} FROM ticket WHERE {IS_OPEN}
    ORDER BY promise_due_at IS NULL OR state = 'waiting' OR coalesce(deferred_until > :at, FALSE),
        promise_due_at, received_at, ticket_id
    LIMIT {MOST + 1}
)
"""
_ROWS = """
SELECT ticket.ticket_id, number, policy, customer.name, plan, service, title, state, agent.code, received_at,
    deferred_until, version
FROM ticket JOIN customer USING (customer_id) LEFT JOIN agent ON agent_id = assignee_id
WHERE ticket.ticket_id IN (%s)
"""
# the last one of a ticket is the clock it shows, as `deskui.desk.clocks.shown_clock` has it
_CLOCKS = f"""
SELECT ticket_id, promised, kind, due_at, running_since, breached_at
FROM clock WHERE ticket_id IN (%s) AND {IS_PENDING}
ORDER BY promised, due_at IS NOT NULL, due_at DESC, clock_id DESC
"""


class Reading:
    """A store that is being read. Used by one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, at: datetime, missed: bool) -> None:
        self._connection = connection
        self._missed = missed
        self._at = at
        found = connection.execute(_OPEN, {"at": (at - _EPOCH) // _MICROSECOND}).fetchone()
        self._open = json.loads(found[0])

    def finish(self) -> Glimpse | None:
        """The rows; None where there are none or the file cannot be read."""
        from deskui.desk.model import Glimpse  # noqa: PLC0415 - after the first frame

        with closing(self._connection):
            try:
                rows = tuple(self._rows(self._top()))
            except sqlite3.Error:
                return None
        return Glimpse(self._at, rows) if rows else None

    def _top(self) -> list[int]:
        """The tickets at the top of the queue, in order."""
        from deskui.desk.columns import Columns  # noqa: PLC0415 - after the first frame
        from deskui.desk.order import Order  # noqa: PLC0415 - the same
        from deskui.desk.queue import SOON, Moment  # noqa: PLC0415 - the same

        columns = Columns()
        columns.extend(self._open)
        # the end of the day and the agent make views, no order
        order = Order(columns, Moment(self._at, self._at + timedelta(days=1), 0))
        # missed calls stand behind those that are late or due within minutes, see `deskui.desk.ringrows`
        whole = len(order) <= MOST and not self._missed
        return [one.ticket_id for one in order.entries("all")[:ROWS] if whole or one.band <= SOON]

    def _rows(self, ticket_ids: list[int]) -> list[TicketRow]:
        from deskui.desk.model import ClockState, TicketRow, TicketState  # noqa: PLC0415 - the same
        from deskui.policy.decision import Text  # noqa: PLC0415 - the same

        marks = ",".join("?" * len(ticket_ids))
        clocks = {found[0]: found[1:] for found in self._connection.execute(_CLOCKS % marks, ticket_ids)}
        found: dict[int, TicketRow] = {}
        for row in self._connection.execute(_ROWS % marks, ticket_ids):
            ticket_id, number, policy, customer, plan, service, title, *more = row
            state, agent, received, deferred, version = more
            promised, kind, due, running, breached = clocks.get(ticket_id, (False, None, None, None, None))
            due_at = _maybe(due)
            if kind is None:
                stands = None
            elif breached is not None or (due_at is not None and due_at < self._at):
                stands = ClockState.BREACHED
            else:
                stands = ClockState.PAUSED if running is None else ClockState.RUNNING
            words = json.loads(plan)
            found[ticket_id] = TicketRow(
                ticket_id=ticket_id,
                number=number,
                policy=policy,
                customer=customer,
                plan=Text(words["th"], words["en"]),
                service=service,
                service_name=Text(_NOT_YET, _NOT_YET),
                title=title,
                state=TicketState(state),
                assignee=agent,
                received_at=_instant(received),
                due_at=due_at,
                promised=bool(promised),
                clock_kind=kind,
                clock=None,
                deferred_until=_maybe(deferred),
                version=version,
                stands=stands,
            )
        return [found[ticket_id] for ticket_id in ticket_ids]


def begin(path: Path, clock: Clock) -> Reading | None:
    """Reads which tickets are open in the file at `path`; None where that is better left to the store.

    That is so where there is no file, and where its schema is older or newer than this deskui. A clock that
    follows the store is set by it: the first frame has its time.
    """
    connection = None
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            timeout=0,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("BEGIN")
        revisions, ahead, missed = connection.execute(_STORE, (CLOCK_AHEAD,)).fetchone()
        if json.loads(revisions) == [HEAD]:
            _set(clock, ahead)
            return Reading(connection, clock.now(), bool(missed))
    except sqlite3.Error:
        pass
    if connection is not None:
        connection.close()
    return None


def _set(clock: Clock, ahead: str | None) -> None:
    seconds = None if ahead is None else json.loads(ahead)
    if isinstance(clock, StoreClock) and isinstance(seconds, int | float):
        clock.offset = timedelta(seconds=seconds)


def _instant(value: int) -> datetime:
    return _EPOCH + timedelta(microseconds=value)


def _maybe(value: Any) -> datetime | None:
    return None if value is None else _instant(value)
