"""Runs `deskui`, also as `python -m deskui`."""

from __future__ import annotations

import gc
import sys

_NEW_OBJECTS = 500_000
"""How many objects are made before garbage is looked for: more than a start makes, for all of that stays."""


def main() -> None:
    """Runs the command line of this process and ends it with its exit code."""
    # what is imported stays: looking for garbage in it again and again is a tenth of the start
    gc.set_threshold(_NEW_OBJECTS)
    try:
        from deskui.cli.main import main as run  # noqa: PLC0415 - Ctrl-C while it loads is quiet too
    except KeyboardInterrupt:
        sys.exit(130)
    code = run()
    # nor is it looked for at the end, where Python does so three times over: the process goes as it is
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
