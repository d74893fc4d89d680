"""The Desk: its frame, every command, both keyboard layouts, sizes and languages."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from deskui.clock import FixedClock
from deskui.desk.api import DeskApi
from deskui.desk.errors import LostRace, NotFound, StoreFailure, TermsFailure
from deskui.desk.model import TicketState
from deskui.policy.decision import Text
from deskui.tui.app import DeskApp
from deskui.tui.panes.queue import QueuePane
from deskui.tui.panes.ticket import TicketPane
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from deskui.tui.screens.failed import FailedScreen, advice_on
from deskui.tui.thai import ThaiInput
from tests.tui.driving import (
    SMALL,
    WIDE,
    call_screen,
    contains,
    desk_screen,
    on_the_desk,
    press,
    ready,
    screen_text,
    settled,
    toasts,
    until,
)
from tests.tui.fake_desk import MONDAY
from tests.tui.fake_world import alive_desk


async def test_frame_stands_before_the_desk_is_open_and_no_key_is_lost() -> None:
    """The frame does not wait for the store; what is typed meanwhile is looked for once it is open."""
    desk = alive_desk(language="en")
    asked, gate = threading.Event(), threading.Event()

    def connect() -> DeskApi:
        asked.set()
        assert gate.wait(30)
        return desk

    async with on_the_desk(desk, connect=connect) as (app, pilot):
        await until(pilot, asked.is_set, "connect called")
        text = screen_text(app)
        assert not contains(
            text, ["deskui", "Queue", "Ticket", "SLA", "Entitlements", "New call", "opening the store"]
        )
        assert desk.asked == []
        await press(pilot, "n", "0812345")
        await until(pilot, lambda: isinstance(app.screen, CallScreen), "call screen")
        await until(pilot, lambda: call_screen(app).who.text == "0812345", "typed text")
        assert "find:0812345" not in desk.asked
        gate.set()
        await until(pilot, lambda: "สุขใสฟู้ดส์" in screen_text(app), "caller found")


async def test_keys_typed_before_the_screen_has_its_parts_wait() -> None:
    async with on_the_desk(alive_desk()) as (app, pilot):
        await ready(app, pilot)
        unmade = DeskScreen()
        assert all(unmade.waits(key) for key in ("j", "ctrl+d", "n", "q"))


async def test_the_panes_do_without_the_lines_one_types_on_until_those_are_there() -> None:
    """A click or another language may come first."""
    async with on_the_desk(alive_desk()) as (app, pilot):
        await ready(app, pilot)
        ticket, queue = TicketPane(), QueuePane()
        await app.screen.mount(ticket, queue)
        assert not [*ticket.query(ThaiInput), *queue.query(ThaiInput)]
        ticket.show(None)
        ticket.asked()
        queue.close_find()
        for pane in (ticket, queue):
            pane.relabel()
            await pane.complete()
            pane.relabel()
        ticket.ask("?", [])
        queue.open_find("x")
        assert ticket.prompt.display
        assert [field.display for field in ticket.query(ThaiInput)] == [False, True]
        assert queue.query_one("#within").has_class("-on")


async def test_keys_about_tickets_wait_for_the_queue() -> None:
    """Down and claim, typed before there is a queue, act on it when it is there, in that order."""
    desk = alive_desk(language="en")
    gate = threading.Event()

    def connect() -> DeskApi:
        assert gate.wait(30)
        return desk

    async with on_the_desk(desk, connect=connect) as (app, pilot):
        await press(pilot, "down", "c")
        gate.set()
        await ready(app, pilot)
        await until(pilot, lambda: "#1033 is yours" in toasts(app), "claimed the second ticket")


async def test_a_desk_that_cannot_be_opened_is_a_message() -> None:
    """What, where and what to do; r tries again."""
    desk = alive_desk(language="en")
    tries: list[int] = []

    def connect() -> DeskApi:
        tries.append(1)
        if len(tries) == 1:
            raise StoreFailure(Text("เปิด /srv/desk.db ไม่ได้", "cannot open /srv/desk.db: disk is full"))
        return desk

    async with on_the_desk(desk, connect=connect) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, FailedScreen), "failed screen")
        await pilot.pause()
        text = screen_text(app)
        assert not contains(text, ["cannot be opened", "/srv/desk.db", "disk is full", "deskui demo"])
        assert "Traceback" not in text
        await press(pilot, "r")
        await until(pilot, lambda: app.desk is not None and not isinstance(app.screen, FailedScreen), "open")


def test_what_to_do_is_about_what_happened() -> None:
    why = Text("ใช้ไม่ได้", "cannot be used")
    told = [advice_on(kind(why)) for kind in (TermsFailure, NotFound, StoreFailure, LostRace)]
    assert told == ["failed.terms", "failed.agent", "failed.store", "failed.log"]


@pytest.mark.parametrize(("size", "language"), [(WIDE, "en"), (SMALL, "en"), (WIDE, "th"), (SMALL, "th")])
async def test_the_desk_shows_queue_ticket_clock_and_cover(size: tuple[int, int], language: str) -> None:
    """Everything an agent needs of the first ticket, at both sizes and in both languages."""
    async with on_the_desk(alive_desk(), size=size, language=language) as (app, _):
        text = screen_text(app)
        word = {"en": ["Queue", "breached", "over"], "th": ["คิว", "เกินเวลา", "เกินมา"]}[language]
        assert not contains(text, [*word, "1031", "-12m", "จ่ายเงินเดือนสาขา 2", "081-234-5678", "nok"])
        assert ("EM Payroll" in text) == (size == WIDE)


async def test_why_this_time_adds_up() -> None:
    """The steps count 24 hours, and Esc goes back to the queue."""
    async with on_the_desk(alive_desk()) as (app, pilot):
        await press(pilot, "w")
        await until(pilot, lambda: "sum 24:00" in screen_text(app), "steps")
        assert not contains(screen_text(app), ["+6:30", "+8:00", "+1:30", "closed"])
        await press(pilot, "escape")
        await until(pilot, lambda: "sum" not in screen_text(app), "gone")
        assert app.focused is desk_screen(app).queue


async def test_holidays_are_named_with_their_source() -> None:
    """A due time beyond a holiday says which one and who declared it."""
    desk = alive_desk()
    product = next(p for p in desk.products.values() if p.policy == "emwork")
    answers: dict[str, Any] = {"emwork_product": True, "customer_modified": False, "severity": "other"}
    ticket = desk.seed_ticket(product, "scope", "holiday", MONDAY + timedelta(days=4), **answers)
    async with on_the_desk(desk) as (app, pilot):
        desk_screen(app).go_to(ticket.ticket_id)
        await settled(app, pilot)
        await press(pilot, "w")
        await until(pilot, lambda: "sum 72:00" in screen_text(app), "steps")
        assert not contains(screen_text(app), ["7 Dec 2026 holiday", "in lieu of National Day", "(Cabinet)"])


COMMANDS = [
    ("c", "nok", TicketState.OPEN, 1),
    ("p⏎", None, TicketState.WAITING, 1),
    ("p⏎p", None, TicketState.OPEN, 1),
    ("r⏎", None, TicketState.RESOLVED, 1),
    ("r⏎o", None, TicketState.OPEN, 1),
    ("r⏎xx", None, TicketState.CLOSED, 1),
    ("r⏎xq", None, TicketState.RESOLVED, 1),
    ("cg", None, TicketState.OPEN, 1),
]
THAI = str.maketrans("cproxgqmtswvefn", "แยพนปเๆทะหไอำดื")


@pytest.mark.parametrize("layout", ["english", "thai"])
@pytest.mark.parametrize(("typed", "who", "state", "row"), COMMANDS)
async def test_commands_change_the_ticket(
    typed: str, who: str | None, state: TicketState, row: int, layout: str
) -> None:
    """Each command, typed in a burst, on either keyboard layout."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "down")
        ticket_id = desk_screen(app).queue.ticket_id
        assert ticket_id is not None
        ticket = desk.tickets[ticket_id]
        keys = typed.translate(THAI) if layout == "thai" else typed
        await press(pilot, *("enter" if key == "⏎" else key for key in keys))
        await until(pilot, lambda: ticket.state is state and ticket.assignee == who, f"{typed} done")
        await settled(app, pilot)
        assert workers_say_nothing_bad(app)


