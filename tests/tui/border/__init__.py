"""Finds ways to the screen that go round `deskui.tui.text`, by reading the source.

Two kinds of places take text. Where Textual reads markup in a `str` (Static, notify, border_title …) only
content built in text.py or a literal may go. Where letters are drawn as they are (Segment, Content,
placeholder …) a string cleaned there, words of the message catalogue, or a literal may go too. What cannot be
told from the function at hand counts as text from outside: give the parameter or the function the type
`Content`, which mypy then holds.
"""

from __future__ import annotations

import ast
from pathlib import Path

from tests.tui.border.finder import Finder, Problem
from tests.tui.border.names import Package

__all__ = ["Problem", "problems_in", "problems_of"]


def problems_of(sources: dict[str, str]) -> list[Problem]:
    """The ways round the border in sources by file name."""
    trees = {name: ast.parse(source, name) for name, source in sources.items()}
    package = Package()
    package.read(trees.values())
    found: list[Problem] = []
    for name, tree in trees.items():
        finder = Finder(name, package)
        finder.visit(tree)
        found += finder.found
    return sorted(set(found))


def problems_in(folder: Path, border: frozenset[str]) -> list[Problem]:
    """The same for the Python files below a folder but those of the border itself, named by path below it."""
    files = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.py"))
    }
    return problems_of({name: source for name, source in files.items() if name not in border})
