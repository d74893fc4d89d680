"""What every screen of deskui is: it knows when the desk is open, when something changed, and how to change language."""

from __future__ import annotations

from typing import ClassVar

from textual.screen import Screen

from deskui.tui.courier import Courier
from deskui.tui.typeahead import Patient


class DeskUiScreen(Screen[None], Courier, Patient):
    """A screen the app tells of the desk."""

    SCOPES: ClassVar[tuple[str, ...]] = ()
    """Scopes of the catalogue whose commands work here."""

    def connected(self) -> None:
        """The desk is open now."""

    def changed(self, change: int) -> None:
        """Somebody changed something; `change` is the position of the feed."""

    def relabel(self) -> None:
        """Says everything anew in the language that is on."""

    def waits(self, key: str) -> bool:  # noqa: ARG002 - most screens let every key through
        """Whether `key` is to wait."""
        return False
