"""Unfinished calls, kept as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from deskui.desk.callmodel import Place
from deskui.desk.model import Call
from deskui.desk.records import DraftRecord
from deskui.desk.work import Means
from deskui.policy.codec import plain


def call_to_json(call: Call) -> dict[str, Any]:
    """A call as JSON has it, without its id."""
    return {
        "query": call.query,
        "phone": call.phone,
        "channel": call.channel,
        "customer_id": call.customer_id,
        "contact_id": call.contact_id,
        "product_id": call.product_id,
        "service": call.service,
        "answers": plain(call.answers),
        "title": call.title,
        "notes": call.notes,
        "proofs": dict(call.proofs),
        "problem_id": call.problem_id,
        "question_id": call.question_id,
        "follows": call.follows,
        "started_at": None if call.started_at is None else call.started_at.isoformat(),
        "ring_id": call.ring_id,
        "parked_at": None if call.parked_at is None else call.parked_at.isoformat(),
        "place": None if call.place is None else asdict(call.place),
    }


def call_from_json(draft_id: int, shape: Mapping[str, Any]) -> Call:
    """The call that was kept. Answers keep the types of JSON, dates as ISO text."""
    started, parked, place = (shape.get(name) for name in ("started_at", "parked_at", "place"))
    return Call(
        draft_id=draft_id,
        query=shape.get("query", ""),
        phone=shape.get("phone"),
        channel=shape.get("channel", "phone"),
        customer_id=shape.get("customer_id"),
        contact_id=shape.get("contact_id"),
        product_id=shape.get("product_id"),
        service=shape.get("service"),
        answers=shape.get("answers", {}),
        title=shape.get("title", ""),
        notes=shape.get("notes", ""),
        proofs=shape.get("proofs", {}),
        problem_id=shape.get("problem_id"),
        question_id=shape.get("question_id"),
        follows=shape.get("follows"),
        started_at=None if started is None else datetime.fromisoformat(started),
        ring_id=shape.get("ring_id"),
        parked_at=None if parked is None else datetime.fromisoformat(parked),
        place=None if place is None else Place(**{**place, "cursor": tuple(place["cursor"])}),
    )


class DraftBook:
    """The agent's drafts."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def save(self, call: Call) -> Call:
        """Keeps a call; the answer carries its id. One that was logged or dropped meanwhile stays so."""
        now = self._means.clock.now()
        started = call if call.started_at is not None else replace(call, started_at=now)
        with self._means.uow(write=True) as uow:
            record = DraftRecord(call.draft_id or 0, self._means.agent.agent_id, now, call_to_json(started))
            draft_id = uow.drafts.save(record)
            uow.commit()
        return replace(started, draft_id=draft_id or call.draft_id)

    def all(self) -> list[Call]:
        """My drafts, newest first."""
        with self._means.uow() as uow:
            drafts = uow.drafts.of_agent(self._means.agent.agent_id)
        return [call_from_json(draft.draft_id, draft.body) for draft in drafts]

    def waiting(self) -> list[Call]:
        """My calls whose caller waits, the one who waits longest first."""
        waiting = [(call.parked_at, call.draft_id, call) for call in self.all() if call.parked_at is not None]
        return [call for *_, call in sorted(waiting, key=lambda one: one[:2])]
