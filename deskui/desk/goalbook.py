"""The desk's own goals as a supervisor sets them (X-16): another kind of clock, never said to a caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from deskui.dataclass import dataclass
from deskui.desk.errors import NotFound, Refused
from deskui.desk.goals import ALL, GOALS, work
from deskui.desk.permission import supervisors_only
from deskui.desk.ports import UnitOfWork
from deskui.desk.work import Means
from deskui.policy.decision import Text
from deskui.policy.policy import Policy
from deskui.policy.vocabulary import TARGET_KINDS

__all__ = ["GoalBook", "GoalLine", "read_work"]

MOST = timedelta(hours=1000)
"""Working time of a goal at most."""
_DOES = Text("ตั้งเป้าหมายของเรา", "sets a goal of the desk")


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal: for tickets of this vendor and service that are logged from now on."""

    policy: str
    service: str
    """A service of the vendor, or `*` for every one that has no goal of its own of this kind."""
    kind: str
    work: timedelta
    """Working time in `calendar`."""
    calendar: str
    """Name of the vendor's calendar; empty for its main one."""


def read_work(text: str) -> timedelta:
    """Working time such as `30m`, `8h` or `1h30m`. Raises Refused with the form for any other text."""
    try:
        found = work(text.strip().lower())
    except ValueError:
        found = timedelta()
    if not timedelta() < found <= MOST:
        raise Refused(
            Text(
                f"{text!r} ไม่ใช่เวลาทำการ ใช้เช่น 30m, 8h หรือ 1h30m ไม่เกิน 1000h",
                f"{text!r} is no working time: write it like 30m, 8h or 1h30m, 1000h at most",
            )
        )
    return found


class GoalBook:
    """Lists and sets goals. Tickets that are there already keep the clocks they have."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def lines(self, policy: str | None = None) -> Sequence[GoalLine]:
        """The goals of one vendor, or of all, in order. Raises NotFound for an unknown vendor."""
        if policy is not None:
            self._means.terms.policy(policy)
        with self._means.uow() as uow:
            entries = uow.settings.read([GOALS]).get(GOALS, ())
        lines = [_line(entry) for entry in entries if policy in (None, entry["policy"])]
        return tuple(sorted(lines, key=lambda line: (line.policy, line.service, line.kind)))

    def put(self, line: GoalLine) -> GoalLine:
        """Sets a goal, in place of one of the same vendor, service and kind.

        Raises Refused for an agent who is no supervisor, for a vendor without hours, or where nothing would
        change; NotFound for a vendor, service, kind or calendar that there is none of.
        """
        terms = self._means.terms.policy(line.policy)
        self._check(terms, line)
        with self._means.uow(write=True) as uow:
            supervisors_only(self._means, uow, _DOES)
            entries = _entries(uow)
            if _entry(line) in entries:
                raise Refused(Text("เป้าหมายนี้ตั้งไว้อย่างนั้นอยู่แล้ว", "That goal is set so already"))
            uow.settings.write(GOALS, [*(e for e in entries if not _same(e, line)), _entry(line)])
            uow.commit()
        return line

    def drop(self, policy: str, service: str, kind: str) -> GoalLine:
        """Takes a goal back; what it was. Raises Refused for an agent who is no supervisor, NotFound."""
        with self._means.uow(write=True) as uow:
            supervisors_only(self._means, uow, _DOES)
            entries = _entries(uow)
            wanted = GoalLine(policy, service, kind, timedelta(), "")
            found = next((entry for entry in entries if _same(entry, wanted)), None)
            if found is None:
                raise NotFound(
                    Text(
                        f"ไม่มีเป้าหมายนั้นของ {policy} ({kind}) ดู deskui goal list",
                        f"There is no such goal of {policy} ({kind}): see deskui goal list",
                    )
                )
            uow.settings.write(GOALS, [entry for entry in entries if entry is not found])
            uow.commit()
        return _line(found)

    def _check(self, terms: Policy, line: GoalLine) -> None:
        if line.service != ALL:
            self._means.terms.service(terms, line.service)
        if line.kind not in TARGET_KINDS:
            raise _none("ชนิด", "kind", line.kind, sorted(TARGET_KINDS))
        if line.calendar and line.calendar not in terms.calendars:
            raise _none("ปฏิทิน", "calendar", line.calendar, sorted(terms.calendars))
        if not line.calendar and terms.main_calendar is None:
            listed = ", ".join(terms.calendars) or "—"
            raise Refused(
                Text(
                    f"{terms.short.th} ไม่มีเวลาทำการหลัก ระบุ --calendar: {listed}",
                    f"{terms.short.en} has no main hours; say --calendar: {listed}",
                )
            )


def _none(thai: str, english: str, found: str, there: Sequence[str]) -> NotFound:
    listed = ", ".join(there) or "—"
    return NotFound(
        Text(f"ไม่มี{thai} {found!r} มี: {listed}", f"There is no {english} {found!r}; there is: {listed}")
    )


def _entries(uow: UnitOfWork) -> Sequence[Mapping[str, Any]]:
    """The goals as the setting has them, held until the unit of work ends."""
    return tuple(uow.settings.hold(GOALS) or ())


def _same(entry: Mapping[str, Any], line: GoalLine) -> bool:
    key = (entry["policy"], entry.get("service", ALL), entry["kind"])
    return key == (line.policy, line.service, line.kind)


def _entry(line: GoalLine) -> dict[str, Any]:
    minutes = line.work // timedelta(minutes=1)
    entry = {"policy": line.policy, "service": line.service, "kind": line.kind, "minutes": minutes}
    return entry | ({"calendar": line.calendar} if line.calendar else {})


def _line(entry: Mapping[str, Any]) -> GoalLine:
    work = timedelta(minutes=entry["minutes"])
    return GoalLine(
        entry["policy"], entry.get("service", ALL), entry["kind"], work, entry.get("calendar") or ""
    )
