"""Taking back the newest step of a ticket. The append-only books keep both the step and its undoing."""

from __future__ import annotations

from dataclasses import replace

from deskui.desk import clocks as running
from deskui.desk import words
from deskui.desk.errors import Refused
from deskui.desk.model import TicketState
from deskui.desk.ports import UnitOfWork
from deskui.desk.records import BreachRecord, ClockRecord, TicketRecord, UsageRecord
from deskui.desk.team import MERGED, give_back, lock_ledgers, taken, tell_hands
from deskui.desk.ticketgrants import ask_again, drop_questions
from deskui.desk.undo import clocks_added, clocks_before, fields_before
from deskui.desk.work import Means, Work, agent_code, lock_all, no_ticket
from deskui.desk.workmodel import LastStep
from deskui.desk.workrecords import StepRecord
from deskui.policy.decision import Text

OPENED = "opened"
"""Logging a call keeps no step of its own: the ticket's first event tells."""
MERGED_IN = "merged_in"
"""The other end of a merge: what is taken back is the ticket that was merged."""
UNDONE = "undone"


class UndoBook:
    """Takes back the newest step. All raise NotFound, LostRace and Refused."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def last_step(self, ticket_id: int) -> LastStep | None:
        """The newest step of a ticket that could be taken back."""
        with self._means.uow() as uow:
            found = uow.tickets.get([ticket_id])
            if not found:
                raise no_ticket(ticket_id)
            step = _newest(uow, found[0])
            if step is None:
                return None
            mine = step.agent_id == self._means.agent.agent_id
            return LastStep(step.kind, words.did(step.kind), agent_code(uow, step.agent_id), step.at, mine)

    def undo(self, ticket_id: int, version: int) -> None:
        """Takes it back, if it is mine and nothing came after it."""
        with self._means.uow(write=True) as uow:
            other = _other_end(uow, ticket_id)
            works = lock_all(self._means, uow, {ticket_id: version, **({other: None} if other else {})})
            work = works[ticket_id]
            step = self._mine(work)
            if step.kind == OPENED:
                _withdraw(work)
            elif step.kind == MERGED and other is not None:
                self._part(work, step, works[other])
            elif step.kind == MERGED_IN and other is not None:
                self._part(works[other], self._mine(works[other]), work)
            else:
                _take_back(work, step)
            uow.commit()

    def _mine(self, work: Work) -> StepRecord:
        """The newest step; raises Refused when there is none, or it is somebody else's."""
        step, number = _newest(work.uow, work.ticket), work.ticket.number
        if step is None:
            raise Refused(
                Text(
                    f"#{number} ไม่มีขั้นตอนล่าสุดที่ย้อนได้",
                    f"#{number} has no newest step that could be taken back",
                )
            )
        if step.agent_id != self._means.agent.agent_id:
            who, did = agent_code(work.uow, step.agent_id), words.did(step.kind)
            past = words.ago(work.at - step.at)
            raise Refused(
                Text(
                    f"ขั้นตอนล่าสุดของ #{number} เป็นของ {who} ({did.th} {past.th}) {who} เท่านั้นที่ย้อนได้",
                    f"The newest step of #{number} is {who}'s ({did.en} {past.en}): only {who} takes it back",
                )
            )
        return step

    def _part(self, work: Work, step: StepRecord, target: Work) -> None:
        """Takes a merge back: the ticket is one of its own again, with what it took of the quotas."""
        lock_ledgers(work)
        for entry in work.uow.usage.of_ticket(work.ticket.ticket_id):
            if entry.kind == "refund" and entry.reason == MERGED and entry.at == step.at:
                _take_again(work, entry)
        work.uow.merges.drop(work.ticket.ticket_id)
        target.log("parted", ticket=work.ticket.ticket_id, number=work.ticket.number)
        mark = work.uow.steps.of(target.ticket.ticket_id)
        if mark is not None and mark.kind == MERGED_IN:
            work.uow.steps.drop(target.ticket.ticket_id)
        target.save()
        _take_back(work, step)


