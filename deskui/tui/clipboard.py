"""Handing a text to tmux, which keeps a program's OSC 52 to itself unless `set-clipboard` is on."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

__all__ = ["into_tmux"]

_LOAD: Sequence[str] = ("tmux", "load-buffer", "-w", "-")
"""-w: into the clipboard of the terminal outside as well (tmux 3.2)."""
_PATIENCE = 5.0
"""Seconds after which tmux is not going to answer."""


def into_tmux(text: str, command: Sequence[str] = _LOAD) -> bool:
    """Makes the text tmux's newest buffer and the terminal's clipboard; whether tmux took it."""
    try:
        done = subprocess.run(
            command, input=text.encode(), capture_output=True, check=False, timeout=_PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
