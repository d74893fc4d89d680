"""What a bench says: figures beside their budgets, as a table and as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

__all__ = ["HEADING", "Figure", "Row", "absolute", "lines", "percentile", "ratio", "summary"]


@dataclass(frozen=True)
class Figure:
    """One measured thing beside its budget."""

    name: str
    found: float
    """The median."""
    least: float
    most: float
    budget: float | None
    """At most this; at least this where `floor`; None for what is only reported."""
    unit: str
    """`×` for a ratio to the yardstick."""
    detail: str
    """Both sides as measured, the yardstick named."""
    floor: bool = False
    note: str = ""
    """Why it is missed, where that is known."""

    @property
    def met(self) -> bool:
        """Whether the budget is kept."""
        if self.budget is None:
            return True
        return self.found >= self.budget if self.floor else self.found <= self.budget

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        return asdict(self) | {"met": self.met}


@dataclass(frozen=True)
class Row:
    """Some samples of ours and of the yardstick, taken in turns."""

    ours: Sequence[float]
    theirs: Sequence[float]
    yardstick: str
    unit: str = "ms"
    scale: float = 1000.0

    def words(self) -> str:
        """Both medians with least and most."""
        return f"{self._side(self.ours)} against {self._side(self.theirs)} {self.yardstick}"

    def _side(self, samples: Sequence[float]) -> str:
        low, middle, high = (self.scale * one for one in (min(samples), median(samples), max(samples)))
        return f"{_short(middle)} {self.unit} ({_short(low)} to {_short(high)})"


def ratio(name: str, row: Row, budget: float | None, *, floor: bool = False, at: float = 50) -> Figure:
    """The ratio of two percentiles (the medians, if not said), with the range of the ratios in turn."""
    each = sorted(a / b for a, b in zip(row.ours, row.theirs, strict=False) if b > 0)
    whole = percentile(row.ours, at) / percentile(row.theirs, at)
    least, most = (each[0], each[-1]) if each else (whole, whole)
    return Figure(name, whole, min(least, whole), max(most, whole), budget, "×", row.words(), floor)


def absolute(
    name: str, samples: Sequence[float], budget: float | None, unit: str, detail: str = ""
) -> Figure:
    """The median of samples in a unit of their own."""
    return Figure(name, median(samples), min(samples), max(samples), budget, unit, detail)


def percentile(samples: Sequence[float], at: float) -> float:
    """The smallest sample that `at` per cent do not exceed; the median for 50."""
    if at == 50:
        return median(samples)
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(at / 100 * len(ordered)) - 1)]


def _short(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _cell(value: float, unit: str) -> str:
    return f"{value:.2f} ×" if unit == "×" and value < 100 else f"{_short(value)} {unit}"


HEADING = f"{'':<42}{'found':>11}  {'least to most':<20}{'budget':>11}"


def lines(figures: Sequence[Figure]) -> list[str]:
    """A line a figure, the sides it was made from below it."""
    found = []
    for one in figures:
        spread = f"{_short(one.least)} to {_short(one.most)}"
        sign = "≥" if one.floor else "≤"
        budget = "" if one.budget is None else f"{sign} {one.budget:g} {one.unit}"
        verdict = "" if one.budget is None else "met" if one.met else "MISSED"
        row = f"{one.name:<42}{_cell(one.found, one.unit):>11}  {spread:<20}{budget:>11}  {verdict}"
        found += [row.rstrip(), *(f"    {words}" for words in (one.detail, one.note) if words)]
    return found


def summary(figures: Sequence[Figure]) -> str:
    """How many there are, which were missed, and why, where that was looked for."""
    missed = [one for one in figures if not one.met]
    reasons = [f"    {one.name}: {one.note or 'not looked into'}" for one in missed]
    return "\n".join([f"{len(figures)} figures, {len(missed)} missed", *reasons])
