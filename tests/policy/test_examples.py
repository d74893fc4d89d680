"""Examples: strict to read, exact to compare, and the shipped ones hold."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from deskui.paths import data_dir
from deskui.policy import Library, PolicyFileError
from deskui.policy.examples import breaks, examples_file, load_examples, run, run_one
from deskui.policy.library import policy_files
from tests.policy.vendor import FILES, SIXTH, copy

LIBRARY = Library.open(FILES)
POLICY = LIBRARY.get("sixth")
GOOD = """
[[example]]
name = "one"
ask = "price"
at = 2026-11-23T10:00:00
facts = {{ machines = 3, edition = "one" }}
expect = {{ {} }}
"""


def _expecting(tmp_path: Path, expect: str) -> list[str]:
    """The keys on which an example with that expectation fails."""
    file = tmp_path / "sixth.examples.toml"
    file.write_text(GOOD.format(expect), "utf-8")
    (result,) = run(POLICY, load_examples(file, POLICY).examples)
    assert result.holds == (not result.differences)
    assert breaks(POLICY, result.example) == (not result.holds)
    return [item.key for item in result.differences]


@pytest.mark.parametrize("vendor", sorted({*policy_files(data_dir() / "policies"), "sixth"}))
def test_the_examples_of_every_policy_hold(vendor: str) -> None:
    policy = LIBRARY.get(vendor)
    examples = load_examples(examples_file(LIBRARY.files[vendor]), policy)
    failed = {
        result.example.name: result.differences
        for result in run(policy, examples.examples)
        if not result.holds
    }
    assert failed == {}


@pytest.mark.parametrize(
    ("expect", "wrong"),
    [
        ('outcome = "price", amount = 1000', []),
        ('outcome = "price", amount = 1000.0', []),
        ('outcome = "charge", amount = 1000', ["outcome"]),
        ('outcome = "price", amount = 1001', ["amount"]),
        ('outcome = "price", amount = true', ["amount"]),
        ('outcome = "price", total = 1', ["total"]),
        ('outcome = "price", total = "absent"', []),
        ('outcome = "price", amount = "absent"', ["amount"]),
        ('outcome = "price", rules = ["SX-09", "X-09"]', []),
        ('outcome = "price", rules = ["SX-08"]', ["rules"]),
        ('outcome = "price", first_rule = "SX-09"', []),
        ('outcome = "price", first_rule = "X-09"', ["first_rule"]),
        ('outcome = "price", flags = ["vat_not_stated"]', []),
        ('outcome = "price", flags = ["over_quota"]', ["flags"]),
        ('outcome = "price", not_flags = ["over_quota"]', []),
        ('outcome = "price", not_flags = ["vat_not_stated"]', ["not_flags"]),
        ('outcome = "price", needs = ["hours"]', ["needs"]),
        ('outcome = "price", targets = []', []),
        ('outcome = "price", targets = [{ kind = "callback" }]', ["targets"]),
        ('outcome = "price", hint = { likely = "ask" }', ["hint"]),
        ('outcome = "price", granted_by = "null"', []),
        ('outcome = "price", say = "1,000"', []),
        ('outcome = "price", say = "2,000"', ["say"]),
        ('outcome = "price", runners_up = ["SX-01"]', ["runners_up"]),
    ],
)
def test_only_what_is_expected_is_compared_and_that_exactly(
    tmp_path: Path, expect: str, wrong: list[str]
) -> None:
    assert _expecting(tmp_path, expect) == wrong


def test_targets_are_compared_on_the_keys_that_are_named() -> None:
    examples = {example.name: example for example in load_examples(examples_file(SIXTH), POLICY).examples}
    help_now = examples["help under an agreement is called back across lunch"]
    assert run_one(POLICY, help_now).holds
    late = {**help_now.expect, "targets": [{"kind": "callback", "work_minutes": 91}]}
    result = run_one(POLICY, replace(help_now, expect=late))
    assert [item.key for item in result.differences] == ["targets"]
    assert result.differences[0].found == [{"kind": "callback", "work_minutes": 90}]


def test_a_policy_without_examples_has_none(tmp_path: Path) -> None:
    examples = load_examples(tmp_path / "nothing.examples.toml", POLICY)
    assert examples.examples == ()
    assert examples.equivalent == ()


def test_a_local_time_is_in_the_policys_zone() -> None:
    (first, *_) = load_examples(examples_file(SIXTH), POLICY).examples
    assert first.at.isoformat() == "2026-11-23T11:00:00+07:00"


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        (('ask = "help"', 'ask = "halp"'), "example[1].ask", "one of: help, price, renewal, visit"),
        (("at = 2026-11-23T11:00:00", 'at = "noon"'), "example[1].at", "a TOML datetime"),
        (("at = 2026-11-23T11:00:00", ""), "example[1].at", "this key is needed"),
        (('outcome = "callback", ', ""), "example[1].expect", "every example says what it must be"),
        (('outcome = "callback", ', 'outcome = "calls", '), "example[1].expect", "an outcome of"),
        (('first_rule = "SX-05"', "first_rule = 5"), "example[1].expect", "text"),
        (('not_flags = ["hours_not_stated"]', "not_flags = [1]"), "example[1].expect", "a list of texts"),
        (("targets = [{", "targets = [1, {"), "example[1].expect", "a list of tables"),
        (("callback_by = 2026", "callbak_by = 2026"), "example[1].expect", "outcome, a figure, rules"),
        (("facts = { contract = {} }", "facts = 1"), "example[1].facts", "a table"),
        (
            ("facts = { contract = {} }", 'facts = { far = "maybe" }'),
            "example[1].facts.far",
            "true, false or 'not_recorded'",
        ),
        (
            ("facts = { contract = {} }", "settled = { x = 1 }"),
            "example[1].settled",
            "a reading of the policy",
        ),
        (("facts = { contract = {} }", "fact = {}"), "example[1].fact", "did you mean 'facts'"),
        (
            ("help under an agreement is called back across lunch", "at opening time it is open"),
            "example[3].name",
            "a name of its own",
        ),
        (('rules = ["SX-04"]', 'rules = ["SX-04"], then = "free"'), "example[6].expect", "mean 'outcome'?"),
        (
            ('rules = ["SX-04"]', 'not_flags = ["interpretaton"]'),
            "example[6].expect",
            "mean 'interpretation'?",
        ),
        (('rules = ["SX-04"]', "price = 500"), "example[6].expect", "text; did you mean 'amount'?"),
        (('change = "remove"', ""), "equivalent[1].change", "this key is needed"),
        (('reason = "a', 'reason = "" # "'), "equivalent[1].reason", "why no request can notice it"),
    ],
)
def test_a_slip_in_the_examples_is_told_with_its_place(
    tmp_path: Path, change: tuple[str, str], key: str, words: str
) -> None:
    file = examples_file(copy(tmp_path, examples=(change,)))
    with pytest.raises(PolicyFileError) as caught:
        load_examples(file, POLICY)
    (problem,) = caught.value.problems
    assert (problem.file, problem.key) == (file, key)
    assert words in str(problem.expected)
    assert problem.line >= 1


def test_all_slips_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    changes = (
        ('ask = "help"', 'ask = "halp"'),
        ('ask = "price"', 'ask = "prize"'),
        ('reason = "a', 'reson = "a'),
    )
    with pytest.raises(PolicyFileError) as caught:
        load_examples(examples_file(copy(tmp_path, examples=changes)), POLICY)
    keys = [problem.key for problem in caught.value.problems]
    assert len(keys) == 4
    assert keys[0] == "example[1].ask"
    assert {"equivalent[1].reson", "equivalent[1].reason"} <= set(keys)
    lines = [problem.line for problem in caught.value.problems]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("data", "words"), [(b"\xff\xfe", "UTF-8"), (b"[[example", r"expected \[\[example\]\]")]
)
def test_an_examples_file_that_cannot_be_parsed_is_said(tmp_path: Path, data: bytes, words: str) -> None:
    file = tmp_path / "sixth.examples.toml"
    file.write_bytes(data)
    with pytest.raises(PolicyFileError, match=words):
        load_examples(file, POLICY)


PROMISING = {"business-plus": {"advice", "data-check-send"}, "emwork": {"sla-deadline", "sla-state"}}
"""The services for which a vendor promises a time; the others promise none, and none is invented (X-16)."""
SHIPPED = policy_files(data_dir() / "policies")


@pytest.mark.parametrize("vendor", SHIPPED)
def test_a_time_is_promised_only_where_the_vendor_promises_one(vendor: str) -> None:
    policy = LIBRARY.get(vendor)
    results = run(policy, load_examples(examples_file(SHIPPED[vendor]), policy).examples)
    timed = {result.example.ask for result in results if result.decision.targets}
    assert timed == PROMISING.get(vendor, set())


@pytest.mark.parametrize("vendor", SHIPPED)
def test_years_of_the_buddhist_era_are_tried_with_every_vendor(vendor: str) -> None:
    lines = examples_file(SHIPPED[vendor]).read_text("utf-8").splitlines()
    assert any(re.search(r"25[4-7]\d", line) for line in lines if line.startswith("facts = "))


def test_a_fact_that_the_terms_do_not_ask_for_is_told_with_the_nearest(tmp_path: Path) -> None:
    file = copy(tmp_path, examples=(("hours = 5", "huors = 5"),))
    with pytest.raises(PolicyFileError) as caught:
        load_examples(examples_file(file), POLICY)
    (problem,) = caught.value.problems
    assert problem.key.endswith(".facts.huors")
    assert "did you mean 'hours'?" in str(problem.expected)
    text = examples_file(file).read_text("utf-8").splitlines()
    assert "huors = 5" in text[problem.line - 1]
    # what is meant to make no difference may say so
    meant = examples_file(file).read_text("utf-8").replace("huors = 5", "colour = 5", 1)
    at = meant.index("\n", meant.index("colour = 5"))
    examples_file(file).write_text(f'{meant[:at]}\nunread = ["colour"]{meant[at:]}', "utf-8")
    assert load_examples(examples_file(file), POLICY).examples


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('rules = ["SX-04"]', 'rules = ["SX-44"]', "did you mean 'SX-04'?"),
        ('rules = ["SX-04"]', 'not_rules = ["SX04"]', "did you mean 'SX-04'?"),
        ("amount = 1200", 'amount = "1200 baht"', "a number"),
        ('outcome = "callback"', 'outcome = "calback"', "did you mean 'callback'?"),
    ],
)
def test_what_an_example_could_never_find_is_told(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """A rule that is not there is cited by nothing: `not_rules` would hold for ever."""
    with pytest.raises(PolicyFileError) as caught:
        load_examples(examples_file(copy(tmp_path, examples=((old, new),))), POLICY)
    (problem,) = caught.value.problems
    assert problem.key.endswith(".expect")
    assert expected in str(problem.expected)


def test_one_text_stands_for_a_list_of_one(tmp_path: Path) -> None:
    change = 'rules = ["SX-04"]', 'rules = "SX-04", not_flags = "own_terms"'
    file = examples_file(copy(tmp_path, examples=(change,)))
    examples = load_examples(file, POLICY).examples
    (changed,) = [each for each in examples if each.expect.get("not_flags") == ["own_terms"]]
    assert (changed.expect["rules"], changed.expect["not_flags"]) == (["SX-04"], ["own_terms"])
    assert run_one(POLICY, changed).holds
