"""`deskui due`: the promised time, what is left of it, and steps that add up."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from deskui.cli.due import spoken
from tests.cli.commands import Deskui, Ended, runner
from tests.policy.vendor import FILES

BASE = ("due", "--policies", str(FILES), "--policy", "sixth", "--ask", "help", "--fact", "contract={}")
MONDAY = "2026-11-23T11:00"
"""Half past one is an hour and a half of work later: lunch is from 12 to 13."""


@pytest.fixture
def deskui(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Deskui:
    return runner(monkeypatch, capsys)


def _clock(ended: Ended) -> dict[str, Any]:
    assert ended.code == 0, ended.err
    (clock,) = ended.json["targets"]
    return dict(clock)


def test_the_promised_time_and_what_is_left(deskui: Deskui) -> None:
    ended = deskui(*BASE, "--at", MONDAY, "--now", "2026-11-23T11:20", "--json")
    clock = _clock(ended)
    steps = clock.pop("steps")
    assert clock == {
        "kind": "callback",
        "rule": "SX-05",
        "calendar": "desk",
        "start": "2026-11-23T11:00:00+07:00",
        "due": "2026-11-23T13:30:00+07:00",
        "state": "running",
        "work_seconds": 5400,
        "elapsed_seconds": 1200,
        "left_seconds": 4200,
        "left": "1h10",
        "pauses": [],
    }
    assert [(step["kind"], step["counted_seconds"]) for step in steps] == [
        ("counted", 3600),
        ("closed", 0),
        ("counted", 1800),
    ]
    assert {key: ended.json[key] for key in ("policy", "ask", "outcome", "needs", "now")} == {
        "policy": "sixth",
        "ask": "help",
        "outcome": "callback",
        "needs": [],
        "now": "2026-11-23T11:20:00+07:00",
    }


@pytest.mark.parametrize(
    ("now", "state", "left"),
    [
        ("2026-11-23T10:00", "running", 5400),
        ("2026-11-23T12:00", "outside_hours", 1800),
        ("2026-11-23T13:29:59", "running", 1),
        ("2026-11-23T13:30:00", "due", 0),
        ("2026-11-23T13:30:01", "breached", -1),
        ("2026-11-23T20:00", "breached", -12600),
    ],
)
def test_the_state_at_an_instant(deskui: Deskui, now: str, state: str, left: int) -> None:
    clock = _clock(deskui(*BASE, "--at", MONDAY, "--now", now, "--json"))
    assert (clock["state"], clock["left_seconds"]) == (state, left)


@pytest.mark.parametrize(
    ("pauses", "due", "state", "left"),
    [
        (["2026-11-23T11:10,2026-11-23T11:20"], "2026-11-23T13:40:00+07:00", "running", 4200),
        (["2026-11-23T11:25,2026-11-23T11:40"], "2026-11-23T13:45:00+07:00", "paused", 3900),
        (["2026-11-23T11:10,2026-11-23T11:20"] * 2, "2026-11-23T13:40:00+07:00", "running", 4200),
        (
            ["2026-11-23T13:00,2026-11-23T13:15", "2026-11-23T11:10,2026-11-23T11:20"],
            "2026-11-23T13:55:00+07:00",
            "running",
            4200,
        ),
        (["2026-11-23T12:00,2026-11-23T13:00"], "2026-11-23T13:30:00+07:00", "running", 3600),
        (["2026-11-23T11:10,"], None, "paused", 4800),
        (["2026-11-23T11:10,2026-11-23T11:10"], "2026-11-23T13:30:00+07:00", "running", 3600),
    ],
)
def test_a_pause_keeps_what_was_spent(
    deskui: Deskui, pauses: list[str], due: str | None, state: str, left: int
) -> None:
    stops = [word for pause in pauses for word in ("--pause", pause)]
    clock = _clock(deskui(*BASE, "--at", MONDAY, "--now", "2026-11-23T11:30", *stops, "--json"))
    assert (clock["due"], clock["state"], clock["left_seconds"]) == (due, state, left)
    assert len(clock["pauses"]) == len(pauses)


def test_the_steps_touch_and_add_up(deskui: Deskui) -> None:
    pause = ("--pause", "2026-11-25T09:10,2026-11-25T09:40")
    clock = _clock(deskui(*BASE, "--at", "2026-11-23T16:30", "--now", MONDAY, *pause, "--json"))
    steps = clock["steps"]
    assert sum(step["counted_seconds"] for step in steps) == clock["work_seconds"]
    assert (steps[0]["start"], steps[-1]["end"]) == (clock["start"], clock["due"])
    assert all(one["end"] == other["start"] for one, other in pairwise(steps))
    for step in steps:
        length = datetime.fromisoformat(step["end"]) - datetime.fromisoformat(step["start"])
        assert timedelta(seconds=step["counted_seconds"]) == (
            length if step["kind"] == "counted" else timedelta()
        )
    assert {"holiday", "break", "closed", "counted"} == {step["kind"] for step in steps}


EMWORK = ("due", "--policy", "emwork", "--ask", "sla-deadline")
FAULT = tuple(
    word
    for fact in ("emwork_product=true", "customer_modified=false", "in_warranty=true", "severity=system_down")
    for word in ("--fact", fact)
)


def test_the_clock_starts_at_the_instant_given_unless_a_fact_says_another(deskui: Deskui) -> None:
    at = ("--at", "2026-11-23T09:00", "--now", "2026-11-23T09:00", "--json")
    assert _clock(deskui(*EMWORK, *FAULT, *at))["due"] == "2026-11-25T17:00:00+07:00"
    told = ("--fact", "notified_at=2026-11-20T16:00")
    assert _clock(deskui(*EMWORK, *FAULT, *told, *at))["due"] == "2026-11-25T16:00:00+07:00"


def test_a_holiday_on_the_way_is_named_with_its_source(deskui: Deskui) -> None:
    at = ("--at", "2026-12-04T16:00", "--now", "2026-12-04T16:00")
    steps = _clock(deskui(*EMWORK, *FAULT, *at, "--json"))["steps"]
    named = {step["day"]: step["holiday"] for step in steps if step["kind"] == "holiday"}
    assert {"2026-12-07", "2026-12-10"} == set(named)
    shown = deskui(*EMWORK, *FAULT, *at).out
    assert all(f"holiday: {holiday['en']} ({holiday['source']})" in shown for holiday in named.values())


def test_what_is_shown_to_a_person(deskui: Deskui, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = (*BASE, "--at", MONDAY, "--now", "2026-11-23T11:20")
    assert deskui(*arguments).out.splitlines() == [
        "sixth help: call back",
        "",
        "callback (SX-05): 2026-11-23T13:30:00+07:00",
        "20:00 passed, 1h10 left, running",
        "  2026-11-23 11:00–12:00  1h00   1h00  counted",
        "  2026-11-23 12:00–13:00               outside hours",
        "  2026-11-23 13:00–13:30  30:00  1h30  counted",
    ]
    monkeypatch.setenv("DESKUI_LANG", "th")
    assert "ใช้ไป 20:00 เหลือ 1h10 กำลังนับ" in deskui(*arguments).out


def test_the_present_is_the_clocks_when_no_instant_is_given(deskui: Deskui) -> None:
    ended = deskui(*BASE, "--at", "2020-06-01T10:00", "--json")
    assert _clock(ended)["state"] == "breached"
    assert datetime.fromisoformat(ended.json["now"]).utcoffset() == timedelta(hours=7)


def test_no_time_is_invented(deskui: Deskui) -> None:
    visit = ("due", "--policies", str(FILES), "--policy", "sixth", "--ask", "visit", "--fact", "contract={}")
    ended = deskui(*visit, "--fact", "used=0", "--at", MONDAY)
    assert (ended.code, ended.out.splitlines()[1:]) == (0, ["no time is promised"])
    assert deskui(*visit, "--fact", "used=0", "--at", MONDAY, "--json").json["targets"] == []


def test_facts_that_are_needed_first_are_named(deskui: Deskui) -> None:
    ended = deskui(*EMWORK, "--at", MONDAY)
    assert ended.code == 0
    assert "needed first (--fact): severity, emwork_product" in ended.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--at", "noon"), "--at: 'noon' is no instant"),
        (("--at", MONDAY, "--now", "noon"), "--now: 'noon' is no instant"),
        (("--at", MONDAY, "--pause", MONDAY), "is no FROM,TO"),
        (("--at", MONDAY, "--pause", f"x,{MONDAY}"), "--pause FROM: 'x' is no instant"),
        (("--at", MONDAY, "--pause", f"{MONDAY},x"), "--pause TO: 'x' is no instant"),
        (("--at", MONDAY, "--pause", f"{MONDAY},2026-11-23T10:59"), "ends before it begins"),
        (("--at", MONDAY, "--now", MONDAY, "--pause", "2026-11-24T10:00,"), "must have begun"),
        (("--at", MONDAY, "--fact", "far"), "'far' is no NAME=VALUE"),
        (("--at", MONDAY, "--fact", "=1"), "'=1' is no NAME=VALUE"),
        (("--at", MONDAY, "--fact", "used=-1"), "used: found -1"),
        (("--at", MONDAY, "--ask", "halp"), "--ask: sixth has no ask 'halp'"),
        (("--at", MONDAY, "--policy", "sixt"), "did you mean 'sixth'"),
        (("--at", MONDAY, "--policies", "nowhere"), "no folder nowhere"),
        ((), "Missing option '--at'"),
    ],
)
def test_wrong_use_is_said(deskui: Deskui, arguments: tuple[str, ...], words: str) -> None:
    ended = deskui(*BASE, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(0), "0:00"),
        (timedelta(seconds=168), "2:48"),
        (timedelta(seconds=-12), "-0:12"),
        (timedelta(minutes=59, seconds=59), "59:59"),
        (timedelta(hours=1), "1h00"),
        (timedelta(hours=24, minutes=5), "24h05"),
        (timedelta(hours=-3, minutes=-10), "-3h10"),
    ],
)
def test_a_length_as_it_is_shown(length: timedelta, text: str) -> None:
    assert spoken(length) == text


@pytest.mark.parametrize("vendor_yes", ["yes", "true", "ใช่", "{}"])
def test_a_record_is_answered_as_for_a_quote(deskui: Deskui, vendor_yes: str) -> None:
    own = (*BASE[:-1], f"contract={vendor_yes}", "--at", MONDAY, "--json")
    assert _clock(deskui(*own))["due"] == "2026-11-23T13:30:00+07:00"


@pytest.mark.parametrize("yes", ["yes", "true", "y", "ใช่"])
@pytest.mark.parametrize(
    ("no", "outcome"), [("no", "unavailable"), ("false", "unavailable"), ("yes", "deadline")]
)
def test_yes_and_no_are_taken_as_json_is(deskui: Deskui, yes: str, no: str, outcome: str) -> None:
    facts = (f"in_warranty={no}", f"emwork_product={yes}", "customer_modified=no", "severity=other")
    asked = ("due", "--policy", "emwork", "--ask", "sla-deadline", "--at", MONDAY, "--json")
    ended = deskui(*asked, *(part for fact in facts for part in ("--fact", fact)))
    assert ended.json["outcome"] == outcome
