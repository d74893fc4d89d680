"""What the repositories of one unit of work share: the open transaction, and how a table becomes records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from enum import Enum
from itertools import starmap
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    CursorResult,
    Executable,
    Insert,
    Select,
    Table,
    bindparam,
    insert,
    text,
    update,
)
from sqlalchemy import select as sql_select
from sqlalchemy.dialects import sqlite

from deskui.store import failure
from deskui.store.engine import where

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from sqlalchemy.dialects import postgresql

_RecordT = TypeVar("_RecordT", bound="DataclassInstance")

IDS: Final = "ids"
"""Name of the parameter that a list of ids is bound to."""


class Turn(Enum):
    """What only one unit of work at a time may do; the values are keys of PostgreSQL's advisory locks."""

    FEED = 0x66656564
    """Writing at the end of the change feed: "feed"."""
    AGENTS = 0x70656F70
    """Letting somebody in: "peop"."""
    CUSTOMERS = 0x63757374
    """Giving a customer a code: "cust"."""
    SETTINGS = 0x73657474
    """Changing a setting by what it was: "sett"."""
    HOURS = 0x686F7572
    """Changing what days are open; those who plan by them share it: "hour"."""


_TAKE: Final = text("SELECT pg_advisory_xact_lock(:key)")
_SHARE: Final = text("SELECT pg_advisory_xact_lock_shared(:key)")


class Work:
    """One open transaction. Used by one thread."""

    __slots__ = ("connection", "postgresql", "writes")

    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self.connection = connection
        self.postgresql = connection.dialect.name == "postgresql"
        self.writes = writes

    def read(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        """Runs a question."""
        return self.connection.execute(statement, parameters)

    def write(
        self, statement: Executable, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """Runs a change. Raises StoreFailure when the unit of work was opened for reading."""
        self.must_write()
        return self.connection.execute(statement, parameters)

    def must_write(self) -> None:
        """Raises StoreFailure when the unit of work was opened for reading."""
        if not self.writes:
            raise failure.opened_for_reading(where(self.connection.engine.url))

    def take_turn(self, turn: Turn, *, shared: bool = False) -> None:
        """Waits until nobody else holds the turn, and holds it to the end; `shared` goes with others shared.

        SQLite's one writer holds everything already. Raises StoreFailure like `write`.
        """
        self.must_write()
        if self.postgresql:
            self.connection.execute(_SHARE if shared else _TAKE, {"key": turn.value}).close()

    def add_new(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that can say what to do about a row that is there already."""
        if self.postgresql:
            from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - slow to load, and of no use to SQLite

            return postgresql.insert(table)
        return sqlite.insert(table)


class Shape(Generic[_RecordT]):
    """A table and the record its rows become; columns are named, or keyed, as the record's fields."""

    def __init__(
        self, table: Table, record: type[_RecordT], key: str | None, derived: Iterable[str] = ()
    ) -> None:
        self.table = table
        self.record: Callable[..., _RecordT] = record
        self.key: Column[Any] | None = None if key is None else table.c[key]
        self.names = [field.name for field in fields(record)]
        self.columns: list[Column[Any]] = [table.c[name] for name in self.names]
        self._stored = [name for name in self.names if name != key]
        written = [*self._stored, *derived]
        self.insert: Insert = insert(table)
        self.update = (
            None
            if self.key is None
            else update(table)
            .where(self.key == bindparam("key_"))
            .values({name: bindparam(f"new_{name}") for name in written})
        )

    def select(self) -> Select[Any]:
        """The columns of the record, in the order of its fields."""
        return sql_select(*self.columns)

    def among(self, column: str) -> Select[Any]:
        """The rows whose `column` is among the parameter `ids`."""
        return self.select().where(self.table.c[column].in_(bindparam(IDS, expanding=True)))

    def records(self, rows: CursorResult[Any]) -> list[_RecordT]:
        """Rows of `select` as records."""
        return list(starmap(self.record, rows.all()))

    def one(self, rows: CursorResult[Any]) -> _RecordT | None:
        """The first row as a record, or None."""
        row = rows.first()
        return None if row is None else self.record(*row)

    def values(self, record: _RecordT) -> dict[str, Any]:
        """What an INSERT of the record binds: all but the id."""
        return {name: getattr(record, name) for name in self._stored}

    def add(self, work: Work, rows: Sequence[dict[str, Any]]) -> list[int]:
        """Inserts rows; their ids in the same order."""
        work.must_write()
        assert self.key is not None
        if not rows:
            return []
        if len(rows) == 1:
            return [work.write(self.insert.returning(self.key), rows[0]).scalar_one()]
        # ids first: neither database promises to return those of many rows in order
        ids = self._take_ids(work, len(rows))
        work.write(
            self.insert, [{**row, self.key.key: row_id} for row, row_id in zip(rows, ids, strict=True)]
        )
        return ids

    def _take_ids(self, work: Work, count: int) -> list[int]:
        assert self.key is not None
        if work.postgresql:
            taken = text(
                "SELECT nextval(pg_get_serial_sequence(:name, :key)) FROM generate_series(1, :count)"
            )
            values = {"name": self.table.name, "key": self.key.name, "count": count}
            return sorted(work.write(taken, values).scalars())
        # nobody else can take them: the write lock is held
        last = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        first = (work.write(last, {"name": self.table.name}).scalar() or 0) + 1
        return list(range(first, first + count))

    def save(self, work: Work, rows: Sequence[tuple[int, dict[str, Any]]]) -> None:
        """Overwrites rows by id."""
        work.must_write()
        assert self.update is not None
        if rows:
            changed = [
                {"key_": row_id, **{f"new_{name}": value for name, value in row.items()}}
                for row_id, row in rows
            ]
            work.write(self.update, changed)
