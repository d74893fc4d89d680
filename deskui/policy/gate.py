"""The hours gate: whatever staff must carry out passes the vendor's hours first (X-15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from deskui.dataclass import dataclass
from deskui.policy.context import Context
from deskui.policy.hours import Exclusion
from deskui.policy.policy import Row
from deskui.policy.values import Constant
from deskui.policy.vocabulary import WEEKDAYS


@dataclass(frozen=True, slots=True)
class Passed:
    """What is to be known beside an answer that the gate lets through."""

    flags: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def pass_gate(context: Context) -> Row | Passed:
    """The row that stops the request at the gate, or what it passes with; raises Absent.

    A restricted day comes first: it beats "nobody knows whether anyone is there".
    """
    policy, service = context.policy, context.service
    if not service.staffed:
        return Passed()
    restricted = policy.restricted
    if restricted is not None:
        for item in waits_on(context, context.day):
            if all(condition.holds(context) for condition in item.when):
                return _wait((*item.rules, *restricted.rules), restricted.until, "restricted_day")
    gate = policy.gate
    if gate is None:
        return Passed()
    stands = gate.day_stands(context)
    if stands == "staffed":
        return Passed(("hours_not_stated",), (*gate.not_stated_rules, "X-15"))
    if stands == "unknown":
        return Row(
            place="gate",
            rules=gate.not_stated_rules,
            when=(),
            then="unknown",
            figures={},
            hint={"likely": Constant("closed"), "ask": Constant("supervisor")},
        )
    if gate.calendar is None or policy.calendar(gate.calendar).is_open(context.at):
        return Passed()
    return closed_row(gate.closed_rules)


def waits_on(context: Context, day: date) -> Iterator[Exclusion]:
    """The kinds of work that wait on that day of the week and that the service asked for may be."""
    restricted = context.policy.restricted
    if restricted is not None and WEEKDAYS[day.weekday()] in restricted.days:
        yield from (item for item in restricted.items if context.service.id in item.services)


def closed_row(rules: tuple[str, ...]) -> Row:
    """The row that puts a request off for one of these rules."""
    return _wait(rules, "next-opening", "closed")


def _wait(rules: tuple[str, ...], until: str, reason: str) -> Row:
    return Row(
        place="gate",
        rules=rules,
        when=(),
        then="defer",
        figures={"reason": Constant(reason)},
        until=until,
    )
