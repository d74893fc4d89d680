"""What workers bring back from the desk: frozen values in messages, handled by whoever owns the state."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from textual.message import Message

from deskui.dataclass import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from deskui.desk.advicemodel import Asked
    from deskui.desk.api import DeskApi
    from deskui.desk.callmodel import LoggedCall, Ring, VendorDay, WaitingCall
    from deskui.desk.model import (
        Call,
        CallerHit,
        ClockStep,
        CustomerCard,
        Glimpse,
        QueueSnapshot,
        ServiceInfo,
        TicketDetail,
        TicketRow,
        VendorHours,
    )
    from deskui.desk.workmodel import BulkDone, LastStep, Look, Notice, SavedView
    from deskui.policy.decision import Decision, Text
    from deskui.policy.model import Question


@dataclass(eq=False, repr=False)
class Connected(Message):
    """The desk can be asked."""

    desk: DeskApi


@dataclass(eq=False, repr=False)
class NotConnected(Message):
    """The desk could not be opened: what happened, in words for people."""

    text: Text
    advice: str
    """The message that says what to do about it."""


@dataclass(eq=False, repr=False)
class Glimpsed(Message, bubble=False):
    """What is at the top of the queue, while the desk is not open yet; None where that is not known."""

    glimpse: Glimpse | None


@dataclass(eq=False, repr=False)
class Said(Message):
    """The desk said no, or something broke: words to show, and nothing was changed."""

    text: Text
    group: str
    """The work that was refused."""
    broken: bool = False
    """The store could not be reached, or the program itself is at fault."""


@dataclass(eq=False, repr=False)
class Changed(Message, bubble=False):
    """Somebody changed something on the desk."""

    change: int

    def can_replace(self, message: Message) -> bool:
        """Only the newest position counts."""
        return isinstance(message, Changed)


@dataclass(eq=False, repr=False)
class LookersArrived(Message, bubble=False):
    """Who else is looking at which ticket."""

    lookers: Mapping[int, Sequence[str]]

    def can_replace(self, message: Message) -> bool:
        """Only the newest counts."""
        return isinstance(message, LookersArrived)


@dataclass(eq=False, repr=False)
class Reached(Message, bubble=False):
    """The store stopped answering, or answers again."""

    well: bool


@dataclass(eq=False, repr=False)
class TermsArrived(Message):
    """Vendors whose terms cannot be read, by policy id: why."""

    unusable: Mapping[str, Text]


@dataclass(eq=False, repr=False)
class QueueArrived(Message):
    """The order of a view, with the rows of its first lines."""

    look: Look
    snapshot: QueueSnapshot
    rows: Sequence[TicketRow]
    hours: Sequence[VendorHours]
    served_last: Collection[int]
    """Ids of those that others wait before."""
    select: int | None = None
    """The ticket the cursor was to go to when it was asked for."""


@dataclass(eq=False, repr=False)
class RowsArrived(Message):
    """Rows of the queue that were out of sight."""

    rows: Sequence[TicketRow]
    at: datetime


@dataclass(eq=False, repr=False)
class DetailArrived(Message):
    """The ticket under the cursor and its customer."""

    detail: TicketDetail
    card: CustomerCard
    at: datetime


@dataclass(eq=False, repr=False)
class StepsArrived(Message):
    """How a due time comes about."""

    clock_id: int
    steps: Sequence[ClockStep]


@dataclass(eq=False, repr=False)
class TicketChanged(Message):
    """A command was carried out on a ticket."""

    done: str
    """The command: claim, wait …"""
    row: TicketRow
    step: Text | None = None
    """What was taken back."""


@dataclass(eq=False, repr=False)
class NoteKept(Message):
    """A note was written."""

    group: str
    """The work that wrote it."""
    row: TicketRow


@dataclass(eq=False, repr=False)
class ViewsArrived(Message):
    """The agent's own views."""

    views: Sequence[SavedView]
    kept: str = ""
    """Name of the one that was just kept."""


@dataclass(eq=False, repr=False)
class NoticesArrived(Message):
    """What happened to my tickets without me."""

    notices: Sequence[Notice]


