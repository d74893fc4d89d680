"""New callers, machines, verified callers, known problems and the supervisor, over a real desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from threading import Event

import pytest

from deskui.desk.advicemodel import Problem
from deskui.desk.desk import Desk
from deskui.desk.records import MachineRecord
from deskui.policy.decision import Text
from deskui.tui.modals.asked import AskedScreen
from deskui.tui.modals.problems import ProblemForm, ProblemsScreen
from deskui.tui.screens.call import CallScreen
from deskui.tui.screens.desk import DeskScreen
from tests.tui.driving import (
    SMALL,
    call_screen,
    desk_screen,
    press,
    screen_text,
    toasts,
    until,
)
from tests.tui.real_desk import RealDesk, real_app, real_desk

SAY = Text("เซิร์ฟเวอร์ล่ม กำลังแก้{particle}", "The server is down; we are on it.")


def machine(desk: RealDesk, name: str, serial: str, *, ma: bool) -> int:
    """One more machine of the pharmacy."""
    with desk.store.uow(write=True) as uow:
        (customer,) = uow.customers.by_codes(["PS-0003"])
        product = uow.products.of_customers([customer.customer_id])[0]
        (key,) = uow.machines.add([MachineRecord(0, product.product_id, name, ma, serial=serial)])
        uow.commit()
    return key


@pytest.mark.parametrize("size", [(120, 36), SMALL], ids=["wide", "small"])
async def test_a_caller_nobody_knows_is_on_file_in_a_few_keys(size: tuple[int, int]) -> None:
    """The number, ^a, the name, Enter, the vendor's letter: the verdict is there, and nothing is free."""
    async with real_desk() as desk, real_app(desk, size=size) as (app, pilot):
        await press(pilot, "n", "0899998888")
        await until(pilot, lambda: "^a" in screen_text(app), "offered")
        await press(pilot, "ctrl+a", "ร้านใหม่", "enter", "a")
        await until(pilot, lambda: call_screen(app).call.product_id is not None, "on file")
        await until(pilot, lambda: call_screen(app).verdict.decision is not None, "verdict")
        (hit,) = [one for one in desk.of("nok").find_callers("0899998888") if one.contact_id]
        assert hit.customer == "ร้านใหม่"
        assert hit.products[0].policy == desk.of("nok").vendors()[0][0]
        assert call_screen(app).focused is call_screen(app).what.field


async def test_esc_puts_the_form_away_and_what_was_typed_stays() -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", "0899998888", "ctrl+a")
        await until(pilot, lambda: call_screen(app).who.has_class("-new"), "form")
        await press(pilot, "escape")
        await until(pilot, lambda: not call_screen(app).who.has_class("-new"), "put away")
        assert call_screen(app).who.text == "0899998888"
        assert call_screen(app).focused is call_screen(app).who.field


async def test_a_new_number_of_a_known_customer_is_attached() -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", "EM-0031", "enter")
        await until(pilot, lambda: call_screen(app).call.product_id, "chosen")
        await press(pilot, "ctrl+a", "Khun Mai", "enter", "0861112222", "enter")
        await until(pilot, lambda: desk.of("nok").find_callers("0861112222"), "attached")
        (hit,) = desk.of("nok").find_callers("0861112222")
        assert (hit.code, hit.contact) == ("EM-0031", "Khun Mai")
        await until(pilot, lambda: call_screen(app).call.contact_id == hit.contact_id, "is the caller")


async def test_of_several_machines_one_is_picked_by_a_letter_and_decides() -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        bare = machine(desk, "POS-2", "PSX-2", ma=False)
        await press(pilot, "n", "PS-0003", "enter")
        await until(pilot, lambda: "POS-2" in screen_text(app), "machines offered")
        await press(pilot, "b", "remote", "enter")
        await until(pilot, lambda: call_screen(app).call.service, "service")
        assert call_screen(app).call.answers["machine_id"] == bare
        await until(pilot, lambda: "machine POS-2" in screen_text(app), "card")


async def test_a_serial_goes_straight_to_its_machine() -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        key = machine(desk, "POS-2", "PSX-77-2", ma=False)
        await press(pilot, "n", "psx772", "enter")
        await until(pilot, lambda: call_screen(app).call.product_id, "chosen")
        assert call_screen(app).call.answers == {"machine_id": key}


