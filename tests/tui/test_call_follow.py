"""Open tickets of the caller, drafts that say what they are, answers taken back: over a real desk."""

from __future__ import annotations

from decimal import Decimal

import pytest

from deskui.desk.model import ServiceInfo
from deskui.desk.records import MachineRecord, UsageRecord
from deskui.policy.decision import Text
from deskui.tui.answers import BadAnswer, read_answer
from deskui.tui.comfort import Comfort
from deskui.tui.screens.desk import DeskScreen
from deskui.tui.service_filter import found_by
from tests.tui.driving import (
    SMALL,
    WIDE,
    call_screen,
    desk_screen,
    on_the_desk,
    press,
    screen_text,
    settled,
    toasts,
    until,
)
from tests.tui.fake_desk import MONDAY
from tests.tui.fake_world import alive_desk
from tests.tui.real_desk import YEAR, RealDesk, real_app, real_desk

FAULT = {"emwork_product": True, "customer_modified": False, "in_warranty": True, "severity": "system_down"}


def open_numbers(desk: RealDesk) -> list[int]:
    """Numbers of the open tickets."""
    entries = desk.of("nok").queue("all").entries
    return sorted(row.number for row in desk.of("nok").rows([entry.ticket_id for entry in entries]))


@pytest.mark.parametrize(("size", "language"), [(WIDE, "th"), (SMALL, "en")])
async def test_an_open_ticket_is_named_and_one_key_continues_it(size: tuple[int, int], language: str) -> None:
    """The card says contract, days left, the ticket with time and owner; ^f makes the call a note."""
    async with real_desk() as desk, real_app(desk, size=size, language=language) as (app, pilot):
        first = desk.log("EM-0031", "sla-deadline", "จ่ายเงินเดือนไม่ได้", **FAULT).row
        desk.of("art").claim(first.ticket_id, first.version)
        await press(pilot, "n", "EM-0031", "enter")
        words = ("250", "3d", "art", "งานค้าง 1" if language == "th" else "open tickets: 1")
        # the desk behind it names the ticket too
        await until(pilot, lambda: call_screen(app).who.card is not None, "chosen")
        await until(pilot, lambda: all(word in screen_text(app) for word in words), "named")
        await until(pilot, lambda: app.focused is call_screen(app).what.field, "in WHAT")
        await press(pilot, "ctrl+f")
        await until(pilot, lambda: app.focused is call_screen(app).notes.area, "in NOTES")
        assert call_screen(app).verdict.words_to_say is None
        await press(pilot, "ถามว่าเสร็จเมื่อไร", "enter")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "added")
        assert open_numbers(desk) == [first.number]
        kinds = [(entry.kind, entry.text.th) for entry in desk.of("nok").ticket(first.ticket_id).entries]
        assert [kind for kind, _ in kinds[-2:]] == ["called_again", "note"]
        assert kinds[-1][1] == "ถามว่าเสร็จเมื่อไร"
        assert not desk.of("nok").drafts()
        await settled(app, pilot)
        assert desk_screen(app).queue.ticket_id == first.ticket_id


async def test_of_several_open_tickets_one_is_picked_and_the_call_may_still_be_its_own() -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        rows = [desk.log("AR-0107", service, service).row for service in ("remote-install", "program-error")]
        await press(pilot, "n", "AR-0107", "enter")
        await until(pilot, lambda: app.focused is call_screen(app).what.field, "chosen")
        await press(pilot, "ctrl+f")
        await until(pilot, lambda: "About which:" in screen_text(app), "asked")
        await press(pilot, "ิ")
        await until(pilot, lambda: call_screen(app).call.follows == rows[1].ticket_id, "the second")
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "kept")
        await press(pilot, "n")
        await until(pilot, lambda: f"this call is about #{rows[1].number}" in screen_text(app), "still is")
        await press(pilot, "ctrl+f")
        await until(pilot, lambda: call_screen(app).call.follows is None, "its own")
        await until(pilot, lambda: f"about #{rows[1].number}" not in screen_text(app), "no longer said")


