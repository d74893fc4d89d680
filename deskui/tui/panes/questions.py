"""The questions of a call, one at a time: a letter answers a choice, a small field takes a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from deskui.dataclass import dataclass
from deskui.tui.answers import BadAnswer, read_answer
from deskui.tui.catalogue import bindings
from deskui.tui.dates import short_day
from deskui.tui.keys import both
from deskui.tui.speaking import Speaking
from deskui.tui.text import assembled, side_by_side
from deskui.tui.thai import ThaiInput

if TYPE_CHECKING:
    from deskui.policy.model import Choice, Question

__all__ = ["NOT_RECORDED", "QuestionsPane"]

IN_A_LINE = 4
"""More answers than these stand one below the other."""
NOT_RECORDED = "not_recorded"
"""What a fact is when it was looked for and nobody knows."""


@dataclass(frozen=True, slots=True)
class _Answered:
    question: Question
    value: Any


class QuestionsPane(Vertical, Speaking, can_focus=True):
    """The question at hand with its answers, above it what was answered before."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("questions")

    class Answered(Message):
        """A question was answered: the fact and its value."""

        def __init__(self, fact: str, value: Any, proof: str | None = None) -> None:
            super().__init__()
            self.fact = fact
            self.value = value
            self.proof = proof
            """How a yes was made sure of, where the terms ask for that."""

    class TakenBack(Message):
        """The newest answer is to be asked for again."""

        def __init__(self, fact: str) -> None:
            super().__init__()
            self.fact = fact

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the widgets' own name for it
        super().__init__(id=id)
        self._asked: Sequence[Question] = ()
        self._judged = False
        """Whether it is known what is to be asked."""
        self._aside = False
        """Whether another service is looked at than these are asked about."""
        self._answered: list[_Answered] = []
        self._proving = False
        """Whether a yes is to be made sure of first."""
        self._problem = ""
        self._width = 0

    def compose(self) -> ComposeResult:
        """The text, and a field for what is no letter."""
        yield Static(id="question-text")
        yield ThaiInput(id="answer", compact=True)

    def on_mount(self) -> None:
        """Nothing to ask yet."""
        self.relabel()

    @property
    def question(self) -> Question | None:
        """The question at hand."""
        return self._asked[0] if self._asked else None

    @property
    def by_letter(self) -> bool:
        """Whether the question at hand is answered by a letter."""
        return self.question is not None and bool(self.question.choices)

    @property
    def target(self) -> QuestionsPane | ThaiInput:
        """What is to have the focus to answer."""
        return self if self.question is None or self.by_letter else self.query_one("#answer", ThaiInput)

    def ask(self, questions: Sequence[Question]) -> None:
        """Asks these next; what was answered stays above."""
        self._asked, self._judged = questions, True
        self._problem = ""
        self._proving = False
        self.query_one("#answer", ThaiInput).value = ""
        self._show()

    def forget(self) -> None:
        """Another service: nothing was asked or answered, and what is to be asked is not known yet."""
        self._answered.clear()
        self.ask(())
        self._judged = False
        self._show()

    def put_aside(self, aside: bool) -> None:
        """Another service is looked at, or no longer: these questions do not go with its verdict."""
        # who answers sees what
        aside = aside and self.app.focused not in (self, self.query_one("#answer"))
        if aside != self._aside:
            self._aside = aside
            self._show()

    def on_descendant_focus(self) -> None:
        """Somebody answers here."""
        self.put_aside(False)

    def on_focus(self) -> None:
        """The same."""
        self.put_aside(False)

    def knows(self, fact: str) -> bool:
        """Whether the answer to this is shown already."""
        return any(given.question.fact == fact for given in self._answered)

    def put(self, question: Question, value: Any) -> None:
        """Shows an answer that was given earlier, such as that of a draft."""
        if not self.knows(question.fact):
            self._answered.append(_Answered(question, value))
            self._show()

    def answer(self, value: Any, proof: str | None = None) -> None:
        """Answers the question at hand; a yes that wants making sure of asks how, first."""
        question = self.question
        if question is None:
            return
        if value is True and question.proof and proof is None:
            self._proving = True
            self._show()
            return
        self._proving = False
        self._answered.append(_Answered(question, value))
        self._asked = ()
        self._show()
        self.post_message(self.Answered(question.fact, value, proof))

    def on_key(self, event: events.Key) -> None:
        """A letter of a choice answers, on either keyboard layout."""
        question = self.question
        if question is None or self.app.focused is not self:
            return
        proving = self._proving
        choice = answer_keys(question.proof if proving else question.choices).get(event.key)
        if choice is not None:
            event.stop()
            event.prevent_default()
            if proving:
                self.answer(True, str(choice.value))
            else:
                self.answer(choice.value)
        elif not proving and question.choices and self._means_nothing(event):
            listed = ", ".join("/".join(_letters(choice)) for choice in question.choices)
            self._problem = self.say("ask.no_such", keys=listed)
            self._show()

    def _means_nothing(self, event: events.Key) -> bool:
        """Whether somebody who presses it waits for an answer that does not come."""
        wanted = event.is_printable or event.key == "enter"
        return wanted and event.key not in self._bindings.key_to_bindings

    def on_input_submitted(self, event: ThaiInput.Submitted) -> None:
        """A figure was typed; an empty one means that nobody knows."""
        event.stop()
        if self.question is None:
            return
        if not event.value.strip():
            self.answer(NOT_RECORDED)
            return
        try:
            kind = "number" if self.question.fraction else self.question.kind
            today = self.now().astimezone(self.zone).date()
            self.answer(read_answer(kind, event.value, today))
        except BadAnswer as bad:
            self._problem = self.words(bad.text)
            self._show()

    def action_not_known(self) -> None:
        """Nobody knows; nobody was verified after all."""
        self.answer(False if self._proving else NOT_RECORDED)

    def action_answer_again(self) -> None:
        """Back to the answer before."""
        if self._proving:
            self._proving = False
            self._show()
        elif self._answered:
            given = self._answered.pop()
            self._asked = (given.question, *self._asked)
            self._show()
            self.post_message(self.TakenBack(given.question.fact))

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.border_title = Content(self.say("call.questions"))
        self._problem = self.say.again(self._problem)
        self._show()

    def on_resize(self) -> None:
        """Answers stand side by side as far as there is room."""
        if self.content_size.width != self._width:
            self._width = self.content_size.width
            self._show()

    def _show(self) -> None:
        # with nothing to ask or to change, keys typed here would go nowhere
        self.can_focus = bool(self._asked or self._answered)
        field = self.query_one("#answer", ThaiInput)
        many = self.by_letter and len(self.question.choices if self.question else ()) > IN_A_LINE
        self.screen.set_class(many, "-many-answers")
        self.screen.set_class(self.question is not None and not self._aside, "-asked")
        field.display = self.question is not None and not self.by_letter and not self._aside
        self.query_one("#question-text", Static).update(Content("\n").join(self._lines()))

    def _lines(self) -> list[Content]:
        if self._aside:
            return [assembled([(self.say("call.questions_later"), "$text-muted")])]
        lines = [
            assembled(
                [
                    ("✓ ", "$text-success"),
                    (self.words(given.question.text) + "  ", ""),
                    (self._told(given), "bold"),
                ]
            )
            for given in self._answered
        ]
        question = self.question
        if question is None:
            if not lines:
                none = "call.no_questions" if self._judged else "call.questions_later"
                lines.append(assembled([(self.say(none), "$text-muted")]))
            return lines
        more = len(self._asked) - 1
        rest = f"  ({self.say('ask.more', n=more)})" if more else ""
        lines.append(assembled([("▸ ", "bold"), (self.words(question.text), "bold"), (rest, "$text-muted")]))
        if self._proving:
            lines.append(assembled([(f"  {self.say('proof.how')}", "bold")]))
            lines += [
                assembled(
                    [("  ", ""), (choice.key, "bold $text-accent"), (f" {self.words(choice.text)}", "")]
                )
                for choice in question.proof
            ]
            lines.append(assembled([(f"  {self.say('proof.none')}", "$text-muted")]))
        elif question.choices:
            answers = [
                [("/".join(_letters(choice)), "bold $text-accent"), (f" {self.words(choice.text)}", "")]
                for choice in question.choices
            ]
            room = 0 if len(answers) > IN_A_LINE else self._width - 2
            lines += [assembled([("  ", ""), *line]) for line in side_by_side(answers, room)]
            told = self._problem or self.say("ask.unknown")
            lines.append(assembled([(f"  {told}", _tone(self._problem))]))
        else:
            unit = f" ({self.words(question.unit)})" if question.unit else ""
            how = "ask.enter_day" if question.kind in ("date", "instant") else "ask.enter"
            lines.append(assembled([(f"  {self._problem or self.say(how)}{unit}", _tone(self._problem))]))
        return lines

    def _told(self, given: _Answered) -> str:
        if given.value == NOT_RECORDED:
            return self.say("answer.not_recorded")
        for choice in given.question.choices:
            if choice.value == given.value:
                return self.words(choice.text)
        value = str(given.value)
        # a day as it was understood, in the words of the language that is on
        if given.question.kind == "date":
            return short_day(date.fromisoformat(value), self.language)
        if given.question.kind == "instant":
            at = datetime.fromisoformat(value)
            return f"{short_day(at.date(), self.language)} {at:%H:%M}"
        unit = f" {self.words(given.question.unit)}" if given.question.unit else ""
        return f"{value}{unit}"


def _letters(choice: Choice) -> tuple[str, ...]:
    """The letters that answer it, the first one first."""
    return (choice.key, choice.also) if choice.also else (choice.key,)


def answer_keys(choices: Sequence[Choice]) -> dict[str, Choice]:
    """What each key answers, in both layouts; a yes and a no also hear y and n, where nothing else does."""
    found: dict[str, Choice] = {}
    spare = {True: "y", False: "n"}
    for letter_of in (
        lambda choice: choice.key,
        lambda choice: choice.also,
        lambda choice: spare[choice.value] if isinstance(choice.value, bool) else "",
    ):
        for choice in choices:
            for key in both(letter_of(choice)).split(",") if letter_of(choice) else ():
                found.setdefault(key, choice)
    return found


def _tone(problem: str) -> str:
    return "bold $text-error" if problem else "$text-muted"
