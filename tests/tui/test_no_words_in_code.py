"""Words of the screens stand in the catalogues of messages and commands, nowhere else in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import deskui.tui

FOLDER = Path(deskui.tui.__file__).parent
CATALOGUES = re.compile(r"messages\.py|.*_words\.py|catalogue\.py|dates\.py|keymap\.py|text\.py|thai\.py")
"""Messages, commands, names of days and months, why a key cannot be chosen; and the letters of Thai."""

_THAI = re.compile("[\u0e01-\u0e5b]")
_WORD = re.compile("[A-Za-z]{2,}")
_STYLES = frozenset(("bold", "italic", "dim", "underline", "reverse", "strike", "not", "on"))

SHOWN = {
    "Static", "Content", "Segment", "Text", "shown", "shown_lines", "toast", "notify", "fit", "cut", "Line",
    "Item",     "tell", "Option", "Label", "styled", "Choice",
}  # fmt: skip
"""Calls whose first argument comes on a screen."""
PARTS = {"assembled", "assemble"}
"""Calls that take (text, style) pairs."""
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "placeholder"}
UNSEEN = {
    "debug", "info", "warning", "error", "exception", "critical", "Binding", "ValueError", "KeyError",
    "TypeError", "AssertionError", "NotImplementedError", "compile", "sub", "run_worker", "fetch",
    "query_one", "query",
}  # fmt: skip
"""Calls whose texts nobody reads on a screen: the log, errors of the code, patterns, selectors."""


def words_in(source: str) -> list[str]:
    """`line: text` of each text that seems to be for a screen."""
    tree = ast.parse(source)
    found: dict[int, str] = {}
    hidden = {id(node) for node in _hidden(tree)}
    for node in _shown(tree):
        for text in _texts(node):
            if _WORD.search(str(text.value)) and id(text) not in hidden:
                found[id(text)] = f"{text.lineno}: {text.value!r}"
    for part in ast.walk(tree):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in hidden:
            said = _THAI.search(part.value) or _is_sentence(part.value)
            found |= {id(part): f"{part.lineno}: {part.value!r}"} if said else {}
    return sorted(found.values())


def _is_sentence(text: str) -> bool:
    """Two words beside each other that are no style."""
    words = [word for word in text.split() if _WORD.fullmatch(word.strip(".,:;!?()…"))]
    return len([word for word in words if word not in _STYLES]) >= 1 and len(words) >= 2


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _hidden(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, styles, types, and what only programmers read."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as text):
                yield text
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.endswith(("_CSS", "__all__")):
                yield from ast.walk(value)
            case ast.AnnAssign(annotation=annotation):
                yield from ast.walk(annotation)
            case ast.Raise() | ast.Assert():
                yield from ast.walk(node)
            case ast.Call(func=func, args=args) if _name(func) in UNSEEN:
                for part in args:
                    yield from ast.walk(part)


def _shown(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=func, args=[first, *_]) if _name(func) in SHOWN:
                yield first
            case ast.Call(func=func, args=args) if _name(func) in PARTS:
                for pair in (part for arg in args for part in ast.walk(arg) if isinstance(part, ast.Tuple)):
                    if len(pair.elts) == 2:
                        yield pair.elts[0]
            case ast.Assign(targets=[ast.Attribute(attr=attr)], value=value) if attr in ATTRIBUTES:
                yield value


def _texts(node: ast.expr) -> Iterator[ast.Constant]:
    """Texts that are put together here; those handed to a call such as say() are names."""
    match node:
        case ast.Constant(value=str()):
            yield node
        case ast.JoinedStr(values=values):
            for part in values:
                yield from _texts(part)
        case ast.BinOp(left=left, right=right):
            yield from _texts(left)
            yield from _texts(right)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body)
            yield from _texts(orelse)
        case ast.BoolOp(values=values):
            for part in values:
                yield from _texts(part)


def _sources() -> list[Path]:
    return [path for path in sorted(FOLDER.rglob("*.py")) if not CATALOGUES.fullmatch(path.name)]


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_words_of_a_screen_stand_in_the_code(path: Path) -> None:
    assert words_in(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        "Static('Saved')",
        "Static(f'{n} tickets')",
        "shown('no' if x else say('y'))",
        "assembled([('note: ', 'bold'), (say('a'), '')])",
        "self.border_title = 'Queue'",
        "self.toast('Done ' + name)",
        "x = 'Choose a ticket first'",
        "x = 'ค่ะ'",
        "lines.append(Line(f'due {at}'))",
        "Segment('over', style)",
        "return 'not now'",
    ],
)
def test_a_word_in_the_code_is_seen(code: str) -> None:
    assert words_in(f"def f():\n    {code}\n")


@pytest.mark.parametrize(
    "code",
    [
        "Static(say('a.b'))",
        "Static(id='x')",
        "assembled([(' · ', 'bold $text-accent'), (f'{n} ', '$text-muted')])",
        "style = 'bold on $block-cursor-background'",
        "raise ValueError('a key is missing')",
        "_log.exception('the desk could not be opened')",
        "Binding('q', 'leave', 'Leave the desk')",
        "self.query_one('#sla Static')",
        "x = 'ticket.none'",
        "shown(f'{a} · {b}')",
        "'''A docstring of several words.'''",
    ],
)
def test_what_nobody_reads_is_let_through(code: str) -> None:
    assert not words_in(f"def f():\n    {code}\n")
