"""The schema is made once, checked cheaply, and never touched when it is somebody else's or newer."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, inspect, text

from deskui.desk.errors import StoreFailure
from deskui.desk.records import AgentRecord, ContactRecord
from deskui.store import open_store, schema
from deskui.store.engine import WRITES, create_engine, parse
from deskui.store.tables import METADATA
from tests.databases import only_on
from tests.store import rivals


@pytest.fixture
def engine(db_url: str) -> Iterator[Engine]:
    """An engine on the database, past the store."""
    opened = create_engine(parse(db_url))
    yield opened
    opened.dispose()


def _tables(engine: Engine) -> set[str]:
    names = inspect(engine).get_table_names()
    return {name for name in names if not name.startswith(("search_", "sqlite_"))}


def test_the_head_is_the_newest_migration(engine: Engine) -> None:
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(schema.configuration(connection))
    assert scripts.get_heads() == [schema.HEAD]


def test_migrating_leads_to_exactly_the_tables_of_the_code(engine: Engine) -> None:
    schema.ensure(engine)
    with engine.connect() as connection:
        command.check(schema.configuration(connection))
    assert _tables(engine) == {*METADATA.tables, "alembic_version"}


def test_checks_and_names_of_constraints_are_those_of_the_code(engine: Engine) -> None:
    schema.ensure(engine)
    found = inspect(engine)
    for table in METADATA.tables.values():
        declared = {constraint.name for constraint in table.constraints if constraint.name is not None}
        stored = {one["name"] for one in found.get_check_constraints(table.name)}
        stored |= {one["name"] for one in found.get_unique_constraints(table.name)}
        stored |= {one["name"] for one in found.get_foreign_keys(table.name)}
        stored.add(found.get_pk_constraint(table.name)["name"] or f"pk_{table.name}")
        assert stored == declared, table.name


def test_there_and_back_and_there_again(engine: Engine) -> None:
    schema.ensure(engine)
    for _ in range(2):
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            schema.downgrade(connection)
        assert _tables(engine) == {"alembic_version"}
        schema.ensure(engine)
    assert _tables(engine) == {*METADATA.tables, "alembic_version"}


def test_opening_again_loads_no_alembic(db_url: str) -> None:
    open_store(db_url).close()
    program = (
        "import sys; from deskui.store import open_store; assert 'sqlalchemy' not in sys.modules;"
        f"open_store({db_url!r}).close(); assert 'sqlalchemy' in sys.modules; print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_two_processes_that_start_at_once_make_one_schema(db_url: str) -> None:
    assert rivals.run(3, rivals.open_and_close, db_url) == ["ok"] * 3


def test_a_schema_that_a_rival_makes_between_two_questions_is_our_own(db_url: str, engine: Engine) -> None:
    made: list[str] = []

    def rival(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not made and "'alembic_version'" in statement:
            made.extend(rivals.run(1, rivals.open_and_close, db_url))

    event.listen(engine, "after_cursor_execute", rival)
    schema.ensure(engine)
    assert made == ["ok"]


def test_a_newer_schema_is_refused_and_left_alone(db_url: str, engine: Engine) -> None:
    open_store(db_url).close()
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreFailure, match="9999") as refused:
        open_store(db_url)
    assert "อัปเดต" in refused.value.text.th
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def test_somebody_elses_database_is_refused_and_left_alone(db_url: str, engine: Engine) -> None:
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.execute(text("CREATE TABLE invoice (id INTEGER)"))
    with pytest.raises(StoreFailure, match="not a store of deskui"):
        open_store(db_url)
    assert _tables(engine) == {"invoice"}


@only_on("sqlite")
def test_an_older_file_is_copied_before_it_is_migrated(
    db_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(db_url)
    with store.uow(write=True) as uow:
        uow.agents.add(AgentRecord(0, "art", "Art"))
        uow.commit()
    migrated: list[str] = []
    head = schema.HEAD
    monkeypatch.setattr(schema, "HEAD", "9999")
    monkeypatch.setattr(schema, "upgrade", lambda connection: migrated.append(connection.dialect.name))
    for copies in (1, 2):
        open_store(db_url).close()
        assert migrated == ["sqlite"] * copies
    store.close()
    path = Path(store.where)
    assert sorted(one.name for one in path.parent.glob("*.bak")) == [
        f"desk.sqlite.{head}.2.bak",
        f"desk.sqlite.{head}.bak",
    ]
    for copy in path.parent.glob("*.bak"):
        assert copy.stat().st_mode == path.stat().st_mode
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("SELECT code FROM agent").fetchall() == [("art",)]
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@only_on("sqlite")
@pytest.mark.parametrize("room", [True, False])
def test_a_copy_is_for_its_owner_only_and_whole_or_not_there(
    db_url: str, monkeypatch: pytest.MonkeyPatch, room: bool
) -> None:
    open_store(db_url).close()
    folder, seen = Path(parse(db_url).database or "").parent, list[int]()
    connect = sqlite3.connect

    def watched(path: str | Path, **more: Any) -> sqlite3.Connection:
        opened: sqlite3.Connection = connect(path, **more)
        if ".bak" in str(path):
            seen.append(Path(path).stat().st_mode & 0o777)
            if not room:
                opened.execute("PRAGMA max_page_count = 2")
        return opened

    monkeypatch.setattr(schema, "HEAD", "9999")
    monkeypatch.setattr(schema, "upgrade", lambda _connection: None)
    monkeypatch.setattr(sqlite3, "connect", watched)
    if room:
        open_store(db_url).close()
    else:
        with pytest.raises(StoreFailure, match="full"):
            open_store(db_url)
    assert seen == [0o600]
    assert len(list(folder.glob("*.bak*"))) == int(room)


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    db_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(db_url).close()
    before = _tables(engine)

    def fails(connection: Connection) -> None:
        schema.downgrade(connection)
        raise RuntimeError("half way")

    with monkeypatch.context() as newer:
        newer.setattr(schema, "HEAD", "0002")
        newer.setattr(schema, "upgrade", fails)
        with pytest.raises(RuntimeError, match="half way"):
            open_store(db_url)
    assert _tables(engine) == before
    open_store(db_url).close()


def test_references_must_exist(db_url: str) -> None:
    store = open_store(db_url)
    with store.uow(write=True) as uow, pytest.raises(StoreFailure):
        uow.contacts.add([ContactRecord(0, 4711, "nobody's")])
    store.close()
