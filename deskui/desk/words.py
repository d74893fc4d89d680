"""Words for what happened and for what is refused, in both languages. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from deskui.desk.model import TicketState
from deskui.policy.common import common
from deskui.policy.decision import Text
from deskui.policy.wording import value_text

KINDS = {
    "first_response": Text("ตอบครั้งแรก", "first response"),
    "callback": Text("โทรกลับ", "callback"),
    "result": Text("แจ้งผล", "result"),
    "resolution": Text("แก้ไขเสร็จ", "resolution"),
}
"""What each kind of target is called."""

STATES = {
    TicketState.NEW: Text("ใหม่", "new"),
    TicketState.OPEN: Text("กำลังทำ", "open"),
    TicketState.WAITING: Text("รอลูกค้า", "waiting for the customer"),
    TicketState.ON_HOLD: Text("รอบุคคลที่สาม", "on hold"),
    TicketState.RESOLVED: Text("แก้ไขแล้ว", "resolved"),
    TicketState.CLOSED: Text("ปิดแล้ว", "closed"),
    TicketState.MERGED: Text("รวมแล้ว", "merged"),
}
"""What each state is called."""

WHY = {
    "severity": Text("เปลี่ยนความรุนแรง", "the severity changed"),
    "resumed": Text("ลูกค้าตอบแล้ว", "the customer answered"),
    "reopened": Text("เปิดใหม่", "it was reopened"),
    "holiday": Text("วันหยุดเปลี่ยน", "the holidays changed"),
    "undone": Text("ย้อนขั้นตอนก่อนหน้า", "a step was taken back"),
}
"""Why a clock was planned anew."""

_DID = {
    "opened": Text("รับเรื่อง", "logged it"),
    "claimed": Text("รับไปทำ", "claimed it"),
    "served_anyway": Text("รับไปทำก่อนคิว", "claimed it out of turn"),
    "released": Text("คืนเข้าคิว", "released it"),
    "assigned": Text("มอบหมายให้คนอื่น", "assigned it"),
    "taken_over": Text("รับช่วงต่อ", "took it over"),
    "on_hold": Text("ตั้งเป็นรอบุคคลที่สาม", "put it on hold for a third party"),
    "merged": Text("รวมเข้ากับเรื่องอื่น", "merged it into another ticket"),
    "merged_in": Text("รวมเรื่องอื่นเข้ามา", "merged another ticket into it"),
    "parted": Text("แยกเรื่องที่รวมไว้ออก", "parted a merged ticket from it"),
    "undone": Text("ย้อนขั้นตอนล่าสุด", "took the last step back"),
    "withdrawn": Text("ถอนเรื่องที่เพิ่งรับ", "withdrew it"),
    "refunded": Text("คืนสิทธิ์", "gave the quota back"),
    "asked": Text("ถามหัวหน้า", "asked the supervisor"),
    "override": Text("อนุมัติ", "granted it"),
    "supervisor_said": Text("ตอบคำถาม", "answered"),
    "verified": Text("ยืนยันผู้มีอำนาจ", "verified the caller's authority"),
    "problem": Text("ใส่ในปัญหาที่ทราบแล้ว", "put it to a known problem"),
    "asked_no_more": Text("ถอนคำถามถึงหัวหน้า", "took the question back"),
    "problem_off": Text("เอาออกจากปัญหา", "took it off the problem"),
    "told": Text("โทรแจ้งผลแล้ว", "told the caller"),
    "not_told": Text("ยังไม่ได้โทรแจ้ง", "put it back on the call-back list"),
    "erased": Text("ลบข้อมูลบุคคลตามคำขอ", "erased personal data on request"),
    "called_again": Text("ลูกค้าโทรมาอีก", "the customer called again"),
    "note": Text("เพิ่มบันทึก", "added a note"),
    "waiting": Text("ตั้งเป็นรอลูกค้า", "set it to waiting for the customer"),
    "resumed": Text("ทำต่อ", "resumed it"),
    "severity": Text("เปลี่ยนความรุนแรง", "changed its severity"),
    "replanned": Text("กำหนดเวลาเปลี่ยน", "planned it anew"),
    "met": Text("ทำตามกำหนดเวลา", "met a target"),
    "resolved": Text("แก้ไขแล้ว", "resolved it"),
    "reopened": Text("เปิดใหม่", "reopened it"),
    "closed": Text("ปิดเรื่อง", "closed it"),
    "consumed": Text("ใช้สิทธิ์", "used the quota"),
    "breached": Text("เกินกำหนด", "missed the target"),
    "breach_voided": Text("ยกเลิกการเกินกำหนด", "voided the breach"),
}

CONSEQUENCES = frozenset({"consumed", "refunded", "note", "replanned", "breached", "breach_voided"})
"""Kinds of events that only come of what somebody did: none of them says what that was."""


def did(kind: str) -> Text:
    """What a step was, as a kind of event names it: "claimed it"."""
    return _DID.get(kind, Text(kind, kind))


def kind_name(kind: str) -> Text:
    """What a kind of target is called."""
    return KINDS.get(kind, Text(kind, kind))


def _at(value: str | None, zone: tzinfo) -> str:
    """An instant of an event, by the clock on the wall."""
    return "—" if value is None else f"{datetime.fromisoformat(value).astimezone(zone):%d/%m %H:%M}"


def outcome_name(outcome: str) -> Text:
    """What an outcome is called."""
    return common().words.get(f"outcome.{outcome}", Text(outcome, outcome))


def _as_it_is(counter: str) -> Text:
    return Text(counter, counter)


def _nobody(_agent_id: int | None) -> str:
    return "—"


def event_words(
    kind: str,
    data: Mapping[str, Any],
    zone: tzinfo,
    counter_name: Callable[[str], Text] = _as_it_is,
    who: Callable[[int | None], str] = _nobody,
    counter_unit: Callable[[str], Text] | None = None,
) -> Text:
    """One event as a line of the ticket's history; `counter_name` says what a counter of quota is called,
    `who` the code of an agent, `counter_unit` what a counter counts.
    """
    if kind in _CHANGED_HANDS or kind in _TWO_TICKETS or kind == "undone":
        return _team_words(kind, data, who)
    if kind == "replanned":
        name, why = kind_name(data["kind"]), WHY.get(data["why"], Text(data["why"], data["why"]))
        was, becomes = _at(data["was"], zone), _at(data["becomes"], zone)
        return Text(
            f"กำหนด{name.th}: เดิม {was} เป็น {becomes} เพราะ{why.th}",
            f"{name.en}: was {was}, is {becomes}, because {why.en}",
        )
    if kind in ("breached", "breach_voided"):
        name, due = kind_name(data["kind"]), _at(data["due"], zone)
        if kind == "breached":
            return Text(f"เกินกำหนด{name.th} ({due})", f"{name.en} missed, it was due {due}")
        why = WHY.get(data["why"], Text(data["why"], data["why"]))
        return Text(
            f"ยกเลิกการเกินกำหนด{name.th} ({due}) เพราะ{why.th}",
            f"missed {name.en} of {due} voided, because {why.en}",
        )
    if kind == "met":
        name = kind_name(data["kind"])
        late = data.get("late")
        return Text(
            f"{name.th}แล้ว{' (ช้ากว่ากำหนด)' if late else ''}", f"{name.en} done{', late' if late else ''}"
        )
    if kind == "severity":
        was, becomes = data.get("was") or "—", data.get("becomes") or "—"
        return Text(f"ความรุนแรง: {was} → {becomes}", f"severity: {was} → {becomes}")
    if kind in ("consumed", "refunded"):
        units, name = data["units"], counter_name(data["counter"])
        unit = common().words["times"] if counter_unit is None else counter_unit(data["counter"])
        many = f"{units} {unit.en.removesuffix('s') if units == 1 else unit.en}"
        if kind == "refunded":
            return Text(f"คืนสิทธิ์{name.th} {units} {unit.th}", f"gave back {name.en}: {many}")
        return Text(f"ใช้สิทธิ์{name.th} {units} {unit.th}", f"used {name.en}: {many}")
    if kind == "opened":
        rules = ", ".join(data.get("rules", ()))
        behind = f" ({rules})" if rules else ""
        name = outcome_name(data["outcome"])
        return Text(f"รับเรื่อง: {name.th}{behind}", f"logged: {name.en}{behind}")
    if kind in _ADVICE:
        return _advice_words(kind, data)
    return _DID.get(kind, Text(kind, kind))


_ADVICE = frozenset(
    {"asked", "asked_no_more", "override", "supervisor_said", "verified", "problem", "problem_off"}
)
HOW = {
    "called_back": Text("โทรกลับเบอร์ในทะเบียน", "called back on the number on file"),
    "letter": Text("หนังสือมอบอำนาจ", "a letter of authority"),
}
"""How somebody was verified, in words; other ways are shown by the name the policy gives them."""


def _advice_words(kind: str, data: Mapping[str, Any]) -> Text:
    """What the supervisor said, who was verified, which problem it is about."""
    if kind == "verified":
        name = str(data["how"])
        how = HOW.get(name, Text(*(name.replace("_", " "),) * 2))
        return Text(f"ยืนยันผู้มีอำนาจแล้ว: {how.th}", f"authority verified: {how.en}")
    if kind in ("problem", "problem_off"):
        did_it = _DID[kind]
        return Text(f"{did_it.th} P{data['problem']}", f"{did_it.en}: P{data['problem']}")
    asked = f"Q{data['question']}"
    if kind == "override":
        was, price = outcome_name(str(data["was"])), Text("", "")
        if data.get("amount"):
            amount = value_text(Decimal(str(data["amount"]))).en
            price = Text(f" ในราคา {amount} บาท", f" for {amount} baht")
        return Text(
            f"หัวหน้าอนุมัติ ({asked}){price.th} เดิม: {was.th}",
            f"granted by the supervisor ({asked}){price.en}; it was: {was.en}",
        )
    if kind == "supervisor_said":
        said = {
            "refused": Text("ไม่อนุมัติ", "refused"),
            "answered": Text("ตอบ", "answered"),
            "granted": Text("อนุมัติไว้สำหรับคำตอบอื่น", "granted something else than"),
        }[str(data["state"])]
        return Text(f"หัวหน้า{said.th} ({asked})", f"the supervisor {said.en} it ({asked})")
    if kind == "asked_no_more":
        return Text(f"ถอนคำถาม ({asked})", f"the question was taken back ({asked})")
    return Text(f"ถามหัวหน้า ({asked})", f"asked the supervisor ({asked})")


_CHANGED_HANDS = ("assigned", "taken_over")
_TWO_TICKETS = ("merged", "merged_in", "parted")


def _team_words(kind: str, data: Mapping[str, Any], who: Callable[[int | None], str]) -> Text:
    """Changes of hands, merges, and what was taken back."""
    if kind == "assigned":
        name = who(data["agent"])
        return Text(f"มอบหมายให้ {name}", f"assigned it to {name}")
    if kind == "taken_over":
        name = who(data["was"])
        return Text(f"รับช่วงต่อจาก {name}", f"took it over from {name}")
    if kind == "undone":
        step = did(data["kind"])
        return Text(f"ย้อน: {step.th}", f"took back: {step.en}")
    number = data["number"]
    return {
        "merged": Text(f"รวมเข้ากับ #{number}", f"merged it into #{number}"),
        "merged_in": Text(f"รวม #{number} เข้ามา", f"merged #{number} into it"),
        "parted": Text(f"แยก #{number} ออก", f"parted #{number} from it"),
    }[kind]


def ago(length: timedelta) -> Text:
    """How long ago, in the largest unit that fits."""
    seconds = max(0, int(length.total_seconds()))
    for size, thai, short in ((86400, "วัน", "d"), (3600, "ชั่วโมง", "h"), (60, "นาที", "min")):
        if seconds >= size:
            return Text(f"{seconds // size} {thai}ที่แล้ว", f"{seconds // size} {short} ago")
    return Text(f"{seconds} วินาทีที่แล้ว", f"{seconds} s ago")


def lost_race(who: str | None, kind: str | None, length: timedelta) -> Text:
    """Who was faster, with what, and what to do now."""
    did = _DID.get(kind or "", Text("แก้ไข", "changed it"))
    past = ago(length)
    somebody = who or "—"
    return Text(
        f"{who or 'ระบบ'} {did.th}เมื่อ {past.th} ดูใหม่แล้วลองอีกครั้ง",
        f"{somebody if who else 'the desk'} {did.en} {past.en}: look again, then decide",
    )


def wrong_state(number: int, state: TicketState, wanted: Text) -> Text:
    """A state that does not allow it."""
    name = STATES[state]
    return Text(f"#{number} {name.th}: {wanted.th}", f"#{number} is {name.en}: {wanted.en}")
