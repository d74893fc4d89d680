"""What known problems and questions to the supervisor need of a store; see `deskui.desk.ports`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from deskui.desk.advicerecords import ProblemCallerRecord, ProblemRecord, QuestionRecord


class Problems(Protocol):
    """Known problems and who called about them."""

    def get(self, problem_ids: Sequence[int]) -> Sequence[ProblemRecord]:
        """Problems by id."""
        ...

    def open(self) -> Sequence[ProblemRecord]:
        """All that are not closed, newest first."""
        ...

    def closed(self, limit: int) -> Sequence[ProblemRecord]:
        """Those closed last, at most `limit`."""
        ...

    def lock(self, problem_id: int) -> ProblemRecord | None:
        """One as it is now, locked until the unit of work ends; None for an unknown id."""
        ...

    def add(self, record: ProblemRecord) -> int:
        """Stores a new one; its id."""
        ...

    def save(self, record: ProblemRecord) -> None:
        """Overwrites one."""
        ...

    def callers(self, problem_ids: Sequence[int]) -> Sequence[ProblemCallerRecord]:
        """Who called about these, in the order in which they did."""
        ...

    def caller(self, caller_id: int) -> ProblemCallerRecord | None:
        """One of them."""
        ...

    def of_tickets(self, ticket_ids: Sequence[int]) -> Sequence[ProblemCallerRecord]:
        """The entries of these tickets."""
        ...

    def add_caller(self, record: ProblemCallerRecord) -> int:
        """Stores a new entry; its id."""
        ...

    def save_caller(self, record: ProblemCallerRecord) -> None:
        """Overwrites one entry."""
        ...

    def drop_caller(self, caller_id: int) -> bool:
        """Deletes one entry; False when there is none."""
        ...


class SupervisorQuestions(Protocol):
    """Questions to the supervisor."""

    def get(self, question_ids: Sequence[int]) -> Sequence[QuestionRecord]:
        """Questions by id."""
        ...

    def open(self) -> Sequence[QuestionRecord]:
        """All that wait for an answer, oldest first."""
        ...

    def latest(self, limit: int) -> Sequence[QuestionRecord]:
        """The newest in any state, newest first."""
        ...

    def of_ticket(self, ticket_id: int) -> Sequence[QuestionRecord]:
        """All about a ticket, oldest first."""
        ...

    def lock(self, question_id: int) -> QuestionRecord | None:
        """One as it is now, locked until the unit of work ends; None for an unknown id."""
        ...

    def add(self, record: QuestionRecord) -> int:
        """Stores a new one; its id."""
        ...

    def save(self, record: QuestionRecord) -> None:
        """Overwrites one."""
        ...


class Duty(Protocol):
    """Whose desk is open."""

    def at(self, instant: datetime) -> Sequence[int]:
        """Ids of the agents whose desk is open at an instant, ascending."""
        ...

    def put(self, agent_id: int, until: datetime) -> None:
        """An agent's desk is open up to an instant, whatever becomes of it."""
        ...

    def drop(self, agent_id: int) -> None:
        """An agent's desk is closed."""
        ...
