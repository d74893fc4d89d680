"""New callers, known problems and the supervisor on the desk of the screen tests: none; they are tried over a
real desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from deskui.desk.advicemodel import Asked, Caller, NewCaller, Problem
from deskui.desk.errors import NotFound
from deskui.desk.model import Call
from deskui.policy.decision import Text

NOTHING = NotFound(Text("ไม่มีในโต๊ะทดสอบ", "There is no such thing on this desk."))


class FakeAdvice:
    """AdviceApi without anything in it."""

    def vendors(self) -> Sequence[tuple[str, Text]]:
        return ()

    def add_caller(self, new: NewCaller) -> Caller:
        raise NOTHING

    def attach_contact(self, customer_id: int, name: str, phone: str) -> Caller:
        raise NOTHING

    def set_authority(self, contact_id: int, authorised: bool | None) -> None:
        raise NOTHING

    def known_problems(self, policy: str | None = None) -> Sequence[Problem]:
        return ()

    def problems_to_tell(self) -> Sequence[Problem]:
        return ()

    def problem(self, problem_id: int) -> Problem:
        raise NOTHING

    def open_problem(
        self,
        title: str,
        say: Text,
        *,
        policy: str | None = None,
        service: str | None = None,
        call: Call | None = None,
        ticket_id: int | None = None,
    ) -> Problem:
        raise NOTHING

    def attach_ticket(self, problem_id: int, ticket_id: int) -> Problem:
        raise NOTHING

    def attach_caller(
        self, problem_id: int, customer_id: int, contact_id: int | None, phone: str | None = None
    ) -> Problem:
        raise NOTHING

    def detach(self, caller_id: int) -> None:
        raise NOTHING

    def close_problem(self, problem_id: int, solution: str) -> Problem:
        raise NOTHING

    def tell(self, caller_id: int, told: bool = True) -> None:
        raise NOTHING

    def here(self) -> None:
        pass

    def gone(self) -> None:
        pass

    def supervisors(self) -> Sequence[str]:
        return ()

    def ask_supervisor(self, call: Call, text: str = "") -> Asked:
        raise NOTHING

    def ask_about_ticket(self, ticket_id: int, text: str = "") -> Asked:
        raise NOTHING

    def withdraw_question(self, question_id: int) -> None:
        raise NOTHING

    def answer_question(
        self, question_id: int, state: str, reply: str, amount: Decimal | None = None
    ) -> Asked:
        raise NOTHING

    def questions_waiting(self) -> Sequence[Asked]:
        return ()

    def latest_questions(self, limit: int = 50) -> Sequence[Asked]:
        return ()

    def supervisor_question(self, question_id: int) -> Asked:
        raise NOTHING
