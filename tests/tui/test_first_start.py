"""An empty store: what to do first, whole at every width."""

from __future__ import annotations

import pytest

from tests.tui.driving import (
    WIDE,
    call_screen,
    contains,
    desk_screen,
    on_the_desk,
    press,
    screen_text,
    until,
)
from tests.tui.fake_desk import FakeDesk

FIRST_STEPS = ("deskui customer import FILE.csv", "deskui customer add", "deskui demo")


async def test_an_empty_store_explains_itself() -> None:
    """The first start says what to do."""
    async with on_the_desk(FakeDesk(language="en")) as (app, _):
        assert not contains(screen_text(app), ["No tickets yet", "n takes a call", "deskui demo"])


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize("height", [20, 24, 36])
async def test_the_first_start_names_every_command_whole_at_any_width(height: int, language: str) -> None:
    """From 60 to 250 columns nothing of what to do is cut."""
    async with on_the_desk(FakeDesk(language=language), size=(60, height), language=language) as (app, pilot):
        queue = desk_screen(app).queue
        for width in (*range(60, 132), 160, 200, 250):
            await pilot.resize_terminal(width, height)
            await until(pilot, lambda width=width: app.size.width == width, f"{width} wide")  # type: ignore[misc]
            lines = [queue.render_line(line).text for line in range(queue.size.height)]
            assert not contains("\n".join(lines), FIRST_STEPS), f"{width}x{height}"
            assert not contains(screen_text(app), FIRST_STEPS), f"{width}x{height}"
            assert "…" not in "".join(lines)


async def test_a_long_text_of_an_empty_queue_is_wrapped_at_words() -> None:
    """Nothing is cut where there is room below."""
    words = [f"word{number}" for number in range(40)]
    async with on_the_desk(FakeDesk(language="en"), size=(100, 36)) as (app, pilot):
        desk_screen(app).queue.set_empty(" ".join(words))
        await until(pilot, lambda: "word39" in screen_text(app), "the last word")
        assert not contains(screen_text(app), words)


async def test_where_no_vendors_terms_can_be_read_a_new_caller_is_told_so() -> None:
    """A letter for a vendor picks nothing there, and the desk goes on."""
    async with on_the_desk(FakeDesk(language="en"), size=WIDE) as (app, pilot):
        await press(pilot, "n", "0899998888", "ctrl+a", "Khun Mai", "enter")
        await until(pilot, lambda: not contains(screen_text(app), ["deskui policy", "check"]), "told")
        await press(pilot, "a", "escape")
        await until(pilot, lambda: not call_screen(app).who.has_class("-new"), "put away")
