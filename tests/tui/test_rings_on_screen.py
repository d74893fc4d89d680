"""Rings on the screens: shown within a second, taken by one key, and nothing that is typed goes astray."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskui.desk.callmodel import MOST_CALLS, Ring
from deskui.desk.ringing import RINGS_FOR, ring
from deskui.tui.app import DeskApp
from deskui.tui.panes.linebar import LineBar
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import (
    SMALL,
    WIDE,
    Driver,
    call_screen,
    contains,
    desk_screen,
    press,
    screen_text,
    toasts,
    until,
)
from tests.tui.real_desk import RealDesk, real_app, real_desk

SUKSAI, THONBURI = "081-234-5678", "02-412-2345"


def rang(desk: RealDesk, number: str = SUKSAI, to: str | None = None, *, missed: bool = False) -> Ring:
    return ring(desk.store.uow, desk.clock, number, to, missed=missed)


async def rings(app: DeskApp, pilot: Driver) -> None:
    await until(pilot, lambda: app.phone.ringing, "it rings")
    await until(pilot, lambda: "☎" in screen_text(app), "shown")


async def on_call(app: DeskApp, pilot: Driver, code: str) -> None:
    """Waits until the call on the screen is that of a customer."""

    def there() -> bool:
        card = call_screen(app).who.card
        return card is not None and card.code == code and call_screen(app).call.product_id is not None

    await until(pilot, there, code)
    await until(pilot, lambda: not call_screen(app).waits("a"), "keys go on")


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_ring_shows_the_caller_and_one_key_takes_it(size: tuple[int, int]) -> None:
    """Name, product and number on every desk; the customer is chosen, keys typed at once go to the call."""
    async with real_desk() as desk, real_app(desk, size=size) as (app, pilot):
        rang(desk)
        await rings(app, pilot)
        assert not contains(screen_text(app), ["บริษัท สุขใสฟู้ดส์ จำกัด", "EM Payroll", "^r takes it"])
        assert isinstance(app.screen, DeskScreen)
        await press(pilot, "ctrl+r", "fault")
        await on_call(app, pilot, "EM-0031")
        await until(pilot, lambda: call_screen(app).what.field.value == "fault", "typed into WHAT")
        assert not app.query_one(LineBar).has_class("-rings")
        assert [one.taken_by for one in desk.of("art").rings()] == ["nok"]


async def test_typing_goes_on_while_it_rings() -> None:
    """Nothing moves: cursor, focus and text stay as they were."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", "02-4")
        await until(pilot, lambda: call_screen(app).who.text == "02-4", "typing")
        rang(desk, THONBURI)
        await rings(app, pilot)
        await press(pilot, "12")
        await until(pilot, lambda: call_screen(app).who.text == "02-412", "typed on")
        assert app.focused is call_screen(app).who.field


async def test_a_ring_for_somebody_else_is_not_shown() -> None:
    async with real_desk() as desk, real_app(desk, "art") as (art, art_pilot):
        rang(desk, to="nok")
        await until(art_pilot, lambda: art.phone.rings, "heard")
        assert "☎" not in screen_text(art)
        await press(art_pilot, "ctrl+r")
        await until(art_pilot, lambda: "Nobody is ringing now." in toasts(art), "said")


async def test_who_comes_second_is_told_who_was_faster() -> None:
    """art is in a call, which goes on as it was."""
    async with real_desk() as desk, real_app(desk, "art") as (art, pilot):
        await press(pilot, "n", "038", "enter")
        await on_call(art, pilot, "M5-0009")
        ring_id = rang(desk).ring_id
        await rings(art, pilot)
        desk.of("nok").take_ring(ring_id)
        desk.later(seconds=2)
        call_screen(art).take_ring(ring_id)
        await until(pilot, lambda: "nok took this call 2 s ago" in toasts(art), "told")
        await until(pilot, lambda: not desk.of("art").waiting_calls(), "nobody waits")
        assert call_screen(art).call.parked_at is None
        await until(pilot, lambda: not art.phone.ringing, "heard that it is gone")


