"""A real terminal to drive: a private tmux server, typed into and read as a person would."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_ENDED = re.compile(r"^Pane is dead", re.MULTILINE)
_POLL = 0.02


class ScreenNeverShowed(AssertionError):
    """What was waited for did not appear in time; the message holds the last screen."""


class Tmux:
    """One program in one terminal of a fixed size, on a tmux server that nobody else shares.

    The program sees only `env`: nothing of the environment of whoever runs the tests, but PATH.
    `keys` counts the key presses sent, typed letters included.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (120, 36),
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.keys = 0
        # not below pytest's folders: a socket's name may have 107 bytes
        self._folder = tempfile.TemporaryDirectory(prefix="deskui-tmux-", dir="/tmp")
        self._environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
        given = {"LANG": "C.UTF-8", "COLORTERM": "truecolor", **self._environment, **(env or {})}
        self._tmux(
            *("-f", "/dev/null", "start-server", ";"),
            *("set-option", "-g", "remain-on-exit", "on", ";"),
            *("set-option", "-g", "status", "off", ";"),
            *("set-option", "-g", "default-terminal", "tmux-256color", ";"),
            *("set-option", "-g", "escape-time", "0", ";"),
            *("set-option", "-g", "history-limit", "5000", ";"),
            *("new-session", "-d", "-s", "desk", "-x", str(size[0]), "-y", str(size[1])),
            *(() if cwd is None else ("-c", str(cwd))),
            *("env", "-i", "TERM=tmux-256color", *(f"{name}={value}" for name, value in given.items())),
            *command,
        )
        # the server has no terminal to hang up from, so its own id is what ends it for certain
        self._server = int(self._tmux("display-message", "-p", "#{pid}"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-u", "-S", str(Path(self._folder.name) / "socket"), *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", env=self._environment, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"tmux {arguments[0]} failed: {done.stderr.strip()}")
        return done.stdout

    def send(self, *keys: str) -> None:
        """Presses keys by tmux's names: `send("Down", "Enter", "F5", "C-p", "n")`."""
        self.keys += len(keys)
        self._tmux("send-keys", "-t", "desk", "--", *keys)

    def type(self, text: str) -> None:
        """Types text as it is, Thai too; each code point is one key press, as on a Thai keyboard."""
        self.keys += len(text)
        # tmux takes a ";" at the end of an argument for its own
        literal = text[:-1] + r"\;" if text.endswith(";") else text
        self._tmux("send-keys", "-t", "desk", "-l", "--", literal)

    def paste(self, text: str) -> None:
        """Pastes text in one go, bracketed when the program asked for that; counts no keys."""
        self._tmux("set-buffer", "--", text)
        self._tmux("paste-buffer", "-p", "-t", "desk")

    def screen(self, *, ansi: bool = False) -> str:
        """The visible screen, one line per row without trailing spaces; with `ansi` also the colours."""
        return self._tmux("capture-pane", "-p", "-t", "desk", *(("-e",) if ansi else ()))

    def cursor(self) -> tuple[int, int]:
        """Column and row of the cursor, from 0."""
        column, row = self._tmux("display-message", "-p", "-t", "desk", "#{cursor_x} #{cursor_y}").split()
        return int(column), int(row)

    def resize(self, columns: int, rows: int) -> None:
        """Gives the terminal another size."""
        self._tmux("resize-window", "-t", "desk", "-x", str(columns), "-y", str(rows))

    def wait_for(self, wanted: str | re.Pattern[str], timeout: float = 10.0) -> str:
        """Waits until the screen shows a text or a pattern; gives that screen.

        Raises ScreenNeverShowed after `timeout` seconds, or at once when the program has ended without it.
        """
        pattern = re.compile(re.escape(wanted)) if isinstance(wanted, str) else wanted
        return self._until(lambda shown: bool(pattern.search(shown)), f"{pattern.pattern!r}", timeout)

    def wait_until_gone(self, unwanted: str | re.Pattern[str], timeout: float = 10.0) -> str:
        """Waits until the screen no longer shows a text or a pattern; raises as wait_for does."""
        pattern = re.compile(re.escape(unwanted)) if isinstance(unwanted, str) else unwanted
        return self._until(lambda shown: not pattern.search(shown), f"no {pattern.pattern!r}", timeout)

    def wait_for_exit(self, timeout: float = 10.0) -> int:
        """Waits until the program ends; gives its exit code, 128 + n when signal n ended it."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            dead, status, by_signal = self._tmux(
                "display-message", "-p", "-t", "desk", "#{pane_dead},#{pane_dead_status},#{pane_dead_signal}"
            ).split(",")
            if dead == "1" and (status or by_signal.strip()):
                return int(status) if status else 128 + int(by_signal)
            if dead == "1":
                # tmux 3.3 can miss the end of a child; the end of another makes it look
                self._tmux("run-shell", "true")
            time.sleep(_POLL)
        raise ScreenNeverShowed(f"the program still runs after {timeout} s:\n{self.screen()}")

    def pid(self) -> int:
        """The process id of the program in the terminal."""
        return int(self._tmux("display-message", "-p", "-t", "desk", "#{pane_pid}"))

    def drop_link(self) -> int:
        """Takes the terminal away as a lost link does: the program gets SIGHUP. Gives its process id."""
        program = self.pid()
        self._end_server()
        return program

    def close(self) -> None:
        """Ends the program and the terminal; may be called twice."""
        if not self._server:
            return
        dead, program = self._tmux("display-message", "-p", "-t", "desk", "#{pane_dead} #{pane_pid}").split()
        self._end_server()
        if dead == "0":
            # it may have outlived the hang-up; it leads its own process group
            with suppress(ProcessLookupError):
                os.killpg(int(program), signal.SIGKILL)

    def _end_server(self) -> None:
        server, self._server = self._server, 0
        try:
            os.kill(server, signal.SIGKILL)
        finally:
            self._folder.cleanup()

    def _until(self, shows: Callable[[str], bool], what: str, timeout: float) -> str:
        deadline = time.monotonic() + timeout
        while True:
            shown = self.screen()
            if shows(shown):
                return shown
            if _ENDED.search(shown):
                raise ScreenNeverShowed(f"the program ended before the screen showed {what}:\n{shown}")
            if time.monotonic() > deadline:
                raise ScreenNeverShowed(f"after {timeout} s the screen does not show {what}:\n{shown}")
            time.sleep(_POLL)
