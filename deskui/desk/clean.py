"""Text that people type, before it is kept: nothing in it may steer a terminal. Pure."""

from __future__ import annotations

import re

TITLE_LIMIT = 200
NOTE_LIMIT = 20_000

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"  # direction, joiners, separators
    "\ufe00-\ufe0f\U000e0000-\U000e007f\U000e0100-\U000e01ef"  # variation selectors, tags
    "\ud800-\udfff]"  # halves of a pair
)
_SPACES = re.compile(r"\s+")
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")


def clean_note(text: str) -> str:
    """Free text of several lines: line ends as newlines, no control or direction characters, within
    NOTE_LIMIT.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    kept = _SARA_AM.sub("\\1\u0e33", _STEERING.sub("", lines))
    return kept.strip()[:NOTE_LIMIT].rstrip()


def clean_line(text: str, limit: int = TITLE_LIMIT) -> str:
    """Text of one line, spaces folded, within `limit` characters."""
    return _SPACES.sub(" ", clean_note(text))[:limit].rstrip()
