"""Working together on the Desk, over a real store: every command by its key, in both keyboard layouts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskui.desk.model import TicketDetail, TicketState
from deskui.tui.app import DeskApp
from deskui.tui.modals.pick import PickScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import (
    SMALL,
    Driver,
    desk_screen,
    press,
    screen_text,
    settled,
    toasts,
    until,
)
from tests.tui.real_desk import RealDesk, real_app, real_desk

THAI = str.maketrans("adhuTcpgwm", "ฟก\u0e49\u0e35ธแยเไท")
LAYOUTS = pytest.mark.parametrize("layout", ["english", "thai"])


def keys(typed: str, layout: str) -> str:
    """The same keys on the layout that is on."""
    return typed.translate(THAI) if layout == "thai" else typed


def advice(desk: RealDesk, title: str = "payroll stops") -> TicketDetail:
    """A ticket with a callback promised within minutes."""
    return desk.log("BP-0042", "advice", title)


async def on(app: DeskApp, pilot: Driver, ticket: TicketDetail) -> None:
    """Puts the cursor on a ticket and waits for its panes."""
    ticket_id = ticket.row.ticket_id
    await until(pilot, lambda: ticket_id in desk_screen(app).queue.ticket_ids, "in the queue")
    desk_screen(app).go_to(ticket_id)
    await settled(app, pilot)
    row = desk_screen(app).queue
    await until(pilot, lambda: row.row is not None and row.row.ticket_id == ticket_id, "row read")


def now(desk: RealDesk, ticket: TicketDetail, code: str = "nok") -> TicketDetail:
    return desk.of(code).ticket(ticket.row.ticket_id)


def said(app: DeskApp, words: str) -> Callable[[], bool]:
    return lambda: any(words in note for note in toasts(app))


async def picking(app: DeskApp, pilot: Driver) -> None:
    """Waits for the window to pick in, with its lines."""
    await until(pilot, lambda: isinstance(app.screen, PickScreen), "window")


@LAYOUTS
async def test_assign_tells_who_gets_it(layout: str) -> None:
    """a, a letter for who, a reason: it is theirs, and their desk says so until they put it away."""
    async with real_desk() as desk:
        ticket = advice(desk)
        desk.of("nok").claim(ticket.row.ticket_id, 1)
        async with real_app(desk) as (app, pilot), real_app(desk, "art") as (theirs, other):
            await on(app, pilot, ticket)
            await press(pilot, keys("a", layout), keys("a", layout), "knows payroll", "enter")
            await until(pilot, lambda: now(desk, ticket).row.assignee == "art", "assigned")
            await until(pilot, said(app, "is art's now"), "said")
            await until(other, lambda: "nok gave you" in screen_text(theirs), "message")
            assert "knows payroll" in screen_text(theirs)
            await press(other, "escape")
            await until(other, lambda: "nok gave you" not in screen_text(theirs), "put away")
            await until(other, lambda: not desk.of("art").notices(), "seen")


@LAYOUTS
async def test_take_over_with_a_reason(layout: str) -> None:
    """c says whose it is and which key takes it over; T asks why, and Enter alone will not do."""
    async with real_desk() as desk:
        ticket = advice(desk)
        desk.of("art").claim(ticket.row.ticket_id, 1)
        async with real_app(desk) as (app, pilot):
            await on(app, pilot, ticket)
            await press(pilot, keys("c", layout))
            await until(pilot, said(app, "art has #1001 · T takes it over"), "said whose it is")
            await press(pilot, keys("T", layout), "enter")
            await until(pilot, said(app, "A reason is needed"), "asked for")
            await press(pilot, "art is at lunch", "enter")
            await until(pilot, lambda: now(desk, ticket).row.assignee == "nok", "taken over")
            (told,) = desk.of("art").notices()
            assert (told.kind, told.reason) == ("taken", "art is at lunch")


@LAYOUTS
async def test_on_hold_and_on_again(layout: str) -> None:
    """h asks whom it waits for; its clock runs on; p goes on."""
    async with real_desk() as desk:
        ticket = advice(desk)
        async with real_app(desk) as (app, pilot):
            await on(app, pilot, ticket)
            await press(pilot, keys("h", layout), "the maker", "enter")
            await until(pilot, lambda: now(desk, ticket).row.state is TicketState.ON_HOLD, "on hold")
            assert now(desk, ticket).row.due_at == ticket.row.due_at
            await until(pilot, lambda: "because: the maker" in screen_text(app), "why is shown")
            await settled(app, pilot)
            await press(pilot, keys("p", layout))
            await until(pilot, lambda: now(desk, ticket).row.state is TicketState.OPEN, "goes on")


@LAYOUTS
async def test_a_pause_says_what_paused_it(layout: str) -> None:
    """p, a reason; w tells who, when, why, what is left and when it would be due."""
    async with real_desk() as desk:
        ticket = advice(desk)
        async with real_app(desk) as (app, pilot):
            await on(app, pilot, ticket)
            await press(pilot, keys("p", layout), "wants a picture", "enter")
            await until(pilot, lambda: now(desk, ticket).row.state is TicketState.WAITING, "waits")
            await until(pilot, lambda: "because: wants a picture" in screen_text(app), "in the pane")
            await settled(app, pilot)
            await press(pilot, keys("w", layout))
            await until(pilot, lambda: "if it goes on now (p)" in screen_text(app), "story")
            text = " ".join(screen_text(app).split())
            assert "paused since Mon 10:42 by nok" in text
            assert "callback: 15m left" in text


@LAYOUTS
async def test_merge_a_duplicate_and_part_it_again(layout: str) -> None:
    """d lists the customer's other tickets; d again merges; u u parts them."""
    async with real_desk() as desk:
        first, second = advice(desk, "stops"), advice(desk, "stops again")
        async with real_app(desk) as (app, pilot):
            await on(app, pilot, second)
            d, u = keys("d", layout), keys("u", layout)
            await press(pilot, d)
            await picking(app, pilot)
            await until(pilot, lambda: "#1001 stops" in screen_text(app), "listed")
            await press(pilot, "enter")
            await until(pilot, lambda: "Merge #1002 into #1001 (Siam Parts)?" in screen_text(app), "asked")
            await press(pilot, d)
            await until(pilot, lambda: now(desk, second).row.state is TicketState.MERGED, "merged")
            await until(pilot, lambda: "holds #1002" in screen_text(app), "reachable from the other")
            await settled(app, pilot)
            assert desk_screen(app).queue.ticket_id == first.row.ticket_id
            await press(pilot, u, u)
            await until(pilot, lambda: now(desk, second).row.state is TicketState.NEW, "parted")


