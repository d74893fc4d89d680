"""How screens and panes come to their words and their time: through the app they are part of."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.dom import DOMNode

if TYPE_CHECKING:
    from deskui.policy.decision import Text
    from deskui.tui.app import DeskApp
    from deskui.tui.messages import Say


class Speaking(DOMNode):
    """What a screen or pane of deskui is besides a widget."""

    @property
    def desk_app(self) -> DeskApp:
        """The app, as what it is."""
        from deskui.tui.app import DeskApp  # noqa: PLC0415 - the app is made of screens

        app = self.app
        assert isinstance(app, DeskApp)
        return app

    @property
    def say(self) -> Say:
        """The words of the screens."""
        return self.desk_app.say

    @property
    def language(self) -> str:
        """The language that is on: th or en."""
        return self.desk_app.say.language

    def words(self, text: Text) -> str:
        """A text of a policy or of the desk in the language that is on."""
        return self.say.words(text)

    def relabel(self) -> None:
        """Says everything anew in the language that is on."""

    def now(self) -> datetime:
        """The instant, in UTC."""
        return self.desk_app.clock.now()

    @property
    def zone(self) -> ZoneInfo:
        """The zone people read times in; never that of the machine."""
        return self.desk_app.zone
