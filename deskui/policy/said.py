"""What is said of something wrong, in both languages: a key of `_problems.toml` with its values."""

from __future__ import annotations

from collections.abc import Iterable

from deskui.policy.common import common
from deskui.policy.decision import Text


class Said:
    """One message of the catalogue, put into words only where somebody reads it.

    Values may be messages themselves; what is no message is shown as it is, a list with commas.
    """

    __slots__ = ("key", "values")

    def __init__(self, key: str, /, **values: object) -> None:
        self.key = key
        self.values = values

    @property
    def text(self) -> Text:
        """Its words. Raises KeyError for a message or value that the catalogue does not have."""
        template = common().problems[self.key]
        return Text(
            template.th.format_map({name: _shown(value, "th") for name, value in self.values.items()}),
            template.en.format_map({name: _shown(value, "en") for name, value in self.values.items()}),
        )

    def __str__(self) -> str:
        return self.text.en

    def __repr__(self) -> str:
        return f"Said({self.key!r}, {self.values!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Said) and (self.key, self.values) == (other.key, other.values)

    def __hash__(self) -> int:
        return hash(self.key)


class Unreadable(ValueError):
    """A value that cannot be read; `said` tells why in both languages, the error itself in English."""

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__(said)


def as_text(value: Said | str) -> Text:
    """A message in words, or what is not one as it is."""
    return value.text if isinstance(value, Said) else Text(value, value)


def _shown(value: object, language: str) -> str:
    if isinstance(value, Said):
        return value.text.in_(language)
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_shown(item, language) for item in value)
    return str(value)
