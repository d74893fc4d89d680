"""The order of the queue worked out anew from all tickets: slow, short, what the desk's own must equal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from deskui.desk.entries import Entries
from deskui.desk.model import QueueEntry, QueueSnapshot, TicketState
from deskui.desk.queue import (
    BREACHED,
    DEFERRED,
    PROMISED,
    SERVED_LAST,
    SOON,
    SOON_IS,
    UNPROMISED,
    VIEWS,
    Moment,
    covered_vendors,
    due_of,
)
from deskui.desk.records import OpenTicket

_FAR = datetime.max.replace(tzinfo=UTC)
_Dated = tuple[datetime, datetime, int, OpenTicket]


def band_of(item: OpenTicket, at: datetime, covered: frozenset[str]) -> int:
    """The band of a ticket at `at`, with the vendors that have covered tickets open."""
    if item.deferred_until is not None and item.deferred_until > at:
        return DEFERRED
    promise = item.promise_due_at
    waiting = item.state is TicketState.WAITING
    if promise is not None and not waiting:
        if promise < at:
            return BREACHED
        return SOON if promise - at <= SOON_IS else PROMISED
    if not item.covered and item.policy in covered:
        return SERVED_LAST
    if item.goal_due_at is not None and not waiting:
        return PROMISED
    return UNPROMISED


def is_callback(item: OpenTicket, moment: Moment) -> bool:
    """Whether somebody is to be called back: a deferral that has ended, or a callback running."""
    if item.deferred_until is not None:
        return item.deferred_until <= moment.at
    return item.due_kind == "callback" and due_of(item) is not None


def is_today(item: OpenTicket, moment: Moment) -> bool:
    """Whether it is due, or its deferral ends, before the day is over."""
    if item.deferred_until is not None and item.deferred_until > moment.at:
        return item.deferred_until < moment.day_end
    due = due_of(item)
    return item.deferred_until is not None or (due is not None and due < moment.day_end)


def arrange(items: Sequence[OpenTicket], at: datetime) -> list[tuple[QueueEntry, OpenTicket]]:
    """All open tickets in the order in which they are to be served at `at`."""
    return [(_entry(item, band), item) for band, item in _ordered(items, at)]


def _ordered(items: Sequence[OpenTicket], at: datetime) -> list[tuple[int, OpenTicket]]:
    """(band, ticket) in order. Tuples are sorted as they are: a key function costs more than the sort."""
    covered = covered_vendors(items)
    dated: tuple[list[_Dated], ...] = tuple([] for _ in range(6))
    for item in items:
        band = band_of(item, at, covered)
        if band == DEFERRED:
            first = item.deferred_until
        elif band in (UNPROMISED, SERVED_LAST):
            first = None
        else:
            first = due_of(item)
        dated[band].append((first or _FAR, item.received_at, item.ticket_id, item))
    ordered: list[tuple[int, OpenTicket]] = []
    for band, members in enumerate(dated):
        members.sort()
        sorted_items = [member[3] for member in members]
        if band == PROMISED:
            sorted_items = _by_rank(sorted_items)
        ordered += [(band, item) for item in sorted_items]
    return ordered


def _entry(item: OpenTicket, band: int) -> QueueEntry:
    return QueueEntry(band, item.rank, due_of(item), item.received_at, item.ticket_id)


def _by_rank(members: list[OpenTicket]) -> list[OpenTicket]:
    """Members in due order, those of each vendor by its own rank in the places they take together."""
    ranks: dict[str, set[int]] = defaultdict(set)
    for item in members:
        ranks[item.policy].add(item.rank)
    mixed = {policy for policy, found in ranks.items() if len(found) > 1}
    if not mixed:
        return members
    queues: dict[str, list[OpenTicket]] = defaultdict(list)
    for item in members:
        if item.policy in mixed:
            queues[item.policy].append(item)
    # the sort is stable: equal ranks stay in due order
    turns = {policy: iter(sorted(queue, key=lambda item: item.rank)) for policy, queue in queues.items()}
    return [next(turns[item.policy]) if item.policy in mixed else item for item in members]


_IN_VIEW: Mapping[str, Callable[[OpenTicket, Moment], bool]] = {
    "all": lambda item, moment: True,  # noqa: ARG005 - one shape for all
    "mine": lambda item, moment: item.assignee_id == moment.agent_id,
    "callbacks": is_callback,
    "waiting": lambda item, moment: item.state is TicketState.WAITING,  # noqa: ARG005
    "breached": lambda item, moment: item.promise_due_at is not None and item.promise_due_at < moment.at,
    "today": is_today,
}


def counts(items: Iterable[OpenTicket], moment: Moment) -> dict[str, int]:
    """How many tickets each view of VIEWS has; one pass."""
    total = mine = callbacks = waiting = breached = today = 0
    for item in items:
        total += 1
        mine += item.assignee_id == moment.agent_id
        waiting += item.state is TicketState.WAITING
        breached += item.promise_due_at is not None and item.promise_due_at < moment.at
        callbacks += is_callback(item, moment)
        today += is_today(item, moment)
    return dict(zip(VIEWS, (total, mine, callbacks, waiting, breached, today), strict=True))


def snapshot(items: Sequence[OpenTicket], moment: Moment, view: str, change: int) -> QueueSnapshot:
    """The queue of a view; a name that is no view is taken for a policy id."""
    inside = _IN_VIEW.get(view) or (lambda item, moment: item.policy == view)  # noqa: ARG005
    ordered = _ordered(items, moment.at)
    if view != "all":
        ordered = [(band, item) for band, item in ordered if inside(item, moment)]
    entries = Entries.of(_entry(item, band) for band, item in ordered)
    return QueueSnapshot(moment.at, view, entries, counts(items, moment), change)
