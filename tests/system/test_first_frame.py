"""The Desk stands on the terminal before the store's libraries are loaded, let alone the store opened."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ

PATIENCE = 60.0
"""Seconds a loaded machine may take to load everything."""
SQLALCHEMY = re.compile(rb"import time:[ \d|]+ sqlalchemy\r?\n")


def test_the_frame_is_written_before_sqlalchemy_is_imported(tmp_path: Path) -> None:
    """One terminal gets both, the frame and the list of imports, so their order is the order of events.

    Python writes the line of a module when it has been imported, those within a package before its own: none
    of them may stand before the frame.
    """
    command = [sys.executable, "-X", "importtime", "-m", "deskui", "--lang", "en"]
    command += ["--db", f"sqlite:///{tmp_path / 'desk.sqlite'}", "--agent", "nok"]
    written = output_of(command, tmp_path, lambda seen: bool(SQLALCHEMY.search(seen)) and b"Queue" in seen)
    frame, first = written.index(b"Queue"), written.index(b" sqlalchemy")
    assert b"import time:" in written[:frame], "the list of imports is not in the stream"
    assert frame < first, written[:first][-2000:].decode(errors="replace")


def output_of(command: list[str], home: Path, enough: Callable[[bytes], bool]) -> bytes:
    """What a program writes to its own terminal until that is enough; the program is ended then."""
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, pack("HHHH", 36, 120, 0, 0))
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
    }
    program = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    written = b""
    end = time.monotonic() + PATIENCE
    try:
        while not enough(written):
            ready, _, _ = select.select([ours], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"not enough after {PATIENCE} s: {written[-2000:].decode(errors='replace')}"
            try:
                written += os.read(ours, 65536)
            except OSError as closed:
                tail = written[-2000:].decode(errors="replace")
                raise AssertionError(f"the program ended: {tail}") from closed
    finally:
        program.kill()
        program.wait()
        os.close(ours)
    return written
