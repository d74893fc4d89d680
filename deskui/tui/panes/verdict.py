"""VERDICT and SAY: what the terms answer for the call as it stands, in words that need no colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from deskui.tui.panes.verdict_text import outcome_style, verdict_lines
from deskui.tui.speaking import Speaking
from deskui.tui.telling import Teller
from deskui.tui.text import assembled

if TYPE_CHECKING:
    from deskui.policy.decision import Decision

__all__ = ["VerdictPane"]


class VerdictPane(VerticalScroll, Speaking, can_focus=False):
    """The answer, its reasons, and what to say to the caller."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the widgets' own name for it
        super().__init__(id=id)
        self.decision: Decision | None = None
        self._about = ""
        self.near = False
        """Whether the rules that did not match are listed."""

    def compose(self) -> ComposeResult:
        """The word, the rest, the words to say."""
        yield Static(id="verdict-word")
        yield Static(id="verdict-text")
        yield Static(id="verdict-say")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self.relabel()

    def show(self, decision: Decision | None, about: str = "") -> None:
        """Shows a decision; `about` names the service."""
        self.decision = decision
        self._about = about
        self._show()
        self.scroll_home(animate=False)

    def toggle_near(self) -> None:
        """Lists the rules that did not match, or puts them away."""
        self.near = not self.near
        self._show()

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.border_title = Content(self.say("call.verdict"))
        self._show()

    def _show(self) -> None:
        word, text, spoken = (self.query_one(f"#verdict-{part}", Static) for part in ("word", "text", "say"))
        decision = self.decision
        if decision is None:
            word.update("")
            text.update(assembled([(self.say("call.none_yet"), "$text-muted")]))
            spoken.update("")
            return
        tell = Teller.of(self)
        about = f"  {self._about}" if self._about else ""
        style = outcome_style(decision.outcome)
        outcome = f" {tell.word('outcome', decision.outcome)} "
        word.update(assembled([(outcome, f"bold reverse {style}"), (about, "$text-muted")]))
        lines = [
            assembled([(" " * line.indent, ""), (line.text, line.style)])
            for line in verdict_lines(decision, tell, near=self.near)
        ]
        text.update(Content("\n").join(lines))
        spoken.update(Content("\n").join(self._spoken(decision)))

    def _spoken(self, decision: Decision) -> list[Content]:
        agent = self.desk_app.desk.agent if self.desk_app.desk else None
        said = decision.say.spoken(agent.particle if agent else "ค่ะ/ครับ")
        first, second = (said.th, said.en) if self.language == "th" else (said.en, said.th)
        if not first and not second:
            return []
        return [
            assembled([(self.say("call.say"), "bold $text-accent")]),
            assembled([(f"“{first}”", "bold")]),
            assembled([(f"“{second}”", "$text-muted")]),
        ]
