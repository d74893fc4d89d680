"""Frozen values about calls that are no tickets: rings, calls that wait, the call log, what a day allows.

What `deskui.desk.model` says of instants and dates holds here too.
"""

from __future__ import annotations

from datetime import datetime

from deskui.dataclass import dataclass
from deskui.policy.decision import Text

MOST_CALLS = 4
"""Calls an agent may have at once: the one that is spoken and those that wait."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the agent stands on the Call screen, so that a call that waited goes on as it was left."""

    step: str = "who"
    """What has the cursor: who, products, what, questions, answer, title or notes."""
    cursor: tuple[int, int] = (0, 0)
    """Line and column of the cursor in a text field."""
    filter: str = ""
    """What is typed in WHAT, or in the field of an answer."""
    taken: bool = False
    """Whether the service was chosen, and not only looked at."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A number that rings, was missed, or was taken up and is not done with."""

    ring_id: int
    number: str
    """As shown to the agent (national format)."""
    customer_id: int | None
    contact_id: int | None
    customer: str | None
    """Whose number it is; None when nobody's or that of several."""
    contact: str | None
    product: str | None
    """What they bought, where it is one thing only."""
    to: str | None
    """Code of the agent it is for; None for whoever is free."""
    rang_at: datetime
    """The first time that nobody answered yet."""
    last_at: datetime
    until_at: datetime
    """Up to here it rings, from here on it is missed."""
    times: int
    """How often it rang."""
    taken_by: str | None
    """Code of the agent who took it up."""
    taken_at: datetime | None

    @property
    def who(self) -> str:
        """Name, or the bare number."""
        names = [name for name in (self.customer, self.contact) if name]
        return " · ".join(names) or self.number

    def rings(self, at: datetime) -> bool:
        """Whether it rings at `at`."""
        return self.taken_by is None and at < self.until_at

    def missed(self, at: datetime) -> bool:
        """Whether it is to be called back: nobody took it while it rang."""
        return at >= self.until_at and (self.taken_at is None or self.taken_at >= self.until_at)

    def rings_for(self, agent: str, at: datetime) -> bool:
        """Whether it rings on the desk of an agent."""
        return self.rings(at) and self.to in (None, agent)


@dataclass(frozen=True, slots=True)
class WaitingCall:
    """A call that waits while the agent speaks with somebody else."""

    draft_id: int
    who: str
    """Name, number, or what was typed to find them."""
    since: datetime


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """A call that needed no ticket."""

    call_id: int
    at: datetime
    """When it ended."""
    started_at: datetime
    agent: str
    reason: str
    """See `deskui.desk.calllog.REASONS`."""
    number: str | None
    customer: str | None
    contact: str | None
    policy: str | None
    service: str | None
    service_name: Text | None
    outcome: str | None
    """The verdict that stood when it ended."""
    rules: tuple[str, ...]
    said: Text
    """The words that went with the verdict, as they were to be said."""
    title: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """Work that must wait on a day."""

    services: tuple[Text, ...]
    why: Text
    rule: str
    until: datetime | None
    """When it may be done; None where nobody can tell."""
    partly: bool = False
    """Whether only some of it waits: what `why` says."""


@dataclass(frozen=True, slots=True)
class VendorDay:
    """What may be done for the customers of a vendor now, and what must wait."""

    policy: str
    short: Text
    name: Text
    open: bool | None
    """None where the terms do not say."""
    hours: Text
    """Such as "closes 17:00"."""
    restricted: bool
    """Whether it is a day on which some work must wait."""
    served: tuple[Text, ...]
    """What is done now."""
    waits: tuple[Wait, ...]
    always: tuple[Text, ...]
    """What needs nobody: answered at any hour."""
