"""When each vendor's desk is open: the top line of the screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from deskui.desk.model import VendorHours
from deskui.policy.context import Context
from deskui.policy.decision import Text
from deskui.policy.policy import Policy
from deskui.worktime import NeverCloses, NeverOpen

_A_DAY = timedelta(days=1)
_NOT_STATED = Text("ไม่ระบุเวลา", "not stated")
_DAYS = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def hours_words(policy: Policy, at: datetime) -> Text:
    """Until when a vendor is open at `at`, when it opens next, or that its terms do not say."""
    name = policy.main_calendar
    if name is None or _stands(policy, at) != "stated":
        return _NOT_STATED
    calendar = policy.calendar(name)
    try:
        if calendar.is_open(at):
            closes = calendar.next_close(at).astimezone(policy.zone)
            return Text(f"ปิด {closes:%H:%M}", f"closes {closes:%H:%M}")
        opens = calendar.next_open(at).astimezone(policy.zone)
    except NeverCloses:
        return Text("เปิดตลอด", "always open")
    except NeverOpen:
        return Text("ปิด", "closed")
    if opens.date() == at.astimezone(policy.zone).date():
        return Text(f"ปิดอยู่ เปิด {opens:%H:%M}", f"closed, opens {opens:%H:%M}")
    thai, english = _DAYS[opens.weekday()], _WEEKDAYS[opens.weekday()]
    return Text(f"ปิดอยู่ เปิด {thai} {opens:%H:%M}", f"closed, opens {english} {opens:%H:%M}")


def vendor_hours(policy: Policy, at: datetime) -> VendorHours:
    """In a word or two, for a line with all vendors: 17:00 · 09:00 within a day · Mon 09:00 · open? where the
    terms do not say.
    """
    hours = partial(VendorHours, policy.id, policy.short.en)
    name = policy.main_calendar
    if name is None or _stands(policy, at) != "stated":
        return hours(Text("เปิด?", "open?"), open=None)
    calendar = policy.calendar(name)
    try:
        if calendar.is_open(at):
            closes = f"{calendar.next_close(at).astimezone(policy.zone):%H:%M}"
            return hours(Text(closes, closes), open=True)
        opens = calendar.next_open(at).astimezone(policy.zone)
    except NeverCloses:
        return hours(Text("24 ชม.", "24 h"), open=True)
    except NeverOpen:
        return hours(Text("", ""), open=False)
    if opens - at < _A_DAY:
        return hours(Text(f"{opens:%H:%M}", f"{opens:%H:%M}"), open=False)
    thai, english = _DAYS[opens.weekday()], _WEEKDAYS[opens.weekday()]
    return hours(Text(f"{thai} {opens:%H:%M}", f"{english} {opens:%H:%M}"), open=False)


def closed_words(policy: Policy, at: datetime) -> Text:
    """That a vendor is closed, with the time it is there and when it opens next."""
    there, words = at.astimezone(policy.zone), hours_words(policy, at)
    return Text(
        f"ตอนนี้ {there:%H:%M} น. {policy.short.th} {words.th}",
        f"it is {there:%H:%M}: {policy.short.en} is {words.en}",
    )


def _stands(policy: Policy, at: datetime) -> str:
    """Whether the terms speak of the hours of that day (X-15)."""
    if policy.gate is None or not policy.services:
        return "stated"
    service = next(iter(policy.services.values()))
    return policy.gate.day_stands(Context(policy, service, at.astimezone(policy.zone), {}))