def _newest(uow: UnitOfWork, ticket: TicketRecord) -> StepRecord | None:
    """The step that led to the ticket as it is; None when what came last cannot be taken back."""
    step = uow.steps.of(ticket.ticket_id)
    if step is not None and step.version == ticket.version:
        return step
    if ticket.version == 1 and ticket.changed_by is not None:
        return StepRecord(ticket.ticket_id, 1, ticket.changed_by, ticket.received_at, OPENED, {})
    return None


def _other_end(uow: UnitOfWork, ticket_id: int) -> int | None:
    """The other ticket of a merge that is the newest step of this one."""
    step = uow.steps.of(ticket_id)
    if step is None or step.kind not in (MERGED, MERGED_IN):
        return None
    if step.kind == MERGED:
        merge = uow.merges.of(ticket_id)
        return None if merge is None else merge.target_id
    return next((merge.ticket_id for merge in uow.merges.into([ticket_id]) if merge.at == step.at), None)


def _take_back(work: Work, step: StepRecord) -> None:
    """State, fields and clocks as they were before the step."""
    before, added = clocks_before(step), clocks_added(step)
    holder = work.ticket.assignee_id
    work.log(UNDONE, kind=step.kind)
    for place, clock in enumerate(list(work.clocks)):
        if clock.clock_id in added:
            work.put(place, running.stop(clock, work.calendar(clock), work.at), None)
        elif clock.clock_id in before:
            _put_back(work, place, clock, before[clock.clock_id])
    ask_again(work, step.kind)
    # the clock of a promise may have run out meanwhile
    work.record_breaches()
    work.uow.steps.drop(work.ticket.ticket_id)
    work.save(**fields_before(step))
    tell_hands(work, holder, work.ticket.assignee_id)


def _put_back(work: Work, place: int, clock: ClockRecord, was: ClockRecord) -> None:
    """A clock as it was. A miss that could not have been is voided, one that was voided stands again."""
    if was.due_at is not None and was.due_at != clock.due_at:
        becomes = None if clock.due_at is None else clock.due_at.isoformat()
        due = was.due_at.isoformat()
        work.log("replanned", clock=clock.clock_id, kind=clock.kind, was=becomes, becomes=due, why=UNDONE)
    work.clocks[place] = was
    missed = clock.breached_at
    if missed != was.breached_at:
        _put_back_miss(work, clock, was)
    # a holiday may have come in while it stood still; later terms, or none, are not those it runs by
    if work.terms.version(was.policy) == work.ticket.policy_version:
        work.put(place, running.recalendar(was, work.calendar(was)), "holiday")


def _put_back_miss(work: Work, clock: ClockRecord, was: ClockRecord) -> None:
    missed = clock.breached_at
    if missed is not None and missed != was.due_at:
        work.uow.breaches.void(clock.clock_id, missed, work.at, UNDONE)
        work.log("breach_voided", clock=clock.clock_id, kind=clock.kind, due=missed.isoformat(), why=UNDONE)
    if was.breached_at is not None:
        work.uow.breaches.add(
            BreachRecord(0, was.clock_id, was.ticket_id, was.kind, was.promised, was.breached_at, work.at)
        )


def _take_again(work: Work, refund: UsageRecord) -> None:
    """The entry that makes up for a refund which was not due after all."""
    again = replace(
        refund, usage_id=0, kind="consume", units=-refund.units, at=work.at, reason=UNDONE,
        agent_id=None if work.agent is None else work.agent.agent_id,
    )  # fmt: skip
    work.uow.usage.add([again])
    work.log("consumed", counter=refund.counter, units=again.units)
    work.uow.changes.add("customer", [work.ticket.customer_id], work.at)


def _withdraw(work: Work) -> None:
    """A ticket that should not have been logged: closed, nothing used up, nothing promised."""
    lock_ledgers(work)
    for units, entry in taken(work.uow, work.ticket.ticket_id).values():
        give_back(work, entry, units, "withdrawn")
    work.stop_clocks()
    drop_questions(work)
    # who was logged by mistake is not called back
    for caller in work.uow.problems.of_tickets([work.ticket.ticket_id]):
        work.uow.problems.lock(caller.problem_id)
        work.uow.problems.drop_caller(caller.caller_id)
        work.log("problem_off", problem=caller.problem_id)
        work.uow.changes.add("problem", [caller.problem_id], work.at)
    work.log("withdrawn")
    work.save(state=TicketState.CLOSED, deferred_until=None)
