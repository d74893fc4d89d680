"""The word that was meant by one nobody knows: near in meaning or in spelling, or none at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from deskui.policy.common import common
from deskui.policy.said import Said

_LONG = 8
"""Letters from which two of them may be wrong."""
_PART = re.compile(r"[._ -]")


def one_of(known: Iterable[str], given: object = None) -> Said:
    """One of these words, and which is nearest to the one given."""
    allowed = sorted(known)
    return Said("one_of", words=allowed, near=did_you_mean(given, allowed))


def did_you_mean(given: object, known: Iterable[str]) -> Said | str:
    """`; did you mean 'free'?` for a word that stands for one of those known, else nothing."""
    near = nearest(given, tuple(known))
    return "" if near is None else Said("did_you_mean", word=repr(near))


def nearest(given: object, known: Collection[str]) -> str | None:
    """The one of the known words that is meant, as far as one can tell.

    A word that says something itself is taken by its meaning (`_meant.toml`); another one by
    its spelling, as a whole or as a part of a longer name.
    """
    if not isinstance(given, str) or not given or given in known:
        return None
    meant = common().meant.get(given.casefold())
    if meant is not None:
        return next((word for word in meant if word in known), None)
    begun = sorted((word for word in known if len(word) > 2 and given.startswith(word)), key=len)
    if begun:
        return begun[-1]
    off = {word: slips(given.casefold(), word.casefold()) for word in known}
    near = min(off, key=lambda word: (off[word], -len(word), word), default="")
    if near and off[near] <= (2 if len(given) >= _LONG else 1) and off[near] < min(len(given), len(near)):
        return near
    parts = [word for word in known if len(given) > 3 and given in _PART.split(word)[1:]]
    parts += [word for word in known if len(given) > 3 and given == _PART.split(word)[0]]
    return parts[0] if len(parts) == 1 else None


def slips(one: Sequence[str], other: Sequence[str]) -> int:
    """How many letters are left out, added, mistaken or changed round between two words."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        above, row = row, [number]
        for place, wanted in enumerate(other, 1):
            cost = min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != wanted))
            if before and place > 1 and letter == other[place - 2] and one[number - 2] == wanted:
                cost = min(cost, before[place - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]
