"""What was typed for something that was refused stands there at the next try; what is under way is written
before the desk is left.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from deskui.desk.advicemodel import Asked
from deskui.desk.desk import Desk
from deskui.desk.errors import StoreFailure
from deskui.desk.model import TicketRow
from deskui.policy.decision import Text
from deskui.tui.app import DeskApp
from deskui.tui.modals.problems import ProblemForm, ProblemsScreen
from deskui.tui.panes.wordsline import WordsLine
from deskui.tui.thai import ThaiInput
from tests.tui.driving import Driver, call_screen, desk_screen, press, settled, toasts, until
from tests.tui.real_desk import RealDesk, real_app, real_desk
from tests.tui.test_late_answers_in_a_call import at_the_end

AWAY = StoreFailure(Text("เขียนไม่ได้", "cannot be written"))

Away = Callable[[str], Callable[[], None]]


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Away:
    """Takes a method of the desk away; what it answers brings it back."""

    def take(name: str) -> Callable[[], None]:
        method = getattr(Desk, name)

        def broken(*_args: object, **_more: object) -> object:
            raise AWAY

        monkeypatch.setattr(Desk, name, broken)
        return lambda: monkeypatch.setattr(Desk, name, method)

    return take


async def listed(app: DeskApp, pilot: Driver) -> None:
    await until(pilot, lambda: desk_screen(app).queue.row is not None, "listed")
    await settled(app, pilot)


def asks(app: DeskApp) -> bool:
    """Whether the line for words waits on the Desk."""
    return desk_screen(app).pane.query_one(WordsLine).asks


async def refused(app: DeskApp, pilot: Driver) -> None:
    await until(pilot, lambda: "cannot be written" in " ".join(toasts(app)), "refused")


async def test_words_for_a_change_that_was_refused_stand_there_at_the_next_try(away: Away) -> None:
    async with real_desk() as desk:
        ticket = desk.log("BP-0042", "advice", "one")
        async with real_app(desk) as (app, pilot):
            await listed(app, pilot)
            back = away("resolve")
            await press(pilot, "r", "new cable", "enter")
            await refused(app, pilot)
            back()
            await press(pilot, "r")
            await until(pilot, lambda: asks(app), "asked again")
            assert desk_screen(app).pane.words_line.value == "new cable"
            await press(pilot, "enter")
            nok = desk.of("nok")
            await until(pilot, lambda: nok.ticket(ticket.row.ticket_id).row.state.value == "resolved")
            assert any("new cable" in one.text.en for one in nok.ticket(ticket.row.ticket_id).entries)
            # what was done is not offered for the next time
            await until(pilot, lambda: not desk_screen(app).refused_words, "forgotten")


async def test_a_reason_for_many_that_was_refused_for_some_is_there_for_the_rest(away: Away) -> None:
    async with real_desk() as desk:
        for title in ("one", "two"):
            desk.log("BP-0042", "advice", title)
        async with real_app(desk) as (app, pilot):
            await listed(app, pilot)
            back = away("bulk")
            await press(pilot, "A", "p", "calls back", "enter")
            await refused(app, pilot)
            back()
            await press(pilot, "p")
            await until(pilot, lambda: asks(app), "asked again")
            assert desk_screen(app).pane.words_line.value == "calls back"
            await press(pilot, "escape")
            # of others than those it was typed for it is not said
            three = desk.log("BP-0042", "advice", "three")
            await until(pilot, lambda: three.row.ticket_id in desk_screen(app).queue.ticket_ids, "listed")
            await press(pilot, "A")
            marks = desk_screen(app).queue
            await until(pilot, lambda: three.row.ticket_id in marks.marked, "marked")
            await press(pilot, "p")
            await until(pilot, lambda: asks(app), "asked anew")
            assert desk_screen(app).pane.words_line.value == ""


async def test_words_to_the_supervisor_about_a_ticket_outlive_a_refusal(away: Away) -> None:
    async with real_desk() as desk:
        desk.log("BP-0042", "advice", "one")
        async with real_app(desk) as (app, pilot):
            await listed(app, pilot)
            back = away("ask_about_ticket")
            await press(pilot, "H")
            await until(pilot, lambda: asks(app), "asked for words")
            await press(pilot, "may we?", "enter")
            await refused(app, pilot)
            back()
            await press(pilot, "H")
            await until(pilot, lambda: asks(app), "again")
            assert desk_screen(app).pane.words_line.value == "may we?"


async def test_words_to_the_supervisor_in_a_call_outlive_a_refusal(away: Away) -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await at_the_end(app, pilot)
        back = away("ask_supervisor")
        await press(pilot, "ctrl+y", "may we?", "enter")
        await refused(app, pilot)
        back()
        await press(pilot, "ctrl+y")
        words = call_screen(app).query_one(WordsLine)
        await until(pilot, lambda: words.asks, "asked again")
        assert words.field.value == "may we?"
        await press(pilot, "enter")
        await until(pilot, lambda: call_screen(app).call.question_id == 1, "sent")
        assert desk.of("nok").supervisor_question(1).text == "may we?"


async def test_what_is_typed_for_a_known_problem_outlives_a_refusal(away: Away) -> None:
    """The solution of one, and the form of a new one."""
    async with real_desk() as desk:
        ticket = desk.log("BP-0042", "advice", "one")
        desk.of("nok").open_problem("the cause", Text("", "known"), ticket_id=ticket.row.ticket_id)
        async with real_app(desk) as (app, pilot):
            await listed(app, pilot)
            await press(pilot, "K")
            await until(pilot, lambda: isinstance(app.screen, ProblemsScreen) and not app.screen.waits("x"))
            window = app.screen
            assert isinstance(window, ProblemsScreen)
            back = away("close_problem")
            await press(pilot, "c", "new driver", "enter")
            await refused(app, pilot)
            await until(pilot, lambda: window.solution.value == "new driver", "there again")
            back()
            away("open_problem")
            app.clear_notifications()
            await press(pilot, "escape", "n", "รอสักครู่", "enter", "being looked at", "enter")
            await refused(app, pilot)
            await press(pilot, "n")
            await until(pilot, lambda: isinstance(app.screen, ProblemForm), "the form")
            typed = [field.value for field in app.screen.query(ThaiInput).results(ThaiInput)]
            assert typed == ["one", "รอสักครู่", "being looked at"]


# --- leaving


class Slowly:
    """Claims that take until they may."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.may = Event(), Event()
        claim = Desk.claim

        def slowly(desk: Desk, ticket_id: int, version: int, reason: str = "") -> TicketRow:
            self.begun.set()
            assert self.may.wait(30)
            return claim(desk, ticket_id, version, reason)

        monkeypatch.setattr(Desk, "claim", slowly)


