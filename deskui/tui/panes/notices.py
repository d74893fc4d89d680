"""The line that says what happened to my tickets without me; away while there is nothing to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from deskui.tui.speaking import Speaking
from deskui.tui.text import assembled, cut

if TYPE_CHECKING:
    from deskui.desk.workmodel import Notice

__all__ = ["NoticeLine"]

TITLE = 20
"""Columns of a title: who, which and why come first."""


class NoticeLine(Widget, Speaking):
    """The newest message, and how many more; it stays until the agent puts it away."""

    def __init__(self) -> None:
        super().__init__(id="notices")
        self.notices: Sequence[Notice] = ()

    def show(self, notices: Sequence[Notice]) -> None:
        """Shows these messages, oldest first as the desk has them."""
        self.notices = tuple(notices)
        self.set_class(bool(self.notices), "-on")
        self.refresh()

    def render(self) -> Content:
        """One line."""
        if not self.notices:
            return assembled([])
        newest = self.notices[-1]
        key = "notice.given" if newest.kind == "given" else "notice.taken"
        words = self.say(key, who=newest.by or "—", number=newest.number, title=cut(newest.title, TITLE))
        if newest.reason:
            words = self.say("notice.why", what=words, reason=newest.reason)
        if len(self.notices) > 1:
            words = self.say("notice.more", what=words, n=len(self.notices) - 1)
        away = self.say("notice.away")
        room = max(self.size.width - cell_len(away) - 2, 10)
        return assembled([(cut(words, room), "bold"), (f"  {away}", "$text-muted")])

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.refresh()
