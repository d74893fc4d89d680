"""Every window, prompt and line that comes over the screens or into them; look before keeping one.

A walk opens one after the other in one app and stops where a picture is taken; it says which window it is.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator, Callable

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from syrupy.assertion import SnapshotAssertion
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

import deskui.tui
from deskui.desk.records import MachineRecord
from deskui.desk.ringing import ring
from deskui.policy.decision import Text
from deskui.tui.app import DeskApp
from deskui.tui.modals.asked import AskedScreen
from deskui.tui.modals.copy import CopyScreen
from deskui.tui.modals.find import FindScreen
from deskui.tui.modals.help import HelpScreen
from deskui.tui.modals.palette import Palette
from deskui.tui.modals.pick import PickScreen
from deskui.tui.modals.problems import ProblemForm, ProblemsScreen
from deskui.tui.modals.today import TodayScreen
from deskui.tui.modals.window import Window
from deskui.tui.panes.choices import ChoiceList
from deskui.tui.panes.commandline import CommandLine
from deskui.tui.panes.notices import NoticeLine
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import (
    SMALL,
    WIDE,
    Driver,
    call_screen,
    desk_screen,
    press,
    screen_text,
    settled,
    still,
    toasts,
    until,
)
from tests.tui.picture_world import LONG, alive, nothing_passes
from tests.tui.real_desk import YEAR, RealDesk, real_app, real_desk
from tests.tui.test_pictures_of_screens import on_ticket

__all__ = ["nothing_passes"]

SIZES = [
    pytest.param(SMALL, "th", id="80x24-th"),
    pytest.param(WIDE, "en", id="120x36-en"),
]
SAY = Text(
    "เซิร์ฟเวอร์กลางล่มตั้งแต่สิบโมง ทีมงานกำลังแก้ จะโทรแจ้งเมื่อใช้ได้{particle}",
    "The central server is down since ten; we are on it and call back.",
)

Stops = AsyncIterator[tuple[str, type]]


class Here:
    """One app, and what is waited for in it."""

    def __init__(self, desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
        self.desk, self.app, self.pilot = desk, app, pilot

    async def press(self, *keys: str) -> None:
        """Types, with no toast left of what came before."""
        self.app.clear_notifications()
        for screen in self.app.screen_stack:
            for line in screen.query(CommandLine):
                line.be_quiet()
        await press(self.pilot, *keys)

    async def until(self, state: Callable[[], object], what: str) -> None:
        """Waits for a state."""
        await until(self.pilot, state, what)

    async def window(self, kind: type, *keys: str) -> tuple[str, type]:
        """Opens a window by a key; it is named after its class."""
        await self.press(*keys)
        await self.until(lambda: isinstance(self.app.screen, kind), kind.__name__)
        return kind.__name__, kind

    async def asked(self, *keys: str) -> None:
        """Brings up a question or a line of words on the Desk."""
        pane = desk_screen(self.app).pane
        await self.press(*keys)
        await self.until(lambda: pane.prompt.has_focus or pane.words_line.has_focus, " ".join(keys))

    async def back(self) -> None:
        """Esc puts the window or the question away: nothing is open on the Desk."""
        await self.press("escape")
        pane = desk_screen(self.app).pane

        def clear() -> bool:
            asked = pane.prompt.has_focus or pane.words_line.has_focus
            return isinstance(self.app.screen, DeskScreen) and not asked

        await self.until(clear, "back on the Desk")
        if desk_screen(self.app).missed is None:
            await settled(self.app, self.pilot)


def lines(app: DeskApp) -> list[object]:
    """What the list of the window shows."""
    return list(app.screen.query_one(ChoiceList).items)


async def on_the_desk(here: Here) -> Stops:
    """What opens over the Desk of an agent."""
    app = here.app
    await on_ticket(here.desk, app, here.pilot, "สาขา 2 เข้าระบบไม่ได้")
    for keys, kind in (("?", HelpScreen), ("C", CopyScreen)):
        yield await here.window(kind, keys)
        await here.back()
    await here.window(TodayScreen, "y")
    await here.until(lambda: isinstance(app.screen, TodayScreen) and app.screen.days, "days")
    yield "today", TodayScreen
    await here.back()
    await here.window(FindScreen, "f", "02")
    await here.until(lambda: len(lines(app)) > 1, "found")
    yield "find", FindScreen
    await here.back()
    await here.window(Palette, "ctrl+p")
    await here.until(lambda: app.screen.query_one(OptionList).option_count > 5, "commands")
    yield "palette", Palette
    await here.back()
    for name, key in (("views", "V"), ("orders", "S"), ("assign", "a"), ("merge", "d")):
        await here.window(PickScreen, key)
        await here.until(lambda: name == "merge" or lines(app), name)  # noqa: B023 - asked before it changes
        yield name, PickScreen
        await here.back()
    for name, key in (
        ("severity", "s"), ("pause", "p"), ("hold", "h"), ("resolve", "r"), ("ask", "H"), ("keep-view", "W"),
        ("leave", "q"),
    ):  # fmt: skip
        await here.asked(key)
        yield name, DeskScreen
        await here.back()
    await here.press("c")
    await here.until(lambda: toasts(app), "claimed, and said")
    await settled(app, here.pilot)
    yield "toast", DeskScreen
    await here.asked("u")
    yield "undo", DeskScreen
    await here.back()
    await here.press("A")
    await here.until(lambda: len(desk_screen(app).queue.marked) > 1, "marked")
    await here.asked("c")
    yield "claim-all", DeskScreen


async def what_others_did(here: Here) -> Stops:
    """Messages of other agents, a missed call, and what stands above a list that is searched."""
    app, art = here.app, here.desk.of("art")
    mine = here.desk.log("BP-0042", "advice", LONG, channel="phone").row
    art.claim(mine.ticket_id, mine.version)
    art.assign(mine.ticket_id, art.rows([mine.ticket_id])[0].version, "nok", "ลูกค้าขอคุยกับนก")
    ring(here.desk.store.uow, here.desk.clock, "02-412-2345", missed=True)
    await here.until(lambda: desk_screen(app).query_one(NoticeLine).notices, "told")
    await here.until(lambda: any(one < 0 for one in desk_screen(app).queue.ticket_ids), "missed")
    await settled(app, here.pilot)
    yield "notice", DeskScreen
    await here.press("escape")
    await here.until(lambda: not desk_screen(app).query_one(NoticeLine).notices, "put away")
    missed = next(one for one in desk_screen(app).queue.ticket_ids if one < 0)
    app.go_to(missed)
    await here.until(lambda: desk_screen(app).missed, "on the missed call")
    await here.until(lambda: desk_screen(app).cover.card, "who called")
    yield "missed-call", DeskScreen
    await here.asked("x")
    yield "missed-call-ends", DeskScreen
    await here.back()
    await here.press("F", "payslips", "enter")
    await here.until(lambda: len(desk_screen(app).queue.ticket_ids) == 1, "found within")
    await settled(app, here.pilot)
    yield "find-within", DeskScreen


async def a_supervisors(here: Here) -> Stops:
    """What a supervisor answers, writes down, and what is known of several calls."""
    app, nok = here.app, here.desk.of("nok")
    call = here.desk.call("AR-0107", "db-recovery")
    nok.ask_supervisor(call, "ลูกค้าขอให้กู้ข้อมูลฟรีครั้งนี้ครั้งเดียว เพราะเครื่องเสียช่วงปิดงวด ให้ได้ไหม")
    await here.until(lambda: toasts(app), "told that nok asks")
    await on_ticket(here.desk, app, here.pilot, "ถามวิธีพิมพ์บาร์โค้ด")
    await here.window(AskedScreen, "J")
    await here.until(lambda: lines(app), "the question")
    yield "asked", AskedScreen
    await here.press("p", "free", "enter")
    await here.until(lambda: "free" in screen_text(app), "no amount")
    yield "asked-price", AskedScreen
    await here.press("escape", "r")
    yield "asked-reason", AskedScreen
    await here.press("escape")
    await here.back()
    await here.window(PickScreen, "E")
    await here.until(lambda: lines(app), "people")
    yield "authority", PickScreen
    await here.press("a")
    await here.until(lambda: desk_screen(app).pane.prompt.has_focus, "asked")
    yield "authority-asked", DeskScreen
    await here.back()
    await here.window(ProblemsScreen, "K")
    await here.until(lambda: not app.screen.waits("c"), "none yet")  # type: ignore[attr-defined]
    yield "no-problems", ProblemsScreen
    await here.press("n")
    await here.until(lambda: isinstance(app.screen, ProblemForm), "form")
    yield "problem-form", ProblemForm
    await here.press(SAY.th.removesuffix("{particle}"), "enter", SAY.en, "enter")
    await here.until(lambda: isinstance(app.screen, ProblemsScreen) and app.screen.problems, "opened")
    yield "problems", ProblemsScreen
    await here.press("enter")
    await here.until(lambda: "[ ]" in screen_text(app), "call-back list")
    await here.press("c", "เปลี่ยนเซิร์ฟเวอร์")
    await here.until(lambda: app.screen.query_one(Input).value, "solution")
    yield "problem-closes", ProblemsScreen


async def in_a_call(here: Here) -> Stops:
    """What opens over a call and inside it."""
    app, desk, nok = here.app, here.desk, here.desk.of("nok")
    nok.open_problem("เซิร์ฟเวอร์กลางล่ม", SAY, policy="aristosoft", service="program-error")
    nok.open_problem("พิมพ์ใบกำกับไม่ได้", SAY, policy="aristosoft", service="program-error")
    desk.log("AR-0107", "program-error", "prints nothing")

    def call() -> CallScreen:
        return call_screen(app)

    async def prompted(*keys: str) -> None:
        await here.press(*keys)
        parts = call().query("#call-prompt, #call-words")
        await here.until(lambda: any(part.display for part in parts), " ".join(keys))

    await here.press("n", "AR-0107", "enter")
    await here.until(lambda: call().verdict.decision, "verdict")
    await here.until(lambda: "P2" in screen_text(app), "known problems")
    yield "call-advice", CallScreen
    for name, key in (
        ("no-ticket", "ctrl+l"),
        ("which-problem", "ctrl+k"),
        ("which-ticket", "ctrl+f"),
        ("ask-words", "ctrl+y"),
    ):
        await prompted(key)
        yield name, CallScreen
        await here.press("escape")
        parts = call().query("#call-prompt, #call-words")
        await here.until(lambda: not any(part.display for part in parts), "put away")  # noqa: B023
    await here.press("ctrl+t")
    await here.until(lambda: call().verdict.near, "details")
    yield "details", CallScreen
    await here.press("ctrl+t")
    for name, kind, key in (
        ("call-copy", CopyScreen, "ctrl+e"),
        ("call-help", HelpScreen, "f1"),
        ("call-palette", Palette, "ctrl+p"),
    ):
        await here.window(kind, key)
        yield name, kind
        await here.press("escape")
        await here.until(lambda: isinstance(app.screen, CallScreen), "closed")
    await here.press("ctrl+a")
    await here.until(lambda: call().who.has_class("-new"), "form")
    yield "new-number", CallScreen
    await here.press("escape")
    await here.until(lambda: not call().who.has_class("-new"), "put away")


async def who_calls(here: Here) -> Stops:
    """A number nobody has, while another caller waits; and a customer with two machines."""
    app, desk = here.app, here.desk

    def call() -> CallScreen:
        return call_screen(app)

    with desk.store.uow(write=True) as uow:
        (customer,) = uow.customers.by_codes(["PS-0003"])
        product = uow.products.of_customers([customer.customer_id])[0]
        uow.machines.add(
            [MachineRecord(0, product.product_id, "เครื่องหน้าร้าน สาขาตลาดไท", False, *YEAR, serial="PSX-77-2")]
        )
        uow.commit()
    await here.press("n", "AR-0107", "enter")
    await here.until(lambda: call().verdict.decision, "verdict")
    await here.press("ctrl+n")
    await here.until(lambda: call().call.product_id is None, "the other waits")
    await here.press("0899998888")
    await here.until(lambda: "^a" in screen_text(app), "nobody has it")
    yield "unknown-number", CallScreen
    await here.press("ctrl+a", "ร้านใหม่")
    await here.until(lambda: call().who.has_class("-new"), "form")
    yield "new-caller", CallScreen
    await here.press("escape", "ctrl+g", "ctrl+g")
    await here.until(lambda: isinstance(app.screen, DeskScreen), "thrown away")
    await here.press("n", "PS-0003", "enter")
    await here.until(lambda: "POS-1" in screen_text(app), "machines")
    yield "which-machine", CallScreen


WALKS: dict[Callable[[Here], Stops], tuple[str, set[type]]] = {
    on_the_desk: ("nok", {HelpScreen, CopyScreen, TodayScreen, FindScreen, Palette, PickScreen, DeskScreen}),
    what_others_did: ("nok", {DeskScreen}),
    a_supervisors: ("ploy", {AskedScreen, PickScreen, DeskScreen, ProblemsScreen, ProblemForm}),
    in_a_call: ("nok", {CallScreen, CopyScreen, HelpScreen, Palette}),
    who_calls: ("nok", {CallScreen}),
}
"""Whose desk each walk is on, and which windows it stops at."""


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
@pytest.mark.parametrize(("size", "language"), SIZES)
async def test_windows(
    walk: Callable[[Here], Stops], size: tuple[int, int], language: str, snapshot: SnapshotAssertion
) -> None:
    agent, wanted = WALKS[walk]
    seen, other = set(), []
    async with real_desk() as desk:
        alive(desk)
        async with real_app(desk, agent, size=size, language=language) as (app, pilot):
            async for name, kind in walk(Here(desk, app, pilot)):
                assert type(app.screen) is kind
                seen.add(kind)
                picture = await still(app, pilot)
                if picture != snapshot(extension_class=SVGImageExtension, name=name):
                    other.append(name)
    assert not other
    assert seen == wanted


def test_every_window_has_a_picture() -> None:
    for module in pkgutil.walk_packages(deskui.tui.__path__, "deskui.tui."):
        importlib.import_module(module.name)

    ours: set[type] = set()
    found: list[type] = [ModalScreen]
    while found:
        kind = found.pop()
        found += kind.__subclasses__()
        ours |= {kind} if kind.__module__.startswith("deskui.") else set()
    pictured = {kind for _, kinds in WALKS.values() for kind in kinds}
    assert len(ours) > 5
    assert sorted(one.__name__ for one in ours - pictured - {Window}) == []
