"""The tables of rings and of calls without a ticket; the others are in `deskui.store.tables`."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, String, Table

from deskui.store.tables import METADATA, agent, contact, customer, product, ticket
from deskui.store.types import JsonText, UtcDateTime

_ID: Final = BigInteger().with_variant(Integer(), "sqlite")


def _key(name: str) -> Column[int]:
    return Column(name, _ID, primary_key=True)


def _table(name: str, *parts: Any) -> Table:
    return Table(name, METADATA, *parts, sqlite_autoincrement=True)


ring = _table(
    "ring",
    _key("ring_id"),
    Column("number", String(64), nullable=False),
    Column("folded", String(64), nullable=False),
    Column("to_id", ForeignKey(agent.c.agent_id)),
    Column("customer_id", ForeignKey(customer.c.customer_id), index=True),
    Column("contact_id", ForeignKey(contact.c.contact_id)),
    Column("rang_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("until_at", UtcDateTime, nullable=False),
    Column("times", Integer, nullable=False),
    Column("taken_by", ForeignKey(agent.c.agent_id)),
    Column("taken_at", UtcDateTime),
    # no reference: the draft goes when its call ends
    Column("draft_id", _ID),
    Column("done_by", ForeignKey(agent.c.agent_id)),
    Column("done_at", UtcDateTime),
    Column("outcome", String(16)),
    Column("ticket_id", ForeignKey(ticket.c.ticket_id), index=True),
    CheckConstraint("times >= 1", name="times"),
    CheckConstraint("(taken_by IS NULL) = (taken_at IS NULL)", name="taken"),
    CheckConstraint("(outcome IS NULL) = (done_at IS NULL)", name="done"),
)

call_log = _table(
    "call_log",
    _key("call_id"),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("agent_id", ForeignKey(agent.c.agent_id), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("number", String(64)),
    Column("customer_id", ForeignKey(customer.c.customer_id), index=True),
    Column("contact_id", ForeignKey(contact.c.contact_id)),
    Column("product_id", ForeignKey(product.c.product_id)),
    Column("policy", String(64)),
    Column("service", String(64)),
    Column("outcome", String(32)),
    Column("said", JsonText, nullable=False),
    Column("body", JsonText, nullable=False),
    Column("ring_id", ForeignKey(ring.c.ring_id)),
    Column("undone_at", UtcDateTime),
    Column("undone_by", ForeignKey(agent.c.agent_id)),
)
