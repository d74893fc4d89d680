"""Verdicts known before they are looked at: the list of services is walked without asking the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.keys import key_to_character
from textual.message import Message
from textual.timer import Timer

from deskui.tui.arrivals import VerdictArrived
from deskui.tui.screens.call_advice import MACHINE, nobody_knows
from deskui.tui.screens.call_follow import CallFollow
from deskui.tui.typeahead import AtOnce

if TYPE_CHECKING:
    from datetime import datetime

    from deskui.desk.api import DeskApi
    from deskui.desk.model import Call

__all__ = ["Ahead", "AheadArrived", "CallAhead", "verdict_of"]


CONFIRM_AFTER = 0.1
"""Seconds the cursor rests on a service before the store is asked whether what was known ahead holds."""
LATE_AFTER = 0.3
"""Seconds after which a verdict that is still awaited has the one before it marked as such."""
FILTERS = ("backspace", "delete")
"""Keys besides letters that filter the services."""
WALKS = {"call.down": 1, "call.up": -1}
"""Commands that walk a list, and by how many lines."""


@dataclass(eq=False, repr=False)
class AheadArrived(Message):
    """Verdicts of the caller's services, at the aware instant `at`; asked for in the round `asked`."""

    verdicts: Sequence[VerdictArrived]
    at: datetime
    asked: int


class Ahead:
    """What each service of the caller's product would be answered with, as long as that holds."""

    def __init__(self) -> None:
        self._found: Sequence[VerdictArrived] = ()
        self._at: datetime | None = None
        self._wanted: tuple[int, datetime] | None = None
        self.asked = 0
        """The round: what was asked for in an earlier one may have been read before a change."""

    def put(self, message: AheadArrived) -> None:
        """Keeps the newest verdicts, but for those asked for before the last `forget`."""
        if message.asked == self.asked:
            self._found, self._at = message.verdicts, message.at

    def forget(self) -> None:
        """Somebody changed something, or it is another caller."""
        self._found, self._at = (), None
        self.asked += 1

    def stale(self, now: datetime) -> bool:
        """Whether nothing is known for this minute, nor asked for: true once, for who asks then."""
        wanted = (self.asked, _minute(now))
        known = self._at is not None and _minute(self._at) == wanted[1]
        before, self._wanted = self._wanted, wanted
        return not known and before != wanted

    def of(self, call: Call, now: datetime) -> VerdictArrived | None:
        """The verdict for a call as it stands; None where it is not known for certain."""
        # an office closes on the minute
        if self._at is None or now < self._at or _minute(now) != _minute(self._at):
            return None
        return next((found for found in self._found if _same(found.call, call)), None)


class CallAhead(CallFollow, AtOnce):
    """The half of the Call screen that walks its lists, and asks for verdicts before they are looked at."""

    def __init__(self, phone: str | None = None, call: Call | None = None) -> None:
        super().__init__(phone, call)
        self.ahead = Ahead()
        """The verdicts a walk through the services passes."""
        self._confirming: Timer | None = None
        self.judged = False
        """Whether the verdict of what is highlighted is on its way."""
        self._late: Timer | None = None

    # --- walking

    def in_one_frame(self, event: events.Key | events.Paste) -> bool:
        """A key that filters the services, and the verdict which that brings."""
        filters = isinstance(event, events.Key) and (event.is_printable or event.key in FILTERS)
        return filters and self.what.field.has_focus

    async def take_key(self, key: str) -> bool:
        """A key that walks the services is seen through here: messages would take longer than all it does."""
        field, keys = self.what.field, self.desk_app.keys
        if not field.has_focus or field.check_consume_key(key, key_to_character(key)):
            return False
        for command, by in WALKS.items():
            if key in keys.of(command):
                self._walk(by)
                field.stay_lit()
                return True
        return False

    def action_list_down(self) -> None:
        """Next line of the list of this step."""
        self._walk(1)

    def action_list_up(self) -> None:
        """Line before."""
        self._walk(-1)

    def _walk(self, by: int) -> None:
        if self.what.field.has_focus:
            service = self.what.move(by)
            if service is not None:
                self.look_at(service)
        elif self.who.field.has_focus:
            self.who.move(by)

    def look_at(self, service: str) -> None:
        """The cursor is on another service: its verdict is wanted."""
        self.keeper.touched()
        self._preview(service)

    # --- verdicts before they are looked at

    def confirm(self, ask: Callable[[], object] | None) -> None:
        """Asks the store soon whether what was shown ahead holds, if nothing else is looked at before."""
        if self._confirming is not None:
            self._confirming.stop()
        self._confirming = None if ask is None else self.set_timer(CONFIRM_AFTER, ask)

    def judging(self, awaited: bool) -> None:
        """The verdict is on its way, or is no longer; one that takes its time is not to be read before."""
        self.judged = awaited
        if not awaited:
            if self._late is not None:
                self._late.stop()
                self._late = None
            self.verdict.mark_old(False)
        elif self._late is None:
            self._late = self.set_timer(LATE_AFTER, partial(self.verdict.mark_old, True))

    def look_ahead_again(self) -> None:
        """Asks anew where what was known ahead holds no more, while a service is still to be chosen."""
        if self.call.service is None and self.ahead.stale(self.now()):
            self.look_ahead()

    def look_ahead(self) -> None:
        """Asks for the verdicts of all services of the caller's product."""
        product = self.who.product
        if product is None:
            return
        call = replace(self.call, answers=self._of_the_caller())
        services = self.what.services
        asked = self.ahead.asked
        self.fetch("ahead", lambda desk: verdicts_ahead(desk, call, product.policy, services, asked))

    @on(AheadArrived)
    def _seen_ahead(self, message: AheadArrived) -> None:
        self.ahead.put(message)

    def _empty(self) -> None:
        """What was awaited was of the call before."""
        super()._empty()
        self.judging(False)

    def changed(self, change: int) -> None:
        """Somebody changed something: verdicts may be others."""
        super().changed(change)
        self.ahead.forget()


def _minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


def _same(one: Call, other: Call) -> bool:
    return (one.product_id, one.service, one.answers) == (other.product_id, other.service, other.answers)


def verdict_of(desk: DeskApi, call: Call, policy: str, known: Sequence[str] = ()) -> VerdictArrived:
    """The verdict with its questions, and those the answers were given to but for the `known` facts.

    For a thread. Raises what the desk raises.
    """
    decision = desk.preview(call)
    service = call.service
    return VerdictArrived(
        call,
        decision,
        tuple(desk.question(policy, fact, service) for fact in decision.needs),
        tuple(
            desk.question(policy, fact, service)
            for fact in call.answers
            if fact != MACHINE and fact not in known
        ),
        nobody_knows(desk, policy, decision),
    )


def verdicts_ahead(
    desk: DeskApi, call: Call, policy: str, services: Sequence[str], asked: int
) -> AheadArrived:
    """The verdict of each of `services`, for the round `asked`.

    One that the desk refuses is left out: what it says is told when the service is looked at.
    """
    from deskui.desk.errors import DeskError  # noqa: PLC0415 - in the thread, as all of the desk

    at = desk.now()
    found = []
    for service in services:
        try:
            found.append(verdict_of(desk, replace(call, service=service), policy))
        except DeskError:
            continue
    return AheadArrived(tuple(found), at, asked)
