"""Starts the terms of a new vendor: a commented policy file and its examples, ready to be changed."""

from __future__ import annotations

import re
from pathlib import Path

from deskui.cli.errors import Refused, UsageProblem
from deskui.paths import data_dir
from deskui.policy.decision import Text
from deskui.policy.examples import examples_file

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def start(vendor: str, out: Path | None, name: str | None, known: set[str]) -> tuple[Path, Path]:
    """Writes both files of a new vendor; `known` are ids in use. Gives their paths.

    `out` is the policy file or a folder, the current one when None. Raises UsageProblem for an id or place
    that cannot be used, Refused when there is something already: nothing is overwritten.
    """
    if not _ID.fullmatch(vendor) or len(vendor) > 40:
        raise UsageProblem(
            Text(
                f"{vendor!r} ใช้เป็นชื่อไม่ได้ ใช้ตัวพิมพ์เล็ก ตัวเลข และขีด เช่น acme-pos",
                f"{vendor!r} is no id: use small letters, digits and hyphens, such as acme-pos",
            )
        )
    if vendor in known:
        raise Refused(
            Text(
                f"มีข้อกำหนดชื่อ {vendor} อยู่แล้ว ใช้ชื่ออื่น", f"there are terms of {vendor} already: choose another id"
            )
        )
    file = _place(vendor, out)
    files = file, examples_file(file)
    for path in files:
        if path.exists() or path.is_symlink():
            raise Refused(
                Text(f"มีไฟล์ {path} อยู่แล้ว ไม่เขียนทับ", f"{path} is there already and is not overwritten")
            )
    folder = data_dir() / "starter"
    shown = name or vendor.replace("-", " ").title()
    written: list[Path] = []
    try:
        for path, template in zip(files, ("starter.toml", "starter.examples.toml"), strict=True):
            text = _filled((folder / template).read_text(encoding="utf-8"), vendor, shown)
            with path.open("x", encoding="utf-8", newline="\n") as target:
                written.append(path)
                target.write(text)
    except OSError as error:
        # half a vendor would be a puzzle
        for path in written:
            path.unlink(missing_ok=True)
        why = error.strerror or str(error)
        raise UsageProblem(Text(f"เขียน {path} ไม่ได้: {why}", f"cannot write {path}: {why}")) from None
    return files


def _place(vendor: str, out: Path | None) -> Path:
    """The policy file; it must be called after its id."""
    place = out or Path()
    if place.is_dir():
        return place / f"{vendor}.toml"
    if place.name != f"{vendor}.toml":
        raise UsageProblem(
            Text(
                f"--out: {place} ต้องเป็นโฟลเดอร์ที่มีอยู่ หรือไฟล์ชื่อ {vendor}.toml",
                f"--out: {place} must be a folder that is there, or a file called {vendor}.toml",
            )
        )
    return place


def _filled(template: str, vendor: str, name: str) -> str:
    """The template with the vendor's own id, name and prefix of rules."""
    prefix = re.sub(r"[^A-Z0-9]", "", vendor.upper())[:2]
    quoted = "".join(char for char in name if char.isprintable()).replace("\\", "\\\\").replace('"', '\\"')
    text = re.sub(r"\bST-(?=\d)", f"{prefix}-", template)
    text = text.replace('{ th = "ST", en = "ST" }', f'{{ th = "{prefix}", en = "{prefix}" }}')
    text = text.replace(
        '{ th = "ผู้ขายรายใหม่", en = "Starter Vendor" }', f'{{ th = "{quoted}", en = "{quoted}" }}'
    )
    return re.sub(r"\bstarter\b", vendor, text)
