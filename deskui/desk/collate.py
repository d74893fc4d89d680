"""The order in which Thai readers look for names: that of the Royal Society's dictionary. Pure."""

from __future__ import annotations

import re

from deskui.desk.fold import fold

_LEADING = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_MARKS = dict.fromkeys([0x0E2F, 0x0E46, *range(0x0E47, 0x0E4F)])
_FORMS = re.compile(
    "^(?:บริษัท|บจก\\.?|บมจ\\.?|ห้างหุ้นส่วนจำกัด|หจก\\.?|ห้างหุ้นส่วน|ร้าน|คุณ|นาย|นางสาว|นาง|น\\.ส\\.|k\\.|khun )\\s*"
)


def reading_order(name: str) -> tuple[str, str, str]:
    """What to sort a name by: its consonants before the vowels written in front of them, tone marks last.

    The form of a company (บริษัท, หจก.) and how a person is addressed (คุณ, K.) do not count, as in a
    telephone book, unless nothing else tells two names apart.
    """
    folded = fold(name)
    told = _FORMS.sub("", folded) or folded
    turned = _LEADING.sub(r"\2\1", told)
    return turned.translate(_MARKS), turned, folded
