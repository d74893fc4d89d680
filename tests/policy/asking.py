"""Requests at random: what each fact may be, what it must not be, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from deskui.paths import data_dir
from deskui.policy import Decision, FactProblem, Library, Policy, decide, read_facts
from deskui.policy.library import HolidayShelf
from deskui.policy.load import load_policy
from tests.policy.vendor import FILES

LIBRARY = Library.load(FILES)
POLICIES: tuple[Policy, ...] = (
    *LIBRARY.policies.values(),
    load_policy(FILES / "all" / "everything.toml", HolidayShelf(data_dir() / "holidays")),
)
NEVER = st.sampled_from(["not_recorded", None])
FIRST, SECONDS = datetime(2015, 1, 1, tzinfo=UTC), 13 * 365 * 86400
INSTANTS = st.integers(0, SECONDS).map(lambda seconds: FIRST + timedelta(seconds=seconds))
DAYS = st.dates(date(1999, 1, 1), date(2028, 1, 1)).map(date.isoformat)
STARTS = st.dates(date(2014, 1, 1), date(2023, 12, 31)).map(date.isoformat)
ENDS = st.dates(date(2024, 1, 1), date(2030, 1, 1)).map(date.isoformat)
MONEY = st.decimals(0, 10**7, places=2).map(float)
PLACES = st.sampled_from(["Bangkok", "นนทบุรี", "Pathum Thani", "Loei", "สมุทรปราการ"])
ITEMS = st.lists(st.fixed_dictionaries({"id": st.integers(1, 9)}), max_size=3)
WILD: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 10**18)
    | st.floats()
    | st.sampled_from(
        ["", "x", "not_recorded", "null", "2569-02-29", "31/12/99", "9999-12-31", "Bangkok", "phone"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["start", "end", "plan", "paid", "ma", "id", "suspended"]), inner)
    ),
    max_leaves=5,
)


def asks() -> st.SearchStrategy[tuple[Policy, str]]:
    """A policy and one of its asks."""
    return st.sampled_from([(policy, ask) for policy in POLICIES for ask in policy.services])


def answers(policy: Policy, fact: str) -> st.SearchStrategy[Any]:
    """What a fact may truly be."""
    question = policy.questions.get(fact)
    _, _, part = fact.partition(".")
    if fact in ("contract", "machine"):
        return st.none() | contracts(policy, fact)
    if part in ("start", "ma_start"):
        return STARTS
    if part in ("end", "ma_end"):
        return ENDS
    if question is None:
        return st.booleans() if part else st.integers(0, 12)
    if question.kind in ("choice", "yes_no"):
        return st.sampled_from([choice.value for choice in question.choices])
    return {
        "count": st.integers(0, 12),
        "money": MONEY,
        "date": DAYS,
        "year": st.integers(2560, 2575),
        "instant": INSTANTS.map(datetime.isoformat),
        "province": PLACES,
        "text": st.sampled_from(["daily", "Gold", "Silver"]),
        "list": ITEMS,
    }[question.kind]


def contracts(policy: Policy, head: str) -> st.SearchStrategy[dict[str, Any]]:
    """An agreement, or a machine's; facts of it that the policy asks about may be there or not."""
    # what lies deeper is asked for by itself
    asked = {part for name in policy.questions for first, _, part in [name.partition(".")] if first == head}
    asked = {part for part in asked if part and "." not in part}
    start, end = ("start", "end") if head == "contract" else ("ma_start", "ma_end")
    parts = {name: answers(policy, f"{head}.{name}") for name in asked | {"suspended"}}
    parts |= {"ma": st.booleans()} if head == "machine" else {}
    parts |= {start: STARTS, end: ENDS}
    return st.fixed_dictionaries({}, optional=parts)


def names(policy: Policy) -> list[str]:
    """Every fact a request to the policy may have."""
    return sorted({*(name for name in policy.questions if "." not in name), "contract", "used", "channel"})


def true_facts(policy: Policy) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the facts, each as it may truly be, known to be none or not recorded."""
    return st.fixed_dictionaries({}, optional={name: answers(policy, name) | NEVER for name in names(policy)})


def wild_facts(policy: Policy) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the facts as anybody may write them."""
    own = {name: answers(policy, name) | NEVER | WILD for name in names(policy)}
    more = {"usage_dates": st.lists(DAYS, max_size=7) | WILD, "usage": WILD, "machine": WILD, "colour": WILD}
    return st.fixed_dictionaries({}, optional={**own, **more})


def ask(policy: Policy, question: str, facts: dict[str, Any], at: datetime) -> Decision | None:
    """The decision; None for facts that cannot be read."""
    try:
        read = read_facts(policy, facts)
    except FactProblem:
        return None
    return decide(policy, question, read, at)


def with_fact(facts: dict[str, Any], fact: str, value: Any) -> dict[str, Any]:
    """The facts with one more; a dotted one goes into its record."""
    head, _, rest = fact.partition(".")
    if not rest:
        return {**facts, head: value}
    inner = facts.get(head)
    return {**facts, head: with_fact(inner if isinstance(inner, dict) else {}, rest, value)}
