"""The table of settled readings; the others are in `deskui.store.tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from deskui.store.tables import METADATA, agent
from deskui.store.types import UtcDateTime

settled_reading = Table(
    "settled_reading",
    METADATA,
    Column("settled_id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True),
    Column("policy", String(64), nullable=False),
    Column("reading", String(64), nullable=False),
    Column("option", String(64)),
    Column("at", UtcDateTime, nullable=False),
    Column("agent_id", ForeignKey(agent.c.agent_id), nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_autoincrement=True,
)
