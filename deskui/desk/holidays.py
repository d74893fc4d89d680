"""Holidays the desk adds or takes out: in force at once, and every open clock they touch is planned anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from deskui.dataclass import dataclass
from deskui.desk.errors import NotFound, Refused
from deskui.desk.ports import UnitOfWork
from deskui.desk.records import HolidayRecord
from deskui.desk.replan import Told, ask, carry_out
from deskui.desk.work import Means
from deskui.policy.decision import Text
from deskui.worktime import Holiday


@dataclass(frozen=True, slots=True)
class Replanned:
    """What a change of the holidays did."""

    tickets: int
    """Tickets with a due time that moved, but for those that somebody changed just before their turn came."""


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
        terms = self._means.terms.with_changes(() if shipped else self.all(), ())
        policy = next(terms.policy(name) for name in terms.ids if terms.calendars_with(name, holiday_set))
        return policy.holiday_set(holiday_set).day(day)

    def add(
        self, holiday_set: str, day: date, name: Text, source: str, told: Told | None = None
    ) -> Replanned:
        """Makes a day a holiday; raises Refused without a name or a source."""
        if not (name.th.strip() or name.en.strip()) or not source.strip():
            raise Refused(
                Text("ระบุชื่อวันหยุดและที่มาของประกาศ", "Give the holiday's name and the source that announces it")
            )
        both = Text(name.th.strip() or name.en.strip(), name.en.strip() or name.th.strip())
        return self._save(holiday_set, day, both, source, told, working=False)

    def remove(self, holiday_set: str, day: date, source: str, told: Told | None = None) -> Replanned:
        """Makes a day a working day; raises Refused without a source."""
        if not source.strip():
            raise Refused(Text("ระบุที่มา", "Give the source"))
        self._means.terms.adjust(self.all(), self._means.terms.records)
        days = self._means.terms.holiday_set(holiday_set)
        if days is not None and day not in days:
            raise Refused(
                Text(
                    f"{day} ไม่ใช่วันหยุดของชุด {holiday_set}",
                    f"{day} is no holiday of {holiday_set}: there is nothing to take out",
                )
            )
        return self._save(holiday_set, day, Text("", ""), source, told, working=True)

    def take_back(self, holiday_set: str, day: date, told: Told | None = None) -> Replanned:
        """Takes back the desk's change of a day; raises Refused when there is none."""

        def drop(uow: UnitOfWork) -> None:
            if not uow.holidays.drop(holiday_set, day.isoformat()):
                raise Refused(
                    Text(
                        f"ไม่มีการแก้ไขวันที่ {day} ในชุด {holiday_set}",
                        f"The desk changed nothing on {day} in {holiday_set}",
                    )
                )

        return self._change(holiday_set, day, drop, told)

    def _save(
        self, holiday_set: str, day: date, name: Text, source: str, told: Told | None, *, working: bool
    ) -> Replanned:
        record = HolidayRecord(holiday_set, day, working, name, source.strip(), self._means.clock.now())
        return self._change(holiday_set, day, lambda uow: uow.holidays.save(record), told)

    def _change(
        self, holiday_set: str, day: date, change: Callable[[UnitOfWork], None], told: Told | None
    ) -> Replanned:
        """Changes a day, which others see by the change feed; then plans the open clocks anew that it has a
        part in.
        """
        means = self._means
        # reads the terms of all vendors where nobody did yet: not while others wait
        if means.terms.holiday_set(holiday_set) is None:
            raise Refused(_no_set(holiday_set))
        with means.uow(write=True) as uow:
            change(uow)
            changes, records = uow.holidays.all(), uow.readings.all()
            asked = ask(means, uow, holiday_set=holiday_set, day=day)
            uow.changes.add("holiday", [0], means.clock.now())
            uow.commit()
        means.terms.adjust(changes, records)
        return Replanned(carry_out(means, asked, told))


def _no_set(holiday_set: str) -> Text:
    return Text(
        f"ไม่มีผู้ขายรายใดใช้ชุดวันหยุด {holiday_set!r}",
        f"No vendor keeps a holiday set {holiday_set!r}: look at the policy files",
    )
