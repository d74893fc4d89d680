"""What a policy file says that can be read and makes no sense: unknown words, answers that never come."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from deskui.policy.common import common
from deskui.policy.conditions import TESTS, Condition
from deskui.policy.hours import CalendarSpec
from deskui.policy.nearest import did_you_mean, one_of
from deskui.policy.policy import Derived, Policy, Row
from deskui.policy.problems import Problems, Where, is_day, is_number
from deskui.policy.reach import check_reach
from deskui.policy.rows import Names
from deskui.policy.said import Said
from deskui.policy.values import Constant
from deskui.policy.vocabulary import WEEKDAYS

_BUILT_IN = frozenset(
    {"at.weekday", "at.holiday", "at.date", "at.window", "contract.state", "machine.state"}
    | {"machine.year_state"}
)
"""Facts that no file needs to ask for."""
_OF_KIND: Mapping[str, tuple[Callable[[object], bool], Said]] = {
    "yes_no": (lambda value: isinstance(value, bool), Said("unquoted_flag")),
    "count": (is_number, Said("number")),
    "money": (is_number, Said("number")),
    "year": (is_number, Said("number")),
    "date": (is_day, Said("unquoted_date", such_as="2026-12-31")),
}
"""What a value of a condition must be, by the kind of its question."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PLACE = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def check_names(policy: Policy, names: Names) -> None:
    """Notes every fact, reading and table that is named and not there; told with the whole file in hand."""
    problems = names.problems
    known = {*policy.questions, *policy.derived, "used", "at"}
    counters = {service.counter for service in policy.services.values()} | {
        row.quota.counter
        for service in policy.services.values()
        for row in service.rows
        if row.quota is not None
    }
    known |= {f"used.{counter}" for counter in counters}
    if not policy.rules:
        problems.add(("rule",), Said("nothing"), Said("table_of_rules"))
    read = {rule for reading in policy.readings.values() for rule in reading.rules}
    for rule in policy.rules.values():
        if rule.basis == "interpretation" and rule.id not in read:
            problems.add(("rule", rule.id, "basis"), Said("no_reading"), Said("reading_needed"))
    for fact, where in names.facts_used.items():
        head = fact.split(".")[0]
        named_reading = head == "reading" and fact.partition(".")[2] in policy.readings
        if fact in known or fact in _BUILT_IN or named_reading:
            continue
        asked, _, test = fact.rpartition(".")
        if asked in policy.questions and policy.questions[asked].kind not in ("table", "list"):
            problems.add((*where, *fact.split(".")), Said("unknown_test"), one_of(TESTS, test))
        else:
            there = {f"reading.{name}" for name in policy.readings}
            said = "reading_of_file" if head == "reading" else "fact_of_file"
            problems.add(where, fact, Said(said, near=did_you_mean(fact, known | there)))
    _circles(names)
    if policy.cover is not None and policy.cover not in policy.derived:
        named = Said("derive_table", near=did_you_mean(policy.cover, policy.derived))
        problems.add(("policy", "cover"), policy.cover, named)


def _circles(names: Names) -> None:
    """Notes every derived fact that can only be told when it is known already."""
    for fact, first in names.leads_to.items():
        seen: set[str] = set()
        ahead = list(first.items())
        while ahead:
            behind, where = ahead.pop()
            if behind == fact:
                names.problems.add(where, fact, Said("facts_known_first"))
                break
            if behind not in seen:
                seen.add(behind)
                # told where this fact sets out from
                ahead += [(further, where) for further in names.leads_to.get(behind, ())]


def check_sense(policy: Policy, problems: Problems) -> None:
    """Notes every condition that never holds, every row that is never reached, and every label or plan that
    never comes.
    """
    check_reach(policy, problems)
    _waits(policy, problems)
    check_values(policy, problems)


def check_values(policy: Policy, problems: Problems) -> None:
    """Notes every condition, label and word that speaks of a value that never comes.

    A policy that was read with problems may be given: what hangs on a part with one is passed over.
    """
    unread = _unread(problems)
    shared = common().words if policy.words else {}
    for name in policy.words.keys() & shared.keys():
        problems.add(("word", name), name, Said("word_taken", text=shared[name]))
    for name, derived in policy.derived.items():
        if name not in unread:
            _derived(name, derived, problems)
        for number, line in enumerate(derived.rows):
            _conditions(policy, line.when, ("derive", name, "rows", number), problems, unread)
    for number, item in enumerate(() if policy.restricted is None else policy.restricted.items):
        _conditions(policy, item.when, ("restricted", "items", number), problems, unread)
    for row in _rows(policy):
        _conditions(policy, row.when, _where(row.place), problems, unread)
        for rule in row.rules:
            if rule in policy.rules and policy.rules[rule].card:
                decides = Said("card_decides", rule=rule)
                problems.add((*_where(row.place), "rule"), decides, Said("deciding_rule"))
    for number, remark in enumerate(policy.remarks):
        _conditions(policy, remark.when, ("remark", number), problems, unread)


def _unread(problems: Problems) -> frozenset[str]:
    """Facts and readings whose own table has a problem, and `at` where that is one of the hours; of a file
    with a slip of its punctuation nobody can tell, so all of them: "*".
    """
    if problems.passed:
        return frozenset("*")
    parts = [re.split(r"[.\[]", problem.key) for problem in problems.found]
    named = {part[1] for part in parts if part[0] in ("question", "derive", "reading") and len(part) > 1}
    whole = {"*" for part in parts if part[0] in ("question", "derive", "reading") and len(part) == 1}
    return frozenset(named | whole | {"at" for part in parts if part[0] in ("calendar", "gate")})


