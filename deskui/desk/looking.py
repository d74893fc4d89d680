"""The queue as an agent looks at it: what is found in a view, and in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from deskui.desk.collate import reading_order
from deskui.desk.entries import Entries
from deskui.desk.errors import NotFound
from deskui.desk.find import needles
from deskui.desk.fold import fold
from deskui.desk.model import QueueSnapshot, TicketRow
from deskui.desk.work import Means
from deskui.desk.workmodel import Look, Sight


class Lookout:
    """Looks at the queue. Safe to ask from any thread.

    `queue` and `rows` are the desk's own. The queue may have more than the open tickets: a missed call is no
    ticket.
    """

    def __init__(
        self,
        means: Means,
        queue: Callable[[str], QueueSnapshot],
        rows: Callable[[Sequence[int]], Sequence[TicketRow]],
    ) -> None:
        self._means = means
        self._queue = queue
        self._rows = rows
        self._names: dict[int, tuple[str, Any]] = {}
        """Customers' names and what they are sorted by."""

    def look(self, look: Look) -> Sight:
        """The entries of a view that hold what is looked for, in the order that is wanted."""
        snapshot = self._queue(look.view)
        entries = snapshot.entries
        wanted = needles(look.find)
        if wanted:
            entries = entries.chosen(self._found(wanted, entries))
        keys = self._keys(look.sort, entries)
        if keys is not None:
            # equal ones keep the order of the queue
            entries = entries.chosen(sorted(range(len(entries)), key=keys.__getitem__))
        return Sight(look, replace(snapshot, entries=entries))

    def _found(self, wanted: Sequence[str], entries: Entries) -> list[int]:
        """Indexes of the entries that hold what is looked for."""
        with self._means.uow() as uow:
            found = set(uow.finding.matching(wanted))
            agents = {
                agent.agent_id
                for agent in uow.agents.all()
                if any(needle in (fold(agent.code), fold(agent.name)) for needle in wanted)
            }
        named = {name: self._is_named(name, wanted) for name in {group.policy for group in entries.groups}}
        fits = [named[group.policy] or group.assignee_id in agents for group in entries.groups]
        ids, numbers = entries.ticket_ids, entries.group_numbers
        found |= self._others([one for one in ids if one < 0], wanted)
        return [
            index
            for index, (ticket_id, number) in enumerate(zip(ids, numbers, strict=True))
            if ticket_id in found or (number >= 0 and fits[number])
        ]

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

    def _keys(self, sort: str, entries: Entries) -> Sequence[Any] | None:
        """What each entry is sorted by; None for the order of the queue."""
        if sort == "due":
            return entries.due
        if sort == "received":
            return entries.received
        last = reading_order("\U0010ffff")
        if sort == "vendor":
            vendors = {
                name: reading_order(self._short(name)[0]) for name in {one.policy for one in entries.groups}
            }
            # what is no ticket has the number -1, and comes last
            groups = [*(vendors[group.policy] for group in entries.groups), last]
            return [groups[number] for number in entries.group_numbers]
        if sort == "customer":
            names = self._customers()
            return [names[one][1] if one else last for one in entries.customer_ids]
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
