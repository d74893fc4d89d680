"""The order of the queue, kept while tickets change and time goes on: what stays put is not sorted again.

`deskui.desk.queue` says what the order is; here 100,000 tickets keep it at the cost of those that move, in
some 50 bytes each: places in columns, not objects.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import compress, repeat
from operator import and_

from deskui.desk import queue
from deskui.desk.columns import Columns, narrow
from deskui.desk.entries import Entries
from deskui.desk.instants import NEVER, microseconds
from deskui.desk.queue import DEFERRED, PROMISED, SERVED_LAST, UNPROMISED, Moment
from deskui.desk.records import OpenTicket

_MINE, _CALLBACK, _WAITING, _BREACHED, _TODAY = 1, 2, 4, 8, 16
_BITS = {"mine": _MINE, "callbacks": _CALLBACK, "waiting": _WAITING, "breached": _BREACHED, "today": _TODAY}
_GONE = 6
"""Band of a place whose ticket stands elsewhere now, or nowhere."""
_SHARE = 2000
"""So many are sorted at one go: no other thread runs meanwhile, and one of them answers keys."""
_SPARE = 4096
"""Places of tickets that are gone, before the columns are written anew."""

_Key = Callable[[int], tuple[int, ...]]


class Order:
    """Open tickets in the order in which they are to be served. Used by one thread at a time."""

    def __init__(self, columns: Columns, moment: Moment) -> None:
        """Takes the columns over; each ticket is in them once."""
        self._take(columns)
        self._build(moment)

    def __len__(self) -> int:
        """How many tickets are open."""
        return len(self._at_place)

    @property
    def columns(self) -> Columns:
        """What is known of the tickets, and of some that are gone."""
        return self._columns

    @property
    def covered(self) -> frozenset[str]:
        """Policies with an open ticket under an agreement or in warranty."""
        return frozenset(policy for policy, count in self._covering.items() if count)

    # --- what happens

    def put(self, ticket_id: int, item: OpenTicket | None) -> None:
        """Takes a ticket as it is now; None for one that is open no more."""
        before = self._place_of(ticket_id)
        gone = come = None
        if before is not None:
            self._take_out(before)
            gone = self._covers(before)
            del self._at_place[self._index_of(ticket_id)]
        place = None
        if item is not None:
            place = len(self._columns)
            self._columns.extend([narrow(item)])
            self._band.append(_GONE)
            self._seen.append(0)
            self._at_place.insert(self._index_of(ticket_id), place)
            come = self._covers(place)
        if gone != come:
            for policy, count in ((gone, -1), (come, 1)):
                if policy is not None:
                    was = self._covering[policy]
                    self._covering[policy] += count
                    if not was or not self._covering[policy]:
                        self._judge_anew(policy, but=place)
        if place is not None:
            self._put_in(place)
        if len(self._columns) > len(self) + max(_SPARE, len(self) // 4):
            self._take(self._columns.only(self._at_place))
            self._build(self.moment)

    def go_on(self, moment: Moment) -> None:
        """Time goes on to `moment`; it may also go back."""
        before = self.moment
        if moment.at < before.at or (moment.day_end, moment.agent_id) != (before.day_end, before.agent_id):
            self._build(moment)
            return
        self._move_to(moment)
        while self._past < len(self._ahead) and self._ahead[self._past] <= self._at:
            place = self._ahead_place[self._past]
            self._past += 1
            # one that is gone has another place
            if self._band[place] != _GONE:
                self._take_out(place)
                self._put_in(place)

    # --- what is seen

    def entries(self, view: str) -> Entries:
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
        return {view: totals.get(view, len(self)) for view in queue.VIEWS}

    def _all(self) -> Entries:
        places = array("i")
        for band, members in enumerate(self._bands):
            places += self._by_turns(members) if band == PROMISED else members
        bands = b"".join(bytes([band]) * len(members) for band, members in enumerate(self._bands))
        return Entries(self._columns, places, bands)

    def _some(self, view: str) -> Entries:
        everything, columns, bit = self.entries("all"), self._columns, _BITS.get(view)
        if bit is None:
            inside = [group.policy == view for group in columns.groups]
            chosen = map(inside.__getitem__, everything.group_numbers)
        else:
            chosen = map(and_, map(self._seen.__getitem__, everything.places), repeat(bit))
        return everything.chosen(compress(range(len(everything)), chosen))

    def _by_turns(self, members: array[int]) -> array[int]:
        """Those of PROMISED by due, each vendor's by its own rank in the places that it has together."""
        turns = {policy: iter(ranked) for policy, ranked in self._ranked.items()}
        by_group = [turns.get(group.policy) for group in self._columns.groups]
        in_turn = map(by_group.__getitem__, map(self._columns.group.__getitem__, members))
        return array("i", map(next, in_turn))  # type: ignore[arg-type]

    # --- how it is kept

    def _take(self, columns: Columns) -> None:
        """Other columns: where each ticket is in them."""
        self._columns = columns
        places: Sequence[int] = range(len(columns))
        if any(columns.ticket[place - 1] >= columns.ticket[place] for place in places[1:]):
            places = sorted(places, key=columns.ticket.__getitem__)
        self._at_place = array("i", places)
        """Places of the open tickets, by rising ids."""

    def _move_to(self, moment: Moment) -> None:
        self.moment = moment
        self._at, self._day_end = microseconds(moment.at), microseconds(moment.day_end)

    def _build(self, moment: Moment) -> None:
        self._move_to(moment)
        columns, live = self._columns, self._at_place
        members = Counter(map(columns.group.__getitem__, live))
        self._covering: Counter[str] = Counter()
        for number, count in members.items():
            group = columns.groups[number]
            if group.covered:
                self._covering[group.policy] += count
        self._band = bytearray([_GONE]) * len(columns)
        self._seen = bytearray(len(columns))
        """By place: the views that it is in, as bits."""
        self._views: dict[str, Entries] = {}
        bands = tuple(array("i") for _ in range(6))
        ahead = []
        covered = self.covered
        for place in live:
            band, until = self._judge(place, covered)
            bands[band].append(place)
            if until != NEVER:
                ahead.append(place)
        self._bands = [_sorted(some, self._first(band), self._key(band)) for band, some in enumerate(bands)]
        self._tally = Counter(map(self._seen.__getitem__, live))
        self._ranked = self._by_rank(self._bands[PROMISED])
        self._look_ahead(array("i", ahead))

    def _by_rank(self, members: array[int]) -> dict[str, array[int]]:
        """By vendor: those of PROMISED, sorted by rank and due."""
        groups, group = self._columns.groups, self._columns.group
        parts: dict[tuple[str, int], array[int]] = {}
        by_group: list[array[int]] = [parts.setdefault((one.policy, one.rank), array("i")) for one in groups]
        for place in members:
            by_group[group[place]].append(place)
        ranked: dict[str, array[int]] = {}
        for policy, rank in sorted(parts):
            ranked.setdefault(policy, array("i")).extend(parts[policy, rank])
        return ranked

    def _look_ahead(self, places: array[int]) -> None:
        """Puts by the instant those that time alone will move."""
        columns, at = self._columns, self._at

        def until(place: int) -> tuple[int]:
            group = columns.groups[columns.group[place]]
            return (queue.stands_until(group, columns.due[place], columns.deferred.get(place, NEVER), at),)

        self._ahead_place = _sorted(places, lambda place: until(place)[0], until)
        self._ahead = array("q", [until(place)[0] for place in self._ahead_place])
        """Instants at which the ticket at the same place of `_ahead_place` moves, rising."""
        self._past = 0

    def _first(self, band: int) -> Callable[[int], int]:
        """What the places of a band are sorted by before anything else."""
        columns = self._columns
        if band == DEFERRED:
            return columns.deferred.__getitem__
        return columns.received.__getitem__ if band in (UNPROMISED, SERVED_LAST) else columns.due.__getitem__

    def _key(self, band: int) -> _Key:
        """The same in whole."""
        first, received, ticket = self._first(band), self._columns.received, self._columns.ticket
        return lambda place: (first(place), received[place], ticket[place])

    def _rank_key(self) -> _Key:
        groups, group, key = self._columns.groups, self._columns.group, self._key(PROMISED)
        return lambda place: (groups[group[place]].rank, *key(place))

    def _judge(self, place: int, covered: frozenset[str]) -> tuple[int, int]:
        """Notes where a ticket stands now and in which views; its band, and up to when that is so."""
        columns, at = self._columns, self._at
        group = columns.groups[columns.group[place]]
        due, deferred = columns.due[place], columns.deferred.get(place, NEVER)
        last = not group.covered and group.policy in covered
        views = _MINE if group.assignee_id == self.moment.agent_id else 0
        if group.waiting:
            views |= _WAITING
        if due == NEVER and deferred == NEVER:
            band, until = (SERVED_LAST if last else UNPROMISED), NEVER
        else:
            band = queue.band_of(group, due, deferred, at, last=last)
            until = queue.stands_until(group, due, deferred, at)
            if queue.is_breached(group, due, at):
                views |= _BREACHED
            if queue.is_callback(group, due, deferred, at):
                views |= _CALLBACK
            if queue.is_today(due, deferred, at, self._day_end):
                views |= _TODAY
        self._band[place], self._seen[place] = band, views
        return band, until

    def _put_in(self, place: int) -> None:
        band, until = self._judge(place, self.covered)
        _insert(self._bands[band], place, self._key(band))
        if band == PROMISED:
            group = self._columns.groups[self._columns.group[place]]
            _insert(self._ranked.setdefault(group.policy, array("i")), place, self._rank_key())
        self._tally[self._seen[place]] += 1
        if until != NEVER:
            at = bisect_right(self._ahead, until, lo=self._past)
            self._ahead.insert(at, until)
            self._ahead_place.insert(at, place)
        self._views.clear()

    def _take_out(self, place: int) -> None:
        band = self._band[place]
        _remove(self._bands[band], place, self._key(band))
        if band == PROMISED:
            group = self._columns.groups[self._columns.group[place]]
            _remove(self._ranked[group.policy], place, self._rank_key())
        self._band[place] = _GONE
        self._tally[self._seen[place]] -= 1
        self._views.clear()

    def _judge_anew(self, policy: str, but: int | None) -> None:
        """Covered tickets of a vendor came or went: its others are served last, or no more."""
        columns = self._columns
        bare = [group.policy == policy and not group.covered for group in columns.groups]
        for place in [one for one in self._at_place if bare[columns.group[one]]]:
            if place != but:
                self._take_out(place)
                self._put_in(place)

    def _index_of(self, ticket_id: int) -> int:
        """How many open tickets have a smaller id."""
        return bisect_left(self._at_place, ticket_id, key=self._columns.ticket.__getitem__)

    def _place_of(self, ticket_id: int) -> int | None:
        at = self._index_of(ticket_id)
        if at < len(self._at_place) and self._columns.ticket[self._at_place[at]] == ticket_id:
            return self._at_place[at]
        return None

    def _covers(self, place: int) -> str | None:
        """The vendor whose others are served last because of it."""
        group = self._columns.groups[self._columns.group[place]]
        return group.policy if group.covered else None


def _insert(places: array[int], place: int, key: _Key) -> None:
    places.insert(bisect_left(places, key(place), key=key), place)


def _remove(places: array[int], place: int, key: _Key) -> None:
    del places[bisect_left(places, key(place), key=key)]


def _sorted(places: array[int], first: Callable[[int], int], key: _Key) -> array[int]:
    """Places by `key`, whose first part is `first`: dealt out by that, then sorted share by share."""
    shares = len(places) // _SHARE
    bounds = sorted(map(first, places[:: max(1, len(places) // (8 * shares))]))[::8] if shares else []
    dealt = [array("i") for _ in range(len(bounds) + 1)]
    for place in places:
        dealt[bisect_right(bounds, first(place))].append(place)
    found = array("i")
    for share in dealt:
        found.extend(sorted(share, key=key))
    return found


def in_order(items: Sequence[OpenTicket], moment: Moment) -> Order:
    """The order of tickets that are there as records."""
    return Order(Columns.of(items), moment)
