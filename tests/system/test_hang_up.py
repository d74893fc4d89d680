"""A desk whose terminal goes away ends in order, also where that terminal does not control it: no signal."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench.terminal import Terminal
from tests.system.desks import wait_for_draft

WORDS = "remote inst"


def test_a_terminal_that_hangs_up_without_a_signal_ends_the_desk(
    demo_store: Callable[[], str], tmp_path: Path
) -> None:
    url = demo_store()
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
    }
    command = [sys.executable, "-m", "deskui", "--lang", "en", "--agent", "nok", "--db", url]
    with Terminal(command, environment, 120, 36) as terminal:
        _until(terminal, "─ #")
        for typed, shows in (("n", "WHO"), ("5670", "│ ▸ "), ("\r", "AR-0001"), (WORDS, "AR-27")):
            terminal.type(typed.encode())
            _until(terminal, shows)
        # as by the signal that did not come; Python has a code of its own where stdout takes no more
        assert terminal.hang_up() in (128 + signal.SIGHUP, 120)
    wait_for_draft(url, WORDS)


def _until(terminal: Terminal, shows: str) -> None:
    terminal.until_screen(lambda screen: any(re.search(shows, line) for line in screen))
