"""Screens over a real store: a call of each vendor shows a verdict of its own terms and becomes a ticket."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deskui.paths import data_dir
from deskui.tui.modals.today import TodayScreen
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import call_screen, press, screen_lines, screen_text, toasts, until
from tests.tui.real_desk import PEOPLE, real_app, real_desk


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person[5])
async def test_a_call_of_every_vendor_has_a_verdict(person: tuple[str, ...]) -> None:
    """The number alone leads to the customer, and to the verdict of the first service of the vendor."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", person[4], "enter")
        await until(pilot, lambda: call_screen(app).verdict.decision, "verdict")
        decision = call_screen(app).verdict.decision
        assert decision is not None
        assert decision.policy == person[5]


@pytest.mark.parametrize(
    ("slip", "where"),
    [("vendor = [", "business-plus.toml"), ('holidays = "no-such-set"', "no-such-set")],
)
async def test_one_bad_file_leaves_the_other_vendors_served(tmp_path: Path, slip: str, where: str) -> None:
    """The top line names the vendor whose terms cannot be read, a message says where; the rest works."""
    text = (data_dir() / "policies" / "business-plus.toml").read_text(encoding="utf-8")
    wrong = re.sub(r"(?m)^holidays = .*$", slip, text) if "holidays" in slip else slip + text
    assert wrong != text
    (tmp_path / "business-plus.toml").write_text(wrong, encoding="utf-8")
    async with real_desk(tmp_path) as desk, real_app(desk) as (app, pilot):
        await until(pilot, lambda: "terms unusable: business-plus" in screen_text(app), "said on the screen")
        await until(pilot, lambda: where in "".join(toasts(app)), "said where")
        await press(pilot, "y")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen) and app.screen.days, "today")
        await until(pilot, lambda: screen_text(app).count("terms unusable: business-plus") > 1, "and there")
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "back")
        await press(pilot, "n", PEOPLE[0][4], "enter")
        await until(pilot, lambda: call_screen(app).verdict.decision, "another vendor's verdict")
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "desk")
        await press(pilot, "n", "ctrl+n", PEOPLE[2][4], "enter")
        await until(pilot, lambda: "cannot be used" in "".join(toasts(app)), "why there is no verdict")


async def test_a_word_no_service_has_shows_no_verdict() -> None:
    """The verdict of the service highlighted before is gone: it is not about what is typed."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", PEOPLE[0][4], "enter")
        await until(pilot, lambda: call_screen(app).verdict.decision, "verdict of the first service")
        await press(pilot, "zzzz")
        await until(pilot, lambda: call_screen(app).what.highlighted is None, "nothing matches")
        await until(pilot, lambda: call_screen(app).verdict.decision is None, "no verdict")
        await press(pilot, "backspace", "backspace", "backspace", "backspace")
        await until(pilot, lambda: call_screen(app).verdict.decision, "verdict again")


async def test_what_another_desk_logs_arrives() -> None:
    """art logs a ticket; nok's queue shows it by itself."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        call = desk.call("EM-0031", "scope", "payroll stops", emwork_product=True, customer_modified=False,
                         severity="system_down", in_warranty=True)  # fmt: skip
        number = desk.of("art").open_ticket(call).row.number

        def shown() -> bool:
            screen = app.screen
            row = screen.queue.row if isinstance(screen, DeskScreen) else None
            return row is not None and row.number == number

        await until(pilot, shown, "the ticket of the other desk")


async def test_time_goes_on_while_a_call_is_open() -> None:
    """The day and what is late stand right on the Call screen, however long the call takes."""
    async with real_desk() as desk:
        desk.log("BP-0042", "advice", "Payslips are blank", channel="phone")
        async with real_app(desk) as (app, pilot):
            await press(pilot, "n")
            await until(pilot, lambda: isinstance(app.screen, CallScreen), "call")
            desk.later(minutes=20)
            await until(pilot, lambda: "11:02" in screen_lines(app)[0], "the time")
            await until(pilot, lambda: "1 breached" in screen_lines(app)[0], "what is late")


async def test_a_list_of_answers_stands_whole() -> None:
    """MAC-5 asks for the topic: each of its answers has a line, with the key for "not known" below."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", PEOPLE[3][4], "enter")
        await until(pilot, lambda: app.focused is call_screen(app).what.field, "in WHAT")
        await press(pilot, "teach")
        await until(pilot, lambda: call_screen(app).what.highlighted == "teach", "found")
        await press(pilot, "enter")

        def topic() -> bool:
            question = call_screen(app).questions.question
            return question is not None and question.fact == "topic"

        await until(pilot, lambda: call_screen(app).questions.question, "asked")
        while not topic():
            await press(pilot, call_screen(app).questions.question.choices[0].key)  # type: ignore[union-attr]
            await until(pilot, topic, "topic")
        question = call_screen(app).questions.question
        assert question is not None
        await until(pilot, lambda: "not known" in screen_text(app), "all of it")
        shown = screen_text(app)
        assert not [choice.text.en for choice in question.choices if choice.text.en[:20] not in shown]
