"""What an agent does on the Desk besides changing tickets: looking, marking, finding, pages and settings."""

from __future__ import annotations

import pytest

from deskui.desk.ringing import ring
from deskui.tui.messages import Say
from deskui.tui.modals.copy import CopyScreen
from deskui.tui.modals.find import FindScreen
from deskui.tui.modals.help import HelpScreen
from deskui.tui.modals.palette import Palette
from deskui.tui.modals.today import TodayScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import call_screen, desk_screen, press, screen_text, until
from tests.tui.flows import Flow, flow
from tests.tui.real_desk import RealDesk, real_app, real_desk

__all__ = ["flow"]


def three(desk: RealDesk) -> list[int]:
    """Tickets of three customers, as they stand in the queue."""
    desk.log("BP-0042", "advice", "payroll stops", channel="phone")
    desk.log("AR-0107", "phone-qa", "ถามวิธีออกใบกำกับ")
    desk.log("M5-0009", "support", "report is wrong")
    return [entry.ticket_id for entry in desk.of("nok").queue("all").entries]


@pytest.mark.flow(
    "view.next", "view.pick", "view.find", "view.sort", "view.save",
    "marks.one", "marks.range", "marks.all", "back", "cover", "pane.next",
)  # fmt: skip
async def test_looking_at_the_queue(flow: Flow) -> None:
    async with real_desk() as desk:
        ids = three(desk)
        async with real_app(desk, size=flow.size, language=flow.language) as (app, pilot):
            here = flow.on(desk, app, pilot)
            screen = desk_screen(app)
            queue = screen.queue
            await until(pilot, lambda: len(screen.views()) == 11, "vendors known")

            def marked() -> set[int]:
                return set(queue.marked)

            await here.does("marks.one", lambda: marked() == {ids[0]})
            assert queue.ticket_id == ids[1], "and on to the next"
            await press(pilot, "down")
            await until(pilot, lambda: queue.ticket_id == ids[2], "down")
            await here.does("marks.range", lambda: marked() == set(ids))
            await here.does("marks.all", lambda: not marked())
            await here.does("marks.all", lambda: marked() == set(ids))
            await here.does("back", lambda: not marked())
            await here.does("view.next", lambda: screen.view.key == "mine" and not queue.ticket_ids)
            # the third line of the list of views
            await here.does("view.pick", lambda: screen.view.key == "callbacks", "d")
            await here.does("view.pick", lambda: list(queue.ticket_ids) == ids, "a")
            await here.does("view.find", lambda: len(queue.ticket_ids) == 1, "payroll", "enter")
            await here.does(
                "view.save",
                lambda: [one.name for one in desk.of("nok").saved_views()] == ["pay"],
                "pay",
                "enter",
            )
            await until(pilot, lambda: screen.view.name == "pay", "the kept view is on")
            await here.does("view.pick", lambda: list(queue.ticket_ids) == ids, "a")
            await here.does("view.sort", lambda: screen.look.sort == "vendor", "g")
            await here.does("cover", lambda: screen.cover.detailed)
            await here.does("back", lambda: not screen.cover.detailed)
            tab = screen.tab
            await here.does("pane.next", lambda: screen.tab != tab)


@pytest.mark.flow("find", "help", "copy", "today", "palette", "language", "theme", "quit")
async def test_pages_and_settings(flow: Flow) -> None:
    async with real_desk() as desk:
        ids = three(desk)
        async with real_app(desk, size=flow.size, language=flow.language) as (app, pilot):
            here = flow.on(desk, app, pilot)
            queue = desk_screen(app).queue
            number = desk.of("nok").rows([ids[2]])[0].number
            await here.does("find", lambda: isinstance(app.screen, FindScreen))
            await press(pilot, str(number), "enter")
            await until(pilot, lambda: isinstance(app.screen, DeskScreen), "gone there")
            await until(pilot, lambda: queue.ticket_id == ids[2], "found")
            await here.does("help", lambda: isinstance(app.screen, HelpScreen))
            await here.escape()
            await here.does("today", lambda: isinstance(app.screen, TodayScreen) and app.screen.days)
            await here.escape()
            await here.does("copy", lambda: isinstance(app.screen, CopyScreen))
            await press(pilot, "n")
            await until(pilot, lambda: app.clipboard == str(number), "the number is copied")
            await here.rest()
            await here.does("palette", lambda: isinstance(app.screen, Palette))
            await here.escape()
            other = "en" if flow.language == "th" else "th"
            await here.does("language", lambda: app.say.language == other)
            theme = app.theme
            await here.does("theme", lambda: app.theme != theme)
            await here.does("quit", lambda: app._exit, twice=True)


@pytest.mark.flow("window.language", "window.theme", "window.help")
async def test_under_a_window(flow: Flow) -> None:
    """The window stays; so does the page of its keys over it."""
    async with real_desk() as desk, real_app(desk, size=flow.size, language=flow.language) as (app, pilot):
        here = flow.on(desk, app, pilot)
        await press(pilot, "y")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen) and app.screen.days, "today")
        window = app.screen
        theme, other = app.theme, "en" if flow.language == "th" else "th"
        await here.does("window.theme", lambda: app.theme != theme)
        await here.does("window.language", lambda: Say(other)("day.now") in screen_text(app))
        assert app.say.language == other
        await here.does("window.help", lambda: isinstance(app.screen, HelpScreen))
        await press(pilot, "f2")
        await until(pilot, lambda: app.say.language == flow.language, "the page of keys anew")
        await until(pilot, lambda: app.say("help.title") in screen_text(app), "the page of keys anew")
        await press(pilot, "escape")
        await until(pilot, lambda: app.screen is window, "back in the window")
        assert app.say("day.now") in screen_text(app)


@pytest.mark.flow("ring.take", "call.other", "call.undo")
async def test_the_telephone(flow: Flow) -> None:
    """A ring is taken, a second one too; back to the first; how a missed one ended is taken back."""
    async with real_desk() as desk, real_app(desk, size=flow.size, language=flow.language) as (app, pilot):
        here = flow.on(desk, app, pilot)

        def on_call(code: str) -> bool:
            card = call_screen(app).who.card
            return card is not None and card.code == code and not call_screen(app).waits("a")

        ring(desk.store.uow, desk.clock, "081-234-5678")
        await until(pilot, lambda: app.phone.ringing, "it rings")
        await here.does("ring.take", lambda: on_call("EM-0031"))
        ring(desk.store.uow, desk.clock, "02-412-2345")
        # the first one is no ring any more, but may stand in what was read last
        await until(pilot, lambda: [one.contact for one in app.phone.ringing] == ["คุณแอน"], "the other rings")
        await here.does("ring.take", lambda: on_call("AR-0107"))
        await until(pilot, lambda: app.phone.waiting, "the first waits")
        await here.does("call.other", lambda: on_call("EM-0031"))
        await press(pilot, "ctrl+l", "w")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "ended without a ticket")
        await here.rest()
        await here.does("call.undo", lambda: on_call("EM-0031"))
