"""Neither the audit nor the quota ledger can be changed, not even by SQL, and tampering shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, text

from deskui.desk.errors import StoreFailure
from deskui.desk.records import EventRecord
from deskui.store.engine import create_engine, parse
from deskui.store.store import Store
from tests.store.conftest import Basics
from tests.store.rivals import one_unit
from tests.store.samples import NOON, ticket


@pytest.fixture
def engine(db_url: str) -> Iterator[Engine]:
    """A way into the same database past the store."""
    opened = create_engine(parse(db_url))
    yield opened
    opened.dispose()


@pytest.fixture
def written(store: Store, basics: Basics) -> int:
    """A ticket with three events and an entry in the ledger; its id."""
    with store.uow(write=True) as uow:
        where = uow.tickets.add(ticket(basics)).ticket_id
        uow.events.add(
            [EventRecord(0, where, NOON + timedelta(minutes=n), None, "note", {"note": n}) for n in range(3)]
        )
        uow.usage.add([one_unit(basics.product)])
        uow.commit()
    return where


@pytest.mark.parametrize("table", ["event", "usage_entry"])
@pytest.mark.parametrize("change", ["UPDATE {} SET kind = kind", "DELETE FROM {}"])
def test_no_row_is_changed_or_deleted(engine: Engine, written: int, table: str, change: str) -> None:
    with engine.connect() as connection:
        before = connection.execute(text(f"SELECT * FROM {table} ORDER BY 1")).all()
    with pytest.raises(StoreFailure, match="append-only"), engine.begin() as connection:
        connection.execute(text(change.format(table)))
    with engine.connect() as connection:
        assert connection.execute(text(f"SELECT * FROM {table} ORDER BY 1")).all() == before
    assert before


@pytest.mark.parametrize("table", ["event", "usage_entry"])
def test_no_row_is_replaced_or_all_cut_off(engine: Engine, written: int, table: str) -> None:
    if engine.dialect.name == "sqlite":
        around = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"
    else:
        around = f"TRUNCATE {table}"
    with pytest.raises(StoreFailure, match="append-only"), engine.begin() as connection:
        connection.execute(text(around))


def _without_triggers(connection: Connection, change: str) -> None:
    """What somebody with the database in hand could do."""
    if connection.dialect.name == "sqlite":
        for suffix in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER event_no_{suffix}"))
    else:
        connection.execute(text("ALTER TABLE event DISABLE TRIGGER USER"))
    assert connection.execute(text(change)).rowcount == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET kind = 'closed' WHERE event_id = 2",
        "UPDATE event SET data = '[]' WHERE event_id = 1",
        "UPDATE event SET agent_id = 1 WHERE event_id = 3",
        "DELETE FROM event WHERE event_id = 2",
        "DELETE FROM event WHERE event_id = 1",
    ],
)
def test_tampering_breaks_the_chain(store: Store, engine: Engine, written: int, change: str) -> None:
    with store.uow() as uow:
        assert uow.events.chain_is_whole(written)
    with engine.begin() as connection:
        _without_triggers(connection, change)
    with store.uow() as uow:
        assert not uow.events.chain_is_whole(written)
