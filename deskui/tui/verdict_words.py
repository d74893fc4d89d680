"""Words the screens have of their own for a decision: its outcome, and sentences for its figures.

Reasons, flags and names of figures are words of the terms: `data/policies/_words.toml`.
"""

from __future__ import annotations

from typing import Final

__all__ = ["VERDICT_WORDS"]

VERDICT_WORDS: Final[dict[str, tuple[str, str]]] = {
    # --- the outcome in one word; never told apart by colour alone
    "outcome.free": ("ฟรี", "FREE"),
    "outcome.quota": ("ใช้สิทธิ์", "QUOTA"),
    "outcome.charge": ("มีค่าบริการ", "CHARGE"),
    "outcome.discount": ("ส่วนลด", "DISCOUNT"),
    "outcome.price": ("ราคา", "PRICE"),
    "outcome.quote": ("ต้องเสนอราคา", "QUOTATION"),
    "outcome.unavailable": ("ไม่ให้บริการ", "NOT AVAILABLE"),
    "outcome.defer": ("เลื่อน", "LATER"),
    "outcome.unknown": ("ไม่ระบุในเงื่อนไข", "NOT STATED"),
    "outcome.ask": ("ต้องถามก่อน", "ASK FIRST"),
    "outcome.callback": ("โทรกลับ", "CALL BACK"),
    "outcome.serve": ("ให้บริการ", "SERVE"),
    "outcome.deadline": ("มีกำหนดแก้ไข", "DUE BY A DEADLINE"),
    "outcome.channel": ("ช่องทาง", "CHANNEL"),
    "outcome.channel.open": ("ช่องทางเปิด", "CHANNEL OPEN"),
    "outcome.channel.closed": ("ช่องทางปิด", "CHANNEL CLOSED"),
    "outcome.window": ("ช่วงเวลา", "WINDOW"),
    "outcome.class": ("ประเภทลูกค้า", "CLASS"),
    "outcome.contact": ("ติดต่อ", "CONTACT"),
    "outcome.allowed": ("ทำได้", "ALLOWED"),
    "outcome.accepted": ("รับได้", "ACCEPTED"),
    "outcome.eligible": ("มีสิทธิ์", "ELIGIBLE"),
    "outcome.available": ("ให้บริการได้", "AVAILABLE"),
    "outcome.earliest": ("เร็วที่สุด", "EARLIEST"),
    "outcome.carry_over": ("ยกยอดได้", "CARRY OVER"),
    "outcome.carry_over.no": ("ยกยอดไม่ได้", "NOT CARRIED OVER"),
    "outcome.renewable": ("ต่ออายุได้", "RENEWABLE"),
    "outcome.penalty": ("หักสิทธิ์", "DEDUCTED"),
    "outcome.penalty.nothing": ("ไม่หักสิทธิ์", "NOTHING DEDUCTED"),
    "outcome.limit": ("ถึงวันที่", "LIMIT"),
    "outcome.may_terminate": ("ยกเลิกสัญญาได้", "MAY TERMINATE"),
    "outcome.not_yet": ("ยังไม่ได้", "NOT YET"),
    "outcome.in_scope": ("อยู่ในขอบเขต", "COVERED"),
    "outcome.in_warranty": ("อยู่ในประกัน", "IN WARRANTY"),
    "outcome.out_of_warranty": ("หมดประกัน", "OUT OF WARRANTY"),
    "outcome.discretionary": ("แล้วแต่พิจารณา", "DISCRETIONARY"),
    "outcome.order": ("ลำดับ", "ORDER"),
    # --- the short form, for a list of entitlements
    "brief.free": ("ฟรี", "free"),
    "brief.quota": ("โควตา", "quota"),
    "brief.charge": ("คิดเงิน", "charge"),
    "brief.discount": ("ส่วนลด", "discount"),
    "brief.quote": ("เสนอราคา", "quote"),
    "brief.unavailable": ("ไม่ได้", "not available"),
    "brief.defer": ("เลื่อน", "later"),
    "brief.unknown": ("ถามหัวหน้า", "ask superv."),
    "brief.ask": ("ต้องถาม", "to be asked"),
    "brief.in_scope": ("ครอบคลุม", "covered"),
    "brief.contact": ("ติดต่อ", "contact"),
    # --- the figures behind the word
    "figures.quota": (
        "ใช้ครั้งที่ {nth} จาก {total} · เหลือ {after} หลังจากนี้",
        "no. {nth} of {total} · {after} left after",
    ),
    "figures.left": ("เหลือ {left} จาก {total}", "{left} of {total} left"),
    "figures.none_left": ("สิทธิ์หมดแล้ว · {left}", "used up · {left}"),
    "figures.overflow": ("เกินสิทธิ์ {units} · ตั้งแต่ {amount}", "{units} beyond the quota · from {amount}"),
    "figures.from": ("เริ่มต้น {amount}", "from {amount}"),
    "figures.over_quota": ("สิทธิ์หมดแล้ว", "quota used up"),
    "figures.discount": ("ลด {percent} % · {list} → {amount}", "{percent} % off · {list} → {amount}"),
    "figures.discount_range": ("ลด {percent} % · {low} – {high}", "{percent} % off · {low} – {high}"),
    "figures.discount_only": ("ลด {percent} %", "{percent} % off"),
    "figures.until": ("ได้เร็วสุด {until}", "not before {until}"),
    "figures.questions": ("{n} คำถาม", "{n} {n:question|questions}"),
    "figures.not_to_quote": ("ราว {amount} (อย่าแจ้งเป็นราคา)", "about {amount} (do not quote it)"),
    "figures.refer": ("ติดต่อ {who}", "ask {who}"),
    "figures.no_quota": ("ไม่ตัดสิทธิ์", "uses no quota"),
    "figures.extras": ("+ {extras} (ยังไม่รวมในราคา)", "+ {extras} (not priced here)"),
    "figures.named": ("{name} {value}", "{name} {value}"),
    "figures.not": ("{name}: {value}", "{name}: {value}"),
    "figures.total": ("รวม {total}", "total {total}"),
    # --- parts of the verdict
    "verdict.free_if": ("จะฟรี: {text}", "would be free: {text}"),
    "verdict.granted": ("ผู้อนุมัติได้: {text}  [{k[call.ask]}]", "MAY BE GRANTED BY {text}  [{k[call.ask]}]"),
    "verdict.later": ("เมื่อถึงเวลานั้น: {text}", "THEN {text}"),
    "verdict.answer_by": ("{kind}ภายใน {due}", "{kind} by {due}"),
    "verdict.no_time": ("ไม่มีเวลาที่สัญญาไว้", "no time promised"),
    "verdict.hint": ("คาดว่า: {text}", "hint: {text}"),
    "verdict.flags": ("โปรดทราบ: {text}", "NOTE {text}"),
    "verdict.also": ("และ {rules}  [{k[call.details]}]", "also {rules}  [{k[call.details]}]"),
    "verdict.near": (
        "ข้อที่ไม่เข้าเกณฑ์ {n} ข้อ [{k[call.details]}]",
        "rules that did not apply: {n}  [{k[call.details]}]",
    ),
    "verdict.near_line": ("✗ {rule} ({outcome}): {failed}", "✗ {rule} ({outcome}): {failed}"),
    # --- flags
    "flag.nobody_knows": ("ไม่มีใครทราบ: {text}", "nobody knows: {text}"),
    "flag.provisional": ("วันหยุดยังไม่ยืนยัน", "holidays not confirmed yet"),
    # --- where to go instead
    "redirect.to": ("แนะนำ: {text}", "offer: {text}"),
    "value.yes": ("ใช่", "yes"),
    "value.no": ("ไม่", "no"),
}
