"""Keys about a view, typed after its heading is there and before its list is."""

from __future__ import annotations

from threading import Event

import pytest

from deskui.desk.desk import Desk
from deskui.desk.errors import StoreFailure
from deskui.desk.look import Look
from deskui.desk.workmodel import Sight
from deskui.policy.decision import Text
from deskui.tui.panes.queue import FindLine
from tests.tui.driving import desk_screen, press, toasts, until
from tests.tui.real_desk import real_app, real_desk


@pytest.fixture
def may_look(monkeypatch: pytest.MonkeyPatch) -> Event:
    """No view is read while it is cleared."""
    gate, look = Event(), Desk.look
    gate.set()

    def slowly(self: Desk, wanted: Look) -> Sight:
        assert gate.wait(30)
        return look(self, wanted)

    monkeypatch.setattr(Desk, "look", slowly)
    return gate


@pytest.mark.parametrize("keys", [("v", " "), ("อ", " ")], ids=["english", "thai"])
async def test_a_mark_set_at_once_is_of_the_view_that_is_coming(
    may_look: Event, keys: tuple[str, ...]
) -> None:
    """It went to a ticket of the view that had been left."""
    async with real_desk() as desk:
        first = desk.log("BP-0042", "advice", "of nobody")
        mine = desk.log("AR-0107", "phone-qa", "of nok")
        desk.of("nok").claim(mine.row.ticket_id, mine.row.version)
        async with real_app(desk) as (app, pilot):
            queue = desk_screen(app).queue
            await until(pilot, lambda: len(queue.ticket_ids) == 2, "both")
            queue.move_to(first.row.ticket_id)
            may_look.clear()
            await press(pilot, *keys)
            await until(pilot, lambda: desk_screen(app).view.key == "mine", "heading")
            assert not queue.marked
            may_look.set()
            await until(pilot, lambda: queue.marked == {mine.row.ticket_id}, "the ticket of the new view")


async def test_going_through_the_views_and_leaving_them_waits_for_none(may_look: Event) -> None:
    async with real_desk() as desk:
        desk.log("BP-0042", "advice", "one")
        async with real_app(desk) as (app, pilot):
            screen = desk_screen(app)
            await until(pilot, lambda: screen.queue.ticket_ids, "listed")
            may_look.clear()
            await press(pilot, "v", "v", "v")
            await until(pilot, lambda: screen.view.key == "waiting", "the third view on")
            await press(pilot, "F", "on")
            await until(pilot, lambda: screen.query_one(FindLine).field.value == "on", "typed")
            may_look.set()
            await until(pilot, lambda: not screen.queue.ticket_ids, "nothing waits")


async def test_a_view_that_cannot_be_read_leaves_the_heading_of_the_list_that_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with real_desk() as desk:
        one = desk.log("BP-0042", "advice", "one")
        async with real_app(desk) as (app, pilot):
            screen, look = desk_screen(app), Desk.look
            await until(pilot, lambda: screen.queue.ticket_ids, "listed")

            def broken(self: Desk, wanted: Look) -> Sight:
                if wanted.view != "all":
                    raise StoreFailure(Text("อ่านไม่ได้", "cannot be read"))
                return look(self, wanted)

            monkeypatch.setattr(Desk, "look", broken)
            await press(pilot, "v", " ")
            await until(pilot, lambda: screen.queue.marked == {one.row.ticket_id}, "keys wait no longer")
            assert (screen.view.key, screen.look.view) == ("all", "all")
            assert any("cannot be read" in text for text in toasts(app))


async def test_another_view_starts_at_its_top_and_the_end_of_a_search_keeps_the_ticket() -> None:
    async with real_desk() as desk:
        found = [desk.log("BP-0042", "advice", f"number {at}").row.ticket_id for at in range(4)]
        async with real_app(desk) as (app, pilot):
            queue = desk_screen(app).queue
            await until(pilot, lambda: list(queue.ticket_ids) == found, "listed")
            await press(pilot, "down", "down", "down")
            await until(pilot, lambda: queue.cursor == 3, "at the end")
            await press(pilot, "F", "number", "enter")
            await until(pilot, lambda: queue.cursor == 0, "the first that is found")
            await press(pilot, "down", "down", "escape")
            await until(pilot, lambda: not desk_screen(app).look.find, "no search")
            await press(pilot, " ")
            await until(pilot, lambda: queue.marked == {found[2]}, "still on it")
