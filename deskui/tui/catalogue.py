"""Every command of the screens, declared once: keys, palette, footer, help page and remapping come from here."""

# a command reads better on its two lines than on ones that keep a margin
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from textual.binding import Binding, BindingType

from deskui.dataclass import dataclass
from deskui.policy.decision import Text
from deskui.tui.keys import both

__all__ = ["CATALOGUE", "SCOPES", "Command", "bindings", "commands", "footer"]

SCOPES = {
    "app": Text("ทุกหน้าจอ", "Everywhere"),
    "desk": Text("โต๊ะงาน", "Desk"),
    "call": Text("รับสาย", "Call"),
    "questions": Text("คำถาม", "Questions"),
    "pane": Text("ในช่อง", "In a pane"),
    "window": Text("ในหน้าต่าง", "In a window"),
    "asked": Text("คำถามถึงหัวหน้า", "Questions to the supervisor"),
    "problems": Text("ปัญหาที่ทราบแล้ว", "Known problems"),
}
"""Where a command works; commands of `app` work in every other scope, those of `questions` inside `call`."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing an agent can do by a key."""

    id: str
    """Stable name, such as ticket.claim: what a remapping names."""
    keys: str
    """Keys by Textual's names on the English layout, comma separated; the first is shown."""
    action: str
    """Name of the action on the screen or widget that owns the scope."""
    name: Text
    """One or two words, for footer and palette."""
    help: Text
    """One sentence, for the help page."""
    scope: str
    footer: bool = False
    palette: bool = True
    shown: str = ""
    """How the key is written where its name says little."""
    owner: str = "screen"
    """Whose action it is: app, screen or focused."""
    priority: bool = False
    """Comes before what a text field would do with the key."""

    @property
    def key(self) -> str:
        """The key as people read it."""
        return self.shown or self.keys.split(",", maxsplit=1)[0]

    @property
    def all_keys(self) -> str:
        """The keys in both keyboard layouts, comma separated."""
        return both(self.keys)

    @property
    def target(self) -> str:
        """The action with its namespace, to run from anywhere."""
        return f"{self.owner}.{self.action}"


