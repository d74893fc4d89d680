"""The part of a policy's version that says what it decides, whatever it says in words."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

_WORDING = frozenset(
    {"th", "en", "name", "short", "source", "clause", "keywords", "key", "say", "labels", "contact", "unit"}
)
"""Keys of words: what is read, cited or typed, and decides nothing."""


def digest(document: Mapping[str, Any]) -> str:
    """Eight hexadecimal digits of a parsed policy file without its comments, layout and wording.

    Two files with one digest decide every request alike, so a ticket that came in under one of them may be
    judged again under the other: see `Policy.version`.
    """
    told = json.dumps(deciding(document), default=str, ensure_ascii=False)
    return f"{zlib.crc32(told.encode()):08x}"


def deciding(node: Any) -> Any:
    """A part of a parsed policy file without its wording."""
    if isinstance(node, Mapping):
        return {key: deciding(value) for key, value in node.items() if not _is_wording(key, value)}
    if isinstance(node, list):
        return [deciding(item) for item in node]
    return node


def _is_wording(key: str, value: Any) -> bool:
    # the unit of a measure and the contact of a row are figures; those of a question and a file are words
    return key in _WORDING and not (key in ("unit", "contact") and isinstance(value, str))