def workers_say_nothing_bad(app: DeskApp) -> bool:
    return not any("went wrong" in note for note in toasts(app))


async def test_only_what_is_resolved_is_closed() -> None:
    """x on an open ticket asks nothing and says what comes first; the ticket stays."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "xx")
        await until(pilot, lambda: any("#1031 is not resolved" in note for note in toasts(app)), "refused")
        assert "Close #1031?" not in screen_text(app)
        assert all(ticket.state is not TicketState.CLOSED for ticket in desk.tickets.values())


async def test_a_resolved_ticket_stays_under_the_cursor_until_it_moves() -> None:
    """r, and only then x: the question names the ticket of the toast; past it the cursor goes to the next."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        queue = desk_screen(app).queue
        first, second = queue.ticket_ids[:2]
        ticket = desk.tickets[first]
        await press(pilot, "r", "quit: rebooted", "escape")
        await until(pilot, lambda: queue.has_focus, "not after all")
        assert ticket.state is not TicketState.RESOLVED
        await press(pilot, "r", "quit: rebooted", "enter")
        await until(pilot, lambda: any("#1031 resolved" in note for note in toasts(app)), "resolved")
        assert ticket.entries[-1].text.en == "resolved quit: rebooted"
        await until(pilot, lambda: "all 7" in screen_text(app), "the view read again")
        await settled(app, pilot)
        assert queue.ticket_id == first
        await press(pilot, "x")
        await until(pilot, lambda: "Close #1031?" in screen_text(app), "asked about it")
        await press(pilot, "escape", "o")
        await until(pilot, lambda: ticket.state is TicketState.OPEN, "reopened")
        await press(pilot, "r", "enter")
        await until(pilot, lambda: ticket.state is TicketState.RESOLVED, "resolved again")
        await press(pilot, "down")
        await until(pilot, lambda: first not in queue.ticket_ids, "gone once left")
        assert queue.ticket_id == second