@dataclass(eq=False, repr=False)
class StepArrived(Message):
    """What could be taken back on a ticket."""

    row: TicketRow
    step: LastStep | None


@dataclass(eq=False, repr=False)
class TargetArrived(Message):
    """The ticket another one is to be merged into."""

    row: TicketRow
    target: TicketRow
    same_customer: bool


@dataclass(eq=False, repr=False)
class BulkArrived(Message):
    """What became of many tickets."""

    act: str
    """The command: claim, wait …"""
    done: Sequence[BulkDone]


@dataclass(eq=False, repr=False)
class Told(Message):
    """Something was told to the desk that needs no answer."""

    group: str


@dataclass(eq=False, repr=False)
class ChoicesArrived(Message):
    """What a severity may be."""

    question: Question
    about: int
    """The ticket it was asked for."""


@dataclass(eq=False, repr=False)
class CallersArrived(Message):
    """Callers for what was typed."""

    text: str
    hits: Sequence[CallerHit]


@dataclass(eq=False, repr=False)
class CardArrived(Message):
    """A customer."""

    card: CustomerCard
    services: Sequence[ServiceInfo]


@dataclass(eq=False, repr=False)
class ServicesArrived(Message):
    """What a caller may ask a vendor for, and what the product chosen is entitled to."""

    services: Sequence[ServiceInfo]
    card: CustomerCard


@dataclass(eq=False, repr=False)
class DraftsArrived(Message):
    """My unfinished calls, newest first, with their customers' names."""

    drafts: Sequence[Call]
    names: Sequence[str]


@dataclass(eq=False, repr=False)
class VerdictArrived(Message):
    """The verdict for a call as it stood, with the questions it asks."""

    call: Call
    decision: Decision
    questions: Sequence[Question]
    answered: Sequence[Question] = ()
    """Those of a draft that were answered before."""
    nobody: Mapping[str, Text] = field(default_factory=dict)
    """What the decision says that nobody knows: the text of its question by fact."""


@dataclass(eq=False, repr=False)
class DraftKept(Message):
    """The call is in the store."""

    call: Call


@dataclass(eq=False, repr=False)
class Dropped(Message):
    """A draft was thrown away."""


@dataclass(eq=False, repr=False)
class CallLogged(Message):
    """The call is a ticket now."""

    detail: TicketDetail


@dataclass(eq=False, repr=False)
class QuestionsWait(Message, bubble=False):
    """What waits for the supervisor, the oldest first."""

    questions: Sequence[Asked]

    def can_replace(self, message: Message) -> bool:
        """Only the newest reading counts."""
        return isinstance(message, QuestionsWait)


@dataclass(eq=False, repr=False)
class LinesArrived(Message, bubble=False):
    """Who rings and who waits."""

    asked: int
    """Which question this answers."""
    rings: Sequence[Ring]
    waiting: Sequence[WaitingCall]


@dataclass(eq=False, repr=False)
class CallTaken(Message):
    """A call to go on with: from a ring, a missed call, or one that waited."""

    call: Call


@dataclass(eq=False, repr=False)
class CallEnded(Message):
    """A call or a missed call ended without a ticket."""

    logged: LoggedCall


@dataclass(eq=False, repr=False)
class CallBack(Message):
    """How a call ended was taken back; the call, where there is one to go on with."""

    call: Call | None


@dataclass(eq=False, repr=False)
class MissedArrived(Message):
    """The missed call under the cursor, with its customer where one is known; None when it has ended."""

    ring: Ring | None
    card: CustomerCard | None


@dataclass(eq=False, repr=False)
class HoursArrived(Message):
    """That the vendor of a product is closed, and when it opens; None while it is open or nobody can say."""

    policy: str
    closed: Text | None


@dataclass(eq=False, repr=False)
class DaysArrived(Message):
    """What may be done for each vendor's customers."""

    days: Sequence[VendorDay]


@dataclass(eq=False, repr=False)
class FoundArrived(Message):
    """What the find window found."""

    text: str
    hits: Sequence[CallerHit]
    tickets: Sequence[TicketRow]
