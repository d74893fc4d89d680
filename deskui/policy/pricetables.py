"""Reads the price tables of a policy file; a cell that changes on a day makes another table from then on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from deskui.policy import vocabulary as words
from deskui.policy.problems import Reader, is_day, is_number, is_price
from deskui.policy.readvalue import read_value
from deskui.policy.rows import Names, plain_hint
from deskui.policy.said import Said
from deskui.policy.tables import Lost, PriceTable


def read_table(reader: Reader, names: Names) -> PriceTable:
    """A price table with its versions, which everything that names the table reads."""
    changes = sorted({day for value in _dated(reader.table) for day in _changes(value)})
    if not changes:
        return _read(reader, names, date.min)
    first = _read(reader, names, changes[0] - timedelta(days=1))
    later = [(day, _read(Reader(reader.table, reader.where, reader.problems), names, day)) for day in changes]
    return replace(first, versions=tuple(later))


def _dated(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every dated cell in a table as the file has it."""
    if isinstance(node, Mapping):
        if node.keys() == {"dated"}:
            yield node
        else:
            for value in node.values():
                yield from _dated(value)
    elif isinstance(node, list):
        for value in node:
            yield from _dated(value)


def _changes(dated: Mapping[str, Any]) -> Iterator[date]:
    """The days on which another version comes into force, or none any more."""
    for version in _versions(dated):
        if is_day(version.get("from")):
            yield version["from"]
        if is_day(version.get("to")) and version["to"] < date.max:
            yield version["to"] + timedelta(days=1)


def _versions(dated: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    given = dated["dated"]
    return [item for item in given if isinstance(item, Mapping)] if isinstance(given, list) else []


def _on(reader: Reader, key: str, day: date) -> Any:
    """What a cell says on a day; a dated one is checked as a figure of a row is."""
    value = reader.take(key)
    if not (isinstance(value, Mapping) and value.keys() == {"dated"}):
        return value
    read_value(value, "money", (*reader.where, key), reader.problems)
    for version in _versions(value):
        since, until = version.get("from") or date.min, version.get("to") or date.max
        if is_day(since) and is_day(until) and since <= day <= until:
            return version.get("is")
    return words.LOST


def _read(reader: Reader, names: Names, day: date) -> PriceTable:
    """The table as it is on a day."""
    bands: list[tuple[int, int | None, dict[str, Decimal | None]]] = []
    for item in reader.tables("bands"):
        first = item.count("from")
        last = item.count("to") if "to" in item.table else None
        if bands and (bands[-1][1] is None or first <= bands[-1][1]):
            item.problem("from", first, Said("next_band"))
        cells: dict[str, Decimal | None] = {}
        for column in item.table.keys() - {"from", "to"}:
            value = _on(item, column, day)
            if value == words.LOST:
                cells[column] = None
            elif is_price(value):
                cells[column] = Decimal(str(value))
            else:
                item.problem(column, value, Said("price_or_lost"))
        bands.append((first, last, cells))
        item.done()
    lost = {name: _lost(cell, names) for name, cell in reader.named("lost").items()}
    outside = _lost(Reader(reader.take("outside", {}), (*reader.where, "outside"), reader.problems), names)
    prices = Reader(reader.take("list", {}), (*reader.where, "list"), reader.problems)
    list_prices: dict[str, Decimal] = {}
    for column in prices.table:
        price = _on(prices, column, day)
        if is_number(price) and price > 0:
            list_prices[column] = Decimal(str(price))
        elif price != words.LOST or prices.table[column] == words.LOST:
            prices.problem(column, price, Said("price_above_0"))
    reader.done()
    return PriceTable(tuple(bands), lost, outside, list_prices)


def _lost(cell: Reader, names: Names) -> Lost:
    rules = names.rule_ids(cell, needed=False)
    return Lost(plain_hint(cell), rules)
