"""Rings, and calls that needed no ticket."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, text, update

from deskui.desk.callrecords import CallRecord, RingRecord
from deskui.store import calltables
from deskui.store.work import IDS, Shape, Work

_ring = calltables.ring.c
_call = calltables.call_log.c

_RING = Shape(calltables.ring, RingRecord, "ring_id")
_CALL = Shape(calltables.call_log, CallRecord, "call_id")

_OPEN = _RING.select().where(_ring.done_at.is_(None)).order_by(_ring.rang_at, _ring.ring_id)
_LOCK_RING = _RING.among("ring_id").with_for_update()
_LOCK_NUMBER = (
    _RING.select()
    .where(_ring.folded == bindparam("folded"), _ring.done_at.is_(None))
    .order_by(_ring.ring_id.desc())
    .limit(1)
    .with_for_update()
)
_LOCK_CALL = _CALL.among("call_id").with_for_update()
_UNDO = (
    update(calltables.call_log)
    .where(_call.call_id == bindparam("which"))
    .values(undone_at=bindparam("at_"), undone_by=bindparam("who"))
)
_NUMBER_LOCK: Final = 0x72696E67
"""First key of PostgreSQL's advisory lock on a number: "ring"."""


class Rings:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def open(self) -> Sequence[RingRecord]:
        """All that are not done with, by the first time they rang."""
        return _RING.records(self._work.read(_OPEN))

    def lock(self, ring_id: int) -> RingRecord | None:
        """One as it is now, locked until the unit of work ends."""
        return _RING.one(self._work.write(_LOCK_RING, {IDS: [ring_id]}))

    def lock_number(self, folded: str) -> RingRecord | None:
        """The newest open one of this number, locked, even while there is none."""
        if self._work.postgresql:
            key = {"first": _NUMBER_LOCK, "second": zlib.crc32(folded.encode()) - 2**31}
            self._work.write(text("SELECT pg_advisory_xact_lock(:first, :second)"), key).close()
        return _RING.one(self._work.write(_LOCK_NUMBER, {"folded": folded}))

    def add(self, record: RingRecord) -> int:
        """Stores a new one; its id."""
        return _RING.add(self._work, [_RING.values(record)])[0]

    def save(self, record: RingRecord) -> None:
        """Overwrites one."""
        _RING.save(self._work, [(record.ring_id, _RING.values(record))])


class CallLog:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def latest(
        self, limit: int, *, since: datetime | None = None, customer_id: int | None = None
    ) -> Sequence[CallRecord]:
        """The newest, undone ones too."""
        wanted = _CALL.select().order_by(_call.at.desc(), _call.call_id.desc()).limit(limit)
        if since is not None:
            wanted = wanted.where(_call.at >= since)
        if customer_id is not None:
            wanted = wanted.where(_call.customer_id == customer_id)
        return _CALL.records(self._work.read(wanted))

    def lock(self, call_id: int) -> CallRecord | None:
        """One, locked until the unit of work ends."""
        return _CALL.one(self._work.write(_LOCK_CALL, {IDS: [call_id]}))

    def add(self, record: CallRecord) -> int:
        """Stores a new one; its id."""
        return _CALL.add(self._work, [_CALL.values(record)])[0]

    def undo(self, call_id: int, at: datetime, agent_id: int) -> None:
        """Marks one as taken back."""
        self._work.write(_UNDO, {"which": call_id, "at_": at, "who": agent_id})
