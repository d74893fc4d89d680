"""The app: wiring only. It opens the desk after the first frame, watches it, and hands keys on in order."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual import events, on, work
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import get_current_worker

from deskui.clock import Clock, SystemClock
from deskui.tui import spare, thai
from deskui.tui.arrivals import (
    Changed,
    Connected,
    LookersArrived,
    NotConnected,
    QuestionsWait,
    Reached,
    Said,
)
from deskui.tui.bell import Reminders
from deskui.tui.catalogue import SCOPES, bindings
from deskui.tui.comfort import Comfort
from deskui.tui.leaving import Leaving
from deskui.tui.messages import Say, broke
from deskui.tui.panes.commandline import CommandLine
from deskui.tui.screens.desk import DeskScreen
from deskui.tui.text import clean
from deskui.tui.typeahead import AtOnce, TypeAhead, Typed

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi
    from deskui.desk.model import Glimpse, TicketDetail, VendorHours
    from deskui.policy.decision import Text

__all__ = ["DeskApp"]

_log = logging.getLogger(__name__)
BREACH_ROUNDS = 10
"""Every how many looks at the change feed the breaches that fell due are written."""
LOOK_ROUNDS = 2
"""Every how many it is asked who else is looking at what: no change tells of it, or every desk would read its
queue again for each."""


class DeskApp(Leaving, inherit_bindings=False):
    """The desk on a terminal.

    `connect` opens the desk; it runs in a thread after the first frame is painted and may take its time, and
    may raise a DeskError that says what is wrong. Before it, in a thread too, `glimpse` gives the top of the
    queue. Without `language` the agent's own is used once known. What the modules log is to go to `log_file`,
    by whoever makes the app. The signals of `leaves_on` end it in order, and if that takes too long
    `at_worst` does, with the exit code.
    """

    TITLE = "deskui"
    CSS_PATH = ["styles/app.tcss", "styles/desk.tcss"]  # noqa: RUF012 - Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it
        (0, "-tiny-width"),
        (60, "-narrow-width"),
        (100, "-wide-width"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it
        (0, "-tiny-height"),
        (20, "-low-height"),
        (30, "-tall-height"),
    ]

    def __init__(
        self,
        connect: Callable[[], DeskApi],
        *,
        glimpse: Callable[[], Glimpse | None] | None = None,
        clock: Clock | None = None,
        language: str | None = None,
        zone: str = "Asia/Bangkok",
        comfort: Comfort | None = None,
        poll_seconds: float = 0.5,
        log_file: Callable[[], Path] = lambda: Path("deskui.log"),
        leaves_on: Iterable[int] = (),
        at_worst: Callable[[int], object] = os._exit,
    ) -> None:
        super().__init__(comfort, leaves_on, at_worst)
        thai.install()
        self._connect = connect
        self.glimpse = glimpse
        """Reads the top of the queue while the desk is not open yet."""
        self._language = language
        self._stop = threading.Event()
        self._poll_seconds = poll_seconds
        self._typed = TypeAhead(self)
        self.log_file = log_file
        """Says where the details of what went wrong are."""
        self.clock = clock or SystemClock()
        self.zone = ZoneInfo(zone)
        self.say = Say(language or "th", self.keys)
        self.desk: DeskApi | None = None
        """The desk, once it is open."""
        self.hours: Sequence[VendorHours] = ()
        """Which vendor is open until when, as the top line says it."""
        self.counts: Mapping[str, int] = {}
        """Tickets by view."""
        self.unusable: Mapping[str, Text] = {}
        """Vendors whose terms cannot be read: why, by policy id."""
        self.failure: Exception | None = None
        """What nobody foresaw and ended the app; whoever ran it tells the user."""
        self.typed_at = self.clock.now()
        """When a key was last typed."""
        self.reached = True
        """Whether the store answered when last asked."""

    def get_default_screen(self) -> Screen[None]:
        """The Desk: its frame needs nothing but itself."""
        return DeskScreen()

    def _fatal_error(self) -> None:
        """Ends the app without printing the traceback: `failure` has it, and drafts are in the store."""
        self.failure = self._exception
        self._stop.set()
        self._close_messages_no_wait()

    # --- opening the desk

    def open_desk(self) -> None:
        """Opens the desk in a thread; the screens hear of it by `Connected` or `NotConnected`."""
        self._open()

    @work(thread=True, exclusive=True, group="connect", exit_on_error=False)
    def _open(self) -> None:
        worker = get_current_worker()
        try:
            desk = self._connect()
        except Exception as failure:
            _log.exception("the desk could not be opened")
            text: Text | None = getattr(failure, "text", None)
            from deskui.tui.screens.failed import advice_on  # noqa: PLC0415

            if not worker.is_cancelled:
                self.post_message(NotConnected(text or broke(failure), advice_on(failure)))
        else:
            if not worker.is_cancelled:
                self.post_message(Connected(desk))

    @on(Connected)
    async def _opened(self, message: Connected) -> None:
        self.desk = message.desk
        if self._language is None:
            self.say.language = message.desk.agent.language
        self.say_anew()
        for screen in self.ours():
            screen.connected()
        if problems := self.chosen_problems():
            self.toast(problems, severe=True)
        self._watch_desk(message.desk)
        spare.keep()

    @on(NotConnected)
    async def _not_opened(self, message: NotConnected) -> None:
        from deskui.tui.screens.failed import FailedScreen  # noqa: PLC0415

        self._typed.forget()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        await self.push_screen(FailedScreen(message.text, message.advice))

    # --- keeping watch

    @work(thread=True, exclusive=True, group="watch", exit_on_error=False)
    def _watch_desk(self, desk: DeskApi) -> None:
        seen = -1
        looking: Mapping[int, Sequence[str]] = {}
        well = True
        rounds = 0
        reminders = Reminders()
        while not self._stop.is_set() and not get_current_worker().is_cancelled:
            try:
                desk.here()
                if rounds % BREACH_ROUNDS == 0:
                    desk.record_breaches()
                change = desk.last_change()
                for reason, event in reminders.look(desk, change):
                    self.call_later(self.ring_bell, reason, event)
                for asked in self.my_questions.look(desk, changed=change != seen):
                    self.call_later(self.answer_here, asked)
                if change != seen:
                    self.post_message(Changed(change))
                    if desk.agent.supervisor:
                        self.post_message(QuestionsWait(tuple(desk.questions_waiting())))
                    seen = change
                if rounds % LOOK_ROUNDS == 0:
                    found = dict(desk.lookers())
                    if found != looking:
                        self.post_message(LookersArrived(found))
                        looking = found
            except Exception:
                if well:
                    _log.exception("the store does not answer")
                    self.post_message(Reached(False))
                # what the screens read meanwhile may have failed too: they read again once it answers
                well, seen = False, -1
            else:
                if not well:
                    self.post_message(Reached(True))
                    well = True
            rounds += 1
            self._stop.wait(self._poll_seconds)
            if rounds == 1 and _load_ahead():
                # what was drawn by now breaks its lines inside words
                self.call_later(self.say_anew)
            if rounds % spare.ROUNDS == spare.FIRST_ROUND:
                spare.give_back()
        # whoever asks from now on is told that nobody is here
        with suppress(Exception):
            desk.gone()

    @on(LookersArrived)
    def _lookers(self, message: LookersArrived) -> None:
        for screen in self.ours():
            if isinstance(screen, DeskScreen):
                screen.show_lookers(message.lookers)

    @on(Changed)
    def _changed(self, message: Changed) -> None:
        for screen in self.ours():
            screen.changed(message.change)
        self.phone.read()

    @on(Reached)
    def _reached(self, message: Reached) -> None:
        self.reached = message.well
        self.say_anew()

    def on_unmount(self) -> None:
        """Lets the watching thread end."""
        self._stop.set()

    # --- what all screens share

    def toast(self, text: str, *, severe: bool = False) -> None:
        """Says something in passing; letter by letter, whatever is in it."""
        if not self.screen_stack:
            # leaving: there is no screen to say it on
            return
        # one at a time: on a small screen three of them hide the clock
        self.clear_notifications()
        self.notify(clean(text), severity="warning" if severe else "information", markup=False)
        if self.screen.has_class("-narrow-width"):
            # there the window of the toast stays away
            for line in self.screen.query(CommandLine):
                line.tell(clean(text), severe=severe)

    def logged(self, detail: TicketDetail) -> None:
        """A call became a ticket: the desk shows it under the cursor."""
        from deskui.tui.panes.verdict_text import headline  # noqa: PLC0415
        from deskui.tui.telling import Teller  # noqa: PLC0415

        tell = Teller(self.say, self.zone, self.clock.now())
        outcome = headline(detail.decision, tell) if detail.decision else ""
        told = [self.say("ticket.logged", number=detail.row.number, outcome=outcome)]
        clock = detail.row.clock
        if clock is not None and clock.due_at is not None and not clock.promised:
            # the verdict named what was promised; this only the agent is to know
            kind, due = tell.word("kind", clock.kind), tell.moment(clock.due_at)
            told.append(self.say("ticket.our_goal", kind=kind, due=due))
        self.toast(" · ".join(told))
        self.go_to(detail.row.ticket_id)

    def go_to(self, ticket_id: int) -> None:
        """Puts the cursor of the Desk on a ticket."""
        for screen in self.ours():
            if isinstance(screen, DeskScreen):
                screen.go_to(ticket_id)

    def show_found(self, ticket_id: int) -> None:
        """Puts the cursor of the Desk on a ticket that was looked for; Esc there goes back."""
        for screen in self.ours():
            if isinstance(screen, DeskScreen):
                screen.show_found(ticket_id)

    def show_customer(self, customer_id: int) -> None:
        """Shows a customer's cover on the Desk."""
        for screen in self.ours():
            if isinstance(screen, DeskScreen):
                screen.show_customer(customer_id)

    @on(Said)
    def _said(self, message: Said) -> None:
        self.toast(message.text.in_(self.say.language), severe=True)

    # --- pages

    async def action_today(self) -> None:
        """Opens the page of what may be done now and what must wait."""
        from deskui.tui.modals.today import TodayScreen  # noqa: PLC0415

        if not isinstance(self.screen, TodayScreen):
            await self.push_screen(TodayScreen())

    async def action_help(self) -> None:
        """Opens the page of all keys."""
        from deskui.tui.modals.help import HelpScreen  # noqa: PLC0415

        if not isinstance(self.screen, HelpScreen):
            await self.push_screen(HelpScreen(self._scopes(self.screen)))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: what the catalogue has for this screen, with its key."""
        language = self.say.language
        for command in self.keys.commands(*self._scopes(screen)):
            if command.palette:
                title = self.say("commands.key", name=command.name.in_(language), key=command.key)
                yield SystemCommand(title, clean(command.help.in_(language)), self._runner(command.target))
        yield from self.theme_commands()
        if isinstance(screen, DeskScreen):
            for view in screen.views():
                title = self.say("commands.view", name=screen.view_name(view))
                yield SystemCommand(title, self.say("view.show"), partial(screen.show_view, view))

    def other_names(self) -> dict[str, str]:
        """What each command is called in the language that is not on, by its title in the palette."""
        here, other = self.say.language, "en" if self.say.language == "th" else "th"
        return {
            self.say("commands.key", name=one.name.in_(here), key=one.key): one.name.in_(other)
            for one in self.keys.commands(*SCOPES)
        }

    @staticmethod
    def _scopes(screen: Screen[object]) -> tuple[str, ...]:
        """Scopes of the catalogue whose commands work on a screen or in a window."""
        scopes: tuple[str, ...] = getattr(screen, "SCOPES", ())
        return scopes

    def _runner(self, action: str) -> Callable[[], None]:
        def run() -> None:
            self.call_later(self.run_action, action)

        return run

    # --- keys, in order

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes wait their turn; all else goes its way."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.typed_at = self.clock.now()
            await self._typed.take(event, self._hand_on)
        else:
            await super().on_event(event)

    async def _hand_on(self, event: events.Event) -> bool:
        if await self.attends(event):
            return False
        for target in (self.focused, self.screen) if isinstance(event, events.Key) else ():
            if isinstance(target, AtOnce) and await target.take_key(event.key):
                return True
        await super().on_event(event)
        return False

    @on(Typed)
    async def _key_done(self, message: Typed) -> None:
        await self._typed.back(message)

    def type_on(self) -> None:
        """Keys that a screen let wait may go on."""
        self.call_later(self._typed.type_on)


def _load_ahead() -> bool:
    """The Call screen is the next one wanted; by now the queue stands, and nobody waits for its modules.

    Whether lines break at other places from now on.
    """
    import deskui.tui.screens.call  # noqa: F401, PLC0415

    return not thai.knows_words() and thai.load_words()
