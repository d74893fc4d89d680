"""The Call screen: from a number to a logged ticket, keys counted, at both sizes, drafts kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from textual import events

from deskui.clock import FixedClock
from deskui.desk.model import Call
from deskui.policy.decision import Decision
from deskui.tui.app import DeskApp
from deskui.tui.arrivals import CardArrived
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import (
    SMALL,
    WIDE,
    Driver,
    call_screen,
    contains,
    desk_screen,
    on_the_desk,
    press,
    screen_text,
    settled,
    toasts,
    until,
)
from tests.tui.fake_desk import SATURDAY, FakeDesk, Ticket
from tests.tui.fake_rules import QUESTIONS
from tests.tui.fake_world import alive_desk


def newest(desk: FakeDesk) -> Ticket:
    return max(desk.tickets.values(), key=lambda ticket: ticket.number)


async def verdict(app: DeskApp, pilot: Driver, outcome: str) -> None:
    """Waits for an outcome in the panel."""

    def there() -> bool:
        decision = call_screen(app).verdict.decision
        return decision is not None and decision.outcome == outcome

    await until(pilot, there, outcome)
    await pilot.pause()


async def ring(app: DeskApp, pilot: Driver, phone: str) -> None:
    """The Call screen opens with a number delivered by the telephone."""
    await app.push_screen(CallScreen(phone))
    await until(pilot, lambda: call_screen(app).who.query_one("#callers").items, "caller found")  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_an_emwork_call_is_covered_and_logged(size: tuple[int, int]) -> None:
    """Down: three questions, COVERED, repaired within 24 business hours; the desk shows the ticket."""
    desk = alive_desk()
    async with on_the_desk(desk, size=size) as (app, pilot):
        await press(pilot, "n", "081-234", "enter", "fault", "enter", "y", "n")
        await until(pilot, lambda: "anything else" in screen_text(app), "asked how bad it is")
        # an answer of another service is none here
        assert "a complaint" not in screen_text(app)
        await press(pilot, "x")
        await until(pilot, lambda: "Answer with d" in screen_text(app), "told what answers")
        await press(pilot, "d")
        await verdict(app, pilot, "in_scope")
        text = screen_text(app)
        assert not contains(text, ["COVERED", "business hours 24", "resolution by Thu 10:42", "EM-12", "SAY"])
        assert "It is covered" in text
        await press(pilot, "run stops at 40 %", "enter", "branch 2", "enter")
        # this customer has a fault open already
        await until(pilot, lambda: any("#1031 is open for this" in note for note in toasts(app)), "warned")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "back at the desk")
        ticket = newest(desk)
        assert (ticket.call.title, ticket.call.notes) == ("run stops at 40 %", "branch 2")
        assert ticket.call.answers == {
            "emwork_product": True,
            "customer_modified": False,
            "severity": "system_down",
        }
        await settled(app, pilot)
        assert desk_screen(app).queue.ticket_id == ticket.ticket_id
        assert any(f"#{ticket.number} logged" in note and "COVERED" in note for note in toasts(app))
        assert desk.calls == {}


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_an_aristosoft_call_uses_the_quota(size: tuple[int, int]) -> None:
    """The third of five, said before it is logged and taken when it is."""
    desk = alive_desk()
    async with on_the_desk(desk, size=size) as (app, pilot):
        await press(pilot, "n", "02-412", "enter", "remo")
        await verdict(app, pilot, "quota")
        assert not contains(
            screen_text(app), ["QUOTA", "no. 3 of 5", "2 left after", "AR-27", "no time promised"]
        )
        await press(pilot, "enter", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "logged")
        assert newest(desk).decision.figures["remaining_after"] == 2
        assert newest(desk).product.used["remote-install"] == 3


async def test_the_same_call_on_a_saturday_is_deferred() -> None:
    """A machine move waits for Monday 09:00, with its rule, and takes no quota."""
    desk = alive_desk(FixedClock(SATURDAY))
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n", "02-412", "enter", "machine", "enter")
        await verdict(app, pilot, "defer")
        text = screen_text(app)
        assert not contains(
            text, ["LATER", "not before Mon 30 Nov 2026 09:00", "AR-53", "AR-55", "uses no quota"]
        )
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "logged")
        ticket = newest(desk)
        assert ticket.deferred_until == datetime(2026, 11, 30, 9, tzinfo=SATURDAY.tzinfo)
        assert ticket.product.used["machine-move"] == 2
        await settled(app, pilot)
        await until(pilot, lambda: "deferred to" in screen_text(app), "shown on the desk")


CALLS = [
    ("emwork", "0812345678", "faul", 3, "in_scope"),
    ("aristosoft", "024122345", "driv", 2, "quota"),
]


@pytest.mark.parametrize(("vendor", "phone", "letters", "questions", "outcome"), CALLS)
async def test_keys_from_a_delivered_number(
    vendor: str, phone: str, letters: str, questions: int, outcome: str
) -> None:
    """Verdict in 3 keys and 4 filter letters, logged in 10 beside the text and one for each question."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await ring(app, pilot, phone)
        keys = await press(pilot, "enter")
        assert len(letters) <= 4
        await press(pilot, letters)
        await until(pilot, lambda: call_screen(app).verdict.decision is not None, "previewed")
        assert keys <= 3, f"{vendor}: {keys} keys to the verdict"
        keys += await press(pilot, "enter")
        answers = {"emwork": ("y", "n", "d"), "aristosoft": ("y", "2", "enter")}[vendor]
        await press(pilot, *answers)
        await verdict(app, pilot, outcome)
        again = ("enter",) if call_screen(app).open_for(call_screen(app).call.service) else ()
        keys += await press(pilot, "enter", "enter", *again)
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "logged")
        assert keys <= 10, f"{vendor}: {keys} keys to the ticket beside {questions} answers"
        assert newest(desk).product.policy == vendor


