"""Desks of one store in real terminals, worked with either keyboard layout."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

from deskui.desk.layout import to_thai
from tests.system.tmux import Tmux

Terminal = Callable[..., Tmux]
START = 40.0
"""Seconds that a loaded machine may take to open a desk."""
HOME: Mapping[str, str] = {"HOME": "/nonexistent", "TZ": "America/New_York"}


class Desk:
    """One agent's desk; letters are those of the English layout, sent as the layout that is on has them."""

    def __init__(self, terminal: Tmux, layout: str) -> None:
        self.terminal = terminal
        self._thai = layout == "kedmanee"

    def letters(self, text: str) -> None:
        """Types what these keys give, each a key press."""
        self.terminal.type(to_thai(text) if self._thai else text)

    def press(self, *keys: str, shows: str | re.Pattern[str]) -> str:
        """Presses keys, a letter or one of tmux's names, and waits for what they bring; that screen."""
        for key in keys:
            if len(key) == 1:
                self.letters(key)
            else:
                self.terminal.send(key)
        return self.terminal.wait_for(shows)

    def write(self, words: str) -> str:
        """Types free text, the layout changed for it, and waits until it stands there."""
        self.terminal.type(words)
        return self.terminal.wait_for(words)

    def go_to(self, number: int) -> None:
        """The cursor goes to a ticket, by its number."""
        self.press("f", shows="number, name, code")
        self.letters(str(number))
        self.terminal.wait_for(f"go to ticket #{number}")
        self.press("Enter", shows=f"─ #{number} ")

    def call(self, number: str, customer: str) -> None:
        """A call from a number that the telephone delivers; the code of the caller it is."""
        self.press("n", shows="WHO")
        self.terminal.paste(number)
        self.terminal.wait_for(re.compile(rf"[▸>] .*{number[-4:]}"))
        self.press("Enter", shows=customer)


def open_desk(
    terminal: Terminal,
    url: str,
    agent: str = "nok",
    *,
    layout: str = "english",
    size: tuple[int, int] = (120, 36),
    more: tuple[str, ...] = (),
    env: Mapping[str, str] | None = None,
) -> Desk:
    """An agent's desk of the demo store, in English words."""
    command = [sys.executable, "-m", "deskui", "--db", url, "--agent", agent, "--lang", "en", *more]
    made = terminal(command, size=size, env={**HOME, **(env or {})})
    made.wait_for("Navy Cli", START)
    return Desk(made, layout)


def ring(url: str, number: str) -> None:
    """The telephone rings, as a softphone's hook tells it."""
    command = [sys.executable, "-m", "deskui", "ring", number, "--db", url]
    subprocess.run(command, check=True, capture_output=True)


def numbers(url: str) -> dict[str, int]:
    """The number of each ticket, by its title."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as store:
        return dict(store.execute("SELECT title, number FROM ticket"))


def wait_for_draft(url: str, words: str) -> None:
    """Waits until the store holds a draft with these words."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with sqlite3.connect(url.removeprefix("sqlite:///")) as store:
            if any(words in str(row) for row in store.execute("SELECT * FROM draft")):
                return
    raise AssertionError("the draft never reached the store")