async def test_any_ticket_is_found_by_its_number() -> None:
    """A resolved one is shown and reopened, a closed one is shown; a number nobody has finds nothing."""
    desk = alive_desk()
    resolved, closed = list(desk.tickets.values())[1:3]
    for ticket in (resolved, closed):
        desk.resolve(ticket.ticket_id, ticket.version)
    desk.close(closed.ticket_id, closed.version)
    async with on_the_desk(desk) as (app, pilot):
        assert f"{closed.number}" not in screen_text(app)
        await press(pilot, "f", f"#{closed.number}", "enter")
        await until(
            pilot, lambda: f"#{closed.number} {closed.call.title}" in screen_text(app), "closed shown"
        )
        await press(pilot, "x")
        await until(pilot, lambda: f"#{closed.number} is closed already" in toasts(app), "refused")
        await press(pilot, "f", f"{resolved.number}", "enter")
        await until(pilot, lambda: desk_screen(app).queue.ticket_id == resolved.ticket_id, "on it")
        await until(
            pilot, lambda: closed.ticket_id not in desk_screen(app).queue.ticket_ids, "the other gone"
        )
        await settled(app, pilot)
        await press(pilot, "o")
        await until(pilot, lambda: resolved.state is TicketState.OPEN, "reopened")
        await settled(app, pilot)
        assert desk_screen(app).queue.ticket_id == resolved.ticket_id
        await press(pilot, "f", "9" * 30)
        await until(pilot, lambda: "No customer matches" in screen_text(app), "nothing")


async def test_enter_on_the_queue_starts_no_note() -> None:
    """What is typed after it is still a command, not the text of a note."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "enter", "c")
        await until(pilot, lambda: any("yours" in note for note in toasts(app)), "claimed")
        assert app.focused is desk_screen(app).queue
        assert desk_screen(app).pane.note.value == ""


async def test_a_lost_race_is_told() -> None:
    """Somebody was faster: a message, never an overwrite."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        ticket_id = desk_screen(app).queue.ticket_id
        assert ticket_id is not None
        desk.tickets[ticket_id].version += 1
        await press(pilot, "r", "enter")
        await until(pilot, lambda: "Somebody else changed it first." in toasts(app), "lost race")
        assert desk.tickets[ticket_id].state is not TicketState.RESOLVED


