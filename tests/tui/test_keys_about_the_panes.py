"""Keys about what the panes show, typed before those have followed the cursor."""

from __future__ import annotations

from threading import Event

import pytest

from deskui.desk.errors import StoreFailure
from deskui.desk.model import TicketDetail
from deskui.policy.decision import Text
from tests.tui.driving import desk_screen, on_the_desk, press, settled, toasts, until
from tests.tui.fake_desk import FakeDesk
from tests.tui.fake_world import alive_desk


@pytest.fixture
def may_read(monkeypatch: pytest.MonkeyPatch) -> Event:
    """No ticket is read while it is cleared."""
    gate, read = Event(), FakeDesk.ticket
    gate.set()

    def slowly(self: FakeDesk, ticket_id: int) -> TicketDetail:
        assert gate.wait(30)
        return read(self, ticket_id)

    monkeypatch.setattr(FakeDesk, "ticket", slowly)
    return gate


async def test_a_note_typed_at_once_after_a_move_is_of_the_ticket_moved_to(may_read: Event) -> None:
    """It was written on the ticket that the cursor had left, or emptied when the next one came."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        queue = desk_screen(app).queue
        left = queue.ticket_id
        assert left is not None
        may_read.clear()
        await press(pilot, "down")
        await until(pilot, lambda: queue.ticket_id != left, "moved")
        await press(pilot, "t", "for this one", "enter")
        assert queue.ticket_id is not None
        meant = desk.tickets[queue.ticket_id]
        may_read.set()
        await until(pilot, lambda: meant.entries[-1].text.en == "for this one", "written")
        assert all(entry.text.en != "for this one" for entry in desk.tickets[left].entries)


async def test_copying_at_once_after_a_move_copies_the_ticket_moved_to(may_read: Event) -> None:
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        queue = desk_screen(app).queue
        left = queue.ticket_id
        assert left is not None
        may_read.clear()
        await press(pilot, "down")
        await until(pilot, lambda: queue.ticket_id != left, "moved")
        await press(pilot, "C", "n")
        assert queue.ticket_id is not None
        may_read.set()
        await until(pilot, lambda: app.clipboard, "copied")
        assert app.clipboard == str(desk.tickets[queue.ticket_id].number)


async def test_a_ticket_that_cannot_be_read_takes_no_note_and_holds_no_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was shown before goes: a note beside it would be written there."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        screen, read = desk_screen(app), FakeDesk.ticket
        left = screen.queue.ticket_id

        def broken(self: FakeDesk, ticket_id: int) -> TicketDetail:
            if ticket_id != left:
                raise StoreFailure(Text("อ่านไม่ได้", "cannot be read"))
            return read(self, ticket_id)

        monkeypatch.setattr(FakeDesk, "ticket", broken)
        await press(pilot, "down", "t")
        await until(pilot, lambda: "Choose a ticket in the queue first" in " ".join(toasts(app)), "told")
        assert screen.detail is None
        assert screen.focused is screen.queue


async def test_a_cursor_that_was_away_for_a_moment_is_followed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was being read for it may have come while it was away, and found nobody to show it to."""
    read_ids, read = [], FakeDesk.ticket

    def counted(self: FakeDesk, ticket_id: int) -> TicketDetail:
        read_ids.append(ticket_id)
        return read(self, ticket_id)

    async with on_the_desk(alive_desk()) as (app, pilot):
        await press(pilot, "down")
        await settled(app, pilot)
        here = desk_screen(app).queue.ticket_id
        monkeypatch.setattr(FakeDesk, "ticket", counted)
        await press(pilot, "down", "up")
        await until(pilot, lambda: here in read_ids, "read again")
        await settled(app, pilot)
