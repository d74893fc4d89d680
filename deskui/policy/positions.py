"""Finds the line of a key in a TOML text that tomllib has read; tomllib itself keeps no lines."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL)
_PLAIN = re.compile(r"[^,\]\}\n#]+")

Where = tuple[str | int, ...]


class _Walker:
    """Walks valid TOML and notes where each path starts."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.offsets: dict[Where, int] = {}
        self.counts: dict[Where, int] = {}

    def space(self) -> None:
        match = _SPACE.match(self.source, self.at)
        self.at = match.end() if match else self.at

    def key(self) -> Where:
        parts: list[str] = []
        while True:
            self.blank()
            match = _STRING.match(self.source, self.at) or _BARE.match(self.source, self.at)
            if match is None:
                raise ValueError("not a key")
            parts.append(match.group().strip("\"'"))
            self.at = match.end()
            self.blank()
            if self.source[self.at : self.at + 1] != ".":
                return tuple(parts)
            self.at += 1

    def blank(self) -> None:
        while self.source[self.at : self.at + 1] in (" ", "\t"):
            self.at += 1

    def note(self, where: Where, offset: int) -> None:
        for length in range(1, len(where) + 1):
            self.offsets.setdefault(where[:length], offset)

    def through_arrays(self, key: Where) -> Where:
        """The path a header names, with the index of each array of tables it passes through."""
        path: Where = ()
        for part in key:
            path = (*path, part)
            if path in self.counts:
                path = (*path, self.counts[path])
        return path

    def document(self) -> None:
        table: Where = ()
        while True:
            self.space()
            if self.at >= len(self.source):
                return
            start = self.at
            if self.source.startswith("[[", self.at):
                self.at += 2
                key = self.key()
                self.at += 2
                base = (*self.through_arrays(key[:-1]), key[-1])
                self.counts[base] = self.counts.get(base, -1) + 1
                table = (*base, self.counts[base])
                self.note(table, start)
            elif self.source[self.at] == "[":
                self.at += 1
                table = self.through_arrays(self.key())
                self.at += 1
                self.note(table, start)
            else:
                self.pair(table)

    def pair(self, table: Where) -> None:
        start = self.at
        path = (*table, *self.key())
        self.note(path, start)
        self.at += 1
        self.space()
        self.value(path)

    def value(self, path: Where) -> None:
        char = self.source[self.at]
        if char == "[":
            self.items(path, "]")
        elif char == "{":
            self.items(path, "}")
        else:
            match = _STRING.match(self.source, self.at) or _PLAIN.match(self.source, self.at)
            if match is None:
                raise ValueError("not a value")
            self.at = match.end()

    def items(self, path: Where, close: str) -> None:
        self.at += 1
        index = 0
        while True:
            self.space()
            if self.source[self.at] == close:
                self.at += 1
                return
            if close == "]":
                self.note((*path, index), self.at)
                self.value((*path, index))
                index += 1
            else:
                self.pair(path)
            self.space()
            if self.source[self.at] == ",":
                self.at += 1


@lru_cache(maxsize=4)
def _offsets(source: str) -> dict[Where, int]:
    """Where each path starts; kept, because whoever asks for one line asks for more of the same text."""
    walker = _Walker(source)
    # what was walked before a stumble still serves: this only places a message
    with suppress(ValueError, IndexError):
        walker.document()
    return walker.offsets


def line_of(source: str, where: Where) -> int:
    """Line (from 1) of the deepest part of `where` that the text has; 1 when it has none."""
    offsets = _offsets(source)
    for length in range(len(where), 0, -1):
        if where[:length] in offsets:
            return source.count("\n", 0, offsets[where[:length]]) + 1
    return 1
