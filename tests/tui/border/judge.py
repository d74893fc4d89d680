"""Whether an expression may be shown."""

from __future__ import annotations

import ast

from tests.tui.border.names import Package, Scope, last_name
from tests.tui.border.places import CLEAN_MAKERS, CONTENT_MAKERS, MARKUP_WIDGETS

__all__ = ["Judge"]


class Judge:
    """Whether an expression may be shown."""

    def __init__(self, package: Package, scopes: list[Scope]) -> None:
        self.package = package
        self.scopes = scopes
        self._busy: set[str] = set()

    def literal(self, node: ast.expr) -> bool:
        """Written in the source, whole."""
        match node:
            case ast.Constant():
                return True
            case ast.BinOp(left=left, op=ast.Mult()):
                return self.literal(left)
            case ast.BinOp(left=left, right=right, op=ast.Add()):
                return self.literal(left) and self.literal(right)
            case ast.IfExp(body=body, orelse=orelse):
                return self.literal(body) and self.literal(orelse)
            case ast.Name(id=name):
                return self._name(name, self.literal)
            case ast.JoinedStr(values=values):
                return all(isinstance(part, ast.Constant) for part in values)
        return False

    def content(self, node: ast.expr) -> bool:
        """Content built at the border, or a literal."""
        match node:
            case ast.Call(func=func) if last_name(func) in CONTENT_MAKERS | self.package.content:
                return True
            case (
                ast.Call(func=ast.Name(id="Content"))
                | ast.Call(func=ast.Attribute(attr="styled" | "assemble", value=ast.Name(id="Content")))
            ):
                return True  # what goes into it is judged where it stands
            case ast.Call(func=ast.Attribute(attr="join", value=joiner), args=[parts]):
                return self.content(joiner) and self.many(parts)
            case ast.Call(func=ast.Attribute(value=of, attr=attr)) if attr not in ("append", "join"):
                # a method of content answers content
                return self.content(of) and not self.literal(of)
            case ast.Call(func=func) if self.package.sink(last_name(func), MARKUP_WIDGETS) is not None:
                return True  # an Option, judged where it stands
            case ast.BinOp(left=left, right=right, op=ast.Add()):
                return self.content(left) and self.content(right)
            case ast.IfExp(body=body, orelse=orelse):
                return self.content(body) and self.content(orelse)
            case ast.BoolOp(values=values):
                return all(map(self.content, values))
            case ast.NamedExpr(value=value) | ast.Await(value=value):
                return self.content(value)
            case ast.Attribute(attr=attr):
                return attr in self.package.content
            case ast.Subscript(value=value):
                return self.many(value)
            case ast.Name(id=name):
                return self._name(name, self.content, "one")
        return self.literal(node)

    def many(self, node: ast.expr) -> bool:
        """A sequence of such content."""
        match node:
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                return all(self.many(p.value) if isinstance(p, ast.Starred) else self._part(p) for p in parts)
            case ast.ListComp(elt=part) | ast.GeneratorExp(elt=part):
                return self._part(part)
            case ast.Call(func=ast.Name(id="list" | "tuple" | "reversed"), args=[parts]):
                return self.many(parts)
            case ast.Call(func=func):
                return last_name(func) in self.package.contents
            case ast.Attribute(attr=attr):
                return attr in self.package.contents
            case ast.IfExp(body=body, orelse=orelse):
                return self.many(body) and self.many(orelse)
            case ast.BinOp(left=left, right=right, op=ast.Add()):
                return self.many(left) and self.many(right)
            case ast.Name(id=name):
                return self._name(name, self.many, "many")
        return False

    def _part(self, node: ast.expr) -> bool:
        # (prompt, value) of a Select
        return self.content(node.elts[0]) if isinstance(node, ast.Tuple) and node.elts else self.content(node)

    def clean(self, node: ast.expr) -> bool:
        """A string cleaned at the border, content, or a literal; joined with others of its kind."""
        match node:
            case ast.Call(func=func) if last_name(func) in CLEAN_MAKERS:
                return True
            case ast.Call(
                func=ast.Name(id="str" | "len" | "round"), args=[ast.Call(func=ast.Name(id="len"))]
            ):
                return True
            case ast.Call(func=ast.Attribute(attr="join", value=joiner), args=[parts]):
                return self.clean(joiner) and self.all_clean(parts)
            case ast.JoinedStr(values=values):
                return all(self.clean(part) for part in values)
            case ast.FormattedValue(value=value, format_spec=spec):
                number = spec is not None and ast.unparse(spec).strip("f'\"")[-1:] in (
                    "d",
                    "f",
                    "g",
                    "%",
                    ",",
                )
                return number or self.clean(value)
            case ast.BinOp(left=left, right=right, op=ast.Add()):
                return self.clean(left) and self.clean(right)
            case ast.IfExp(body=body, orelse=orelse):
                return self.clean(body) and self.clean(orelse)
            case ast.BoolOp(values=values):
                return all(map(self.clean, values))
            case ast.Tuple(elts=[text, *_]):
                return self.clean(text)
            case ast.Starred(value=value):
                return self.all_clean(value)
            case ast.Name(id=name) if self._name(name, self.clean):
                return True
        return self.content(node)

    def all_clean(self, node: ast.expr) -> bool:
        """A sequence of clean strings or content."""
        match node:
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                return all(map(self.clean, parts))
            case ast.ListComp(elt=part) | ast.GeneratorExp(elt=part):
                return self.clean(part)
            case ast.Name(id=name) if self._name(name, self.all_clean):
                return True
        return self.many(node)

    def _name(self, name: str, judge: object, kind: str = "") -> bool:
        """A name is what everything bound to it is; parameters are their types."""
        assert callable(judge)
        for scope in reversed(self.scopes):
            if name in scope.types:
                return bool(kind) and scope.types[name] == kind
            if name in scope.values or name in scope.loops:
                key = f"{name} {judge}"
                if key in self._busy:
                    return True
                self._busy.add(key)
                bound = all(value is not None and judge(value) for value in scope.values.get(name, ()))
                looped = all(self.many(over) for over in scope.loops.get(name, ()))
                self._busy.discard(key)
                return bound and looped and (name not in scope.loops or judge != self.literal)
        return False
