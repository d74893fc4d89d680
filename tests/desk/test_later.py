"""A call that is put off: what it gets once it is taken up is told today."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from deskui.desk.records import ContractRecord
from deskui.policy.codec import decision_from_json, decision_to_json
from tests.desk.conftest import asking, at
from tests.desk.test_vendors import YEAR, Shop, shop

__all__ = ["shop"]

SATURDAY, SUNDAY = date(2026, 11, 28), date(2026, 11, 29)


def test_nobody_is_told_to_wait_for_a_refusal(shop: Shop) -> None:
    """X-15 puts off before BP-48 refuses: the words say both."""
    lapsed = ContractRecord(0, 0, date(2020, 11, 24), date(2021, 11, 23), "Silver")
    call = asking(shop.sells("business-plus", None, lapsed, in_warranty=False), "advice")
    shop.clock.at = at(10, 30, day=SATURDAY)
    decision = shop.desk.preview(call)
    assert decision.outcome == "defer"
    later = decision.later
    assert later is not None
    assert (later.outcome, later.figures["reason"], later.rules[0]) == (
        "unavailable",
        "lapsed_5_years",
        "BP-48",
    )
    assert decision.say.en.startswith("We cannot do this now, and waiting alone does not change that.")
    assert decision.say.en.endswith(later.say.en)
    assert "30 November" not in decision.say.en
    kept = shop.desk.open_ticket(call).decision
    assert kept == decision == decision_from_json(decision_to_json(decision))


def test_work_that_waits_says_what_it_will_use_up_or_cost(shop: Shop) -> None:
    call = asking(shop.sells("aristosoft", date(2018, 5, 2), YEAR), "db-move-remote")
    shop.clock.at = at(10, 30, day=SATURDAY)
    decision = shop.desk.preview(call)
    assert decision.later is not None
    assert (decision.later.outcome, decision.later.figures["remaining_after"]) == ("quota", 1)
    assert "30 November" in decision.say.en
    shop.clock.at = at(16, 30, day=date(2026, 11, 27))
    for _ in range(2):
        shop.desk.open_ticket(call)
    shop.clock.at = at(10, 30, day=SATURDAY)
    later = shop.desk.preview(call).later
    assert later is not None
    assert (later.outcome, later.figures["amount"]) == ("charge", Decimal(2000))


def test_what_is_on_file_on_that_day_decides(shop: Shop) -> None:
    """An agreement whose last day is the Sunday between."""
    ends = ContractRecord(0, 0, date(2025, 11, 30), SUNDAY)
    call = asking(shop.sells("aristosoft", date(2018, 5, 2), ends), "db-move-remote")
    shop.clock.at = at(10, 30, day=SATURDAY)
    today = shop.desk.preview(call)
    assert today.later is not None
    assert today.later.outcome != "quota"
    shop.clock.at = at(9, 0, day=date(2026, 11, 30))
    assert shop.desk.preview(call) == today.later


def test_what_must_still_be_asked_then_is_left_open(shop: Shop) -> None:
    call = asking(shop.sells("aristosoft", date(2018, 5, 2), YEAR), "form-layout")
    shop.clock.at = at(10, 30, day=SATURDAY)
    decision = shop.desk.preview(call)
    assert (decision.outcome, decision.later) == ("defer", None)
    shop.clock.at = at(10, 30, day=date(2026, 11, 30))
    assert shop.desk.preview(call).outcome == "ask"


def test_what_the_caller_can_still_do_is_not_called_impossible(shop: Shop) -> None:
    call = asking(
        shop.sells("aristosoft", date(2018, 5, 2), YEAR), "driver-install", has_driver=False, devices=1
    )
    shop.clock.at = at(10, 30, day=SATURDAY)
    decision = shop.desk.preview(call)
    assert decision.later is not None
    assert decision.later.figures["reason"] == "prerequisite_missing"
    assert decision.say.en.startswith(
        "We cannot do this now, and waiting alone does not change that. Please have ready first: the driver"
    )
