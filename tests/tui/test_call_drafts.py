"""Drafts of calls: kept while typed, restored after a crash, offered, dropped."""

from __future__ import annotations

from deskui.desk.model import Call
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import call_screen, contains, on_the_desk, press, screen_text, until
from tests.tui.fake_world import alive_desk
from tests.tui.test_call_screen import newest, verdict


async def test_a_draft_is_kept_within_a_second_and_restored() -> None:
    """What was typed is in the store before Esc; after a crash a new app goes on with it."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n", "02-412", "enter", "driv", "enter", "y")
        await until(pilot, lambda: app.focused is call_screen(app).query_one("#answer"), "next question")
        screen = call_screen(app)
        assert screen.call.answers == {"has_driver": True}
        screen.set_focus(screen.notes.title_field)
        await press(pilot, "half a title")
        await until(pilot, lambda: [call.title for call in desk.calls.values()] == ["half a title"], "kept")
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n")
        await until(pilot, lambda: call_screen(app).call.service == "driver-install", "restored")
        await until(pilot, lambda: "How many devices?" in screen_text(app), "with its question")
        title = call_screen(app).notes.title_field
        await until(pilot, lambda: app.focused is title, "where it was left")
        assert title.value == "half a title"
        await press(pilot, "shift+tab")
        await until(pilot, lambda: app.focused is call_screen(app).query_one("#answer"), "back a field")
        assert not contains(screen_text(app), ["✓ Does the customer have", "yes", "How many devices?"])
        await press(pilot, "2", "enter")
        await verdict(app, pilot, "quota")
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "logged")
        assert newest(desk).call.title == "half a title"
        assert desk.calls == {}


async def test_escape_keeps_another_call_starts_and_forget_drops() -> None:
    """Esc keeps; ^n starts an empty call and offers the kept one; ^g twice drops it."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n", "02-412", "enter")
        await until(pilot, lambda: call_screen(app).call.product_id is not None, "chosen")
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "desk")
        assert len(desk.calls) == 1
        await press(pilot, "n")
        await until(pilot, lambda: call_screen(app).call.product_id is not None, "restored")
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: call_screen(app).call.product_id is None, "empty")
        await until(pilot, lambda: "ร้านธนบุรีสโตร์" in screen_text(app), "offered")
        await press(pilot, "enter")
        await until(pilot, lambda: call_screen(app).call.product_id is not None, "taken up again")
        await press(pilot, "ctrl+g", "ctrl+g")
        await until(pilot, lambda: not desk.calls, "dropped")


async def test_drafts_without_a_name_are_offered_by_what_was_typed() -> None:
    """A draft of an unknown number."""
    desk = alive_desk()
    desk.save_draft(Call(query="0999", notes="will call again"))
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n")
        await until(pilot, lambda: call_screen(app).who.text == "0999", "restored")
        assert call_screen(app).notes.area.text == "will call again"
