"""What the screens survive is in the log that the failed screen names."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from deskui import front
from deskui.cli import crash


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The log of this test."""
    path = tmp_path / "state" / "deskui.log"
    monkeypatch.setattr(crash, "log_file", lambda: path)
    return path


def log_a_failure() -> None:
    """One entry, as a screen writes it."""
    log = logging.Logger("deskui.tui.app")
    log.addHandler(front._Log(logging.ERROR))
    try:
        raise ZeroDivisionError("inside")
    except ZeroDivisionError:
        log.exception("the desk could not be opened")


def test_an_entry_of_the_screens_is_in_the_log_with_its_traceback(place: Path) -> None:
    log_a_failure()
    written = place.read_text(encoding="utf-8")
    assert "the desk could not be opened" in written
    assert "ZeroDivisionError: inside" in written
    assert front._log_file() == place


def test_a_log_that_cannot_be_written_ends_nothing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place.parent.write_text("a file where the folder should be")
    log_a_failure()
    assert capsys.readouterr() == ("", "")
