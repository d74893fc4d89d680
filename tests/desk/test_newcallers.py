"""A caller nobody knows is on file at once and never free for it; who may ask is verified before anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from deskui.clock import FixedClock
from deskui.desk.advicemodel import NewCaller
from deskui.desk.desk import Desk
from deskui.desk.errors import NotFound, Refused
from deskui.desk.model import Agent, Call
from deskui.desk.records import AgentRecord, ContractRecord
from deskui.policy.library import Library
from deskui.store import open_store
from deskui.store.store import Store
from tests.desk.conftest import World, asking, at

INCLUDED = {"free", "quota", "callback", "serve", "in_scope", "deadline", "allowed", "available"}
"""What a caller would be told for nothing."""


@cache
def shipped() -> Library:
    """The shipped terms, read once."""
    return Library.open()


@pytest.fixture
def store(db_url: str) -> Iterator[Store]:
    """An empty store with one agent and one supervisor."""
    opened = open_store(db_url)
    with opened.uow(write=True) as uow:
        uow.agents.add(AgentRecord(0, "nok", "Nok"))
        uow.agents.add(AgentRecord(0, "ploy", "Ploy", supervisor=True))
        uow.commit()
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    """nok's desk over the shipped terms, on a Monday morning."""
    return Desk(store.uow, shipped(), FixedClock(at(10, 30)), Agent(1, "nok", "Nok", "ค่ะ", "th"))


def _call(desk: Desk, policy: str) -> Call:
    added = desk.add_caller(NewCaller("ร้านใหม่", "081 999 0000", policy))
    return Call(customer_id=added.customer_id, contact_id=added.contact_id, product_id=added.product_id)


@pytest.mark.parametrize("policy", sorted(shipped()))
def test_what_nobody_knows_of_a_new_caller_is_never_free(desk: Desk, policy: str) -> None:
    """Whatever a vendor gives everybody it gives them too; what an agreement gives is unknown."""
    call = _call(desk, policy)
    terms = shipped().get(policy)
    assert call.customer_id is not None
    found = {line.service: line.outcome for line in desk.customer_card(call.customer_id).entitlements}
    assert found
    # somebody known to have no agreement gets no less: nothing is given for not being known
    with desk._means.uow(write=True) as uow:
        (product,) = uow.products.of_customers([call.customer_id])
        none = {"contract": None, "machine": None, "last_ma_end": None, "in_warranty": False}
        facts = {**product.facts, **none}
        uow.products.save(replace(product, facts={k: v for k, v in facts.items() if k in product.facts}))
        uow.commit()
    known = {line.service: line.outcome for line in desk.customer_card(call.customer_id).entitlements}
    given = {service for service, outcome in found.items() if outcome in INCLUDED}
    allowed = {*INCLUDED, "ask", "unknown"}
    assert given <= {service for service, outcome in known.items() if outcome in allowed}
    assert terms.id == policy


def test_the_new_caller_is_found_by_the_number_and_has_one_product(desk: Desk) -> None:
    call = _call(desk, "aristosoft")
    (hit,) = [one for one in desk.find_callers("0819990000") if one.contact_id]
    assert (hit.customer_id, hit.contact_id) == (call.customer_id, call.contact_id)
    assert hit.code.startswith("NEW-261123-103000")
    again = _call(desk, "aristosoft")
    assert again.customer_id != call.customer_id
    decision = desk.preview(replace(call, service="remote-install"))
    assert decision.outcome == "unknown"
    assert decision.granted_by is not None


def test_a_new_number_of_a_known_customer_is_attached_once(world: World) -> None:
    customer = world.gold.customer_id
    assert customer is not None
    one = world.nok.attach_contact(customer, "คุณใหม่", "+66 86 111 2222")
    assert world.nok.attach_contact(customer, "คุณใหม่", "086-111-2222") == one
    assert world.nok.find_callers("0861112222")[0].contact == "คุณใหม่"
    house = world.nok.attach_contact(customer, "", "02 000 1111")
    (line,) = [p for p in world.nok.customer_card(customer).people if p.contact_id == house.contact_id]
    assert (line.name, line.phone, line.authorised) == ("Test Trading", "02 000 1111", None)


