"""Slips of a policy owner's pen: each is told with file, line and key, in words that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskui.paths import data_dir
from tests.cli.commands import Deskui, runner

STARTER = data_dir() / "starter"
POLICY, EXAMPLES = ((STARTER / name).read_text("utf-8") for name in ("starter.toml", "starter.examples.toml"))
PYTHON = ("None", "True", "False", "datetime.", "Decimal", "Traceback", "Error", "codec", "Errno", "{'")


@pytest.fixture
def deskui(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Deskui:
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capsys)


def _check(deskui: Deskui, policy: str | bytes, examples: str = EXAMPLES) -> list[str]:
    """The lines of `check` of a file with something wrong in it."""
    data = policy.encode() if isinstance(policy, str) else policy
    Path("starter.toml").write_bytes(data)
    Path("starter.examples.toml").write_text(examples, "utf-8")
    ended = deskui("policy", "check", "starter.toml")
    assert (ended.code, ended.err) == (2, "")
    assert not any(word in ended.out for word in PYTHON), ended.out
    # the other commands say the same, on stderr
    other = deskui("policy", "test", "./starter.toml")
    assert (other.code, other.out) == (2, "")
    assert all(line in other.err for line in ended.out.removeprefix("starter").splitlines()[:1])
    return ended.out.splitlines()


def _line(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("quota = 3,", 'quota = "three",', "service.install.rows[1].quota", "expected a whole number"),
        ("quota = 3,", "quota = true,", "service.install.rows[1].quota", "found true"),
        ('then = "free" }', 'than = "free" }', "service.phone-help.rows[1].than", "did you mean 'then'?"),
        ('then = "free" }', 'then = "fre" }', "service.phone-help.rows[1].then", "did you mean 'free'?"),
        ('"ST-04", when', '"ST-44", when', "service.phone-help.rows[1].rule", "found 'ST-44'"),
        ('reason = "excluded", ', "", "service.data-repair.rows[1].reason", "says why"),
        ('"13:00-17:00"', '"1pm-5pm"', "calendar.support.mon-fri", 'such as "09:00-17:00"'),
        ('"th-private"', '"th-privat"', "calendar.support.holidays", "expected"),
        ('days = ["sat"]', 'days = ["saturday"]', "restricted.days", "weekdays of mon"),
        ('services = ["install"]', 'services = ["instal"]', "restricted.items[1].services", "found 'instal'"),
        ('kind = "count"', 'kind = "number"', "question.machines.kind", "found 'number'"),
        ('id = "starter"', 'id = "other"', "policy.id", "the file's own name"),
        ('version = "1"\n', "", "policy.version", "this key is needed"),
        ('cover = "cover"', 'cover = "plan"', "policy.cover", "the name of a [derive.…] table"),
        ('"derived"]', '"guess"]', "rule.ST-02[4]", "one of: card, convention, derived"),
        ('until = "next-workday"', 'until = "monday"', "restricted.until", "did you mean 'mon'?"),
        ("above = 1", 'above = "one"', "restricted.items[1].when.machines.above", "expected a number"),
        # what can be read and makes no sense
        ('{ cover = "ma" }, then = "free"', '{ cover = "MA" }, then = "free"',
         "service.phone-help.rows[1].when.cover", "expected one of: ma, none"),
        ('amount = { each = 500, per = "machines" } },\n]', "amount = -500 },\n]",
         "service.install.rows[2].amount", "found -500"),
        ('redirect = "quote"', 'redirect = "qoute"', "service.data-repair.rows[1].redirect", "mean 'quote'?"),
        ('refer_to = "sales"', 'refer_to = "sale"', "service.onsite.rows[1].refer_to", "mean 'sales'?"),
        ('"confirm_price"', '"confrim_price"', "service.install.rows[1].over.flags", "mean 'confirm_price'?"),
        ('extras = ["travel"]', 'extras = ["travl"]', "service.onsite.rows[1].extras", "mean 'travel'?"),
        ('attainable = ["ma"]', 'attainable = ["mma"]', "derive.cover.attainable", "did you mean 'ma'?"),
        ("labels.none = ", "labels.nune = ", "derive.cover.labels", "did you mean 'none'?"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line_and_key(
    deskui: Deskui, old: str, new: str, key: str, words: str
) -> None:
    assert old in POLICY
    text = POLICY.replace(old, new, 1)
    found = [line for line in _check(deskui, text) if f": {key}: found " in line]
    assert len(found) == 1
    assert words in found[0]
    number = int(found[0].split(":")[1])
    near = _line(text, new.strip()) if new.strip() else _line(POLICY, old)
    # a table that lacks a key is told at its head, a row of many lines at its own
    assert number <= near + 1


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("[service.data-repair]", "[service.onsite]", 'th = "ซ่อมฐานข้อมูล"', "[service.onsite] a second time"),
        ('version = "1"', 'version = "1"\nversion = "6"', 'version = "6"', "each key once"),
        ('version = "1"', 'version = "1', 'version = "1', 'expected "1"'),
        ('version = "1"', "version = “1”", "version = “1”", 'are not straight ones, expected "1"'),
        ('rule = "ST-08", then', 'rule = "ST-08" then', 'rule = "ST-08" then', "a comma between the parts"),
        ('version = "1"', 'version "1"', 'version "1"', 'expected version = "1"'),
        ('version = "1"', 'version = "1" (page 2)', '(page 2)', "found (page 2) behind the value"),
        ('version = "1"', 'version = "1\x07"', "1\x07", "a character that cannot be seen"),
    ],
)  # fmt: skip
def test_what_is_no_toml_is_told_in_plain_words(
    deskui: Deskui, old: str, new: str, line: str, words: str
) -> None:
    text = POLICY.replace(old, new, 1)
    (told,) = _check(deskui, text)
    assert words in told
    assert (
        told.startswith(f"starter.toml:{_line(text, line)}: file: found ")
        or "closed" in told
        or "once" in told
    )


def test_a_file_in_another_encoding_is_told_with_its_line(deskui: Deskui) -> None:
    thai = "โทรศัพท์"
    data = POLICY.encode().replace(thai.encode(), thai.encode("tis-620"), 1)
    (told,) = _check(deskui, data)
    assert told.startswith(f"starter.toml:{_line(POLICY, thai)}: file: found the byte 0x")
    assert "save it as that" in told
    thai_ansi = POLICY.replace("–", "-").replace("“", "'").replace("”", "'")
    (told,) = _check(deskui, thai_ansi.encode("cp874"))
    assert "found a file saved in Windows-874 (ANSI), expected UTF-8" in told


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 100_000, "x = " + "1" * 5000, "x = 1\n" * 2 + "#" * 4_000_001]
)
def test_what_no_hand_has_typed_is_no_traceback(deskui: Deskui, text: str) -> None:
    (told,) = _check(deskui, text)
    assert told.startswith("starter.toml:1: file: found ") or "a second time" in told


def test_every_slip_of_a_file_is_told_at_once_in_the_order_of_its_lines(deskui: Deskui) -> None:
    text = POLICY.replace('then = "free"', 'then = "fre"').replace("quota = 3", 'quota = "3"')
    text = text.replace('days = ["sat"]', 'days = ["satday"]').replace('ST-09 = ["5"', "ST-09 = [5")
    lines = _check(deskui, text)
    assert len(lines) == 4
    numbers = [int(line.split(":")[1]) for line in lines]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('ask = "onsite"', 'ask = "on-site"', "did you mean 'onsite'?"),
        ("at = 2026-11-23T10:00:00", 'at = "2026-11-23T10:00:00"', "without quotes"),
        ("at = 2026-11-23T10:00:00", "at = 2026-11-23", "a TOML datetime such as"),
        ('outcome = "quote"', 'outcome = "qote"', "an outcome of: accepted"),
        ("machines = 3", 'machines = "three"', "found 'three'"),
        ('"a database is not repaired"', '"a visit has no printed price"', "a name of its own"),
        ("remaining_before = 1", "remaining_befor = 1", "an unknown key 'remaining_befor'"),
        ("facts = { contract = {} }", "facts = { contract = { }", "a } at the end"),
        ("[[example]]", "[[exampel]]", "did you mean 'example'?"),
    ],
)
def test_a_slip_in_the_examples_is_told(deskui: Deskui, old: str, new: str, words: str) -> None:
    assert old in EXAMPLES
    lines = _check(deskui, POLICY, EXAMPLES.replace(old, new, 1))
    assert all(line.startswith("starter.examples.toml:") for line in lines)
    assert any(words in line for line in lines)


def test_missing_examples_are_told_and_allowed(deskui: Deskui) -> None:
    Path("starter.toml").write_text(POLICY, "utf-8")
    ended = deskui("policy", "check", "starter.toml")
    assert ended.code == 0
    assert "no examples: starter.examples.toml is not there" in ended.out


def test_what_is_no_policy_file_is_said(deskui: Deskui) -> None:
    Path("starter.toml").write_text(POLICY, "utf-8")
    Path("starter.examples.toml").write_text(EXAMPLES, "utf-8")
    Path("folder.toml").mkdir()
    Path("here").mkdir()
    for arguments, words in (
        (("check", "starter.examples.toml"), "holds examples: give starter.toml"),
        (("test", "here/"), "is a folder: give a file of it"),
        (("diff", "here/", "starter.toml"), "is a folder: give a file of it"),
        (("check", "here"), "no policy files"),
        (("check", "nowhere.toml"), "no file nowhere.toml"),
    ):
        ended = deskui("policy", *arguments)
        assert (ended.code, ended.out) == (2, ""), arguments
        assert words in ended.err
    ended = deskui("policy", "check", ".")
    assert ended.code == 2
    assert "folder.toml:1: file: found a folder" in ended.out
    # the others are checked all the same
    assert "starter.toml: good" in ended.out


def test_a_vendor_is_checked_by_its_id(deskui: Deskui) -> None:
    ended = deskui("policy", "check", "emwork")
    assert ended.code == 0
    assert "emwork.toml: good" in ended.out
