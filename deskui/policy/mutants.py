"""Every small change of a policy document that some example must notice.

A change is named by its place (`service.scope.rows[2].when.severity`) and by what was done there: `remove`,
`+1`, `-1`, `flip`, `= WORD`. Words people read (th, en, clauses, keywords, questions) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from deskui.policy import vocabulary as words
from deskui.policy.bearing import asks_of, named, readers
from deskui.policy.mutant import REMOVE, Mutant
from deskui.policy.problems import Where, is_day, is_number

Decides = Callable[[date, frozenset[str]], bool]
"""Whether a request of one of these services is decided by its own rows on a day."""


def mutants(document: Mapping[str, Any], decides: Decides = lambda _day, _asks: True) -> list[Mutant]:
    """Every mutant of a parsed policy file, in the order of its tables.

    A version that ends on a day on which `decides` is false is moved as far as the nearest on which it is
    true, as no request can tell the days in between.
    """
    return [
        Mutant(where, change, value, asks_of(document, where))
        for where, change, value in _Changes(document, decides).all()
    ]


_Change = tuple[Where, str, Any]
_HOURS = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_WORDS: dict[str, frozenset[str]] = {
    "reason": words.REASONS,
    "likely": words.LIKELY,
    "ask": words.HINT_ASK,
    "kind": words.TARGET_KINDS,
    "refer_to": frozenset({"sales", "company", "vendor"}),
    "until": words.UNTIL,
    "unit": frozenset({"hours", "days"}),
}
_NAMES = frozenset({"fact", "of", "per", "on", "from", "until", "prorate", "order", "by", "rejected", "rule"})
_OPTION = frozenset({"th", "en", "rests_on", "services", "with_counters", "holidays"})
_FORMS = frozenset({"table", "row", "column", "give", "target"})
"""Words of a computed figure that name a fact or a table: another name is another figure."""


class _Changes:
    def __init__(self, document: Mapping[str, Any], decides: Decides) -> None:
        self.document = document
        self.decides = decides
        self.calendars = list(document.get("calendar", {}))
        rows = (row for key in ("before", "remark") for row in document.get(key, []))
        self.exempting = [row for row in rows if "all_but" in row]

    def all(self) -> Iterator[_Change]:
        document = self.document
        if document.get("policy", {}).get("vat", "not_stated") == "stated":
            yield ("policy", "vat"), "= not_stated", "not_stated"
        for name, table in document.get("calendar", {}).items():
            yield from self.calendar(("calendar", name), table)
        if "gate" in document:
            yield from self.gate(document["gate"])
        if "restricted" in document:
            yield from self.restricted(document["restricted"])
        for name, values in document.get("set", {}).items():
            yield from self.elements(("set", name), values)
            rows = [row for row in self.exempting if name == row["all_but"] or name in row["all_but"]]
            yield from self.exempted(("set", name), values, rows)
        for name, table in document.get("question", {}).items():
            if "default" in table:
                yield ("question", name, "default"), "remove", REMOVE
            if "unrecorded" in table:
                yield from self.word(("question", name, "unrecorded", "ask"), table["unrecorded"]["ask"])
        for name, table in document.get("reading", {}).items():
            yield from self.reading(("reading", name), table)
        yield from self.elements(("own_terms", "over"), document.get("own_terms", {}).get("over", []))
        for name, table in document.get("derive", {}).items():
            yield from self.derive(("derive", name), table)
        for kind in ("before", "remark"):
            for number, row in enumerate(document.get(kind, [])):
                yield (kind, number), "remove", REMOVE
                yield from self.row((kind, number), row)
        for name, table in document.get("service", {}).items():
            yield from self.service(("service", name), table)
        for name, table in document.get("table", {}).items():
            yield from self.table(("table", name), table)
        for name, table in document.get("ranking", {}).items():
            yield from self.ranking(("ranking", name), table)

    def reading(self, where: Where, table: Mapping[str, Any]) -> Iterator[_Change]:
        """The other readings taken, and what each option changes."""
        yield from self.elements((*where, "flags"), table.get("flags", []), all_of_them=True)
        for name, option in table.get("options", {}).items():
            place = (*where, "options", name)
            if name != table.get("default"):
                yield (*where, "default"), f"= {name}", name
            yield from (((*place, key), "remove", REMOVE) for key in option.keys() & {"holidays"})
            for key in ("rests_on", "services", "with_counters"):
                yield from self.elements((*place, key), option.get(key, []))
            changes = {key: value for key, value in option.items() if key not in _OPTION}
            yield from self.row(place, changes)
            for key in changes.keys() - {"over", "hint", "targets"} if "then" not in option else ():
                yield (*place, key), "remove", REMOVE

    def calendar(self, where: Where, table: Mapping[str, Any]) -> Iterator[_Change]:
        for key, value in table.items():
            if key == "holidays":
                yield (*where, key), "remove", REMOVE
            elif key in ("closed", "open"):
                yield from self.elements((*where, key), value, all_of_them=True)
            else:
                hours = [value] if isinstance(value, str) else value
                for number, text in enumerate(hours):
                    for change, moved in _moved(text):
                        yield (
                            (*where, key),
                            f"{text} {change}",
                            [*hours[:number], moved, *hours[number + 1 :]],
                        )

    def gate(self, table: Mapping[str, Any]) -> Iterator[_Change]:
        yield from self.other_calendar(("gate", "calendar"), table.get("calendar"))
        yield from ((("gate", key), "remove", REMOVE) for key in table.keys() & {"holiday_reading"})
        for day, stands in table.get("not_stated", {}).items():
            where = ("gate", "not_stated", day)
            yield where, "remove", REMOVE
            yield where, "flip", "unknown" if stands == "staffed" else "staffed"

    def restricted(self, table: Mapping[str, Any]) -> Iterator[_Change]:
        yield from self.elements(("restricted", "days"), table.get("days", []))
        yield from self.word(("restricted", "until"), table.get("until"))
        for number, item in enumerate(table.get("items", [])):
            where = ("restricted", "items", number)
            yield where, "remove", REMOVE
            yield from self.elements((*where, "services"), item.get("services", []))
            yield from self.when((*where, "when"), item.get("when", {}))

    def derive(self, where: Where, table: Mapping[str, Any]) -> Iterator[_Change]:
        rows = table.get("rows", [])
        values = list(dict.fromkeys(row["is"] for row in rows if not isinstance(row.get("is"), Mapping)))
        for number, row in enumerate(rows):
            place = (*where, "rows", number)
            yield place, "remove", REMOVE
            yield from self.when((*place, "when"), row.get("when", {}))
            value = row.get("is")
            if isinstance(value, bool):
                yield (*place, "is"), "flip", not value
            elif is_number(value):
                yield (*place, "is"), "+1", value + 1
            elif isinstance(value, Mapping):
                yield from self.figure((*place, "is"), value)
            else:
                other = next((item for item in values if item != value), "another")
                yield (*place, "is"), f"= {other}", other
        if "measure" in table:
            yield from self.word((*where, "measure", "unit"), table["measure"].get("unit"))
            if "to_day" in table["measure"]:
                yield (*where, "measure", "to_day"), "remove", REMOVE

    def service(self, where: Where, table: Mapping[str, Any]) -> Iterator[_Change]:
        yield (*where, "staffed"), "flip", not table.get("staffed", True)
        if "counter" in table:
            yield (*where, "counter"), "= another", "another"
        yield from self.elements((*where, "flags"), table.get("flags", []))
        for number, row in enumerate(table.get("rows", [])):
            yield (*where, "rows", number), "remove", REMOVE
            yield from self.row((*where, "rows", number), row)

    def row(self, where: Where, row: Mapping[str, Any]) -> Iterator[_Change]:
        yield from self.when((*where, "when"), row.get("when", {}))
        for key, value in row.items():
            place = (*where, key)
            if key in ("rule", "then", "when", "say"):
                continue
            if key == "services":
                yield from self.elements(place, value)
            elif key == "all_but":
                yield from self.elements(place, value, all_of_them=True)
                if not isinstance(value, str):
                    yield from self.exempted(place, value, [row])
            elif key in ("from", "to"):
                yield from self.version_edge(place, value)
            elif key == "over":
                yield place, "remove", REMOVE
                yield from self.row(place, value)
            elif key == "targets":
                for number, target in enumerate(value):
                    yield from self.target((*place, number), target)
            elif key in ("flags", "times"):
                yield from self.elements(place, value, all_of_them=True)
            elif key == "hint":
                for name, item in value.items():
                    yield (*place, name), "remove", REMOVE
                    yield from self.figure((*place, name), item)
            elif key == "counter":
                yield place, "= another", "another"
            else:
                yield from self.figure(place, value)

    def target(self, where: Where, target: Mapping[str, Any]) -> Iterator[_Change]:
        yield from self.word((*where, "kind"), target.get("kind"))
        yield from self.other_calendar((*where, "calendar"), target.get("calendar"))
        if "work" in target:
            text = str(target["work"])
            number = re.sub(r"\d+(?=\D*$)", lambda match: str(int(match[0]) + 1), text)
            yield (*where, "work"), "+1", number
        if "restart" in target:
            yield (*where, "restart"), "remove", REMOVE
        if "working_days" in target:
            yield (*where, "working_days"), "+1", target["working_days"] + 1

    def figure(self, where: Where, value: Any) -> Iterator[_Change]:
        """A constant, or the constants of a computed figure."""
        if isinstance(value, Mapping):
            for key, item in value.items():
                if key in ("calendar", "open"):
                    yield from self.other_calendar((*where, key), item)
                elif key == "between":
                    for number, limit in enumerate(item):
                        yield (*where, key, number), "+1", limit + 1
                elif key == "sum":
                    for number, part in enumerate(item):
                        yield (*where, key, number), "remove", REMOVE
                        yield from self.figure((*where, key, number), part)
                elif key in ("together", "less", "parts") or (key == "per" and "after" in value):
                    yield (*where, key), "remove", REMOVE
                elif key == "dated":
                    for number, version in enumerate(item):
                        for edge in version.keys() & {"from", "to"}:
                            yield from self.version_edge((*where, key, number, edge), version[edge])
                        place = (*where, key, number, "is")
                        if version["is"] == words.LOST:
                            yield place, "= 1", 1
                        else:
                            yield from self.figure(place, version["is"])
                elif key in ("after", "before", "or") and isinstance(item, str):
                    continue
                elif key not in _NAMES | _FORMS:
                    yield from self.figure((*where, key), item)
        elif isinstance(value, bool):
            yield where, "flip", not value
        elif is_number(value):
            yield where, "+1", value + 1
        elif isinstance(value, str):
            yield from self.word(where, value)
        elif isinstance(value, list):
            yield from self.elements(where, value, all_of_them=True)
        elif is_day(value) or isinstance(value, datetime):
            yield where, "+1", value + timedelta(days=1)

    def when(self, where: Where, table: Mapping[str, Any]) -> Iterator[_Change]:
        for key, value in table.items():
            place = (*where, key)
            yield place, "remove", REMOVE
            if isinstance(value, Mapping):
                yield from self.test(place, value)
            elif isinstance(value, list):
                yield from self.elements(place, value)

    def test(self, where: Where, table: Mapping[str, Any]) -> Iterator[_Change]:
        for key, value in table.items():
            place = (*where, key)
            if len(table) > 1:
                yield place, "remove", REMOVE
            if key in ("within", "past") and isinstance(value, Mapping):
                for unit, number in value.items():
                    yield from self.boundary((*place, unit), number)
            elif isinstance(value, bool):
                yield place, "flip", not value
            elif isinstance(value, Mapping):
                yield from self.test(place, value)
            elif isinstance(value, list):
                yield from self.elements(place, value)
            elif key == "weekday":
                yield place, "= another day", next(day for day in words.WEEKDAYS if day != value)
            elif key in ("in", "not_in"):
                # the set's own members are tried one by one
                continue
            else:
                yield from self.boundary(place, value)

    def boundary(self, where: Where, value: Any) -> Iterator[_Change]:
        if is_number(value):
            yield where, "+1", value + 1
            yield where, "-1", value - 1
        elif isinstance(value, date):
            yield where, "+1", value + timedelta(days=1)
            yield where, "-1", value - timedelta(days=1)

    def version_edge(self, where: Where, day: Any) -> Iterator[_Change]:
        """The first or last day of a version, moved by a day on which requests are decided."""
        if not is_day(day):
            yield from self.boundary(where, day)
            return
        asks = readers(self.document, where)
        for way in (1, -1):
            # the day that changes hands: its own on the way in, the next one on the way out
            inwards = (where[-1] == "from") == (way == 1)
            first = day if inwards else day + timedelta(days=way)
            days = (first + timedelta(days=n * way) for n in range(14))
            ahead = next((n for n, other in enumerate(days) if self.decides(other, asks)), 0)
            moved = (ahead + 1) * way
            yield where, f"{moved:+}", day + timedelta(days=moved)

    def elements(self, where: Where, values: Any, *, all_of_them: bool = False) -> Iterator[_Change]:
        """Each element taken away; the only one is left alone unless an empty list means none."""
        if isinstance(values, str) or (len(values) == 1 and not all_of_them):
            return
        for number, value in enumerate(values):
            yield (*where, number), f"remove {value}", REMOVE

    def exempted(self, where: Where, values: Any, rows: Iterable[Any]) -> Iterator[_Change]:
        """Each service that some of these rows are about named among those that are left out."""
        left_out = [named(self.document, row["all_but"]) for row in rows]
        for name in self.document.get("service", {}):
            if any(name not in names for names in left_out):
                yield where, f"add {name}", [*values, name]

    def word(self, where: Where, value: Any) -> Iterator[_Change]:
        """Another word of the closed set, or a word that is none."""
        allowed = _WORDS.get(str(where[-1]))
        other = next((word for word in sorted(allowed) if word != value), "") if allowed else "another"
        yield where, f"= {other}", other

    def other_calendar(self, where: Where, value: Any) -> Iterator[_Change]:
        for name in self.calendars:
            if name != value:
                yield where, f"= {name}", name

    def table(self, where: Where, table: Mapping[str, Any]) -> Iterator[_Change]:
        for number, band in enumerate(table.get("bands", [])):
            place = (*where, "bands", number)
            yield place, "remove", REMOVE
            for key, value in band.items():
                if value == "lost":
                    yield (*place, key), "= 1", 1
                elif key == "from" and value == 1:
                    # nobody asks for nothing, so a band from 0 is the same band
                    yield (*place, key), "+1", 2
                else:
                    yield from (self.boundary if key in ("from", "to") else self.figure)((*place, key), value)
        for part in ("lost", "outside", "list"):
            for key, item in table.get(part, {}).items():
                if key == "rule":
                    continue
                yield (*where, part, key), "remove", REMOVE
                yield from self.figure((*where, part, key), item)

    def ranking(self, where: Where, table: Mapping[str, Any]) -> Iterator[_Change]:
        rows = table.get("rows", [])
        highest = max((row.get("rank", 0) for row in rows), default=0)
        for number, row in enumerate(rows):
            place = (*where, "rows", number)
            yield place, "remove", REMOVE
            yield from self.when((*place, "when"), row.get("when", {}))
            if "rank" in row:
                # into the place of a neighbour: beyond the last there is nobody to change places with
                change, by = ("+1", 1) if row["rank"] < highest else ("-1", -1)
                yield (*place, "rank"), change, row["rank"] + by
        for number, name in enumerate(table.get("by", [])):
            yield (*where, "by", number), "remove", REMOVE
            yield (*where, "by", number), "flip", name[1:] if name.startswith("-") else f"-{name}"


def _moved(text: str) -> Iterator[tuple[str, str]]:
    """Opening and closing a minute earlier and later."""
    match = _HOURS.fullmatch(text)
    if match is None:
        return
    hour, minute, end_hour, end_minute = (int(part) for part in match.groups())
    opens, closes = hour * 60 + minute, end_hour * 60 + end_minute
    for change, first, last in (
        ("opens +1m", opens + 1, closes),
        ("opens -1m", opens - 1, closes),
        ("closes +1m", opens, closes + 1),
        ("closes -1m", opens, closes - 1),
    ):
        if 0 <= first < 24 * 60 and 0 <= last <= 24 * 60:
            yield change, f"{first // 60:02}:{first % 60:02}-{last // 60:02}:{last % 60:02}"
