"""The order of a list of callers: names as Thai readers look for them in a telephone book. Pure."""

from __future__ import annotations

import re

from deskui.desk.fold import fold
from deskui.desk.thaiorder import order_key

_FORMS = re.compile(
    "^(?:บริษัท|บจก\\.?|บมจ\\.?|ห้างหุ้นส่วนจำกัด|หจก\\.?|ห้างหุ้นส่วน|ร้าน|คุณ|นาย|นางสาว|นาง|น\\.ส\\.|k\\.|khun )\\s*"
)


def reading_order(name: str) -> tuple[str, str, str]:
    """What to sort a name by: as `order_key`, with the form of a company and how a person is addressed left
    out (บริษัท, หจก., คุณ, K.) unless nothing else tells two names apart.
    """
    folded = fold(name)
    return (*order_key(_FORMS.sub("", folded) or folded), folded)
