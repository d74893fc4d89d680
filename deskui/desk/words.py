"""Words for what happened and for what is refused, in both languages. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

from deskui.desk.model import TicketState
from deskui.policy.common import common
from deskui.policy.decision import Text

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
}
"""Why a clock was planned anew."""

_DID = {
    "opened": Text("รับเรื่อง", "logged it"),
    "claimed": Text("รับไปทำ", "claimed it"),
    "served_anyway": Text("รับไปทำก่อนคิว", "claimed it out of turn"),
    "released": Text("คืนเข้าคิว", "released it"),
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

CONSEQUENCES = frozenset({"consumed", "note", "replanned", "breached", "breach_voided"})
"""Kinds of events that only come of what somebody did: none of them says what that was."""


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


def event_words(
    kind: str, data: Mapping[str, Any], zone: tzinfo, counter_name: Callable[[str], Text] = _as_it_is
) -> Text:
    """One event as a line of the ticket's history; `counter_name` says what a counter of quota is called."""
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
    if kind == "consumed":
        units, name = data["units"], counter_name(data["counter"])
        return Text(f"ใช้สิทธิ์{name.th} {units} หน่วย", f"used {units} of {name.en}")
    if kind == "opened":
        rules = ", ".join(data.get("rules", ()))
        behind = f" ({rules})" if rules else ""
        name = outcome_name(data["outcome"])
        return Text(f"รับเรื่อง: {name.th}{behind}", f"logged: {name.en}{behind}")
    return _DID.get(kind, Text(kind, kind))


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
