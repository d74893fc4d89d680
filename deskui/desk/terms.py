"""The vendors' terms as the desk applies them: the loaded policies with the desk's own holidays put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from zoneinfo import ZoneInfo

from deskui.desk.errors import NotFound
from deskui.desk.records import HolidayRecord
from deskui.policy.decision import Text
from deskui.policy.policy import Policy, Service
from deskui.worktime import HolidaySet, WorkCalendar

HOME_ZONE = ZoneInfo("Asia/Bangkok")
"""Zone of the desk itself, where no vendor's applies."""


@cache
def _round_the_clock() -> WorkCalendar:
    """Hours of a vendor whose terms are gone: its clocks are still shown, by the wall clock."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return WorkCalendar.weekly({day: [("00:00", "24:00")] for day in days}, tz=HOME_ZONE)


class Terms:
    """Policies by id. Safe to ask from any thread; `adjust` swaps them as a whole."""

    def __init__(self, policies: Mapping[str, Policy]) -> None:
        self._shipped = dict(policies)
        self._policies = dict(policies)
        self._changes: tuple[HolidayRecord, ...] = ()

    def adjust(self, changes: Sequence[HolidayRecord]) -> bool:
        """Puts the desk's holidays into every calendar; False when they are the ones already in."""
        wanted = tuple(changes)
        if wanted == self._changes:
            return False
        self._policies = {
            name: replace(policy, holiday_set=_changed(policy.holiday_set, wanted), built={})
            for name, policy in self._shipped.items()
        }
        self._changes = wanted
        return True

    @property
    def ids(self) -> tuple[str, ...]:
        """Policies, in the order they were loaded."""
        return tuple(self._policies)

    def policy(self, policy: str) -> Policy:
        """The terms of a vendor; raises NotFound."""
        found = self._policies.get(policy)
        if found is None:
            known = ", ".join(self._policies) or "—"
            raise NotFound(
                Text(
                    f"ไม่มีเงื่อนไขของผู้ขาย {policy!r} ตรวจโฟลเดอร์เงื่อนไข ({known})",
                    f"There are no terms of a vendor {policy!r}: look at the policies folder ({known})",
                )
            )
        return found

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
        terms = self._policies.get(policy)
        found = terms.services.get(service) if terms else None
        return found.name if found else Text(service, service)

    def vendor_name(self, policy: str) -> Text:
        """What a vendor is called; the policy's id when its terms are gone."""
        terms = self._policies.get(policy)
        return terms.name if terms else Text(policy, policy)

    def calendar(self, policy: str, name: str) -> WorkCalendar:
        """A calendar of a vendor; its main one, or the wall clock, when the terms know that name no
        more."""
        terms = self._policies.get(policy)
        if terms is None:
            return _round_the_clock()
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
                days = days.remove(change.day)
            else:
                days = days.add(change.day, th=change.name.th, en=change.name.en, source=change.source)
        return days

    return changed
