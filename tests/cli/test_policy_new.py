"""`deskui policy new`: what it writes can be used as it is, and so can every block that is ready to use."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from deskui.paths import data_dir
from tests.cli.commands import Deskui, runner

STARTER = data_dir() / "starter"
READY = re.compile(r"^#(\S.*)$")


@pytest.fixture
def deskui(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Deskui:
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capsys)


def _blocks(text: str) -> list[tuple[int, int]]:
    """(first, last) line of every block that is ready to use."""
    lines = text.splitlines()
    found: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if READY.match(line):
            if found and found[-1][1] == number - 1:
                found[-1] = (found[-1][0], number)
            else:
                found.append((number, number))
    return found


def _used(text: str, blocks: list[tuple[int, int]]) -> str:
    """The text with the # of these blocks taken away."""
    lines = text.splitlines()
    for first, last in blocks:
        for number in range(first, last + 1):
            lines[number] = READY.sub(r"\1", lines[number])
    return "\n".join(lines) + "\n"


POLICY, EXAMPLES = ((STARTER / name).read_text("utf-8") for name in ("starter.toml", "starter.examples.toml"))


def test_what_it_writes_passes_check_and_test(deskui: Deskui) -> None:
    ended = deskui("policy", "new", "acme-pos", "--name", 'Acme "POS"')
    assert (ended.code, ended.out) == (0, "acme-pos.toml\nacme-pos.examples.toml\n")
    assert "deskui policy check acme-pos.toml" in ended.err
    checked = deskui("policy", "check", "acme-pos.toml")
    assert checked.code == 0
    assert "0 not covered" in checked.out
    assert deskui("policy", "test", "acme-pos.toml").code == 0
    # nothing of the template's own name is left
    text = Path("acme-pos.toml").read_text("utf-8") + Path("acme-pos.examples.toml").read_text("utf-8")
    assert not re.search(r"starter|\bST\b", text, re.IGNORECASE)


def test_its_examples_notice_every_change(deskui: Deskui) -> None:
    """They are the pattern that a policy owner follows."""
    deskui("policy", "new", "acme")
    (tested,) = deskui("policy", "test", "acme.toml", "--mutate", "--json").json
    assert tested["mutation"]["survivors"] == []


def test_the_desk_can_use_it(deskui: Deskui) -> None:
    deskui("policy", "new", "acme")
    request = {"policy": "acme", "ask": "install", "at": "2026-11-23T10:00", "contract": None, "machines": 2}
    (answer,) = deskui("decide", "--policies", ".", given=json.dumps(request)).lines
    assert (answer["outcome"], answer["amount"], answer["reasons"][0]["rule"]) == ("charge", 1000, "AC-07")
    asked = ("quote", "acme", "install", "--policies", ".", "--at", "2026-11-23T10:00")
    assert deskui(*asked, "--fact=contract=no", "--fact=machines=2", "--json").json["total"] == 1000
    shown = deskui("policy", "show", "acme", "--policies", ".")
    assert shown.code == 0
    assert "Saturday: what follows waits until the next working day" in shown.out
    customers = "code,name,policy,product,purchased_on\nAC-1,Test Trading,acme,Acme POS,2026-01-05\n"
    Path("customers.csv").write_text(customers, "utf-8")
    store = ("--db", "sqlite:///desk.sqlite", "--policies", ".")
    assert deskui("agent", "add", "nok", "Nok", *store[:2]).code == 0
    assert deskui("customer", "import", "customers.csv", "--agent", "nok", *store).code == 0
    opened = deskui(
        *("ticket", "open", "--customer", "AC-1", "--service", "onsite", "--at", "2026-11-23T10:00"),
        *("--agent", "nok", "--json", *store),
    )
    assert opened.code == 0, opened.err
    assert opened.json["decision"]["outcome"] == "quote"


@pytest.mark.parametrize("block", _blocks(POLICY), ids=lambda block: f"line {block[0] + 1}")
def test_every_block_is_ready_to_use(deskui: Deskui, block: tuple[int, int]) -> None:
    Path("starter.toml").write_text(_used(POLICY, [block]), "utf-8")
    checked = deskui("policy", "check", "starter.toml")
    assert checked.code == 0, checked.out


def test_all_blocks_together_hold_with_their_examples(deskui: Deskui) -> None:
    assert len(_blocks(POLICY)) >= 7
    Path("starter.toml").write_text(_used(POLICY, _blocks(POLICY)), "utf-8")
    Path("starter.examples.toml").write_text(_used(EXAMPLES, _blocks(EXAMPLES)), "utf-8")
    checked = deskui("policy", "check", "starter.toml")
    assert "0 not covered" in checked.out
    tested = deskui("policy", "test", "starter.toml")
    assert tested.code == 0, tested.out
    assert int(tested.out.split()[1]) == EXAMPLES.count('name = "')


@pytest.mark.parametrize("there", ["acme.toml", "acme.examples.toml"])
def test_nothing_is_overwritten(deskui: Deskui, there: str) -> None:
    Path(there).write_text("mine", "utf-8")
    ended = deskui("policy", "new", "acme")
    assert (ended.code, ended.out) == (1, "")
    assert f"{there} is there already" in ended.err
    assert Path(there).read_text("utf-8") == "mine"
    assert [path.name for path in Path().iterdir()] == [there]


def test_a_place_may_be_given(deskui: Deskui) -> None:
    Path("terms").mkdir()
    for place in ("terms", "terms/acme-two.toml"):
        vendor = "acme" if place == "terms" else "acme-two"
        written = deskui("policy", "new", vendor, "--out", place, "--json").json
        assert written["policy"] == f"terms/{vendor}.toml"
        assert deskui("policy", "check", written["policy"]).code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("Acme",), 2, "use small letters, digits and hyphens"),
        (("../acme",), 2, "use small letters"),
        (("_acme",), 2, "use small letters"),
        (("emwork",), 1, "there are terms of emwork already"),
        (("acme", "--out", "nowhere/acme.toml"), 2, "cannot write nowhere/acme.toml"),
        (("acme", "--out", "other.toml"), 2, "a file called acme.toml"),
        ((), 2, "Missing argument 'VENDOR'"),
    ],
)
def test_what_cannot_be_done_is_said(
    deskui: Deskui, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ended = deskui("policy", "new", *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert words in ended.err
    assert list(Path().iterdir()) == []


def test_a_new_vendor_has_nothing_to_compare_with_and_diff_says_how_to_go_on(deskui: Deskui) -> None:
    deskui("policy", "new", "acme")
    alone = deskui("policy", "diff", "acme", "acme.toml")
    assert (alone.code, alone.out) == (2, "")
    assert "acme is a new vendor, with nothing before it to compare: go on with deskui policy" in alone.err
    assert "ผู้ขายรายใหม่" in deskui("policy", "diff", "acme", "acme.toml", "--lang", "th").err
    other = deskui("policy", "diff", "emwork", "acme.toml")
    assert other.code == 0
    assert "emwork and acme are two vendors" in other.err
