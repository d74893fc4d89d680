"""The partial indexes of the tables.

Only migrations need them as objects, and making one loads PostgreSQL's half of SQLAlchemy for SQLite too.
"""

from __future__ import annotations

from sqlalchemy import Index, Table, text

from deskui.store.calltables import ring
from deskui.store.tables import IS_OPEN, IS_PENDING, NOT_RECORDED, clock, ticket


def _partial(name: str, table: Table, *columns: str, where: str) -> None:
    only = text(where)
    Index(name, *(table.c[column] for column in columns), sqlite_where=only, postgresql_where=only)


# all that the order of the queue needs, in one narrow place: rows are wide, and there may be a million
_partial(
    "ix_ticket_open",
    ticket,
    *("ticket_id", "policy", "customer_id", "state", "assignee_id", "received_at", "deferred_until"),
    *("rank", "covered", "promise_due_at", "goal_due_at", "due_kind"),
    where=IS_OPEN,
)
_partial("ix_ticket_open_customer", ticket, "customer_id", where=IS_OPEN)
# what is looked for in a view of the queue, again without the wide rows
_partial("ix_ticket_folded", ticket, "folded", "state", "customer_id", "contact_id", "number", where=IS_OPEN)
_partial("ix_clock_due", clock, "due_at", "ticket_id", where=NOT_RECORDED)
_partial("ix_clock_calendar", clock, "policy", "calendar", "ticket_id", where=IS_PENDING)
_partial("ix_ring_open", ring, "folded", where="done_at IS NULL")
