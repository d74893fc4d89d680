"""Clocks, missed targets and the days the desk changed in the holiday sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from itertools import starmap
from typing import Any

from sqlalchemy import Select, bindparam, delete, select, text, update

from deskui.desk.planrecords import RunningClock
from deskui.desk.records import BreachRecord, ClockRecord, HolidayRecord
from deskui.store import tables
from deskui.store.work import IDS, Shape, Turn, Work

_clock = tables.clock.c
_breach = tables.breach.c
_holiday = tables.holiday.c

_CLOCK = Shape(tables.clock, ClockRecord, "clock_id")
_BREACH = Shape(tables.breach, BreachRecord, "breach_id")
_HOLIDAY = Shape(tables.holiday, HolidayRecord, None)

_CLOCKS = _CLOCK.among("clock_id")
_CLOCKS_OF = _CLOCK.among("ticket_id").order_by(_clock.ticket_id, _clock.clock_id)
# conditions in the words of the partial indexes: bound values would keep SQLite from using them
_OVERDUE = (
    select(tables.ticket.c.ticket_id)
    # a subquery, or SQLite reads all clocks in the order asked for instead of sorting the few that are due
    .where(
        tables.ticket.c.ticket_id.in_(
            select(_clock.ticket_id).where(text(tables.NOT_RECORDED), _clock.due_at < bindparam("at"))
        )
    )
    .order_by(tables.ticket.c.ticket_id)
    .limit(bindparam("most"))
)
_RUNNING = [_clock[field.name] for field in fields(RunningClock)]


def _running(known: str) -> Select[Any]:
    return select(*_RUNNING).where(
        text(known), _clock.due_at >= bindparam("since"), _clock.running_since < bindparam("until")
    )


# of the first the due instant leads, for a day far ahead is reached by few; of the second the calendar,
# for no index knows when they are due
_REACHING = _running(tables.NOT_RECORDED)
_MISSED = _running(f"{tables.IS_PENDING} AND breached_at IS NOT NULL").where(
    _clock.policy == bindparam("policy"), _clock.calendar.in_(bindparam("calendars", expanding=True))
)
_SLICE = 1000
_PLAN = (
    update(tables.clock)
    .where(_clock.clock_id == bindparam("key_"))
    .values(due_at=bindparam("due_"), breached_at=bindparam("breached_"))
)
_BREACHES_OF = _BREACH.among("ticket_id").order_by(_breach.due_at, _breach.breach_id)
_VOID = (
    update(tables.breach)
    .where(
        _breach.clock_id == bindparam("clock"),
        _breach.due_at == bindparam("due"),
        _breach.voided_at.is_(None),
    )
    .values(voided_at=bindparam("at"), void_reason=bindparam("reason"))
)
_HOLIDAYS = _HOLIDAY.select().order_by(_holiday.holiday_set, _holiday.day)
_DROP_HOLIDAY = delete(tables.holiday).where(
    _holiday.holiday_set == bindparam("set_"), _holiday.day == bindparam("day_")
)


class Clocks:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, clock_id: int) -> ClockRecord | None:
        """One clock."""
        return _CLOCK.one(self._work.read(_CLOCKS, {IDS: [clock_id]}))

    def of_tickets(self, ticket_ids: Sequence[int]) -> Sequence[ClockRecord]:
        """All clocks of these tickets, by ticket and id."""
        return _CLOCK.records(self._work.read(_CLOCKS_OF, {IDS: ticket_ids}))

    def overdue(self, at: datetime, limit: int) -> Sequence[int]:
        """Ids of tickets, ascending, with a missed clock that is not recorded yet."""
        return self._work.read(_OVERDUE, {"at": at, "most": limit}).scalars().all()

    def reaching(self, since: datetime, until: datetime) -> Iterator[Sequence[RunningClock]]:
        """Clocks that run since before `until` and are due at `since` or later, but for recorded misses."""
        return self._slices(_REACHING, {"since": since, "until": until})

    def missed(
        self, policy: str, calendars: Sequence[str], since: datetime, until: datetime
    ) -> Iterator[Sequence[RunningClock]]:
        """The recorded misses among them, in these calendars."""
        values = {"since": since, "until": until, "policy": policy, "calendars": calendars}
        return self._slices(_MISSED, values)

    def _slices(self, ask: Select[Any], values: dict[str, Any]) -> Iterator[Sequence[RunningClock]]:
        for rows in self._work.read(ask, values).partitions(_SLICE):
            yield list(starmap(RunningClock, rows))

    def plan(self, records: Sequence[ClockRecord]) -> None:
        """Overwrites the due instant of clocks, and the breach on record; nothing else of them."""
        if records:
            self._work.write(
                _PLAN,
                [{"key_": one.clock_id, "due_": one.due_at, "breached_": one.breached_at} for one in records],
            )

    def add(self, records: Sequence[ClockRecord]) -> Sequence[int]:
        """Stores new clocks; their ids in the same order."""
        return _CLOCK.add(self._work, [_CLOCK.values(record) for record in records])

    def save(self, records: Sequence[ClockRecord]) -> None:
        """Overwrites clocks."""
        _CLOCK.save(self._work, [(record.clock_id, _CLOCK.values(record)) for record in records])


class Breaches:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of_tickets(self, ticket_ids: Sequence[int]) -> Sequence[BreachRecord]:
        """All breaches of these tickets, voided ones too, by due instant."""
        return _BREACH.records(self._work.read(_BREACHES_OF, {IDS: ticket_ids}))

    def add(self, record: BreachRecord) -> bool:
        """Stores a breach, or brings back a voided one of this clock and due instant; False when in force."""
        fresh = self._work.add_new(tables.breach)
        statement = fresh.on_conflict_do_update(
            index_elements=[_breach.clock_id, _breach.due_at],
            set_={"recorded_at": fresh.excluded.recorded_at, "voided_at": None, "void_reason": ""},
            where=_breach.voided_at.is_not(None),
        )
        new = statement.returning(_breach.breach_id)
        return self._work.write(new, _BREACH.values(record)).first() is not None

    def void(self, clock_id: int, due_at: datetime, at: datetime, reason: str) -> None:
        """Marks a breach as voided; `reason` is a code."""
        self._work.write(_VOID, {"clock": clock_id, "due": due_at, "at": at, "reason": reason})


class Holidays:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def all(self) -> Sequence[HolidayRecord]:
        """Every change, by set and day."""
        return _HOLIDAY.records(self._work.read(_HOLIDAYS))

    def hold(self) -> Sequence[HolidayRecord]:
        """The same; no day changes before the unit of work ends."""
        self._work.take_turn(Turn.HOURS, shared=True)
        return self.all()

    def save(self, record: HolidayRecord) -> None:
        """Stores a change, in place of an earlier one of the same set and day."""
        self._work.take_turn(Turn.HOURS)
        values = _HOLIDAY.values(record)
        statement = self._work.add_new(tables.holiday).on_conflict_do_update(
            index_elements=[_holiday.holiday_set, _holiday.day],
            set_={name: value for name, value in values.items() if name not in ("holiday_set", "day")},
        )
        self._work.write(statement, values)

    def drop(self, holiday_set: str, day: str) -> bool:
        """Takes back the change of a day (ISO date); False when there was none.

        Raises ValueError when `day` is no ISO date.
        """
        values = {"set_": holiday_set, "day_": date.fromisoformat(day)}
        self._work.take_turn(Turn.HOURS)
        return self._work.write(_DROP_HOLIDAY, values).rowcount == 1
