"""What a desk asks of its SQLite file, written down, and asked again by the driver alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Engine, event

from deskui.store.engine import WRITES


@dataclass
class Transaction:
    """The statements of one transaction with what was bound to them."""

    writes: bool
    begun: float
    """When it began, by `perf_counter`."""
    statements: list[tuple[str, Any, bool]] = field(default_factory=list)
    """Text, parameters, and whether those are of many rows."""


@contextmanager
def heard() -> Iterator[list[Transaction]]:
    """The transactions of all engines of this process while the block runs, in order."""
    found: list[Transaction] = []

    def begun(connection: Connection) -> None:
        writes = bool(connection.get_execution_options().get(WRITES))
        found.append(Transaction(writes, perf_counter()))

    def asked(
        _connection: Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        found[-1].statements.append((statement, parameters, many))

    event.listen(Engine, "begin", begun)
    event.listen(Engine, "before_cursor_execute", asked)
    try:
        yield found
    finally:
        event.remove(Engine, "begin", begun)
        event.remove(Engine, "before_cursor_execute", asked)


def connect(path: Path) -> sqlite3.Connection:
    """A bare connection that writes as durably as the desk does."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "journal_mode = WAL"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def ask_again(connection: sqlite3.Connection, transactions: list[Transaction]) -> None:
    """Runs what was written down, on a store that is as the other one was."""
    for one in transactions:
        connection.execute("BEGIN IMMEDIATE" if one.writes else "BEGIN")
        for statement, parameters, many in one.statements:
            if many:
                connection.executemany(statement, parameters)
            else:
                connection.execute(statement, parameters).fetchall()
        connection.execute("COMMIT" if one.writes else "ROLLBACK")


def copy(made: Path, to: Path) -> Path:
    """Another store with the same rows."""
    with closing(sqlite3.connect(made)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    return to
