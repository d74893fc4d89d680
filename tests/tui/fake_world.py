"""The invented companies and tickets the screens are tried with."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from deskui.clock import Clock, FixedClock
from deskui.policy.decision import Text
from tests.tui.fake_desk import MONDAY, FakeDesk
from tests.tui.fake_rules import BANGKOK

MA = Text("M/A รายปี", "M/A list")
WARRANTY = Text("รับประกัน", "warranty")


def alive_desk(clock: Clock | None = None, *, language: str = "th") -> FakeDesk:
    """A desk with a morning's work in it, at `clock` (Monday 23 November 2569, 10:42, if not said)."""
    desk = FakeDesk(clock or FixedClock(MONDAY), language=language)
    suksai = desk.customer("EM-0031", "บริษัท สุขใสฟู้ดส์ จำกัด", "กรุงเทพมหานคร", ("คุณสมศรี", "081-234-5678"))
    navy = desk.customer("EM-0017", "คลินิกเนวี่", "ชลบุรี", ("คุณอารี", "038-111-234"), ("คุณวิทย์", "089-555-0101"))
    siam = desk.customer("EM-0042", "Siam Parts Co., Ltd.", "Samut Prakan", ("Khun Arthit", "02-345-6789"))
    thonburi = desk.customer("AR-0107", "ร้านธนบุรีสโตร์", "กรุงเทพมหานคร", ("คุณแอน", "02-412-2345"))
    nonta = desk.customer("AR-0112", "นนทาการค้า", "นนทบุรี", ("คุณปุ๊ก", "085-777-1212"))
    baan = desk.customer("AR-0120", "บ้านขนมไทย", "นครปฐม", ("คุณน้ำผึ้ง", "062-900-4455"))
    both = desk.customer("XX-0003", "สหกรณ์รวมใจ", "ปทุมธานี", ("คุณกำธร", "02-999-8877"))

    year = (date(2026, 8, 1), date(2027, 7, 31))
    pays = desk.product(suksai, "emwork", "EM Payroll", WARRANTY, date(2026, 3, 2), *year)
    clinic = desk.product(navy, "emwork", "EM Clinic", WARRANTY, date(2025, 11, 2), *year)
    parts = desk.product(siam, "emwork", "EM Stock", WARRANTY, date(2026, 1, 15), *year)
    store = desk.product(
        thonburi, "aristosoft", "Aristo POS", MA, date(2020, 5, 4), *year, remote_install=2, machine_move=2
    )
    trade = desk.product(nonta, "aristosoft", "Aristo Stock", MA, date(2016, 5, 4))
    sweets = desk.product(
        baan, "aristosoft", "Aristo POS", MA, date(2021, 2, 1), *year, form_layout=2, driver_install=5
    )
    desk.product(both, "aristosoft", "Aristo POS", MA, date(2021, 2, 1), *year)
    desk.product(both, "emwork", "EM Saving", WARRANTY, date(2026, 2, 1), *year)

    def at(day: int, hour: int, minute: int = 0) -> datetime:
        return datetime(2026, 11, day, hour, minute, tzinfo=BANGKOK)

    def fault(*, down: bool = False) -> dict[str, Any]:
        return {
            "emwork_product": True,
            "customer_modified": False,
            "severity": "system_down" if down else "other",
        }

    desk.seed_ticket(
        pays,
        "scope",
        "จ่ายเงินเดือนสาขา 2 ค้างที่ 40 %",
        at(18, 10, 30),
        "nok",
        "เครื่องค้างตอนกดคำนวณ",
        **fault(down=True),
    )
    desk.seed_ticket(clinic, "scope", "รายงานนัดหมายแสดงวันผิด", at(23, 9, 30), "art", **fault())
    desk.seed_ticket(parts, "scope", "System down after power cut", at(18, 10, 50), None, **fault(down=True))
    desk.seed_ticket(parts, "scope", "Barcode labels print twice", at(20, 15, 0), None, **fault())
    waiting = desk.seed_ticket(
        clinic, "scope", "เปิดโปรแกรมไม่ได้ที่เครื่องเวชระเบียน", at(20, 9, 0), "nok", **fault(down=True)
    )
    desk.wait(waiting.ticket_id, waiting.version, "ขอภาพหน้าจอ")
    desk.seed_ticket(store, "db-move-remote", "ย้ายฐานข้อมูลไปเครื่องใหม่", at(23, 8, 40), "nok")
    desk.seed_ticket(trade, "remote-install", "ลงโปรแกรมใหม่หลังลง Windows", at(23, 9, 5))
    desk.seed_ticket(sweets, "phone-qa", "ถามวิธีออกใบกำกับภาษี", at(23, 10, 20))
    return desk


def busy_desk(tickets: int, clock: Clock | None = None) -> FakeDesk:
    """The same desk with `tickets` more calls in the queue."""
    desk = alive_desk(clock)
    product = next(p for p in desk.products.values() if p.policy == "aristosoft")
    for number in range(tickets):
        desk.seed_ticket(product, "phone-qa", f"สายที่ {number}", MONDAY - timedelta(minutes=number % 600))
    return desk
