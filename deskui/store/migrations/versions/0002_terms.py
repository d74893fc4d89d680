"""Own terms of a customer, readings that were settled.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger().with_variant(TIMESTAMP(timezone=True), "postgresql")
TABLE = "settled_reading"


def upgrade() -> None:
    """Takes the store there."""
    op.add_column("contract", sa.Column("own_terms", sa.Text(), nullable=True))
    op.create_table(
        TABLE,
        sa.Column("settled_id", ID, autoincrement=True, nullable=False),
        sa.Column("policy", sa.String(64), nullable=False),
        sa.Column("reading", sa.String(64), nullable=False),
        sa.Column("option", sa.String(64), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("agent_id", ID, sa.ForeignKey("agent.agent_id"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("settled_id"),
        sqlite_autoincrement=True,
    )
    if op.get_context().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgresql_triggers()


def _sqlite_triggers() -> None:
    no = f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
    op.execute(f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} {no}")
    op.execute(f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} {no}")
    # INSERT OR REPLACE deletes without asking the trigger above
    op.execute(
        f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} "
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE settled_id = NEW.settled_id) {no}"
    )


def _postgresql_triggers() -> None:
    for when, scope in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER {TABLE}_no_{when.split()[0].lower()} BEFORE {when} ON {TABLE} "
            f"FOR EACH {scope} EXECUTE FUNCTION deskui_append_only()"
        )


def downgrade() -> None:
    """Takes it back."""
    op.drop_table(TABLE)
    op.drop_column("contract", "own_terms")
