"""Which services a place of a policy document bears on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deskui.policy.problems import Where


def asks_of(document: Mapping[str, Any], where: Where) -> frozenset[str] | None:
    """The services whose answers alone may hang on what stands at a place; None where it may be any."""
    services = document.get("service", {})
    if where[0] == "service":
        alike = {name for name, table in services.items() if table.get("like") == where[1]}
        return frozenset({str(where[1]), *alike})
    table: Any = None
    if where[0] in ("before", "remark"):
        table = document[str(where[0])][where[1]]
    elif where[:2] == ("restricted", "items"):
        table = document["restricted"]["items"][where[2]]
    given = table.get("services") if table is not None else None
    return None if given is None else named(document, given)


def named(document: Mapping[str, Any], given: Any) -> frozenset[str]:
    """The services that are named one by one or by a set."""
    sets = document.get("set", {})
    named = [given] if isinstance(given, str) else given
    return frozenset(name for each in named for name in sets.get(each, (each,)))


def readers(document: Mapping[str, Any], where: Where) -> frozenset[str]:
    """The services whose answers may hang on what stands at a place, those of a price list too."""
    services = document.get("service", {})
    if where[0] == "table":
        using = [name for name, table in services.items() if _names_table(table, where[1])]
        alike = [name for name, table in services.items() if table.get("like") in using]
        return frozenset((*using, *alike))
    about = asks_of(document, where)
    if about is None and where[0] == "before":
        return frozenset(services) - named(document, document["before"][where[1]].get("all_but", []))
    return frozenset(services) if about is None else about


def _names_table(node: Any, name: object) -> bool:
    """Whether a figure anywhere below is looked up in a price table."""
    if isinstance(node, Mapping):
        return node.get("table") == name or any(_names_table(item, name) for item in node.values())
    return isinstance(node, list) and any(_names_table(item, name) for item in node)
