"""Known problems: the list, who is to be called back, the one close, and the form for a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from deskui.dataclass import dataclass
from deskui.policy.decision import Text
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
    from deskui.desk.advicemodel import Problem, ProblemCaller
    from deskui.desk.api import DeskApi
    from deskui.desk.model import TicketRow

__all__ = ["ProblemForm", "ProblemsScreen"]


@dataclass
class ProblemsArrived(Message):
    """All that are open, and closed ones with somebody to call; the one that is looked into, whole."""

    problems: Sequence[Problem]
    one: Problem | None
    told: str = ""


class ProblemForm(Window[tuple[str, Text] | None]):
    """A title, and the one text to say in both languages; answers them, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "put_away", show=False)]
    AUTO_FOCUS = None

    def __init__(self, title: str = "", kept: dict[str, str] | None = None) -> None:
        super().__init__()
        self._first = title
        self._kept = {} if kept is None else kept
        """What is typed, by field; whoever opened the form may open it again with that."""

    def compose(self) -> ComposeResult:
        """Three lines."""
        with Vertical(id="problem-form"):
            yield ThaiInput(id="problem-title", compact=True)
            yield ThaiInput(id="problem-th", compact=True)
            yield ThaiInput(id="problem-en", compact=True)
            yield Static(id="problem-hint")

    def on_mount(self) -> None:
        """The cursor stands in the first line that is empty."""
        self.relabel()
        title = self.query_one("#problem-title", ThaiInput)
        title.value = self._first
        for field, typed in list(self._kept.items()):
            self.query_one(f"#{field}", ThaiInput).value = typed
        self.set_focus(self.query_one("#problem-th", ThaiInput) if self._first.strip() else title)

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.query_one("#problem-form").border_title = Content(self.say("problem.form"))
        for part in ("title", "th", "en"):
            self.query_one(f"#problem-{part}", ThaiInput).placeholder = self.say(f"problem.form_{part}")
        self.query_one("#problem-hint", Static).update(shown(self.say("problem.form_keys")))

    @on(ThaiInput.Submitted)
    def _next(self, event: ThaiInput.Submitted) -> None:
        event.stop()
        fields = list(self.query(ThaiInput).results(ThaiInput))
        at = fields.index(event.input) if isinstance(event.input, ThaiInput) else 0
        if at + 1 < len(fields):
            self.set_focus(fields[at + 1])
            return
        title, thai, english = (field.value.strip() for field in fields)
        if not title or not (thai or english):
            self.set_focus(fields[0] if not title else fields[1])
            return
        self.dismiss((title, Text(thai, english)))

    @on(ThaiInput.Changed)
    def _typed(self, event: ThaiInput.Changed) -> None:
        if event.input.id is not None:
            self._kept[event.input.id] = event.value

    def action_put_away(self) -> None:
        """Not after all."""
        self.dismiss(None)


