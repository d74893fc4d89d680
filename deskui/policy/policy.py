"""A loaded policy: the parts of a vendor's terms, ready to be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from deskui.dataclass import dataclass
from deskui.policy.conditions import Condition
from deskui.policy.context import Absent, Context, Unrecorded
from deskui.policy.decision import Text
from deskui.policy.hours import CalendarSpec, Gate, Restricted
from deskui.policy.model import OwnTermsRule, Question, Reading, Rule
from deskui.policy.tables import PriceTable, Ranking
from deskui.policy.values import Value
from deskui.policy.vocabulary import WEEKDAYS
from deskui.worktime import HolidaySet, WorkCalendar, add_working_days


@dataclass(frozen=True, slots=True)
class TargetSpec:
    """A time the terms promise."""

    kind: str
    calendar: str
    work: timedelta | None
    """Working time; None when `working_days` says it."""
    working_days: int
    """Due at the close of the n-th working day after the start."""
    begins: str
    """Fact with the instant it starts at, or `at`."""
    restart: tuple[Condition, ...] | None = None
    """Where these hold, a holiday on a day with hours wipes what was counted before it."""

    def start(self, context: Context) -> datetime:
        """When it starts, after the last holiday that wipes it; raises Absent."""
        start = context.instant(self.begins)
        if self.restart is None or not all(condition.holds(context) for condition in self.restart):
            return start
        policy = context.policy
        while (again := policy.after_holiday(self.calendar, start, self.due(context, start))) is not None:
            start = again
        return start

    def due(self, context: Context, start: datetime) -> datetime:
        """When it is due."""
        calendar = context.policy.calendar(self.calendar)
        if self.work is not None:
            return calendar.deadline(start, self.work)
        day = add_working_days(calendar, start.astimezone(context.policy.zone).date(), self.working_days)
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), context.policy.zone)
        # the last closing of that day: an instant before midnight, then the end of its open stretch
        opening = calendar.next_open(datetime.combine(day, datetime.min.time(), context.policy.zone))
        close = calendar.next_close(opening)
        while (again := calendar.next_open(close)) < midnight:
            close = calendar.next_close(again)
        return close


@dataclass(frozen=True, slots=True)
class QuotaSpec:
    """A counter that a row draws on."""

    total: Value
    units: Value
    counter: str
    used: int | str
    """Units used as the row itself knows them (a first time has none), or the fact that says it."""
    over: Row | None
    """What applies beyond the quota; without it the answer is `unavailable`, quota_used."""
    with_counters: tuple[str, ...] = ()
    """Counters whose units count as well."""
    ever: bool = False
    """What was used in any year counts, not only in this one."""


@dataclass(frozen=True, slots=True)
class DiscountSpec:
    """A share off a list price."""

    percent: int
    list_price: Value | None
    between: tuple[Decimal, Decimal] | None
    """The printed range, where the terms print one."""
    fact: str | None
    """Fact with the list price, where the customer's own price is needed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a decision table: the first that matches wins."""

    place: str
    """Where in the file, for messages and mutation."""
    rules: tuple[str, ...]
    when: tuple[Condition, ...]
    then: str
    figures: Mapping[str, Value]
    flags: tuple[str, ...] = ()
    say: Text | None = None
    hint: Mapping[str, Value] | None = None
    quota: QuotaSpec | None = None
    discount: DiscountSpec | None = None
    times: tuple[str, ...] = ()
    """Facts that multiply `amount` into `total`."""
    counts: int = 0
    """Units of the service's counter that logging it takes, for rows that are no quota themselves."""
    until: str | None = None
    """For defer: next-opening, next-workday, a weekday, or open-ended where nobody can tell."""
    after: str | None = None
    """For defer: fact with the day that was asked for; the wait is counted from there."""
    targets: tuple[TargetSpec, ...] = ()
    services: frozenset[str] | None = None
    """For rows asked before a service's own: which services; None means all."""
    since_day: date | None = None
    until_day: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the row belongs to the terms of that day."""
        return (self.since_day is None or day >= self.since_day) and (
            self.until_day is None or day <= self.until_day
        )


@dataclass(frozen=True, slots=True)
class Remark:
    """What the agent must know beside an answer; it never changes the answer itself."""

    rules: tuple[str, ...]
    when: tuple[Condition, ...]
    flags: tuple[str, ...]
    services: frozenset[str] | None
    """None means all."""

    def bears_on(self, service: str, context: Context) -> bool:
        """Whether it belongs to the answer; a fact that nobody gave makes no remark."""
        if self.services is not None and service not in self.services:
            return False
        try:
            return all(condition.holds(context) for condition in self.when)
        except (Absent, Unrecorded):
            return False


@dataclass(frozen=True, slots=True)
class Service:
    """Something that can be asked for."""

    id: str
    name: Text
    keywords: tuple[str, ...]
    call: bool
    """A caller may ask for it; otherwise it is a question of other programs."""
    staffed: bool
    """Staff must carry it out, so it passes the hours gate (X-15)."""
    counter: str
    rows: tuple[Row, ...]
    flags: tuple[str, ...] = ()
    say: Text | None = None


@dataclass(frozen=True, slots=True)
class DerivedRow:
    """One row of a derived fact."""

    rules: tuple[str, ...]
    when: tuple[Condition, ...]
    value: Any


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact worked out from others: a class, a cover, a band, or a stretch of time between two."""

    name: str
    rows: tuple[DerivedRow, ...]
    labels: Mapping[str, Text]
    attainable: frozenset[str] = frozenset()
    """Values a caller could bring about, such as buying an agreement."""
    measure: tuple[str, str, str] | None = None
    """(from, to, unit): hours or days between two facts, exact fractions count; or the years that lie between
    two years, neither of them counted."""
    to_day: bool = False
    """A measure of hours or days ends as the day of `to` begins."""

    def work_out(self, context: Context) -> tuple[Any, tuple[str, ...]]:
        """The value and the rules behind it; (None, ()) when no row matches."""
        if self.measure is not None:
            return self._measured(context), ()
        for row in self.rows:
            if all(condition.holds(context) for condition in row.when):
                value = row.value
                return (value.work_out(context) if hasattr(value, "work_out") else value), row.rules
        return None, ()

    def _measured(self, context: Context) -> Decimal:
        assert self.measure is not None
        if self.measure[2] == "years":
            first, last = (context.number(path) for path in self.measure[:2])
            return max(Decimal(0), last - first - 1)
        start, end = (context.instant(path) for path in self.measure[:2])
        if self.to_day:
            end = datetime.combine(context.day_of(self.measure[1]), time(), context.policy.zone)
        length = end - start
        unit = {"hours": 3600, "days": 86400}[self.measure[2]]
        whole = length // timedelta(microseconds=1)
        return Decimal(whole) / (unit * 1_000_000)


