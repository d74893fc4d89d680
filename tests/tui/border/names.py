"""What the sources say of names: types by annotation, bases of classes, and what a scope binds."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Package", "Scope", "last_name"]

Places = tuple[int | str, ...]
"""Arguments by position or keyword; "*" is every positional one."""

_SEQUENCES = {"list", "tuple", "Sequence", "Iterable", "Iterator", "Generator"}


@dataclass
class Package:
    """What the sources say of types by name, over all files: a name counts only if all agree."""

    content: set[str] = field(default_factory=set)
    """Functions and attributes that are Content."""
    contents: set[str] = field(default_factory=set)
    """Functions and attributes that are sequences of Content."""
    bases: dict[str, list[str]] = field(default_factory=dict)
    own_init: set[str] = field(default_factory=set)

    def read(self, trees: Iterable[ast.Module]) -> None:
        """Collects annotations and classes."""
        said: dict[str, set[str]] = {}
        for tree in trees:
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    said.setdefault(node.name, set()).add(type_of(node.returns))
                elif isinstance(node, ast.AnnAssign):
                    name = last_name(node.target)
                    said.setdefault(name, set()).add(type_of(node.annotation))
                elif isinstance(node, ast.ClassDef):
                    self.bases[node.name] = [last_name(base) for base in node.bases]
                    if any(
                        isinstance(part, ast.FunctionDef) and part.name == "__init__" for part in node.body
                    ):
                        self.own_init.add(node.name)
        self.content |= {name for name, types in said.items() if types == {"one"}}
        self.contents |= {name for name, types in said.items() if types == {"many"}}

    def sink(self, name: str, table: dict[str, tuple[int | str, ...]]) -> tuple[int | str, ...] | None:
        """Places of the constructor `name` that take text, through classes of the package that pass it on."""
        if name not in self.bases:
            return table.get(name)
        if name in self.own_init:
            return None
        for base in self.bases.get(name, ()):
            found = self.sink(base, table)
            if found is not None:
                return found
        return None


def last_name(node: ast.expr) -> str:
    """The name at the end of a dotted one."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return last_name(node.value)
    return node.id if isinstance(node, ast.Name) else ""


def type_of(annotation: ast.expr | None) -> str:
    """One Content, many, or another type."""
    if annotation is None:
        return "other"
    text = ast.unparse(annotation).strip("'\"").replace(" | None", "").replace("None | ", "")
    if text == "Content":
        return "one"
    outer, _, inner = text.partition("[")
    inner = inner.removesuffix("]").removesuffix(", ...")
    return "many" if inner == "Content" and outer in _SEQUENCES else "other"


class Scope(ast.NodeVisitor):
    """The names of one function (or of a module's own level): what each is bound to."""

    def __init__(self, node: ast.AST) -> None:
        self.values: dict[str, list[ast.expr | None]] = {}
        self.loops: dict[str, list[ast.expr]] = {}
        self.types: dict[str, str] = {}
        self._root = node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            every += [extra for extra in (node.args.vararg, node.args.kwarg) if extra]
            for argument in every:
                self.types[argument.arg] = type_of(argument.annotation)
            if node.args.vararg and self.types[node.args.vararg.arg] == "one":
                self.types[node.args.vararg.arg] = "many"
        for child in ast.iter_child_nodes(node):
            self.visit(child)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Another scope."""

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Another scope."""

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Another scope."""

    def _bind(self, target: ast.expr, value: ast.expr | None) -> None:
        if isinstance(target, ast.Name):
            self.values.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple | ast.List):
            same = isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts)
            for at, part in enumerate(target.elts):
                self._bind(part, value.elts[at] if same and isinstance(value, ast.Tuple | ast.List) else None)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._bind(target, node.value)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if isinstance(node.target, ast.Name) and (kind := type_of(node.annotation)) != "other":
            self.types[node.target.id] = kind
        elif node.value is not None:
            self._bind(node.target, node.value)
        self.generic_visit(node)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self._bind(node.target, node.value)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._bind(node.target, node.value)
        self.generic_visit(node)

    def _loop(self, target: ast.expr, over: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.loops.setdefault(target.id, []).append(over)
        elif isinstance(target, ast.Tuple) and isinstance(over, ast.Call):
            called = last_name(over.func)
            if called == "zip" and len(over.args) == len(target.elts):
                for part, source in zip(target.elts, over.args, strict=True):
                    self._loop(part, source)
                return
            if called == "enumerate" and len(target.elts) == 2:
                self._loop(target.elts[1], over.args[0])
                target = target.elts[0]
            self._bind(target, None)
        else:
            self._bind(target, None)

    def visit_For(self, node: ast.For) -> None:
        self._loop(node.target, node.iter)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self._loop(node.target, node.iter)
        self.generic_visit(node)

    def visit_withitem(self, node: ast.withitem) -> None:
        if node.optional_vars is not None:
            self._bind(node.optional_vars, None)
        self.generic_visit(node)
