"""Dataclasses as the standard library has them, made in an eighth of the time.

`dataclasses.dataclass` compiles six methods for a frozen class, a millisecond in all; with a hundred classes
that was a quarter of a cold start. Here only `__init__` is compiled, at its first call: of most classes a
start makes nothing. The others are plain functions over the fields. The desk's imports take a tenth less for
it, 15 ms of 190. What no class of deskui uses (`order`, `kw_only`, `init=False` …) is not there.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True, repr=True):  # noqa: A002 - its name there
        """As in `dataclasses`; raises TypeError for a field that is no plain argument."""
        if cls is None:
            return lambda later: _made(later, frozen, slots, eq, repr)
        return _made(cls, frozen, slots, eq, repr)


_set = object.__setattr__


def _made(cls: type[Any], frozen: bool, slots: bool, eq: bool, shown: bool) -> type[Any]:
    own = dict(cls.__dict__)
    # whether a frozen class may have this base is for the standard library to say
    heir = any(hasattr(base, "__dataclass_params__") for base in cls.__mro__[1:])
    made: type[Any] = dataclasses.dataclass(
        init=False, repr=False, eq=False, slots=slots, frozen=frozen and heir
    )(cls)
    fields = dataclasses.fields(made)
    if wrong := [one.name for one in fields if not one.init or one.kw_only]:
        raise TypeError(f"{cls.__name__}: {', '.join(wrong)} is no plain argument; use dataclasses.dataclass")
    params = made.__dataclass_params__
    params.init, params.repr, params.eq, params.frozen = True, shown, eq, frozen
    compared = _values([one.name for one in fields if one.compare])
    methods: dict[str, Any] = {"__init__": _init(made, fields, frozen)}
    if shown:
        methods["__repr__"] = _repr([one.name for one in fields if one.repr])
    if eq:
        methods["__eq__"] = _eq(compared)
        # as the standard library has it: what can be changed and compared has no hash
        methods["__hash__"] = _hash(compared) if frozen else None
    if frozen:
        methods |= {"__setattr__": _no_set, "__delattr__": _no_delete}
        if slots:
            methods |= {"__getstate__": _getstate, "__setstate__": _setstate}
    for name, method in methods.items():
        # a class with an __eq__ of its own has None for a hash until it is given one
        if name not in own or (name == "__hash__" and own[name] is None and "__eq__" in own):
            setattr(made, name, method)
    return made


def _init(cls: type[Any], fields: tuple[dataclasses.Field[Any], ...], frozen: bool) -> Callable[..., None]:
    """Compiles and becomes the real one when it is first called."""

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        init = _compiled(cls, fields, frozen)
        cls.__init__ = init
        init(self, *args, **kwargs)

    return __init__


def _compiled(
    cls: type[Any], fields: tuple[dataclasses.Field[Any], ...], frozen: bool
) -> Callable[..., None]:
    given: dict[str, Any] = {"_set": _set, "_missing": dataclasses.MISSING}
    arguments, lines = ["self"], []
    for one in fields:
        name = value = one.name
        if one.default is not dataclasses.MISSING:
            given[f"_default_{name}"] = one.default
            arguments.append(f"{name}=_default_{name}")
        elif one.default_factory is not dataclasses.MISSING:
            given[f"_make_{name}"] = one.default_factory
            arguments.append(f"{name}=_missing")
            value = f"_make_{name}() if {name} is _missing else {name}"
        else:
            arguments.append(name)
        lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "".join(f"\n    {line}" for line in lines or ["pass"])
    made: dict[str, Any] = {}
    exec(f"def __init__({', '.join(arguments)}):{body}", given, made)
    init: Callable[..., None] = made["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _values(names: list[str]) -> Callable[[Any], Any]:
    """The values of these fields, as something that compares and has a hash."""
    return attrgetter(*names) if names else lambda _: ()


def _repr(names: list[str]) -> Callable[[Any], str]:
    @recursive_repr()
    def __repr__(self: Any) -> str:  # noqa: N807
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _eq(values: Callable[[Any], Any]) -> Callable[[Any, object], bool]:
    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(values(self) == values(other))

    return __eq__


def _hash(values: Callable[[Any], Any]) -> Callable[[Any], int]:
    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    return __hash__


def _no_set(_self: Any, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_delete(_self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        _set(self, one.name, value)
