"""The rest of what the use cases need of a store: the desk's own books. What `ports` says holds for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from deskui.desk.planrecords import ReplanRecord
from deskui.desk.records import AgentRecord, ChangeRecord, DraftRecord, HolidayRecord


class Drafts(Protocol):
    """Unfinished calls."""

    def of_agent(self, agent_id: int) -> Sequence[DraftRecord]:
        """All drafts of an agent, newest first."""
        ...

    def save(self, record: DraftRecord) -> int:
        """Stores a new draft (id 0) or overwrites the agent's own; its id.

        A draft with an id that is gone stays gone, so that a late save brings back no ended call; then 0.
        """
        ...

    def drop(self, draft_id: int, agent_id: int) -> bool:
        """Deletes an agent's draft; False when there is none."""
        ...


class Agents(Protocol):
    """People of the desk."""

    def all(self) -> Sequence[AgentRecord]:
        """Everybody, by code."""
        ...

    def hold(self) -> Sequence[AgentRecord]:
        """Everybody, by code, as they are now. Asked by who adds somebody: until the unit of work ends no
        other one that asks it goes on.
        """
        ...

    def by_code(self, code: str) -> AgentRecord | None:
        """One person."""
        ...

    def add(self, record: AgentRecord) -> int:
        """Stores a person; the id."""
        ...

    def save(self, record: AgentRecord) -> None:
        """Overwrites one person."""
        ...


class Holidays(Protocol):
    """What the desk changed in the shipped holiday sets."""

    def all(self) -> Sequence[HolidayRecord]:
        """Every change, by set and day."""
        ...

    def hold(self) -> Sequence[HolidayRecord]:
        """The same as they are now; no day, and no reading that hours depend on, changes before the unit of
        work ends. Asked before anything is locked.
        """
        ...

    def save(self, record: HolidayRecord) -> None:
        """Stores a change, in place of an earlier one of the same set and day."""
        ...

    def drop(self, holiday_set: str, day: str) -> bool:
        """Takes back the change of a day (ISO date); False when there was none."""
        ...


class Replans(Protocol):
    """Changes of hours after which open clocks are planned anew."""

    def unfinished(self) -> Sequence[ReplanRecord]:
        """Those with clocks that may still be as they were, by id."""
        ...

    def lock(self, replan_id: int) -> ReplanRecord | None:
        """One of them as it is now, locked until the unit of work ends."""
        ...

    def add(self, record: ReplanRecord) -> int:
        """Stores a new one; its id."""
        ...

    def save(self, record: ReplanRecord) -> None:
        """Overwrites one."""
        ...


class Changes(Protocol):
    """The change feed."""

    def last(self) -> int:
        """Position of the newest entry, 0 when there is none. Cheap: polled."""
        ...

    def since(self, position: int, limit: int) -> Sequence[ChangeRecord]:
        """Entries after `position`, in order, at most `limit`."""
        ...

    def add(self, kind: str, entity_ids: Sequence[int], at: datetime) -> None:
        """Appends one entry per id; seen by others when the unit of work commits."""
        ...


class Settings(Protocol):
    """Named settings of the desk, JSON values."""

    def read(self, names: Sequence[str]) -> Mapping[str, Any]:
        """The values of the names that are set."""
        ...

    def hold(self, name: str) -> Any:
        """The value of one, None where it is not set; nobody else sets any until the unit of work is over."""
        ...

    def write(self, name: str, value: Any) -> None:
        """Sets one."""
        ...