class ProblemsScreen(Window[None], Courier, Patient):
    """The known problems; Enter goes into the call-back list of one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("enter", "into", show=False),
        Binding("down", "walk(1)", show=False),
        Binding("up", "walk(-1)", show=False),
        *bindings("problems"),
    ]
    SCOPES = ("problems", *Window.SCOPES)
    # the letters are commands until one of them asks for words
    AUTO_FOCUS = ""

    def __init__(self, ticket: TicketRow | None) -> None:
        super().__init__()
        self._ticket = ticket
        self.problems: Sequence[Problem] = ()
        self.one: Problem | None = None
        """The one whose call-back list is open."""
        self._read = False
        self._busy = False
        self._unsolved = ""
        """The solution that is on its way."""
        self._half_problem: dict[str, str] = {}
        """What is typed in the form of a new one, until that is open."""
        self._opening = False

    def compose(self) -> ComposeResult:
        """A list, what is said, and a line for the solution."""
        with Vertical(id="problems"):
            yield ChoiceList(id="problem-list")
            yield Static(id="problem-text")
            yield ThaiInput(id="problem-solution", compact=True)
            yield Static(id="problems-hint")

    def on_mount(self) -> None:
        """Reads them."""
        self.solution.display = False
        self.relabel()
        self._do(_nothing)

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.solution.placeholder = self.say("problem.solution")
        if self._read:
            self._list()
        self._label()

    @property
    def solution(self) -> ThaiInput:
        """How it was solved."""
        return self.query_one("#problem-solution", ThaiInput)

    @property
    def chosen(self) -> Problem | None:
        """The problem that is open, or under the cursor."""
        if self.one is not None:
            return self.one
        index = self.query_one("#problem-list", ChoiceList).index
        return self.problems[index] if index < len(self.problems) else None

    def waits(self, key: str) -> bool:
        """While something is read or changed, keys wait: they are about what comes of it."""
        return key != "escape" and (not self._read or self._busy)

    def _do(self, act: Callable[[DeskApi], object], told: str = "", into: int | None = None) -> None:
        """Changes something, and reads everything again."""
        self._busy = True
        look = into if into is not None else (self.one.problem_id if self.one is not None else None)

        def job(desk: DeskApi) -> ProblemsArrived:
            act(desk)
            found = (*desk.known_problems(), *desk.problems_to_tell())
            return ProblemsArrived(found, None if look is None else desk.problem(look), told)

        if not self.fetch("problems", job, keep=True):
            self._busy = False

    @on(ProblemsArrived)
    def _arrived(self, message: ProblemsArrived) -> None:
        self.problems, self.one = message.problems, message.one
        self._read, self._busy = True, False
        self._unsolved = ""
        if self._opening:
            self._half_problem.clear()
            self._opening = False
        if message.told:
            self.desk_app.toast(message.told)
        self._list()
        self._label()
        self.desk_app.type_on()

    def _list(self) -> None:
        lines = [self._line(one) for one in self.problems]
        if self.one is not None:
            lines = [self._caller(one) for one in self.one.list]
        chosen = self.query_one("#problem-list", ChoiceList)
        chosen.show(lines, index=chosen.index, empty=self.say("problem.none"))

    @on(Said)
    def _no(self, message: Said) -> None:
        if message.group == "problems":
            self._busy = self._opening = False
            if self._unsolved:
                # what was typed stands on its line again
                words, self._unsolved = self._unsolved, ""
                self._solution(True)
                self.solution.value = words
            self.desk_app.type_on()

    def _line(self, one: Problem) -> Item:
        vendor = self.words(one.vendor)
        count = self.say("problem.count", n=one.callers)
        if one.closed_at is not None:
            count = self.say("problem.to_tell", n=one.to_tell)
        return Item(
            self.say("problem.line", n=one.problem_id, title=one.title, vendor=vendor), count, firm=True
        )

    def _caller(self, line: ProblemCaller) -> Item:
        done = "[x]" if line.told_at is not None else "[ ]"
        who = " · ".join(part for part in (line.customer, line.contact or "") if part)
        number = f" #{line.number}" if line.number else ""
        return Item(f"{done} {who}{number}", line.phone or "—", firm=True)

    def _label(self) -> None:
        title = self.say("problem.title")
        one = self.chosen
        if self.one is not None:
            title = self.say("problem.known", n=self.one.problem_id, title=self.one.title)
        self.query_one("#problems").border_title = shown(title)
        text = self.query_one("#problem-text", Static)
        if one is None:
            text.update("")
        else:
            agent = self.desk_app.desk.agent.particle if self.desk_app.desk else ""
            said = one.say.spoken(agent)
            tell = Teller.of(self)
            opened = f"{one.opened_by or '—'} {tell.moment(one.opened_at)}"
            lines = [
                assembled([(opened, "$text-muted")]),
                assembled([(f"“{self.words(said)}”", "bold")]),
            ]
            if one.solution:
                lines.append(assembled([(f"✓ {one.solution}", "$text-success")]))
            text.update(Content("\n").join(lines))
        hint = "problem.keys" if self.one is None else "problem.list_keys"
        self.query_one("#problems-hint", Static).update(shown(self.say(hint), style="$text-muted"))

    @on(ChoiceList.Moved)
    def _moved(self, event: ChoiceList.Moved) -> None:
        event.stop()
        self._label()

    @on(ChoiceList.Chosen)
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        self.action_into()

    def action_walk(self, by: int) -> None:
        """Another line."""
        self.query_one("#problem-list", ChoiceList).move(by)

    def action_into(self) -> None:
        """The call-back list of the problem under the cursor."""
        one = self.chosen
        if self.one is None and one is not None:
            self.query_one("#problem-list", ChoiceList).index = 0
            self._do(_nothing, into=one.problem_id)

    def action_back(self) -> None:
        """Out of the line, out of the list, back to the desk."""
        if self.solution.display:
            self._solution(False)
        elif self.one is not None:
            self.one = None
            self._do(_nothing)
        else:
            self.dismiss()

    def action_new_problem(self) -> None:
        """Opens one of the selected ticket."""
        ticket = self._ticket
        if ticket is None:
            self.desk_app.toast(self.say("problem.select"), severe=True)
            return

        def done(filled: tuple[str, Text] | None) -> None:
            if filled is not None:
                title, say = filled
                self._opening = True
                self._do(partial(_open, title=title, say=say, ticket_id=ticket.ticket_id))

        self.desk_app.push_screen(ProblemForm(ticket.title, self._half_problem), done)

    def action_put_ticket(self) -> None:
        """The selected ticket is about it too."""
        ticket, one = self._ticket, self.chosen
        if ticket is None:
            self.desk_app.toast(self.say("problem.select"), severe=True)
        elif one is not None:
            told = self.say("problem.ticket_in", number=ticket.number, n=one.problem_id)
            self._do(lambda desk: desk.attach_ticket(one.problem_id, ticket.ticket_id), told)

    def action_close_problem(self) -> None:
        """Asks how it was solved."""
        if self.chosen is not None and self.chosen.closed_at is None:
            self._solution(True)

    def _solution(self, wanted: bool) -> None:
        self.solution.display = wanted
        self.solution.value = ""
        self.set_focus(self.solution if wanted else None)

    @on(ThaiInput.Submitted)
    def _solved(self, event: ThaiInput.Submitted) -> None:
        event.stop()
        one, words = self.chosen, event.value
        if one is None or not words.strip():
            return
        self._solution(False)
        self._unsolved = words
        told = self.say("problem.closed", n=one.problem_id, count=one.to_tell)
        self._do(lambda desk: desk.close_problem(one.problem_id, words), told, into=one.problem_id)

    def action_told(self) -> None:
        """Ticks the caller under the cursor off, or puts them back."""
        if self.one is None:
            return
        index = self.query_one("#problem-list", ChoiceList).index
        if index < len(self.one.list):
            line = self.one.list[index]
            self._do(lambda desk: desk.tell(line.caller_id, line.told_at is None))


def _nothing(_desk: DeskApi) -> None:
    """Only reads."""


def _open(desk: DeskApi, title: str, say: Text, ticket_id: int) -> None:
    desk.open_problem(title, say, ticket_id=ticket_id)
