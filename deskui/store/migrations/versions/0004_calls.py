"""Rings, known problems, questions to the supervisor, calls without a ticket.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger().with_variant(TIMESTAMP(timezone=True), "postgresql")
JSON = sa.Text()

KINDS_BEFORE = ("ticket", "customer", "holiday", "setting", "draft")
KINDS = (*KINDS_BEFORE, "ring", "problem", "question")


def key(name: str) -> sa.Column[Any]:
    return sa.Column(name, ID, autoincrement=True, nullable=False)


def ref(name: str, target: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, ID, sa.ForeignKey(target), nullable=nullable)


def must(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def may(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def table(name: str, *parts: Any) -> None:
    first = parts[0].name
    op.create_table(name, *parts, sa.PrimaryKeyConstraint(first), sqlite_autoincrement=True)


def index(table_name: str, *columns: str) -> None:
    op.create_index(f"ix_{table_name}_{'_'.join(columns)}", table_name, list(columns))


def partial(name: str, table_name: str, columns: list[str], where: str) -> None:
    op.create_index(name, table_name, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def change_kinds(kinds: tuple[str, ...]) -> None:
    """Lets the change feed speak of these kinds, and of no others."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    allowed = f"kind IN ({listed})"
    op.execute(f"DELETE FROM change WHERE NOT ({allowed})")
    if op.get_context().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_change_kind"), "change", type_="check")
        op.create_check_constraint("kind", "change", allowed)
        return
    # SQLite changes no constraint of a table; positions stay, and go on where they were
    op.rename_table("change", "change_before")
    table(
        "change",
        key("position"),
        must("at", INSTANT),
        must("kind", sa.String(16)),
        must("entity_id", ID),
        sa.CheckConstraint(allowed, name="kind"),
    )
    op.execute("INSERT INTO change SELECT position, at, kind, entity_id FROM change_before")
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'change'")
    op.execute(
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'change', seq FROM sqlite_sequence "
        "WHERE name = 'change_before'"
    )
    op.drop_table("change_before")


def rings() -> None:
    table(
        "ring",
        key("ring_id"),
        must("number", sa.String(64)),
        must("folded", sa.String(64)),
        ref("to_id", "agent.agent_id"),
        ref("customer_id", "customer.customer_id"),
        ref("contact_id", "contact.contact_id"),
        must("rang_at", INSTANT),
        must("last_at", INSTANT),
        must("until_at", INSTANT),
        must("times", sa.Integer()),
        ref("taken_by", "agent.agent_id"),
        may("taken_at", INSTANT),
        may("draft_id", ID),
        ref("done_by", "agent.agent_id"),
        may("done_at", INSTANT),
        may("outcome", sa.String(16)),
        ref("ticket_id", "ticket.ticket_id"),
        sa.CheckConstraint("times >= 1", name="times"),
        sa.CheckConstraint("(taken_by IS NULL) = (taken_at IS NULL)", name="taken"),
        sa.CheckConstraint("(outcome IS NULL) = (done_at IS NULL)", name="done"),
    )
    index("ring", "customer_id")
    index("ring", "ticket_id")
    partial("ix_ring_open", "ring", ["folded"], "done_at IS NULL")


def call_log() -> None:
    table(
        "call_log",
        key("call_id"),
        must("at", INSTANT),
        must("started_at", INSTANT),
        ref("agent_id", "agent.agent_id", nullable=False),
        must("reason", sa.String(16)),
        may("number", sa.String(64)),
        ref("customer_id", "customer.customer_id"),
        ref("contact_id", "contact.contact_id"),
        ref("product_id", "product.product_id"),
        may("policy", sa.String(64)),
        may("service", sa.String(64)),
        may("outcome", sa.String(32)),
        must("said", JSON),
        must("body", JSON),
        ref("ring_id", "ring.ring_id"),
        may("undone_at", INSTANT),
        ref("undone_by", "agent.agent_id"),
    )
    index("call_log", "at")
    index("call_log", "customer_id")


def upgrade() -> None:
    """Takes the store there."""
    change_kinds(KINDS)
    rings()
    call_log()


def downgrade() -> None:
    """Takes it back."""
    op.drop_table("call_log")
    op.drop_table("ring")
    change_kinds(KINDS_BEFORE)
