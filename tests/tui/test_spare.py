"""Memory of a desk that stays open."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator

import pytest

from deskui.tui import spare


@pytest.fixture
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.mark.usefixtures("_as_before")
def test_what_is_kept_is_looked_through_no_more_and_garbage_is_looked_for_often_enough() -> None:
    gc.set_threshold(500_000, 7, 9)
    gc.unfreeze()
    spare.keep()
    assert gc.get_freeze_count() > 1000
    assert gc.get_threshold() == (spare.NEW_OBJECTS, 7, 9)
    gc.set_threshold(300)
    spare.keep()
    assert gc.get_threshold()[0] == 300


@pytest.mark.parametrize("lacks", [None, OSError, TypeError, AttributeError])
def test_memory_goes_back_where_the_c_library_can(
    lacks: type[Exception] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    class Library:
        def __init__(self, name: str | None) -> None:
            assert name is None
            if lacks is not None:
                raise lacks

        malloc_trim = staticmethod(asked.append)

    monkeypatch.setattr(ctypes, "CDLL", Library)
    spare.give_back()
    assert asked == ([] if lacks else [0])
