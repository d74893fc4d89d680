"""One small change of a policy document: where, what, and the document with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from deskui.dataclass import dataclass
from deskui.policy.problems import Where, key_text

REMOVE: Any = object()


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of a document."""

    where: Where
    change: str
    value: Any = field(compare=False)
    """What stands there instead; REMOVE takes it away."""
    asks: frozenset[str] | None
    """The services it may affect; None means all."""
    also: tuple[Where, ...] = ()
    """Where the same stands again: changed at once."""
    named: Where = ()
    """Its place in the file, for what stands in several places of the document."""

    @property
    def place(self) -> str:
        """Its place in words, as `[[equivalent]]` names it."""
        return key_text(self.named or self.where)

    def apply(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """The document with this one change; what is not on the way to it is shared."""
        changed: Any = document
        for where in (self.where, *self.also):
            changed = _put(changed, where, self.value)
        whole: dict[str, Any] = changed
        return whole

    def __str__(self) -> str:
        return f"{self.place}: {self.change}"


def _put(node: Any, where: Where, value: Any) -> Any:
    head, rest = where[0], where[1:]
    copy: Any = dict(node) if isinstance(node, Mapping) else list(node)
    if rest:
        copy[head] = _put(node[head], rest, value)
    elif value is REMOVE:
        del copy[head]
    else:
        copy[head] = value
    return copy
