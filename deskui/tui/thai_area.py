"""The field of several lines for Thai; apart from `thai`, because the first screen has no need of it."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.document._document import EditResult, Location
from textual.document._edit import Edit
from textual.widgets import TextArea

from deskui.tui.text import NOTE_LIMIT, boundary, shown, typed

__all__ = ["ThaiTextArea"]


class ThaiTextArea(TextArea):
    """A field of several lines: plain text, a cursor that stands between clusters, Delete by cluster."""

    def __init__(self, text: str = "", *, placeholder: str | Content = "", **options: Any) -> None:
        """Takes what TextArea takes; a placeholder is never markup."""
        if isinstance(placeholder, str):
            placeholder = shown(placeholder)
        super().__init__(typed(text[:NOTE_LIMIT], lines=True), placeholder=placeholder, **options)

    def validate_placeholder(self, placeholder: str | Content) -> Content:
        """Letter by letter, whoever sets it."""
        return shown(placeholder) if isinstance(placeholder, str) else placeholder

    def load_text(self, text: str) -> None:
        """Puts another text in; no control character enters."""
        super().load_text(typed(text[:NOTE_LIMIT], lines=True))

    def edit(self, edit: Edit) -> EditResult:
        """Every way of typing and pasting ends here: no control character enters, no text without end."""
        room = max(0, NOTE_LIMIT - len(self.text) + len(self.get_text_range(*edit_range(edit))))
        text = typed(edit.text[: NOTE_LIMIT * 2], lines=True)
        edit.text = text[: boundary(text, room, -1)]
        return super().edit(edit)

    def get_cursor_left_location(self) -> Location:
        """One cluster to the left."""
        row, column = super().get_cursor_left_location()
        return row, boundary(self.document[row], column, -1)

    def get_cursor_right_location(self) -> Location:
        """One cluster to the right."""
        row, column = super().get_cursor_right_location()
        return row, boundary(self.document[row], column)

    def action_delete_left(self) -> None:
        """One character to the left: the last mark first, which is how Thai is corrected."""
        if self.read_only:
            return
        start, end = self.selection
        if self.selection.is_empty:
            end = self.navigator.get_location_left(self.cursor_location)
        self._delete_via_keyboard(start, end)


def edit_range(edit: Edit) -> tuple[Location, Location]:
    """The ends of what an edit replaces, in reading order."""
    first, last = sorted((edit.from_location, edit.to_location))
    return first, last