async def test_a_ring_in_a_call_parks_it_and_one_key_swaps() -> None:
    """Both calls keep step, cursor, answers, notes and verdict."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", THONBURI, "enter", "driv", "enter", "y")
        await until(pilot, lambda: call_screen(app).call.answers == {"has_driver": True}, "answered")
        screen = call_screen(app)
        await until(pilot, lambda: not screen.waits("a"), "keys go on")
        screen.set_focus(screen.notes.area)
        await press(pilot, "printer stops", "ctrl+j", "at page 3")
        await until(pilot, lambda: screen.notes.area.text == "printer stops\nat page 3", "typed")
        screen.notes.area.move_cursor((0, 7))
        decision = screen.verdict.decision
        rang(desk)
        await rings(app, pilot)
        await press(pilot, "ctrl+r")
        await on_call(app, pilot, "EM-0031")
        assert (screen.notes.area.text, screen.call.answers) == ("", {})
        await until(pilot, lambda: "⏸ ร้านธนบุรีสโตร์ 0:00" in screen_text(app), "the other waits")
        desk.later(seconds=75)
        await until(pilot, lambda: "⏸ ร้านธนบุรีสโตร์ 1:15" in screen_text(app), "and for how long")
        await press(pilot, "fau")
        await until(pilot, lambda: screen.what.field.value == "fau", "looking for a service")
        await press(pilot, "ctrl+o")
        await on_call(app, pilot, "AR-0107")
        await until(pilot, lambda: app.focused is screen.notes.area, "back in the notes")
        assert screen.notes.area.cursor_location == (0, 7)
        assert screen.notes.area.text == "printer stops\nat page 3"
        assert (screen.call.service, screen.call.answers) == ("driver-install", {"has_driver": True})
        assert screen.verdict.decision == decision
        await until(pilot, lambda: "⏸ บริษัท สุขใสฟู้ดส์ จำกัด" in screen_text(app), "now the other one waits")
        await press(pilot, "ctrl+o")
        await on_call(app, pilot, "EM-0031")
        await until(pilot, lambda: screen.what.field.value == "fau", "its filter")
        assert app.focused is screen.what.field
        assert screen.call.service is None


async def test_parked_calls_outlive_a_crash() -> None:
    """A new app on the same store shows who waits, since when, and goes on with them."""
    async with real_desk() as desk:
        async with real_app(desk) as (app, pilot):
            await press(pilot, "n", "038", "enter")
            await on_call(app, pilot, "M5-0009")
            await press(pilot, "ctrl+n")
            await until(pilot, lambda: desk.of("nok").waiting_calls(), "parked")
        desk.later(minutes=3)
        async with real_app(desk) as (app, pilot):
            await until(pilot, lambda: "⏸ คลินิกเนวี่ 3:00" in screen_text(app), "still waits")
            await press(pilot, "ctrl+o")
            await on_call(app, pilot, "M5-0009")
            await until(pilot, lambda: not desk.of("nok").waiting_calls(), "waits no longer")


async def test_no_more_calls_than_an_agent_can_hold() -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n")
        await until(pilot, lambda: isinstance(app.screen, CallScreen), "call")
        for number in range(1, MOST_CALLS):
            await press(pilot, f"caller {number}", "ctrl+n")
            await until(pilot, lambda n=number: len(app.phone.waiting) == n, f"{number} wait")  # type: ignore[misc]
            await until(pilot, lambda: call_screen(app).who.text == "", "an empty call")
        await press(pilot, "one too many", "ctrl+n")
        await until(pilot, lambda: "4 calls at once are the most: end one first" in toasts(app), "refused")
        assert call_screen(app).who.text == "one too many"
        # the fourth waits in nobody's place: the others are gone round in turn
        await press(pilot, "ctrl+o")
        await until(pilot, lambda: call_screen(app).who.text == "caller 1", "the longest waiting")


async def test_a_ring_nobody_took_becomes_a_row_and_is_called_back() -> None:
    """The row names caller and count; Enter calls back; logging a ticket ends it."""
    async with real_desk() as desk, real_app(desk, "art") as (app, pilot):
        rang(desk, THONBURI)
        await rings(app, pilot)
        desk.clock.advance(RINGS_FOR + timedelta(seconds=1))
        await until(pilot, lambda: desk_screen(app).queue.ticket_ids, "a row by itself")
        await until(pilot, lambda: "☎×1" in screen_text(app), "counted")
        assert app.counts["callbacks"] == 1
        await until(pilot, lambda: "Enter or c calls back" in screen_text(app), "what can be done")
        assert "missed under a minute ago" in screen_text(app)
        assert app.say("ticket.none") not in screen_text(app)
        await press(pilot, "r")
        await until(pilot, lambda: any("no ticket yet" in toast for toast in toasts(app)), "no ticket yet")
        await press(pilot, "enter")
        await on_call(app, pilot, "AR-0107")
        await until(pilot, lambda: "↩ calling back 02 412 2345 · missed ×1 since 10:42" in screen_text(app))
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "back")
        # taken up by art, and still to be called
        await until(pilot, lambda: "calling" in screen_text(app), "who calls")
        assert [one.taken_by for one in desk.of("nok").rings()] == ["art"]
        await press(pilot, "enter")
        await on_call(app, pilot, "AR-0107")
        await press(pilot, "remote i", "enter")
        await until(pilot, lambda: app.focused is call_screen(app).notes.title_field, "the service is chosen")
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "logged")
        await until(
            pilot, lambda: [one > 0 for one in desk_screen(app).queue.ticket_ids] == [True], "a ticket"
        )
        assert desk.of("nok").rings() == []


async def test_a_missed_call_ends_in_a_word_and_that_is_undone() -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        rang(desk, "0999999999", missed=True)
        await until(pilot, lambda: desk_screen(app).missed, "on the row")
        await press(pilot, "x", "n")
        await until(pilot, lambda: not desk_screen(app).queue.ticket_ids, "gone")
        assert [one.reason for one in desk.of("nok").call_log()] == ["not_reached"]
        assert "099 999 9999: not reached · U takes that back" in toasts(app)
        await press(pilot, "U")
        await until(pilot, lambda: desk_screen(app).missed, "there again")
        await press(pilot, "c")
        await until(pilot, lambda: call_screen(app).who.text == "099 999 9999", "called back")
        await press(pilot, "ctrl+g", "ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "thrown away, back on the desk")
        await until(pilot, lambda: desk.of("nok").rings()[0].taken_by is None, "in the queue again")


@pytest.mark.parametrize(("letter", "reason"), [("w", "wrong_number"), ("ฟ", "only_asked")])
async def test_a_call_without_a_ticket_in_two_keys(letter: str, reason: str) -> None:
    """^l and a letter in either layout; the log has who and what was said; U goes on with the call."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", THONBURI, "enter", "remote i", "enter")
        await until(pilot, lambda: app.focused is call_screen(app).notes.title_field, "the service is chosen")
        await press(pilot, "how much", "ctrl+l", letter)
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "back on the desk")
        (logged,) = desk.of("nok").call_log()
        assert (logged.reason, logged.customer, logged.service, logged.title) == (
            reason,
            "ร้านธนบุรีสโตร์",
            "remote-install",
            "how much",
        )
        assert logged.said.en
        assert desk.of("nok").drafts() == []
        await press(pilot, "U")
        await on_call(app, pilot, "AR-0107")
        await until(pilot, lambda: call_screen(app).notes.title_field.value == "how much", "as it was")
        assert desk.of("nok").call_log()[0].undone


