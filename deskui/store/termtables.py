"""Settled readings, and clocks to be planned anew; the other tables are in `deskui.store.tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Integer, String, Table, Text

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

replan = Table(
    "replan",
    METADATA,
    Column("replan_id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True),
    Column("holiday_set", String(64)),
    Column("day", Date),
    Column("policy", String(64)),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("agent_id", ForeignKey(agent.c.agent_id), nullable=False),
    Column("moved", Integer, nullable=False),
    Column("seen_at", UtcDateTime),
    Column("done_at", UtcDateTime),
    sqlite_autoincrement=True,
)
