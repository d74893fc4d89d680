"""The tables of known problems and of questions to the supervisor; all others: `deskui.store.tables`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, String, Table, Text

from deskui.store.tables import METADATA, agent, contact, customer, product, ticket
from deskui.store.types import JsonText, Money, UtcDateTime, Words


def _key(name: str) -> Column[int]:
    return Column(name, BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)


def _table(name: str, *parts: Any) -> Table:
    return Table(name, METADATA, *parts, sqlite_autoincrement=True)


problem = _table(
    "problem",
    _key("problem_id"),
    Column("policy", String(64), nullable=False),
    Column("service", String(64)),
    Column("title", Text, nullable=False),
    Column("say", Words, nullable=False),
    Column("answers", JsonText, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_by", ForeignKey(agent.c.agent_id)),
    Column("closed_at", UtcDateTime, index=True),
    Column("closed_by", ForeignKey(agent.c.agent_id)),
    Column("solution", Text, nullable=False),
)

problem_caller = _table(
    "problem_caller",
    _key("caller_id"),
    Column("problem_id", ForeignKey(problem.c.problem_id), nullable=False, index=True),
    Column("customer_id", ForeignKey(customer.c.customer_id), nullable=False),
    Column("contact_id", ForeignKey(contact.c.contact_id)),
    Column("phone", String(64)),
    Column("ticket_id", ForeignKey(ticket.c.ticket_id), unique=True),
    Column("attached_at", UtcDateTime, nullable=False),
    Column("attached_by", ForeignKey(agent.c.agent_id)),
    Column("told_at", UtcDateTime),
    Column("told_by", ForeignKey(agent.c.agent_id)),
)

supervisor_question = _table(
    "supervisor_question",
    _key("question_id"),
    Column("state", String(16), nullable=False, index=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("asked_by", ForeignKey(agent.c.agent_id)),
    Column("policy", String(64), nullable=False),
    Column("service", String(64)),
    Column("customer_id", ForeignKey(customer.c.customer_id), nullable=False),
    Column("contact_id", ForeignKey(contact.c.contact_id)),
    Column("product_id", ForeignKey(product.c.product_id)),
    Column("ticket_id", ForeignKey(ticket.c.ticket_id), index=True),
    Column("facts", JsonText, nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("due_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("answered_by", ForeignKey(agent.c.agent_id)),
    Column("reply", Text, nullable=False),
    Column("amount", Money),
    CheckConstraint(
        "state IN ('open', 'granted', 'refused', 'answered', 'withdrawn')",
        name="state",
    ),
)

duty = Table(
    "duty",
    METADATA,
    Column("agent_id", ForeignKey(agent.c.agent_id), primary_key=True, autoincrement=False),
    Column("until", UtcDateTime, nullable=False),
)
