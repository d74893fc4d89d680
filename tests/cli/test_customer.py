"""`deskui customer`: finding who calls, and filling a desk from a table, all of it or nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desks import CUSTOMERS, HOSTILE, Run, safe

NOTHING = {"customers": 0, "contacts": 0, "products": 0, "contracts": 0, "machines": 0}


def imported(run: Run, folder: Path, text: str | bytes, *more: str, language: str = "en") -> Any:
    """Imports a table."""
    file = folder / "table.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return run("--lang", language, "customer", "import", str(file), *more)


@pytest.mark.parametrize(
    "command", [("find", "\udcff"), ("authority", "\udcff", "x", "yes", "--agent", "nok")]
)
def test_what_is_not_utf_8_is_told_in_words(desk: Run, command: tuple[str, ...]) -> None:
    done = desk("customer", *command)
    assert (done.code, done.out) == (2, "")
    assert "bytes that are not UTF-8" in done.err


def test_a_caller_is_found_by_number_name_and_code(desk: Run) -> None:
    for typed in ("812345678", "สมศรี", "test trad", "sx-001"):
        first = desk("customer", "find", typed, "--json").json[0]
        assert first["code"] == "SX-001"
    found = desk("customer", "find", "SX-001", "--json").json[0]
    assert found["customer"] == "Test Trading"
    (product,) = found["products"]
    assert (product["policy"], product["name"], product["purchased_on"]) == (
        "sixth",
        "Sixth suite",
        "2020-03-01",
    )
    assert product["contract"] == {
        "state": "active",
        "start": "2026-08-01",
        "end": "2027-07-31",
        "days_left": 250,
    }
    assert product["plan"] == {"th": "รายการ M/A", "en": "M/A list"}
    shown = desk("customer", "find", "0812345678").out
    assert shown == "SX-001  Test Trading  สมศรี  081 234 5678  sixth Sixth suite (M/A list)\n"


def test_nobody_is_an_answer(desk: Run) -> None:
    found = desk("customer", "find", "nobody like it")
    assert (found.code, found.out) == (0, "")
    assert "nobody found" in found.err
    assert desk("customer", "find", "nobody like it", "--json").json == []


def test_a_table_fills_a_desk(empty: Run, tmp_path: Path) -> None:
    done = imported(empty, tmp_path, CUSTOMERS, "--json")
    counts = {"customers": 3, "contacts": 4, "products": 3, "contracts": 2, "machines": 0}
    assert (done.code, done.json) == (0, {"stored": counts, "problems": []})
    (shop,) = [hit for hit in empty("customer", "find", "SX-003", "--json").json if hit["contact"] is None]
    assert shop["products"][0]["contract"]["state"] == "none"
    assert len(empty("customer", "find", "SX-001", "--json").json) == 1
    assert empty("customer", "find", "021234567", "--json").json[0]["contact"] == "Front desk"


def test_a_table_may_carry_facts_machines_and_a_byte_order_mark(empty: Run, tmp_path: Path) -> None:
    table = (
        "\ufeffCode,Name,phone,policy,product,machine,ma,ma_end,fact.severity\n"
        '1,"Comma, and\nline Ltd",02 111 2222,sixth,Suite,till 1,ใช่,31/12/2570,SLOW\n'
        "1,,,sixth,Suite,till 2,no,,\n"
    )
    done = imported(empty, tmp_path, table, "--json")
    assert done.json["stored"] == {**NOTHING, "customers": 1, "contacts": 1, "products": 1, "machines": 2}
    (hit,) = [hit for hit in empty("customer", "find", "comma", "--json").json if hit["contact"] is None]
    assert hit["customer"] == "Comma, and line Ltd"
    assert empty("customer", "find", "021112222", "--json").json[0]["contact"] == "Comma, and line Ltd"
    assert empty("agent", "add", "nok", "Nok").code == 0
    opened = empty("ticket", "open", "--customer", "1", "--service", "repair", "--json")
    assert (opened.json["outcome"], opened.json["facts"]["severity"]) == ("deadline", "slow")


BAD = """\
code,name,province,phone,policy,product,purchased_on,contract_start,contract_end,plan,paid,fact.forms
A-1,Good One,Bangkok,021112222,sixth,Suite,2026-01-05,2026-08-01,2027-07-31,gold,yes,3
,No Code,,,,,,,,,,
A-2,,,,,,,,,,,
A-3,Three,Atlantis,12,sixth,Suite,31/02/2569,2026-08-01,2026-07-31,brass,maybe,many
A-4,Four,,,ninth,Suite,,,,,,
A-5,Five,,,sixth,,,,,,,
A-6,Six,,,,Suite,,,,,,
A-7,Seven,,,sixth,Suite,,,,gold,,
A-1,Other Name,,,,,,,,,,
A-8,Eight,,,,,,,,,,,,extra
"""
WRONG = [
    (3, 1, "code"),
    (4, 2, "name"),
    (5, 3, "province"),
    (5, 4, "phone"),
    (5, 7, "purchased_on"),
    (5, 9, "contract_end"),
    (5, 10, "plan"),
    (5, 11, "paid"),
    (5, 12, "fact.forms"),
    (6, 5, "policy"),
    (7, 6, "product"),
    (8, 5, "policy"),
    (9, 8, "contract_start"),
    (10, 2, "name"),
    (11, 13, ""),
]


def test_every_problem_of_a_table_is_told_at_once_and_nothing_is_stored(empty: Run, tmp_path: Path) -> None:
    done = imported(empty, tmp_path, BAD, "--json")
    assert done.code == 2
    assert done.json["stored"] == NOTHING
    found = [(problem["line"], problem["column"], problem["name"]) for problem in done.json["problems"]]
    assert found == WRONG
    said = done.err.splitlines()
    assert len(said) == len(WRONG) + 1
    assert said[0].endswith(
        "table.csv, line 3, column 1: code: found nothing, expected the vendor's customer number"
    )
    assert said[-1] == f"deskui: nothing was stored, problems found: {len(WRONG)}"
    assert empty("customer", "find", "Good One", "--json").json == []


UNREADABLE: list[tuple[str | bytes, int, str]] = [
    ("", 1, "empty"),
    ("code,name\n", 2, "no customer"),
    ("name,phone\nx,1\n", 1, "lacks this column"),
    ("code,name,colour\n1,x,red\n", 1, "no such column"),
    ("code,name,name\n1,x,x\n", 1, "given twice"),
    ('code,name\n1,"x\n', 2, "not CSV"),
    ("code,name\n1,ร้าน".encode("cp874"), 2, "not UTF-8"),
    ("code,name,policy,product,fact.colour\n1,x,sixth,s,red\n", 2, "asks for no fact 'colour'"),
    ("code,name,policy,product,fact.province\n1,x,sixth,s,Bangkok\n", 2, "no fact of a product"),
    ("code,name\n" + "1" * 65 + ",x\n", 2, "at most 64"),
    ("code,name,ma\n1,x,yes\n", 2, "about a product"),
    ("code,name,policy,product,ma\n1,x,sixth,s,yes\n", 2, "under maintenance"),
    (
        "code,name,policy,product,purchased_on\n1,x,sixth,s,2020-01-01\n1,,sixth,s,2021-01-01\n",
        3,
        "above",
    ),
]


@pytest.mark.parametrize(("table", "line", "said"), UNREADABLE)
def test_a_table_that_cannot_be_read_says_where(
    empty: Run, tmp_path: Path, table: str | bytes, line: int, said: str
) -> None:
    done = imported(empty, tmp_path, table, "--json")
    assert done.code == 2
    first = done.json["problems"][0]
    assert first["line"] == line
    assert said in first["message"]


@pytest.mark.parametrize("table", [BAD, *(table for table, _, _ in UNREADABLE)])
def test_what_is_wrong_with_a_table_is_told_in_thai(empty: Run, tmp_path: Path, table: str | bytes) -> None:
    done = imported(empty, tmp_path, table, language="th")
    assert done.code == 2
    *said, last = done.err.splitlines()
    for line in said:
        place, _, why = line.partition(".csv, บรรทัด ")
        assert place
        # Latin words that stay are names: of columns, of what was found, of the kind of file
        assert re.search("[ก-๙]", why), line
        assert not re.search(r"\b(found|expected|line|column|the|is|a|keep|given)\b", why), line
    assert last.startswith("deskui: ไม่มีข้อมูลใดถูกเก็บ")


def test_a_customer_who_is_there_already_is_told_in_thai(desk: Run, tmp_path: Path) -> None:
    done = imported(desk, tmp_path, "code,name\nSX-001,Again\n", language="th")
    assert "บรรทัด 2 คอลัมน์ 1: code: 'SX-001': มีลูกค้ารหัสนี้อยู่แล้ว" in done.err


def test_a_customer_who_is_there_already_is_refused_with_all_others(desk: Run, tmp_path: Path) -> None:
    table = "code,name\nNEW-1,New\nSX-001,Again\nSV-001,Again\n"
    done = imported(desk, tmp_path, table, "--json")
    assert done.code == 1
    assert [(problem["line"], problem["name"]) for problem in done.json["problems"]] == [
        (3, "code"),
        (4, "code"),
    ]
    assert desk("customer", "find", "NEW-1", "--json").json == []
    both = imported(desk, tmp_path, table + ",Nobody\n", "--json")
    assert (both.code, len(both.json["problems"])) == (2, 3)


def test_many_customers_at_once(empty: Run, tmp_path: Path) -> None:
    lines = [f"C-{number},Company {number}" for number in range(1203)]
    table = "code,name\n" + "\n".join(lines) + "\n"
    assert imported(empty, tmp_path, table).code == 0
    assert empty("customer", "find", "C-1202", "--json").json[0]["customer"] == "Company 1202"
    again = imported(empty, tmp_path, table, "--json")
    assert (again.code, len(again.json["problems"])) == (1, 1203)


def test_a_table_from_another_program(empty: Run) -> None:
    command = [sys.executable, "-m", "deskui", "customer", "import", "-"]
    done = subprocess.run(command, input=b"code,name\n1,One\n", capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert empty("customer", "find", "One", "--json").json[0]["code"] == "1"


def test_a_file_that_is_not_there(empty: Run, tmp_path: Path) -> None:
    done = empty("customer", "import", str(tmp_path / "none.csv"))
    assert (done.code, done.out) == (2, "")
    assert "none.csv" in done.err


def test_one_customer_is_added(desk: Run) -> None:
    product = (
        "--policy",
        "sixth",
        "--product",
        "Suite",
        "--contract-start",
        "2026-01-01",
        "--plan",
        "silver",
    )
    done = desk("customer", "add", "N-1", "New One", "--contact", "Ann", "--phone", "021112222", *product)
    assert (done.code, done.err) == (0, "")
    assert done.out == "1 customers, 1 contacts, 1 products, 1 contracts, 0 machines\n"
    opened = desk("ticket", "open", "--customer", "N-1", "--service", "advice", "--json")
    assert opened.json["decision"]["callback_minutes"] == 60
    again = desk("customer", "add", "N-1", "New One")
    assert (again.code, again.out) == (1, "")
    assert "already" in again.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("N-1", ""), "name: found nothing"),
        (("N-1", "x", "--province", "Atlantis"), "province: "),
        (("N-1", "x", "--policy", "sixth", "--product", "s", "--fact", "forms"), "no NAME=VALUE"),
        (("N-1", "x", "--policy", "sixth", "--product", "s", "--fact", "forms=many"), "fact.forms: "),
        (("N-1", "x", "--contract-end", "2026-01-01"), "product: "),
        (("N-1",), "NAME"),
    ],
)
def test_a_customer_that_cannot_be_read(desk: Run, arguments: tuple[str, ...], said: str) -> None:
    done = desk("customer", "add", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_hostile_names_are_kept_out_of_the_terminal(desk: Run, tmp_path: Path) -> None:
    table = f'code,name,contact,phone\nH-1,"{HOSTILE}","{HOSTILE}",021112222\n'
    done = imported(desk, tmp_path, table)
    assert done.code == 0
    for more in ((), ("--json",)):
        found = desk("customer", "find", "evil", *more)
        assert "evil" in found.out
        assert safe(found.out)
    bad = imported(desk, tmp_path, f"code,name,{HOSTILE}\nH-2,x,{HOSTILE}\n")
    assert (bad.code, safe(bad.err)) == (2, True)
    nobody = desk("customer", "find", f"zz{HOSTILE}")
    assert safe(nobody.err)


OWN = (
    "code,name,policy,product,contract_start,contract_end,"
    "own_rule,own_service,own_outcome,own_figures,own_clause,own_th,own_en\n"
)
MAC = "M-1,Own Terms,mac-5,Suite,2026-01-01,2026-12-31"


def test_a_table_carries_terms_of_the_customers_own_contract(empty: Run, tmp_path: Path) -> None:
    table = (
        f"{OWN}{MAC},M5-68,checkup-call,,quota=3; amount=400,ข้อ 4,โทรปีละ 3 ครั้ง,Three calls a year\n"
        f'{MAC},M5-45,network-fault,charge,amount=1500,ข้อ 5,ครั้งละ 1500,"Network faults, 1,500 each"\n'
    )
    done = imported(empty, tmp_path, table)
    assert done.code == 0, done.err
    assert empty("agent", "add", "nok", "Nok").code == 0
    ask = ("ticket", "open", "--customer", "M-1", "--agent", "nok", "--json", "--service")
    paid = ("--fact", "contract.special=yes", "--fact", "contract.paid=yes")
    first = empty(*ask, "checkup-call", *paid)
    assert first.code == 0, first.err
    decision = first.json["decision"]
    assert (decision["quota"], decision["remaining_after"]) == (3, 2)
    assert (decision["reasons"][0]["rule"], decision["reasons"][0]["clause"]) == ("own:M5-68", "ข้อ 4")
    second = empty(*ask, "network-fault", *paid).json["decision"]
    assert (second["outcome"], second["amount"]) == ("charge", 1500)


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ("M5-99999,,free,,c,ก,a", "own_rule", "found 'M5-99999', expected the id of a rule of mac-5"),
        ("M5-68,nothing,free,,c,ก,a", "own_service", "found 'nothing', expected a service"),
        ("M5-68,,gratis,,c,ก,a", "own_outcome", "found 'gratis', expected one of"),
        ("M5-68,,,quota=many,c,ก,a", "own_figures", "quota: found 'many', expected a whole number"),
        ("M5-68,,,quota,c,ก,a", "own_figures", "found 'quota', expected figures as quota=8"),
        ("M5-68,,,quota=1;quota=2,c,ก,a", "own_figures", "quota: given twice"),
        ("M5-68,,,quota=1,,ก,a", "own_clause", "found '', expected where it stands"),
        ("M5-68,,,quota=1,c,,a", "own_th", "found nothing, expected what the contract says"),
        ("M5-68,,,quota=1,c,ก,", "own_en", "found nothing, expected what the contract says"),
        (",,,quota=1,c,ก,a", "own_rule", "found '', expected the id of a rule"),
    ],
)
def test_a_term_that_cannot_be_read_is_told_at_its_column(
    empty: Run, tmp_path: Path, cells: str, column: str, said: str
) -> None:
    done = imported(empty, tmp_path, f"{OWN}{MAC},{cells}\n", "--json")
    assert done.code == 2
    (problem,) = done.json["problems"]
    assert (problem["line"], problem["name"]) == (2, column)
    assert said in problem["message"]
    table = str(tmp_path / "table.csv")
    thai = empty("--lang", "th", "customer", "import", table, "--json").json["problems"]
    assert [each["name"] for each in thai] == [column]
    assert "found" not in thai[0]["message"]


def test_a_term_needs_an_agreement(empty: Run, tmp_path: Path) -> None:
    done = imported(empty, tmp_path, f"{OWN}M-1,X,mac-5,Suite,,,M5-68,,free,,c,ก,a\n", "--json")
    assert done.code == 2
    assert "the dates of the agreement of own_rule" in done.json["problems"][0]["message"]


def test_erasing_needs_a_yes_and_empties_what_is_on_file(desk: Run) -> None:
    opened = desk(
        "ticket", "open", "--customer", "SX-003", "--service", "advice", "--agent", "nok", "--json"
    ).json
    assert desk("customer", "erase", "SX-003").code == 2
    assert [one["code"] for one in desk("customer", "find", "0899991234", "--json").json] == ["SX-003"]
    done = desk("customer", "erase", "SX-003", "--yes", "--json")
    assert done.json == {"code": "SX-003", "erased": True, "tickets": 1}
    history = desk("ticket", "show", str(opened["number"]), "--json").json["entries"]
    assert (history[-1]["kind"], history[-1]["agent"]) == ("erased", "nok")
    assert desk("customer", "find", "0899991234", "--json").json == []
    assert [one["code"] for one in desk("customer", "find", "SX-003", "--json").json] == ["SX-003"]
    assert desk("customer", "erase", "nobody", "--yes").code == 2
