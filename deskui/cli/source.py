"""What a command reads: a file, or stdin under the name `-`."""

from __future__ import annotations

import sys
from pathlib import Path

from deskui.cli.errors import UsageProblem
from deskui.policy.decision import Text


def read_input(file: str, wanted: Text) -> bytes:
    """The bytes of the file, or of stdin for `-`. Raises UsageProblem that says what is `wanted`."""
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise UsageProblem(
            Text(
                th=f"อ่าน {file} ไม่ได้ ({error.strerror}): ระบุ{wanted.th} หรือ - สำหรับ stdin",
                en=f"cannot read {file} ({error.strerror}): give {wanted.en}, or - for stdin",
            )
        ) from None
