"""Looks for an example that would notice a change of a policy which none of its examples notices.

The request is found by trying: the examples there are and the row's own conditions, each moved a little in
time (opening and closing, Saturday, a holiday, the days a file names) and in one fact (every answer, and the
numbers about each boundary). What it must expect is what the policy as it is answers: whoever takes it over
says by that that the terms are so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from deskui.policy.codec import decision_to_json
from deskui.policy.conditions import Condition, Span
from deskui.policy.decide import decide
from deskui.policy.decision import Decision
from deskui.policy.examples import Example
from deskui.policy.facts import read_facts
from deskui.policy.mutant import Mutant
from deskui.policy.policy import Policy, Row
from deskui.policy.problems import as_written
from deskui.policy.said import Said

TRIES = 4000
"""Requests tried for one change: a second."""
MOST_STOPPED = 400
"""Requests of other services that are asked for a new one."""
_MONDAY = date(2026, 11, 23)
_PLACES = ("Bangkok", "Nonthaburi", "Chiang Mai")
_EXPLAINED = frozenset({"policy", "ask", "reasons", "say", "runners_up", "free_if", "granted_by", "needs"})
_LISTS = {"rules": "not_rules", "flags": "not_flags"}
_ABSENT: dict[str, Any] = {"rules": [], "flags": [], "targets": []}

Request = tuple[str, Mapping[str, Any], datetime]
"""(ask, facts, at)."""


def unnoticed(mutant: Mutant) -> Said:
    """What no example speaks of when none notices a change, in words."""
    where, change = mutant.where, mutant.change
    key = str(next(part for part in reversed(where) if isinstance(part, str)))
    if isinstance(where[-1], int) and change == "remove":
        return Said("row_unreached")
    if isinstance(where[-1], int) and change.startswith("remove "):
        return Said("element_idle", word=change.removeprefix("remove "))
    if change.startswith("add "):
        return Said("gate_idle", word=change.removeprefix("add "))
    if where[0] == "reading" and key == "default":
        return Said("reading_idle")
    if key == "staffed":
        return Said("staffed_idle")
    if "opens" in change or "closes" in change:
        return Said("hours_idle")
    tested = where[where.index("when") + 1 :] if "when" in where else ()
    if change == "remove" and tested:
        return Said("condition_idle", key=key)
    if change in ("+1", "-1") and (tested or key in ("from", "to")):
        return Said("edge_idle", key=str(tested[0]) if tested else key)
    return Said("figure_idle", key=key)


def noticing(
    policy: Policy, changed: Policy, mutant: Mutant, examples: Sequence[Example], part: Any
) -> tuple[Request, dict[str, Any]] | None:
    """A request that the two policies answer differently, and what to expect of it; None: none found.

    `part` is what the document has around the change; its days are tried.
    """
    asking: tuple[Request, dict[str, Any]] | None = None
    for number, (ask, facts, at) in enumerate(_requests(policy, mutant, examples, list(_named_days(part)))):
        if number >= TRIES:
            break
        try:
            known = read_facts(policy, facts)
            now = decide(policy, ask, known, at)
        except Exception:
            continue
        then: Decision | None = None
        with suppress(Exception):
            then = decide(changed, ask, known, at)
        expect = _told_apart(now, then)
        if expect and now.outcome != "ask":
            return (ask, facts, at), expect
        if expect and asking is None:
            # better one that is answered
            asking = (ask, facts, at), expect
    return asking


def example_text(mutant: Mutant, request: Request, expect: Mapping[str, Any], policy: Policy) -> str:
    """The request as a block of an examples file."""
    ask, facts, at = request
    local = at.astimezone(policy.zone).replace(tzinfo=None)
    lines = [
        "[[example]]",
        f"name = {_toml(str(mutant))}",
        f'ask = "{ask}"',
        f"at = {local:%Y-%m-%dT%H:%M:%S}",
    ]
    if facts:
        lines.append(f"facts = {_toml(facts)}")
    lines.append(f"expect = {_toml(expect)}")
    return "\n".join(lines)


def _toml(value: Any) -> str:
    match value:
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case None:
            return '"null"'
        case Mapping():
            return (
                "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
                if value
                else "{}"
            )
        case list() | tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case Decimal():
            return str(int(value) if value == int(value) else value)
    return as_written(value)


def _told_apart(now: Decision, then: Decision | None) -> dict[str, Any]:
    """What an example can expect of the first decision that the second does not do; empty when nothing."""
    one, other = _shape(now), {} if then is None else _shape(then)
    expect: dict[str, Any] = {"outcome": now.outcome}
    for key in dict.fromkeys((*one, *other)):
        value, instead = one.get(key, _ABSENT.get(key, "absent")), other.get(key, _ABSENT.get(key, "absent"))
        if key in _LISTS:
            more = [item for item in value if item not in instead]
            fewer = [item for item in instead if item not in value]
            expect |= ({key: more} if more else {}) | ({_LISTS[key]: fewer} if fewer else {})
        elif value != instead:
            expect[key] = value
    plain = len(expect) == 1 and other.get("outcome") == now.outcome
    return {} if plain else expect


def _shape(decision: Decision) -> dict[str, Any]:
    shape = {key: value for key, value in decision_to_json(decision).items() if key not in _EXPLAINED}
    targets = [{"due": target.due.isoformat()} for target in decision.targets]
    shape |= {"rules": list(decision.rules), "targets": targets}
    return {key: value for key, value in shape.items() if value or key == "outcome" or value in (0, False)}


def _requests(
    policy: Policy, mutant: Mutant, examples: Sequence[Example], days: list[date]
) -> Iterator[Request]:
    asks = sorted(mutant.asks) if mutant.asks is not None else list(policy.services)
    bases: list[Request] = []
    for ask in asks:
        if ask not in policy.services:
            continue
        at = datetime.combine(_MONDAY, time(10, 30), policy.zone)
        there = [(each.ask, each.facts, each.at) for each in examples if each.ask == ask]
        own = [(ask, _meeting(policy, row), at) for row in policy.services[ask].rows if _is_near(row, mutant)]
        bases += [*own, *there[:12], (ask, {}, at)]
        if mutant.change.startswith("add "):
            bases += _stopped(policy, ask, there[0][1] if there else {}, examples)
    yield from bases
    times = list(_instants(policy, days))
    facts = list(_answers(policy, mutant))
    for ask, known, at in bases:
        yield from ((ask, known, moment) for moment in times)
        yield from ((ask, _with(known, fact, value), at) for fact, value in facts)
    for ask, known, _ in bases[:3]:
        yield from ((ask, _with(known, fact, value), moment) for fact, value in facts for moment in times)


def _stopped(
    policy: Policy, ask: str, known: Mapping[str, Any], examples: Sequence[Example]
) -> list[Request]:
    """What customers whom a gate stops ask for, asked for another service, of which this much is known."""
    gates = {rule for row in policy.before for rule in row.rules}
    found: list[Request] = []
    for each in examples:
        cited = {*each.expect.get("rules", ()), each.expect.get("first_rule")}
        if gates & cited and len(found) < MOST_STOPPED:
            found.append((ask, {**known, **each.facts}, each.at))
    return found


def _is_near(row: Row, mutant: Mutant) -> bool:
    return mutant.place.startswith(row.place) or not row.place.startswith(f"{mutant.where[0]}.")


def _meeting(policy: Policy, row: Row) -> dict[str, Any]:
    """Facts of which every condition of a row holds, as far as that is plain to see."""
    facts: dict[str, Any] = {}
    _meet(policy, row.when, facts, 3)
    if row.quota is not None:
        facts.setdefault("used", 0)
    return facts


def _meet(policy: Policy, when: Iterable[Condition], facts: dict[str, Any], depth: int) -> None:
    for condition in when:
        derived = policy.derived.get(condition.fact)
        value = next(iter(_passing(condition)), None)
        if derived is not None and depth:
            line = next((line for line in derived.rows if line.value == value), None)
            _meet(policy, () if line is None else line.when, facts, depth - 1)
        elif condition.fact == "contract.state":
            facts |= _with(facts, "contract", {} if value == "active" else None)
        elif not condition.fact.startswith(("at.", "reading.", "machine.state")):
            facts |= _with(facts, condition.fact, value)


def _passing(condition: Condition) -> Iterator[Any]:
    """Values that pass a test, and those beside its boundaries."""
    test = condition.test
    yield from test.any_of or ()
    for edge, step in ((test.above, 1), (test.below, -1), (test.least, 0), (test.most, 0)):
        if edge is not None:
            yield from (edge + step, edge, edge + 1, max(edge - 1, Decimal(0)))
    for day in (test.since, test.until):
        if day is not None:
            yield from (day, day + timedelta(days=1), day - timedelta(days=1))
    for span in (test.within, test.past):
        if span is not None:
            yield from (_MONDAY - timedelta(days=_days(span) + more) for more in range(-2, 3))
    yield from test.none_of or ()
    yield from test.includes or ()


def _days(span: Span) -> int:
    return round(span.years * 365.25 + span.months * 30.44 + span.days)


def _instants(policy: Policy, named: Iterable[date]) -> Iterator[datetime]:
    """Working hours, night, weekend, about every opening and closing, a holiday, days of the change."""
    days = [_MONDAY + timedelta(days=number) for number in (0, 5, 6)]
    clocks = [time(10, 30), time(22), time(3)]
    for spec in policy.calendars.values():
        for hours in spec.weekly.values():
            clocks += [moved for pair in hours for edge in pair for moved in _about(edge)]
        days += sorted(spec.closed | spec.open)[:4]
        if spec.holidays is not None:
            holidays = policy.holiday_set(spec.holidays)
            ahead = (_MONDAY + timedelta(days=number) for number in range(60))
            days += [day for day in ahead if day in holidays and day.weekday() < 5][:1]
    for day in named:
        days += [day + timedelta(days=more) for more in (0, -1, 1, -7, 7, 14)]
    for clock in dict.fromkeys(clocks):
        yield from (datetime.combine(day, clock, policy.zone) for day in dict.fromkeys(days))


def _about(edge: str) -> Iterator[time]:
    hour, minute = (int(part) for part in edge.split(":"))
    for moved in (hour * 60 + minute + more for more in (-1, 0, 1)):
        if 0 <= moved < 24 * 60:
            yield time(moved // 60, moved % 60)


def _named_days(part: Any) -> Iterator[date]:
    """Every day in a part of a document."""
    if isinstance(part, Mapping):
        part = list(part.values())
    for item in part if isinstance(part, list) else ():
        yield from _named_days(item)
    if isinstance(part, date):
        yield part.date() if isinstance(part, datetime) else part


def _answers(policy: Policy, mutant: Mutant) -> Iterator[tuple[str, Any]]:
    """Every (fact, answer) worth trying."""
    numbers = {Decimal(number) for number in (0, 1, 2, 3, 5, 10)}
    if isinstance(mutant.value, int | float | Decimal) and not isinstance(mutant.value, bool):
        numbers |= {Decimal(str(mutant.value)) + more for more in (-2, -1, 0, 1)}
    for row in _rows(policy, mutant):
        for condition in row.when:
            if not condition.fact.startswith(("at.", "reading.")) and condition.fact not in policy.derived:
                yield from ((condition.fact, value) for value in _passing(condition))
    for derived in policy.derived.values():
        for line in derived.rows:
            for condition in line.when:
                if not condition.fact.startswith(("at.", "reading.", "contract.state")):
                    yield from ((condition.fact, value) for value in _passing(condition))
    for fact, question in policy.questions.items():
        if question.kind in ("yes_no", "choice"):
            yield from ((fact, choice.value) for choice in question.choices)
        elif question.kind in ("count", "money"):
            yield from ((fact, number) for number in sorted(numbers) if number >= 0)
        elif question.kind == "province":
            yield from ((fact, place) for place in _PLACES)
    yield from (
        ("contract", state)
        for state in ({}, None, {"end": _MONDAY - timedelta(days=30)}, {"suspended": True})
    )
    yield from (("used", int(number)) for number in sorted(numbers) if number >= 0)


def _rows(policy: Policy, mutant: Mutant) -> Iterator[Row]:
    yield from policy.before
    for ask in policy.services if mutant.asks is None else mutant.asks:
        if ask in policy.services:
            yield from policy.services[ask].rows


def _with(facts: Mapping[str, Any], fact: str, value: Any) -> dict[str, Any]:
    """The facts with one more; a dotted one goes into its record."""
    head, _, rest = fact.partition(".")
    if not rest:
        return {**facts, head: value}
    inner = facts.get(head)
    return {**facts, head: _with(inner if isinstance(inner, Mapping) else {}, rest, value)}
