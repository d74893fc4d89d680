"""Calls that need no ticket: a word says why, the log keeps who called and what was said, for an undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from deskui.desk import rings, words
from deskui.desk.callmodel import LoggedCall
from deskui.desk.callrecords import CallRecord, RingRecord
from deskui.desk.calls import CallBook, end_draft
from deskui.desk.clean import clean_line
from deskui.desk.drafts import call_from_json, call_to_json
from deskui.desk.errors import DeskError, LostRace, NotFound, Refused
from deskui.desk.find import shown_number
from deskui.desk.model import Call
from deskui.desk.ports import UnitOfWork
from deskui.desk.records import DraftRecord
from deskui.desk.ringing import NUMBER_LIMIT
from deskui.desk.work import Means
from deskui.policy.decision import Decision, Text

REASONS: Final = {
    "only_asked": Text("แค่สอบถาม", "only asked"),
    "wrong_number": Text("โทรผิด", "wrong number"),
    "cut_off": Text("สายหลุด", "cut off"),
    "not_ours": Text("ไม่ใช่เรื่องของเรา", "not for us"),
}
"""Why a call needed no ticket."""
CALLED_BACK: Final = {
    "reached": Text("โทรกลับแล้ว คุยแล้ว", "reached"),
    "not_reached": Text("โทรกลับแล้ว ไม่มีคนรับ", "not reached"),
    "wrong_number": REASONS["wrong_number"],
}
"""What came of calling a missed number back."""


class CallLogBook:
    """The call log."""

    def __init__(self, means: Means, calls: CallBook) -> None:
        self._means = means
        self._calls = calls

    def end(self, call: Call, reason: str) -> LoggedCall:
        """Ends a call without a ticket, and its draft and its ring with it. Raises Refused."""
        _known(reason, REASONS)
        # read before the lock: it writes nothing, and may fail without harm
        decision = self._verdict(call)
        me = self._means.agent.agent_id
        with self._means.uow(write=True) as uow:
            now = self._means.clock.now()
            end_draft(uow, call, me)
            return self._written(uow, call, reason, now, decision)

    def dismiss(self, ring_id: int, reason: str) -> LoggedCall:
        """A missed call is done with, in a word. Raises NotFound, Refused and LostRace."""
        _known(reason, CALLED_BACK)
        me = self._means.agent.agent_id
        with self._means.uow(write=True) as uow:
            record = rings.locked(uow, ring_id, self._means.clock)
            now = self._means.clock.now()
            rings.refuse_taken(uow, record, me, now)
            if record.draft_id is not None:
                uow.drafts.drop(record.draft_id, me)
            shown = shown_number(record.number)
            call = Call(
                phone=shown,
                customer_id=record.customer_id,
                contact_id=record.contact_id,
                started_at=record.rang_at,
                ring_id=ring_id,
            )
            return self._written(uow, call, reason, now, None, dismissed=True)

    def _verdict(self, call: Call) -> Decision | None:
        """What the terms said of what was looked at; None where nothing was."""
        if call.product_id is None or not call.service:
            return None
        try:
            return self._calls.verdict(call).decision
        except DeskError:
            # the log keeps the call all the same
            return None

    def _written(
        self,
        uow: UnitOfWork,
        call: Call,
        reason: str,
        now: datetime,
        decision: Decision | None,
        *,
        dismissed: bool = False,
    ) -> LoggedCall:
        """Stores it, ends the ring and commits."""
        me = self._means.agent.agent_id
        product = next(iter(uow.products.get([call.product_id])), None) if call.product_id else None
        said = {} if decision is None else {"rules": list(decision.rules), "say": decision.say.to_json()}
        record = CallRecord(
            call_id=0,
            at=now,
            started_at=call.started_at or now,
            agent_id=me,
            reason=reason,
            number=clean_line(call.phone or "", NUMBER_LIMIT) or None,
            customer_id=call.customer_id,
            contact_id=call.contact_id,
            product_id=call.product_id,
            policy=product.policy if product else None,
            service=call.service if product else None,
            outcome=None if decision is None else decision.outcome,
            said=said,
            # a callback that was dismissed left no call to go on with
            body={} if dismissed else call_to_json(call),
            ring_id=call.ring_id,
        )
        record = replace(record, call_id=uow.call_log.add(record))
        if call.ring_id is not None:
            rings.finish(uow, call.ring_id, me, now, reason)
        shown = self._views(uow, [record])[0]
        uow.commit()
        return shown

    def latest(self, limit: int, since: datetime | None = None) -> list[LoggedCall]:
        """The newest calls first, undone ones too."""
        with self._means.uow() as uow:
            return self._views(uow, uow.call_log.latest(limit, since=since))

    def undo(self, call_id: int | None = None) -> Call | None:
        """Takes back how a call ended, my newest one if not said; the call to go on with.

        None for a callback: it waits in the queue again. Raises NotFound and Refused.
        """
        me = self._means.agent.agent_id
        with self._means.uow(write=True) as uow:
            record = self._to_undo(uow, call_id)
            now = self._means.clock.now()
            uow.call_log.undo(record.call_id, now, me)
            ring = uow.rings.lock(record.ring_id) if record.ring_id is not None else None
            call = call_from_json(0, record.body)
            draft_id = None
            if record.body:
                draft_id = uow.drafts.save(DraftRecord(0, me, now, record.body))
            if ring is not None:
                uow.rings.save(_reopened(ring, me, now, draft_id))
                uow.changes.add("ring", [ring.ring_id], now)
            uow.commit()
        return None if draft_id is None else replace(call, draft_id=draft_id)

    def _to_undo(self, uow: UnitOfWork, call_id: int | None) -> CallRecord:
        me = self._means.agent.agent_id
        if call_id is None:
            mine = (one for one in uow.call_log.latest(200) if one.agent_id == me and one.undone_at is None)
            call_id = next((one.call_id for one in mine), 0)
        record = uow.call_log.lock(call_id)
        if record is None:
            raise NotFound(
                Text(
                    "ไม่มีสายนี้ในบันทึกสาย ดูรายการด้วย deskui call list",
                    "There is no such call in the log: deskui call list shows them",
                )
            )
        if record.undone_at is not None:
            raise Refused(Text("สายนี้ถอนไปแล้ว", "This call was taken back already"))
        if record.agent_id != me:
            who = next((one.code for one in uow.agents.all() if one.agent_id == record.agent_id), "—")
            raise LostRace(Text(f"{who} เป็นผู้บันทึกสายนี้ ให้ {who} ถอนเอง", f"{who} logged this call: ask {who}"))
        return record

    def _views(self, uow: UnitOfWork, records: Sequence[CallRecord]) -> list[LoggedCall]:
        people = sorted({one.customer_id for one in records if one.customer_id is not None})
        spoken = sorted({one.contact_id for one in records if one.contact_id is not None})
        customers = {one.customer_id: one.name for one in uow.customers.get(people)} if people else {}
        contacts = {one.contact_id: one.name for one in uow.contacts.get(spoken)} if spoken else {}
        agents = {one.agent_id: one.code for one in uow.agents.all()} if records else {}
        terms = self._means.terms
        return [
            LoggedCall(
                call_id=one.call_id,
                at=one.at,
                started_at=one.started_at,
                agent=agents.get(one.agent_id, "—"),
                reason=one.reason,
                number=one.number,
                customer=customers.get(one.customer_id) if one.customer_id is not None else None,
                contact=contacts.get(one.contact_id) if one.contact_id is not None else None,
                policy=one.policy,
                service=one.service,
                service_name=terms.service_name(one.policy, one.service)
                if one.policy and one.service
                else None,
                outcome=one.outcome,
                rules=tuple(one.said.get("rules", ())),
                said=Text(**one.said["say"]) if "say" in one.said else Text("", ""),
                title=clean_line(one.body.get("title") or one.body.get("notes") or ""),
                undone=one.undone_at is not None,
            )
            for one in records
        ]


def _known(reason: str, reasons: dict[str, Text]) -> None:
    """Raises Refused for a word the log does not know."""
    if reason not in reasons:
        known = ", ".join(reasons)
        raise Refused(
            Text(f"ไม่มีเหตุผล {reason!r} มี: {known}", f"There is no reason {reason!r}; there are: {known}")
        )


def reason_words(reason: str) -> Text:
    """Why a call needed no ticket, in words."""
    return REASONS.get(reason) or CALLED_BACK.get(reason) or words.outcome_name(reason)


def _reopened(ring: RingRecord, agent_id: int, now: datetime, draft_id: int | None) -> RingRecord:
    """The ring as it was before it ended: mine with its call, or missed and nobody's."""
    open_again = replace(ring, done_by=None, done_at=None, outcome=None)
    if draft_id is None:
        return replace(rings.back_in_queue(open_again), until_at=min(ring.until_at, now))
    return replace(open_again, taken_by=agent_id, taken_at=ring.taken_at or now, draft_id=draft_id)
