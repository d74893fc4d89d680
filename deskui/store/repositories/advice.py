"""Known problems, questions to the supervisor, and whose desk is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from deskui.desk.advicerecords import ProblemCallerRecord, ProblemRecord, QuestionRecord
from deskui.store import advicetables as tables
from deskui.store.work import IDS, Shape, Work

_problem = tables.problem.c
_caller = tables.problem_caller.c
_question = tables.supervisor_question.c

_PROBLEM = Shape(tables.problem, ProblemRecord, "problem_id")
_CALLER = Shape(tables.problem_caller, ProblemCallerRecord, "caller_id")
_QUESTION = Shape(tables.supervisor_question, QuestionRecord, "question_id")

_PROBLEMS = _PROBLEM.among("problem_id")
_OPEN_PROBLEMS = _PROBLEM.select().where(_problem.closed_at.is_(None)).order_by(_problem.problem_id.desc())
_CLOSED_PROBLEMS = (
    _PROBLEM.select()
    .where(_problem.closed_at.is_not(None))
    .order_by(_problem.closed_at.desc(), _problem.problem_id.desc())
    .limit(bindparam("most"))
)
_LOCK_PROBLEM = _PROBLEMS.with_for_update()
_CALLERS = _CALLER.among("caller_id")
_CALLERS_OF = _CALLER.among("problem_id").order_by(_caller.caller_id)
_CALLERS_WITH = _CALLER.among("ticket_id").order_by(_caller.caller_id)
_DROP_CALLER = delete(tables.problem_caller).where(_caller.caller_id == bindparam("caller"))
_QUESTIONS = _QUESTION.among("question_id")
_OPEN_QUESTIONS = _QUESTION.select().where(_question.state == "open").order_by(_question.question_id)
_LATEST_QUESTIONS = _QUESTION.select().order_by(_question.question_id.desc()).limit(bindparam("most"))
_QUESTIONS_OF = _QUESTION.among("ticket_id").order_by(_question.question_id)
_ON_DUTY = select(tables.duty.c.agent_id).where(tables.duty.c.until > bindparam("instant"))
_OFF_DUTY = delete(tables.duty).where(tables.duty.c.agent_id == bindparam("agent"))
_LOCK_QUESTION = _QUESTIONS.with_for_update()


class Problems:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, problem_ids: Sequence[int]) -> Sequence[ProblemRecord]:
        """Problems by id."""
        return _PROBLEM.records(self._work.read(_PROBLEMS, {IDS: problem_ids}))

    def open(self) -> Sequence[ProblemRecord]:
        """All that are not closed, newest first."""
        return _PROBLEM.records(self._work.read(_OPEN_PROBLEMS))

    def closed(self, limit: int) -> Sequence[ProblemRecord]:
        """Those closed last, at most `limit`."""
        return _PROBLEM.records(self._work.read(_CLOSED_PROBLEMS, {"most": limit}))

    def lock(self, problem_id: int) -> ProblemRecord | None:
        """One as it is now, locked until the unit of work ends; None for an unknown id."""
        return _PROBLEM.one(self._work.write(_LOCK_PROBLEM, {IDS: [problem_id]}))

    def add(self, record: ProblemRecord) -> int:
        """Stores a new one; its id."""
        return _PROBLEM.add(self._work, [_PROBLEM.values(record)])[0]

    def save(self, record: ProblemRecord) -> None:
        """Overwrites one."""
        _PROBLEM.save(self._work, [(record.problem_id, _PROBLEM.values(record))])

    def callers(self, problem_ids: Sequence[int]) -> Sequence[ProblemCallerRecord]:
        """Who called about these, in the order in which they did."""
        return _CALLER.records(self._work.read(_CALLERS_OF, {IDS: problem_ids}))

    def caller(self, caller_id: int) -> ProblemCallerRecord | None:
        """One of them."""
        return _CALLER.one(self._work.read(_CALLERS, {IDS: [caller_id]}))

    def of_tickets(self, ticket_ids: Sequence[int]) -> Sequence[ProblemCallerRecord]:
        """The entries of these tickets."""
        return _CALLER.records(self._work.read(_CALLERS_WITH, {IDS: ticket_ids}))

    def add_caller(self, record: ProblemCallerRecord) -> int:
        """Stores a new entry; its id."""
        return _CALLER.add(self._work, [_CALLER.values(record)])[0]

    def save_caller(self, record: ProblemCallerRecord) -> None:
        """Overwrites one entry."""
        _CALLER.save(self._work, [(record.caller_id, _CALLER.values(record))])

    def drop_caller(self, caller_id: int) -> bool:
        """Deletes one entry; False when there is none."""
        return self._work.write(_DROP_CALLER, {"caller": caller_id}).rowcount == 1


class SupervisorQuestions:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, question_ids: Sequence[int]) -> Sequence[QuestionRecord]:
        """Questions by id."""
        return _QUESTION.records(self._work.read(_QUESTIONS, {IDS: question_ids}))

    def open(self) -> Sequence[QuestionRecord]:
        """All that wait for an answer, oldest first."""
        return _QUESTION.records(self._work.read(_OPEN_QUESTIONS))

    def latest(self, limit: int) -> Sequence[QuestionRecord]:
        """The newest in any state, newest first."""
        return _QUESTION.records(self._work.read(_LATEST_QUESTIONS, {"most": limit}))

    def of_ticket(self, ticket_id: int) -> Sequence[QuestionRecord]:
        """All about a ticket, oldest first."""
        return _QUESTION.records(self._work.read(_QUESTIONS_OF, {IDS: [ticket_id]}))

    def lock(self, question_id: int) -> QuestionRecord | None:
        """One as it is now, locked until the unit of work ends; None for an unknown id."""
        return _QUESTION.one(self._work.write(_LOCK_QUESTION, {IDS: [question_id]}))

    def add(self, record: QuestionRecord) -> int:
        """Stores a new one; its id."""
        return _QUESTION.add(self._work, [_QUESTION.values(record)])[0]

    def save(self, record: QuestionRecord) -> None:
        """Overwrites one."""
        _QUESTION.save(self._work, [(record.question_id, _QUESTION.values(record))])


class Duty:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def at(self, instant: datetime) -> Sequence[int]:
        """Ids of the agents whose desk is open at an instant, ascending."""
        return sorted(self._work.read(_ON_DUTY, {"instant": instant}).scalars())

    def put(self, agent_id: int, until: datetime) -> None:
        """An agent's desk is open up to an instant."""
        statement = self._work.add_new(tables.duty)
        statement = statement.on_conflict_do_update(
            index_elements=[tables.duty.c.agent_id], set_={"until": statement.excluded.until}
        )
        self._work.write(statement, {"agent_id": agent_id, "until": until})

    def drop(self, agent_id: int) -> None:
        """An agent's desk is closed."""
        self._work.write(_OFF_DUTY, {"agent": agent_id})
