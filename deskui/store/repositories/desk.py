"""The quota ledger, the people of the desk, their drafts, its settings and the change feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, insert, select, update

from deskui.desk.records import AgentRecord, ChangeRecord, DraftRecord, UsageRecord
from deskui.store import tables
from deskui.store.work import IDS, Shape, Turn, Work

_usage = tables.usage_entry.c
_draft = tables.draft.c
_agent = tables.agent.c
_setting = tables.setting.c
_change = tables.change.c

_USAGE = Shape(tables.usage_entry, UsageRecord, "usage_id")
_DRAFT = Shape(tables.draft, DraftRecord, "draft_id")
_AGENT = Shape(tables.agent, AgentRecord, "agent_id")
_CHANGE = Shape(tables.change, ChangeRecord, "position")

_USAGE_OF_PRODUCTS = _USAGE.among("product_id").order_by(_usage.usage_id)
_USAGE_OF_TICKETS = _USAGE.among("ticket_id").order_by(_usage.usage_id)
_DRAFTS_OF = _DRAFT.among("agent_id").order_by(_draft.saved_at.desc(), _draft.draft_id.desc())
_OWN_DRAFT = (_draft.draft_id == bindparam("draft"), _draft.agent_id == bindparam("agent"))
_SAVE_DRAFT = update(tables.draft).where(*_OWN_DRAFT).values(saved_at=bindparam("at"), body=bindparam("new"))
_DROP_DRAFT = delete(tables.draft).where(*_OWN_DRAFT)
_AGENTS = _AGENT.select().order_by(_agent.code)
_AGENT_BY_CODE = _AGENT.select().where(_agent.code == bindparam("code"))
_SETTINGS = select(_setting.name, _setting.value).where(_setting.name.in_(bindparam("names", expanding=True)))
LAST_CHANGE: Final = select(func.max(_change.position))
_CHANGES_SINCE = (
    _CHANGE.select()
    .where(_change.position > bindparam("position_"))
    .order_by(_change.position)
    .limit(bindparam("most"))
)


class Usage:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of_products(self, product_ids: Sequence[int]) -> Sequence[UsageRecord]:
        """All entries of these products, in the order they were written."""
        return _USAGE.records(self._work.read(_USAGE_OF_PRODUCTS, {IDS: product_ids}))

    def of_ticket(self, ticket_id: int) -> Sequence[UsageRecord]:
        """All entries of a ticket, in the order they were written."""
        return _USAGE.records(self._work.read(_USAGE_OF_TICKETS, {IDS: [ticket_id]}))

    def add(self, records: Sequence[UsageRecord]) -> None:
        """Appends entries."""
        self._work.must_write()
        if records:
            self._work.write(_USAGE.insert, [_USAGE.values(record) for record in records])


class Drafts:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of_agent(self, agent_id: int) -> Sequence[DraftRecord]:
        """All drafts of an agent, newest first."""
        return _DRAFT.records(self._work.read(_DRAFTS_OF, {IDS: [agent_id]}))

    def save(self, record: DraftRecord) -> int:
        """Stores a new draft (id 0) or overwrites the agent's own; its id, or 0 for one that is gone."""
        if record.draft_id:
            own = {"draft": record.draft_id, "agent": record.agent_id}
            done = self._work.write(_SAVE_DRAFT, {**own, "at": record.saved_at, "new": record.body})
            return record.draft_id if done.rowcount == 1 else 0
        return _DRAFT.add(self._work, [_DRAFT.values(record)])[0]

    def drop(self, draft_id: int, agent_id: int) -> bool:
        """Deletes an agent's draft; False when there is none."""
        return self._work.write(_DROP_DRAFT, {"draft": draft_id, "agent": agent_id}).rowcount == 1


class Agents:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def all(self) -> Sequence[AgentRecord]:
        """Everybody, by code."""
        return _AGENT.records(self._work.read(_AGENTS))

    def hold(self) -> Sequence[AgentRecord]:
        """Everybody, by code; nobody else who holds them comes in before the unit of work ends."""
        self._work.take_turn(Turn.AGENTS)
        return self.all()

    def by_code(self, code: str) -> AgentRecord | None:
        """One person."""
        return _AGENT.one(self._work.read(_AGENT_BY_CODE, {"code": code}))

    def add(self, record: AgentRecord) -> int:
        """Stores a person; the id."""
        return _AGENT.add(self._work, [_AGENT.values(record)])[0]

    def save(self, record: AgentRecord) -> None:
        """Overwrites one person."""
        _AGENT.save(self._work, [(record.agent_id, _AGENT.values(record))])


class Settings:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def read(self, names: Sequence[str]) -> Mapping[str, Any]:
        """The values of the names that are set."""
        return {row.name: row.value for row in self._work.read(_SETTINGS, {"names": names})}

    def hold(self, name: str) -> Any:
        """The value of one, None where it is not set; nobody else sets any until the unit of work is over."""
        self._work.take_turn(Turn.SETTINGS)
        return self.read([name]).get(name)

    def write(self, name: str, value: Any) -> None:
        """Sets one."""
        statement = self._work.add_new(tables.setting)
        statement = statement.on_conflict_do_update(
            index_elements=[_setting.name], set_={"value": statement.excluded.value}
        )
        self._work.write(statement, {"name": name, "value": value})


class Changes:
    """The port of the same name. What is added is written at the end of the unit of work, see `flush`."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._added: list[dict[str, Any]] = []

    def last(self) -> int:
        """Position of the newest entry, 0 when there is none."""
        return self._work.read(LAST_CHANGE).scalar() or 0

    def since(self, position: int, limit: int) -> Sequence[ChangeRecord]:
        """Entries after `position`, in order, at most `limit`."""
        return _CHANGE.records(self._work.read(_CHANGES_SINCE, {"position_": position, "most": limit}))

    def add(self, kind: str, entity_ids: Sequence[int], at: datetime) -> None:
        """Appends one entry per id; seen by others when the unit of work commits."""
        self._work.must_write()
        self._added += [{"kind": kind, "entity_id": entity_id, "at": at} for entity_id in entity_ids]

    def flush(self) -> None:
        """Writes what was added, in the order in which units of work commit.

        Without the lock PostgreSQL could show a reader position 8 before 7, and the reader would never see 7.
        """
        if self._added:
            self._work.take_turn(Turn.FEED)
            self._work.write(insert(tables.change), self._added)
            self._added = []
