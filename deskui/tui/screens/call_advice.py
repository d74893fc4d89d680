"""What the Call screen does about known problems and the supervisor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message

from deskui.dataclass import dataclass
from deskui.tui.arrivals import Said
from deskui.tui.panes.advice_text import problem_name, said_words
from deskui.tui.panes.ticket import Option
from deskui.tui.panes.verdict_text import headline, unknown_fact
from deskui.tui.panes.wordsline import WordsLine
from deskui.tui.screens.call_newcomers import CallNewcomers
from deskui.tui.telling import Teller

if TYPE_CHECKING:
    from datetime import datetime

    from deskui.desk.advicemodel import Asked, Problem
    from deskui.desk.api import DeskApi
    from deskui.desk.model import Call
    from deskui.policy.decision import Decision, Text

__all__ = ["MACHINE", "CallAdvice", "nobody_knows"]

MACHINE = "machine_id"
"""The answer that says which machine a call is about."""

MOST_LETTERS = 8
"""Known problems offered by letter; a new one has the next."""


@dataclass
class AdviceArrived(Message):
    """What is known of the cause, and what the supervisor said."""

    product_id: int | None
    problems: Sequence[Problem]
    asked: Asked | None


@dataclass
class SupervisorAsked(Message):
    """The supervisor has the question of the call that began then, or it was taken back."""

    asked: Asked
    began: datetime | None


@dataclass
class ProblemOpened(Message):
    """A new known problem, of this call."""

    problem: Problem


class CallAdvice(CallNewcomers):
    """Known problems, the supervisor."""

    def __init__(self, phone: str | None = None, call: Call | None = None) -> None:
        super().__init__(phone, call)
        self._half_problems: dict[datetime | None, dict[str, str]] = {}
        """What is typed in the form of a new problem, by when its call began: a ring may come first."""

    _asked: Asked | None = None
    _problems: Sequence[Problem] = ()
    _advised: int | None = None
    """The product that what is shown was read for."""
    _advice_awaited = False

    def _of_the_caller(self) -> dict[str, Any]:
        """The answers that stay when the service is another one: which machine it is about."""
        return {fact: value for fact, value in self.call.answers.items() if fact == MACHINE}

    # --- what is known besides the terms

    def _empty(self) -> None:
        """Nothing is known of a call that has not begun."""
        super()._empty()
        self._problems, self._asked = (), None
        self._show_advice()

    def read_advice(self) -> None:
        """Reads known problems of this vendor, and what became of the question to the supervisor."""
        product = self.who.product
        if product is None:
            self._problems = ()
            self._asked = self._advised = None
            self._advice_here()
            self._show_advice()
            return
        question_id = self.call.question_id
        # a caller's first reading: until it is here nobody knows which problem `^k` means
        self._advice_awaited = self._advice_awaited or self._advised != product.product_id

        def job(desk: DeskApi) -> AdviceArrived:
            problems = tuple(desk.known_problems(product.policy))
            asked = None if question_id is None else desk.supervisor_question(question_id)
            return AdviceArrived(product.product_id, problems, asked)

        self.fetch("advice", job)

    @on(AdviceArrived)
    def _advice(self, message: AdviceArrived) -> None:
        if message.product_id != self.call.product_id:
            return
        self._advised = message.product_id
        self._advice_here()
        before = self._asked.state if self._asked is not None else None
        self._problems, self._asked = message.problems, message.asked
        self._show_advice()
        asked = message.asked
        if asked is not None and before == "open" and asked.state != "open":
            self.desk_app.bell()
            self.desk_app.toast(said_words(asked, Teller.of(self)), severe=asked.state == "refused")
        service = self.call.service or self.what.highlighted
        if asked is not None and asked.state != (before or "open") and service is not None:
            self._preview(service)

    @on(Said)
    def _no_advice(self, message: Said) -> None:
        if message.group == "advice":
            self._advice_here()

    def _advice_here(self) -> None:
        """It was read, or could not be."""
        if self._advice_awaited:
            self._advice_awaited = False
            self.desk_app.type_on()

    def waits(self, key: str) -> bool:
        """Before the known problems are here, the key that puts the call to one waits too; before what became
        of its question is, the key that takes it back.
        """
        commands = ("call.problem",) if self.call.question_id is None else ("call.problem", "call.ask")
        return super().waits(key) or (self._advice_awaited and key in self.desk_app.keys.of(*commands))

    def _show_advice(self) -> None:
        self.verdict.advise(self._asked, self._problems, self.call.problem_id)

    def changed(self, change: int) -> None:
        """Somebody changed something: an answer of the supervisor may be among it."""
        super().changed(change)
        if self.call.product_id is not None:
            self.read_advice()

    # --- the supervisor

    def action_ask_supervisor(self) -> None:
        """Asks the supervisor about the call as it stands, in a line which may stay empty; or takes back what
        was asked and not answered yet.
        """
        asked = self._asked
        if self.call.product_id is None:
            self.desk_app.toast(self.say("call.caller_first"), severe=True)
        elif asked is not None and asked.state == "open":
            key, at = asked.question_id, asked.asked_at
            told = self.say(
                "ask.take_back", n=key, who=asked.asked_by or "—", at=lambda: Teller.of(self).moment(at)
            )
            self.prompt(told, [Option("w", self.say("ask.takes_back"), partial(self._take_back, key))])
        else:
            hint = self.say("ask.filled", what=self._goes_along) if self._goes_along() else ""
            self.ask_words(self.say("ask.words", about=self.say("ask.this_call")), hint)

    def _goes_along(self) -> str:
        """What the supervisor is told of the call."""
        about, decision = self.verdict.about, self.verdict.decision
        decided = headline(decision, Teller.of(self)) if decision else ""
        return " · ".join(part for part in (self.words(about) if about else "", decided) if part)

    @on(WordsLine.Answered)
    def _send_question(self, message: WordsLine.Answered) -> None:
        self.prompt_gone()
        # about what is on the screen: the verdict shown is that of the service under the cursor
        words, began = message.text, self.call.started_at
        service = self.call.service or self.what.highlighted

        def ask() -> None:
            self._sending = False
            call = replace(self._current(), service=service, draft_id=self.keeper.draft_id)
            self._ask(lambda desk: SupervisorAsked(desk.ask_supervisor(call, words), began))

        # the draft takes the question up with the asking, whatever becomes of the screen
        self._sending = True
        self._when_kept(ask)

    def _ask(self, job: Callable[[DeskApi], SupervisorAsked]) -> None:
        # no key takes the call off the screen before it has its question
        if self.fetch("ask", job, keep=True):
            self._awaits = "ask"

    def _take_back(self, question_id: int) -> None:
        began = self.call.started_at

        def job(desk: DeskApi) -> SupervisorAsked:
            desk.withdraw_question(question_id)
            return SupervisorAsked(desk.supervisor_question(question_id), began)

        self._ask(job)

    @on(SupervisorAsked)
    def _supervisor_asked(self, message: SupervisorAsked) -> None:
        asked = message.asked
        self._unsent.pop(message.began, None)
        self.desk_app.my_questions.asked = True
        self.call = replace(self.call, question_id=asked.question_id)
        self.keeper.touched()
        self._asked = asked
        self._show_advice()
        if asked.state == "withdrawn":
            told = self.say("ask.withdrawn")
        elif asked.due_at is None:
            told = self.say("ask.sent", n=asked.question_id)
        else:
            told = self.say("ask.nobody", n=asked.question_id, due=Teller.of(self).moment(asked.due_at))
        self.desk_app.toast(told)
        # it may have been answered before this answer was here
        self.read_advice()
        self._arrived()

    # --- known problems

    def action_problem(self) -> None:
        """Puts the call to a known problem, takes it off, or opens one of it."""
        if self.call.product_id is None:
            self.desk_app.toast(self.say("call.caller_first"), severe=True)
        elif self.call.problem_id is not None:
            told = self.say("problem.off", n=self.call.problem_id)
            self.call = replace(self.call, problem_id=None)
            self.keeper.touched()
            self._show_advice()
            self.desk_app.toast(told)
        elif len(self._problems) == 1 and self._fits(self._problems[0]):
            self._put_to(self._problems[0])
        elif self._problems:
            tell, letters = Teller.of(self), iter(ascii_lowercase)
            # those of the service that was chosen before those of others
            sorted_problems = sorted(self._problems, key=lambda one: not self._fits(one))
            options = [
                Option(next(letters), problem_name(one, tell), partial(self._put_to, one))
                for one in sorted_problems[:MOST_LETTERS]
            ]
            options.append(Option(next(letters), self.say("problem.new"), self._new_problem))
            self.prompt(self.say("problem.which"), options)
        else:
            self._new_problem()

    def _fits(self, problem: Problem) -> bool:
        """Whether the call may be about it without being about another service than was chosen."""
        return None in (problem.service, self.call.service) or problem.service == self.call.service

    def _put_to(self, problem: Problem) -> None:
        """This call is about it: what is known of the cause needs no asking again."""
        service = problem.service or self.call.service
        answers = dict(problem.answers)
        if service == self.call.service:
            answers |= self.call.answers
        self.call = replace(
            self.call, problem_id=problem.problem_id, service=service, answers=self._with_machine(answers)
        )
        self.keeper.touched()
        self._show_advice()
        if service is not None:
            self.questions.forget()
            self.what.write(service)
            self._awaits = "verdict"
            self._preview(service)

    def _with_machine(self, answers: dict[str, object]) -> dict[str, object]:
        """The answers with the machine that was picked with the caller."""
        machine = self.who.machine
        return answers if machine is None else {MACHINE: machine.machine_id, **answers}

    def _new_problem(self) -> None:
        from deskui.tui.modals.problems import ProblemForm  # noqa: PLC0415 - seldom wanted

        call = self._current()
        kept = self._half_problems.setdefault(self.call.started_at, {})

        def done(filled: tuple[str, Text] | None) -> None:
            if filled is not None:
                title, say = filled
                self._awaits = "problem"
                self.fetch(
                    "problem", lambda desk: ProblemOpened(desk.open_problem(title, say, call=call)), keep=True
                )

        self.desk_app.push_screen(ProblemForm(call.title, kept), done)

    @on(ProblemOpened)
    def _problem_opened(self, message: ProblemOpened) -> None:
        self._half_problems.pop(self.call.started_at, None)
        self._problems = (message.problem, *self._problems)
        self.desk_app.toast(self.say("problem.opened", n=message.problem.problem_id))
        self._arrived()
        self._put_to(message.problem)


def nobody_knows(desk: DeskApi, policy: str, decision: Decision) -> dict[str, Text]:
    """The text of the question about each fact the decision says nobody knows, where there is one."""
    # in the thread: the first screen is painted before any of the desk is imported
    from deskui.desk.errors import NotFound  # noqa: PLC0415

    found: dict[str, Text] = {}
    for fact in filter(None, map(unknown_fact, decision.flags)):
        with suppress(NotFound):
            found[fact] = desk.question(policy, fact).text
    return found
