"""The tables. A column has the name, or the key, of the field of the record it keeps.

Partial indexes stand apart in `deskui.store.indexes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy import (
    Sequence as NumberSequence,
)

from deskui.desk.model import TicketState
from deskui.store import plain
from deskui.store.types import JsonText, JsonValue, Span, State, Stretches, UtcDateTime, Words

IS_OPEN: Final = plain.IS_OPEN
IS_PENDING: Final = plain.IS_PENDING
METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
CHANGE_KINDS: Final = ("ticket", "customer", "holiday", "setting", "draft", "ring", "problem", "question")
NOT_RECORDED: Final = f"{IS_PENDING} AND breached_at IS NULL"

_ID: Final = BigInteger().with_variant(Integer(), "sqlite")
# compared and sorted by code point on both, so that a range finds a prefix
_FOLDED: Final = Text().with_variant(Text(collation="C"), "postgresql")


def _key(name: str) -> Column[int]:
    return Column(name, _ID, primary_key=True)


def _one_of(name: str, values: Sequence[str]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{name} IN ({listed})", name=name)


def _place() -> tuple[Column[Any], ...]:
    """Which copy it is and where it stands, with what both are found by: empty for most."""
    return (
        Column("serial", String(64)),
        Column("branch", Text),
        Column("folded", _FOLDED, nullable=False, index=True, server_default=text("''")),
    )


def _table(name: str, *parts: Any) -> Table:
    # ids are never given twice, not even that of a deleted draft
    return Table(name, METADATA, *parts, sqlite_autoincrement=True)


agent = _table(
    "agent",
    _key("agent_id"),
    Column("code", String(32), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("particle", String(16), nullable=False),
    Column("language", String(2), nullable=False),
    Column("supervisor", Boolean, nullable=False),
    _one_of("language", ("th", "en")),
)

customer = _table(
    "customer",
    _key("customer_id"),
    Column("code", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("province", Text),
    Column("facts", JsonText, nullable=False),
    Column("folded", _FOLDED, nullable=False, index=True),
    Column("tax_id", String(32)),
)

contact = _table(
    "contact",
    _key("contact_id"),
    Column("customer_id", ForeignKey(customer.c.customer_id), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("phone", String(64)),
    Column("folded", _FOLDED, nullable=False, index=True),
    Column("authorised", Boolean),
)

product = _table(
    "product",
    _key("product_id"),
    Column("customer_id", ForeignKey(customer.c.customer_id), nullable=False, index=True),
    Column("policy", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("purchased_on", Date),
    Column("facts", JsonText, nullable=False),
    *_place(),
)

machine = _table(
    "machine",
    _key("machine_id"),
    Column("product_id", ForeignKey(product.c.product_id), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("ma", Boolean),
    Column("ma_start", Date),
    Column("ma_end", Date),
    *_place(),
)

contract = _table(
    "contract",
    _key("contract_id"),
    Column("product_id", ForeignKey(product.c.product_id), nullable=False, index=True),
    Column("start_on", Date, key="start"),
    Column("end_on", Date, key="end"),
    Column("plan", String(64)),
    Column("paid", Boolean),
    Column("suspended", Boolean, nullable=False, server_default=false()),
    Column("special", Boolean),
    Column("package", JsonText),
    Column("own_terms", JsonText),
    CheckConstraint("end_on >= start_on", name="dates"),
)

ticket_number = NumberSequence("ticket_number", start=1001, metadata=METADATA)
FIRST_NUMBER: Final = 1001
"""Numbers start here: a caller hears four digits from the first day on."""

ticket = _table(
    "ticket",
    _key("ticket_id"),
    Column("number", _ID, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("policy", String(64), nullable=False),
    Column("policy_version", String(64), nullable=False),
    Column("service", String(64), nullable=False),
    Column("customer_id", ForeignKey(customer.c.customer_id), nullable=False, index=True),
    Column("contact_id", ForeignKey(contact.c.contact_id), index=True),
    Column("product_id", ForeignKey(product.c.product_id), index=True),
    Column("phone", String(64)),
    Column("channel", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("plan", Words, nullable=False),
    Column("covered", Boolean, nullable=False),
    Column("state", State, nullable=False),
    Column("severity", String(64)),
    Column("assignee_id", ForeignKey(agent.c.agent_id)),
    Column("received_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("changed_by", ForeignKey(agent.c.agent_id)),
    Column("deferred_until", UtcDateTime),
    Column("rank", Integer, nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("promise_due_at", UtcDateTime),
    Column("goal_due_at", UtcDateTime),
    Column("due_kind", String(32)),
    Column("facts", JsonText, nullable=False),
    Column("decision", JsonText, nullable=False),
    Column("folded", _FOLDED, nullable=False, server_default=text("''")),
    _one_of("state", tuple(TicketState)),
    CheckConstraint("version >= 1", name="version"),
)

note = _table(
    "note",
    _key("note_id"),
    Column("ticket_id", ForeignKey(ticket.c.ticket_id), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("agent_id", ForeignKey(agent.c.agent_id)),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("salt", String(64), nullable=False),
    Column("erased_at", UtcDateTime),
    _one_of("kind", ("description", "note", "reason", "solution")),
    CheckConstraint("erased_at IS NULL OR (text = '' AND salt = '')", name="erased"),
)

event = _table(
    "event",
    _key("event_id"),
    Column("ticket_id", ForeignKey(ticket.c.ticket_id), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("agent_id", ForeignKey(agent.c.agent_id)),
    Column("kind", String(32), nullable=False),
    Column("data", JsonText, nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_event_ticket_id", "ticket_id", "event_id"),
)

usage_entry = _table(
    "usage_entry",
    _key("usage_id"),
    Column("product_id", ForeignKey(product.c.product_id), nullable=False, index=True),
    Column("counter", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("units", Integer, nullable=False),
    Column("day", Date, key="on", nullable=False),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("at", UtcDateTime, nullable=False),
    Column("agent_id", ForeignKey(agent.c.agent_id)),
    Column("ticket_id", ForeignKey(ticket.c.ticket_id), index=True),
    Column("contract_id", ForeignKey(contract.c.contract_id)),
    Column("reason", String(64), nullable=False),
    _one_of("kind", ("consume", "refund", "adjust")),
    CheckConstraint(
        "CASE kind WHEN 'consume' THEN units > 0 WHEN 'refund' THEN units < 0 ELSE units <> 0 END",
        name="units",
    ),
    CheckConstraint("period_end >= period_start", name="period"),
)

clock = _table(
    "clock",
    _key("clock_id"),
    Column("ticket_id", ForeignKey(ticket.c.ticket_id), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("rule", String(64), nullable=False),
    Column("clause", Text, nullable=False),
    Column("promised", Boolean, nullable=False),
    Column("policy", String(64), nullable=False),
    Column("calendar", String(64), nullable=False),
    Column("work", Span, nullable=False),
    Column("spent", Span, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("running_since", UtcDateTime),
    Column("due_at", UtcDateTime),
    Column("met_at", UtcDateTime),
    Column("stopped_at", UtcDateTime),
    Column("breached_at", UtcDateTime),
    Column("stretches", Stretches, nullable=False),
    _one_of("kind", ("first_response", "callback", "result", "resolution")),
    CheckConstraint("work >= 0 AND spent >= 0", name="spans"),
)

breach = _table(
    "breach",
    _key("breach_id"),
    Column("clock_id", ForeignKey(clock.c.clock_id), nullable=False),
    Column("ticket_id", ForeignKey(ticket.c.ticket_id), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("promised", Boolean, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("voided_at", UtcDateTime),
    Column("void_reason", String(64), nullable=False),
    UniqueConstraint("clock_id", "due_at"),
)

draft = _table(
    "draft",
    _key("draft_id"),
    Column("agent_id", ForeignKey(agent.c.agent_id), nullable=False, index=True),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("body", JsonText, nullable=False),
)

holiday = Table(
    "holiday",
    METADATA,
    Column("holiday_set", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("working", Boolean, nullable=False),
    Column("name", Words, nullable=False),
    Column("source", Text, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
)

setting = Table(
    "setting",
    METADATA,
    Column("name", String(128), primary_key=True),
    Column("value", JsonValue, nullable=False),
)

change = _table(
    "change",
    _key("position"),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("entity_id", _ID, nullable=False),
    _one_of("kind", ("ticket", "customer", "holiday", "setting", "draft", "ring", "problem", "question")),
)
