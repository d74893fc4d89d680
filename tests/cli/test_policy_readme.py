"""The README's part about terms, done as it says by somebody who has read nothing else."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from deskui.paths import data_dir
from tests.cli.commands import Deskui, runner
from tests.house.tree import REPO

VENDOR = "aristosoft"
PART = (REPO / "README.md").read_text("utf-8").partition("## Terms are text")[2].partition("\n## ")[0]
PRICE, SERVICE, EXAMPLE, TARGET, SATURDAY, EQUIVALENT = re.findall(r"```toml\n(.*?)```", PART, re.DOTALL)


@pytest.fixture
def deskui(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Deskui:
    (tmp_path / "mine").mkdir()
    for name in (f"{VENDOR}.toml", f"{VENDOR}.examples.toml"):
        shutil.copy(data_dir() / "policies" / name, tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capsys)


def _change(name: str, old: str, new: str) -> None:
    file = Path("mine", name)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_the_row_it_shows_is_one_of_the_terms() -> None:
    (name, shown), *_ = tomllib.loads(PRICE)["service"].items()
    terms = tomllib.loads((data_dir() / "policies" / f"{VENDOR}.toml").read_text("utf-8"))
    assert shown["rows"][-1] in terms["service"][name]["rows"]
    assert shown["en"] == terms["service"][name]["en"]


def test_a_price_is_changed(deskui: Deskui) -> None:
    row = PRICE.splitlines()[-2].strip()
    _change(f"{VENDOR}.toml", row, row.replace("amount = 500", "amount = 550"))
    assert deskui("policy", "check", f"mine/{VENDOR}.toml").code == 0
    told = deskui("policy", "diff", VENDOR, f"mine/{VENDOR}.toml", "--lang", "en").out
    assert "amount (baht)  500 → 550" in told
    tested = deskui("policy", "test", f"mine/{VENDOR}.toml")
    assert tested.code == 1
    assert f"mine/{VENDOR}.examples.toml:" in tested.out
    assert "amount: expected 500, found 550" in tested.out


def test_a_service_and_a_saturday_are_added(deskui: Deskui) -> None:
    terms, examples = (Path("mine", f"{VENDOR}{kind}.toml") for kind in ("", ".examples"))
    terms.write_text(terms.read_text("utf-8") + "\n" + SERVICE, "utf-8")
    examples.write_text(examples.read_text("utf-8") + "\n" + EXAMPLE, "utf-8")
    _change(f"{VENDOR}.toml", "\nitems = [\n", f"\nitems = [\n{SATURDAY}")
    assert deskui("policy", "check", str(terms)).code == 0
    assert deskui("policy", "test", str(terms)).code == 0
    changed = deskui("policy", "diff", VENDOR, str(terms), "--json").json["changed"]
    assert [change["name"] for change in changed] == ["two label printers"]
    asked = ("quote", VENDOR, "label-printer", "--policies", "mine", "--json")
    for at, put_off in (("2026-11-23T10:30", None), ("2026-11-28T10:30", "defer")):
        shape = deskui(*asked, "--at", at, "--fact=contract=yes", "--fact=printers=2").json
        assert shape["total"] == 800
        assert (shape["put_off"] and shape["put_off"]["outcome"]) == put_off
    shown = deskui("policy", "show", VENDOR, "--policies", "mine", "--lang", "en").out
    assert "• Set up a label printer — if: How many printers? more than 1" in shown


def test_a_service_is_answered_by_a_time(deskui: Deskui) -> None:
    """The row with a target in place of the one with a price: the desk says by when, in working time."""
    terms = Path("mine", f"{VENDOR}.toml")
    priced = re.search(r"^rows = .*\n", SERVICE, re.MULTILINE)
    assert priced is not None
    terms.write_text(terms.read_text("utf-8") + "\n" + SERVICE.replace(priced.group(), TARGET), "utf-8")
    assert deskui("policy", "check", str(terms)).code == 0
    asked = ("due", "--policies", "mine", "--policy", VENDOR, "--ask", "label-printer", "--fact=contract={}")
    told = deskui(*asked, "--at", "2026-11-23T17:45", "--json").json
    assert told["targets"][0]["due"] == "2026-11-24T09:15:00+07:00"


def test_what_no_request_can_notice_is_listed_as_it_shows(deskui: Deskui) -> None:
    examples = Path("mine", f"{VENDOR}.examples.toml")
    examples.write_text(examples.read_text("utf-8") + "\n" + EQUIVALENT, "utf-8")
    assert deskui("policy", "test", f"mine/{VENDOR}.toml").code == 0
    assert set(tomllib.loads(EQUIVALENT)["equivalent"][0]) == {"place", "change", "reason"}


def test_its_commands_are_there(deskui: Deskui) -> None:
    commands = set(re.findall(r"deskui policy (\w+)", PART))
    assert commands == {"show", "new", "check", "diff", "test"}
    for command in commands:
        assert deskui("policy", command, "--help").code == 0