async def test_the_whole_call_in_one_burst_on_the_thai_layout() -> None:
    """Every key arrives at once and as the Thai keyboard sends it; none is lost, none goes astray."""
    desk = alive_desk()
    async with on_the_desk(desk, language="th") as (_, pilot):
        await press(
            pilot, "ื", "สุขใส", "enter", "ระบบล่ม", "enter", "ั", "ื", "ก",
            "เครื่องค้าง", "enter", "สาขา ๒", "enter", "enter",
        )  # fmt: skip
        await until(pilot, lambda: newest(desk).call.title == "เครื่องค้าง", "logged")
        assert newest(desk).decision.outcome == "in_scope"
        assert newest(desk).call.notes == "สาขา ๒"


async def test_services_are_found_as_typed_on_the_wrong_layout() -> None:
    """`driver` typed with the Thai layout on, and Thai typed on the English one."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n", "02-412", "enter", "กพรอ")
        await until(pilot, lambda: call_screen(app).what.highlighted == "driver-install", "driver")
        for _ in "กพรอ":
            await press(pilot, "backspace")
        await press(pilot, "phkpg8", "enter")
        await until(pilot, lambda: call_screen(app).call.service == "machine-move", "ย้ายเค")


async def test_a_customer_with_several_products_picks_by_letter() -> None:
    """b is the second product, on either layout; its vendor's services follow."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n", "02-999", "enter", "ิ")
        await until(pilot, lambda: call_screen(app).what.highlighted == "scope", "EMWORK's services")
        product_id = call_screen(app).call.product_id
        assert product_id is not None
        assert desk.products[product_id].name == "EM Saving"


async def test_a_letter_that_picks_nothing_is_told_with_those_that_do() -> None:
    async with on_the_desk(alive_desk()) as (app, pilot):
        await press(pilot, "n", "02-999", "enter", "x")
        await until(
            pilot, lambda: "pick one by a–b" in " ".join(n.message for n in app._notifications), "told"
        )
        assert call_screen(app).call.product_id is None
        await press(pilot, "b")
        await until(pilot, lambda: call_screen(app).call.product_id, "picked")


