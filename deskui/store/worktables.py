"""The tables of working together: merged tickets, steps, presence, views, messages."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
)

from deskui.store.tables import METADATA, agent, note, ticket
from deskui.store.types import JsonText, UtcDateTime

merge = Table(
    "merge",
    METADATA,
    Column("ticket_id", ForeignKey(ticket.c.ticket_id), primary_key=True, autoincrement=False),
    Column("target_id", ForeignKey(ticket.c.ticket_id), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("agent_id", ForeignKey(agent.c.agent_id)),
)

step = Table(
    "step",
    METADATA,
    Column("ticket_id", ForeignKey(ticket.c.ticket_id), primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("agent_id", ForeignKey(agent.c.agent_id), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("before", JsonText, nullable=False),
)

presence = Table(
    "presence",
    METADATA,
    Column("agent_id", ForeignKey(agent.c.agent_id), primary_key=True, autoincrement=False),
    Column("ticket_id", ForeignKey(ticket.c.ticket_id), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

saved_view = Table(
    "saved_view",
    METADATA,
    Column("agent_id", ForeignKey(agent.c.agent_id), nullable=False),
    Column("name", String(64), nullable=False),
    Column("body", JsonText, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("agent_id", "name"),
)

notice = Table(
    "notice",
    METADATA,
    Column("notice_id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True),
    Column("agent_id", ForeignKey(agent.c.agent_id), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("ticket_id", ForeignKey(ticket.c.ticket_id), nullable=False),
    Column("by_id", ForeignKey(agent.c.agent_id)),
    Column("note_id", ForeignKey(note.c.note_id)),
    Column("seen_at", UtcDateTime),
    CheckConstraint("kind IN ('given', 'taken')", name="kind"),
    sqlite_autoincrement=True,
)
