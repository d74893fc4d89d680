"""Every word a screen says of its own, in Thai and in English; what policies and people wrote comes from elsewhere."""
# one line a message reads better than ones that keep a margin
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from deskui.policy.decision import Text
from deskui.tui.advice_words import ADVICE_WORDS
from deskui.tui.call_words import CALL_WORDS
from deskui.tui.comfort_words import COMFORT_WORDS
from deskui.tui.keymap import Keys
from deskui.tui.text import clean
from deskui.tui.verdict_words import VERDICT_WORDS
from deskui.tui.work_words import WORK_WORDS

__all__ = ["LANGUAGES", "MESSAGES", "Say", "broke"]

LANGUAGES: Final = ("th", "en")

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    # --- the frame
    "app.name": ("deskui", "deskui"),
    "app.connecting": ("กำลังเปิดฐานข้อมูล…", "opening the store…"),
    "app.stale": ("⚠ ติดต่อฐานข้อมูลไม่ได้", "⚠ store not reached"),
    "app.unusable": ("⚠ เงื่อนไขใช้ไม่ได้: {names}", "⚠ terms unusable: {names}"),
    "app.unusable_why": (
        "{why}\nผู้ขายรายอื่นใช้ได้ตามปกติ · ดูทั้งหมด: deskui policy check",
        "{why}\nThe other vendors are served · see all of it: deskui policy check",
    ),
    "app.breached": ("▲{n} เกินเวลา", "▲{n} breached"),
    "app.callbacks": ("◷{n} โทรกลับ", "◷{n} {n:callback|callbacks}"),
    "app.leave": ("กด {k[quit]} อีกครั้งเพื่อออก · Esc ยกเลิก", "{k[quit]} again leaves deskui · Esc stays"),
    "app.leaving": ("กำลังบันทึก เสร็จแล้วจะออกเอง", "Writing what is under way, then deskui leaves"),
    "app.tiny": (
        "จอเล็กเกินไป ({width}×{height})\nต้องการอย่างน้อย 60×20\nขยายหน้าต่างแล้วทำงานต่อได้ทันที",
        "The window is too small ({width}×{height}).\ndeskui needs at least 60×20.\nMake it larger: everything is still there.",
    ),
    "app.broke": (
        "ผิดพลาดภายในโปรแกรม: {what} · ไม่มีอะไรถูกบันทึก · ลองอีกครั้ง หรือแจ้งผู้ดูแล",
        "Something went wrong inside: {what} · nothing was saved · try again, or tell who looks after deskui",
    ),
    "app.language": ("ภาษาไทย", "English"),
    "commands.key": ("{name}  ·  {key}", "{name}  ·  {key}"),
    # --- the desk cannot be opened
    "failed.title": ("เปิดโต๊ะงานไม่ได้", "The desk cannot be opened"),
    "failed.what": ("เกิดอะไรขึ้น", "What happened"),
    "failed.do": ("ทำอย่างไรต่อ", "What to do"),
    "failed.store": (
        "ตรวจว่าฐานข้อมูลตามที่อยู่ข้างบนเปิดอยู่และเข้าถึงได้ แล้วกด r เพื่อลองอีกครั้ง หรือ q เพื่อออก\nลองโต๊ะงานตัวอย่างได้ด้วยคำสั่ง: deskui demo",
        "See that the store named above is there and can be reached, then press r to try again, or q to leave.\nTo look around without a store of your own: deskui demo",
    ),
    "failed.agent": (
        "ระบุผู้ทำงาน: deskui --agent CODE\nรหัสของทุกคน: deskui agent list\nเพิ่มคนใหม่: deskui agent add CODE NAME\nกด q เพื่อออก",
        "Say who is working: deskui --agent CODE\nEverybody's code: deskui agent list\nNew here: deskui agent add CODE NAME\nPress q to leave.",
    ),
    "failed.terms": (
        "แก้ไฟล์เงื่อนไขตามที่บอกข้างบน ดูที่ผิดทั้งหมดด้วย: deskui policy check FILE\nกด r เพื่อลองอีกครั้ง หรือ q เพื่อออก",
        "Put right what is named above; all that is wrong with the file: deskui policy check FILE\nPress r to try again, or q to leave.",
    ),
    "failed.log": (
        "รายละเอียดอยู่ใน log: {log}\nกด r เพื่อลองอีกครั้ง หรือ q เพื่อออก ถ้ายังเป็นอยู่ ส่ง log ให้ผู้ดูแล",
        "The details are in the log: {log}\nPress r to try again, or q to leave; if it stays, give the log to who looks after deskui.",
    ),
    "failed.again": ("กำลังลองอีกครั้ง…", "trying again…"),
    # --- queue
    "queue.title": ("คิว", "Queue"),
    "queue.all": ("ทั้งหมด {n}", "all {n}"),
    "queue.mine": ("ของฉัน {n}", "mine {n}"),
    "queue.breached": ("เกินเวลา {n}", "breached {n}"),
    "queue.waiting": ("รอลูกค้า {n}", "waiting {n}"),
    "queue.today": ("วันนี้ {n}", "today {n}"),
    "queue.none": (
        "ไม่มีงานในมุมมองนี้ · กด {k[view.next]} เพื่อเปลี่ยนมุมมอง",
        "Nothing in this view · {k[view.next]} shows another one",
    ),
    "queue.first": (
        "ยังไม่มีงาน · {k[call.new]} รับสาย · {k[help]} ปุ่มทั้งหมด\n\nเพิ่มลูกค้า: deskui customer import FILE.csv\nหรือทีละราย: deskui customer add\nดูโต๊ะตัวอย่าง: deskui demo",
        "No tickets yet · {k[call.new]} takes a call · {k[help]} all keys\n\nAdd customers: deskui customer import FILE.csv\nor one by one: deskui customer add\nLook around on examples: deskui demo",
    ),
    "queue.supervisor": (
        "{who} เป็นหัวหน้าโต๊ะนี้\nเพิ่มคนอื่น: deskui agent add CODE NAME",
        "{who} is a supervisor of this desk\nAdd others: deskui agent add CODE NAME",
    ),
    "queue.left": ("เหลือ", "LEFT"),
    "queue.due": ("กำหนด", "DUE"),
    "queue.number": ("เลขที่", "#"),
    "queue.customer": ("ลูกค้า", "CUSTOMER"),
    "queue.plan": ("สิทธิ์", "PLAN"),
    "queue.what": ("เรื่อง", "WHAT"),
    "queue.state": ("สถานะ", "STATE"),
    "queue.who": ("ผู้รับ", "WHO"),
    "queue.age": ("มา {age}", "age {age}"),
    "queue.paused": ("พัก", "paused"),
    "queue.from": ("ตั้งแต่ {at}", "from {at}"),
    # --- states
    "state.new": ("ใหม่", "new"),
    "state.open": ("ทำอยู่", "open"),
    "state.waiting": ("รอลูกค้า", "waiting"),
    "state.on_hold": ("รอที่อื่น", "on hold"),
    "state.resolved": ("แก้แล้ว", "resolved"),
    "state.closed": ("ปิด", "closed"),
    "state.merged": ("รวมแล้ว", "merged"),
    # --- ticket
    "ticket.title": ("งาน", "Ticket"),
    "ticket.none": ("เลือกงานในคิวเพื่อดูรายละเอียด", "Choose a ticket in the queue to read it."),
    "ticket.note": ("บันทึก: ", "note: "),
    "ticket.reason": ("บริการหลังสุด รับตอนนี้เพราะ:", "served last; you serve it now because:"),
    "ticket.note_hint": ("กด {k[ticket.note]} เพื่อเขียนบันทึก", "{k[ticket.note]} writes a note"),
    "ticket.close_sure": (
        "ปิดงาน #{number}? กด {k[ticket.close]} อีกครั้ง · Esc ยกเลิก",
        "Close #{number}? {k[ticket.close]} again · Esc does not",
    ),
    "ticket.resolve_first": (
        "#{number} ยังแก้ไม่เสร็จ: กด {k[ticket.resolve]} เมื่อแก้เสร็จ แล้วจึงกด {k[ticket.close]} เพื่อปิดงาน",
        "#{number} is not resolved: {k[ticket.resolve]} resolves it first, then {k[ticket.close]} closes it",
    ),
    "ticket.closed_already": ("#{number} ปิดไปแล้ว", "#{number} is closed already"),
    "ticket.severity": ("ความรุนแรง:", "Severity:"),
    "ticket.met": ("ทำนัดใดแล้ว:", "Which target is met:"),
    "ticket.deferred": ("เลื่อนไป {until}", "deferred to {until}"),
    "ticket.our_goal": ("เป้าหมายของเรา: {kind} {due}", "our goal: {kind} {due}"),
    "ticket.logged": ("บันทึก #{number} แล้ว · {outcome}", "#{number} logged · {outcome}"),
    "ticket.select": ("เลือกงานในคิวก่อน", "Choose a ticket in the queue first."),
    # --- events
    "done.claim": ("#{number} เป็นของคุณแล้ว", "#{number} is yours"),
    "done.release": ("คืน #{number} เข้าคิวแล้ว", "#{number} is back in the queue"),
    "done.wait": ("#{number} รอลูกค้า เวลาหยุดเดิน", "#{number} waits for the customer; its clocks are paused"),
    "done.resume": ("#{number} เดินเวลาต่อ", "#{number} goes on"),
    "done.resolve": (
        "#{number} แก้เสร็จแล้ว · {k[ticket.reopen]} เปิดใหม่ · {k[ticket.close]} ปิดงาน",
        "#{number} resolved · {k[ticket.reopen]} reopens · {k[ticket.close]} closes",
    ),
    "done.reopen": ("เปิด #{number} อีกครั้ง", "#{number} is open again"),
    "done.close": ("ปิด #{number} แล้ว", "#{number} closed"),
    "done.note": ("บันทึกแล้ว", "Note saved"),
    "done.severity": ("#{number} คำนวณเวลาใหม่แล้ว กำหนด {due}", "#{number} planned anew, due {due}"),
    "done.met": ("#{number} ทำตามนัดแล้ว", "#{number}: target met"),
    # --- SLA pane
    "sla.title": ("เวลา", "SLA"),
    "sla.none": ("ไม่มีเวลาที่สัญญาไว้", "no time promised"),
    "sla.age": ("รับเรื่องมาแล้ว {age}", "open for {age}"),
    "sla.missed": ("ไม่ได้รับมาแล้ว {age}", "missed {age} ago"),
    "sla.goal": ("เป้าหมายของเรา ไม่ใช่สัญญา", "our goal, not promised"),
    "sla.due": ("กำหนด {due}", "due {due}"),
    "sla.no_due": ("ยังไม่มีกำหนด (พักอยู่)", "no due time while paused"),
    "sla.rule": ("{kind} · {rule}", "{kind} · {rule}"),
    "sla.spent": ("ใช้ไป {spent} จาก {goal}", "{spent} of {goal} used"),
    "sla.closes": ("เปิดถึง {at}", "closes {at}"),
    "sla.opens": ("เปิดอีกครั้ง {at}", "opens {at}"),
    "sla.why": ("ทำไมต้องเวลานี้? [{k[clock.why]}]", "why this time?  [{k[clock.why]}]"),
    "sla.why_title": ("ทำไมต้องเวลานี้", "Why this time?"),
    "sla.so_far": ("ใช้ไปแล้ว {counted} จาก {goal}", "{counted} of {goal} counted so far"),
    "sla.sum": ("รวม {counted} = เวลาที่ตั้งไว้", "sum {counted} = the time allowed"),
    "sla.line": ("{left} · {when} · {state}", "{left} · {when} · {state}"),
    "sla.left": ("เหลือ {time}", "{time} left"),
    "sla.over": ("เกินมา {time}", "{time} over"),
    "sla.met_at": ("ทำแล้วเมื่อ {at}", "met {at}"),
    "sla.deferred": ("เลื่อนไป {until}", "deferred to {until}"),
    "hours.closed": ("☾ {until}", "☾ {until}"),
    "hours.closed_plain": ("ปิด {until}", "closed {until}"),
    "hours.unsure": ("{names}?", "{names}?"),
    "clock.running": ("กำลังเดิน", "running"),
    "clock.begins": ("เริ่มนับ {at}", "begins {at}"),
    "clock.paused": ("⏸ พัก (รอลูกค้า)", "⏸ paused (customer)"),
    "clock.outside_hours": ("☾ นอกเวลาทำการ", "☾ outside hours"),
    "clock.due": ("ครบกำหนดพอดี", "due now"),
    "clock.met": ("✓ ทำตามนัดแล้ว", "✓ met"),
    "clock.met_late": ("✓ ทำแล้ว แต่เกินเวลา", "✓ met, but late"),
    "clock.breached": ("▲ เกินเวลา", "▲ breached"),
    "clock.past_goal": ("△ เกินเป้าหมายของเรา", "△ past our goal"),
    "clock.stopped": ("หยุด", "stopped"),
    "kind.first_response": ("ตอบครั้งแรก", "first response"),
    "kind.callback": ("โทรกลับ", "callback"),
    "kind.result": ("แจ้งผล", "result"),
    "kind.resolution": ("แก้ไขเสร็จ", "resolution"),
    "step.closed": ("ปิด", "closed"),
    "step.closed_to": ("ปิดถึง {at}", "closed to {at}"),
    "step.holiday": ("วันหยุด", "holiday"),
    "step.special": ("ปิดพิเศษ", "special day"),
    "step.break": ("พักกลาง", "break"),
    "step.paused": ("พัก", "paused"),
    "tabs.hint": ("{k[pane.next]} สลับ", "{k[pane.next]} next"),
    # --- entitlements
    "cover.of": ("เหลือ {left}/{total}", "{left}/{total} left"),
    "cover.title": ("สิทธิ์", "Entitlements"),
    "cover.none": ("ยังไม่ได้เลือกลูกค้า", "No customer chosen."),
    "cover.active": ("ใช้ได้ถึง {end} · อีก {days} วัน", "active to {end} · {days} {days:day|days}"),
    "cover.ended": ("หมดอายุ {end}", "ended {end}"),
    "cover.none_plan": ("ไม่มีสัญญา", "no agreement"),
    "cover.upcoming": ("เริ่ม {start}", "starts {start}"),
    "cover.suspended": ("ระงับชั่วคราว", "suspended"),
    "cover.bought": ("ซื้อ {day}", "bought {day}"),
    "cover.more": ("รายละเอียด [{k[cover]}]", "details  [{k[cover]}]"),
    "cover.contacts": ("ผู้ติดต่อ", "Contacts"),
    "cover.products": ("ผลิตภัณฑ์", "Products"),
    # --- call
    "call.who": ("ใคร", "WHO"),
    "call.what": ("เรื่องอะไร", "WHAT"),
    "call.questions": ("คำถาม", "QUESTIONS"),
    "call.notes": ("บันทึก", "NOTES"),
    "call.verdict": ("คำตอบ", "VERDICT"),
    "call.say": ("พูดว่า", "SAY"),
    "call.who_hint": ("เบอร์ ชื่อ หรือรหัสลูกค้า", "number, name or code"),
    "call.what_hint": (" พิมพ์เพื่อกรองบริการ", "type to filter the services"),
    "call.title_hint": (" หัวข้อสั้น ๆ (ไม่ใส่ก็ได้)", "a short title (may stay empty)"),
    "call.title_enter": ("Enter ไปบันทึก · อีกครั้งบันทึกสาย", "Enter notes · again logs the call"),
    "call.notes_hint": (
        "Enter บันทึกสาย · {k[call.line]} ขึ้นบรรทัด",
        "Enter logs the call · {k[call.line]} new line",
    ),
    "call.connecting": ("กำลังเปิดฐานข้อมูล… พิมพ์ต่อได้เลย", "opening the store… keep typing"),
    "call.nobody": ("ไม่พบลูกค้าที่ตรงกับ “{text}”", "No customer matches “{text}”."),
    "call.no_service": (
        "ไม่พบบริการที่ตรงกับ “{text}” · ลบเพื่อดูทุกบริการ · ไม่มีในรายการ: {k[call.no_ticket]} จบสาย",
        "No service matches “{text}”. Delete it to see all; where none fits {k[call.no_ticket]} ends the call.",
    ),
    "call.start": ("พิมพ์เพื่อหาลูกค้า", "Type to find the caller."),
    "call.draft": ("{at} {who} {what}", "{at} {who} {what}"),
    "call.kept_for_later": ("เก็บร่างไว้แล้ว เริ่มสายใหม่", "The draft is kept; this is a new call"),
    "call.ending": (
        "กำลังจบสายนี้ · กด Esc อีกครั้งเพื่อออก แล้วดูผลในคิว",
        "This call is being ended · Esc again leaves: see the queue whether it was",
    ),
    "call.asking": (
        "กำลังส่งคำถามถึงหัวหน้า · กด Esc อีกครั้งเพื่อออก",
        "The question to the supervisor is on its way · Esc again leaves",
    ),
    "call.kept": ("เก็บร่างไว้แล้ว · กด {k[call.new]} เพื่อทำต่อ", "Draft kept · {k[call.new]} goes on with it"),
    "call.not_kept": ("ยังไม่ได้เก็บร่าง จะลองใหม่เอง · {why}", "Not kept yet, trying again · {why}"),
    "call.forget_sure": (
        "ทิ้งร่างนี้แล้วกลับโต๊ะงาน? กด {k[call.forget]} อีกครั้ง",
        "Throw this draft away and leave? {k[call.forget]} again",
    ),
    "call.pick": ("เลือกผลิตภัณฑ์ด้วยตัวอักษร", "Pick the product by its letter"),
    "call.no_such": (
        "ไม่มีตัวเลือกนั้น เลือกด้วย {keys} หรือลูกศรแล้วกด Enter",
        "No such line: pick one by {keys}, or by the arrows and Enter",
    ),
    "call.caller_first": ("เลือกลูกค้าก่อน", "Choose the caller first."),
    "call.service_first": ("เลือกบริการก่อน", "Choose the service first."),
    "call.no_product": ("ลูกค้ารายนี้ยังไม่มีผลิตภัณฑ์ในฐานข้อมูล", "This customer has no product in the store."),
    "call.plan": ("{plan} · {standing}", "{plan} · {standing}"),
    "call.open": ("งานค้าง {n} งาน", "open tickets: {n}"),
    "call.callbacks": ("ต้องโทรกลับ {n} ราย", "callbacks due: {n}"),
    "call.no_questions": ("ไม่มีคำถาม", "No questions."),
    "call.questions_later": ("ถามเมื่อเลือกบริการแล้ว", "Asked once the service is chosen."),
    "call.none_yet": ("เลือกลูกค้าและบริการเพื่อดูคำตอบ", "Choose the caller and the service to see the verdict."),
    "call.old": ("… รอคำตอบใหม่ · ที่เห็นเป็นของเดิม", "… looking it up · this is old"),
    "call.looking": ("… กำลังหาคำตอบ", "… looking it up"),
    "call.logging": ("กำลังบันทึก…", "logging…"),
    "ask.unknown": ("{k[question.unknown]} ไม่ทราบ", "{k[question.unknown]} not known"),
    "ask.no_such": (
        "ตอบด้วย {keys} หรือ {k[question.unknown]} ถ้าไม่ทราบ",
        "Answer with {keys}, or {k[question.unknown]} if it is not known",
    ),
    "ask.enter": (
        "พิมพ์แล้วกด Enter · ว่างไว้แล้ว Enter = ไม่ทราบ",
        "type, then Enter · empty and Enter = not known",
    ),
    "ask.enter_day": (
        "วัน/เดือน/ปี แล้วกด Enter · ว่างไว้ = ไม่ทราบ",
        "day/month/year, then Enter · empty = not known",
    ),
    "ask.more": ("อีก {n} คำถาม", "{n} more"),
    "ask.bad_count": ("ต้องเป็นจำนวนเต็ม เช่น 2", "This must be a whole number, such as 2."),
    "ask.bad_number": ("ต้องเป็นตัวเลข เช่น 2 หรือ 4.5", "This must be a number, such as 2 or 4.5."),
    "ask.bad_money": (
        "ต้องเป็นจำนวนเงิน เช่น 6500 หรือ 6,500.50",
        "This must be an amount, such as 6500 or 6,500.50.",
    ),
    "answer.not_recorded": ("ไม่ทราบ", "not known"),
    # --- find
    "find.title": ("ค้นหา", "Find"),
    "find.hint": ("เบอร์ ชื่อ รหัสลูกค้า หรือเลขงาน", "number, name, code, or a ticket's number"),
    "find.ticket": (
        "ไปที่งาน #{number} · {customer} · {title}",
        "go to ticket #{number} · {customer} · {title}",
    ),
    "find.enter": ("Enter ดูสิทธิ์ · ↑↓ เลือก · Esc ปิด", "Enter shows the cover · ↑↓ choose · Esc closes"),
    # --- help
    "help.title": ("ปุ่มทั้งหมด", "All keys"),
    "help.layout": ("ทุกปุ่มใช้ได้ทั้งแป้นไทยและอังกฤษ", "Every key works with the Thai and the English layout on."),
    "help.hours": (
        "บรรทัดบน: 17:00 = เปิดถึง · ☾ จ. 09:00 = ปิด เปิดอีกครั้ง · เปิด? = เงื่อนไขไม่ระบุว่าวันนี้เปิดหรือไม่ · จอแคบบอกเฉพาะที่ปิดหรือไม่ระบุ",
        "Top line: 17:00 = open until · ☾ Mon 09:00 = closed until · open? = the terms do not say whether it is open · a narrow one names those that are not open",
    ),
    "help.close": ("Esc ปิด", "Esc closes"),
    # --- units
    "unit.baht": ("{amount} บาท", "{amount} baht"),
    **ADVICE_WORDS,
    **CALL_WORDS,
    **COMFORT_WORDS,
    **VERDICT_WORDS,
    **WORK_WORDS,
}