async def test_the_caller_card_says_that_the_vendor_is_closed() -> None:
    """With the time it is there; and the page of the day opens from a call and from the desk."""
    async with real_desk() as desk:
        desk.later(hours=9)
        async with real_app(desk) as (app, pilot):
            await press(pilot, "n", THONBURI, "enter")
            await on_call(app, pilot, "AR-0107")
            await until(pilot, lambda: "☾ it is 19:42: " in screen_text(app), "the time")
            await until(pilot, lambda: "AR is closed, opens" in screen_text(app), "and that it is closed")
            await press(pilot, "f3")
            await until(pilot, lambda: "nothing that needs staff" in screen_text(app), "the page of the day")
            await press(pilot, "escape", "escape")
            await until(pilot, lambda: isinstance(app.screen, DeskScreen), "back on the desk")


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_saturday_says_what_may_be_done_and_what_must_wait(size: tuple[int, int]) -> None:
    """The page is opened and closed by the same key, in either layout."""
    async with real_desk() as desk:
        desk.later(days=5)
        async with real_app(desk, size=size) as (app, pilot):
            await press(pilot, "y")
            shows = ("restricted day", "Remote install", "MUST WAIT", "Move to another machine", "AR-53")
            await until(pilot, lambda: not contains(screen_text(app), shows), "the restricted day")
            await press(pilot, "ั")
            await until(pilot, lambda: isinstance(app.screen, DeskScreen), "closed by the key that opened it")


async def test_another_key_ends_no_call() -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", "ctrl+l")
        await until(pilot, lambda: "There is nothing to log yet." in toasts(app), "nothing yet")
        await press(pilot, "somebody", "ctrl+l")
        await until(pilot, lambda: "End without a ticket:" in screen_text(app), "asked")
        await press(pilot, "z")
        await until(pilot, lambda: "End without a ticket:" not in screen_text(app), "no")
        assert app.focused is call_screen(app).who.field
        # thrown away only when nothing was changed between the two presses
        await press(pilot, "ctrl+g", "!", "ctrl+g")
        await until(pilot, lambda: call_screen(app).who.text == "somebody!", "still there")
        await pilot.pause()
        assert isinstance(app.screen, CallScreen)
        assert desk.of("nok").call_log() == []