async def test_a_customer_read_twice_is_picked_from_once() -> None:
    """An answer of the store that crossed a newer question does not take the step back."""
    async with on_the_desk(alive_desk()) as (app, pilot):
        await press(pilot, "n", "02-999", "enter", "a")
        await until(pilot, lambda: app.focused is call_screen(app).what.field, "chosen")
        screen = call_screen(app)
        card = screen.who.card
        assert card is not None
        screen.who.post_message(CardArrived(card, ()))
        await press(pilot, "enter")
        await until(pilot, lambda: screen.call.service is not None, "service chosen")
        assert app.focused is not screen.query_one("#products")


async def test_questions_not_known_and_taken_back() -> None:
    """u says that nobody knows; backspace asks again; the verdict follows each time."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n", "081-234", "enter", "enter", "u", "n", "d")
        await verdict(app, pilot, "unknown")
        assert "not_recorded" in call_screen(app).call.answers.values()
        await press(pilot, "shift+tab")
        await until(pilot, lambda: app.focused is call_screen(app).questions, "back in QUESTIONS")
        await press(pilot, "backspace", "backspace", "backspace", "y", "y", "d")
        await verdict(app, pilot, "unavailable")
        text = screen_text(app)
        assert not contains(
            text, ["NOT AVAILABLE", "changed by the customer", "would be free:", "MAY BE GRANTED BY"]
        )


async def test_another_text_in_who_is_nobody_yet() -> None:
    """Back in WHO a number nobody has: the caller and the verdict are gone, and Enter logs nothing."""
    desk = alive_desk()
    before = len(desk.tickets)
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n", "02-412", "enter", "remo", "enter")
        await verdict(app, pilot, "quota")
        screen = call_screen(app)
        screen.set_focus(screen.who.field)
        await press(pilot, "99999")
        await until(pilot, lambda: "No customer matches" in screen_text(app), "searched")
        assert (screen.call.customer_id, screen.call.product_id, screen.call.service) == (None, None, None)
        assert screen.verdict.decision is None
        assert "ร้านธนบุรีสโตร์" not in screen_text(app)
        await press(pilot, "enter")
        await until(pilot, lambda: toasts(app)[-1:] == ["Choose the caller first."], "told")
        screen.set_focus(screen.notes.area)
        await press(pilot, "enter")
        await until(pilot, lambda: app.focused is screen.who.field, "back in WHO")
        screen.set_focus(screen.what.field)
        await press(pilot, "enter")
        await until(pilot, lambda: app.focused is screen.who.field, "back in WHO again")
        assert len(desk.tickets) == before
        await until(pilot, lambda: [call.customer_id for call in desk.calls.values()] == [None], "draft")


async def test_without_questions_tab_goes_from_what_to_notes_and_back() -> None:
    """Nothing is asked: no key goes to the empty box."""
    async with on_the_desk(alive_desk()) as (app, pilot):
        await press(pilot, "n", "02-412", "enter", "remo", "enter")
        await verdict(app, pilot, "quota")
        screen = call_screen(app)
        await until(pilot, lambda: app.focused is screen.notes.title_field, "NOTES")
        await press(pilot, "shift+tab")
        await until(pilot, lambda: app.focused is screen.what.field, "WHAT")
        await press(pilot, "tab", "a title")
        await until(pilot, lambda: screen.notes.title_field.value == "a title", "typed in NOTES")


async def test_the_verdict_changes_its_language_with_its_heading() -> None:
    """F2: outcome and service, all in Thai."""
    async with on_the_desk(alive_desk()) as (app, pilot):
        await press(pilot, "n", "02-412", "enter", "remo")
        await verdict(app, pilot, "quota")
        name = call_screen(app).what.named("remote-install")
        assert name.en in screen_text(app)
        await press(pilot, "f2")
        await until(
            pilot,
            lambda: any("ใช้สิทธิ์ " in line and name.th in line for line in screen_text(app).splitlines()),
            "heading in Thai",
        )


async def test_a_service_only_highlighted_comes_back_highlighted() -> None:
    """Filtered to it, never confirmed: the draft stands on the same service."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n", "02-412", "enter", "remo")
        await verdict(app, pilot, "quota")
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "desk")
        await press(pilot, "n")
        await until(pilot, lambda: call_screen(app).what.highlighted == "remote-install", "same service")


