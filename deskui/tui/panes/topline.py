"""The top line: the day, who is open until when, what is breached or due, and whose desk it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from deskui.tui.speaking import Speaking
from deskui.tui.telling import Teller
from deskui.tui.text import assembled, cut

if TYPE_CHECKING:
    from deskui.desk.model import VendorHours

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
        hours = self._hours()
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
        for narrower in (self._alike, self._not_open):
            if cell_len(f"{when}   {hours} ") > room:
                hours = narrower()
        left: list[tuple[str, str]] = []
        for text, style in ((when + "   ", "bold"), (f"{hours} ", "$text-muted")):
            if cell_len(text) <= room:
                left.append((text, style))
                room -= cell_len(text)
        if cell_len(name) <= room:
            left.insert(0, (name, "bold $text-accent"))
            room -= cell_len(name)
        return assembled([*left, (" " * max(room, 0), ""), *alerts, (agent, "bold")])

    def _said(self, one: VendorHours) -> str:
        text = self.words(one.words)
        return self._shut(text) if one.open is False else text

    def _shut(self, what: str) -> str:
        # a screen reader passes over the sign
        return self.say("hours.closed_plain" if self.desk_app.plain else "hours.closed", until=what).rstrip()

    def _hours(self) -> str:
        """Each vendor by itself."""
        return " · ".join(f"{one.short} {self._said(one)}" for one in self.desk_app.hours)

    def _alike(self) -> str:
        """Those that stand alike share a place."""
        alike: dict[str, list[str]] = {}
        for one in self.desk_app.hours:
            alike.setdefault(self._said(one), []).append(one.short)
        return " · ".join(f"{' '.join(shorts)} {said}" for said, shorts in alike.items())

    def _not_open(self) -> str:
        """Those that are closed, and those that may be: a caller of any other is served now."""
        hours = self.desk_app.hours
        closed = " ".join(one.short for one in hours if one.open is False)
        unsure = " ".join(one.short for one in hours if one.open is None)
        parts = [self._shut(closed)] if closed else []
        parts += [self.say("hours.unsure", names=unsure)] if unsure else []
        return " · ".join(parts)

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.refresh()
