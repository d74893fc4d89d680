"""What is shown when the desk cannot be opened: what happened, where, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from deskui.desk.errors import NotFound, StoreFailure, TermsFailure
from deskui.tui.keys import both
from deskui.tui.screens.base import DeskUiScreen
from deskui.tui.text import shown, shown_lines

if TYPE_CHECKING:
    from deskui.policy.decision import Text

__all__ = ["FailedScreen", "advice_on"]


def advice_on(failure: Exception) -> str:
    """The message that says what to do when the desk cannot be opened because of `failure`."""
    if isinstance(failure, TermsFailure):
        return "failed.terms"
    if isinstance(failure, NotFound):
        return "failed.agent"
    return "failed.store" if isinstance(failure, StoreFailure) else "failed.log"


class FailedScreen(DeskUiScreen):
    """No desk, and no traceback either."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both("r"), "again", show=False),
        Binding(both("q"), "leave", show=False),
        Binding(both("L") + ",f2", "app.language", show=False),
    ]

    def __init__(self, text: Text, advice: str) -> None:
        super().__init__()
        self._text = text
        self._advice = advice

    def compose(self) -> ComposeResult:
        """One box."""
        with Vertical(id="failed"):
            yield Static(id="failed-what")
            yield Static(id="failed-do")

    def on_mount(self) -> None:
        """Says it."""
        self.relabel()

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        box = self.query_one("#failed")
        box.border_title = Content(self.say("failed.title"))
        what = [shown(self.say("failed.what"), style="bold $text-error"), shown_lines(self.words(self._text))]
        advice = self.say(self._advice, log=self.desk_app.log_file())
        do = [shown(self.say("failed.do"), style="bold $text-accent"), shown_lines(advice)]
        self.query_one("#failed-what", Static).update(Content("\n").join(what))
        self.query_one("#failed-do", Static).update(Content("\n").join(do))

    def connected(self) -> None:
        """It is open after all."""
        self.desk_app.pop_screen()

    def action_again(self) -> None:
        """Tries once more."""
        self.query_one("#failed-do", Static).update(shown(self.say("failed.again")))
        self.desk_app.open_desk()

    def action_leave(self) -> None:
        """Ends."""
        self.app.exit()
