"""A customer's own contract prevails where a policy says so, over the rules it may change, for any vendor."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from deskui.paths import data_dir
from deskui.policy import Decision, FactProblem, decide, decision_from_json, decision_to_json, read_facts
from deskui.policy.allowance import allowance
from deskui.policy.library import HolidayShelf
from deskui.policy.load import read_policy
from deskui.policy.problems import PolicyFileError
from tests.policy.vendor import SIXTH

HOLIDAYS = HolidayShelf(data_dir() / "holidays")
PREVAILS = """
[own_terms]
rule = "SX-11"
over = ["SX-01", "SX-03", "SX-05", "SX-06", "SX-07", "SX-09"]

[rule.SX-11]
clause = "§9"
th = "สัญญาของลูกค้าใช้ก่อน"
en = "The customer's own contract comes first."
"""
POLICY = read_policy(SIXTH.read_text("utf-8") + PREVAILS, SIXTH, HOLIDAYS)
MONDAY = datetime(2026, 11, 23, 10, 30, tzinfo=POLICY.zone)
FRIDAY = datetime(2026, 11, 27, 10, 30, tzinfo=POLICY.zone)
NIGHT = datetime(2026, 11, 23, 20, 0, tzinfo=POLICY.zone)


def term(rule: str, **more: Any) -> dict[str, Any]:
    """One term of a customer's contract."""
    return {"rule": rule, "clause": "§A", "text": {"th": "ตามสัญญา", "en": "As agreed."}, **more}


def ask(service: str, terms: list[dict[str, Any]], at: datetime = MONDAY, **facts: Any) -> Decision:
    """A decision for a customer with these own terms."""
    contract = {"start": "2026-01-01", "end": "2026-12-31", "own_terms": terms}
    return decide(POLICY, service, read_facts(POLICY, {"contract": contract, **facts}), at)


def test_a_quota_of_ones_own_is_counted_shown_and_cited_before_the_rule() -> None:
    terms = [term("SX-06", figures={"quota": 8})]
    decision = ask("visit", terms, far=False, used=7)
    assert (decision.outcome, decision.figures["quota"], decision.figures["remaining_after"]) == (
        "quota",
        8,
        0,
    )
    assert decision.rules[:3] == ("own:SX-06", "SX-06", "SX-11")
    first = decision.reasons[0]
    assert (first.clause, first.basis, first.text.en) == ("§A", "own_contract", "As agreed.")
    assert "own_terms" in decision.flags
    assert decision_from_json(decision_to_json(decision)).reasons == decision.reasons
    contract = {"start": "2026-01-01", "end": "2026-12-31", "own_terms": terms}
    counted = allowance(POLICY, "visit", read_facts(POLICY, {"contract": contract, "used": 7}), MONDAY)
    assert counted is not None
    assert (counted.total, counted.left) == (8, 1)


def test_a_price_of_ones_own_beyond_the_quota() -> None:
    terms = [term("SX-06", figures={"quota": 3, "amount": 400})]
    decision = ask("visit", terms, far=False, used=3)
    assert (decision.outcome, decision.figures["amount"]) == ("charge", Decimal(400))
    assert decision.rules[0] == "own:SX-06"
    assert decision.figures["extras"] == ("travel",)


def test_the_price_beyond_a_quota_by_its_own_rule() -> None:
    decision = ask("visit", [term("SX-07", figures={"amount": 900})], far=False, used=2)
    assert (decision.figures["amount"], decision.rules[:2]) == (Decimal(900), ("own:SX-07", "SX-07"))


def test_a_time_of_ones_own_is_promised_by_the_contract() -> None:
    decision = ask("help", [term("SX-05", figures={"minutes": 30})])
    (target,) = decision.targets
    assert (target.rule, target.work.total_seconds()) == ("own:SX-05", 1800)
    assert target.due == MONDAY.replace(hour=11, minute=0)
    assert decision.figures["callback_by"] == target.due


def test_a_price_per_unit_stays_one() -> None:
    decision = ask("price", [term("SX-09", figures={"amount": 700})], machines=3, edition="one")
    assert decision.figures["amount"] == Decimal(700)


@pytest.mark.parametrize(("rule", "at"), [("SX-03", FRIDAY), ("SX-01", NIGHT)])
def test_work_on_a_day_or_at_an_hour_when_others_wait(rule: str, at: datetime) -> None:
    waits = ask("visit", [term("SX-06", figures={"quota": 8})], at, far=True, used=0)
    served = ask("visit", [term(rule, service="visit", outcome="free")], at, far=True, used=0)
    assert (waits.outcome, served.outcome) == ("defer", "free")
    assert served.rules[:2] == (f"own:{rule}", rule)


