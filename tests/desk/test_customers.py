"""The customer card, the hours line, questions and services."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from deskui.desk.errors import NotFound, Refused
from deskui.desk.model import ContractState
from deskui.desk.questions import question_for
from deskui.desk.records import ContractRecord, MachineRecord, ProductRecord
from deskui.policy.library import Library
from tests.desk.conftest import World, at


def test_the_card_shows_what_each_service_would_get_now(world: World) -> None:
    world.log(world.gold, "forms", forms=3)
    assert world.gold.customer_id is not None
    card = world.nok.customer_card(world.gold.customer_id)
    assert (card.code, card.name, card.province) == ("SX-001", "Test Trading", "Bangkok")
    assert card.contacts == ((1, "สมศรี", "081 234 5678"),)
    assert card.product is not None
    assert (card.product.plan.en, card.product.contract_state) == ("M/A list", ContractState.ACTIVE)
    assert card.product.days_left == 250
    lines = {line.service: line for line in card.entitlements}
    assert list(lines) == ["advice", "install", "forms", "repair"]
    assert (lines["advice"].outcome, lines["advice"].rule) == ("callback", "SX-04")
    # depends on answers nobody gave yet
    assert lines["install"].outcome == "ask"
    assert lines["install"].note.en == "2 of 2 left"
    assert (lines["install"].total, lines["install"].used) == (2, 0)
    assert card.open_tickets == 1
    assert card.callbacks_due == 0


def test_quota_lines_count_the_ledger(world: World) -> None:
    world.log(world.gold, "install", same_machine=False)
    assert world.gold.product_id is not None
    assert world.gold.customer_id is not None
    with world.store.uow(write=True) as uow:
        product = uow.products.get([world.gold.product_id])[0]
        uow.products.save(
            ProductRecord(
                product.product_id,
                product.customer_id,
                product.policy,
                product.name,
                product.purchased_on,
                {"same_machine": False},
            )
        )
        uow.commit()
    card = world.nok.customer_card(world.gold.customer_id)
    line = next(line for line in card.entitlements if line.service == "install")
    assert (line.outcome, line.total, line.used, line.remaining) == ("quota", 2, 1, 1)
    assert (line.note.en, line.note.th) == ("1 of 2 left", "เหลือ 1 จาก 2")


def test_without_an_agreement_prices_show(world: World) -> None:
    assert world.bare.customer_id is not None
    card = world.nok.customer_card(world.bare.customer_id)
    assert card.product is not None
    assert card.product.contract_state is ContractState.NONE
    assert card.product.days_left is None
    line = next(line for line in card.entitlements if line.service == "install")
    assert (line.outcome, line.note.en) == ("charge", "1,500 baht")


def test_out_of_hours_the_card_says_from_when(world: World) -> None:
    world.clock.at = at(20)
    assert world.gold.customer_id is not None
    lines = world.nok.customer_card(world.gold.customer_id).entitlements
    assert next(line for line in lines if line.service == "advice").note.en == "from 24/11 09:00"


def test_the_first_covered_product_is_shown_unless_another_is_asked_for(world: World) -> None:
    customer = world.bare.customer_id
    assert customer is not None
    with world.store.uow(write=True) as uow:
        second = uow.products.add([ProductRecord(0, customer, "seventh", "Second", None)])[0]
        uow.contracts.add([ContractRecord(0, second, None, date(2026, 12, 31), "silver")])
        uow.commit()
    card = world.nok.customer_card(customer)
    assert card.product is not None
    assert card.product.product_id == second
    first = world.nok.customer_card(customer, world.bare.product_id).product
    assert first is not None
    assert first.product_id == world.bare.product_id
    assert [line.product_id for line in card.products] == [world.bare.product_id, second]
    with pytest.raises(NotFound, match="no product 999"):
        world.nok.customer_card(customer, 999)
    with pytest.raises(NotFound, match="no customer with id 999"):
        world.nok.customer_card(999)


def test_a_product_of_a_vendor_without_terms_is_still_listed(world: World) -> None:
    customer = world.bare.customer_id
    assert customer is not None
    with world.store.uow(write=True) as uow:
        gone = uow.products.add([ProductRecord(0, customer, "gone", "Old program", None)])[0]
        uow.machines.add([MachineRecord(0, gone, "PC 1")])
        uow.commit()
    card = world.nok.customer_card(customer, gone)
    assert card.entitlements == ()
    assert card.product is not None
    assert (card.product.vendor.en, card.product.plan.en) == ("gone", "—")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (at(10), "12:00"),
        (at(12), "☾ 13:00"),
        (at(18), "☾ 09:00"),
        (at(12, day=date(2026, 11, 28)), "☾ Mon 09:00"),
        (at(11, 59, second=59), "12:00"),
    ],
)
def test_the_hours_line(world: World, now: object, words: str) -> None:
    line = world.nok.hours_line(now)  # type: ignore[arg-type]
    assert [(one.policy, one.short) for one in line] == [("seventh", "SV"), ("sixth", "SX")]
    assert ("" if line[1].open else "☾ ") + line[1].words.en == words


def test_services_and_questions_come_from_the_policy(world: World) -> None:
    services = world.nok.services("sixth")
    assert [service.service for service in services] == ["advice", "install", "forms", "repair"]
    assert services[0].keywords == ("phone", "โทร")
    assert world.nok.question("sixth", "purchased_on").kind == "date"
    assert [choice.key for choice in world.nok.question("sixth", "contract").choices] == ["y", "n"]
    with pytest.raises(NotFound, match="no question for 'shoe_size'"):
        world.nok.question("sixth", "shoe_size")
    with pytest.raises(NotFound, match="no terms of a vendor 'eighth'; there are: seventh, sixth"):
        world.nok.services("eighth")


@pytest.mark.parametrize("vendor", ["aristosoft", "business-plus", "mac-5", "pharmasys"])
def test_terms_without_severities_say_so_to_the_agent(vendor: str) -> None:
    """Not that a file lacks a question: whoever presses the key is on the phone."""
    with pytest.raises(NotFound, match=r"The terms of .+ know no severity"):
        question_for(Library.open().get(vendor), "severity")


def test_many_rows_at_once_are_refused_and_gone_ones_left_out(world: World) -> None:
    first, second = (world.log(world.gold, "advice").row for _ in range(2))
    rows = world.nok.rows([second.ticket_id, 999, first.ticket_id])
    assert [row.ticket_id for row in rows] == [second.ticket_id, first.ticket_id]
    assert world.nok.rows([]) == []
    with pytest.raises(Refused, match="At most 500"):
        world.nok.rows(list(range(501)))


def test_a_row_is_of_the_instant_it_is_asked_for(world: World) -> None:
    ticket = world.log(world.gold, "advice").row
    world.move(minutes=10)
    clock = world.nok.rows([ticket.ticket_id])[0].clock
    assert clock is not None
    assert (clock.left, clock.spent) == (timedelta(minutes=5), timedelta(minutes=10))
