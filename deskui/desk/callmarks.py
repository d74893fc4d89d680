"""What a call leaves on its ticket besides the decision: who was verified, the problem it is about, and what
the supervisor said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deskui.desk.advicerecords import ProblemCallerRecord, QuestionRecord
from deskui.desk.errors import Refused
from deskui.desk.model import Agent, Call
from deskui.desk.overruling import holds_for, overruled
from deskui.desk.ports import UnitOfWork
from deskui.desk.problems import same_vendor
from deskui.desk.records import AgentRecord
from deskui.desk.ticketgrants import note_answer, note_override
from deskui.desk.toldlater import start_told
from deskui.desk.work import Work
from deskui.policy.decision import Decision, Text
from deskui.policy.policy import Policy


def granted(
    uow: UnitOfWork, call: Call, service: str, decision: Decision
) -> tuple[Decision, QuestionRecord | None]:
    """The decision as a supervisor granted it for this call, and the question; else as it was, and None."""
    if call.question_id is None:
        return decision, None
    question = next(iter(uow.questions.get([call.question_id])), None)
    if question is None or not holds_for(question, call.product_id, service, call.answers):
        return decision, None
    by = _agent(uow.agents.all(), question.answered_by)
    return overruled(decision, question, by.code), question


def need_proofs(policy: Policy, call: Call) -> None:
    """Raises Refused for a yes that the terms want made sure of, and nobody said how."""
    for fact, value in call.answers.items():
        question = policy.questions.get(fact)
        if question is None or not question.proof or value is not True:
            continue
        ways = {str(choice.value): choice.text for choice in question.proof}
        if call.proofs.get(fact) not in ways:
            thai = ", ".join(f"{way} ({text.th})" for way, text in ways.items())
            english = ", ".join(f"{way} ({text.en})" for way, text in ways.items())
            raise Refused(
                Text(
                    f"{question.text.th}: ระบุว่ายืนยันด้วยวิธีใด: {thai}",
                    f"{question.text.en}: say how that was made sure of: {english}",
                )
            )


def mark(work: Work, call: Call, policy: Policy, agent: Agent) -> None:
    """Writes down on a new ticket what else the call was; `work` is appended by the caller.

    Events say who was verified and how, never with what.
    """
    ticket, uow = work.ticket, work.uow
    for fact, value in call.answers.items():
        question = policy.questions.get(fact)
        if question is not None and question.proof and value is True:
            work.log("verified", fact=fact, how=call.proofs[fact], contact=ticket.contact_id)
    asked = take_question(work, call)
    if asked is not None and asked.answered_by is not None:
        held = holds_for(asked, call.product_id, ticket.service, call.answers)
        (note_override if held else note_answer)(work, asked, _who(uow, asked.answered_by))
    if call.problem_id is not None:
        problem = uow.problems.lock(call.problem_id)
        if problem is None or problem.closed_at is not None:
            raise Refused(
                Text(
                    f"ปัญหา P{call.problem_id} ปิดไปแล้ว เอาออกจากสายนี้ก่อนบันทึก",
                    f"Problem P{call.problem_id} was closed meanwhile: take it off this call, then log it",
                )
            )
        same_vendor(problem, ticket.policy)
        uow.problems.add_caller(
            ProblemCallerRecord(
                0,
                problem.problem_id,
                ticket.customer_id,
                ticket.contact_id,
                ticket.phone,
                ticket.ticket_id,
                work.at,
                agent.agent_id,
            )
        )
        work.log("problem", problem=problem.problem_id)
        uow.changes.add("problem", [problem.problem_id], work.at)


def take_question(work: Work, call: Call) -> QuestionRecord | None:
    """What was asked during the call is about this ticket from now on; None when nothing was, or it is about
    another ticket.
    """
    uow = work.uow
    asked = uow.questions.lock(call.question_id) if call.question_id is not None else None
    if asked is None or asked.ticket_id is not None:
        return None
    uow.questions.save(replace(asked, ticket_id=work.ticket.ticket_id))
    uow.changes.add("question", [asked.question_id], work.at)
    work.log("asked", at=asked.asked_at, question=asked.question_id)
    return asked


def follow_question(work: Work, call: Call) -> bool:
    """The same for a ticket that is there already: its decision stays, what was answered becomes a note.

    Whether a clock started, so that `work` is to be planned and not only appended.
    """
    asked = take_question(work, call)
    if asked is None:
        return False
    if asked.answered_by is not None:
        note_answer(work, asked, _who(work.uow, asked.answered_by))
    return start_told(work, asked)


def _who(uow: UnitOfWork, agent_id: int) -> Agent:
    by = _agent(uow.agents.all(), agent_id)
    return Agent(by.agent_id, by.code, by.name, by.particle, by.language)


def _agent(agents: Sequence[AgentRecord], agent_id: int | None) -> AgentRecord:
    """One of the agents; nobody is ever deleted."""
    return next(agent for agent in agents if agent.agent_id == agent_id)