@dataclass(frozen=True)
class Policy:
    """One vendor's terms."""

    id: str
    version: str
    """The file's own label and a digest of what it decides, `2026-11+1a2b3c4d`: comments, layout and words
    make no other version, so a ticket may be judged again after them (see `digest`)."""
    name: Text
    short: Text
    zone: ZoneInfo
    source: str
    vat_stated: bool
    cover: str | None
    """Derived fact that names the plan or class that applies."""
    contacts: Mapping[str, tuple[str, Text]]
    calendars: Mapping[str, CalendarSpec]
    gate: Gate | None
    restricted: Restricted | None
    rules: Mapping[str, Rule]
    questions: Mapping[str, Question]
    unrecorded: Mapping[str, tuple[str, tuple[str, ...]]]
    """What to do when a fact is not recorded: (whom to ask, rules), by fact."""
    derived: Mapping[str, Derived]
    readings: Mapping[str, Reading]
    before: tuple[Row, ...]
    remarks: tuple[Remark, ...]
    services: Mapping[str, Service]
    tables: Mapping[str, PriceTable]
    rankings: Mapping[str, Ranking]
    holiday_set: Callable[[str], HolidaySet]
    words: Mapping[str, Text] = field(default_factory=dict)
    """Words of its own, which rows name besides those that all files share."""
    own_terms: OwnTermsRule | None = None
    """Where the terms let a customer's own contract prevail."""
    built: dict[str, WorkCalendar] = field(default_factory=dict, compare=False, repr=False)
    variants: dict[str, Policy] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def readings_of(self) -> Mapping[str, tuple[Reading, ...]]:
        """The readings by the rule they are of."""
        found: dict[str, tuple[Reading, ...]] = {}
        for reading in self.readings.values():
            for rule in reading.rules:
                found[rule] = (*found.get(rule, ()), reading)
        return found

    @cached_property
    def patching(self) -> Mapping[str, tuple[Reading, ...]]:
        """The readings with an option that changes rows, by the rule that such a row rests on."""
        found: dict[str, tuple[Reading, ...]] = {}
        for reading in self.readings.values():
            for rule in dict.fromkeys(rule for patch in reading.patches.values() for rule in patch.rules):
                found[rule] = (*found.get(rule, ()), reading)
        return found

    @cached_property
    def provinces_told_apart(self) -> tuple[str, ...]:
        """Every province some condition names, and one (no name at all) that none does."""
        tables = [row.when for service in self.services.values() for row in service.rows]
        tables += [row.when for row in self.before]
        tables += [row.when for derived in self.derived.values() for row in derived.rows]
        named = {
            str(name)
            for when in tables
            for condition in when
            if condition.fact == "province"
            for name in (*(condition.test.any_of or ()), *(condition.test.none_of or ()))
        }
        return (*sorted(named), "")

    @property
    def main_calendar(self) -> str | None:
        """The calendar of its staffed hours."""
        if self.gate is not None:
            return self.gate.calendar
        return next(iter(self.calendars), None)

    def counter_name(self, counter: str) -> Text:
        """What a counter of quota is called: as the service of that name or the only one that draws on it."""
        if counter in self.services:
            return self.services[counter].name
        drawing = [service.name for service in self.services.values() if service.counter == counter]
        return drawing[0] if len(drawing) == 1 else Text(counter, counter)

    def calendar(self, name: str) -> WorkCalendar:
        """The working calendar of that name, built once; raises KeyError."""
        if name not in self.built:
            spec = self.calendars[name]
            self.built[name] = WorkCalendar.weekly(
                {day: list(hours) for day, hours in spec.weekly.items()},
                holidays=self._holidays(spec),
                tz=self.zone.key,
                holiday_hours=list(spec.holiday_hours),
            )
        return self.built[name]

    def _holidays(self, spec: CalendarSpec) -> Any:
        if spec.holidays is None:
            return spec.closed
        days = self.holiday_set(spec.holidays)
        for day in sorted(spec.closed):
            days = days.add(day, th=self.name.th, en=self.name.en, source=self.source)
        for day in sorted(spec.open):
            days = days.remove(day)
        return days

    def as_settled(self, settled: Mapping[str, str]) -> Policy:
        """The policy with calendars that know no holidays, where a settled reading says so."""
        gate = self.gate
        name = None if gate is None else gate.holiday_reading
        if name is None:
            return self
        reading = self.readings[name]
        if settled.get(name, reading.default) not in reading.no_holidays:
            return self
        if name not in self.variants:
            calendars = {key: replace(spec, holidays=None) for key, spec in self.calendars.items()}
            self.variants[name] = replace(self, calendars=calendars, built={}, variants={})
        return self.variants[name]

    def after_holiday(self, calendar: str, start: datetime, end: datetime) -> datetime | None:
        """The first opening after the first holiday on a day with hours between two instants."""
        spec = self.calendars[calendar]
        for ahead in range(1, (end.astimezone(self.zone).date() - start.astimezone(self.zone).date()).days):
            day = start.astimezone(self.zone).date() + timedelta(days=ahead)
            if WEEKDAYS[day.weekday()] in spec.weekly and self._closes(spec, day):
                return self.calendar(calendar).next_open(
                    datetime.combine(day + timedelta(days=1), time(), self.zone)
                )
        return None

    def is_holiday(self, day: date) -> bool:
        """Whether the day is a holiday of the main calendar."""
        if self.main_calendar is None:
            return False
        return self._closes(self.calendars[self.main_calendar], day)

    def closed_itself(self, day: date) -> bool:
        """Whether the vendor says of that very day that it is closed, whatever it says of holidays."""
        return self.main_calendar is not None and day in self.calendars[self.main_calendar].closed

    def _closes(self, spec: CalendarSpec, day: date) -> bool:
        if day in spec.open:
            return False
        return day in spec.closed or (spec.holidays is not None and day in self.holiday_set(spec.holidays))

    def cover_text(self, facts: Mapping[str, Any], at: datetime) -> Text:
        """Name of the plan or class that applies; that it is unknown where the record does not tell."""
        if self.cover is None:
            return Text("", "")
        derived = self.derived[self.cover]
        service = next(iter(self.services.values()))
        context = Context(self, service, at.astimezone(self.zone), facts)
        try:
            value = context.value(self.cover)
        except (Absent, Unrecorded):
            value = None
        if value is None:
            return Text("ไม่ทราบแผน", "plan unknown")
        return derived.labels.get(str(value), Text(str(value), str(value)))
