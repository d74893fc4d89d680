"""Engines for the two databases: short transactions that lose no update and never wait without end."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import sqlalchemy
from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import ArgumentError

from deskui.desk.errors import StoreFailure
from deskui.store import failure

BUSY_SECONDS: Final = 10.0
"""How long a transaction on SQLite waits for its turn."""
STATEMENT_SECONDS: Final = 15
"""How long PostgreSQL works on one statement."""
WRITES: Final = "deskui_writes"
"""Execution option of a connection whose transactions write (SQLite)."""

# half a megabyte of pages a connection: the system has them in memory as well
_PRAGMAS = ("foreign_keys = ON", "synchronous = FULL", "busy_timeout = 0", "cache_size = -500")
_T = TypeVar("_T")


def parse(url: str) -> URL:
    """The address of a store; `postgresql://` means the psycopg driver.

    Raises StoreFailure when it is none, or an SQLite database in memory.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise failure.bad_address(_without_password(url)) from error
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite":
        if parsed.database in (None, "", ":memory:") or str(parsed.database).startswith("file:"):
            raise failure.in_memory()
        return parsed.set(drivername="sqlite+pysqlite")
    if kind in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise failure.bad_address(parsed.render_as_string(hide_password=True))


def _without_password(url: str) -> str:
    start, _, rest = url.rpartition("@")
    scheme, mark, _ = start.partition("://")
    return f"{scheme}{mark}{rest}" if mark else rest


def where(url: URL) -> str:
    """The address as messages name it: the file, or host and database, never a password."""
    if url.drivername.startswith("sqlite"):
        return str(url.database)
    host = url.host or url.query.get("host") or "localhost"
    return f"{host}/{url.database or ''}"


def create_engine(url: URL) -> Engine:
    """An engine whose driver errors are StoreFailure, from the connection on. Connects to nothing yet.

    Raises StoreFailure when PostgreSQL's driver is not installed.
    """
    engine = _sqlite(url) if url.drivername.startswith("sqlite") else _postgresql(url)
    place = where(url)

    @event.listens_for(engine, "handle_error")
    def in_words(context: ExceptionContext) -> BaseException | None:
        if context.is_pre_ping:
            # the pool makes a lost connection anew, if it is told so in its own words
            return None
        original = context.original_exception
        if isinstance(original, StoreFailure):
            return original
        if isinstance(original, UnicodeError):
            return original
        # a value of the wrong kind is the caller's fault, not the store's
        for kind in (ValueError, TypeError):
            if isinstance(original, kind):
                return kind(str(original))
        return failure.from_driver(original, place)

    return engine


def _postgresql(url: URL) -> Engine:
    milliseconds = STATEMENT_SECONDS * 1000
    options = [
        f"-c statement_timeout={milliseconds}",
        f"-c lock_timeout={milliseconds}",
        f"-c idle_in_transaction_session_timeout={4 * milliseconds}",
        "-c timezone=UTC",
    ]
    own = url.query.get("options")
    if isinstance(own, str):
        options.append(own)
    settings: dict[str, Any] = {"options": " ".join(options), "application_name": "deskui"}
    if "connect_timeout" not in url.query:
        settings["connect_timeout"] = 10
    try:
        return sqlalchemy.create_engine(
            url, connect_args=settings, pool_pre_ping=True, pool_timeout=BUSY_SECONDS
        )
    except ImportError as error:
        raise failure.no_driver() from error


def _sqlite(url: URL) -> Engine:
    place = where(url)
    engine = sqlalchemy.create_engine(
        url,
        # autocommit: the begin event below says how a transaction starts
        connect_args={"timeout": 0, "isolation_level": None, "check_same_thread": False},
        pool_timeout=BUSY_SECONDS,
        # the one used last has the pages that are wanted again; each that stays open holds a megabyte,
        # and another one is open in a millisecond
        pool_use_lifo=True,
        pool_size=2,
    )

    @event.listens_for(engine, "connect")
    def settle(connection: sqlite3.Connection, _record: object) -> None:
        settle_sqlite(connection, place)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        writes = bool(connection.get_execution_options().get(WRITES))
        begin_sqlite(raw, place, writes=writes)

    return engine


def open_sqlite(path: Path | str) -> sqlite3.Connection:
    """A connection outside the pool, in autocommit. Raises StoreFailure."""
    place = str(path)
    try:
        connection = sqlite3.connect(place, timeout=0, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise failure.from_driver(error, place) from error
    settle_sqlite(connection, place)
    return connection


def settle_sqlite(connection: sqlite3.Connection, place: str) -> None:
    """Sets a new connection up. Raises StoreFailure when the file is no sound database."""

    def pragmas() -> str:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        row = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        return str(row[0])

    try:
        mode = patiently(pragmas, place)
    except sqlite3.Error as error:
        connection.close()
        raise failure.from_driver(error, place) from error
    if mode != "wal":
        connection.close()
        raise failure.no_wal(place)


def begin_sqlite(connection: sqlite3.Connection, place: str, *, writes: bool) -> None:
    """Starts a transaction that either holds the write lock or reads one unchanging state.

    Raises StoreFailure when the turn does not come within BUSY_SECONDS.
    """

    def start() -> None:
        if writes:
            connection.execute("BEGIN IMMEDIATE")
            return
        connection.execute("BEGIN")
        try:
            # a deferred transaction fixes what it sees, and may find the file busy, at its first read
            connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        except sqlite3.Error:
            connection.rollback()
            raise

    try:
        patiently(start, place)
    except sqlite3.Error as error:
        raise failure.from_driver(error, place) from error


def empty_wal(connection: sqlite3.Connection) -> None:
    """Moves everything out of the file beside the database. Raises sqlite3.OperationalError while somebody
    reads what is in it.
    """
    (busy, *_frames) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        # told in a row, not as the error it is
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise error


def patiently(work: Callable[[], _T], place: str, seconds: float = BUSY_SECONDS) -> _T:
    """Does `work`, again and again while SQLite is busy.

    The pauses are short and random, because SQLite's own handler lets a writer starve for seconds among
    many; the first are the shortest, because many who look every millisecond keep the one who writes from
    its processor (16 writers on 4 cores: 520 commits a second, 850 so). Raises StoreFailure after `seconds`.
    """
    give_up = time.monotonic() + seconds
    times = 0
    while True:
        times += 1
        try:
            return work()
        except sqlite3.OperationalError as error:
            if failure.sqlite_code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            if time.monotonic() > give_up:
                raise failure.from_driver(error, place) from error
        time.sleep(random.uniform(0.0005, 0.002) * min(times, 4))
