"""The first call, end to end in a real terminal: EMWORK, AristoSoft, the same AristoSoft call on a Saturday.

The number is pasted, as a telephone delivers it; keys are what the agent presses, apart from typed text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

import pytest

from tests.system.desks import wait_for_draft
from tests.system.tmux import Tmux

Terminal = Callable[..., Tmux]

SIZES = pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])
START = 40.0
"""Seconds that a loaded machine may take to make the demo store."""
LOGGED = re.compile(r"(?:#(\d+) logged|บันทึก #(\d+) แล้ว)")
"""The toast of a new ticket."""
MOST_KEYS = 10
"""Keys to a logged ticket beside typed text and one for each question."""


class Call:
    """One agent's keys, counted apart from typed text."""

    def __init__(self, desk: Tmux) -> None:
        self.desk = desk
        self.pressed = 0

    def press(self, key: str, shows: str | re.Pattern[str]) -> str:
        """Presses one key and waits for what it brings; that screen."""
        self.desk.send(key)
        self.pressed += 1
        return self.desk.wait_for(shows)

    def text(self, words: str, shows: str | re.Pattern[str]) -> None:
        """Types free text and waits for what it brings."""
        self.desk.type(words)
        self.desk.wait_for(shows)


def demo(terminal: Terminal, size: tuple[int, int], at: str, language: str) -> Call:
    """The demo desk at an instant of Bangkok, seen from a session in another zone."""
    desk = terminal(
        [sys.executable, "-m", "deskui", "demo", "--at", at, "--lang", language],
        size=size,
        env={"HOME": "/nonexistent", "TZ": "America/New_York"},
    )
    desk.wait_for("Navy Cli", START)
    return Call(desk)


def take(call: Call, key: str, number: str, who: str) -> None:
    """Opens the Call screen and takes the caller of a delivered number."""
    call.press(key, "^n")
    call.desk.paste(number)
    call.desk.wait_for(re.compile(rf"▸ .*{number[-4:]}"))
    call.press("Enter", who)


def number_in(screen: str) -> str:
    """The number of the ticket that was just logged."""
    shown = LOGGED.search(screen)
    assert shown is not None, screen
    return str(shown.group(shown.lastindex or 0))


@SIZES
def test_an_emwork_call_is_logged_and_watched_until_it_is_met(
    terminal: Terminal, size: tuple[int, int]
) -> None:
    call = demo(terminal, size, "2026-11-23T10:42", "en")
    take(call, "n", "025550112", "EM-1002")
    call.desk.wait_for("Report a fault for repair")
    assert call.pressed <= 3
    call.press("Enter", "d/y system down")
    questions = call.pressed
    call.press("d", "(1 more)")
    call.press("y", "tried to?")
    call.press("n", "resolution by Thu 10:42")
    questions = call.pressed - questions
    call.desk.wait_for("EM-12")
    call.desk.wait_for("it will be")
    call.text("queue of patients stands still", "stands still")
    call.desk.send("Enter")
    # another fault of this customer is open
    call.press("Enter", "is open for this")
    number = number_in(call.press("Enter", LOGGED))
    assert call.pressed + 1 - questions <= MOST_KEYS
    # the countdown stands in the queue, on the new ticket
    row = re.compile(rf"2d7h ▸ Thu 10:42 +{number} Navy")
    call.desk.wait_for(row)
    call.press("c", f"#{number} is yours")
    call.press("m", re.compile(f"#{number}.*met", re.DOTALL))
    call.press("r", f"#{number} solved by")
    call.press("Enter", f"#{number} resolved")
    # it stays under the cursor, so that what may be done next is done to it, and goes when that moves on
    call.desk.send("Up")
    call.desk.wait_until_gone(re.compile(rf"^.{{0,30}} {number} Navy", re.MULTILINE))


@SIZES
def test_an_aristosoft_call_uses_the_quota_in_thai_with_the_thai_layout_on(
    terminal: Terminal, size: tuple[int, int]
) -> None:
    call = demo(terminal, size, "2026-11-23T10:42", "th")
    # the key of n types this mark
    take(call, "ื", "0812345670", "AR-0001")
    call.text("ลงโปร", "AR-27")
    assert call.pressed <= 3
    call.desk.wait_for(re.compile(r"4 จาก 5"))
    call.press("Enter", "Enter")
    call.desk.send("Enter")
    # the same is open for this customer already
    call.press("Enter", "เปิดเรื่องนี้อยู่แล้ว")
    number = number_in(call.press("Enter", LOGGED))
    assert call.pressed + 1 <= MOST_KEYS
    call.desk.wait_for(re.compile(rf"▸.*{number}"))
    # what was used is gone from what is left: the next one is the fifth
    take(call, "ื", "0812345670", "AR-0001")
    call.text("ลงโปร", re.compile(r"5 จาก 5"))


@SIZES
def test_on_a_saturday_the_same_call_is_put_off_with_its_reason(
    terminal: Terminal, size: tuple[int, int]
) -> None:
    call = demo(terminal, size, "2026-11-28T10:42", "en")
    take(call, "n", "0812345670", "AR-0001")
    call.text("move", "LATER")
    call.desk.wait_for("AR-53")
    call.desk.wait_for(re.compile(r"THEN QUOTA · no\. 4 of 5"))
    call.desk.wait_for("MAY BE GRANTED BY")
    call.desk.wait_for(re.compile(r"not before Mon 30 Nov 2026"))


def test_a_dropped_link_loses_no_typed_word(
    terminal: Terminal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The draft is in the store within a second; the next session has it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('kept') / 'desk.sqlite'}"
    command = [
        sys.executable,
        "-m",
        "deskui",
        "demo",
        "--db",
        url,
        "--at",
        "2026-11-23T10:42",
        "--lang",
        "en",
    ]
    call = Call(terminal(command, env={"HOME": "/nonexistent"}))
    call.desk.wait_for("Navy Cli", START)
    take(call, "n", "0812345670", "AR-0001")
    call.text("remote inst", "AR-27")
    call.press("Enter", "Enter")
    call.text("till two, the drawer", "till two, the drawer")
    wait_for_draft(url, "till two, the drawer")
    call.desk.drop_link()
    again = terminal(
        [sys.executable, "-m", "deskui", "--db", url, "--agent", "nok", "--lang", "en"],
        env={"HOME": "/nonexistent"},
    )
    again.wait_for("Navy Cli", START)
    again.send("n")
    again.wait_for("till two, the drawer")


def test_an_unforeseen_error_is_one_line_and_no_traceback(
    terminal: Terminal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    broken = """
import sys
from deskui.tui.app import DeskApp
def toast(self, text, *, severe=False):
    raise ZeroDivisionError("inside a handler")
DeskApp.toast = toast
sys.argv = ["deskui", "demo", "--at", "2026-11-23T10:42", "--lang", "en"]
from deskui.__main__ import main
main()
"""
    home = tmp_path_factory.mktemp("home")
    desk = terminal([sys.executable, "-c", broken], env={"HOME": str(home)})
    desk.wait_for("Navy Cli", START)
    desk.send("c")
    assert desk.wait_for_exit() == 70
    shown = desk.screen()
    # the terminal's own last line pushes the start of the message off the screen
    assert "deskui.log" in shown
    assert "Traceback" not in shown
    logs = list(home.rglob("deskui.log"))
    assert len(logs) == 1
    assert "Traceback" in logs[0].read_text(encoding="utf-8")
