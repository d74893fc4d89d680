"""Settled readings as a store keeps them. What `ports` says holds for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from deskui.dataclass import dataclass
from deskui.policy.model import Settled
from deskui.policy.policy import Policy


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


def in_force(
    records: Sequence[SettledRecord], policy: Policy, at: datetime | None = None
) -> Mapping[str, Settled]:
    """The readings settled for a vendor, by reading name: those that held at `at`, or that hold now.

    What the terms know no more is left out.
    """
    found: dict[str, Settled] = {}
    for record in records:
        if record.policy != policy.id or (at is not None and record.at > at):
            continue
        reading = policy.readings.get(record.reading)
        if reading is None or record.option is None or record.option not in reading.options:
            found.pop(record.reading, None)
        else:
            found[record.reading] = Settled(
                record.option, record.agent, record.at.astimezone(policy.zone).date()
            )
    return found


class SettledReadings(Protocol):
    """What was settled; append-only."""

    def all(self) -> Sequence[SettledRecord]:
        """Every record, in the order they were written."""
        ...

    def add(self, record: SettledRecord) -> int:
        """Appends a record; its id. The agent's code is not stored: it is that of the agent's id."""
        ...
