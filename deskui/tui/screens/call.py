"""The Call screen: WHO, WHAT, QUESTIONS, NOTES in one focus chain, the verdict beside them at every step."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from deskui.tui.arrivals import (
    CardArrived,
    Said,
    ServicesArrived,
    VerdictArrived,
)
from deskui.tui.catalogue import bindings
from deskui.tui.panes.commandline import CommandLine
from deskui.tui.panes.linebar import LineBar
from deskui.tui.panes.notes import NotesArea, NotesPane
from deskui.tui.panes.questions import QuestionsPane
from deskui.tui.panes.ticket import PromptLine
from deskui.tui.panes.topline import TopLine
from deskui.tui.panes.verdict import VerdictPane
from deskui.tui.panes.what import WhatPane
from deskui.tui.panes.who import WhoPane
from deskui.tui.panes.who_card import granted_for
from deskui.tui.panes.wordsline import WordsLine
from deskui.tui.screens.call_advice import MACHINE
from deskui.tui.screens.call_ahead import CallAhead, verdict_of
from deskui.tui.thai import ThaiInput

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi

__all__ = ["CallScreen"]


class CallScreen(CallAhead):
    """One call, from the number to the logged ticket."""

    CSS_PATH = "../styles/call.tcss"
    SCOPES = ("call", "questions", "app")
    BINDINGS: ClassVar[list[BindingType]] = bindings("call")
    AUTO_FOCUS = None
    _too_early = False

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
        yield LineBar()
        yield PromptLine(id="call-prompt")
        yield WordsLine(id="call-words")
        yield CommandLine(("call", "app"))
        yield Static(id="tiny")

    def on_mount(self) -> None:
        """The cursor stands in WHO before the first key can arrive."""
        self.query_one("#call-prompt").display = False
        self.set_focus(self.who.field)
        self._mark()
        if self._given is not None:
            self._resume(self._given)
        else:
            self.call = replace(self.call, started_at=self.now())
            if self.call.phone:
                self.who.field.value = self.call.phone
        if self.desk is not None:
            self.connected()

    def waits(self, key: str) -> bool:
        """While an answer decides what the next key means, keys wait; before the verdict of what is
        highlighted is here, the key that copies it.
        """
        awaited = self._awaits is not None or self.who.pending or self.keeper.awaited
        copies = self.judged and key in self.desk_app.keys.of("call.copy")
        return awaited or copies or super().waits(key)

    # --- the desk

    def connected(self) -> None:
        """What was typed so far is looked for; kept drafts are offered."""
        if self.who.text:
            self.who.search()
        self.keeper.touched()
        self.who.relabel()
        self.query_one(LineBar).tick()
        self.fetch("drafts", self._drafts)

    # --- WHO

    @on(WhoPane.Typing)
    def _typing(self) -> None:
        self.keeper.touched()

    @on(WhoPane.Unchosen)
    def _unchosen(self) -> None:
        # service and answers were about what the former caller has
        self._remember()
        self.show_followed(None)
        self.read_advice()
        self.what.clear()
        self.questions.forget()
        self.judging(False)
        self.verdict.show(None)

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
        if self.who.arrived(message.card) and message.services:
            self.what.offer(message.services, self.call.service or self.looked_at)

    @on(WhoPane.Chosen)
    def _who(self, message: WhoPane.Chosen) -> None:
        product = message.product
        again = self._same_again(product.product_id)
        same = product.product_id == self.call.product_id
        self.call = replace(
            self.call,
            customer_id=message.card.customer_id,
            contact_id=message.contact_id,
            product_id=product.product_id,
            service=self.call.service if same else None,
            answers=self.call.answers if same else {},
        )
        if message.machine_id is not None:
            self.call = replace(self.call, answers={**self.call.answers, MACHINE: message.machine_id})
        self.keeper.touched()
        self.ask_hours(product.policy)
        self.read_advice()
        if not same:
            self.questions.forget()
            self.verdict.show(None)
            # the draft that is gone on with was of somebody else
            self.query_one(LineBar).draft_of = ""
        if len(message.card.products) > 1:
            # until its vendor's services are here, no key can choose among them
            self._awaits = "services"
            ids = (message.card.customer_id, product.product_id)

            def job(desk: DeskApi) -> ServicesArrived:
                return ServicesArrived(tuple(desk.services(product.policy)), desk.customer_card(*ids))

            self.fetch("services", job)
        elif again:
            self._once_more()
        else:
            self._what_next()

    @on(ServicesArrived)
    def _services(self, message: ServicesArrived) -> None:
        self.who.read_anew(message.card)
        self.what.offer(message.services, self.call.service or self.looked_at)
        if self.call.service is not None and self._left is None:
            self._once_more()
        else:
            self._what_next()

    def _once_more(self) -> None:
        """The service was chosen before: its verdict, and what is still to be asked."""
        service = self.call.service
        if service is None:
            self._what_next()
            return
        self.what.write(service)
        self._awaits = "verdict"
        self._preview(service)

    def _what_next(self) -> None:
        self.ahead.forget()
        self.follow_again()
        if self.goes_on():
            return
        if self.call.service is None:
            self.set_focus(self.what.field)
            self.look_ahead()
            early, self._too_early = self._too_early, False
            if early and self.what.highlighted is not None:
                self._preview(self.what.highlighted)
        else:
            self._go_to_open_step()
        self._arrived()

    # --- WHAT and the verdict

    @on(WhatPane.Highlighted)
    def _highlighted(self, message: WhatPane.Highlighted) -> None:
        self.look_at(message.service)

    @on(WhatPane.Unmatched)
    def _unmatched(self) -> None:
        self.verdict.show(None)

    def _preview(self, service: str) -> None:
        if self.call.product_id is None:
            # WHAT was faster than WHO in saying what it has: the verdict is asked for with the caller
            self._too_early = True
            return
        answers = self.call.answers if service == self.call.service else self._of_the_caller()
        call = replace(self.call, service=service, answers=answers)
        policy = self.who.product.policy if self.who.product else ""
        ahead = self.ahead.of(call, self.now())
        known = [fact for fact in call.answers if self.questions.knows(fact)]
        ask = partial(self.fetch, "verdict", lambda desk: verdict_of(desk, call, policy, known))
        if ahead is not None and self._awaits is None:
            # on the screen with the key that asked for it; what the store says now follows
            self._verdict(ahead)
            # one on its way is of the service looked at before
            self.void("verdict")
            self.confirm(ask)
        else:
            self.confirm(None)
            self.judging(ask())

    @on(WhatPane.Chosen)
    def _what(self, message: WhatPane.Chosen) -> None:
        if self.call.product_id is None:
            self._caller_first()
            return
        if message.service != self.call.service:
            self.call = replace(self.call, service=message.service, answers=self._of_the_caller())
            self.questions.forget()
        self.keeper.touched()
        self.what.write(message.service)
        self._awaits = "verdict"
        self._preview(message.service)

    @on(VerdictArrived)
    def _decided(self, message: VerdictArrived) -> None:
        self._verdict(message)
        self.look_ahead_again()
        self.desk_app.type_on()

    def _verdict(self, message: VerdictArrived) -> None:
        self.judging(False)
        if message.call.product_id != self.call.product_id:
            return
        if self.what.highlighted is None and message.call.service != self.call.service:
            return
        about = self.what.named(message.call.service or "")
        service = message.call.service
        cover = granted_for(self.who.card, self.who.product, service)
        same = self.open_for(service)
        self.verdict.show(message.decision, about, message.nobody, cover=cover, same=same)
        self.questions.put_aside(service != self.call.service is not None)
        if message.call.service == self.call.service and message.call.answers == self.call.answers:
            for question in message.answered:
                self.questions.put(question, self.call.answers[question.fact])
            self.questions.ask(message.questions)
            if self._awaits == "verdict":
                self._go_to_open_step()
                self.stands_again()
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
        if message.proof is not None:
            self.call = replace(self.call, proofs={**self.call.proofs, message.fact: message.proof})
        self._with_answers({**self.call.answers, message.fact: message.value})

    @on(QuestionsPane.TakenBack)
    def _taken_back(self, message: QuestionsPane.TakenBack) -> None:
        kept: dict[str, Any] = {
            fact: value for fact, value in self.call.answers.items() if fact != message.fact
        }
        self._with_answers(kept)

    def _with_answers(self, answers: dict[str, Any]) -> None:
        self.call = replace(self.call, answers=answers)
        self.keeper.touched()
        if self.call.service is not None:
            self._awaits = "verdict"
            self._preview(self.call.service)

    @on(ThaiInput.BackedOut, "#title")
    @on(ThaiInput.BackedOut, "#answer")
    @on(NotesArea.BackedOut)
    def _backed_out(self) -> None:
        if self._awaits is None:
            self.questions.action_answer_again()

    # --- NOTES and the end

    @on(NotesPane.Typing)
    def _noting(self) -> None:
        self.keeper.touched()

    @on(Said)
    def _refused(self, message: Said) -> None:
        if message.group == "draft":
            # said here, for it says more: that the text is still only on the screen
            message.stop()
            if self.keeper.failed():
                self._not_kept(self.words(message.text))
            self.desk_app.type_on()
            return
        if message.group == "drafts":
            return
        if message.group == "verdict" and self.judged:
            # what stands there is of another service, or of other answers
            self.judging(False)
            self.verdict.show(None)
        if message.group == "take":
            self._unpark()
        if message.group == "log":
            self.keeper.touched()
        if message.group in ("log", "verdict") and message.group == self._awaits:
            self.say_enter()
            self._go_to_open_step()
        self._never_comes(message.group)

    # --- commands

    def action_go_on(self) -> None:
        """Enter, where no field takes it."""
        self._go_to_open_step()

    @on(ThaiInput.Submitted, "#who-text")
    def _enter_who(self) -> None:
        self.who.choose()

    @on(ThaiInput.Submitted, "#what-text")
    def _enter_what(self) -> None:
        if self.call.product_id is None:
            self._caller_first()
        else:
            self.what.choose()

    def action_next_step(self) -> None:
        """The cursor goes to the next step."""
        self.focus_next()

    def action_previous_step(self) -> None:
        """The cursor goes back a step."""
        self.focus_previous()

    def action_new_line(self) -> None:
        """A new line in the notes; elsewhere nothing."""

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
        # once the service is known its list leaves the card some room
        self.who.set_class(not (self.who.has_class("-active") or self.what.has_class("-active")), "-settled")

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        prompts = (self.query_one("#call-prompt", PromptLine), self.query_one(WordsLine))
        for part in (self.who, self.what, self.questions, self.notes, self.verdict, *prompts):
            part.relabel()
        self.on_resize()
        self.query_one(TopLine).relabel()
        self.query_one(LineBar).relabel()
        self.query_one(CommandLine).relabel()


def _holds(step: Widget, focused: Widget | None) -> bool:
    return focused is not None and step in focused.ancestors_with_self
