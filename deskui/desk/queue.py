"""The order of the queue at an instant. Pure over the open tickets.

Bands: 0 a promise is missed, 1 a promise is due within 15 minutes, 2 a promise or a goal of the desk's
own runs, 3 none does, 4 no agreement while a covered ticket of the same vendor is open, 5 deferred to a
later day. Inside a band the earlier due instant comes first, then the longer wait; in band 2 the tickets
of one vendor stand in that vendor's own order in the places they have together, so that one vendor's
ranks say nothing about another's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from deskui.desk.model import QueueEntry, QueueSnapshot, TicketState
from deskui.desk.records import OpenTicket

BREACHED, SOON, PROMISED, UNPROMISED, SERVED_LAST, DEFERRED = range(6)

SOON_IS = timedelta(minutes=15)
"""A promise due within this is served before the vendor's own order."""

VIEWS = ("all", "mine", "callbacks", "waiting", "breached", "today")
"""Views besides the policy ids."""

_TICK = timedelta(microseconds=1)
_FAR = datetime.max.replace(tzinfo=UTC)

_Dated = tuple[datetime, datetime, int, OpenTicket]
"""What a ticket is sorted by; the id is unique, so that tickets themselves are never compared."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When and for whom the queue is looked at."""

    at: datetime
    day_end: datetime
    """The first instant of tomorrow in the desk's zone."""
    agent_id: int


def covered_vendors(items: Iterable[OpenTicket]) -> frozenset[str]:
    """Policies with an open ticket under an agreement or in warranty."""
    return frozenset(item.policy for item in items if item.covered)


def due_of(item: OpenTicket) -> datetime | None:
    """The due instant it is ordered by: of its promises, else of the desk's own goals."""
    return item.promise_due_at or item.goal_due_at


def band_of(item: OpenTicket, at: datetime, covered: frozenset[str]) -> int:
    """The band of a ticket at `at`, with the vendors that have covered tickets open."""
    if item.deferred_until is not None and item.deferred_until > at:
        return DEFERRED
    promise = item.promise_due_at
    waiting = item.state is TicketState.WAITING
    if promise is not None and not waiting:
        if promise < at:
            return BREACHED
        if promise - at <= SOON_IS:
            return SOON
        return PROMISED
    if not item.covered and item.policy in covered:
        return SERVED_LAST
    if item.goal_due_at is not None and not waiting:
        return PROMISED
    return UNPROMISED


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


def _is_callback(item: OpenTicket, moment: Moment) -> bool:
    if item.deferred_until is not None:
        return item.deferred_until <= moment.at
    return item.due_kind == "callback"


def _is_today(item: OpenTicket, moment: Moment) -> bool:
    if item.deferred_until is not None and item.deferred_until > moment.at:
        return item.deferred_until < moment.day_end
    due = due_of(item)
    return item.deferred_until is not None or (due is not None and due < moment.day_end)


_IN_VIEW: Mapping[str, Callable[[OpenTicket, Moment], bool]] = {
    "all": lambda item, moment: True,  # noqa: ARG005 - one shape for all
    "mine": lambda item, moment: item.assignee_id == moment.agent_id,
    "callbacks": _is_callback,
    "waiting": lambda item, moment: item.state is TicketState.WAITING,  # noqa: ARG005
    "breached": lambda item, moment: item.promise_due_at is not None and item.promise_due_at < moment.at,
    "today": _is_today,
}


def counts(items: Iterable[OpenTicket], moment: Moment) -> dict[str, int]:
    """How many tickets each view of VIEWS has; one pass."""
    total = mine = callbacks = waiting = breached = today = 0
    for item in items:
        total += 1
        mine += item.assignee_id == moment.agent_id
        waiting += item.state is TicketState.WAITING
        breached += item.promise_due_at is not None and item.promise_due_at < moment.at
        if item.deferred_until is not None or due_of(item) is not None:
            callbacks += _is_callback(item, moment)
            today += _is_today(item, moment)
    return dict(zip(VIEWS, (total, mine, callbacks, waiting, breached, today), strict=True))


def snapshot(items: Sequence[OpenTicket], moment: Moment, view: str, change: int) -> QueueSnapshot:
    """The queue of a view; a name that is no view is taken for a policy id."""
    inside = _IN_VIEW.get(view) or (lambda item, moment: item.policy == view)  # noqa: ARG005
    ordered = _ordered(items, moment.at)
    if view != "all":
        ordered = [(band, item) for band, item in ordered if inside(item, moment)]
    entries = tuple(_entry(item, band) for band, item in ordered)
    return QueueSnapshot(moment.at, view, entries, counts(items, moment), change)


def stands_until(items: Iterable[OpenTicket], moment: Moment) -> datetime:
    """The first instant after `moment` at which a snapshot of unchanged tickets may differ."""
    now = moment.at
    ahead = [moment.day_end]
    for item in items:
        promise = item.promise_due_at
        if promise is not None and promise >= now:
            # missed only after its due instant
            ahead.append(promise - SOON_IS if promise - SOON_IS > now else promise + _TICK)
        if item.deferred_until is not None and item.deferred_until > now:
            ahead.append(item.deferred_until)
    return min(ahead)
