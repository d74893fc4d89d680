"""What a customer's own contract says stands beside its cover, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskui.desk.model import ProductLine
from deskui.policy.decision import Text
from tests.tui.driving import on_the_desk, press, screen_text, until
from tests.tui.fake_desk import FakeDesk
from tests.tui.fake_world import alive_desk

REMARK = Text("สัญญาตนเอง [/] 4 ครั้ง", "Own contract [/] four a year")


async def test_own_terms_are_remarked_in_the_cover(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole, whatever marks it has, and in the language that is on."""
    plain = FakeDesk._line

    def remarked(desk: FakeDesk, *arguments: object) -> ProductLine:
        return replace(plain(desk, *arguments), remarks=(REMARK,))  # type: ignore[arg-type]

    monkeypatch.setattr(FakeDesk, "_line", remarked)
    async with on_the_desk(alive_desk(language="en")) as (app, pilot):
        await until(pilot, lambda: "§ Own contract [/] four a year" in screen_text(app), "remark")
        await press(pilot, "f2")
        await until(pilot, lambda: "§ สัญญาตนเอง [/] 4 ครั้ง" in screen_text(app), "Thai")
