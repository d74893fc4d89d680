"""What the system tests stand on: a PostgreSQL server and real terminals."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest

from deskui.clock import RunningClock
from deskui.wiring import build_demo
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


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's store as of a Monday morning, its time running on from there."""
    made = tmp_path_factory.mktemp("demo") / "made.sqlite"
    at = datetime.fromisoformat("2026-11-23T10:42:00+07:00")
    build_demo(f"sqlite:///{made}", RunningClock(at)).shut()
    return made


@pytest.fixture
def demo_store(demo_made: Path, tmp_path: Path) -> Callable[[], str]:
    """Gives the URL of a copy of the demo's store for this test alone."""

    def copy() -> str:
        return f"sqlite:///{shutil.copyfile(demo_made, tmp_path / 'desk.sqlite')}"

    return copy


@pytest.fixture
def terminal() -> Iterator[Callable[..., Tmux]]:
    """Opens terminals (the arguments of Tmux) and ends them all after the test."""
    with ExitStack() as open_ones:
        yield lambda *arguments, **options: open_ones.enter_context(Tmux(*arguments, **options))
