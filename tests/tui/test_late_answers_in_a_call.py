"""What is typed in a call while the store is slow or refuses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from threading import Event

import pytest

from deskui.desk.advicemodel import Asked, Problem
from deskui.desk.desk import Desk
from deskui.desk.errors import StoreFailure
from deskui.desk.model import Call, TicketDetail
from deskui.policy.decision import Decision, Text
from deskui.tui.app import DeskApp
from tests.tui.driving import SMALL, Driver, call_screen, desk_screen, press, screen_text, toasts, until
from tests.tui.real_desk import real_app, real_desk

AWAY = StoreFailure(Text("อ่านไม่ได้", "cannot be read"))


async def at_the_end(app: DeskApp, pilot: Driver) -> None:
    """A call that one more Enter logs."""
    await press(pilot, "n", "AR-0107", "enter")
    await until(pilot, lambda: call_screen(app).what.services, "services")
    await press(pilot, "phone", "enter")
    notes = call_screen(app).notes
    await until(pilot, lambda: app.focused is notes.title_field, "nothing is asked")
    await press(pilot, "enter")
    await until(pilot, lambda: app.focused is notes.area, "in the notes")


@pytest.fixture
def logging(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """Set once a call is being logged; to be set for it to be logged."""
    begun, may = Event(), Event()
    log = Desk.open_ticket

    def slowly(self: Desk, call: Call) -> TicketDetail:
        begun.set()
        assert may.wait(30)
        return log(self, call)

    monkeypatch.setattr(Desk, "open_ticket", slowly)
    return begun, may


async def test_a_reading_that_fails_meanwhile_lets_no_call_be_logged_twice(
    logging: tuple[Event, Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was taken for the answer that was waited for: Enter logged the call once more."""
    begun, may = logging
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await at_the_end(app, pilot)

        def broken(self: Desk, policy: str | None = None) -> Sequence[Problem]:
            raise AWAY

        monkeypatch.setattr(Desk, "known_problems", broken)
        await press(pilot, "enter")
        await until(pilot, begun.is_set, "being logged")
        screen = call_screen(app)
        screen.read_advice()
        await until(pilot, lambda: "cannot be read" in " ".join(toasts(app)), "the reading failed")
        assert screen.waits("enter")
        may.set()
        await until(pilot, lambda: app.screen is desk_screen(app), "logged")


async def test_what_fails_while_the_desk_is_left_is_told_to_nobody() -> None:
    """It ended in a traceback: there was no screen left to say it on."""
    async with real_desk() as desk:
        async with real_app(desk) as (app, _pilot):
            assert app.screen_stack
        assert not app.screen_stack
        app.toast("too late", severe=True)
        assert "too late" not in toasts(app)


async def test_esc_while_a_call_is_logged_tells_so_and_keeps_no_second_one(
    logging: tuple[Event, Event],
) -> None:
    """It said that a draft was kept, of a call that was in the queue a moment later."""
    begun, may = logging
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await at_the_end(app, pilot)
        await press(pilot, "enter")
        await until(pilot, begun.is_set, "being logged")
        await press(pilot, "escape")
        await until(pilot, lambda: "Esc again leaves" in " ".join(toasts(app)), "told")
        call_screen(app)
        await press(pilot, "escape")
        await until(pilot, lambda: app.screen is desk_screen(app), "left")
        may.set()
        await until(pilot, lambda: desk_screen(app).queue.ticket_ids, "in the queue")
        assert not desk.of("nok").drafts()


async def test_the_answer_to_a_logged_call_closes_what_lies_over_it_and_nothing_else(
    logging: tuple[Event, Event],
) -> None:
    """The page over the call went, and the call that was logged stood there still."""
    begun, may = logging
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await at_the_end(app, pilot)
        await press(pilot, "enter")
        await until(pilot, begun.is_set, "being logged")
        await app.action_help()
        may.set()
        await until(pilot, lambda: app.screen is desk_screen(app), "back on the desk")


