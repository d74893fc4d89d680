"""Records as the tests store them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from deskui.desk.model import TicketState
from deskui.desk.records import ClockRecord, TicketRecord
from deskui.policy.decision import Text
from tests.store.conftest import Basics

NOON = datetime(2026, 11, 23, 5, 0, 0, 123457, tzinfo=UTC)
"""Noon in Bangkok, with microseconds."""


def ticket(basics: Basics, **other: Any) -> TicketRecord:
    """A new ticket that is not stored yet."""
    fields: dict[str, Any] = {
        "ticket_id": 0,
        "number": 0,
        "version": 1,
        "policy": "business-plus",
        "policy_version": "2026-11-01",
        "service": "advice",
        "customer_id": basics.customer,
        "contact_id": basics.contact,
        "product_id": basics.product,
        "phone": None,
        "channel": "phone",
        "title": "payroll run fails",
        "plan": Text("บียอนด์", "Beyond"),
        "covered": True,
        "state": TicketState.NEW,
        "severity": None,
        "assignee_id": None,
        "received_at": NOON,
        "changed_at": NOON,
        "changed_by": basics.agent,
        "deferred_until": None,
        "rank": 10,
        "outcome": "callback",
        "facts": {"contract": {"plan": "Beyond"}, "province": "กรุงเทพมหานคร"},
        "decision": {"outcome": "callback", "figures": {"callback_minutes": 15}},
    }
    return TicketRecord(**fields | other)


def clock(ticket_id: int, **other: Any) -> ClockRecord:
    """A running clock that is not stored yet."""
    fields: dict[str, Any] = {
        "clock_id": 0,
        "ticket_id": ticket_id,
        "kind": "callback",
        "rule": "BP-03",
        "clause": "3.1",
        "promised": True,
        "policy": "business-plus",
        "calendar": "office",
        "work": timedelta(minutes=15),
        "spent": timedelta(0),
        "started_at": NOON,
        "running_since": NOON,
        "due_at": NOON + timedelta(minutes=15),
    }
    return ClockRecord(**fields | other)
