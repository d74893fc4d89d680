"""Bell, plain mode and copying."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from rich.segment import Segment
from textual.color import Color

from deskui.clock import FixedClock
from deskui.desk.entries import Entries
from deskui.desk.model import Call, ClockState, QueueSnapshot, TicketRow
from deskui.policy.decision import Decision
from deskui.tui.app import DeskApp
from deskui.tui.bell import Reminders
from deskui.tui.clipboard import into_tmux
from deskui.tui.comfort import Comfort
from deskui.tui.filters import PlainSigns, plain_signs
from deskui.tui.left import carried_on
from deskui.tui.messages import MESSAGES, Say
from deskui.tui.modals.copy import CopyScreen
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from deskui.tui.widgets.queue_list import QueueList
from tests.tui.driving import (
    SMALL,
    WIDE,
    call_screen,
    desk_screen,
    on_the_desk,
    press,
    screen_lines,
    screen_text,
    settled,
    toasts,
    until,
)
from tests.tui.fake_desk import MONDAY, FakeDesk
from tests.tui.fake_world import alive_desk


@pytest.fixture(autouse=True)
def _words_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said in passing stays until the test has looked, however slow the machine."""
    monkeypatch.setattr(DeskApp, "NOTIFICATION_TIMEOUT", 600)


# --- the bell


class Bell:
    """Counts how often the terminal's bell rang."""

    def __init__(self, app: DeskApp, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rung = 0
        monkeypatch.setattr(app, "bell", self._ring)

    def _ring(self) -> None:
        self.rung += 1


def test_the_bell_rings_once_for_an_event(monkeypatch: pytest.MonkeyPatch) -> None:
    app = DeskApp(alive_desk)
    bell = Bell(app, monkeypatch)
    for _ in range(3):
        app.ring_bell("promise", 7)
    assert bell.rung == 1
    app.ring_bell("promise", 8)
    app.ring_bell("callback", 7)
    assert bell.rung == 3
    app.ring_bell("ring")
    app.ring_bell("ring")
    assert bell.rung == 5


def test_the_bell_rings_for_what_the_agent_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    app = DeskApp(alive_desk, comfort=Comfort(bell=frozenset({"ring"})))
    bell = Bell(app, monkeypatch)
    app.ring_bell("promise", 1)
    app.ring_bell("question", 1)
    assert bell.rung == 0
    app.ring_bell("ring", 1)
    assert bell.rung == 1


class Watched:
    """A desk with one ticket, whose clock the test sets."""

    def __init__(self, *, assignee: str | None = "nok", **changed: object) -> None:
        desk = alive_desk()
        entry = next(entry for entry in desk.queue("mine").entries)
        (row,) = desk.rows([entry.ticket_id])
        assert row.clock is not None
        # eight hours, of which none is used up at 10:42
        fresh: dict[str, object] = {
            "state": ClockState.RUNNING, "work": timedelta(hours=8), "spent": timedelta(0), "promised": True,
            "left": timedelta(hours=8), "due_at": MONDAY + timedelta(hours=8), "met_at": None,
            "breached_at": None, "next_change": None, "open_now": True,
        }  # fmt: skip
        clock = replace(row.clock, **{**fresh, **changed})  # type: ignore[arg-type]
        self.row = replace(row, assignee=assignee, clock=clock)
        self.entry = entry
        self.agent = desk.agent
        self.at = MONDAY
        self.asked = 0

    def now(self) -> datetime:
        return self.at

    def queue(self, view: str) -> QueueSnapshot:
        self.asked += 1
        return QueueSnapshot(self.at, view, Entries.of([self.entry]), {}, 0)

    def rows(self, ticket_ids: Sequence[int]) -> list[TicketRow]:
        # read anew, a clock stands where it is by now
        clock = self.row.clock
        assert clock is not None
        return [replace(self.row, clock=carried_on(clock, MONDAY, self.at))]

    def rung(self, reminders: Reminders, *, hours: int = 10) -> list[tuple[int, tuple[str, int]]]:
        """What is rung for from now on, each with the minute it is rung at; a look every minute."""
        found = []
        for minute in range(hours * 60):
            self.at = MONDAY + timedelta(minutes=minute)
            found += [(minute, event) for event in reminders.look(self, 0)]  # type: ignore[arg-type]
        return found


def test_three_quarters_of_a_promise_ring_once() -> None:
    desk = Watched()
    assert desk.row.clock is not None
    assert desk.rung(Reminders()) == [(6 * 60, ("promise", desk.row.clock.clock_id))]


def test_a_due_callback_rings_once_mine_or_nobodys() -> None:
    desk = Watched(assignee=None, kind="callback")
    assert desk.rung(Reminders()) == [(8 * 60, ("callback", desk.row.ticket_id))]


def test_what_was_so_before_the_desk_was_opened_rings_nothing() -> None:
    assert Watched(spent=timedelta(hours=7), left=timedelta(hours=1)).rung(Reminders()) == []


@pytest.mark.parametrize(
    "changed",
    [{"promised": False}, {"assignee": "art"}, {"state": ClockState.PAUSED}, {"met_at": MONDAY}],
    ids=["our goal", "theirs", "paused", "met"],
)
def test_what_nobody_waits_for_rings_nothing(changed: dict[str, object]) -> None:
    assert Watched(**changed).rung(Reminders()) == []  # type: ignore[arg-type]


def test_looking_costs_nothing_while_nothing_changes() -> None:
    desk, reminders = Watched(), Reminders()
    for second in range(50):
        desk.at = MONDAY + timedelta(seconds=second)
        reminders.look(desk, 0)  # type: ignore[arg-type]
    assert desk.asked == 2
    reminders.look(desk, 1)  # type: ignore[arg-type]
    assert desk.asked == 4


async def test_the_watch_rings_the_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reminders, "look", lambda *_: [("callback", 3)])
    async with on_the_desk(alive_desk()) as (app, pilot):
        bell = Bell(app, monkeypatch)
        app._rung.clear()
        await until(pilot, lambda: bell.rung == 1, "rang")
        app.ring_bell("callback", 3)
        assert bell.rung == 1


