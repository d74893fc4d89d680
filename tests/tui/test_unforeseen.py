"""An error nobody foresaw ends the app with one line and the details in the log, never with a traceback."""

from __future__ import annotations

import pytest

from deskui.tui.app import DeskApp
from tests.tui.driving import on_the_desk, press, until
from tests.tui.fake_world import alive_desk


async def test_an_unforeseen_error_is_kept_for_the_command_to_tell(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(self: DeskApp, text: str, *, severe: bool = False) -> None:
        raise ZeroDivisionError("inside a handler")

    monkeypatch.setattr(DeskApp, "toast", broken)
    seen: list[DeskApp] = []

    async def claim() -> None:
        async with on_the_desk(alive_desk()) as (app, pilot):
            seen.append(app)
            await press(pilot, "c")
            await until(pilot, lambda: app.failure is not None, "the error")

    with pytest.raises(ZeroDivisionError):
        await claim()
    assert isinstance(seen[0].failure, ZeroDivisionError)
    assert "Traceback" not in "".join(capsys.readouterr())
