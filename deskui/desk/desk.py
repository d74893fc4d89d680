"""The desk: every use case behind one face. See `DeskApi` for what each method promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from deskui.clock import Clock
from deskui.desk.advicedesk import AdviceDesk
from deskui.desk.board import Board
from deskui.desk.calldesk import CallDesk
from deskui.desk.calllog import CallLogBook
from deskui.desk.calls import CallBook, Verdict
from deskui.desk.customers import CustomerBook
from deskui.desk.drafts import DraftBook
from deskui.desk.erasing import EraseBook
from deskui.desk.errors import NotFound
from deskui.desk.goalbook import GoalBook
from deskui.desk.holidays import HolidayBook
from deskui.desk.hours import vendor_hours
from deskui.desk.looking import Lookout
from deskui.desk.model import (
    Agent,
    Call,
    CallerHit,
    ClockStep,
    CustomerCard,
    QueueSnapshot,
    ServiceInfo,
    TicketDetail,
    TicketRow,
    VendorHours,
)
from deskui.desk.overdue import record_breaches
from deskui.desk.planrecords import ReplanRecord
from deskui.desk.ports import UowFactory
from deskui.desk.questions import question_for
from deskui.desk.reading import Reader
from deskui.desk.replan import Told, finish
from deskui.desk.ringrows import in_order, with_rings
from deskui.desk.rings import RingBook
from deskui.desk.settled import ReadingBook
from deskui.desk.team import TeamBook
from deskui.desk.terms import PolicySource, Terms
from deskui.desk.tickets import TicketBook
from deskui.desk.together import TogetherBook
from deskui.desk.undoing import UndoBook
from deskui.desk.work import Means
from deskui.desk.workdesk import WorkDesk
from deskui.policy.decision import Decision, Text
from deskui.policy.model import Question


class Desk(CallDesk, WorkDesk, AdviceDesk):
    """The desk over a store. Safe to use from several threads."""

    def __init__(
        self,
        uow: UowFactory,
        library: PolicySource,
        clock: Clock,
        agent: Agent,
        *,
        last_change: Callable[[], int] | None = None,
        close: Callable[[], None] | None = None,
    ) -> None:
        self.agent = agent
        self._means = Means(uow, Terms(library), clock, agent)
        self._last_change = last_change
        self._close = close
        self._board = Board(self._means)
        self._calls = CallBook(self._means, self._board.covered)
        self._call_log = CallLogBook(self._means, self._calls)
        self._rings = RingBook(self._means)
        self._reader = Reader(self._means)
        self._customers = CustomerBook(self._means, self._reader.rows)
        self._drafts = DraftBook(self._means)
        self._tickets = TicketBook(self._means, self._board.covered)
        self._team = TeamBook(self._means, self._board.covered)
        self._undo = UndoBook(self._means)
        self._together = TogetherBook(self._means)
        self._lookout = Lookout(self._means, self.queue, self.rows)
        self.holidays = HolidayBook(self._means)
        """The desk's own changes of the holiday sets."""
        self.readings = ReadingBook(self._means)
        """The readings that a supervisor settled."""
        self.goals = GoalBook(self._means)
        """The goals that the desk sets itself."""
        self.erasing = EraseBook(self._means)
        """What is erased on request."""
        self._set_up_advice()

    def shut(self) -> None:
        """Lets go of the store."""
        if self._close is not None:
            self._close()

    def now(self) -> datetime:
        """The desk's instant, in UTC."""
        return self._means.clock.now()

    def find_callers(self, text: str, limit: int = 20) -> Sequence[CallerHit]:
        """Customers and contacts by any fragment of number, name or code, best first."""
        return self._customers.find(text, limit)

    def customer_card(self, customer_id: int, product_id: int | None = None) -> CustomerCard:
        """A customer with entitlements of one product (the first one in force if not said)."""
        return self._customers.card(customer_id, product_id)

    def services(self, policy: str) -> Sequence[ServiceInfo]:
        """The services of a vendor a caller may ask for, in the order of its policy file."""
        services = self._means.terms.policy(policy).services.values()
        return tuple(ServiceInfo(s.id, s.name, tuple(s.keywords)) for s in services if s.call)

    def question(self, policy: str, fact: str, service: str | None = None) -> Question:
        """How to ask for a missing fact; of a service, with only the choices that are answers there."""
        return question_for(self._means.terms.policy(policy), fact, service)

    def preview(self, call: Call) -> Decision:
        """The verdict for the call as it stands; nothing is stored."""
        return self._calls.verdict(call).decision

    def verdict(self, call: Call) -> Verdict:
        """The same with the facts and terms it rests on."""
        return self._calls.verdict(call)

    def customer_id(self, code: str) -> int:
        """The customer of that code, in capitals or as typed; raises NotFound."""
        return self._customers.coded(code)

    def ticket_id(self, number: int) -> int:
        """The ticket that people call by this number; raises NotFound."""
        with self._means.uow() as uow:
            found = uow.tickets.by_number(number)
        if found is None:
            raise NotFound(
                Text(f"ไม่มีเรื่อง #{number} ดูในคิว", f"There is no ticket #{number}: look in the queue")
            )
        return found.ticket_id

    def read_holidays(self) -> None:
        """Puts the desk's own holidays and settled hours into the terms; `queue` does so too."""
        with self._means.uow() as uow:
            self._means.terms.adjust(uow.holidays.all(), uow.readings.all())

    def hours_line(self, at: datetime) -> Sequence[VendorHours]:
        """Until when each vendor in use is open, or when it opens."""
        with self._means.uow() as uow:
            used = set(uow.products.policies())
        terms = self._means.terms
        policies = [terms.as_settled(name) for name in terms.ids if name in used]
        return tuple(vendor_hours(policy, at) for policy in policies)

    def unusable_terms(self) -> Mapping[str, Text]:
        """Vendors whose terms cannot be read, by policy id: what is wrong and where."""
        return self._means.terms.unusable

    def open_ticket(self, call: Call) -> TicketDetail:
        """Logs the call: decision, quota, clocks, event and change in one transaction; ends the draft."""
        return self._reader.detail(self._calls.open_ticket(call))

    def queue(self, view: str = "all") -> QueueSnapshot:
        """The ordered open tickets of a view: all, mine, callbacks, waiting, breached, today, or a policy
        id.
        """
        at = self.now()
        return with_rings(self._board.snapshot(view, at), self.rings(), at)

    def rows(self, ticket_ids: Sequence[int]) -> Sequence[TicketRow]:
        """Rows in the order asked for; ids that are gone are left out. At most 500 at a time."""
        rings = self.ring_rows(ticket_ids)
        if not rings:
            return self._reader.rows(ticket_ids)
        tickets = self._reader.rows([one for one in ticket_ids if one not in rings])
        return in_order(ticket_ids, rings, {row.ticket_id: row for row in tickets})

    def ticket(self, ticket_id: int) -> TicketDetail:
        """One ticket, whole."""
        return self._reader.detail(ticket_id)

    def explain(self, clock_id: int) -> Sequence[ClockStep]:
        """How the due time of a clock comes about; counted parts add up to its goal."""
        return self._reader.explain(clock_id)

    def claim(self, ticket_id: int, version: int, reason: str = "") -> TicketRow:
        """Makes the ticket mine; a new one becomes open. One that is served last needs a reason."""
        self._tickets.claim(ticket_id, version, reason)
        return self._reader.row(ticket_id)

    def release(self, ticket_id: int, version: int) -> TicketRow:
        """Gives the ticket back to the queue."""
        self._tickets.release(ticket_id, version)
        return self._reader.row(ticket_id)

    def note(self, ticket_id: int, text: str) -> TicketDetail:
        """Adds a note; Refused when it is empty."""
        self._tickets.note(ticket_id, text)
        return self._reader.detail(ticket_id)

    def wait(self, ticket_id: int, version: int, reason: str = "") -> TicketRow:
        """Waiting for the customer: pauses its clocks, keeping what was spent."""
        self._tickets.wait(ticket_id, version, reason)
        return self._reader.row(ticket_id)

    def resume(self, ticket_id: int, version: int) -> TicketRow:
        """The customer answered: plans the rest of each clock from now."""
        self._tickets.resume(ticket_id, version)
        return self._reader.row(ticket_id)

    def change_severity(self, ticket_id: int, version: int, severity: str) -> TicketRow:
        """Decides again with the new severity and re-plans what is left of its clocks."""
        self._tickets.change_severity(ticket_id, version, severity)
        return self._reader.row(ticket_id)

    def meet(self, ticket_id: int, version: int, kind: str) -> TicketRow:
        """Marks the target of this kind as met now."""
        self._tickets.meet(ticket_id, version, kind)
        return self._reader.row(ticket_id)

    def resolve(self, ticket_id: int, version: int, text: str = "") -> TicketRow:
        """Solved: meets or ends its clocks."""
        self._tickets.resolve(ticket_id, version, text)
        return self._reader.row(ticket_id)

    def reopen(self, ticket_id: int, version: int) -> TicketRow:
        """Not solved after all: clocks resume; time while resolved does not count."""
        self._tickets.reopen(ticket_id, version)
        return self._reader.row(ticket_id)

    def close(self, ticket_id: int, version: int) -> TicketRow:
        """Done with; takes the ticket out of the queue."""
        self._tickets.close(ticket_id, version)
        return self._reader.row(ticket_id)

    def save_draft(self, call: Call) -> Call:
        """Keeps an unfinished call; the answer carries its `draft_id`."""
        return self._drafts.save(call)

    def drafts(self) -> Sequence[Call]:
        """My unfinished calls, newest first."""
        return self._drafts.all()

    def drop_draft(self, draft_id: int) -> None:
        """Forgets an unfinished call; a missed call it was about waits in the queue again."""
        self._rings.drop_draft(draft_id)

    def last_change(self) -> int:
        """Position of the newest entry of the change feed; cheap, for polling."""
        if self._last_change is not None:
            return self._last_change()
        with self._means.uow() as uow:
            return uow.changes.last()

    def record_breaches(self) -> int:
        """Writes the breaches that are due and not written yet; answers how many.

        What is missed depends on the hours: clocks that are to be planned anew are, first; none is written
        while another desk does so.
        """
        return record_breaches(self._means) if self.finish_replans() else 0

    def unfinished_replans(self) -> Sequence[ReplanRecord]:
        """Changes of hours after which not all due times follow them yet."""
        with self._means.uow() as uow:
            return uow.replans.unfinished()

    def finish_replans(self, told: Told | None = None) -> bool:
        """Plans what a change of hours left to be planned anew; False while another desk does so."""
        return finish(self._means, told)
