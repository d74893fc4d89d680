"""An answer fills in what nobody wrote down; it never says something else than the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deskui.desk.errors import Refused
from deskui.desk.model import Call
from deskui.desk.records import ContractRecord, CustomerRecord, MachineRecord, ProductRecord
from tests.desk.conftest import World, asking


def refused(world: World, call: Call, words: str) -> None:
    """Preview and logging say the same no, in both languages, and nothing is logged."""
    logged = len(world.nok.queue().entries)
    for act in (world.nok.preview, world.nok.open_ticket):
        with pytest.raises(Refused, match=words) as no:
            act(call)
        assert "supervisor" in no.value.text.en
        assert "หัวหน้า" in no.value.text.th
    assert len(world.nok.queue().entries) == logged


def sold(world: World, *machines: MachineRecord, **facts: object) -> Call:
    """A call about a new product at the policy `sixth`, with facts and machines on file."""
    with world.store.uow(write=True) as uow:
        customer = uow.customers.add([CustomerRecord(0, "SX-100", "New")])[0]
        product = uow.products.add([ProductRecord(0, customer, "sixth", "suite", facts=facts)])[0]
        for machine in machines:
            uow.machines.add([replace(machine, product_id=product)])
        uow.commit()
    return Call(customer_id=customer, product_id=product)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("used", 0),
        ("used", 2),
        ("used.install", 0),
        ("usage", {}),
        ("usage", {"install": []}),
        ("usage_dates", []),
        ("installs_used", 0),
    ],
)
def test_what_was_used_is_the_ledgers_to_say(world: World, name: str, value: object) -> None:
    for _ in range(2):
        world.log(world.gold, "install", same_machine=False)
    assert world.nok.preview(asking(world.gold, "install", same_machine=False)).outcome == "charge"
    call = asking(world.gold, "install", **{"same_machine": False, name: value})
    if name == "installs_used":
        # to this service it is a fact like any other; to the one that counts by it, it is the ledger
        assert world.nok.preview(call).outcome == "charge"
        call = asking(world.gold, "install-pack", **{name: value})
    refused(world, call, rf"\({name}\): on file is 2 used, and an answer cannot change that")


def test_an_agreement_on_file_stands(world: World) -> None:
    plan = {"start": "2026-08-01", "end": "2027-07-31", "plan": "gold", "paid": True}
    wrong: list[tuple[str, object, str]] = [
        ("contract", False, r"on file is start 2026-08-01, end 2027-07-31, plan gold, paid yes"),
        ("contract", None, r"plan gold"),
        ("contract", "not_recorded", r"plan gold"),
        ("contract", {}, r"\(contract\): on file is 2026-08-01"),
        ("contract", {**plan, "plan": "silver"}, r"Which plan\? \(contract\): on file is gold"),
        ("contract.plan", "silver", r"Which plan\? \(contract\.plan\): on file is gold"),
        ("contract.paid", False, r"on file is yes"),
        ("contract.paid", "not_recorded", r"on file is yes"),
        ("contract.suspended", True, r"\(contract\.suspended\): on file is no"),
        ("contract.end", "31/12/2570", r"on file is 2027-07-31"),
    ]
    for name, value, words in wrong:
        refused(world, asking(world.gold, "forms", **{"forms": 1, name: value}), words)
    same: list[tuple[str, object]] = [
        ("contract", True),
        ("contract", plan),
        ("contract.plan", "gold"),
        ("contract.end", "31/07/2570"),
        ("contract.special", True),
    ]
    for name, value in same:
        call = asking(world.gold, "forms", **{"forms": 1, name: value})
        assert world.nok.preview(call).outcome == "quota", name


def test_without_an_agreement_on_file_there_is_none(world: World) -> None:
    whole = {"start": "2026-09-01", "end": "2027-08-31", "plan": "gold"}
    for name, value in (("contract", whole), ("contract", True), ("contract.plan", "gold")):
        refused(world, asking(world.bare, "forms", **{"forms": 1, name: value}), "on file is none")
    assert world.nok.preview(asking(world.bare, "forms", forms=1, contract=False)).outcome == "charge"


def test_what_the_agreement_on_file_leaves_open_is_answered(world: World) -> None:
    call = sold(world)
    assert call.product_id is not None
    with world.store.uow(write=True) as uow:
        uow.contracts.add([ContractRecord(0, call.product_id, date(2026, 8, 1), date(2027, 7, 31))])
        uow.commit()
    assert world.nok.preview(asking(call, "advice")).needs == ("contract.plan",)
    answered = world.nok.open_ticket(asking(call, "advice", **{"contract.plan": "silver"}))
    assert answered.decision is not None
    assert answered.decision.rules[0] == "SX-05"


@pytest.mark.parametrize("filed", [True, False])
def test_a_warranty_on_file_stands(world: World, filed: bool) -> None:
    call = sold(world, in_warranty=filed)
    words = rf"\(in_warranty\): on file is {'yes' if filed else 'no'}"
    for said in (not filed, "not_recorded"):
        refused(world, asking(call, "advice", in_warranty=said), words)
    assert world.nok.preview(asking(call, "advice", in_warranty=filed)).outcome == "free"


@pytest.mark.parametrize("facts", [{}, {"in_warranty": "not_recorded"}])
def test_a_warranty_nobody_wrote_down_is_answered(world: World, facts: dict[str, object]) -> None:
    ticket = world.nok.open_ticket(asking(sold(world, **facts), "advice", in_warranty=True))
    assert ticket.facts["in_warranty"] is True


def test_other_facts_on_file_stand_too(world: World) -> None:
    refused(world, asking(world.gold, "advice", province="Phuket"), r"\(province\): on file is Bangkok")
    refused(world, asking(world.gold, "advice", purchased_on="2026-01-01"), "on file is 2020-03-01")
    for name, value in (("province", "กรุงเทพมหานคร"), ("purchased_on", "1/3/2563")):
        assert world.nok.preview(asking(world.gold, "advice", **{name: value})).outcome == "callback"


def test_the_machine_is_chosen_and_then_stands(world: World) -> None:
    call = sold(world, MachineRecord(0, 0, "PC 1", True), MachineRecord(0, 0, "PC 2", False))
    assert call.product_id is not None
    with world.store.uow() as uow:
        covered, bare = (machine.machine_id for machine in uow.machines.of_products([call.product_id]))
    # before a machine is chosen nothing is known of it
    assert world.nok.preview(asking(call, "advice", machine=True)).outcome == "free"
    for first, said, words in ((bare, True, "on file is no"), (covered, False, "on file is yes")):
        one = {"machine.ma": said, "machine_id": first}
        refused(world, replace(asking(call, "advice"), answers=one), words)
        chosen = world.nok.preview(asking(call, "advice", machine_id=first, **{"machine.ma": not said}))
        assert chosen.outcome == "free"


def test_the_call_says_itself_how_and_when_it_came(world: World) -> None:
    call = sold(world, channel="line", notified_at="2026-11-20T09:00")
    told = asking(call, "advice", channel="email", notified_at="2026-11-23T09:00")
    assert world.nok.open_ticket(told).facts["channel"] == "email"


def test_a_value_that_cannot_be_read_is_told_as_such(world: World) -> None:
    with pytest.raises(Refused, match=r"cannot be read.*contract.*before it starts"):
        world.nok.preview(
            asking(
                world.gold, "advice", contract={"start": "2026-08-01", "end": "2025-07-31", "plan": "gold"}
            )
        )