async def test_a_password_asks_how_the_caller_was_verified_and_the_ticket_keeps_it() -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", "038111234", "enter", "password", "enter")
        await until(pilot, lambda: call_screen(app).questions.question, "question")
        assert "may ask: not known" in screen_text(app)
        await press(pilot, "y")
        await until(pilot, lambda: "made sure" in screen_text(app), "asked how")
        assert call_screen(app).call.answers == {}
        await press(pilot, "c")
        await until(pilot, lambda: call_screen(app).call.proofs, "proof kept")
        await until(pilot, lambda: call_screen(app).notes.title_field.has_focus, "notes")
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen), "logged")
        (entry,) = desk.of("nok").queue().entries
        kinds = [one.text.en for one in desk.of("nok").ticket(entry.ticket_id).entries]
        assert "authority verified: called back on the number on file" in kinds


async def test_not_verified_after_all_is_a_no() -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", "038111234", "enter", "password", "enter")
        await until(pilot, lambda: call_screen(app).questions.question, "question")
        await press(pilot, "y")
        await until(pilot, lambda: "made sure" in screen_text(app), "asked how")
        await press(pilot, "u")
        await until(pilot, lambda: call_screen(app).call.answers == {"authority_verified": False}, "no")


async def test_the_supervisors_yes_changes_the_open_verdict() -> None:
    """One key asks; ploy's answer on her own desk changes what nok sees within a second."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        desk.of("ploy").here()
        await press(pilot, "n", "AR-0107", "enter", "recover a data", "enter")
        await until(pilot, lambda: call_screen(app).verdict.decision is not None, "verdict")
        await press(pilot, "ctrl+y", "enter")
        await until(pilot, lambda: desk.of("ploy").questions_waiting(), "asked")
        await until(pilot, lambda: "asked the supervisor (Q1)" in screen_text(app), "shown as asked")
        desk.of("ploy").answer_question(1, "granted", "goodwill")
        await until(pilot, lambda: "ploy granted it: goodwill" in screen_text(app), "the answer is here")
        decision = call_screen(app).verdict.decision
        assert decision is not None
        await until(pilot, lambda: "override" in _flags(call_screen(app).verdict.decision), "verdict changed")


def _flags(decision: object) -> tuple[str, ...]:
    return getattr(decision, "flags", ())


async def test_with_no_supervisor_the_words_name_the_next_working_day() -> None:
    async with real_desk() as desk, real_app(desk, language="th") as (app, pilot):
        await press(pilot, "n", "EM-0031", "enter")
        await until(pilot, lambda: call_screen(app).call.product_id, "chosen")
        await press(pilot, "ctrl+y", "enter")
        await until(pilot, lambda: "หัวหน้างานไม่อยู่" in screen_text(app).replace("\n", ""), "words")
        assert desk.of("ploy").questions_waiting()[0].due_at is not None


async def test_the_supervisor_answers_on_her_own_desk() -> None:
    """The question arrives by itself; J opens it, g and a reason grant it."""
    async with real_desk() as desk, real_app(desk, "ploy") as (app, pilot):
        call = replace(desk.call("AR-0107", "db-recovery"), notes="they lost a disk")
        desk.of("nok").ask_supervisor(call)
        await until(pilot, lambda: "✋1" in screen_text(app), "told")
        assert any("nok asks" in one for one in toasts(app))
        await press(pilot, "J")
        await until(pilot, lambda: "they lost a disk" in screen_text(app), "question")
        await press(pilot, "g", "goodwill", "enter")
        await until(pilot, lambda: desk.of("nok").supervisor_question(1).state == "granted", "granted")
        await until(pilot, lambda: "Nothing waits" in screen_text(app), "done")
        await press(pilot, "escape")
        await until(pilot, lambda: not isinstance(app.screen, AskedScreen), "back")
        await until(pilot, lambda: "✋" not in screen_text(app), "no more")


@pytest.mark.parametrize(("key", "state"), [("r", "refused"), ("a", "answered")])
async def test_a_no_or_words_by_one_letter(key: str, state: str) -> None:
    async with real_desk() as desk, real_app(desk, "ploy") as (app, pilot):
        desk.of("nok").ask_supervisor(desk.call("AR-0107", "db-recovery"))
        await press(pilot, "J")
        await until(pilot, lambda: isinstance(app.screen, AskedScreen) and app.screen.questions, "question")
        await press(pilot, key, "see the terms", "enter")
        await until(pilot, lambda: desk.of("nok").supervisor_question(1).state == state, state)


async def test_a_ticket_is_asked_about_with_one_key() -> None:
    async with real_desk() as desk:
        ticket = desk.log("AR-0107", "db-recovery")
        async with real_app(desk) as (app, pilot):
            await until(pilot, lambda: desk_screen(app).queue.ticket_id == ticket.row.ticket_id, "ticket")
            await press(pilot, "H", "enter")
            await until(pilot, lambda: desk.of("ploy").questions_waiting(), "asked")
            assert desk.of("ploy").questions_waiting()[0].number == ticket.row.number


async def test_a_call_is_put_to_a_known_problem_with_one_key() -> None:
    """Service and what is known of the cause come with it; the words to say are the problem's own."""
    async with real_desk() as desk:
        first = desk.log("EM-0031", "sla-deadline", severity="system_down", emwork_product=True,
                         customer_modified=False, in_warranty=True)  # fmt: skip
        known = desk.of("nok").open_problem("server down", SAY, ticket_id=first.row.ticket_id)
        async with real_app(desk) as (app, pilot):
            await press(pilot, "n", "EM-0031", "enter")
            await until(pilot, lambda: f"P{known.problem_id} server down" in screen_text(app), "offered")
            await press(pilot, "ctrl+k")
            await until(pilot, lambda: call_screen(app).call.service == "sla-deadline", "service")
            assert call_screen(app).call.answers["severity"] == "system_down"
            await until(pilot, lambda: "we are on it" in screen_text(app).replace("\n", " "), "words")
            await press(pilot, "ctrl+k")
            await until(pilot, lambda: call_screen(app).call.problem_id is None, "taken off")


