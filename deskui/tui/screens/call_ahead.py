"""Verdicts known before they are looked at: the list of services is walked without asking the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from deskui.tui.arrivals import VerdictArrived
from deskui.tui.screens.call_advice import MACHINE, nobody_knows
from deskui.tui.screens.call_follow import CallFollow

if TYPE_CHECKING:
    from datetime import datetime

    from deskui.desk.api import DeskApi
    from deskui.desk.model import Call

__all__ = ["Ahead", "AheadArrived", "CallAhead", "verdict_of"]


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

    def of(self, call: Call, now: datetime) -> VerdictArrived | None:
        """The verdict for a call as it stands; None where it is not known for certain."""
        # an office closes on the minute
        if self._at is None or now < self._at or _minute(now) != _minute(self._at):
            return None
        return next((found for found in self._found if _same(found.call, call)), None)


class CallAhead(CallFollow):
    """The half of the Call screen that asks for verdicts before they are looked at."""

    def __init__(self, phone: str | None = None, call: Call | None = None) -> None:
        super().__init__(phone, call)
        self.ahead = Ahead()
        """The verdicts a walk through the services passes."""

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
