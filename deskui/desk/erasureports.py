"""What erasing on request needs of a store; see `deskui.desk.ports`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol


class Erasure(Protocol):
    """What is erased on request."""

    def customer(self, customer_id: int, at: datetime, answers: Collection[str]) -> Sequence[int]:
        """Empties every text and number that tells of a customer's people; the ids of its tickets.

        `answers` are the facts that are answered in words. The customer itself, its agreements, decisions,
        events and quota stay. A known problem keeps its words while another customer called about it.
        """
        ...
