"""Dates and spans as people read and type them: Buddhist era in Thai, common era in English. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from deskui.policy.decision import Text

__all__ = [
    "DateProblem",
    "day_text",
    "due_text",
    "duration_words",
    "long_text",
    "parse_date",
    "parse_moment",
    "short_day",
    "time_of_day",
]

ERA: Final = 543
"""Years the Buddhist era is ahead."""
FIRST_BUDDHIST: Final = 2400
"""A typed year from here on is of the Buddhist era."""
_FIRST_YEAR = 1900

_WEEKDAYS: Final = {
    "th": ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS: Final = {
    "th": (
        "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
    ),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}  # fmt: skip
_LONG_MONTHS: Final = {
    "th": (
        "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
        "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_YEARS_BACK, _YEARS_ON = 30, 10
"""Within which years of two digits are meant; less than the 57 between the two readings of such a year."""
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def _tongue(language: str) -> str:
    return "th" if language == "th" else "en"


def _year(day: date, language: str) -> int:
    return day.year + ERA if language == "th" else day.year


def time_of_day(at: datetime, zone: tzinfo) -> str:
    """`10:30` in the zone."""
    return f"{at.astimezone(zone):%H:%M}"


def short_day(day: date, language: str) -> str:
    """`23 พ.ย. 2569` or `23 Nov 2026`."""
    tongue = _tongue(language)
    return f"{day.day} {_MONTHS[tongue][day.month - 1]} {_year(day, tongue)}"


def day_text(day: date, language: str) -> str:
    """`จ. 23 พ.ย. 2569` or `Mon 23 Nov 2026`."""
    return f"{_WEEKDAYS[_tongue(language)][day.weekday()]} {short_day(day, language)}"


def long_text(at: datetime, zone: tzinfo, language: str) -> str:
    """`จ. 23 พ.ย. 2569 10:30` or `Mon 23 Nov 2026 10:30` in the zone."""
    return f"{day_text(at.astimezone(zone).date(), language)} {time_of_day(at, zone)}"


def due_text(at: datetime, now: datetime, zone: tzinfo, language: str) -> str:
    """An instant in at most 14 columns: `จ. 10:30` today and within six days to come, `18/11 10:30` on a day
    gone by, else `7 ธ.ค. 10:30`, else `7 ธ.ค. 2570`.

    Both instants are aware; the answer is in the zone.
    """
    tongue = _tongue(language)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    days = (local.date() - today).days
    if 0 <= days <= 6:
        return f"{_WEEKDAYS[tongue][local.weekday()]} {local:%H:%M}"
    if -180 < days < 0:
        # a weekday alone would read as the one to come
        return f"{local.day}/{local.month} {local:%H:%M}"
    if local.year == today.year or abs(days) < 180:
        return f"{local.day} {_MONTHS[tongue][local.month - 1]} {local:%H:%M}"
    return short_day(local.date(), language)


def duration_words(span: timedelta, language: str, day_length: timedelta = timedelta(days=1)) -> str:
    """A span in words, two units at most: `2 วัน 4 ชม.`, `2 days 4 h`, `3 h 10 min`, `under a minute`.

    Days are of `day_length`; the sign is not said.
    """
    thai = language == "th"
    size = abs(span)
    days, rest = divmod(size, day_length) if day_length > timedelta(0) else (0, size)
    hours, rest = divmod(rest, timedelta(hours=1))
    minutes = rest // timedelta(minutes=1)
    parts: list[str] = []
    if days:
        unit = "วัน" if thai else "day" if days == 1 else "days"
        parts.append(f"{days} {unit}")
    if hours:
        parts.append(f"{hours} {'ชม.' if thai else 'h'}")
    if minutes and not days:
        parts.append(f"{minutes} {'นาที' if thai else 'min'}")
    return " ".join(parts) or ("ไม่ถึงนาที" if thai else "under a minute")


class DateProblem(ValueError):
    """A typed date that cannot be read; `text` says in both languages what is wrong and what to type."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def _unreadable(typed: str) -> DateProblem:
    return DateProblem(
        Text(
            f"พิมพ์วัน/เดือน/ปี เช่น 31/7/2570: อ่าน {typed!r} ไม่ได้",
            f"day/month/year, such as 31/7/2027: cannot read {typed!r} as a date",
        )
    )


