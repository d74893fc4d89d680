"""Conditions of a policy in words, with the names of facts they speak of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deskui.cli.quotelines import counted
from deskui.policy.common import common
from deskui.policy.conditions import Condition, Span, Test
from deskui.policy.decision import Text
from deskui.policy.policy import Policy
from deskui.policy.wording import answer_text, value_text


def word(name: Any) -> Text:
    """A machine word in human words; the word itself where it has none."""
    return common().word(name) or Text(str(name), str(name))


def joined(texts: Iterable[Text], by: str = ", ") -> Text:
    """Several texts as one."""
    every = list(texts)
    return Text(by.join(text.th for text in every), by.join(text.en for text in every))


def fact_name(policy: Policy, fact: str) -> Text:
    """What a fact is called: what it counts, or the question that asks for it."""
    question = policy.questions.get(fact)
    if question is not None and question.unit is not None:
        return question.unit
    head, _, counter = fact.partition(".")
    if head == "used" and counter:
        drawn = policy.counter_name(counter)
        return Text(f"ที่ใช้ไปแล้วของ {drawn.th}", f"used of {drawn.en}")
    named = common().words.get(f"figure.{fact}") or common().words.get(fact)
    if named is not None:
        return named
    return Text(fact, fact) if question is None else quoted(question.text)


def answer_to(policy: Policy, fact: str) -> Text:
    """A fact by the question that asks for it."""
    question = policy.questions.get(fact)
    if question is None:
        return _ABOUT.get(fact) or fact_name(policy, fact)
    return quoted(question.text)


def quoted(text: Text) -> Text:
    """In quotation marks."""
    return Text(f"“{text.th}”", f"“{text.en}”")


def condition_text(policy: Policy, condition: Condition) -> Text:
    """A condition in the words of its question or of the derived fact's labels."""
    fact, test = condition.fact, condition.test
    if fact.startswith("reading."):
        reading = policy.readings.get(fact.partition(".")[2])
        if reading is not None and test.any_of is not None:
            return joined(reading.options.get(str(value), value_text(value)) for value in test.any_of)
    tests = joined(_tests(policy, fact, test))
    question, derived = policy.questions.get(fact), policy.derived.get(fact)
    if derived is not None and derived.labels and (test.any_of or test.none_of):
        return tests
    if question is not None:
        return joined((question.text, tests), " ")
    return joined((_ABOUT.get(fact) or fact_name(policy, fact), tests), " ")


_ABOUT = {
    "at.weekday": Text("วันนี้เป็น", "today is"),
    "at.holiday": Text("วันนี้เป็นวันหยุด:", "today is a holiday:"),
    "at.window": Text("ขณะนี้", "now"),
    "at.date": Text("วันนี้", "today is"),
    "contract.state": Text("สัญญา", "agreement"),
    "machine.state": Text("สัญญาของเครื่อง", "the machine's agreement"),
    "used": Text("ใช้ไปแล้ว", "used"),
}


def _label(policy: Policy, fact: str, value: Any) -> Text:
    derived, question = policy.derived.get(fact), policy.questions.get(fact)
    if derived is not None and str(value) in derived.labels:
        return derived.labels[str(value)]
    return value_text(value) if question is None else answer_text(question, value)


def _tests(policy: Policy, fact: str, test: Test) -> Iterable[Text]:
    if test.any_of is not None:
        yield joined((_label(policy, fact, value) for value in test.any_of), " / ")
    if test.none_of is not None:
        names = joined((_label(policy, fact, value) for value in test.none_of), " / ")
        if test.none_of in ((True,), (False,)):
            # “not yes” is no answer that people give
            other = _label(policy, fact, not test.none_of[0])
            yield Text(f"{other.th} หรือไม่ทราบ", f"{other.en}, or nobody knows")
        else:
            yield Text(f"ไม่ใช่ {names.th}", f"not {names.en}")
    for limit, th, en in (
        (test.above, "มากกว่า", "more than"),
        (test.below, "น้อยกว่า", "less than"),
        (test.least, "ตั้งแต่", "at least"),
        (test.most, "ไม่เกิน", "at most"),
        (test.since, "ตั้งแต่", "from"),
        (test.until, "ถึง", "until"),
    ):
        if limit is not None:
            text = value_text(limit)
            yield Text(f"{th} {text.th}", f"{en} {text.en}")
    yield from _spans(test)
    for held_against, th, en in (
        (test.month_of, "เดือนเดียวกับ", "in the month of"),
        (test.later_than, "หลัง", "after"),
        (test.earlier_than, "ก่อน", "before"),
    ):
        if held_against is not None:
            asked = answer_to(policy, held_against)
            yield Text(f"{th} {asked.th}", f"{en} {asked.en}")
    if test.weekdays is not None:
        days = joined(map(word, test.weekdays), " / ")
        yield Text(f"วัน{days.th}", f"on {days.en}")
    if test.includes is not None:
        every = joined(map(word, test.includes))
        yield Text(f"มีครบ: {every.th}", f"all of: {every.en}")
    if test.differ is not None:
        what = answer_to(policy, test.differ)
        yield Text(f"ไม่เหมือนกันทุกรายการในข้อ {what.th}", f"not all alike in {what.en}")
    for given, yes, no in (
        (test.working, Text("เป็นวันทำการ", "a working day"), Text("ไม่ใช่วันทำการ", "no working day")),
        (test.known, Text("ทราบ", "known"), Text("ไม่มีผู้ใดทราบ", "nobody knows")),
        (test.whole, Text("จำนวนเต็ม", "a whole number"), Text("มีเศษ", "with a fraction")),
        (test.future, Text("ยังไม่ถึง", "still to come"), Text("ถึงแล้ว", "today or past")),
    ):
        if given is not None:
            yield yes if given else no


def _spans(test: Test) -> Iterable[Text]:
    if test.within is not None:
        text = span_text(test.within)
        yield Text(f"ไม่เกิน {text.th}ที่แล้ว", f"at most {text.en} ago")
    if test.past is not None:
        text = span_text(test.past)
        yield Text(f"เกิน {text.th}ที่แล้ว", f"more than {text.en} ago")


def span_text(span: Span) -> Text:
    """A period such as 12 months."""
    parts = (
        (span.years, Text("ปี", "years")),
        (span.months, Text("เดือน", "months")),
        (span.days, Text("วัน", "days")),
    )
    said = [counted(Text(str(number), str(number)), unit) for number, unit in parts if number]
    return joined(said, " ") if said else Text("0 วัน", "0 days")
