"""Memory of a desk that stays open all day: what is kept for good, and what goes back to the system."""

from __future__ import annotations

import gc
from typing import Final

__all__ = ["FIRST_ROUND", "ROUNDS", "give_back", "keep"]

NEW_OBJECTS: Final = 50_000
"""How many objects are made before garbage is looked for, once the desk is open."""
FIRST_ROUND: Final = 8
ROUNDS: Final = 600
"""Memory is given back every so many rounds of keeping watch, from FIRST_ROUND on."""


def keep() -> None:
    """What is alive now stays alive: looking for garbage in it again and again shows in the keys.

    Nor is it looked for now: that takes as long as ten keys, and what is kept so is half a megabyte.
    """
    gc.freeze()
    gc.set_threshold(min(NEW_OBJECTS, gc.get_threshold()[0]))


def give_back() -> None:
    """Gives the system what the C library has free and keeps; does nothing where it has no such call."""
    import ctypes  # noqa: PLC0415 - after the first frame

    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        # not glibc
        return
    trim(0)
