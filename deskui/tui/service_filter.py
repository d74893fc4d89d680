"""Which services a few typed letters mean. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from deskui.desk.fold import fold
from deskui.desk.layout import other_layout

if TYPE_CHECKING:
    from deskui.desk.model import ServiceInfo

__all__ = ["found_by", "matching"]


def matching(services: Sequence[ServiceInfo], typed: str) -> Sequence[ServiceInfo]:
    """The services that hold all typed words in their names, keywords or id, best first.

    The text is also tried as the same keys type it on the other keyboard layout. Best is where a name begins
    with it, then where any word does, then anywhere; the vendor's order decides between equals.
    """
    if not typed.strip():
        return services
    needles = (fold(typed), fold(other_layout(typed)))
    ranked = [
        (min(_rank_as(info, needle) + late for late, needle in enumerate(needles)), info) for info in services
    ]
    return [info for rank, info in sorted(ranked, key=lambda pair: pair[0]) if rank < _NO]


def found_by(info: ServiceInfo, typed: str, language: str) -> str:
    """The name in the other language where that holds what was typed and the one in `language` does not."""
    other = info.name.in_("en" if language == "th" else "th")
    needles = [needle for needle in (fold(typed), fold(other_layout(typed))) if needle]
    own, theirs = fold(info.name.in_(language)), fold(other)
    if any(needle in own for needle in needles):
        return ""
    return other if any(needle in theirs for needle in needles) else ""


_NO = 9
_THAI = frozenset(map(chr, range(0x0E01, 0x0E5C)))


@lru_cache(maxsize=1024)
def _folded(info: ServiceInfo) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str]:
    """The names, all texts, the words in them, and the whole, as they are searched; the same at every key."""
    names = (fold(info.name.th), fold(info.name.en))
    texts = (*names, *(fold(word) for word in info.keywords), info.service.replace("-", " "))
    return names, texts, tuple(part for text in texts for part in text.split()), " ".join(texts)


def _rank_as(info: ServiceInfo, needle: str) -> int:
    if not needle:
        return _NO
    names, texts, starts, whole = _folded(info)
    if any(name.startswith(needle) for name in names):
        return 0
    # Thai has no spaces: a word inside a name is as good as one that begins a word
    inside = needle[0] in _THAI and any(needle in name for name in names)
    if inside or any(part.startswith(needle) for part in starts):
        return 2
    if any(needle in text for text in texts):
        return 4
    words = needle.split()
    return 6 if len(words) > 1 and all(word in whole for word in words) else _NO
