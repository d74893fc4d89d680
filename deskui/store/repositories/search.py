"""Finding a caller by any fragment of name, code, number, tax id, serial or branch.

Keys that start with a needle come from the ordinary index, the others from a trigram index for needles of
three characters and more. Shorter ones are looked for in the folded column itself, through its narrow index:
SQLite's LIKE on a trigram table finds nothing for two Thai letters, so it is never used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from sqlalchemy import TextClause, text

from deskui.desk.records import CallerRecord
from deskui.store.work import Work

_LAST = "\U0010ffff"
"""Sorts after every character a key can hold."""
_TRIGRAM = 3

_NO_ID = "CAST(NULL AS INTEGER)"
_NO_TEXT = "CAST(NULL AS TEXT)"
_NOBODY = f"{_NO_ID}, {_NO_TEXT}, {_NO_TEXT}, k.folded"
_PLACE = "coalesce(k.serial, k.branch)"
_OUTPUT = {
    "customer": f"k.customer_id, k.code, k.name, {_NOBODY}, {_NO_ID}, {_NO_ID}, {_NO_TEXT}"
    " FROM customer k WHERE",
    "contact": "c.customer_id, c.code, c.name, k.contact_id, k.name, k.phone, k.folded,"
    f" {_NO_ID}, {_NO_ID}, {_NO_TEXT}"
    " FROM contact k JOIN customer c ON c.customer_id = k.customer_id WHERE",
    "product": f"c.customer_id, c.code, c.name, {_NOBODY}, k.product_id, {_NO_ID}, {_PLACE}"
    " FROM product k JOIN customer c ON c.customer_id = k.customer_id WHERE",
    "machine": f"c.customer_id, c.code, c.name, {_NOBODY}, k.product_id, k.machine_id, {_PLACE}"
    " FROM machine k JOIN product p ON p.product_id = k.product_id"
    " JOIN customer c ON c.customer_id = p.customer_id WHERE",
}


@cache
def _statement(needles: int, long: int, *, postgresql: bool) -> TextClause:
    """Hits by prefix, by a long and by a short needle, of every kind, each up to the limit."""
    parts = []
    for kind, output in _OUTPUT.items():
        key = f"{kind}_id"
        # one part for each: SQLite answers several ranges at once by reading the whole index
        parts += [
            f"SELECT 0, {output} k.{key} IN (SELECT {key} FROM {kind} "
            f"WHERE folded >= :needle{n} AND folded < :end{n} ORDER BY folded LIMIT :most)"
            for n in range(needles)
        ]
        if long and postgresql:
            held = " OR ".join(f"folded LIKE :like{n}" for n in range(long))
            parts.append(f"SELECT 1, {output} k.{key} IN (SELECT {key} FROM {kind} WHERE {held} LIMIT :most)")
        elif long:
            found = f"SELECT rowid FROM search_{kind} WHERE search_{kind} MATCH :match LIMIT :most"
            parts.append(f"SELECT 1, {output} k.{key} IN ({found})")
        if needles > long:
            # no LIKE: PostgreSQL would read all of the trigram index for it
            at = "strpos" if postgresql else "instr"
            held = " OR ".join(f"{at}(folded, :needle{n}) > 0" for n in range(long, needles))
            parts.append(f"SELECT 1, {output} k.{key} IN (SELECT {key} FROM {kind} WHERE {held} LIMIT :most)")
    return text(" UNION ALL ".join(parts))


def search(work: Work, needles: Sequence[str], limit: int) -> list[CallerRecord]:
    """At most `limit` callers whose key holds one of the needles; keys that start with one come first."""
    wanted = [needle for needle in dict.fromkeys(needles) if needle and "\0" not in needle]
    if not wanted or limit < 1:
        return []
    wanted.sort(key=lambda needle: len(needle) < _TRIGRAM)
    long = [needle for needle in wanted if len(needle) >= _TRIGRAM]
    values: dict[str, object] = {"most": limit}
    for number, needle in enumerate(wanted):
        values |= {f"needle{number}": needle, f"end{number}": needle + _LAST}
    if work.postgresql:
        values |= {f"like{number}": f"%{_escaped(needle)}%" for number, needle in enumerate(long)}
    elif long:
        values["match"] = " OR ".join('"' + needle.replace('"', '""') + '"' for needle in long)
    statement = _statement(len(wanted), len(long), postgresql=work.postgresql)
    make: Callable[..., CallerRecord] = CallerRecord
    hits = [(row[0], make(*row[1:])) for row in work.read(statement, values)]
    hits.sort(key=lambda hit: (hit[0], hit[1].folded, hit[1].identity))
    found: dict[tuple[int, int, int, int], CallerRecord] = {}
    for _place, record in hits:
        found.setdefault(record.identity, record)
    return list(found.values())[:limit]


def _escaped(needle: str) -> str:
    """`needle` as LIKE takes it literally."""
    for special in "\\%_":
        needle = needle.replace(special, "\\" + special)
    return needle
