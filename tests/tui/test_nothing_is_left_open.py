"""What a mixin leaves to the screen that has it, the screen has: no user reaches a NotImplementedError."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from textual.screen import Screen
from textual.widget import Widget

import deskui.tui
from deskui.tui.app import DeskApp


def _all() -> Iterator[type]:
    for module in pkgutil.walk_packages(deskui.tui.__path__, "deskui.tui."):
        found = vars(import_module(module.name)).values()
        yield from (one for one in found if inspect.isclass(one) and one.__module__ == module.name)


def _shown() -> list[type]:
    """The app, and every screen and widget that no other of ours is built on."""
    ours = sorted({one for one in _all() if issubclass(one, Screen | Widget)}, key=lambda one: one.__name__)
    return [DeskApp, *(one for one in ours if not any(one in other.__mro__[1:] for other in ours))]


@pytest.mark.parametrize("shown", _shown(), ids=lambda one: one.__name__)
def test_every_method_is_there(shown: type) -> None:
    left = []
    for name in dir(shown):
        found = inspect.getattr_static(shown, name)
        body = found.fget if isinstance(found, property) else found
        if inspect.isfunction(body) and body.__module__.startswith("deskui."):
            left += [name] if "raise NotImplementedError" in inspect.getsource(body) else []
    assert left == []
