"""Callers are found by any fragment of a folded key, the same ones on both databases."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from deskui.desk.fold import contact_key, customer_key, fold
from deskui.desk.records import ContactRecord, CustomerRecord
from deskui.store.store import Store

PEOPLE: list[tuple[str, str, list[tuple[str, str | None]]]] = [
    ("BP-0042", "Test Trading", [("คุณสมศรี", "+66 81 234-5678"), ("Front desk", "02-111-2222")]),
    ("AR-0007", "ร้านน้ำใจการค้า", [("นก", "081 234 9999")]),
    ("M5-1234", "100% Pure_Water \\ Co.", [('O\'Brien "Bob"', None)]),
    ("EM-9", "สยามอะไหล่ เทรดดิ้ง", [("ป้าน้อย", "๐๘๙-๑๒๓-๔๕๖๗")]),
    ("PS-1", "Tester Pharmacy", []),
]


@pytest.fixture
def ids(store: Store) -> dict[str, int]:
    """Customers by code, with their contacts stored."""
    with store.uow(write=True) as uow:
        found = uow.customers.add([CustomerRecord(0, code, name) for code, name, _ in PEOPLE])
        by_code = {code: one for (code, _, _), one in zip(PEOPLE, found, strict=True)}
        for code, _, people in PEOPLE:
            uow.contacts.add([ContactRecord(0, by_code[code], name, phone) for name, phone in people])
        uow.commit()
    return by_code


def _found(store: Store, *needles: str, limit: int = 20) -> list[str]:
    with store.uow() as uow:
        return [hit.contact or hit.customer for hit in uow.customers.search(needles, limit)]


@pytest.mark.parametrize(
    ("needle", "names"),
    [
        ("test", {"Test Trading", "Tester Pharmacy"}),
        ("trad", {"Test Trading"}),
        ("0042", {"Test Trading"}),
        ("-0", {"Test Trading", "ร้านน้ำใจการค้า"}),
        ("081234", {"คุณสมศรี", "นก"}),
        ("5678", {"คุณสมศรี"}),
        ("78", {"คุณสมศรี"}),
        ("7", {"ร้านน้ำใจการค้า", "คุณสมศรี", "ป้าน้อย"}),
        ("0891234567", {"ป้าน้อย"}),
        ("ใจ", {"ร้านน้ำใจการค้า"}),
        ("นก", {"นก"}),
        ("น", {"ร้านน้ำใจการค้า", "นก", "ป้าน้อย"}),
        ("น้ำ", {"ร้านน้ำใจการค้า"}),
        ("อะไหล่", {"สยามอะไหล่ เทรดดิ้ง"}),
        ("0%", {"100% Pure_Water \\ Co."}),
        ("00%", {"100% Pure_Water \\ Co."}),
        ("e_w", {"100% Pure_Water \\ Co."}),
        ("_", {"100% Pure_Water \\ Co."}),
        ("r \\", {"100% Pure_Water \\ Co."}),
        ("\\", {"100% Pure_Water \\ Co."}),
        ('"bob"', {'O\'Brien "Bob"'}),
        ("o'b", {'O\'Brien "Bob"'}),
        ("zzz", set()),
        ("2test", set()),
        ('" OR "a', set()),
        ("a\0b", set()),
    ],
)
def test_any_fragment_finds(store: Store, ids: dict[str, int], needle: str, names: set[str]) -> None:
    assert set(_found(store, needle)) == names


def test_one_needle_or_another(store: Store, ids: dict[str, int]) -> None:
    assert set(_found(store, "zzz", "อะไหล่", "ใจ", "trad")) == {
        "สยามอะไหล่ เทรดดิ้ง",
        "ร้านน้ำใจการค้า",
        "Test Trading",
    }
    assert _found(store) == []
    assert _found(store, "") == []
    assert _found(store, "test", limit=0) == []


def test_a_hit_carries_what_the_agent_sees(store: Store, ids: dict[str, int]) -> None:
    with store.uow() as uow:
        (customer,) = uow.customers.search(["bp-0042"], 5)
        (contact,) = uow.customers.search(["5678"], 5)
        known = uow.contacts.of_customers([ids["BP-0042"]])
    for hit in (customer, contact):
        assert (hit.customer_id, hit.code, hit.customer) == (ids["BP-0042"], "BP-0042", "Test Trading")
    assert (customer.contact_id, customer.contact, customer.phone) == (None, None, None)
    assert customer.folded == customer_key("BP-0042", "Test Trading")
    assert (contact.contact, contact.phone) == ("คุณสมศรี", "+66 81 234-5678")
    assert contact.contact_id in {one.contact_id for one in known}
    assert contact.folded == contact_key("คุณสมศรี", "+66 81 234-5678")


def test_keys_that_start_with_a_needle_survive_the_cut(store: Store) -> None:
    with store.uow(write=True) as uow:
        uow.customers.add([CustomerRecord(0, f"A{number}", f"x abc {number}") for number in range(50)])
        uow.customers.add([CustomerRecord(0, "abc-1", "late")])
        uow.commit()
    for needle in ("abc", "ab"):
        assert _found(store, needle, limit=3)[0] == "late"
        assert len(_found(store, needle, limit=3)) == 3
        assert len(_found(store, needle, limit=100)) == 51


def test_a_changed_name_is_found_and_the_old_one_is_not(store: Store, ids: dict[str, int]) -> None:
    with store.uow(write=True) as uow:
        (contact,) = uow.contacts.of_customers([ids["AR-0007"]])
        uow.contacts.save(replace(contact, name="มานี", phone="029999999"))
        uow.customers.save(CustomerRecord(ids["AR-0007"], "AR-0007", "Nam Jai"))
        uow.commit()
    assert _found(store, "ร้านน้ำ") == []
    assert _found(store, "มานี") == ["มานี"]
    assert _found(store, "am ja") == ["Nam Jai"]
    assert _found(store, "0812349999") == []
    assert _found(store, "99999") == ["มานี"]


def test_the_same_hits_as_looking_through_every_key(store: Store) -> None:
    dice = random.Random(20261123)
    letters = "กขน้ำาใจ เแab-1๒0%_\"'"
    names = ["".join(dice.choices(letters, k=dice.randint(1, 12))) for _ in range(300)]
    with store.uow(write=True) as uow:
        found = uow.customers.add([CustomerRecord(0, f"C{n}", name) for n, name in enumerate(names)])
        uow.contacts.add([ContactRecord(0, found[0], name, None) for name in names])
        uow.commit()
    customer_keys = [customer_key(f"C{n}", name) for n, name in enumerate(names)]
    contact_keys = [contact_key(name, None) for name in names]
    with store.uow() as uow:
        for _ in range(150):
            source = dice.choice(customer_keys + contact_keys)
            start = dice.randint(0, len(source))
            needle = fold(source[start : start + dice.randint(1, 6)])
            hits = sorted(hit.folded for hit in uow.customers.search([needle], 5000)) if needle else []
            expected = sorted(key for key in customer_keys + contact_keys if needle and needle in key)
            assert hits == expected, needle
