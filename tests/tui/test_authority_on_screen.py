"""Who may ask is written down on the Desk by a supervisor, on either keyboard layout."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from deskui.desk.model import ContactLine, CustomerCard
from deskui.tui.messages import Say
from deskui.tui.modals.pick import PickScreen
from deskui.tui.panes.who_card import WhoIs, card_lines, in_parts
from deskui.tui.telling import Teller
from tests.tui.driving import SMALL, WIDE, call_screen, desk_screen, press, screen_text, toasts, until
from tests.tui.fake_desk import MONDAY
from tests.tui.real_desk import real_app, real_desk
from tests.tui.test_viewing_on_screen import LAYOUTS, keys


@LAYOUTS
@pytest.mark.parametrize(("size", "language"), [(WIDE, "en"), (SMALL, "th")])
async def test_a_supervisor_writes_down_who_may_ask(
    layout: str, size: tuple[int, int], language: str
) -> None:
    async with real_desk() as desk:
        desk.log("M5-0009", "teach", topic="efiling")
        async with real_app(desk, "ploy", size=size, language=language) as (app, pilot):
            screen = desk_screen(app)
            await until(pilot, lambda: screen.cover.card, "the customer")
            await press(pilot, keys("E", layout))
            await until(pilot, lambda: isinstance(app.screen, PickScreen), "who")
            await press(pilot, keys("a", layout))
            await until(pilot, lambda: screen.pane.prompt.display, "asked")
            await press(pilot, keys("y", layout))
            await until(
                pilot, lambda: screen.cover.card and screen.cover.card.people[0].authorised, "written"
            )


async def test_nobody_else_does() -> None:
    async with real_desk() as desk:
        desk.log("AR-0107", "db-recovery")
        async with real_app(desk) as (app, pilot):
            await until(pilot, lambda: desk_screen(app).cover.card, "the customer")
            await press(pilot, "E")
            await until(pilot, lambda: "Only a supervisor writes down who may ask." in toasts(app), "told")


def _may(card: CustomerCard | None) -> bool | None:
    return card.people[0].authorised if card is not None else None


def _told(language: str, *others: bool | None, caller: bool | None) -> str:
    """What the card says below the customer's name, of a caller and of further people."""
    people = tuple(
        ContactLine(at, f"K. {name}", "", may)
        for at, (name, may) in enumerate(zip("ABC", (caller, *others), strict=False))
    )
    card = CustomerCard(1, "T-1", "Test", "", (), (), None, (), 0, 0, people=people)
    tell = Teller(Say(language), ZoneInfo("Asia/Bangkok"), MONDAY)
    return "\n".join(text for text, _ in card_lines(WhoIs(card, contact_id=0), tell, 44, "ค่ะ")[1:])


@pytest.mark.parametrize(
    ("language", "state", "words"),
    [
        ("en", "? whether K. A may ask: not known", "say “Who at your company may approve this?” → E "),
        ("th", "? ไม่ทราบว่า K. A มีอำนาจหรือไม่", "ถาม “เรื่องนี้ใครอนุมัติแทนบริษัทได้คะ” → E "),
    ],
)
def test_of_whom_nobody_knows_the_next_step_is_said(language: str, state: str, words: str) -> None:
    """The words last: most services do not want to know, and what is open matters more."""
    said, step = _told(language, None, False, caller=None).splitlines()
    assert said == state
    assert step.startswith(words)


def test_who_may_ask_is_named_where_the_caller_may_not() -> None:
    step = _told("en", True, True, caller=None).splitlines()[1]
    assert step.startswith("say “May I confirm it with K. B, K. C?”")
    assert _told("en", True, False, caller=False) == (
        "✗ K. A may not ask in the customer's name · say “May I confirm it with K. B?”"
    )
    assert _told("en", True, caller=True) == "✓ K. A may ask in the customer's name"


@pytest.mark.parametrize(
    ("size", "last"), [((60, 20), "? ไม่ทราบว่า คุณแอน มีอำนาจ"), (SMALL, "→ E")], ids=["60x20", "80x24"]
)
async def test_what_was_sold_and_who_may_ask_stay_in_sight(size: tuple[int, int], last: str) -> None:
    """The product from the start; who may ask once the service is known and its list gives the room."""
    async with real_desk() as desk, real_app(desk, size=size, language="th") as (app, pilot):
        await press(pilot, "n", "4122345", "enter")
        await until(pilot, lambda: "Aristo POS" in screen_text(app), "the product")
        await press(pilot, "enter")
        await until(pilot, lambda: app.focused is call_screen(app).notes.title_field, "notes")
        await until(pilot, lambda: last in screen_text(app), last)
        assert "Aristo POS" in screen_text(app)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("ใช้ได้ถึง 17 มี.ค. 2570 · อีก 114 วัน", 30, ["ใช้ได้ถึง 17 มี.ค. 2570", "อีก 114 วัน"]),
        ("ใช้ได้ถึง 17 มี.ค. 2570 · อีก 114 วัน", 44, ["ใช้ได้ถึง 17 มี.ค. 2570 · อีก 114 วัน"]),
        ("a · b · c", 5, ["a · b", "c"]),
        ("a part · that is · longer", 10, ["a part", "that is", "longer"]),
        (
            "annual M/A · active to 31 Jul 2027 · 250 days",
            24,
            ["annual M/A · active to 31 Jul 2027 · 250 days"],
        ),
    ],
)
def test_a_count_stays_with_its_unit(text: str, width: int, lines: list[str]) -> None:
    assert in_parts(text, width).splitlines() == lines
