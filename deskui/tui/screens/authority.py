"""Who may ask in a customer's name: written down on the Desk, by a supervisor."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from deskui.tui.arrivals import Told
from deskui.tui.modals.pick import Choice, PickScreen
from deskui.tui.panes.ticket import Option
from deskui.tui.screens.finding import FindCommands

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi
    from deskui.desk.model import ContactLine

__all__ = ["AuthorityCommands"]

ANSWERS = {"y": True, "n": False, "u": None}
"""What may be written down, by its letter."""


class AuthorityCommands(FindCommands):
    """The command that says who may ask."""

    async def action_authority(self) -> None:
        """Picks one of the people of the customer that is shown, then asks what holds."""
        desk, card = self.desk, self.cover.card
        if desk is None or card is None:
            self.desk_app.toast(self.say("ticket.select"))
            return
        if not desk.agent.supervisor:
            self.desk_app.toast(self.say("may.supervisor"), severe=True)
            return

        def load(_desk: DeskApi) -> Sequence[Choice]:
            return [
                Choice(one, f"{one.name} · {one.phone}", self.say(f"may.{_key(one)}")) for one in card.people
            ]

        screen = PickScreen(
            self.say("may.pick", customer=card.name),
            self.say("may.hint"),
            load,
            empty=self.say("may.nobody"),
        )
        await self.desk_app.push_screen(screen, self._person)

    def _person(self, one: ContactLine | None) -> None:
        if one is None:
            return
        options = [
            Option(letter, self.say(f"may.{_word(may)}"), partial(self._write, one, may))
            for letter, may in ANSWERS.items()
        ]
        self.ask(self.say("may.ask", who=one.name), options)

    def _write(self, one: ContactLine, may: bool | None) -> None:
        def job(desk: DeskApi) -> Told:
            desk.set_authority(one.contact_id, may)
            return Told("authority")

        self.fetch("authority", job, keep=True)

    @on(Told)
    def _written(self, message: Told) -> None:
        if message.group == "authority":
            self.desk_app.toast(self.say("may.done"))
            self.read_detail()


def _key(one: ContactLine) -> str:
    return _word(one.authorised)


def _word(may: bool | None) -> str:
    return {True: "yes", False: "no", None: "unknown"}[may]
