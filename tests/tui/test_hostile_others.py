"""What other desks, callers and policy owners wrote, in every line, window, toast and title quoting it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from rich.cells import cell_len

from deskui.desk.advicemodel import Asked, Problem, ProblemCaller
from deskui.desk.callmodel import Ring, VendorDay, Wait, WaitingCall
from deskui.desk.errors import Refused
from deskui.desk.model import Agent, TicketRow, VendorHours
from deskui.desk.workmodel import LastStep, Look, Notice, SavedView
from deskui.policy.decision import Text
from deskui.tui.app import DeskApp
from deskui.tui.comfort import Comfort
from deskui.tui.modals.asked import AskedScreen
from deskui.tui.modals.help import HelpScreen
from deskui.tui.modals.problems import ProblemForm
from deskui.tui.panes.ticket import TicketPane
from deskui.tui.screens.desk import DeskScreen
from deskui.tui.screens.failed import FailedScreen
from tests.tui.driving import SMALL, on_the_desk, press, screen_lines, screen_text, until
from tests.tui.fake_desk import MONDAY
from tests.tui.hostile import HOSTILE
from tests.tui.test_hostile_screens import HostileDesk, harmless

WORST = (
    "closing tag", "link", "broken tag", "title escape", "clear screen", "c1 csi", "bidi", "line breaks",
    "surrogate", "zalgo", "sara am", "long",
)  # fmt: skip


class OthersDesk(HostileDesk):
    """Everybody else wrote `text` too: those who ring, wait, ask, look, hand over and keep views."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
        self.agent = replace(self.agent, code=text, name=text, particle=text, supervisor=True)

    def rings(self) -> Sequence[Ring]:
        at = self.now()
        ring = Ring(1, self.text, 1, 1, self.text, self.text, self.text, None, at, at, at, 3, None, None)
        return [replace(ring, until_at=at + timedelta(minutes=1)), replace(ring, ring_id=2)]

    def waiting_calls(self) -> Sequence[WaitingCall]:
        return [WaitingCall(7, self.text, self.now())]

    def notices(self) -> Sequence[Notice]:
        return [Notice(1, self.now(), "given", 1, 1031, self.text, self.text, self.text)]

    def saved_views(self) -> Sequence[SavedView]:
        return [SavedView(self.text, Look(find=self.text))]

    def lookers(self) -> Mapping[int, Sequence[str]]:
        return {entry.ticket_id: [self.text] for entry in self.queue("all").entries}

    def agents(self) -> Sequence[Agent]:
        return [replace(self.agent, agent_id=number, code=self.text + str(number)) for number in (2, 3)]

    def merge_targets(self, ticket_id: int) -> Sequence[TicketRow]:
        return self.rows([ticket_id])

    def last_step(self, ticket_id: int) -> LastStep | None:
        return LastStep("claimed", self.both, self.text, self.now(), mine=False)

    def hours_line(self, at: datetime) -> Sequence[VendorHours]:
        return [VendorHours("emwork", self.text, self.both, open=None)]

    def unusable_terms(self) -> Mapping[str, Text]:
        return {self.text: self.both}

    def vendor_days(self) -> Sequence[VendorDay]:
        wait = Wait((self.both,), self.both, self.text, MONDAY)
        return [
            VendorDay(
                "emwork", self.both, self.both, True, self.both, True, (self.both,), (wait,), (self.both,)
            )
        ]

    def closed_words(self, policy: str) -> Text | None:
        return self.both

    def known_problems(self, policy: str | None = None) -> Sequence[Problem]:
        at = self.now()
        caller = ProblemCaller(
            1, self.text, self.text, self.text, self.text, 1, 1031, at, self.text, None, None
        )
        return [
            Problem(
                1, "emwork", self.both, "scope", self.both, self.text, self.both, {self.text: self.text}, at,
                self.text, None, None, self.text, 1, 1, (caller,),
            )
        ]  # fmt: skip

    def problem(self, problem_id: int) -> Problem:
        return self.known_problems()[0]

    def latest_questions(self, limit: int = 50) -> Sequence[Asked]:
        text, both = self.text, self.both
        return [
            Asked(
                1, "asked", self.now(), text, "emwork", both, "scope", both, 1, text, text, 1, 1031,
                ((both, both),), text, text, self.now(), None, text, text, None, both,
            )
        ]  # fmt: skip

    questions_waiting = latest_questions

    def supervisor_question(self, question_id: int) -> Asked:
        return self.latest_questions()[0]

    def claim(self, ticket_id: int, version: int, reason: str = "") -> TicketRow:
        raise Refused(self.both)


def unmoved(app: DeskApp) -> None:
    """No line is longer or shorter than the screen, no text is a link, nothing steers the terminal."""
    harmless(app)
    for strip in app.screen._compositor.render_strips():
        assert cell_len(strip.text) == app.size.width
        assert not [meta for _, style, _ in strip if style for meta in style.meta if meta == "@click"]
    assert app.is_running
    assert (app.title, app.sub_title) == ("deskui", "")


@pytest.mark.parametrize("name", WORST)
async def test_no_text_of_others_acts(name: str) -> None:
    desk = OthersDesk(HOSTILE[name][:20_000])
    told = Comfort(problems=[desk.both])
    async with on_the_desk(desk, comfort=told, size=SMALL) as (app, pilot):

        async def look(state: Callable[[], object], *keys: str) -> None:
            await press(pilot, *keys)
            await until(pilot, state, " ".join(keys))
            await pilot.pause()
            unmoved(app)

        def on_desk() -> bool:
            return isinstance(app.screen, DeskScreen)

        def window() -> bool:
            return not on_desk() and len(screen_text(app)) > 20

        await look(lambda: app.phone.ringing and app.phone.waiting)
        for key in ("V", "a", "d", "y", "J", "K", "C"):
            await look(window, key)
            await look(on_desk, "escape", "escape", "escape")
        # who is to be called back, how it was solved, and a new problem of the ticket
        await look(window, "K")
        await look(lambda: "[ ]" in screen_text(app), "enter")
        await look(lambda: app.focused is not None, "c")
        await look(on_desk, "escape", "escape", "escape")
        await look(lambda: isinstance(app.screen, ProblemForm), "K", "n")
        await look(on_desk, "escape", "escape", "escape")
        # an answer to who asks, in every state there is; the page of keys over it
        await look(lambda: app.focused is not None, "J", "p")
        await look(lambda: isinstance(app.screen, HelpScreen), "f1")
        await look(lambda: isinstance(app.screen, AskedScreen), "escape")
        await look(on_desk, "escape", "escape", "escape")
        await look(lambda: "Assign" in screen_text(app), "ctrl+p")
        # the view of that name is offered, and found by the words around it
        title = app.say("commands.view", name=desk.text)
        assert title in [command.title for command in app.get_system_commands(app.screen_stack[0])]
        await look(lambda: "Views · V" in screen_text(app), title[:4])
        await look(on_desk, "escape", "escape", "escape")
        await look(lambda: app.screen.query_one(TicketPane).detail is not None, "c")
        await look(on_desk, "u")
        # a missed call in place of the ticket
        app.screen.query_one(TicketPane).show_missed(desk.rings()[0])
        await look(lambda: app.screen.query_one(TicketPane).missed)
        await pilot.resize_terminal(250, 70)
        await look(lambda: len(screen_lines(app)) == 70)
        await app.push_screen(FailedScreen(desk.both, "failed.log"))
        await look(lambda: isinstance(app.screen, FailedScreen))
