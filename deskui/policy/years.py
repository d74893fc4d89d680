"""The two eras: a year of 2400 or more can only be of the Buddhist era (X-05). Files of terms have A.D."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from deskui.policy.said import Said

if TYPE_CHECKING:
    from deskui.policy.problems import Problems, Where

BUDDHIST_ERA = 543
"""Years the Buddhist era is ahead of the common era."""
FIRST_BUDDHIST = 2400


_DAY = re.compile(r"\b2[4-7]\d\d-\d\d-\d\d")


def common_era(year: int) -> int:
    """A year of either era as one of the common era."""
    return year - BUDDHIST_ERA if year >= FIRST_BUDDHIST else year


def in_common_era(document: Mapping[str, Any], problems: Problems) -> dict[str, Any]:
    """The document with every date in the common era; notes those that were not."""
    # most files have no such year, and a look at the text costs a hundredth of a walk
    if not _DAY.search(problems.source):
        return dict(document)
    changed: dict[str, Any] = _changed(document, (), problems)
    return changed


def _buddhist(value: Any) -> bool:
    # far years may stand for "for good"
    return isinstance(value, date) and FIRST_BUDDHIST <= value.year < 2800


def _changed(node: Any, where: Where, problems: Problems) -> Any:
    if isinstance(node, dict):
        return {key: _changed(value, (*where, key), problems) for key, value in node.items()}
    if isinstance(node, list):
        return [_changed(value, (*where, number), problems) for number, value in enumerate(node)]
    if not _buddhist(node):
        return node
    try:
        meant = node.replace(year=common_era(node.year))
    except ValueError:
        # a leap day of a year that has none
        meant = node.replace(year=common_era(node.year), day=28)
    shown = meant.isoformat() if isinstance(meant, datetime) else f"{meant}"
    problems.add(where, node, Said("common_era", day=shown))
    return meant
