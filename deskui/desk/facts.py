"""The facts of a request: what is on file about the customer, with what the caller answered on top.

What is not on file is absent, so that the decision asks for it; what somebody looked for in vain is on
file as "not_recorded". The register of agreements is complete: a product without one is known to have
none. All values are as JSON has them; `read` types them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import Any

from deskui.dataclass import dataclass
from deskui.desk.errors import Refused
from deskui.desk.model import Call, ContractState
from deskui.desk.records import (
    ContractRecord,
    CustomerRecord,
    MachineRecord,
    ProductRecord,
    UsageRecord,
)
from deskui.policy.codec import plain
from deskui.policy.decision import Text
from deskui.policy.facts import FactProblem, read_facts
from deskui.policy.policy import Policy
from deskui.policy.vocabulary import NOT_RECORDED
from deskui.worktime import last_day

MACHINE = "machine_id"
"""The answer that says which machine a call is about."""


@dataclass(frozen=True)
class OnFile:
    """Everything on file about one product of a customer."""

    customer: CustomerRecord
    product: ProductRecord
    contracts: Sequence[ContractRecord] = ()
    machines: Sequence[MachineRecord] = ()
    usage: Sequence[UsageRecord] = ()
    used_dates: Mapping[str, Sequence[date]] = field(default_factory=dict)
    """By counter; worked out from `usage` when empty."""


def contract_state(contract: ContractRecord | None, day: date) -> ContractState:
    """Standing of an agreement on a day; without dates it is in force."""
    if contract is None:
        return ContractState.NONE
    if contract.start is not None and contract.start > day:
        return ContractState.UPCOMING
    if contract.end is not None and contract.end < day:
        return ContractState.ENDED
    return ContractState.SUSPENDED if contract.suspended else ContractState.ACTIVE


def contract_of(contracts: Sequence[ContractRecord], day: date) -> ContractRecord | None:
    """The agreement that speaks for the day: in force, else the one ended last, else the next to come."""
    in_force = [
        c for c in contracts if contract_state(c, day) in (ContractState.ACTIVE, ContractState.SUSPENDED)
    ]
    if in_force:
        # where two overlap, the one that started last was signed in the knowledge of the other
        return max(in_force, key=lambda c: (c.start or date.min, c.contract_id))
    ended = [c for c in contracts if contract_state(c, day) is ContractState.ENDED]
    if ended:
        return max(ended, key=lambda c: (c.end or date.min, c.contract_id))
    return min(contracts, key=lambda c: (c.start or date.min, c.contract_id), default=None)


def last_ended(contracts: Sequence[ContractRecord], day: date) -> ContractRecord | None:
    """The agreement that ended last before the day."""
    ended = [c for c in contracts if c.end is not None and c.end < day]
    return max(ended, key=lambda c: (c.end or date.min, c.contract_id), default=None)


def used_dates(entries: Sequence[UsageRecord]) -> dict[str, list[date]]:
    """One date per unit in use, by counter. A refund takes back its own day's units, else the period's
    latest.
    """
    found: dict[str, list[tuple[date, tuple[date | None, date | None]]]] = defaultdict(list)
    for entry in entries:
        units = found[entry.counter]
        period = (entry.period_start, entry.period_end)
        units.extend([(entry.on, period)] * max(0, entry.units))
        for _ in range(-entry.units):
            of_day = [unit for unit in units if unit == (entry.on, period)]
            of_period = [unit for unit in units if unit[1] == period]
            if of_day or of_period:
                units.remove((of_day or sorted(of_period, key=lambda unit: unit[0]))[-1])
    return {counter: sorted(day for day, _ in units) for counter, units in found.items()}


def on_file(record: OnFile, day: date) -> dict[str, Any]:
    """The facts on file on a day of the policy's zone, as JSON values."""
    facts: dict[str, Any] = {"contract": _contract(contract_of(record.contracts, day))}
    if record.customer.province is not None:
        facts["province"] = record.customer.province
    if record.product.purchased_on is not None:
        facts["purchased_on"] = record.product.purchased_on.isoformat()
    before = last_ended(record.contracts, day)
    facts["last_ma_end"] = before.end.isoformat() if before is not None and before.end is not None else None
    if record.machines:
        facts["customer_machines"] = len(record.machines)
        if all(machine.ma is not None for machine in record.machines):
            facts["customer_ma_machines"] = sum(1 for machine in record.machines if under_ma(machine, day))
        if len(record.machines) == 1:
            facts["machine"] = _machine(record.machines[0])
    facts["usage"] = {
        counter: [used.isoformat() for used in days]
        for counter, days in (record.used_dates or used_dates(record.usage)).items()
    }
    return {**facts, **record.customer.facts, **record.product.facts}


