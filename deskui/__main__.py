"""Runs `deskui`, also as `python -m deskui`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line of this process and ends it with its exit code."""
    try:
        from deskui.cli.main import main as run  # noqa: PLC0415 - Ctrl-C while it loads is quiet too
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(run())


if __name__ == "__main__":
    main()
