"""One row of the queue in words and columns. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content

from deskui.desk.states import ClockState
from deskui.tui.dates import due_text
from deskui.tui.text import clean, cut, fit
from deskui.tui.widgets.columns import columns

if TYPE_CHECKING:
    from deskui.desk.callmodel import Ring
    from deskui.desk.model import TicketRow
    from deskui.tui.messages import Say

__all__ = ["heading", "line_segments", "row_texts", "row_tone"]

_LOOKS = "◉"
_AROUND = 3
"""Columns before the first column and after the last."""


def row_texts(
    row: TicketRow,
    say: Say,
    zone: tzinfo,
    at: datetime,
    lookers: Sequence[str] = (),
    *,
    in_words: bool = False,
) -> dict[str, str]:
    """What the row says in each column, uncut; `at` is the instant the order was read, `lookers` the others
    who are looking at the ticket. `in_words` has no sign for a deferral.
    """
    language = say.language
    if row.ring is not None:
        return _missed(row, row.ring, say, zone, at)
    return {
        "due": _due(row, say, zone, at, in_words),
        "number": str(row.number),
        "customer": row.customer,
        "plan": row.plan.in_(language),
        "what": row.title or row.service_name.in_(language),
        "state": say(f"state.{row.state.value}"),
        "who": "\n".join(_who(row.assignee, lookers)),
    }


def _who(assignee: str | None, lookers: Sequence[str]) -> Iterator[str]:
    """Whose it is and who else is looking at it now, the fullest form first: `nok ◉art`, `nok◉art`, `nok ◉`.

    `nok ◉` is also one that nok is looking at, `— ◉art` one that is nobody's.
    """
    owner = clean(assignee) if assignee else "—"
    others = [clean(one) for one in lookers if one != assignee]
    if others:
        more = f"+{len(others) - 1}" if len(others) > 1 else ""
        yield from (f"{owner} {_LOOKS}{others[0]}{more}", f"{owner}{_LOOKS}{others[0]}{more}")
        yield f"{owner}{_LOOKS}{others[0]}"
    if lookers:
        yield from (f"{owner} {_LOOKS}", f"{owner}{_LOOKS}")
    else:
        yield owner


def _fitting(forms: str, size: int) -> str:
    """The fullest form there is room for; what is cut is the owner, never the mark."""
    found = forms.split("\n")
    for form in found:
        if cell_len(form) <= size:
            return form
    last = found[-1]
    return f"{cut(last.removesuffix(_LOOKS), size - 1)}{_LOOKS}" if last.endswith(_LOOKS) else last


def _missed(row: TicketRow, ring: Ring, say: Say, zone: tzinfo, at: datetime) -> dict[str, str]:
    """A missed call: since when, from whom, how often."""
    return {
        "due": due_text(ring.rang_at, at, zone, say.language),
        "number": f"☎×{ring.times}",
        "customer": row.customer,
        "plan": "",
        "what": ring.number,
        "state": say("state.missed" if ring.taken_by is None else "state.calling"),
        "who": clean(row.assignee or ring.to or "—"),
    }


def _due(row: TicketRow, say: Say, zone: tzinfo, at: datetime, in_words: bool) -> str:
    if _stands(row) is ClockState.PAUSED:
        return say("queue.paused")
    due = row.due_at or row.deferred_until
    if due is None:
        return "—"
    words = due_text(due, at, zone, say.language)
    if row.due_at:
        return words
    return say("queue.from", at=words) if in_words else f"→{words}"


def _stands(row: TicketRow) -> ClockState | None:
    return row.stands if row.clock is None else row.clock.state


def row_tone(row: TicketRow) -> str:
    """The component class of the row: one for the whole line, which costs few bytes on a slow link."""
    # what nobody promised is past, and no breach
    if row.promised and _stands(row) is ClockState.BREACHED:
        return "queue--breached"
    return "queue--row" if row.state.category == "active" else "queue--faint"


def line_segments(texts: Mapping[str, str], width: int, style: Style, due: Style) -> Iterator[Segment]:
    """The columns of a line `width` wide, the first of them two from its left; DUE in a style of its own."""
    for name, size in columns(width - _AROUND):
        text = texts.get(name, "")
        if name == "due" and cell_len(text) > size:
            # the day without the time says more than a cut time
            text = text.rsplit(" ", 1)[0]
        if name == "who":
            text = _fitting(text, size)
        yield Segment(f"{fit(text, size, right=name == 'number')} ", due if name == "due" else style)


def heading(say: Say, width: int) -> Content:
    """The names of the columns as they stand in a line of `width`."""
    cells = [
        Content(f"{fit(say(f'queue.{name}'), size, right=name == 'number')} ")
        for name, size in columns(width - _AROUND)
    ]
    return Content("  ") + Content("").join(cells)
