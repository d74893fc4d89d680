"""What reaches an agent from elsewhere: rings, questions to the supervisor, and the supervisor's answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.widgets import Input

from deskui.tui.arrivals import LinesArrived, QuestionsWait
from deskui.tui.comfort import Comfort, Comfortable
from deskui.tui.panes.topline import TopLine
from deskui.tui.phone import Phone
from deskui.tui.screens.base import DeskUiScreen
from deskui.tui.screens.desk import DeskScreen

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from deskui.clock import Clock
    from deskui.desk.advicemodel import Asked
    from deskui.desk.api import DeskApi

__all__ = ["Attending", "MyQuestions"]

MOST = 50
"""Questions looked through for those I asked."""


class MyQuestions:
    """What I asked about tickets, watched until it is answered; for one thread."""

    def __init__(self) -> None:
        self.asked = True
        """Whether something may have been asked since the last look."""
        self._open = False
        self._told: set[int] | None = None

    def look(self, desk: DeskApi, *, changed: bool) -> Sequence[Asked]:
        """What was answered and not told yet; asks the desk only while something may be open.

        What was answered before this desk was opened is on the timelines.
        """
        if not self.asked and not (changed and self._open):
            return ()
        self.asked = False
        mine = [one for one in desk.latest_questions(MOST) if one.asked_by == desk.agent.code]
        self._open = any(one.state == "open" for one in mine)
        # of a call that is on, its own screen tells
        me = desk.agent.code
        answered = [one for one in mine if one.answered_by not in (None, me) and one.number]
        if self._told is None:
            self._told = {one.question_id for one in answered}
        new = [one for one in answered if one.question_id not in self._told]
        self._told |= {one.question_id for one in new}
        return new


class Attending(Comfortable, inherit_bindings=False):
    """The half of the app that attends to what others send."""

    clock: Clock
    zone: ZoneInfo

    def __init__(self, comfort: Comfort | None = None) -> None:
        super().__init__(comfort)
        self.phone = Phone(self)
        """Who rings and who waits."""
        self.questions_waiting = 0
        """How many questions wait for the supervisor, where that is who works here."""
        self.my_questions = MyQuestions()
        self._newest_question = -1
        self._calling = {
            key: action
            for command, action in (("ring.take", "take_ring"), ("call.other", "other_call"))
            for key in self.keys.of(command)
        }

    def ours(self) -> Iterable[DeskUiScreen]:
        """The screens of the desk in the stack, windows over them apart.

        One that is on its way has no panes yet, and reads everything itself.
        """
        return (one for one in self.standing() if isinstance(one, DeskUiScreen))

    def when_all_kept(self, after: Callable[[], None]) -> None:
        """Does it once what was typed last is in the store, or at once where nothing is to be kept."""
        screens = list(self.ours())

        def on_with_it() -> None:
            while screens:
                if screens.pop().keeps_first(on_with_it):
                    return
            after()

        on_with_it()

    # --- the supervisor

    @on(QuestionsWait)
    def _questions_wait(self, message: QuestionsWait) -> None:
        newest = max((one.question_id for one in message.questions), default=0)
        fresh = [one for one in message.questions if one.question_id > self._newest_question]
        first = self._newest_question < 0
        self._newest_question = max(newest, self._newest_question, 0)
        self.questions_waiting = len(message.questions)
        for screen in self.ours():
            for line in screen.query(TopLine):
                line.relabel()
        if fresh and not first:
            asked = fresh[-1]
            service = asked.service_name.in_(self.say.language) if asked.service_name else "—"
            self.ring_bell("question", asked.question_id)
            self.toast(
                self.say("ask.arrived", who=asked.asked_by or "—", customer=asked.customer, service=service)
            )

    def answer_here(self, asked: Asked) -> None:
        """What I asked about a ticket was answered, wherever I am now."""
        from deskui.tui.panes.advice_text import said_words  # noqa: PLC0415 - seldom wanted
        from deskui.tui.telling import Teller  # noqa: PLC0415 - the same

        self.ring_bell("question", asked.question_id)
        said = said_words(asked, Teller(self.say, self.zone, self.clock.now()))
        self.toast(
            self.say("ask.about_mine", number=asked.number, said=said), severe=asked.state == "refused"
        )

    # --- calls, from whichever screen

    @on(LinesArrived)
    def _heard_lines(self, message: LinesArrived) -> None:
        self.phone.heard(message)

    async def attends(self, event: events.Event) -> bool:
        """Whether a key was about a call: those work under every window and prompt, each of which would take
        it for one of its own.
        """
        action = self._calling.get(event.key) if isinstance(event, events.Key) else None
        if action is None:
            return False
        await self.run_action(f"app.{action}")
        return True

    async def action_take_ring(self) -> None:
        """Takes the call that rings; a call that is on waits meanwhile."""
        ringing = self.phone.ringing
        if not ringing:
            self.toast(self.say("line.nobody"))
        elif (screen := await self._give_way()) is not None:
            screen.take_ring(ringing[0].ring_id)

    async def action_other_call(self) -> None:
        """Goes on with the caller who waits longest; a call that is on waits meanwhile."""
        if not self.phone.waiting:
            self.toast(self.say("line.alone"))
        elif (screen := await self._give_way()) is not None:
            screen.take_up(self.phone.waiting[0].draft_id)

    async def _give_way(self) -> DeskUiScreen | None:
        """The screen that is to show the call. A window over it closes as by Esc; one over the Desk with
        words in it stays, and is there again after the call.
        """
        below = next((one for one in reversed(self.screen_stack) if isinstance(one, DeskUiScreen)), None)
        if below is None or not below.is_mounted:
            return None
        while self.screen is not below:
            if isinstance(below, DeskScreen) and any(one.value.strip() for one in self.screen.query(Input)):
                break
            await self.pop_screen()
        return below
