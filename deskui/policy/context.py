"""What one evaluation of a policy can see: facts, derived facts, the calendar, settled readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from deskui.dataclass import dataclass
from deskui.policy.problems import is_number
from deskui.policy.vocabulary import NOT_RECORDED, WEEKDAYS
from deskui.worktime import contract_year, last_day

if TYPE_CHECKING:
    from deskui.policy.model import Reading
    from deskui.policy.ownterms import OwnTerm
    from deskui.policy.policy import Policy, QuotaSpec, Row, Service, TargetSpec


class Absent(Exception):
    """A fact that is needed and was not given."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


class Unrecorded(Exception):
    """A fact that is needed, was looked for, and nobody knows."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


_NOTHING: Any = object()


@dataclass
class Context:
    """One evaluation; short-lived."""

    policy: Policy
    service: Service
    at: datetime
    """Aware, in the policy's zone."""
    facts: Mapping[str, Any]
    settled: Mapping[str, str] = field(default_factory=dict)
    """Reading chosen by a supervisor, by reading name."""
    target: TargetSpec | None = None
    """The target of the row being worked out."""
    derived: dict[str, tuple[Any, tuple[str, ...]]] = field(default_factory=dict)
    """Derived value and the rules it rests on, by name."""
    consulted: set[str] = field(default_factory=set)
    """The readings that were asked about on the way."""

    @property
    def day(self) -> date:
        """The decision's calendar day in the policy's zone."""
        return self.at.date()

    def raw(self, path: str) -> Any:
        """A fact's value, `not_recorded` included; raises Absent."""
        if path in self.policy.derived:
            return self._derive(path)[0]
        head, _, rest = path.partition(".")
        if head == "at":
            return self._calendar_fact(rest)
        if head == "reading":
            return self.reading(self.policy.readings[rest])
        if path in ("contract.state", "machine.state"):
            return self._state(head)
        if path == "machine.year_state":
            return self._state(head, by_year=True)
        if path == "used":
            return self.used(self.service.counter)
        if head == "used":
            return self._used_on_record(rest)
        value = self.facts.get(head, _NOTHING)
        if value is _NOTHING:
            question = self.policy.questions.get(head)
            if question is not None and not question.asked:
                return NOT_RECORDED
            raise Absent(head)
        while rest:
            if value is None or value == NOT_RECORDED:
                return value
            head, _, rest = rest.partition(".")
            value = value.get(head, _NOTHING) if isinstance(value, Mapping) else _NOTHING
            if value is _NOTHING:
                raise Absent(path)
        return value

    def reading(self, reading: Reading) -> str:
        """The option that holds: the one a supervisor chose, else the one we take."""
        self.consulted.add(reading.name)
        return str(self.settled.get(reading.name, reading.default))

    def own_terms(self) -> Sequence[OwnTerm]:
        """What the customer's own contract says, while it is in force."""
        contract = self.facts.get("contract")
        terms = contract.get("own_terms") if isinstance(contract, Mapping) else None
        return terms if isinstance(terms, tuple) and self._contract_holds() else ()

    def own_contract_told(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(rules, flags) of an answer to a customer whose own contract prevails over the terms."""
        rule = self.policy.own_terms
        contract = self.facts.get("contract")
        said = contract.get("own_terms") if isinstance(contract, Mapping) else None
        if rule is None or not said or said == NOT_RECORDED or not self._contract_holds():
            return (), ()
        return rule.rules, ("own_terms",)

    def _contract_holds(self) -> bool:
        """Whether the contract is in force as far as anybody knows; a suspended one binds as well."""
        try:
            return self._state("contract") in ("active", "suspended")
        except Unrecorded:
            return True

    def in_effect(self, row: Row) -> Row:
        """The row as the readings and the customer's own contract leave it."""
        patching = self.policy.patching
        over = row.quota.over.rules if row.quota is not None and row.quota.over is not None else ()
        concerned = (reading for rule in (*row.rules, *over) for reading in patching.get(rule, ()))
        for reading in {each.name: each for each in concerned}.values() if patching else ():
            if any(patch.bears_on(row, self.service.id) for patch in reading.patches.values()):
                chosen = reading.patches.get(self.reading(reading))
                if chosen is not None and chosen.bears_on(row, self.service.id):
                    row = chosen.apply(row)
        for term in self.own_terms():
            if term.patch.bears_on(row, self.service.id):
                row = term.patch.apply(row)
        return row

    def value(self, path: str) -> Any:
        """A fact's known value (None: known to be none); raises Absent or Unrecorded."""
        value = self.raw(path)
        if isinstance(value, str) and value == NOT_RECORDED:
            raise Unrecorded(path)
        return value

    def number(self, path: str) -> Decimal:
        """A fact that is a number; raises Absent, or Unrecorded when it is none."""
        value = self.value(path)
        if not is_number(value):
            raise Unrecorded(path)
        return Decimal(str(value))

    def quantity(self, path: str) -> Decimal:
        """A number of something asked for: none of it is no answer. Raises as `number`."""
        number = self.number(path)
        if number <= 0:
            raise Unrecorded(path)
        return number

    def day_of(self, path: str) -> date:
        """A fact that is a day, or the day of an instant in the policy's zone; raises as `number`."""
        value = self.at if path == "at" else self.value(path)
        if isinstance(value, datetime):
            return value.astimezone(self.policy.zone).date()
        if not isinstance(value, date):
            raise Unrecorded(path)
        return value

    def instant(self, path: str) -> datetime:
        """A fact that is an instant, or the first of a day; raises as `number`."""
        value = self.at if path == "at" else self.value(path)
        if isinstance(value, datetime):
            return value
        return datetime.combine(self.day_of(path), time(), self.policy.zone)

    def known(self, path: str) -> bool:
        """Whether a fact is there and known, be it known to be none."""
        try:
            self.value(path)
        except (Absent, Unrecorded):
            return False
        return True

    def given(self, path: str) -> bool:
        """Whether a fact is there and known to be something."""
        return self.known(path) and self.value(path) is not None

    def rules_behind(self, path: str) -> tuple[str, ...]:
        """The rules a derived value rests on."""
        return self.derived[path][1] if path in self.derived else ()

    def _derive(self, name: str) -> tuple[Any, tuple[str, ...]]:
        if name not in self.derived:
            self.derived[name] = self.policy.derived[name].work_out(self)
        return self.derived[name]

    def _calendar_fact(self, name: str) -> Any:
        if name == "weekday":
            return WEEKDAYS[self.at.weekday()]
        if name == "date":
            return self.day
        if name == "holiday":
            return self.policy.is_holiday(self.day)
        if name == "window":
            calendars = self.policy.calendars
            return next((each for each in calendars if self.policy.calendar(each).is_open(self.at)), "closed")
        raise KeyError(f"at.{name}")

    def _state(self, head: str, *, by_year: bool = False) -> str:
        """Standing of the contract or of the machine's agreement on the day, without dates in force.

        `by_year`: as if it ran in whole calendar years.
        """
        record = self.value(head)
        if record is None:
            return "none"
        start, end = ("start", "end") if head == "contract" else ("ma_start", "ma_end")
        if head == "machine":
            if "ma" not in record and start not in record and end not in record:
                raise Absent("machine.ma")
            if record.get("ma", True) == NOT_RECORDED:
                raise Unrecorded("machine.ma")
            if not record.get("ma", True):
                return "none"
        if record.get("suspended") == NOT_RECORDED:
            raise Unrecorded(f"{head}.suspended")
        if record.get("suspended"):
            return "suspended"
        first, final = record.get(start), record.get(end)
        for name, edge in ((start, first), (end, final)):
            if edge == NOT_RECORDED:
                raise Unrecorded(f"{head}.{name}")
        if by_year:
            first, final = first and first.replace(month=1, day=1), final and final.replace(month=12, day=31)
        if first is not None and first > self.day:
            return "upcoming"
        return "ended" if final is not None and final < self.day else "active"

    def period(self) -> tuple[date, date] | None:
        """The 12 months a yearly counter runs in today (X-06), both days inclusive; None when not known.

        The contract's own year while it is in force, else the first year from purchase.
        """
        contract = self.facts.get("contract")
        if isinstance(contract, Mapping) and self._state("contract") in ("active", "suspended"):
            start, end = contract.get("start"), contract.get("end")
            if not isinstance(start, date):
                return None
            return contract_year(start, self.day, end if isinstance(end, date) else None)
        bought = self.facts.get("purchased_on")
        if not isinstance(bought, date):
            return None
        last = last_day(bought, years=1)
        return (bought, last) if bought <= self.day <= last else None

    def used_of(self, quota: QuotaSpec) -> int:
        """Units of a quota used up; raises as `used`."""
        if not isinstance(quota.used, str):
            return quota.used
        return self.used(quota.counter, quota.used, quota.with_counters, ever=quota.ever)

    def used(
        self, counter: str, fact: str = "used", others: Sequence[str] = (), *, ever: bool = False
    ) -> int:
        """Units of a counter used in its period, as `fact` or the record says; raises Absent(fact).

        With `others` the units on record of those counters count too, with `ever` those of any period.
        """
        if fact in self.facts:
            value = self.facts[fact]
            if value == NOT_RECORDED:
                raise Unrecorded(fact)
            return int(value or 0)
        dates = self.facts.get("usage_dates")
        if dates is None:
            usage = self.facts.get("usage")
            if usage is None:
                raise Absent(fact)
            dates = [day for name in dict.fromkeys((counter, *others)) for day in usage.get(name, ())]
        return len(dates) if ever else self._in_period(dates)

    def _used_on_record(self, counter: str) -> int:
        """Units of any counter used in its period, as the record says; raises Absent without a record."""
        usage = self.facts.get("usage")
        if usage is None:
            raise Absent(f"used.{counter}")
        return self._in_period(usage.get(counter, ()))

    def _in_period(self, dates: Sequence[date]) -> int:
        if not dates:
            return 0
        period = self.period()
        if period is None:
            # without its first day nobody can tell which units count
            contract = self.facts.get("contract")
            if not isinstance(contract, Mapping) or "start" in contract:
                raise Unrecorded("contract.start")
            raise Absent("contract.start")
        first, last = period
        return sum(1 for day in dates if first <= day <= last)
