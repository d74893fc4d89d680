"""VERDICT and SAY: what the terms answer for the call as it stands, in words that need no colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from deskui.tui.at_once import paint_lines
from deskui.tui.panes.advice_text import advice_lines, follow_lines, same_lines, words_first
from deskui.tui.panes.verdict_text import (
    Line,
    cited,
    cover_lines,
    outcome_style,
    outcome_words,
    reason_lines,
    verdict_lines,
)
from deskui.tui.speaking import Speaking
from deskui.tui.telling import Teller
from deskui.tui.text import assembled

if TYPE_CHECKING:
    from deskui.desk.advicemodel import Asked, Problem
    from deskui.desk.model import Entitlement, TicketDetail, TicketRow
    from deskui.policy.decision import Decision, Text

__all__ = ["VerdictPane"]

_EOL, _BLANK = Content("\n"), Content("\n\n")


class VerdictBody(Widget):
    """The text of the pane, as high as that or as the pane; drawn at once where its height stays."""

    DEFAULT_CSS = """
    VerdictBody { height: auto; min-height: 100%; }
    """
    body_text: Content = Content("")
    """What it shows."""

    def put(self, text: Content) -> None:
        """Another text."""
        self.body_text = text
        if not self.is_mounted or not self.size:
            self.refresh(layout=True)
            return
        # kept of the former text are what it looks like and how high it is
        self._layout_cache.clear()
        self.clear_cached_dimensions()
        self._set_dirty()
        width, height = self.size
        pane = self.parent
        room = pane.scrollable_content_region.height if isinstance(pane, Widget) else 0
        if max(room, text.get_height({}, width)) == height:
            paint_lines({self: range(height)})
        else:
            self.refresh(layout=True)

    def render(self) -> Content:
        """The text."""
        return self.body_text


class VerdictPane(VerticalScroll, Speaking, can_focus=False):
    """The answer, its reasons, and what to say to the caller."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the widgets' own name for it
        super().__init__(id=id)
        self.decision: Decision | None = None
        self._about: Text | None = None
        self._nobody: Mapping[str, Text] = {}
        self._granted: Entitlement | None = None
        self._same: TicketRow | None = None
        self._follows: TicketDetail | None = None
        self._asked: Asked | None = None
        self._problems: Sequence[Problem] = ()
        self._problem_id: int | None = None
        self.old = False
        """Whether what stands here is of before, while a new verdict is awaited."""
        self.near = False
        """Whether the rules that did not match are listed."""

    def compose(self) -> ComposeResult:
        """One text: as several widgets each would be laid out and drawn for itself, at every key."""
        yield VerdictBody(id="verdict-body")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self.relabel()

    def show(
        self,
        decision: Decision | None,
        about: Text | None = None,
        nobody: Mapping[str, Text] | None = None,
        *,
        cover: Entitlement | None = None,
        same: TicketRow | None = None,
    ) -> None:
        """Shows a decision; `about` names the service, `nobody` the questions nobody could answer, `cover`
        is what the plan grants for it, `same` the caller's open ticket about it.
        """
        now = (decision, about, nobody or {}, cover, same)
        if now == (self.decision, self._about, self._nobody, self._granted, self._same):
            # what was known ahead has been confirmed
            return
        self.decision, self._about, self._nobody, self._granted, self._same = now
        self._show()
        self.scroll_home(animate=False)

    def mark_old(self, old: bool) -> None:
        """Says that what stands here is of before, or no longer."""
        if old != self.old:
            self.old = old
            self._show()

    def advise(self, asked: Asked | None, problems: Sequence[Problem], attached: int | None) -> None:
        """Shows what the supervisor said, the known problems of this vendor, and the one it is about."""
        self._asked, self._problems, self._problem_id = asked, problems, attached
        self._show()

    def follow(self, detail: TicketDetail | None) -> None:
        """Shows the open ticket that the call is about, in place of a verdict."""
        if detail is not self._follows:
            self._follows = detail
            self._show()
            self.scroll_home(animate=False)

    def toggle_near(self) -> None:
        """Lists the rules that did not match, or puts them away."""
        self.near = not self.near
        self._show()
        # on a small screen they stand below what is in sight
        scroll = self.scroll_end if self.near else self.scroll_home
        self.call_after_refresh(scroll, animate=False)

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.border_title = Content(self.say("call.verdict"))
        self._show()

    def _show(self) -> None:
        tell = Teller.of(self)
        advice = advice_lines(self._asked, self._problems, self._problem_id, self.decision, self._about, tell)
        if self._follows is not None:
            advice = follow_lines(self._follows, tell)
        elif self._same is not None:
            advice = [*same_lines(self._same, tell), *advice]
        parts = [part for part in (_block(advice), *self._parts(tell)) if part]
        if self.old:
            told = self.say("call.looking" if self.decision is None else "call.old")
            parts = [assembled([(told, "bold $text-warning")]), *(part.stylize("dim") for part in parts)]
        self.query_one(VerdictBody).put(_BLANK.join(parts))

    def _parts(self, tell: Teller) -> list[Content]:
        """The word and its figures, the words to say, what is behind: what has a blank line between."""
        decision = self.decision
        if self._follows is not None:
            return []
        if decision is None:
            none_yet = assembled([(self.say("call.none_yet"), "$text-muted")])
            return [_EOL + none_yet, self._spoken()]
        about = f"  {self.words(self._about)}" if self._about else ""
        style = outcome_style(decision.outcome)
        outcome = f" {outcome_words(decision, tell)} "
        rule = cited(decision, tell)
        words = assembled(
            [(outcome, f"bold reverse {style}"), (about, "$text-muted"), (f" · {rule}" if rule else "", "")]
        )
        lines = [*cover_lines(decision, self._granted, tell), *verdict_lines(decision, tell, self._nobody)]
        # while something is still to be asked, the rules so far would only hide the question
        behind = [] if decision.outcome == "ask" else reason_lines(decision, tell, near=self.near)
        if lines:
            words += _EOL + _block(lines)
        return [words, self._spoken(), _block(behind)]

    @property
    def words_to_say(self) -> Text | None:
        """What the agent may read out, with the agent's own particle."""
        decision = self.decision
        if self._follows is not None:
            # nothing is decided about a call that goes to a ticket
            return None
        words = words_first(self._asked, self._problems, self._problem_id) or (decision and decision.say)
        return words.spoken(self.desk_app.particle) if words else None

    @property
    def about(self) -> Text | None:
        """What the service is called."""
        return self._about

    def _spoken(self) -> Content:
        said = self.words_to_say
        if said is None:
            return Content("")
        first, second = (said.th, said.en) if self.language == "th" else (said.en, said.th)
        if not first and not second:
            return Content("")
        return _EOL.join(
            [
                assembled([(self.say("call.say"), "bold $text-accent")]),
                assembled([(f"“{first}”", "bold")]),
                assembled([(f"“{second}”", "$text-muted")]),
            ]
        )


def _block(lines: Sequence[Line]) -> Content:
    return _EOL.join(assembled([(" " * line.indent, ""), (line.text, line.style)]) for line in lines)