async def test_merging_into_another_customers_ticket_is_asked_twice() -> None:
    """A number that is typed, on the Thai layout too; the question says that it is another customer."""
    async with real_desk() as desk:
        first, second = advice(desk), advice(desk)
        async with real_app(desk, size=SMALL) as (app, pilot):
            await on(app, pilot, second)
            await press(pilot, "d")
            await picking(app, pilot)
            # 1001 as the digit keys type it with the Thai layout on
            await press(pilot, "ๅจจๅ", "enter")
            await until(pilot, lambda: "Merge #1002 into #1001" in screen_text(app), "asked")
            await press(pilot, "escape")
            other = desk.log("AR-0107", "phone-qa")
            await on(app, pilot, second)
            await press(pilot, "d")
            await picking(app, pilot)
            await press(pilot, f"{other.row.number}", "enter")
            await until(pilot, lambda: "Another customer!" in screen_text(app), "asked")
            await press(pilot, "d")
            await until(pilot, said(app, "two vendors"), "refused by the desk")
            assert now(desk, first).merged == ()


@LAYOUTS
async def test_undo_says_what_it_takes_back(layout: str) -> None:
    """c, then u u in a burst: the claim is gone; another u has nothing to take back."""
    async with real_desk() as desk:
        ticket = advice(desk)
        async with real_app(desk) as (app, pilot):
            await on(app, pilot, ticket)
            u = keys("u", layout)
            await press(pilot, keys("c", layout))
            await until(pilot, lambda: now(desk, ticket).row.assignee == "nok", "claimed")
            await settled(app, pilot)
            await press(pilot, u)
            await until(pilot, lambda: "Take back on #1001: claimed it" in screen_text(app), "asked")
            await press(pilot, u)
            await until(pilot, lambda: now(desk, ticket).row.assignee is None, "taken back")
            await until(pilot, said(app, "#1001: taken back: claimed it"), "told")
            await settled(app, pilot)
            await press(pilot, u)
            await until(pilot, said(app, "#1001: nothing can be taken back"), "nothing more")


async def test_undo_of_what_was_just_logged_and_of_somebody_elses_step() -> None:
    """u u on a new ticket withdraws it; on art's it says that only art may."""
    async with real_desk() as desk:
        mine, theirs = advice(desk), advice(desk)
        desk.of("art").claim(theirs.row.ticket_id, 1)
        async with real_app(desk) as (app, pilot):
            await on(app, pilot, theirs)
            await press(pilot, "u")
            await until(pilot, said(app, "only art takes it back"), "refused")
            await on(app, pilot, mine)
            await press(pilot, "u")
            await until(pilot, lambda: "Withdraw #1001, logged Mon 10:42" in screen_text(app), "asked")
            await press(pilot, "u")
            await until(pilot, lambda: now(desk, mine).row.state is TicketState.CLOSED, "withdrawn")
            await until(pilot, said(app, "#1001 is withdrawn and closed"), "told")


