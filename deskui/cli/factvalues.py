"""Facts as typed on a command line or in a table: read by the question the vendor asks them with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.policy.model import Question
    from deskui.policy.policy import Policy

_UNASKED = ("usage_dates", "machine_id", "last_ma_end", "in_warranty", "channel", "notified_at")
"""Facts that the desk reads and that a vendor need not have a question for."""
_RECORDS = ("contract.", "machine.")
_YES = frozenset(("yes", "y", "true", "1", "ใช่", "มี"))
_NO = frozenset(("no", "n", "false", "0", "ไม่ใช่", "ไม่มี", "ไม่"))


class Unfit(ValueError):
    """A value that does not fit; `text` says why in both languages, the error itself in English."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def reason(error: Exception) -> Text:
    """Why something could not be read, in both languages where it is said in both."""
    text = getattr(getattr(error, "said", error), "text", None)
    return text if isinstance(text, Text) else Text(str(error), str(error))


def yes_no(text: str) -> bool:
    """Yes or no, in either language. Raises ValueError."""
    word = text.strip().casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise Unfit(Text(f"พบ {text!r} ต้องเป็น yes หรือ no", f"found {text!r}, expected yes or no"))


def question_of(policy: Policy, fact: str, service: str | None = None) -> Question | None:
    """How a fact is asked for, by a service where one is named; None for one that is read but never asked.

    Raises ValueError.
    """
    from deskui.desk.errors import NotFound  # noqa: PLC0415 - help needs no questions
    from deskui.desk.questions import question_for  # noqa: PLC0415 - the same

    try:
        return question_for(policy, fact, service)
    except NotFound:
        if fact in _UNASKED or fact.startswith(_RECORDS):
            return None
    known = ", ".join(sorted(policy.questions))
    raise Unfit(
        Text(
            f"{policy.id} ไม่ถามข้อมูล {fact!r} ที่ถามคือ {known}",
            f"{policy.id} asks for no fact {fact!r}; it asks for: {known}",
        )
    )


def fact_value(policy: Policy, fact: str, text: str, service: str | None = None) -> Any:
    """The value of a fact as JSON has it. Raises ValueError for an unknown fact or an unreadable value.

    `not_recorded` and `null` stand for themselves; a choice may be typed in any case, and of a service only
    one of its own.
    """
    from deskui.policy.facts import FactProblem, read_facts  # noqa: PLC0415 - help needs no facts
    from deskui.policy.vocabulary import NOT_RECORDED  # noqa: PLC0415 - the same

    question = question_of(policy, fact, service)
    if text in (NOT_RECORDED, "null"):
        return None if text == "null" else text
    value = _typed(question, text)
    if "." not in fact and not isinstance(value, bool):
        try:
            read_facts(policy, {fact: value})
        except FactProblem as problem:
            raise Unfit(problem.problems[0][1].text) from problem
    return value


def _typed(question: Question | None, text: str) -> Any:
    if question is None:
        return _plain(text)
    if question.kind == "yes_no":
        return yes_no(text)
    if question.kind == "choice" and question.choices:
        for choice in question.choices:
            if str(choice.value).casefold() == text.strip().casefold():
                return choice.value
        known = ", ".join(options(question))
        raise Unfit(
            Text(f"พบ {text!r} ต้องเป็นอย่างหนึ่งใน: {known}", f"found {text!r}, expected one of: {known}")
        )
    return text if question.kind in ("text", "date", "instant", "province") else _plain(text)


def _plain(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def options(question: Question) -> list[str]:
    """What may be typed to answer a yes/no question or a choice; empty for any other."""
    if question.kind == "yes_no":
        return ["yes", "no"]
    return [str(choice.value) for choice in question.choices]