async def test_what_nobody_knows_is_said_by_its_question() -> None:
    """The flag not_recorded:severity stands there as the words that were asked."""
    desk = alive_desk()
    decide = desk.preview
    flags = ("not_recorded:severity", "not_recorded:shoe_size")

    def preview(call: Call) -> Decision:
        found = decide(call)
        return replace(found, flags=flags) if found.outcome == "unknown" else found

    desk.preview = preview  # type: ignore[method-assign]
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n", "081-234", "enter", "enter", "u", "n", "d")
        await verdict(app, pilot, "unknown")
        text = screen_text(app)
        assert f"nobody knows: {QUESTIONS['severity'].text.en}" in text
        assert "shoe size" in text
        assert "not recorded" not in text
        assert "not_recorded" not in text


async def test_figures_are_read_and_bad_ones_are_told() -> None:
    """A count takes Thai digits; letters are refused with an example."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n", "062-900", "enter", "form", "enter")
        await until(pilot, lambda: "How many forms?" in screen_text(app), "asked")
        await press(pilot, "two", "enter")
        await until(pilot, lambda: "must be a whole number" in screen_text(app), "refused")
        await press(pilot, "backspace", "backspace", "backspace", "๓", "enter")
        await verdict(app, pilot, "quota")
        assert not contains(screen_text(app), ["no. 3–4 of 4", "1 beyond the quota", "from 1,000 baht"])


async def test_near_misses_are_shown_on_demand() -> None:
    """What did not match, and why, is one key away."""
    async with on_the_desk(alive_desk()) as (app, pilot):
        await press(pilot, "n", "02-412", "enter", "remo")
        await verdict(app, pilot, "quota")
        assert "without an agreement" not in screen_text(app)
        await press(pilot, "ctrl+t")
        await until(pilot, lambda: "without an agreement" in screen_text(app), "near miss")
        await press(pilot, "escape")
        await until(pilot, lambda: "without an agreement" not in screen_text(app), "put away")
        assert isinstance(app.screen, CallScreen)


async def test_logging_too_early_says_what_is_missing() -> None:
    """Enter in NOTES without a caller, then with a question open: told, nothing logged."""
    desk = alive_desk()
    before = len(desk.tickets)
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n")
        await until(pilot, lambda: isinstance(app.screen, CallScreen), "call")
        screen = call_screen(app)
        screen.set_focus(screen.notes.area)
        await press(pilot, "enter")
        await until(pilot, lambda: "Choose the caller first." in toasts(app), "told")
        await press(pilot, "081-234", "enter", "enter")
        await until(pilot, lambda: screen.questions.question is not None, "asked")
        screen.set_focus(screen.notes.area)
        await press(pilot, "enter")
        await until(pilot, lambda: any("Not answered yet" in note for note in toasts(app)), "told")
        await until(pilot, lambda: app.focused is screen.questions, "at the question")
        assert len(desk.tickets) == before


async def test_new_lines_and_paste_in_the_notes() -> None:
    """^j is a new line; a paste keeps its lines; Enter logs."""
    desk = alive_desk()
    async with on_the_desk(desk) as (app, pilot):
        await press(pilot, "n", "02-412", "enter", "help", "enter", "enter", "one", "ctrl+j", "two")
        await until(pilot, lambda: call_screen(app).notes.area.text == "one\ntwo", "typed")
        app.post_message(events.Paste("\nthree\nfour"))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "logged")
        assert newest(desk).call.notes == "one\ntwo\nthree\nfour"
