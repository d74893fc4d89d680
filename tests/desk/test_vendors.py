"""The desk over the shipped terms: what callers of real vendors get, end to end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from deskui.clock import FixedClock
from deskui.desk.desk import Desk
from deskui.desk.goals import GOALS
from deskui.desk.model import Agent, Call, ClockState
from deskui.desk.records import AgentRecord, ContractRecord, CustomerRecord, ProductRecord
from deskui.policy import Library
from deskui.store import open_store
from deskui.store.store import Store
from tests.desk.conftest import asking, at


class Shop:
    """A store with one customer, whose products are made as tests need them."""

    def __init__(self, store: Store, clock: FixedClock) -> None:
        self.store, self.clock = store, clock
        with store.uow(write=True) as uow:
            agent_id = uow.agents.add(AgentRecord(0, "nok", "Nok"))
            self.customer = uow.customers.add([CustomerRecord(0, "C-1", "Test Trading", "Bangkok")])[0]
            uow.commit()
        self.desk = Desk(store.uow, Library.open(), clock, Agent(agent_id, "nok", "Nok", "ค่ะ", "th"))

    def sells(self, policy: str, bought: date | None, *contracts: ContractRecord, **facts: object) -> Call:
        """A call about a product of the customer."""
        with self.store.uow(write=True) as uow:
            record = ProductRecord(0, self.customer, policy, policy, bought, facts)
            product = uow.products.add([record])[0]
            for held in contracts:
                uow.contracts.add([ContractRecord(0, product, held.start, held.end, held.plan, held.paid)])
            uow.commit()
        return Call(customer_id=self.customer, product_id=product)


@pytest.fixture
def shop(db_url: str) -> Iterator[Shop]:
    """Monday 23 November 2026, 10:30 in Bangkok."""
    store = open_store(db_url)
    try:
        yield Shop(store, FixedClock(at(10, 30)))
    finally:
        store.close()


YEAR = ContractRecord(0, 0, date(2026, 8, 1), date(2027, 7, 31))


def test_aristosoft_counts_remote_installs_in_the_contract_year(shop: Shop) -> None:
    call = asking(shop.sells("aristosoft", date(2018, 5, 2), YEAR), "remote-install")
    left = []
    for _ in range(5):
        decision = shop.desk.open_ticket(call).decision
        assert decision is not None
        assert decision.outcome == "quota"
        left.append(decision.figures["remaining_after"])
    assert left == [4, 3, 2, 1, 0]
    sixth = shop.desk.preview(call)
    assert (sixth.outcome, sixth.figures["amount"]) == ("charge", Decimal(500))
    # a new contract year starts the counter at nought
    with shop.store.uow(write=True) as uow:
        assert call.product_id is not None
        uow.contracts.add([ContractRecord(0, call.product_id, date(2027, 8, 1), date(2028, 7, 31))])
        uow.commit()
    shop.clock.at = at(10, 30, day=date(2027, 8, 2))
    assert shop.desk.preview(call).figures["remaining_before"] == 5


def test_aristosoft_promises_no_time_and_defers_restricted_work_on_saturday(shop: Shop) -> None:
    bought = shop.sells("aristosoft", date(2018, 5, 2), YEAR)
    assert shop.desk.open_ticket(asking(bought, "remote-install")).clocks == ()
    shop.clock.at = at(10, 30, day=date(2026, 11, 28))
    ticket = shop.desk.open_ticket(asking(bought, "db-move-remote"))
    assert ticket.decision is not None
    assert ticket.decision.outcome == "defer"
    assert ticket.row.deferred_until == at(9, day=date(2026, 11, 30))
    with shop.store.uow() as uow:
        assert bought.product_id is not None
        used = [entry.counter for entry in uow.usage.of_products([bought.product_id])]
    assert used == ["remote-install"]


def test_aristosoft_card_has_a_line_for_every_service(shop: Shop) -> None:
    call = shop.sells("aristosoft", date(2018, 5, 2), YEAR)
    shop.desk.open_ticket(asking(call, "remote-install"))
    card = shop.desk.customer_card(shop.customer)
    lines = {line.service: line for line in card.entitlements}
    assert list(lines) == [service.service for service in shop.desk.services("aristosoft")]
    assert (lines["remote-install"].used, lines["remote-install"].remaining) == (1, 4)
    assert all(line.note.th and line.note.en for line in lines.values())


def test_emwork_repairs_within_24_business_hours_of_the_notice(shop: Shop) -> None:
    call = asking(
        shop.sells("emwork", None, in_warranty=True),
        "sla-deadline",
        emwork_product=True,
        customer_modified=False,
        severity="system_down",
    )
    shop.clock.at = at(9)
    ticket = shop.desk.open_ticket(call)
    # three days of eight hours, due on the closing instant of the third
    assert ticket.row.due_at == at(17, day=date(2026, 11, 25))
    steps = shop.desk.explain(ticket.clocks[0].clock_id)
    assert sum((step.counted for step in steps), timedelta()) == timedelta(hours=24)
    shop.clock.at = at(17, day=date(2026, 11, 25))
    assert shop.desk.ticket(ticket.row.ticket_id).clocks[0].state is ClockState.DUE
    shop.desk.resolve(ticket.row.ticket_id, ticket.row.version)
    assert shop.desk.ticket(ticket.row.ticket_id).clocks[0].state is ClockState.MET


def test_emwork_a_notice_of_last_week_is_late_as_it_is_logged(shop: Shop) -> None:
    call = asking(
        shop.sells("emwork", None, in_warranty=True),
        "sla-deadline",
        emwork_product=True,
        customer_modified=False,
        severity="system_down",
        notified_at="2026-11-17T09:00",
    )
    ticket = shop.desk.open_ticket(call)
    assert [entry.kind for entry in ticket.entries] == ["breached", "opened"]
    assert ticket.clocks[0].breached_at == at(17, day=date(2026, 11, 19))
    assert shop.desk.record_breaches() == 0


def test_emwork_out_of_warranty_promises_nothing(shop: Shop) -> None:
    call = asking(
        shop.sells("emwork", None, in_warranty=False),
        "sla-deadline",
        emwork_product=True,
        customer_modified=False,
        severity="system_down",
    )
    ticket = shop.desk.open_ticket(call)
    assert ticket.decision is not None
    assert ticket.decision.outcome == "unavailable"
    assert ticket.clocks == ()


def test_emwork_asks_for_a_warranty_nobody_wrote_down_and_knows_one_nobody_knows(shop: Shop) -> None:
    answers = {"emwork_product": True, "customer_modified": False, "severity": "other"}
    absent = asking(shop.sells("emwork", None), "sla-deadline", **answers)
    assert "in_warranty" in shop.desk.preview(absent).needs
    lost = asking(shop.sells("emwork", None, in_warranty="not_recorded"), "sla-deadline", **answers)
    assert shop.desk.preview(lost).outcome == "unknown"


def test_emwork_severity_down_to_other_keeps_what_was_spent(shop: Shop) -> None:
    call = asking(
        shop.sells("emwork", None, in_warranty=True),
        "sla-deadline",
        emwork_product=True,
        customer_modified=False,
        severity="system_down",
    )
    shop.clock.at = at(9)
    ticket = shop.desk.open_ticket(call)
    shop.clock.at = at(13)
    row = shop.desk.change_severity(ticket.row.ticket_id, ticket.row.version, "other")
    clock = shop.desk.ticket(row.ticket_id).clocks[0]
    assert (clock.spent, clock.left) == (timedelta(hours=4), timedelta(hours=68))
    assert (clock.rule, clock.work) == ("EM-13", timedelta(hours=72))
    # nine days of eight hours from that morning
    assert clock.due_at == at(17, day=date(2026, 12, 3))


def test_a_caller_whom_another_department_calls_with_a_price_is_not_forgotten(shop: Shop) -> None:
    call = shop.sells("mac-5", date(2024, 8, 1), YEAR)
    quoted = shop.desk.open_ticket(asking(call, "special-work"))
    assert quoted.decision is not None
    assert (quoted.decision.outcome, quoted.decision.targets) == ("quote", ())
    # a working day of the vendor's, which nobody was promised
    clock = quoted.clocks[0]
    assert (clock.kind, clock.rule, clock.promised, clock.due_at) == (
        "callback",
        "X-16",
        False,
        at(10, 30, day=date(2026, 11, 24)),
    )
    called = shop.desk.meet(quoted.row.ticket_id, quoted.row.version, "callback")
    assert called.state.value == "new"
    assert shop.desk.ticket(quoted.row.ticket_id).clocks[0].state is ClockState.MET
    # who agrees at once that the hours are charged waits for no price
    assert shop.desk.open_ticket(asking(call, "db-check")).clocks == ()


def test_a_goal_that_the_desk_set_stands_in_place_of_the_day_for_a_quotation(shop: Shop) -> None:
    goal = {"policy": "mac-5", "service": "special-work", "kind": "callback", "minutes": 60}
    with shop.store.uow(write=True) as uow:
        uow.settings.write(GOALS, [goal])
        uow.commit()
    call = shop.sells("mac-5", date(2024, 8, 1), YEAR)
    quoted = shop.desk.open_ticket(asking(call, "special-work"))
    assert [(clock.kind, clock.work) for clock in quoted.clocks] == [("callback", timedelta(hours=1))]


def test_a_caller_told_that_somebody_asks_and_calls_back_is_not_forgotten(shop: Shop) -> None:
    """What the terms leave open ends with a call, of which they say no time (X-16)."""
    call = asking(shop.sells("mac-5", date(2024, 8, 1), YEAR), "response-time")
    stated = shop.desk.open_ticket(call)
    assert stated.decision is not None
    assert (stated.decision.outcome, stated.clocks) == ("unknown", ())
    assert "call you back" not in stated.decision.say.en
    shop.clock.at = at(10, 30, day=date(2026, 12, 7))
    holiday = shop.desk.open_ticket(asking(call, "support"))
    assert holiday.decision is not None
    assert holiday.decision.outcome == "unknown"
    clock = holiday.clocks[0]
    assert (clock.kind, clock.rule, clock.promised) == ("callback", "X-16", False)
    # the day after the holiday is a whole working day
    assert clock.due_at == at(17, 30, day=date(2026, 12, 8))


@pytest.mark.parametrize(("days", "owed"), [(2, []), (3, ["callback"])])
def test_units_beyond_the_quota_without_a_price_end_with_a_call(
    shop: Shop, days: int, owed: list[str]
) -> None:
    """Two visits a year, of which each day counts as one; the terms price none beyond them (BP-21)."""
    year = replace(YEAR, plan="Beyond")
    call = asking(
        shop.sells("business-plus", date(2020, 5, 2), year), "onsite", days=days, province="Bangkok"
    )
    ticket = shop.desk.open_ticket(call)
    assert ticket.decision is not None
    assert ticket.decision.outcome == "quota"
    assert [clock.kind for clock in ticket.clocks] == owed