def _contract(contract: ContractRecord | None) -> dict[str, Any] | None:
    if contract is None:
        return None
    held = {
        "start": contract.start and contract.start.isoformat(),
        "end": contract.end and contract.end.isoformat(),
        "plan": contract.plan,
        "paid": contract.paid,
        "special": contract.special,
        "package": contract.package,
        "own_terms": contract.own_terms,
        "suspended": contract.suspended,
    }
    return {name: value for name, value in held.items() if value is not None}


def under_ma(machine: MachineRecord, day: date) -> bool:
    """Whether a machine is under maintenance on a day."""
    started = machine.ma_start is None or machine.ma_start <= day
    return bool(machine.ma) and started and (machine.ma_end is None or day <= machine.ma_end)


def _machine(machine: MachineRecord) -> dict[str, Any]:
    shape: dict[str, Any] = {"ma": NOT_RECORDED if machine.ma is None else machine.ma}
    if machine.ma_start is not None:
        shape["ma_start"] = machine.ma_start.isoformat()
    if machine.ma_end is not None:
        shape["ma_end"] = machine.ma_end.isoformat()
    return shape


def filed_for(record: OnFile, call: Call, day: date) -> dict[str, Any]:
    """The facts on file as JSON values, with the machine that the call is about."""
    facts = on_file(record, day)
    chosen = next((m for m in record.machines if m.machine_id == call.answers.get(MACHINE)), None)
    if chosen is not None:
        facts["machine"] = _machine(chosen)
    return facts


def facts_of(record: OnFile, call: Call, day: date, at: datetime) -> dict[str, Any]:
    """The facts of a call as JSON values: the file's, the call's channel and time, and the answers on top.

    Which answers may say something about what is on file is not asked here: see `contradictions`.
    """
    facts = filed_for(record, call, day)
    facts["channel"] = call.channel
    # the call is the notice, from its first second
    facts["notified_at"] = (call.started_at or at).isoformat()
    for name, value in call.answers.items():
        if name != MACHINE:
            put_answer(facts, name, plain(value))
    return facts


def desk_knows(
    policy: Policy, needed: Container[str], covered: Callable[[], frozenset[str]]
) -> dict[str, Any]:
    """Those of the facts needed that the desk's own queue tells; `covered` are vendors with a covered ticket
    open.
    """
    told = [
        fact for fact, question in policy.questions.items() if question.desk is not None and fact in needed
    ]
    return dict.fromkeys(told, policy.id in covered()) if told else {}


def put_answer(facts: dict[str, Any], name: str, value: Any) -> None:
    """One answer; a dotted one goes into its record, yes and no about a record say whether there is one."""
    head, _, rest = name.partition(".")
    if rest:
        inner = facts.get(head)
        facts[head] = {**(inner if isinstance(inner, Mapping) else {}), rest: value}
    elif name in ("contract", "machine") and isinstance(value, bool):
        held = facts.get(name)
        kept = held if isinstance(held, Mapping) else {"ma": True} if name == "machine" else {}
        facts[name] = kept if value else None
    else:
        facts[name] = value


def read(policy: Policy, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts typed for `decide`. Raises Refused saying which one cannot be read."""
    plain_usage = facts.get("usage", {})
    try:
        typed = read_facts(policy, {name: value for name, value in facts.items() if name != "usage"})
    except FactProblem as problem:
        words = "; ".join(f"{_label(policy, key).en}: {said.text.en}" for key, said in problem.problems)
        thai = "; ".join(f"{_label(policy, key).th}: {said.text.th}" for key, said in problem.problems)
        raise Refused(
            Text(f"อ่านข้อมูลนี้ไม่ได้ แก้แล้วลองใหม่: {thai}", f"This cannot be read, correct it: {words}")
        ) from problem
    typed["usage"] = {name: [date.fromisoformat(day) for day in days] for name, days in plain_usage.items()}
    return typed


def _label(policy: Policy, fact: str) -> Text:
    question = policy.questions.get(fact)
    return question.text if question else Text(fact, fact)


def is_covered(facts: Mapping[str, Any], day: date) -> bool:
    """Whether a request is under an agreement or in warranty: the others are served last.

    `facts` are typed. The warranty is what the record says, else the first year from the purchase (X-06).
    """
    if facts.get("in_warranty") is True:
        return True
    contract = facts.get("contract")
    if isinstance(contract, Mapping) and not contract.get("suspended"):
        start, end = contract.get("start"), contract.get("end")
        begun = not isinstance(start, date) or start <= day
        if begun and (not isinstance(end, date) or day <= end):
            return True
    bought = facts.get("purchased_on")
    return isinstance(bought, date) and bought <= day <= last_day(bought, years=1)
