"""What has to be known of the schema where SQLAlchemy is not loaded yet."""

from __future__ import annotations

from typing import Final

HEAD: Final = "0006"
"""The newest revision under migrations/versions."""
CLOCK_AHEAD: Final = "clock_ahead"
"""The setting that says how many seconds a store's clock is ahead of the machine's."""
IS_OPEN: Final = "state IN ('new', 'open', 'waiting', 'on_hold')"
"""In the words of the partial indexes: others would keep SQLite from using them."""
IS_PENDING: Final = "met_at IS NULL AND stopped_at IS NULL"
