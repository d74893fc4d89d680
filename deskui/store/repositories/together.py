"""Merged tickets, steps, presence, saved views, messages, and finding among the open tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import TextClause, bindparam, delete, text, update

from deskui.desk.workrecords import MergeRecord, NoticeRecord, PresenceRecord, SavedViewRecord, StepRecord
from deskui.store import tables, worktables
from deskui.store.work import IDS, Shape, Work

_merge = worktables.merge.c
_step = worktables.step.c
_presence = worktables.presence.c
_view = worktables.saved_view.c
_notice = worktables.notice.c

_MERGE = Shape(worktables.merge, MergeRecord, None)
_STEP = Shape(worktables.step, StepRecord, None)
_PRESENCE = Shape(worktables.presence, PresenceRecord, None)
_VIEW = Shape(worktables.saved_view, SavedViewRecord, None)
_NOTICE = Shape(worktables.notice, NoticeRecord, "notice_id")

_MERGE_OF = _MERGE.among("ticket_id")
_MERGED_INTO = _MERGE.among("target_id").order_by(_merge.at, _merge.ticket_id)
_DROP_MERGE = delete(worktables.merge).where(_merge.ticket_id == bindparam("ticket"))
_STEP_OF = _STEP.among("ticket_id")
_DROP_STEP = delete(worktables.step).where(_step.ticket_id == bindparam("ticket"))
_PRESENT = _PRESENCE.select().where(_presence.until > bindparam("at")).order_by(_presence.agent_id)
_DROP_PRESENCE = delete(worktables.presence).where(_presence.agent_id == bindparam("agent"))
_VIEWS_OF = _VIEW.among("agent_id").order_by(_view.name)
_DROP_VIEW = delete(worktables.saved_view).where(
    _view.agent_id == bindparam("agent"), _view.name == bindparam("name_")
)
_UNSEEN = (
    _NOTICE.select()
    .where(_notice.agent_id == bindparam("agent"), _notice.seen_at.is_(None))
    .order_by(_notice.notice_id)
    .limit(bindparam("most"))
)
_SEEN = (
    update(worktables.notice)
    .where(
        _notice.agent_id == bindparam("agent"),
        _notice.notice_id.in_(bindparam(IDS, expanding=True)),
        _notice.seen_at.is_(None),
    )
    .values(seen_at=bindparam("seen"))
)
_TRIGRAM: Final = 3


class Merges:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, ticket_id: int) -> MergeRecord | None:
        """Where a ticket went; None for one that was not merged."""
        return _MERGE.one(self._work.read(_MERGE_OF, {IDS: [ticket_id]}))

    def into(self, target_ids: Sequence[int]) -> Sequence[MergeRecord]:
        """The tickets that went straight into these, in the order in which they did."""
        return _MERGE.records(self._work.read(_MERGED_INTO, {IDS: target_ids}))

    def add(self, record: MergeRecord) -> None:
        """Stores that a ticket became part of another."""
        self._work.write(_MERGE.insert, _MERGE.values(record))

    def drop(self, ticket_id: int) -> None:
        """Forgets it again."""
        self._work.write(_DROP_MERGE, {"ticket": ticket_id})


class Steps:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, ticket_id: int) -> StepRecord | None:
        """The newest step kept of a ticket."""
        return _STEP.one(self._work.read(_STEP_OF, {IDS: [ticket_id]}))

    def put(self, record: StepRecord) -> None:
        """Keeps a step in place of the one before it."""
        _put(self._work, worktables.step, ("ticket_id",), _STEP.values(record))

    def drop(self, ticket_id: int) -> None:
        """Forgets the step of a ticket."""
        self._work.write(_DROP_STEP, {"ticket": ticket_id})


class Presences:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def at(self, instant: datetime) -> Sequence[PresenceRecord]:
        """What counts at an instant, by agent."""
        return _PRESENCE.records(self._work.read(_PRESENT, {"at": instant}))

    def put(self, record: PresenceRecord) -> None:
        """Stores what an agent is looking at, in place of what it was before."""
        _put(self._work, worktables.presence, ("agent_id",), _PRESENCE.values(record))

    def drop(self, agent_id: int) -> None:
        """The agent is looking at nothing."""
        self._work.write(_DROP_PRESENCE, {"agent": agent_id})


class SavedViews:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of_agent(self, agent_id: int) -> Sequence[SavedViewRecord]:
        """All views of an agent, by name."""
        return _VIEW.records(self._work.read(_VIEWS_OF, {IDS: [agent_id]}))

    def save(self, record: SavedViewRecord) -> None:
        """Stores a view, in place of an earlier one of the same agent and name."""
        _put(self._work, worktables.saved_view, ("agent_id", "name"), _VIEW.values(record))

    def drop(self, agent_id: int, name: str) -> bool:
        """Deletes a view; False when there is none."""
        return self._work.write(_DROP_VIEW, {"agent": agent_id, "name_": name}).rowcount == 1


class Notices:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def unseen(self, agent_id: int, limit: int) -> Sequence[NoticeRecord]:
        """The agent's messages that were not seen yet, oldest first, at most `limit`."""
        return _NOTICE.records(self._work.read(_UNSEEN, {"agent": agent_id, "most": limit}))

    def add(self, record: NoticeRecord) -> int:
        """Stores a message; its id."""
        return _NOTICE.add(self._work, [_NOTICE.values(record)])[0]

    def mark_seen(self, agent_id: int, notice_ids: Sequence[int], at: datetime) -> None:
        """Marks messages of the agent as seen."""
        self._work.write(_SEEN, {"agent": agent_id, IDS: notice_ids, "seen": at})


