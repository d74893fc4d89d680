"""What the Desk looks at: views, finding, orders, marks; and that nothing of it moves when others work."""

from __future__ import annotations

from random import Random

import pytest

from deskui.desk.errors import DeskError
from deskui.desk.layout import to_thai
from deskui.desk.model import TicketDetail, TicketState
from deskui.desk.workmodel import Look
from deskui.tui.app import DeskApp
from deskui.tui.left import LAST_MINUTES
from deskui.tui.modals.pick import PickScreen
from deskui.tui.panes.queue import FindLine, ViewLine
from tests.tui.driving import SMALL, Driver, desk_screen, press, screen_text, settled, toasts, until
from tests.tui.real_desk import RealDesk, real_app, real_desk

LAYOUTS = pytest.mark.parametrize("layout", ["english", "thai"])
THAI = str.maketrans("vVFSWRAcapr", 'อฮโฆ"ฑฤแฟยพ')


def keys(typed: str, layout: str) -> str:
    return typed.translate(THAI) if layout == "thai" else typed


def three(desk: RealDesk) -> list[TicketDetail]:
    """Tickets of three vendors' customers."""
    return [
        desk.log("BP-0042", "advice", "payroll stops"),
        desk.log("AR-0107", "phone-qa", "ถามวิธีออกใบกำกับ"),
        desk.log("M5-0009", "support", "report is wrong"),
    ]


def ids(app: DeskApp) -> list[int]:
    return list(desk_screen(app).queue.ticket_ids)


async def shows(app: DeskApp, pilot: Driver, tickets: list[TicketDetail]) -> None:
    """Waits until the list has these tickets, in this order."""
    wanted = [ticket.row.ticket_id for ticket in tickets]
    await until(pilot, lambda: ids(app) == wanted, f"{wanted}")


def line(app: DeskApp) -> str:
    """The line of views as it stands on the screen."""
    return desk_screen(app).query_one(ViewLine).render().plain


@LAYOUTS
async def test_v_goes_through_every_view(layout: str) -> None:
    """All, mine, callbacks, waiting, today, breached, one for each vendor in use, and round again."""
    async with real_desk() as desk:
        tickets = three(desk)
        async with real_app(desk) as (app, pilot):
            screen = desk_screen(app)
            await until(pilot, lambda: len(screen.views()) == 11, "vendors known")
            seen = []
            for _ in screen.views():
                seen.append(screen.view.key)
                view = screen.view.key
                await press(pilot, keys("v", layout))
                await until(pilot, lambda view=view: screen.view.key != view, "next")  # type: ignore[misc]
            assert seen[:6] == ["all", "mine", "callbacks", "waiting", "today", "breached"]
            assert set(seen[6:]) == {"aristosoft", "business-plus", "emwork", "mac-5", "pharmasys"}
            assert screen.view.key == "all"
            screen.show_key("mac-5")
            await shows(app, pilot, tickets[2:])
            await until(pilot, lambda: "[M5 1]" in line(app), "named with its count")


@LAYOUTS
@pytest.mark.parametrize("typed_as", ["as it is", "wrong layout"])
async def test_finding_within_the_view(layout: str, typed_as: str) -> None:
    """F, a few letters, on either layout; Enter goes to the list, Esc ends it."""
    async with real_desk() as desk:
        tickets = three(desk)
        async with real_app(desk) as (app, pilot):
            await until(pilot, lambda: len(ids(app)) == 3, "all")
            text = "payroll" if typed_as == "as it is" else to_thai("payroll")
            await press(pilot, keys("F", layout), text)
            await shows(app, pilot, tickets[:1])
            field = desk_screen(app).query_one(FindLine).field
            await until(pilot, lambda: (app.focused, field.value) == (field, text), "typed to the end")
            await press(pilot, "enter")
            await until(pilot, lambda: app.focused is desk_screen(app).queue, "in the list")
            await until(pilot, lambda: "find “" in line(app), "said above the list")
            await press(pilot, "escape")
            await until(pilot, lambda: len(ids(app)) == 3, "all again")
            assert not desk_screen(app).look.find


async def test_nothing_found_says_what_to_do() -> None:
    """The list says so, in the language that is on; Esc in the field ends it."""
    async with real_desk() as desk:
        three(desk)
        async with real_app(desk, size=SMALL, language="th") as (app, pilot):
            await press(pilot, "F", "zzzz")
            await until(pilot, lambda: "ไม่พบ “zzzz” ในมุมมองนี้" in screen_text(app), "said")
            await press(pilot, "escape")
            await until(pilot, lambda: len(ids(app)) == 3, "all again")
            assert app.focused is desk_screen(app).queue