async def test_a_second_ticket_for_the_same_is_warned_of_once() -> None:
    """Before it is logged, with the number and its owner; the same key again logs it."""
    async with real_desk() as desk, real_app(desk, size=SMALL) as (app, pilot):
        first = desk.log("AR-0107", "remote-install", "first").row
        await press(pilot, "n", "AR-0107", "enter", "remo")
        await until(pilot, lambda: f"open already: #{first.number}" in screen_text(app), "beside the verdict")
        await press(pilot, "enter", "enter", "enter")
        await until(pilot, lambda: any("again logs a second" in note for note in toasts(app)), "warned")
        assert open_numbers(desk) == [first.number]
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "logged")
        assert open_numbers(desk) == [first.number, first.number + 1]


async def test_more_words_after_that_warning_are_not_taken_for_a_yes() -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        first = desk.log("AR-0107", "remote-install", "first").row
        await press(pilot, "n", "AR-0107", "enter", "remo", "enter")
        await until(pilot, lambda: app.focused is call_screen(app).notes.title_field, "in NOTES")
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: any("again logs a second" in note for note in toasts(app)), "warned")
        app.clear_notifications()
        await press(pilot, "more", "enter")
        await until(pilot, lambda: any("again logs a second" in note for note in toasts(app)), "once more")
        assert open_numbers(desk) == [first.number]
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "logged")
        assert open_numbers(desk) == [first.number, first.number + 1]


@pytest.mark.parametrize("language", ["en", "th"])
async def test_an_answer_is_in_sight_while_it_is_typed_on_the_smallest_screen(language: str) -> None:
    """And a day of two figures for its year is shown as it was understood."""
    async with real_desk() as desk, real_app(desk, size=(60, 20), language=language) as (app, pilot):
        await press(pilot, "n", "M5-", "enter", "train")
        await until(pilot, lambda: call_screen(app).what.highlighted == "training-booking", "found")
        await press(pilot, "enter")
        await until(pilot, lambda: app.focused is call_screen(app).questions.target, "asked")
        await press(pilot, "3/12/26")
        await until(pilot, lambda: "3/12/26" in screen_text(app), "what is typed")
        await press(pilot, "enter")
        day = {"en": "3 Dec 2026", "th": "3 ธ.ค. 2569"}[language]
        await until(pilot, lambda: day in screen_text(app), "as it was understood")


async def test_questions_of_the_chosen_service_do_not_stand_beside_the_verdict_of_another() -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", "EM-0031", "enter", "faul", "enter")
        await until(pilot, lambda: app.focused is call_screen(app).questions.target, "asked")
        asked = call_screen(app).questions.question
        assert asked is not None
        await until(pilot, lambda: asked.text.en in screen_text(app), "shown")
        await press(pilot, "shift+tab", "backu")
        await until(pilot, lambda: "Backup and restore" in screen_text(app), "looked at")
        later = app.say("call.questions_later")
        await until(pilot, lambda: later in screen_text(app), "nothing of the other")
        await press(pilot, "tab")
        await until(pilot, lambda: later not in screen_text(app), "there again")


async def test_n_says_that_it_goes_on_with_a_draft_and_one_key_starts_anew() -> None:
    """The draft stays one: nobody waits on the line."""
    async with real_desk() as desk, real_app(desk, size=SMALL) as (app, pilot):
        await press(pilot, "n", "EM-0031", "enter")
        await until(pilot, lambda: call_screen(app).call.product_id is not None, "chosen")
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "kept")
        await press(pilot, "n")
        await until(pilot, lambda: "^n starts anew, draft kept" in screen_text(app), "said")
        assert toasts(app) == [], "nothing lies over it"
        await until(pilot, lambda: call_screen(app).call.product_id is not None, "restored")
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: call_screen(app).call.customer_id is None, "anew")
        await until(pilot, lambda: "starts anew" not in screen_text(app), "no longer said")
        (kept,) = desk.of("nok").drafts()
        assert (kept.parked_at, kept.query) == (None, "EM-0031")


