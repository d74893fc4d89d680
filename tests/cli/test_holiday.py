"""`deskui holiday`: the desk's own days, and the clocks they move."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desks import HOSTILE, Run, safe

CABINET = ("--source", "cabinet resolution")
OPEN = ("ticket", "open", "--customer", "SX-001", "--service", "repair", "--fact", "severity=slow")


@pytest.fixture
def private(desk: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Where only one holiday set is kept: the shipped vendors are away."""
    from deskui.paths import data_dir  # noqa: PLC0415 - replaced below

    shipped = data_dir()
    data = tmp_path / "data"
    data.mkdir()
    for name in ("holidays", "demo"):
        (data / name).symlink_to(shipped / name)
    (data / "policies").mkdir()
    for file in (shipped / "policies").glob("_*"):
        (data / "policies" / file.name).symlink_to(file)
    monkeypatch.setattr("deskui.policy.library.data_dir", lambda: data)
    return desk


def _due(desk: Run) -> str:
    (row,) = desk("ticket", "list", "--json").json
    return str(row["due_at"])


def test_a_new_holiday_moves_every_open_clock_and_goes_again(desk: Run) -> None:
    fact = ("--fact", "severity=slow")
    assert desk("ticket", "open", "--customer", "SX-001", "--service", "repair", *fact).code == 0
    assert _due(desk) == "2026-11-25T10:30:00+07:00"
    done = desk("holiday", "add", "24/11/2569", "วันพิเศษ", "--set", "th-private", *CABINET, "--json")
    assert (done.code, done.err) == (0, "")
    assert done.json == {"set": "th-private", "date": "2026-11-24", "holiday": True, "tickets_replanned": 1}
    assert _due(desk) == "2026-11-26T10:30:00+07:00"
    (listed,) = desk("holiday", "list", "--json").json
    assert listed == {
        "set": "th-private",
        "date": "2026-11-24",
        "working": False,
        "name": {"th": "วันพิเศษ", "en": "วันพิเศษ"},
        "source": "cabinet resolution",
        "recorded_at": "2026-11-23T10:30:00+07:00",
    }
    assert desk("holiday", "list", "--set", "th-private").out.startswith("2026-11-24  th-private  วันพิเศษ")
    gone = desk("holiday", "remove", "2026-11-24", "--set", "th-private")
    assert gone.out == "2026-11-24  th-private  working day  tickets planned anew: 1\n"
    assert _due(desk) == "2026-11-25T10:30:00+07:00"
    assert desk("holiday", "list", "--json").json == []


def test_a_call_logged_by_a_later_command_knows_the_holiday(desk: Run) -> None:
    assert desk("holiday", "add", "2026-11-24", "Extra", "--set", "th-private", *CABINET).code == 0
    fact = ("--fact", "severity=slow")
    opened = desk("ticket", "open", "--customer", "SX-001", "--service", "repair", *fact, "--json")
    assert opened.json["due_at"] == "2026-11-26T10:30:00+07:00"


def test_a_shipped_holiday_is_worked_through(desk: Run) -> None:
    there = ("2026-12-07", "--set", "th-private")
    unsourced = desk("holiday", "remove", *there)
    assert (unsourced.code, "--source" in unsourced.err) == (2, True)
    done = desk("holiday", "remove", *there, "--source", "the vendor", "--json")
    assert (done.code, done.json["holiday"]) == (0, False)
    (listed,) = desk("holiday", "list", "--json").json
    assert (listed["working"], listed["source"]) == (True, "the vendor")
    again = desk("holiday", "remove", *there, "--source", "the vendor")
    assert (again.code, "nothing to remove" in again.err) == (1, True)
    assert desk("holiday", "add", "2026-12-07", "Back", "--set", "th-private", *CABINET).code == 0


def test_the_only_set_need_not_be_named(private: Run) -> None:
    done = private("holiday", "add", "2026-11-24", "Extra", *CABINET, "--json")
    assert (done.code, done.json["set"]) == (0, "th-private")


def test_a_day_that_is_a_holiday_is_refused(desk: Run) -> None:
    done = desk("holiday", "add", "2026-12-07", "Again", "--set", "th-private", *CABINET)
    assert (done.code, done.out) == (1, "")
    assert "2026-12-07 is a holiday of th-private already" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "2026-11-24", "x", "--set", "th-privat", *CABINET), "th-private"),
        (("add", "2026-11-24", "x", *CABINET), "--set"),
        (("add", "24/11/69", "x", "--set", "th-private", *CABINET), "24/11/69"),
        (("add", "2026-11-24", "x", "--set", "th-private"), "--source"),
        (("list", "--set", "moon"), "moon"),
    ],
)
def test_wrong_use(desk: Run, arguments: tuple[str, ...], said: str) -> None:
    done = desk("holiday", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert desk("holiday", "list", "--json").json == []


def test_a_name_that_is_none_is_refused(desk: Run) -> None:
    done = desk("holiday", "add", "2026-11-24", " \u202e ", "--set", "th-private", *CABINET)
    assert (done.code, done.out) == (1, "")


def test_a_hostile_name_is_cleaned(desk: Run) -> None:
    done = desk("holiday", "add", "2026-11-24", HOSTILE, "--set", "th-private", "--source", HOSTILE)
    assert (done.code, safe(done.out)) == (0, True)
    for more in ((), ("--json",)):
        listed = desk("holiday", "list", *more).out
        assert "evil" in listed
        assert safe(listed)


def test_a_change_that_is_stopped_half_way_says_so_until_it_is_finished(
    desk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        assert desk(*OPEN).code == 0

    def stopped(_seconds: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("deskui.desk.replan.MOST_IDS", 2)
        patched.setattr("deskui.desk.replan.sleep", stopped)
        done = desk("holiday", "add", "2026-11-24", "Extra", "--set", "th-private", *CABINET)
    assert (done.code, done.out) == (130, "")
    assert "stopped after 2 of 3 tickets" in done.err
    listed = desk("holiday", "list", "--json")
    assert [one["date"] for one in listed.json] == ["2026-11-24"]
    assert "th-private 2026-11-24: not all tickets are planned anew yet, 2 moved so far" in listed.err
    # whatever command comes next, if it may write
    opened = desk(*OPEN)
    assert (opened.code, "an earlier change of hours had left: 1" in opened.err) == (0, True)
    assert {row["due_at"] for row in desk("ticket", "list", "--json").json} == {"2026-11-26T10:30:00+07:00"}
    assert desk("holiday", "list").err == ""
