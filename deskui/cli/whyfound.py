"""Why an example got another answer than it expects: what the answer rests on, in a line."""

from __future__ import annotations

from deskui.cli.conditiontext import joined
from deskui.policy.common import common
from deskui.policy.decision import Decision, Text
from deskui.policy.examples import Example
from deskui.policy.policy import Policy
from deskui.policy.wording import value_text


def why_found(policy: Policy, example: Example, decision: Decision) -> Text:
    """What was asked, or the rule of the answer with its words; on a holiday its name and date too."""
    if decision.needs:
        asked = joined(
            policy.questions[fact].text if fact in policy.questions else Text(fact, fact)
            for fact in decision.needs
        )
        return Text(f"ต้องรู้ก่อน: {asked.th}", f"asks first: {asked.en}")
    conventions = common().rules
    reasons = [reason for reason in decision.reasons if reason.rule not in conventions]
    told = [Text(f"{r.rule} {r.text.th}", f"{r.rule} {r.text.en}") for r in (reasons or decision.reasons)[:1]]
    day = _holiday(policy, example) if decision.figures.get("reason") == "closed" else None
    return joined([*([] if day is None else [day]), *told], "; ")


def _holiday(policy: Policy, example: Example) -> Text | None:
    """The name and date of the holiday an example is on."""
    day = example.at.astimezone(policy.zone).date()
    main = policy.main_calendar
    spec = None if main is None else policy.calendars[main]
    date = value_text(day)
    if spec is None or not policy.is_holiday(day):
        return None
    if day in spec.closed or spec.holidays is None:
        return Text(f"วันหยุดของบริษัท {date.th}", f"closed itself, {date.en}")
    found = policy.holiday_set(spec.holidays).day(day)
    return None if found is None else Text(f"{found.th} {date.th}", f"{found.en}, {date.en}")
