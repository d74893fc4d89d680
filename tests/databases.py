"""The database a test runs on: SQLite in the pure suite, PostgreSQL when the system suite asks.

DESKUI_TEST_DB is `sqlite` (the default) or `postgresql`; DESKUI_TEST_SERVER is the URL of a PostgreSQL
server that is already running, so that several test processes share it. Without it one is started.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# read here: tests run with every DESKUI_ variable removed
KIND = os.environ.get("DESKUI_TEST_DB", "sqlite")
SERVER = os.environ.get("DESKUI_TEST_SERVER")

if KIND not in ("sqlite", "postgresql"):
    raise pytest.UsageError(f"DESKUI_TEST_DB is {KIND!r}; expected sqlite or postgresql")


def only_on(kind: str) -> pytest.MarkDecorator:
    """Marks a test that makes sense on one kind of database only; on the other it is not collected."""
    return pytest.mark.only_on(kind)


def leave_out_the_other_kind(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes the tests of the other kind of database out of this run."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        marker = item.get_closest_marker("only_on")
        (kept if marker is None or marker.args[0] == KIND else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


@pytest.fixture(scope="session")
def database_server() -> Iterator[str | None]:
    """The URL of the PostgreSQL server the tests share, or None on SQLite."""
    if KIND == "sqlite" or SERVER is not None:
        yield SERVER
        return
    from tests.system.postgres import running_server  # noqa: PLC0415 - psycopg only where it is needed

    with running_server() as server:
        yield server.url()


@pytest.fixture
def db_url(database_server: str | None, tmp_path: Path) -> Iterator[str]:
    """The SQLAlchemy URL of an empty database of the test's own; its first word tells which kind."""
    if database_server is None:
        yield f"sqlite:///{tmp_path / 'desk.sqlite'}"
        return
    from tests.system.postgres import fresh_database  # noqa: PLC0415 - psycopg only where it is needed

    with fresh_database(database_server) as url:
        yield url
