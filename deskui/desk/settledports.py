"""Settled readings as a store keeps them. What `ports` says holds for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from deskui.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class SettledRecord:
    """One time a supervisor settled a reading, or took that back. Append-only; the newest one holds."""

    settled_id: int
    policy: str
    reading: str
    option: str | None
    """None: taken back, open again."""
    at: datetime
    agent_id: int
    agent: str
    """Code of the supervisor."""
    reason: str


class SettledReadings(Protocol):
    """What was settled; append-only."""

    def all(self) -> Sequence[SettledRecord]:
        """Every record, in the order they were written."""
        ...

    def add(self, record: SettledRecord) -> int:
        """Appends a record; its id. The agent's code is not stored: it is that of the agent's id."""
        ...
