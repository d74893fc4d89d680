"""The screens over the invented desk, to be looked at: `python -m tests.tui.dev_app [th|en]`."""

from __future__ import annotations

import sys

from deskui.tui.app import DeskApp
from tests.tui.fake_world import alive_desk


def main(language: str = "th") -> None:
    """Runs until q q."""
    desk = alive_desk(language=language)
    DeskApp(lambda: desk, clock=desk.clock, language=language).run()


if __name__ == "__main__":
    main(*sys.argv[1:2])
