"""What a hand wrote where a value should stand, and what it meant: `1,400` is 1400, `31/12/2569` a date."""

from __future__ import annotations

import re
from datetime import date

from deskui.policy.said import Said
from deskui.policy.years import common_era

CURLY = "“”„‟‘’‚‛«»"
"""Quotation marks that word processors put in place of straight ones."""
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

_MONTHS = (
    ("ม.ค.", "มกราคม", "jan", "january"),
    ("ก.พ.", "กุมภาพันธ์", "feb", "february"),
    ("มี.ค.", "มีนาคม", "mar", "march"),
    ("เม.ย.", "เมษายน", "apr", "april"),
    ("พ.ค.", "พฤษภาคม", "may", "may"),
    ("มิ.ย.", "มิถุนายน", "jun", "june"),
    ("ก.ค.", "กรกฎาคม", "jul", "july"),
    ("ส.ค.", "สิงหาคม", "aug", "august"),
    ("ก.ย.", "กันยายน", "sep", "september"),
    ("ต.ค.", "ตุลาคม", "oct", "october"),
    ("พ.ย.", "พฤศจิกายน", "nov", "november"),
    ("ธ.ค.", "ธันวาคม", "dec", "december"),
)
_MONTH = {name.rstrip("."): number for number, names in enumerate(_MONTHS, 1) for name in names}
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NAMED = re.compile(r"(\d{1,2})[ -]*([^\W\d_][^\d\s]*)[ -]*(?:พ\.ศ\.|ค\.ศ\.)?\s*(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}")
_TIME = re.compile(r"[ T]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*น\.?)?")
_NUMBER = re.compile(
    r"(?:฿|thb|baht|บาท)?\s*([+-]?[\d,]*\.?\d[\d,]*\.?)(\.-|,-)?(\s*[^\s\d,.=/+\"'{}\[\]-][^=\"'{}\[\]]*)?"
)
_LENGTH = re.compile(r"(?:\d+h)?(?:\d+m)?")
_HOURS = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:น\.?)?\s*[-–]\s*(\d{1,2})[:.](\d{2})(?:\s*น\.?)?")
_WORD = re.compile(r"[A-Za-zก-๛][\wก-๛ .–…/%()-]*")
_FLAGS = dict.fromkeys(("true", "yes", "ใช่"), "true") | dict.fromkeys(("false", "no", "ไม่", "ไม่ใช่"), "false")
_MONEY = ("฿", "thb", "baht", "บาท")
_NOTHING = frozenset({"none", "null", "nil", "ไม่มี"})

Mended = tuple[Said, Said, str]
"""What was found, what was expected, and the value that was meant."""


def mend_value(raw: str) -> Mended | None:
    """What a faulty value was meant to be; None where nobody can tell."""
    given = raw.translate(THAI_DIGITS)
    return _date(raw, given) or _hours(raw, given) or _number(raw, given) or _quoted(raw) or _word(raw)


def write(raw: str, what: str, meant: str) -> Mended:
    """The value as it is to be written, with the kind of thing it is."""
    return Said("as_it_stands", value=raw), Said(what, value=meant), meant


def no_such_day(raw: str) -> Mended:
    """A day or time that no calendar has; what stands in for it means nothing."""
    instead = "2000-01-01" + ("T00:00:00" if len(raw) > 10 else "")
    return Said("as_it_stands", value=raw), Said("day_of_calendar"), instead


def _date(raw: str, given: str) -> Mended | None:
    clock = _TIME.search(given)
    day = given if clock is None or clock.end() != len(given) else given[: clock.start()]
    found = _calendar_day(day.strip())
    if found is None:
        if _SHORT_YEAR.fullmatch(day.strip()):
            return Said("as_it_stands", value=raw), Said("date_of_four_digits"), "2000-01-01"
        if _YEAR_FIRST.fullmatch(day.strip()) or _DAY_FIRST.fullmatch(day.strip()):
            return no_such_day(raw)
        return None
    if day == given or clock is None:
        return write(raw, "write_date", found)
    hour, minute, second = (int(part or 0) for part in clock.groups())
    if hour > 23 or minute > 59 or second > 59:
        return Said("as_it_stands", value=raw), Said("calendar_date"), f"{found}T00:00:00"
    return write(raw, "write_instant", f"{found}T{hour:02}:{minute:02}:{second:02}")


def _calendar_day(text: str) -> str | None:
    """A day in ISO 8601, of our era, from the ways in which people write one."""
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        if month > 12 >= day:
            day, month = month, day
    elif (match := _NAMED.fullmatch(text)) and (number := _MONTH.get(match[2].lower().rstrip("."))):
        day, month, year = int(match[1]), number, int(match[3])
    else:
        return None
    try:
        return date(common_era(year), month, day).isoformat()
    except ValueError:
        return None


def _hours(raw: str, given: str) -> Mended | None:
    match = _HOURS.fullmatch(given)
    if match is None:
        return None
    first, first_minute, last, last_minute = match.groups()
    return write(raw, "write_text", f'"{int(first):02}:{first_minute}-{int(last):02}:{last_minute}"')


def _number(raw: str, given: str) -> Mended | None:
    if _LENGTH.fullmatch(given):
        return write(raw, "write_text", f'"{given}"')
    match = _NUMBER.fullmatch(given.lower())
    if match is None:
        return None
    number, unit = match[1].replace(",", ""), match[2] or match[3]
    sign = "-" if number.startswith("-") else ""
    whole, _, part = number.lstrip("+-").partition(".")
    meant = f"{sign}{int(whole or 0)}" + (f".{part}" if part.strip("0") else "")
    what = (
        "write_number_only"
        if unit or given.lower().startswith(("฿", "thb", "baht", "บาท"))
        else "write_number"
    )
    return write(raw, what, meant)


def _quoted(raw: str) -> Mended | None:
    """Text in marks of a word processor, or with only one of its two straight marks."""
    inner = raw.strip('"')
    if raw[:1] in CURLY or (raw[-1:] in CURLY and raw[:1] in ('"', "'")):
        inner = raw[1:-1] if raw[-1:] in (*CURLY, '"', "'") and len(raw) > 1 else raw[1:]
        return Said("curly_quotes", value=raw), Said("write_text", value=_text(inner)), _text(inner)
    if raw.count('"') == 1 and raw[:1] + raw[-1:] != '""' and '"' in (raw[:1], raw[-1:]):
        return Said("one_quote", value=raw), Said("write_text", value=_text(inner)), _text(inner)
    return None


def _word(raw: str) -> Mended | None:
    if (meant := _FLAGS.get(raw.lower())) is not None:
        return write(raw, "write_flag", meant)
    if raw.lower() in _NOTHING:
        return write(raw, "write_text", '"null"')
    if _WORD.fullmatch(raw):
        return Said("without_quotes", value=raw), Said("write_text", value=_text(raw)), _text(raw)
    return None


def _text(inner: str) -> str:
    return '"' + inner.strip().replace("\\", "\\\\").replace('"', '\\"') + '"'