def _named_months() -> dict[str, int]:
    names: dict[str, int] = {}
    for table in (*_MONTHS.values(), *_LONG_MONTHS.values()):
        for number, name in enumerate(table, start=1):
            names[name.casefold()] = number
            names[name.casefold().replace(".", "")] = number
    return names


_NAMED = _named_months()
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMES = re.compile(r"(\d{1,2})\s*([^\d\s]+)\s*(?:พ\.ศ\.|ค\.ศ\.)?\s*(\d{4}|\d{2})")


def _full_year(written: str, today: date) -> int:
    """The year of the common era; from 2400 on it is of the Buddhist era. Raises DateProblem.

    Two digits are of whichever era puts them near: people type both 26 and 69 for 2026.
    """
    if len(written) == 4:
        return int(written) - ERA if int(written) >= FIRST_BUDDHIST else int(written)
    years = (2000 + int(written), 2500 - ERA + int(written))
    near = [year for year in years if -_YEARS_BACK <= year - today.year <= _YEARS_ON]
    if len(near) != 1:
        raise DateProblem(
            Text(
                f"ปี {written} หมายถึงปีใด: พิมพ์สี่หลัก เช่น 2570",
                f"which year is {written}? Type it in four digits, such as 2027 or 2570",
            )
        )
    return near[0]


def parse_date(typed: str, today: date) -> date:
    """The day that was typed, in either era, with Arabic or Thai digits or a month's name.

    A year from 2400 on is of the Buddhist era, one of two digits of the era that puts it near `today`: echo
    the answer in full (`short_day`), so that the agent sees how it was read. Raises DateProblem when there is
    no such day.
    """
    text = typed.translate(_THAI_DIGITS).strip()
    if found := _ISO.fullmatch(text):
        year, month, day = found[1], int(found[2]), int(found[3])
    elif found := _NUMBERS.fullmatch(text):
        day, month, year = int(found[1]), int(found[2]), found[3]
    elif (found := _NAMES.fullmatch(text)) and found[2].casefold() in _NAMED:
        day, month, year = int(found[1]), _NAMED[found[2].casefold()], found[3]
    else:
        raise _unreadable(typed[:40])
    full = _full_year(year, today)
    if full < _FIRST_YEAR:
        raise DateProblem(
            Text(
                f"ปี {year} ไกลเกินไป: พิมพ์ปี พ.ศ. สี่หลัก เช่น 2570",
                f"the year {year} is too long ago: type it in four digits, such as 2570 or 2027",
            )
        )
    try:
        return date(full, month, day)
    except ValueError:
        raise DateProblem(
            Text(
                f"ไม่มีวันที่ {day} เดือน {month} ปี {full + ERA}: ตรวจวันและเดือน",
                f"there is no day {day} in month {month} of {full}: check day and month",
            )
        ) from None


_TIMED = re.compile(r"(.+?)(?:\s+|T)(?:เวลา\s*)?(\d{1,2})[:.](\d{2})\s*(?:น\.?)?")


def parse_moment(typed: str, today: date) -> datetime:
    """The day and the time that were typed, the day as `parse_date` reads it; naive: in the desk's zone.

    A day alone is no moment: taken as midnight it would move what is counted in hours by as much as a day.
    Raises DateProblem.
    """
    found = _TIMED.fullmatch(typed.translate(_THAI_DIGITS).strip())
    if found is None:
        parse_date(typed, today)
        raise _no_time(typed[:40])
    day = parse_date(found[1], today)
    try:
        return datetime.combine(day, time(int(found[2]), int(found[3])))
    except ValueError:
        raise _no_time(typed[:40]) from None


def _no_time(typed: str) -> DateProblem:
    return DateProblem(
        Text(
            f"{typed!r} ไม่มีเวลา: พิมพ์วันและเวลา เช่น 31/7/2570 14:30",
            f"{typed!r} has no time of day: type the day and the time, such as 31/7/2027 14:30",
        )
    )