# fmt: off
CATALOGUE: tuple[Command, ...] = (
    Command("call.new", "n", "new_call", Text("รับสาย", "New call"),
            Text("รับสายใหม่ หรือทำสายที่ค้างไว้ต่อ", "Take a call, or go on with the one kept as a draft."), "desk", footer=True),
    Command("find", "f", "find", Text("ค้นหา", "Find"),
            Text("ค้นหาลูกค้าด้วยเบอร์ ชื่อ หรือรหัส หรือไปที่เลขงาน", "Find a customer by number, name or code, or go to a ticket's number."), "desk", footer=True),
    Command("view.next", "v", "next_view", Text("มุมมอง", "View"),
            Text("มุมมองคิวถัดไป: ทั้งหมด ของฉัน โทรกลับ รอลูกค้า วันนี้ เกินเวลา ผู้ขาย และที่เก็บไว้", "Next view: all, mine, callbacks, waiting, today, breached, each vendor, your own."), "desk", footer=True),
    Command("view.pick", "V", "pick_view", Text("เลือกมุมมอง", "Views"),
            Text("เลือกมุมมองจากรายการ หรือลบมุมมองที่เก็บไว้", "Choose a view from a list, or delete one of your own."), "desk"),
    Command("view.find", "F", "find_within", Text("ค้นในมุมมอง", "Find in view"),
            Text("ค้นหาในมุมมองนี้ Esc เลิกค้นหา", "Find within this view; Esc ends it."), "desk"),
    Command("view.sort", "S", "sort", Text("เรียง", "Sort"),
            Text("เรียงตามลำดับที่ต้องทำ กำหนด เวลารับ ลูกค้า หรือผู้ขาย", "Sort by order to serve, due time, time received, customer or vendor."), "desk"),
    Command("view.save", "W", "save_view", Text("เก็บมุมมอง", "Keep view"),
            Text("เก็บมุมมองนี้พร้อมการค้นหาและการเรียงไว้ในชื่อ", "Keep this view with its search and order under a name."), "desk"),
    Command("marks.one", "space", "mark", Text("เลือก", "Mark"),
            Text("เลือกหรือเลิกเลือกงานแล้วลงไปงานถัดไป จากนั้นรับ มอบหมาย พัก หรือแก้เสร็จทุกงานที่เลือก", "Mark a ticket or not and go down one; claim, assign, pause and resolve then do all that are marked."), "desk", shown="Space"),
    Command("marks.range", "R", "mark_range", Text("เลือกเป็นช่วง", "Mark range"),
            Text("เลือกทุกงานจากที่เลือกไว้ล่าสุดถึงงานนี้", "Mark all from the one marked last to this one."), "desk"),
    Command("marks.all", "A", "mark_all", Text("เลือกทั้งหมด", "Mark all"),
            Text("เลือกทุกงานในมุมมอง หรือเลิกเลือกทั้งหมด", "Mark all in this view, or none."), "desk"),
    Command("ticket.claim", "c", "claim", Text("รับเรื่อง", "Claim"),
            Text("รับงานที่เลือกเป็นของฉัน", "Make the selected ticket mine."), "desk", footer=True),
    Command("ticket.release", "g", "release", Text("คืนงาน", "Give back"),
            Text("คืนงานที่เลือกเข้าคิว", "Give the selected ticket back to the queue."), "desk"),
    Command("ticket.assign", "a", "assign", Text("มอบหมาย", "Assign"),
            Text("มอบหมายงานให้คนอื่น (งานของฉัน หรือทุกงานถ้าเป็นหัวหน้า)", "Give the ticket to somebody else: one of mine, or any as a supervisor."), "desk"),
    Command("ticket.take_over", "T", "take_over", Text("รับช่วงต่อ", "Take over"),
            Text("รับช่วงงานของคนอื่นพร้อมเหตุผล ผู้ทำเดิมได้รับแจ้ง", "Make another agent's ticket mine, with a reason; they are told."), "desk"),
    Command("clock.why", "w", "why", Text("ทำไม", "Why"),
            Text("แสดงว่าเวลากำหนดมาจากไหนทีละช่วง", "Show step by step how the due time comes about."), "desk", footer=True),
    Command("ticket.pause", "p", "pause", Text("พัก/ต่อ", "Pause"),
            Text("พักเวลาเพราะรอลูกค้า หรือเดินเวลาต่อ", "Pause the clocks while waiting for the customer, or go on."), "desk", footer=True),
    Command("ticket.hold", "h", "hold", Text("รอที่อื่น", "Hold"),
            Text("รอบุคคลที่สาม เวลาเดินต่อ", "Wait for a third party; the clocks run on until it is resumed."), "desk"),
    Command("ticket.merge", "d", "merge", Text("รวมงานซ้ำ", "Merge"),
            Text("รวมงานซ้ำเข้ากับอีกงานหนึ่ง", "Make a duplicate part of another ticket."), "desk"),
    Command("ticket.undo", "u", "undo", Text("ย้อน", "Undo"),
            Text("ย้อนขั้นตอนล่าสุดของฉันในงานนี้ (กดสองครั้ง)", "Take back my last step on this ticket (press it twice)."), "desk"),
    Command("ticket.resolve", "r", "resolve", Text("แก้เสร็จ", "Resolve"),
            Text("แก้ปัญหาแล้ว พิมพ์ว่าแก้ด้วยวิธีใดหรือกด Enter เลย", "Mark the selected ticket as solved, with what solved it or by Enter alone."), "desk", footer=True),
    Command("ticket.met", "m", "met", Text("ทำตามนัดแล้ว", "Met"),
            Text("โทรกลับหรือแจ้งผลแล้ว: เวลานัดนี้ทำได้ตามกำหนด", "Called back or result given: this target is met."), "desk"),
    Command("ticket.note", "t", "note", Text("บันทึก", "Note"),
            Text("เขียนบันทึกในงานที่เลือก", "Write a note on the selected ticket."), "desk", footer=True),
    Command("ticket.severity", "s", "severity", Text("ความรุนแรง", "Severity"),
            Text("เปลี่ยนระดับความรุนแรงแล้วคำนวณเวลาที่เหลือใหม่", "Change the severity; what is left of the time is planned anew."), "desk"),
    Command("ticket.reopen", "o", "reopen", Text("เปิดใหม่", "Reopen"),
            Text("เปิดงานที่แก้เสร็จแล้วอีกครั้ง", "Open a resolved ticket again."), "desk"),
    Command("ticket.close", "x", "close_ticket", Text("ปิดงาน", "Close"),
            Text("ปิดงานและนำออกจากคิว (กดสองครั้ง)", "Close the ticket and take it out of the queue (press it twice)."), "desk"),
    Command("cover", "e", "cover", Text("สิทธิ์", "Cover"),
            Text("แสดงสิทธิ์ทั้งหมดของลูกค้าพร้อมรหัสข้อกำหนด", "Show all the customer's entitlements with their rules."), "desk", footer=True),
    Command("customer.authority", "E", "authority", Text("ผู้มีอำนาจ", "Who may ask"),
            Text("บันทึกว่าใครของลูกค้าที่แสดงอยู่ขอแทนลูกค้าได้ (หัวหน้า)", "Write down who may ask in the name of the customer shown (a supervisor)."), "desk"),
    Command("pane.next", "b", "next_tab", Text("ช่องถัดไป", "Next pane"),
            Text("จอเล็ก: สลับช่องงาน เวลา สิทธิ์", "Small screen: ticket, clock or entitlements below the queue."), "desk"),
    Command("language", "L,f2", "language", Text("ไทย/Eng", "ไทย/Eng"),
            Text("สลับภาษาไทยและอังกฤษ", "Switch between Thai and English."), "desk", owner="app"),
    Command("help", "question_mark,f1", "help", Text("ช่วยเหลือ", "Help"),
            Text("แสดงปุ่มทั้งหมด", "Show all keys."), "desk", footer=True, shown="?", owner="app"),
    Command("copy", "C,f12", "copy", Text("คัดลอก", "Copy"),
            Text("คัดลอกเลขที่งาน คำพูด หรือใบเสนอราคา", "Copy ticket number, words to say or quotation; or select them without borders."), "desk", owner="app"),
    Command("theme", "D", "theme", Text("ชุดสี", "Colours"),
            Text("เปลี่ยนชุดสี: มืด สว่าง ตัดกันชัด กลางคืน", "The next colours: dark, light, high contrast, night."), "desk", owner="app"),
    Command("quit", "q", "leave", Text("ออก", "Leave"),
            Text("ออกจากโปรแกรม (กดสองครั้ง)", "Leave deskui (press it twice)."), "desk"),
    Command("back", "escape", "back", Text("กลับ", "Back"),
            Text("ปิดรายละเอียดและกลับไปที่คิว", "Put details away and go back to the queue."), "desk", palette=False, shown="Esc"),
    Command("today", "y,f3", "today", Text("วันนี้", "Today"),
            Text("วันนี้ทำอะไรได้และอะไรต้องรอ แยกตามผู้ขาย", "What may be done now and what must wait, vendor by vendor."), "desk", footer=True, owner="app"),
    Command("call.undo", "U", "undo_call", Text("ถอนการจบสาย", "Undo call end"),
            Text("ถอนสายล่าสุดที่จบโดยไม่เปิดงาน หรือสายที่ไม่ได้รับซึ่งจบไปแล้ว", "Take back my newest call that ended without a ticket, or a missed call that was dismissed."), "desk"),
    Command("ring.take", "ctrl+r,f9", "take_ring", Text("รับสายเรียกเข้า", "Take the ring"),
            Text("รับสายที่กำลังดัง สายที่คุยอยู่จะพักรอ", "Take the call that rings; the one that is on waits meanwhile."), "app", shown="^r", owner="app"),
    Command("call.other", "ctrl+o", "other_call", Text("สลับสาย", "Other call"),
            Text("คุยกับสายที่รอนานที่สุด สายที่คุยอยู่จะพักรอ", "Go on with the caller who waits longest; the one that is on waits meanwhile."), "app", shown="^o", owner="app"),
    Command("ask", "H", "ask_about", Text("ถามหัวหน้า", "Ask superv."),
            Text("ถามหัวหน้าเรื่องงานที่เลือก พิมพ์คำถามหรือกด Enter เลย ถ้าถามไปแล้วถอนคำถามได้", "Ask the supervisor about the selected ticket, in your own words or by Enter alone; again: take it back."), "desk"),
    Command("asked", "J", "asked", Text("คำถามถึงหัวหน้า", "Questions"),
            Text("คำถามที่รอหัวหน้าตอบ: อนุมัติ ไม่อนุมัติ หรือตอบ", "What waits for the supervisor: grant, refuse, or answer."), "desk"),
    Command("problems", "K", "problems", Text("ปัญหาที่ทราบ", "Known problems"),
            Text("ปัญหาที่ทราบแล้ว รายชื่อที่ต้องโทรกลับ และการปิดครั้งเดียว", "Known problems, their call-back lists, and the one close."), "desk"),
    Command("palette", "ctrl+p", "command_palette", Text("คำสั่ง", "Commands"),
            Text("เลือกคำสั่งจากรายการ", "Choose a command from a list."), "app", footer=True, palette=False, shown="^p", owner="app"),
    Command("call.on", "enter", "go_on", Text("ต่อไป / บันทึก", "Go on / log"),
            Text("ไปขั้นต่อไป ขั้นสุดท้ายคือบันทึกสาย", "Go on to the next step; on the last one log the call."), "call", footer=True, palette=False, shown="Enter"),
    Command("call.tab", "tab", "next_step", Text("ช่องถัดไป", "Next field"),
            Text("ไปช่องถัดไปโดยไม่เลือกอะไร", "To the next field, choosing nothing."), "call", palette=False, shown="Tab"),
    Command("call.untab", "shift+tab", "previous_step", Text("ช่องก่อนหน้า", "Field before"),
            Text("กลับไปช่องก่อนหน้า", "Back to the field before."), "call", palette=False, shown="⇧Tab"),
    Command("call.down", "down", "list_down", Text("ลง", "Down"),
            Text("บรรทัดถัดไปในรายการ", "Next line of the list."), "call", palette=False, shown="↓"),
    Command("call.up", "up", "list_up", Text("ขึ้น", "Up"),
            Text("บรรทัดก่อนหน้าในรายการ", "Previous line of the list."), "call", palette=False, shown="↑"),
    Command("call.line", "ctrl+j", "new_line", Text("ขึ้นบรรทัด", "New line"),
            Text("ขึ้นบรรทัดใหม่ในบันทึก", "A new line in the notes."), "call", palette=False, shown="^j"),
    Command("call.back", "escape", "keep", Text("เก็บร่าง", "Keep draft"),
            Text("กลับโต๊ะงานโดยเก็บร่างไว้", "Back to the desk; the call is kept as a draft."), "call", footer=True, shown="Esc"),
    Command("call.follow", "ctrl+f", "follow", Text("งานเดิม", "Continue"),
            Text("สายนี้เรื่องงานที่เปิดอยู่: เพิ่มเป็นบันทึก ไม่เปิดงานที่สอง", "The call is about a ticket that is open: it becomes a note there, not a second ticket."), "call", footer=True, shown="^f", priority=True),
    Command("call.fresh", "ctrl+n,f5", "fresh", Text("พัก/สายใหม่", "Park, new call"),
            Text("พักสายนี้ให้รอแล้วรับสายใหม่", "Let this caller wait and start with an empty call."), "call", footer=True, shown="^n"),
    Command("call.ask", "ctrl+y,f6", "ask_supervisor", Text("ถามหัวหน้า", "Ask superv."),
            Text("ถามหัวหน้าเรื่องสายนี้ พิมพ์คำถามหรือกด Enter เลย คำตอบเปลี่ยนผลบนจอนี้ทันที", "Ask the supervisor about this call, in your own words or by Enter alone; the answer changes the verdict here."), "call", footer=True, shown="^y", priority=True),
    Command("call.no_ticket", "ctrl+l", "no_ticket", Text("ไม่เปิดงาน", "No ticket"),
            Text("จบสายโดยไม่เปิดงาน: แค่สอบถาม โทรผิด สายหลุด แล้วกลับโต๊ะงาน", "End the call without a ticket, in a word: only asked, wrong number …; back to the desk."), "call", footer=True, shown="^l"),
    Command("call.forget", "ctrl+g,f8", "forget", Text("ทิ้งแล้วกลับ", "Forget, leave"),
            Text("ทิ้งร่างนี้แล้วกลับโต๊ะงาน (กดสองครั้ง)", "Throw this draft away and go back to the desk (press twice)."), "call", footer=True, shown="^g"),
    Command("call.problem", "ctrl+k,f7", "problem", Text("ปัญหาที่ทราบ", "Known problem"),
            Text("สายนี้เรื่องเดียวกับปัญหาที่ทราบแล้ว หรือเปิดปัญหาใหม่", "This call is about a known problem; or open a new one."), "call", footer=True, shown="^k", priority=True),
    Command("call.add", "ctrl+a", "add_caller", Text("ผู้โทรใหม่", "New caller"),
            Text("เพิ่มผู้โทรที่ยังไม่มีในทะเบียน หรือเบอร์ใหม่ของลูกค้าที่เลือก", "Put an unknown caller on file, or a new number of the customer chosen."), "call", footer=True, shown="^a", priority=True),
    Command("call.details", "ctrl+t,f4", "details", Text("รายละเอียด", "Details"),
            Text("แสดงข้อที่เกือบเข้าเกณฑ์", "Show the rules that did not match, and why."), "call", footer=True, shown="^t"),
    Command("call.today", "f3", "today", Text("วันนี้", "Today"),
            Text("วันนี้ทำอะไรได้และอะไรต้องรอ แยกตามผู้ขาย", "What may be done now and what must wait, vendor by vendor."), "call", shown="F3", owner="app"),
    Command("call.copy", "ctrl+e,f12", "copy", Text("คัดลอก", "Copy"),
            Text("คัดลอกคำพูดหรือใบเสนอราคา", "Copy words to say or quotation; or select them without borders."), "call", shown="^e", owner="app", priority=True),
    Command("call.language", "f2", "language", Text("ไทย/Eng", "ไทย/Eng"),
            Text("สลับภาษาไทยและอังกฤษ", "Switch between Thai and English."), "call", shown="F2", owner="app"),
    Command("call.help", "f1", "help", Text("ช่วยเหลือ", "Help"),
            Text("แสดงปุ่มทั้งหมด", "Show all keys."), "call", footer=True, shown="F1", owner="app"),
    Command("window.language", "L,f2", "language", Text("ไทย/Eng", "ไทย/Eng"),
            Text("สลับภาษาไทยและอังกฤษ ที่พิมพ์ไว้ยังอยู่", "Switch between Thai and English; what is typed stays."), "window", shown="F2", owner="app"),
    Command("window.help", "question_mark,f1", "help", Text("ช่วยเหลือ", "Help"),
            Text("แสดงปุ่มของหน้าต่างนี้", "Show the keys of this window."), "window", shown="F1", owner="app"),
    Command("window.theme", "D", "theme", Text("ชุดสี", "Colours"),
            Text("เปลี่ยนชุดสี: มืด สว่าง ตัดกันชัด กลางคืน", "The next colours: dark, light, high contrast, night."), "window", owner="app"),
    Command("asked.grant", "g", "grant", Text("อนุมัติ", "Grant"),
            Text("อนุมัติ แล้วพิมพ์เหตุผล", "Say yes, with a reason."), "asked", palette=False),
    Command("asked.price", "p", "price", Text("อนุมัติในราคา", "For a price"),
            Text("อนุมัติโดยคิดราคาที่กำหนด แล้วพิมพ์เหตุผล", "Say yes, for an amount in baht, with a reason."), "asked", palette=False),
    Command("asked.refuse", "r", "refuse", Text("ไม่อนุมัติ", "Refuse"),
            Text("ไม่อนุมัติ แล้วพิมพ์เหตุผล", "Say no, with a reason."), "asked", palette=False),
    Command("asked.answer", "a", "answer", Text("ตอบ", "Answer"),
            Text("ตอบเป็นข้อความ", "Answer in words."), "asked", palette=False),
    Command("problems.new", "n", "new_problem", Text("ปัญหาใหม่", "New problem"),
            Text("เปิดปัญหาใหม่จากงานที่เลือก", "Open a known problem of the selected ticket."), "problems", palette=False),
    Command("problems.ticket", "t", "put_ticket", Text("ใส่งาน", "Put ticket"),
            Text("งานที่เลือกเป็นเรื่องเดียวกัน", "The selected ticket is about it too."), "problems", palette=False),
    Command("problems.close", "c", "close_problem", Text("ปิดปัญหา", "Close"),
            Text("ปิดปัญหาและแก้ทุกงานในนั้น", "Close it: all its tickets are solved."), "problems", palette=False),
    Command("problems.told", "space", "told", Text("โทรแล้ว", "Told"),
            Text("โทรแจ้งรายนี้แล้ว หรือยัง", "This caller was told; again: not yet."), "problems", palette=False, shown="Space"),
    Command("question.unknown", "u", "not_known", Text("ไม่ทราบ", "Not known"),
            Text("ไม่มีใครทราบคำตอบ", "Nobody knows the answer."), "questions", palette=False),
    Command("question.again", "backspace", "answer_again", Text("แก้คำตอบ", "Change answer"),
            Text("กลับไปแก้คำตอบก่อนหน้า", "Go back to the answer before."), "questions", palette=False, shown="⌫"),
)
# fmt: on


def commands(*scopes: str) -> Iterator[Command]:
    """The commands of the scopes named, scope by scope in the order of the catalogue."""
    return (command for scope in scopes for command in CATALOGUE if command.scope == scope)


@cache
def _bindings(scopes: tuple[str, ...]) -> tuple[Binding, ...]:
    return tuple(
        Binding(
            command.all_keys,
            command.target if command.owner == "app" else command.action,
            command.name.en,
            show=False,
            id=command.id,
            priority=command.priority,
            key_display=command.shown or None,
        )
        for command in commands(*scopes)
    )


def bindings(*scopes: str) -> list[BindingType]:
    """What a screen or widget puts into its BINDINGS; each carries the command's id, so that a keymap can move it."""
    return list(_bindings(scopes))


def footer(*scopes: str) -> Iterator[Command]:
    """The commands the bottom line names."""
    return (command for command in commands(*scopes) if command.footer)
