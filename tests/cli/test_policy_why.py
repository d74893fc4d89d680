"""Why an example got another answer, and which changed lines no example speaks of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from deskui.cli.rowtext import short
from deskui.paths import data_dir
from deskui.policy.library import Library
from tests.cli.commands import Deskui, runner

VENDOR = "aristosoft"


@pytest.fixture
def deskui(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Deskui:
    for name in (f"{VENDOR}.toml", f"{VENDOR}.examples.toml"):
        shutil.copy(data_dir() / "policies" / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capsys)


def _example(at: str, facts: str) -> str:
    head = f'\n[[example]]\nname = "{at} {len(facts)}"\nask = "phone-qa"\nat = {at}\n'
    return head + f'facts = {facts}\nexpect = {{ outcome = "unknown", rules = ["AR-25"] }}\n'


def test_a_failed_example_says_by_what_it_was_answered(deskui: Deskui) -> None:
    file = Path(f"{VENDOR}.toml")
    text = file.read_text("utf-8")
    line = 'mon-fri = ["09:00-18:00"]\n'
    file.write_text(text.replace(line, f"{line}closed = [2026-12-30]\n"), "utf-8")
    beside = Path(f"{VENDOR}.examples.toml")
    beside.write_text(
        _example("2027-01-01T10:00:00", "{ contract = {} }")
        + _example("2026-12-30T10:00:00", "{ contract = {} }")
        + _example("2026-11-23T20:00:00", "{ contract = {} }")
        + _example("2026-11-23T10:00:00", "{ contract = {} }")
        + _example("2026-11-23T10:00:00", "{}"),
        "utf-8",
    )
    told = deskui("policy", "test", str(file), "--lang", "en")
    assert told.code == 1
    why = [row.strip() for row in told.out.splitlines() if "found by" in row]
    assert why[0].startswith("found by: New Year's Day, 1 Jan 2027; AR-56 Open Monday to Friday")
    assert why[1].startswith("found by: closed itself, 30 Dec 2026; AR-56")
    assert why[2].startswith("found by: AR-56 Open Monday to Friday")
    assert why[3].startswith("found by: AR-25 M/A: questions by phone")
    assert why[4].startswith("found by: asks first: Is there an M/A, and until when?")
    (first, *_) = deskui("policy", "test", str(file), "--json").json[0]["failed"]
    assert "New Year" in first["why"]


def test_a_change_that_no_example_speaks_of_is_named_with_its_line(deskui: Deskui) -> None:
    file = Path(f"{VENDOR}.toml")
    text = file.read_text("utf-8")
    price = 'then = "charge", amount = 3000, amount_is_minimum'
    later = "{ dated = [{ to = 2029-12-31, is = 3000 }, { from = 2030-01-01, is = 3500 }] }"
    assert price in text
    file.write_text(text.replace(price, price.replace("3000", later)), "utf-8")
    told = deskui("policy", "diff", VENDOR, str(file), "--lang", "en").out
    line = text[: text.index(price)].count("\n") + 1
    assert "0 decisions change" in told
    assert f"{file}:{line}: service.custom-dev.rows[1].amount: 3000 → {{ dated = " in told
    assert deskui("policy", "diff", VENDOR, str(file), "--json").json["unspoken"]
    same = deskui("policy", "diff", VENDOR, VENDOR).out
    assert "example speaks" not in same


def test_what_a_row_does_not_allow_is_a_no_in_the_table_of_plans() -> None:
    """BP-40, BP-41: nothing is carried over without MA, and “carry-over” stood in that column."""
    rows = Library.open().get("business-plus").services["carry-over"].rows
    found = [short(row) for row in rows]
    assert found == ["no", "no", "no", "carry_over", "carry_over", "?", "no", "?"]
