"""Known problems: one cause that many call about, one text to say, one close, one list to call back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from deskui.desk.advicemodel import Problem, ProblemCaller
from deskui.desk.advicerecords import ProblemCallerRecord, ProblemRecord
from deskui.desk.clean import clean_line, clean_note
from deskui.desk.errors import LostRace, NotFound, Refused
from deskui.desk.find import shown_number
from deskui.desk.model import Call, TicketState
from deskui.desk.ports import MOST_IDS, UnitOfWork
from deskui.desk.records import TicketRecord
from deskui.desk.work import Means, Work, lock
from deskui.policy.codec import plain
from deskui.policy.decision import Text
from deskui.policy.policy import Policy

DONE = (TicketState.RESOLVED, TicketState.CLOSED, TicketState.MERGED)
SAY_LIMIT = 500
_RECENT = 50


class ProblemBook:
    """Opens, attaches, closes. `resolve` solves a locked ticket as an agent would."""

    def __init__(self, means: Means, resolve: Callable[[Work, str], None]) -> None:
        self._means = means
        self._resolve = resolve

    # --- opening

    def open_new(
        self,
        title: str,
        say: Text,
        *,
        policy: str | None = None,
        service: str | None = None,
        call: Call | None = None,
        ticket_id: int | None = None,
    ) -> int:
        """A new known problem, of a ticket, a call, or a vendor and service; its id.

        Of a ticket or call it takes vendor, service and what was answered about the cause; the ticket is
        its first caller. Raises Refused without a title or anything to say, NotFound for an unknown vendor.
        """
        named = clean_line(title)
        words = Text(clean_line(say.th, SAY_LIMIT), clean_line(say.en, SAY_LIMIT))
        if not named:
            raise Refused(Text("ตั้งชื่อปัญหาก่อน", "Give the problem a title first"))
        if not words.th and not words.en:
            raise Refused(Text("ระบุคำพูดที่จะบอกลูกค้าทุกราย", "Say what every caller is to be told"))
        words = Text(words.th or words.en, words.en or words.th)
        with self._means.uow(write=True) as uow:
            answers: Mapping[str, object] = {}
            work = None
            if ticket_id is not None:
                work = lock(self._means, uow, ticket_id, None)
                self._not_attached(uow, work.ticket)
                policy, service = work.ticket.policy, work.ticket.service
                answers = work.ticket.facts
            elif call is not None and call.product_id is not None:
                product = next(iter(uow.products.get([call.product_id])), None)
                policy = product.policy if product else policy
                service = call.service
                answers = call.answers
            if policy is None:
                raise Refused(Text("ระบุผู้ขายของปัญหานี้", "Say which vendor the problem is about"))
            terms = self._means.terms.policy(policy)
            if service is not None:
                self._means.terms.service(terms, service)
            at = self._means.clock.now()
            record = ProblemRecord(
                problem_id=0,
                policy=policy,
                service=service,
                title=named,
                say=words,
                answers=_of_the_cause(terms, answers),
                opened_at=at,
                opened_by=self._means.agent.agent_id,
            )
            problem_id = uow.problems.add(record)
            if work is not None:
                self.attach(uow, problem_id, work)
                work.append()
            uow.changes.add("problem", [problem_id], at)
            uow.commit()
        return problem_id

    # --- who called about it

    def attach(self, uow: UnitOfWork, problem_id: int, work: Work, phone: str | None = None) -> None:
        """Puts a ticket on the call-back list, in the caller's unit of work."""
        ticket = work.ticket
        caller = ProblemCallerRecord(
            0,
            problem_id,
            ticket.customer_id,
            ticket.contact_id,
            phone or ticket.phone,
            ticket.ticket_id,
            work.at,
            self._means.agent.agent_id,
        )
        uow.problems.add_caller(caller)
        work.log("problem", problem=problem_id)
        uow.changes.add("problem", [problem_id], work.at)

    def attach_ticket(self, problem_id: int, ticket_id: int) -> None:
        """A ticket that is there already is about it too. Raises Refused for one of another vendor."""
        with self._means.uow(write=True) as uow:
            work = lock(self._means, uow, ticket_id, None)
            record = self.open_one(uow, problem_id)
            self._not_attached(uow, work.ticket)
            same_vendor(record, work.ticket.policy)
            self.attach(uow, problem_id, work)
            work.append()
            uow.commit()

    def attach_caller(
        self, problem_id: int, customer_id: int, contact_id: int | None, phone: str | None
    ) -> None:
        """Somebody who called about it and needs no ticket, only the call back."""
        with self._means.uow(write=True) as uow:
            record = self.open_one(uow, problem_id)
            if not uow.customers.get([customer_id]):
                raise NotFound(Text("ไม่มีลูกค้านี้", "There is no such customer"))
            bought = {one.policy for one in uow.products.of_customers([customer_id])}
            if record.policy not in bought:
                same_vendor(record, next(iter(sorted(bought)), "—"))
            number = clean_line(phone or "", 40) or None
            for known in uow.problems.callers([problem_id]):
                if (known.customer_id, known.contact_id, known.phone) == (customer_id, contact_id, number):
                    raise Refused(Text("อยู่ในรายการโทรกลับแล้ว", "This caller is on the call-back list already"))
            at = self._means.clock.now()
            uow.problems.add_caller(
                ProblemCallerRecord(
                    0, problem_id, customer_id, contact_id, number, None, at, self._means.agent.agent_id
                )
            )
            uow.changes.add("problem", [problem_id], at)
            uow.commit()

    def detach(self, caller_id: int) -> None:
        """Takes somebody off the list who is not about it after all. Raises NotFound."""
        with self._means.uow(write=True) as uow:
            found = uow.problems.caller(caller_id)
            if found is None:
                raise _no_caller(caller_id)
            work = None if found.ticket_id is None else lock(self._means, uow, found.ticket_id, None)
            uow.problems.lock(found.problem_id)
            if not uow.problems.drop_caller(caller_id):
                raise _no_caller(caller_id)
            if work is not None:
                work.log("problem_off", problem=found.problem_id)
                work.append()
            uow.changes.add("problem", [found.problem_id], self._means.clock.now())
            uow.commit()

    def open_one(self, uow: UnitOfWork, problem_id: int) -> ProblemRecord:
        """One that is not closed, locked; raises NotFound and Refused."""
        record = uow.problems.lock(problem_id)
        if record is None:
            raise _no_problem(problem_id)
        if record.closed_at is not None:
            raise Refused(
                Text(
                    f"ปัญหา P{problem_id} ปิดไปแล้ว เปิดปัญหาใหม่ถ้ากลับมาเป็นอีก",
                    f"Problem P{problem_id} is closed: open a new one if it has come back",
                )
            )
        return record

    def _not_attached(self, uow: UnitOfWork, ticket: TicketRecord) -> None:
        entries = uow.problems.of_tickets([ticket.ticket_id])
        if entries:
            raise Refused(
                Text(
                    f"#{ticket.number} อยู่ในปัญหา P{entries[0].problem_id} แล้ว",
                    f"#{ticket.number} is about problem P{entries[0].problem_id} already",
                )
            )

    # --- the end

    def close(self, problem_id: int, solution: str) -> None:
        """One close for all: its open tickets are solved with these words; the call-back list stays.

        Raises Refused without a solution, NotFound, and LostRace when a ticket joined meanwhile.
        """
        words = clean_note(solution)
        if not words:
            raise Refused(Text("ระบุว่าแก้ไขอย่างไร", "Say how it was solved"))
        with self._means.uow(write=True) as uow:
            callers = uow.problems.callers([problem_id])
            tickets = sorted(one.ticket_id for one in callers if one.ticket_id is not None)
            # tickets first, then the problem: as every use case locks them
            works = [lock(self._means, uow, ticket_id, None) for ticket_id in tickets]
            record = self.open_one(uow, problem_id)
            # who was put on the list before the lock was granted is closed with the others, or nobody is
            late = {one.ticket_id for one in uow.problems.callers([problem_id])} - {None, *tickets}
            if late:
                raise LostRace(
                    Text(
                        "มีเรื่องเพิ่มเข้ามาในปัญหานี้เมื่อสักครู่ กดปิดอีกครั้ง",
                        "Another ticket was put on this problem just now: close it once more",
                    )
                )
            at = self._means.clock.now()
            for work in works:
                if work.ticket.state not in DONE:
                    self._resolve(work, words)
            uow.problems.save(
                replace(record, closed_at=at, closed_by=self._means.agent.agent_id, solution=words)
            )
            uow.changes.add("problem", [problem_id], at)
            uow.commit()

    def tell(self, caller_id: int, *, told: bool = True) -> None:
        """Ticks somebody off the call-back list, or puts them back on it. Raises NotFound and Refused."""
        with self._means.uow(write=True) as uow:
            known = uow.problems.caller(caller_id)
            if known is None:
                raise _no_caller(caller_id)
            work = None if known.ticket_id is None else lock(self._means, uow, known.ticket_id, None)
            uow.problems.lock(known.problem_id)
            # read once more under the lock: two who call the same list see each other
            found = uow.problems.caller(caller_id)
            if found is None:
                raise _no_caller(caller_id)
            at = self._means.clock.now()
            if told and found.told_at is not None:
                raise Refused(Text("โทรแจ้งรายนี้แล้ว", "This caller was told already"))
            mine = self._means.agent.agent_id
            done = replace(found, told_at=at if told else None, told_by=mine if told else None)
            uow.problems.save_caller(done)
            if work is not None:
                work.log("told" if told else "not_told", problem=found.problem_id)
                work.append()
            uow.changes.add("problem", [found.problem_id], at)
            uow.commit()

    # --- reading

    def open_problems(self, policy: str | None = None) -> list[Problem]:
        """Those that are not closed, newest first; of one vendor if asked."""
        with self._means.uow() as uow:
            found = [one for one in uow.problems.open() if policy in (None, one.policy)]
            return self._shown(uow, found)

    def to_tell(self) -> list[Problem]:
        """Those closed last with somebody still to be called back."""
        with self._means.uow() as uow:
            return [one for one in self._shown(uow, uow.problems.closed(_RECENT)) if one.to_tell]

    def closed(self, limit: int) -> list[Problem]:
        """Those closed last."""
        with self._means.uow() as uow:
            return self._shown(uow, uow.problems.closed(limit))

    def one(self, problem_id: int) -> Problem:
        """One, with everybody who called about it; raises NotFound."""
        with self._means.uow() as uow:
            found = uow.problems.get([problem_id])
            if not found:
                raise _no_problem(problem_id)
            shown = self._shown(uow, found)[0]
            return replace(shown, list=self._list(uow, uow.problems.callers([problem_id])))

    def _shown(self, uow: UnitOfWork, records: Sequence[ProblemRecord]) -> list[Problem]:
        callers = uow.problems.callers([one.problem_id for one in records][:MOST_IDS])
        count = Counter(one.problem_id for one in callers)
        waiting = Counter(one.problem_id for one in callers if one.told_at is None)
        codes = {agent.agent_id: agent.code for agent in uow.agents.all()}
        terms = self._means.terms
        return [
            Problem(
                problem_id=record.problem_id,
                policy=record.policy,
                vendor=terms.vendor_name(record.policy),
                service=record.service,
                service_name=terms.service_name(record.policy, record.service) if record.service else None,
                title=record.title,
                say=record.say,
                answers=record.answers,
                opened_at=record.opened_at,
                opened_by=codes.get(record.opened_by or 0),
                closed_at=record.closed_at,
                closed_by=codes.get(record.closed_by or 0),
                solution=record.solution,
                callers=count[record.problem_id],
                to_tell=waiting[record.problem_id],
            )
            for record in records
        ]

    def _list(self, uow: UnitOfWork, callers: Sequence[ProblemCallerRecord]) -> tuple[ProblemCaller, ...]:
        customers = {
            one.customer_id: one
            for ids in _slices({caller.customer_id for caller in callers})
            for one in uow.customers.get(ids)
        }
        contacts = {
            one.contact_id: one
            for ids in _slices({caller.contact_id for caller in callers if caller.contact_id is not None})
            for one in uow.contacts.get(ids)
        }
        tickets = {
            one.ticket_id: one
            for ids in _slices({caller.ticket_id for caller in callers if caller.ticket_id is not None})
            for one in uow.tickets.get(ids)
        }
        codes = {agent.agent_id: agent.code for agent in uow.agents.all()}
        lines = []
        for caller in callers:
            contact = contacts.get(caller.contact_id or 0)
            customer = customers[caller.customer_id]
            ticket = tickets.get(caller.ticket_id or 0)
            phone = caller.phone or (contact.phone if contact else None)
            lines.append(
                ProblemCaller(
                    caller_id=caller.caller_id,
                    customer=customer.name,
                    code=customer.code,
                    contact=contact.name if contact else None,
                    phone=shown_number(phone) if phone else None,
                    ticket_id=caller.ticket_id,
                    number=ticket.number if ticket else None,
                    attached_at=caller.attached_at,
                    attached_by=codes.get(caller.attached_by or 0),
                    told_at=caller.told_at,
                    told_by=codes.get(caller.told_by or 0),
                )
            )
        return tuple(lines)


