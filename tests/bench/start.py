"""From exec to the first frame, to the rows and the first key answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from tests.bench.figures import Figure, Row, ratio
from tests.bench.programs import DOWN, STATIC, Bench, python
from tests.bench.reasons import explained, imports
from tests.bench.seeded import Sizes
from tests.bench.terminal import Terminal

FIRST_KEYS = 3
CURSOR = "▸ "


def in_turns(rounds: int, *measure: Callable[[], float]) -> list[list[float]]:
    """The samples of each, taken in turns; the first round only fills caches."""
    samples: list[list[float]] = [[] for _ in measure]
    for number in range(rounds + 1):
        for one, found in zip(measure, samples, strict=True):
            seconds = one()
            if number:
                found.append(seconds)
    return samples


def first_frame(bench: Bench, command: Sequence[str]) -> float:
    """Seconds from exec until the first output that holds a word of the program's own."""
    with Terminal(command, bench.environment) as terminal:
        return terminal.until(b"Queue")


def first_key_answered(bench: Bench, command: Sequence[str], frames: list[float] | None = None) -> float:
    """Seconds from exec until the rows are there and the keys that were typed at the first frame done.

    When that frame came is added to `frames`.
    """
    with Terminal(command, bench.environment) as terminal:
        framed = terminal.until(b"Queue")
        if frames is not None:
            frames.append(framed)
        for _ in range(FIRST_KEYS):
            terminal.type(DOWN)
        return terminal.until_screen(cursor_on(FIRST_KEYS))


def cursor_on(line: int) -> Callable[[list[str]], bool]:
    """Whether the cursor stands on that line of the queue, from 0, and rows are there."""

    def stands(screen: list[str]) -> bool:
        lines = [text for text in screen if "│" in text]
        heads = [place for place, text in enumerate(lines) if "LEFT" in text and "CUSTOMER" in text]
        if not heads:
            return False
        place = heads[0] + 1 + line
        return place < len(lines) and CURSOR in lines[place][:16] and "#" not in lines[place][:3]

    return stands


def rows_of_first_frame(bench: Bench) -> list[Figure]:
    """First frame of a new desk beside that of a bare app."""
    desk = bench.desk(bench.store("empty", Sizes(1, 1, 0)))
    bare = python(STATIC)
    theirs, ours = in_turns(bench.rounds, lambda: first_frame(bench, bare), lambda: first_frame(bench, desk))
    found = ratio("exec to first frame", Row(ours, theirs, "bare app with one Static"), 1.25)
    return [explained(found, lambda: imports(bench, median(ours)))]


def rows_of_first_rows(bench: Bench) -> list[Figure]:
    """First rows and first key of a desk with a million tickets."""
    desk = bench.desk(bench.million)
    bare = python(STATIC)
    frames: list[float] = []
    theirs, ours = in_turns(
        bench.rounds, lambda: first_frame(bench, bare), lambda: first_key_answered(bench, desk, frames)
    )
    found = ratio("exec to rows, first key answered", Row(ours, theirs, "bare app with one Static"), 1.5)

    def why() -> str:
        frame = median(frames)
        return (
            f"the first frame is {1000 * frame:.0f} of {1000 * median(ours):.0f} ms;"
            f" rows and {FIRST_KEYS} keys follow in {1000 * (median(ours) - frame):.0f}"
        )

    return [explained(found, why)]
