"""The Call screen: WHO, WHAT, QUESTIONS, NOTES in one focus chain, with the verdict beside them at every step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from deskui.desk.model import Call
from deskui.tui.arrivals import (
    CallLogged,
    CardArrived,
    DraftKept,
    DraftsArrived,
    Said,
    ServicesArrived,
    VerdictArrived,
)
from deskui.tui.catalogue import bindings
from deskui.tui.drafts import DraftKeeper
from deskui.tui.panes.commandline import CommandLine
from deskui.tui.panes.notes import NotesPane
from deskui.tui.panes.questions import QuestionsPane
from deskui.tui.panes.topline import TopLine
from deskui.tui.panes.verdict import VerdictPane
from deskui.tui.panes.what import WhatPane
from deskui.tui.panes.who import WhoPane
from deskui.tui.screens.base import DeskUiScreen
from deskui.tui.telling import Teller
from deskui.tui.thai import ThaiInput

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi

__all__ = ["CallScreen"]


class CallScreen(DeskUiScreen):
    """One call, from the number to the logged ticket."""

    SCOPES = ("call", "questions", "app")
    BINDINGS: ClassVar[list[BindingType]] = bindings("call")
    AUTO_FOCUS = None

    def __init__(self, phone: str | None = None) -> None:
        super().__init__()
        self.call = Call(phone=phone)
        """The call as it stands."""
        self._awaits: str | None = None
        self._leaving = False
        self._sure = False
        self._offered = phone is not None
        self.keeper = DraftKeeper(self, self._current)

    def compose(self) -> ComposeResult:
        """The steps in reading order, the verdict beside them."""
        yield TopLine()
        with Horizontal(id="call-body"):
            with Vertical(id="steps"):
                yield WhoPane(id="who")
                yield WhatPane(id="what")
                yield QuestionsPane(id="questions")
                yield NotesPane(id="notes-step")
            yield VerdictPane(id="verdict")
        yield CommandLine(("call", "app"))

    def on_mount(self) -> None:
        """The cursor stands in WHO before the first key can arrive."""
        self.call = replace(self.call, started_at=self.now())
        self.set_focus(self.who.field)
        self._mark()
        if self.call.phone:
            self.who.field.value = self.call.phone
        if self.desk is not None:
            self.connected()

    # --- the parts

    @property
    def who(self) -> WhoPane:
        """The first step."""
        return self.query_one("#who", WhoPane)

    @property
    def what(self) -> WhatPane:
        """The second step."""
        return self.query_one("#what", WhatPane)

    @property
    def questions(self) -> QuestionsPane:
        """The third step."""
        return self.query_one("#questions", QuestionsPane)

    @property
    def notes(self) -> NotesPane:
        """The last step."""
        return self.query_one("#notes-step", NotesPane)

    @property
    def verdict(self) -> VerdictPane:
        """The answer."""
        return self.query_one("#verdict", VerdictPane)

    def waits(self, key: str) -> bool:  # noqa: ARG002 - any key may mean another thing once the answer is here
        """While an answer decides what the next key means, keys wait."""
        return self._awaits is not None or self.who.pending

    def _arrived(self) -> None:
        self._awaits = None
        self.desk_app.type_on()

    # --- the desk

    def connected(self) -> None:
        """What was typed so far is looked for; kept drafts are offered."""
        if self.who.text:
            self.who.search()
            self.keeper.touched()
        self.who.relabel()
        self.fetch("drafts", self._drafts)

    def _drafts(self, desk: DeskApi) -> DraftsArrived:
        drafts = tuple(desk.drafts())
        tell = Teller.of(self)
        names = []
        for draft in drafts:
            who = desk.customer_card(draft.customer_id).name if draft.customer_id else draft.query or draft.phone or ""
            at = tell.moment(draft.started_at) if draft.started_at else ""
            names.append(self.say("call.draft", at=at, who=who, what=draft.title or draft.notes))
        return DraftsArrived(drafts, names)

    @on(DraftsArrived)
    def _offer(self, message: DraftsArrived) -> None:
        first = not self._offered
        self._offered = True
        self.who.offer(message.drafts, message.names)
        if first and message.drafts and not self.who.text and self.call.customer_id is None:
            self._resume(message.drafts[0])
            self.desk_app.toast(self.say("call.restored"))

    @on(WhoPane.Resumed)
    def _resumed(self, message: WhoPane.Resumed) -> None:
        self._resume(message.call)

    def _resume(self, call: Call) -> None:
        self.call = call
        self.keeper.resume(call)
        self.who.field.value = call.query
        self.notes.put(call.title, call.notes)
        if call.customer_id is not None:
            self._awaits = "card"
            self.who.load(call.customer_id, call.contact_id, call.product_id)

    # --- WHO

    @on(WhoPane.Typing)
    def _typing(self) -> None:
        self.keeper.touched()

    @on(WhoPane.Nothing)
    def _nobody(self, message: WhoPane.Nothing) -> None:
        self.desk_app.toast(message.text, severe=True)
        self._arrived()

    @on(WhoPane.Picking)
    def _picking(self) -> None:
        self.set_focus(self.query_one("#products"))
        self._arrived()

    @on(CardArrived)
    def _card(self, message: CardArrived) -> None:
        self.who.arrived(message.card)
        if message.services:
            self.what.offer(message.services, self.call.service)

    @on(WhoPane.Chosen)
    def _who(self, message: WhoPane.Chosen) -> None:
        product = message.product
        same = product.product_id == self.call.product_id
        self.call = replace(
            self.call,
            customer_id=message.card.customer_id,
            contact_id=message.contact_id,
            product_id=product.product_id,
            service=self.call.service if same else None,
            answers=self.call.answers if same else {},
        )
        self.keeper.touched()
        if not same:
            self.questions.forget()
            self.verdict.show(None)
        if len(message.card.products) > 1:
            self.fetch("services", lambda desk: ServicesArrived(tuple(desk.services(product.policy))))
        if self.call.service is None:
            self.set_focus(self.what.field)
        else:
            self._go_to_open_step()
        self._arrived()

    @on(ServicesArrived)
    def _services(self, message: ServicesArrived) -> None:
        self.what.offer(message.services, self.call.service)

    # --- WHAT and the verdict

    @on(WhatPane.Highlighted)
    def _highlighted(self, message: WhatPane.Highlighted) -> None:
        self._preview(message.service)

    def _preview(self, service: str) -> None:
        if self.call.product_id is None:
            return
        answers = self.call.answers if service == self.call.service else {}
        call = replace(self.call, service=service, answers=answers)
        at = self.now()
        policy = self.who.product.policy if self.who.product else ""

        def job(desk: DeskApi) -> VerdictArrived:
            decision = desk.preview(call)
            return VerdictArrived(call, decision, tuple(desk.question(policy, fact) for fact in decision.needs), at)

        self.fetch("verdict", job)

    @on(WhatPane.Chosen)
    def _what(self, message: WhatPane.Chosen) -> None:
        if self.call.product_id is None:
            self.desk_app.toast(self.say("call.caller_first"), severe=True)
            self.set_focus(self.who.field)
            return
        if message.service != self.call.service:
            self.call = replace(self.call, service=message.service, answers={})
            self.questions.forget()
        self.keeper.touched()
        self.what.write(message.service)
        self._awaits = "verdict"
        self._preview(message.service)

    @on(VerdictArrived)
    def _verdict(self, message: VerdictArrived) -> None:
        about = self.what.named(message.call.service or "")
        self.verdict.show(message.decision, about)
        if message.call.service == self.call.service and message.call.answers == self.call.answers:
            self.questions.ask(message.questions)
            if self._awaits == "verdict":
                self._go_to_open_step()
                self._arrived()

    def _go_to_open_step(self) -> None:
        """QUESTIONS while there is one, else NOTES."""
        if self.questions.question is not None:
            self.set_focus(self.questions.target)
        elif self.verdict.decision is not None:
            self.set_focus(self.notes.title_field)
        else:
            self.set_focus(self.what.field)

    # --- QUESTIONS

    @on(QuestionsPane.Answered)
    def _answered(self, message: QuestionsPane.Answered) -> None:
        self._with_answers({**self.call.answers, message.fact: message.value})

    @on(QuestionsPane.TakenBack)
    def _taken_back(self, message: QuestionsPane.TakenBack) -> None:
        kept: dict[str, Any] = {fact: value for fact, value in self.call.answers.items() if fact != message.fact}
        self._with_answers(kept)

    def _with_answers(self, answers: dict[str, Any]) -> None:
        self.call = replace(self.call, answers=answers)
        self.keeper.touched()
        if self.call.service is not None:
            self._awaits = "verdict"
            self._preview(self.call.service)

    # --- NOTES and the end

    @on(NotesPane.Typing)
    def _noting(self) -> None:
        self.keeper.touched()

    @on(NotesPane.Finished)
    def _finished(self) -> None:
        if self.call.product_id is None:
            self.desk_app.toast(self.say("call.caller_first"), severe=True)
            self.set_focus(self.who.field)
        elif self.call.service is None:
            self.desk_app.toast(self.say("call.service_first"), severe=True)
            self.set_focus(self.what.field)
        elif self._awaits is None:
            self._awaits = "log"
            self.notes.hint("call.logging")
            self.keeper.when_still(self._log)

    def _log(self) -> None:
        call = replace(self._current(), draft_id=self.keeper.draft_id)
        self.fetch("log", lambda desk: CallLogged(desk.open_ticket(call)), keep=True)

    @on(CallLogged)
    def _logged(self, message: CallLogged) -> None:
        self._awaits = None
        self.desk_app.pop_screen()
        self.desk_app.logged(message.detail)
        self.desk_app.type_on()

    @on(Said)
    def _refused(self, message: Said) -> None:
        if message.group == "draft":
            self.keeper.failed()
        if message.group in ("log", "verdict") and self._awaits is not None:
            self.notes.hint("call.notes_hint")
            self._awaits = None
            self._go_to_open_step()
        self.who.gave_up()
        self._arrived()

    # --- drafts

    def _current(self) -> Call:
        return replace(
            self.call,
            query=self.who.text,
            title=self.notes.title_field.value,
            notes=self.notes.area.text,
        )

    @on(DraftKept)
    def _kept(self, message: DraftKept) -> None:
        self.keeper.kept(message.call)

    # --- commands

    def action_go_on(self) -> None:
        """Enter, where no field takes it."""
        self._go_to_open_step()

    @on(ThaiInput.Submitted, "#who-text")
    def _enter_who(self) -> None:
        self.who.choose()

    @on(ThaiInput.Submitted, "#what-text")
    def _enter_what(self) -> None:
        self.what.choose()

    def action_list_down(self) -> None:
        """Next line of the list of this step."""
        self._walk(1)

    def action_list_up(self) -> None:
        """Line before."""
        self._walk(-1)

    def _walk(self, by: int) -> None:
        if self.what.field.has_focus:
            self.what.move(by)
        elif self.who.field.has_focus:
            self.who.move(by)

    def action_new_line(self) -> None:
        """A new line in the notes; elsewhere nothing."""

    def action_keep(self) -> None:
        """Back to the desk; the draft stays."""
        kept = self.keeper
        kept.save()
        if kept.draft_id is not None or kept.saving:
            self.desk_app.toast(self.say("call.kept"))
        self._leaving = True
        if kept.saving:
            kept.when_still(self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        if self.is_current:
            self.desk_app.pop_screen()

    def action_fresh(self) -> None:
        """Keeps this draft and starts another call."""
        self.keeper.save()
        self.keeper.when_still(self._start_over)

    def action_forget(self) -> None:
        """Throws the draft away, at the second press."""
        if not self._sure:
            self._sure = True
            self.desk_app.toast(self.say("call.forget_sure"), severe=True)
            return
        self.keeper.when_still(self._drop)

    def _drop(self) -> None:
        draft_id = self.keeper.draft_id
        if draft_id is not None:

            def job(desk: DeskApi) -> DraftsArrived:
                desk.drop_draft(draft_id)
                return self._drafts(desk)

            self.fetch("drafts", job, keep=True)
        self._start_over()

    def _start_over(self) -> None:
        self.call = Call(started_at=self.now())
        self.keeper.fresh()
        self._sure = False
        self._awaits = None
        self.who.clear()
        self.what.clear()
        self.questions.forget()
        self.verdict.show(None)
        self.notes.put("", "")
        self.keeper.fresh()
        self.set_focus(self.who.field)
        self.fetch("drafts", self._drafts)

    def action_details(self) -> None:
        """Lists the rules that did not match."""
        self.verdict.toggle_near()

    # --- looks

    def on_descendant_focus(self) -> None:
        """The step one is in is the open one where there is little room."""
        self._mark()

    def _mark(self) -> None:
        for step in (self.who, self.what, self.questions, self.notes):
            step.set_class(_holds(step, self.focused), "-active")

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        for part in (self.who, self.what, self.questions, self.notes, self.verdict):
            part.relabel()
        self.query_one(TopLine).relabel()
        self.query_one(CommandLine).relabel()


def _holds(step: Widget, focused: Widget | None) -> bool:
    return focused is not None and step in focused.ancestors_with_self
