"""Rules of two vendors, small and in Python, for the desk that the screens are tried on."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from deskui.desk.model import Call, ServiceInfo
from deskui.policy.decision import Consumption, Decision, NearMiss, Reason, Target, Text
from deskui.policy.model import Choice, Question
from deskui.worktime.workcalendar import WorkCalendar

BANGKOK = ZoneInfo("Asia/Bangkok")
HOLIDAYS: dict[date, Text] = {
    date(2026, 10, 23): Text("วันปิยมหาราช", "Chulalongkorn Day"),
    date(2026, 12, 7): Text("ชดเชยวันพ่อแห่งชาติ", "in lieu of National Day"),
    date(2026, 12, 10): Text("วันรัฐธรรมนูญ", "Constitution Day"),
    date(2026, 12, 31): Text("วันสิ้นปี", "New Year's Eve"),
}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
CALENDARS = {
    "emwork": WorkCalendar.weekly({day: [("09:00", "17:00")] for day in WEEKDAYS}, holidays=set(HOLIDAYS)),
    "aristosoft": WorkCalendar.weekly(
        {day: [("09:00", "18:00")] for day in WEEKDAYS}, holidays=set(HOLIDAYS)
    ),
}
VENDORS = {
    "emwork": Text("เอ็มเวิร์ค", "EMWORK"),
    "aristosoft": Text("อริสโตซอฟท์", "AristoSoft"),
}
SHORT = {"emwork": "EM", "aristosoft": "AR"}
NO_WORDS = Text("", "")


def _yes_no(fact: str, th: str, en: str, source: str = "call") -> Question:
    answers = (Choice(True, Text("ใช่", "yes"), "y"), Choice(False, Text("ไม่", "no"), "n"))
    return Question(fact, "yes_no", Text(th, en), answers, None, source)


QUESTIONS: dict[str, Question] = {
    "emwork_product": _yes_no(
        "emwork_product", "เป็นโปรแกรมที่เอ็มเวิร์คพัฒนาเองหรือไม่", "Is it software made by EMWORK?"
    ),
    "customer_modified": _yes_no(
        "customer_modified",
        "ลูกค้าเคยแก้ไขหรือพยายามแก้ไขระบบเองหรือไม่",
        "Did the customer change the system, or try to?",
    ),
    "severity": Question(
        "severity",
        "choice",
        Text("ระบบใช้งานไม่ได้เลยหรือไม่", "How bad is it?"),
        (
            Choice("system_down", Text("ระบบใช้งานไม่ได้", "system down"), "d"),
            Choice("other", Text("เรื่องอื่น ๆ", "anything else"), "o"),
            Choice("complaint", Text("ร้องเรียน", "a complaint"), "c", frozenset({"escalation"})),
        ),
    ),
    "has_driver": _yes_no(
        "has_driver", "ลูกค้ามีไฟล์ไดรเวอร์พร้อมหรือไม่", "Does the customer have the driver file?"
    ),
    "devices": Question(
        "devices", "count", Text("กี่อุปกรณ์", "How many devices?"), (), Text("เครื่อง", "devices")
    ),
    "forms": Question("forms", "count", Text("กี่แบบฟอร์ม", "How many forms?"), (), Text("แบบ", "forms")),
    "province": Question("province", "province", Text("จังหวัดใด", "Which province?"), (), None, "record"),
    "purchased_on": Question(
        "purchased_on", "date", Text("ซื้อเมื่อวันที่เท่าไร", "Bought on which day?"), (), None, "record"
    ),
    "goods_value": Question("goods_value", "money", Text("มูลค่าสินค้าเท่าไร", "What are the goods worth?")),
}

SERVICES: dict[str, tuple[ServiceInfo, ...]] = {
    "emwork": (
        ServiceInfo(
            "scope", Text("โปรแกรมมีปัญหา / ระบบล่ม", "Software fault"), ("error", "down", "bug", "ค้าง")
        ),
        ServiceInfo("backup-frequency", Text("รอบสำรองข้อมูล", "Backup frequency"), ("backup",)),
        ServiceInfo("escalation", Text("ร้องเรียนบริการ", "Complaint"), ("complain", "md")),
    ),
    "aristosoft": (
        ServiceInfo("phone-qa", Text("ถามวิธีใช้ทางโทรศัพท์", "Question by phone"), ("ask", "how")),
        ServiceInfo("remote-help", Text("ช่วยผ่านรีโมท", "Help by remote"), ("teamviewer",)),
        ServiceInfo("program-error", Text("โปรแกรมผิดพลาด", "Program error"), ("bug", "error")),
        ServiceInfo(
            "remote-install", Text("ลงโปรแกรมใหม่ผ่านรีโมท", "Remote install"), ("reinstall", "install")
        ),
        ServiceInfo("machine-move", Text("ย้ายเครื่อง", "Machine move"), ("move", "ย้ายโปรแกรม")),
        ServiceInfo(
            "db-move-remote", Text("ย้ายฐานข้อมูลผ่านรีโมท", "Database move (remote)"), ("database", "move")
        ),
        ServiceInfo("import-export", Text("นำข้อมูลเข้า/ออก", "Import / export"), ("excel",)),
        ServiceInfo("form-layout", Text("แต่งแบบฟอร์ม", "Form layout"), ("report", "form", "ใบเสร็จ")),
        ServiceInfo("driver-install", Text("ติดตั้งไดรเวอร์", "Driver install"), ("printer", "driver")),
        ServiceInfo("data-check", Text("ตรวจรายงาน/ยอดขาย", "Check reports or data"), ("sales", "stock")),
        ServiceInfo("onsite", Text("บริการนอกสถานที่", "On-site visit"), ("visit",)),
        ServiceInfo("nas-setup", Text("วางระบบ NAS", "NAS set-up"), ("router", "nas")),
        ServiceInfo("form-new", Text("เขียนแบบฟอร์มใหม่", "New form"), ("report",)),
        ServiceInfo("source-code", Text("ขอซอร์สโค้ด", "Source code"), ("source",)),
    ),
}

QUOTAS = {
    "remote-install": (
        5,
        "AR-27",
        Decimal(500),
        Text("ลงโปรแกรม/ย้ายเครื่อง 5 ครั้งต่อปี", "Remote install: 5 times a year"),
    ),
    "machine-move": (
        5,
        "AR-27",
        Decimal(500),
        Text("ลงโปรแกรม/ย้ายเครื่อง 5 ครั้งต่อปี", "Machine move: 5 times a year"),
    ),
    "db-move-remote": (
        2,
        "AR-28",
        Decimal(2000),
        Text("ย้ายฐานข้อมูล 2 ครั้งต่อปี", "Database move: 2 times a year"),
    ),
    "import-export": (
        2,
        "AR-29",
        Decimal(2000),
        Text("นำข้อมูลเข้า/ออก 2 ครั้งต่อปี", "Import or export: 2 times a year"),
    ),
    "form-layout": (4, "AR-30", Decimal(1000), Text("แต่งแบบฟอร์ม 4 แบบต่อปี", "Form layout: 4 forms a year")),
    "driver-install": (
        5,
        "AR-31",
        Decimal(500),
        Text("ติดตั้งไดรเวอร์ 5 ครั้งต่อปี", "Driver install: 5 times a year"),
    ),
}
"""service: total, rule, list price per time, text."""
NOT_ON_SATURDAY = {
    "form-layout": ("AR-48", Text("งดแต่งแบบฟอร์มวันเสาร์", "No form layout on a Saturday")),
    "data-check": (
        "AR-49",
        Text("งดตรวจรายงานและฐานข้อมูลวันเสาร์", "No checking of reports or data on a Saturday"),
    ),
    "db-move-remote": ("AR-53", Text("งดย้ายข้อมูลวันเสาร์", "No moving of data on a Saturday")),
    "machine-move": ("AR-53", Text("งดย้ายเครื่องวันเสาร์", "No moving of machines on a Saturday")),
    "import-export": ("AR-53", Text("งดย้ายข้อมูลวันเสาร์", "No moving of data on a Saturday")),
    "driver-install": ("AR-54", Text("งดตั้งอุปกรณ์อื่นวันเสาร์", "No setting of other devices on a Saturday")),
}


@dataclass
class Product:
    """What one customer bought."""

    product_id: int
    customer_id: int
    policy: str
    name: str
    purchased_on: date | None
    start: date | None
    end: date | None
    plan: Text
    no_plan: Text = field(default_factory=lambda: Text("ไม่มี M/A", "no M/A"))
    used: dict[str, int] = field(default_factory=dict)

    def in_force(self, day: date) -> bool:
        """Whether its agreement holds on `day`."""
        return self.start is not None and self.end is not None and self.start <= day <= self.end


def decide_call(call: Call, product: Product, at: datetime) -> Decision:
    """The verdict of this small world."""
    assert call.service is not None
    local = at.astimezone(BANGKOK)
    if product.policy == "emwork":
        return _emwork(call.service, call.answers, product, local)
    return _aristosoft(call.service, call.answers, product, local)


def _reason(rule: str, clause: str, text: Text, basis: str = "explicit", other: Text | None = None) -> Reason:
    return Reason(rule, clause, basis, text, other)


def _ask(policy: str, ask: str, needs: list[str]) -> Decision:
    return Decision(policy, ask, "ask", needs=tuple(needs))


def _missing(answers: Mapping[str, Any], *facts: str) -> list[str]:
    return [fact for fact in facts if fact not in answers]


def _emwork(ask: str, answers: Mapping[str, Any], product: Product, at: datetime) -> Decision:
    if ask == "escalation":
        return Decision(
            "emwork", ask, "contact", {"contact": "MD@emworkgroup.com"},
            (_reason("EM-04", "L61", Text("ร้องเรียนได้ที่อีเมลผู้บริหาร", "Complaints go to the managing director")),),
            say=Text("แจ้งเรื่องได้ที่ MD@emworkgroup.com นะ{particle}", "Please write to MD@emworkgroup.com."),
        )  # fmt: skip
    if ask == "backup-frequency":
        return Decision(
            "emwork", ask, "unknown", {"hint": {"ask": "TOR"}},
            (_reason("EM-20", "L135", Text("รอบสำรองข้อมูลเป็นไปตาม TOR", "Backup follows the customer's TOR")),),
            say=Text("ขอตรวจสอบ TOR ก่อนแล้วติดต่อกลับ{particle}", "Let me check your TOR and call you back."),
        )  # fmt: skip
    if missing := _missing(answers, "emwork_product", "customer_modified", "severity"):
        return _ask("emwork", ask, missing)
    if answers["emwork_product"] == "not_recorded" or answers["customer_modified"] == "not_recorded":
        return Decision(
            "emwork", ask, "unknown", {"hint": {"likely": "ask", "ask": "supervisor"}},
            (_reason("EM-10", "L102", Text("ไม่ทราบว่าอยู่ในขอบเขตหรือไม่", "Not known whether it is in scope")),),
            say=Text("ขอสอบถามหัวหน้างานก่อน{particle}", "Let me ask my supervisor."),
        )  # fmt: skip
    if not answers["emwork_product"] or answers["customer_modified"]:
        why = "third_party_product" if not answers["emwork_product"] else "customer_modified"
        rule = "EM-21" if not answers["emwork_product"] else "EM-07"
        return Decision(
            "emwork", ask, "unavailable",
            {"reason": why, "redirect": "propose_solution", "supervisor_may_override": True},
            (_reason(rule, "§1.1 L73", Text("อยู่นอกขอบเขตการรับประกัน", "Outside the scope of the warranty")),
             _reason("EM-11", "L103", Text("เสนอโซลูชันให้ลูกค้าโดยเร็ว", "Offer the customer a solution as soon as possible"))),
            say=Text("กรณีนี้อยู่นอกการรับประกัน จะเสนอแนวทางแก้ไขให้{particle}", "This is outside the warranty; we will propose a solution."),
            free_if=(Text("ลูกค้าไม่ได้แก้ไขระบบเอง", "the customer had not changed the system"),),
            granted_by=Text("ผู้จัดการโครงการ", "the project manager"),
        )  # fmt: skip
    down = answers["severity"] == "system_down"
    hours, rule = (24, "EM-12") if down else (72, "EM-13")
    calendar = CALENDARS["emwork"]
    start = calendar.next_open(at)
    due = calendar.deadline(start, timedelta(hours=hours))
    text = (
        Text("ระบบใช้งานไม่ได้ แก้ไขภายใน 24 ชั่วโมงทำการ", "System down: repaired within 24 business hours")
        if down
        else Text("กรณีอื่น แก้ไขภายใน 72 ชั่วโมงทำการ", "Anything else: repaired within 72 business hours")
    )
    return Decision(
        "emwork", ask, "in_scope", {"sla_business_hours": hours, "deadline": due},
        (_reason(rule, "Note •3 L104", text),
         _reason("EM-14", "Note •5 L106", Text("นับเฉพาะเวลาทำการ จ.–ศ. 09:00–17:00", "Counted Mon–Fri 09:00–17:00 only"), "derived")),
        (NearMiss("EM-11", "unavailable", Text("ลูกค้าแก้ไขระบบเอง: ไม่ใช่", "the customer changed the system: no")),),
        say=Text("รับเรื่องไว้แล้ว อยู่ในการรับประกัน จะแก้ไขให้ตามกำหนด{particle}", "It is covered; we will repair it in time."),
        targets=(Target("resolution", rule, "main", due, start, timedelta(hours=hours)),),
    )  # fmt: skip


def _aristosoft(ask: str, answers: Mapping[str, Any], product: Product, at: datetime) -> Decision:
    policy = "aristosoft"
    if at.weekday() == 5 and ask in NOT_ON_SATURDAY:
        rule, text = NOT_ON_SATURDAY[ask]
        until = CALENDARS[policy].next_open(at)
        return Decision(
            policy, ask, "defer", {"until": until, "quota_consumed": False},
            (_reason(rule, "Sat 6 L64", text),
             _reason("AR-55", "Note L67", Text("วันเสาร์มีเจ้าหน้าที่ 1 ท่าน กรุณาติดต่อวันทำการ", "One person on Saturdays: please call on a working day"))),
            say=Text("วันเสาร์ขอเลื่อนเป็นวันจันทร์ 09:00 นะ{particle}", "On Saturdays we cannot do this; may we do it on Monday at 09:00?"),
            free_if=(Text("ทำในวันทำการ จ.–ศ.", "done on a working day, Mon–Fri"),),
        )  # fmt: skip
    if ask == "driver-install" and (missing := _missing(answers, "has_driver", "devices")):
        return _ask(policy, ask, missing)
    if ask == "driver-install" and not answers["has_driver"]:
        return Decision(
            policy, ask, "unavailable", {"reason": "prerequisite_missing", "prerequisite": "driver_file", "quota_consumed": False},
            (_reason("AR-31", "L39–40", Text("ลูกค้าต้องเตรียมไดรเวอร์เอง", "The customer brings the driver")),),
            say=Text("รบกวนเตรียมไฟล์ไดรเวอร์ก่อนนะ{particle}", "Please have the driver file ready first."),
            free_if=(Text("มีไฟล์ไดรเวอร์", "the driver file is there"),),
        )  # fmt: skip
    if ask == "form-layout" and (missing := _missing(answers, "forms")):
        return _ask(policy, ask, missing)
    if ask == "onsite":
        if missing := _missing(answers, "province"):
            return _ask(policy, ask, missing)
        return Decision(
            policy, ask, "charge", {"amount": Decimal(3000), "extras": ("travel", "accommodation")},
            (_reason("AR-36", "L44", Text("นอกสถานที่ในกรุงเทพฯ 3,000 บาท (4 ชั่วโมง) ต่อคน", "On-site in Bangkok: 3,000 baht (4 hours) a person")),),
            say=Text("มีค่าบริการ 3,000 บาท{particle}", "There is a fee of 3,000 baht."), flags=("vat_not_stated", "travel_extra"),
        )  # fmt: skip
    if ask in QUOTAS:
        return _counted(policy, ask, answers, product, at)
    return _by_table(policy, ask, product, at)


def _counted(policy: str, ask: str, answers: Mapping[str, Any], product: Product, at: datetime) -> Decision:
    total, rule, price, text = QUOTAS[ask]
    count = answers.get("forms", 1)
    units = count if isinstance(count, int) else 1
    remaining = total - product.used.get(ask, 0)
    listed = (Text("มีสัญญา M/A", "there is an M/A agreement"),)
    if not product.in_force(at.date()) or remaining <= 0:
        over = product.in_force(at.date())
        return Decision(
            policy, ask, "charge",
            {"amount": price * units, "amount_is_minimum": ask == "form-layout", "over_quota": over},
            (_reason("AR-39", "L47", Text("ไม่มี M/A คิดค่าบริการรายครั้ง", "Without M/A: charged per time")),
             _reason("AR-34", "L42–56", Text("ราคารายครั้ง โปรดยืนยัน", "Per-incident list price, to be confirmed"), "interpretation",
                     Text("อ่านอีกแบบ: อาจคิดราคาพิเศษ", "Other reading: a special price may apply"))),
            (NearMiss(rule, "quota", Text("มีสัญญา M/A: ไม่ใช่", "an agreement in force: no")),),
            say=Text(f"ครั้งนี้มีค่าบริการ {price * units:,} บาท{{particle}}", f"There is a fee of {price * units:,} baht."),
            flags=("interpretation", "vat_not_stated"), free_if=listed, granted_by=Text("หัวหน้างาน", "a supervisor"),
        )  # fmt: skip
    taken = min(units, remaining)
    figures: dict[str, Any] = {
        "quota": total,
        "remaining_before": remaining,
        "remaining_after": remaining - taken,
    }
    if units > remaining:
        figures |= {"overflow_units": units - remaining, "overflow_amount_from": price * (units - remaining)}
    assert product.start is not None
    assert product.end is not None
    return Decision(
        policy, ask, "quota", figures, (_reason(rule, "L34", text),),
        (NearMiss("AR-39", "charge", Text("ไม่มี M/A: ไม่ใช่", "without an agreement: no")),),
        say=Text(
            f"ใช้สิทธิ์ครั้งที่ {total - remaining + 1} จาก {total} ไม่มีค่าใช้จ่าย{{particle}}",
            f"This uses number {total - remaining + 1} of your {total}; there is no charge.",
        ),
        consumes=Consumption(ask, taken, (product.start, product.end)),
    )  # fmt: skip


def _by_table(policy: str, ask: str, product: Product, at: datetime) -> Decision:
    if ask == "program-error":
        return Decision(
            policy, ask, "free", {}, (_reason("AR-68", "W1 L82", Text("รับประกันโปรแกรมตลอดอายุการใช้งาน", "The program is warranted for life")),),
            say=Text("แก้ไขให้โดยไม่มีค่าใช้จ่าย{particle}", "We will mend it free of charge."),
        )  # fmt: skip
    if ask in ("phone-qa", "remote-help", "data-check") and product.in_force(at.date()):
        return Decision(
            policy, ask, "free", {}, (_reason("AR-25", "L32", Text("รวมอยู่ใน M/A", "Included in the M/A")),),
            say=Text("สอบถามได้เลย{particle}", "Please go ahead."),
        )  # fmt: skip
    if ask == "source-code":
        return Decision(
            policy, ask, "unavailable", {"reason": "copyright"},
            (_reason("AR-60", "L70", Text("ซอร์สโค้ดเป็นลิขสิทธิ์ของบริษัท", "The source code stays the company's copyright")),),
            say=Text("ขออภัย ไม่สามารถให้ซอร์สโค้ดได้{particle}", "We are sorry: the source code cannot be given."),
        )  # fmt: skip
    if ask == "form-new":
        return Decision(
            policy, ask, "quote", {"refer_to": "sales"},
            (_reason("AR-15", "L23", Text("ไม่รวมเขียนแบบฟอร์มใหม่", "Writing a new form is not included")),),
            say=Text("ขอให้ฝ่ายขายเสนอราคา{particle}", "Sales will send you a quotation."),
        )  # fmt: skip
    return Decision(
        policy, ask, "unknown", {"hint": {"likely": "charge", "amount": Decimal(5000), "ask": "supervisor"}},
        (_reason("AR-32", "L30–40", Text("ไม่อยู่ในรายการของ M/A", "Not in the list of the M/A"), "interpretation"),),
        say=Text("ขอสอบถามหัวหน้างานก่อน{particle}", "Let me ask my supervisor."), flags=("interpretation",),
    )  # fmt: skip
