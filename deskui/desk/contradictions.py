"""What an answer may not say: something other than what is on file.

An answer fills in what nobody wrote down. What is written down is changed in the record, not on a call.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from deskui.desk.errors import NotFound, Refused
from deskui.desk.facts import MACHINE, put_answer
from deskui.desk.questions import question_for
from deskui.policy.codec import plain
from deskui.policy.context import Absent, Context, Unrecorded
from deskui.policy.decision import Text
from deskui.policy.facts import FactProblem, read_facts
from deskui.policy.policy import Policy, Service
from deskui.policy.vocabulary import NOT_RECORDED

_OF_THE_CALL = frozenset({MACHINE, "channel", "notified_at"})
"""What the call itself says: which machine it is about, how it came in, when it was noticed."""
_LEDGER = frozenset({"used", "usage", "usage_dates"})

_NONE = Text("ไม่มี", "none")
_YES_NO = {True: Text("ใช่", "yes"), False: Text("ไม่ใช่", "no")}


def refuse_contradictions(
    policy: Policy, service: Service, filed: Mapping[str, Any], answers: Mapping[str, Any], at: datetime
) -> None:
    """Raises Refused for the first answer that says something else than what is on file.

    `filed` and `answers` are facts as JSON has them. What is absent or "not_recorded" may be answered, the
    same value may be said again, and what was used is never an answer while the desk keeps the ledger.
    Values that cannot be read are left to `facts.read`.
    """
    for name, value in answers.items():
        head = name.partition(".")[0]
        if name in _OF_THE_CALL:
            continue
        if "usage" in filed and (head in _LEDGER or name in _counts(policy, service)):
            raise _stands(policy, name, name, _used(policy, service, filed, at))
        if head not in filed:
            continue
        said = dict(filed)
        put_answer(said, name, plain(value))
        found = _contradicted(policy, head, filed[head], said[head])
        if found is not None:
            raise _stands(policy, name, *found)


def _counts(policy: Policy, service: Service) -> frozenset[str]:
    """Facts that would say in place of the ledger what was used."""
    quotas = (row.quota for row in (*policy.before, *service.rows) if row.quota is not None)
    return frozenset(quota.used for quota in quotas if isinstance(quota.used, str))


def _contradicted(policy: Policy, name: str, filed: Any, said: Any) -> tuple[str, Text] | None:
    """The fact that is said to be another than the known one on file, with that one in words."""
    try:
        was, becomes = (read_facts(policy, {name: value})[name] for value in (filed, said))
    except FactProblem:
        return None
    if not isinstance(was, Mapping):
        return None if was in (NOT_RECORDED, becomes) else (name, _words(was))
    known = {key: value for key, value in was.items() if value is not None and value != NOT_RECORDED}
    if not isinstance(becomes, Mapping):
        return (name, _words(known)) if known else None
    for key, value in known.items():
        # what is left out of a record is as good as "no"
        if becomes.get(key, False) != value:
            return f"{name}.{key}", _words(value)
    return None


def _used(policy: Policy, service: Service, filed: Mapping[str, Any], at: datetime) -> Text:
    """What the ledger says of the service, in this period where that can be told."""
    try:
        typed = read_facts(
            policy, {name: filed[name] for name in ("contract", "purchased_on") if name in filed}
        )
        typed["usage"] = {
            counter: [date.fromisoformat(day) for day in days] for counter, days in filed["usage"].items()
        }
        count = Context(policy, service, at.astimezone(policy.zone), typed).used(service.counter)
    except (Absent, Unrecorded, FactProblem):
        count = len(filed["usage"].get(service.counter, ()))
    return Text(f"ใช้ไป {count}", f"{count} used")


def _words(value: Any) -> Text:
    if value is None or value == ():
        return _NONE
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, Mapping):
        parts = [(key, _words(item)) for key, item in value.items()]
        return Text(
            ", ".join(f"{key} {part.th}" for key, part in parts),
            ", ".join(f"{key} {part.en}" for key, part in parts),
        )
    if isinstance(value, tuple | list):
        return Text(*(", ".join(str(plain(item)) for item in value),) * 2)
    return Text(*(str(plain(value)),) * 2)


def _stands(policy: Policy, answered: str, name: str, filed: Text) -> Refused:
    """The refusal of an answer because of the fact `name`."""
    try:
        label = question_for(policy, name).text
    except NotFound:
        label = Text(name, name)
    return Refused(
        Text(
            f"{label.th} ({answered}): ในระบบบันทึกไว้ว่า {filed.th} คำตอบในสายเปลี่ยนไม่ได้ "
            "ลบคำตอบนี้ออก ถ้าข้อมูลผิดให้แก้ในทะเบียนลูกค้าก่อน หรือถามหัวหน้า",
            f"{label.en} ({answered}): on file is {filed.en}, and an answer cannot change that. Take the "
            "answer back; if the record is wrong, have it corrected first, or ask the supervisor",
        )
    )