async def test_undo_is_of_the_last_step_wherever_the_cursor_went() -> None:
    """One ticket, then many at once; once it was offered, u means the ticket under the cursor again."""
    async with real_desk() as desk:
        first, second, third = advice(desk), advice(desk), advice(desk)
        async with real_app(desk) as (app, pilot):
            screen = desk_screen(app)
            await on(app, pilot, first)
            await press(pilot, "c")
            await until(pilot, lambda: len(screen.last_done) == 1, "claimed")
            await press(pilot, "down")
            await until(pilot, lambda: screen.queue.ticket_id == second.row.ticket_id, "moved on")
            await press(pilot, "u")
            await until(pilot, lambda: "Take back on #1001: claimed it" in screen_text(app), "the claim")
            await press(pilot, "escape")
            await until(pilot, lambda: "Take back on" not in screen_text(app), "not taken back")
            await press(pilot, "u")
            await until(pilot, lambda: "Withdraw #1002" in screen_text(app), "the one under the cursor")
            await press(pilot, "escape")
            await until(pilot, lambda: "Withdraw" not in screen_text(app), "not withdrawn")
            await press(pilot, " ", " ")
            await until(pilot, lambda: len(screen.queue.marked) == 2, "marked")
            await press(pilot, "c", "c")
            await until(pilot, lambda: len(screen.last_done) == 2, "claimed at once")
            assert [now(desk, one).row.assignee for one in (second, third)] == ["nok", "nok"]
            await press(pilot, "u")
            await until(pilot, lambda: "Take back the last step on 2 tickets?" in screen_text(app), "asked")
            await press(pilot, "u")
            await until(pilot, lambda: now(desk, third).row.assignee is None, "taken back")
            assert [now(desk, one).row.assignee for one in (first, second)] == ["nok", None]


async def test_who_else_is_looking_shows_in_the_row() -> None:
    """Another desk opens the ticket: the row and the pane say who; nothing was written by walking."""
    async with real_desk() as desk:
        ticket = advice(desk)
        async with real_app(desk) as (app, pilot):
            await on(app, pilot, ticket)
            desk.of("art").look_at(ticket.row.ticket_id)
            await until(pilot, lambda: "◉art" in screen_text(app), "in the row")
            await until(pilot, lambda: "art is looking at this too" in screen_text(app), "in the pane")
            await until(pilot, lambda: desk.of("art").lookers() == {ticket.row.ticket_id: ["nok"]}, "told")
            desk.of("art").look_at(None)
            await until(pilot, lambda: "◉art" not in screen_text(app), "gone")
            await press(pilot, "q", "q")
            await until(pilot, lambda: app._exit, "left")
            assert desk.of("art").lookers() == {}


async def test_a_reason_is_about_the_ticket_that_was_asked_about() -> None:
    """Somebody closes it while the reason is typed: the reason lands on no other ticket."""
    async with real_desk() as desk:
        first, second = advice(desk), advice(desk)
        async with real_app(desk) as (app, pilot):
            await on(app, pilot, first)
            await press(pilot, "p", "half a rea")
            await until(pilot, lambda: desk_screen(app).pane.words_line.value == "half a rea", "typed")
            art = desk.of("art")
            art.close(first.row.ticket_id, art.resolve(first.row.ticket_id, 1).version)
            await until(pilot, lambda: desk_screen(app).desk_app.counts.get("all") == 1, "heard of it")
            assert desk_screen(app).queue.ticket_id == first.row.ticket_id
            assert desk_screen(app).pane.words_line.value == "half a rea"
            await press(pilot, "son", "enter")
            await until(pilot, lambda: bool(toasts(app)), "refused")
            assert now(desk, second).row.state is TicketState.NEW


async def test_met_on_a_deferral_says_that_it_is_one() -> None:
    """Nothing was promised but a day: m names it, and the clock pane does not say "no time promised"."""
    async with real_desk() as desk:
        # Saturday: a machine move has to wait
        desk.later(days=5)
        ticket = desk.log("AR-0107", "machine-move")
        assert ticket.row.deferred_until is not None
        async with real_app(desk) as (app, pilot):
            await on(app, pilot, ticket)
            assert "no time promised" not in screen_text(app)
            await press(pilot, "m")
            await until(pilot, said(app, "is deferred to"), "said")


@pytest.mark.parametrize("language", ["en", "th"])
async def test_nothing_said_in_passing_hides_text_on_a_small_screen(language: str) -> None:
    """At 80×24 it stands in the bottom line; the note line above stays readable."""
    async with real_desk() as desk:
        ticket = advice(desk)
        async with real_app(desk, size=SMALL, language=language) as (app, pilot):
            await on(app, pilot, ticket)
            await press(pilot, "c")
            words = {"en": "#1001 is yours", "th": "#1001 เป็นของคุณแล้ว"}[language]
            await until(pilot, lambda: words in screen_text(app), "said")
            text = screen_text(app)
            assert text.count(words) == 1
            assert words in text.splitlines()[-1]


async def test_rows_stay_in_sight_while_a_small_screen_explains() -> None:
    """At 60×20 with w open there are still rows of the queue."""
    async with real_desk() as desk:
        tickets = [advice(desk, f"number {n}") for n in range(3)]
        async with real_app(desk, size=(60, 20)) as (app, pilot):
            await on(app, pilot, tickets[0])
            await press(pilot, "w")
            await until(pilot, lambda: desk_screen(app).sla.explained, "explained")
            await until(pilot, lambda: "sum 0:15" in screen_text(app), "steps")
            screen = desk_screen(app)
            assert isinstance(screen, DeskScreen)
            assert screen.queue.size.height >= 2
            assert "1001" in screen_text(app)
