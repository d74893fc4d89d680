"""The two keyboard layouts of a Thai keyboard: US QWERTY and Kedmanee (TIS 820-2538), key by key. Pure."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

_ROWS: Final = (
    # unshifted
    ("`1234567890-=", "_ๅ/-ภถ\u0e38\u0e36คตจขช"),
    ("qwertyuiop[]\\", "ๆไำพะ\u0e31\u0e35รนยบลฃ"),
    ("asdfghjkl;'", "ฟหกดเ\u0e49\u0e48าสวง"),
    ("zxcvbnm,./", "ผปแอ\u0e34\u0e37ทมใฝ"),
    # shifted
    ("~!@#$%^&*()_+", "%+๑๒๓๔\u0e39฿๕๖๗๘๙"),
    ("QWERTYUIOP{}|", '๐"ฎฑธ\u0e4d\u0e4aณฯญฐ,ฅ'),
    ('ASDFGHJKL:"', "ฤฆฏโฌ\u0e47\u0e4bษศซ."),
    ("ZXCVBNM<>?", "()ฉฮ\u0e3a\u0e4c?ฒฬฦ"),
)

KEDMANEE: Final = MappingProxyType(
    {latin: thai for row in _ROWS for latin, thai in zip(row[0], row[1], strict=True)}
)
"""What a key that types the first character in QWERTY types in Kedmanee; 94 keys, each to its own."""

QWERTY: Final = MappingProxyType({thai: latin for latin, thai in KEDMANEE.items()})
"""The other way round."""

_TO_THAI = str.maketrans(dict(KEDMANEE))
_TO_LATIN = str.maketrans(dict(QWERTY))


def to_thai(text: str) -> str:
    """What the keys of `text`, typed in QWERTY, would have typed in Kedmanee; other characters stay."""
    return text.translate(_TO_THAI)


def to_latin(text: str) -> str:
    """What the keys of `text`, typed in Kedmanee, would have typed in QWERTY; other characters stay."""
    return text.translate(_TO_LATIN)