async def test_what_is_served_last_is_claimed_with_a_reason() -> None:
    """No agreement while covered customers wait: c asks why, and the reason goes with the claim."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "f", "1037", "enter")
        await until(pilot, lambda: desk_screen(app).queue.cursor == 8 - 1, "on #1037")
        await press(pilot, "c", "escape")
        await pilot.pause()
        ticket = next(ticket for ticket in desk.tickets.values() if ticket.number == 1037)
        assert ticket.assignee is None
        await press(pilot, "c", "nobody else waits by phone", "enter")
        await until(pilot, lambda: ticket.assignee == "nok", "claimed")
        assert all(entry.kind != "note" for entry in ticket.entries)


async def test_notes_severity_and_met() -> None:
    """A note is written on the note line; severity asks; a met target is ticked."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        ticket_id = desk_screen(app).queue.ticket_id
        assert ticket_id is not None
        ticket = desk.tickets[ticket_id]
        await press(pilot, "t", "called back, no answer", "enter")
        await until(pilot, lambda: ticket.entries[-1].text.en == "called back, no answer", "note")
        await until(pilot, lambda: "called back, no answer" in screen_text(app), "note shown")
        await press(pilot, "s")
        await until(pilot, lambda: "Severity:" in screen_text(app), "prompt")
        # an answer of another service is none here
        assert "anything else" in screen_text(app)
        assert "a complaint" not in screen_text(app)
        await press(pilot, "o")
        await until(pilot, lambda: ticket.clocks[0].work == timedelta(hours=72), "planned anew")
        await settled(app, pilot)
        await press(pilot, "m")
        await until(pilot, lambda: ticket.clocks[0].met_at is not None, "met")
        await until(pilot, lambda: "✓" in screen_text(app), "tick shown")


