"""A queue alone on a screen, fed from memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from textual.app import App, ComposeResult
from textual.containers import Horizontal

from deskui.clock import FixedClock
from deskui.desk.model import ClockState, TicketRow, TicketState
from deskui.policy.decision import Text
from deskui.tui.messages import Say
from deskui.tui.thai import install
from deskui.tui.widgets.left_column import LeftColumn
from deskui.tui.widgets.queue_list import QueueList
from tests.tui.clock_views import AT, HOUR, MINUTE, clock_view

SECOND = timedelta(seconds=1)
CLOCKS = (
    clock_view(-12 * MINUTE, state=ClockState.BREACHED),
    clock_view(2 * MINUTE + 48 * SECOND, 15 * MINUTE),
    clock_view(48 * MINUTE),
    clock_view(4 * HOUR + 18 * MINUTE),
    clock_view(20 * HOUR, 40 * HOUR, ClockState.OUTSIDE_HOURS),
    clock_view(3 * HOUR, state=ClockState.PAUSED),
    None,
    clock_view(6 * HOUR, promised=False),
)
STATES = (TicketState.OPEN, TicketState.NEW, TicketState.OPEN, TicketState.ON_HOLD, TicketState.OPEN,
          TicketState.WAITING, TicketState.NEW, TicketState.RESOLVED)  # fmt: skip
CUSTOMERS = ("บริษัท สุขใสฟู้ดส์ จำกัด", "Test Trading Co., Ltd.", "คลินิกเนวี่", "Siam Parts")
TITLES = ("จ่ายเงินเดือนสาขา 2 ค้างที่ 40 %", "payroll run fails", "รายงานนัดหมายแสดงวันผิด", "system down")


def ticket_row(ticket_id: int, **changes: object) -> TicketRow:
    """A row that is the same each time it is asked for."""
    clock = CLOCKS[ticket_id % len(CLOCKS)]
    row = TicketRow(
        ticket_id=ticket_id,
        number=1000 + ticket_id,
        policy="emwork",
        customer=CUSTOMERS[ticket_id % 4],
        plan=Text("รับประกัน", "warranty"),
        service="scope",
        service_name=Text("แจ้งปัญหา", "Fault"),
        title=TITLES[ticket_id % 4],
        state=STATES[ticket_id % len(STATES)],
        assignee=("nok", None, "art")[ticket_id % 3],
        received_at=AT - 2 * HOUR,
        due_at=clock.due_at if clock else None,
        promised=bool(clock and clock.promised),
        clock_kind=clock.kind if clock else None,
        clock=clock,
        deferred_until=None,
        version=1,
    )
    return replace(row, **changes)  # type: ignore[arg-type]


class QueueApp(App[None]):
    """Answers what the queue asks for, at once, unless `answers` is off."""

    CSS = "Horizontal { border: solid $primary; } QueueList { width: 1fr; height: 1fr; }"

    def __init__(self, language: str = "th") -> None:
        super().__init__()
        install()
        self.clock = FixedClock(AT)
        self.say = Say(language)
        self.answers = True
        self.changes: dict[int, dict[str, object]] = {}
        self.wanted: list[QueueList.RowsWanted] = []
        self.highlighted: list[int | None] = []
        self.selected: list[int] = []

    def compose(self) -> ComposeResult:
        self.queue = QueueList(self.say, ZoneInfo("Asia/Bangkok"))
        self.left = LeftColumn(self.queue, self.clock.now, self.say)
        with Horizontal():
            yield self.left
            yield self.queue

    def give(self, count: int) -> None:
        """Tickets 0 to count - 1."""
        self.queue.set_order(range(count), self.clock.now())

    def on_queue_list_rows_wanted(self, message: QueueList.RowsWanted) -> None:
        self.wanted.append(message)
        if self.answers:
            rows = [ticket_row(number, **self.changes.get(number, {})) for number in message.ticket_ids]
            self.queue.set_rows(rows, self.clock.now())

    def on_queue_list_highlighted(self, message: QueueList.Highlighted) -> None:
        self.highlighted.append(message.ticket_id)

    def on_queue_list_selected(self, message: QueueList.Selected) -> None:
        self.selected.append(message.ticket_id)

    def lines(self) -> list[str]:
        """The screen as text."""
        return [
            "".join(segment.text for segment in strip) for strip in self.screen._compositor.render_strips()
        ]
