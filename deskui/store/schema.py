"""Brings a store to the schema this deskui speaks, once, however many processes start at the same time."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, inspect, text

from deskui.store import failure, plain
from deskui.store.engine import WRITES, open_sqlite, where

if TYPE_CHECKING:
    from alembic.config import Config

HEAD: Final = plain.HEAD
_LOCK: Final = 0x6465736B
"""Key of PostgreSQL's advisory lock around a migration: "desk"."""
_KNOWN: Final = {
    "sqlite": "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'alembic_version'",
    "postgresql": "SELECT to_regclass('alembic_version')",
}
"""Whether any revision is stored."""
_OTHERS_ALLOWED: Final = "sqlite_sequence"


def ensure(engine: Engine) -> None:
    """Creates or migrates the schema when it is not at HEAD.

    Asks one question when it is, without loading Alembic. An SQLite file that is not new is copied beside
    itself before it is changed. Raises StoreFailure when the schema is newer than HEAD or somebody else's.
    """
    with engine.connect() as connection:
        # whose tables these are is judged under the lock: here a rival may make them between two questions
        known = connection.scalar(text(_KNOWN[connection.dialect.name])) is not None
        at_head = known and _stored(connection) == HEAD
    if at_head:
        return
    if engine.dialect.name == "sqlite":
        _migrate_sqlite(engine)
    else:
        _migrate_postgresql(engine)


def _revision(connection: Connection) -> str | None:
    """The revision the schema is at; None for an empty database. Asked under the lock."""
    if connection.scalar(text(_KNOWN[connection.dialect.name])) is None:
        if set(inspect(connection).get_table_names()) - {_OTHERS_ALLOWED}:
            raise failure.not_a_store(where(connection.engine.url))
        return None
    return _stored(connection)


def _stored(connection: Connection) -> str | None:
    found = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    if len(found) > 1:
        raise failure.damaged(where(connection.engine.url))
    return str(found[0]) if found else None


def _migrate_sqlite(engine: Engine) -> None:
    place = where(engine.url)
    with engine.connect() as plain:
        connection = plain.execution_options(**{WRITES: True})
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        # rebuilding a table must not count as deleting its rows; has no effect once a transaction is open
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                found = _revision(connection)
                if found == HEAD:
                    return
                if found is not None:
                    _check_known(found, place)
                    _back_up(Path(place), found)
                upgrade(connection)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise failure.damaged(place)
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def _migrate_postgresql(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        found = _revision(connection)
        if found == HEAD:
            return
        if found is not None:
            _check_known(found, where(engine.url))
        encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding != "UTF8":
            raise failure.wrong_encoding(where(engine.url), str(encoding))
        upgrade(connection)


def configuration(connection: Connection) -> Config:
    """What Alembic needs to work on an open connection."""
    from alembic.config import Config  # noqa: PLC0415 - slow to load, and seldom needed

    # what it says goes nowhere: its own choice is the stdout of whoever loaded it first, closed or not
    config = Config(stdout=StringIO())
    config.set_main_option("script_location", "deskui.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Runs the migrations up to `revision` inside the caller's transaction."""
    from alembic import command  # noqa: PLC0415 - slow to load, and seldom needed

    command.upgrade(configuration(connection), revision)


def downgrade(connection: Connection, revision: str = "base") -> None:
    """Undoes the migrations after `revision` inside the caller's transaction."""
    from alembic import command  # noqa: PLC0415 - slow to load, and seldom needed

    command.downgrade(configuration(connection), revision)


def _check_known(revision: str, place: str) -> None:
    """Raises StoreFailure when no migration of ours has led to `revision`."""
    versions = Path(__file__).parent / "migrations" / "versions"
    if not any(path.name.startswith(f"{revision}_") for path in versions.glob("*.py")):
        raise failure.newer(place, revision)


def _back_up(path: Path, revision: str) -> None:
    """Copies the file as it was committed last to `<name>.<revision>.bak`, or a free name like it.

    The copy has that name once it is whole. Raises StoreFailure.
    """
    target = path.with_name(f"{path.name}.{revision}.bak")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.name}.{revision}.{number}.bak")
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        # nobody else may read it, not even while it grows
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(open_sqlite(path)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
        part.chmod(path.stat().st_mode & 0o777)
        part.rename(target)
    except OSError as error:
        raise failure.read_only(str(part)) from error
    except sqlite3.Error as error:
        part.unlink()
        raise failure.from_driver(error, str(part)) from error
