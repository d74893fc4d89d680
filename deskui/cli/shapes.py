"""Tickets, customers and clocks as `--json` prints them. Instants are ISO with the desk's offset."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from deskui.desk.terms import HOME_ZONE
from deskui.policy.codec import decision_to_json

if TYPE_CHECKING:
    from deskui.desk.model import (
        CallerHit,
        ClockStep,
        ClockView,
        Entry,
        ProductLine,
        Thing,
        TicketDetail,
        TicketRow,
    )
    from deskui.desk.workmodel import Pause
    from deskui.policy.decision import Decision
    from deskui.policy.model import Question


def moment(at: datetime | None) -> str | None:
    """An instant by the desk's clock."""
    return None if at is None else at.astimezone(HOME_ZONE).isoformat()


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def row_shape(row: TicketRow) -> dict[str, Any]:
    """One line of the queue; a missed call has no number yet, and `missed_call` says which."""
    missed = row.ring
    return {
        "number": None if missed else row.number,
        **({} if missed is None else {"missed_call": {"number": missed.number, "times": missed.times}}),
        "version": row.version,
        "state": row.state.value,
        "assignee": row.assignee,
        "policy": row.policy,
        "customer": row.customer,
        "plan": row.plan.to_json(),
        "service": row.service,
        "service_name": row.service_name.to_json(),
        "title": row.title,
        "received_at": moment(row.received_at),
        "due_at": moment(row.due_at),
        "promised": row.promised,
        "clock": None if row.clock is None else clock_shape(row.clock),
        "deferred_until": moment(row.deferred_until),
    }


def clock_shape(clock: ClockView) -> dict[str, Any]:
    """One clock; times worked are seconds, `left_seconds` is below 0 once it is missed."""
    return {
        "id": clock.clock_id,
        "kind": clock.kind,
        "rule": clock.rule,
        "clause": clock.clause,
        "promised": clock.promised,
        "state": clock.state.value,
        "started_at": moment(clock.started_at),
        "due_at": moment(clock.due_at),
        "met_at": moment(clock.met_at),
        "breached_at": moment(clock.breached_at),
        "work_seconds": int(clock.work.total_seconds()),
        "spent_seconds": int(clock.spent.total_seconds()),
        "left_seconds": int(clock.left.total_seconds()),
    }


def step_shape(step: ClockStep) -> dict[str, Any]:
    """One stretch of the way to a due time."""
    return {
        "start": moment(step.start),
        "end": moment(step.end),
        "kind": step.kind,
        "counted_seconds": int(step.counted.total_seconds()),
        "label": step.label.to_json(),
    }


def decision_shape(decision: Decision, particle: str) -> dict[str, Any]:
    """A decision as `deskui decide` prints it, its words in the agent's own."""
    return {**decision_to_json(decision), "say": decision.say.spoken(particle).to_json()}


def detail_shape(detail: TicketDetail, particle: str) -> dict[str, Any]:
    """A whole ticket: its row, the call, the decision it was opened with, clocks and history."""
    decision = None if detail.decision is None else decision_shape(detail.decision, particle)
    return {
        **row_shape(detail.row),
        "outcome": None if decision is None else decision["outcome"],
        "say": None if decision is None else decision["say"],
        "contact": detail.contact,
        "phone": detail.phone,
        "product": _thing(detail.product),
        "machine": _thing(detail.machine),
        "description": detail.description,
        "facts": dict(detail.facts),
        "decision": decision,
        "policy_version": detail.policy_version,
        "clocks": [clock_shape(clock) for clock in detail.clocks],
        "entries": [_entry(entry) for entry in detail.entries],
        "merged_into": detail.merged_into,
        "merged": [
            {
                "number": part.number,
                "title": part.title,
                "customer": part.customer,
                "contact": part.contact,
                "phone": part.phone,
                "received_at": moment(part.received_at),
            }
            for part in detail.merged
        ],
        "pause": None if detail.pause is None else _pause(detail.pause),
    }


def _thing(thing: Thing | None) -> dict[str, Any] | None:
    """What a ticket is about, as its label names it."""
    return None if thing is None else {"name": thing.name, "serial": thing.serial, "branch": thing.branch}


def _pause(pause: Pause) -> dict[str, Any]:
    """Why a ticket stands still; what is left in seconds of working time."""
    return {
        "since": moment(pause.since),
        "agent": pause.agent,
        "reason": pause.reason,
        "clocks": [
            {"kind": kind, "left_seconds": int(left.total_seconds()), "due_if_resumed_now": moment(due)}
            for kind, left, _day, due in pause.clocks
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "at": moment(entry.at),
        "agent": entry.agent,
        "kind": entry.kind,
        "text": entry.text.to_json(),
        "number": entry.number,
    }


def question_shape(question: Question, options: list[str]) -> dict[str, Any]:
    """A fact that is missing, and what `--fact` takes for it."""
    return {
        "fact": question.fact,
        "kind": question.kind,
        "text": question.text.to_json(),
        "options": options,
    }


def caller_shape(hit: CallerHit) -> dict[str, Any]:
    """A customer, or a contact of one, with what the customer bought."""
    return {
        "code": hit.code,
        "customer": hit.customer,
        "contact": hit.contact,
        "phone": hit.phone,
        "products": [_product(product) for product in hit.products],
    }


def _product(line: ProductLine) -> dict[str, Any]:
    return {
        "id": line.product_id,
        "policy": line.policy,
        "name": line.name,
        "purchased_on": _day(line.purchased_on),
        "plan": line.plan.to_json(),
        "contract": {
            "state": line.contract_state.value,
            "start": _day(line.contract_start),
            "end": _day(line.contract_end),
            "days_left": line.days_left,
        },
    }
