"""Our dataclasses are those of the standard library in all that anybody can see of them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from itertools import product
from typing import Any, ClassVar

import pytest

from deskui.dataclass import dataclass as ours

_HOW = [
    dict(zip(("frozen", "slots", "eq", "repr"), how, strict=True)) for how in product((True, False), repeat=4)
]


def _made(decorator: Callable[..., Any], how: dict[str, bool]) -> tuple[type[Any], type[Any]]:
    """A class and an heir of it."""

    @decorator(**how)
    class Base:
        """One of each kind of field."""

        KIND: ClassVar[str] = "base"
        a: int
        b: str = "b"
        c: list[int] = field(default_factory=list)
        d: int = field(default=0, compare=False, repr=False)

        def double(self) -> int:
            return self.a * 2

    @decorator(**how)
    class Heir(Base):
        """A field more, another default."""

        b: str = "other"
        e: tuple[int, ...] = ()

        def __post_init__(self) -> None:
            if self.a < 0:
                raise ValueError(self.a)

    for made in (Base, Heir):
        # found there by pickle
        made.__qualname__ = made.__name__
        setattr(sys.modules[__name__], made.__name__, made)
    return Base, Heir


def _answer(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except Exception as error:
        return type(error)


def _seen(cls: type[Any], shown: bool) -> dict[str, object]:
    """What a class answers to whatever may be asked of a dataclass."""
    default = "other" if cls.__name__ == "Heir" else "b"
    one, same, other = cls(1), cls(1, default), cls(2, "x", [3], 4)
    return {
        "fields": [item.name for item in dataclasses.fields(cls)],
        "match": cls.__match_args__,
        "equal": (one == same, one == other, one == 1, one != same),
        "no hash": cls.__hash__ is None,
        "repr": repr(one) if shown else "",
        "values": (one.double(), cls.KIND, other.c, other.d, cls(a=5).a),
        "own list": one.c is not same.c,
        "as dict": dataclasses.asdict(other),
        "replaced": dataclasses.replace(other, a=7).a,
        "set": _answer(lambda: setattr(one, "a", 3)),
        "deleted": _answer(lambda: delattr(other, "b")),
        "open": hasattr(one, "__dict__"),
        "copied": copy.deepcopy(cls(4)).a,
        "pickled": pickle.loads(pickle.dumps(cls(6, "y"))).b,
        "made": [_answer(cls), _answer(lambda: cls(1, unknown=2)), _answer(lambda: cls(-1).a)],
    }


@pytest.mark.parametrize("how", _HOW, ids=str)
def test_a_class_answers_as_one_of_the_standard_library(how: dict[str, bool]) -> None:
    found = [_seen(cls, how["repr"]) for cls in _made(ours, how)]
    assert found == [_seen(cls, how["repr"]) for cls in _made(dataclasses.dataclass, how)]


def test_equal_values_have_one_hash() -> None:
    @ours(frozen=True, slots=True)
    class Point:
        x: int
        y: tuple[int, ...] = ()

    assert len({Point(1), Point(1, ()), Point(2)}) == 2


def test_what_a_class_says_itself_stands() -> None:
    @ours(frozen=True)
    class Named:
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Named) and other.name.lower() == self.name.lower()

        def __repr__(self) -> str:
            return "<named>"

        def __hash__(self) -> int:
            return hash(self.name.lower())

    assert Named("A") == Named("a")
    assert {Named("A")} == {Named("a")}
    assert repr(Named("A")) == "<named>"


def test_a_frozen_class_says_which_field() -> None:
    @ours(frozen=True, slots=True)
    class Point:
        x: int

    with pytest.raises(FrozenInstanceError, match="'x'"):
        Point(1).x = 2  # type: ignore[misc]


def test_a_field_that_is_no_plain_argument_is_refused() -> None:
    with pytest.raises(TypeError, match="found is no plain argument"):

        @ours
        class Wrong:
            found: int = field(init=False, default=0)


def test_a_thing_that_holds_itself_can_be_shown() -> None:
    @ours
    class Node:
        next: Any = None

    node = Node()
    node.next = node
    assert repr(node).endswith("Node(next=...)")
