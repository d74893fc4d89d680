"""Tickets that change hands, wait for a third party, or turn out to be about the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from deskui.desk.errors import NotFound, Refused
from deskui.desk.model import TicketState
from deskui.desk.ports import UnitOfWork
from deskui.desk.records import AgentRecord, UsageRecord
from deskui.desk.ticketgrants import drop_questions
from deskui.desk.tickets import UNSOLVED, need, others_wait, out_of_turn
from deskui.desk.work import Means, Work, agent_code, lock, lock_all
from deskui.desk.workrecords import MergeRecord, NoticeRecord
from deskui.policy.decision import Text

MERGED = "merged"
"""Reason of the refund of what two tickets about the same thing both took."""


class TeamBook:
    """Changes that concern two agents or two tickets. All raise NotFound, LostRace and Refused."""

    def __init__(self, means: Means, covered: Callable[[], frozenset[str]]) -> None:
        self._means = means
        self._covered = covered

    def assign(self, ticket_id: int, version: int, code: str, reason: str) -> None:
        """Gives it to another agent."""
        with self._means.uow(write=True) as uow:
            work = lock(self._means, uow, ticket_id, version)
            need(work, UNSOLVED, Text("เปิดใหม่ก่อนจึงมอบหมายได้", "reopen it before you assign it"))
            other, holder = _agent(uow, code), work.ticket.assignee_id
            self._may_assign(work, other)
            if holder is None and out_of_turn(work, self._covered) and not reason.strip():
                raise others_wait()
            note_id = work.add_note("reason", reason)
            work.log("assigned", agent=other.agent_id, was=holder)
            state = TicketState.OPEN if work.ticket.state is TicketState.NEW else work.ticket.state
            work.save("assigned", assignee_id=other.agent_id, state=state)
            tell_hands(work, holder, other.agent_id, note_id)
            uow.commit()

    def _may_assign(self, work: Work, other: AgentRecord) -> None:
        """Raises Refused unless I hold the ticket or am a supervisor, and it would change hands."""
        number, holder = work.ticket.number, work.ticket.assignee_id
        mine = self._means.agent.agent_id
        if other.agent_id == holder:
            raise Refused(
                Text(f"#{number} เป็นของ {other.code} อยู่แล้ว", f"#{number} is {other.code}'s already")
            )
        if other.agent_id == mine:
            raise Refused(
                Text(
                    f"ถ้าจะทำ #{number} เอง ให้รับเรื่องหรือรับช่วงต่อ",
                    f"To work on #{number} yourself, claim it or take it over",
                )
            )
        if holder == mine or _is_supervisor(work.uow, mine):
            return
        if holder is None:
            raise Refused(
                Text(
                    f"#{number} ยังอยู่ในคิว: รับเรื่องก่อนจึงส่งต่อได้ หรือให้หัวหน้ามอบหมาย",
                    f"#{number} is in the queue: claim it before you give it on, or ask a supervisor",
                )
            )
        who = agent_code(work.uow, holder)
        raise Refused(
            Text(
                f"#{number} เป็นของ {who}: ผู้ที่ส่งต่อได้คือ {who} หรือหัวหน้า",
                f"#{number} is {who}'s: only {who} or a supervisor gives it on",
            )
        )

    def take_over(self, ticket_id: int, version: int, reason: str) -> None:
        """Makes another agent's ticket mine."""
        with self._means.uow(write=True) as uow:
            work = lock(self._means, uow, ticket_id, version)
            need(work, UNSOLVED, Text("เปิดใหม่ก่อนจึงรับช่วงได้", "reopen it before you take it over"))
            holder, mine, number = work.ticket.assignee_id, self._means.agent.agent_id, work.ticket.number
            if holder == mine:
                raise Refused(Text(f"#{number} เป็นของคุณอยู่แล้ว", f"#{number} is yours already"))
            if holder is None:
                raise Refused(
                    Text(
                        f"#{number} ไม่มีผู้ทำอยู่ รับเรื่องได้เลย",
                        f"Nobody has #{number}: claim it",
                    )
                )
            note_id = work.add_note("reason", reason)
            if not note_id:
                raise Refused(
                    Text(
                        f"รับช่วง #{number} ต่อจาก {agent_code(uow, holder)} ต้องบอกเหตุผล",
                        f"Say why you take #{number} over from {agent_code(uow, holder)}",
                    )
                )
            work.log("taken_over", agent=mine, was=holder)
            work.save("taken_over", assignee_id=mine)
            tell_hands(work, holder, mine, note_id)
            uow.commit()

    def hold(self, ticket_id: int, version: int, reason: str) -> None:
        """Waits for a third party: the promise to the customer stands, so its clocks run on."""
        with self._means.uow(write=True) as uow:
            work = lock(self._means, uow, ticket_id, version)
            active = (TicketState.NEW, TicketState.OPEN)
            need(work, active, Text("ตั้งเป็นรอที่อื่นไม่ได้", "it cannot be put on hold now"))
            work.log("on_hold")
            if not work.add_note("reason", reason):
                raise Refused(Text("รอใคร รออะไร: ระบุเหตุผล", "Say whom or what it waits for"))
            work.save("on_hold", state=TicketState.ON_HOLD)
            uow.commit()

    # --- duplicates

    def targets(self, ticket_id: int, limit: int) -> Sequence[int]:
        """Other open tickets of the same customer and vendor, the one received last first."""
        with self._means.uow() as uow:
            found = uow.tickets.get([ticket_id])
            if not found:
                return ()
            items = uow.tickets.open_items(customer_ids=[found[0].customer_id])
        same = [i for i in items if i.policy == found[0].policy and i.ticket_id != ticket_id]
        same.sort(key=lambda item: (item.received_at, item.ticket_id), reverse=True)
        return [item.ticket_id for item in same[:limit]]

    def merge(self, ticket_id: int, version: int, into: int, other_customer: bool) -> None:
        """Makes a ticket part of another: it is counted, timed and shown there from now on."""
        with self._means.uow(write=True) as uow:
            if ticket_id == into:
                raise Refused(Text("รวมเรื่องกับตัวเองไม่ได้", "A ticket cannot be merged into itself"))
            works = lock_all(self._means, uow, {ticket_id: version, into: None})
            work, target = works[ticket_id], works[into]
            self._may_merge(work, target, other_customer)
            refund_double(work, target)
            work.stop_clocks()
            drop_questions(work)
            uow.merges.add(MergeRecord(ticket_id, into, work.at, self._means.agent.agent_id))
            work.log("merged", into=into, number=target.ticket.number)
            work.save("merged", state=TicketState.MERGED, deferred_until=None)
            target.log("merged_in", ticket=ticket_id, number=work.ticket.number)
            target.save("merged_in")
            uow.commit()

    def _may_merge(self, work: Work, target: Work, other_customer: bool) -> None:
        one, two = work.ticket, target.ticket
        need(work, UNSOLVED, Text("รวมกับเรื่องอื่นไม่ได้แล้ว", "there is nothing left to merge"))
        need(
            target, UNSOLVED, Text("รวมเข้าเรื่องที่ทำเสร็จแล้วไม่ได้", "nothing is merged into a ticket that is done")
        )
        if one.policy != two.policy:
            raise Refused(
                Text(
                    f"#{one.number} กับ #{two.number} เป็นของผู้ขายคนละราย เงื่อนไขไม่เหมือนกัน",
                    f"#{one.number} and #{two.number} are of two vendors, with terms of their own",
                )
            )
        if one.customer_id != two.customer_id and not other_customer:
            raise Refused(
                Text(
                    f"#{two.number} เป็นของลูกค้ารายอื่น ยืนยันก่อนว่าต้องการรวม",
                    f"#{two.number} is another customer's: confirm that this is meant",
                )
            )
        mine = self._means.agent.agent_id
        if one.assignee_id not in (None, mine) and not _is_supervisor(work.uow, mine):
            who = agent_code(work.uow, one.assignee_id)
            raise Refused(
                Text(
                    f"#{one.number} เป็นของ {who} ให้ {who} รวมเอง หรือรับช่วงต่อก่อน",
                    f"#{one.number} is {who}'s: {who} merges it, or take it over first",
                )
            )


