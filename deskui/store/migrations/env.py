"""Alembic's entry: works on the connection, and inside the transaction, it is handed."""

from __future__ import annotations

from typing import Any

from alembic import context

import deskui.store.advicetables
import deskui.store.indexes
import deskui.store.termtables
import deskui.store.worktables  # noqa: F401 - each adds to METADATA
from deskui.store.tables import METADATA


def ours(
    _object: Any,
    name: str | None,
    kind: str,
    _reflected: bool,
    _compare_to: Any,
) -> bool:
    """Leaves out what is searched with: each database has its own kind, made by hand in the migration."""
    return not (kind in ("table", "index") and name is not None and name.startswith("search_"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    include_object=ours,
    compare_server_default=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