def test_a_term_of_another_service_leaves_this_one_alone() -> None:
    decision = ask("help", [term("SX-07", figures={"amount": 1})])
    assert decision.outcome == "callback"
    assert decision.rules[0] == "SX-05"
    assert "own_terms" in decision.flags


@pytest.mark.parametrize(
    ("contract", "holds"),
    [
        ({"start": "2026-01-01", "end": "2026-11-23"}, True),
        ({"start": "2026-01-01", "end": "2026-11-22"}, False),
        ({"start": "2026-11-24"}, False),
        ({}, True),
    ],
)
def test_own_terms_hold_while_their_contract_does(contract: dict[str, Any], holds: bool) -> None:
    terms = [term("SX-05", figures={"minutes": 30})]
    facts = read_facts(POLICY, {"contract": {**contract, "own_terms": terms}, "purchased_on": "2026-10-01"})
    decision = decide(POLICY, "help", facts, MONDAY)
    assert (decision.rules[0] == "own:SX-05", "own_terms" in decision.flags) == (holds, holds)


def test_yes_says_that_there_is_a_contract_whose_words_are_not_on_file() -> None:
    facts = read_facts(POLICY, {"contract": {"own_terms": True}})
    decision = decide(POLICY, "help", facts, MONDAY)
    assert decision.rules[0] == "SX-05"
    assert "own_terms" in decision.flags
    assert "SX-11" in decision.rules


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ("none", "expected a list of terms"),
        ([3], "term 1: found 3, expected an object"),
        ([term("SX-99", outcome="free")], "term 1: rule: found 'SX-99', expected the id of a rule of sixth"),
        ([term("SX-08", outcome="free")], "may only change SX-01, SX-03"),
        (
            [term("SX-06", service="help", outcome="free")],
            "no answer about help rests; expected one of SX-05",
        ),
        ([term("SX-06", service="nothing")], "service: found 'nothing', expected a service of sixth"),
        ([term("SX-06")], "figures: found nothing, expected figures or an outcome"),
        ([term("SX-06", figures={"quota": -1})], "figures.quota: found -1, expected a whole number"),
        ([term("SX-06", figures={"quota": "eight"})], "figures.quota: found 'eight'"),
        ([term("SX-06", figures={"quota": 2.5})], "figures.quota: found 2.5"),
        (
            [term("SX-06", figures={"months": 3})],
            "figures.months: no figure of SX-06; it has amount, quota, or give",
        ),
        ([term("SX-06", figures={"quota": {"fact": "x"}})], "expected a plain figure"),
        ([term("SX-05", figures={"minutes": 1.5})], "figures.minutes: found 1.5"),
        ([term("SX-05", figures={"callback_by": "noon"})], "figures.callback_by: no figure of SX-05"),
        ([term("SX-06", outcome="gratis")], "outcome: found 'gratis', expected one of"),
        ([term("SX-06", outcome="charge")], "figures.amount: found nothing, expected an amount"),
        ([term("SX-06", outcome="free", figures={"colour": 1})], "figures.colour: found an unknown key"),
        ([{**term("SX-06", outcome="free"), "clause": " "}], "clause: found ' ', expected where it stands"),
        ([{**term("SX-06", outcome="free"), "text": {"en": "x"}}], "text: found {'en': 'x'}"),
        ([{**term("SX-06", outcome="free"), "note": "x"}], "note: no such key"),
        (
            [term("SX-06", outcome="free"), term("SX-06", figures={"quota": 3})],
            "term 2: rule: found 'SX-06' again",
        ),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(terms: Any, said: str) -> None:
    with pytest.raises(FactProblem, match="contract: own_terms: ") as raised:
        read_facts(POLICY, {"contract": {"own_terms": terms}})
    assert said in str(raised.value)
    thai = raised.value.said.text.th
    assert thai.startswith("contract: own_terms: ")
    assert not re.search(r"\b(found|expected|the|term)\b", thai), thai


def test_terms_of_ones_own_need_a_policy_that_lets_them_prevail() -> None:
    plain = read_policy(SIXTH.read_text("utf-8"), SIXTH, HOLIDAYS)
    with pytest.raises(FactProblem, match=r"its policy file has no \[own_terms\]"):
        read_facts(plain, {"contract": {"own_terms": [term("SX-06", figures={"quota": 8})]}})
    decision = decide(plain, "help", read_facts(plain, {"contract": {"own_terms": True}}), MONDAY)
    assert "own_terms" not in decision.flags


def test_a_policy_names_rules_that_it_has() -> None:
    wrong = PREVAILS.replace('"SX-09"]', '"SX-99"]')
    with pytest.raises(PolicyFileError, match=r"own_terms\.over: found 'SX-99'"):
        read_policy(SIXTH.read_text("utf-8") + wrong, Path("sixth.toml"), HOLIDAYS)
