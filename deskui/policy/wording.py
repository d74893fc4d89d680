"""Puts a decision into words: reasons, what failed, what would make it free, what to say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from deskui.policy.common import common
from deskui.policy.conditions import Condition
from deskui.policy.context import Absent, Context, Unrecorded
from deskui.policy.decision import Decision, Reason, Text
from deskui.policy.facts import BUDDHIST_ERA
from deskui.policy.policy import Policy, Service
from deskui.policy.vocabulary import INCLUDED_OUTCOMES

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_MONTHS_TH = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
_MONTHS_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS_TH = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]
_DAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def reasons(policy: Policy, rules: Iterable[str]) -> tuple[Reason, ...]:
    """The reasons for rule ids, each once, in order; conventions (X-…) come from the shared file."""
    found: dict[str, Reason] = {}
    for identity in rules:
        rule = policy.rules.get(identity) or common().rules[identity]
        found.setdefault(identity, Reason(rule.id, rule.clause, rule.basis, rule.text, rule.other))
    return tuple(found.values())


def condition_failed(condition: Condition, context: Context) -> Text:
    """Why a row did not match, in words: what was found and what it asks for."""
    policy = context.policy
    derived = policy.derived.get(condition.fact)
    question = policy.questions.get(condition.fact)
    try:
        found = context.raw(condition.fact)
    except Absent:
        found = None
    if derived is not None and condition.test.any_of:
        wanted = [_label(derived.labels, value) for value in condition.test.any_of]
        is_now = _label(derived.labels, found)
        return Text(
            f"ต้องเป็น {' / '.join(t.th for t in wanted)} (ตอนนี้ {is_now.th})",
            f"needs {' / '.join(t.en for t in wanted)} (is {is_now.en})",
        )
    if question is not None:
        answer = value_text(found)
        return Text(f"{question.text.th} — {answer.th}", f"{question.text.en} — {answer.en}")
    return Text(f"ไม่ตรงเงื่อนไข {condition.words}", f"needs {condition.words}, is {value_text(found).en}")


def _label(labels: Mapping[str, Text], value: Any) -> Text:
    return labels.get(str(value), value_text(value))


def free_if(service: Service, context: Context) -> tuple[Text, ...]:
    """What would make it free or included: the first condition that failed in each row that gives it."""
    found: dict[str, Text] = {}
    for row in service.rows:
        if row.then not in INCLUDED_OUTCOMES or not row.in_force(context.day):
            continue
        for condition in row.when:
            try:
                if condition.holds(context):
                    continue
            except (Absent, Unrecorded):
                continue
            text = _would_do(condition, context)
            if text is not None:
                found.setdefault(text.en, text)
            break
    return tuple(found.values())


def _would_do(condition: Condition, context: Context) -> Text | None:
    """Words for a condition that could be brought about, such as buying an agreement."""
    derived = context.policy.derived.get(condition.fact)
    if derived is not None and condition.test.any_of:
        wanted = [_label(derived.labels, value) for value in condition.test.any_of]
        return Text(
            f"ถ้าเป็น {' / '.join(t.th for t in wanted)}",
            f"if it were {' / '.join(t.en for t in wanted)}",
        )
    question = context.policy.questions.get(condition.fact)
    if question is not None and condition.test.any_of:
        answers = [value_text(value) for value in condition.test.any_of]
        return Text(
            f"ถ้า “{question.text.th}” ตอบว่า {' / '.join(t.th for t in answers)}",
            f"if “{question.text.en}” were {' / '.join(t.en for t in answers)}",
        )
    return None


def granted_by(decision: Decision) -> Text | None:
    """Who may grant it all the same; nobody when the row says that not even a supervisor may."""
    words = common().words
    if decision.outcome in INCLUDED_OUTCOMES or decision.figures.get("supervisor_may_override") is False:
        return None
    refer_to = decision.figures.get("refer_to")
    if decision.outcome == "quote" and refer_to in words:
        return words[str(refer_to)]
    return words["supervisor"]


def say(policy: Policy, service: Service, decision: Decision, own: Text | None) -> Text:
    """What to say to the caller; Thai words keep `{particle}` for the agent's own."""
    figures = {**decision.figures, "service": service.name}
    if "quota" in figures and "remaining_before" in figures:
        taken = figures["remaining_before"] - figures["remaining_after"]
        figures["nth"] = figures["quota"] - figures["remaining_before"] + max(taken, 1)
    if decision.needs:
        question = policy.questions.get(decision.needs[0])
        figures["question"] = question.text if question else Text(decision.needs[0], decision.needs[0])
    templates = common().say
    reason = f"{decision.outcome}.{figures.get('reason')}"
    for template in (own, service.say, templates.get(reason), templates.get(decision.outcome)):
        filled = None if template is None else _fill(template, figures)
        if filled is not None:
            return filled
    return templates.get(f"{decision.outcome}.short") or templates["unknown.short"]


def _fill(template: Text, figures: Mapping[str, Any]) -> Text | None:
    """The template with its figures, or None when it names one that the decision lacks."""
    names = set(_PLACEHOLDER.findall(template.th + template.en)) - {"particle"}
    if any(figures.get(name) is None for name in names):
        return None
    shown = {name: _spoken(figures[name]) for name in names}
    return Text(
        _PLACEHOLDER.sub(lambda m: shown[m[1]].th if m[1] in shown else m[0], template.th),
        _PLACEHOLDER.sub(lambda m: shown[m[1]].en if m[1] in shown else m[0], template.en),
    )


def _spoken(value: Any) -> Text:
    if isinstance(value, str):
        return common().words.get(value, Text(value, value))
    return value_text(value)


def value_text(value: Any) -> Text:
    """A fact or figure in words: dates in the Buddhist era in Thai, money with thousands."""
    if isinstance(value, Text):
        return value
    if value is None:
        return Text("ไม่มี", "none")
    if isinstance(value, bool):
        return Text("ใช่", "yes") if value else Text("ไม่ใช่", "no")
    if isinstance(value, datetime):
        day = value_text(value.date())
        return Text(
            f"วัน{_DAYS_TH[value.weekday()]}ที่ {day.th} เวลา {value:%H:%M} น.",
            f"{_DAYS_EN[value.weekday()]} {day.en} at {value:%H:%M}",
        )
    if isinstance(value, date):
        return Text(
            f"{value.day} {_MONTHS_TH[value.month - 1]} {value.year + BUDDHIST_ERA}",
            f"{value.day} {_MONTHS_EN[value.month - 1]} {value.year}",
        )
    if isinstance(value, Decimal | float):
        number = Decimal(str(value))
        text = f"{number:,.0f}" if number == number.to_integral() else f"{number:,.2f}"
        return Text(text, text)
    if isinstance(value, int):
        return Text(f"{value:,}", f"{value:,}")
    if isinstance(value, list | tuple):
        parts = [_spoken(item) for item in value]
        return Text(", ".join(part.th for part in parts), ", ".join(part.en for part in parts))
    word = common().words.get(str(value))
    return word if word is not None else Text(str(value), str(value))
