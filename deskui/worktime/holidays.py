"""Reads holiday sets from TOML files, strictly: every problem is told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from deskui.dataclass import dataclass
from deskui.worktime.holidayset import STATES, Holiday, HolidaySet, OtherYears

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1

_TOP = ("format", "id", "name", "reviewed", "extends", "without", "other_years", "day")
_OTHER = ("country", "categories", "leave_out")
_DAY = ("date", "year", "th", "en", "state", "source")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_YEARS = range(1900, 2400)


@dataclass(frozen=True, slots=True)
class HolidayProblem:
    """One thing that is wrong in a holiday file; `line` is None when it cannot be told."""

    file: str
    line: int | None
    key: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.key}: found {self.found}, expected {self.expected}"


class HolidayFileError(ValueError):
    """A holiday file that cannot be used; `problems` holds everything that is wrong with it."""

    def __init__(self, problems: list[HolidayProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


def load_holiday_set(name: str, folder: Path) -> HolidaySet:
    """The set in `folder/name.toml`, with the days of the set it extends.

    Raises HolidayFileError with every problem found, in this file and in those it extends.
    """
    return _load(name, folder, ())


def _load(name: str, folder: Path, above: tuple[str, ...]) -> HolidaySet:
    file = f"{name}.toml"
    if not _NAME.fullmatch(name):
        raise HolidayFileError(
            [HolidayProblem(str(folder), None, "name of the set", repr(name), "a name such as th-private")]
        )
    if name in above:
        chain = " extends ".join((*above, name))
        raise HolidayFileError(
            [HolidayProblem(file, None, "extends", chain, "a set that does not extend itself")]
        )
    path = folder / file
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        known = ", ".join(sorted(each.stem for each in folder.glob("*.toml"))) or "no set at all"
        problem = HolidayProblem(str(path), None, "file", error.strerror or "nothing", f"one of: {known}")
        raise HolidayFileError([problem]) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problem = HolidayProblem(file, line, "text", "bytes that are not UTF-8", "a file saved as UTF-8")
        raise HolidayFileError([problem]) from None
    return _Reader(file, text).read(name, folder, above)


class _Lines:
    """Where keys stand in the text, told by its plain layout: `[[day]]` blocks and one key a line."""

    def __init__(self, text: str) -> None:
        self.heads: dict[str, list[int]] = {"": [0]}
        self.keys: dict[tuple[str, int, str], int] = {}
        section = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if head := re.match(r"\s*\[\[?\s*([A-Za-z_]+)\s*\]", line):
                section = head[1]
                self.heads.setdefault(section, []).append(number)
            elif key := re.match(r"\s*([A-Za-z_]+)\s*=", line):
                self.keys.setdefault((section, len(self.heads[section]) - 1, key[1]), number)

    def of(self, section: str, index: int, key: str) -> int | None:
        """The line of a key, else of the head of its block, else None."""
        heads = self.heads.get(section, [])
        if index >= len(heads):
            return None
        return self.keys.get((section, index, key)) or heads[index] or None


class _Reader:
    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.lines = _Lines(text)
        self.problems: list[HolidayProblem] = []

    def read(self, name: str, folder: Path, above: tuple[str, ...]) -> HolidaySet:
        table = self.parse()
        self.known(table, _TOP, "", 0)
        if table.get("format") != FORMAT or isinstance(table.get("format"), bool):
            self.wrong("", 0, "format", table.get("format"), f"{FORMAT}")
        if table.get("id") != name:
            self.wrong("", 0, "id", table.get("id"), f"{name!r}, the name of the file")
        names = self.names(table.get("name"))
        reviewed = self.years(table.get("reviewed"))
        rule = self.other_years(table.get("other_years"))
        rows = self.base(table, folder, (*above, name))
        taken = {row.date for row in rows if row.date is not None}
        raw = table.get("day", [])
        if not isinstance(raw, list):
            self.wrong("day", 0, "day", raw, "blocks that begin with [[day]]")
            raw = []
        for index, each in enumerate(raw):
            row = self.day(each, index, reviewed)
            if row is None:
                continue
            if row.date is not None and row.date in taken:
                self.wrong("day", index, "date", row.date, "a date that the set does not have yet")
            elif row.date is not None:
                taken.add(row.date)
            rows.append(row)
        if self.problems:
            raise HolidayFileError(self.problems)
        return HolidaySet(set_id=name, names=names, days=rows, reviewed_years=reviewed, other_years=rule)

    def parse(self) -> dict[str, object]:
        import tomllib  # noqa: PLC0415 - a calendar without a file does not need it

        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            message = str(error)
            at = re.search(r" \(at line (\d+), column \d+\)", message)
            found = message[: at.start()] if at else message
            problem = HolidayProblem(self.file, int(at[1]) if at else None, "text", found, "a TOML file")
            raise HolidayFileError([problem]) from None

    def wrong(self, section: str, index: int, key: str, found: object, expected: str) -> None:
        if found is None:
            shown = "nothing"
        elif isinstance(found, date):
            shown = found.isoformat()
        else:
            shown = repr(found)
        line = self.lines.of(section, index, key)
        where = {"": key, "day": f"day {index + 1}, {key}"}.get(section, f"{section}.{key}")
        self.problems.append(HolidayProblem(self.file, line, where, shown[:120], expected))

    def known(self, table: Mapping[str, object], keys: tuple[str, ...], section: str, index: int) -> None:
        for key in table:
            if key not in keys:
                self.wrong(section, index, key, key, f"one of {', '.join(keys)}")

    def text_of(self, table: Mapping[str, object], key: str, section: str, index: int) -> str:
        value = table.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.wrong(section, index, key, value, "a text")
        return ""

    def texts(self, value: object, key: str, section: str, expected: str) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value):
            return tuple(value)
        self.wrong(section, 0, key, value, expected)
        return ()

    def names(self, value: object) -> tuple[str, str]:
        if not isinstance(value, dict) or set(value) != {"th", "en"}:
            self.wrong("", 0, "name", value, '{ th = "…", en = "…" }')
            return "", ""
        return self.text_of(value, "th", "", 0), self.text_of(value, "en", "", 0)

    def years(self, value: object) -> frozenset[int]:
        if (
            isinstance(value, list)
            and all(isinstance(each, int) and each in _YEARS for each in value)
            and len(set(value)) == len(value)
        ):
            return frozenset(value)
        self.wrong(
            "", 0, "reviewed", value, "a list of different years in the Common Era, such as [2026, 2027]"
        )
        return frozenset()

    def other_years(self, value: object) -> OtherYears | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong("other_years", 0, "other_years", value, "a table [other_years]")
            return None
        self.known(value, _OTHER, "other_years", 0)
        country = self.text_of(value, "country", "other_years", 0)
        expected = "a list of categories of the holidays package"
        categories = self.texts(value.get("categories"), "categories", "other_years", expected)
        expected = "a list of English names of the holidays package"
        left_out = self.texts(value.get("leave_out", []), "leave_out", "other_years", expected)
        return OtherYears(country, categories, frozenset(left_out))

    def base(self, table: Mapping[str, object], folder: Path, above: tuple[str, ...]) -> list[Holiday]:
        extends, without = table.get("extends"), table.get("without", [])
        left_out = self.texts(without, "without", "", "a list of English names of days in the extended set")
        if extends is None:
            if left_out:
                self.wrong("", 0, "without", without, "`extends` beside it")
            return []
        if not isinstance(extends, str):
            self.wrong("", 0, "extends", extends, "the name of another set")
            return []
        try:
            rows = _load(extends, folder, above).rows()
        except HolidayFileError as error:
            self.problems += error.problems
            return []
        known = {row.en for row in rows}
        for each in left_out:
            if each not in known:
                self.wrong("", 0, "without", each, f"the English name of a day in {extends}.toml")
        return [row for row in rows if row.en not in left_out]

    def day(self, value: object, index: int, reviewed: frozenset[int]) -> Holiday | None:
        if not isinstance(value, dict):
            self.wrong("day", index, "day", value, "a block that begins with [[day]]")
            return None
        before = len(self.problems)
        self.known(value, _DAY, "day", index)
        th, en, source = (self.text_of(value, key, "day", index) for key in ("th", "en", "source"))
        state = next((each for each in STATES if each == value.get("state")), None)
        if state is None:
            self.wrong("day", index, "state", value.get("state"), f"one of {', '.join(STATES)}")
        when, year = value.get("date"), value.get("year")
        if "date" in value and (not isinstance(when, date) or isinstance(when, datetime)):
            self.wrong("day", index, "date", when, "a date without quotes, such as 2026-12-05")
        elif isinstance(when, date):
            if year is not None:
                self.wrong("day", index, "year", year, "no year beside a date")
            year = when.year
        elif state == "awaited":
            if not isinstance(year, int) or isinstance(year, bool):
                self.wrong("day", index, "year", year, "a date, or the year the day is awaited in")
        else:
            self.wrong("day", index, "date", None, "a date; only an awaited day may have a year instead")
        if isinstance(year, int) and reviewed and year not in reviewed:
            key = "date" if "date" in value else "year"
            listed = ", ".join(str(each) for each in sorted(reviewed))
            self.wrong("day", index, key, when or year, f"a day of a reviewed year ({listed})")
        if len(self.problems) > before or state is None or not isinstance(year, int):
            return None
        return Holiday(year, when if isinstance(when, date) else None, th, en, state, source)
