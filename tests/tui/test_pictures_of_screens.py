"""The screens over a real desk, at three sizes and in both languages; look at a picture before keeping it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from syrupy.assertion import SnapshotAssertion

from deskui.desk.errors import StoreFailure
from deskui.desk.ringing import ring as rang
from deskui.policy.decision import Text
from deskui.tui.app import DeskApp
from deskui.tui.modals.today import TodayScreen
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.failed import FailedScreen
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
    until,
)
from tests.tui.fake_desk import MONDAY, SATURDAY
from tests.tui.picture_world import alive, long_thai, nothing_passes
from tests.tui.real_desk import RealDesk, real_app, real_desk

__all__ = ["nothing_passes"]

HUGE = (200, 50)
SIZES = [pytest.param(size, id=f"{size[0]}x{size[1]}") for size in (SMALL, WIDE, HUGE)]
AFTER_HOURS = MONDAY.replace(hour=19, minute=15)

Steps = Callable[[RealDesk, DeskApp, Driver], Awaitable[None]]


async def on_ticket(desk: RealDesk, app: DeskApp, pilot: Driver, title: str) -> None:
    """The cursor goes to the ticket of that title."""
    nok = desk.of("nok")
    rows = nok.rows([entry.ticket_id for entry in nok.queue("all").entries])
    wanted = next(row.ticket_id for row in rows if row.title == title)
    app.go_to(wanted)
    await until(pilot, lambda: desk_screen(app).queue.ticket_id == wanted, title)
    await settled(app, pilot)


async def queue(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """The Desk, its cursor on what is breached."""


async def pause(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """Why a paused ticket stands still."""
    await on_ticket(desk, app, pilot, "ระบบเงินเดือนเปิดไม่ได้")
    await press(pilot, "w")
    await until(pilot, lambda: desk_screen(app).sla.explained, "steps")


async def why(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """How a due time comes about, over a weekend."""
    await on_ticket(desk, app, pilot, "สาขา 2 เข้าระบบไม่ได้")
    await press(pilot, "w")
    await until(pilot, lambda: desk_screen(app).sla.explained, "steps")


async def cover(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """All a customer has."""
    await on_ticket(desk, app, pilot, "ถามวิธีพิมพ์บาร์โค้ด")
    await press(pilot, "e")
    await until(pilot, lambda: desk_screen(app).cover.detailed, "cover")


async def no_promise(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """A ticket without a promised time."""
    await on_ticket(desk, app, pilot, "ถามวิธีพิมพ์บาร์โค้ด")


async def long_text(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """A ticket with long Thai words."""
    ticket = long_thai(desk)
    await on_ticket(desk, app, pilot, ticket.row.title)


async def empty(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """A desk without a ticket."""


async def who(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """The caller is looked for."""
    await press(pilot, "n", "02")
    await until(pilot, lambda: len(call_screen(app).who.query_one("#callers").items) > 1, "callers")  # type: ignore[attr-defined]


async def what(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """The services, and the verdict of the one under the cursor."""
    await press(pilot, "n", "02-412", "enter")
    await until(pilot, lambda: call_screen(app).verdict.decision, "verdict")


async def question(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """A question of the terms."""
    await press(pilot, "n", "081-234", "enter")
    await until(pilot, lambda: app.focused is call_screen(app).what.field, "in WHAT")
    await press(pilot, "faul", "enter")
    await until(pilot, lambda: call_screen(app).questions.question, "asked")
    await until(pilot, lambda: app.focused is call_screen(app).questions.target, "in QUESTIONS")


async def notes(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """The verdict is given; the call is written down."""
    await press(pilot, "n", "02-412", "enter")
    await until(pilot, lambda: app.focused is call_screen(app).what.field, "in WHAT")
    await press(pilot, "remo", "enter")
    await until(pilot, lambda: app.focused is call_screen(app).notes.title_field, "in NOTES")
    await press(pilot, "เครื่องใหม่ สาขา 2")
    await until(pilot, lambda: call_screen(app).notes.title_field.value == "เครื่องใหม่ สาขา 2", "typed")


async def two_calls(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """A second caller while the first one waits."""
    await notes(desk, app, pilot)
    await press(pilot, "ctrl+n")
    await until(pilot, lambda: call_screen(app).call.product_id is None, "parked")
    await press(pilot, "02-345", "enter")
    await until(pilot, lambda: call_screen(app).verdict.decision, "the second verdict")


async def ring(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """The telephone rings."""
    rang(desk.store.uow, desk.clock, "02-412-2345", None)
    await until(pilot, lambda: app.phone.ringing, "it rings")
    await until(pilot, lambda: "☎" in screen_text(app), "shown")


async def move(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """A machine is to be moved."""
    await press(pilot, "n", "02-412", "enter")
    await until(pilot, lambda: app.focused is call_screen(app).what.field, "in WHAT")
    await press(pilot, "machine")
    await until(pilot, lambda: call_screen(app).what.highlighted == "machine-move", "found")
    await until(pilot, lambda: call_screen(app).verdict.decision, "verdict")


async def saturday(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """What waits until Monday."""
    await move(desk, app, pilot)


async def saturday_page(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """What each vendor's terms allow on a Saturday."""
    await press(pilot, "y")
    await until(pilot, lambda: isinstance(app.screen, TodayScreen) and app.screen.days, "days")


