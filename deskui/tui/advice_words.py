"""Words of the screens about new callers, who may ask, known problems and the supervisor; part of `messages`."""
# one line a message reads better than ones that keep a margin
# ruff: noqa: E501

from __future__ import annotations

from typing import Final

__all__ = ["ADVICE_WORDS"]

ADVICE_WORDS: Final[dict[str, tuple[str, str]]] = {
    # --- who may ask
    "who.authorised": ("✓ {who} มีอำนาจขอแทนลูกค้า", "✓ {who} may ask in the customer's name"),
    "who.not_authorised": ("✗ {who} ไม่มีอำนาจขอแทนลูกค้า", "✗ {who} may not ask in the customer's name"),
    "who.authority_unknown": ("? ไม่ทราบว่า {who} มีอำนาจหรือไม่", "? whether {who} may ask: not known"),
    "who.ask_who": (
        "ถาม “เรื่องนี้ใครอนุมัติแทนบริษัทได้{asking}”",
        "say “Who at your company may approve this?{asking}”",
    ),
    "who.ask_others": (
        "ถาม “ขอยืนยันกับ {names} ได้ไหม{asking}”",
        "say “May I confirm it with {names}?{asking}”",
    ),
    "who.write_down": (
        "→ {k[customer.authority]} ที่โต๊ะงานบันทึกคำตอบ (หัวหน้า)",
        "→ {k[customer.authority]} on the Desk writes it down (supervisor)",
    ),
    "who.branch": ("สาขา {branch}", "branch {branch}"),
    "who.serial": ("S/N {serial}", "S/N {serial}"),
    "who.machine": ("เครื่อง {name}", "machine {name}"),
    "who.pick_machine": ("เลือกเครื่องด้วยตัวอักษร", "Pick the machine by its letter"),
    "who.ma_to": ("มี MA ถึง {end}", "under MA to {end}"),
    "who.under_ma": ("มี MA", "under MA"),
    "who.no_ma": ("ไม่มี MA", "no MA"),
    "may.pick": ("ใครขอแทน {customer} ได้", "Who may ask for {customer}"),
    "may.hint": ("ตัวอักษรหรือ Enter เลือก · Esc ปิด", "a letter or Enter chooses · Esc closes"),
    "may.nobody": ("ลูกค้ารายนี้ไม่มีผู้ติดต่อในทะเบียน", "Nobody is on file for this customer."),
    "may.ask": ("{who} ขอแทนลูกค้าได้หรือไม่", "May {who} ask in the customer's name?"),
    "may.yes": ("ขอแทนได้", "may ask"),
    "may.no": ("ขอแทนไม่ได้", "may not"),
    "may.unknown": ("ไม่ทราบ", "not known"),
    "may.done": ("บันทึกแล้ว", "Written down."),
    "may.supervisor": ("หัวหน้าเท่านั้นที่บันทึกผู้มีอำนาจได้", "Only a supervisor writes down who may ask."),
    # --- a caller nobody knows
    "new.offer": ("{k[call.add]} เพิ่มผู้โทรรายใหม่", "{k[call.add]} adds a new caller"),
    "new.title": ("ผู้โทรรายใหม่", "NEW CALLER"),
    "new.contact": ("เบอร์ใหม่ของ {customer}", "NEW NUMBER OF {customer}"),
    "new.name": (" ชื่อบริษัทหรือผู้โทร", "name of company or caller"),
    "new.person": (" ชื่อผู้โทร", "who is speaking"),
    "new.phone": ("เบอร์โทรกลับ", "number to call back"),
    "new.vendor": ("ของผู้ขายรายใด (กดตัวอักษร)", "Of which vendor? (a letter)"),
    "new.no_vendor": (
        "ไม่มีเงื่อนไขของผู้ขายรายใดที่อ่านได้ ดู deskui policy check",
        "No vendor's terms can be read: see deskui policy check",
    ),
    "new.hint": ("Enter ต่อไป · Esc ยกเลิก", "Enter goes on · Esc puts it away"),
    "new.unknown": ("ยังไม่ทราบสัญญา: ไม่ถือว่าฟรี", "Agreement not known yet: nothing is taken for free."),
    "new.added": ("เพิ่ม {name} แล้ว", "{name} is on file"),
    # --- verified
    "proof.how": ("ยืนยันด้วยวิธีใด", "How was that made sure of?"),
    "proof.none": ("u ยังไม่ได้ยืนยัน", "u not verified after all"),
    # --- known problems
    "problem.known": ("! P{n} {title}", "! P{n} {title}"),
    "problem.attach": ("{k[call.problem]} สายนี้เรื่องเดียวกัน", "{k[call.problem]} this call is about it"),
    "problem.attached": ("✓ สายนี้อยู่ใน P{n} {title}", "✓ this call is about P{n} {title}"),
    "problem.off": ("เอาสายนี้ออกจาก P{n} แล้ว", "This call is not about P{n} any more"),
    "problem.which": ("เรื่องเดียวกับปัญหาใด", "About which known problem?"),
    "problem.new": ("ปัญหาใหม่", "a new one"),
    "problem.opened": ("เปิดปัญหา P{n} แล้ว", "Problem P{n} is open"),
    "problem.title": ("ปัญหาที่ทราบแล้ว", "Known problems"),
    "problem.none": (
        "ไม่มีปัญหาที่เปิดอยู่ · {k[problems.new]} เปิดจากงานที่เลือก",
        "No known problem · {k[problems.new]} opens one of the selected ticket",
    ),
    "problem.line": ("P{n} {title} · {vendor}", "P{n} {title} · {vendor}"),
    "problem.count": ("{n} ราย", "{n} {n:caller|callers}"),
    "problem.to_tell": ("ปิดแล้ว ต้องโทร {n}", "closed, {n} to call"),
    "problem.keys": (
        "Enter รายชื่อ · {k[problems.new]} ใหม่ · {k[problems.ticket]} ใส่งานที่เลือก · {k[problems.close]} ปิด · Esc กลับ",
        "Enter list · {k[problems.new]} new · {k[problems.ticket]} put the ticket to it · {k[problems.close]} close · Esc back",
    ),
    "problem.list_keys": (
        "{k[problems.told]} โทรแจ้งแล้ว/ยัง · {k[problems.close]} ปิดปัญหา · Esc กลับ",
        "{k[problems.told]} told or not · {k[problems.close]} close the problem · Esc back",
    ),
    "problem.form": ("ปัญหาใหม่", "A new known problem"),
    "problem.form_title": ("ชื่อปัญหาสั้น ๆ", "a short title"),
    "problem.form_th": ("คำพูดที่จะบอกทุกราย (ไทย)", "what every caller is told (Thai)"),
    "problem.form_en": ("คำพูดที่จะบอกทุกราย (อังกฤษ)", "what every caller is told (English)"),
    "problem.form_keys": ("Enter ต่อไป · Esc ยกเลิก", "Enter goes on · Esc puts it away"),
    "problem.solution": ("แก้ไขอย่างไร (ปิดทุกงาน)", "how it was solved (solves all its tickets)"),
    "problem.closed": (
        "ปิด P{n} แล้ว · ต้องโทรแจ้ง {count} ราย [{k[problems]}]",
        "P{n} is closed · {count} to call back [{k[problems]}]",
    ),
    "problem.ticket_in": ("ใส่ #{number} ใน P{n} แล้ว", "#{number} is about P{n}"),
    "problem.select": ("เลือกงานในคิวก่อน", "Select a ticket in the queue first."),
    # --- the supervisor
    "ask.words": ("ถามหัวหน้าเรื่อง {about} (Enter ส่งเลย):", "ask about {about} (Enter sends):"),
    "ask.this_call": ("สายนี้", "this call"),
    "ask.filled": ("แนบ: {what}", "with: {what}"),
    "ask.take_back": (
        "Q{n} รอคำตอบอยู่ (ถามโดย {who} {at}) ·",
        "Q{n} waits for an answer (asked by {who} {at}) ·",
    ),
    "ask.takes_back": ("ถอนคำถาม · Esc รอต่อ", "takes it back · Esc waits on"),
    "ask.sent": ("ถามหัวหน้าแล้ว (Q{n}) รอคำตอบ", "The supervisor was asked (Q{n})"),
    "ask.nobody": ("ไม่มีหัวหน้าอยู่ (Q{n}) พิจารณา {due}", "No supervisor is there (Q{n}): looked at {due}"),
    "ask.open": ("? ถามหัวหน้า (Q{n}) รอคำตอบ", "? asked the supervisor (Q{n}), waiting"),
    "ask.due": ("? ถามหัวหน้า (Q{n}) พิจารณา {due}", "? asked the supervisor (Q{n}), looked at {due}"),
    "ask.granted": ("✓ {who} อนุมัติ: {reply}", "✓ {who} granted it: {reply}"),
    "ask.granted_for": ("✓ {who} อนุมัติ {amount}: {reply}", "✓ {who} granted it for {amount}: {reply}"),
    "ask.granted_other": (
        "✓ {who} อนุมัติสำหรับคำตอบเดิม ถามใหม่",
        "✓ {who} granted it for other answers: ask again",
    ),
    "ask.refused": ("✗ {who} ไม่อนุมัติ: {reply}", "✗ {who} refused it: {reply}"),
    "ask.answered": ("→ {who} ตอบ: {reply}", "→ {who} says: {reply}"),
    "ask.withdrawn": ("ถอนคำถามแล้ว", "The question was withdrawn."),
    "ask.waiting": ("✋{n} ถามหัวหน้า [{k[asked]}]", "✋{n} asked [{k[asked]}]"),
    "ask.about_mine": ("#{number} {said}", "#{number} {said}"),
    "ask.arrived": (
        "{who} ถาม: {customer} · {service} [{k[asked]}]",
        "{who} asks: {customer} · {service} [{k[asked]}]",
    ),
    "ask.title": ("คำถามถึงหัวหน้า", "Questions to the supervisor"),
    "ask.none": ("ไม่มีคำถามรออยู่", "Nothing waits for an answer."),
    "ask.line": ("Q{n} {customer} · {service}", "Q{n} {customer} · {service}"),
    "ask.by": ("{who} ถามเมื่อ {at}", "asked by {who} {at}"),
    "ask.verdict": ("คำตอบตามข้อกำหนด: {outcome}", "the terms say: {outcome}"),
    "ask.text": ("“{text}”", "“{text}”"),
    "ask.fact": ("{question} {answer}", "{question} {answer}"),
    "ask.keys": (
        "{k[asked.grant]} อนุมัติฟรี · {k[asked.price]} อนุมัติในราคา · {k[asked.refuse]} ไม่อนุมัติ · {k[asked.answer]} ตอบ · Esc กลับ",
        "{k[asked.grant]} grant, free · {k[asked.price]} for a price · {k[asked.refuse]} refuse · {k[asked.answer]} answer · Esc back",
    ),
    "ask.price": ("ราคา (บาท) แล้วกด Enter", "the price in baht, then Enter"),
    "ask.amount": ("ราคากี่บาท เช่น 750", "how many baht, such as 750"),
    # how people write the unit of money, in either language
    "ask.units": ("บาท ฿ baht Baht THB", "บาท ฿ baht Baht THB"),
    "ask.bad_price": (
        "ต้องเป็นจำนวนเงินมากกว่า 0 เช่น 750 หรือ 1,250.50",
        "An amount above 0 is needed, such as 750 or 1,250.50.",
    ),
    "ask.reason": ("เหตุผลหรือคำตอบ แล้วกด Enter", "a reason or the answer, then Enter"),
    "ask.about": ("{state}: พิมพ์เหตุผล", "{state}: type the reason"),
    "ask.state_granted": ("อนุมัติ", "grant"),
    "ask.state_refused": ("ไม่อนุมัติ", "refuse"),
    "ask.state_answered": ("ตอบ", "answer"),
    "ask.done": ("ตอบ Q{n} แล้ว", "Q{n} is answered"),
    # --- what a decision says of it
    "figure.was": ("เดิม", "it was"),
    "flag.override": ("หัวหน้าอนุมัติ", "granted by a supervisor"),
    "basis.override": ("อนุมัติเป็นรายกรณี", "granted for this case"),
}