@LAYOUTS
async def test_orders(layout: str) -> None:
    """S and a letter; the name of the order stands above the list."""
    async with real_desk() as desk:
        bp, ar, m5 = three(desk)
        async with real_app(desk) as (app, pilot):
            await until(pilot, lambda: len(ids(app)) == 3, "all")
            sort = keys("S", layout)
            # Latin first; "ร้าน" does not count, so ธนบุรี stands behind คลินิก
            await press(pilot, sort, "f")
            await until(pilot, lambda: "by customer" in line(app), "sorted")
            names = {bp.row.ticket_id: "bp", ar.row.ticket_id: "ar", m5.row.ticket_id: "m5"}
            await until(pilot, lambda: [names[one] for one in ids(app)] == ["bp", "m5", "ar"], "by customer")
            await press(pilot, sort, "g")
            await until(pilot, lambda: [names[one] for one in ids(app)] == ["ar", "bp", "m5"], "by vendor")
            await press(pilot, sort, "a")
            await until(pilot, lambda: desk_screen(app).look == Look(), "the order to serve")


@LAYOUTS
async def test_own_views_are_kept_and_deleted(layout: str) -> None:
    """W keeps the view with search and order under a name; V lists it; Backspace there deletes it."""
    async with real_desk() as desk:
        tickets = three(desk)
        async with real_app(desk) as (app, pilot):
            screen = desk_screen(app)
            await press(pilot, keys("F", layout), "report", "enter")
            await shows(app, pilot, tickets[2:])
            await press(pilot, keys("W", layout), "เช้านี้", "enter")
            await until(pilot, lambda: screen.view.name == "เช้านี้", "kept and on")
            await until(
                pilot, lambda: [v.look.find for v in desk.of("nok").saved_views()] == ["report"], "stored"
            )
            await press(pilot, keys("v", layout))
            await until(pilot, lambda: len(ids(app)) == 3, "another view")
        async with real_app(desk) as (app, pilot):
            screen = desk_screen(app)
            await until(pilot, lambda: any(view.own for view in screen.views()), "read at the start")
            await press(pilot, keys("V", layout))
            await until(pilot, lambda: isinstance(app.screen, PickScreen), "list")
            await until(pilot, lambda: "my own" in screen_text(app), "listed")
            await press(pilot, "up", *["down"] * 11, "enter")
            await shows(app, pilot, tickets[2:])
            await until(pilot, lambda: "[เช้านี้ 1]" in line(app), "on")
            await press(pilot, keys("V", layout))
            await until(pilot, lambda: isinstance(app.screen, PickScreen), "list")
            await press(pilot, "backspace")
            await until(pilot, lambda: not desk.of("nok").saved_views(), "deleted")
            await until(pilot, lambda: screen.view.key == "all", "all instead")


async def test_the_palette_lists_the_views() -> None:
    """Every view has an entry, the agent's own too."""
    async with real_desk() as desk:
        three(desk)
        desk.of("nok").save_view("mornings", Look("mine"))
        async with real_app(desk) as (app, pilot):
            await until(pilot, lambda: any(view.own for view in desk_screen(app).views()), "own views")
            titles = [command.title for command in app.get_system_commands(app.screen)]
            assert {"View: callbacks", "View: mornings", "View: EM"} <= set(titles)
            entry = next(c for c in app.get_system_commands(app.screen) if c.title == "View: mornings")
            entry.callback()
            await until(pilot, lambda: desk_screen(app).view.name == "mornings", "shown")


@pytest.mark.parametrize(
    ("language", "typed", "name"), [("th", "merge", "รวมงานซ้ำ"), ("en", "รวมงาน", "Merge")], ids=["th", "en"]
)
async def test_the_palette_finds_a_command_by_its_name_in_the_other_language(
    language: str, typed: str, name: str
) -> None:
    async with real_desk() as desk:
        three(desk)
        async with real_app(desk, language=language) as (app, pilot):
            await until(pilot, lambda: len(ids(app)) == 3, "listed")
            assert name not in screen_text(app)
            await press(pilot, "ctrl+p", typed)
            await until(pilot, lambda: name in screen_text(app), "found")


@LAYOUTS
async def test_marks_and_one_thing_to_many(layout: str) -> None:
    """Space marks and goes on, R marks a range, A all; c c claims them; what is refused is named and stays
    marked.
    """
    async with real_desk() as desk:
        tickets = [desk.log("BP-0042", "advice", f"number {n}") for n in range(4)]
        async with real_app(desk) as (app, pilot):
            screen = desk_screen(app)
            await shows(app, pilot, tickets)
            c = keys("c", layout)
            await press(pilot, " ", "down", keys("R", layout))
            await until(pilot, lambda: len(screen.queue.marked) == 3, "a range")
            await until(pilot, lambda: "●3 marked" in line(app), "said")
            await press(pilot, c)
            await until(pilot, lambda: "Claim: 3 marked tickets?" in screen_text(app), "asked")
            # somebody is faster with one of them
            desk.of("art").claim(tickets[1].row.ticket_id, 1)
            await press(pilot, c)
            await until(pilot, lambda: any("2 done · 1 not: #1002" in note for note in toasts(app)), "partly")
            who = [desk.of("nok").ticket(ticket.row.ticket_id).row.assignee for ticket in tickets]
            assert who == ["nok", "art", "nok", None]
            assert screen.queue.marked == {tickets[1].row.ticket_id}
            await press(pilot, "escape")
            await until(pilot, lambda: not screen.queue.marked, "no mark")
            await press(pilot, keys("A", layout))
            await until(pilot, lambda: len(screen.queue.marked) == 4, "all")
            await press(pilot, keys("p", layout), "wait for the fix", "enter")
            await until(pilot, lambda: any("4 tickets done" in note for note in toasts(app)), "all wait")
            states = {desk.of("nok").ticket(t.row.ticket_id).row.state for t in tickets}
            assert states == {TicketState.WAITING}
            pause = desk.of("nok").ticket(tickets[3].row.ticket_id).pause
            assert pause is not None
            assert pause.reason == "wait for the fix"


