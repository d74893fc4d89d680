"""Reads the opening hours of a policy file: calendars, the gate, restricted days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from deskui.policy import vocabulary as words
from deskui.policy.hours import CalendarSpec, Exclusion, Gate, Restricted
from deskui.policy.nearest import one_of
from deskui.policy.problems import Problems, Reader, is_day
from deskui.policy.rows import Names
from deskui.policy.said import Said
from deskui.worktime import WorkCalendar

_HOURS = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
_GATE_DAYS = frozenset({"always", "holiday", *words.WEEKDAYS, *(f"{day} holiday" for day in words.WEEKDAYS)})


def read_calendar(reader: Reader) -> CalendarSpec:
    """One calendar: hours by weekday, holidays, days of the vendor's own."""
    weekly: dict[str, list[tuple[str, str]]] = {}
    before = len(reader.problems.found)
    for key in [key for key in reader.table if key.split("-")[0] in words.WEEKDAYS]:
        first, _, last = key.partition("-")
        if last and last not in words.WEEKDAYS:
            reader.take(key)
            reader.problem(key, key, Said("weekday_keys"))
            continue
        # twice, for days from the end of one week into the next, such as sat-mon
        week = 2 * words.WEEKDAYS
        hours = _hours(reader, key)
        begin = week.index(first)
        for day in week[begin : week.index(last or first, begin) + 1]:
            if day in weekly:
                reader.problem(key, Said("day_again", day=repr(day)), Said("day_once"))
            weekly[day] = hours
    for key in reader.table.keys() - set(weekly) - {"holidays", "closed", "open", "holiday_hours"}:
        parts = [part[:3] for part in key.lower().split("-")]
        if set(parts) <= set(words.WEEKDAYS) and "-".join(parts) not in reader.table:
            reader.take(key)
            reader.problem(key, Said("unknown_key"), Said("weekday_named", near=repr("-".join(parts))))
    if not any(weekly.values()) and len(reader.problems.found) == before:
        reader.problem(None, Said("no_hours"), Said("hours_of_a_day"))
    spec = CalendarSpec(
        weekly=weekly,
        holidays=reader.text("holidays", None) or None,
        closed=_days(reader, "closed"),
        open=_days(reader, "open"),
        holiday_hours=_hours(reader, "holiday_hours"),
    )
    reader.may_have(*words.WEEKDAYS)
    reader.done()
    return spec


def _hours(reader: Reader, key: str) -> list[tuple[str, str]]:
    hours: list[tuple[str, str]] = []
    for text in reader.texts(key, ()):
        match = _HOURS.fullmatch(text)
        pair = (match.group(1), match.group(2)) if match else ("", "")
        try:
            WorkCalendar.weekly({"mon": [pair]})
        except ValueError:
            reader.problem(key, text, Said("hours"))
            continue
        if pair[1] <= pair[0]:
            # whose day the hours after midnight are is then written, for the gate and for holidays
            rest = Said("next_day_too", rest=f'"00:00-{pair[1]}"') if pair[1] > "00:00" else ""
            turned = f'"{pair[1]}-{pair[0]}"' if "00:00" < pair[1] < pair[0] else None
            other = "" if turned is None else Said("other_way_round", hours=turned)
            first = f'"{pair[0]}-24:00"'
            reader.problem(key, text, Said("hours_of_one_day", first=first, rest=rest, other=other))
        hours.append(pair)
    return hours


def share_days(
    calendars: Mapping[str, CalendarSpec], gate: Gate | None, problems: Problems
) -> dict[str, CalendarSpec]:
    """The calendars, with the days of the vendor's own that stand in the calendar of the gate.

    They are holidays, or none, for every calendar that knows holidays. Notes those that stand elsewhere.
    """
    main = None if gate is None or gate.calendar is None else calendars.get(gate.calendar)
    if gate is None or main is None:
        return dict(calendars)
    shared = {}
    for name, spec in calendars.items():
        shared[name] = spec
        if spec is main or spec.holidays is None:
            continue
        for key, days in (("closed", spec.closed), ("open", spec.open)):
            if days:
                there = Said("days_of_gate", calendar=gate.calendar)
                problems.add(("calendar", name, key), sorted(days), there)
        shared[name] = replace(spec, closed=main.closed, open=main.open)
    return shared


def _days(reader: Reader, key: str) -> frozenset[date]:
    raw = reader.take(key, [])
    if isinstance(raw, list) and all(is_day(item) for item in raw):
        return frozenset(raw)
    reader.problem(key, raw, Said("list_of_dates"))
    return frozenset()


def read_gate(top: Reader, names: Names, calendars: Mapping[str, CalendarSpec]) -> Gate | None:
    """The hours gate (X-15); None when the file has none."""
    raw = top.take("gate", None)
    if raw is None:
        return None
    reader = Reader(raw, ("gate",), top.problems)
    stands = reader.take("not_stated", {})
    # hours that no day has need no calendar
    never = isinstance(stands, Mapping) and "always" in stands and "calendar" not in reader.table
    calendar = None if never else names.calendar(reader)
    if not isinstance(stands, Mapping) or any(
        stand not in ("staffed", "unknown") for stand in stands.values()
    ):
        reader.problem("not_stated", stands, Said("days_not_stated", days=words.WEEKDAYS))
        stands = {}
    weekly = calendars[calendar].weekly if calendar is not None and calendar in calendars else {}
    for day in stands.keys() & {day for day, hours in weekly.items() if hours}:
        expected = Said("hours_of_calendar", calendar=calendar)
        reader.problems.add((*reader.where, "not_stated", day), day, expected)
    for day in stands.keys() - _GATE_DAYS:
        reader.problems.add((*reader.where, "not_stated", day), day, one_of(_GATE_DAYS, day))
    reading = reader.one_of("holiday_reading", names.readings) if "holiday_reading" in reader.table else None
    gate = Gate(
        calendar=calendar,
        closed_rules=names.rule_ids(reader, "closed", needed=False),
        not_stated_rules=names.rule_ids(reader, needed=False),
        not_stated=dict(stands),
        weekdays=frozenset(calendars[calendar].weekly) if calendar and calendar in calendars else frozenset(),
        holiday_reading=reading,
    )
    reader.may_have("holiday_reading")
    reader.done()
    return gate


def read_restricted(top: Reader, names: Names) -> Restricted | None:
    """Days on which some work must wait; None when the file has none."""
    raw = top.take("restricted", None)
    if raw is None:
        return None
    reader = Reader(raw, ("restricted",), top.problems)
    items = []
    for item in reader.tables("items"):
        items.append(
            Exclusion(
                rules=names.rule_ids(item),
                services=names.service_set(item) or frozenset(),
                when=names.conditions(item),
            )
        )
        item.done()
    restricted = Restricted(
        days=frozenset(reader.texts("days")),
        until=reader.one_of("until", {"next-opening", "next-workday", *words.WEEKDAYS}),
        rules=names.rule_ids(reader),
        items=tuple(items),
    )
    if not restricted.days <= set(words.WEEKDAYS):
        reader.problem("days", sorted(restricted.days), Said("weekdays", days=words.WEEKDAYS))
    if not names.calendars:
        reader.problem(None, Said("no_calendar"), Said("calendar_to_wait"))
    reader.done()
    return restricted
