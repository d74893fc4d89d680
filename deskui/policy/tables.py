"""Price tables and rankings of a policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Any

from deskui.dataclass import dataclass
from deskui.policy.conditions import Condition
from deskui.policy.context import Absent, Context, Unrecorded
from deskui.policy.lookups import NotStated


@dataclass(frozen=True, slots=True)
class Lost:
    """A cell without its figure."""

    hint: Mapping[str, Any]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PriceTable:
    """Prices by band of a count; a cell that the source lost is None."""

    bands: tuple[tuple[int, int | None, Mapping[str, Decimal | None]], ...]
    """(first, last inclusive or None, cell by column)."""
    hints: Mapping[str, Lost]
    """What is known of a lost cell, by `first:column`."""
    outside: Lost
    """What is known of cells the table does not have."""
    list_prices: Mapping[str, Decimal] = field(default_factory=dict)
    """The price before any discount, by column."""
    versions: tuple[tuple[date, PriceTable], ...] = ()
    """(first day, the table from then on), in order, where it changed."""

    def of_day(self, day: date) -> PriceTable:
        """The table in force on a day."""
        return next((table for first, table in reversed(self.versions) if first <= day), self)

    def look_up(self, count: int, column: str) -> Decimal:
        """The cell for a count. Raises NotStated for a lost or missing cell."""
        for first, last, cells in self.bands:
            if count >= first and (last is None or count <= last):
                cell = cells.get(column)
                if cell is not None:
                    return cell
                lost = self.hints.get(f"{first}:{column}", self.outside)
                raise NotStated(lost.hint, lost.rules)
        raise NotStated(self.outside.hint, self.outside.rules)

    def percent(self, count: int, column: str) -> Decimal:
        """By how many per cent of its list price the cell is below it; raises NotStated."""
        cell = self.look_up(count, column)
        price = self.list_prices.get(column)
        if not price:
            raise NotStated(self.outside.hint, self.outside.rules)
        return (price - cell) * 100 / price


@dataclass(frozen=True, slots=True)
class Rank:
    """One row of a ranking; `rank` None rejects the item."""

    when: tuple[Condition, ...]
    rank: int | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """An order of items: by rank, then by their own facts."""

    rows: tuple[Rank, ...]
    by: tuple[tuple[str, bool], ...]
    """(fact of the item, descending) after the rank."""

    def rank_of(self, context: Context) -> int | None:
        """Rank of the item whose facts the context holds; the last rank when no row matches."""
        for row in self.rows:
            try:
                if all(condition.holds(context) for condition in row.when):
                    return row.rank
            except (Absent, Unrecorded):
                # an item that does not say is not of this rank
                continue
        return len(self.rows)

    def arrange(self, context: Context, items: Sequence[Mapping[str, Any]]) -> tuple[list[Any], list[Any]]:
        """(ids in order, ids rejected)."""
        keyed: list[tuple[tuple[Any, ...], Any]] = []
        rejected: list[Any] = []
        for place, item in enumerate(items):
            inner = Context(context.policy, context.service, context.at, item, context.settled)
            rank = self.rank_of(inner)
            if rank is None:
                rejected.append(item.get("id"))
                continue
            keys = [(_Reversed(item.get(f)) if down else _Plain(item.get(f))) for f, down in self.by]
            keyed.append(((rank, *keys, place), item.get("id")))
        return [identity for _, identity in sorted(keyed, key=lambda pair: pair[0])], rejected


def _below(one: Any, other: Any) -> bool:
    try:
        return bool(one < other)
    except TypeError:
        # a number beside a word: any order, but always the same
        return str(one) < str(other)


@dataclass(frozen=True)
class _Plain:
    value: Any

    def __lt__(self, other: _Plain) -> bool:
        if self.value is None or other.value is None:
            return self.value is not None
        return _below(self.value, other.value)


@dataclass(frozen=True)
class _Reversed:
    value: Any

    def __lt__(self, other: _Reversed) -> bool:
        if self.value is None or other.value is None:
            return self.value is not None
        return _below(other.value, self.value)
