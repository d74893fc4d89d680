"""A store that is open."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from deskui.store import failure, place, schema
from deskui.store.engine import create_engine, empty_wal, open_sqlite, parse, patiently, where
from deskui.store.feed import open_feed
from deskui.store.uow import UnitOfWork


class Store:
    """An SQLite file or a PostgreSQL database at the newest schema; may be used from any thread.

    Raises StoreFailure when it cannot be opened, whatever the reason.
    """

    def __init__(self, url: str, *, create: bool = True) -> None:
        address = parse(url)
        self.where = where(address)
        """The file, or host and database: as messages name it, never with a password."""
        if address.drivername.startswith("sqlite"):
            place.prepare(Path(self.where), create=create)
        self._engine = create_engine(address)
        try:
            schema.ensure(self._engine)
        except BaseException:
            self._engine.dispose()
            raise
        self._feed = open_feed(self._engine)

    def uow(self, write: bool = False) -> UnitOfWork:
        """A unit of work for reading, or for reading and writing; opened by its with block."""
        return UnitOfWork(self._engine, write=write)

    def last_change(self) -> int:
        """Position of the newest committed entry of the change feed; cheap enough to ask twice a second."""
        return self._feed.last_change()

    def scrub(self) -> None:
        """Writes the database anew, so that nothing erased stays in its free space; takes a while.

        Raises StoreFailure when somebody else is writing all the time, or there is no room for a copy.
        """
        sqlite = self._engine.dialect.name == "sqlite"
        if sqlite:
            try:
                with closing(open_sqlite(self.where)) as raw:
                    patiently(lambda: raw.execute("VACUUM"), self.where)
                    patiently(lambda: empty_wal(raw), self.where)
            except sqlite3.Error as error:
                raise failure.from_driver(error, self.where) from error
            return
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET statement_timeout = 0"))
            # statistics hold values too
            connection.execute(text("ANALYZE"))
            connection.execute(text("VACUUM FULL"))
            connection.execute(text("RESET statement_timeout"))

    def close(self) -> None:
        """Closes all connections that are not in use."""
        self._feed.close()
        self._engine.dispose()
