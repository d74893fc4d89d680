"""The parts of the Call screen, and where the agent stands in them: a call that waited goes on as left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deskui.desk.callmodel import Place
from deskui.desk.model import Call
from deskui.tui.panes.notes import NotesPane
from deskui.tui.panes.questions import QuestionsPane
from deskui.tui.panes.verdict import VerdictPane
from deskui.tui.panes.what import WhatPane
from deskui.tui.panes.who import WhoPane
from deskui.tui.screens.base import DeskUiScreen
from deskui.tui.thai import ThaiInput

if TYPE_CHECKING:
    from textual.widget import Widget

__all__ = ["CallPlace"]

STEPS = {
    "who-text": "who",
    "products": "products",
    "what-text": "what",
    "questions": "questions",
    "answer": "answer",
    "title": "title",
    "notes": "notes",
}
"""Name of a place by the widget that has the cursor."""

OF_THE_CALLER = (
    *("customer_id", "contact_id", "product_id", "service", "answers"),
    *("proofs", "problem_id", "question_id", "follows"),
)
"""What of a call is about its caller."""


ANSWERED_BY = {"call": "take"}
"""The work that brings what is awaited, where it is called otherwise."""


class CallPlace(DeskUiScreen):
    """A call as it stands, with its parts on the screen."""

    _told_ending = False
    """Whether the agent was told that the call is just being ended: Esc again leaves it to that."""

    def __init__(self) -> None:
        super().__init__()
        self.call = Call()
        """The call as it stands."""
        self.looked_at: str | None = None
        """The service a call that waited was about to choose."""
        self._awaits: str | None = None
        self._left: Place | None = None
        self._prompted_from: Widget | None = None
        self._before: Call | None = None
        """The call as it was before the caller's name or number was typed over."""

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
        """What was awaited is here: keys go on."""
        self._awaits = None
        self._told_ending = False
        self.who.heard()
        self.desk_app.type_on()

    def _never_comes(self, group: str) -> None:
        """The work of a group was refused: keys that waited for just that go on."""
        if self._awaits is None:
            wanted = self.who.pending and group in ("callers", "card")
        else:
            wanted = group == ANSWERED_BY.get(self._awaits, self._awaits)
        if wanted:
            self._arrived()
        else:
            self.desk_app.type_on()

    # --- another caller, or the same after all

    def _remember(self) -> None:
        """Nobody is the caller any more; what was asked of the former one is kept in case it is the same."""
        if self.call.product_id is not None:
            self._before = self.call
        nobody = Call()
        self.call = replace(self.call, **{name: getattr(nobody, name) for name in OF_THE_CALLER})

    def _same_again(self, product_id: int) -> bool:
        """Takes up service and answers where they left off, if the same product was chosen again."""
        before, self._before = self._before, None
        if before is None or before.product_id != product_id or self.call.product_id is not None:
            return False
        self.call = replace(self.call, **{name: getattr(before, name) for name in OF_THE_CALLER})
        return before.service is not None

    # --- where the agent stands

    def _place(self) -> Place | None:
        """Where the cursor is; before anything is there to go back to, nowhere in particular."""
        focused = self.focused if self._prompted_from is None else self._prompted_from
        if self._left is not None:
            # on the way back to where it was left
            return self._left
        if focused is None or focused.id not in STEPS:
            return self.call.place
        cursor = (0, 0)
        if isinstance(focused, ThaiInput):
            cursor = (0, focused.cursor_position)
        elif focused.id == "notes":
            cursor = self.notes.area.cursor_location
        typed = self.query_one("#answer", ThaiInput) if focused.id == "answer" else self.what.field
        return Place(STEPS[focused.id], cursor, typed.value, self.call.service is not None)

    def goes_on(self) -> bool:
        """Goes on where a call that waited was left, now that its services are here; False for any other."""
        place = self._left
        if place is None:
            return False
        if self.call.service is not None:
            # what is asked, and what was answered, comes with the verdict
            self._awaits = "verdict"
            self.what.write(self.call.service)
            self._preview(self.call.service)
            return True
        if place.step in ("what", "title", "notes"):
            self.what.look_at(place.filter, self.looked_at)
        self._stand(place)
        self._arrived()
        return True

    def _preview(self, service: str) -> None:
        """Asks for the verdict."""
        raise NotImplementedError

    def stands_again(self) -> None:
        """Puts the cursor where it was, after the verdict is here."""
        self._stand(self._left)

    def _stand(self, place: Place | None) -> None:
        self._left = None
        if place is None:
            return
        field: Widget | None = None
        if place.step in ("title", "notes"):
            field = self.notes.title_field if place.step == "title" else self.notes.area
        elif place.step in ("questions", "answer"):
            field = self.questions.target
            if place.step == "answer" and isinstance(field, ThaiInput):
                field.value = place.filter
        elif place.step == "what" and self.call.product_id is not None:
            field = self.what.field
        elif place.step == "who":
            field = self.who.field
        if field is None:
            return
        if isinstance(field, ThaiInput):
            field.cursor_position = place.cursor[1]
        elif field is self.notes.area:
            self.notes.area.move_cursor(place.cursor)
        self._focus_as_it_is(field)

    def _focus_as_it_is(self, widget: Widget) -> None:
        """Puts the cursor back without selecting what is in the field: the next key adds to it."""
        if not isinstance(widget, ThaiInput):
            self.set_focus(widget)
            return
        widget.select_on_focus = False
        self.set_focus(widget)
        # behind the event of the focus in the same queue
        widget.call_later(setattr, widget, "select_on_focus", True)
