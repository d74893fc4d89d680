"""The newest step of a ticket, kept so that it can be taken back. Pure.

Kept are the fields and clocks as they were before the step, as far as it changed them. Due instants of the
ticket itself follow from its clocks and are not kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from deskui.desk.model import TicketState
from deskui.desk.records import ClockRecord, Stretch, TicketRecord
from deskui.desk.workrecords import StepRecord
from deskui.policy.decision import Text

_DERIVED = frozenset({"version", "changed_at", "changed_by", "promise_due_at", "goal_due_at", "due_kind"})
_MICROSECOND = timedelta(microseconds=1)
_INSTANTS = ("started_at", "running_since", "due_at", "met_at", "stopped_at", "breached_at")
_PLAIN = ("clock_id", "ticket_id", "kind", "rule", "clause", "promised", "policy", "calendar")


def step_of(
    kind: str,
    agent_id: int,
    before: TicketRecord,
    after: TicketRecord,
    clocks_before: Sequence[ClockRecord],
    clocks_after: Sequence[ClockRecord],
) -> StepRecord:
    """The step that led from `before` to `after`; `clocks_after` may have new ones at its end."""
    changed = {
        field.name: _field_to_json(getattr(before, field.name))
        for field in fields(TicketRecord)
        if field.name not in _DERIVED and getattr(before, field.name) != getattr(after, field.name)
    }
    moved = [clock_to_json(was) for was, now in zip(clocks_before, clocks_after, strict=False) if was != now]
    added = [clock.clock_id for clock in clocks_after[len(clocks_before) :]]
    kept = {"ticket": changed, "clocks": moved, "added": added}
    return StepRecord(after.ticket_id, after.version, agent_id, after.changed_at, kind, kept)


def fields_before(step: StepRecord) -> dict[str, Any]:
    """The ticket's fields as they were before the step, as far as it changed them."""
    return {name: _field_from_json(name, value) for name, value in step.before["ticket"].items()}


def clocks_before(step: StepRecord) -> dict[int, ClockRecord]:
    """The clocks as they were before the step, as far as it changed them, by id."""
    made = (clock_from_json(body) for body in step.before["clocks"])
    return {clock.clock_id: clock for clock in made}


def clocks_added(step: StepRecord) -> frozenset[int]:
    """Ids of the clocks that came with the step."""
    return frozenset(step.before["added"])


def _field_to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, TicketState):
        return value.value
    return value.to_json() if isinstance(value, Text) else value


def _field_from_json(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in ("received_at", "deferred_until"):
        return datetime.fromisoformat(value)
    if name == "state":
        return TicketState(value)
    return Text(value["th"], value["en"]) if name == "plan" else value


def _instant(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat()


def clock_to_json(clock: ClockRecord) -> dict[str, Any]:
    """A clock as JSON holds it: instants in ISO, durations in microseconds."""
    body: dict[str, Any] = {name: getattr(clock, name) for name in _PLAIN}
    body |= {name: _instant(getattr(clock, name)) for name in _INSTANTS}
    body |= {"work": clock.work // _MICROSECOND, "spent": clock.spent // _MICROSECOND}
    body["stretches"] = [
        [_instant(one.start), _instant(one.stop), one.counted // _MICROSECOND, one.calendar]
        for one in clock.stretches
    ]
    return body


def clock_from_json(body: Mapping[str, Any]) -> ClockRecord:
    """What `clock_to_json` made, again."""
    instants: dict[str, Any] = {name: body[name] and datetime.fromisoformat(body[name]) for name in _INSTANTS}
    return ClockRecord(
        **{name: body[name] for name in _PLAIN},
        **instants,
        work=body["work"] * _MICROSECOND,
        spent=body["spent"] * _MICROSECOND,
        stretches=tuple(
            Stretch(
                datetime.fromisoformat(start), datetime.fromisoformat(stop), counted * _MICROSECOND, calendar
            )
            for start, stop, counted, calendar in body["stretches"]
        ),
    )


def without_breach(clock: ClockRecord) -> ClockRecord:
    """The clock as if nobody had written down yet that it was missed."""
    return replace(clock, breached_at=None)
