"""Rings: who calls, who takes it, and the callback row that a ring nobody took becomes.

Nobody writes that a ring was missed: it rings up to an instant, and from there on it is missed. A missed
number that rings again is the same row with one more on its count.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from deskui.clock import Clock
from deskui.desk import words
from deskui.desk.callmodel import Ring
from deskui.desk.callrecords import RingRecord
from deskui.desk.drafts import call_from_json, call_to_json
from deskui.desk.errors import LostRace, NotFound, Refused
from deskui.desk.find import shown_number
from deskui.desk.model import Call
from deskui.desk.ports import UnitOfWork
from deskui.desk.records import DraftRecord
from deskui.desk.ringing import views
from deskui.desk.work import Means
from deskui.policy.decision import Text

TICKET, FORGOTTEN = "ticket", "forgotten"
"""How a ring ends besides the words it is logged with: as a ticket, or with its call thrown away."""
GIVEN_UP: Final = timedelta(minutes=30)
"""A callback that somebody took up this long ago and did not end may be taken over."""


class RingBook:
    """Rings as an agent sees and takes them."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def all(self) -> list[Ring]:
        """Every ring that is not done with, the one that waits longest first."""
        with self._means.uow() as uow:
            found = views(uow, uow.rings.open())
        return [replace(one, number=shown_number(one.number)) for one in found]

    def take(self, ring_id: int) -> Call:
        """Makes the ring mine; the call to go on with, which is in the store already.

        Raises NotFound, and LostRace when somebody else took it.
        """
        me = self._means.agent.agent_id
        with self._means.uow(write=True) as uow:
            record = locked(uow, ring_id, self._means.clock)
            now = self._means.clock.now()
            if record.taken_by == me and record.draft_id is not None:
                for draft in uow.drafts.of_agent(me):
                    if draft.draft_id == record.draft_id:
                        return call_from_json(draft.draft_id, draft.body)
            refuse_taken(uow, record, me, now)
            shown = shown_number(record.number)
            call = Call(
                query=shown,
                phone=shown,
                customer_id=record.customer_id,
                contact_id=record.contact_id,
                started_at=now,
                ring_id=ring_id,
            )
            draft_id = uow.drafts.save(DraftRecord(0, me, now, call_to_json(call)))
            uow.rings.save(replace(record, taken_by=me, taken_at=now, draft_id=draft_id))
            uow.changes.add("ring", [ring_id], now)
            uow.commit()
        return replace(call, draft_id=draft_id)

    def drop_draft(self, draft_id: int) -> None:
        """Forgets a draft of mine and what it says of its ring; one that is gone already is no error."""
        me = self._means.agent.agent_id
        with self._means.uow(write=True) as uow:
            body = next((one.body for one in uow.drafts.of_agent(me) if one.draft_id == draft_id), None)
            if body is None:
                return
            uow.drafts.drop(draft_id, me)
            if body.get("ring_id") is not None:
                forget(uow, body["ring_id"], me, self._means.clock.now())
            uow.commit()

    def release(self, ring_id: int) -> None:
        """Gives a callback that is mine back to the queue. Raises NotFound, LostRace and Refused."""
        with self._means.uow(write=True) as uow:
            record = locked(uow, ring_id, self._means.clock)
            now = self._means.clock.now()
            if record.taken_by is None:
                raise Refused(Text("สายนี้อยู่ในคิวอยู่แล้ว", "This missed call is in the queue already"))
            refuse_taken(uow, record, self._means.agent.agent_id, now)
            if not _was_missed(record):
                raise Refused(
                    Text(
                        "สายนี้รับไปแล้ว จบด้วยการบันทึกงาน หรือ ^l ถ้าไม่ต้องเปิดงาน",
                        "This call was answered: log it, or end it without a ticket (^l)",
                    )
                )
            uow.rings.save(back_in_queue(record))
            uow.changes.add("ring", [ring_id], now)
            uow.commit()


def locked(uow: UnitOfWork, ring_id: int, clock: Clock) -> RingRecord:
    """The ring, locked. Raises NotFound, and LostRace for one that is done with."""
    record = uow.rings.lock(ring_id)
    if record is None:
        raise NotFound(
            Text(f"ไม่มีสายเรียกเข้า id {ring_id} ดูในคิว", f"There is no ring {ring_id}: look in the queue")
        )
    if record.done_at is not None:
        who = _code(uow, record.done_by)
        past = words.ago(clock.now() - record.done_at)
        raise LostRace(Text(f"{who} จัดการสายนี้แล้วเมื่อ {past.th}", f"{who} ended this call {past.en}"))
    return record


def refuse_taken(uow: UnitOfWork, record: RingRecord, agent_id: int, now: datetime) -> None:
    """Raises LostRace when somebody else has it and has not given it up."""
    given_up = _was_missed(record) and record.taken_at is not None and now - record.taken_at >= GIVEN_UP
    if record.taken_by not in (None, agent_id) and not given_up:
        who = _code(uow, record.taken_by)
        past = words.ago(now - (record.taken_at or now))
        raise LostRace(Text(f"{who} รับสายนี้ไปแล้วเมื่อ {past.th}", f"{who} took this call {past.en}"))


def _was_missed(record: RingRecord) -> bool:
    """Whether nobody took it while it rang."""
    return record.taken_at is None or record.taken_at >= record.until_at


def back_in_queue(record: RingRecord) -> RingRecord:
    """The ring as one that nobody has taken up."""
    return replace(record, taken_by=None, taken_at=None, draft_id=None)


def finish(
    uow: UnitOfWork, ring_id: int, agent_id: int, at: datetime, outcome: str, ticket_id: int | None = None
) -> None:
    """Ends a ring that is the agent's or nobody's; one that somebody else has by now is left to them."""
    record = uow.rings.lock(ring_id)
    if record is None or record.done_at is not None or record.taken_by not in (None, agent_id):
        return
    uow.rings.save(replace(record, done_by=agent_id, done_at=at, outcome=outcome, ticket_id=ticket_id))
    uow.changes.add("ring", [ring_id], at)


def forget(uow: UnitOfWork, ring_id: int, agent_id: int, at: datetime) -> None:
    """Its call was thrown away: a callback waits in the queue again, an answered ring is over."""
    record = uow.rings.lock(ring_id)
    if record is None or record.done_at is not None or record.taken_by != agent_id:
        return
    if _was_missed(record):
        uow.rings.save(back_in_queue(record))
        uow.changes.add("ring", [ring_id], at)
    else:
        finish(uow, ring_id, agent_id, at, FORGOTTEN)


def _code(uow: UnitOfWork, agent_id: int | None) -> str:
    return next((agent.code for agent in uow.agents.all() if agent.agent_id == agent_id), "—")
