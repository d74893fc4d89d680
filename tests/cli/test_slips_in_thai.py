"""Slips told to a Thai policy owner: the same file, line and key, in Thai words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deskui.paths import data_dir
from tests.cli.commands import Deskui, runner

STARTER = data_dir() / "starter"
POLICY, EXAMPLES = ((STARTER / name).read_text("utf-8") for name in ("starter.toml", "starter.examples.toml"))
ENGLISH = re.compile(r"\b(found|expected|the|did|mean|such|needed|quotes|nothing|without|unknown key)\b")


@pytest.fixture
def deskui(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Deskui:
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capsys)


def _check(deskui: Deskui, policy: str | bytes, examples: str = EXAMPLES) -> list[str]:
    Path("starter.toml").write_bytes(policy.encode() if isinstance(policy, str) else policy)
    Path("starter.examples.toml").write_text(examples, "utf-8")
    ended = deskui("policy", "check", "starter.toml", "--lang", "th")
    assert (ended.code, ended.err) == (2, "")
    assert not ENGLISH.search(ended.out), ended.out
    # line and key are those that English has
    other = deskui("--lang", "en", "policy", "check", "starter.toml").out.splitlines()
    lines = ended.out.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [line.split(": ")[:2] for line in other]
    return lines


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("quota = 3,", 'quota = "three",', "service.install.rows[1].quota", "พบ 'three' ควรเป็น จำนวนเต็ม"),
        ("quota = 3,", "quota = true,", "service.install.rows[1].quota", "พบ true"),
        ('then = "free" }', 'than = "free" }', "service.phone-help.rows[1].than", "หมายถึง 'then' หรือไม่"),
        ('then = "free" }', 'then = "fre" }', "service.phone-help.rows[1].then", "หมายถึง 'free' หรือไม่"),
        ('"ST-04", when', '"ST-44", when', "service.phone-help.rows[1].rule", "กฎของไฟล์นี้: บรรทัดใน [rule]"),
        ('reason = "excluded", ', "", "service.data-repair.rows[1].reason", "ต้องบอกว่าเพราะอะไร"),
        ('"13:00-17:00"', '"1pm-5pm"', "calendar.support.mon-fri", 'ช่วงเวลา เช่น "09:00-17:00"'),
        ('days = ["sat"]', 'days = ["saturday"]', "restricted.days", "วันในสัปดาห์จาก mon"),
        ('services = ["install"]', 'services = ["instal"]', "restricted.items[1].services", "ชื่อบริการในไฟล์นี้"),
        ('kind = "count"', 'kind = "number"', "question.machines.kind", "หนึ่งใน: choice, count"),
        ('id = "starter"', 'id = "other"', "policy.id", "ชื่อไฟล์เอง"),
        ('version = "1"\n', "", "policy.version", "พบ ไม่มีค่า ควรเป็น ค่า: ต้องมีคีย์นี้"),
        ('cover = "cover"', 'cover = "plan"', "policy.cover", "ชื่อของตาราง [derive.…]"),
        ("above = 1", 'above = "one"', "restricted.items[1].when.machines.above", "ควรเป็น ตัวเลข"),
        ('{ cover = "ma" }, then = "free"', '{ cover = "MA" }, then = "free"',
         "service.phone-help.rows[1].when.cover", "หนึ่งใน: ma, none"),
        ('amount = { each = 500, per = "machines" } },\n]', "amount = -500 },\n]",
         "service.install.rows[2].amount", "จำนวนเงินบาทตั้งแต่ 0"),
        ('amount = { each = 500, per = "machines" } },\n]', 'amount = "much" },\n]',
         "service.install.rows[2].amount", "หรือตัวเลข หรือตารางที่มีหนึ่งใน"),
        ('amount = { each = 500, per = "machines" } },\n]', 'amount = { each = 500, pro = "machines" } },\n]',
         "service.install.rows[2].amount.pro", "ไม่มีคีย์ชื่อนี้ตรงนี้ (ที่มีคือ each, less, per, plus)"),
        ('redirect = "quote"', 'redirect = "qoute"', "service.data-repair.rows[1].redirect", "'quote' หรือ"),
        ('attainable = ["ma"]', 'attainable = ["mma"]', "derive.cover.attainable", "หมายถึง 'ma' หรือไม่"),
        ('"th-private"', '"th-privat"', "calendar.support.holidays", "ชุดวันหยุดที่อ่านได้"),
    ],
)  # fmt: skip
def test_a_slip_is_told_in_thai(deskui: Deskui, old: str, new: str, key: str, words: str) -> None:
    assert old in POLICY
    text = POLICY.replace(old, new, 1)
    if key == "calendar.support.holidays":
        # what is wrong with a holiday file is told by who reads those
        Path("starter.toml").write_text(text, "utf-8")
        lines = deskui("policy", "check", "starter.toml", "--lang", "th").out.splitlines()
    else:
        lines = _check(deskui, text)
    found = [line for line in lines if f": {key}: พบ " in line]
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[service.data-repair]", "[service.onsite]", "พบ [service.onsite] ซ้ำเป็นครั้งที่สอง"),
        ('version = "1"', 'version = "1"\nversion = "6"', "คีย์ละครั้งเดียว"),
        ('version = "1"', 'version = "1', 'พบ ข้อความ 1 ที่ไม่ได้ปิดเครื่องหมายคำพูด ควรเป็น "1"'),
        ('version = "1"', "version = “1”", "เครื่องหมายคำพูดโค้ง"),
        ('rule = "ST-08", then', 'rule = "ST-08" then', "จุลภาคคั่นแต่ละส่วน"),
        ('version = "1"', 'version "1"', 'ควรเป็น version = "1"'),
        ('version = "1"', 'version = "1" (page 2)', "พบ (page 2) หลังค่า"),
        ('version = "1"', 'version = "1\x07"', "อักขระที่มองไม่เห็น"),
        ("[service.data-repair]", "[service.data-repair", "ควรเป็น [service.data-repair]"),
        ('th = "โทรศัพท์"', 'ไทย = "โทรศัพท์"', "คีย์ที่เป็นอักษรอังกฤษ"),
        ('version = "1"', 'version = "C:\\x"', "แทน \\ หนึ่งตัว"),
    ],
)
def test_what_is_no_toml_is_told_in_thai(deskui: Deskui, old: str, new: str, words: str) -> None:
    (told,) = _check(deskui, POLICY.replace(old, new, 1))
    assert words in told


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('ask = "onsite"', 'ask = "on-site"', "หมายถึง 'onsite' หรือไม่"),
        ("at = 2026-11-23T10:00:00", 'at = "2026-11-23T10:00:00"', "ไม่ใส่เครื่องหมายคำพูด"),
        ('outcome = "quote"', 'outcome = "qote"', "outcome หนึ่งใน: accepted"),
        ("machines = 3", 'machines = "three"', "facts.machines: พบ 'three' ควรเป็น จำนวนเต็ม ตั้งแต่ 0 ขึ้นไป"),
        ("machines = 3", "machine = { ma_end = 2026-02-31 }", "วันเวลาที่มีในปฏิทิน"),
        ("machines = 3", "machins = 3", "หมายถึง 'machines' หรือไม่ ถ้าตั้งใจให้ไม่มีผล ใส่ไว้ใน unread"),
        ('"a database is not repaired"', '"a visit has no printed price"', "ชื่อที่ไม่ซ้ำ"),
        ("remaining_before = 1", "remaining_befor = 1", "คีย์ที่ไม่รู้จัก 'remaining_befor'"),
        ("[[example]]", "[[exampel]]", "หมายถึง 'example' หรือไม่"),
    ],
)
def test_a_slip_in_the_examples_is_told_in_thai(deskui: Deskui, old: str, new: str, words: str) -> None:
    assert old in EXAMPLES
    lines = _check(deskui, POLICY, EXAMPLES.replace(old, new, 1))
    assert all(line.startswith("starter.examples.toml:") for line in lines)
    assert any(words in line for line in lines), lines


def test_a_file_in_another_encoding_is_told_in_thai(deskui: Deskui) -> None:
    thai = "โทรศัพท์"
    (told,) = _check(deskui, POLICY.encode().replace(thai.encode(), thai.encode("tis-620"), 1))
    assert "ให้บันทึกไฟล์เป็นแบบนั้น" in told


def test_every_command_tells_it_in_the_language_that_is_asked_for(deskui: Deskui) -> None:
    Path("starter.toml").write_text(POLICY.replace("quota = 3", 'quota = "3"', 1), "utf-8")
    Path("starter.examples.toml").write_text(EXAMPLES, "utf-8")
    for command in (
        ("test", "./starter.toml"),
        ("show", "./starter.toml"),
        ("diff", "./starter.toml", "emwork"),
    ):
        told = deskui("policy", *command, "--lang", "th").err
        assert "ไฟล์ข้อกำหนดใช้ไม่ได้" in told
        assert "service.install.rows[1].quota: พบ '3' ควรเป็น จำนวนเต็ม" in told
    ended = deskui("policy", "list", "--policies", ".", "--lang", "th")
    assert "พบ '3' ควรเป็น จำนวนเต็ม" in ended.err
    (shape,) = deskui("policy", "check", "starter.toml", "--lang", "th", "--json").json
    assert shape["problems"][0]["expected"].startswith("จำนวนเต็ม")


def test_what_the_examples_and_changes_come_to_is_told_in_thai(deskui: Deskui) -> None:
    Path("starter.toml").write_text(POLICY, "utf-8")
    Path("starter.examples.toml").write_text(EXAMPLES, "utf-8")
    checked = deskui("policy", "check", "starter.toml", "--lang", "th").out
    assert "ใช้ได้ ตัวอย่าง" in checked
    assert "หลักทั่วไป" in checked
    tried = deskui("policy", "test", "starter.toml", "--mutate", "--lang", "th").out.splitlines()
    assert "ไม่ผ่าน 0" in tried[0]
    assert re.search(r"เปลี่ยนทีละจุด \d+ แบบ: .* หลุดรอด \d+", tried[1])
    Path("starter.examples.toml").write_text(
        EXAMPLES.replace("remaining_before = 1", "remaining_before = 2"), "utf-8"
    )
    failed = deskui("policy", "test", "starter.toml", "--lang", "th").out
    assert "remaining_before: ควรได้ 2 แต่ได้ 1" in failed


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("polish", "ไม่มีคำสั่ง polish"),
        ("policy lst", "ไม่มีคำสั่ง lst หมายถึง 'list'"),
        ("policy show", "ต้องระบุ VENDOR"),
        ("ticket open", "ต้องมีตัวเลือก --customer"),
        ("ticket list --limt 3", "ไม่มีตัวเลือก --limt หมายถึง '--at', '--limit' หรือไม่"),
        ("ticket list --limit", "ตัวเลือก --limit ต้องมีค่าตามหลัง"),
        ("ticket list --limit x", "ค่าของ '--limit' ใช้ไม่ได้: 'x' ไม่ใช่จำนวนเต็ม"),
        ("ticket list --limit 0", "ค่าของ '--limit' ใช้ไม่ได้: 0 ไม่อยู่ในช่วง x>=1"),
        ("ticket list --json=3", "ตัวเลือก --json ไม่มีค่าตามหลัง"),
        ("ticket claim seven", "ค่าของ 'NUMBER' ใช้ไม่ได้: 'seven' ไม่ใช่เลขเรื่อง"),
        ("ticket claim 1 2 3", "มีคำเกินมา: 2 3"),
        ("--theme red", "'red' ต้องเป็นหนึ่งใน 'dark'"),
    ],
)
def test_wrong_use_is_told_in_thai(deskui: Deskui, command: str, told: str) -> None:
    """Nothing of what click says is left in English; the usage line names the command as ever."""
    ended = deskui("--lang", "th", *command.split())
    assert (ended.code, ended.out) == (2, "")
    *usage, what = ended.err.splitlines()
    # where the slip is in the form of an option, click itself shows no usage
    assert not usage or (usage[0].startswith("วิธีใช้: deskui") and usage[1].startswith("อ่านเพิ่ม: deskui"))
    assert told in what
    assert not re.search(r"\b(No|Missing|Invalid|Did|Got|Option|is not)\b", what)
    assert "Error: " in deskui("--lang", "en", *command.split()).err
