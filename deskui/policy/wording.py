"""Puts a decision into words: reasons, what failed, what would make it free, what to say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from deskui.policy.common import common
from deskui.policy.conditions import Condition
from deskui.policy.context import Absent, Context, Unrecorded
from deskui.policy.decision import Decision, Reason, Text
from deskui.policy.model import Question, Reading, Settled
from deskui.policy.policy import Policy, Service
from deskui.policy.vocabulary import INCLUDED_OUTCOMES, MONEY_OUTCOMES
from deskui.policy.years import BUDDHIST_ERA

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_MONTHS_TH = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
_MONTHS_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MONTHS_TH_ALOUD = [
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
]
_MONTHS_EN_ALOUD = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_DAYS_TH = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]
_DAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def reasons(
    policy: Policy,
    rules: Iterable[str],
    settled: Mapping[str, str] | None = None,
    bearing: Collection[str] = (),
    own: Mapping[str, Reason] | None = None,
) -> tuple[Reason, ...]:
    """The reasons for rule ids, each once, in order; conventions (X-…) come from the shared file.

    `settled` are the readings a supervisor chose, `bearing` those that the answer hangs on though their rule
    is explicit, `own` the reasons that a customer's own contract gives, by id.
    """
    found: dict[str, Reason] = {}
    for identity in rules:
        if identity in found:
            continue
        if own is not None and identity in own:
            found[identity] = own[identity]
            continue
        rule = policy.rules.get(identity) or common().rules[identity]
        plain = Reason(rule.id, rule.clause, rule.basis, rule.text)
        open_to_doubt = rule.basis == "interpretation"
        of_rule = policy.readings_of.get(identity, ())
        readings = [each for each in of_rule if open_to_doubt or each.name in bearing]
        found[identity] = _read(plain, readings, settled or {}) if readings else plain
    return tuple(found.values())


def _read(reason: Reason, readings: Sequence[Reading], settled: Mapping[str, str]) -> Reason:
    """The reason with the readings of its rule: those that are open, or who settled them."""
    still_open = [each for each in readings if each.name not in settled]
    told = [reason.text]
    told += [_settled(each, settled[each.name]) for each in readings if each.name in settled]
    basis = reason.basis
    if not still_open:
        # where the other reading was chosen, the words of the rule are no longer what holds
        kept = all(settled[each.name] == each.default for each in readings)
        told, basis = (told if kept else told[1:]), "settled"
    others = [each.options[name] for each in still_open for name in each.others(each.default)]
    other = None
    if others:
        both = _joined(others)
        other = Text(f"อ่านอีกแบบ: {both.th}", f"Other reading: {both.en}")
    return replace(reason, basis=basis, text=_joined(told), other=other)


def _settled(reading: Reading, option: str) -> Text:
    by = option if isinstance(option, Settled) else Settled(option)
    said = reading.options[str(option)]
    day = Text("", "") if by.on is None else value_text(by.on)
    who = Text(f"หัวหน้าตัดสิน {by.by} {day.th}", f"settled {by.by} {day.en}")
    return Text(f"{said.th} ({' '.join(who.th.split())})", f"{said.en} ({' '.join(who.en.split())})")


def _joined(texts: Sequence[Text]) -> Text:
    return Text(" · ".join(text.th for text in texts), " · ".join(text.en for text in texts))


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
        answer = answer_text(question, found)
        if condition.test.any_of:
            wanted = [answer_text(question, value) for value in condition.test.any_of]
            return Text(
                f"ต้องตอบ {' / '.join(t.th for t in wanted)} (ตอบ {answer.th}): “{question.text.th}”",
                f"needs {' / '.join(t.en for t in wanted)} (is {answer.en}): “{question.text.en}”",
            )
        return Text(
            f"คำตอบ {answer.th} ไม่เข้าเงื่อนไข: “{question.text.th}”",
            f"{answer.en} does not fit: “{question.text.en}”",
        )
    return Text(f"ไม่ตรงเงื่อนไข {condition.words}", f"needs {condition.words}, is {value_text(found).en}")


def answer_text(question: Question, value: Any) -> Text:
    """A value as the choice that gives it, a province by its name, else as it is."""
    named = next((choice.text for choice in question.choices if choice.value == value), None)
    if named is None and question.kind == "province":
        named = common().province(str(value))
    return value_text(value) if named is None else named


def _label(labels: Mapping[str, Text], value: Any) -> Text:
    return labels.get(str(value), value_text(value))


def free_if(service: Service, context: Context, decision: Decision) -> tuple[Text, ...]:
    """What would make it free or included, where the caller can bring that about."""
    if decision.figures.get("reason") in ("restricted_day", "closed", "lapsed_5_years"):
        return ()
    found: list[Text] = []
    prerequisite = common().word(decision.figures.get("prerequisite"))
    if prerequisite is not None:
        found.append(Text(f"เมื่อมี{prerequisite.th}พร้อม", f"once there is: {prerequisite.en}"))
    period = context.period()
    if decision.figures.get("over_quota") and period is not None:
        renewed = value_text(period[1] + timedelta(days=1))
        found.append(Text(f"สิทธิ์รอบใหม่เริ่ม {renewed.th}", f"the quota starts anew on {renewed.en}"))
    for row in service.rows:
        if row.then in INCLUDED_OUTCOMES and row.in_force(context.day):
            text = _attainable(row.when, context)
            if text is not None and text not in found:
                found.append(text)
    return tuple(found)


def _attainable(when: Iterable[Condition], context: Context) -> Text | None:
    """Words for the one condition that fails, when the caller could bring it about; else None."""
    text: Text | None = None
    for condition in when:
        try:
            if condition.holds(context):
                continue
        except (Absent, Unrecorded):
            continue
        derived = context.policy.derived.get(condition.fact)
        wanted = (
            [] if derived is None else [v for v in condition.test.any_of or () if v in derived.attainable]
        )
        if derived is None or not wanted:
            return None
        labels = [_label(derived.labels, value) for value in wanted]
        text = Text(
            f"ถ้ามี {' / '.join(label.th for label in labels)}",
            f"with {' / '.join(label.en for label in labels)}",
        )
    return text


def granted_by(decision: Decision) -> Text | None:
    """Who may grant it all the same; nobody when the row says that not even a supervisor may."""
    if decision.figures.get("supervisor_may_override") is False:
        return None
    refer_to = common().word(decision.figures.get("refer_to")) if decision.outcome == "quote" else None
    return refer_to or common().words["supervisor"]


def say(policy: Policy, service: Service, decision: Decision, own: Text | None) -> Text:
    """What to say to the caller; Thai words keep `{particle}` for the agent's own."""
    figures = {**decision.figures, "service": service.name}
    if "quota" in figures and "remaining_before" in figures:
        taken = figures["remaining_before"] - figures["remaining_after"]
        figures["units_taken"] = taken
        figures["nth"] = figures["quota"] - figures["remaining_before"] + max(taken, 1)
        figures["unit"] = _unit(policy, service)
    if decision.needs:
        need = decision.needs[0]
        # of an item of a list, such as lines.years, the question of its own name
        question = policy.questions.get(need) or policy.questions.get(need.rpartition(".")[2])
        figures["question"] = question.text if question else Text(need, need)
    templates = common().say
    for template in (own, service.say, *(templates.get(name) for name in _occasions(decision))):
        filled = None if template is None else _fill(template, figures)
        if template is not None and filled is not None:
            return _and_also(filled, template, decision.outcome, figures)
    return templates.get(f"{decision.outcome}.short") or templates["unknown.short"]


