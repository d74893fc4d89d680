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

FRESH = 60.0
"""Seconds after which a verdict may be another one: an office closes on the minute."""


@dataclass(eq=False, repr=False)
class AheadArrived(Message):
    """Verdicts of the caller's services, at the aware instant `at`."""

    verdicts: Sequence[VerdictArrived]
    at: datetime


class Ahead:
    """What each service of the caller's product would be answered with, as long as that holds."""

    def __init__(self) -> None:
        self._found: Sequence[VerdictArrived] = ()
        self._at: datetime | None = None

    def put(self, message: AheadArrived) -> None:
        """Keeps the newest verdicts."""
        self._found, self._at = message.verdicts, message.at

    def forget(self) -> None:
        """Somebody changed something, or it is another caller."""
        self._found, self._at = (), None

    def of(self, call: Call, now: datetime) -> VerdictArrived | None:
        """The verdict for a call as it stands; None where it is not known for certain."""
        if self._at is None or not 0 <= (now - self._at).total_seconds() < FRESH:
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
        self.fetch("ahead", lambda desk: verdicts_ahead(desk, call, product.policy, services))

    @on(AheadArrived)
    def _seen_ahead(self, message: AheadArrived) -> None:
        self.ahead.put(message)

    def changed(self, change: int) -> None:
        """Somebody changed something: verdicts may be others."""
        super().changed(change)
        self.ahead.forget()


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


def verdicts_ahead(desk: DeskApi, call: Call, policy: str, services: Sequence[str]) -> AheadArrived:
    """The verdict of each of `services`.

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
    return AheadArrived(tuple(found), at)