async def test_views_cover_find_and_language() -> None:
    """v shows the next view, e all entitlements, f finds a ticket by number, L switches the language."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "v")
        await until(pilot, lambda: "[mine 3]" in screen_text(app), "mine")
        await settled(app, pilot)
        assert "Siam Parts" not in screen_text(app)
        await press(pilot, "e")
        await until(pilot, lambda: "Contacts" in screen_text(app), "cover details")
        await press(pilot, "escape")
        await press(pilot, "f", "1037", "enter")
        await until(
            pilot, lambda: "นนทาการค้า" in screen_text(app) and "#1037" in screen_text(app), "went there"
        )
        await press(pilot, "L")
        await until(pilot, lambda: "คิว" in screen_text(app) and "รับสาย" in screen_text(app), "Thai")
        await press(pilot, "ศ")
        await until(pilot, lambda: "New call" in screen_text(app), "English")


@pytest.mark.parametrize(("size", "language"), [(WIDE, "en"), (SMALL, "th")])
async def test_find_goes_to_a_customers_ticket_and_esc_goes_back(
    size: tuple[int, int], language: str
) -> None:
    """A name in part, Enter: cursor, clock and cover are of the first open ticket, in whatever view."""
    async with on_the_desk(alive_desk(), size=size, language=language) as (app, pilot):
        screen = desk_screen(app)
        await press(pilot, "v")
        await until(pilot, lambda: app.screen is screen and screen.view.key == "mine", "mine")
        await settled(app, pilot)
        before = screen.queue.ticket_id
        assert before is not None
        await press(pilot, "f", "siam", "enter")
        await until(
            pilot, lambda: screen.detail and "Siam" in screen.detail.row.customer, "a ticket of theirs"
        )
        await settled(app, pilot)
        assert screen.detail is not None
        assert screen.sla.clock in screen.detail.clocks
        assert screen.cover.card is not None
        assert "Siam" in screen.cover.card.name
        found = screen.queue.ticket_id
        await press(pilot, "f", "1037", "enter")
        await until(pilot, lambda: screen.detail and screen.detail.row.number == 1037, "and another")
        assert found != screen.queue.ticket_id
        await press(pilot, "escape")
        await until(pilot, lambda: screen.view.key == "mine" and screen.queue.ticket_id == before, "back")
        await settled(app, pilot)
        assert screen.detail is not None
        assert screen.detail.row.ticket_id == before


async def test_esc_goes_back_from_nowhere_once_the_cursor_has_moved_on() -> None:
    async with on_the_desk(alive_desk()) as (app, pilot):
        screen = desk_screen(app)
        await press(pilot, "f", "1037", "enter")
        await until(pilot, lambda: screen.detail and screen.detail.row.number == 1037, "there")
        await press(pilot, "up")
        await until(pilot, lambda: screen.detail and screen.detail.row.number != 1037, "moved on")
        there = screen.queue.ticket_id
        await press(pilot, "escape", "t")
        await until(pilot, lambda: screen.pane.note.has_focus, "Esc was handled")
        assert screen.queue.ticket_id == there


async def test_help_lists_every_command_and_quits_at_the_second_press() -> None:
    """The help page is the catalogue; q q leaves."""
    async with on_the_desk(alive_desk(), size=(120, 90)) as (app, pilot):
        await press(pilot, "?")
        await until(pilot, lambda: "All keys" in screen_text(app), "help")
        assert not contains(screen_text(app), ["Claim", "Give back", "Severity", "ไทย/Eng", "^p"])
        await press(pilot, "escape", "q")
        await until(pilot, lambda: "q again leaves" in screen_text(app), "asked")
        assert app.is_running
        await press(pilot, "q")
        await until(pilot, lambda: app._exit, "left")


async def test_changes_elsewhere_move_neither_cursor_nor_typed_text() -> None:
    """Another desk logs a call: it appears; the cursor stays on its ticket, the note stays typed."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        screen = desk_screen(app)
        await press(pilot, "down", "down")
        await settled(app, pilot)
        chosen = screen.queue.ticket_id
        await press(pilot, "t", "half a note")
        product = next(p for p in desk.products.values() if p.policy == "emwork")
        answers: dict[str, Any] = {
            "emwork_product": True,
            "customer_modified": False,
            "severity": "system_down",
        }
        desk.seed_ticket(product, "scope", "elsewhere", MONDAY - timedelta(days=6), **answers)
        await until(pilot, lambda: "1039" in screen_text(app), "arrived")
        assert screen.queue.ticket_id == chosen
        assert screen.pane.note.value == "half a note"


async def test_time_alone_breaches_and_reorders() -> None:
    """Nobody does anything; a due time passes, and the desk shows it."""
    clock = FixedClock(MONDAY)
    desk = alive_desk(clock)
    async with on_the_desk(desk) as (app, pilot):
        assert "▲1 breached" in screen_text(app)
        clock.advance(timedelta(minutes=10))
        await until(pilot, lambda: "▲2 breached" in screen_text(app), "second breach")


async def test_sizes_change_live() -> None:
    """Wide, small, too small and back: the same desk, nothing lost, no crash."""
    async with on_the_desk(alive_desk()) as (app, pilot):
        await press(pilot, "down")
        await settled(app, pilot)
        chosen = desk_screen(app).queue.ticket_id
        assert "Entitlements" in screen_text(app)
        await pilot.resize_terminal(80, 24)
        await until(
            pilot, lambda: "[Ticket]" in screen_text(app) and "resolution" in screen_text(app), "small"
        )
        await press(pilot, "b")
        await until(
            pilot, lambda: "[SLA]" in screen_text(app) and "why this time?" in screen_text(app), "tab"
        )
        await pilot.resize_terminal(59, 19)
        await until(pilot, lambda: "too small (59×19)" in screen_text(app), "too small")
        assert "Queue" not in screen_text(app)
        await pilot.resize_terminal(120, 36)
        await until(pilot, lambda: "Entitlements" in screen_text(app), "wide again")
        assert desk_screen(app).queue.ticket_id == chosen
