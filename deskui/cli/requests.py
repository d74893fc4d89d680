"""Reads requests to decide: one JSON object, an array of them, or JSON lines; a bad one stops no other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from deskui.dataclass import dataclass

DEPTH = 32
"""Deepest nesting that is read."""

_OWN = ("policy", "ask", "at", "facts", "settled")


class Unreadable(Exception):
    """One request that cannot be read: where, which key ("" for the whole), and what is wrong."""

    def __init__(self, place: str, key: str, message: str) -> None:
        self.place = place
        self.key = key
        self.message = message
        super().__init__(f"{place}: {key}: {message}" if key else f"{place}: {message}")

    def to_json(self) -> dict[str, Any]:
        """`{"error": {"place", "key", "message"}}`, printed where the answer would stand."""
        return {"error": {"place": self.place, "key": self.key or None, "message": self.message}}


@dataclass(frozen=True, slots=True)
class Request:
    """One request as given; `facts` are raw."""

    place: str
    """`line 3` or `item 3`, counted from 1."""
    policy: str
    ask: str
    at: Any
    facts: Mapping[str, Any]
    settled: Mapping[str, str]


def read_requests(data: bytes) -> Iterator[Request | Unreadable]:
    """The requests of an input, in order, with what could not be read in its place."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield Unreadable(f"line {line}", "", f"byte {data[error.start]:#04x} is not UTF-8: save it as UTF-8")
        return
    if not text.strip():
        yield Unreadable("line 1", "", "the input is empty: give one JSON object, an array, or JSON lines")
        return
    first = text.lstrip()[0]
    whole = _whole(text) if first in "[{" else None
    if isinstance(whole, list):
        if not whole:
            yield Unreadable("line 1", "", "the array is empty: give at least one request")
        for number, item in enumerate(whole, 1):
            yield _request(item, f"item {number}")
    elif isinstance(whole, _Object):
        yield _request(whole, f"line {text[: len(text) - len(text.lstrip())].count(chr(10)) + 1}")
    elif first == "[":
        yield _parsed(text, "line {}", text)
    else:
        yield from _lines(text)


_DIGITS = 40
"""Digits of a whole number in a request: more is a slip, and from thousands on Python refuses them."""


class _Object(dict[str, Any]):
    """A JSON object that remembers keys given twice."""

    twice: tuple[str, ...] = ()


def _pairs(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        found.twice = tuple(sorted({name for name in names if names.count(name) > 1}))
    return found


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number in JSON")


def _whole_number(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise ValueError(f"{digits[:9]}… is a number of {len(digits)} digits: at most {_DIGITS} can be read")
    return int(digits)


def _loads(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_number, parse_int=_whole_number)


def _whole(text: str) -> Any:
    """The input as one value; None when it is none (it may be lines)."""
    try:
        return _loads(text)
    except (ValueError, RecursionError):
        return None


def _lines(text: str) -> Iterator[Request | Unreadable]:
    # not splitlines(): U+2028 and its like may stand inside JSON text
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _parsed(line, f"line {number}", text)


def _parsed(text: str, place: str, whole: str) -> Request | Unreadable:
    try:
        value = _loads(text)
    except json.JSONDecodeError as error:
        at = place.format(error.lineno)
        hint = ""
        if text is not whole and whole.lstrip().startswith("{") and text.strip() == "{":
            hint = "; an object over several lines must be the only one: give the others as an array"
        return Unreadable(at, "", f"not JSON at column {error.colno}: {error.msg}{hint}")
    except RecursionError:
        return Unreadable(place.format(1), "", f"nested deeper than {DEPTH} levels")
    except ValueError as error:
        return Unreadable(place.format(1), "", str(error))
    return _request(value, place.format(1))


def _request(value: Any, place: str) -> Request | Unreadable:
    try:
        return _checked(value, place)
    except Unreadable as problem:
        return problem
    except RecursionError:
        return Unreadable(place, "", f"nested deeper than {DEPTH} levels")


def _checked(value: Any, place: str) -> Request:
    if not isinstance(value, _Object):
        raise Unreadable(place, "", f"found {_kind(value)}, expected a JSON object with policy, ask and at")
    _no_doubles(value, place, "", 1)
    texts = {}
    for key, example in (("policy", '"acme"'), ("ask", '"scope"')):
        text = value.get(key)
        if key not in value:
            raise Unreadable(place, key, f"missing: expected text such as {example}")
        if not isinstance(text, str):
            raise Unreadable(place, key, f"found {_kind(text)}, expected text such as {example}")
        texts[key] = text
    if "at" not in value:
        raise Unreadable(place, "at", 'missing: expected an instant such as "2026-11-23T10:30:00"')
    settled = value.get("settled", {})
    if not isinstance(settled, dict) or any(not isinstance(word, str) for word in settled.values()):
        raise Unreadable(place, "settled", "expected an object of reading names and the option chosen")
    nested = value.get("facts", {})
    if not isinstance(nested, dict):
        raise Unreadable(place, "facts", f"found {_kind(nested)}, expected an object")
    facts: dict[str, Any] = {}
    for source in ({key: item for key, item in value.items() if key not in _OWN}, nested):
        for key, item in source.items():
            put_fact(facts, key, item, place)
    return Request(place, texts["policy"], texts["ask"], value["at"], facts, settled)


def _no_doubles(value: Any, place: str, path: str, depth: int) -> None:
    if depth > DEPTH:
        raise Unreadable(place, path.lstrip("."), f"nested deeper than {DEPTH} levels")
    if isinstance(value, _Object):
        if value.twice:
            key = f"{path}.{value.twice[0]}".lstrip(".")
            raise Unreadable(place, key, "given twice: keep one")
        for name, item in value.items():
            _no_doubles(item, place, f"{path}.{name}", depth + 1)
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            _no_doubles(item, place, f"{path}[{number}]", depth + 1)


def put_fact(facts: dict[str, Any], key: str, item: Any, place: str) -> None:
    """Puts a fact in, a dotted one into its record."""
    head, dot, rest = key.partition(".")
    if not dot:
        if isinstance(facts.get(key), dict) and isinstance(item, dict):
            for name, inner in item.items():
                put_fact(facts[key], name, inner, place)
            return
        if key in facts and facts[key] != item:
            raise Unreadable(place, key, "given twice, with different values: keep one")
        facts[key] = dict(item) if isinstance(item, dict) else item
        return
    record = facts.setdefault(head, {})
    if not isinstance(record, dict):
        raise Unreadable(place, key, f"{head} is {_kind(record)}, so it has no {rest}")
    put_fact(record, rest, item, place)


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text {value[:40]!r}"
        case list():
            return "an array"
    return "an object"
