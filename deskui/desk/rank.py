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
    contract = facts.get("contract")
    plan = contract.get("plan", "none") if isinstance(contract, Mapping) else "none"
    item = {**facts, "plan": plan, "received_at": at}
    try:
        rank = ranking.rank_of(Context(policy, service, at.astimezone(policy.zone), item))
    except (Absent, Unrecorded):
        rank = None
    return len(ranking.rows) if rank is None else rank