async def test_answers_are_taken_back_from_an_empty_title_and_stay_with_the_same_caller() -> None:
    """Backspace where nothing is written; the number typed over and chosen again."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        # y and n answer "is it down?", whose own letters are d and o
        await press(pilot, "n", "EM-0031", "enter", "fault", "enter", "ั", "y", "n", "y")
        await until(pilot, lambda: app.focused is call_screen(app).notes.title_field, "answered")
        assert call_screen(app).call.answers == FAULT
        await press(pilot, "backspace")
        await until(pilot, lambda: app.focused is call_screen(app).questions, "asked again")
        assert "in_warranty" not in call_screen(app).call.answers
        await press(pilot, "u")
        unknown = FAULT | {"in_warranty": "not_recorded"}
        await until(pilot, lambda: call_screen(app).call.answers == unknown, "other")
        await until(pilot, lambda: app.focused is call_screen(app).notes.title_field, "answered again")
        screen = call_screen(app)
        screen.set_focus(screen.who.field)
        await until(pilot, lambda: app.focused is screen.who.field, "in WHO")
        await press(pilot, "backspace", "1")
        await until(pilot, lambda: screen.who.text == "1" and screen.call.product_id is None, "nobody")
        await press(pilot, "backspace", "EM-0031", "enter")
        await until(pilot, lambda: app.focused is screen.notes.title_field, "where it was")
        assert screen.call.answers == unknown
        assert screen.call.service == "sla-deadline"
        assert desk.of("nok").queue("all").entries == ()


async def test_figures_typed_by_the_digit_keys_with_the_thai_layout_on() -> None:
    """12, as the keys type it there."""
    async with on_the_desk(alive_desk(), language="th") as (app, pilot):
        await press(pilot, "ื", "02-412", "enter", "driv", "enter", "ั")
        await until(pilot, lambda: app.focused is call_screen(app).query_one("#answer"), "how many")
        await press(pilot, "ๅ", "/", "enter")
        await until(pilot, lambda: call_screen(app).call.answers.get("devices") == 12, "twelve")


async def test_a_used_up_counter_is_told_before_any_question() -> None:
    async with real_desk() as desk, real_app(desk, size=SMALL) as (app, pilot):
        call = desk.call("AR-0107", "driver-install")
        assert call.product_id is not None
        used = UsageRecord(
            0,
            call.product_id,
            "driver-install",
            "consume",
            5,
            MONDAY.date(),
            None,
            None,
            MONDAY,
            1,
            None,
            None,
        )
        with desk.store.uow(write=True) as uow:
            uow.usage.add([used])
            uow.commit()
        await press(pilot, "n", "AR-0107", "enter", "driv")
        await until(pilot, lambda: "used up · 0 of 5 left" in screen_text(app), "told")
        assert call_screen(app).questions.question is None


async def test_the_machine_picked_stands_in_the_card_and_on_the_ticket() -> None:
    """With how long it is under maintenance; the product itself has no agreement to speak of."""
    async with real_desk() as desk, real_app(desk, size=SMALL) as (app, pilot):
        call = desk.call("PS-0003", "remote-fix")
        assert call.product_id is not None
        with desk.store.uow(write=True) as uow:
            uow.machines.add([MachineRecord(0, call.product_id, "POS-2", True, *YEAR, serial="PSX-2")])
            uow.commit()
        await press(pilot, "n", "PS-0003", "enter")
        await until(pilot, lambda: "POS-2" in screen_text(app), "machines offered")
        await press(pilot, "b")
        await until(pilot, lambda: "machine POS-2" in screen_text(app), "picked")
        text = screen_text(app)
        assert "under MA to 31 Jul 2027" in text
        assert "no agreement" not in text
        await press(pilot, "remote", "enter", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "logged")
        await settled(app, pilot)
        await until(pilot, lambda: "machine POS-2 S/N" in screen_text(app), "named on the ticket")


async def test_plain_mode_reads_the_verdict_before_the_steps() -> None:
    desk = alive_desk(language="en")
    async with on_the_desk(desk, size=SMALL, comfort=Comfort(plain=True)) as (app, pilot):
        await press(pilot, "n", "02-412", "enter", "remo")
        await until(pilot, lambda: "QUOTA" in screen_text(app), "verdict")
        lines = screen_text(app).splitlines()

        def row(word: str) -> int:
            return next(place for place, line in enumerate(lines) if line.strip().startswith(word))

        assert row("VERDICT") < row("QUOTA") < row("WHO") < row("WHAT") < row("NOTES")


def test_a_name_in_the_other_language_is_shown_only_when_it_was_found() -> None:
    info = ServiceInfo("driver-install", Text("ติดตั้งไดรเวอร์", "Install a driver"), ("printer",))
    assert found_by(info, "driv", "th") == "Install a driver"
    # the same keys with the Thai layout on
    assert found_by(info, "กพรอ", "th") == "Install a driver"
    assert found_by(info, "ไดร", "en") == "ติดตั้งไดรเวอร์"
    assert [found_by(info, typed, "th") for typed in ("", "ไดร", "printer")] == ["", "", ""]
    assert [found_by(info, typed, "en") for typed in ("", "driv")] == ["", ""]


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("count", "/-", 23),
        ("count", "\u0e38", 6),
        ("count", "12", 12),
        ("number", "12", 12),
        ("number", "4.5", 4.5),
        ("number", "๔.๕", 4.5),
        ("number", "ภใถ", 4.5),
        ("money", "ๅ/จจ", Decimal(1200)),
        ("date", "/-ฝๅๅฝ/ถุต", "2026-11-23"),
        ("instant", "23/11/2569 9:05", "2026-11-23T09:05:00"),
        ("instant", "2026-11-23T14:30", "2026-11-23T14:30:00"),
        ("instant", "๒๓ พ.ย. ๒๕๖๙ เวลา ๑๔.๓๐ น.", "2026-11-23T14:30:00"),
    ],
)
def test_an_answer_in_the_digits_of_either_layout(kind: str, typed: str, value: object) -> None:
    assert read_answer(kind, typed, MONDAY.date()) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        *(("count", typed) for typed in ("-5", "2.5", "2/3", "เครื่อง", "1" * 10, "9" * 5000)),
        *(("number", typed) for typed in ("-5", "1.2.3", "2/3", "ชั่วโมง", "1" * 10, "9" * 5000)),
    ],
)
def test_what_is_no_count_is_none_on_either_layout(kind: str, typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_answer(kind, typed, MONDAY.date())


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("23/11/2569", "has no time of day"),
        ("23/11/2569 24:30", "has no time of day"),
        ("31/11/2569 09:00", "there is no day 31"),
        ("tomorrow 09:00", "cannot read 'tomorrow' as a date"),
        ("tomorrow", "cannot read 'tomorrow' as a date"),
    ],
)
def test_a_moment_is_a_day_and_a_time(typed: str, why: str) -> None:
    with pytest.raises(BadAnswer, match=why):
        read_answer("instant", typed, MONDAY.date())


async def test_of_two_who_share_a_number_each_is_told_by_name() -> None:
    """The company gives way at 80 columns and in a third of 120; each person's name stands whole."""
    desk = alive_desk(language="en")
    desk.customer(
        "ZZ-1", "Siam Metal and Long Machinery", "Rayong", ("K. Somsri", "02-777"), ("K. Danai", "02-777")
    )
    for size in (WIDE, SMALL):
        async with on_the_desk(desk, size=size) as (app, pilot):
            await press(pilot, "n", "02777")
            await until(pilot, lambda: "K. Danai" in screen_text(app), "found")
            assert "Siam Metal" in screen_text(app)
            assert "K. Somsri" in screen_text(app)
            await press(pilot, "ctrl+g", "ctrl+g")
            await until(pilot, lambda: isinstance(app.screen, DeskScreen), "left")
