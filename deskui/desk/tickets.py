"""What may happen to a ticket: claim, wait, resolve and the rest, each in one unit of work."""

from __future__ import annotations

from collections.abc import Callable

from deskui.desk import clocks as running
from deskui.desk import queue, words
from deskui.desk.clean import clean_note
from deskui.desk.errors import Refused
from deskui.desk.model import TicketState
from deskui.desk.records import ClockRecord
from deskui.desk.severity import apply_severity
from deskui.desk.ticketgrants import drop_questions
from deskui.desk.work import Means, Work, agent_code, lock
from deskui.policy.decision import Text

UNSOLVED = (TicketState.NEW, TicketState.OPEN, TicketState.WAITING, TicketState.ON_HOLD)
"""States in which there is something left to do."""
_REOPENS = ("resolution", "result")
"""Kinds that are not reached after all when a ticket is reopened; a first response stays given."""


class TicketBook:
    """Changes of one ticket at a time. All raise NotFound, LostRace and Refused as `DeskApi` says."""

    def __init__(self, means: Means, covered: Callable[[], frozenset[str]]) -> None:
        self._means = means
        self._covered = covered
        """Tells the vendors with a covered ticket open."""

    def _change(self, ticket_id: int, version: int | None, act: Callable[[Work], None]) -> None:
        with self._means.uow(write=True) as uow:
            act(lock(self._means, uow, ticket_id, version))
            uow.commit()

    def claim(self, ticket_id: int, version: int, reason: str) -> None:
        """Makes it mine. One that is served last needs a reason while covered customers wait."""

        def act(work: Work) -> None:
            ticket = work.ticket
            need(work, UNSOLVED, Text("เปิดใหม่ก่อนจึงรับได้", "reopen it before you claim it"))
            mine = self._means.agent.agent_id
            if ticket.assignee_id == mine:
                # what was found missed meanwhile is on record all the same
                work.append()
                return
            if ticket.assignee_id is not None:
                who = agent_code(work.uow, ticket.assignee_id)
                raise Refused(
                    Text(
                        f"{who} กำลังทำ #{ticket.number} อยู่ ขอให้ {who} คืนเข้าคิว หรือรับช่วงต่อพร้อมเหตุผล",
                        f"{who} has #{ticket.number}: ask {who} to give it back, or take it over and say why",
                    )
                )
            kind = "served_anyway" if out_of_turn(work, self._covered) else "claimed"
            if kind == "served_anyway":
                if not work.add_note("reason", reason):
                    raise others_wait()
            elif clean_note(reason):
                work.add_note("reason", reason)
            work.log(kind, agent=mine)
            state = TicketState.OPEN if ticket.state is TicketState.NEW else ticket.state
            work.save(kind, assignee_id=mine, state=state)

        self._change(ticket_id, version, act)

    def release(self, ticket_id: int, version: int) -> None:
        """Gives it back to the queue."""

        def act(work: Work) -> None:
            need(work, UNSOLVED, Text("ไม่มีอะไรให้คืน", "there is nothing to release"))
            holder = work.ticket.assignee_id
            if holder is None:
                raise Refused(
                    Text(
                        f"#{work.ticket.number} อยู่ในคิวอยู่แล้ว",
                        f"#{work.ticket.number} is in the queue already",
                    )
                )
            if holder != self._means.agent.agent_id:
                who = agent_code(work.uow, holder)
                raise Refused(
                    Text(
                        f"#{work.ticket.number} เป็นของ {who} ให้ {who} คืนเอง",
                        f"#{work.ticket.number} is {who}'s: {who} has to give it back",
                    )
                )
            work.log("released", agent=holder)
            work.save("released", assignee_id=None)

        self._change(ticket_id, version, act)

    def note(self, ticket_id: int, text: str) -> None:
        """Adds a note. Notes of two agents do not collide, so no version is asked for or counted up."""

        def act(work: Work) -> None:
            if not work.add_note("note", text):
                raise Refused(Text("บันทึกว่างเปล่า พิมพ์ข้อความก่อน", "The note is empty: type something first"))
            work.append()

        self._change(ticket_id, None, act)

    def wait(self, ticket_id: int, version: int, reason: str) -> None:
        """Waiting for the customer: clocks pause."""

        def act(work: Work) -> None:
            active = (TicketState.NEW, TicketState.OPEN, TicketState.ON_HOLD)
            need(work, active, Text("ตั้งเป็นรอลูกค้าไม่ได้", "it cannot wait for the customer now"))
            work.change_clocks(lambda clock, calendar: running.pause(clock, calendar, work.at))
            work.log("waiting")
            work.add_note("reason", reason)
            work.save("waiting", state=TicketState.WAITING)

        self._change(ticket_id, version, act)

    def resume(self, ticket_id: int, version: int) -> None:
        """The customer answered: what is left is planned from now."""

        def act(work: Work) -> None:
            stopped = (TicketState.WAITING, TicketState.ON_HOLD)
            need(work, stopped, Text("ไม่ได้หยุดรออยู่", "it is not waiting"))
            work.log("resumed")
            work.change_clocks(lambda clock, calendar: running.resume(clock, calendar, work.at), "resumed")
            work.save("resumed", state=TicketState.OPEN)

        self._change(ticket_id, version, act)

    def change_severity(self, ticket_id: int, version: int, severity: str) -> None:
        """Decides again with the new severity; what is left of the clocks is planned anew."""

        def act(work: Work) -> None:
            need(work, UNSOLVED, Text("เปลี่ยนความรุนแรงไม่ได้แล้ว", "its severity cannot change any more"))
            apply_severity(work, severity)

        self._change(ticket_id, version, act)

    def meet(self, ticket_id: int, version: int, kind: str) -> None:
        """Marks the open clocks of a kind as met now."""

        def act(work: Work) -> None:
            need(work, UNSOLVED, Text("นาฬิกาหยุดแล้ว", "its clocks have stopped"))
            places = [
                place
                for place, clock in enumerate(work.clocks)
                if clock.kind == kind and running.is_open(clock)
            ]
            if not places:
                name = words.kind_name(kind)
                raise Refused(
                    Text(
                        f"#{work.ticket.number} ไม่มีกำหนด{name.th}ที่ยังค้างอยู่",
                        f"#{work.ticket.number} has no {name.en} to meet",
                    )
                )
            for place in places:
                _meet(work, place)
            work.save("met")

        self._change(ticket_id, version, act)

    def resolve(self, ticket_id: int, version: int, text: str) -> None:
        """Solved: every open clock is met, in time or late."""

        self._change(ticket_id, version, lambda work: resolve_work(work, text))

    def reopen(self, ticket_id: int, version: int) -> None:
        """Not solved after all: the clocks that solving it met run on; the time between does not count."""

        def act(work: Work) -> None:
            wanted = Text("เปิดใหม่ได้เฉพาะเรื่องที่แก้ไขแล้ว", "only a resolved ticket is reopened; log a new one")
            need(work, (TicketState.RESOLVED,), wanted)
            events = work.uow.events.of_ticket(ticket_id)
            solved = next((e for e in reversed(events) if e.kind == "resolved"), None)
            ended = set(solved.data.get("clocks", ())) if solved is not None else set()
            work.log("reopened")
            for place, clock in enumerate(work.clocks):
                if clock.clock_id in ended and clock.kind in _REOPENS:
                    work.put(place, running.reopen(clock, work.calendar(clock), work.at), "reopened")
            work.save("reopened", state=TicketState.OPEN)

        self._change(ticket_id, version, act)

    def close(self, ticket_id: int, version: int) -> None:
        """Done with: what still runs is stopped, neither met nor missed."""

        def act(work: Work) -> None:
            done = (TicketState.CLOSED, TicketState.MERGED)
            allowed = tuple(state for state in TicketState if state not in done)
            need(work, allowed, Text("ปิดไปแล้ว", "there is nothing left to close"))
            work.stop_clocks()
            drop_questions(work)
            work.log("closed")
            work.save("closed", state=TicketState.CLOSED, deferred_until=None)

        self._change(ticket_id, version, act)


