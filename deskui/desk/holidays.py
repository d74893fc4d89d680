"""Holidays the desk adds or takes out: stored, and every open clock they touch planned anew, all at
once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from deskui.dataclass import dataclass
from deskui.desk.clocks import recalendar
from deskui.desk.errors import NotFound, Refused
from deskui.desk.ports import MOST_IDS, UnitOfWork
from deskui.desk.records import ClockRecord, HolidayRecord
from deskui.desk.terms import Terms
from deskui.desk.work import Means, Work
from deskui.policy.decision import Text
from deskui.worktime import Holiday


@dataclass(frozen=True, slots=True)
class Replanned:
    """What a change of the holidays did."""

    tickets: int
    """Tickets with a due time that moved."""


class HolidayBook:
    """The desk's own holidays."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def all(self) -> Sequence[HolidayRecord]:
        """Every change the desk made, by set and day."""
        with self._means.uow() as uow:
            return uow.holidays.all()

    def sets(self) -> tuple[str, ...]:
        """The holiday sets that vendors keep, sorted."""
        terms = self._means.terms
        specs = (spec for policy in terms.ids for spec in terms.policy(policy).calendars.values())
        return tuple(sorted({spec.holidays for spec in specs if spec.holidays is not None}))

    def day(self, holiday_set: str, day: date, *, shipped: bool = False) -> Holiday | None:
        """What a day is in a set, with the desk's changes or as shipped; None for a working day.

        Raises NotFound when no vendor keeps the set.
        """
        if holiday_set not in self.sets():
            raise NotFound(_no_set(holiday_set))
        terms = self._means.terms.with_changes(() if shipped else self.all())
        policy = next(terms.policy(name) for name in terms.ids if terms.calendars_with(name, holiday_set))
        return policy.holiday_set(holiday_set).day(day)

    def add(self, holiday_set: str, day: date, name: Text, source: str) -> Replanned:
        """Makes a day a holiday; raises Refused without a name or a source."""
        if not (name.th.strip() or name.en.strip()) or not source.strip():
            raise Refused(
                Text("ระบุชื่อวันหยุดและที่มาของประกาศ", "Give the holiday's name and the source that announces it")
            )
        both = Text(name.th.strip() or name.en.strip(), name.en.strip() or name.th.strip())
        return self._save(holiday_set, day, both, source, working=False)

    def remove(self, holiday_set: str, day: date, source: str) -> Replanned:
        """Makes a day a working day; raises Refused without a source."""
        if not source.strip():
            raise Refused(Text("ระบุที่มา", "Give the source"))
        self._means.terms.adjust(self.all())
        days = self._means.terms.holiday_set(holiday_set)
        if days is not None and day not in days:
            raise Refused(
                Text(
                    f"{day} ไม่ใช่วันหยุดของชุด {holiday_set}",
                    f"{day} is no holiday of {holiday_set}: there is nothing to take out",
                )
            )
        return self._save(holiday_set, day, Text("", ""), source, working=True)

    def take_back(self, holiday_set: str, day: date) -> Replanned:
        """Takes back the desk's change of a day; raises Refused when there is none."""
        with self._means.uow(write=True) as uow:
            if not uow.holidays.drop(holiday_set, day.isoformat()):
                raise Refused(
                    Text(
                        f"ไม่มีการแก้ไขวันที่ {day} ในชุด {holiday_set}",
                        f"The desk changed nothing on {day} in {holiday_set}",
                    )
                )
            return self._replan(uow, holiday_set)

    def _save(self, holiday_set: str, day: date, name: Text, source: str, *, working: bool) -> Replanned:
        with self._means.uow(write=True) as uow:
            record = HolidayRecord(holiday_set, day, working, name, source.strip(), self._means.clock.now())
            uow.holidays.save(record)
            return self._replan(uow, holiday_set)

    def _replan(self, uow: UnitOfWork, holiday_set: str) -> Replanned:
        """Plans the open clocks of the set's calendars anew and commits; others see it by the change
        feed.
        """
        changes = uow.holidays.all()
        terms = self._means.terms.with_changes(changes)
        if terms.holiday_set(holiday_set) is None:
            raise Refused(_no_set(holiday_set))
        moved = 0
        for policy in terms.ids:
            calendars = terms.calendars_with(policy, holiday_set)
            after = 0
            while calendars and (ids := uow.clocks.open_in(policy, calendars, after, MOST_IDS)):
                after = ids[-1]
                moved += self._replan_some(uow, terms, ids)
        uow.changes.add("holiday", [0], self._means.clock.now())
        uow.commit()
        self._means.terms.adjust(changes)
        return Replanned(moved)

    def _replan_some(self, uow: UnitOfWork, terms: Terms, ids: Sequence[int]) -> int:
        """Only the tickets with a due time that moves are locked and written."""

        def moves(clock: ClockRecord) -> bool:
            return recalendar(clock, terms.calendar(clock.policy, clock.calendar)).due_at != clock.due_at

        touched = sorted({clock.ticket_id for clock in uow.clocks.of_tickets(ids) if moves(clock)})
        if not touched:
            return 0
        tickets = uow.tickets.lock(touched)
        clocks: dict[int, list[ClockRecord]] = {ticket_id: [] for ticket_id in touched}
        for clock in uow.clocks.of_tickets(touched):
            clocks[clock.ticket_id].append(clock)
        at = self._means.clock.now()
        for ticket in tickets:
            work = Work(uow, terms, self._means.agent, at, ticket, clocks[ticket.ticket_id])
            # by the old hours first: what they made late is on record before it is voided
            work.record_breaches()
            work.change_clocks(recalendar, "holiday")
            work.record_breaches()
            work.save()
        return len(tickets)


def _no_set(holiday_set: str) -> Text:
    return Text(
        f"ไม่มีผู้ขายรายใดใช้ชุดวันหยุด {holiday_set!r}",
        f"No vendor keeps a holiday set {holiday_set!r}: look at the policy files",
    )
