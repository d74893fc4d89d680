"""What an agent does in a call: each command by its key, from the caller to the end of the call."""

from __future__ import annotations

import pytest

from deskui.policy.decision import Text
from deskui.tui.modals.copy import CopyScreen
from deskui.tui.modals.help import HelpScreen
from deskui.tui.modals.today import TodayScreen
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import call_screen, press, until
from tests.tui.flows import Flow, Flowing, flow
from tests.tui.real_desk import real_app, real_desk

__all__ = ["flow"]

SAY = Text("เซิร์ฟเวอร์ล่ม กำลังแก้{particle}", "The server is down; we are on it.")


async def closes(here: Flowing, window: type) -> None:
    """Esc closes a window over the call."""
    await press(here.pilot, "escape")
    await until(here.pilot, lambda: isinstance(here.app.screen, CallScreen), f"{window.__name__} closed")


def in_what(here: Flowing) -> bool:
    return here.app.focused is call_screen(here.app).what.field


@pytest.mark.flow(
    "call.new", "call.on", "call.tab", "call.untab", "call.down", "call.up", "call.line", "call.details",
    "question.unknown", "question.again", "call.today", "call.copy", "call.language", "call.help",
)  # fmt: skip
async def test_a_call_from_the_number_to_the_ticket(flow: Flow) -> None:
    async with real_desk() as desk, real_app(desk, size=flow.size, language=flow.language) as (app, pilot):
        here = flow.on(desk, app, pilot)

        def call() -> CallScreen:
            return call_screen(app)

        await here.does("call.new", lambda: call().is_current and app.focused is call().who.field)
        await press(pilot, "EM-0031")
        await here.does("call.on", lambda: call().call.product_id and in_what(here))
        await until(pilot, lambda: call().what.highlighted, "services")
        first = call().what.highlighted
        await here.does("call.down", lambda: call().what.highlighted != first)
        await here.does("call.up", lambda: call().what.highlighted == first)
        await here.does("call.untab", lambda: app.focused is call().who.field)
        await here.does("call.tab", lambda: in_what(here))
        await here.does("call.today", lambda: isinstance(app.screen, TodayScreen) and app.screen.days)
        await closes(here, TodayScreen)
        await here.does("call.copy", lambda: isinstance(app.screen, CopyScreen))
        await closes(here, CopyScreen)
        await here.does("call.help", lambda: isinstance(app.screen, HelpScreen))
        await closes(here, HelpScreen)
        other = "en" if flow.language == "th" else "th"
        await here.does("call.language", lambda: app.say.language == other)
        # the fault's questions
        await here.does("call.on", lambda: call().questions.question and app.focused is call().questions)
        asked = call().questions.question
        assert asked is not None
        await here.does("question.unknown", lambda: asked.fact in call().call.answers)
        await until(pilot, lambda: not call().waits("a"), "the next question")
        await here.does("question.again", lambda: asked.fact not in call().call.answers)
        await until(pilot, lambda: not call().waits("a"), "asked again")
        await press(pilot, "y", "y", "n", "y")
        await until(pilot, lambda: app.focused is call().notes.title_field, "to be written down")
        await here.does("call.details", lambda: call().verdict.near)
        await press(pilot, "payroll stops", "enter", "one")
        await until(pilot, lambda: call().notes.area.text == "one", "typed")
        await here.does("call.line", lambda: call().notes.area.text == "one\ntwo", "two")
        await here.does("call.on", lambda: desk.of("nok").queue("all").entries)
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "back on the Desk")


@pytest.mark.flow("call.back", "call.fresh", "call.forget", "call.no_ticket", "call.follow", "call.add")
async def test_calls_that_become_no_ticket_of_their_own(flow: Flow) -> None:
    async with real_desk() as desk:
        ticket = desk.log("AR-0107", "db-recovery", "disk is gone")
        nok = desk.of("nok")
        async with real_app(desk, size=flow.size, language=flow.language) as (app, pilot):
            here = flow.on(desk, app, pilot)

            async def call_of(number: str) -> None:
                await press(pilot, "n", number, "enter")
                await until(pilot, lambda: call_screen(app).call.product_id and in_what(here), number)

            await call_of("EM-0031")
            await here.does("call.fresh", lambda: call_screen(app).call.product_id is None)
            await until(
                pilot, lambda: [one.parked_at is None for one in nok.drafts()] == [False], "one waits"
            )
            await press(pilot, "085")
            await until(pilot, lambda: call_screen(app).who.text == "085", "typed")
            await here.does("call.forget", lambda: isinstance(app.screen, DeskScreen), twice=True)
            assert [one.query for one in nok.drafts()] == ["EM-0031"], "only that one is thrown away"

            await call_of("M5-0009")
            await here.does("call.back", lambda: isinstance(app.screen, DeskScreen))
            assert "M5-0009" in [one.query for one in nok.drafts()]
            await press(pilot, "n")
            await until(pilot, lambda: call_screen(app).call.product_id, "goes on with it")
            await here.does("call.no_ticket", lambda: [one.reason for one in nok.call_log()], "a")
            await until(pilot, lambda: isinstance(app.screen, DeskScreen), "ended")
            assert nok.call_log()[0].reason == "only_asked"

            await call_of("AR-0107")
            follows = ticket.row.ticket_id
            await here.does("call.follow", lambda: call_screen(app).call.follows == follows)
            await press(pilot, "when is it done?", "enter")
            await until(pilot, lambda: isinstance(app.screen, DeskScreen), "added")
            assert any("when is it done?" in one.text.en for one in nok.ticket(follows).entries)

            await press(pilot, "n", "0899998888")
            await until(pilot, lambda: call_screen(app).who.text == "0899998888", "typed")
            await here.does(
                "call.add",
                lambda: [hit.customer for hit in nok.find_callers("0899998888")] == ["ร้านใหม่"],
                "ร้านใหม่",
                "enter",
                "a",
            )


@pytest.mark.flow("call.ask", "call.problem")
async def test_what_a_call_asks_and_is_about(flow: Flow) -> None:
    """The question goes to the supervisor with the service; the call joins a known problem, and leaves it."""
    async with real_desk() as desk:
        desk.of("nok").open_problem("server down", SAY, policy="emwork", service="response-time")
        async with real_app(desk, size=flow.size, language=flow.language) as (app, pilot):
            here = flow.on(desk, app, pilot)
            await press(pilot, "n", "EM-0031", "enter")
            await until(pilot, lambda: call_screen(app).call.product_id and in_what(here), "chosen")
            await here.does("call.ask", lambda: desk.of("ploy").questions_waiting(), "for free?", "enter")
            assert desk.of("ploy").questions_waiting()[0].text == "for free?"
            await until(pilot, lambda: call_screen(app).call.question_id and in_what(here), "back in WHAT")
            await here.does("call.problem", lambda: call_screen(app).call.problem_id == 1)
            await until(pilot, lambda: not call_screen(app).waits("a"), "with what is known")
            await here.does("call.problem", lambda: call_screen(app).call.problem_id is None)
