"""Readings that a supervisor settled."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap
from typing import Final

from sqlalchemy import insert, select

from deskui.desk.settledports import SettledRecord
from deskui.store import tables
from deskui.store.termtables import settled_reading
from deskui.store.work import Turn, Work

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
