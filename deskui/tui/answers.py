"""Reading what an agent typed as the answer to a question. Pure."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from deskui.desk.fold import fold
from deskui.policy.decision import Text
from deskui.tui.dates import DateProblem, parse_date
from deskui.tui.messages import LANGUAGES, Say

__all__ = ["BadAnswer", "read_answer"]


class BadAnswer(ValueError):
    """What was typed is not an answer to this kind of question."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
        """What was expected, in words for people."""


def _bad(key: str) -> BadAnswer:
    return BadAnswer(Text(*(Say(language)(key) for language in LANGUAGES)))


def read_answer(kind: str, typed: str) -> Any:
    """The fact's value: int for a count, Decimal baht for money, a date in ISO for a date, else the text.

    Thai digits, thousands separators and both eras are read. Raises BadAnswer.
    """
    text = fold(typed)
    if kind == "count":
        if not text.isdecimal():
            raise _bad("ask.bad_count")
        return int(text)
    if kind == "money":
        try:
            amount = Decimal(text.replace(",", ""))
        except InvalidOperation:
            raise _bad("ask.bad_money") from None
        if not amount.is_finite() or amount < 0:
            raise _bad("ask.bad_money")
        return amount
    if kind in ("date", "instant"):
        try:
            return parse_date(typed.strip()).isoformat()
        except DateProblem as problem:
            raise BadAnswer(problem.text) from None
    return typed.strip()
