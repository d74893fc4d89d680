"""Rows that no request reaches, and days between two versions for which a file says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from deskui.dataclass import dataclass
from deskui.policy.conditions import Condition, Test
from deskui.policy.figures import figures
from deskui.policy.policy import Policy, Row
from deskui.policy.problems import Problems, Where, as_written
from deskui.policy.said import Said
from deskui.policy.values import Dated, parts_of

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Line:
    """What decides whether a row of any table is reached."""

    where: Where
    when: tuple[Condition, ...]
    services: frozenset[str] | None = None
    first: date | None = None
    last: date | None = None


def check_reach(policy: Policy, problems: Problems) -> None:
    """Notes rows that an earlier one takes everything from, and gaps and overlaps of dated versions."""
    for lines in _tables(policy):
        _never_reached(lines, problems)
        _versions(lines, problems)
    for name, table in policy.tables.items():
        for number, (before, band) in enumerate(pairwise(table.bands), 1):
            if before[1] is not None and band[0] > before[1] + 1:
                told = Said("no_band", first=before[1] + 1, last=band[0] - 1)
                lost = Said("band_for", first=before[1] + 1)
                problems.add(("table", name, "bands", number, "from"), told, lost)
    # a walk through all figures, for what few files have
    dated = "dated" in problems.source
    for where, _, value in figures(policy) if dated else ():
        for part in parts_of(value):
            if isinstance(part, Dated):
                _gaps(part, where, problems)


def _tables(policy: Policy) -> Iterator[list[_Line]]:
    yield [_of_row(row, ("before", number)) for number, row in enumerate(policy.before)]
    for name, service in policy.services.items():
        # rows of another service that this one is like are told where they stand
        own = [row for row in service.rows if row.place.startswith(f"service.{name}.")]
        yield [_of_row(row, ("service", name, "rows", number)) for number, row in enumerate(own)]
    for name, derived in policy.derived.items():
        yield [_Line(("derive", name, "rows", n), row.when) for n, row in enumerate(derived.rows)]
    for name, ranking in policy.rankings.items():
        yield [_Line(("ranking", name, "rows", n), row.when) for n, row in enumerate(ranking.rows)]


def _of_row(row: Row, where: Where) -> _Line:
    return _Line(where, row.when, row.services, row.since_day, row.until_day)


def _never_reached(lines: Sequence[_Line], problems: Problems) -> None:
    for number, line in enumerate(lines):
        wider = next((other for other in lines[:number] if _takes_all(other, line)), None)
        if wider is not None:
            told = Said("never_reached", line=problems.line_at(wider.where))
            problems.add(line.where, told, Said("narrower_first" if wider.when else "catch_all_last"))


def _takes_all(wider: _Line, line: _Line) -> bool:
    """Whether the wider row holds wherever the other does."""
    if wider.services is not None and (line.services is None or not line.services <= wider.services):
        return False
    if wider.first is not None and (line.first is None or line.first < wider.first):
        return False
    if wider.last is not None and (line.last is None or line.last > wider.last):
        return False
    return all(
        any(one.fact == other.fact and _implies(other.test, one.test) for other in line.when)
        for one in wider.when
    )


def _implies(narrow: Test, wide: Test) -> bool:
    """Whether what passes the first test passes the second; False where that is not plain to see."""
    if narrow == wide:
        return True
    if narrow.any_of is not None and narrow == Test(any_of=narrow.any_of):
        if wide.any_of is not None and wide == Test(any_of=wide.any_of):
            return all(value in wide.any_of for value in narrow.any_of)
        if wide.none_of is not None and wide == Test(none_of=wide.none_of):
            return not any(value in wide.none_of for value in narrow.any_of)
    low, high = _least(narrow), _most(narrow)
    numbers = Test(above=wide.above, below=wide.below, least=wide.least, most=wide.most)
    if wide != numbers or (low is None and high is None):
        return False
    return _beyond(_least(wide), low, 1) and _beyond(_most(wide), high, -1)


def _least(test: Test) -> tuple[Decimal, bool] | None:
    """The lowest number that passes, and whether it does so itself."""
    if test.above is not None:
        return test.above, False
    return None if test.least is None else (test.least, True)


def _most(test: Test) -> tuple[Decimal, bool] | None:
    if test.below is not None:
        return test.below, False
    return None if test.most is None else (test.most, True)


def _beyond(wide: tuple[Decimal, bool] | None, narrow: tuple[Decimal, bool] | None, way: int) -> bool:
    if wide is None:
        return True
    if narrow is None:
        return False
    return narrow[0] * way > wide[0] * way or (narrow[0] == wide[0] and (wide[1] or not narrow[1]))


def _versions(lines: Sequence[_Line], problems: Problems) -> None:
    """Rows of the same conditions with days of their own: told are days that have none of them, or two."""
    if not any(line.first or line.last for line in lines):
        return
    alike: dict[str, list[_Line]] = {}
    for line in lines:
        services = None if line.services is None else sorted(line.services)
        alike.setdefault(repr((line.when, services)), []).append(line)
    for rows in alike.values():
        if any(row.first is None and row.last is None for row in rows):
            # what holds on all other days is said
            continue
        rows.sort(key=lambda row: row.first or date.min)
        for before, row in pairwise(rows):
            if before.last is None or row.first is None:
                continue
            if row.first <= before.last:
                told = Said("two_in_force", first=row.first, last=before.last)
                problems.add((*row.where, "from"), told, Said("after_the_last", day=before.last + _DAY))
            elif row.first > before.last + _DAY:
                told = Said("none_in_force", first=before.last + _DAY, last=row.first - _DAY)
                problems.add((*row.where, "from"), told, Said("row_for_days", day=before.last + _DAY))


def _gaps(dated: Dated, where: Where, problems: Problems) -> None:
    for number, (before, version) in enumerate(pairwise(dated.versions), 1):
        last, first = before[1], version[0]
        if last is not None and first is not None and first > last + _DAY:
            told = Said("none_in_force", first=last + _DAY, last=first - _DAY)
            lost = f'{{ from = {last + _DAY}, to = {first - _DAY}, is = "lost" }}'
            expected = Said("version_for_days", day=as_written(last + _DAY), lost=lost)
            problems.add((*where, "dated", number, "from"), told, expected)
