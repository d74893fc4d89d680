"""What is typed on the Desk while the store is slow, refuses, or is away for a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Event

import pytest

from deskui.desk.desk import Desk
from deskui.desk.errors import StoreFailure
from deskui.desk.look import Look
from deskui.desk.model import TicketDetail
from deskui.desk.workmodel import LastStep, Sight
from deskui.policy.decision import Text
from tests.tui.driving import call_screen, desk_screen, on_the_desk, press, settled, until
from tests.tui.fake_desk import FakeDesk
from tests.tui.fake_world import alive_desk
from tests.tui.real_desk import real_app, real_desk

AWAY = StoreFailure(Text("อ่านไม่ได้", "cannot be read"))


class Gate:
    """Lets jobs of the desk through, or holds them."""

    def __init__(self) -> None:
        self._open = Event()
        self.asked = Event()
        """Set once somebody waits at the gate."""
        self._open.set()

    def shut(self) -> None:
        self.asked.clear()
        self._open.clear()

    def open(self) -> None:
        self._open.set()

    def through(self) -> None:
        """For a thread."""
        self.asked.set()
        assert self._open.wait(30)


@pytest.fixture
def gate() -> Gate:
    return Gate()


async def test_a_key_typed_at_once_after_logging_is_about_the_ticket_that_was_logged(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It claimed the ticket that the cursor had been on before the call."""
    look = Desk.look

    def slowly(self: Desk, wanted: Look) -> Sight:
        gate.through()
        return look(self, wanted)

    monkeypatch.setattr(Desk, "look", slowly)
    async with real_desk() as desk:
        before = desk.log("BP-0042", "advice", "one from before")
        async with real_app(desk) as (app, pilot):
            screen = desk_screen(app)
            await until(pilot, lambda: screen.queue.ticket_id == before.row.ticket_id, "listed")
            await press(pilot, "n", "AR-0107", "enter")
            await until(pilot, lambda: call_screen(app).what.services, "services")
            await press(pilot, "phone", "enter")
            title = call_screen(app).notes.title_field
            await until(pilot, lambda: app.focused is title, "nothing is asked")
            gate.shut()
            await press(pilot, "enter", "enter", "c")
            await until(pilot, lambda: app.screen is screen and gate.asked.is_set(), "logged")
            gate.open()
            await until(pilot, lambda: len(screen.queue.ticket_ids) == 2 and screen.queue.row, "listed")
            (logged,) = [one for one in screen.queue.ticket_ids if one != before.row.ticket_id]
            nok = desk.of("nok")
            await until(pilot, lambda: nok.ticket(logged).row.assignee == "nok", "claimed")
            assert nok.ticket(before.row.ticket_id).row.assignee is None


