"""Where the desk's records are kept: an SQLite file, or PostgreSQL for several desks.

Importing this package loads no database library: that takes longer than drawing the first screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskui.store.store import Store

__all__ = ["open_store"]


def open_store(url: str, *, create: bool = True) -> Store:
    """Opens the store at an SQLAlchemy URL, `sqlite:////folder/file` or `postgresql://user@host/database`.

    Brings it to the newest schema first, under a lock, after copying an SQLite file that is not new. Makes a
    missing SQLite file unless `create` is False. Raises StoreFailure when it cannot be opened, is damaged,
    belongs to something else or to a newer deskui, or lies on a network drive.
    """
    from deskui.store.store import Store  # noqa: PLC0415 - loads SQLAlchemy, see above

    return Store(url, create=create)
