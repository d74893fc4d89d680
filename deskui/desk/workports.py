"""What the use cases of working together need of a store. What `deskui.desk.ports` says holds for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from deskui.desk.workrecords import MergeRecord, NoticeRecord, PresenceRecord, SavedViewRecord, StepRecord


class Merges(Protocol):
    """Which tickets became part of another one."""

    def of(self, ticket_id: int) -> MergeRecord | None:
        """Where a ticket went; None for one that was not merged."""
        ...

    def into(self, target_ids: Sequence[int]) -> Sequence[MergeRecord]:
        """The tickets that went straight into these, in the order in which they did."""
        ...

    def add(self, record: MergeRecord) -> None:
        """Stores that a ticket became part of another."""
        ...

    def drop(self, ticket_id: int) -> None:
        """Forgets it again."""
        ...


class Steps(Protocol):
    """The newest step of each ticket."""

    def of(self, ticket_id: int) -> StepRecord | None:
        """The newest step kept of a ticket."""
        ...

    def put(self, record: StepRecord) -> None:
        """Keeps a step in place of the one before it."""
        ...

    def drop(self, ticket_id: int) -> None:
        """Forgets the step of a ticket."""
        ...


class Presences(Protocol):
    """Who is looking at what."""

    def at(self, instant: datetime) -> Sequence[PresenceRecord]:
        """What counts at an instant, by agent. Cheap: polled."""
        ...

    def put(self, record: PresenceRecord) -> None:
        """Stores what an agent is looking at, in place of what it was before."""
        ...

    def drop(self, agent_id: int) -> None:
        """The agent is looking at nothing."""
        ...


class SavedViews(Protocol):
    """Views that agents keep under a name."""

    def of_agent(self, agent_id: int) -> Sequence[SavedViewRecord]:
        """All views of an agent, by name."""
        ...

    def save(self, record: SavedViewRecord) -> None:
        """Stores a view, in place of an earlier one of the same agent and name."""
        ...

    def drop(self, agent_id: int, name: str) -> bool:
        """Deletes a view; False when there is none."""
        ...


class Notices(Protocol):
    """Messages of the desk to an agent."""

    def unseen(self, agent_id: int, limit: int) -> Sequence[NoticeRecord]:
        """The agent's messages that were not seen yet, oldest first, at most `limit`."""
        ...

    def add(self, record: NoticeRecord) -> int:
        """Stores a message; its id."""
        ...

    def mark_seen(self, agent_id: int, notice_ids: Sequence[int], at: datetime) -> None:
        """Marks messages of the agent as seen."""
        ...


class Finding(Protocol):
    """Looking for something among the open tickets."""

    def matching(self, needles: Sequence[str]) -> Sequence[int]:
        """Ids of open tickets whose title, number, customer or contact holds any of the folded needles."""
        ...

    def customer_names(self) -> Sequence[tuple[int, str]]:
        """(customer id, name) of every customer with an open ticket."""
        ...
