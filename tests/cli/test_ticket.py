"""`deskui ticket`: every move, what it prints, and each way to be refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.cli.desks import HOSTILE, NOW, Run, safe
from tests.databases import KIND
from tests.desk.conftest import POLICIES


def log(desk: Run, service: str = "advice", customer: str = "SX-001", *more: str) -> Any:
    """Logs a call; the ticket as JSON."""
    done = desk("ticket", "open", "--customer", customer, "--service", service, "--json", *more)
    assert done.code == 0, done.err
    return done.json


def test_a_call_is_logged_with_verdict_words_and_due_time(desk: Run) -> None:
    done = desk("ticket", "open", "--customer", "sx-001", "--service", "advice", "--contact", "สมศรี")
    assert (done.code, done.err) == (0, "")
    first, verdict, said, clock = done.out.splitlines()
    assert first.startswith("#1001")
    assert verdict == "  verdict: call back  [SX-04 §3.1]"
    assert said.startswith("  say: ")
    assert clock == "  callback: 2026-11-23 10:45  15:00 left  running  [SX-04 §3.1]"


def test_a_logged_call_as_json(desk: Run) -> None:
    ticket = log(
        desk, "repair", "SX-001", "--fact", "severity=DOWN", "--title", "no start", "--note", "since 9"
    )
    assert ticket["number"] == 1001
    assert (ticket["version"], ticket["state"], ticket["assignee"]) == (1, "new", None)
    assert (ticket["outcome"], ticket["decision"]["outcome"]) == ("deadline", "deadline")
    assert set(ticket["say"]) == {"th", "en"}
    assert "{particle}" not in ticket["say"]["th"]
    assert ticket["due_at"] == "2026-11-23T11:00:00+07:00"
    assert ticket["promised"] is True
    clocks = {clock["kind"]: clock for clock in ticket["clocks"]}
    assert clocks["resolution"]["due_at"] == "2026-11-23T15:30:00+07:00"
    assert clocks["resolution"]["left_seconds"] == 4 * 3600
    assert (ticket["title"], ticket["description"]) == ("no start", "since 9")
    assert ticket["facts"]["severity"] == "down"
    assert [entry["kind"] for entry in ticket["entries"]] == ["opened", "description"]
    assert ticket == desk("ticket", "show", "1001", "--json").json


def test_the_thai_reader_is_told_in_thai(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKUI_LANG", "th")
    done = desk("ticket", "open", "--customer", "SX-001", "--service", "advice")
    assert "คำตอบ: โทรกลับ" in done.out
    assert "เปิด" not in done.err
    assert "กำลังทำ" in desk("ticket", "claim", "1001").out


def test_what_must_be_known_first_is_asked_for_and_nothing_logged(desk: Run) -> None:
    opening = ("ticket", "open", "--customer", "SX-001", "--service", "install")
    asked = desk(*opening)
    assert (asked.code, asked.out) == (1, "")
    assert "--fact same_machine=yes|no  Is it the same machine?" in asked.err
    again = desk(*opening, "--json")
    assert again.code == 1
    assert again.json == {
        "outcome": "ask",
        "needs": [
            {
                "fact": "same_machine",
                "kind": "yes_no",
                "text": {"th": "เครื่องเดิมหรือไม่", "en": "Is it the same machine?"},
                "options": ["yes", "no"],
            }
        ],
    }
    assert desk("ticket", "list", "--json").json == []
    assert log(desk, "install", "SX-001", "--fact", "same_machine=no")["outcome"] == "quota"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--customer", "SX-999", "--service", "advice"), "no customer 'SX-999'"),
        (("--customer", "SX-001", "--service", "cooking"), "no service 'cooking'"),
        (("--customer", "SX-001", "--service", "advice", "--product", "x"), "has no product 'x'"),
        (("--customer", "SX-001", "--service", "advice", "--contact", "zzz"), "สมศรี 081 234 5678"),
        (("--customer", "SX-001", "--service", "advice", "--channel", "pigeon"), "pigeon"),
        (("--customer", "SX-001", "--service", "repair", "--fact", "severity"), "no NAME=VALUE"),
        (("--customer", "SX-001", "--service", "repair", "--fact", "severty=down"), "severity"),
        (("--customer", "SX-001", "--service", "repair", "--fact", "severity=dwn"), "down, slow, cosmetic"),
        (
            ("--customer", "SX-001", "--service", "repair", "--fact", "severity=planned"),
            "found 'planned', expected one of: down, slow, cosmetic\n",
        ),
        (("--customer", "SX-001", "--service", "forms", "--fact", "forms=-3"), "-3"),
        (("--customer", "SX-001", "--service", "forms", "--fact", "contract.start=yesterday"), "yesterday"),
        (("--service", "advice"), "--customer"),
        (("--customer", "SX-001", "--service", "advice", "--agent", "ghost"), "art, nok"),
    ],
)
def test_what_cannot_be_read_or_is_unknown_is_wrong_use(
    desk: Run, arguments: tuple[str, ...], said: str
) -> None:
    done = desk("ticket", "open", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert desk("ticket", "list", "--json").json == []


def test_facts_on_file_are_not_answered_away(desk: Run) -> None:
    for _ in range(2):
        assert log(desk, "install", "SX-001", "--fact", "same_machine=no")["outcome"] == "quota"
    for fact, said in (("used=0", "2 used"), ("contract.plan=silver", "gold"), ("contract=no", "plan gold")):
        facts = ("--fact", "same_machine=no", "--fact", fact)
        done = desk("ticket", "open", "--customer", "SX-001", "--service", "install", *facts)
        assert (done.code, done.out) == (1, "")
        assert said in done.err.partition("on file is ")[2]
        assert "ask the supervisor" in done.err
    assert len(desk("ticket", "list", "--json").json) == 2


def test_every_bad_fact_is_told_at_once(desk: Run) -> None:
    facts = ("--fact", "severity=x", "--fact", "forms=y", "--fact", "what=1")
    done = desk("ticket", "open", "--customer", "SX-001", "--service", "repair", *facts)
    assert done.code == 2
    assert all(f"--fact {name}:" in done.err for name in ("severity", "forms", "what"))


def test_a_ticket_goes_its_whole_way(desk: Run) -> None:
    log(desk, "repair", "SX-001", "--fact", "severity=down")
    steps = [
        (("claim", "#1001"), "open", "nok"),
        (("release", "1001"), "open", None),
        (("claim", "1001"), "open", "nok"),
        (("note", "1001", "looked"), "open", "nok"),
        (("wait", "1001", "--reason", "a mail"), "waiting", "nok"),
        (("resume", "1001"), "open", "nok"),
        (("severity", "1001", "slow"), "open", "nok"),
        (("resolve", "1001", "--note", "cable"), "resolved", "nok"),
        (("reopen", "1001"), "open", "nok"),
        (("close", "1001"), "closed", "nok"),
    ]
    for arguments, state, who in steps:
        done = desk("ticket", *arguments, "--json")
        assert done.code == 0, done.err
        assert (done.json["number"], done.json["state"], done.json["assignee"]) == (1001, state, who)
    kinds = [entry["kind"] for entry in desk("ticket", "show", "1001", "--json").json["entries"]]
    assert {"claimed", "released", "note", "waiting", "resumed", "severity", "resolved", "closed"} <= set(
        kinds
    )


def test_a_target_is_met(desk: Run) -> None:
    log(desk)
    met = desk("ticket", "meet", "1001", "callback", "--json", at="2026-11-23T10:40")
    assert (met.code, met.json["clock"]) == (0, None)
    (clock,) = desk("ticket", "show", "1001", "--json").json["clocks"]
    assert (clock["state"], clock["met_at"]) == ("met", "2026-11-23T10:40:00+07:00")
    again = desk("ticket", "meet", "1001", "callback")
    assert (again.code, again.out) == (1, "")
    assert "#1001 has no callback to meet" in again.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("resume", "1001"), "is not waiting"),
        (("reopen", "1001"), "only a resolved ticket"),
        (("note", "1001", "  "), "note is empty"),
        (("claim", "1001", "--agent", "art"), "nok has #1001"),
    ],
)
def test_a_rule_that_forbids_it_is_said(desk: Run, arguments: tuple[str, ...], said: str) -> None:
    log(desk)
    desk("ticket", "claim", "1001")
    done = desk("ticket", *arguments)
    assert (done.code, done.out) == (1, "")
    assert said in done.err


def test_who_is_served_last_is_claimed_with_a_reason(desk: Run) -> None:
    log(desk)
    log(desk, "advice", "SX-003")
    refused = desk("ticket", "claim", "1002")
    assert (refused.code, "give a reason" in refused.err) == (1, True)
    assert desk("ticket", "claim", "1002", "--reason", "on the way").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "7"), "no ticket #7"),
        (("claim", "seven"), "1042 or #1042"),
        (("show", "-1"), "-1"),
        (("show", "99999999999999999999"), "1042 or #1042"),
        (("meet", "1001", "lunch"), "first_response"),
        (("severity", "1001", "awful"), "down, slow, cosmetic"),
        (("open", "--customer", "SX-001", "--service", "help", "--problem", "9" * 20), "3 or P3"),
        (("claim", "1001", "--if-version", "9" * 20), "--if-version"),
        (("list", "--view", "mnie"), "mine"),
        (("list", "--limit", "0"), "--limit"),
        (("show", "1001", "--at", "soon"), "--at"),
        (("show", "1001", "--policies", "/nowhere/at/all"), "no folder"),
    ],
)
def test_wrong_use_is_told_apart(desk: Run, arguments: tuple[str, ...], said: str) -> None:
    log(desk)
    done = desk("ticket", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_a_version_somebody_changed_is_a_lost_race(desk: Run) -> None:
    seen = log(desk)["version"]
    assert desk("ticket", "claim", "1001", "--agent", "art").code == 0
    lost = desk("ticket", "wait", "1001", "--if-version", str(seen))
    assert (lost.code, lost.out) == (1, "")
    assert "art claimed it" in lost.err
    assert desk("ticket", "show", "1001", "--json").json["state"] == "open"


def test_one_of_two_processes_gets_the_ticket(desk: Run) -> None:
    log(desk)
    command = [sys.executable, "-m", "deskui", "ticket", "claim", "1001", "--if-version", "1", "--at", NOW]

    def claim(agent: str) -> subprocess.CompletedProcess[str]:
        arguments = [*command, "--agent", agent, "--policies", str(POLICIES)]
        return subprocess.run(arguments, capture_output=True, text=True, check=False, env=dict(os.environ))

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(claim, ("nok", "art")))
    assert sorted(one.returncode for one in done) == [0, 1]
    loser = next(one for one in done if one.returncode == 1)
    assert loser.stdout == ""
    assert loser.stderr.count("\n") == 1


def test_the_queue_in_the_order_to_serve(desk: Run) -> None:
    log(desk, "advice", "SX-003")
    log(desk, "repair", "SX-001", "--fact", "severity=slow")
    log(desk)
    listed = desk("ticket", "list", "--json").json
    assert [(row["number"], row["band"]) for row in listed] == [(1003, 1), (1002, 2), (1001, 4)]
    assert set(listed[0]) >= {"number", "version", "state", "customer", "plan", "due_at", "promised", "clock"}
    assert [row["number"] for row in desk("ticket", "list", "--view", "callbacks", "--json").json] == [1003]
    assert [row["number"] for row in desk("ticket", "list", "--limit", "2", "--json").json] == [1003, 1002]
    desk("ticket", "claim", "1002")
    assert [row["number"] for row in desk("ticket", "list", "--view", "mine", "--json").json] == [1002]
    assert desk("ticket", "list", "--view", "seventh").out == ""
    head, *rows = desk("ticket", "list").out.splitlines()
    assert head.split() == ["#", "LEFT", "DUE", "CUSTOMER", "PLAN", "WHAT", "STATE", "WHO"]
    column = head.index("DUE")
    assert [row[column : column + 16] for row in rows[:2]] == ["2026-11-23 10:45", "2026-11-25 10:30"]


def test_how_a_due_time_comes_about(desk: Run) -> None:
    log(desk, "repair", "SX-001", "--fact", "severity=down")
    clocks = desk("ticket", "show", "1001", "--why", "--json").json["clocks"]
    for clock in clocks:
        assert sum(step["counted_seconds"] for step in clock["steps"]) == clock["work_seconds"]
    assert "2026-11-23 12:00 – 2026-11-23 13:00" in desk("ticket", "show", "1001", "--why").out


def test_looking_needs_nobody_named_and_working_does(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    log(desk)
    monkeypatch.delenv("DESKUI_AGENT")
    assert desk("ticket", "list").code == 0
    assert desk("ticket", "show", "1001").code == 0
    for arguments in (("claim", "1001"), ("list", "--view", "mine")):
        done = desk("ticket", *arguments)
        assert (done.code, "--agent" in done.err) == (2, True)


def test_text_of_a_caller_never_steers_the_terminal(desk: Run) -> None:
    log(desk, "advice", "SX-001", "--title", HOSTILE, "--note", f"first\n{HOSTILE}", "--phone", HOSTILE)
    desk("ticket", "note", "1001", HOSTILE)
    desk("ticket", "claim", "1001", "--reason", HOSTILE)
    for arguments in (("list",), ("show", "1001"), ("show", "1001", "--json"), ("list", "--json")):
        done = desk("ticket", *arguments)
        assert done.code == 0
        assert "evil" in done.out
        assert safe(done.out)
    for hostile in (("--customer", HOSTILE), ("--customer", "SX-001", "--contact", HOSTILE)):
        done = desk("ticket", "open", "--service", "advice", *hostile)
        assert (done.code, safe(done.err)) == (2, True)


def test_a_note_may_come_from_another_program(desk: Run) -> None:
    log(desk)
    command = [sys.executable, "-m", "deskui", "ticket", "note", "1001", "-", "--at", NOW]
    done = subprocess.run(command, input="สองบรรทัด\nline 2".encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    shown = desk("ticket", "show", "1001", "--json").json["entries"][-1]
    assert shown["text"]["th"] == "สองบรรทัด\nline 2"
    bad = subprocess.run(command, input=b"\xff", capture_output=True, check=False)
    assert (bad.returncode, bad.stdout) == (2, b"")
    assert b"not UTF-8" in bad.stderr


def test_a_store_that_is_not_there(empty: Run, db_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKUI_DB", "postgresql://nobody@127.0.0.1:1/none")
    gone = empty("ticket", "list")
    assert (gone.code, gone.out) == (3, "")
    assert "127.0.0.1/none" in gone.err
    if KIND == "sqlite":
        monkeypatch.setenv("DESKUI_DB", db_url)
        missing = empty("ticket", "list")
        assert (missing.code, missing.out) == (3, "")
        assert "--db" in missing.err
        assert not os.path.exists(db_url.removeprefix("sqlite:///"))


@pytest.mark.skipif(KIND != "sqlite", reason="a damaged server is PostgreSQL's own matter")
def test_a_damaged_store(desk: Run, db_url: str) -> None:
    path = db_url.removeprefix("sqlite:///")
    with open(path, "r+b") as file:
        file.write(b"this is no database at all")
    done = desk("ticket", "list")
    assert (done.code, done.out) == (3, "")


def test_the_store_named_before_the_command_is_meant(
    desk: Run, db_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from deskui.cli.main import main  # noqa: PLC0415 - the options come first here

    log(desk)
    monkeypatch.setenv("DESKUI_DB", "postgresql://nobody@127.0.0.1:1/none")
    capsys.readouterr()
    options = ["--db", db_url, "--policies", str(POLICIES), "--at", NOW]
    assert main([*options, "ticket", "list", "--json"]) == 0
    assert [row["number"] for row in json.loads(capsys.readouterr().out)] == [1001]
    assert main(["ticket", "list", "--json", *options]) == 0
    assert [row["number"] for row in json.loads(capsys.readouterr().out)] == [1001]


@pytest.mark.parametrize("command", ["ticket", "customer", "agent", "holiday"])
def test_help_loads_no_store(command: str) -> None:
    code = (
        "import sys; from deskui.cli.main import main\n"
        f"code = main(['{command}', '--help'])\n"
        "heavy = {'sqlalchemy', 'textual', 'rich', 'holidays', 'phonenumbers'} & set(sys.modules)\n"
        "sys.exit(f'{code} {heavy}' if code or heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_closed_tickets_clocks_are_told_in_thai(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    log(desk)
    monkeypatch.setenv("DESKUI_LANG", "th")
    assert "ปิดแล้ว" in desk("ticket", "close", "1001").out
    shown = desk("ticket", "show", "1001").out
    assert "โทรกลับ: 2026-11-23 10:45  เหลือ 15:00  หยุดแล้ว" in shown
