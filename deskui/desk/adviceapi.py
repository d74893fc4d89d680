"""What a screen or a command may ask of the desk about new callers, authority, known problems and the
supervisor; part of `DeskApi`. What `deskui.desk.api` says holds here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from deskui.desk.advicemodel import Asked, Caller, NewCaller, Problem
from deskui.desk.model import Call
from deskui.policy.decision import Text


class AdviceApi(Protocol):
    """New callers, who may ask, known problems, questions to the supervisor."""

    # --- who calls

    def vendors(self) -> Sequence[tuple[str, Text]]:
        """(policy id, name) of every vendor whose terms can be used; those in use on this desk first."""
        ...

    def add_caller(self, new: NewCaller) -> Caller:
        """Puts somebody nobody knows on file; what only the record could tell is "not recorded"."""
        ...

    def attach_contact(self, customer_id: int, name: str, phone: str) -> Caller:
        """Puts a number on file as one of a known customer; the contact's own if it is there already."""
        ...

    def set_authority(self, contact_id: int, authorised: bool | None) -> None:
        """Whether a contact may ask for what needs the customer's authority; None: nobody knows.

        Raises NotFound, and Refused for an agent who is no supervisor.
        """
        ...

    # --- known problems

    def known_problems(self, policy: str | None = None) -> Sequence[Problem]:
        """Those that are not closed, newest first; of one vendor if asked."""
        ...

    def problems_to_tell(self) -> Sequence[Problem]:
        """Closed ones with somebody still to be called back."""
        ...

    def problem(self, problem_id: int) -> Problem:
        """One, with everybody who called about it."""
        ...

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
        """A new one, of a ticket, a call, or a vendor and service; the ticket is its first caller."""
        ...

    def attach_ticket(self, problem_id: int, ticket_id: int) -> Problem:
        """A ticket is about it too."""
        ...

    def attach_caller(
        self, problem_id: int, customer_id: int, contact_id: int | None, phone: str | None = None
    ) -> Problem:
        """Somebody who needs no ticket is to be called back."""
        ...

    def detach(self, caller_id: int) -> None:
        """Takes somebody off the call-back list who is not about it."""
        ...

    def close_problem(self, problem_id: int, solution: str) -> Problem:
        """Solves all its open tickets with these words; the call-back list is what is left to do."""
        ...

    def tell(self, caller_id: int, told: bool = True) -> None:
        """Ticks somebody off the call-back list, or puts them back on it."""
        ...

    # --- the supervisor

    def here(self) -> None:
        """My desk is open; cheap, to be said again every few minutes."""
        ...

    def gone(self) -> None:
        """My desk is closed."""
        ...

    def supervisors(self) -> Sequence[str]:
        """Codes of the supervisors whose desk is open."""
        ...

    def ask_supervisor(self, call: Call, text: str = "") -> Asked:
        """Asks about a call, with its context; with none on duty it is due on the next working day."""
        ...

    def ask_about_ticket(self, ticket_id: int, text: str = "") -> Asked:
        """Asks about a ticket."""
        ...

    def withdraw_question(self, question_id: int) -> None:
        """The answer is not needed any more."""
        ...

    def answer_question(
        self, question_id: int, state: str, reply: str, amount: Decimal | None = None
    ) -> Asked:
        """A supervisor's granted, refused or answered, with a reason; a yes changes verdict or ticket."""
        ...

    def questions_waiting(self) -> Sequence[Asked]:
        """All that wait for an answer; those whose caller may be on the line first, then oldest first."""
        ...

    def latest_questions(self, limit: int = 50) -> Sequence[Asked]:
        """The newest in any state, newest first."""
        ...

    def supervisor_question(self, question_id: int) -> Asked:
        """One question."""
        ...