class _Value(str):
    """What fills a place: `{n:day|days}` is the first of the two words for 1, else the second."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        one, bar, many = form.partition("|")
        return super().__format__(form) if not bar else one if self == "1" else many


class Spoken(str):
    """Words that know which message, or which text of a policy, they are, and with what in its places: they
    can be said anew.
    """

    __slots__ = ("of", "values")
    of: str | Text
    values: Mapping[str, object]

    @classmethod
    def make(cls, words: str, of: str | Text, values: Mapping[str, object]) -> Spoken:
        """Words in one language, and what they are the words of."""
        spoken = cls(words)
        spoken.of, spoken.values = of, values
        return spoken


def _said(value: object) -> str:
    return str(value() if callable(value) else value)


class Say:
    """Words in the language that is on; the language may change while screens are open."""

    def __init__(self, language: str = "th", keys: Keys | None = None) -> None:
        self.language = language
        self._keys = keys or Keys()

    @property
    def language(self) -> str:
        """th or en; anything else reads as English."""
        return LANGUAGES[self._column]

    @language.setter
    def language(self, language: str) -> None:
        self._column = 0 if language == "th" else 1

    def __call__(self, key: str, /, **values: object) -> str:
        """The message `key`, its places filled with cleaned `values`, and `{k[ticket.close]}` with the key of a
        command. A value that is made of words may be a function that says them, to be said anew with the rest.
        Raises KeyError for an unknown key.
        """
        words = MESSAGES[key][self._column]
        if "{" in words:
            words = words.format(
                k=self._keys, **{name: _Value(clean(_said(value))) for name, value in values.items()}
            )
        return Spoken.make(words, key, values)

    def words(self, text: Text) -> str:
        """A text of a policy or of the desk."""
        return Spoken.make(text.in_(self.language), text, {})

    def again(self, words: str) -> str:
        """Words of a message or of a policy in the language that is on now; any other text as it is."""
        if not isinstance(words, Spoken):
            return words
        if isinstance(words.of, Text):
            return self.words(words.of)
        values = {
            name: self.again(value) if isinstance(value, str) else value
            for name, value in words.values.items()
        }
        return self(words.of, **values)

    def has(self, key: str) -> bool:
        """Whether there is such a message: words of policies may know more than this catalogue."""
        return key in MESSAGES


def broke(failure: Exception) -> Text:
    """Words for a fault of the program itself, in both languages."""
    what = type(failure).__name__
    return Text(*(Say(language)("app.broke", what=what) for language in LANGUAGES))
