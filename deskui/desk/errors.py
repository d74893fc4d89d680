"""What the desk says no with. Each carries words for people, in both languages."""

from __future__ import annotations

from deskui.policy.decision import Text


class DeskError(Exception):
    """Any answer of the desk that is not a yes."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Refused(DeskError):
    """A rule or a state does not allow it; nothing was changed."""


class LostRace(Refused):
    """Somebody else changed the ticket first; nothing was changed."""


class NotFound(DeskError):
    """There is no such customer, ticket, agent or product."""


class TermsFailure(NotFound):
    """A vendor's terms cannot be used: there are mistakes in their file."""


class StoreFailure(DeskError):
    """The store cannot be reached, is damaged or is of another version."""
