"""Folding for search: what is typed and what is stored are brought to one spelling. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_THAI_DIGITS = {0x0E50 + digit: str(digit) for digit in range(10)}
_DROPPED = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))
_NIKHAHIT = "\u0e4d"
_TONES = "\u0e48\u0e49\u0e4a\u0e4b"
_VOWELS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e4c\u0e4d\u0e4e"
_MARKS = re.compile(f"[{_TONES}{_VOWELS}]{{2,}}")
_SARA_AM = re.compile(f"([{_TONES}{_VOWELS}]*)\u0e32([{_TONES}]*)")
_IN_NUMBER = re.compile(r"(?<=\d)[\s()./\-\u2010-\u2015]+(?=\d)")
_COUNTRY = re.compile(r"\+\s*66[\s\-(]*0?[\s\-)]*(?=\d)|\b00\s?66[\s-]*(?=\d)")
_SPACES = re.compile(r"\s+")
_DRESSING = re.compile(r"[\s./\-_\u2010-\u2015]+")

SEPARATOR = "\n"
"""Stands between the parts of a search key; no typed needle holds it."""


def _in_order(marks: str) -> str:
    """Vowel signs before tone marks, each once: they look alike in any order."""
    return "".join(sorted(dict.fromkeys(marks), key=lambda mark: (mark in _TONES, mark)))


def _joined(found: re.Match[str]) -> str:
    """Nikhahit and า as one ำ, with the tone marks before it, where most keyboards put them."""
    before, after = found.groups()
    if _NIKHAHIT not in before:
        return found.group()
    return _in_order((before + after).replace(_NIKHAHIT, "")) + "\u0e33"


def fold(text: str) -> str:
    """`text` as it is compared: one case, Arabic digits, one order of Thai marks, no dressing in numbers.

    Folds full-width forms, Thai digits, เ typed twice for แ, nikhahit with า for ำ, the order of vowel
    and tone marks, zero-width characters, +66 for 0, and spaces and dashes between digits. Folding twice
    changes nothing.
    """
    folded = text.translate(_DROPPED).translate(_THAI_DIGITS)
    # the compatibility form takes ำ apart; it is joined again below
    folded = unicodedata.normalize("NFKC", folded).casefold().replace("\u0e40\u0e40", "\u0e41")
    folded = _MARKS.sub(lambda found: _in_order(found.group()), folded)
    folded = _SARA_AM.sub(_joined, folded)
    folded = _COUNTRY.sub("0", folded)
    folded = _IN_NUMBER.sub("", folded)
    return _SPACES.sub(" ", folded).strip()


def _key(parts: Iterable[str | None]) -> str:
    return SEPARATOR.join(folded for part in parts if part and (folded := fold(part)))


def joined(text: str) -> str:
    """Folded `text` without the dressing that codes and serials are written in: ar-7f3k 22 as ar7f3k22."""
    return _DRESSING.sub("", text)


def _both(code: str | None) -> tuple[str, ...]:
    """A code as it is written, and joined where that is another spelling."""
    folded = fold(code or "")
    bare = joined(folded)
    return (folded,) if bare == folded else (folded, bare)


def customer_key(code: str, name: str, tax_id: str | None = None) -> str:
    """The search key the store keeps for a customer: code, name, tax id."""
    return _key((*_both(code), name, tax_id))


def contact_key(name: str, phone: str | None) -> str:
    """The search key the store keeps for a contact: name, then number."""
    return _key((name, phone))


def place_key(serial: str | None, branch: str | None) -> str:
    """The search key the store keeps for a product or machine: serial, then branch; empty without any."""
    return _key((*_both(serial), branch))
