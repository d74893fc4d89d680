"""Calls without a ticket on the desk of the screen tests: in memory, with no ring unless a test puts one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from deskui.desk.callmodel import LoggedCall, Ring, VendorDay, WaitingCall
from deskui.desk.errors import NotFound
from deskui.desk.model import Call
from deskui.policy.decision import Text
from tests.tui.fake_advice import FakeAdvice
from tests.tui.fake_state import FakeWorld

NOBODY = NotFound(Text("ไม่มีสายนี้", "There is no such call."))


class FakeCalls(FakeWorld, FakeAdvice):
    """CallsApi in memory; what rings is tried over a real desk."""

    def rings(self) -> Sequence[Ring]:
        return ()

    def take_ring(self, ring_id: int) -> Call:
        raise NOBODY

    def release_ring(self, ring_id: int) -> None:
        raise NOBODY

    def dismiss_ring(self, ring_id: int, outcome: str) -> LoggedCall:
        raise NOBODY

    def waiting_calls(self) -> Sequence[WaitingCall]:
        waiting = [(call.parked_at, key, call) for key, call in self.calls.items() if call.parked_at]
        return [
            WaitingCall(key, self.customers[call.customer_id].name if call.customer_id else call.query, since)
            for since, key, call in sorted(waiting, key=lambda one: one[:2])
        ]

    def end_call(self, call: Call, reason: str) -> LoggedCall:
        with self._lock:
            if call.draft_id is not None:
                self.calls.pop(call.draft_id, None)
            self.ended.append(replace(call, draft_id=None))
            now, nothing = self.now(), Text("", "")
            return LoggedCall(
                len(self.ended), now, call.started_at or now, self.agent.code, reason, call.phone, None, None,
                None, call.service, None, None, (), nothing, call.title, False,
            )  # fmt: skip

    def undo_call(self, call_id: int | None = None) -> Call | None:
        if not self.ended:
            raise NOBODY
        return self.ended.pop()

    def call_log(self, limit: int = 50, since: datetime | None = None) -> Sequence[LoggedCall]:
        return ()

    def vendor_days(self) -> Sequence[VendorDay]:
        return ()

    def closed_words(self, policy: str) -> Text | None:
        return None
