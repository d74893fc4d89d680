"""How a missing fact is asked for, where the vendor's policy has no words of its own for it."""

from __future__ import annotations

from dataclasses import replace

from deskui.desk.errors import NotFound
from deskui.policy.decision import Text
from deskui.policy.model import YES_NO, Question
from deskui.policy.policy import Policy

_COMMON = {
    "contract": Question(
        "contract", "yes_no", Text("มีสัญญา M/A อยู่หรือไม่", "Is there a maintenance agreement?"), YES_NO
    ),
    "contract.start": Question(
        "contract.start", "date", Text("สัญญา M/A เริ่มวันใด", "When did the agreement start?")
    ),
    "contract.end": Question(
        "contract.end", "date", Text("สัญญา M/A สิ้นสุดวันใด", "When does the agreement end?")
    ),
    "contract.paid": Question(
        "contract.paid", "yes_no", Text("ชำระค่า M/A แล้วหรือไม่", "Has the agreement been paid?"), YES_NO
    ),
    "contract.plan": Question("contract.plan", "text", Text("เป็นแผนใด", "Which plan is it?")),
    "contract.special": Question(
        "contract.special",
        "yes_no",
        Text("ซื้อบริการพิเศษไว้หรือไม่", "Was the special service bought?"),
        YES_NO,
    ),
    "machine": Question(
        "machine", "yes_no", Text("เครื่องนี้มี M/A หรือไม่", "Is this machine under maintenance?"), YES_NO
    ),
    "machine.ma": Question(
        "machine.ma", "yes_no", Text("เครื่องนี้มี M/A หรือไม่", "Is this machine under maintenance?"), YES_NO
    ),
    "purchased_on": Question(
        "purchased_on", "date", Text("ซื้อโปรแกรมเมื่อวันใด", "When was the program bought?")
    ),
    "province": Question("province", "province", Text("อยู่จังหวัดใด", "In which province?")),
    "used": Question("used", "count", Text("รอบนี้ใช้ไปแล้วกี่ครั้ง", "How many have been used in this period?")),
    "notified_at": Question("notified_at", "instant", Text("ได้รับแจ้งเมื่อใด", "When was it reported?")),
}


def no_severity(policy: Policy) -> Text:
    """That a vendor's terms promise the same whatever the severity."""
    return Text(
        f"เงื่อนไขของ {policy.short.th} ไม่แบ่งความรุนแรง", f"The terms of {policy.short.en} know no severity"
    )


def _no_question(policy: Policy, fact: str) -> Text:
    if fact == "severity":
        return no_severity(policy)
    return Text(
        f"{policy.short.th} ไม่มีคำถามสำหรับ {fact!r} ไฟล์เงื่อนไขต้องมี [question.{fact}]",
        f"{policy.short.en} has no question for {fact!r}: the policy file needs a [question.{fact}]",
    )


def question_for(policy: Policy, fact: str, service: str | None = None) -> Question:
    """The policy's own question, else a common one; raises NotFound for a fact that nobody can ask for.

    With a service it offers only the choices that are answers there.
    """
    found = policy.questions.get(fact) or _COMMON.get(fact)
    if found is None:
        raise NotFound(_no_question(policy, fact))
    if service is None or not found.choices:
        return found
    return replace(found, choices=found.answers_for(service))
