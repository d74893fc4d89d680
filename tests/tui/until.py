"""Waiting for a state instead of for a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot

PATIENCE = 30.0
"""Seconds after which a state is not coming any more."""


async def until(pilot: Pilot[Any], reached: Callable[[], bool]) -> None:
    """Lets the app run until `reached` answers true; fails if it never does."""
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end, "the state was not reached"
        await pilot.pause()