def _slices(ids: Iterable[int]) -> list[list[int]]:
    ordered = sorted(ids)
    return [ordered[start : start + MOST_IDS] for start in range(0, len(ordered), MOST_IDS)]


def _of_the_cause(policy: Policy, answers: Mapping[str, object]) -> dict[str, object]:
    """The answers that are about the cause: what the record tells of one customer is no other's."""
    found = {}
    for fact, value in answers.items():
        question = policy.questions.get(fact)
        if question is not None and question.source == "call" and not question.proof:
            found[fact] = plain(value)
    return found


def same_vendor(record: ProblemRecord, policy: str) -> None:
    """Raises Refused for a problem of another vendor."""
    if record.policy != policy:
        raise Refused(
            Text(
                f"ปัญหา P{record.problem_id} เป็นของ {record.policy} ไม่ใช่ {policy}",
                f"Problem P{record.problem_id} is about {record.policy}, not {policy}",
            )
        )


def _no_problem(problem_id: int) -> NotFound:
    return NotFound(Text(f"ไม่มีปัญหา P{problem_id}", f"There is no problem P{problem_id}"))


def _no_caller(caller_id: int) -> NotFound:
    return NotFound(Text(f"ไม่มีรายการโทรกลับ {caller_id}", f"There is no caller {caller_id} on a list"))
