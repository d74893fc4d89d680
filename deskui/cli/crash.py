"""Where the details of an unexpected error go, so that a user sees one line and a developer all of it."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_state_path

_MEBIBYTE = 1 << 20


def log_file() -> Path:
    """The log in the user's state folder; it need not exist yet."""
    return user_state_path("deskui", appauthor=False) / "deskui.log"


def record(error: BaseException) -> Path:
    """Writes the traceback of `error` to the log and gives the log's place.

    Raises OSError when the log cannot be written.
    """
    trace = (type(error), error, error.__traceback__)
    return write(logging.LogRecord("deskui", logging.ERROR, "", 0, "unexpected error", None, trace))


def write(entry: logging.LogRecord) -> Path:
    """Writes one entry to the log and gives the log's place. Raises OSError when it cannot be written."""
    path = log_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = RotatingFileHandler(path, maxBytes=_MEBIBYTE, backupCount=3, encoding="utf-8")
    try:
        # a traceback may quote what a caller said: for the owner's eyes only
        path.chmod(0o600)
        handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
        handler.emit(entry)
    finally:
        handler.close()
    return path