async def two_changes_then_leave(app: DeskApp, pilot: Driver, slow: Slowly) -> None:
    await listed(app, pilot)
    await press(pilot, "c", "t", "half", "escape", "h", "the bank", "enter")
    await until(pilot, slow.begun.is_set, "the first is under way")
    await press(pilot, "q", "q")
    await until(pilot, lambda: "under way" in " ".join(toasts(app)), "told")


def waiting(desk: RealDesk, ticket_id: int) -> bool:
    row = desk.of("art").ticket(ticket_id).row
    return (row.state.value, row.assignee) == ("on_hold", "nok")


async def test_a_change_that_waits_is_made_before_the_desk_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of two went unseen with `q q`."""
    slow = Slowly(monkeypatch)
    async with real_desk() as desk:
        ticket = desk.log("BP-0042", "advice", "one")
        async with real_app(desk) as (app, pilot):
            await two_changes_then_leave(app, pilot, slow)
            slow.may.set()
            await until(pilot, lambda: app._exit, "left")
        assert waiting(desk, ticket.row.ticket_id)


async def test_who_leaves_while_a_change_is_refused_stays_to_hear_it(
    monkeypatch: pytest.MonkeyPatch, away: Away
) -> None:
    slow = Slowly(monkeypatch)
    async with real_desk() as desk:
        desk.log("BP-0042", "advice", "one")
        async with real_app(desk) as (app, pilot):
            back = away("hold")
            await two_changes_then_leave(app, pilot, slow)
            slow.may.set()
            await refused(app, pilot)
            await settled(app, pilot)
            assert not app._exit
            back()
            await press(pilot, "q", "q")
            await until(pilot, lambda: app._exit, "left")


async def test_a_signal_waits_for_what_is_under_way_on_the_desk_and_in_a_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow = Slowly(monkeypatch)
    async with real_desk() as desk:
        ticket = desk.log("BP-0042", "advice", "one")
        async with real_app(desk) as (app, pilot):
            await listed(app, pilot)
            await press(pilot, "c")
            await until(pilot, slow.begun.is_set, "under way")
            await press(pilot, "n", "0812")
            await until(pilot, lambda: call_screen(app).focused, "the call has its fields")
            await until(pilot, lambda: call_screen(app).who.text == "0812", "typed")
            left = Event()
            app.when_all_kept(left.set)
            await until(pilot, lambda: desk.of("nok").drafts(), "the call is kept")
            assert not left.is_set()
            slow.may.set()
            await until(pilot, left.is_set, "left")
        assert desk.of("art").ticket(ticket.row.ticket_id).row.assignee == "nok"


# --- asking the supervisor and leaving the call


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """Set once the supervisor is being asked; to be set for it to be done."""
    begun, may, ask = Event(), Event(), Desk.ask_supervisor

    def slowly(self: Desk, call: object, words: str = "") -> Asked:
        begun.set()
        assert may.wait(30)
        return ask(self, call, words)  # type: ignore[arg-type]

    monkeypatch.setattr(Desk, "ask_supervisor", slowly)
    return begun, may


async def test_a_call_left_while_the_supervisor_is_asked_keeps_its_question(
    asking: tuple[Event, Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its draft knew nothing of it: the answer reached nobody, and `^y` asked once more."""
    begun, may = asking
    known, read = Event(), Desk.supervisor_question

    def later(self: Desk, question_id: int) -> Asked:
        assert known.wait(30)
        return read(self, question_id)

    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await at_the_end(app, pilot)
        await press(pilot, "ctrl+y", "may we?", "enter")
        await until(pilot, begun.is_set, "being asked")
        await press(pilot, "escape")
        await until(pilot, lambda: "on its way" in " ".join(toasts(app)), "told")
        call_screen(app)
        await press(pilot, "escape")
        await until(pilot, lambda: app.screen is desk_screen(app), "left")
        may.set()
        await until(pilot, lambda: desk.of("nok").drafts()[0].question_id == 1, "the draft has it")
        # until it is known what became of it, nobody knows what `^y` would do
        monkeypatch.setattr(Desk, "supervisor_question", later)
        await press(pilot, "n")
        await until(pilot, lambda: call_screen(app).focused, "the call has its fields")
        await until(pilot, lambda: app.focused is call_screen(app).notes.area, "taken up again")
        await press(pilot, "ctrl+y")
        prompt = call_screen(app).query_one("#call-prompt")
        assert call_screen(app).waits("ctrl+y")
        assert not prompt.display
        assert not call_screen(app).query_one(WordsLine).asks
        known.set()
        await until(pilot, lambda: prompt.display, "whether it is taken back")
        await press(pilot, "w")
        await until(pilot, lambda: read(desk.of("nok"), 1).state == "withdrawn", "taken back")
