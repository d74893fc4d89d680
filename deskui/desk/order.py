"""The order of the queue, kept while tickets change and time goes on: what stays put is not sorted again.

`deskui.desk.queue` says what the order is; here 100,000 tickets keep it at the cost of those that move.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from heapq import heapify, heappop, heappush
from itertools import chain
from typing import NamedTuple

from deskui.desk import queue
from deskui.desk.model import QueueEntry, TicketState
from deskui.desk.queue import DEFERRED, PROMISED, SERVED_LAST, UNPROMISED, Moment
from deskui.desk.records import OpenTicket

_FAR = datetime.max.replace(tzinfo=UTC)
_MINE, _CALLBACK, _WAITING, _BREACHED, _TODAY = 1, 2, 4, 8, 16
_BITS = {"mine": _MINE, "callbacks": _CALLBACK, "waiting": _WAITING, "breached": _BREACHED, "today": _TODAY}

_Key = tuple[datetime, datetime, int, QueueEntry, str]
"""What a ticket is sorted by in its band: due, received, id; the rest is never compared."""
_RankKey = tuple[int, datetime, datetime, int, QueueEntry]
"""The same among the promised tickets of one vendor."""


class _Place(NamedTuple):
    """Where a ticket stands now, in which views, and up to when that is so whatever else happens."""

    band: int
    key: _Key
    views: int
    until: datetime | None


class Order:
    """Open tickets in the order in which they are to be served. Used by one thread at a time."""

    def __init__(self, items: Iterable[OpenTicket], moment: Moment) -> None:
        self.moment = moment
        self._items = {item.ticket_id: item for item in items}
        self._build()

    @property
    def items(self) -> Mapping[int, OpenTicket]:
        """The tickets by id."""
        return self._items

    @property
    def covered(self) -> frozenset[str]:
        """Policies with an open ticket under an agreement or in warranty."""
        return frozenset(policy for policy, count in self._covering.items() if count)

    # --- what happens

    def put(self, ticket_id: int, item: OpenTicket | None) -> None:
        """Takes a ticket as it is now; None for one that is open no more."""
        before = self._items.pop(ticket_id, None)
        if before is not None:
            self._take_out(ticket_id)
        if item is not None:
            self._items[ticket_id] = item
        gone, come = _covers(before), _covers(item)
        if gone != come:
            for policy, count in ((gone, -1), (come, 1)):
                if policy is not None:
                    was = self._covering[policy]
                    self._covering[policy] += count
                    if not was or not self._covering[policy]:
                        self._judge_anew(policy, but=ticket_id)
        if item is not None:
            self._put_in(item)

    def go_on(self, moment: Moment) -> None:
        """Time goes on to `moment`; it may also go back."""
        before, self.moment = self.moment, moment
        if moment.at < before.at or (moment.day_end, moment.agent_id) != (before.day_end, before.agent_id):
            self._build()
            return
        while self._ahead and self._ahead[0][0] <= moment.at:
            until, ticket_id = heappop(self._ahead)
            place = self._places.get(ticket_id)
            # one that has moved since has another instant
            if place is not None and place.until == until:
                self._take_out(ticket_id)
                self._put_in(self._items[ticket_id])

    # --- what is seen

    def entries(self, view: str) -> tuple[QueueEntry, ...]:
        """The tickets of a view in order; a name that is no view is taken for a policy id."""
        found = self._views.get(view)
        if found is None:
            found = self._views[view] = self._all() if view == "all" else self._some(view)
        return found

    def counts(self) -> dict[str, int]:
        """How many tickets each view of VIEWS has."""
        totals = {
            view: sum(count for views, count in self._tally.items() if views & bit)
            for view, bit in _BITS.items()
        }
        return {view: totals.get(view, len(self._items)) for view in queue.VIEWS}

    def _all(self) -> tuple[QueueEntry, ...]:
        for band, kept in enumerate(self._lines):
            if kept is None:
                self._lines[band] = self._line(band)
        return tuple(chain.from_iterable(line for line in self._lines if line is not None))

    def _some(self, view: str) -> tuple[QueueEntry, ...]:
        bit = _BITS.get(view)
        if bit is None:
            items = self._items
            return tuple(one for one in self.entries("all") if items[one.ticket_id].policy == view)
        places = self._places
        return tuple(one for one in self.entries("all") if places[one.ticket_id].views & bit)

    def _line(self, band: int) -> list[QueueEntry]:
        """One band by due; in PROMISED each vendor by its own rank in the places that it has together."""
        if band == PROMISED:
            turns = {
                policy: iter(ranked)
                for policy, ranked in self._ranked.items()
                if ranked and ranked[0][0] != ranked[-1][0]
            }
            if turns:
                return [next(turns[key[4]])[4] if key[4] in turns else key[3] for key in self._bands[band]]
        return [key[3] for key in self._bands[band]]

    # --- how it is kept

    def _build(self) -> None:
        self._covering = Counter(item.policy for item in self._items.values() if item.covered)
        covered = self.covered
        self._bands: list[list[_Key]] = [[] for _ in range(6)]
        self._lines: list[list[QueueEntry] | None] = [None] * 6
        self._ranked: dict[str, list[_RankKey]] = defaultdict(list)
        self._views: dict[str, tuple[QueueEntry, ...]] = {}
        self._places = {item.ticket_id: self._place(item, covered) for item in self._items.values()}
        for band, key, _, _ in self._places.values():
            self._bands[band].append(key)
            if band == PROMISED:
                self._ranked[key[4]].append(_rank_key(key))
        for band_keys in self._bands:
            band_keys.sort()
        for ranked in self._ranked.values():
            ranked.sort()
        self._tally = Counter(place.views for place in self._places.values())
        self._ahead = [
            (place.until, ticket_id) for ticket_id, place in self._places.items() if place.until is not None
        ]
        heapify(self._ahead)

    def _place(self, item: OpenTicket, covered: frozenset[str]) -> _Place:
        moment, promise, deferred = self.moment, item.promise_due_at, item.deferred_until
        band = queue.band_of(item, moment.at, covered)
        due = promise or item.goal_due_at
        if band == DEFERRED:
            first = deferred or _FAR
        else:
            first = _FAR if due is None or band in (UNPROMISED, SERVED_LAST) else due
        entry = QueueEntry(band, item.rank, due, item.received_at, item.ticket_id)
        views = _MINE if item.assignee_id == moment.agent_id else 0
        if item.state is TicketState.WAITING:
            views |= _WAITING
        if promise is not None and promise < moment.at:
            views |= _BREACHED
        if due is not None or deferred is not None:
            if queue.is_callback(item, moment):
                views |= _CALLBACK
            if queue.is_today(item, moment):
                views |= _TODAY
        key = (first, item.received_at, item.ticket_id, entry, item.policy)
        return _Place(band, key, views, queue.stands_until(item, moment.at))

    def _put_in(self, item: OpenTicket) -> None:
        place = self._place(item, self.covered)
        self._places[item.ticket_id] = place
        insort(self._bands[place.band], place.key)
        if place.band == PROMISED:
            insort(self._ranked[item.policy], _rank_key(place.key))
        self._tally[place.views] += 1
        if place.until is not None:
            heappush(self._ahead, (place.until, item.ticket_id))
        self._changed(place.band)

    def _take_out(self, ticket_id: int) -> None:
        place = self._places.pop(ticket_id)
        keys, key = self._bands[place.band], place.key
        # a shorter tuple sorts before the longer one that begins with it
        del keys[bisect_left(keys, key[:3])]
        if place.band == PROMISED:
            ranked = self._ranked[key[4]]
            del ranked[bisect_left(ranked, _rank_key(key)[:4])]
        self._tally[place.views] -= 1
        self._changed(place.band)

    def _changed(self, band: int) -> None:
        self._lines[band] = None
        self._views.clear()

    def _judge_anew(self, policy: str, but: int) -> None:
        """Covered tickets of a vendor came or went: its others are served last, or no more."""
        for item in [one for one in self._items.values() if one.policy == policy and not one.covered]:
            if item.ticket_id != but:
                self._take_out(item.ticket_id)
                self._put_in(item)


def _covers(item: OpenTicket | None) -> str | None:
    """The vendor whose others are served last because of it."""
    return item.policy if item is not None and item.covered else None


def _rank_key(key: _Key) -> _RankKey:
    entry = key[3]
    return (entry.rank, key[0], key[1], key[2], entry)