# --- plain mode


def test_signs_become_punctuation_of_the_same_width() -> None:
    assert plain_signs("│ ▲ late · “x” — 81 % ████░░ ✓") == '    late , "x" - 81 %         '
    assert plain_signs("ที่นั่ง ๑๒ (3)") == "ที่นั่ง ๑๒ (3)"
    line = PlainSigns().apply([Segment("╭─ Queue ──╮")], Color(0, 0, 0))
    assert line == [Segment("   Queue    ")]


@pytest.mark.parametrize("language", ["th", "en"])
async def test_nothing_is_drawn_and_states_are_words(language: str) -> None:
    """Letters, figures and punctuation only, on every screen; each state of the queue is a word."""
    async with on_the_desk(alive_desk(), size=SMALL, language=language, comfort=Comfort(plain=True)) as (
        app,
        pilot,
    ):
        say = app.say
        text = screen_text(app)
        assert say("left.breached") in text
        assert say("left.outside") in text or say("left.paused") in text
        for keys, state in (
            (("w",), lambda: desk_screen(app).sla.explained),
            (("escape", "e"), lambda: desk_screen(app).cover.detailed),
            (("escape", "f1"), lambda: say("help.title") in screen_text(app)),
            (("escape", "n", "02-412"), lambda: isinstance(app.screen, CallScreen)),
            (("enter", "remo", "enter"), lambda: app.focused is call_screen(app).notes.title_field),
        ):
            await press(pilot, *keys)
            await until(pilot, state, str(keys))
            drawn = {sign for line in screen_lines(app) for sign in line if plain_signs(sign) != sign}
            assert drawn == set()


async def test_a_screen_reader_finds_the_cursor_on_its_row() -> None:
    async with on_the_desk(alive_desk(), size=SMALL, comfort=Comfort(plain=True)) as (app, pilot):
        queue = desk_screen(app).query_one(QueueList)
        first = app.cursor_position
        assert str(queue.row and queue.row.number) in screen_lines(app)[first.y]
        await press(pilot, "j")
        await until(pilot, lambda: queue.cursor == 1, "moved")
        assert app.cursor_position - first == (0, 1)
        assert str(queue.row and queue.row.number) in screen_lines(app)[app.cursor_position.y]


async def test_panes_stand_one_below_the_other_however_wide() -> None:
    async with on_the_desk(alive_desk(), size=WIDE, comfort=Comfort(plain=True)) as (app, pilot):
        await settled(app, pilot)
        assert app.screen.has_class("-narrow-width")
        assert "Ctrl+P" in [command.key for command in app.keys.commands("app")]


# --- copying


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went to the clipboard."""
    texts: list[str] = []
    monkeypatch.setattr(DeskApp, "copy_to_clipboard", lambda _, text: texts.append(text))
    return texts


async def test_number_and_words_of_a_ticket(copied: list[str]) -> None:
    """C opens what may be copied, a letter copies it; ฉ and the letter's twin do with the Thai layout on."""
    async with on_the_desk(alive_desk()) as (app, pilot):
        row = desk_screen(app).queue.row
        assert row is not None
        await press(pilot, "C", "n")
        await until(pilot, lambda: copied, "copied")
        assert copied == [str(row.number)]
        await until(pilot, lambda: "Copied: Ticket number" in toasts(app), "told")
        await press(pilot, "ฉ")
        await until(pilot, lambda: isinstance(app.screen, CopyScreen), "again")
        await press(pilot, "ะ")
        await until(pilot, lambda: len(copied) == 2, "copied")
        assert copied[1].startswith(f"#{row.number} · {row.customer}")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "back")


