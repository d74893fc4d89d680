"""What agents ask the supervisor: the question with its context, and the answer with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from deskui.dataclass import dataclass
from deskui.tui.answers import BadAnswer, read_price
from deskui.tui.arrivals import Said
from deskui.tui.catalogue import bindings
from deskui.tui.courier import Courier
from deskui.tui.modals.window import Window
from deskui.tui.panes.choices import ChoiceList, Item
from deskui.tui.telling import Teller
from deskui.tui.text import assembled, shown
from deskui.tui.thai import ThaiInput
from deskui.tui.typeahead import Patient

if TYPE_CHECKING:
    from deskui.desk.advicemodel import Asked
    from deskui.policy.decision import Text

__all__ = ["AskedScreen"]

STATES = {"granted": "ask.state_granted", "refused": "ask.state_refused"}
"""What an answer is called; any other is one in words."""


@dataclass
class QuestionsArrived(Message):
    """What waits for an answer."""

    questions: Sequence[Asked]


@dataclass
class QuestionAnswered(Message):
    """One was answered."""

    asked: Asked


class AskedScreen(Window[None], Courier, Patient):
    """The questions that wait, a caller on the line first, and one answer at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("down", "walk(1)", show=False),
        Binding("up", "walk(-1)", show=False),
        *bindings("asked"),
    ]
    SCOPES = ("asked", *Window.SCOPES)
    # the letters are commands until one of them asks for words
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.questions: Sequence[Asked] = ()
        self._read = False
        self._saying: str | None = None
        self._wrong: Text | None = None
        """What is wrong with the price that was typed."""
        self._busy = False

    def compose(self) -> ComposeResult:
        """The list, the question, and a line for the reason."""
        with Vertical(id="asked"):
            yield ChoiceList(id="asked-list")
            yield Static(id="asked-text")
            yield ThaiInput(id="asked-amount", compact=True)
            yield ThaiInput(id="asked-reason", compact=True)
            yield Static(id="asked-hint")

    def on_mount(self) -> None:
        """Reads them."""
        self._say(None)
        self._fetch()

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.query_one("#asked").border_title = Content(self.say("ask.title"))
        if self._read:
            self._list()
        self._ask()

    def waits(self, key: str) -> bool:
        """Before the questions are here, and while an answer is on its way, keys wait."""
        return key != "escape" and (not self._read or self._busy)

    def _fetch(self) -> None:
        self.fetch("questions", lambda desk: QuestionsArrived(tuple(desk.questions_waiting())))

    @on(QuestionsArrived)
    def _arrived(self, message: QuestionsArrived) -> None:
        self.questions = message.questions
        self._read = True
        self._list()
        self.desk_app.type_on()

    def _list(self) -> None:
        items = [
            Item(
                self.say("ask.line", n=one.question_id, customer=one.customer, service=self._service(one)),
                self._when(one),
            )
            for one in self.questions
        ]
        chosen = self.query_one("#asked-list", ChoiceList)
        chosen.show(items, index=chosen.index, empty=self.say("ask.none"))
        self._show()

    def _when(self, asked: Asked) -> str:
        return Teller.of(self).moment(asked.asked_at)

    def _service(self, asked: Asked) -> str:
        return self.words(asked.service_name) if asked.service_name is not None else "—"

    @property
    def chosen(self) -> Asked | None:
        """The question under the cursor."""
        index = self.query_one("#asked-list", ChoiceList).index
        return self.questions[index] if index < len(self.questions) else None

    def _show(self) -> None:
        asked = self.chosen
        text = self.query_one("#asked-text", Static)
        if asked is None:
            text.update("")
            return
        tell = Teller.of(self)
        who = asked.contact or ""
        number = f"#{asked.number}" if asked.number else ""
        head = " · ".join(part for part in (asked.customer, who, number, self.words(asked.vendor)) if part)
        lines = [
            assembled([(head, "bold")]),
            assembled([(self.say("ask.by", who=asked.asked_by or "—", at=self._when(asked)), "$text-muted")]),
            shown(self.say("ask.verdict", outcome=tell.word("outcome", asked.outcome))),
        ]
        for question, answer in asked.facts:
            told = self.say("ask.fact", question=self.words(question), answer=self.words(answer))
            lines.append(shown(told))
        if asked.text:
            lines.append(assembled([(self.say("ask.text", text=asked.text), "bold $text-accent")]))
        text.update(Content("\n").join(lines))

    @on(ChoiceList.Moved)
    def _moved(self, event: ChoiceList.Moved) -> None:
        event.stop()
        self._show()

    def action_walk(self, by: int) -> None:
        """Another question."""
        if self._saying is None:
            self.query_one("#asked-list", ChoiceList).move(by)

    def action_grant(self) -> None:
        """Yes: the reason comes next."""
        self._say("granted")

    def action_price(self) -> None:
        """Yes, for a price: that comes first, then the reason."""
        self._say("granted", priced=True)

    def action_refuse(self) -> None:
        """No: the reason comes next."""
        self._say("refused")

    def action_answer(self) -> None:
        """Something else: the words come next."""
        self._say("answered")

    def _say(self, state: str | None, *, priced: bool = False) -> None:
        reason, price = (self.query_one(f"#asked-{part}", ThaiInput) for part in ("reason", "amount"))
        if state is not None and self.chosen is None:
            return
        self._saying, self._wrong = state, None
        reason.display, price.display = state is not None, priced
        reason.value = price.value = ""
        first = price if priced else reason
        self.set_focus(first if state is not None else None)
        self.relabel()

    def _ask(self) -> None:
        """What the lines are for, and what to do now."""
        reason, price = (self.query_one(f"#asked-{part}", ThaiInput) for part in ("reason", "amount"))
        price.placeholder = self.say("ask.amount")
        hint, style = self.say("ask.keys"), "$text-muted"
        if self._saying is not None:
            word = self.say(STATES.get(self._saying, "ask.state_answered"))
            reason.placeholder = self.say("ask.about", state=word)
            hint = self.say("ask.price" if self.focused is price else "ask.reason")
        if self._wrong is not None:
            hint, style = self.words(self._wrong), "bold $text-error"
        self.query_one("#asked-hint", Static).update(shown(hint, style=style))

    @on(ThaiInput.Submitted, "#asked-amount")
    def _priced(self, event: ThaiInput.Submitted) -> None:
        event.stop()
        if self._price(event.value) is not None:
            self.set_focus(self.query_one("#asked-reason", ThaiInput))
        self._ask()

    def _price(self, typed: str) -> Decimal | None:
        """The price that was typed; None where it is none, and what is wrong with it is known."""
        self._wrong = None
        try:
            return read_price(typed)
        except BadAnswer as bad:
            self._wrong = bad.text
            return None

    @on(ThaiInput.Submitted, "#asked-reason")
    def _submitted(self, event: ThaiInput.Submitted) -> None:
        event.stop()
        asked, state = self.chosen, self._saying
        reason = event.value
        if asked is None or state is None or not reason.strip():
            return
        key = asked.question_id
        price = self.query_one("#asked-amount", ThaiInput)
        amount: Decimal | None = None
        if price.display:
            amount = self._price(price.value)
            if amount is None:
                self.set_focus(price)
                self._ask()
                return
        self._busy = True
        self.fetch(
            "answer",
            lambda desk: QuestionAnswered(desk.answer_question(key, state, reason, amount)),
            keep=True,
        )

    @on(QuestionAnswered)
    def _answered(self, message: QuestionAnswered) -> None:
        self._busy = False
        self._say(None)
        self.desk_app.toast(self.say("ask.done", n=message.asked.question_id))
        self._fetch()

    @on(Said)
    def _no(self, message: Said) -> None:
        if message.group == "answer":
            self._busy = False
            self.desk_app.type_on()

    def action_back(self) -> None:
        """Back to the list, then to the desk."""
        if self._saying is not None:
            self._say(None)
        else:
            self.dismiss()
