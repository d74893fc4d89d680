"""Money in whole satang: what is said, shown and kept is one and the same amount."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from deskui.policy.vocabulary import FIGURES

_SATANG = Decimal("0.01")


def in_satang(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a decision, the amounts among them and in its hint in baht of 2 places, halves up."""
    return {name: _rounded(name, value) for name, value in figures.items()}


def _rounded(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return in_satang(value)
    if FIGURES.get(name) != "money" or not isinstance(value, Decimal):
        return value
    digits, places = value.as_tuple()[1:]
    if not isinstance(places, int) or places >= -2:
        # an amount of baht or satang stays as it was printed
        return value
    rounded = value.quantize(_SATANG, ROUND_HALF_UP, Context(prec=len(digits) + 4))
    # what costs something is never told to cost 0
    return max(rounded, _SATANG) if value > 0 else rounded
