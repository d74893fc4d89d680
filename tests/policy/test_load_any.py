"""Whatever is wrong with a policy file, it is a problem of the file; and what loads can be asked."""

from __future__ import annotations

import copy
import tomllib
from datetime import UTC, date, datetime, time
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskui.paths import data_dir
from deskui.policy import Policy, PolicyFileError, decide
from deskui.policy.library import HolidayShelf
from deskui.policy.load import build_policy, read_policy
from deskui.worktime import HolidayFileError
from tests.policy.vendor import FILES

SHELF = HolidayShelf(data_dir() / "holidays")
SMALL = FILES / "all" / "small.toml"
EVERYTHING = FILES / "all" / "everything.toml"
GOOD = SMALL.read_text("utf-8")

_WORDS = ("x", "", "null", "sat", "desk", "2026-01-01", "\0", "09:00-09:00", "../x")
_SCALARS = st.one_of(
    st.sampled_from(_WORDS),
    st.integers(-2, 12),
    st.sampled_from([10**30, 1.5, float("nan"), float("inf"), True, False]),
    st.sampled_from([date(2026, 1, 1), date(9999, 12, 31), time(9), datetime(2026, 1, 1, tzinfo=UTC)]),
)
_KEYS = st.sampled_from(
    [
        "x",
        "fact",
        "each",
        "per",
        "plus",
        "after",
        "of",
        "target",
        "open",
        "order",
        "by",
        "table",
        "in",
        "within",
        "days",
        "years",
        "month_of",
        "has",
        "known",
        "future",
        "not",
        "from",
        "percent",
        "working_days",
        "th",
    ]
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=4,
)
_DOCUMENTS = {path: tomllib.loads(path.read_text("utf-8")) for path in (SMALL, EVERYTHING)}
_REMOVED = object()
_INSTANTS = tuple(
    datetime.fromisoformat(text).replace(tzinfo=UTC)
    for text in ("2026-11-23T03:30:00", "2026-11-27T16:00:00", "2026-11-28T04:00:00", "2026-12-07T04:00:00")
)


def _places(node: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    found = [above] if above else []
    for key, value in parts:
        found += _places(value, (*above, key))
    return found


def _put(document: Any, place: tuple[Any, ...], value: Any) -> None:
    for key in place[:-1]:
        document = document[key]
    if value is _REMOVED:
        del document[place[-1]]
    else:
        document[place[-1]] = value


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_slip_is_anything_but_a_problem_of_the_file(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(_DOCUMENTS)))
    document = copy.deepcopy(_DOCUMENTS[path])
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.sampled_from(_places(document)))
        _put(document, place, data.draw(st.just(_REMOVED) | _VALUES))
    try:
        policy = build_policy(document, path, SHELF)
    except PolicyFileError as caught:
        refused = caught.problems
    else:
        refused = ()
        asked(policy)
    assert all(problem.key and problem.expected for problem in refused)


def asked(policy: Policy) -> None:
    """Asks all there is to ask."""
    for ask in policy.services:
        for at in _INSTANTS:
            try:
                decide(policy, ask, {}, at)
            except HolidayFileError:
                return  # the library says so when it reads the file


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.text(max_size=3))
def test_no_damaged_text_is_anything_but_a_problem_of_the_file(at: int, length: int, put: str) -> None:
    text = GOOD[:at] + put + GOOD[at + length :]
    try:
        read_policy(text, SMALL, SHELF)
    except PolicyFileError as caught:
        lines = [problem.line for problem in caught.problems]
    else:
        lines = []
    assert all(1 <= line <= text.count("\n") + 2 for line in lines)
