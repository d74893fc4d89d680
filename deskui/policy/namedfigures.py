"""Mutants of figures with a name: each change is tried once for the figure, in all its places at once.

That a row uses the figure is a change of its own: there every number of it is another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from deskui.policy.mutant import Mutant
from deskui.policy.problems import Problems, Where, is_number


def once_for_each_name(
    every: Sequence[Mutant], places: Problems, document: Mapping[str, Any]
) -> list[Mutant]:
    """The mutants of a document, those of one named figure in all its places made one."""
    used: dict[Where, list[Where]] = {}
    for place, origin in places.origins.items():
        if len(origin) == 2 and origin[0] == "figure":
            used.setdefault(origin, []).append(place)
    several = {origin: found for origin, found in used.items() if len(found) > 1}
    kept: list[Mutant] = []
    first: dict[tuple[Where, str], int] = {}
    for mutant in every:
        written = places.written(mutant.where)
        if mutant.where[0] == "table" and "dated" in mutant.where and mutant.where[-1] in ("from", "to"):
            # the cells that change on one day change together
            edge = (*mutant.where[:2], mutant.where[-1], str(_at(document, mutant.where)))
            if (edge, mutant.change) in first:
                number = first[edge, mutant.change]
                kept[number] = replace(kept[number], also=(*kept[number].also, mutant.where))
            else:
                first[edge, mutant.change] = len(kept)
                kept.append(mutant)
        elif written[:2] not in several:
            kept.append(mutant)
        elif (written, mutant.change) in first:
            number = first[written, mutant.change]
            one = kept[number]
            asks = None if one.asks is None or mutant.asks is None else one.asks | mutant.asks
            kept[number] = replace(one, also=(*one.also, mutant.where), asks=asks)
        else:
            first[written, mutant.change] = len(kept)
            kept.append(replace(mutant, named=written))
    return kept + [
        Mutant(
            place, "= another", other, next((m.asks for m in every if m.where[: len(place)] == place), None)
        )
        for found in several.values()
        for place in found
        if (other := _other(figure := _at(document, place))) != figure
    ]


def _at(node: Any, where: Where) -> Any:
    for part in where:
        node = node[part]
    return node


def _other(figure: Any) -> Any:
    """The figure with every number of it one more."""
    if isinstance(figure, Mapping):
        return {key: value if key == "after" else _other(value) for key, value in figure.items()}
    if isinstance(figure, list):
        return [_other(item) for item in figure]
    return figure + 1 if is_number(figure) else figure
