"""The vendors' terms as the desk applies them: the loaded policies with the desk's own holidays put in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo

from deskui.desk.errors import NotFound, TermsFailure
from deskui.desk.records import HolidayRecord
from deskui.desk.settledports import SettledRecord, in_force
from deskui.policy.common import common
from deskui.policy.decision import Text
from deskui.policy.policy import Policy, Service
from deskui.policy.problems import PolicyFileError
from deskui.worktime import HolidayFileError, HolidaySet, WorkCalendar

HOME_ZONE = ZoneInfo("Asia/Bangkok")
"""Zone of the desk itself, where no vendor's applies."""


@cache
def _round_the_clock() -> WorkCalendar:
    """Hours of a vendor whose terms are gone: its clocks are still shown, by the wall clock."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return WorkCalendar.weekly({day: [("00:00", "24:00")] for day in days}, tz=HOME_ZONE)


class PolicySource(Protocol):
    """Policies by id, each read when it is asked for; a `Library` is one."""

    def __iter__(self) -> Iterator[str]:
        """The ids there are, in order."""
        ...

    def get(self, identity: str, /) -> Policy:
        """One policy; raises KeyError, or PolicyFileError where its file cannot be used."""
        ...


class Terms:
    """Policies by id. Safe to ask from any thread; `adjust` swaps them as a whole."""

    def __init__(self, source: PolicySource) -> None:
        self._source = source
        self._changed: dict[str, Policy] = {}
        self._changes: tuple[HolidayRecord, ...] = ()
        self._records: tuple[SettledRecord, ...] = ()

    @property
    def changes(self) -> Sequence[HolidayRecord]:
        """The desk's holidays that are in."""
        return self._changes

    @property
    def records(self) -> Sequence[SettledRecord]:
        """The settled readings that the hours follow."""
        return self._records

    def adjust(self, changes: Sequence[HolidayRecord], records: Sequence[SettledRecord]) -> bool:
        """Puts the desk's holidays into every calendar, and has the hours follow what supervisors settled;
        False when all of it is in already.
        """
        self._records, wanted = tuple(records), tuple(changes)
        if wanted == self._changes:
            return False
        self._changes, self._changed = wanted, {}
        return True

    def with_changes(self, changes: Sequence[HolidayRecord], records: Sequence[SettledRecord]) -> Terms:
        """The same terms with other holidays of the desk and other settled readings."""
        other = Terms(self._source)
        other.adjust(changes, records)
        return other

    @property
    def ids(self) -> tuple[str, ...]:
        """Policies that can be used, in order; reads them all."""
        return tuple(name for name in self._source if self._find(name) is not None)

    def _find(self, name: str) -> Policy | None:
        """A policy with the desk's holidays; None where there is none or its file cannot be used."""
        found = self._changed.get(name)
        if found is None:
            try:
                found = self._read(name)
            except (KeyError, PolicyFileError, HolidayFileError):
                return None
            changes = self._changes
            if changes:
                found = replace(found, holiday_set=_changed(found.holiday_set, changes), built={})
                if changes is self._changes:
                    self._changed[name] = found
        return found

    def _read(self, name: str) -> Policy:
        found = self._source.get(name)
        # terms whose holidays cannot be read would promise hours on days that nobody knows
        for kept in {spec.holidays for spec in found.calendars.values()}:
            if kept is not None:
                found.holiday_set(kept)
        return found

    @property
    def unusable(self) -> dict[str, Text]:
        """Policies whose file, or a holiday file of theirs, cannot be used: why, by id; reads them all."""
        return {name: self._why_not(name) for name in self._source if self._find(name) is None}

    def unreadable(self, policy: str) -> bool:
        """Whether a vendor's file is there and cannot be used: nobody knows its hours for now."""
        return self._find(policy) is None and policy in self._source

    def calendars_with(self, policy: str, holiday_set: str) -> tuple[str, ...]:
        """Names of the vendor's calendars that keep a holiday set."""
        calendars = self.policy(policy).calendars
        return tuple(name for name, spec in calendars.items() if spec.holidays == holiday_set)

    def holiday_set(self, name: str) -> HolidaySet | None:
        """A holiday set with the desk's changes; None when no vendor keeps it."""
        keeps = next((policy for policy in self.ids if self.calendars_with(policy, name)), None)
        return None if keeps is None else self.policy(keeps).holiday_set(name)

    def policy(self, policy: str) -> Policy:
        """The terms of a vendor; raises NotFound."""
        found = self._find(policy)
        if found is None:
            raise (TermsFailure if policy in self._source else NotFound)(self._why_not(policy))
        return found

    def version(self, policy: str) -> str | None:
        """The version of a vendor's terms; None when they are gone."""
        found = self._find(policy)
        return None if found is None else found.version

    def as_settled(self, policy: str) -> Policy:
        """The terms of a vendor with the hours that settled readings give it: where a supervisor chose that
        holidays are days like any other, its calendars know none (X-14). Raises NotFound.
        """
        found = self.policy(policy)
        return found.as_settled(in_force(self._records, found))

    def _why_not(self, policy: str) -> Text:
        try:
            self._read(policy)
        except (PolicyFileError, HolidayFileError) as error:
            first = error.problems[0].text if isinstance(error, PolicyFileError) else error.problems[0].words
            return Text(
                f"ไฟล์เงื่อนไขของผู้ขาย {policy!r} ใช้ไม่ได้: {first.th}",
                f"The policy file of {policy!r} cannot be used: {first.en}",
            )
        except KeyError:
            pass
        known = ", ".join(self.ids) or "—"
        return Text(
            f"ไม่มีเงื่อนไขของผู้ขาย {policy!r} มี: {known}",
            f"There are no terms of a vendor {policy!r}; there are: {known}",
        )

    def service(self, policy: Policy, service: str) -> Service:
        """A service of a vendor; raises NotFound."""
        found = policy.services.get(service)
        if found is None:
            raise NotFound(
                Text(
                    f"{policy.short.th} ไม่มีบริการ {service!r} เลือกจากรายการบริการ",
                    f"{policy.short.en} has no service {service!r}: choose one of its list",
                )
            )
        return found

    def service_name(self, policy: str, service: str) -> Text:
        """What a service is called; its id when the terms know it no more."""
        terms = self._find(policy)
        found = terms.services.get(service) if terms else None
        return found.name if found else Text(service, service)

    def counter_name(self, policy: str, counter: str) -> Text:
        """What a counter of quota is called: as the service of that name or the only one that draws on it."""
        terms = self._find(policy)
        return Text(counter, counter) if terms is None else terms.counter_name(counter)

    def drawn_name(self, policy: str, service: str, counter: str) -> Text:
        """What a service draws on, in its own words, and with which other it is counted, if any."""
        terms = self._find(policy)
        services = terms.services if terms else {}
        if service not in services or service == counter:
            return self.counter_name(policy, counter)
        own = services[service].name
        if counter not in services:
            return own
        other = services[counter].name
        return Text(f"{own.th} (นับรวมกับ{other.th})", f"{own.en} (counted with {other.en})")

    def drawn_unit(self, policy: str, service: str, counter: str) -> Text:
        """What is counted when a service draws on a counter; times, where the terms name nothing else."""
        terms = self._find(policy)
        found = terms.services.get(service) if terms else None
        for row in found.rows if found else ():
            fact = getattr(row.quota.units, "fact", None) if row.quota is not None else None
            question = terms.questions.get(fact) if terms and fact else None
            if row.quota is not None and row.quota.counter == counter and question and question.unit:
                return question.unit
        return common().words["times"]

    def vendor_name(self, policy: str) -> Text:
        """What a vendor is called; the policy's id when its terms are gone."""
        terms = self._find(policy)
        return terms.name if terms else Text(policy, policy)

    def calendar(self, policy: str, name: str) -> WorkCalendar:
        """A calendar of a vendor; its main one, or the wall clock, when the terms know that name no
        more.
        """
        terms = self._find(policy)
        if terms is None:
            return _round_the_clock()
        terms = terms.as_settled(in_force(self._records, terms))
        if name not in terms.calendars:
            main = terms.main_calendar
            return _round_the_clock() if main is None else terms.calendar(main)
        return terms.calendar(name)


def _changed(
    ask: Callable[[str], HolidaySet], changes: Sequence[HolidayRecord]
) -> Callable[[str], HolidaySet]:
    """The holiday sets with the desk's changes."""

    @cache
    def changed(name: str) -> HolidaySet:
        days = ask(name)
        for change in changes:
            if change.holiday_set != name:
                continue
            if change.working:
                # a day that the shipped set does not have needs no taking out
                days = days.remove(change.day) if days.day(change.day) is not None else days
            else:
                days = days.add(change.day, th=change.name.th, en=change.name.en, source=change.source)
        return days

    return changed
