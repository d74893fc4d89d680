"""What to do when the desk cannot be opened follows from why: who is working, the store, or the program."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskui.desk.api import DeskApi
from deskui.desk.errors import NotFound, Refused, StoreFailure
from deskui.policy.decision import Text
from deskui.tui.screens.failed import FailedScreen
from tests.tui.driving import SMALL, contains, on_the_desk, press, screen_text, until
from tests.tui.fake_world import alive_desk

AGENT = ("deskui --agent CODE", "deskui agent list", "deskui agent add CODE NAME")
STORE = {"en": ("See that the store named above",), "th": ("ตรวจว่าฐานข้อมูลตามที่อยู่ข้างบน",)}
LOG = ("deskui.log",)


def not_opened(failure: Exception) -> Callable[[], DeskApi]:
    """A way to open the desk that fails."""

    def connect() -> DeskApi:
        raise failure

    return connect


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (NotFound(Text("ไม่มีเจ้าหน้าที่ 'x'", "There is no agent 'x'; there are: nok")), "agent"),
        (StoreFailure(Text("เปิด /srv/desk.db ไม่ได้", "cannot open /srv/desk.db")), "store"),
        (Refused(Text("มีข้อมูลอยู่แล้ว", "it is in use already")), "log"),
        (ZeroDivisionError("inside"), "log"),
    ],
    ids=["unknown agent", "store", "refused", "unforeseen"],
)
async def test_the_advice_is_about_what_went_wrong(failure: Exception, kind: str, language: str) -> None:
    """The advice for that failure, none for another one, and r and q in each."""
    words = {"agent": AGENT, "store": STORE[language], "log": LOG}
    async with on_the_desk(alive_desk(), size=SMALL, language=language, connect=not_opened(failure)) as (
        app,
        pilot,
    ):
        await until(pilot, lambda: isinstance(app.screen, FailedScreen), "failed screen")
        await until(pilot, lambda: not contains(screen_text(app), words[kind]), "advice")
        text = screen_text(app)
        for other in words.keys() - {kind}:
            assert contains(text, words[other]) == list(words[other]), other
        said = failure.text.in_(language) if isinstance(failure, NotFound | StoreFailure | Refused) else None
        assert (said or "ZeroDivisionError") in text
        assert "Traceback" not in text
        await press(pilot, "q")
        await until(pilot, lambda: not app.is_running, "left")
