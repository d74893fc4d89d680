"""What the commands over a store are tested on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desks import Run, fill, runner


@pytest.fixture
def empty(db_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs commands over a store that does not exist yet."""
    monkeypatch.setenv("DESKUI_DB", db_url)
    return runner(capsys)


@pytest.fixture
def desk(empty: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs commands over a filled store; nok is working."""
    fill(empty, tmp_path)
    monkeypatch.setenv("DESKUI_AGENT", "nok")
    return empty
