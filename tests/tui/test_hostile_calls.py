"""What stands in the records around a call, whoever wrote it: machines, serials, branches, people, terms of a
contract of its own, notes of earlier calls, problems, questions and what was answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from deskui.desk.advicemodel import Asked, Problem
from deskui.desk.model import Call, CallerHit, ContactLine, CustomerCard, MachineLine
from deskui.tui.modals.copy import CopyScreen
from deskui.tui.modals.pick import PickScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import SMALL, call_screen, desk_screen, on_the_desk, press, toasts, until
from tests.tui.fake_desk import MONDAY
from tests.tui.hostile import HOSTILE
from tests.tui.test_hostile_others import OthersDesk, unmoved

TOGETHER = {
    "markup": ("closing tag", "link", "bracketed", "open tag", "broken tag"),
    "control": (
        "title escape", "clear screen", "c1 csi", "nul and bell", "delete", "bidi", "joiner", "zero width",
        "variation", "line separators", "surrogate", "line breaks", "tag letters", "private",
    ),
    "marks": ("leading mark", "zalgo", "sara am", "ideographs", "emoji"),
    "long": ("long",),
}  # fmt: skip
"""Names of hostile texts that are written one after the other."""


class KeptDesk(OthersDesk):
    """Every record a call shows is `text`; a question was asked of it, and two problems are known."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.asked_of_me: Asked | None = None

    def customer_card(self, customer_id: int, product_id: int | None = None) -> CustomerCard:
        card = super().customer_card(customer_id, product_id)
        text = self.text
        lines = tuple(replace(line, serial=text, branch=text, remarks=(self.both,)) for line in card.products)
        shown = next((line for line in lines if line.product_id == product_id), lines[0])
        return replace(
            card,
            products=lines,
            product=shown,
            tax_id=text,
            people=tuple(ContactLine(one, name, phone, True) for one, name, phone in card.contacts),
            machines=tuple(
                MachineLine(number, shown.product_id, text, text, text, True, MONDAY.date())
                for number in (1, 2)
            ),
        )

    def find_callers(self, text: str, limit: int = 20) -> Sequence[CallerHit]:
        return [replace(hit, found=self.text, phone=self.text) for hit in super().find_callers(text, limit)]

    def drafts(self) -> Sequence[Call]:
        began = MONDAY - timedelta(minutes=5)
        kept = Call(query=self.text, title=self.text, notes=self.text, started_at=began)
        return [replace(kept, draft_id=91, parked_at=MONDAY), *super().drafts()]

    def known_problems(self, policy: str | None = None) -> Sequence[Problem]:
        (one,) = super().known_problems(policy)
        return [one, replace(one, problem_id=2)]

    def ask_supervisor(self, call: Call, text: str = "") -> Asked:
        (asked,) = super().latest_questions()
        self.asked_of_me = replace(asked, state="open", answered_by=None, reply="")
        return self.asked_of_me

    def supervisor_question(self, question_id: int) -> Asked:
        (asked,) = super().latest_questions()
        return replace(asked, state="refused")


@pytest.mark.parametrize("name", TOGETHER)
async def test_no_text_of_the_records_acts(name: str) -> None:
    text = "".join(HOSTILE[one] for one in TOGETHER[name])[:20_000]
    desk = KeptDesk(text)
    async with on_the_desk(desk, size=SMALL) as (app, pilot):

        async def look(state: Callable[[], object], *keys: str) -> None:
            await press(pilot, *keys)
            await until(pilot, state, " ".join(keys))
            await pilot.pause()
            unmoved(app)

        def prompted(part: str) -> bool:
            return bool(call_screen(app).query_one(part).display)

        await until(pilot, lambda: desk_screen(app).cover.card, "the customer")
        await look(lambda: desk_screen(app).cover.detailed, "e")
        await look(lambda: isinstance(app.screen, PickScreen) and not app.screen.waits("a"), "escape", "E")
        await look(lambda: desk_screen(app).pane.prompt.has_focus, "a")
        await look(lambda: isinstance(app.screen, DeskScreen), "escape")
        await look(lambda: call_screen(app).is_current, "n")
        await look(lambda: call_screen(app).who.query_one("#callers").items, "0810001111")  # type: ignore[attr-defined]
        # one of two products, then one of two machines
        await look(lambda: call_screen(app).focused is call_screen(app).query_one("#products"), "enter")
        await look(lambda: call_screen(app).call.product_id, "a", "a")
        await look(lambda: call_screen(app).verdict.decision)
        await look(lambda: call_screen(app).who.has_class("-new"), "ctrl+a")
        await look(lambda: not call_screen(app).who.has_class("-new"), "escape")
        await look(lambda: isinstance(app.screen, CopyScreen), "ctrl+e")
        await look(lambda: call_screen(app).verdict.decision, "escape")
        await look(lambda: prompted("#call-prompt"), "ctrl+k")
        await look(lambda: not prompted("#call-prompt"), "escape")
        await look(lambda: call_screen(app).call.follows, "ctrl+f")
        await look(lambda: call_screen(app).call.follows is None, "ctrl+f")
        await look(lambda: prompted("#call-words"), "ctrl+y")
        await look(lambda: desk.asked_of_me and toasts(app), "why?", "enter")
        await look(lambda: call_screen(app).verdict.decision)
        await pilot.resize_terminal(250, 70)
        await look(lambda: app.size.width == 250)
