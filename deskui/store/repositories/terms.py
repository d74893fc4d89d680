"""Readings that a supervisor settled, and clocks to be planned anew after a change of hours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap
from typing import Final

from sqlalchemy import bindparam, insert, select

from deskui.desk.planrecords import ReplanRecord
from deskui.desk.settledports import SettledRecord
from deskui.store import tables
from deskui.store.termtables import replan, settled_reading
from deskui.store.work import Shape, Turn, Work

_settled = settled_reading.c
_ALL: Final = (
    select(
        _settled.settled_id,
        _settled.policy,
        _settled.reading,
        _settled.option,
        _settled["at"],
        _settled.agent_id,
        tables.agent.c.code,
        _settled.reason,
    )
    .join(tables.agent, tables.agent.c.agent_id == _settled.agent_id)
    .order_by(_settled.settled_id)
)
_REPLAN = Shape(replan, ReplanRecord, "replan_id")
_UNFINISHED: Final = _REPLAN.select().where(replan.c.done_at.is_(None)).order_by(replan.c.replan_id)
_LOCK_REPLAN: Final = _REPLAN.select().where(replan.c.replan_id == bindparam("key")).with_for_update()
_ADD: Final = insert(settled_reading).returning(_settled.settled_id)


class SettledReadings:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def all(self) -> Sequence[SettledRecord]:
        """Every record, in the order they were written."""
        return list(starmap(SettledRecord, self._work.read(_ALL).all()))

    def add(self, record: SettledRecord) -> int:
        """Appends a record; its id."""
        # hours may follow from it
        self._work.take_turn(Turn.HOURS)
        row = {
            "policy": record.policy,
            "reading": record.reading,
            "option": record.option,
            "at": record.at,
            "agent_id": record.agent_id,
            "reason": record.reason,
        }
        return int(self._work.write(_ADD, row).scalar_one())


class Replans:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def unfinished(self) -> Sequence[ReplanRecord]:
        """Those with clocks that may still be as they were, by id."""
        return _REPLAN.records(self._work.read(_UNFINISHED))

    def lock(self, replan_id: int) -> ReplanRecord | None:
        """One of them as it is now, locked until the unit of work ends."""
        return _REPLAN.one(self._work.write(_LOCK_REPLAN, {"key": replan_id}))

    def add(self, record: ReplanRecord) -> int:
        """Stores a new one; its id."""
        return _REPLAN.add(self._work, [_REPLAN.values(record)])[0]

    def save(self, record: ReplanRecord) -> None:
        """Overwrites one."""
        _REPLAN.save(self._work, [(record.replan_id, _REPLAN.values(record))])
