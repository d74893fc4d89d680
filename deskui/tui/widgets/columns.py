"""Which columns of the queue fit a width, and how wide each is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

__all__ = ["GAP", "columns"]

GAP = 1
"""Columns between two columns."""

_FIXED: Mapping[str, int] = {"due": 9, "number": 7, "state": 8, "who": 5}
_DUE = ((34, 14), (16, 11))
"""(columns that are over, width of DUE): a day gone by takes more than a weekday."""
_WIDE_WHO = 8
"""Whose it is, and who is looking at it besides."""
_ENOUGH_WHAT, _WIDE_PLAN = 34, 20
_FLEXIBLE: Mapping[str, tuple[int, int, int]] = {
    # least, share of what is over, most
    "customer": (8, 4, 34),
    "plan": (8, 1, 14),
    "what": (8, 6, 400),
}
_ORDER = ("due", "number", "customer", "plan", "what", "state", "who")
_DROPPED_FIRST = ("plan", "who", "state", "due", "what")


def _least(names: tuple[str, ...]) -> int:
    widths = (_FIXED[name] if name in _FIXED else _FLEXIBLE[name][0] for name in names)
    return sum(widths) + GAP * (len(names) - 1)


@lru_cache(maxsize=64)
def columns(width: int) -> tuple[tuple[str, int], ...]:
    """(name, width) from left to right; with the gaps between they fill `width`.

    Names are due, number, customer, plan, what, state, who. In a narrow list plan goes first, then who,
    state, due and what.
    """
    names: tuple[str, ...] = _ORDER
    for dropped in _DROPPED_FIRST:
        if _least(names) <= width:
            break
        names = tuple(name for name in names if name != dropped)
    widths = {name: _FIXED[name] if name in _FIXED else _FLEXIBLE[name][0] for name in names}
    over = width - _least(names)
    wide_due = next((wide for least, wide in _DUE if over >= least), 0)
    if "due" in widths and wide_due:
        over -= wide_due - widths["due"]
        widths["due"] = wide_due
    if "who" in widths and over >= 22:
        over -= _WIDE_WHO - widths["who"]
        widths["who"] = _WIDE_WHO
    shares = {name: _FLEXIBLE[name][1] for name in names if name in _FLEXIBLE}
    total = sum(shares.values())
    given = 0
    for name, share in shares.items():
        part = max(0, min(over * share // total, _FLEXIBLE[name][2] - widths[name]))
        widths[name] += part
        given += part
    if "plan" in widths:
        # a screen that wide has room for the plan's whole name
        more = max(0, min(over - given + widths["what"] - _ENOUGH_WHAT, _WIDE_PLAN - widths["plan"]))
        widths["plan"] += more
        given += more
    last = "what" if "what" in widths else "customer"
    # the rest of a division, and the whole shortage of a list narrower than any list should be
    widths[last] = max(1, widths[last] + over - given)
    return tuple((name, widths[name]) for name in names)