async def test_words_to_say_and_quotation_of_a_call(copied: list[str]) -> None:
    async with on_the_desk(alive_desk(), language="th") as (app, pilot):
        await press(pilot, "n", "02-412", "enter", "remo", "enter")
        await until(pilot, lambda: app.focused is call_screen(app).notes.title_field, "verdict")
        said = call_screen(app).verdict.words_to_say
        assert said is not None
        await press(pilot, "ctrl+e", "s")
        await until(pilot, lambda: copied, "copied")
        assert copied == [said.th]
        assert "ค่ะ" in said.th
        await until(pilot, lambda: isinstance(app.screen, CallScreen), "back in the call")
        await press(pilot, "f12", "q")
        await until(pilot, lambda: len(copied) == 2, "copied")
        assert "AR-27" in copied[1]
        assert "[" not in copied[1]


async def test_words_are_copied_once_they_are_of_the_service_looked_at(
    copied: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copied at once after a move they were those of the service before."""
    gate, judge = Event(), FakeDesk.preview

    def slowly(self: FakeDesk, call: Call) -> Decision:
        assert gate.wait(30)
        return judge(self, call)

    async with on_the_desk(alive_desk()) as (app, pilot):
        await press(pilot, "n", "02-412", "enter")
        await until(pilot, lambda: call_screen(app).verdict.words_to_say, "verdict")
        first = call_screen(app).what.highlighted
        monkeypatch.setattr(FakeDesk, "preview", slowly)
        call_screen(app).ahead.forget()
        await press(pilot, "down", "ctrl+e", "s")
        await until(pilot, lambda: call_screen(app).what.highlighted != first, "moved")
        assert copied == []
        gate.set()
        await until(pilot, lambda: copied, "copied")
        said = call_screen(app).verdict.words_to_say
        assert said is not None
        assert copied == [said.en]


async def test_what_is_to_be_selected_has_no_border_beside_it() -> None:
    """Each text starts in the first column, and a line of it ends with it."""
    async with on_the_desk(alive_desk(), size=SMALL) as (app, pilot):
        row = desk_screen(app).queue.row
        assert row is not None
        await press(pilot, "C")
        await until(pilot, lambda: isinstance(app.screen, CopyScreen), "open")
        await until(pilot, lambda: "Ticket number" in screen_text(app), "drawn")
        lines = [line.rstrip() for line in screen_lines(app)]
        assert str(row.number) in lines
        assert not any(sign in line for line in lines for sign in "│─╭▏▁")


async def test_there_may_be_nothing_to_copy(copied: list[str]) -> None:
    async with on_the_desk(FakeDesk(FixedClock(MONDAY), language="en")) as (app, pilot):
        await press(pilot, "C")
        await until(pilot, lambda: "There is nothing to copy yet." in toasts(app), "told")
        assert copied == []


def test_the_terminal_is_asked_and_tmux_as_well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    took = tmp_path / "took"
    keep = [sys.executable, "-c", f"import sys; open({str(took)!r}, 'wb').write(sys.stdin.buffer.read())"]
    assert into_tmux("คัดลอก", keep)
    assert took.read_text("utf-8") == "คัดลอก"
    assert not into_tmux("x", [sys.executable, "-c", "raise SystemExit(1)"])
    assert not into_tmux("x", ["no-such-program-anywhere"])


async def test_inside_tmux_it_goes_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setenv("TMUX", "/tmp/tmux/default,1,0")
    monkeypatch.setattr("deskui.tui.clipboard.into_tmux", loaded.append)
    async with on_the_desk(alive_desk()) as (app, pilot):
        app.copy_to_clipboard("1042")
        assert app.clipboard == "1042"
        await until(pilot, lambda: loaded == ["1042"], "tmux")


# --- words


@pytest.mark.parametrize(("n", "expected"), [(1, "1 thing in"), (2, "2 things in"), (11, "11 things in")])
def test_one_of_a_thing_reads_as_one(n: int, expected: str) -> None:
    assert expected in Say("en")("config.problems", n=n, first="x")


def test_no_message_names_a_key_that_can_be_moved() -> None:
    """Keys are named by their command, `{k[ticket.close]}`, so that a moved key is told right."""
    named = [
        key for key, texts in MESSAGES.items() if any(" ^" in f" {text}" or "[w]" in text for text in texts)
    ]
    assert named == []


MANY = re.compile(r"(?<![\w#:./])1 (days|tickets|questions|callbacks|calls|uses|hours|units|things)\b")


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_no_message_counts_one_thing_as_many(key: str) -> None:
    """With 1 in every place no plural stands behind it."""
    english = MESSAGES[key][1]
    places = {place.partition(":")[0] for place in re.findall(r"\{([^}\[]+)\}", english)}
    said = Say("en")(key, **dict.fromkeys(places, 1))
    assert not MANY.search(said)
