"""What may be done now for each vendor's customers, and what must wait: one page for a Saturday alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from deskui.tui.arrivals import DaysArrived
from deskui.tui.courier import Courier
from deskui.tui.keys import both
from deskui.tui.modals.window import Window
from deskui.tui.telling import Teller
from deskui.tui.text import assembled

if TYPE_CHECKING:
    from deskui.desk.callmodel import VendorDay, Wait

__all__ = ["TodayScreen"]


class TodayScreen(Window[None], Courier):
    """The day, vendor by vendor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"escape,enter,f3,{both('y')},{both('q')}", "dismiss", show=False)
    ]
    AUTO_FOCUS = "#day-page"

    def __init__(self) -> None:
        super().__init__()
        self.days: tuple[VendorDay, ...] | None = None
        """The vendors in use, once read."""

    def compose(self) -> ComposeResult:
        """One page that scrolls."""
        page = VerticalScroll(Static(id="day-text"), id="day-page")
        page.can_focus = True
        yield page

    def on_mount(self) -> None:
        """Reads it; the frame stands meanwhile."""
        self.relabel()
        self.fetch("days", lambda desk: DaysArrived(tuple(desk.vendor_days())))

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        page = self.query_one("#day-page")
        tell = Teller.of(self)
        page.border_title = Content(self.say("day.title", when=tell.long_moment(tell.now)))
        page.border_subtitle = Content(self.say("day.close"))
        if self.days is not None:
            self.query_one("#day-text", Static).update(Content("\n").join(self._page(self.days)))

    @on(DaysArrived)
    def _days(self, message: DaysArrived) -> None:
        self.days = tuple(message.days)
        self.relabel()

    def _page(self, days: Sequence[VendorDay]) -> list[Content]:
        unusable = self.desk_app.unusable
        if not days and not unusable:
            return [assembled([(self.say("day.none"), "$text-muted")])]
        lines: list[Content] = []
        for day in days:
            lines += self._vendor(day)
        for name, why in unusable.items():
            lines.append(assembled([(self.say("app.unusable", names=name), "bold $text-error")]))
            lines.append(assembled([(f"  {self.words(why)}", "")]))
        return lines

    def _vendor(self, day: VendorDay) -> list[Content]:
        sign, style = {
            True: ("●", "$text-success"),
            False: ("☾", "$text-muted"),
            None: ("?", "$text-warning"),
        }[day.open]
        hours = self.words(day.hours) if day.open is not None else self.say("day.not_stated")
        parts = [(f"{sign} ", style), (self.words(day.name), "bold"), (f"  {hours}", style)]
        if day.restricted:
            parts.append((f"  ! {self.say('day.restricted')}", "bold $text-warning"))
        served = ", ".join(self.words(name) for name in day.served)
        if not day.waits and day.open is not False:
            served = self.say("day.all")
        elif not day.waits and not served:
            # nobody has to be there to take it down: what waits is the work
            served = self.say("day.logged")
        lines = [
            assembled(parts),
            assembled(
                [
                    (f"  {self.say('day.now')}  ", "bold $text-success"),
                    (served or self.say("day.nothing"), ""),
                ]
            ),
        ]
        lines += [self._wait(wait) for wait in day.waits]
        if day.always and (day.waits or day.served):
            lines.append(assembled([(f"  {self.say('day.always', n=len(day.always))}", "$text-muted")]))
        return [*lines, assembled([("", "")])]

    def _wait(self, wait: Wait) -> Content:
        tell = Teller.of(self)
        names = ", ".join(self.words(name) for name in wait.services)
        until = (
            self.say("day.nobody_knows")
            if wait.until is None
            else self.say("day.until", until=tell.moment(wait.until))
        )
        partly = f" ({self.say('day.partly')})" if wait.partly else ""
        return assembled(
            [
                (f"  {self.say('day.waits')}  ", "bold $text-warning"),
                (f"{names}{partly}", ""),
                (f"  {until}", "bold"),
                (f"  {self.words(wait.why)} [{wait.rule}]", "$text-muted"),
            ]
        )
