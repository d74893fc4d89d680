"""What is looked at in the queue; apart from what the desk makes of it, for the first screen needs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deskui.dataclass import dataclass

SORTS = ("queue", "due", "received", "customer", "vendor")
"""Orders a view may be read in; the first is the order in which tickets are to be served."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at: a view, what is to be found in it, in which order."""

    view: str = "all"
    """A view of the queue or the id of a policy."""
    find: str = ""
    sort: str = "queue"

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {"view": self.view, "find": self.find, "sort": self.sort}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Look:
        """What was kept; an order that is no more is the first one."""
        sort = str(body.get("sort", SORTS[0]))
        return cls(
            str(body.get("view", "all")), str(body.get("find", "")), sort if sort in SORTS else SORTS[0]
        )