def put_off(decision: Decision, later: Decision) -> Decision:
    """A deferral with what the terms answer once it is taken up: nobody is told to wait for a refusal."""
    told = replace(decision, later=later)
    if later.outcome != "unavailable":
        return told
    first = common().say["defer.refused"]
    return replace(told, say=Text(f"{first.th} {later.say.th}", f"{first.en} {later.say.en}"))


ALSO = {
    "total": MONEY_OUTCOMES,
    "overtime_amount": INCLUDED_OUTCOMES,
    "extras": MONEY_OUTCOMES | INCLUDED_OUTCOMES,
    "callback_by": MONEY_OUTCOMES | INCLUDED_OUTCOMES,
    "result_by": MONEY_OUTCOMES | INCLUDED_OUTCOMES,
}
"""Costs and promised times of which more is said, as `also.FIGURE`, with the outcomes they go with."""


def _and_also(said: Text, template: Text, outcome: str, figures: Mapping[str, Any]) -> Text:
    """What is said, and a sentence for each further cost or time that it does not name."""
    for name, outcomes in ALSO.items():
        more = common().say.get(f"also.{name}")
        named = f"{{{name}}}" in template.th
        if more is None or named or outcome not in outcomes or not figures.get(name):
            continue
        if name == "total" and figures["total"] == figures["amount"]:
            continue
        added = _fill(more, figures)
        said = said if added is None else Text(f"{said.th} {added.th}", f"{said.en} {added.en}")
    return said


