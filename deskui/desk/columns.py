"""What the order of the queue knows of each open ticket, in columns: 28 bytes a ticket and no object.

Rows are added and never changed, so that whoever holds places in a column goes on seeing what stood there.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from deskui.desk.instants import NEVER, microseconds
from deskui.desk.model import TicketState
from deskui.desk.records import NarrowRow, OpenTicket


class Group(NamedTuple):
    """What many tickets have alike."""

    policy: str
    assignee_id: int | None
    rank: int
    covered: bool
    waiting: bool
    """For the customer."""
    callback: bool
    """Whether the clock that is due first is one of calling back."""
    promised: bool
    """Whether the due instant is that of a promise; of one of the desk's own goals if not."""


class Columns:
    """Open tickets, each at a place that stays its own. Instants are microseconds since 1970, or NEVER."""

    __slots__ = ("_known", "customer", "deferred", "due", "group", "groups", "received", "ticket")

    def __init__(self) -> None:
        self.ticket = array("q")
        self.customer = array("q")
        self.received = array("q")
        self.due = array("q")
        """The earliest of its promises, else of the desk's own goals."""
        self.deferred: dict[int, int] = {}
        """By place; few are."""
        self.group = array("i")
        """Place among `groups`."""
        self.groups: list[Group] = []
        self._known: dict[tuple[object, ...], int] = {}

    @classmethod
    def of(cls, items: Iterable[OpenTicket]) -> Columns:
        """Of these tickets."""
        made = cls()
        made.extend([narrow(item) for item in items])
        return made

    def __len__(self) -> int:
        """How many places there are."""
        return len(self.ticket)

    def extend(self, rows: Sequence[NarrowRow]) -> None:
        """Adds tickets, in order."""
        if not rows:
            return
        (
            ids,
            policies,
            customers,
            states,
            agents,
            received,
            deferred,
            ranks,
            covered,
            promises,
            goals,
            kinds,
        ) = zip(*rows, strict=True)
        self.ticket.extend(ids)
        self.customer.extend(customers)
        self.received.extend(received)
        first = len(self.due)
        self.deferred.update((place, one) for place, one in enumerate(deferred, first) if one is not None)
        self.due.extend(
            [
                promise if promise is not None else NEVER if goal is None else goal
                for promise, goal in zip(promises, goals, strict=True)
            ]
        )
        promised = [one is not None for one in promises]
        self.group.extend(
            map(self._group, zip(policies, agents, ranks, covered, states, kinds, promised, strict=True))
        )

    def _group(self, key: tuple[str, int | None, int, bool, str, str | None, bool]) -> int:
        found = self._known.get(key)
        if found is None:
            policy, agent, rank, covered, state, kind, promised = key
            found = self._known[key] = len(self.groups)
            waiting, callback = state == TicketState.WAITING.value, kind == "callback"
            self.groups.append(Group(policy, agent, rank, bool(covered), waiting, callback, promised))
        return found

    def only(self, places: Sequence[int]) -> Columns:
        """The tickets at these places, in their order, in columns of their own."""
        made = Columns()
        for name in ("ticket", "customer", "received", "due", "group"):
            column = getattr(self, name)
            getattr(made, name).extend(map(column.__getitem__, places))
        for to, place in enumerate(places):
            if place in self.deferred:
                made.deferred[to] = self.deferred[place]
        made.groups, made._known = self.groups[:], self._known.copy()
        return made


def narrow(item: OpenTicket) -> NarrowRow:
    """A ticket as a row."""
    return (
        item.ticket_id,
        item.policy,
        item.customer_id,
        item.state.value,
        item.assignee_id,
        microseconds(item.received_at),
        None if item.deferred_until is None else microseconds(item.deferred_until),
        item.rank,
        item.covered,
        None if item.promise_due_at is None else microseconds(item.promise_due_at),
        None if item.goal_due_at is None else microseconds(item.goal_due_at),
        item.due_kind,
    )
