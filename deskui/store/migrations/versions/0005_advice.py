"""Serials, branches, tax ids and who may ask; known problems; questions to the supervisor.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from deskui.desk.errors import StoreFailure

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.BigInteger().with_variant(TIMESTAMP(timezone=True), "postgresql")
FOLDED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MONEY = sa.BigInteger()
JSON = sa.Text()

PLACED = ("product", "machine")
"""What gains a serial and a branch to be found by."""


def key(name: str) -> sa.Column[Any]:
    return sa.Column(name, ID, autoincrement=True, nullable=False)


def ref(name: str, target: str, *, nullable: bool = True) -> sa.Column[Any]:
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


def upgrade() -> None:
    """Takes the store there."""
    people()
    problems()
    questions()


def downgrade() -> None:
    """Takes it back."""
    for name in ("duty", "supervisor_question", "problem_caller", "problem"):
        op.drop_table(name)
    people_back()


def people() -> None:
    op.add_column("customer", may("tax_id", sa.String(32)))
    op.add_column("contact", may("authorised", sa.Boolean()))
    for name in PLACED:
        op.add_column(name, may("serial", sa.String(64)))
        op.add_column(name, may("branch", sa.Text()))
        op.add_column(name, must("folded", FOLDED, server_default=sa.text("''")))
        index(name, "folded")
        if op.get_context().dialect.name == "sqlite":
            sqlite_search(name)
        else:
            postgresql_search(name)


def sqlite_search(name: str) -> None:
    found, row = f"search_{name}", f"{name}_id"
    op.execute(
        f"CREATE VIRTUAL TABLE {found} USING fts5(folded, content='{name}', content_rowid='{row}', "
        "tokenize='trigram case_sensitive 1')"
    )
    op.execute(f"INSERT INTO {found}({found}) VALUES ('rebuild')")
    put = f"INSERT INTO {found}(rowid, folded) VALUES (NEW.{row}, NEW.folded);"
    take = f"INSERT INTO {found}({found}, rowid, folded) VALUES ('delete', OLD.{row}, OLD.folded);"
    op.execute(f"CREATE TRIGGER {found}_insert AFTER INSERT ON {name} BEGIN {put} END")
    op.execute(f"CREATE TRIGGER {found}_delete AFTER DELETE ON {name} BEGIN {take} END")
    op.execute(
        f"CREATE TRIGGER {found}_update AFTER UPDATE OF folded ON {name} "
        f"WHEN OLD.folded <> NEW.folded BEGIN {take} {put} END"
    )


def postgresql_search(name: str) -> None:
    try:
        # refused where the server lacks pg_trgm: search then reads the column itself
        with op.get_bind().begin_nested():
            op.execute(f"CREATE INDEX search_{name} ON {name} USING gin (folded gin_trgm_ops)")
    except StoreFailure:
        return


def people_back() -> None:
    for name in PLACED:
        if op.get_context().dialect.name == "sqlite":
            for what in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER search_{name}_{what}")
            op.execute(f"DROP TABLE search_{name}")
        op.drop_index(f"ix_{name}_folded", name)
        for column in ("folded", "branch", "serial"):
            op.drop_column(name, column)
    op.drop_column("contact", "authorised")
    op.drop_column("customer", "tax_id")


def problems() -> None:
    table(
        "problem",
        key("problem_id"),
        must("policy", sa.String(64)),
        may("service", sa.String(64)),
        must("title", sa.Text()),
        must("say", JSON),
        must("answers", JSON),
        must("opened_at", INSTANT),
        ref("opened_by", "agent.agent_id"),
        may("closed_at", INSTANT),
        ref("closed_by", "agent.agent_id"),
        must("solution", sa.Text()),
    )
    index("problem", "closed_at")
    table(
        "problem_caller",
        key("caller_id"),
        ref("problem_id", "problem.problem_id", nullable=False),
        ref("customer_id", "customer.customer_id", nullable=False),
        ref("contact_id", "contact.contact_id"),
        may("phone", sa.String(64)),
        ref("ticket_id", "ticket.ticket_id"),
        must("attached_at", INSTANT),
        ref("attached_by", "agent.agent_id"),
        may("told_at", INSTANT),
        ref("told_by", "agent.agent_id"),
        sa.UniqueConstraint("ticket_id"),
    )
    index("problem_caller", "problem_id")


def questions() -> None:
    table(
        "supervisor_question",
        key("question_id"),
        must("state", sa.String(16)),
        must("asked_at", INSTANT),
        ref("asked_by", "agent.agent_id"),
        must("policy", sa.String(64)),
        may("service", sa.String(64)),
        ref("customer_id", "customer.customer_id", nullable=False),
        ref("contact_id", "contact.contact_id"),
        ref("product_id", "product.product_id"),
        ref("ticket_id", "ticket.ticket_id"),
        must("facts", JSON),
        must("outcome", sa.String(32)),
        must("text", sa.Text()),
        may("due_at", INSTANT),
        may("answered_at", INSTANT),
        ref("answered_by", "agent.agent_id"),
        must("reply", sa.Text()),
        may("amount", MONEY),
        sa.CheckConstraint(
            "state IN ('open', 'granted', 'refused', 'answered', 'withdrawn')",
            name="state",
        ),
    )
    index("supervisor_question", "state")
    index("supervisor_question", "ticket_id")
    op.create_table(
        "duty",
        sa.Column("agent_id", ID, sa.ForeignKey("agent.agent_id"), autoincrement=False, nullable=False),
        must("until", INSTANT),
        sa.PrimaryKeyConstraint("agent_id"),
    )
