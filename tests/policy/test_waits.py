"""What must wait needs an opening to wait for, and a fact cannot hang on itself: told, never a crash."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from deskui.paths import data_dir
from deskui.policy import Policy, PolicyFileError, decide
from deskui.policy.library import HolidayShelf
from deskui.policy.load import read_policy
from tests.policy.vendor import SIXTH

NO_HOURS = data_dir() / "policies" / "pharmasys.toml"
SATURDAY = """
[restricted]
days = ["sat"]
until = "next-workday"
rule = "PS-11"
items = [{ rule = "PS-11", services = ["ask-usage"] }]
"""
HOURS = '[calendar.desk]\nmon-fri = ["09:00-17:00"]\n'


def _read(file: Path, *changes: tuple[str, str], more: str = "") -> Policy:
    text = file.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read_policy(text + more, file, HolidayShelf(data_dir() / "holidays"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (SATURDAY, "restricted: found no calendar, expected a [calendar.…] table"),
        (
            SATURDAY + HOURS,
            "restricted.until: found 'next-workday', expected a calendar to wait by: name one in [gate], "
            "calendar = one of this file (desk)",
        ),
    ],
)
def test_a_restricted_day_needs_hours_to_wait_for(more: str, said: str) -> None:
    with pytest.raises(PolicyFileError) as error:
        _read(NO_HOURS, more=more)
    assert said in str(error.value)


def test_with_its_calendar_named_in_the_gate_it_waits() -> None:
    policy = _read(NO_HOURS, ("[gate]\n", '[gate]\ncalendar = "desk"\n'), more=SATURDAY + HOURS)
    saturday = datetime(2026, 11, 28, 10, 30, tzinfo=policy.zone)
    decision = decide(policy, "ask-usage", {}, saturday)
    assert decision.outcome == "defer"
    assert decision.figures["until"] == datetime(2026, 11, 30, 9, tzinfo=policy.zone)


def test_a_row_that_puts_off_needs_hours_too() -> None:
    free = '{ rule = "PS-11" }'
    with pytest.raises(PolicyFileError, match="a calendar to wait by"):
        _read(NO_HOURS, (free, '{ rule = "PS-11", then = "defer", until = "fri" }'))
    policy = _read(NO_HOURS, (free, '{ rule = "PS-11", then = "defer", until = "open-ended" }'))
    decision = decide(policy, "ask-usage", {}, datetime(2026, 11, 23, 10, 30, tzinfo=policy.zone))
    assert decision.figures["until"] is None


CIRCLE = """
[derive.near]
rows = [{ when = { far_off = "no" }, is = "yes" }, { is = "no" }]
[derive.far_off]
rows = [{ when = { near = "yes" }, is = "no" }, { is = "yes" }]
"""


def test_a_fact_that_leads_back_to_itself_is_told() -> None:
    with pytest.raises(PolicyFileError) as error:
        _read(SIXTH, more=CIRCLE)
    told = str(error.value)
    assert "derive.near.rows[1].when: found 'near', expected facts that are known before" in told
    assert "derive.far_off.rows[1].when: found 'far_off', expected facts that are known before" in told


def test_a_measure_between_facts_that_nobody_asks_for_is_told() -> None:
    measure = '\n[derive.notice]\nmeasure = { from = "at", to = "appointmnt", unit = "hours" }\n'
    with pytest.raises(PolicyFileError) as error:
        _read(SIXTH, more=measure)
    assert "derive.notice.measure.to: found 'appointmnt', expected a fact" in str(error.value)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{ at = {} }", "when.at: found {}, expected a value, a list of values, or tests"),
        (
            '{ at = "mon" }',
            "when.at: found 'mon', expected one of: at.date, at.holiday, at.weekday, at.window",
        ),
        ('{ at = { day = "mon" } }', "when.at: found { day = 'mon' }, expected one of: at.date"),
    ],
)
def test_what_a_condition_asks_of_now_is_one_of_four(when: str, said: str) -> None:
    row = '{ rule = "PS-11" }'
    with pytest.raises(PolicyFileError) as error:
        _read(NO_HOURS, (row, f'{{ rule = "PS-11", when = {when} }}'))
    assert said in str(error.value)


@pytest.mark.parametrize("settled", [{}, {"holidays": "open"}])
@pytest.mark.parametrize("vendor", ["aristosoft", "business-plus", "emwork", "mac-5"])
@pytest.mark.parametrize("day", [12, 16])
def test_a_day_the_vendor_is_closed_besides_is_one_line(
    vendor: str, day: int, settled: dict[str, str]
) -> None:
    """A Saturday and a Wednesday, whatever the file says of Saturdays and of holidays."""
    file = data_dir() / "policies" / f"{vendor}.toml"
    anybody = '[[before]]\nrule = "X-01"\nservices = "own-call"\nthen = "free"\n\n[[before]]'
    own = '\n[service.own-call]\nth = "ถาม"\nen = "Ask"\nrows = [{ rule = "X-01", then = "free" }]\n'
    main = _read(file).main_calendar
    calendar = file.read_text("utf-8").partition(f"[calendar.{main}]\n")[2].partition("\n\n")[0]
    line = (calendar, f"{calendar}\nclosed = [2026-12-{day}]")
    policy = _read(file, line, ("[[before]]", anybody), more=own)
    decision = decide(policy, "own-call", {}, datetime(2026, 12, day, 10, tzinfo=policy.zone), settled)
    opens = 14 if day == 12 else 17
    assert (decision.outcome, decision.figures["reason"]) == ("defer", "closed")
    assert decision.figures["until"].day == opens


def _waiting(days: str, until: str) -> Policy:
    restricted = SATURDAY.replace('["sat"]', days).replace("next-workday", until)
    gate = ('not_stated = { always = "staffed" }', 'calendar = "desk"')
    return _read(NO_HOURS, gate, more=f"{restricted}[calendar.desk]\nmon-sat = ['09:00-17:00']\n")


@pytest.mark.parametrize("until", ["next-workday", "next-opening"])
@pytest.mark.parametrize(
    ("days", "at", "free"),
    [
        # on the day itself, in open hours
        ('["sat"]', "2026-11-28T10:30", 30),
        # the day after is such a day too
        ('["fri", "sat"]', "2026-11-27T10:30", 30),
        # closed on the evening before such a day
        ('["sat"]', "2026-11-27T20:00", 30),
        ('["sat"]', "2026-11-26T20:00", 27),
    ],
)
def test_nothing_is_put_off_to_a_day_on_which_it_waits_again(
    days: str, at: str, free: int, until: str
) -> None:
    policy = _waiting(days, until)
    now = datetime.fromisoformat(at).replace(tzinfo=policy.zone)
    decision = decide(policy, "ask-usage", {}, now)
    assert decision.outcome == "defer"
    assert decision.figures["until"] == datetime(2026, 11, free, 9, tzinfo=policy.zone)
    assert decide(policy, "ask-usage", {}, decision.figures["until"]).outcome == "free"


@pytest.mark.parametrize(
    ("days", "until", "said"),
    [
        (
            '["mon", "tue", "wed", "thu", "fri", "sat"]',
            "next-workday",
            "restricted.days: found ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], expected days that leave at "
            "least one open day of [calendar.desk]: what waits needs a day on which it is done",
        ),
        (
            '["fri", "sat"]',
            "sat",
            "restricted.until: found 'sat', expected an open day on which the work does not wait again: "
            "next-workday or one of mon, tue, wed, thu",
        ),
    ],
)
def test_what_waits_needs_a_day_on_which_it_is_done(days: str, until: str, said: str) -> None:
    with pytest.raises(PolicyFileError) as error:
        _waiting(days, until)
    assert said in str(error.value)
