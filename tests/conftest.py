"""What every test gets: no machine configuration, a fixed terminal and locale, a database of its own."""

from __future__ import annotations

import os
from pathlib import Path

# before anything imports Textual, which reads it once
os.environ["TEXTUAL_ANIMATIONS"] = "none"

import pytest
from hypothesis import settings

from tests.databases import database_server, db_url, leave_out_the_other_kind

__all__ = ["database_server", "db_url"]

# the same cases in every run; `--hypothesis-profile=explore` looks for new ones
settings.register_profile("same", derandomize=True, database=None)
settings.register_profile("explore", max_examples=2000)
settings.load_profile("same")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what makes sense on the other kind of database only."""
    leave_out_the_other_kind(config, items)


_FIXED = {
    "TEXTUAL_ANIMATIONS": "none",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "COLUMNS": "120",
    "LINES": "36",
}
_FOLDERS = {
    "HOME": "home",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_STATE_HOME": "home/.local/state",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_RUNTIME_DIR": "home/.run",
}
_UNSET = (
    "NO_COLOR",
    "FORCE_COLOR",
    "LANGUAGE",
    "TEXTUAL",
    "TEXTUAL_LOG",
    "SSH_TTY",
    "SSH_CONNECTION",
    "TMUX",
)


@pytest.fixture(autouse=True)
def _nobodys_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has an empty home and an environment that is the same everywhere."""
    for name in list(os.environ):
        if name in _UNSET or name.startswith(("DESKUI_", "LC_", "PG")):
            monkeypatch.delenv(name)
    for name, value in _FIXED.items():
        monkeypatch.setenv(name, value)
    home: Path = tmp_path_factory.mktemp("home")
    for name, below in _FOLDERS.items():
        folder = home / below
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(folder))
