"""The queue as the desk holds it: the narrow part of every open ticket, kept fresh by the change feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from threading import Lock

from deskui.desk import queue
from deskui.desk.model import QueueSnapshot
from deskui.desk.ports import MOST_IDS, UnitOfWork
from deskui.desk.records import OpenTicket
from deskui.desk.terms import HOME_ZONE
from deskui.desk.work import Means

_FEED_PAGE = 2000
_VIEWS_KEPT = 16
_RELOAD_ABOVE = 4000
"""More tickets changed than this: all are read again."""


class Board:
    """Open tickets in memory, about 0.5 kB each. Safe to ask from any thread."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._lock = Lock()
        self._items: dict[int, OpenTicket] = {}
        self._position: int | None = None
        self._snapshots: dict[str, tuple[QueueSnapshot, datetime]] = {}
        """By view, each with the instant up to which it stands."""

    def refresh(self) -> int:
        """Takes in what changed; the position in the change feed reached.

        Also puts holidays that the desk or another one changed into the terms.
        """
        with self._lock, self._means.uow() as uow:
            # read first: what comes in between is read twice rather than missed
            last = uow.changes.last()
            if self._position is None:
                self._means.terms.adjust(uow.holidays.all())
                self._reload(uow)
            elif last != self._position:
                self._follow(uow, self._position)
            self._position = last
            return last

    def _reload(self, uow: UnitOfWork) -> None:
        self._items = {item.ticket_id: item for item in uow.tickets.open_items()}

    def _follow(self, uow: UnitOfWork, position: int) -> None:
        touched: dict[int, None] = {}
        while page := uow.changes.since(position, _FEED_PAGE):
            position = page[-1].position
            if any(change.kind == "holiday" for change in page):
                self._means.terms.adjust(uow.holidays.all())
            touched.update(dict.fromkeys(change.entity_id for change in page if change.kind == "ticket"))
            if len(touched) > _RELOAD_ABOVE:
                self._reload(uow)
                return
        ids = list(touched)
        for start in range(0, len(ids), MOST_IDS):
            some = ids[start : start + MOST_IDS]
            for gone in some:
                self._items.pop(gone, None)
            for item in uow.tickets.open_items(ticket_ids=some):
                self._items[item.ticket_id] = item

    def snapshot(self, view: str, at: datetime) -> QueueSnapshot:
        """The queue of a view at `at`."""
        change = self.refresh()
        with self._lock:
            kept = self._snapshots.get(view)
            if kept is not None and kept[0].change == change and kept[0].at <= at < kept[1]:
                return replace(kept[0], at=at)
            items = list(self._items.values())
        when = moment(at, self._means.agent.agent_id)
        found = queue.snapshot(items, when, view, change)
        until = queue.stands_until(items, when)
        with self._lock:
            if len(self._snapshots) >= _VIEWS_KEPT:
                self._snapshots.clear()
            self._snapshots[view] = (found, until)
        return found

    def items(self) -> dict[int, OpenTicket]:
        """The open tickets by id, as of the last reading."""
        with self._lock:
            return dict(self._items)

    def covered(self) -> frozenset[str]:
        """Policies with an open ticket under an agreement or in warranty."""
        self.refresh()
        with self._lock:
            return queue.covered_vendors(self._items.values())


def moment(at: datetime, agent_id: int) -> queue.Moment:
    """The instant with the end of its day in the desk's zone."""
    tomorrow = at.astimezone(HOME_ZONE).date() + timedelta(days=1)
    return queue.Moment(at, datetime.combine(tomorrow, time(), HOME_ZONE), agent_id)