async def test_a_ticket_that_is_gone_to_but_cannot_be_listed_pulls_the_cursor_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Any later list moved the cursor there, away from what the agent was at."""
    look = Desk.look
    async with real_desk() as desk:
        one, other = desk.log("BP-0042", "advice", "one"), desk.log("AR-0107", "phone-qa", "other")
        desk.of("nok").resolve(other.row.ticket_id, other.row.version)
        closed = desk.of("nok").ticket(other.row.ticket_id)
        desk.of("nok").close(other.row.ticket_id, closed.row.version)
        async with real_app(desk) as (app, pilot):
            screen = desk_screen(app)
            await until(pilot, lambda: screen.queue.ticket_id == one.row.ticket_id, "listed")

            def broken(self: Desk, wanted: Look) -> Sight:
                raise AWAY

            monkeypatch.setattr(Desk, "look", broken)
            screen.go_to(other.row.ticket_id)
            assert screen.waits("c")
            await until(pilot, lambda: not screen.waits("c"), "no key waits for ever")
            monkeypatch.setattr(Desk, "look", look)
            screen.keep(None)
            late = desk.log("BP-0042", "advice", "late")
            await until(pilot, lambda: late.row.ticket_id in screen.queue.ticket_ids, "listed again")
            assert screen.queue.ticket_id == one.row.ticket_id


async def test_a_note_is_of_the_ticket_it_was_begun_on_though_that_leaves_the_view() -> None:
    """Somebody else closed it meanwhile: the next letters, and Enter, were about the ticket below."""
    async with real_desk() as desk:
        tickets = [desk.log("BP-0042", "advice", name) for name in ("first", "second")]
        async with real_app(desk) as (app, pilot):
            screen = desk_screen(app)
            await until(pilot, lambda: screen.queue.ticket_id, "listed")
            await settled(app, pilot)
            mine = screen.queue.ticket_id
            assert mine is not None
            (other,) = [one.row.ticket_id for one in tickets if one.row.ticket_id != mine]
            await press(pilot, "t", "begun ")
            await until(pilot, lambda: screen.pane.note.value == "begun ", "typed")
            art, row = desk.of("art"), desk.of("art").ticket(mine).row
            done = art.close(mine, art.resolve(mine, row.version).version)
            await until(pilot, lambda: (now := screen.queue.row) and now.version == done.version, "seen")
            await settled(app, pilot)
            await press(pilot, "here", "enter")
            await until(pilot, lambda: art.ticket(mine).entries[-1].text.en == "begun here", "written")
            assert all("here" not in entry.text.en for entry in art.ticket(other).entries)


async def test_a_note_the_store_refused_stands_on_its_line_again(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        screen, note = desk_screen(app), FakeDesk.note

        def broken(self: FakeDesk, ticket_id: int, text: str) -> TicketDetail:
            raise AWAY

        monkeypatch.setattr(FakeDesk, "note", broken)
        await press(pilot, "t", "long words", "enter")
        await until(pilot, lambda: screen.pane.note.value == "long words", "back again")
        monkeypatch.setattr(FakeDesk, "note", note)
        assert screen.queue.ticket_id is not None
        ticket = desk.tickets[screen.queue.ticket_id]
        await press(pilot, "t", "enter")
        await until(pilot, lambda: ticket.entries[-1].text.en == "long words", "written")


async def test_a_half_written_note_waits_while_the_cursor_is_elsewhere() -> None:
    """A ring taken while it was written led to another ticket, and it was gone."""
    async with on_the_desk(alive_desk()) as (app, pilot):
        screen = desk_screen(app)
        first, second = screen.queue.ticket_ids[:2]
        screen.go_to(first)
        await settled(app, pilot)
        await press(pilot, "t", "half")
        await until(pilot, lambda: screen.pane.note.value == "half", "typed")
        screen.go_to(second)
        await until(pilot, lambda: screen.pane.note.value == "", "of the other")
        screen.go_to(first)
        await until(pilot, lambda: screen.pane.note.value == "half", "there again")


async def test_a_question_that_was_left_with_esc_takes_no_later_key(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It came up when the store answered, and the next `u` took a step back that nobody meant."""
    last = Desk.last_step

    def slowly(self: Desk, ticket_id: int) -> LastStep | None:
        gate.through()
        return last(self, ticket_id)

    monkeypatch.setattr(Desk, "last_step", slowly)
    async with real_desk() as desk:
        desk.log("BP-0042", "advice", "one")
        async with real_app(desk) as (app, pilot):
            screen = desk_screen(app)
            await until(pilot, lambda: screen.queue.ticket_id, "listed")
            gate.shut()
            await press(pilot, "u")
            await until(pilot, gate.asked.is_set, "asked")
            await press(pilot, "escape")
            await until(pilot, lambda: not screen.waits("p"), "left")
            gate.open()
            await settled(app, pilot)
            assert not screen.pane.prompt.display
            assert screen.focused is screen.queue


async def test_the_watch_goes_on_after_any_failure_and_reads_what_was_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It ended for good, without a word, when the store was away at who looks at what."""
    desk = alive_desk()
    looked, lookers = FakeDesk.look, FakeDesk.lookers
    async with on_the_desk(desk) as (app, pilot):
        screen = desk_screen(app)
        before = len(screen.queue.ticket_ids)

        def broken(self: FakeDesk) -> Mapping[int, Sequence[str]]:
            raise AWAY

        def unread(self: FakeDesk, wanted: Look) -> Sight:
            raise AWAY

        monkeypatch.setattr(FakeDesk, "look", unread)
        monkeypatch.setattr(FakeDesk, "lookers", broken)
        await until(pilot, lambda: not app.reached, "said in the top line")
        gone = next(ticket for ticket in desk.tickets.values() if ticket.ticket_id in screen.queue.ticket_ids)
        row = desk.rows([gone.ticket_id])[0]
        desk.close(gone.ticket_id, desk.resolve(gone.ticket_id, row.version).version)
        monkeypatch.setattr(FakeDesk, "lookers", lookers)
        monkeypatch.setattr(FakeDesk, "look", looked)
        await until(pilot, lambda: app.reached, "there again")
        await until(pilot, lambda: len(screen.queue.ticket_ids) == before - 1, "read again")
