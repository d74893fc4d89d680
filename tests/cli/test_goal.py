"""`deskui goal`: a supervisor sets by when the desk itself wants to have answered (X-16)."""

from __future__ import annotations

import pytest

from tests.cli.desks import Run

SET = ("goal", "set", "sixth", "advice", "result", "1h30m")


def _clocks(desk: Run) -> list[tuple[str, str, bool]]:
    opened = desk("ticket", "open", "--customer", "SX-001", "--service", "advice", "--json")
    assert opened.code == 0, opened.err
    clocks = [(clock["kind"], clock["due_at"], clock["promised"]) for clock in opened.json["clocks"]]
    return [clock for clock in clocks if clock[0] == "result"]


def test_a_supervisor_sets_a_goal_and_new_tickets_count_towards_it(desk: Run) -> None:
    assert _clocks(desk) == []
    done = desk(*SET, "--json")
    assert done.code == 0, done.err
    line = {"policy": "sixth", "service": "advice", "kind": "result", "work_minutes": 90, "calendar": None}
    assert done.json == line
    assert desk("goal", "list", "--json").json == [line]
    assert _clocks(desk) == [("result", "2026-11-23T12:00:00+07:00", False)]
    # one of all services gives way to that of the service
    assert desk("goal", "set", "sixth", "all", "result", "5m").code == 0
    assert _clocks(desk) == [("result", "2026-11-23T12:00:00+07:00", False)]
    assert desk(*SET[:-1], "2h").code == 0
    assert _clocks(desk) == [("result", "2026-11-23T13:30:00+07:00", False)]
    said = desk("goal", "drop", "sixth", "advice", "result")
    assert (said.code, said.out.split()[:4]) == (0, ["sixth", "advice", "result", "2h"])
    assert _clocks(desk) == [("result", "2026-11-23T10:35:00+07:00", False)]
    assert desk("goal", "drop", "sixth", "all", "result").code == 0
    assert desk("goal", "list", "--policy", "sixth", "--json").json == []


def test_only_a_supervisor_sets_a_goal(desk: Run) -> None:
    for words in (SET, ("goal", "drop", *SET[2:5])):
        done = desk(*words, "--agent", "art")
        assert (done.code, done.out) == (1, "")
        assert "Only a supervisor sets a goal of the desk" in done.err
    assert desk("goal", "list", "--json").json == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("set", "nobody", "advice", "result", "2h"), 2, "There are no terms of a vendor 'nobody'"),
        (("set", "sixth", "x", "result", "2h"), 2, "has no service 'x'"),
        (
            ("set", "sixth", "advice", "x", "2h"),
            2,
            "There is no kind 'x'; there is: callback, first_response",
        ),
        (("set", "sixth", "advice", "result", "soon"), 2, "'soon' is no working time: write it like 30m"),
        (("set", "sixth", "advice", "result", "0m"), 2, "'0m' is no working time"),
        (("set", "sixth", "advice", "result", "1001h"), 2, "1000h at most"),
        (("set", "sixth", "advice", "result", "2h", "--calendar", "x"), 2, "There is no calendar 'x'"),
        (("drop", "sixth", "advice", "result"), 2, "There is no such goal of sixth"),
        (("list", "--policy", "nobody"), 2, "There are no terms of a vendor 'nobody'"),
    ],
)
def test_what_is_not_there_is_said(desk: Run, words: tuple[str, ...], code: int, said: str) -> None:
    done = desk("goal", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_a_goal_that_is_set_so_already_is_said(desk: Run) -> None:
    assert desk(*SET).code == 0
    again = desk(*SET)
    assert again.code == 1
    assert "That goal is set so already" in again.err
