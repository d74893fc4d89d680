"""A ticket's rank by the vendor's own order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deskui.policy.context import Absent, Context, Unrecorded
from deskui.policy.policy import Policy, Service

RANKING = "queue"
"""Name of the ranking that a policy file gives its tickets."""


def rank_of(policy: Policy, service: Service, facts: Mapping[str, Any], at: datetime) -> int:
    """The rank of a request, lower first; 0 where the vendor has no order, the last rank where none fits.

    The ranking sees the item as `queue-order` describes it: plan, channel, in_warranty.
    """
    ranking = policy.rankings.get(RANKING)
    if ranking is None:
        return 0
    local = at.astimezone(policy.zone)
    item = {**facts, "plan": _plan(Context(policy, service, local, facts)), "received_at": at}
    try:
        rank = ranking.rank_of(Context(policy, service, local, item))
    except (Absent, Unrecorded):
        rank = None
    return len(ranking.rows) if rank is None else rank


def _plan(context: Context) -> Any:
    """The plan of the agreement in force; "none" without one, for one that has ended gives no rank."""
    try:
        return context.value("contract.plan") if context.value("contract.state") == "active" else "none"
    except (Absent, Unrecorded):
        return "none"
