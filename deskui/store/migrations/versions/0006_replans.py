"""Open clocks that are to be planned anew, and how far that has come.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger().with_variant(TIMESTAMP(timezone=True), "postgresql")
TABLE = "replan"


def upgrade() -> None:
    """Takes the store there."""
    op.create_table(
        TABLE,
        sa.Column("replan_id", ID, autoincrement=True, nullable=False),
        sa.Column("holiday_set", sa.String(64), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("policy", sa.String(64), nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("agent_id", ID, sa.ForeignKey("agent.agent_id"), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("replan_id"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Takes it back."""
    op.drop_table(TABLE)
