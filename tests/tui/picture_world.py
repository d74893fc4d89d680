"""A morning's work of all five vendors over a real desk, for pictures: every state a row can have."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from textual.widgets import Input, TextArea

from deskui.desk.model import TicketDetail
from deskui.tui.app import DeskApp
from deskui.tui.panes import commandline
from tests.tui.fake_desk import MONDAY
from tests.tui.real_desk import RealDesk

DOWN = {"emwork_product": True, "customer_modified": False, "in_warranty": True, "severity": "system_down"}
LONG = (
    "ลูกค้าแจ้งว่าหลังปิดงวดบัญชีเดือนที่แล้วพิมพ์ใบกำกับภาษีย้อนหลังไม่ได้ทั้งสามสาขา "
    "ขึ้นข้อความว่าเลขที่เอกสารซ้ำ ลองปิดเปิดเครื่องแล้วยังเป็นเหมือนเดิม ผู้จัดการขอให้โทรกลับก่อนเที่ยง"
)
"""Two lines of Thai without a space where a line may break, but for two."""


@pytest.fixture(autouse=True)
def nothing_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """No cursor blinks, and what is said in passing stays: a picture is the same however long it takes."""
    monkeypatch.setattr(Input.cursor_blink, "_default", False)
    monkeypatch.setattr(TextArea.cursor_blink, "_default", False)
    monkeypatch.setattr(commandline, "TOLD_FOR", timedelta(days=1).total_seconds())
    monkeypatch.setattr(DeskApp, "NOTIFICATION_TIMEOUT", timedelta(days=1).total_seconds())


def alive(desk: RealDesk) -> None:
    """Tickets at every stage as of Monday, 10:42."""
    friday = MONDAY - timedelta(days=3)
    _at(desk, friday.replace(hour=14, minute=5))
    paused = desk.log("EM-0031", "sla-deadline", "ระบบเงินเดือนเปิดไม่ได้", **DOWN)
    _at(desk, friday.replace(hour=16, minute=20))
    row = desk.of("nok").claim(paused.row.ticket_id, paused.row.version)
    desk.of("nok").wait(row.ticket_id, row.version, "รอลูกค้าส่งไฟล์สำรอง")
    _at(desk, MONDAY.replace(hour=9, minute=2))
    desk.log("M5-0009", "bug-fix", "Posting stops at step 3")
    desk.log("AR-0107", "phone-qa", "ถามวิธีพิมพ์บาร์โค้ด")
    _at(desk, MONDAY.replace(hour=10, minute=20))
    late = desk.log("BP-0042", "advice", "Payslips of branch 7 are blank", channel="phone")
    _at(desk, MONDAY.replace(hour=10, minute=31))
    soon = desk.log("BP-0042", "advice", "How to close the year", channel="phone")
    desk.of("art").claim(soon.row.ticket_id, soon.row.version)
    desk.log("EM-0031", "sla-deadline", "สาขา 2 เข้าระบบไม่ได้", **DOWN)
    desk.log("PS-0003", "remote-fix", "Labels print twice")
    _at(desk, MONDAY)
    desk.of("nok").record_breaches()
    assert late.row.due_at is not None


def long_thai(desk: RealDesk) -> TicketDetail:
    """A ticket whose title and notes need wrapping."""
    ticket = desk.log("AR-0107", "program-error", LONG)
    return desk.of("nok").note(ticket.row.ticket_id, LONG)


def _at(desk: RealDesk, at: datetime) -> None:
    desk.clock.at = at
