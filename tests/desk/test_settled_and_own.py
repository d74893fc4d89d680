"""What is data of the desk in judging: settled readings, customers' own contracts, the desk's own queue."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import pytest

from deskui.clock import FixedClock
from deskui.desk.desk import Desk
from deskui.desk.errors import Refused
from deskui.desk.goalbook import GoalLine
from deskui.desk.goals import GOALS
from deskui.desk.model import Agent, Call
from deskui.desk.records import AgentRecord, ContractRecord, CustomerRecord, ProductRecord
from deskui.paths import data_dir
from deskui.policy import Library
from deskui.store import open_store
from deskui.store.store import Store
from tests.desk.conftest import asking, at, shelf

YEAR = ContractRecord(0, 0, date(2026, 1, 1), date(2026, 12, 31), paid=True, special=True)
CALLS = {
    "rule": "M5-68",
    "service": "checkup-call",
    "figures": {"quota": 3, "amount": 400},
    "clause": "ข้อ 4",
    "text": {"th": "โทรปีละ 3 ครั้ง เกินครั้งละ 400 บาท", "en": "Three calls a year, then 400 baht each."},
}


class Shop:
    """A store with one customer and a supervisor; desks over it."""

    def __init__(self, store: Store, clock: FixedClock) -> None:
        self.store, self.clock = store, clock
        with store.uow(write=True) as uow:
            agent_id = uow.agents.add(AgentRecord(0, "nok", "Nok", supervisor=True))
            self.customer = uow.customers.add([CustomerRecord(0, "C-1", "Test Trading", "Bangkok")])[0]
            uow.commit()
        self.nok = Agent(agent_id, "nok", "Nok", "ค่ะ", "th")
        self.desk = self.over(Library.open())

    def over(self, library: Library) -> Desk:
        """A desk with these terms."""
        return Desk(self.store.uow, library, self.clock, self.nok)

    def sells(self, policy: str, contract: ContractRecord | None = None, **facts: object) -> Call:
        """A call about a product of the customer."""
        with self.store.uow(write=True) as uow:
            product = uow.products.add([ProductRecord(0, self.customer, policy, policy, None, facts)])[0]
            if contract is not None:
                uow.contracts.add([replace(contract, product_id=product)])
            uow.commit()
        return Call(customer_id=self.customer, product_id=product)


@pytest.fixture
def shop(db_url: str) -> Iterator[Shop]:
    """Friday 4 December 2026, 10:00 in Bangkok."""
    store = open_store(db_url)
    try:
        yield Shop(store, FixedClock(at(10, day=date(2026, 12, 4))))
    finally:
        store.close()


def test_a_contract_of_ones_own_counts_charges_and_is_remarked(shop: Shop) -> None:
    call = asking(shop.sells("mac-5", replace(YEAR, own_terms=[CALLS])), "checkup-call")
    left = []
    for _ in range(3):
        decision = shop.desk.open_ticket(call).decision
        assert decision is not None
        assert decision.rules[0] == "own:M5-68"
        left.append(decision.figures["remaining_after"])
    assert left == [2, 1, 0]
    fourth = shop.desk.preview(call)
    assert (fourth.outcome, fourth.figures["amount"]) == ("charge", Decimal(400))
    card = shop.desk.customer_card(shop.customer, call.product_id)
    given = next(one for one in card.entitlements if one.service == "checkup-call")
    assert (given.total, given.used, given.remaining) == (3, 3, 0)
    assert card.product is not None
    (remark,) = card.product.remarks
    assert remark.en == "Own contract ข้อ 4: Three calls a year, then 400 baht each. (M5-68)"
    assert remark.th.startswith("สัญญาของลูกค้าเอง ข้อ 4: โทรปีละ 3 ครั้ง")


def test_a_contract_that_ended_is_not_remarked(shop: Shop) -> None:
    over = replace(YEAR, end=date(2026, 12, 3), own_terms=[CALLS])
    call = shop.sells("mac-5", over)
    product = shop.desk.customer_card(shop.customer, call.product_id).product
    assert product is not None
    assert product.remarks == ()


def test_a_time_of_ones_own_is_the_clocks_with_its_clause(shop: Shop, tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "policy" / "files" / "sixth.toml").read_text("utf-8")
    (tmp_path / "sixth.toml").write_text(text + '\n[own_terms]\nrule = "SX-09"\n', "utf-8")
    desk = shop.over(Library({"sixth": tmp_path / "sixth.toml"}, shelf()))
    sooner = {"rule": "SX-05", "figures": {"minutes": 30}, "clause": "§7", "text": CALLS["text"]}
    ticket = desk.open_ticket(asking(shop.sells("sixth", replace(YEAR, own_terms=[sooner])), "help"))
    (clock,) = ticket.clocks
    assert (clock.work, clock.rule, clock.clause) == (timedelta(minutes=30), "own:SX-05", "§7")
    assert clock.due_at == at(10, 30, day=date(2026, 12, 4))


FAULT = {"emwork_product": True, "customer_modified": False}


def test_a_settled_reading_judges_later_calls_and_no_earlier_ticket(shop: Shop) -> None:
    call = asking(shop.sells("emwork", in_warranty=True), "sla-deadline", severity="other", **FAULT)
    before = shop.desk.open_ticket(call)
    shop.clock.advance(timedelta(minutes=1))
    line = shop.desk.readings.settle("emwork", "across_holiday", "anew", "letter of the vendor")
    assert line.settled is not None
    assert (line.settled.agent, line.settled.reason) == ("nok", "letter of the vendor")
    after = shop.desk.preview(asking(call, "sla-deadline", severity="system_down", **FAULT))
    assert after.figures["deadline"] == at(17, day=date(2026, 12, 15))
    assert "interpretation" not in after.flags
    told = next(reason for reason in after.reasons if reason.rule == "EM-16")
    assert (told.basis, "settled nok 4 Dec 2026" in told.text.en) == ("settled", True)
    # what was logged before keeps its answer, and is judged as of when it came in
    assert shop.desk.ticket(before.row.ticket_id).decision == before.decision
    changed = shop.desk.change_severity(before.row.ticket_id, before.row.version, "system_down")
    assert changed.due_at == at(10, day=date(2026, 12, 11))
    shop.clock.advance(timedelta(minutes=1))
    shop.desk.readings.settle("emwork", "across_holiday", None, "withdrawn")
    assert "interpretation" in shop.desk.preview(call).flags


def test_a_settled_reading_that_the_terms_know_no_more_is_left_out(shop: Shop, tmp_path: Path) -> None:
    shop.desk.readings.settle("emwork", "across_holiday", "anew", "letter")
    text = (data_dir() / "policies" / "emwork.toml").read_text("utf-8")
    (tmp_path / "emwork.toml").write_text(text.replace("anew", "afresh"), "utf-8")
    desk = shop.over(Library({"emwork": tmp_path / "emwork.toml"}, shelf()))
    call = asking(shop.sells("emwork", in_warranty=True), "sla-deadline", severity="other", **FAULT)
    assert "interpretation" in desk.preview(call).flags
    assert desk.readings.lines()[0].settled is None


def test_the_desks_own_queue_says_who_is_served_last(shop: Shop) -> None:
    plan = ContractRecord(0, 0, date(2026, 1, 1), date(2026, 12, 31), "Beyond")
    without = shop.sells("business-plus", in_warranty=False, warranty_end="2025-06-30")
    mail = replace(asking(without, "advice"), channel="email")
    assert shop.desk.preview(mail).outcome == "serve"
    covered = shop.desk.open_ticket(asking(shop.sells("business-plus", plan), "advice"))
    waiting = shop.desk.preview(mail)
    assert (waiting.outcome, waiting.figures["reason"]) == ("defer", "after_ma_customers")
    logged = shop.desk.open_ticket(mail)
    assert logged.facts["open_ma_or_warranty"] is True
    with pytest.raises(Refused, match="on file is yes"):
        shop.desk.preview(replace(mail, answers={"open_ma_or_warranty": False}))
    shop.desk.close(covered.row.ticket_id, covered.row.version)
    # the other open ticket is of one who is served last as well
    assert shop.desk.preview(mail).outcome == "serve"


def test_words_of_a_policy_may_change_under_an_open_ticket_but_not_what_it_decides(
    shop: Shop, tmp_path: Path
) -> None:
    text = (data_dir() / "policies" / "emwork.toml").read_text("utf-8")
    file = tmp_path / "emwork.toml"

    def terms(written: str) -> Desk:
        file.write_text(written, "utf-8")
        return shop.over(Library({"emwork": file}, shelf()))

    call = asking(shop.sells("emwork", in_warranty=True), "sla-deadline", severity="other", **FAULT)
    row = terms(text).open_ticket(call).row
    reworded = text.replace('en = "Report a fault', '# a remark\nen = "Tell of a fault')
    assert reworded != text
    changed = terms(reworded).change_severity(row.ticket_id, row.version, "system_down")
    assert changed.version > row.version
    with pytest.raises(Refused, match="came in under the terms of"):
        terms(text.replace('work = "72h"', 'work = "71h"')).change_severity(
            row.ticket_id, changed.version, "other"
        )


def test_a_reading_about_holidays_moves_the_desks_own_goals_with_the_hours(shop: Shop) -> None:
    with shop.store.uow(write=True) as uow:
        uow.settings.write(
            GOALS, [{"policy": "aristosoft", "service": "*", "kind": "first_response", "minutes": 600}]
        )
        uow.commit()
    call = asking(shop.sells("aristosoft", YEAR), "phone-qa")
    other = shop.over(Library.open())
    # Friday has eight hours left; Monday 7 December is a holiday in lieu
    opened = shop.desk.open_ticket(call)
    (before,) = opened.clocks
    assert before.due_at == at(11, day=date(2026, 12, 8))
    assert not before.promised
    settled = shop.desk.readings.settle("aristosoft", "holidays", "open", "told by telephone")
    assert settled.settled is not None
    ticket_id = opened.row.ticket_id
    for desk in (shop.desk, other):
        desk.queue("all")
        (moved,) = desk.ticket(ticket_id).clocks
        assert moved.due_at == at(11, day=date(2026, 12, 7))
        steps = desk.explain(moved.clock_id)
        assert sum((step.counted for step in steps), timedelta()) == timedelta(hours=10)
        # a call on that Monday finds it open, on the top line as well
        (hours,) = desk.hours_line(at(12, day=date(2026, 12, 7)))
        assert (hours.policy, hours.words.en, hours.open) == ("aristosoft", "18:00", True)
    (later,) = shop.desk.open_ticket(asking(shop.sells("aristosoft", YEAR), "phone-qa")).clocks
    assert later.due_at == at(11, day=date(2026, 12, 7))
    shop.desk.readings.settle("aristosoft", "holidays", None, "withdrawn")
    other.queue("all")
    for desk in (shop.desk, other):
        assert [clock.due_at for clock in desk.ticket(ticket_id).clocks] == [at(11, day=date(2026, 12, 8))]


def test_of_goals_that_are_set_at_once_none_is_lost(shop: Shop) -> None:
    services = ("support", "bug-fix", "seat", "retraining", "add-users", "teach")
    start = Barrier(len(services))

    def put(service: str) -> None:
        desk = shop.over(Library.open())
        start.wait()
        desk.goals.put(GoalLine("mac-5", service, "callback", timedelta(hours=2), ""))

    with ThreadPoolExecutor(len(services)) as pool:
        list(pool.map(put, services))
    assert {line.service for line in shop.desk.goals.lines("mac-5")} == set(services)


def test_who_heard_the_supervisors_answer_is_owed_no_call_for_what_the_terms_leave_open(shop: Shop) -> None:
    call = asking(shop.sells("mac-5", YEAR), "special-work")
    assert [clock.kind for clock in shop.desk.open_ticket(call).clocks] == ["callback"]
    key = shop.desk.ask_supervisor(call).question_id
    waiting = replace(call, question_id=key)
    shop.desk.answer_question(key, "answered", "sales are on the line already")
    assert shop.desk.preview(waiting).outcome == "quote"
    assert shop.desk.open_ticket(waiting).clocks == ()
