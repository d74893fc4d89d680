"""The order of the queue at an instant. Pure over the open tickets.

Bands: 0 a promise is missed, 1 a promise is due within 15 minutes, 2 a promise or a goal of the desk's
own runs, 3 none does, 4 no agreement while a covered ticket of the same vendor is open, 5 deferred to a
later day. Inside a band the earlier due instant comes first, then the longer wait; in band 2 the tickets
of one vendor stand in that vendor's own order in the places they have together, so that one vendor's
ranks say nothing about another's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from deskui.dataclass import dataclass
from deskui.desk.model import TicketState
from deskui.desk.records import OpenTicket

BREACHED, SOON, PROMISED, UNPROMISED, SERVED_LAST, DEFERRED = range(6)

SOON_IS = timedelta(minutes=15)
"""A promise due within this is served before the vendor's own order."""

VIEWS = ("all", "mine", "callbacks", "waiting", "breached", "today")
"""Views besides the policy ids."""

_TICK = timedelta(microseconds=1)


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


def is_callback(item: OpenTicket, moment: Moment) -> bool:
    """Whether somebody is to be called back: a deferral that has ended, or a callback running."""
    if item.deferred_until is not None:
        return item.deferred_until <= moment.at
    return item.due_kind == "callback"


def is_today(item: OpenTicket, moment: Moment) -> bool:
    """Whether it is due, or its deferral ends, before the day is over."""
    if item.deferred_until is not None and item.deferred_until > moment.at:
        return item.deferred_until < moment.day_end
    due = due_of(item)
    return item.deferred_until is not None or (due is not None and due < moment.day_end)


def stands_until(item: OpenTicket, at: datetime) -> datetime | None:
    """The first instant after `at` at which an unchanged ticket may stand elsewhere or be in another view.

    The end of the day, which may change views as well, is apart.
    """
    ahead = []
    promise = item.promise_due_at
    if promise is not None and promise >= at:
        # missed only after its due instant
        ahead.append(promise - SOON_IS if promise - SOON_IS > at else promise + _TICK)
    if item.deferred_until is not None and item.deferred_until > at:
        ahead.append(item.deferred_until)
    return min(ahead, default=None)
