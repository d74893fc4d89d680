"""The Thai keyboard (Kedmanee, TIS 820-2538) beside the Latin one (QWERTY): what a key types in either.
Pure.
"""

from __future__ import annotations

_LATIN = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
_THAI = "_ๅ/-ภถ\u0e38\u0e36คตจขชๆไ\u0e33พะ\u0e31\u0e35รนยบลฃฟหกดเ\u0e49\u0e48าสวงผปแอ\u0e34\u0e37ทมใฝ"
_LATIN_SHIFT = '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
_THAI_SHIFT = '%+๑๒๓๔\u0e39฿๕๖๗๘๙๐"ฎฑธ\u0e4d\u0e4aณฯญฐ,ฅฤฆฏโฌ\u0e47\u0e4bษศซ.()ฉฮ\u0e3a\u0e4c?ฒฬฦ'

THAI_OF: dict[str, str] = dict(zip(_LATIN + _LATIN_SHIFT, _THAI + _THAI_SHIFT, strict=True))
"""What the key that types a Latin character types with the Thai layout on."""

LATIN_OF: dict[str, str] = {thai: latin for latin, thai in THAI_OF.items()}
"""What the key that types a character of the Thai layout types with the Latin layout on."""

_TO_THAI = str.maketrans(THAI_OF)
_TO_LATIN = str.maketrans(LATIN_OF)


def to_thai(text: str) -> str:
    """`text` as the same keys type it with the Thai layout on; other characters stay."""
    return text.translate(_TO_THAI)


def to_latin(text: str) -> str:
    """`text` as the same keys type it with the Latin layout on; other characters stay."""
    return text.translate(_TO_LATIN)


def has_thai(text: str) -> bool:
    """Whether any character is of the Thai block."""
    return any("\u0e00" <= character <= "\u0e7f" for character in text)


def other_layout(text: str) -> str:
    """`text` as it would read with the other layout on: Latin keys where it holds Thai, else Thai ones."""
    return to_latin(text) if has_thai(text) else to_thai(text)
