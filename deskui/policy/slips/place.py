"""The place where the reader of TOML stumbled in a text, and what stands around it."""

from __future__ import annotations

import re

from deskui.dataclass import dataclass
from deskui.policy.said import Said
from deskui.policy.slips.values import CURLY

TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"?|\'[^\'\n]*\'?|#[^\n]*|[\[\]{}=,]', re.DOTALL
)
"""A text, closed or not, a comment, or a mark of TOML."""
PAIR = re.compile(r"[\w\"'.-]+[ \t]*=(?!=)")
KEY = re.compile(r"[A-Za-z0-9_.\"'-]+")
_STATEMENT = re.compile(r"^(?=\[|[\w\"'.-]+[ \t]*=)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Slip:
    """One place of a text that is no TOML."""

    line: int
    found: Said | str
    expected: Said


Found = tuple[Slip, str | None] | None
"""A slip and the text with it mended (None: nobody can tell what was meant), or no slip of this kind."""


class Place:
    """A stumble: its offset, line and row, and the brackets that are open there."""

    def __init__(self, text: str, told: str) -> None:
        self.text = text
        self.told = told
        found = re.search(r"\(at line (\d+), column (\d+)\)", told)
        if found is None:
            self.at = len(text)
        else:
            self.at = _line_start(text, int(found[1])) + int(found[2]) - 1
        # an error at the end of the document is one of the last line that says something
        self.line = text.count("\n", 0, min(self.at, len(text.rstrip()))) + 1
        self.start = text.rfind("\n", 0, self.at) + 1
        end = text.find("\n", self.at)
        self.end = len(text) if end < 0 else end
        self.row = text[self.start : self.end]
        self.opened = self._opened()

    def _opened(self) -> list[tuple[int, str]]:
        """The brackets of values that are open where it stumbled: (offset, bracket)."""
        opened: list[tuple[int, str]] = []
        at = 0
        while (token := TOKEN.search(self.text, at)) is not None and token.start() < self.at:
            char = token.group()
            at = token.end()
            line = self.text.rfind("\n", 0, token.start()) + 1
            if char == "[" and not opened and not self.text[line : token.start()].strip():
                # the head of a table
                at = self.text.find("\n", at)
                if at < 0:
                    break
            elif char in ("[", "{"):
                opened.append((token.start(), char))
            elif char in ("]", "}") and opened:
                opened.pop()
        return opened

    def slip(self, found: Said | str, expected: Said, at: int | None = None) -> Slip:
        return Slip(self.line if at is None else self.text.count("\n", 0, at) + 1, found, expected)

    def put(self, start: int, end: int, new: str) -> str:
        """The text with another stretch, of as many lines."""
        lost = self.text.count("\n", start, end) - new.count("\n")
        return self.text[:start] + new + "\n" * lost + self.text[end:]

    def left_out(self) -> str:
        """The text without the lines around the slip, from one head or key to the next."""
        starts = [match.start() for match in _STATEMENT.finditer(self.text)]
        if self.opened and self.row.strip().startswith(("{", "[", '"')):
            return self.put(self.start, self.end, "")
        before = [start for start in starts if start <= self.start]
        after = [start for start in starts if start > self.start]
        first = before[-1] if before else self.start
        last = after[0] if after else len(self.text)
        return self.put(first, last, "")

    def span(self) -> tuple[int, int]:
        """Where the value that was being read begins and ends."""
        first = self.start
        for token in TOKEN.finditer(self.text, self.start, self.end):
            if token.start() >= self.at and self.text[self.at - 1 : self.at] != token.group():
                break
            if token.start() < self.at and token.group() in "=[{,":
                first = token.end()
        at = first + len(self.text[first : self.end]) - len(self.text[first : self.end].lstrip())
        if self.text[at : at + 1] in CURLY:
            marks = [n for n in range(at + 1, self.end) if self.text[n] in (*CURLY, '"')]
            if marks:
                return at, marks[0] + 1
        for token in TOKEN.finditer(self.text, at, self.end):
            if token.group()[0] in ",]}#" or (token.group()[0] == "=" and token.start() > at):
                return at, max(token.start(), at)
        return at, self.end


def without_comment(text: str, end: int) -> int:
    """Where the last line before `end` ends without its comment."""
    start = text.rfind("\n", 0, end) + 1
    for token in TOKEN.finditer(text, start, end):
        if token.group()[0] == "#":
            return token.start()
    return end


def cut(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= 40 else f"{text[:40]}…"


def _line_start(text: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.index("\n", at) + 1
    return at
