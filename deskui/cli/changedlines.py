"""The lines in which two policy files decide by something else, whatever their examples say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from deskui.policy.decision import Text
from deskui.policy.digest import deciding
from deskui.policy.filetext import read_document, read_text
from deskui.policy.positions import line_of
from deskui.policy.problems import Where, as_written, key_text

_NOTHING: Any = object()


def changed_lines(old: Path, new: Path) -> list[tuple[str, Text]]:
    """(FILE:LINE: key, was → is) of every value that differs, besides words and comments."""
    was, now = (deciding(read_document(read_text(file), file).document) for file in (old, new))
    texts = {file: read_text(file) for file in (old, new)}
    found = []
    for where, before, after in _differing(was, now, ()):
        if where[0] == "policy":
            continue
        file = old if after is _NOTHING else new
        shown = f"{_shown(before)} → {_shown(after)}"
        found.append((f"{file}:{line_of(texts[file], where)}: {key_text(where)}", Text(shown, shown)))
    return found


def _shown(value: Any) -> str:
    text = "—" if value is _NOTHING else as_written(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _differing(old: Any, new: Any, where: Where) -> Iterator[tuple[Where, Any, Any]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from _differing(old.get(key, _NOTHING), new.get(key, _NOTHING), (*where, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differing(one, other, (*where, number))
    elif old != new:
        yield where, old, new
