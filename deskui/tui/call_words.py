"""Words of the screens about rings, waiting callers, calls without a ticket and the day; part of `messages`."""
# one line a message reads better than ones that keep a margin
# ruff: noqa: E501

from __future__ import annotations

from typing import Final

__all__ = ["CALL_WORDS"]

CALL_WORDS: Final[dict[str, tuple[str, str]]] = {
    # --- the line of rings and waiting callers
    "line.take": ("{k[ring.take]} รับสาย", "{k[ring.take]} takes it"),
    "line.other": ("{k[call.other]} สลับสาย", "{k[call.other]} swaps"),
    "line.draft": ("ทำร่างต่อ: {draft}", "goes on with the draft {draft}"),
    "line.anew": ("{k[call.fresh]} เริ่มสายใหม่ เก็บร่างไว้", "{k[call.fresh]} starts anew, draft kept"),
    "line.back": (
        "↩ โทรกลับ {number} · ไม่ได้รับ {times} ครั้ง ตั้งแต่ {since}",
        "↩ calling back {number} · missed ×{times} since {since}",
    ),
    "line.rings_here": ("☎ {who} · {k[ring.take]} รับสาย", "☎ {who} · {k[ring.take]} takes it"),
    "line.nobody": ("ไม่มีสายเรียกเข้าตอนนี้", "Nobody is ringing now."),
    "line.alone": (
        "ไม่มีสายอื่นรออยู่ · {k[call.fresh]} พักสายนี้แล้วรับสายใหม่",
        "No other caller waits · {k[call.fresh]} parks this one and takes another",
    ),
    "line.full": (
        "มีสายรอครบ {n} สายแล้ว จบสายหนึ่งก่อน",
        "{n} {n:call|calls} at once are the most: end one first",
    ),
    # --- missed calls in the queue
    "queue.callbacks": ("โทรกลับ {n}", "callbacks {n}"),
    "state.missed": ("ไม่ได้รับ", "missed"),
    "state.calling": ("กำลังโทร", "calling"),
    "missed.title": ("สายที่ไม่ได้รับ {number}", "Missed call {number}"),
    "missed.since": (
        "โทรมา {times} ครั้ง ครั้งแรก {first} ล่าสุด {last}",
        "rang {times}×, first {first}, last {last}",
    ),
    "missed.for": ("โทรหา {who}", "for {who}"),
    "missed.taken": ("{who} รับไปโทรกลับเมื่อ {at}", "{who} took it up {at}"),
    "missed.nobody": ("ไม่รู้จักเบอร์นี้", "Nobody on file has this number."),
    "missed.do": (
        "Enter หรือ {k[ticket.claim]} โทรกลับ · {k[ticket.close]} จบโดยไม่เปิดงาน · {k[ticket.release]} คืนเข้าคิว",
        "Enter or {k[ticket.claim]} calls back · {k[ticket.close]} ends it in a word · {k[ticket.release]} gives it back",
    ),
    "missed.no_ticket": (
        "ยังไม่ใช่งาน: {k[ticket.claim]} โทรกลับ · {k[ticket.close]} จบโดยไม่เปิดงาน",
        "A missed call is no ticket yet: {k[ticket.claim]} calls back · {k[ticket.close]} ends it in a word",
    ),
    "missed.ask": ("โทรกลับแล้ว:", "Called back:"),
    "missed.reached": ("คุยแล้ว", "reached"),
    "missed.not_reached": ("ไม่มีคนรับ", "not reached"),
    "missed.wrong_number": ("โทรผิด", "wrong number"),
    "missed.done": (
        "{who}: {reason} · {k[call.undo]} ถอนคืน",
        "{who}: {reason} · {k[call.undo]} takes that back",
    ),
    "missed.released": ("คืนสายที่ไม่ได้รับเข้าคิวแล้ว", "The missed call is back in the queue"),
    # --- a call about a ticket that is open already
    "follow.key": ("{k[call.follow]} ทำงานเดิมต่อ", "{k[call.follow]} continues it"),
    "follow.key_only": ("[{k[call.follow]}]", "[{k[call.follow]}]"),
    "follow.same": ("! มีงานเปิดอยู่แล้ว #{number} {title}", "! open already: #{number} {title}"),
    "follow.on": ("→ สายนี้เป็นเรื่องของ #{number}", "→ this call is about #{number}"),
    "follow.own": ("{k[call.follow]} เปิดเป็นงานใหม่แทน", "{k[call.follow]} makes it a ticket of its own"),
    "follow.hint": ("Enter เพิ่มใน #{number}", "Enter adds it to #{number}"),
    "follow.done": ("เพิ่มสายนี้ใน #{number} แล้ว", "#{number}: this call was added"),
    "follow.which": ("สายนี้เรื่องใด:", "About which:"),
    "follow.none": ("ลูกค้ารายนี้ไม่มีงานค้าง", "This customer has no open ticket."),
    "follow.nobody": ("ยังไม่มีใครรับ", "nobody has it"),
    "follow.second": (
        "#{number} เปิดเรื่องนี้อยู่แล้ว ({who}) · Enter อีกครั้งเปิดงานที่สอง · {k[call.follow]} ทำงานเดิมต่อ",
        "#{number} is open for this ({who}) · Enter again logs a second · {k[call.follow]} continues it",
    ),
    # --- a call without a ticket
    "end.ask": ("จบโดยไม่เปิดงาน:", "End without a ticket:"),
    "end.only_asked": ("แค่สอบถาม", "only asked"),
    "end.wrong_number": ("โทรผิด", "wrong number"),
    "end.cut_off": ("สายหลุด", "cut off"),
    "end.not_ours": ("ไม่ใช่เรื่องของเรา", "not for us"),
    "end.nothing": ("ยังไม่มีอะไรให้บันทึก", "There is nothing to log yet."),
    "end.done": (
        "บันทึกสายแล้ว: {reason} · {k[call.undo]} ถอนคืน",
        "Call logged: {reason} · {k[call.undo]} takes that back",
    ),
    "end.undone": ("สายกลับมาเป็นร่างแล้ว", "The call is a draft again"),
    "call.thrown": ("ทิ้งร่างแล้ว", "Draft thrown away"),
    # --- the day
    "day.title": ("วันนี้ทำอะไรได้ · {when}", "What may be done now · {when}"),
    "day.close": ("Esc ปิด", "Esc closes"),
    "day.not_stated": ("ไม่ระบุเวลา", "hours not stated"),
    "day.restricted": ("วันที่จำกัดบริการ", "restricted day"),
    "day.now": ("ทำได้ตอนนี้", "NOW"),
    "day.all": ("ทุกบริการ", "every service"),
    "day.logged": (
        "รับเรื่องได้ทุกเรื่อง งานและเวลาเริ่มนับเมื่อเปิด",
        "every call is logged; work and time begin when it opens",
    ),
    "day.nothing": ("ยังทำไม่ได้จนกว่าจะเปิด", "nothing that needs staff"),
    "day.waits": ("ต้องรอ", "MUST WAIT"),
    "day.until": ("ถึง {until}", "until {until}"),
    "day.nobody_knows": ("ถามหัวหน้างานก่อน", "ask the supervisor"),
    "day.partly": ("บางกรณี", "some of it"),
    "day.always": (
        "ถามได้เสมอ {n} เรื่อง เช่นราคาและเงื่อนไข",
        "answered at any hour: {n} {n:question|questions}, such as prices and terms",
    ),
    "day.none": ("ยังไม่มีผู้ขายในฐานข้อมูล", "No vendor is in the store yet."),
}