def out_of_turn(work: Work, covered: Callable[[], frozenset[str]]) -> bool:
    """Whether it is served last, while customers of the same vendor under an agreement wait."""
    if work.ticket.covered:
        return False
    item = next(iter(work.uow.tickets.open_items(ticket_ids=[work.ticket.ticket_id])), None)
    return item is not None and queue.band_of_item(item, work.at, covered()) == queue.SERVED_LAST


def others_wait() -> Refused:
    """What serving out of turn is refused with."""
    return Refused(
        Text(
            "ยังมีลูกค้าที่มี M/A หรืออยู่ในประกันรออยู่ ถ้าจะรับเรื่องนี้ก่อน ให้ระบุเหตุผล",
            "Customers with an agreement or in warranty still wait: to serve this one anyway, give a reason",
        )
    )


def need(work: Work, states: tuple[TicketState, ...], wanted: Text) -> None:
    """Raises Refused unless the ticket is in one of these states."""
    if work.ticket.state not in states:
        raise Refused(words.wrong_state(work.ticket.number, work.ticket.state, wanted))


def resolve_work(work: Work, text: str) -> None:
    """Solves a locked ticket and saves it: every open clock is met, in time or late. Raises Refused."""
    need(work, UNSOLVED, Text("แก้ไขไปแล้ว", "it is solved already"))
    met = [place for place, clock in enumerate(work.clocks) if running.is_open(clock)]
    for place in met:
        _meet(work, place)
    work.add_note("solution", text)
    work.log("resolved", clocks=[work.clocks[place].clock_id for place in met])
    work.save("resolved", state=TicketState.RESOLVED, deferred_until=None)


def _meet(work: Work, place: int) -> None:
    clock: ClockRecord = work.clocks[place]
    work.clocks[place] = running.meet(clock, work.last_hours(clock), work.at)
    late = clock.breached_at is not None
    work.log("met", clock=clock.clock_id, kind=clock.kind, late=late)
