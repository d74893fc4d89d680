"""Every record comes back as it was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from deskui.desk.columns import narrow
from deskui.desk.errors import StoreFailure
from deskui.desk.model import TicketState
from deskui.desk.records import (
    AgentRecord,
    ChangeRecord,
    ContactRecord,
    ContractRecord,
    CustomerRecord,
    DraftRecord,
    EventRecord,
    HolidayRecord,
    MachineRecord,
    NoteRecord,
    OpenTicket,
    ProductRecord,
    UsageRecord,
)
from deskui.policy.decision import Text
from deskui.store.store import Store
from tests.store.conftest import Basics
from tests.store.samples import NOON, ticket


def test_customers_with_their_contacts_and_products(store: Store) -> None:
    facts = {"list_price": 12500, "km": 12.5, "in_warranty": None, "tor": "not_recorded", "ยี่ห้อ": ["ก", "ข"]}
    with store.uow(write=True) as uow:
        first, second = uow.customers.add(
            [CustomerRecord(0, "AR-1", "ร้านน้ำใจ", "นนทบุรี", facts), CustomerRecord(0, "AR-2", "[/] Co.")]
        )
        contacts = uow.contacts.add(
            [
                ContactRecord(0, first, "สมศรี", "081-234-5678"),
                ContactRecord(0, first, "Art"),
                ContactRecord(0, second, "B"),
            ]
        )
        products = uow.products.add(
            [
                ProductRecord(0, first, "aristosoft", "POS", date(2020, 2, 29), facts),
                ProductRecord(0, first, "mac-5", "GL"),
            ]
        )
        uow.commit()
    assert second == first + 1
    with store.uow() as uow:
        customers = {one.customer_id: one for one in uow.customers.get([first, second, 999])}
        assert customers == {
            first: CustomerRecord(first, "AR-1", "ร้านน้ำใจ", "นนทบุรี", facts),
            second: CustomerRecord(second, "AR-2", "[/] Co."),
        }
        assert uow.contacts.of_customers([first]) == [
            ContactRecord(contacts[1], first, "Art"),
            ContactRecord(contacts[0], first, "สมศรี", "081-234-5678"),
        ]
        assert uow.contacts.get([contacts[2]]) == [ContactRecord(contacts[2], second, "B")]
        assert uow.products.of_customers([first, second]) == [
            ProductRecord(products[0], first, "aristosoft", "POS", date(2020, 2, 29), facts),
            ProductRecord(products[1], first, "mac-5", "GL"),
        ]
        assert uow.products.get([]) == []
        assert uow.products.policies() == ["aristosoft", "mac-5"]


def test_machines_and_contracts(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        (machine,) = uow.machines.add(
            [MachineRecord(0, basics.product, "front", True, date(2026, 1, 1), None)]
        )
        ids = uow.contracts.add(
            [
                ContractRecord(0, basics.product, date(2026, 1, 1), date(2026, 12, 31), "Beyond", True),
                ContractRecord(0, basics.product, None, None, None, None, True, False, {"seats": 4}),
                ContractRecord(0, basics.product, date(2025, 1, 1), date(2025, 12, 31), "Silver"),
            ]
        )
        uow.machines.save(MachineRecord(machine, basics.product, "front", None, None, date(2027, 1, 1)))
        uow.contracts.save(ContractRecord(ids[2], basics.product, date(2024, 1, 1), date(2024, 12, 31)))
        uow.commit()
    with store.uow() as uow:
        assert uow.machines.of_products([basics.product]) == [
            MachineRecord(machine, basics.product, "front", None, None, date(2027, 1, 1))
        ]
        assert uow.contracts.of_products([basics.product]) == [
            ContractRecord(ids[1], basics.product, None, None, None, None, True, False, {"seats": 4}),
            ContractRecord(ids[2], basics.product, date(2024, 1, 1), date(2024, 12, 31)),
            ContractRecord(ids[0], basics.product, date(2026, 1, 1), date(2026, 12, 31), "Beyond", True),
        ]


def test_many_new_records_keep_their_order(store: Store) -> None:
    names = [f"customer {number * 7919 % 1000:03}" for number in range(1000)]
    with store.uow(write=True) as uow:
        ids = uow.customers.add([CustomerRecord(0, f"C{n}", name) for n, name in enumerate(names)])
        uow.commit()
    with store.uow() as uow:
        some = {one.customer_id: one.name for one in uow.customers.get(ids[250:750])}
    assert [some[one] for one in ids[250:750]] == names[250:750]


def test_a_ticket(store: Store, basics: Basics) -> None:
    given = ticket(
        basics,
        title="[INC-42] เครื่องพิมพ์\x1b]0;",
        phone="021234567",
        severity="system_down",
        assignee_id=basics.agent,
        state=TicketState.ON_HOLD,
        deferred_until=NOON + timedelta(days=2, microseconds=1),
        promise_due_at=NOON + timedelta(microseconds=-1),
        goal_due_at=NOON,
        due_kind="callback",
    )
    with store.uow(write=True) as uow:
        kept = uow.tickets.add(given)
        second = uow.tickets.add(ticket(basics))
        uow.commit()
    assert (kept.number, second.number) == (1001, 1002)
    assert kept == replace(given, ticket_id=kept.ticket_id, number=1001)
    with store.uow() as uow:
        assert uow.tickets.get([kept.ticket_id]) == [kept]
        assert uow.tickets.by_number(1001) == kept
        assert uow.tickets.by_number(7) is None


def test_saving_a_ticket_changes_everything_but_its_number(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        kept = uow.tickets.add(ticket(basics))
        changed = replace(
            kept, version=2, title="other", state=TicketState.WAITING, plan=Text("ก", "a"), facts={}
        )
        assert uow.tickets.save(replace(changed, number=5))
        uow.commit()
    with store.uow() as uow:
        assert uow.tickets.get([kept.ticket_id]) == [changed]


def test_the_open_tickets_are_those_not_done(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        by_state = {state: uow.tickets.add(ticket(basics, state=state)).ticket_id for state in TicketState}
        uow.commit()
    still = {by_state[state] for state in TicketState if state.category != "done"}
    with store.uow() as uow:
        items = uow.tickets.open_items()
        assert {one.ticket_id for one in items} == still
        assert uow.tickets.open_items(customer_ids=[basics.customer]) == items
        rows = [tuple(row) for some in uow.tickets.open_rows() for row in some]
        assert sorted(rows) == sorted(map(narrow, items))
        assert uow.tickets.open_items(customer_ids=[basics.customer + 1]) == []
        one = uow.tickets.open_items(ticket_ids=[by_state[TicketState.WAITING], by_state[TicketState.CLOSED]])
    assert one == [
        OpenTicket(
            by_state[TicketState.WAITING],
            "business-plus",
            basics.customer,
            TicketState.WAITING,
            None,
            NOON,
            None,
            10,
            True,
            None,
            None,
            None,
        )
    ]


def test_notes_can_be_erased_once(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        where = uow.tickets.add(ticket(basics)).ticket_id
        later = NoteRecord(0, where, NOON + timedelta(seconds=1), None, "description", "สอง", "abc")
        first = uow.notes.add(later)
        second = uow.notes.add(NoteRecord(0, where, NOON, basics.agent, "note", "one", "def"))
        assert uow.notes.erase([first], NOON) == 1
        assert uow.notes.erase([first, second], NOON) == 1
        assert uow.notes.erase([], NOON) == 0
        uow.commit()
    with store.uow() as uow:
        assert uow.notes.of_ticket(where) == [
            NoteRecord(second, where, NOON, basics.agent, "note", "", "", NOON),
            replace(later, note_id=first, text="", salt="", erased_at=NOON),
        ]


def test_events_come_back_in_order_and_sealed(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        one, two = (uow.tickets.add(ticket(basics)).ticket_id for _ in range(2))
        opened = EventRecord(0, one, NOON, basics.agent, "opened", {"outcome": "callback", "number": 3})
        uow.events.add(
            [opened, EventRecord(0, two, NOON, None, "opened"), EventRecord(0, one, NOON, None, "replanned")]
        )
        uow.events.add([EventRecord(0, one, NOON + timedelta(1), None, "closed")])
        uow.events.add([])
        uow.commit()
    with store.uow() as uow:
        events = uow.events.of_ticket(one)
        assert [event.kind for event in events] == ["opened", "replanned", "closed"]
        assert replace(events[0], event_id=0) == opened
        assert uow.events.chain_is_whole(one)
        assert uow.events.chain_is_whole(two)


def test_the_quota_ledger(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        where = uow.tickets.add(ticket(basics)).ticket_id
        (contract,) = uow.contracts.add(
            [ContractRecord(0, basics.product, date(2026, 1, 1), date(2026, 12, 31))]
        )
        took = UsageRecord(
            *(
                0,
                basics.product,
                "onsite",
                "consume",
                2,
                date(2026, 11, 23),
                date(2026, 1, 1),
                date(2026, 12, 31),
            ),
            *(NOON, basics.agent, where, contract, ""),
        )
        gave = replace(took, kind="refund", units=-1, ticket_id=None, contract_id=None, reason="not_done")
        uow.usage.add([took, gave, replace(gave, kind="adjust", units=4, period_start=None, period_end=None)])
        uow.commit()
    with store.uow() as uow:
        entries = uow.usage.of_products([basics.product])
        assert [replace(entry, usage_id=0) for entry in entries[:2]] == [took, gave]
        assert sum(entry.units for entry in entries) == 5
        assert uow.usage.of_ticket(where) == entries[:1]


@pytest.mark.parametrize(
    ("kind", "units"), [("consume", 0), ("consume", -1), ("refund", 1), ("adjust", 0), ("free", 1)]
)
def test_the_ledger_refuses_units_of_the_wrong_sign(
    store: Store, basics: Basics, kind: str, units: int
) -> None:
    bad = UsageRecord(
        0, basics.product, "onsite", kind, units, date(2026, 1, 1), None, None, NOON, None, None, None
    )
    with store.uow(write=True) as uow, pytest.raises(StoreFailure):
        uow.usage.add([bad])


def test_drafts_belong_to_their_agent(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        art = uow.agents.add(AgentRecord(0, "art", "Art", "ครับ", "en", supervisor=True))
        first = uow.drafts.save(DraftRecord(0, basics.agent, NOON, {"query": "081"}))
        second = uow.drafts.save(DraftRecord(0, basics.agent, NOON + timedelta(1), {"query": "สม"}))
        assert (
            uow.drafts.save(DraftRecord(first, basics.agent, NOON + timedelta(2), {"query": "0812"})) == first
        )
        assert uow.drafts.save(DraftRecord(second, art, NOON, {"query": "mine"})) == 0
        assert not uow.drafts.drop(first, art)
        ended = uow.drafts.save(DraftRecord(0, art, NOON, {"query": "mine"}))
        assert uow.drafts.drop(ended, art)
        # a late save brings back no ended call
        assert uow.drafts.save(DraftRecord(ended, art, NOON, {})) == 0
        assert uow.drafts.of_agent(art) == []
        uow.commit()
    with store.uow() as uow:
        assert uow.drafts.of_agent(basics.agent) == [
            DraftRecord(first, basics.agent, NOON + timedelta(2), {"query": "0812"}),
            DraftRecord(second, basics.agent, NOON + timedelta(1), {"query": "สม"}),
        ]


def test_agents(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        art = AgentRecord(0, "art", "Art", "ครับ", "en", supervisor=True)
        art = replace(art, agent_id=uow.agents.add(art))
        uow.agents.save(replace(art, name="อาท", supervisor=False))
        uow.commit()
    with store.uow() as uow:
        assert [one.code for one in uow.agents.all()] == ["art", "nok"]
        assert uow.agents.by_code("art") == replace(art, name="อาท", supervisor=False)
        assert uow.agents.by_code("ART") is None


def test_holidays_replace_an_earlier_change_of_the_day(store: Store) -> None:
    added = HolidayRecord("th-private", date(2026, 10, 16), False, Text("พิเศษ", "Special"), "gazette", NOON)
    with store.uow(write=True) as uow:
        uow.holidays.save(replace(added, holiday_set="th-government"))
        uow.holidays.save(replace(added, working=True, name=Text("", "")))
        uow.holidays.save(added)
        uow.holidays.save(replace(added, day=date(2026, 1, 2)))
        assert uow.holidays.drop("th-private", "2026-01-02")
        assert not uow.holidays.drop("th-private", "2026-01-02")
        uow.commit()
    with store.uow() as uow:
        assert uow.holidays.all() == [replace(added, holiday_set="th-government"), added]


def test_settings(store: Store) -> None:
    with store.uow(write=True) as uow:
        uow.settings.write("goals", {"aristosoft": [1, 2.5, None, "ก"]})
        uow.settings.write("name", "desk")
        uow.settings.write("name", None)
        uow.commit()
    with store.uow() as uow:
        assert uow.settings.read(["goals", "name", "absent"]) == {
            "goals": {"aristosoft": [1, 2.5, None, "ก"]},
            "name": None,
        }
        assert uow.settings.read([]) == {}


def test_the_change_feed(store: Store) -> None:
    with store.uow(write=True) as uow:
        uow.changes.add("ticket", [7, 8], NOON)
        uow.changes.add("holiday", [], NOON)
        uow.changes.add("customer", [1], NOON)
        uow.commit()
    with store.uow() as uow:
        last = uow.changes.last()
        entries = uow.changes.since(0, 10)
        assert [(one.kind, one.entity_id) for one in entries] == [
            ("ticket", 7),
            ("ticket", 8),
            ("customer", 1),
        ]
        assert entries[-1] == ChangeRecord(last, NOON, "customer", 1)
        assert uow.changes.since(entries[0].position, 1) == entries[1:2]
        assert uow.changes.since(last, 10) == []
