"""What the system tests stand on: a PostgreSQL server and real terminals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.system.postgres import Server, fresh_database, running_server
from tests.system.tmux import Tmux


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server for the whole run."""
    with running_server() as server:
        yield server


@pytest.fixture
def pg_url(postgres: Server) -> Iterator[str]:
    """The URL of an empty database of the test's own."""
    with fresh_database(postgres.url()) as url:
        yield url


@pytest.fixture
def terminal() -> Iterator[Callable[..., Tmux]]:
    """Opens terminals (the arguments of Tmux) and ends them all after the test."""
    with ExitStack() as open_ones:
        yield lambda *arguments, **options: open_ones.enter_context(Tmux(*arguments, **options))