def test_a_new_caller_needs_a_name_a_number_and_a_vendor(desk: Desk) -> None:
    for wrong in (NewCaller(" ", "081 999 0000", "emwork"), NewCaller("A", "12", "emwork")):
        with pytest.raises(Refused):
            desk.add_caller(wrong)
    with pytest.raises(NotFound):
        desk.add_caller(NewCaller("A", "081 999 0000", "nobody"))
    with pytest.raises(Refused, match="province"):
        desk.add_caller(NewCaller("A", "081 999 0000", "emwork", province="Atlantis"))
    assert [name for name, _ in desk.vendors()] == sorted(shipped())


def test_authority_is_part_of_the_contact(world: World, ploy: Desk) -> None:
    contact, customer = world.gold.contact_id, world.gold.customer_id
    assert contact is not None
    assert customer is not None
    for value in (True, False, None):
        ploy.set_authority(contact, value)
        assert world.nok.customer_card(customer).people[0].authorised is value
    with pytest.raises(NotFound):
        ploy.set_authority(99, True)
    with pytest.raises(Refused, match=r"supervisor writes down who may ask\. Ask one: ploy"):
        world.nok.set_authority(contact, True)
    assert world.nok.customer_card(customer).people[0].authorised is None


def test_a_password_is_recovered_only_after_the_caller_was_verified(store: Store, desk: Desk) -> None:
    """M5-10: the event says who verified whom and how; no yes of a supervisor takes its place."""
    added = desk.add_caller(NewCaller("คลินิก", "081 999 0000", "mac-5"))
    assert added.product_id is not None
    with store.uow(write=True) as uow:
        product = next(iter(uow.products.get([added.product_id])))
        uow.products.save(replace(product, facts={}))
        uow.contracts.add([ContractRecord(0, product.product_id, None, None, paid=True)])
        uow.commit()
    call = Call(
        customer_id=added.customer_id,
        contact_id=added.contact_id,
        product_id=added.product_id,
        service="password-recovery",
    )
    assert desk.preview(call).needs == ("authority_verified",)
    refused = replace(call, answers={"authority_verified": False})
    assert desk.preview(refused).figures["reason"] == "verify_authority_first"
    ploy = Desk(store.uow, shipped(), FixedClock(at(10, 31)), Agent(2, "ploy", "Ploy", "ค่ะ", "th", True))
    asked = desk.ask_supervisor(refused)
    with pytest.raises(Refused, match="verified first"):
        ploy.answer_question(asked.question_id, "granted", "I know her")
    verified = replace(call, answers={"authority_verified": True})
    assert desk.preview(verified).outcome == "discretionary"
    for proofs in ({}, {"authority_verified": "her password was abc123"}):
        with pytest.raises(Refused, match="made sure of"):
            desk.open_ticket(replace(verified, proofs=proofs))
    ticket = desk.open_ticket(replace(verified, proofs={"authority_verified": "called_back"}))
    with store.uow() as uow:
        events = uow.events.of_ticket(ticket.row.ticket_id)
    (event,) = [one for one in events if one.kind == "verified"]
    assert event.agent_id == 1
    assert event.data == {
        "fact": "authority_verified",
        "how": "called_back",
        "contact": added.contact_id,
    }


def test_the_most_pressing_question_comes_first(store: Store, desk: Desk) -> None:
    """EMWORK: whether the system is down decides between 24 and 72 hours, so it is asked before the rest."""
    call = replace(_call(desk, "emwork"), service="sla-deadline")
    with store.uow(write=True) as uow:
        (product,) = uow.products.get([call.product_id or 0])
        uow.products.save(replace(product, facts={"in_warranty": True}))
        uow.commit()
    assert desk.preview(call).needs[0] == "severity"
    later = desk.preview(replace(call, answers={"severity": "system_down"}))
    assert "severity" not in later.needs
    assert later.needs


def test_asking_about_a_call_of_the_sixth_vendor_still_works(world: World) -> None:
    """A question without proof is answered as before."""
    assert world.nok.preview(asking(world.gold, "install", same_machine=True)).outcome == "free"
