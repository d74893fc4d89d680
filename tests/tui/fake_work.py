"""The part of the desk in memory that is about working together: enough for screens that look on.

What it means to assign, merge or take back is tried over a real desk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deskui.desk.errors import Refused
from deskui.desk.model import Agent, QueueSnapshot, TicketRow
from deskui.desk.workmodel import BulkDone, LastStep, Look, Notice, SavedView, Sight
from deskui.policy.decision import Text
from tests.tui.fake_calls import FakeCalls

NOT_HERE = Refused(Text("โต๊ะตัวอย่างไม่มี", "This desk does not do that."))


class FakeWork(FakeCalls):
    """WorkApi of one agent who is alone."""

    def queue(self, view: str = "all") -> QueueSnapshot:
        raise NotImplementedError

    def agents(self) -> Sequence[Agent]:
        return [self.agent]

    def assign(self, ticket_id: int, version: int, agent: str, reason: str = "") -> TicketRow:
        raise NOT_HERE

    def take_over(self, ticket_id: int, version: int, reason: str) -> TicketRow:
        raise NOT_HERE

    def hold(self, ticket_id: int, version: int, reason: str) -> TicketRow:
        raise NOT_HERE

    def merge_targets(self, ticket_id: int) -> Sequence[TicketRow]:
        return ()

    def merge(self, ticket_id: int, version: int, into: int, other_customer: bool = False) -> TicketRow:
        raise NOT_HERE

    def last_step(self, ticket_id: int) -> LastStep | None:
        return None

    def undo(self, ticket_id: int, version: int) -> TicketRow:
        raise NOT_HERE

    def bulk(
        self, act: str, tickets: Sequence[tuple[int, int]], *, reason: str = "", agent: str = ""
    ) -> Sequence[BulkDone]:
        raise NOT_HERE

    def look(self, look: Look) -> Sight:
        return Sight(look, self.queue(look.view))

    def saved_views(self) -> Sequence[SavedView]:
        return ()

    def save_view(self, name: str, look: Look) -> SavedView:
        raise NOT_HERE

    def drop_view(self, name: str) -> None:
        raise NOT_HERE

    def look_at(self, ticket_id: int | None) -> None:
        self.asked.append(f"look_at:{ticket_id}")

    def lookers(self) -> Mapping[int, Sequence[str]]:
        return {}

    def notices(self) -> Sequence[Notice]:
        return ()

    def put_away(self, notice_ids: Sequence[int]) -> None:
        raise NOT_HERE
