"""A morning at the desk, end to end in real terminals: the same keys with either keyboard layout on."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable

import pytest

from tests.system.desks import Desk, Terminal, numbers, open_desk, ring, wait_for_draft

LAYOUTS = pytest.mark.parametrize(
    ("layout", "size"), [("english", (120, 36)), ("kedmanee", (80, 24))], ids=["english", "kedmanee"]
)
WORDS = "till two, the drawer"


@LAYOUTS
def test_a_ring_waits_for_what_is_typed_and_two_callers_are_kept(
    terminal: Terminal, demo_store: Callable[[], str], layout: str, size: tuple[int, int]
) -> None:
    url = demo_store()
    nok = open_desk(terminal, url, layout=layout, size=size)
    nok.call("0812345670", "AR-0001")
    nok.terminal.type("remote inst")
    nok.terminal.wait_for("AR-27")
    nok.press("Enter", "Enter", shows="a short title")
    nok.write(WORDS[:8])
    ring(url, "025550112")
    nok.terminal.wait_for("☎ Navy Clinic")
    nok.terminal.type(WORDS[8:])
    nok.terminal.wait_for(WORDS)
    nok.press("C-r", shows="EM-1002")
    nok.terminal.wait_for("⏸ ร้านทดสอบการค้า")
    nok.press("C-o", shows=WORDS)
    nok.terminal.wait_for("⏸ Navy Clinic")
    nok.press("C-o", shows="EM-1002")
    nok.press("C-l", shows="End without a ticket")
    nok.press("w", shows="─ Queue ─")
    # the first caller is still there, with every word
    nok.press("C-o", shows=WORDS)


@LAYOUTS
def test_an_answer_at_one_desk_changes_the_verdict_at_another(
    terminal: Terminal, demo_store: Callable[[], str], layout: str, size: tuple[int, int]
) -> None:
    url = demo_store()
    ploy = open_desk(terminal, url, "ploy", layout=layout, size=size)
    nok = open_desk(terminal, url, layout=layout)
    nok.call("555327", "BP-0327")
    nok.terminal.type("onsite")
    nok.terminal.wait_for("NOT AVAILABLE")
    nok.press("C-y", shows="ask about this call")
    nok.write("may we go once")
    asked = nok.press("Enter", shows=re.compile(r"asked the supervisor \(Q\d+\)"))
    question = re.search(r"\((Q\d+)\)", asked)
    assert question is not None
    ploy.terminal.wait_for("nok asks")
    # a caller on the line comes before what was asked earlier
    ploy.press("J", shows=f"▸ {question[1]} ")
    ploy.press("g", shows="grant: type the reason")
    ploy.write("a good customer")
    ploy.press("Enter", shows="✋3")
    nok.terminal.wait_for("a good customer")
    nok.terminal.wait_until_gone("NOT AVAILABLE")
    nok.terminal.wait_for("ploy granted")


@LAYOUTS
def test_a_known_problem_is_closed_once_and_everybody_called_back(
    terminal: Terminal, demo_store: Callable[[], str], layout: str, size: tuple[int, int]
) -> None:
    nok = open_desk(terminal, demo_store(), layout=layout, size=size)
    nok.call("0812345670", "AR-0001")
    nok.terminal.type("fault")
    nok.terminal.wait_for("▸ Fault of the program")
    # the problems of its vendor come after the caller
    nok.terminal.wait_for("^k this call is about it")
    nok.press("C-k", shows="this call is about P1")
    # the service is the problem's: on the title one Enter goes to the notes, another logs
    logged = nok.press("Enter", "Enter", shows=re.compile(r"#\d+ logged"))
    number = re.search(r"#(\d+) logged", logged)
    assert number is not None
    nok.press("K", shows="Known problems")
    nok.press("Down", shows="▸ P1")
    nok.press("Enter", shows="Paper Kite")
    nok.terminal.wait_for(f"#{number[1]}")
    nok.press("c", shows="how it was solved")
    nok.write("the driver is taken back")
    nok.press("Enter", shows="P1 is closed")
    nok.press("Space", shows="[x]")


@LAYOUTS
def test_two_desks_race_and_many_tickets_are_done_at_once(
    terminal: Terminal, demo_store: Callable[[], str], layout: str, size: tuple[int, int]
) -> None:
    url = demo_store()
    known = numbers(url)
    race = known["คำนวณภาษีพนักงานลาออกกลางเดือนไม่ตรง"]
    part, whole = known["ย้ายโปรแกรมไปเครื่องใหม่ (แจ้งวันเสาร์)"], known["ยอดรวมในใบเสร็จเป็นศูนย์"]
    art = open_desk(terminal, url, "art", layout=layout)
    nok = open_desk(terminal, url, layout=layout, size=size)
    desks = {"art": art, "nok": nok}
    for desk in desks.values():
        desk.go_to(race)
    for desk in desks.values():
        desk.letters("c")
    outcome = re.compile(rf"#{race} is yours|(?:art|nok) has #{race}|(?:art|nok) claimed it")
    said = {name: desk.terminal.wait_for(outcome) for name, desk in desks.items()}
    winners = [name for name, shown in said.items() if f"#{race} is yours" in shown]
    assert len(winners) == 1, said
    loser = next(shown for name, shown in said.items() if name not in winners)
    assert re.search(rf"{winners[0]} (?:has #{race}|claimed it)", loser)
    # a duplicate is made part of the other ticket, and taken apart again
    nok.go_to(part)
    nok.press("d", shows=f"Merge #{part} into")
    nok.terminal.wait_for(f"#{whole}")
    nok.press("Enter", shows=re.compile(rf"Merge #{part} into #{whole}.*again"))
    nok.press("d", shows=f"merged into #{whole}")
    # one step, told at either of the two
    nok.press("u", shows=re.compile(rf"Take back on #(?:{whole}|{part})"))
    nok.press("u", shows="taken back: merged")
    # three of mine are done in one go
    nok.press("v", shows=re.compile(r"\[mine \d+\]"))
    nok.press("Home", "Space", shows="●1 marked")
    nok.press("Down", "Space", shows="●2 marked")
    nok.press("Down", "Space", shows="●3 marked")
    nok.press("r", shows="solved by")
    nok.write("done together")
    nok.press("Enter", shows="3 tickets done")


def test_size_and_language_change_under_an_open_call(
    terminal: Terminal, demo_store: Callable[[], str]
) -> None:
    """From large to too small and back: what was typed is there, in the other language too."""
    nok = open_desk(terminal, demo_store())
    nok.call("0812345670", "AR-0001")
    nok.terminal.type("remote inst")
    nok.terminal.wait_for("AR-27")
    nok.press("Enter", "Enter", shows="a short title")
    nok.write(WORDS)
    for size in ((80, 24), (60, 20)):
        nok.terminal.resize(*size)
        shown = nok.terminal.wait_for(re.compile(rf"^(?!.{{{size[0] + 1}}}).*{WORDS}", re.MULTILINE))
        assert len(shown.splitlines()) <= size[1]
    nok.terminal.resize(50, 14)
    nok.terminal.wait_for("too small")
    nok.terminal.wait_until_gone(WORDS)
    nok.terminal.resize(120, 36)
    nok.terminal.wait_for(WORDS)
    nok.press("F2", shows="─ ใคร ─")
    nok.terminal.wait_for(WORDS)
    nok.press("F2", shows="VERDICT")
    nok.terminal.wait_for(WORDS)


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGHUP], ids=lambda sent: sent.name)
def test_a_desk_that_is_ended_in_the_middle_of_a_word_keeps_it(
    terminal: Terminal, demo_store: Callable[[], str], sent: signal.Signals
) -> None:
    url = demo_store()
    nok = open_desk(terminal, url)
    nok.call("0812345670", "AR-0001")
    nok.terminal.type("remote inst")
    nok.terminal.wait_for("AR-27")
    nok.press("Enter", "Enter", shows="a short title")
    nok.write(WORDS)
    if sent is signal.SIGKILL:
        # nothing can be done at the end: it must have been kept before
        wait_for_draft(url, WORDS)
    os.kill(nok.terminal.pid(), sent)
    nok.terminal.wait_for_exit()
    again = open_desk(terminal, url)
    again.press("n", shows=WORDS)


def test_plain_mode_and_no_color_say_everything_in_words(
    terminal: Terminal, demo_store: Callable[[], str]
) -> None:
    url = demo_store()
    plain = open_desk(terminal, url, more=("--plain",))
    shown = plain.terminal.screen()
    assert not set(shown) & set("╭╮╰╯│─▲◷█")
    assert "breached" in shown
    plain.call("0812345670", "AR-0001")
    plain.press("Escape", shows="Navy Cli")
    quiet = open_desk(terminal, url, env={"NO_COLOR": "1"})
    # reverse, bold and dim remain; 30 to 49 and 90 to 107 are colours
    codes = re.findall(r"\x1b\[([\d;:]*)m", quiet.terminal.screen(ansi=True))
    used = {int(code) for codes_ in codes for code in re.split("[;:]", codes_) if code}
    assert used
    assert not used & {*range(30, 50), *range(90, 108)} - {39, 49}


def test_a_customer_is_found_with_the_wrong_layout_on(
    terminal: Terminal, demo_store: Callable[[], str]
) -> None:
    nok = Desk(open_desk(terminal, demo_store()).terminal, "kedmanee")
    nok.press("f", shows="number, name, code")
    nok.letters("juniper")
    nok.terminal.wait_for("▸ Juniper Trading House")
