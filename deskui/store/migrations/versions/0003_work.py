"""Who works on what: merged tickets, presence, saved views.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Takes the store there."""


def downgrade() -> None:
    """Takes it back."""
