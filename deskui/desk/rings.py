"""Rings: who calls, who takes it, and the callback row that a ring nobody took becomes.

Nobody writes that a ring was missed: it rings up to an instant, and from there on it is missed. A missed
number that rings again is the same row with one more on its count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from deskui.clock import Clock
from deskui.desk import words
from deskui.desk.callmodel import MOST_CALLS, Ring
from deskui.desk.callrecords import RingRecord
from deskui.desk.clean import clean_line
from deskui.desk.drafts import call_from_json, call_to_json
from deskui.desk.errors import LostRace, NotFound, Refused
from deskui.desk.find import needles, quality, shown_number
from deskui.desk.fold import fold
from deskui.desk.model import Call
from deskui.desk.ports import UnitOfWork, UowFactory
from deskui.desk.records import DraftRecord
from deskui.desk.work import Means
from deskui.policy.decision import Text

RING_SECONDS: Final = "ring_seconds"
"""Setting: how long a number rings before it counts as missed."""
RINGS_FOR: Final = timedelta(seconds=30)
"""The same, where the desk has no setting of its own."""
NUMBER_LIMIT: Final = 40
TICKET, FORGOTTEN = "ticket", "forgotten"
"""How a ring ends besides the words it is logged with: as a ticket, or with its call thrown away."""
GIVEN_UP: Final = timedelta(minutes=30)
"""A callback that somebody took up this long ago and did not end may be taken over."""
_CANDIDATES = 50


def ring(
    open_uow: UowFactory, clock: Clock, number: str, to: str | None = None, *, missed: bool = False
) -> Ring:
    """A number rings, for one agent or for whoever is free; `missed` when nobody will take it any more.

    The telephone may say it again while it rings. Raises Refused without a number, NotFound for an agent
    there is not.
    """
    shown = clean_line(number, NUMBER_LIMIT + 1)
    if not shown or len(shown) > NUMBER_LIMIT:
        raise Refused(
            Text(
                f"เบอร์โทรต้องมี 1–{NUMBER_LIMIT} ตัวอักษร เช่น 081-234-5678",
                f"The number must have 1 to {NUMBER_LIMIT} characters, such as 081-234-5678",
            )
        )
    looked_for = needles(shown)
    folded = looked_for[0] if looked_for else fold(shown)
    with open_uow(write=True) as uow:
        to_id = _agent_id(uow, to)
        before = uow.rings.lock_number(folded)
        now = clock.now()
        until = now if missed or _all_busy(uow, to_id) else now + _rings_for(uow)
        if before is None or before.taken_by is not None:
            customer_id, contact_id = _whose(uow, folded)
            record = RingRecord(0, shown, folded, to_id, customer_id, contact_id, now, now, until, 1)
            record = replace(record, ring_id=uow.rings.add(record))
        else:
            # the same call said twice is one ring, a caller who tries again is one more
            again = before.until_at <= now
            record = replace(
                before,
                number=shown,
                to_id=to_id,
                last_at=now if again else before.last_at,
                until_at=until,
                times=before.times + again,
            )
            uow.rings.save(record)
        uow.changes.add("ring", [record.ring_id], now)
        found = views(uow, [record])[0]
        uow.commit()
    return found


def _agent_id(uow: UnitOfWork, code: str | None) -> int | None:
    if code is None:
        return None
    found = uow.agents.by_code(code)
    if found is None:
        known = ", ".join(agent.code for agent in uow.agents.all()) or "—"
        raise NotFound(
            Text(f"ไม่มีเจ้าหน้าที่ {code!r} มี: {known}", f"There is no agent {code!r}; there are: {known}")
        )
    return found.agent_id


def _rings_for(uow: UnitOfWork) -> timedelta:
    seconds = uow.settings.read([RING_SECONDS]).get(RING_SECONDS)
    return timedelta(seconds=seconds) if isinstance(seconds, int | float) and seconds > 0 else RINGS_FOR


def _all_busy(uow: UnitOfWork, to_id: int | None) -> bool:
    """Whether everybody it could ring for already keeps as many callers waiting as they may."""
    asked = [to_id] if to_id is not None else [agent.agent_id for agent in uow.agents.all()]
    return bool(asked) and all(waiting(uow, agent_id) >= MOST_CALLS - 1 for agent_id in asked)


def waiting(uow: UnitOfWork, agent_id: int) -> int:
    """How many callers wait for an agent."""
    return sum(draft.body.get("parked_at") is not None for draft in uow.drafts.of_agent(agent_id))


def _whose(uow: UnitOfWork, folded: str) -> tuple[int | None, int | None]:
    """The customer and the contact that have exactly this number, where there is one only."""
    if not any(sign.isdigit() for sign in folded):
        return None, None
    hits = [
        hit for hit in uow.customers.search([folded], _CANDIDATES) if quality(hit.folded, [folded])[0] == 0
    ]
    customers = {hit.customer_id for hit in hits if hit.phone}
    contacts = {hit.contact_id for hit in hits if hit.phone}
    return (
        next(iter(customers)) if len(customers) == 1 else None,
        next(iter(contacts)) if len(contacts) == 1 else None,
    )


def views(uow: UnitOfWork, records: Sequence[RingRecord]) -> list[Ring]:
    """The rings with the names that belong to them."""
    people = [record.customer_id for record in records if record.customer_id is not None]
    customers = {one.customer_id: one.name for one in uow.customers.get(people)} if people else {}
    spoken = [record.contact_id for record in records if record.contact_id is not None]
    contacts = {one.contact_id: one.name for one in uow.contacts.get(spoken)} if spoken else {}
    bought: dict[int, list[str]] = defaultdict(list)
    for product in uow.products.of_customers(people) if people else ():
        bought[product.customer_id].append(product.name)
    agents = {agent.agent_id: agent.code for agent in uow.agents.all()} if records else {}
    return [_view(record, customers, contacts, bought, agents) for record in records]


def _view(
    record: RingRecord,
    customers: Mapping[int, str],
    contacts: Mapping[int, str],
    bought: Mapping[int, Sequence[str]],
    agents: Mapping[int, str],
) -> Ring:
    products = bought.get(record.customer_id, ()) if record.customer_id is not None else ()
    return Ring(
        ring_id=record.ring_id,
        number=record.number,
        customer_id=record.customer_id,
        contact_id=record.contact_id,
        customer=customers.get(record.customer_id) if record.customer_id is not None else None,
        contact=contacts.get(record.contact_id) if record.contact_id is not None else None,
        product=products[0] if len(products) == 1 else None,
        to=agents.get(record.to_id) if record.to_id is not None else None,
        rang_at=record.rang_at,
        last_at=record.last_at,
        until_at=record.until_at,
        times=record.times,
        taken_by=agents.get(record.taken_by) if record.taken_by is not None else None,
        taken_at=record.taken_at,
    )


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
