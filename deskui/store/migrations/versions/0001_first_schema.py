"""The first schema: customers, tickets, clocks, the two append-only books, the change feed.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from deskui.desk.errors import StoreFailure

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger().with_variant(TIMESTAMP(timezone=True), "postgresql")
FOLDED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SPAN = sa.BigInteger()
JSON = sa.Text()

APPEND_ONLY = ("event", "usage_entry")
SEARCHED = ("customer", "contact")
OPEN = "state IN ('new', 'open', 'waiting', 'on_hold')"
PENDING = "met_at IS NULL AND stopped_at IS NULL"


def key(name: str) -> sa.Column[Any]:
    return sa.Column(name, ID, autoincrement=True, nullable=False)


def ref(name: str, target: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, ID, sa.ForeignKey(target), nullable=nullable)


def must(name: str, kind: Any, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, **more)


def may(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def table(name: str, *parts: Any) -> None:
    first = parts[0].name
    op.create_table(name, *parts, sa.PrimaryKeyConstraint(first), sqlite_autoincrement=True)


def index(table_name: str, *columns: str) -> None:
    op.create_index(f"ix_{table_name}_{'_'.join(columns)}", table_name, list(columns))


def partial(name: str, table_name: str, columns: list[str], where: str) -> None:
    op.create_index(name, table_name, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    people()
    tickets()
    books()
    clocks()
    desk()
    if op.get_context().dialect.name == "sqlite":
        sqlite_triggers()
        sqlite_search()
    else:
        postgresql_triggers()
        postgresql_search()


def people() -> None:
    table(
        "agent",
        key("agent_id"),
        must("code", sa.String(32)),
        must("name", sa.Text()),
        must("particle", sa.String(16)),
        must("language", sa.String(2)),
        must("supervisor", sa.Boolean()),
        sa.UniqueConstraint("code"),
        sa.CheckConstraint("language IN ('th', 'en')", name="language"),
    )
    table(
        "customer",
        key("customer_id"),
        must("code", sa.String(64)),
        must("name", sa.Text()),
        may("province", sa.Text()),
        must("facts", JSON),
        must("folded", FOLDED),
        sa.UniqueConstraint("code"),
    )
    index("customer", "folded")
    table(
        "contact",
        key("contact_id"),
        ref("customer_id", "customer.customer_id"),
        must("name", sa.Text()),
        may("phone", sa.String(64)),
        must("folded", FOLDED),
    )
    index("contact", "customer_id")
    index("contact", "folded")
    table(
        "product",
        key("product_id"),
        ref("customer_id", "customer.customer_id"),
        must("policy", sa.String(64)),
        must("name", sa.Text()),
        may("purchased_on", sa.Date()),
        must("facts", JSON),
    )
    index("product", "customer_id")
    index("product", "policy")
    table(
        "machine",
        key("machine_id"),
        ref("product_id", "product.product_id"),
        must("name", sa.Text()),
        may("ma", sa.Boolean()),
        may("ma_start", sa.Date()),
        may("ma_end", sa.Date()),
    )
    index("machine", "product_id")
    table(
        "contract",
        key("contract_id"),
        ref("product_id", "product.product_id"),
        may("start_on", sa.Date()),
        may("end_on", sa.Date()),
        may("plan", sa.String(64)),
        may("paid", sa.Boolean()),
        must("suspended", sa.Boolean(), server_default=sa.false()),
        may("special", sa.Boolean()),
        may("package", JSON),
        sa.CheckConstraint("end_on >= start_on", name="dates"),
    )
    index("contract", "product_id")


def tickets() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE ticket_number START WITH 1001")
    table(
        "ticket",
        key("ticket_id"),
        must("number", ID),
        must("version", sa.Integer()),
        must("policy", sa.String(64)),
        must("policy_version", sa.String(64)),
        must("service", sa.String(64)),
        ref("customer_id", "customer.customer_id"),
        ref("contact_id", "contact.contact_id", nullable=True),
        ref("product_id", "product.product_id", nullable=True),
        may("phone", sa.String(64)),
        must("channel", sa.String(32)),
        must("title", sa.Text()),
        must("plan", JSON),
        must("covered", sa.Boolean()),
        must("state", sa.String(16)),
        may("severity", sa.String(64)),
        ref("assignee_id", "agent.agent_id", nullable=True),
        must("received_at", INSTANT),
        must("changed_at", INSTANT),
        ref("changed_by", "agent.agent_id", nullable=True),
        may("deferred_until", INSTANT),
        must("rank", sa.Integer()),
        must("outcome", sa.String(32)),
        may("promise_due_at", INSTANT),
        may("goal_due_at", INSTANT),
        may("due_kind", sa.String(32)),
        # wide columns last: SQLite reads a row from its start
        must("facts", JSON),
        must("decision", JSON),
        sa.UniqueConstraint("number"),
        sa.CheckConstraint(
            "state IN ('new', 'open', 'waiting', 'on_hold', 'resolved', 'closed', 'merged')", name="state"
        ),
        sa.CheckConstraint("version >= 1", name="version"),
    )
    index("ticket", "customer_id")
    index("ticket", "contact_id")
    index("ticket", "product_id")
    narrow = ["ticket_id", "policy", "customer_id", "state", "assignee_id", "received_at", "deferred_until"]
    narrow += ["rank", "covered", "promise_due_at", "goal_due_at", "due_kind"]
    partial("ix_ticket_open", "ticket", narrow, OPEN)
    partial("ix_ticket_open_customer", "ticket", ["customer_id"], OPEN)
    table(
        "note",
        key("note_id"),
        ref("ticket_id", "ticket.ticket_id"),
        must("at", INSTANT),
        ref("agent_id", "agent.agent_id", nullable=True),
        must("kind", sa.String(16)),
        must("text", sa.Text()),
        must("salt", sa.String(64)),
        may("erased_at", INSTANT),
        sa.CheckConstraint("kind IN ('description', 'note', 'reason', 'solution')", name="kind"),
        sa.CheckConstraint("erased_at IS NULL OR (text = '' AND salt = '')", name="erased"),
    )
    index("note", "ticket_id")


def books() -> None:
    table(
        "event",
        key("event_id"),
        ref("ticket_id", "ticket.ticket_id"),
        must("at", INSTANT),
        ref("agent_id", "agent.agent_id", nullable=True),
        must("kind", sa.String(32)),
        must("data", JSON),
        must("hash", sa.String(64)),
    )
    op.create_index("ix_event_ticket_id", "event", ["ticket_id", "event_id"])
    table(
        "usage_entry",
        key("usage_id"),
        ref("product_id", "product.product_id"),
        must("counter", sa.String(64)),
        must("kind", sa.String(16)),
        must("units", sa.Integer()),
        must("day", sa.Date()),
        may("period_start", sa.Date()),
        may("period_end", sa.Date()),
        must("at", INSTANT),
        ref("agent_id", "agent.agent_id", nullable=True),
        ref("ticket_id", "ticket.ticket_id", nullable=True),
        ref("contract_id", "contract.contract_id", nullable=True),
        must("reason", sa.String(64)),
        sa.CheckConstraint("kind IN ('consume', 'refund', 'adjust')", name="kind"),
        sa.CheckConstraint(
            "CASE kind WHEN 'consume' THEN units > 0 WHEN 'refund' THEN units < 0 ELSE units <> 0 END",
            name="units",
        ),
        sa.CheckConstraint("period_end >= period_start", name="period"),
    )
    index("usage_entry", "product_id")
    index("usage_entry", "ticket_id")


def clocks() -> None:
    table(
        "clock",
        key("clock_id"),
        ref("ticket_id", "ticket.ticket_id"),
        must("kind", sa.String(16)),
        must("rule", sa.String(64)),
        must("clause", sa.Text()),
        must("promised", sa.Boolean()),
        must("policy", sa.String(64)),
        must("calendar", sa.String(64)),
        must("work", SPAN),
        must("spent", SPAN),
        must("started_at", INSTANT),
        may("running_since", INSTANT),
        may("due_at", INSTANT),
        may("met_at", INSTANT),
        may("stopped_at", INSTANT),
        may("breached_at", INSTANT),
        must("stretches", JSON),
        sa.CheckConstraint("kind IN ('first_response', 'callback', 'result', 'resolution')", name="kind"),
        sa.CheckConstraint("work >= 0 AND spent >= 0", name="spans"),
    )
    index("clock", "ticket_id")
    partial("ix_clock_due", "clock", ["due_at", "ticket_id"], f"{PENDING} AND breached_at IS NULL")
    partial("ix_clock_calendar", "clock", ["policy", "calendar", "ticket_id"], PENDING)
    table(
        "breach",
        key("breach_id"),
        ref("clock_id", "clock.clock_id"),
        ref("ticket_id", "ticket.ticket_id"),
        must("kind", sa.String(16)),
        must("promised", sa.Boolean()),
        must("due_at", INSTANT),
        must("recorded_at", INSTANT),
        may("voided_at", INSTANT),
        must("void_reason", sa.String(64)),
        sa.UniqueConstraint("clock_id", "due_at"),
    )
    index("breach", "ticket_id")


def desk() -> None:
    table(
        "draft",
        key("draft_id"),
        ref("agent_id", "agent.agent_id"),
        must("saved_at", INSTANT),
        must("body", JSON),
    )
    index("draft", "agent_id")
    op.create_table(
        "holiday",
        must("holiday_set", sa.String(64)),
        must("day", sa.Date()),
        must("working", sa.Boolean()),
        must("name", JSON),
        must("source", sa.Text()),
        must("recorded_at", INSTANT),
        sa.PrimaryKeyConstraint("holiday_set", "day"),
    )
    op.create_table(
        "setting",
        must("name", sa.String(128)),
        must("value", JSON),
        sa.PrimaryKeyConstraint("name"),
    )
    table(
        "change",
        key("position"),
        must("at", INSTANT),
        must("kind", sa.String(16)),
        must("entity_id", ID),
        sa.CheckConstraint("kind IN ('ticket', 'customer', 'holiday', 'setting', 'draft')", name="kind"),
    )


def sqlite_triggers() -> None:
    for name in APPEND_ONLY:
        no = f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
        first = "event_id" if name == "event" else "usage_id"
        op.execute(f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {no}")
        op.execute(f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {no}")
        # INSERT OR REPLACE deletes without asking the trigger above
        op.execute(
            f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} "
            f"WHEN EXISTS (SELECT 1 FROM {name} WHERE {first} = NEW.{first}) {no}"
        )


def sqlite_search() -> None:
    for name in SEARCHED:
        found, row = f"search_{name}", f"{name}_id"
        op.execute(
            f"CREATE VIRTUAL TABLE {found} USING fts5(folded, content='{name}', content_rowid='{row}', "
            "tokenize='trigram case_sensitive 1')"
        )
        put = f"INSERT INTO {found}(rowid, folded) VALUES (NEW.{row}, NEW.folded);"
        take = f"INSERT INTO {found}({found}, rowid, folded) VALUES ('delete', OLD.{row}, OLD.folded);"
        op.execute(f"CREATE TRIGGER {found}_insert AFTER INSERT ON {name} BEGIN {put} END")
        op.execute(f"CREATE TRIGGER {found}_delete AFTER DELETE ON {name} BEGIN {take} END")
        op.execute(
            f"CREATE TRIGGER {found}_update AFTER UPDATE OF folded ON {name} "
            f"WHEN OLD.folded <> NEW.folded BEGIN {take} {put} END"
        )


def postgresql_triggers() -> None:
    op.execute(
        "CREATE FUNCTION deskui_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for name in APPEND_ONLY:
        for when, scope in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {name}_no_{when.split()[0].lower()} BEFORE {when} ON {name} "
                f"FOR EACH {scope} EXECUTE FUNCTION deskui_append_only()"
            )


def postgresql_search() -> None:
    connection = op.get_bind()
    try:
        # refused where the server lacks it or we may not add it: search then reads the column itself
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except StoreFailure:
        return
    for name in SEARCHED:
        op.execute(f"CREATE INDEX search_{name} ON {name} USING gin (folded gin_trgm_ops)")


def downgrade() -> None:
    sqlite = op.get_context().dialect.name == "sqlite"
    if sqlite:
        for name in SEARCHED:
            op.execute(f"DROP TABLE search_{name}")
    for name in ("change", "setting", "holiday", "draft", "breach", "clock", "usage_entry", "event", "note"):
        op.drop_table(name)
    for name in ("ticket", "contract", "machine", "product", "contact", "customer", "agent"):
        op.drop_table(name)
    if not sqlite:
        op.execute("DROP SEQUENCE ticket_number")
        op.execute("DROP FUNCTION deskui_append_only()")
