"""How a decision is come to: the gate, then what is asked, what nobody knows, and what is said."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from deskui.policy import Decision, Library, UnknownAsk, decide, read_facts
from tests.policy.vendor import FILES

LIBRARY = Library.open(FILES)
EM, AR, SX = LIBRARY.get("emwork"), LIBRARY.get("aristosoft"), LIBRARY.get("sixth")
MONDAY, SATURDAY, NIGHT = "2026-11-23T10:30:00", "2026-11-28T10:30:00", "2026-11-23T19:00:00"
NEW: dict[str, Any] = {"contract": None, "purchased_on": "2026-03-02"}
OLD: dict[str, Any] = {"contract": None, "purchased_on": "2015-05-20"}


def aristosoft(ask: str, facts: dict[str, Any], at: str = MONDAY) -> Decision:
    instant = datetime.fromisoformat(at).replace(tzinfo=AR.zone)
    return decide(AR, ask, read_facts(AR, facts), instant)


def test_an_unknown_ask_names_those_there_are() -> None:
    with pytest.raises(UnknownAsk, match="emwork has no ask 'visit'; it has: sla-deadline, "):
        decide(EM, "visit", {}, datetime(2026, 11, 23, tzinfo=UTC))


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="must have a time zone"):
        decide(EM, "scope", {}, datetime(2026, 11, 23))  # noqa: DTZ001 - what is refused


def test_the_day_is_the_day_in_the_policys_zone() -> None:
    # 23:30 on Friday in London is Saturday morning in Bangkok
    at = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
    decision = decide(AR, "form-layout", {}, at)
    assert decision.outcome == "defer"
    assert decision.figures["reason"] == "restricted_day"


def test_nothing_is_asked_while_the_gate_is_shut() -> None:
    decision = aristosoft("onsite", {}, NIGHT)
    assert (decision.outcome, decision.needs) == ("defer", ())


def test_the_facts_given_are_not_changed() -> None:
    facts: dict[str, Any] = {"contract": {}}
    aristosoft("remote-install", facts)
    assert facts == {"contract": {}}


# --- what is asked


@pytest.mark.parametrize(
    ("facts", "needs"),
    [
        ({}, ("contract", "purchased_on", "used")),
        ({"contract": None}, ("purchased_on",)),
        ({"contract": {}}, ("used",)),
        (NEW, ("used",)),
        (OLD, ()),
        ({**NEW, "used": 1}, ()),
        ({"contract": {}, "usage_dates": ["2026-03-01"]}, ("contract.start",)),
        # every use counted at no date is a count
        ({"contract": {}, "usage_dates": []}, ()),
    ],
)
def test_only_what_would_change_the_answer_is_asked(facts: dict[str, Any], needs: tuple[str, ...]) -> None:
    assert aristosoft("remote-install", facts).needs == needs


def test_a_question_whose_answers_all_lead_to_the_same_next_question_waits() -> None:
    # damaged or not, the uses are needed; and with them it makes no difference any more
    assert aristosoft("client-reinstall", NEW).needs == ("used",)
    assert aristosoft("client-reinstall", {**NEW, "used": 0}).outcome == "quota"


def test_what_differs_only_in_its_reasons_and_flags_is_not_asked() -> None:
    either = aristosoft("client-reinstall", {**NEW, "used": 0})
    damaged = aristosoft("client-reinstall", {**NEW, "used": 0, "damaged": True})
    sound = aristosoft("client-reinstall", {**NEW, "used": 0, "damaged": False})
    assert either.figures == damaged.figures == sound.figures
    assert set(either.rules) == {*damaged.rules, *sound.rules}
    assert set(either.flags) == {*damaged.flags, *sound.flags}


def test_reasons_that_hold_in_any_case_are_shown_with_the_question() -> None:
    decision = aristosoft("initial-import", {**OLD, "contract": {}})
    assert decision.needs == ("excel_format",)
    assert decision.outcome == "ask"
    assert "Excel" in decision.say.en


# --- what nobody knows


def test_what_nobody_knows_is_unknown_and_says_which() -> None:
    decision = aristosoft("remote-install", {**NEW, "used": "not_recorded"})
    assert decision.outcome == "unknown"
    assert decision.flags == ("not_recorded:used",)
    assert decision.granted_by is not None


def test_what_nobody_knows_is_no_matter_where_every_value_leads_to_the_same() -> None:
    assert aristosoft("phone-qa", {**NEW, "contract": "not_recorded"}).outcome == "free"


@pytest.mark.parametrize(
    "contract",
    [
        {"start": "not_recorded"},
        {"end": "not_recorded"},
        {"suspended": "not_recorded"},
    ],
)
def test_an_agreement_of_which_something_is_not_recorded_is_not_in_force(contract: dict[str, Any]) -> None:
    assert aristosoft("phone-qa", {**OLD, "contract": contract}).outcome == "unknown"


def test_uses_cannot_be_counted_without_the_first_day() -> None:
    for start in ("not_recorded", None):
        facts = {"contract": {"start": start}, "usage_dates": ["2026-03-01"]}
        assert aristosoft("remote-install", facts).outcome == "unknown"


def test_none_of_what_is_asked_for_is_no_charge_of_0() -> None:
    for devices in (0, None):
        decision = aristosoft("driver-install", {**OLD, "has_driver": True, "devices": devices})
        assert decision.outcome == "unknown"


def test_a_refusal_stands_without_its_date() -> None:
    facts: dict[str, Any] = {"complete_with_box": True, "bought_here": False}
    assert "last_day" not in aristosoft("hardware-return", facts).figures
    dated = aristosoft("hardware-return", {**facts, "order_date": "2026-01-31"})
    assert dated.figures["last_day"].isoformat() == "2026-02-28"


# --- what is said beside it


def test_near_misses_tell_what_failed_the_services_own_first() -> None:
    decision = aristosoft("phone-qa", OLD)
    assert [(miss.rule, miss.outcome) for miss in decision.runners_up] == [
        ("AR-10", "free"),
        ("AR-25", "free"),
        ("AR-07", "unknown"),
    ]
    assert decision.runners_up[1].failed.en == "needs annual M/A (is no M/A, per incident)"


def test_an_answer_that_rules_a_row_out_is_told_as_a_statement() -> None:
    """Nobody is asked again: what the row wants, and what the answer was."""
    year = {"start": date(2026, 8, 1), "end": date(2027, 7, 31)}
    facts = {"contract": year, "purchased_on": date(2020, 1, 1), "used": 0, "devices": 1, "has_driver": True}
    decision = aristosoft("driver-install", facts)
    failed = next(miss.failed for miss in decision.runners_up if miss.rule == "AR-31")
    assert failed.en == "needs no (is yes): “Does the customer have the driver file ready?”"
    assert failed.th == "ต้องตอบ ไม่ใช่ (ตอบ ใช่): “ลูกค้ามีไฟล์ไดรเวอร์พร้อมแล้วหรือไม่”"


def test_what_would_make_it_free_is_what_the_caller_can_bring_about() -> None:
    lapsed = aristosoft("remote-install", OLD)
    assert [text.en for text in lapsed.free_if] == ["with annual M/A"]
    no_driver = aristosoft("driver-install", {**OLD, "has_driver": False})
    assert any("driver" in text.en for text in no_driver.free_if)
    used_up = aristosoft("remote-install", {**NEW, "used": 5})
    assert any("3 Mar 2027" in text.en for text in used_up.free_if)


def test_nobody_can_grant_what_the_terms_rule_out() -> None:
    assert aristosoft("source-code", OLD).granted_by is None
    assert aristosoft("remote-install", OLD).granted_by is not None


def test_the_other_reading_of_an_interpretation_is_shown() -> None:
    decision = aristosoft("db-move-onsite", {**OLD, "province": "Bangkok"})
    assert "interpretation" in decision.flags
    (open_point,) = [reason for reason in decision.reasons if reason.basis == "interpretation"]
    assert open_point.rule == "AR-40"
    assert open_point.other is not None
    assert "3,000" in open_point.other.en


def test_what_is_said_has_the_figures_in_both_languages() -> None:
    decision = aristosoft("remote-install", OLD)
    assert "500" in decision.say.th
    assert "500" in decision.say.en
    deferred = aristosoft("form-layout", OLD, SATURDAY)
    assert "วันจันทร์ที่ 30 พฤศจิกายน 2569" in deferred.say.th
    assert "30 November 2026" in deferred.say.en


def test_a_target_is_cited_with_its_own_rule() -> None:
    facts = {"in_warranty": True, "emwork_product": True, "customer_modified": False, "severity": "other"}
    read = read_facts(EM, {**facts, "notified_at": "2026-11-23T10:30:00"})
    (target,) = decide(EM, "sla-deadline", read, datetime(2026, 11, 23, 4, tzinfo=UTC)).targets
    assert (target.rule, target.kind, target.calendar) == ("EM-13", "resolution", "business")
    assert target.start.isoformat() == "2026-11-23T10:30:00+07:00"
    assert target.due.isoformat() == "2026-12-04T10:30:00+07:00"


def test_a_reading_that_a_supervisor_settled_is_applied() -> None:
    facts = read_facts(SX, {"contract": None, "purchased_on": "2015-05-20", "hours": 6, "far": False})
    at = datetime(2026, 11, 23, 4, tzinfo=UTC)
    assert decide(SX, "visit", facts, at).figures["amount"] == 1500
    assert decide(SX, "visit", facts, at, {"rounding": "strict"}).figures["amount"] == 2000
