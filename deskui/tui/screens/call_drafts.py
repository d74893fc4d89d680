"""Keeping, restoring and dropping unfinished calls: the half of the Call screen that the store remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from deskui.desk.model import Call
from deskui.tui.arrivals import DraftKept, DraftsArrived
from deskui.tui.drafts import DraftKeeper, worth_keeping
from deskui.tui.panes.notes import NotesPane
from deskui.tui.panes.questions import QuestionsPane
from deskui.tui.panes.verdict import VerdictPane
from deskui.tui.panes.what import WhatPane
from deskui.tui.panes.who import WhoPane
from deskui.tui.screens.base import DeskUiScreen
from deskui.tui.telling import Teller

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi

__all__ = ["CallDrafts"]


class CallDrafts(DeskUiScreen):
    """A call as it stands, its parts on the screen, and its draft."""

    def __init__(self, phone: str | None = None) -> None:
        super().__init__()
        self.call = Call(phone=phone)
        """The call as it stands."""
        self._awaits: str | None = None
        self._sure = False
        self._offered = phone is not None
        self.keeper = DraftKeeper(self, self._current)

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

    def _arrived(self) -> None:
        self._awaits = None
        self.who.heard()
        self.desk_app.type_on()

    # --- drafts

    def _drafts(self, desk: DeskApi) -> DraftsArrived:
        drafts = tuple(desk.drafts())
        tell = Teller.of(self)
        names = []
        for draft in drafts:
            who = (
                desk.customer_card(draft.customer_id).name
                if draft.customer_id
                else draft.query or draft.phone or ""
            )
            at = tell.moment(draft.started_at) if draft.started_at else ""
            names.append(self.say("call.draft", at=at, who=who, what=draft.title or draft.notes))
        return DraftsArrived(drafts, names)

    @on(DraftsArrived)
    def _offer(self, message: DraftsArrived) -> None:
        first = not self._offered
        self._offered = True
        self.who.offer(message.drafts, message.names)
        if first and message.drafts and not worth_keeping(self._current()):
            self._resume(message.drafts[0])
            self.desk_app.toast(self.say("call.restored"))

    @on(WhoPane.Resumed)
    def _resumed(self, message: WhoPane.Resumed) -> None:
        self._when_kept(partial(self._resume, message.call))

    def _resume(self, call: Call) -> None:
        self.call = call
        self.keeper.resume(call)
        self.who.field.value = call.query
        self.notes.put(call.title, call.notes)
        if call.customer_id is not None:
            self._awaits = "card"
            self.who.load(call.customer_id, call.contact_id, call.product_id)
        else:
            self._arrived()

    def _current(self) -> Call:
        return replace(
            self.call,
            query=self.who.text,
            service=self.call.service or self.what.leaning,
            title=self.notes.title_field.value,
            notes=self.notes.area.text,
        )

    @on(DraftKept)
    def _kept(self, message: DraftKept) -> None:
        self.keeper.kept(message.call)
        self.desk_app.type_on()

    def _not_kept(self, why: str) -> None:
        self.desk_app.toast(self.say("call.not_kept", why=why), severe=True)

    def _when_kept(self, after: Callable[[], None]) -> None:
        """Does what takes the call off the screen once the store has it."""
        if not self.keeper.when_kept(after):
            self._not_kept(self.say("app.connecting"))

    def action_keep(self) -> None:
        """Back to the desk; the draft stays."""
        self._when_kept(self._leave)

    def _leave(self) -> None:
        if self.is_current:
            self.desk_app.pop_screen()
            if self.keeper.draft_id is not None:
                self.desk_app.toast(self.say("call.kept"))

    def action_fresh(self) -> None:
        """Keeps this draft and starts another call."""
        self._when_kept(self._start_over)

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

            self.fetch("drop", job, keep=True)
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
        self._arrived()
        self.fetch("drafts", self._drafts)
