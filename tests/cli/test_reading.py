"""`deskui reading`: supervisors settle how the terms are read, and the history stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.desks import HOSTILE, Run, runner, safe

SETTLE = ("reading", "settle", "aristosoft", "client_reinstall", "apart", "--reason", "letter of 20 Nov")


def _listed(desk: Run, *more: str) -> dict[str, Any]:
    done = desk("reading", "list", "--json", *more)
    assert done.code == 0, done.err
    return {line["reading"]: line for line in done.json}


def test_a_supervisor_settles_a_reading_and_takes_it_back(desk: Run) -> None:
    before = _listed(desk, "--policy", "aristosoft")["client_reinstall"]
    assert (before["holds"], before["settled"], before["rules"]) == ("within_5", None, ["AR-20"])
    done = desk(*SETTLE, "--json")
    assert done.code == 0, done.err
    settled = _listed(desk)["client_reinstall"]
    assert done.json == settled
    assert (settled["holds"], settled["default"]) == ("apart", "within_5")
    record = settled["settled"]
    assert (record["by"], record["reason"]) == ("nok", "letter of 20 Nov")
    assert record["at"].startswith("2026-11-23T")
    said = desk("reading", "unsettle", "aristosoft", "client_reinstall", "--reason", "withdrawn")
    assert said.code == 0
    assert "open, the reading we take" in said.out
    after = _listed(desk)["client_reinstall"]
    assert (after["holds"], after["settled"]) == ("within_5", None)
    assert [(one["option"], one["reason"]) for one in after["history"]] == [
        ("apart", "letter of 20 Nov"),
        (None, "withdrawn"),
    ]


def test_only_a_supervisor_settles_a_reading(desk: Run) -> None:
    done = desk(*SETTLE, "--agent", "art")
    assert (done.code, done.out) == (1, "")
    assert "Only a supervisor settles a reading" in done.err
    assert _listed(desk)["client_reinstall"]["history"] == []


def test_what_is_not_there_or_changes_nothing_is_said(desk: Run) -> None:
    for words, code, said in (
        (("settle", "nobody", "x", "y"), 2, "There are no terms of a vendor 'nobody'"),
        (("settle", "emwork", "x", "y"), 2, "emwork has no reading 'x'; it has: across_holiday"),
        (("settle", "emwork", "across_holiday", "y"), 2, "across_holiday has no option 'y'"),
        (("unsettle", "emwork", "across_holiday"), 1, "across_holiday is open already"),
    ):
        done = desk("reading", *words, "--reason", "x")
        assert (done.code, done.out) == (code, "")
        assert said in done.err
    assert desk(*SETTLE[:-1], " ").code == 1
    assert desk(*SETTLE).code == 0
    again = desk(*SETTLE)
    assert again.code == 1
    assert "client_reinstall is settled as apart already" in again.err


def test_the_list_marks_what_holds_and_names_who_settled_it(desk: Run) -> None:
    assert desk(*SETTLE[:-1], f"letter {HOSTILE}").code == 0
    told = desk("reading", "list", "--policy", "aristosoft")
    assert told.code == 0
    (line,) = [line for line in told.out.splitlines() if "* apart" in line]
    assert "nok 2026-11-23: letter evil" in line
    assert safe(told.out)


def test_the_list_is_read_in_the_language_that_is_asked_for(desk: Run) -> None:
    thai = desk("reading", "list", "--policy", "emwork", "--lang", "th").out
    assert "ยังไม่มีใครตัดสิน" in thai
    assert "ข้ามวันหยุดแล้วนับต่อ" in thai
    english = desk("reading", "list", "--policy", "emwork", "--lang", "en").out
    assert "open, the reading we take" in english


def test_before_there_is_a_desk_the_readings_are_shown_as_the_terms_come(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("DESKUI_DB", raising=False)
    desk = runner(capsys)
    shown = desk("reading", "list", "--json", "--policy", "emwork")
    assert shown.code == 0
    assert [(line["reading"], line["holds"], line["settled"]) for line in shown.json] == [
        ("across_holiday", "goes_on", None)
    ]
    assert "there is no desk yet, so nothing is settled" in shown.err
    assert "ยังไม่มีฐานข้อมูลของโต๊ะนี้" in desk("reading", "list", "--lang", "th").err
    assert "no policy 'nobody'" in desk("reading", "list", "--policy", "nobody").err
    # an address that was given is one that must be there
    asked = desk("reading", "list", "--db", f"sqlite:///{tmp_path / 'typo.sqlite'}")
    assert (asked.code, asked.out) == (3, "")
    assert list(tmp_path.iterdir()) == []
