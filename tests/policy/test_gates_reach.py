"""A service that is added to a vendor's file falls under the vendor's gates by itself."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deskui.paths import data_dir
from deskui.policy import Policy, PolicyFileError, decide, read_facts
from deskui.policy.library import HolidayShelf
from deskui.policy.load import read_policy
from deskui.policy.mutants import mutants

ADDED = """
[service.label-printer]
th = "ตั้งค่าเครื่องพิมพ์ฉลาก"
en = "Set up a label printer"
rows = [{ rule = "ZZ-90", then = "free" }]

[rule.ZZ-90]
clause = "price list 2027, line 3"
th = "ตั้งค่าเครื่องพิมพ์ฉลากไม่มีค่าใช้จ่าย"
en = "Setting up a label printer is free."
"""
AT = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Bangkok"))
SUSPENDED: dict[str, Any] = {"contract": {"suspended": True, "plan": "Beyond"}}
ENDED: dict[str, Any] = {"contract": {"start": "2025-01-01", "end": "2025-12-31"}}
NEVER: dict[str, Any] = {"contract": None}
OURS: dict[str, Any] = {"emwork_product": True, "customer_modified": False}


def _with(name: str, text: str) -> Policy:
    file = data_dir() / "policies" / f"{name}.toml"
    return read_policy(file.read_text("utf-8") + text, file, HolidayShelf(data_dir() / "holidays"))


@pytest.mark.parametrize(
    ("vendor", "facts", "outcome", "rule"),
    [
        ("mac-5", SUSPENDED, "unavailable", "M5-96"),
        ("mac-5", ENDED, "unavailable", "M5-65"),
        ("mac-5", {"contract": {"start": "2027-01-01", "end": "2027-12-31"}}, "unavailable", "M5-65"),
        ("mac-5", NEVER, "unavailable", "M5-27"),
        ("aristosoft", SUSPENDED | {"purchased_on": "2019-01-01"}, "unknown", "X-01"),
        ("aristosoft", ENDED | {"purchased_on": "2001-12-31"}, "unknown", "AR-07"),
        ("aristosoft", NEVER | {"purchased_on": "2027-12-31"}, "unknown", "X-01"),
        ("business-plus", SUSPENDED | {"in_warranty": False}, "unknown", "X-01"),
        ("business-plus", ENDED | {"in_warranty": True}, "unknown", "BP-46"),
        ("business-plus", {"contract": {"end": "2020-12-31"}, "in_warranty": False}, "unavailable", "BP-48"),
        ("emwork", OURS | {"in_warranty": False}, "unavailable", "EM-10"),
        ("emwork", {"in_warranty": True, "emwork_product": False}, "unavailable", "EM-21"),
    ],
)  # fmt: skip
def test_a_service_that_comes_new_is_not_free_for_whom_the_gates_stop(
    vendor: str, facts: dict[str, Any], outcome: str, rule: str
) -> None:
    policy = _with(vendor, ADDED)
    decision = decide(policy, "label-printer", read_facts(policy, facts), AT)
    assert (decision.outcome, decision.rules[0]) == (outcome, rule)


@pytest.mark.parametrize(
    ("vendor", "facts"),
    [
        ("mac-5", {"contract": {"paid": True}}),
        ("aristosoft", {"contract": {}, "purchased_on": "2019-01-01"}),
        ("business-plus", {"contract": {"plan": "Silver"}}),
        ("emwork", OURS | {"in_warranty": True}),
        # these terms stop nobody before a service: what is free is so for a machine without MA too
        ("pharmasys", {"machine": None}),
    ],
)
def test_and_is_free_for_the_others(vendor: str, facts: dict[str, Any]) -> None:
    policy = _with(vendor, ADDED)
    assert decide(policy, "label-printer", read_facts(policy, facts), AT).outcome == "free"


def test_a_gate_of_every_vendor_names_whom_it_leaves_out() -> None:
    """What stops a customer, not a request of one kind, holds for every service but those named."""
    shelf = HolidayShelf(data_dir() / "holidays")
    for name in ("aristosoft", "business-plus", "emwork", "mac-5", "pharmasys"):
        file = data_dir() / "policies" / f"{name}.toml"
        was = read_policy(file.read_text("utf-8"), file, shelf)
        now = _with(name, ADDED)
        about_cover = {row.place for row in was.before if any(c.fact == was.cover for c in row.when)}
        reached = {row.place for row in now.before if "label-printer" in (row.services or ())}
        assert about_cover <= reached, name


BOTH = """
[policy]
id = "small"
version = "1"
name = { th = "ราย", en = "Small" }
short = { th = "S", en = "S" }
source = "made up"
[set]
open = ["price"]
[[before]]
rule = "S-01"
all_but = "open"
when = { contract = "null" }
then = "unavailable"
reason = "excluded"
[question]
contract = { kind = "table", th = "มีสัญญาหรือไม่", en = "Is there a contract?" }
[service]
price = { th = "ราคา", en = "Price", staffed = false, rows = [{ rule = "S-01", then = "free" }] }
help = { th = "ช่วย", en = "Help", staffed = false, rows = [{ rule = "S-01", then = "free" }] }
[rule]
S-01 = ["1", "ข้อหนึ่ง", "Rule one."]
"""


def _small(*changes: tuple[str, str]) -> Policy:
    text = BOTH
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_policy(text, Path("small.toml"), HolidayShelf(data_dir() / "holidays"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'all_but = "open"',
            'all_but = "open"\nservices = "help"',
            "found 'open', expected services or all_but",
        ),
        ('all_but = "open"', 'all_but = "opn"', "before[1].all_but: found 'opn', expected"),
        ('open = ["price"]', 'open = ["prise"]', "before[1].all_but: found 'prise', expected"),
    ],
)
def test_who_is_left_out_is_read_strictly(old: str, new: str, said: str) -> None:
    with pytest.raises(PolicyFileError) as error:
        _small((old, new))
    assert said in str(error.value)


def test_rows_of_one_table_leave_the_same_out() -> None:
    row_of_it = '{ rule = "S-01", when = { contract = "null" }, then = "unavailable", reason = "excluded" }'
    shared = f'all_but = "open"\nrows = [{row_of_it}]'
    old = BOTH[BOTH.index('rule = "S-01"\nall_but') : BOTH.index("[question]")]
    (row,) = _small((old, shared + "\n")).before
    assert row.services == frozenset({"help"})


def test_that_a_gate_holds_for_a_service_is_tried() -> None:
    tried = [str(mutant) for mutant in mutants(tomllib.loads(BOTH)) if "add" in mutant.change]
    assert tried == ["set.open: add help"]
