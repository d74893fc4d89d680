"""Reads the facts of a request: dates of both eras, instants, provinces. Strict, every problem at once."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from deskui.policy.model import Question
from deskui.policy.policy import Policy
from deskui.policy.said import Said, Unreadable
from deskui.policy.vocabulary import NOT_RECORDED
from deskui.policy.years import BUDDHIST_ERA, common_era

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years, C.E., a date of a request may have: others are slips of the pen."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})")


class FactProblem(ValueError):
    """Facts that cannot be read; `problems` is a tuple of (key, what is said)."""

    def __init__(self, problems: tuple[tuple[str, Said], ...]) -> None:
        self.problems = problems
        self.said = Said("several", each=[Said("of_fact", fact=key, why=said) for key, said in problems])
        super().__init__("; ".join(f"{key}: {said}" for key, said in problems))


_MOST = 10**12
"""The largest count or amount that a request may name: more is a slip."""
_SHOWN = 60
"""Characters of what was found that a message repeats."""


def _expected(found: object, expected: Said) -> Unreadable:
    shown = repr(found)
    if len(shown) > _SHOWN:
        shown = f"{shown[:_SHOWN]}…"
    return Unreadable(Said("found_expected", found=shown, expected=expected))


def read_date(value: object) -> date:
    """A date from C.E. `YYYY-MM-DD` or B.E. `DD/MM/YYYY`; a year of 2400 or more is B.E. (X-05).

    Raises ValueError with words that say what was expected; two-digit years are refused.
    """
    if isinstance(value, datetime):
        raise Unreadable(Said("date_with_time", found=value.isoformat()))
    if isinstance(value, date):
        return _in_years(value, value.isoformat())
    if not isinstance(value, str):
        raise _expected(value, Said("date_such_as"))
    iso, slashed = _ISO.fullmatch(value.strip()), _SLASHED.fullmatch(value.strip())
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif slashed:
        if len(slashed.group(3)) != 4:
            raise Unreadable(Said("short_year", found=repr(value), digits=len(slashed.group(3))))
        day, month, year = (int(part) for part in slashed.groups())
    else:
        raise Unreadable(Said("no_date", found=repr(value)))
    try:
        found = date(common_era(year), month, day)
    except ValueError as error:
        raise Unreadable(Said("not_in_calendar", found=repr(value), why=str(error))) from error
    return _in_years(found, value)


def _in_years(day: date, given: str) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        years = {"year": day.year, "first": FIRST_YEAR, "last": LAST_YEAR}
        raise Unreadable(Said("in_the_year", found=repr(given), **years))
    return day


def _common_era(iso: str) -> str:
    """The same text with a B.E. year made C.E. before a date is: both have leap days of their own."""
    year = re.match(r"\d{4}", iso)
    return iso if year is None else f"{common_era(int(year[0])):04}{iso[4:]}"


def read_instant(value: object, zone: ZoneInfo) -> datetime:
    """An instant from ISO 8601, in `zone` when it has no offset; a year of 2400 or more is B.E. (X-05).

    Raises ValueError.
    """
    if isinstance(value, datetime):
        found = value
    elif isinstance(value, str) and not _SLASHED.fullmatch(value.strip()):
        try:
            found = datetime.fromisoformat(_common_era(value.strip()))
        except ValueError as error:
            raise Unreadable(Said("no_instant", found=repr(value))) from error
    else:
        raise Unreadable(Said("no_instant", found=repr(value)))
    # the years first: an instant at the edge of the calendar cannot be moved to another zone
    _in_years(found.date(), str(value))
    return found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)


@cache
def _provinces() -> Mapping[str, str]:
    from deskui.policy.common import common  # noqa: PLC0415 - read only when a province is asked about

    return common().provinces


def read_province(value: object) -> str:
    """The English name of a Thai province, from its Thai or English name. Raises ValueError."""
    if not isinstance(value, str):
        raise _expected(value, Said("province_name"))
    found = _provinces().get(_province_key(value))
    if found is None:
        raise Unreadable(Said("no_province", found=repr(value)))
    return found


def _province_key(name: str) -> str:
    return re.sub(r"^(จังหวัด|จ\.)|[\s\-.ฯ]|(province$)", "", name.strip().casefold())


def _number(value: object, expected: Said) -> Any:
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    # a whole number of hundreds of digits has no float to be finite
    finite = number and (isinstance(value, int) or math.isfinite(value))  # type: ignore[arg-type]
    if not finite or value < 0:  # type: ignore[operator]
        raise _expected(value, Said("or_more", what=expected))
    if value > _MOST:  # type: ignore[operator]
        raise _expected(value, Said("at_most", what=expected, most=f"{_MOST:,}"))
    return value


def _measure(value: object) -> Any:
    return _number(value, Said("number"))


def _count(value: object) -> int:
    number = _number(value, Said("a_whole_number"))
    if number != int(number):
        raise _expected(value, Said("a_whole_number"))
    return int(number)


def read_year(value: object) -> int:
    """A year, B.E., from four digits of either era (X-05). Raises ValueError."""
    text = value.strip() if isinstance(value, str) else str(value)
    if not re.fullmatch(r"\d{4}", text):
        raise _expected(value, Said("four_digit_year"))
    year = common_era(int(text))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        years = {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR}
        raise Unreadable(Said("is_the_year", found=repr(value), **years))
    return year + BUDDHIST_ERA


def _money(value: object) -> Decimal:
    return Decimal(str(_number(value, Said("amount_in_baht"))))


def _yes_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise _expected(value, Said("flag_or_not_recorded", not_recorded=repr(NOT_RECORDED)))
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _expected(value, Said("text"))
    return value


def _choice(question: Question, value: object) -> Any:
    """The answer it names, in capitals or not; any other value as it is: rows may speak of other answers."""
    if not isinstance(value, str):
        return value
    named = (choice.value for choice in question.choices if str(choice.value).casefold() == value.casefold())
    return next(named, value)


def _list(value: object) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise _expected(value, Said("list"))
    return tuple(value)


def _items(policy: Policy, value: object) -> tuple[Any, ...]:
    """A list of names, or of records, the facts of each read like those of a request."""
    items = []
    for number, item in enumerate(_list(value), 1):
        try:
            items.append(read_facts(policy, item) if isinstance(item, Mapping) else item)
        except FactProblem as error:
            raise Unreadable(Said("item_number", number=number, why=error.said)) from error
    return tuple(items)


def _days(value: object) -> tuple[date, ...]:
    return tuple(read_date(item) for item in _list(value))


def _usage(value: object) -> dict[str, tuple[date, ...]]:
    if not isinstance(value, Mapping):
        raise _expected(value, Said("dates_by_counter"))
    return {str(counter): _days(days) for counter, days in value.items()}


_CONTRACT_KEYS = frozenset(
    {"start", "end", "plan", "paid", "suspended", "special", "package"}
    | {"ma", "ma_start", "ma_end", "name", "serial", "own_terms"}
)


def _contract(value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise _expected(value, Said("a_contract"))
    contract = dict(value)
    for key in contract.keys() - _CONTRACT_KEYS:
        import difflib  # noqa: PLC0415 - only for a key nobody knows

        from deskui.policy.common import common  # noqa: PLC0415 - the same

        near = [word for word in common().meant.get(key, ()) if word in _CONTRACT_KEYS]
        near = near or difflib.get_close_matches(key, _CONTRACT_KEYS, 1, 0.7)
        if near:
            # a date under a wrong name would leave the agreement in force for ever
            raise Unreadable(Said("other_key", key=repr(key), near=repr(near[0])))
    for key in ("start", "end", "ma_start", "ma_end"):
        if contract.get(key) is not None and contract[key] != NOT_RECORDED:
            contract[key] = read_date(contract[key])
    for key in ("paid", "suspended", "special", "ma"):
        if key in contract and contract[key] != NOT_RECORDED:
            try:
                contract[key] = contract[key] is not None and _yes_no(contract[key])
            except Unreadable as error:
                raise Unreadable(Said("of_fact", fact=key, why=error.said)) from error
    first, last = (
        contract.get("start") or contract.get("ma_start"),
        contract.get("end") or contract.get("ma_end"),
    )
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise Unreadable(Said("ends_before_start", last=last, first=first))
    return contract


_ALWAYS: dict[str, Callable[[object], Any]] = {
    "contract": _contract,
    "machine": _contract,
    "used": _count,
    "usage_dates": _days,
    "usage": _usage,
    "province": read_province,
    "purchased_on": read_date,
}


_KINDS: dict[str, Callable[[object], Any]] = {
    "yes_no": _yes_no,
    "count": _count,
    "money": _money,
    "date": read_date,
    "year": read_year,
    "province": read_province,
    "text": _text,
    "table": lambda value: value,
}

_NONE: dict[str, Any] = {
    "yes_no": False,
    "count": 0,
    "list": (),
    # nobody is in no province and nothing has no price: a null here says that nobody knows
    "province": NOT_RECORDED,
    "money": NOT_RECORDED,
    "year": NOT_RECORDED,
    "instant": NOT_RECORDED,
}
"""What "known to be none" means, by kind of fact; of the others it is a value of its own."""


def _reader(policy: Policy, name: str, question: Question | None) -> Callable[[object], Any] | None:
    if name == "contract":
        return lambda value: _own_contract(policy, value)
    if name in _ALWAYS or question is None:
        return _ALWAYS.get(name)
    if question.kind == "instant":
        return lambda value: read_instant(value, policy.zone)
    if question.kind == "choice":
        return lambda value: _choice(question, value)
    if question.kind == "list":
        return lambda value: _items(policy, value)
    return _measure if question.fraction else _KINDS[question.kind]


def _parts(policy: Policy, path: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with each part as its own question has it, such as the plan or the seats of a package."""
    parts = dict(record)
    for key, value in record.items():
        question = policy.questions.get(f"{path}.{key}")
        if question is None and isinstance(value, Mapping):
            parts[key] = _parts(policy, f"{path}.{key}", value)
        read = None if question is None else _reader(policy, f"{path}.{key}", question)
        asked = question is not None and question.kind in ("choice", "count")
        if asked and read is not None and value is not None and value != NOT_RECORDED:
            try:
                parts[key] = read(value)
            except Unreadable as error:
                raise Unreadable(Said("of_fact", fact=key, why=error.said)) from error
    return parts


