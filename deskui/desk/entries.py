"""The queue as one sequence: 100,000 entries are half a megabyte, and one is made when it is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, compress
from typing import overload

from deskui.desk.columns import Columns, Group
from deskui.desk.instants import NEVER, instant, maybe, microseconds
from deskui.desk.model import QueueEntry


class Entries(Sequence[QueueEntry]):
    """Entries in order; equal to any sequence of equal entries. Never changes, so any thread may read it."""

    __slots__ = ("_bands", "_columns", "_others", "_places", "_ticket_ids")

    def __init__(
        self, columns: Columns, places: array[int], bands: bytes, others: Sequence[QueueEntry] = ()
    ) -> None:
        """`places` in the columns and `bands` of the entries; a place below 0 is one of `others`, from -1."""
        self._columns = columns
        self._places = places
        self._bands = bands
        self._others = others
        self._ticket_ids: array[int] | None = None

    @classmethod
    def of(cls, entries: Iterable[QueueEntry]) -> Entries:
        """Of entries as they are."""
        others = tuple(entries)
        places = array("i", range(-1, -len(others) - 1, -1))
        return cls(Columns(), places, bytes(entry.band for entry in others), others)

    # --- as a sequence

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> QueueEntry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[QueueEntry, ...]: ...
    def __getitem__(self, index: int | slice) -> QueueEntry | tuple[QueueEntry, ...]:
        if isinstance(index, slice):
            return tuple(map(self._entry, self._places[index], self._bands[index]))
        return self._entry(self._places[index], self._bands[index])

    def __iter__(self) -> Iterator[QueueEntry]:
        return map(self._entry, self._places, self._bands)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(QueueEntry.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Entries({list(self[:3])}{', …' if len(self) > 3 else ''})"

    def _entry(self, place: int, band: int) -> QueueEntry:
        if place < 0:
            return self._others[~place]
        columns = self._columns
        return QueueEntry(
            band,
            columns.groups[columns.group[place]].rank,
            maybe(columns.due[place]),
            instant(columns.received[place]),
            columns.ticket[place],
        )

    # --- in whole columns, by order

    @property
    def places(self) -> array[int]:
        """Where each stands in the columns it was made of."""
        return self._places

    @property
    def ticket_ids(self) -> array[int]:
        """Ids in order; for all who ask the same array, which nobody changes."""
        if self._ticket_ids is None:
            self._ticket_ids = self._column(self._columns.ticket, lambda other: other.ticket_id)
        return self._ticket_ids

    @property
    def customer_ids(self) -> array[int]:
        """Customers; 0 for what is no ticket."""
        return self._column(self._columns.customer, lambda _: 0)

    @property
    def due(self) -> array[int]:
        """Due instants in microseconds since 1970, or NEVER."""
        return self._column(self._columns.due, _due)

    @property
    def received(self) -> array[int]:
        """When they came, in microseconds since 1970."""
        return self._column(self._columns.received, lambda other: microseconds(other.received_at))

    @property
    def groups(self) -> Sequence[Group]:
        """What many tickets have alike."""
        return self._columns.groups

    @property
    def group_numbers(self) -> array[int]:
        """Places among `groups`; -1 for what is no ticket."""
        return self._column(self._columns.group, lambda _: -1)

    def in_band(self, band: int) -> array[int]:
        """Ids of one band."""
        return array("q", compress(self.ticket_ids, map(band.__eq__, self._bands)))

    def _column(self, column: array[int], other: Callable[[QueueEntry], int]) -> array[int]:
        kind = column.typecode
        if not self._others:
            return array(kind, map(column.__getitem__, self._places))
        return array(kind, [column[one] if one >= 0 else other(self._others[~one]) for one in self._places])

    # --- others of the same

    def chosen(self, indexes: Iterable[int]) -> Entries:
        """Those at these indexes, in that order."""
        kept = array("i", indexes)
        places = array("i", map(self._places.__getitem__, kept))
        return Entries(self._columns, places, bytes(map(self._bands.__getitem__, kept)), self._others)

    def with_rows(self, index: int, rows: Sequence[QueueEntry]) -> Entries:
        """With rows of what is no ticket before the entry at `index`."""
        first = len(self._others)
        more = array("i", [~(first + number) for number in range(len(rows))])
        bands = bytes(row.band for row in rows)
        return Entries(
            self._columns,
            array("i", chain(self._places[:index], more, self._places[index:])),
            self._bands[:index] + bands + self._bands[index:],
            (*self._others, *rows),
        )

    def above(self, band: int) -> int:
        """How many stand in this band or in one before it, in the order of the queue."""
        return sum(self._bands.count(one) for one in range(band + 1))


def _due(entry: QueueEntry) -> int:
    return NEVER if entry.due_at is None else microseconds(entry.due_at)
