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
from typing import Final

from deskui.dataclass import dataclass
from deskui.desk.columns import Columns, Group
from deskui.desk.instants import NEVER, microseconds
from deskui.desk.records import OpenTicket

BREACHED, SOON, PROMISED, UNPROMISED, SERVED_LAST, DEFERRED = range(6)

SOON_IS: Final = timedelta(minutes=15)
"""A promise due within this is served before the vendor's own order."""

VIEWS = ("all", "mine", "callbacks", "waiting", "breached", "today")
"""Views besides the policy ids."""

_SOON: Final = SOON_IS // timedelta(microseconds=1)


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


def band_of_item(item: OpenTicket, at: datetime, covered: frozenset[str]) -> int:
    """The band of a ticket at `at`, with the vendors that have covered tickets open."""
    one = Columns.of([item])
    last = not item.covered and item.policy in covered
    return band_of(one.groups[0], one.due[0], one.deferred.get(0, NEVER), microseconds(at), last=last)


# --- the same of what is kept in columns; instants in microseconds since 1970, NEVER for none


def band_of(group: Group, due: int, deferred: int, at: int, *, last: bool) -> int:
    """The band of a ticket at `at`; `last` while it is served after the covered ones of its vendor."""
    if at < deferred != NEVER:
        return DEFERRED
    counts = due != NEVER and not group.waiting
    if counts and group.promised:
        if due < at:
            return BREACHED
        return SOON if due - at <= _SOON else PROMISED
    if last:
        return SERVED_LAST
    return PROMISED if counts else UNPROMISED


def is_callback(group: Group, due: int, deferred: int, at: int) -> bool:
    """Whether somebody is to be called back: a deferral that has ended, or a callback that is due."""
    return (group.callback and due != NEVER) if deferred == NEVER else deferred <= at


def is_today(due: int, deferred: int, at: int, day_end: int) -> bool:
    """Whether it is due, or its deferral ends, before the day is over."""
    if deferred == NEVER:
        return due < day_end
    return deferred <= at or deferred < day_end


def is_breached(group: Group, due: int, at: int) -> bool:
    """Whether a promise is missed: only after its due instant (X-03)."""
    return group.promised and due < at


def stands_until(group: Group, due: int, deferred: int, at: int) -> int:
    """The first instant after `at` at which an unchanged ticket may stand elsewhere or be in another view.

    NEVER where time alone changes nothing. The end of the day, which may change views as well, is apart.
    """
    ahead = deferred if deferred > at else NEVER
    if group.promised and due >= at:
        ahead = min(ahead, due - _SOON if due - _SOON > at else due + 1)
    return ahead
