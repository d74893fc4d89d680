"""The SLA pane: what is left of the time promised, and why it is that time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from deskui.tui.left import carried_on
from deskui.tui.panes.sla_text import (
    bar,
    cited_line,
    clock_lines,
    left_words,
    pause_lines,
    step_lines,
    style_of,
)
from deskui.tui.panes.verdict_text import Line
from deskui.tui.speaking import Speaking
from deskui.tui.telling import Teller
from deskui.tui.text import assembled, shown

if TYPE_CHECKING:
    from datetime import datetime

    from deskui.desk.callmodel import Ring
    from deskui.desk.model import ClockStep, ClockView, TicketDetail

__all__ = ["SlaPane"]


class SlaPane(VerticalScroll, Speaking, can_focus=True):
    """The clocks of the ticket under the cursor; the first due one large, its steps on demand."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the widgets' own name for it
        super().__init__(id=id)
        self._detail: TicketDetail | None = None
        self._read_at: datetime | None = None
        self._missed: Ring | None = None
        self._steps: Sequence[ClockStep] | None = None
        self._said: tuple[Content, ...] = ()

    def compose(self) -> ComposeResult:
        """The countdown changes every second and is a widget of its own."""
        yield Static(id="sla-left")
        yield Static(id="sla-text")

    def on_mount(self) -> None:
        """Nothing is chosen yet."""
        self.relabel()

    def show(self, detail: TicketDetail | None, read_at: datetime, missed: Ring | None = None) -> None:
        """The clocks of a ticket as they were read at an instant, or how long ago a call was missed."""
        if self._steps is not None and (
            detail is None or self._detail is None or self._other(detail, self._detail)
        ):
            self._steps = None
        self._detail, self._read_at, self._missed = detail, read_at, missed
        self.relabel()

    @staticmethod
    def _other(one: TicketDetail, two: TicketDetail) -> bool:
        return one.row.ticket_id != two.row.ticket_id

    @property
    def clock(self) -> ClockView | None:
        """The clock that is due first, as it stands now."""
        detail = self._detail
        if detail is None:
            return None
        found = detail.row.clock or next(iter(detail.clocks), None)
        return self._now(found) if found is not None else None

    @property
    def explained(self) -> bool:
        """Whether the steps are shown."""
        return self._steps is not None

    def explain(self, steps: Sequence[ClockStep] | None) -> None:
        """Shows how the due time comes about, or the clocks again."""
        self._steps = steps
        self._said = ()
        self.relabel()
        self.scroll_home(animate=False)

    def tick(self) -> None:
        """A second went by."""
        self._show()

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        detail = self._detail
        title = self.say("sla.why_title" if self.explained else "sla.title")
        self.border_title = shown(f"{title} #{detail.row.number}" if detail else title)
        self._show()

    def _now(self, view: ClockView) -> ClockView:
        return carried_on(view, self._read_at, self.now()) if self._read_at else view

    def _show(self) -> None:
        said = tuple(self._contents())
        for old, new, part in zip(self._said or (None, None), said, ("#sla-left", "#sla-text"), strict=False):
            # what did not change is not sent down a slow line again
            if old is None or old.plain != new.plain or old.spans != new.spans:
                self.query_one(part, Static).update(new)
        self._said = said

    def _contents(self) -> list[Content]:
        tell = Teller.of(self)
        detail = self._detail
        if self._missed is not None:
            since = self.say("sla.missed", age=tell.span(tell.now - self._missed.rang_at))
            return [assembled([(self.say("sla.none"), "bold")]), assembled([(since, "")])]
        if detail is None:
            return [Content(""), assembled([(self.say("ticket.none"), "$text-muted")])]
        view = self.clock
        if view is None:
            age = self.say("sla.age", age=tell.span(tell.now - detail.row.received_at))
            lines = [Line(age)]
            until = detail.row.deferred_until
            lines += [Line(line) for line in pause_lines(detail, tell)]
            if until is None:
                return [assembled([(self.say("sla.none"), "bold")]), _block(lines)]
            # a day was named: that there is no other promise goes without saying
            head = self.say("sla.deferred", until=tell.long_moment(until))
            return [assembled([(head, "bold $text-warning")]), _block(lines)]
        left = assembled([(left_words(view, tell), f"bold {style_of(view)}")])
        if self._steps is not None:
            why = [Line(line, "bold" if at == 0 else "") for at, line in enumerate(pause_lines(detail, tell))]
            return [left, _block([*why, cited_line(view, tell), *step_lines(self._steps, view.work, tell)])]
        width = max(self.scrollable_content_region.width, 12)
        lines = [Line(bar(view, width), style_of(view)), *clock_lines(view, tell)]
        for other in detail.clocks:
            if other.clock_id != view.clock_id:
                now = self._now(other)
                words = f"{tell.word('kind', now.kind)} · {left_words(now, tell)} · {now.rule}"
                lines.append(Line(words, style_of(now)))
        lines.append(Line(self.say("sla.why"), "$text-accent"))
        return [left, _block(lines)]

    def on_resize(self) -> None:
        """The bar is as wide as the pane."""
        self._show()


def _block(lines: Sequence[Line]) -> Content:
    return Content("\n").join(assembled([(" " * line.indent + line.text, line.style)]) for line in lines)
