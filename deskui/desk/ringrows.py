"""Missed calls among the tickets of the queue.

A missed call has no ticket yet, so its row goes by a negative id: that of the ring with its sign turned. This
is the only place that makes or reads such ids. Rows of rings stand in the views of VIEWS_WITH_CALLBACKS,
behind the tickets that are late or due within minutes and before all others, longest waiting first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from deskui.desk.callmodel import Ring
from deskui.desk.model import QueueEntry, QueueSnapshot, TicketRow, TicketState
from deskui.desk.queue import SOON
from deskui.policy.decision import Text

VIEWS_WITH_CALLBACKS = frozenset({"all", "callbacks"})
_NOTHING = Text("", "")
_MISSED = Text("สายที่ไม่ได้รับ", "missed call")


def row_id(ring: Ring) -> int:
    """The id its row goes by."""
    return -ring.ring_id


def ring_of(ticket_id: int) -> int | None:
    """The ring a row is about; None for the row of a ticket."""
    return -ticket_id if ticket_id < 0 else None


def with_rings(snapshot: QueueSnapshot, rings: Sequence[Ring], at: datetime) -> QueueSnapshot:
    """The queue with the rows of missed calls."""
    missed = [ring for ring in rings if ring.missed(at)]
    if not missed:
        return snapshot
    counts = dict(snapshot.counts)
    for view in VIEWS_WITH_CALLBACKS & counts.keys():
        counts[view] += len(missed)
    if snapshot.view not in VIEWS_WITH_CALLBACKS:
        return replace(snapshot, counts=counts)
    entries = snapshot.entries
    rows = [QueueEntry(SOON, 0, None, ring.rang_at, row_id(ring)) for ring in missed]
    return replace(snapshot, entries=entries.with_rows(entries.above(SOON), rows), counts=counts)


def ring_row(ring: Ring) -> TicketRow:
    """The row of a missed call."""
    return TicketRow(
        ticket_id=row_id(ring),
        number=0,
        policy="",
        customer=ring.customer or ring.number,
        plan=_NOTHING,
        service="",
        service_name=_MISSED,
        title=ring.number,
        state=TicketState.NEW if ring.taken_by is None else TicketState.OPEN,
        assignee=ring.taken_by,
        received_at=ring.rang_at,
        due_at=None,
        promised=False,
        clock_kind="callback",
        clock=None,
        deferred_until=None,
        version=ring.times,
        ring=ring,
    )


def in_order(ticket_ids: Sequence[int], *found: Mapping[int, TicketRow]) -> list[TicketRow]:
    """Rows of tickets and rings in the order asked for; ids that are gone are left out."""
    return [rows[one] for one in ticket_ids for rows in found if one in rows]
