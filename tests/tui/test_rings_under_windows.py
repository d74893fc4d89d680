"""A ring is taken, and calls are swapped, under every window and prompt; nothing that is typed is lost."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from deskui.desk.ringing import ring
from deskui.tui.app import DeskApp
from deskui.tui.modals.find import FindScreen
from deskui.tui.modals.problems import ProblemForm, ProblemsScreen
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from deskui.tui.thai import ThaiInput
from tests.tui.driving import (
    SMALL,
    WIDE,
    Driver,
    call_screen,
    desk_screen,
    press,
    screen_text,
    toasts,
    until,
)
from tests.tui.real_desk import RealDesk, real_app, real_desk

SUKSAI, THONBURI = "081-234-5678", "02-412-2345"
KEYS = pytest.mark.parametrize("key", ["ctrl+r", "f9"])


async def rings(desk: RealDesk, app: DeskApp, pilot: Driver, number: str = SUKSAI) -> None:
    ring(desk.store.uow, desk.clock, number)
    await until(pilot, lambda: app.phone.ringing, "it rings")


async def on_call(app: DeskApp, pilot: Driver, code: str) -> None:
    def there() -> bool:
        card = call_screen(app).who.card
        return card is not None and card.code == code and call_screen(app).call.product_id is not None

    await until(pilot, there, code)
    await until(pilot, lambda: not call_screen(app).waits("a"), "keys go on")


@pytest.mark.parametrize("window", ["f1", "y", "ctrl+p", "C", "J"])
async def test_a_window_with_nothing_typed_in_it_gives_way(window: str) -> None:
    async with real_desk() as desk:
        desk.log("AR-0107", "db-recovery")
        async with real_app(desk) as (app, pilot):
            await until(pilot, lambda: desk_screen(app).detail, "a ticket")
            await press(pilot, window)
            await until(pilot, lambda: not isinstance(app.screen, DeskScreen), "window")
            await rings(desk, app, pilot)
            await until(pilot, lambda: any("☎" in note and "^r" in note for note in toasts(app)), "said")
            await press(pilot, "ctrl+r")
            await on_call(app, pilot, "EM-0031")
            await press(pilot, "escape")
            await until(pilot, lambda: isinstance(app.screen, DeskScreen), "the desk after it")


@KEYS
@pytest.mark.parametrize(("size", "language"), [(WIDE, "en"), (SMALL, "th")])
async def test_what_is_typed_in_a_window_is_there_after_the_call(
    key: str, size: tuple[int, int], language: str
) -> None:
    async with real_desk() as desk, real_app(desk, size=size, language=language) as (app, pilot):
        await press(pilot, "f", "thon")
        await until(pilot, lambda: isinstance(app.screen, FindScreen), "find")
        await until(pilot, lambda: app.screen.query_one(Input).value == "thon", "typed")
        await rings(desk, app, pilot)
        await press(pilot, key)
        await on_call(app, pilot, "EM-0031")
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, FindScreen), "the window after it")
        await press(pilot, "buri")
        await until(pilot, lambda: app.screen.query_one(Input).value == "thonburi", "typed on")


async def test_a_prompt_takes_no_ring_for_a_no_and_keeps_its_words() -> None:
    """Under a question of one letter, and under a line of words."""
    async with real_desk() as desk:
        ticket = desk.log("AR-0107", "db-recovery")
        async with real_app(desk) as (app, pilot):
            await until(pilot, lambda: desk_screen(app).queue.ticket_id == ticket.row.ticket_id, "ticket")
            await press(pilot, "r", "half a sen")
            await until(pilot, lambda: desk_screen(app).pane.words_line.value == "half a sen", "typed")
            await rings(desk, app, pilot)
            await press(pilot, "ctrl+r")
            await on_call(app, pilot, "EM-0031")
            await press(pilot, "escape")
            await until(pilot, lambda: isinstance(app.screen, DeskScreen), "back")
            await press(pilot, "tence", "enter")
            await until(
                pilot,
                lambda: any(
                    entry.text.en == "half a sentence"
                    for entry in desk.of("nok").ticket(ticket.row.ticket_id).entries
                ),
                "resolved with all the words",
            )
            await press(pilot, "q")
            await until(pilot, lambda: desk_screen(app).pane.prompt.display, "asked")
            await rings(desk, app, pilot, THONBURI)
            await press(pilot, "ctrl+r")
            await on_call(app, pilot, "AR-0107")


async def test_a_form_over_a_call_keeps_its_words_for_that_call() -> None:
    """A ring, the other call, and back by ^o from under a help window: the form stands as it was left."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", THONBURI, "enter")
        await on_call(app, pilot, "AR-0107")
        await press(pilot, "ctrl+k")
        await until(pilot, lambda: isinstance(app.screen, ProblemForm), "form")
        await press(pilot, "server down", "enter", "ล่ม")
        await until(pilot, lambda: app.screen.query_one("#problem-th", ThaiInput).value == "ล่ม", "typed")
        await rings(desk, app, pilot)
        await press(pilot, "ctrl+r")
        await on_call(app, pilot, "EM-0031")
        await press(pilot, "ctrl+y", "why not")
        await until(pilot, lambda: "why not" in screen_text(app), "words to the supervisor")
        await until(pilot, lambda: app.phone.waiting, "the first call waits")
        await press(pilot, "f1")
        await until(pilot, lambda: not isinstance(app.screen, CallScreen), "help")
        await press(pilot, "ctrl+o")
        await on_call(app, pilot, "AR-0107")
        assert "why not" not in screen_text(app)
        await press(pilot, "ctrl+k")
        await until(pilot, lambda: isinstance(app.screen, ProblemForm), "form again")
        await until(pilot, lambda: _typed(app) == "server down", "title")
        assert app.screen.query_one("#problem-th", Input).value == "ล่ม"
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, CallScreen), "put away")
        await until(pilot, lambda: app.phone.waiting, "the other one waits")
        await press(pilot, "ctrl+o")
        await on_call(app, pilot, "EM-0031")
        await press(pilot, "ctrl+y")
        await until(pilot, lambda: "why not" in screen_text(app), "the words of this call")


async def test_a_window_over_a_window_is_there_too() -> None:
    async with real_desk() as desk:
        desk.log("AR-0107", "db-recovery")
        async with real_app(desk) as (app, pilot):
            await until(pilot, lambda: desk_screen(app).detail, "a ticket")
            await press(pilot, "K", "n", "outage")
            await until(pilot, lambda: isinstance(app.screen, ProblemForm), "form")
            title = app.screen.query_one("#problem-title", ThaiInput)
            await until(pilot, lambda: "outage" in "".join(f.value for f in app.screen.query(Input)), "typed")
            await rings(desk, app, pilot)
            await press(pilot, "ctrl+r")
            await on_call(app, pilot, "EM-0031")
            await press(pilot, "escape")
            await until(pilot, lambda: isinstance(app.screen, ProblemForm), "the form")
            assert title.is_attached
            await press(pilot, "escape")
            await until(pilot, lambda: isinstance(app.screen, ProblemsScreen), "the window below it")


def _typed(app: DeskApp) -> str:
    return app.screen.query_one("#problem-title", Input).value
