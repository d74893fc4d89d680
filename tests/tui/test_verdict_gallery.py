"""How the verdict of every outcome looks, at the width it has on each size of terminal, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from syrupy.assertion import SnapshotAssertion
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from deskui.policy.decide import decide
from deskui.policy.decision import Decision, Text
from deskui.policy.examples import examples_file, load_examples
from deskui.tui.app import DeskApp
from deskui.tui.panes.verdict import VerdictPane
from deskui.tui.pictures import svg
from deskui.tui.screens.call import CallScreen
from tests.tui.driving import SMALL, STILL, WIDE, Driver, press, screen_text, until
from tests.tui.real_desk import library, real_app, real_desk

HUGE = (200, 50)
SIZES = [pytest.param(size, id=f"{size[0]}x{size[1]}") for size in (SMALL, WIDE, HUGE)]
ROWS = 26
"""Lines a verdict gets in the gallery; what does not fit scrolls on the Call screen, too."""


def each_outcome() -> Iterator[tuple[Decision, Text]]:
    """The first example of a service a caller may ask for with each outcome, and the service's name."""
    found: dict[str, tuple[Decision, Text]] = {}
    for policy in library().policies.values():
        for example in load_examples(examples_file(library().files[policy.id]), policy).examples:
            service = policy.services.get(example.ask)
            outcome = example.expect.get("outcome")
            if service is not None and service.call and outcome not in found:
                decision = decide(policy, example.ask, example.facts, example.at, example.settled)
                found[decision.outcome] = decision, service.name
    for outcome in sorted(found):
        yield found[outcome]


class Gallery(Screen[None]):
    """Verdicts one below the other."""

    DEFAULT_CSS = f"""
    Gallery VerdictPane {{ height: {ROWS}; border: round $foreground 30%; padding: 0 1; }}
    """

    def __init__(self, verdicts: Sequence[tuple[Decision, Text]]) -> None:
        super().__init__()
        self._verdicts = verdicts

    def compose(self) -> ComposeResult:
        yield Static()
        for _ in self._verdicts:
            yield VerdictPane()

    def on_mount(self) -> None:
        for pane, (decision, about) in zip(self.query(VerdictPane), self._verdicts, strict=True):
            pane.show(decision, about)


async def at_rest(app: DeskApp, pilot: Driver) -> None:
    """Waits until every verdict is written and nothing moves."""
    seen: list[str] = []

    def same() -> bool:
        seen.append(screen_text(app))
        return len(seen) >= STILL and len(set(seen[-STILL:])) == 1

    await until(pilot, same, "at rest")


async def _verdict_width(pilot: Driver) -> int:
    await press(pilot, "n")
    await until(pilot, lambda: isinstance(pilot.app.screen, CallScreen), "call")
    await until(pilot, lambda: pilot.app.screen.query_one(VerdictPane).outer_size.width, "laid out")
    return pilot.app.screen.query_one(VerdictPane).outer_size.width


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_the_verdict_of_every_outcome(
    size: tuple[int, int], language: str, snapshot: SnapshotAssertion
) -> None:
    verdicts = list(each_outcome())
    assert len(verdicts) > 20
    async with real_desk() as desk, real_app(desk, size=size, language=language) as (app, pilot):
        width = await _verdict_width(pilot)
        await pilot.resize_terminal(width, ROWS * len(verdicts) + 1)
        await app.push_screen(Gallery(verdicts))
        # one picture of so many lines takes seconds: at rest by its text
        await at_rest(app, pilot)
        picture = svg(app)
    assert picture == snapshot(extension_class=SVGImageExtension)
