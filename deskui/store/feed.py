"""How other desks' work is noticed: one cheap question, asked twice a second."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Lock
from typing import Protocol

from sqlalchemy import Engine

from deskui.store import failure
from deskui.store.engine import open_sqlite, patiently, where
from deskui.store.repositories.desk import LAST_CHANGE


class Feed(Protocol):
    """Watches the end of the change feed; may be asked from any thread."""

    def last_change(self) -> int:
        """Position of the newest committed change, 0 when there is none. Raises StoreFailure."""
        ...

    def close(self) -> None:
        """Lets go of the store."""
        ...


class SqliteFeed:
    """Looks at `PRAGMA data_version` first, which takes microseconds.

    That number moves when somebody else commits, for a connection that is in no transaction: hence one of its
    own, that never writes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._version = -1
        self._last = 0

    def last_change(self) -> int:
        """Position of the newest committed change."""
        with self._lock:
            if self._connection is None:
                self._connection = open_sqlite(self._path)
                self._version = -1
            try:
                # before the position: a commit between the two is then seen next time
                version = self._ask("PRAGMA data_version")
                if version != self._version:
                    self._last = self._ask("SELECT max(position) FROM change")
                    self._version = version
            except sqlite3.Error as error:
                self._drop()
                raise failure.from_driver(error, str(self._path)) from error
            return self._last

    def _ask(self, question: str) -> int:
        connection = self._connection
        assert connection is not None
        row = patiently(lambda: connection.execute(question).fetchone(), str(self._path))
        return row[0] or 0

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def close(self) -> None:
        """Closes its connection."""
        with self._lock:
            self._drop()


class PostgresqlFeed:
    """Asks for the highest position, which the primary key answers from its last page."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")

    def last_change(self) -> int:
        """Position of the newest committed change."""
        with self._engine.connect() as connection:
            return connection.scalar(LAST_CHANGE) or 0

    def close(self) -> None:
        """Nothing is kept between two questions."""


def open_feed(engine: Engine) -> Feed:
    """The feed of the engine's database."""
    if engine.dialect.name == "sqlite":
        return SqliteFeed(Path(where(engine.url)))
    return PostgresqlFeed(engine)
