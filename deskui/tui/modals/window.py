"""What every window over a screen is: its language, its colours and the page of its keys are a key away."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import BindingType
from textual.screen import ModalScreen

from deskui.tui.catalogue import bindings
from deskui.tui.speaking import Speaking

__all__ = ["Window"]

Answer = TypeVar("Answer")


class Window(ModalScreen[Answer], Speaking):
    """A small window; it says everything anew by `relabel`, and keeps what is typed and chosen."""

    CSS_PATH = "../styles/modals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("window")
    SCOPES: ClassVar[tuple[str, ...]] = ("window", "app")
    """Scopes of the catalogue whose commands work here."""