async def test_a_question_goes_with_the_call_it_was_asked_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letting the caller wait at once gave it to the next call, and the supervisor's answer with it."""
    begun, may, ask = Event(), Event(), Desk.ask_supervisor

    def slowly(self: Desk, call: Call, words: str = "") -> Asked:
        begun.set()
        assert may.wait(30)
        return ask(self, call, words)

    monkeypatch.setattr(Desk, "ask_supervisor", slowly)
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await at_the_end(app, pilot)
        await press(pilot, "ctrl+y", "may we?", "enter", "ctrl+n")
        await until(pilot, begun.is_set, "asking")
        may.set()
        await until(pilot, lambda: call_screen(app).call.product_id is None, "another call")
        await until(pilot, lambda: not call_screen(app).waits("x"), "nothing is awaited")
        (waits,) = desk.of("nok").drafts()
        assert waits.question_id == 1
        assert call_screen(app).call.question_id is None


async def test_nothing_said_in_passing_lies_over_a_question_that_is_put() -> None:
    """At the bottom of the screen it hid what goes along to the supervisor, and the letters of answers."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await at_the_end(app, pilot)
        for key, name in (("ctrl+y", "#call-words"), ("ctrl+l", "#call-prompt")):
            line = call_screen(app).query_one(name)
            app.toast("said before")
            await until(pilot, lambda: toasts(app) == ["said before"], "said")
            await press(pilot, key)
            await until(pilot, partial(getattr, line, "display"), "asked")
            assert toasts(app) == []
            await press(pilot, "escape")
            await until(pilot, lambda: app.focused is call_screen(app).notes.area, "left")


async def test_a_verdict_that_is_refused_leaves_none_of_another_service(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the service before is answered with stood beside the new one, with nothing that said so."""
    preview = Desk.preview
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await at_the_end(app, pilot)
        screen = call_screen(app)
        assert screen.verdict.decision is not None

        def broken(self: Desk, call: Call) -> Decision:
            if call.service != screen.call.service:
                raise AWAY
            return preview(self, call)

        monkeypatch.setattr(Desk, "preview", broken)
        screen.ahead.forget()
        screen.set_focus(screen.what.field)
        await press(pilot, "down")
        await until(pilot, lambda: screen.verdict.decision is None, "none")


async def test_a_verdict_of_before_says_so_while_the_new_one_takes_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It stood beside the new service like its answer: what was free before was promised for that."""
    may, preview = Event(), Desk.preview

    def slowly(self: Desk, call: Call) -> Decision:
        assert may.wait(30)
        return preview(self, call)

    async with real_desk() as desk, real_app(desk, size=SMALL) as (app, pilot):
        await at_the_end(app, pilot)
        screen = call_screen(app)
        before = screen.verdict.decision
        assert "looking it up" not in screen_text(app)
        monkeypatch.setattr(Desk, "preview", slowly)
        screen.ahead.forget()
        screen.set_focus(screen.what.field)
        await press(pilot, "down")
        await until(pilot, lambda: "looking it up" in screen_text(app), "marked")
        assert screen.verdict.decision is before
        may.set()
        await until(pilot, lambda: screen.verdict.decision is not before, "the new one")
        await until(pilot, lambda: "looking it up" not in screen_text(app), "not marked")
        # another call waits for nothing of this one
        may.clear()
        screen.ahead.forget()
        await press(pilot, "down")
        await until(pilot, lambda: "looking it up" in screen_text(app), "marked again")
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: screen.call.product_id is None, "another call")
        await until(pilot, lambda: "looking it up" not in screen_text(app), "not marked")
        may.set()


async def test_another_call_that_is_begun_before_the_drafts_are_here_stays_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The kept draft took the place of the call that was asked for, and what was typed next went there."""
    may, drafts = Event(), Desk.drafts

    def slowly(self: Desk) -> Sequence[Call]:
        assert may.wait(30)
        return drafts(self)

    async with real_desk() as desk:
        desk.of("nok").save_draft(Call(query="0999", notes="will call again"))
        async with real_app(desk) as (app, pilot):
            monkeypatch.setattr(Desk, "drafts", slowly)
            await press(pilot, "n")
            await until(pilot, lambda: call_screen(app).is_current, "call")
            first = call_screen(app).call
            await press(pilot, "ctrl+n")
            await until(pilot, lambda: call_screen(app).call is not first, "another")
            may.set()
            await until(pilot, lambda: call_screen(app).who._drafts, "offered")
            assert call_screen(app).who.text == ""
