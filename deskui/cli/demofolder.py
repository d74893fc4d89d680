"""The folder of a demo's store: gone with the demo, or with the next one where the demo was killed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "deskui-demo-"
_LOCK = "in-use"
_TRIES = 20
_MINE: list[Path] = []
"""The folders of this process."""


@contextmanager
def demo_folder() -> Iterator[Path]:
    """A new folder while the block runs. Raises OSError when none can be made."""
    drop_left_over()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = _held(folder)
    _MINE.append(folder)
    try:
        yield folder
    finally:
        drop_mine()
        if lock is not None:
            os.close(lock)


def drop_mine() -> None:
    """Removes the folder of the demo that runs in this process, whoever may still have it open."""
    while _MINE:
        _remove(_MINE.pop())


def _remove(folder: Path) -> None:
    """Removes a folder, also where a thread that ends with the process still writes into it."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return


def drop_left_over() -> None:
    """Removes the folders of demos that were killed: nobody holds their lock any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        # another user's, or one that goes just now
        with suppress(OSError):
            if not folder.is_symlink() and _is_free(folder / _LOCK):
                shutil.rmtree(folder, ignore_errors=True)


def _held(folder: Path) -> int | None:
    """A lock in the folder that the system lets go of when this process ends, however it does."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415 - not on every system
    except ImportError:
        return None
    # locked before it has its name: nobody finds it free
    unnamed = folder / f"{_LOCK}.new"
    lock = os.open(unnamed, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    with suppress(OSError):
        flock(lock, LOCK_EX | LOCK_NB)
        unnamed.rename(folder / _LOCK)
    return lock


def _is_free(path: Path) -> bool:
    """Whether the lock is there and nobody holds it. Raises OSError where it cannot be opened."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415 - not on every system
    except ImportError:
        return False
    lock = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        flock(lock, LOCK_EX | LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(lock)
    return True
