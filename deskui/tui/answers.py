"""Reading what an agent typed as the answer to a question. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from string import digits
from typing import Any

from deskui.desk.layout import to_latin
from deskui.policy.decision import Text
from deskui.tui.dates import DateProblem, parse_date, parse_moment
from deskui.tui.messages import LANGUAGES, Say

__all__ = ["BadAnswer", "read_answer", "read_price"]

_AMOUNT = re.compile(r"\d+(\.\d*)?|\.\d+")
_DIGITS = 9
"""Digits of a count: more is a slip of the keys."""
SATANG = Decimal("0.01")
MOST_BAHT = Decimal(10_000_000)
"""A higher price is a slip of the keys."""


class BadAnswer(ValueError):
    """What was typed is not an answer to this kind of question."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
        """What was expected, in words for people."""


def _bad(key: str) -> BadAnswer:
    return BadAnswer(Text(*(Say(language)(key) for language in LANGUAGES)))


def _baht(typed: str) -> Decimal | None:
    """An amount as people write one, on whichever keyboard layout; None for what is none."""
    for text in (typed, to_latin(typed)):
        # the search fold would take the point away, as it does in a telephone number
        bare = "".join(unicodedata.normalize("NFKC", text).replace(",", "").split())
        for unit in Say("th")("ask.units").split():
            bare = bare.removesuffix(unit).removeprefix(unit)
        if _AMOUNT.fullmatch(bare):
            # digits of any script
            return Decimal(bare)
    return None


def read_price(typed: str) -> Decimal:
    """An amount above 0 in baht and satang. Raises BadAnswer."""
    amount = _baht(typed)
    if amount is None or not 0 < amount <= MOST_BAHT or amount != amount.quantize(SATANG):
        raise _bad("ask.bad_price")
    return amount.quantize(SATANG)


def read_answer(kind: str, typed: str, today: date) -> Any:
    """The fact's value: int for a count, Decimal baht for money, ISO for a day or an instant, else text.

    A `number` is a count that may have a fraction, such as hours: an int where it is whole, else a float.

    Thai digits, thousands separators and both eras are read, and figures typed by the digit keys with the
    Thai layout on; `today` tells a year of two digits. Raises BadAnswer, about what was typed.
    """
    try:
        return _read(kind, typed, today)
    except BadAnswer as as_typed:
        # that layout types no digit: what holds one is not of it
        if any(sign in digits for sign in typed):
            raise
        try:
            return _read(kind, to_latin(typed), today)
        except BadAnswer:
            raise as_typed from None


def _read(kind: str, typed: str, today: date) -> Any:
    if kind == "count":
        # not the search fold: it would make 25 of 2.5
        bare = "".join(unicodedata.normalize("NFKC", typed).replace(",", "").split())
        if not bare.isdecimal() or len(bare) > _DIGITS:
            raise _bad("ask.bad_count")
        return int(bare)
    if kind == "number":
        bare = "".join(unicodedata.normalize("NFKC", typed).replace(",", "").split())
        if not _AMOUNT.fullmatch(bare) or len(bare) > _DIGITS:
            raise _bad("ask.bad_number")
        number = Decimal(bare)
        return int(number) if number == int(number) else float(number)
    if kind == "money":
        amount = _baht(typed)
        if amount is None:
            raise _bad("ask.bad_money")
        return amount
    if kind in ("date", "instant"):
        try:
            read = parse_date if kind == "date" else parse_moment
            return read(typed.strip(), today).isoformat()
        except DateProblem as problem:
            raise BadAnswer(problem.text) from None
    return typed.strip()
