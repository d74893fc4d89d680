"""One line of the entitlements pane, from a decision. Pure."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from deskui.desk.model import Entitlement
from deskui.policy.allowance import Allowance
from deskui.policy.decision import Decision, Text
from deskui.policy.policy import Policy, Service

_WORDS = {
    "free": Text("ฟรี", "free"),
    "quote": Text("ขอใบเสนอราคา", "by quotation"),
    "unavailable": Text("ไม่ให้บริการ", "not available"),
    "unknown": Text("ถามหัวหน้า", "ask the supervisor"),
    "callback": Text("โทรกลับ", "called back"),
    "serve": Text("ให้บริการ", "served"),
    "available": Text("มีให้บริการ", "available"),
    "allowed": Text("ทำได้", "allowed"),
    "contact": Text("ส่งต่อผู้รับผิดชอบ", "passed on"),
    "deadline": Text("มีกำหนดเวลา", "by a deadline"),
    "in_scope": Text("อยู่ในขอบเขต", "in scope"),
    "discretionary": Text("แล้วแต่บริษัท", "at the company's discretion"),
}


def baht(amount: Decimal) -> str:
    """Whole baht without satang, thousands apart."""
    return f"{amount:,.0f}" if amount == amount.to_integral() else f"{amount:,.2f}"


def entitlement_of(
    policy: Policy, service: Service, decision: Decision, counter: Allowance | None
) -> Entitlement:
    """What a decision grants for a service, in a few words; with what is left of its counter."""
    return Entitlement(
        service=service.id,
        name=service.name,
        outcome=decision.outcome,
        total=counter.total if counter else None,
        used=counter.used if counter else None,
        remaining=counter.left if counter else None,
        note=_counted(_note(policy, decision), decision, counter),
        rule=decision.rules[0] if decision.rules else "",
    )


def _counted(note: Text, decision: Decision, counter: Allowance | None) -> Text:
    """The note with what is left in front, where that is not all there is to say."""
    if counter is None:
        return note
    left = Text(f"เหลือ {counter.left} จาก {counter.total}", f"{counter.left} of {counter.total} left")
    if decision.outcome in ("quota", "ask"):
        return left
    return Text(f"{left.th} · {note.th}", f"{left.en} · {note.en}")


def _note(policy: Policy, decision: Decision) -> Text:
    figures = decision.figures
    if decision.outcome == "quota":
        return Text("ใช้สิทธิ์", "from the quota")
    if decision.outcome == "ask":
        asked = [policy.questions[need].text for need in decision.needs if need in policy.questions]
        more = Text("ต้องถามเพิ่ม", "depends on an answer")
        return Text(asked[0].th, asked[0].en) if asked else more
    amount = figures.get("amount")
    if isinstance(amount, Decimal):
        least = figures.get("amount_is_minimum")
        start = Text("เริ่มต้น " if least else "", "from " if least else "")
        percent = figures.get("percent")
        cut = f" (−{percent} %)" if percent else ""
        return Text(f"{start.th}{baht(amount)} บาท{cut}", f"{start.en}{baht(amount)} baht{cut}")
    if decision.outcome == "discount":
        return Text(f"ลด {figures.get('percent')} %", f"{figures.get('percent')} % off")
    until = figures.get("until")
    if decision.outcome == "defer" and isinstance(until, datetime):
        local = until.astimezone(policy.zone)
        return Text(f"ได้ตั้งแต่ {local:%d/%m %H:%M}", f"from {local:%d/%m %H:%M}")
    return _WORDS.get(decision.outcome, Text(decision.outcome, decision.outcome))
