"""The top line: the day, who is open until when, what is breached or due, and whose desk it is."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from deskui.tui.speaking import Speaking
from deskui.tui.telling import Teller
from deskui.tui.text import assembled, cut

__all__ = ["TopLine"]

CODE = 20
"""Columns of an agent's code."""


class TopLine(Widget, Speaking):
    """One line, always in view; what there is no room for goes from the least to the most needed."""

    DEFAULT_CSS = """
    TopLine { height: 1; dock: top; }
    """

    def on_mount(self) -> None:
        """The time and what is late stand right on every screen, however long a call takes."""
        self._stood: object = None
        self.set_interval(1, self._tick)

    def _tick(self) -> None:
        app = self.desk_app
        stands = (Teller.of(self).long_moment(app.clock.now()), dict(app.counts), app.questions_waiting)
        if stands != self._stood:
            self._stood = stands
            self.refresh()

    def render(self) -> Content:
        """The line for the width there is."""
        tell = Teller.of(self)
        app = self.desk_app
        when = tell.long_moment(tell.now)
        each = [(short, self.words(text)) for _, short, text in app.hours]
        hours = " · ".join(f"{short} {text}" for short, text in each)
        alerts: list[tuple[str, str]] = []
        if not app.reached:
            alerts.append((self.say("app.stale") + "  ", "bold $text-error"))
        if app.unusable:
            names = ", ".join(app.unusable)
            alerts.append((self.say("app.unusable", names=names) + "  ", "bold $text-error"))
        if app.counts.get("breached"):
            alerts.append((self.say("app.breached", n=app.counts["breached"]) + "  ", "bold $text-error"))
        if app.counts.get("callbacks"):
            alerts.append((self.say("app.callbacks", n=app.counts["callbacks"]) + "  ", "bold $text-warning"))
        if app.questions_waiting:
            alerts.append((self.say("ask.waiting", n=app.questions_waiting) + "  ", "bold $text-accent"))
        if app.desk is None:
            alerts.append((self.say("app.connecting") + " ", "$text-muted"))
        agent = f"{cut(app.desk.agent.code, CODE)} " if app.desk else ""
        name = f" {self.say('app.name')}  "
        right = sum(cell_len(text) for text, _ in alerts) + cell_len(agent)
        room = self.size.width - right
        if cell_len(f"{when}   {hours} ") > room:
            # those that stand alike share a place
            alike = {text: " ".join(short for short, said in each if said == text) for _, text in each}
            hours = " · ".join(f"{shorts} {text}" for text, shorts in alike.items())
        left: list[tuple[str, str]] = []
        for text, style in ((when + "   ", "bold"), (f"{hours} ", "$text-muted")):
            if cell_len(text) <= room:
                left.append((text, style))
                room -= cell_len(text)
        if cell_len(name) <= room:
            left.insert(0, (name, "bold $text-accent"))
            room -= cell_len(name)
        return assembled([*left, (" " * max(room, 0), ""), *alerts, (agent, "bold")])

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.refresh()
