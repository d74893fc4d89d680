"""What is left of a service's counter, whatever the hours and the questions still open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deskui.dataclass import dataclass
from deskui.policy.conditions import Condition
from deskui.policy.context import Absent, Context, Unrecorded
from deskui.policy.policy import Policy


@dataclass(frozen=True, slots=True)
class Allowance:
    """The standing of one counter."""

    total: int
    used: int

    @property
    def left(self) -> int:
        """Units left, never below 0."""
        return max(0, self.total - self.used)


def allowance(
    policy: Policy, ask: str, facts: Mapping[str, Any], at: datetime, settled: Mapping[str, str] | None = None
) -> Allowance | None:
    """The counter a service draws on for this customer; None where it has none or that cannot be told.

    It is the first row with a quota that no known fact speaks against, unless a row before it is sure to
    win. Raises KeyError for an unknown ask.
    """
    service = policy.services[ask]
    context = Context(policy, service, at.astimezone(policy.zone), facts, settled or {})
    for row in (*policy.before, *service.rows):
        elsewhere = row.services is not None and ask not in row.services
        if elsewhere or not row.in_force(context.day):
            continue
        chances = [_holds(condition, context) for condition in row.when]
        if False in chances:
            continue
        quota = context.in_effect(row).quota
        if quota is None:
            if None in chances:
                continue
            return None
        try:
            return Allowance(int(quota.total.work_out(context)), context.used_of(quota))
        except (Absent, Unrecorded):
            return None
    return None


def _holds(condition: Condition, context: Context) -> bool | None:
    """Whether a condition holds; None where that hangs on a question nobody asked yet."""
    try:
        return condition.holds(context)
    except (Absent, Unrecorded):
        # who the customer is must be known; what the call is about need not be
        return None if condition.fact in context.policy.questions else False
