"""The queue as an agent looks at it: what is found in a view, and in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from deskui.desk.collate import reading_order
from deskui.desk.errors import NotFound
from deskui.desk.find import needles
from deskui.desk.fold import fold
from deskui.desk.model import QueueEntry, QueueSnapshot, TicketRow
from deskui.desk.records import OpenTicket
from deskui.desk.work import Means
from deskui.desk.workmodel import Look, Sight

_FAR = datetime.max.replace(tzinfo=UTC)


class Lookout:
    """Looks at the queue. Safe to ask from any thread.

    `queue` and `rows` are the desk's own; `items` are the open tickets by id, which the queue may have more
    than: a missed call is no ticket.
    """

    def __init__(
        self,
        means: Means,
        items: Callable[[], Mapping[int, OpenTicket]],
        queue: Callable[[str], QueueSnapshot],
        rows: Callable[[Sequence[int]], Sequence[TicketRow]],
    ) -> None:
        self._means = means
        self._items = items
        self._queue = queue
        self._rows = rows
        self._names: dict[int, tuple[str, Any]] = {}
        """Customers' names and what they are sorted by."""

    def look(self, look: Look) -> Sight:
        """The entries of a view that hold what is looked for, in the order that is wanted."""
        snapshot = self._queue(look.view)
        entries: Sequence[QueueEntry] = snapshot.entries
        wanted = needles(look.find)
        if not wanted and look.sort == "queue":
            return Sight(look, snapshot)
        items = self._items()
        if wanted:
            found = self._found(wanted, items)
            found |= self._others([e.ticket_id for e in entries if e.ticket_id not in items], wanted)
            entries = [entry for entry in entries if entry.ticket_id in found]
        key = self._key(look.sort, items)
        if key is not None:
            entries = sorted(entries, key=key)
        return Sight(look, replace(snapshot, entries=tuple(entries)))

    def _found(self, wanted: Sequence[str], items: Mapping[int, OpenTicket]) -> set[int]:
        with self._means.uow() as uow:
            found = set(uow.finding.matching(wanted))
            agents = {
                agent.agent_id
                for agent in uow.agents.all()
                if any(needle in (fold(agent.code), fold(agent.name)) for needle in wanted)
            }
        vendors = {name for name in {item.policy for item in items.values()} if self._is_named(name, wanted)}
        return found | {
            item.ticket_id
            for item in items.values()
            if item.policy in vendors or (agents and item.assignee_id in agents)
        }

    def _others(self, ids: Sequence[int], wanted: Sequence[str]) -> set[int]:
        """Those of the few that are no tickets whose row holds what is looked for."""
        return {
            row.ticket_id
            for row in (self._rows(ids) if ids else ())
            if any(needle in fold(f"{row.customer} {row.title}") for needle in wanted)
        }

    def _is_named(self, name: str, wanted: Sequence[str]) -> bool:
        """Whether a vendor is called by what is looked for, in whole or by its first letters."""
        called = {fold(name), *(fold(word) for word in self._short(name))}
        return any(
            word == needle or (len(needle) >= 3 and word.startswith(needle))
            for needle in wanted
            for word in called
        )

    def _short(self, name: str) -> tuple[str, str]:
        """What a vendor is called in short, in English and Thai; its id when its terms cannot be read."""
        try:
            short = self._means.terms.policy(name).short
        except NotFound:
            return name, name
        return short.en, short.th

    def _key(self, sort: str, items: Mapping[int, OpenTicket]) -> Callable[[QueueEntry], Any] | None:
        """What entries are sorted by; equal ones keep the order of the queue."""
        if sort == "due":
            return lambda entry: entry.due_at or _FAR
        if sort == "received":
            return lambda entry: entry.received_at
        last = reading_order("\U0010ffff")
        if sort == "vendor":
            used = {item.policy for item in items.values()}
            vendors = {name: reading_order(self._short(name)[0]) for name in used}
            return lambda entry: (
                vendors.get(items[entry.ticket_id].policy, last) if entry.ticket_id in items else last
            )
        if sort == "customer":
            names = self._customers()
            return lambda entry: (
                names[items[entry.ticket_id].customer_id][1] if entry.ticket_id in items else last
            )
        return None

    def _customers(self) -> Mapping[int, tuple[str, Any]]:
        """Names and orders by customer; what a name is sorted by is worked out once."""
        with self._means.uow() as uow:
            named = uow.finding.customer_names()
        before = self._names
        unknown = ("", reading_order("\U0010ffff"))
        fresh: dict[int, tuple[str, Any]] = defaultdict(lambda: unknown)
        for customer_id, name in named:
            known = before.get(customer_id)
            same = known is not None and known[0] == name
            fresh[customer_id] = known if same and known is not None else (name, reading_order(name))
        self._names = fresh
        return fresh
