"""How a command that was used wrongly is told in Thai: click finds the slip, and says it in English only."""

from __future__ import annotations

import re

import click

__all__ = ["said_in_thai"]

_THAI = tuple(
    (re.compile(english, re.DOTALL), thai)
    for english, thai in (
        (r"(.+\.) ((?:\(?Did you mean|Choose from).+)", "{0} {1}"),
        (r"\(?Did you mean (?:one of: )?([^)]+)\?\)?", "หมายถึง {0} หรือไม่"),
        (r"Choose from:\s+(.+)", "เลือกจาก {0}"),
        (r"No such option '(.+)'\.", "ไม่มีตัวเลือก {0}"),
        (r"No such command '(.+)'\.", "ไม่มีคำสั่ง {0}"),
        (r"Missing argument '(.+)'\.", "ต้องระบุ {0}"),
        (r"Missing option '(.+)'\.", "ต้องมีตัวเลือก {0}"),
        (r"Missing command\.", "ต้องระบุคำสั่งย่อย"),
        (r"Got unexpected extra arguments? \((.+)\)", "มีคำเกินมา: {0}"),
        (r"Option '(.+)' requires an argument\.", "ตัวเลือก {0} ต้องมีค่าตามหลัง"),
        (r"Option '(.+)' does not take a value\.", "ตัวเลือก {0} ไม่มีค่าตามหลัง"),
        (r"Invalid value for (.+?): (.+)", "ค่าของ {0} ใช้ไม่ได้: {1}"),
        (r"('.*') is not one of (.+)\.", "{0} ต้องเป็นหนึ่งใน {1}"),
        (r"('.*') is not ('.+')\.", "{0} ต้องเป็น {1}"),
        (r"('.*') is not a valid integer(?: range)?\.", "{0} ไม่ใช่จำนวนเต็ม"),
        (r"(.+) is not in the range (.+)\.", "{0} ไม่อยู่ในช่วง {1}"),
        (r"(?:File|Directory|Path) ('.+') does not exist\.", "ไม่มี {0}"),
        (r"(?:File|Directory|Path) ('.+') is a directory\.", "{0} เป็นโฟลเดอร์"),
        (r"(?:File|Directory|Path) ('.+') is a file\.", "{0} เป็นไฟล์ ไม่ใช่โฟลเดอร์"),
        (r"(?:File|Directory|Path) ('.+') is not (?:readable|writable)\.", "ไม่มีสิทธิ์ใช้ {0}"),
    )
)
"""What click says by its form, and the same in Thai; a part may be such a sentence itself."""


def said_in_thai(error: click.ClickException) -> str:
    """Usage, where to read on, and what is wrong, as click shows them; what is not known stays as it is."""
    context = getattr(error, "ctx", None)
    told = f"ใช้คำสั่งผิด: {_thai(error.format_message())}"
    if context is None:
        return told
    usage = " ".join(context.get_usage().removeprefix("Usage: ").split())
    return f"วิธีใช้: {usage}\nอ่านเพิ่ม: {context.command_path} --help\n\n{told}"


def _thai(english: str) -> str:
    for form, thai in _THAI:
        if found := form.fullmatch(english):
            return thai.format(*(_thai(" ".join(part.split())) for part in found.groups()))
    return english
