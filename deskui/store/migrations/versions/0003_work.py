"""Who works on what: merged tickets, the last step of each, presence, saved views, messages to agents.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from deskui.desk.fold import fold

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger().with_variant(TIMESTAMP(timezone=True), "postgresql")
FOLDED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
OPEN = "state IN ('new', 'open', 'waiting', 'on_hold')"
TABLES = ("notice", "saved_view", "presence", "step", "merge")
"""In the order in which they go again."""


def ref(name: str, target: str, *, nullable: bool = False, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, ID, sa.ForeignKey(target), nullable=nullable, **more)


def upgrade() -> None:
    """Takes the store there."""
    op.create_table(
        "merge",
        ref("ticket_id", "ticket.ticket_id", autoincrement=False),
        ref("target_id", "ticket.ticket_id"),
        sa.Column("at", INSTANT, nullable=False),
        ref("agent_id", "agent.agent_id", nullable=True),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    op.create_index("ix_merge_target_id", "merge", ["target_id"])
    op.create_table(
        "step",
        ref("ticket_id", "ticket.ticket_id", autoincrement=False),
        sa.Column("version", sa.Integer(), nullable=False),
        ref("agent_id", "agent.agent_id"),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    op.create_table(
        "presence",
        ref("agent_id", "agent.agent_id", autoincrement=False),
        ref("ticket_id", "ticket.ticket_id"),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("agent_id"),
    )
    op.create_table(
        "saved_view",
        ref("agent_id", "agent.agent_id"),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("agent_id", "name"),
    )
    op.create_table(
        "notice",
        sa.Column("notice_id", ID, autoincrement=True, nullable=False),
        ref("agent_id", "agent.agent_id"),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        ref("ticket_id", "ticket.ticket_id"),
        ref("by_id", "agent.agent_id", nullable=True),
        ref("note_id", "note.note_id", nullable=True),
        sa.Column("seen_at", INSTANT, nullable=True),
        sa.CheckConstraint("kind IN ('given', 'taken')", name="kind"),
        sa.PrimaryKeyConstraint("notice_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notice_agent_id", "notice", ["agent_id"])
    op.add_column("ticket", sa.Column("folded", FOLDED, nullable=False, server_default=sa.text("''")))
    _fold_titles()
    op.create_index(
        "ix_ticket_folded",
        "ticket",
        ["folded", "state", "customer_id", "contact_id", "number"],
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )


def _fold_titles() -> None:
    connection = op.get_bind()
    titles = connection.execute(sa.text("SELECT ticket_id, title FROM ticket")).all()
    folded = [{"key": ticket_id, "folded": fold(title)} for ticket_id, title in titles]
    if folded:
        connection.execute(sa.text("UPDATE ticket SET folded = :folded WHERE ticket_id = :key"), folded)


def downgrade() -> None:
    """Takes it back."""
    op.drop_index("ix_ticket_folded", "ticket")
    # by itself: batch mode would copy all tickets
    op.execute("ALTER TABLE ticket DROP COLUMN folded")
    for name in TABLES:
        op.drop_table(name)
