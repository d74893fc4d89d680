"""A change of severity: the terms are asked again, and only what is left of the clocks is planned anew."""

from __future__ import annotations

from deskui.desk import clocks as running
from deskui.desk.errors import Refused
from deskui.desk.facts import read
from deskui.desk.goals import promise
from deskui.desk.questions import no_severity
from deskui.desk.records import TicketRecord
from deskui.desk.settledports import in_force
from deskui.desk.work import Work
from deskui.policy.codec import decision_from_json, decision_to_json
from deskui.policy.decide import decide
from deskui.policy.decision import Decision, Text
from deskui.policy.policy import Policy

FACT = "severity"


def apply_severity(work: Work, severity: str) -> None:
    """Decides again as of when the ticket came in, with the new severity, and saves.

    A clock of a kind that the new decision promises runs on towards the new goal, one that it does not
    promise is stopped, and one that it adds starts when the ticket came in. The ticket keeps the new
    decision, the event what the old one rested on. Raises Refused where the vendor's terms know no
    severity, or not this one, or changed since the ticket came in, or the answer now depends on something
    nobody asked.
    """
    ticket = work.ticket
    policy = work.terms.policy(ticket.policy)
    _check(policy, ticket.service, severity)
    if ticket.severity == severity:
        return
    _same_terms(policy, ticket)
    facts = {**ticket.facts, FACT: severity}
    # by the readings that held when it came in: later ones judge later tickets
    settled = in_force(work.uow.readings.all(), policy, ticket.received_at)
    decision = decide(policy, ticket.service, read(policy, facts), ticket.received_at, settled)
    if decision.outcome == "ask":
        raise Refused(
            Text(
                f"เมื่อเปลี่ยนความรุนแรงแล้วต้องทราบข้อมูลเพิ่ม: {', '.join(decision.needs)}",
                f"With that severity more has to be known: {', '.join(decision.needs)}",
            )
        )
    before = decision_from_json(ticket.decision) if ticket.decision else None
    work.log(
        "severity",
        was=ticket.severity,
        becomes=severity,
        was_outcome=ticket.outcome,
        was_rules=[] if before is None else list(before.rules),
        outcome=decision.outcome,
        rules=list(decision.rules),
        policy_version=policy.version,
    )
    _replan(work, policy, decision)
    work.save(
        "severity",
        severity=severity,
        facts=facts,
        outcome=decision.outcome,
        decision=decision_to_json(decision),
        policy_version=policy.version,
    )


def _same_terms(policy: Policy, ticket: TicketRecord) -> None:
    """Refuses to judge a ticket by other terms than those it came in under; an unknown version passes."""
    then = ticket.policy_version
    if then and then != policy.version:
        raise Refused(
            Text(
                f"#{ticket.number} รับไว้ตามเงื่อนไขฉบับ {then} ปัจจุบันเป็นฉบับ {policy.version} "
                "จึงตัดสินใหม่ไม่ได้ ให้ปิดเรื่องนี้แล้วเปิดเรื่องใหม่ หรือถามหัวหน้า",
                f"#{ticket.number} came in under the terms of {then}, they are now {policy.version}: it is "
                "not judged again by newer ones. Ask the supervisor, or close it and log a new one",
            )
        )


def _check(policy: Policy, service: str, severity: str) -> None:
    question = policy.questions.get(FACT)
    if question is None:
        raise Refused(no_severity(policy))
    allowed = {str(choice.value): choice.text for choice in question.answers_for(service)}
    if allowed and severity not in allowed:
        raise Refused(
            Text(
                f"{policy.short.th} ไม่มีความรุนแรง {severity!r} เลือก: "
                + ", ".join(text.th for text in allowed.values()),
                f"{policy.short.en} has no severity {severity!r}: choose one of " + ", ".join(allowed),
            )
        )


def _replan(work: Work, policy: Policy, decision: Decision) -> None:
    wanted = {target.kind: target for target in decision.targets}
    for place, clock in enumerate(work.clocks):
        if not clock.promised:
            continue
        target = wanted.pop(clock.kind, None)
        if not running.is_open(clock):
            continue
        was = work.calendar(clock)
        if target is None:
            work.put(place, running.stop(clock, was, work.at), None)
            continue
        becomes = work.terms.calendar(policy.id, target.calendar)
        changed = running.replan(clock, promise(decision, target), was, becomes, work.at)
        work.put(place, changed, FACT)
    for target in wanted.values():
        calendar = work.terms.calendar(policy.id, target.calendar)
        clock = running.start_clock(
            promise(decision, target), work.ticket.ticket_id, policy.id, calendar, target.start
        )
        if work.ticket.state.category == "paused":
            clock = running.pause(clock, calendar, work.at)
        work.start(clock)
