"""A program in a terminal of its own: what it writes, when, and what stands on the screen then."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 60.0
"""Seconds after which a program that says nothing is taken for dead."""
_STRETCH, _CALM = 0.3, 3
"""So many stretches of so many seconds with little to do, one after the other, are rest."""
_HERTZ = os.sysconf("SC_CLK_TCK")


class Ended(RuntimeError):
    """The program ended, or did not write what was waited for."""


class Terminal:
    """A pty with a program in it; use it in a with block, which ends the program."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], columns: int = 120, rows: int = 40
    ) -> None:
        self._command = list(command)
        self._environment = dict(environment)
        self._columns, self._rows = columns, rows
        self.written: list[tuple[float, bytes]] = []
        """What came and when, in seconds since exec."""

    def __enter__(self) -> Self:
        self._ours, theirs = pty.openpty()
        ioctl(theirs, TIOCSWINSZ, pack("HHHH", self._rows, self._columns, 0, 0))
        self._start = time.perf_counter()
        self._program = subprocess.Popen(
            self._command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=self._environment,
            start_new_session=True,
        )
        os.close(theirs)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._program.pid, signal.SIGKILL)
        self._program.wait()
        os.close(self._ours)

    def hang_up(self) -> int:
        """Takes the terminal away, which sends no signal: it controls nobody. The exit code of the program.

        Raises subprocess.TimeoutExpired where it goes on.
        """
        os.close(self._ours)
        self._ours = os.open(os.devnull, os.O_RDWR)
        return self._program.wait(PATIENCE)

    # --- typing and reading

    @property
    def now(self) -> float:
        """Seconds since exec."""
        return time.perf_counter() - self._start

    def type(self, keys: bytes) -> float:
        """Types; when."""
        at = self.now
        os.write(self._ours, keys)
        return at

    def read(self, seconds: float) -> bytes:
        """What comes next within `seconds`; empty when nothing does."""
        ready, _, _ = select.select([self._ours], [], [], max(0.0, seconds))
        if not ready:
            return b""
        try:
            found = os.read(self._ours, 1 << 20)
        except OSError as closed:
            raise Ended(f"{self._command} ended: {self.tail()}") from closed
        self.written.append((self.now, found))
        return found

    def until(self, word: bytes, since: int = 0) -> float:
        """When `word` had come, in what was written from chunk `since` on. Raises Ended."""
        seen = b"".join(chunk for _, chunk in self.written[since:])
        give_up = self.now + PATIENCE
        while word not in seen:
            if self.now > give_up:
                raise Ended(f"no {word!r} after {PATIENCE} s: {self.tail()}")
            seen += self.read(give_up - self.now)
        return self.written[-1][0]

    def until_screen(self, condition: Callable[[list[str]], bool]) -> float:
        """When the screen was as `condition` wants it. Drawing is slow here, and is not counted."""
        screen = pyte.Screen(self._columns, self._rows)
        stream = pyte.ByteStream(screen)
        place = 0
        give_up = self.now + PATIENCE
        while True:
            for at, chunk in self.written[place:]:
                stream.feed(chunk)
                place += 1
                if condition(screen.display):
                    return at
            if self.now > give_up:
                shown = "\n".join(line.rstrip() for line in screen.display)
                raise Ended(f"the screen never came to be as wanted:\n{shown}")
            self.read(give_up - self.now)

    def settle(self, quiet: float = 0.4, least: float = 0.0) -> None:
        """Reads until nothing has come for `quiet` seconds, and for `least` seconds in any case."""
        give_up = self.now + PATIENCE
        until = self.now + least
        while self.now < give_up:
            if not self.read(max(quiet, until - self.now)) and self.now >= until:
                return
        raise Ended(f"it never is quiet: {self.tail()}")

    def until_idle(self) -> None:
        """Reads until the program has next to nothing to do, even where it says nothing meanwhile."""
        give_up, calm = self.now + PATIENCE, 0
        while calm < _CALM:
            if self.now > give_up:
                raise Ended(f"it is busy without end: {self.tail()}")
            before = self.cpu_seconds
            self.count(_STRETCH)
            calm = calm + 1 if self.cpu_seconds - before < _STRETCH / 4 else 0

    def answer(self, keys: bytes, quiet: float = 0.05) -> tuple[float, int]:
        """Types, and gives the seconds until the last byte of the answer, and how many bytes there were.

        The answer is over when nothing came for `quiet` seconds.
        """
        while self.read(0):
            pass
        place = len(self.written)
        start = self.type(keys)
        if not self.read(PATIENCE):
            raise Ended(f"no answer to {keys!r}: {self.tail()}")
        while self.read(quiet):
            pass
        count = sum(len(chunk) for _, chunk in self.written[place:])
        return self.written[-1][0] - start, count

    def count(self, seconds: float) -> int:
        """How many bytes come in the next `seconds`."""
        place, end = len(self.written), self.now + seconds
        while self.now < end:
            self.read(end - self.now)
        return sum(len(chunk) for _, chunk in self.written[place:])

    def tail(self) -> str:
        """The end of what was written, for messages."""
        return b"".join(chunk for _, chunk in self.written)[-600:].decode(errors="replace")

    # --- what it uses

    @property
    def cpu_seconds(self) -> float:
        """Processor time used so far, of all its threads."""
        fields = Path(f"/proc/{self._program.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _HERTZ

    @property
    def memory(self) -> int:
        """Resident bytes."""
        pages = int(Path(f"/proc/{self._program.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
