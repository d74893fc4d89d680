"""What a supervisor's yes makes of a decision. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from deskui.desk.advicerecords import QuestionRecord
from deskui.policy.codec import plain
from deskui.policy.decision import Decision, Reason, Text
from deskui.policy.wording import value_text

OVERRIDE = "override"
"""Name of the flag, and in place of a rule's id, of a decision that a supervisor granted."""


def holds_for(
    question: QuestionRecord, product_id: int | None, service: str | None, answers: Mapping[str, Any]
) -> bool:
    """Whether what was granted was granted for this: same product and service, no answer another one."""
    said = plain(answers)
    return (
        question.state == "granted"
        and question.product_id == product_id
        and question.service == service
        and all(said.get(fact) == value for fact, value in question.facts.items())
    )


def overruled(decision: Decision, question: QuestionRecord, who: str) -> Decision:
    """The decision as it was granted: free, or for the amount that was named; nothing is used up.

    The terms' own reasons stay below the override, so that it shows what was set aside. Not even a
    supervisor's yes answers what is still to be asked.
    """
    if decision.outcome == "ask":
        return decision
    amount = question.amount
    charged = amount is not None and amount > 0
    reply = question.reply or "—"
    why = Reason(OVERRIDE, f"Q{question.question_id} · {who}", OVERRIDE, Text(reply, reply))
    figures: dict[str, Any] = {"was": decision.outcome}
    if charged:
        figures["amount"] = amount
    return replace(
        decision,
        outcome="charge" if charged else "free",
        figures=figures,
        reasons=(why, *(reason for reason in decision.reasons if reason.rule != OVERRIDE)),
        say=granted_words(question),
        flags=(OVERRIDE, *(flag for flag in decision.flags if flag != OVERRIDE)),
        needs=(),
        consumes=None,
        free_if=(),
        granted_by=None,
    )


def granted_words(question: QuestionRecord) -> Text:
    """What to say to the caller once it is granted."""
    if question.amount is None or question.amount <= 0:
        return Text(
            "หัวหน้างานอนุมัติให้แล้ว ดำเนินการให้โดยไม่มีค่าใช้จ่าย{particle}",
            "Our supervisor has approved it: we will do this free of charge.",
        )
    amount = value_text(question.amount).en
    return Text(
        f"หัวหน้างานอนุมัติให้แล้ว ค่าบริการ {amount} บาท{{particle}}",
        f"Our supervisor has approved it, for {amount} baht.",
    )