def _put(work: Work, table: Any, keys: tuple[str, ...], values: Mapping[str, Any]) -> None:
    """Writes a row in place of the one with the same key."""
    statement = work.add_new(table)
    fresh = {name: statement.excluded[name] for name in values if name not in keys}
    work.write(
        statement.on_conflict_do_update(index_elements=[table.c[name] for name in keys], set_=fresh), values
    )


class Finding:
    """The port of the same name. Reads narrow indexes only, never the tickets' own rows."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def matching(self, needles: Sequence[str]) -> Sequence[int]:
        """Ids of open tickets whose title, number, customer or contact holds any of the folded needles."""
        found: dict[int, None] = {}
        for needle in dict.fromkeys(needles):
            if not needle or "\0" in needle:
                continue
            trigram = len(needle) >= _TRIGRAM and not self._work.postgresql
            values: dict[str, object] = {"needle": needle}
            if trigram:
                values["match"] = '"' + needle.replace('"', '""') + '"'
            if needle.isdecimal():
                values["number"] = needle
            statement = _matching(
                postgresql=self._work.postgresql, trigram=trigram, number=needle.isdecimal()
            )
            found.update(dict.fromkeys(self._work.read(statement, values).scalars()))
        return list(found)

    def customer_names(self) -> Sequence[tuple[int, str]]:
        """(customer id, name) of every customer with an open ticket."""
        return [(row.customer_id, row.name) for row in self._work.read(_NAMES)]


@cache
def _matching(*, postgresql: bool, trigram: bool, number: bool) -> TextClause:
    """Open tickets with one needle in their title, or of a customer or contact with it in their key."""
    at = "strpos" if postgresql else "instr"

    def among(kind: str) -> str:
        if trigram:
            return f"SELECT rowid FROM search_{kind} WHERE search_{kind} MATCH :match"
        return f"SELECT {kind}_id FROM {kind} WHERE {at}(folded, :needle) > 0"

    held = [
        f"{at}(folded, :needle) > 0",
        f"customer_id IN ({among('customer')})",
        f"contact_id IN ({among('contact')})",
    ]
    if number:
        held.append(f"{at}(CAST(number AS TEXT), :number) > 0")
    # left to itself SQLite takes an index that has not all it needs, and reads every ticket's wide row
    source = "ticket" if postgresql else "ticket INDEXED BY ix_ticket_folded"
    return text(f"SELECT ticket_id FROM {source} WHERE {tables.IS_OPEN} AND ({' OR '.join(held)})")


_NAMES = text(
    "SELECT customer_id, name FROM customer WHERE customer_id IN "
    f"(SELECT customer_id FROM ticket WHERE {tables.IS_OPEN})"
)