OCCASIONS = (
    "over_quota_minimum",
    "over_quota",
    "overflow",
    "unpriced",
    "several",
    "minimum",
    "range",
    "closed",
    "breached",
    "not_stated",
)
"""Circumstances of an outcome that have words to say of their own, as `OUTCOME.OCCASION`."""


def _occasions(decision: Decision) -> tuple[str, ...]:
    """Names of the templates that fit, the most telling first."""
    outcome, figures = decision.outcome, decision.figures
    hint = figures.get("hint") or {}
    holds = (
        figures.get("over_quota") and figures.get("amount_is_minimum"),
        figures.get("over_quota"),
        "overflow_amount_from" in figures,
        "overflow_units" in figures,
        figures.get("remaining_before", 0) - figures.get("remaining_after", 0) > 1,
        figures.get("amount_is_minimum"),
        "amount_min" in figures,
        hint.get("likely") == "closed" or figures.get("channel_open") is False,
        figures.get("state") == "breached",
        hint.get("ask") == "not_stated",
    )
    named = [f"{outcome}.{name}" for name, it_does in zip(OCCASIONS, holds, strict=True) if it_does]
    return (f"{outcome}.{figures.get('reason')}", *named, outcome)


def _unit(policy: Policy, service: Service) -> Text:
    """What the service's counter counts: the unit of the fact that says how many, else times."""
    for row in service.rows:
        fact = getattr(row.quota.units, "fact", None) if row.quota is not None else None
        question = policy.questions.get(fact) if fact is not None else None
        if question is not None and question.unit is not None:
            return question.unit
    return common().words["times"]


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
        return common().word(value) or Text(value, value)
    return read_aloud(value)


def read_aloud(value: Any) -> Text:
    """A fact or figure as an agent reads it to a caller: the weekday, and months by their whole names.

    Money stays in digits: they are read faster than words, and nobody misreads a comma.
    """
    if isinstance(value, datetime):
        day = read_aloud(value.date())
        return Text(f"{day.th} เวลา {value:%H:%M} น.", f"{day.en} at {value:%H:%M}")
    if isinstance(value, date):
        return Text(
            f"วัน{_DAYS_TH[value.weekday()]}ที่ {value.day} {_MONTHS_TH_ALOUD[value.month - 1]} "
            f"{value.year + BUDDHIST_ERA}",
            f"{_DAYS_EN[value.weekday()]} {value.day} {_MONTHS_EN_ALOUD[value.month - 1]} {value.year}",
        )
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
    return common().word(value) or Text(str(value), str(value))
