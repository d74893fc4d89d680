"""The half of the desk that answers for calls without a ticket; `CallsApi` says what each method promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from deskui.desk.calllog import CallLogBook
from deskui.desk.callmodel import LoggedCall, Ring, VendorDay, WaitingCall
from deskui.desk.drafts import DraftBook
from deskui.desk.followup import follow_up
from deskui.desk.hours import closed_words
from deskui.desk.model import Call, TicketDetail, TicketRow
from deskui.desk.reading import Reader
from deskui.desk.ringrows import ring_of, ring_row
from deskui.desk.rings import RingBook
from deskui.desk.today import is_open, vendor_day
from deskui.desk.work import Means
from deskui.policy.decision import Text


class CallDesk:
    """Rings, callers who wait, the call log, the day; a desk is one."""

    _means: Means
    _rings: RingBook
    _call_log: CallLogBook
    _drafts: DraftBook
    _reader: Reader

    def rings(self) -> Sequence[Ring]:
        """Every ring that is not done with, the one that waits longest first."""
        return self._rings.all()

    def take_ring(self, ring_id: int) -> Call:
        """Makes a ring or a missed call mine; the call to go on with."""
        return self._rings.take(ring_id)

    def release_ring(self, ring_id: int) -> None:
        """Gives a missed call that I took up back to the queue."""
        self._rings.release(ring_id)

    def dismiss_ring(self, ring_id: int, outcome: str) -> LoggedCall:
        """A missed call is done with: reached, not_reached or wrong_number."""
        return self._call_log.dismiss(ring_id, outcome)

    def ring_rows(self, ticket_ids: Sequence[int]) -> dict[int, TicketRow]:
        """Those of the ids that are rows of missed calls, see `ringrows`."""
        if not any(ring_of(one) for one in ticket_ids):
            return {}
        rows = (ring_row(ring) for ring in self.rings())
        wanted = set(ticket_ids)
        return {row.ticket_id: row for row in rows if row.ticket_id in wanted}

    def waiting_calls(self) -> Sequence[WaitingCall]:
        """My callers who wait, the one who waits longest first."""
        calls = self._drafts.waiting()
        people = sorted({call.customer_id for call in calls if call.customer_id is not None})
        names: dict[int, str] = {}
        if people:
            with self._means.uow() as uow:
                names = {one.customer_id: one.name for one in uow.customers.get(people)}
        return [
            WaitingCall(call.draft_id, names.get(call.customer_id or 0) or _known_by(call), call.parked_at)
            for call in calls
            if call.draft_id is not None and call.parked_at is not None
        ]

    def end_call(self, call: Call, reason: str) -> LoggedCall:
        """Ends a call that needs no ticket."""
        return self._call_log.end(call, reason)

    def follow_up(self, call: Call, ticket_id: int) -> TicketDetail:
        """The call is about a ticket that is open already: its words become a note there."""
        follow_up(self._means, call, ticket_id)
        return self._reader.detail(ticket_id)

    def undo_call(self, call_id: int | None = None) -> Call | None:
        """Takes back how a call ended, my newest one if not said; the call to go on with."""
        return self._call_log.undo(call_id)

    def call_log(self, limit: int = 50, since: datetime | None = None) -> Sequence[LoggedCall]:
        """Calls that needed no ticket, newest first."""
        return self._call_log.latest(limit, since)

    def vendor_days(self) -> Sequence[VendorDay]:
        """What may be done now for each vendor in use, and what must wait."""
        with self._means.uow() as uow:
            used = set(uow.products.policies())
        terms, at = self._means.terms, self._means.clock.now()
        return [vendor_day(terms.as_settled(name), at) for name in terms.ids if name in used]

    def closed_words(self, policy: str) -> Text | None:
        """That a vendor is closed now, and when it opens; None while it is open or nobody can say."""
        terms, at = self._means.terms.as_settled(policy), self._means.clock.now()
        return closed_words(terms, at) if is_open(terms, at) is False else None


def _known_by(call: Call) -> str:
    return call.phone or call.query or call.title or "—"
