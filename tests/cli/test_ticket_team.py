"""`deskui ticket assign`, `take-over`, `hold`, `merge`, `undo`; finding, sorting; what was missed is told."""

from __future__ import annotations

import pytest

from tests.cli.desks import Run
from tests.cli.test_ticket import log


def test_a_ticket_changes_hands(desk: Run) -> None:
    log(desk)
    done = desk("ticket", "assign", "1001", "art")
    # the first agent of a new desk is its supervisor
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("#1001  open  art")
    again = desk("ticket", "assign", "1001", "art")
    assert (again.code, again.out) == (1, "")
    assert "art's already" in again.err
    unknown = desk("ticket", "assign", "1001", "arty")
    assert unknown.code in (1, 2)
    assert "there are: art, nok" in unknown.err
    bare = desk("ticket", "take-over", "1001")
    assert bare.code == 2
    assert "--reason" in bare.err
    mine = desk("ticket", "take-over", "1001", "--reason", "art is at lunch", "--json")
    assert (mine.code, mine.json["assignee"]) == (0, "nok")
    given = desk("ticket", "assign", "1001", "nok", "--agent", "art")
    assert given.code == 1
    lost = desk("ticket", "assign", "1001", "art", "--if-version", "1")
    assert lost.code == 1
    assert "look again" in lost.err


def test_on_hold_the_clocks_run_on(desk: Run) -> None:
    ticket = log(desk)
    assert desk("ticket", "hold", "1001").code == 2
    held = desk("ticket", "hold", "1001", "--reason", "the maker", "--json")
    assert (held.json["state"], held.json["due_at"]) == ("on_hold", ticket["due_at"])
    shown = desk("ticket", "show", "1001")
    assert "waiting since 2026-11-23 10:30, nok: the maker" in shown.out
    assert desk("ticket", "resume", "1001", "--json").json["state"] == "open"


def test_a_paused_ticket_says_why_and_until_when_it_would_take(desk: Run) -> None:
    log(desk)
    assert desk("ticket", "wait", "1001", "--reason", "a picture").code == 0
    pause = desk("ticket", "show", "1001", "--json", at="2026-11-23T13:00").json["pause"]
    assert (pause["since"], pause["agent"], pause["reason"]) == (
        "2026-11-23T10:30:00+07:00",
        "nok",
        "a picture",
    )
    assert pause["clocks"] == [
        {"kind": "callback", "left_seconds": 900, "due_if_resumed_now": "2026-11-23T13:15:00+07:00"}
    ]
    text = desk("ticket", "show", "1001", at="2026-11-23T13:00").out
    assert "callback: 15:00 left, due 2026-11-23 13:15 if it went on now" in text


def test_duplicates_are_merged_and_parted(desk: Run) -> None:
    log(desk)
    log(desk, "advice", "SX-001", "--note", "the boss called too")
    log(desk, "advice", "SX-003")
    other = desk("ticket", "merge", "1003", "--into", "1001")
    assert other.code == 1
    assert "another customer's" in other.err
    assert desk("ticket", "merge", "1002", "--into", "4711").code in (1, 2)
    merged = desk("ticket", "merge", "1002", "--into", "1001", "--json")
    assert (merged.code, merged.json["number"]) == (0, 1001)
    whole = desk("ticket", "show", "1001", "--json").json
    assert [part["number"] for part in whole["merged"]] == [1002]
    assert (1002, "the boss called too") in [(e["number"], e["text"]["en"]) for e in whole["entries"]]
    text = desk("ticket", "show", "1001").out
    assert "holds #1002" in text
    assert "#1002: the boss called too" in text
    part = desk("ticket", "show", "1002")
    assert "part of #1001" in part.out
    assert desk("ticket", "merge", "1003", "--into", "1001", "--other-customer").code == 0
    assert desk("ticket", "undo", "1003", "--json").json["state"] == "new"
    refused = desk("ticket", "undo", "1001")
    assert refused.code == 1
    assert "no newest step" in refused.err


def test_the_newest_step_is_looked_at_and_taken_back(desk: Run) -> None:
    log(desk)
    assert desk("ticket", "claim", "1001").code == 0
    looked = desk("ticket", "undo", "1001", "--look")
    assert looked.out == "2026-11-23 10:30  nok  claimed it\n"
    shape = desk("ticket", "undo", "1001", "--look", "--json").json
    assert (shape["kind"], shape["agent"], shape["mine"]) == ("claimed", "nok", True)
    refused = desk("ticket", "undo", "1001", "--agent", "art")
    assert refused.code == 1
    assert "only nok takes it back" in refused.err
    back = desk("ticket", "undo", "1001", "--json").json
    assert (back["assignee"], back["state"]) == (None, "new")
    assert desk("ticket", "undo", "1001", "--look", "--json").json is None
    assert desk("ticket", "undo", "1001", "--look").out == "nothing can be taken back\n"


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (("--find", "thonburi"), [1002]),
        (("--find", "น้ําใส"), [1003]),
        (("--sort", "customer"), [1001, 1002, 1003]),
        (("--sort", "received"), [1001, 1003, 1002]),
        (("--sort", "customer", "--limit", "1"), [1001]),
        (("--view", "sixth", "--find", "1002"), [1002]),
    ],
)
def test_finding_and_sorting(desk: Run, options: tuple[str, ...], numbers: list[int]) -> None:
    for customer in ("SX-001", "SX-003", "SV-001"):
        log(desk, "advice", customer)
    assert [row["number"] for row in desk("ticket", "list", "--json", *options).json] == numbers


def test_what_is_not_there_is_said(desk: Run) -> None:
    log(desk)
    done = desk("ticket", "list", "--find", "zzz")
    assert (done.code, done.out, done.err) == (0, "", "nothing found in this view\n")
    assert desk("ticket", "list", "--sort", "moon").code == 2


def test_whoever_looks_at_a_missed_promise_writes_it_down(desk: Run) -> None:
    log(desk)
    shown = desk("ticket", "show", "1001", "--json", at="2026-11-23T11:30").json
    assert [entry["kind"] for entry in shown["entries"]] == ["opened", "breached"]
    assert shown["entries"][-1]["at"] == "2026-11-23T10:45:00+07:00"