async def test_the_key_of_known_problems_waits_until_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed at once after the caller, it opened a second problem of the same cause."""
    may_read, read = Event(), Desk.known_problems

    def slowly(self: Desk, policy: str | None = None) -> Sequence[Problem]:
        assert may_read.wait(30)
        return read(self, policy)

    async with real_desk() as desk:
        known = desk.of("nok").open_problem("server down", SAY, policy="emwork")
        monkeypatch.setattr(Desk, "known_problems", slowly)
        async with real_app(desk) as (app, pilot):
            await press(pilot, "n", "EM-0031", "enter", "ctrl+k")
            await until(pilot, lambda: call_screen(app).call.product_id, "chosen")
            assert isinstance(app.screen, CallScreen)
            may_read.set()
            await until(pilot, lambda: call_screen(app).call.problem_id == known.problem_id, "put to it")


async def test_a_problem_of_another_service_says_of_which_and_is_not_chosen_unasked() -> None:
    async with real_desk() as desk:
        desk.of("nok").open_problem("login down", SAY, policy="aristosoft", service="program-error")
        async with real_app(desk) as (app, pilot):
            await press(pilot, "n", "024122345", "enter")
            await until(pilot, lambda: "login down · " in screen_text(app), "offered with its service")
            await press(pilot, "remote install", "enter")
            await until(pilot, lambda: call_screen(app).call.service == "remote-install", "another service")
            await press(pilot, "ctrl+k")
            await until(pilot, lambda: "About which" in screen_text(app), "asked")
            assert call_screen(app).call.problem_id is None


async def test_of_several_known_problems_a_letter_picks() -> None:
    async with real_desk() as desk:
        for title in ("first cause", "second cause"):
            desk.of("nok").open_problem(title, SAY, policy="emwork")
        async with real_app(desk) as (app, pilot):
            await press(pilot, "n", "EM-0031", "enter")
            await until(pilot, lambda: "P2 second cause" in screen_text(app), "offered")
            await press(pilot, "ctrl+k")
            await until(pilot, lambda: "About which" in screen_text(app), "asked which")
            await press(pilot, "b")
            await until(
                pilot, lambda: call_screen(app).call.problem_id == 1, "the second line is the older one"
            )
            await until(pilot, lambda: "about P1 first cause" in screen_text(app), "shown")


async def test_a_call_about_a_problem_is_logged_on_its_call_back_list() -> None:
    async with real_desk() as desk:
        known = desk.of("nok").open_problem("login down", SAY, policy="aristosoft", service="program-error")
        async with real_app(desk) as (app, pilot):
            await press(pilot, "n", "024122345", "enter")
            await until(pilot, lambda: "login down" in screen_text(app), "offered")
            await press(pilot, "ctrl+k")
            await until(pilot, lambda: call_screen(app).notes.title_field.has_focus, "ready to log")
            await press(pilot, "enter", "enter")
            await until(pilot, lambda: desk.of("nok").problem(known.problem_id).list, "on the list")
            (line,) = desk.of("nok").problem(known.problem_id).list
            assert (line.contact, line.number is not None) == ("คุณแอน", True)


async def test_a_new_problem_is_opened_of_the_call() -> None:
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        await press(pilot, "n", "EM-0031", "enter")
        await until(pilot, lambda: call_screen(app).call.product_id, "chosen")
        await press(pilot, "ctrl+k")
        await until(pilot, lambda: isinstance(app.screen, ProblemForm), "form")
        await press(pilot, "server down", "enter", "ล่มทั้งระบบ", "enter", "All is down", "enter")
        await until(pilot, lambda: desk.of("nok").known_problems(), "opened")
        await until(pilot, lambda: call_screen(app).call.problem_id == 1, "this call is about it")
        assert desk.of("nok").known_problems("emwork")[0].say == Text("ล่มทั้งระบบ", "All is down")


async def test_one_close_and_the_call_back_list_on_the_desk() -> None:
    async with real_desk() as desk:
        ticket = desk.log("AR-0107", "db-recovery")
        known = desk.of("nok").open_problem("server down", SAY, ticket_id=ticket.row.ticket_id)
        async with real_app(desk) as (app, pilot):
            await press(pilot, "K")
            await until(pilot, lambda: "server down" in screen_text(app), "listed")
            await press(pilot, "enter")
            await until(pilot, lambda: "[ ]" in screen_text(app), "call-back list")
            await press(pilot, "c")
            await press(pilot, "spare server", "enter")
            await until(pilot, lambda: desk.of("nok").problem(known.problem_id).closed_at, "closed")
            await until(pilot, lambda: "✓ spare server" in screen_text(app), "shown")
            await press(pilot, " ")
            await until(pilot, lambda: desk.of("nok").problem(known.problem_id).to_tell == 0, "told")
            await until(pilot, lambda: "[x]" in screen_text(app), "ticked")
            await press(pilot, "escape", "escape")
            await until(pilot, lambda: not isinstance(app.screen, ProblemsScreen), "back")


async def test_the_selected_ticket_opens_a_problem_and_another_is_put_to_it() -> None:
    async with real_desk() as desk:
        first = desk.log("AR-0107", "db-recovery", "disk is gone")
        async with real_app(desk) as (app, pilot):
            await until(pilot, lambda: desk_screen(app).queue.ticket_id == first.row.ticket_id, "ticket")
            await press(pilot, "K")
            await until(pilot, lambda: isinstance(app.screen, ProblemsScreen), "page")
            await press(pilot, "n")
            await until(pilot, lambda: isinstance(app.screen, ProblemForm), "form")
            await press(pilot, "ขัดข้อง", "enter", "enter")
            await until(pilot, lambda: desk.of("nok").known_problems(), "opened")
            assert desk.of("nok").known_problems()[0].title == "disk is gone"
            await until(pilot, lambda: "1 caller" in screen_text(app), "counted")
            await press(pilot, "t")
            await until(pilot, lambda: any("already" in one for one in toasts(app)), "already in it")


async def test_what_is_asked_stands_in_a_line_and_typed_letters_are_no_commands() -> None:
    """The line shows what goes along; words are sent with it; again offers to take the question back."""
    async with real_desk() as desk, real_app(desk) as (app, pilot):
        desk.of("ploy").here()
        await press(pilot, "n", "AR-0107", "enter", "recover a data", "enter")
        await until(pilot, lambda: call_screen(app).notes.title_field.has_focus, "verdict")
        await press(pilot, "ctrl+y")
        await until(pilot, lambda: "with: Recover a database" in screen_text(app), "what goes along")
        await press(pilot, "qq once, please?", "escape")
        await until(pilot, lambda: call_screen(app).notes.title_field.has_focus, "back")
        assert not desk.of("ploy").questions_waiting()
        await press(pilot, "ctrl+y")
        await until(pilot, lambda: "qq once, please?" in screen_text(app), "still there")
        await press(pilot, "enter")
        await until(pilot, lambda: desk.of("ploy").questions_waiting(), "asked")
        (asked,) = desk.of("ploy").questions_waiting()
        assert (asked.text, asked.service) == ("qq once, please?", "db-recovery")
        await until(pilot, lambda: "asked the supervisor (Q1)" in screen_text(app), "shown as asked")
        await until(pilot, lambda: call_screen(app).notes.title_field.has_focus, "goes on")
        await press(pilot, "ctrl+y")
        await until(pilot, lambda: "asked by nok" in screen_text(app), "asked already")
        await press(pilot, "w")
        await until(pilot, lambda: not desk.of("ploy").questions_waiting(), "taken back")
        await until(pilot, lambda: "The question was withdrawn." in toasts(app), "told")


@pytest.mark.parametrize("typed", ["๑,๒๕๐.๕๐ บาท", "1250.5", "ๅ/ถจใถ"], ids=["thai", "latin", "layout"])
async def test_the_supervisor_names_a_price_and_it_stands_everywhere(typed: str) -> None:
    """In the verdict that is open, on the ticket, in its charge and on its timeline."""
    async with real_desk() as desk, real_app(desk, "ploy") as (app, pilot):
        call = desk.call("AR-0107", "db-recovery")
        asked = desk.of("nok").ask_supervisor(call, "at what price?")
        await press(pilot, "J")
        await until(pilot, lambda: "at what price?" in screen_text(app), "question")
        await press(pilot, "p", "free", "enter")
        await until(pilot, lambda: "An amount above 0" in screen_text(app), "no amount")
        await press(pilot, *["backspace"] * 4, typed, "enter", "as a favour", "enter")
        await until(pilot, lambda: desk.of("nok").supervisor_question(1).state == "granted", "granted")
        call = replace(call, question_id=asked.question_id)
        decision = desk.of("nok").preview(call)
        assert (decision.outcome, decision.figures["amount"]) == ("charge", Decimal("1250.50"))
        ticket = desk.of("nok").open_ticket(call)
        assert ticket.decision is not None
        assert ticket.decision.figures["amount"] == Decimal("1250.50")
        assert "1,250.50 บาท" in ticket.decision.say.th
        assert any("for 1,250.50 baht" in entry.text.en for entry in ticket.entries)


@pytest.mark.parametrize(("size", "language"), [((120, 36), "en"), (SMALL, "th")])
async def test_an_answer_about_a_ticket_reaches_who_asked(size: tuple[int, int], language: str) -> None:
    """In words on the timeline, and said in passing wherever the agent is by then."""
    async with real_desk() as desk:
        ticket = desk.log("AR-0107", "db-recovery")
        number = ticket.row.number
        async with real_app(desk, size=size, language=language) as (app, pilot):
            await until(pilot, lambda: desk_screen(app).queue.ticket_id == ticket.row.ticket_id, "ticket")
            await press(pilot, "H")
            await until(pilot, lambda: desk_screen(app).pane.words_line.has_focus, "a line to ask on")
            await press(pilot, "may we?", "enter")
            await until(pilot, lambda: desk.of("ploy").questions_waiting(), "asked")
            assert desk.of("ploy").questions_waiting()[0].text == "may we?"
            await press(pilot, "n")
            await until(pilot, lambda: call_screen(app).is_current, "in a call")
            desk.of("ploy").answer_question(1, "answered", "quote 2,000 first")
            said = f"#{number} → ploy "
            await until(pilot, lambda: any(said in note for note in toasts(app)), "told")
            assert "quote 2,000 first" in toasts(app)[-1]
            await press(pilot, "escape")
            await until(pilot, lambda: isinstance(app.screen, DeskScreen), "back")
            await until(pilot, lambda: "quote 2,000 first" in screen_text(app), "on the timeline")


async def test_of_what_is_asked_already_the_key_offers_to_take_it_back() -> None:
    async with real_desk() as desk:
        ticket = desk.log("AR-0107", "db-recovery")
        asked = desk.of("art").ask_about_ticket(ticket.row.ticket_id)
        async with real_app(desk) as (app, pilot):
            await press(pilot, "H", "w")
            note = f"art asked Q{asked.question_id}"
            await until(pilot, lambda: any(note in one for one in toasts(app)), "not nok's")
            desk.of("ploy").withdraw_question(asked.question_id)
            await press(pilot, "H", "enter")
            await until(pilot, lambda: desk.of("ploy").questions_waiting(), "asked anew")
            await until(pilot, lambda: "Q2" in " ".join(toasts(app)), "told")
            await press(pilot, "H", "w")
            await until(pilot, lambda: not desk.of("ploy").questions_waiting(), "taken back")
