"""A change that no example notices is told with its line, in words, and with an example that would."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskui.paths import data_dir
from deskui.policy.examples import examples_file
from deskui.policy.mutate import Report, run_mutation
from tests.policy.vendor import copy

STARTER = data_dir() / "starter"
PRICES = "{ dated = [{ to = 2027-01-12, is = 400 }, { from = 2027-01-13, is = 500 }] }"
SERVICE = f"""
[service.label-printer]
th = "ตั้งค่าเครื่องพิมพ์ฉลาก"
en = "Set up a label printer"
rows = [
  {{ rule = "ST-90", when = {{ machines = {{ above = 2 }} }}, then = "quote", refer_to = "sales" }},
  {{ rule = "ST-90", then = "charge", amount = {PRICES} }},
]

[rule.ST-90]
clause = "9"
th = "ครั้งละ 400 บาท ต่อไป 500 บาท"
en = "400 baht, later 500 baht."
"""
EXAMPLE = """
[[example]]
name = "one label printer"
ask = "label-printer"
at = 2026-11-23T10:30:00
facts = { machines = 1 }
expect = { outcome = "charge", amount = 400, rules = ["ST-90"] }
"""


def _vendor(folder: Path, policy: str = "", examples: str = "") -> Path:
    """The starter with a service more."""
    for name, more in (("starter.toml", policy), ("starter.examples.toml", examples)):
        (folder / name).write_text((STARTER / name).read_text("utf-8") + more, "utf-8")
    return folder / "starter.toml"


def _adopted(file: Path, report: Report) -> Report:
    """What survives once every example that was offered is in the file."""
    beside = examples_file(file)
    offered = [item.noticed_by for item in report.advice if item.noticed_by]
    beside.write_text("\n\n".join([beside.read_text("utf-8"), *offered]) + "\n", "utf-8")
    return run_mutation(file)


def test_the_examples_offered_for_a_new_service_hold_all_of_it(tmp_path: Path) -> None:
    file = _vendor(tmp_path, SERVICE, EXAMPLE)
    report = run_mutation(file)
    told = {str(item.mutant): (item.line, item.words.en) for item in report.advice}
    first = (STARTER / "starter.toml").read_text("utf-8").count("\n") + 1
    assert told["service.label-printer.staffed: flip"] == (
        first + 1,
        "No example asks for this service outside the hours.",
    )
    assert told["service.label-printer.rows[1]: remove"] == (
        first + 5,
        "No example gets its answer from this row.",
    )
    assert told["service.label-printer.rows[2].amount.dated[1].to: -1"] == (
        first + 6,
        "No example stands right at the edge of to.",
    )
    # a row that nobody reaches is asked for once, whatever it says
    first_row = "service.label-printer.rows[1]."
    unreached = [item for item in report.advice if item.mutant.place.startswith(first_row)]
    assert len(unreached) > 1
    assert all(item.noticed_by is None for item in unreached)
    once = _adopted(file, report)
    assert len(once.survivors) < len(unreached)
    again = _adopted(file, once)
    assert again.good, str(again)


@pytest.mark.parametrize(
    ("old", "new", "change", "words"),
    [
        ("hours = 4", "hours = 3", "service.visit.rows[2].when.hours.max: -1", "at the edge of hours"),
        ("amount = 1200", 'rules = ["SX-09"]', "table.prices.bands[1].two: +1", "what two says"),
    ],
)
def test_the_example_offered_is_one_that_notices(
    tmp_path: Path, old: str, new: str, change: str, words: str
) -> None:
    file = copy(tmp_path, examples=((old, new),))
    report = run_mutation(file)
    (advice,) = report.advice
    assert str(advice.mutant) == change
    assert words in advice.words.en
    assert f"{file}:{advice.line}: {change}" in str(report)
    assert _adopted(file, report).good


def test_what_no_request_can_notice_is_offered_to_be_listed(tmp_path: Path) -> None:
    file = _vendor(tmp_path)
    beside = examples_file(file)
    text = beside.read_text("utf-8")
    start = text.index("[[equivalent]]")
    listed = text[start : text.index("\n\n", start)]
    beside.write_text(text.replace(listed, ""), "utf-8")
    (advice,) = run_mutation(file).advice
    assert (str(advice.mutant), advice.noticed_by) == ("derive.cover.rows[2]: remove", "")
    place, change, _ = listed.splitlines()[1:4]
    assert f"[[equivalent]]\n      {place}\n      {change}\n" in advice.text.en
    assert "ใส่ในไฟล์ตัวอย่าง" in advice.text.th


GATE = """
[[before]]
rule = "ST-91"
all_but = ["onsite"]
when = { contract = { state = "suspended" }, machines = { above = 40 } }
then = "unavailable"
reason = "suspended_non_payment"

[rule.ST-91]
clause = "10"
th = "ค้างชำระและมีเกิน 40 เครื่อง ไม่ให้บริการ"
en = "Nobody with over 40 machines is served while payment is overdue."
"""
STOPPED = """
[[example]]
name = "many machines, not paid"
ask = "phone-help"
at = 2026-11-23T10:30:00
facts = { contract = { suspended = true }, machines = 41 }
expect = { outcome = "unavailable", rules = ["ST-91"] }
"""


def test_a_customer_whom_a_gate_stops_elsewhere_is_offered_for_a_new_service(tmp_path: Path) -> None:
    """Two facts at once, which no search would find: an example of another service has them."""
    file = _vendor(tmp_path, SERVICE + GATE, EXAMPLE + STOPPED)
    report = run_mutation(file)
    (offered,) = [one for one in report.advice if str(one.mutant) == "before[1].all_but: add label-printer"]
    assert offered.noticed_by is not None
    assert 'ask = "label-printer"' in offered.noticed_by
    assert 'reason = "suspended_non_payment"' in offered.noticed_by
    assert "before[1].all_but: add label-printer" not in map(str, _adopted(file, report).survivors)