async def after_hours(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """The vendor is closed."""
    await move(desk, app, pilot)


async def error(desk: RealDesk, app: DeskApp, pilot: Driver) -> None:
    """The desk says no."""
    await press(pilot, "n", "zzz", "enter")
    await until(pilot, lambda: app._notifications, "said")


SCENES = (
    queue, pause, why, cover, no_promise, long_text, empty, who, what, question, notes, two_calls, ring,
    saturday, saturday_page, after_hours, error,
)  # fmt: skip


SUBJECTS: dict[str, tuple[Steps, ...]] = {
    "queue": (queue, cover, why),
    "a call in each step": (who, what, question, notes),
    "two calls": (two_calls, ring),
    "Saturday": (saturday, saturday_page),
    "after hours": (after_hours,),
    "breach": (queue,),
    "pause": (pause,),
    "no promise": (no_promise,),
    "empty": (empty,),
    "errors": (error,),
    "long Thai text": (long_text,),
}
"""What there must be pictures of, at each size and in each language; windows have theirs apart."""


def test_there_is_a_picture_of_each_subject_at_each_size_in_each_language() -> None:
    folder = Path(__file__).parent / "__snapshots__" / Path(__file__).stem
    wanted = {
        f"test_picture[{scene.__name__}-{width}x{height}-{language}].svg"
        for scenes in SUBJECTS.values()
        for scene in scenes
        for width, height in (SMALL, WIDE, HUGE)
        for language in ("th", "en")
    }
    assert wanted == {path.name for path in folder.glob("test_picture[[]*")}


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
async def test_picture(
    scene: Steps, size: tuple[int, int], language: str, snapshot: SnapshotAssertion
) -> None:
    async with real_desk() as desk:
        if scene is not empty:
            alive(desk)
        if scene in (saturday, saturday_page, after_hours):
            desk.clock.at = AFTER_HOURS if scene is after_hours else SATURDAY
        async with real_app(desk, size=size, language=language) as (app, pilot):
            await scene(desk, app, pilot)
            if not isinstance(app.screen, CallScreen):
                await settled(app, pilot)
            picture = await still(app, pilot)
    assert picture == snapshot(extension_class=SVGImageExtension)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_picture_of_a_desk_that_cannot_be_opened(
    size: tuple[int, int], language: str, snapshot: SnapshotAssertion
) -> None:
    def connect() -> RealDesk:
        raise StoreFailure(
            Text(
                "เปิดไฟล์ /srv/desk.sqlite ไม่ได้: ไฟล์เสียหาย", "/srv/desk.sqlite cannot be opened: it is damaged"
            )
        )

    app = DeskApp(connect, language=language, poll_seconds=timedelta(seconds=1).total_seconds())  # type: ignore[arg-type]
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, FailedScreen), "said")
        picture = await still(app, pilot)
    assert picture == snapshot(extension_class=SVGImageExtension)
