"""What the terms leave open: both readings are shown, and the one a supervisor settled is followed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from deskui.paths import data_dir
from deskui.policy import Decision, Library, decide, decision_from_json, decision_to_json, read_facts
from deskui.policy.examples import examples_file, load_examples
from deskui.policy.library import policy_files
from deskui.policy.model import Settled

LIBRARY = Library.open()
SHIPPED = sorted(policy_files(data_dir() / "policies"))


def ask(policy: str, service: str, facts: dict[str, Any], **settled: str) -> Decision:
    """A decision on a Monday morning."""
    terms = LIBRARY.get(policy)
    at = datetime(2026, 11, 23, 10, 30, tzinfo=terms.zone)
    return decide(terms, service, read_facts(terms, facts), at, settled)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_interpretation_offers_the_reading_we_take_and_another(name: str) -> None:
    policy = LIBRARY.get(name)
    open_to_doubt = {rule.id for rule in policy.rules.values() if rule.basis == "interpretation"}
    assert open_to_doubt <= policy.readings_of.keys()
    for reading in policy.readings.values():
        assert reading.default in reading.options
        assert reading.others(reading.default)
        assert all(text.th and text.en for text in reading.options.values())


@pytest.mark.parametrize("name", SHIPPED)
def test_every_option_is_tried_by_an_example(name: str) -> None:
    """That a flip changes an answer is what the mutation run holds."""
    policy = LIBRARY.get(name)
    settled: set[tuple[str, str]] = set()
    for example in load_examples(examples_file(LIBRARY.files[name]), policy).examples:
        settled |= set(example.settled.items())
    for reading in policy.readings.values():
        assert {(reading.name, option) for option in reading.others(reading.default)} <= settled


REINSTALL = {"contract": None, "purchased_on": "2026-03-02", "damaged": True, "used": 1}


def test_an_open_reading_is_flagged_and_shows_the_other() -> None:
    decision = ask("aristosoft", "client-reinstall", REINSTALL)
    reason = decision.reasons[0]
    assert (decision.outcome, reason.rule, reason.basis) == ("quota", "AR-20", "interpretation")
    assert "interpretation" in decision.flags
    assert "X-14" in decision.rules
    assert reason.other is not None
    assert reason.other.en == "Other reading: a damaged client does not count within the 5"
    assert reason.other.th.startswith("อ่านอีกแบบ: ")


def test_a_settled_reading_changes_the_answer_and_says_who_settled_it() -> None:
    chosen = Settled("apart", "nok", date(2026, 11, 20))
    decision = ask("aristosoft", "client-reinstall", REINSTALL, client_reinstall=chosen)
    reason = decision.reasons[0]
    assert (decision.outcome, reason.rule, reason.basis, reason.other) == ("free", "AR-20", "settled", None)
    assert "interpretation" not in decision.flags
    assert "X-14" not in decision.rules
    assert reason.text.en == "a damaged client does not count within the 5 (settled nok 20 Nov 2026)"
    assert "หัวหน้าตัดสิน nok 20 พ.ย. 2569" in reason.text.th
    assert decision_from_json(decision_to_json(decision)).reasons == decision.reasons


def test_the_reading_we_take_may_be_settled_too() -> None:
    decision = ask("aristosoft", "client-reinstall", REINSTALL, client_reinstall="within_5")
    assert (decision.outcome, decision.reasons[0].basis) == ("quota", "settled")
    assert decision.reasons[0].text.en.startswith("A damaged client is reinstalled by remote")
    assert "interpretation" not in decision.flags


VISIT = {"contract": None, "purchased_on": "2015-03-02", "province": "Bangkok", "hours": 6}


@pytest.mark.parametrize(("staff", "doubtful"), [(1, False), (2, True)])
def test_a_reading_of_an_explicit_rule_is_shown_only_where_the_answer_hangs_on_it(
    staff: int, doubtful: bool
) -> None:
    decision = ask("aristosoft", "onsite", {**VISIT, "staff": staff})
    reason = next(reason for reason in decision.reasons if reason.rule == "AR-38")
    assert ("interpretation" in decision.flags, reason.other is not None) == (doubtful, doubtful)
    assert reason.basis == "explicit"


def test_a_reading_that_is_settled_on_an_explicit_rule_says_so() -> None:
    facts = {**VISIT, "staff": 2}
    decision = ask("aristosoft", "onsite", facts, overtime_people=Settled("per_person", "nok"))
    reason = next(reason for reason in decision.reasons if reason.rule == "AR-38")
    assert decision.figures["amount"] == 7200
    assert (reason.basis, reason.text.en) == ("settled", "overtime is per person sent (settled nok)")


def test_what_nobody_settled_stays_open_beside_what_was() -> None:
    facts = {"contract": {"special": True, "paid": True}, "mode": "online", "used": 0}
    decision = ask("mac-5", "checkup-visit", facts, vicinity="bangkok_only")
    assert "interpretation" in decision.flags
    reason = decision.reasons[0]
    assert reason.basis == "interpretation"
    assert "travel is extra in every province but Bangkok (settled)" in reason.text.en
    assert reason.other is not None
    assert reason.other.en == "Other reading: once per package, not per cycle"


def test_holidays_that_are_settled_to_be_working_days() -> None:
    terms = LIBRARY.get("aristosoft")
    at = datetime(2026, 12, 10, 10, 30, tzinfo=terms.zone)
    facts = read_facts(terms, {"contract": {}, "used": 0})
    closed, open_ = (
        decide(terms, "remote-install", facts, at, {"holidays": word}) for word in ("closed", "open")
    )
    assert (closed.outcome, open_.outcome) == ("defer", "quota")
    # the terms themselves are as they were
    assert decide(terms, "remote-install", facts, at).outcome == "defer"
    assert terms.is_holiday(date(2026, 12, 10))
