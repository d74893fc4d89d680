"""From exec to the first frame of the Desk, as a ratio to a bare Textual app with one Static, in one run.

    python -m tests.bench.first_frame

Both run in a pty of 120 × 40; runs are interleaved and medians compared, with the least and most beside them.
The first frame of either is the first output that holds a word of its own. The ceiling is 1.25.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
from tempfile import TemporaryDirectory
from time import perf_counter

ROUNDS = 11
CEILING = 1.25
PATIENCE = 20.0

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("Queue")
Bare().run()
"""


def first_frame(command: list[str], environment: dict[str, str], word: bytes) -> float:
    """Seconds from exec until the terminal got `word`."""
    start = perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execvpe(command[0], command, environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen = b""
    try:
        while word not in seen:
            ready, _, _ = select.select([terminal], [], [], PATIENCE)
            if not ready:
                raise TimeoutError(f"no {word!r} after {PATIENCE} s")
            seen += os.read(terminal, 65536)
        return perf_counter() - start
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def main() -> int:
    """Prints the ratio; 1 when it is over the ceiling."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    bare: list[float] = []
    desk: list[float] = []
    with TemporaryDirectory() as folder:
        environment |= {
            "PYTHONPYCACHEPREFIX": folder,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
        }
        url = f"sqlite:///{folder}/desk.sqlite"
        opened = [sys.executable, "-m", "deskui", "--db", url, "--agent", "nok", "--lang", "en"]
        for round_number in range(ROUNDS + 1):
            times = (
                first_frame([sys.executable, "-c", BARE], environment, b"Queue"),
                first_frame(opened, environment, b"Queue"),
            )
            # the first round fills the byte code caches
            if round_number:
                bare.append(times[0])
                desk.append(times[1])
    ratio = statistics.median(desk) / statistics.median(bare)
    for name, found in (("bare", bare), ("desk", desk)):
        milliseconds = [1000 * one for one in sorted(found)]
        middle = statistics.median(milliseconds)
        print(f"{name}  {middle:5.0f} ms  ({milliseconds[0]:.0f} to {milliseconds[-1]:.0f})")  # noqa: T201
    print(f"first frame  {ratio:.2f} × bare{'  SLOW' if ratio > CEILING else ''}")  # noqa: T201
    return 1 if ratio > CEILING else 0


if __name__ == "__main__":
    raise SystemExit(main())