def _waits(policy: Policy, problems: Problems) -> None:
    """Notes work that waits for an opening where no hours say when that is."""
    if policy.main_calendar is not None:
        _day_to_wait_for(policy, policy.calendars[policy.main_calendar], problems)
        return
    named = sorted(policy.calendars) or Said("it_has_none")
    needed = Said("calendar_in_gate", names=named)
    if policy.restricted is not None and policy.calendars:
        problems.add(("restricted", "until"), policy.restricted.until, needed)
    for row in _rows(policy):
        if row.then == "defer" and row.until != "open-ended":
            problems.add((*_where(row.place), "until"), row.until, needed)


def _day_to_wait_for(policy: Policy, calendar: CalendarSpec, problems: Problems) -> None:
    """Notes restricted days after which no other day comes."""
    restricted = policy.restricted
    if restricted is None:
        return
    others = [day for day in WEEKDAYS if calendar.weekly.get(day) and day not in restricted.days]
    if not others:
        days = sorted(restricted.days, key=WEEKDAYS.index)
        problems.add(("restricted", "days"), days, Said("day_to_wait_for", calendar=policy.main_calendar))
    elif restricted.until in restricted.days:
        problems.add(("restricted", "until"), restricted.until, Said("day_not_restricted", days=others))


def check_words(policy: Policy, problems: Problems) -> None:
    """Notes every word that nothing explains to a person; apart, as it reads all the words there are."""
    for row in _rows(policy):
        _words(row, policy, _where(row.place), problems)
    for number, remark in enumerate(policy.remarks):
        _known(remark.flags, common().flags, ("remark", number, "flags"), problems)


def _rows(policy: Policy) -> Iterator[Row]:
    """Every row once, also those that several services share, and those beyond a quota."""
    seen: set[str] = set()
    for row in (*policy.before, *(row for service in policy.services.values() for row in service.rows)):
        if row.place not in seen:
            seen.add(row.place)
            yield row
            if row.quota is not None and row.quota.over is not None:
                yield row.quota.over


def _where(place: str) -> Where:
    """`service.x.rows[2]` as a path of the file."""
    return tuple(name or int(number) - 1 for name, number in _PLACE.findall(place))


def _derived(name: str, derived: Derived, problems: Problems) -> None:
    values = {str(row.value) for row in derived.rows}
    _known(derived.attainable, values, ("derive", name, "attainable"), problems)
    if values:
        _known(derived.labels, values, ("derive", name, "labels"), problems)


def _conditions(
    policy: Policy, when: Iterable[Condition], where: Where, problems: Problems, unread: frozenset[str]
) -> None:
    for condition in when:
        if "*" in unread or not unread.isdisjoint(condition.fact.split(".")):
            continue
        path = (*where, "when", *condition.fact.split("."))
        named = (*(condition.test.any_of or ()), *(condition.test.none_of or ()))
        question = policy.questions.get(condition.fact)
        values = _values(policy, condition.fact)
        if values is not None:
            _known(map(str, named), values, path, problems)
        elif question is not None and question.kind in _OF_KIND:
            good, expected = _OF_KIND[question.kind]
            for value in named:
                if value is not None and not good(value):
                    problems.add(path, value, expected)
        elif question is not None and question.kind == "choice":
            _meant(named, [str(choice.value) for choice in question.choices], path, problems)


def _meant(given: Iterable[object], offered: Collection[str], where: Where, problems: Problems) -> None:
    """Notes an answer that is one letter beside one of those offered: rows may speak of others besides."""
    for value in given:
        slip = isinstance(value, str) and value not in offered
        if slip and any(_one_letter_off(str(value), word) for word in offered):
            problems.add(where, value, one_of(offered, value))


def _one_letter_off(one: str, other: str) -> bool:
    """Whether one is the other with a letter more, fewer, another, or a capital instead."""
    if one.casefold() == other.casefold():
        return True
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or len(short) < 3:
        return False
    at = next((n for n, char in enumerate(short) if char != long[n]), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def _values(policy: Policy, fact: str) -> Collection[str] | None:
    """Every value that a fact may have besides none; None where there is no such list.

    A choice has none: rows may speak of answers that nobody is offered on the telephone.
    """
    derived = policy.derived.get(fact)
    if derived is not None and derived.measure is None:
        return {str(row.value) for row in derived.rows}
    kind, _, name = fact.partition(".")
    if kind == "reading":
        return policy.readings[name].options.keys() if name in policy.readings else None
    return {"at.weekday": WEEKDAYS, "at.window": (*policy.calendars, "closed")}.get(fact)


def _known(given: Iterable[str], known: Collection[str], where: Where, problems: Problems) -> None:
    for word in given:
        if word in known or word == "None":
            continue
        few = 0 < len(known) <= 12
        near = did_you_mean(word, known)
        problems.add(where, word, one_of(known, word) if few else Said("known_word", near=near))


def _words(row: Row, policy: Policy, where: Where, problems: Problems) -> None:
    _known(row.flags, common().flags, (*where, "flags"), problems)
    for name, words in common().named.items():
        value = row.figures.get(name)
        if name == "refer_to" and row.hint is not None:
            value, where = row.hint.get(name), (*where, "hint")
        given = value.value if isinstance(value, Constant) else None
        known = {*words, *policy.words}
        for word in [given] if isinstance(given, str) else given or ():
            if isinstance(word, str) and word not in known:
                near = did_you_mean(word, known)
                key = word if _BARE.fullmatch(word) else f'"{word}"'
                problems.add((*where, name), word, Said("own_word", words=sorted(known), near=near, key=key))
