"""Keys under the names Textual gives them, each with its twin on the Thai (Kedmanee) layout.

An agent types Thai all day and does not switch the keyboard for a command: the key `n` arrives as `ื`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from textual.keys import KEY_NAME_REPLACEMENTS

from deskui.dataclass import dataclass
from deskui.desk.layout import THAI_OF

__all__ = ["Clash", "both", "clashes", "key_name", "twin"]

_NEVER = frozenset("0123456789/")
"""What the digit keys type in one layout or the other: an agent typing a number must command nothing."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One key that two commands of a scope ask for."""

    key: str
    """Its name in Textual."""
    first: str
    second: str

    def __str__(self) -> str:
        return f"{self.key}: {self.first} and {self.second}"


def key_name(character: str) -> str:
    """Textual's name of the key a character is typed by, e.g. `n`, `slash`, `thai_character_sara_uee`."""
    if character.isalnum():
        return character
    try:
        name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    except ValueError:
        name = character
    return KEY_NAME_REPLACEMENTS.get(name, name)


_CHARACTERS = {key_name(character): character for pair in THAI_OF.items() for character in pair}


@cache
def twin(key: str) -> str | None:
    """Name of what the key makes with the Thai layout on; None when the layout does not change it.

    Control combinations, arrows and function keys are the same in both layouts.
    """
    thai = THAI_OF.get(_CHARACTERS.get(key, ""))
    return key_name(thai) if thai else None


def both(keys: str) -> str:
    """The comma separated keys by Textual's names, each followed by its twin of the Thai layout.

    `both("n,down")` is `"n,thai_character_sara_uee,down"`. Raises ValueError for a key that may be no
    command: a digit, `/`, or one whose twin is one of these.
    """
    names: list[str] = []
    for raw in keys.split(","):
        key = raw.strip()
        name = key_name(key) if len(key) == 1 else key
        for bound in (name, twin(name)):
            if bound is None or bound in names:
                continue
            if _CHARACTERS.get(bound) in _NEVER:
                raise ValueError(f"{key!r} can be no command: agents type {_CHARACTERS[bound]!r} with it")
            names.append(bound)
    return ",".join(names)


def _names(keys: str) -> Iterator[str]:
    for raw in keys.split(","):
        key = raw.strip()
        if key:
            yield key_name(key) if len(key) == 1 else key


def clashes(bound: Iterable[tuple[str, str]]) -> list[Clash]:
    """The keys that two commands of one scope share over the union of both layouts.

    `bound` are (command, comma separated keys) of the scope; twins of the keys need not be among them.
    """
    owner: dict[str, str] = {}
    found: list[Clash] = []
    for command, keys in bound:
        names = dict.fromkeys(name for key in _names(keys) for name in (key, twin(key)) if name)
        for name in names:
            first = owner.setdefault(name, command)
            if first != command:
                found.append(Clash(name, first, command))
    return found
