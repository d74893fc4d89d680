"""Walks a file and notes every way round the border."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tests.tui.border.judge import Judge
from tests.tui.border.names import Package, Places, Scope, last_name
from tests.tui.border.places import (
    ANY_WIDGET,
    FORBIDDEN,
    MARKUP_ATTRIBUTES,
    MARKUP_METHODS,
    MARKUP_WIDGETS,
    PARSERS,
    RAW_ATTRIBUTES,
    RAW_METHODS,
    RAW_WIDGETS,
)

__all__ = ["Finder", "Problem"]

RAW_FIELDS = frozenset({"ThaiInput", "ThaiTextArea"})
"""Widgets of deskui's own border."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One way round the border."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class Finder(ast.NodeVisitor):
    """Walks one file."""

    def __init__(self, file: str, package: Package) -> None:
        self.file = file
        self.package = package
        self.scopes: list[Scope] = []
        self.classes: list[ast.ClassDef] = []
        self.functions: list[str] = []
        self.found: list[Problem] = []
        self.foreign: set[str] = set()
        """Names imported from parts of deskui that draw nothing: their Text is not Rich's."""

    def say(self, node: ast.AST, what: str) -> None:
        """Notes a problem."""
        self.found.append(Problem(self.file, getattr(node, "lineno", 0), what))

    @property
    def judge(self) -> Judge:
        """For where we are."""
        return Judge(self.package, self.scopes)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module is not None and node.module.startswith("deskui."):
            self.foreign |= {alias.asname or alias.name for alias in node.names} - set(self.package.bases)

    def visit_Module(self, node: ast.Module) -> None:
        self._scope(node)

    def _scope(self, node: ast.AST) -> None:
        self.scopes.append(Scope(node))
        self.generic_visit(node)
        self.scopes.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.classes.append(node)
        self._scope(node)
        self.classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.functions.append(node.name)
        self._scope(node)
        self.functions.pop()

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.functions.append(node.name)
        self._scope(node)
        self.functions.pop()

    def visit_Return(self, node: ast.Return) -> None:
        if (
            self.functions[-1:] == ["render"]
            and self.classes
            and node.value
            and not self.judge.content(node.value)
        ):
            self.say(node, "render() answers text not built in text.py")
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._attribute(target, node.value, node)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._attribute(node.target, node.value, node)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._attribute(node.target, node.value, node)
        self.generic_visit(node)

    def _attribute(self, target: ast.expr, value: ast.expr, node: ast.AST) -> None:
        if isinstance(target, ast.Attribute):
            if target.attr in MARKUP_ATTRIBUTES and not self.judge.content(value):
                self.say(node, f"{target.attr} is set to text not built in text.py")
            if target.attr in RAW_ATTRIBUTES and not self.judge.clean(value):
                self.say(node, f"{target.attr} is set to text not cleaned in text.py")
        elif isinstance(target, ast.Tuple):
            parts = (
                value.elts if isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts) else None
            )
            for at, part in enumerate(target.elts):
                self._attribute(part, parts[at] if parts else value, node)

    def visit_Call(self, node: ast.Call) -> None:
        name = last_name(node.func)
        if isinstance(node.func, ast.Attribute):
            self._method(node, name)
        ours = name in self.foreign and name not in RAW_FIELDS
        markup = None if ours else self.package.sink(name, MARKUP_WIDGETS)
        if _is_super_init(node) and self.classes:
            for base in self.classes[-1].bases:
                markup = markup or self.package.sink(last_name(base), MARKUP_WIDGETS)
        if markup is not None:
            self._places(node, name, markup, markup_read=True)
        raw = None if ours else self.package.sink(name, RAW_WIDGETS)
        if raw is not None:
            self._places(node, name, raw, markup_read=False)
        if name in FORBIDDEN:
            self.say(node, f"{name} shows what it is given as it comes")
        for word in node.keywords:
            if word.arg in ANY_WIDGET and not self.judge.content(word.value):
                self.say(node, f"{word.arg} of {name} is text not built in text.py")
            if word.arg == "markup" and not _is_false(word.value) and not self._all_literal(node):
                self.say(node, f"{name} reads markup")
        if name == "setattr" and len(node.args) > 1:
            which = node.args[1]
            named = which.value if isinstance(which, ast.Constant) else None
            if named is None or named in MARKUP_ATTRIBUTES | RAW_ATTRIBUTES:
                self.say(node, "setattr hides what is set")
        for argument in [*node.args, *(word.value for word in node.keywords)]:
            if isinstance(argument, ast.Attribute) and argument.attr in ("notify", "update"):
                self.say(node, f"{argument.attr} is handed on: call it where its text is")
        self.generic_visit(node)

    def _all_literal(self, node: ast.Call) -> bool:
        return all(map(self.judge.literal, node.args))

    def _method(self, node: ast.Call, name: str) -> None:
        if name == "notify":
            texts = [
                *node.args[:1],
                *(word.value for word in node.keywords if word.arg in ("message", "title")),
            ]
            off = any(word.arg == "markup" and _is_false(word.value) for word in node.keywords)
            judge = self.judge.clean if off else self.judge.literal
            if not all(map(judge, texts)) or _has_stars(node):
                self.say(node, "notify reads markup: give it markup=False and text cleaned in text.py")
        if name in PARSERS and not self._all_literal(node):
            self.say(node, f"{name} reads markup or escapes in text that is no literal")
        if name in MARKUP_METHODS:
            self._places(node, name, MARKUP_METHODS[name], markup_read=True)
        if name in RAW_METHODS:
            self._places(node, name, RAW_METHODS[name], markup_read=False)

    def _places(self, node: ast.Call, name: str, places: Places, *, markup_read: bool) -> None:
        judge = self.judge
        for value in _at(node, places):
            fine = judge.content(value) or judge.many(value) if markup_read else judge.clean(value)
            if not fine:
                needed = "built" if markup_read else "cleaned"
                self.say(node, f"{name}(…) shows text not {needed} in text.py")
        if places and _has_stars(node) and "*" not in places:
            self.say(node, f"{name}(…) is given arguments that cannot be seen")


def _at(node: ast.Call, places: Places) -> Iterator[ast.expr]:
    for place in places:
        if place == "*":
            yield from (part.value if isinstance(part, ast.Starred) else part for part in node.args)
        elif isinstance(place, int):
            if place < len(node.args) and not isinstance(node.args[place], ast.Starred):
                yield node.args[place]
        else:
            yield from (word.value for word in node.keywords if word.arg == place)


def _has_stars(node: ast.Call) -> bool:
    return any(isinstance(part, ast.Starred) for part in node.args) or any(
        word.arg is None for word in node.keywords
    )


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _is_super_init(node: ast.Call) -> bool:
    return (
        isinstance(node.func, ast.Attribute)
        and node.func.attr == "__init__"
        and isinstance(node.func.value, ast.Call)
        and last_name(node.func.value.func) == "super"
    )
