"""One row of the queue in words and columns. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content

from deskui.desk.model import ClockState, TicketRow
from deskui.tui.dates import due_text
from deskui.tui.text import fit
from deskui.tui.widgets.columns import columns

if TYPE_CHECKING:
    from deskui.tui.messages import Say

__all__ = ["heading", "line_segments", "row_texts", "row_tone"]

_AROUND = 3
"""Columns before the first column and after the last."""


def row_texts(row: TicketRow, say: Say, zone: tzinfo, at: datetime) -> dict[str, str]:
    """What the row says in each column, uncut; `at` is the instant the order was read."""
    language = say.language
    return {
        "due": _due(row, say, zone, at),
        "number": str(row.number),
        "customer": row.customer,
        "plan": row.plan.in_(language),
        "what": row.title or row.service_name.in_(language),
        "state": say(f"state.{row.state.value}"),
        "who": row.assignee or "—",
    }


def _due(row: TicketRow, say: Say, zone: tzinfo, at: datetime) -> str:
    if row.clock is not None and row.clock.state is ClockState.PAUSED:
        return say("queue.paused")
    due = row.due_at or row.deferred_until
    if due is None:
        return "—"
    words = due_text(due, at, zone, say.language)
    return words if row.due_at else f"→{words}"


def row_tone(row: TicketRow) -> str:
    """The component class of the row: one for the whole line, which costs few bytes on a slow link."""
    if row.clock is not None and row.clock.state is ClockState.BREACHED:
        return "queue--breached"
    return "queue--row" if row.state.category == "active" else "queue--faint"


def line_segments(texts: Mapping[str, str], width: int, style: Style, due: Style) -> Iterator[Segment]:
    """The columns of a line `width` wide, the first of them two from its left; DUE in a style of its own."""
    for name, size in columns(width - _AROUND):
        text = texts.get(name, "")
        if name == "due" and cell_len(text) > size:
            # the day without the time says more than a cut time
            text = text.rsplit(" ", 1)[0]
        yield Segment(f"{fit(text, size, right=name == 'number')} ", due if name == "due" else style)


def heading(say: Say, width: int) -> Content:
    """The names of the columns as they stand in a line of `width`."""
    cells = [
        Content(f"{fit(say(f'queue.{name}'), size, right=name == 'number')} ")
        for name, size in columns(width - _AROUND)
    ]
    return Content("  ") + Content("").join(cells)