@LAYOUTS
async def test_many_are_assigned_and_resolved(layout: str) -> None:
    """a picks who gets them all; r resolves them all, with the same words."""
    async with real_desk() as desk:
        tickets = [desk.log("BP-0042", "advice", f"number {n}") for n in range(2)]
        async with real_app(desk, "ploy") as (app, pilot):
            await shows(app, pilot, tickets)
            await press(pilot, keys("A", layout), keys("a", layout))
            await until(pilot, lambda: isinstance(app.screen, PickScreen), "who")
            await press(pilot, "enter", "enter")
            await until(pilot, lambda: any("2 tickets done" in note for note in toasts(app)), "assigned")
            rows = desk.of("ploy").rows([ticket.row.ticket_id for ticket in tickets])
            assert {row.assignee for row in rows} == {"art"}
            await settled(app, pilot)
            r = keys("r", layout)
            await press(pilot, keys("A", layout), r)
            await until(pilot, lambda: "2 tickets solved by" in screen_text(app), "asked")
            await press(pilot, keys("cable", layout), "enter")
            await until(pilot, lambda: not desk.of("ploy").queue().entries, "all solved")
            said = [desk.of("ploy").ticket(ticket.row.ticket_id).entries for ticket in tickets]
            assert all(keys("cable", layout) in [entry.text.en for entry in one] for one in said)


@pytest.mark.parametrize("seed", range(3))
async def test_others_move_neither_cursor_nor_scroll_nor_typed_text(seed: int) -> None:
    """Another desk logs, claims, waits, resolves at random: what this agent looks at and types stays."""
    random = Random(seed)
    async with real_desk() as desk:
        tickets = [desk.log("BP-0042", "advice", f"number {n}") for n in range(60)]
        art = desk.of("art")
        async with real_app(desk) as (app, pilot):
            queue = desk_screen(app).queue
            await until(pilot, lambda: len(queue.ticket_ids) == 60, "all")
            queue.move_to(tickets[30].row.ticket_id)
            await settled(app, pilot)
            await press(pilot, "t", "half a note")
            await until(pilot, lambda: desk_screen(app).pane.note.value == "half a note", "typed")
            place = queue.cursor - queue.scroll_offset.y
            for _ in range(12):
                other = random.choice([one for one in tickets if one is not tickets[30]]).row
                row = art.rows([other.ticket_id])[0]
                act = random.choice([art.claim, art.wait, art.resolve, art.close])
                try:
                    act(row.ticket_id, row.version)
                except DeskError:
                    art.note(row.ticket_id, "again")
                if random.random() < 0.3:
                    art.open_ticket(desk.call("BP-0042", "advice", "new"))
                wanted = [entry.ticket_id for entry in art.queue().entries]
                await until(pilot, lambda wanted=wanted: ids(app) == wanted, "came in")  # type: ignore[misc]
                assert queue.ticket_id == tickets[30].row.ticket_id
                assert queue.cursor - queue.scroll_offset.y == place
                assert desk_screen(app).pane.note.value == "half a note"
                assert desk_screen(app).pane.note.has_focus


async def test_minutes_tick_everywhere_seconds_where_they_matter() -> None:
    """Seconds on the selected row and under five minutes; minutes on the others."""
    async with real_desk() as desk:
        soon, later = desk.log("BP-0042", "advice", "soon"), None
        desk.later(minutes=11)
        later = desk.log("BP-0042", "advice", "later")
        async with real_app(desk) as (app, pilot):
            queue = desk_screen(app).queue
            await shows(app, pilot, [soon, later])

            def left(ticket: TicketDetail) -> str:
                number = f" {ticket.row.number} "
                row = next(text for text in screen_text(app).splitlines() if number in text)
                return row[1:9].split()[-1]

            assert soon.row.due_at is not None
            assert soon.row.due_at - desk.clock.now() < LAST_MINUTES
            await until(
                pilot, lambda: (left(soon), left(later)) == ("4:00", "15m"), "seconds under five minutes"
            )
            queue.move_to(later.row.ticket_id)
            await until(
                pilot, lambda: (left(soon), left(later)) == ("4:00", "15:00"), "and where the cursor is"
            )
            desk.later(seconds=61)
            await until(pilot, lambda: (left(soon), left(later)) == ("2:59", "13:59"), "both tick")
            queue.move_to(soon.row.ticket_id)
            await until(pilot, lambda: left(later) == "13m", "minutes")
