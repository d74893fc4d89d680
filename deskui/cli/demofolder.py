"""The folder of a demo's store: gone with the demo, or with the next one where the demo was killed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import ENOENT
from pathlib import Path

PREFIX = "deskui-demo-"
_LOCK = "in-use"
_UNNAMED = f"{_LOCK}.new"
_RANDOM = re.compile("[a-z0-9_]{8}")
"""What follows PREFIX."""
_TRIES = 20
_MINE: list[Path] = []
"""The folders of this process."""


@contextmanager
def demo_folder() -> Iterator[Path]:
    """A new folder while the block runs. Raises OSError when none can be made."""
    drop_left_over()
    folder, lock = _made()
    _MINE.append(folder)
    try:
        yield folder
    finally:
        drop_mine()
        if lock is not None:
            os.close(lock)


def _made() -> tuple[Path, int | None]:
    """A new folder and the lock on it. Raises OSError."""
    for _ in range(_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        # another demo that begins may take it for one left over until it is held
        with suppress(FileNotFoundError, BlockingIOError):
            return folder, _held(folder)
    raise FileNotFoundError(ENOENT, os.strerror(ENOENT), tempfile.gettempdir())


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
            if folder.is_symlink():
                continue
            if not (folder / _LOCK).exists():
                _drop_unheld(folder)
            elif _is_free(folder / _LOCK):
                shutil.rmtree(folder, ignore_errors=True)


def _drop_unheld(folder: Path) -> None:
    """Removes a folder whose demo was killed before it held it; nothing else is in that, or it stays."""
    unnamed = folder / _UNNAMED
    if _RANDOM.fullmatch(folder.name.removeprefix(PREFIX)):
        if unnamed.exists() and _is_free(unnamed):
            unnamed.unlink()
        folder.rmdir()


def _held(folder: Path) -> int | None:
    """A lock in the folder that the system lets go of when this process ends, however it does.

    Raises FileNotFoundError or BlockingIOError where somebody removes the folder.
    """
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415 - not on every system
    except ImportError:
        return None
    # locked before it has its name: nobody finds it free
    unnamed = folder / _UNNAMED
    lock = os.open(unnamed, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        flock(lock, LOCK_EX | LOCK_NB)
        unnamed.rename(folder / _LOCK)
    except (FileNotFoundError, BlockingIOError):
        os.close(lock)
        raise
    except OSError:
        # a file system without locks: nobody finds the folder free either
        pass
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
