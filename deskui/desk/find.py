"""Finding the caller: what to look for, and which hit is best. Pure but for the shown form of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from deskui.desk.collate import reading_order
from deskui.desk.fold import SEPARATOR, fold, joined
from deskui.desk.layout import other_layout
from deskui.desk.records import CallerRecord

_CODE = re.compile(r"^(?=.*[a-z])(?=.*\d)[a-z0-9 ./\-_]+$")
"""Letters and digits only: a code or a serial, however it is dressed."""
_EXTENSION = re.compile(r"(?<=\d{7})[\s,;]*(?:ต่อ|กด|ext(?:ension|n)?|x|#)[\s.:]*(\d{1,6})$")
"""The extension behind a number, in folded text."""
HOME = "TH"
"""Country of numbers that name none."""


def needles(text: str) -> tuple[str, ...]:
    """What to search for when `text` was typed: as it stands first, then as the other layout would read it.

    A code or serial is also looked for without its dashes and spaces, a number without its extension. Empty
    when there is nothing to look for.
    """
    found: list[str] = []
    for typed in (text, other_layout(text)):
        # a dash or space still waits for the digits after it
        needle = _without_country(fold(typed).rstrip(" -.(")) if typed.strip() else ""
        bare = joined(needle) if _CODE.search(needle) else ""
        for wanted in (needle, bare, _EXTENSION.sub("", needle)):
            if wanted and wanted not in found:
                found.append(wanted)
    return tuple(found)


def _without_country(needle: str) -> str:
    """A whole Thai number given as 66… without its plus sign, as it is dialled at home."""
    if needle.isdigit() and needle.startswith("66") and len(needle) in (10, 11):
        return "0" + needle[2:]
    return needle


def quality(key: str, looked_for: Sequence[str]) -> tuple[int, int, int]:
    """How well a search key answers: lower is better. (kind of match, needle that matched, place of the
    part).

    Kinds: 0 a part equals the needle, 1 a part starts with it, 2 a word of a part starts with it or a
    number ends with it, 3 it is somewhere inside, 4 not at all.
    """
    best = (4, len(looked_for), 0)
    for which, needle in enumerate(looked_for):
        for place, part in enumerate(key.split(SEPARATOR)):
            best = min(best, (_match(part, needle), which, place))
    return best


def _match(part: str, needle: str) -> int:
    if part == needle:
        return 0
    if part.startswith(needle):
        return 1
    if f" {needle}" in part or (needle.isdigit() and part.endswith(needle)):
        return 2
    return 3 if needle in part else 4


def best_first(found: Iterable[CallerRecord], looked_for: Sequence[str], limit: int) -> list[CallerRecord]:
    """The hits in the order of the caller list: best match, then customers before their contacts, products
    and machines, then by name as Thai readers look for it.

    A customer whose contact is listed for a better match is listed once more only when it matched itself.
    """
    seen: dict[tuple[int, ...], CallerRecord] = {}
    for record in found:
        seen.setdefault(record.identity, record)

    def order(record: CallerRecord) -> tuple[object, ...]:
        kind = (record.contact_id is not None) + 2 * (record.product_id is not None)
        names = (reading_order(record.customer), reading_order(record.contact or record.found or ""))
        return (quality(record.folded, looked_for), kind, *names, record.identity)

    return sorted(seen.values(), key=order)[:limit]


@lru_cache(maxsize=4096)
def shown_number(phone: str) -> str:
    """A number as people of the country write it, with `#14` for its extension, however that was written; as
    it was stored where it is no valid number."""
    found = _EXTENSION.search(fold(phone))
    if found is None:
        return _formatted(phone) or phone
    main = _formatted(fold(phone)[: found.start()])
    return phone if main is None else f"{main} #{found.group(1)}"


def _formatted(phone: str) -> str | None:
    """A number without extension; None where it is no valid one."""
    # 50 ms that only a desk with numbers on screen pays
    import phonenumbers  # noqa: PLC0415

    try:
        number = phonenumbers.parse(phone, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    home = number.country_code == phonenumbers.country_code_for_region(HOME)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    formatted: str = phonenumbers.format_number(number, style)
    return formatted
