"""Makes the pictures in screenshots/ from the demo desk at a fixed clock: `python -m tests.screenshots`.

With `--png FOLDER` it renders them as well, to look at (needs what tests.pictures needs).
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

# what a picture shows is not up to the terminal it is made on
os.environ.update(TEXTUAL_ANIMATIONS="none", COLORTERM="truecolor", TERM="xterm-256color")
os.environ.pop("NO_COLOR", None)

from deskui.clock import FixedClock
from deskui.tui import thai
from deskui.tui.app import DeskApp
from deskui.tui.pictures import svg
from deskui.wiring import build_demo
from tests.pictures import png
from tests.tui.driving import SMALL, WIDE, press, ready, screen_text, until, workers_idle

FOLDER = Path(__file__).parent.parent / "screenshots"
MONDAY = datetime.fromisoformat("2026-11-23T10:42:00+07:00")
SATURDAY = datetime.fromisoformat("2026-11-28T10:42:00+07:00")


@dataclass(frozen=True)
class Picture:
    """One picture: what is typed, and what must stand on the screen before it is taken."""

    name: str
    language: str
    size: tuple[int, int] = WIDE
    at: datetime = MONDAY
    steps: Sequence[tuple[Sequence[str], str]] = field(default=())
    """(keys, text to wait for), one after the other."""


PICTURES = (
    Picture("desk-th", "th"),
    Picture("desk-en", "en"),
    Picture("desk-80x24-en", "en", SMALL),
    Picture("desk-80x24-th", "th", SMALL),
    Picture(
        "call-en",
        "en",
        steps=(
            (("n",), "WHO"),
            (("5670",), "▸ ร้านทดสอบ"),
            (("enter",), "AR-0001"),
            (("remote inst",), "number 4"),
        ),
    ),
    Picture(
        "call-th",
        "th",
        steps=((("n",), "ใคร"), (("5670",), "▸ ร้านทดสอบ"), (("enter",), "AR-0001"), (("ลงโปร",), "AR-27")),
    ),
    Picture(
        "call-emwork-en",
        "en",
        steps=(
            (("n",), "WHO"),
            (("5550112",), "0112"),
            (("enter",), "EM-1002"),
            (("enter",), "d/y system down"),
            (("d",), "(1 more)"),
            (("y",), "or tried to?"),
            (("n",), "EM-12"),
        ),
    ),
    Picture(
        "saturday-th",
        "th",
        at=SATURDAY,
        steps=((("n",), "ใคร"), (("5670",), "▸ ร้านทดสอบ"), (("enter",), "AR-0001"), (("ย้ายเครื่อง",), "AR-53")),
    ),
    Picture(
        "saturday-80x24-en",
        "en",
        SMALL,
        SATURDAY,
        ((("n",), "WHO"), (("5670",), "▸ ร้านทดสอบ"), (("enter",), "AR-0001"), (("move",), "AR-53")),
    ),
    Picture("why-en", "en", steps=((("down",), "EM-12"), (("w",), "sum 24:00"))),
)


async def take(picture: Picture, folder: Path) -> Path:
    """One picture, as an SVG file in `folder`."""
    # or lines would break by words or not, as it came
    thai.load_words()
    clock = FixedClock(picture.at)
    with tempfile.TemporaryDirectory(prefix="deskui-pictures-") as place:
        url = f"sqlite:///{Path(place) / 'demo.sqlite'}"
        app = DeskApp(lambda: build_demo(url, clock), clock=clock, language=picture.language)
        async with app.run_test(size=picture.size) as pilot:
            await ready(app, pilot)
            for keys, shown in picture.steps:
                await press(pilot, *keys)
                await until(pilot, lambda shown=shown: shown in screen_text(app), shown)  # type: ignore[misc]
            await until(pilot, lambda: workers_idle(app), "everything read")
            await pilot.pause()
            target = folder / f"{picture.name}.svg"
            target.write_text(svg(app, "deskui"), encoding="utf-8")
    return target


def main(arguments: Sequence[str]) -> int:
    """Makes every picture, or those named; the exit code."""
    rendered = None
    names = list(arguments)
    if names[:1] == ["--png"]:
        rendered = Path(names[1])
        names = names[2:]
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        if names and picture.name not in names:
            continue
        made = asyncio.run(take(picture, FOLDER))
        sys.stdout.write(f"{made.relative_to(FOLDER.parent)}\n")
        if rendered is not None:
            rendered.mkdir(parents=True, exist_ok=True)
            copy = rendered / made.name
            copy.write_text(made.read_text(encoding="utf-8"), encoding="utf-8")
            png(copy)
            copy.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