def _agent(uow: UnitOfWork, code: str) -> AgentRecord:
    """The agent of that code. Raises NotFound naming the known."""
    everybody = uow.agents.all()
    wanted = code.strip()
    for agent in everybody:
        if agent.code == wanted:
            return agent
    known = ", ".join(agent.code for agent in everybody)
    raise NotFound(
        Text(f"ไม่มีเจ้าหน้าที่ {wanted!r} มี: {known}", f"There is no agent {wanted!r}; there are: {known}")
    )


def _is_supervisor(uow: UnitOfWork, agent_id: int) -> bool:
    return any(agent.supervisor for agent in uow.agents.all() if agent.agent_id == agent_id)


def tell_hands(work: Work, was: int | None, now: int | None, note_id: int = 0) -> None:
    """Leaves a message for whoever lost or got a ticket by somebody else's doing."""
    doer = None if work.agent is None else work.agent.agent_id
    for agent_id, kind in ((was, "taken"), (now, "given")):
        if agent_id is not None and agent_id != doer and was != now:
            work.uow.notices.add(
                NoticeRecord(0, agent_id, work.at, kind, work.ticket.ticket_id, doer, note_id or None)
            )


def taken(uow: UnitOfWork, ticket_id: int) -> dict[tuple[object, ...], tuple[int, UsageRecord]]:
    """What a ticket took of each quota and has not been given back: (units, the entry that took it)."""
    units: dict[tuple[object, ...], int] = defaultdict(int)
    first: dict[tuple[object, ...], UsageRecord] = {}
    for entry in uow.usage.of_ticket(ticket_id):
        key = (entry.product_id, entry.counter, entry.period_start, entry.period_end)
        units[key] += entry.units
        first.setdefault(key, entry)
    return {key: (left, first[key]) for key, left in units.items() if left > 0}


def give_back(work: Work, entry: UsageRecord, units: int, reason: str) -> None:
    """Gives units of a quota back, for the day on which they were taken."""
    mine = None if work.agent is None else work.agent.agent_id
    back = UsageRecord(
        0, entry.product_id, entry.counter, "refund", -units, entry.on, entry.period_start, entry.period_end,
        work.at, mine, work.ticket.ticket_id, entry.contract_id, reason,
    )  # fmt: skip
    work.uow.usage.add([back])
    work.log("refunded", counter=entry.counter, units=units)
    work.uow.changes.add("customer", [work.ticket.customer_id], work.at)


def refund_double(work: Work, target: Work) -> None:
    """Gives back what both tickets took of the same quota: the customer asked for it once."""
    lock_ledgers(work)
    also = taken(work.uow, target.ticket.ticket_id)
    for key, (units, entry) in taken(work.uow, work.ticket.ticket_id).items():
        if key in also:
            give_back(work, entry, min(units, also[key][0]), MERGED)


def lock_ledgers(work: Work) -> None:
    """Locks the ledgers that a ticket has entries in, after the ticket itself."""
    for product_id in sorted({entry.product_id for entry in work.uow.usage.of_ticket(work.ticket.ticket_id)}):
        work.uow.products.lock(product_id)
