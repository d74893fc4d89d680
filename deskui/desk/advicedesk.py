"""The part of the desk that answers for `AdviceApi`, which says what each method promises."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from deskui.desk.advicemodel import Asked, Caller, NewCaller, Problem
from deskui.desk.calls import CallBook
from deskui.desk.duty import DutyBook, supervisors_on_duty
from deskui.desk.model import Call
from deskui.desk.newcallers import CallerBook
from deskui.desk.problems import ProblemBook
from deskui.desk.supervisor import SupervisorBook
from deskui.desk.tickets import resolve_work
from deskui.desk.work import Means
from deskui.policy.decision import Text


class AdviceDesk:
    """New callers, who may ask, known problems, questions to the supervisor; a desk is one."""

    _means: Means
    _calls: CallBook
    _newcomers: CallerBook
    _problems: ProblemBook
    _supervisor: SupervisorBook
    _duty: DutyBook

    def _set_up_advice(self) -> None:
        """Makes the books."""
        self._newcomers = CallerBook(self._means)
        self._problems = ProblemBook(self._means, resolve_work)
        self._supervisor = SupervisorBook(self._means, self._calls.judge)
        self._duty = DutyBook(self._means)

    # --- who calls

    def vendors(self) -> Sequence[tuple[str, Text]]:
        """(policy id, name) of every vendor whose terms can be used; those in use on this desk first."""
        return self._newcomers.vendors()

    def add_caller(self, new: NewCaller) -> Caller:
        """Puts somebody nobody knows on file."""
        return self._newcomers.add(new)

    def attach_contact(self, customer_id: int, name: str, phone: str) -> Caller:
        """Puts a number on file as one of a known customer."""
        return self._newcomers.attach(customer_id, name, phone)

    def set_authority(self, contact_id: int, authorised: bool | None) -> None:
        """Whether a contact may ask for what needs the customer's authority."""
        self._newcomers.set_authority(contact_id, authorised)

    # --- known problems

    def known_problems(self, policy: str | None = None) -> Sequence[Problem]:
        """Those that are not closed, newest first; of one vendor if asked."""
        return self._problems.open_problems(policy)

    def problems_to_tell(self) -> Sequence[Problem]:
        """Closed ones with somebody still to be called back."""
        return self._problems.to_tell()

    def problem(self, problem_id: int) -> Problem:
        """One, with everybody who called about it."""
        return self._problems.one(problem_id)

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
        """A new one, of a ticket, a call, or a vendor and service."""
        key = self._problems.open_new(
            title, say, policy=policy, service=service, call=call, ticket_id=ticket_id
        )
        return self._problems.one(key)

    def attach_ticket(self, problem_id: int, ticket_id: int) -> Problem:
        """A ticket is about it too."""
        self._problems.attach_ticket(problem_id, ticket_id)
        return self._problems.one(problem_id)

    def attach_caller(
        self, problem_id: int, customer_id: int, contact_id: int | None, phone: str | None = None
    ) -> Problem:
        """Somebody who needs no ticket is to be called back."""
        self._problems.attach_caller(problem_id, customer_id, contact_id, phone)
        return self._problems.one(problem_id)

    def detach(self, caller_id: int) -> None:
        """Takes somebody off the call-back list who is not about it."""
        self._problems.detach(caller_id)

    def close_problem(self, problem_id: int, solution: str) -> Problem:
        """Solves all its open tickets with these words."""
        self._problems.close(problem_id, solution)
        return self._problems.one(problem_id)

    def tell(self, caller_id: int, told: bool = True) -> None:
        """Ticks somebody off the call-back list, or puts them back on it."""
        self._problems.tell(caller_id, told=told)

    # --- the supervisor

    def here(self) -> None:
        """My desk is open."""
        self._duty.here()

    def gone(self) -> None:
        """My desk is closed."""
        self._duty.gone()

    def supervisors(self) -> Sequence[str]:
        """Codes of the supervisors whose desk is open."""
        with self._means.uow() as uow:
            return supervisors_on_duty(uow, self._means.clock.now())

    def ask_supervisor(self, call: Call, text: str = "") -> Asked:
        """Asks about a call, with its context."""
        return self._supervisor.ask(call, text)

    def ask_about_ticket(self, ticket_id: int, text: str = "") -> Asked:
        """Asks about a ticket."""
        return self._supervisor.ask_about(ticket_id, text)

    def withdraw_question(self, question_id: int) -> None:
        """The answer is not needed any more."""
        self._supervisor.withdraw(question_id)

    def answer_question(
        self, question_id: int, state: str, reply: str, amount: Decimal | None = None
    ) -> Asked:
        """A supervisor's granted, refused or answered, with a reason."""
        return self._supervisor.answer(question_id, state, reply, amount)

    def questions_waiting(self) -> Sequence[Asked]:
        """All that wait for an answer; those whose caller may be on the line first, then oldest first."""
        return self._supervisor.open()

    def latest_questions(self, limit: int = 50) -> Sequence[Asked]:
        """The newest in any state, newest first."""
        return self._supervisor.latest(limit)

    def supervisor_question(self, question_id: int) -> Asked:
        """One question."""
        return self._supervisor.one(question_id)
