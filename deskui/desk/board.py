"""The queue as the desk holds it: the narrow part of every open ticket, kept fresh by the change feed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from threading import Lock

from deskui.desk.columns import Columns
from deskui.desk.model import QueueSnapshot
from deskui.desk.order import Order
from deskui.desk.ports import MOST_IDS, UnitOfWork
from deskui.desk.queue import Moment
from deskui.desk.terms import HOME_ZONE
from deskui.desk.work import Means

_FEED_PAGE = 2000
_RELOAD_ABOVE = 4000
"""More tickets changed than this: all are read again."""


class Board:
    """Open tickets in memory and in order, some 50 bytes each. Safe to ask from any thread."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._lock = Lock()
        self._order: Order | None = None
        self._position = 0

    def refresh(self) -> int:
        """Takes in what changed; the position in the change feed reached.

        Also puts holidays that the desk or another one changed into the terms.
        """
        with self._lock:
            self._refresh()
            return self._position

    def _refresh(self) -> Order:
        with self._means.uow() as uow:
            # read first: what comes in between is read twice rather than missed
            last = uow.changes.last()
            order = self._order
            if order is None:
                self._means.terms.adjust(uow.holidays.all(), uow.readings.all())
                order = self._reload(uow)
            elif last != self._position:
                order = self._follow(uow, order)
            self._order, self._position = order, last
            return order

    def _reload(self, uow: UnitOfWork) -> Order:
        columns = Columns()
        for rows in uow.tickets.open_rows():
            columns.extend(rows)
        return Order(columns, self._moment(self._means.clock.now()))

    def _follow(self, uow: UnitOfWork, order: Order) -> Order:
        position = self._position
        touched: dict[int, None] = {}
        while page := uow.changes.since(position, _FEED_PAGE):
            position = page[-1].position
            if any(change.kind in ("holiday", "setting") for change in page):
                self._means.terms.adjust(uow.holidays.all(), uow.readings.all())
            touched.update(dict.fromkeys(change.entity_id for change in page if change.kind == "ticket"))
            if len(touched) > _RELOAD_ABOVE:
                return self._reload(uow)
        ids = list(touched)
        for start in range(0, len(ids), MOST_IDS):
            some = ids[start : start + MOST_IDS]
            still = {item.ticket_id: item for item in uow.tickets.open_items(ticket_ids=some)}
            for ticket_id in some:
                order.put(ticket_id, still.get(ticket_id))
        return order

    def snapshot(self, view: str, at: datetime) -> QueueSnapshot:
        """The queue of a view at `at`."""
        with self._lock:
            order = self._refresh()
            order.go_on(self._moment(at))
            return QueueSnapshot(at, view, order.entries(view), order.counts(), self._position)

    def covered(self) -> frozenset[str]:
        """Policies with an open ticket under an agreement or in warranty."""
        with self._lock:
            return self._refresh().covered

    def _moment(self, at: datetime) -> Moment:
        return moment(at, self._means.agent.agent_id)


def moment(at: datetime, agent_id: int) -> Moment:
    """The instant with the end of its day in the desk's zone."""
    tomorrow = at.astimezone(HOME_ZONE).date() + timedelta(days=1)
    return Moment(at, datetime.combine(tomorrow, time(), HOME_ZONE), agent_id)
