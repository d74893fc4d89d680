"""What the screens say about keys, colours, settings and copying, in Thai and in English."""
# one line a message reads better than ones that keep a margin
# ruff: noqa: E501

from __future__ import annotations

from typing import Final

__all__ = ["COMFORT_WORDS"]

COMFORT_WORDS: Final[dict[str, tuple[str, str]]] = {
    # --- settings
    "config.problems": (
        "การตั้งค่ามีปัญหา {n} จุด ใช้ค่าเดิมแทน: {first}\nดูทั้งหมด: deskui config check",
        "{n} {n:thing|things} in your settings cannot be used and {n:stays|stay} as {n:it comes|they come}: {first}\nSee all: deskui config check",
    ),
    "commands.hint": (" ค้นหาคำสั่ง…", "Find a command…"),
    "commands.none": ("ไม่พบคำสั่ง", "No such command"),
    # --- colours
    "theme.use": ("ชุดสี: {name}", "Colours: {name}"),
    "theme.dark": ("มืด", "dark"),
    "theme.light": ("สว่าง", "light"),
    "theme.contrast": ("ตัดกันชัด", "high contrast"),
    "theme.night": ("กลางคืน", "night"),
    "theme.dark.help": ("ตัวอักษรสว่างบนพื้นมืด", "Light letters on a dark ground"),
    "theme.light.help": ("ตัวอักษรมืดบนพื้นสว่าง", "Dark letters on a light ground"),
    "theme.contrast.help": (
        "ดำขาวและสีสด สำหรับสายตาเลือนราง",
        "Black, white and strong colours, for weak eyes",
    ),
    "theme.night.help": ("สีอุ่นและแสงน้อย สำหรับกะกลางคืน", "Warm and dim, for the night shift"),
    "theme.on": ("ชุดสี: {name}", "Colours: {name}"),
    "say.particle": ("ค่ะ/ครับ", "ค่ะ/ครับ"),
    # --- copying
    "copy.number": ("เลขที่งาน", "Ticket number"),
    "copy.summary": ("งานโดยย่อ", "Ticket in short"),
    "copy.say": ("คำพูด", "Words to say"),
    "copy.say_other": ("คำพูดภาษาอังกฤษ", "Words to say in Thai"),
    "copy.said": ("คำพูดเมื่อรับเรื่อง", "Words said when it was logged"),
    "copy.said_other": ("คำพูดภาษาอังกฤษเมื่อรับเรื่อง", "Words said in Thai when it was logged"),
    "copy.answer": ("คำตอบและข้อกำหนด", "Answer with its rules"),
    "copy.quote": ("ใบเสนอราคา", "Quotation"),
    "copy.done": ("คัดลอก{what}แล้ว", "Copied: {what}"),
    "copy.nothing": ("ยังไม่มีอะไรให้คัดลอก", "There is nothing to copy yet."),
    "copy.hint": (
        "ปุ่มหน้าบรรทัดคัดลอก · หรือลากเลือกข้อความด้วยเมาส์ · Esc กลับ",
        "The letter copies it, or select the text with the mouse · Esc goes back",
    ),
    # --- plain mode: signs in words
    "line.rings": ("สายเข้า", "calling:"),
    "line.waits": ("รอสาย", "on hold:"),
    "left.warning": ("ใกล้", "soon"),
    "left.breached": ("เกิน", "late"),
    "left.past": ("เกินเป้า", "past"),
    "left.outside": ("นอกเวลา", "closed"),
    "left.paused": ("พัก", "paused"),
    "left.done": ("ทำแล้ว", "met"),
}