def _own_contract(policy: Policy, value: object) -> dict[str, Any]:
    """A contract, with what it says in place of the terms."""
    contract = _parts(policy, "contract", _contract(value))
    said = contract.get("own_terms")
    if said is not None and said != NOT_RECORDED:
        # few contracts have terms of their own
        from deskui.policy.ownterms import OwnTermError, read_own_terms  # noqa: PLC0415

        try:
            contract["own_terms"] = read_own_terms(policy, said)
        except OwnTermError as error:
            raise Unreadable(Said("of_fact", fact="own_terms", why=error.said)) from error
    return contract


def _none(name: str, question: Question | None) -> Any:
    if name == "usage_dates":
        return ()
    return None if question is None else _NONE.get(question.kind)


def known_facts(policy: Policy) -> frozenset[str]:
    """Names of the facts that a request may give for the policy to make something of."""
    return frozenset({*_ALWAYS, "channel", *(name.partition(".")[0] for name in policy.questions)})


def plans_told_apart(policy: Policy) -> frozenset[str]:
    """Every plan of a contract that is an answer to choose from or that some condition names."""
    question = policy.questions.get("contract.plan")
    tables = [row.when for service in policy.services.values() for row in service.rows]
    tables += [row.when for row in policy.before]
    tables += [line.when for table in policy.derived.values() for line in table.rows]
    named = {
        value
        for when in tables
        for condition in when
        if condition.fact == "contract.plan"
        for value in (*(condition.test.any_of or ()), *(condition.test.none_of or ()))
    }
    answers = () if question is None else (choice.value for choice in question.choices)
    return frozenset(str(value) for value in (*named, *answers) if value is not None)


def read_facts(policy: Policy, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a request, each in its own type; "not_recorded" passes, null is what its kind makes of it.

    Facts that the policy does not know are kept as they are. Raises FactProblem.
    """
    facts: dict[str, Any] = {}
    problems: list[tuple[str, Said]] = []
    for name, value in raw.items():
        question = policy.questions.get(name)
        read = _reader(policy, name, question)
        if value is None:
            facts[name] = _none(name, question)
        elif read is None or (isinstance(value, str) and value == NOT_RECORDED):
            facts[name] = value
        else:
            try:
                facts[name] = read(value)
            except Unreadable as error:
                problems.append((name, error.said))
    if problems:
        raise FactProblem(tuple(problems))
    return facts
