"""`deskui policy`: list, show, check, test, diff."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deskui.cli.output import width
from deskui.paths import data_dir
from deskui.policy.library import Library, policy_files
from tests.cli.commands import Deskui, runner
from tests.policy.vendor import FILES, SIXTH, copy

SHIPPED = sorted(policy_files(data_dir() / "policies"))
DIR = ("--policies", str(FILES))


@pytest.fixture
def deskui(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Deskui:
    monkeypatch.setenv("COLUMNS", "80")
    return runner(monkeypatch, capsys)


def test_list_names_every_policy(deskui: Deskui) -> None:
    ended = deskui("policy", "list", *DIR)
    assert (ended.code, ended.err) == (0, "")
    assert [line.split()[0] for line in ended.out.splitlines()] == sorted([*SHIPPED, "sixth"])
    (line,) = (line for line in ended.out.splitlines() if line.startswith("sixth"))
    assert "Sixth Vendor" in line
    assert line.endswith("4 services")


@pytest.mark.parametrize("vendor", SHIPPED)
def test_what_is_worked_out_has_a_name_in_thai(vendor: str, deskui: Deskui) -> None:
    shown = deskui("policy", "show", vendor, "--lang", "th").out
    services = shown.partition("บริการทีละรายการ")[2].partition("จุดที่ตีความได้")[0]
    rows = re.findall(r"^ +[•?] .+(?:\n {6,}[^ •?].*)*", services, re.M)
    worked_out = "|".join(map(re.escape, Library.open().get(vendor).derived))
    named = re.compile(rf"(?<![\w.])(?:{worked_out})(?![\w.])")
    assert rows
    assert [row for row in rows if named.search(row)] == []


def test_list_as_json(deskui: Deskui) -> None:
    (found,) = (item for item in deskui("policy", "list", "--json", *DIR).json if item["id"] == "sixth")
    assert found["version"].startswith("1+")
    assert found["name"] == {"th": "รายที่หก", "en": "Sixth Vendor"}
    assert found["services"][2] == {"id": "price", "name": {"th": "ราคา", "en": "Price"}, "call": False}


def test_list_tells_which_files_cannot_be_used(deskui: Deskui, tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[policy]\n")
    ended = deskui("policy", "list", "--policies", str(tmp_path))
    assert ended.code == 2
    assert [line.split()[0] for line in ended.out.splitlines()] == SHIPPED
    assert "broken.toml:1: policy.id: found nothing" in ended.err


def test_show_tells_the_hours_of_holidays_and_the_days_of_the_vendors_own(
    deskui: Deskui, tmp_path: Path
) -> None:
    shipped = (data_dir() / "policies" / "business-plus.toml").read_text("utf-8")
    business = 'mon-fri = ["08:30-17:30"]\n'
    assert shipped.count(business) == 1
    mine = shipped.replace(business, f"{business}closed = [2026-12-30]\n")
    (tmp_path / "business-plus.toml").write_text(mine, "utf-8")
    ended = deskui("policy", "show", "business-plus", "--policies", str(tmp_path))
    hours = ended.out.split("Hours\n")[1].split("\n\n")[0].splitlines()[1:]
    assert [line.strip() for line in hours] == [
        "after hours: Monday–Friday 17:30–22:00; Saturday–Sunday 08:30–22:00 (public",
        "holiday: th-private)",
        "on a holiday: 08:30–22:00",
        "holidays too: 2026-12-30",
        "opening hours: Monday–Friday 08:30–17:30 (public holiday: th-private)",
        "also closed: 2026-12-30",
    ]


def test_show_reads_like_the_terms(deskui: Deskui) -> None:
    ended = deskui("policy", "show", "sixth", *DIR)
    assert (ended.code, ended.err) == (0, "")
    for line in (
        "prices: whether VAT is included is not stated",
        "  Telephone  02-000-0000",
        "  desk: Monday–Friday 09:00–12:00, 13:00–17:00",
        "    also closed: 2026-11-24",
        "  Saturday: staffed, hours not stated",
        "  Help by phone: callback within 1 h 30 min (desk) — if: agreement / first",
        "  Friday: what follows waits until the next working day [SX-03 §2]",
        "    • On-site visit — if: Is it upcountry? yes [SX-03 §2]",
        "                 agreement  first year     no agreement",
        "  Help by phone  90 min     90 min         ?",
        "  On-site visit  2×         1,500 / 2,000  1,500 / 2,000",
        "  Help by phone (help)",
        "      • 2 times included, beyond: 1,500 baht; + travel [SX-06 §5]",
        "      • call back; callback within 1 h 30 min [SX-05 §4]",
        "      ? unknown, about (baht) 300, likely a charge [SX-05 §4]",
        "      • 1,500 baht; + travel — if: How many hours? at most 4 [SX-07 §6]",
        "           one     two",
        "    1–3  1,000   1,200",
        "    4–9    900  ? lost",
        "    ? two from 4: likely must be asked, by the pattern (baht) 1,100",
        "  far: Is it upcountry? (yes / no; asked on the call)",
        "    • kind: not charged",
        "    ◦ strict: charged",
        "  SX-10 §8: A manual is delivered.",
    ):
        assert line in ended.out.splitlines(), line


def test_show_in_thai(deskui: Deskui) -> None:
    lines = deskui("policy", "show", "sixth", "--lang", "th", *DIR).out.splitlines()
    assert "  desk: จันทร์–ศุกร์ 09:00–12:00, 13:00–17:00" in lines
    assert "      ? ไม่ทราบ, ราว (บาท) 300, น่าจะเป็น น่าจะมีค่าบริการ [SX-05 §4]" in lines
    assert "  SX-10 §8: มีคู่มือให้" in lines


def test_show_in_thai_names_provinces_and_counters(deskui: Deskui) -> None:
    """A condition on a place or on what is used up is no English name and no path of the file."""
    shown = " ".join(deskui("policy", "show", "business-plus", "--lang", "th").out.split())
    assert "ลูกค้าอยู่จังหวัดใด ไม่ใช่ กรุงเทพมหานคร" in shown
    assert "ที่ใช้ไปแล้วของ onsite-6.1 ตั้งแต่ 1" in shown
    assert "Bangkok" not in shown
    assert "used.onsite" not in shown


def test_show_as_json_marks_what_the_source_lost(deskui: Deskui) -> None:
    found = deskui("policy", "show", "sixth", "--json", *DIR).json
    assert found["tables"][0]["bands"][1] == {"from": 4, "to": 9, "cells": {"one": 900, "two": None}}
    helping = found["services"][0]["covers"]
    assert [group["covers"] for group in helping] == [["ma", "first-year"], ["none"]]
    assert [group["cells"][-1]["lost"] for group in helping] == [False, True]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("vendor", SHIPPED)
def test_every_shipped_policy_can_be_shown(deskui: Deskui, vendor: str, language: str) -> None:
    ended = deskui("policy", "show", vendor, "--lang", language)
    assert (ended.code, ended.err) == (0, "")
    assert vendor in ended.out
    services = {service["id"] for service in deskui("policy", "show", vendor, "--json").json["services"]}
    assert all(f"({service}" in ended.out for service in services)
    # no Python and no name of our own shows through
    assert not re.search(r"\[\'|None|True|False|Decimal|frozenset|not_recorded", ended.out)


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("vendor", SHIPPED)
def test_a_policy_fits_the_terminal(
    deskui: Deskui, monkeypatch: pytest.MonkeyPatch, vendor: str, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for language in ("th", "en"):
        lines = deskui("policy", "show", vendor, "--lang", language).out.splitlines()
        assert [line for line in lines if width(line) > columns] == []


@pytest.mark.parametrize("vendor", SHIPPED)
def test_a_policy_says_what_it_promises(deskui: Deskui, vendor: str) -> None:
    policy = Library.open().get(vendor)
    promised = sum(len(row.targets) for service in policy.services.values() for row in service.rows)
    shape = deskui("policy", "show", vendor, "--json").json
    assert len(shape["promises"]) == promised
    none = "none: these terms promise no time for anything" in deskui("policy", "show", vendor).out
    assert none == (promised == 0)


@pytest.mark.parametrize("vendor", SHIPPED)
def test_a_lost_cell_is_never_shown_as_an_answer(deskui: Deskui, vendor: str) -> None:
    shape = deskui("policy", "show", vendor, "--json").json
    cells = [cell for service in shape["services"] for group in service["covers"] for cell in group["cells"]]
    assert cells
    assert all((cell["short"] == "?") == cell["lost"] == (cell["outcome"] == "unknown") for cell in cells)
    every = {rule["rule"] for rule in shape["rules"]}
    assert every == set(Library.open().get(vendor).rules)


def test_check_of_a_good_file_counts_what_is_covered(deskui: Deskui) -> None:
    ended = deskui("policy", "check", str(SIXTH))
    assert ended.code == 0
    assert ended.out == (
        f"{SIXTH}: good; 34 examples; 10 rules: 9 cited by examples, 1 information cards, 0 not covered; "
        "conventions: 8 of 16; readings: 1\n"
    )


def test_check_names_the_rules_that_no_example_cites(deskui: Deskui, tmp_path: Path) -> None:
    file = copy(tmp_path)
    file.with_name("sixth.examples.toml").write_text("")
    ended = deskui("policy", "check", str(tmp_path))
    assert ended.code == 0
    assert ended.out.splitlines()[1] == "  not covered: " + ", ".join(f"SX-{n:02}" for n in range(1, 10))
    coverage = deskui("policy", "check", str(file), "--json").json[0]["coverage"]
    assert (coverage["SX-01"], coverage["SX-10"]) == ("none", "card")


def test_check_tells_every_problem_with_file_line_and_key(deskui: Deskui, tmp_path: Path) -> None:
    file = copy(
        tmp_path,
        ('then = "callback"', 'then = "callbak"'),
        ("amount = 300", 'amount = "lots"'),
        ('rule = ["SX-02"]', 'rule = ["SX-22"]'),
        ('name = { th = "รายที่หก", en', 'nam = { th = "รายที่หก", en'),
    )
    ended = deskui("policy", "check", str(file))
    assert (ended.code, ended.err) == (2, "")
    keys = [line.removeprefix(f"{file}:").split(": ")[1] for line in ended.out.splitlines()]
    assert sorted(keys) == [
        "gate.rule",
        "policy.nam",
        "policy.name",
        "service.help.rows[1].then",
        "service.help.rows[2].hint.amount",
    ]
    text = file.read_text("utf-8").splitlines()
    numbers = [int(line.removeprefix(f"{file}:").partition(":")[0]) for line in ended.out.splitlines()]
    assert 'then = "callbak"' in text[numbers[keys.index("service.help.rows[1].then")] - 1]
    found = deskui("policy", "check", str(file), "--json").json[0]["problems"]
    assert [problem["key"] for problem in found] == keys


def test_check_reads_the_examples_too(deskui: Deskui, tmp_path: Path) -> None:
    file = copy(tmp_path, examples=(('ask = "help"', 'ask = "halp"'),))
    ended = deskui("policy", "check", str(file))
    assert ended.code == 2
    assert "sixth.examples.toml:3: example[1].ask: found 'halp'" in ended.out


def test_check_of_all_the_shipped_policies(deskui: Deskui) -> None:
    ended = deskui("policy", "check")
    assert ended.code == 0, ended.out
    assert all(f"{vendor}.toml: good" in ended.out for vendor in SHIPPED)
    assert "  not covered: " not in ended.out
    told = dict(line.split(maxsplit=1) for line in ended.out.splitlines() if line.startswith("  X-"))
    assert list(told) == [f"X-{number:02}" for number in range(1, 17)]
    cited = {item["file"]: item["conventions"] for item in deskui("policy", "check", "--json").json}
    for rule, vendors in told.items():
        assert vendors.split(", ") == [Path(file).stem for file, rules in cited.items() if rule in rules]
    # who promises no time says so, and whose years are of the Buddhist era
    assert told["X-16"] == "aristosoft, mac-5, pharmasys"
    assert told["X-05"] == "aristosoft, pharmasys"


def test_a_convention_that_nobody_cites_is_said(deskui: Deskui, tmp_path: Path) -> None:
    copy(tmp_path)
    (tmp_path / "other.toml").write_text(SIXTH.read_text("utf-8").replace('"sixth"', '"other"', 1), "utf-8")
    lines = deskui("policy", "check", str(tmp_path)).out.splitlines()
    assert "  X-05  cited by no example of any" in lines
    assert "  X-01  sixth" in lines


def test_the_examples_are_run(deskui: Deskui) -> None:
    ended = deskui("policy", "test", "sixth", *DIR)
    assert (ended.code, ended.out) == (0, "sixth: 34 examples, 34 hold, 0 failed\n")
    assert deskui("policy", "test", str(SIXTH)).out == ended.out


def test_a_failed_example_shows_expected_and_found(deskui: Deskui, tmp_path: Path) -> None:
    file = copy(tmp_path, ("amount = 2000", "amount = 2500"))
    ended = deskui("policy", "test", str(file))
    assert ended.code == 1
    first, second, why, last = ended.out.splitlines()
    assert first.startswith(f"{file.with_name('sixth.examples.toml')}:")
    assert first.endswith(": five hours as the supervisor settled it")
    assert second == "  amount: expected 2000, found 2500"
    assert why.startswith("  found by: SX-")
    assert last == "sixth: 34 examples, 33 hold, 1 failed"
    tried = deskui("policy", "test", str(file), "--mutate")
    assert (tried.code, tried.out) == (
        1,
        f"{ended.out}no changes were tried: put right the examples that failed first\n",
    )
    (failed,) = deskui("policy", "test", str(file), "--json").json[0]["failed"]
    assert failed["differences"] == [{"key": "amount", "expected": 2000, "found": 2500}]


def test_the_mutation_test_is_run_on_request(deskui: Deskui, tmp_path: Path) -> None:
    good = deskui("policy", "test", str(SIXTH), "--mutate")
    assert good.code == 0
    assert "mutants: " in good.out
    assert "0 survived" in good.out
    file = copy(tmp_path, examples=(("hours = 4", "hours = 3"),))
    bad = deskui("policy", "test", str(file), "--mutate")
    assert bad.code == 1
    assert f"survived: {file}:90: service.visit.rows[2].when.hours.max: -1" in bad.out
    (report,) = deskui("policy", "test", str(file), "--mutate", "--json").json
    assert report["mutation"]["survivors"] == ["service.visit.rows[2].when.hours.max: -1"]


def test_diff_tells_the_decisions_that_change_in_words(deskui: Deskui, tmp_path: Path) -> None:
    new = copy(tmp_path, ("quota = 2", "quota = 3"), ('work = "1h30m"', 'work = "2h"'))
    ended = deskui("policy", "diff", str(SIXTH), str(new))
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    start = lines.index("the third visit")
    assert lines[start + 1] == "  On-site visit (visit), Monday 23 Nov 2026 at 10:00"
    block = lines[start + 2 : lines.index("", start)]
    told = dict(re.split(r" {2,}", line.strip(), maxsplit=1) for line in block)
    assert told["answer"] == "charge → uses quota"
    assert told["amount (baht)"] == "1,500 → —"
    assert told["quota"] == "— → 3"
    assert told["by rule"] == "SX-07 (§6), SX-06 (§5) → SX-06 (§5)"
    assert "the second edition" not in ended.out
    changed = deskui("policy", "diff", str(SIXTH), str(new), "--json").json["changed"]
    (callback,) = (item for item in changed if item["name"] == "at opening time it is open")
    assert (callback["old"]["callback_by"], callback["new"]["callback_by"]) == (
        "2026-11-23T10:30:00+07:00",
        "2026-11-23T11:00:00+07:00",
    )
    assert re.fullmatch(rf"\d+ examples, {len(changed)} decisions change \(1\+\w+ → 1\+\w+\)", lines[-1])
    figures = {item["key"]: (item["old"]["en"], item["new"]["en"]) for item in callback["changed"]}
    assert figures == {"callback_by": ("Monday 23 Nov 2026 at 10:30", "Monday 23 Nov 2026 at 11:00")}
    thai = deskui("policy", "diff", str(SIXTH), str(new), "--lang", "th").out
    assert "มีค่าบริการ → ใช้สิทธิ์" in thai
    # no list, dictionary or constant of a programming language
    assert not re.search(r"[\[\]{}]|None|True|False", ended.out + thai)


def test_diff_of_a_file_with_itself_is_empty_whatever_it_is_called(deskui: Deskui, tmp_path: Path) -> None:
    other = copy(tmp_path).rename(tmp_path / "sixth-2027.toml")
    ended = deskui("policy", "diff", str(SIXTH), str(other))
    assert ended.code == 0
    assert " examples, 0 decisions change (" in ended.out


def test_diff_shows_what_the_other_does_not_know(deskui: Deskui) -> None:
    changed = deskui("policy", "diff", "sixth", "emwork", *DIR, "--json").json["changed"]
    (price,) = (item for item in changed if item["name"] == "a price at night")
    assert price["old"]["amount"] == 1000
    assert price["new"] is None
    assert "price → no such service" in deskui("policy", "diff", "sixth", "emwork", *DIR).out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "sixt", *DIR), "did you mean 'sixth'"),
        (("show",), "Missing argument 'VENDOR'"),
        (("show", "sixth", "--lang", "fr", *DIR), "'fr' is not one of"),
        (("list", "--policies", "nowhere"), "no folder nowhere"),
        (("check", "nowhere.toml"), "no file nowhere.toml"),
        (("test", "nowhere.toml"), "no file nowhere.toml"),
        (("test", "nobody"), "no policy 'nobody'"),
        (("diff", "emwork", "nowhere.toml"), "no file nowhere.toml"),
        (("diff", "emwork"), "Missing argument 'NEW'"),
        (("polish",), "No such command 'polish'"),
    ],
)
def test_wrong_use_is_said(deskui: Deskui, arguments: tuple[str, ...], words: str) -> None:
    ended = deskui("policy", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err


def test_check_of_a_folder_without_policies_is_said(deskui: Deskui, tmp_path: Path) -> None:
    ended = deskui("policy", "check", str(tmp_path))
    assert ended.code == 2
    assert "no policy files" in ended.err


@pytest.mark.parametrize("command", [("show", "broken"), ("test", "broken"), ("diff", "broken", "emwork")])
def test_a_file_that_cannot_be_used_is_told_with_all_its_problems(
    deskui: Deskui, tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "broken.toml"
    file.write_text('[policy]\nid = "broken"\n')
    ended = deskui("policy", *command, "--policies", str(tmp_path))
    assert ended.code == 2
    assert f"{file}:1: policy.version: found nothing" in ended.err
    assert f"{file}:1: policy.name: found nothing" in ended.err


def test_a_file_that_is_not_toml_is_told_with_its_line(deskui: Deskui, tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text('[policy]\nid = "broken\n')
    assert f"{file}:2: file: found" in deskui("policy", "check", str(file)).out
    assert f"{file}:2: file: found" in deskui("policy", "diff", str(file), "emwork").err
