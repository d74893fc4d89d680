"""Words of the screens about working together: views, marks, changing hands, merging, taking back, messages."""
# one line a message reads better than ones that keep a margin
# ruff: noqa: E501

from __future__ import annotations

from typing import Final

__all__ = ["WORK_WORDS"]

WORK_WORDS: Final[dict[str, tuple[str, str]]] = {
    # --- views
    "queue.callbacks": ("โทรกลับ {n}", "callbacks {n}"),
    "view.named": ("{name} {n}", "{name} {n}"),
    "view.found": ("ค้นหา “{text}” {n}", "find “{text}” {n}"),
    "view.sorted": ("เรียงตาม{sort}", "by {sort}"),
    "commands.view": ("มุมมอง: {name}", "View: {name}"),
    "view.show": ("แสดงมุมมองนี้ในคิว", "Show this view of the queue."),
    "view.pick": ("มุมมอง", "Views"),
    "view.pick_hint": ("ตัวอักษรหรือ Enter เลือก · ⌫ ลบมุมมองของฉัน · Esc ปิด", "a letter or Enter shows it · ⌫ deletes one of mine · Esc closes"),
    "view.mine_kept": ("มุมมองของฉัน", "my own"),
    "view.vendor": ("ผู้ขาย", "vendor"),
    "view.save": ("ชื่อมุมมองนี้:", "Name of this view:"),
    "view.saved": ("เก็บมุมมอง “{name}” แล้ว · {k[view.next]} หรือ {k[view.pick]} แสดง", "View “{name}” kept · {k[view.next]} or {k[view.pick]} shows it"),
    "view.dropped": ("ลบมุมมอง “{name}” แล้ว", "View “{name}” deleted"),
    "view.nothing": ("ไม่พบ “{text}” ในมุมมองนี้ · Esc เลิกค้นหา", "Nothing holds “{text}” in this view · Esc ends the search"),
    "within.label": ("ค้นในมุมมอง:", "find in this view:"),
    "within.hint": ("เรื่อง ลูกค้า เลขที่ ผู้ทำ · Enter ไปที่คิว · Esc เลิก", "title, customer, number, who · Enter goes to the queue · Esc ends"),
    "sort.pick": ("เรียงตาม", "Sort by"),
    "sort.pick_hint": ("ตัวอักษรหรือ Enter เลือก · Esc ปิด", "a letter or Enter chooses · Esc closes"),
    "sort.queue": ("ลำดับที่ต้องทำ", "order to serve"),
    "sort.due": ("กำหนด", "due time"),
    "sort.received": ("เวลารับเรื่อง", "time received"),
    "sort.customer": ("ชื่อลูกค้า", "customer"),
    "sort.vendor": ("ผู้ขาย", "vendor"),
    # --- marks
    "marks.some": ("●{n} ที่เลือก", "●{n} marked"),
    "marks.sure": ("{what} {n} งานที่เลือก? กด {key} อีกครั้ง · Esc ไม่ทำ", "{what}: {n} marked {n:ticket|tickets}? {key} again · Esc does not"),
    "marks.claim": ("รับเรื่อง", "Claim"),
    "marks.resolve": ("แก้เสร็จ {n} งาน แก้ด้วย (Enter ข้าม):", "{n} {n:ticket|tickets} solved by (Enter skips):"),
    "marks.wait": ("รอลูกค้า {n} งาน เพราะ (Enter ข้าม):", "{n} {n:ticket waits|tickets wait} for the customer, because (Enter skips):"),
    "marks.assign": ("มอบหมาย {n} งานให้", "Give {n} {n:ticket|tickets} to"),
    "marks.too_many": ("เลือกได้ไม่เกิน {n} งาน", "At most {n} {n:ticket|tickets} can be marked"),
    "marks.no_call": ("สายที่ไม่ได้รับเลือกรวมไม่ได้", "A missed call is not marked: it is no ticket yet"),
    "bulk.done": ("ทำแล้ว {n} งาน", "{n} {n:ticket|tickets} done"),
    "bulk.partly": ("ทำแล้ว {n} งาน · ไม่ได้ทำ {m} งาน: {why}", "{n} done · {m} not: {why}"),
    "bulk.more": ("อีก {n} งาน", "{n} more"),
    # --- whose it is
    "assign.pick": ("มอบหมาย #{number} ให้", "Give #{number} to"),
    "assign.hint": ("ตัวอักษรหรือ Enter เลือก · Esc ปิด", "a letter or Enter chooses · Esc closes"),
    "assign.reason": ("ถึง {who} เพราะ (Enter ข้าม):", "to {who}, because (Enter skips):"),
    "take.reason": ("รับช่วง #{number} ต่อจาก {who} เพราะ:", "take #{number} over from {who}, because:"),
    "take.claim": ("#{number} ไม่มีผู้ทำ · {k[ticket.claim]} รับเรื่อง", "Nobody has #{number} · {k[ticket.claim]} claims it"),
    "take.mine": ("#{number} เป็นของคุณอยู่แล้ว", "#{number} is yours already"),
    "claim.held": ("{who} ทำ #{number} อยู่ · {k[ticket.take_over]} รับช่วงต่อพร้อมเหตุผล", "{who} has #{number} · {k[ticket.take_over]} takes it over with a reason"),
    "hold.reason": ("#{number} รอใคร รออะไร:", "#{number} waits for whom or what:"),
    "resolve.words": ("#{number} แก้ด้วย (Enter ข้าม):", "#{number} solved by (Enter skips):"),
    "wait.reason": ("รอลูกค้าเพราะ (Enter ข้าม):", "waits for the customer, because (Enter skips):"),
    "ask.reason_needed": ("เขียนเหตุผลก่อน · Esc ยกเลิก", "A reason is needed · Esc leaves it"),
    "done.assign": ("#{number} เป็นของ {who} แล้ว", "#{number} is {who}'s now"),
    "done.take_over": ("#{number} เป็นของคุณแล้ว และแจ้งผู้ทำเดิมแล้ว", "#{number} is yours; who had it is told"),
    "done.hold": ("#{number} รอที่อื่น เวลาเดินต่อ · {k[ticket.pause]} ทำต่อ", "#{number} is on hold, its clocks run on · {k[ticket.pause]} goes on"),
    "done.merge": ("รวมเข้า #{number} แล้ว · {k[ticket.undo]} แยกออก", "merged into #{number} · {k[ticket.undo]} parts them"),
    "done.undo": ("#{number} ย้อนขั้นตอนล่าสุดแล้ว", "#{number}: the last step is taken back"),
    # --- duplicates
    "merge.pick": ("รวม #{number} เข้ากับ", "Merge #{number} into"),
    "merge.hint": ("↑↓ Enter เลือก หรือพิมพ์เลขงานอื่น · Esc ปิด", "↑↓ Enter chooses, or type another ticket's number · Esc closes"),
    "merge.field": ("เลขงาน", "a ticket's number"),
    "merge.none": ("ลูกค้ารายนี้ไม่มีงานอื่นค้างอยู่ พิมพ์เลขงานได้", "This customer has no other open ticket; a number may be typed"),
    "merge.sure": ("รวม #{number} เข้า #{into} ({customer})? กด {k[ticket.merge]} อีกครั้ง · Esc ไม่รวม", "Merge #{number} into #{into} ({customer})? {k[ticket.merge]} again · Esc does not"),
    "merge.other": ("คนละลูกค้า! รวม #{number} เข้า #{into} ({customer})? กด {k[ticket.merge]} อีกครั้ง · Esc ไม่รวม", "Another customer! Merge #{number} into #{into} ({customer})? {k[ticket.merge]} again · Esc does not"),
    "merge.itself": ("รวมกับตัวเองไม่ได้", "A ticket cannot be merged into itself"),
    "ticket.merged_into": ("รวมอยู่ใน #{number} แล้ว", "part of #{number} now"),
    "ticket.also": ("รวม #{number}: {who}", "holds #{number}: {who}"),
    "ticket.looked_at": ("◉ {who} กำลังดูงานนี้อยู่", "◉ {who} is looking at this too"),
    "ticket.entry_of": ("#{number} ", "#{number} "),
    # --- taking back
    "undo.sure": ("ย้อน #{number}: {did} ({at})? กด {k[ticket.undo]} อีกครั้ง · Esc ไม่ย้อน", "Take back on #{number}: {did} ({at})? {k[ticket.undo]} again · Esc does not"),
    "undo.withdraw": ("ถอน #{number} ที่เพิ่งรับ: ปิดและคืนสิทธิ์? กด {k[ticket.undo]} อีกครั้ง · Esc ไม่ถอน", "Withdraw #{number}, just logged: close it, give its quota back? {k[ticket.undo]} again · Esc does not"),
    "undo.none": ("#{number} ไม่มีขั้นตอนที่ย้อนได้", "#{number}: nothing can be taken back"),
    "undo.theirs": ("ขั้นตอนล่าสุดของ #{number} เป็นของ {who} ({did}): {who} เท่านั้นที่ย้อนได้", "The newest step of #{number} is {who}'s ({did}): only {who} takes it back"),
    # --- messages
    "notice.given": ("✉ {who} มอบหมาย #{number} {title} ให้คุณ", "✉ {who} gave you #{number} {title}"),
    "notice.taken": ("✉ {who} รับ #{number} {title} ไปจากคุณ", "✉ {who} took #{number} {title} from you"),
    "notice.why": ("{what}: {reason}", "{what}: {reason}"),
    "notice.more": ("{what} · อีก {n} ข้อความ", "{what} · {n} more"),
    "notice.away": ("Esc อ่านแล้ว", "Esc puts it away"),
    # --- why a ticket stands still
    "pause.since": ("⏸ พักตั้งแต่ {at} โดย {who}", "⏸ paused since {at} by {who}"),
    "pause.hold": ("รอที่อื่นตั้งแต่ {at} โดย {who}", "on hold since {at} by {who}"),
    "pause.why": ("เพราะ: {reason}", "because: {reason}"),
    "pause.no_why": ("ไม่ได้เขียนเหตุผล", "no reason was written"),
    "pause.left": ("{kind}: เหลือ {left}", "{kind}: {left} left"),
    "pause.resume": ("ถ้าทำต่อตอนนี้ ({k[ticket.pause]}): กำหนด {due}", "if it goes on now ({k[ticket.pause]}): due {due}"),
    "pause.planned": ("เวลาที่เหลือเริ่มนับเมื่อทำต่อ", "what is left counts from then on"),
    "pause.runs_on": ("เวลาเดินต่อ: สัญญากับลูกค้ายังอยู่", "the clocks run on: the promise to the customer stands"),
    "met.deferred": ("#{number} เลื่อนไป {until}: ยังไม่มีเวลาที่ต้องทำตาม", "#{number} is deferred to {until}: there is no target to meet yet"),
    "met.none": ("#{number} ไม่มีเวลาที่สัญญาไว้ จึงไม่มีอะไรต้องทำเครื่องหมาย", "#{number}: no time was promised, there is nothing to mark as met"),
}  # fmt: skip
