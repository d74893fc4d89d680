"""What a settled reading or a customer's own contract puts in the place of a row, or of its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from deskui.dataclass import dataclass
from deskui.policy.values import Constant, Each, Value

if TYPE_CHECKING:
    from deskui.policy.policy import QuotaSpec, Row, TargetSpec


@dataclass(frozen=True, slots=True)
class Patch:
    """A change of the rows that rest on a rule: some of their figures, or all they say.

    A figure that a row does not have leaves that row alone; what a row asks before it wins never changes.
    """

    rules: tuple[str, ...]
    """The rows that name any of these change, and what lies beyond their quota where it names one."""
    services: frozenset[str] | None = None
    """None means all."""
    instead: Row | None = None
    """What stands in place of the row; its conditions stay."""
    figures: Mapping[str, Value] = field(default_factory=dict)
    hint: Mapping[str, Value] = field(default_factory=dict)
    quota: Value | None = None
    percent: int | None = None
    list_price: Value | None = None
    counter: str | None = None
    with_counters: tuple[str, ...] = ()
    ever: bool | None = None
    work: timedelta | None = None
    cite: tuple[str, ...] | None = None
    """For a contract: what is cited before the row's own rule, then behind it; `instead` drops the others."""

    def bears_on(self, row: Row, service: str) -> bool:
        """Whether it changes that row of a service, or what lies beyond its quota."""
        if self.services is not None and service not in self.services:
            return False
        return _rests(row, self.rules) or (
            row.quota is not None and row.quota.over is not None and _rests(row.quota.over, self.rules)
        )

    def apply(self, row: Row) -> Row:
        """The row as it stands now; call it where `bears_on` says so."""
        if _rests(row, self.rules):
            row = self._whole(row, self.instead) if self.instead is not None else self._partly(row)
        if row.quota is not None and row.quota.over is not None and _rests(row.quota.over, self.rules):
            row = replace(row, quota=replace(row.quota, over=self.apply(row.quota.over)))
        return row

    def _cited(self, row: Row) -> tuple[str, ...]:
        if self.cite is None:
            return row.rules
        behind = tuple(rule for rule in row.rules if self.instead is None or rule in self.rules)
        return tuple(dict.fromkeys((*self.cite[:1], *behind, *self.cite[1:])))

    def _whole(self, row: Row, instead: Row) -> Row:
        hint = instead.hint
        amount = row.figures.get("amount")
        if instead.then == "unknown" and amount is not None:
            # what the row would have charged is still worth knowing
            hint = {"amount": amount, **(hint or {})}
        return replace(
            instead, place=row.place, when=row.when, services=row.services, hint=hint, rules=self._cited(row)
        )

    def _partly(self, row: Row) -> Row:
        figures = dict(row.figures)
        for name, value in self.figures.items():
            if name in figures:
                figures[name] = _priced(figures[name], value)
        changed = replace(row, rules=self._cited(row), figures=figures)
        if row.hint is not None:
            kept = {name: value for name, value in self.hint.items() if name in row.hint}
            changed = replace(changed, hint={**row.hint, **kept})
        if row.quota is not None:
            changed = replace(changed, quota=self._counted(row, row.quota))
        if row.discount is not None:
            discount = row.discount
            if self.percent is not None:
                discount = replace(discount, percent=self.percent)
            if self.list_price is not None:
                discount = replace(discount, list_price=self.list_price, between=None, fact=None)
            changed = replace(changed, discount=discount)
        if self.work is not None:
            changed = replace(changed, targets=tuple(_timed(target, self.work) for target in row.targets))
        return changed

    def _counted(self, row: Row, quota: QuotaSpec) -> QuotaSpec:
        over = quota.over
        price = self.figures.get("amount")
        # the price named with a quota is that of what lies beyond it
        if price is not None and over is None and self.cite is not None:
            over = replace(
                row, rules=self._cited(row), when=(), then="charge", figures={"amount": price}, quota=None
            )
        elif price is not None and over is not None and "amount" in over.figures:
            figures = {**over.figures, "amount": _priced(over.figures["amount"], price)}
            over = replace(over, rules=self._cited(over), figures=figures)
        return replace(
            quota,
            total=quota.total if self.quota is None else self.quota,
            counter=self.counter or quota.counter,
            with_counters=self.with_counters or quota.with_counters,
            ever=quota.ever if self.ever is None else self.ever,
            over=over,
        )


def _rests(row: Row, rules: tuple[str, ...]) -> bool:
    return any(rule in rules for rule in row.rules)


def _priced(was: Value, value: Value) -> Value:
    """A price for a price per unit is one per unit too."""
    if isinstance(was, Each) and isinstance(value, Constant) and isinstance(value.value, Decimal):
        return replace(was, each=value.value)
    return value


def _timed(target: TargetSpec, work: timedelta) -> TargetSpec:
    return replace(target, work=work, working_days=0)
