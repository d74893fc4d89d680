"""Figures looked up in the tables of a policy: cells of price lists, items in the order of a ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from deskui.dataclass import dataclass
from deskui.policy.context import Absent, Context, Unrecorded

ALL_TOGETHER = "*"
"""In place of a fact: all items of a list count together."""


class NotStated(Exception):
    """The terms do not give this figure (a lost cell, an unstated hour): the verdict becomes `unknown`."""

    def __init__(self, hint: Mapping[str, Any], rules: tuple[str, ...] = ()) -> None:
        super().__init__(str(hint))
        self.hint = hint
        self.rules = rules
        """The rules that say so."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A figure of a price table: the row whose band holds a count, the column that facts name."""

    table: str
    row: str
    column: tuple[str, ...]
    part: str
    """each; total (cell times count); or percent, by which it is below the table's list price."""

    def work_out(self, context: Context) -> Any:
        """The cell; NotStated with the table's hint when the source lost it or never had it."""
        return self.of_band(int(context.quantity(self.row)), context)

    def of_band(self, count: int, context: Context) -> Any:
        """The cell of the band that holds `count`, for the row and column of the context's own facts."""
        table = context.policy.tables[self.table].of_day(context.day)
        column = " ".join(str(context.value(fact)) for fact in self.column)
        if self.part == "percent":
            return table.percent(count, column)
        cell = table.look_up(count, column)
        return cell * context.quantity(self.row) if self.part == "total" else cell


@dataclass(frozen=True, slots=True)
class TableSum:
    """Cells of a price table for each item of a list, added up."""

    cell: TableCell
    items: str
    together: str | None
    """Items alike in this fact are counted together for their band, or all; None: each on its own."""

    def work_out(self, context: Context) -> Decimal:
        """Baht; NotStated when one of the cells is."""
        items = listed(self.items, context)
        if not items:
            raise Unrecorded(self.items)
        lines = [Context(context.policy, context.service, context.at, i, context.settled) for i in items]
        try:
            counts = [line.quantity(self.cell.row) for line in lines]
            kinds = [self._kind(place, line) for place, line in enumerate(lines)]
            amount = Decimal(0)
            for line, kind in zip(lines, kinds, strict=True):
                band = sum(count for count, other in zip(counts, kinds, strict=True) if other == kind)
                amount += self.cell.of_band(int(band), line)
            return amount
        except Absent as absent:
            # a fact of an item, not of the request
            raise Absent(f"{self.items}.{absent.fact}") from None
        except Unrecorded:
            raise Unrecorded(self.items) from None

    def _kind(self, place: int, line: Context) -> Any:
        """What the line is counted with: lines of one kind share a band."""
        if self.together is None:
            return place
        return ALL_TOGETHER if self.together == ALL_TOGETHER else line.value(self.together)


@dataclass(frozen=True, slots=True)
class Order:
    """Ids of a list of items in the order a ranking gives them."""

    items: str
    ranking: str
    rejected: bool = False

    def work_out(self, context: Context) -> tuple[Any, ...]:
        """Ids, first served first; or those the ranking rejects."""
        kept, rejected = context.policy.rankings[self.ranking].arrange(context, listed(self.items, context))
        return tuple(rejected if self.rejected else kept)


def listed(fact: str, context: Context) -> Sequence[Mapping[str, Any]]:
    """A fact that is a list of records; Unrecorded when it is none."""
    items = context.value(fact)
    if not isinstance(items, list | tuple) or not all(isinstance(item, Mapping) for item in items):
        raise Unrecorded(fact)
    return items
