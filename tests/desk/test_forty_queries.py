"""Forty things an agent types while the telephone rings, and who must stand first in the list."""

# a table reads better on its lines than on ones that keep a margin
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from deskui.clock import FixedClock
from deskui.desk.collate import reading_order
from deskui.desk.desk import Desk
from deskui.desk.layout import to_latin, to_thai
from deskui.desk.model import Agent, CallerHit
from deskui.desk.records import (
    AgentRecord,
    ContactRecord,
    CustomerRecord,
    MachineRecord,
    ProductRecord,
)
from deskui.store import open_store
from tests.desk.conftest import at, library


@dataclass(frozen=True)
class Firm:
    """An invented customer: contacts as (name, number), products as (name, serial, branch, machines)."""

    code: str
    name: str
    tax_id: str | None = None
    contacts: tuple[tuple[str, str | None], ...] = ()
    products: tuple[tuple[str, str | None, str | None, tuple[tuple[str, str], ...]], ...] = ()


FIRMS = (
    Firm("EM-0031", "บริษัท สุขใสฟู้ดส์ จำกัด", "0105536000123", (("คุณสมศรี ใจดี", "081-234-5678"),)),
    Firm("EM-0032", "สุขสันต์การค้า", "0105540001119", (("คุณวันเพ็ญ", "02-555-0110"), ("คุณแดง", "089 111 2233"))),
    Firm("AR-0107", "ร้านธนบุรีสโตร์", None, (("คุณแอน", "02-412-2345"),), (("POS", "7F3K-2201-88", "สาขาบางนา", ()),)),
    Firm("AR-0108", "ร้านน้ำใสเบเกอรี่", None, (("น้ำฝน", "080-000-0001"), ("คุณสมชาย", "086 555 1200"))),
    Firm("AR-0109", "แม่น้ำโฮมมาร์ท", None, (("คุณแม่ประนอม", "034-420-777"),)),
    Firm("BP-0042", "Siam Parts", "0115549002226", (("Khun Arthit", "+66 2 345 6789"), ("Front desk", "02 345 6700"))),
    Firm("BP-0043", "Transiam Logistics", None, (("K. Orn", "081 555 0114"),)),
    Firm("BP-0044", "Test Trading Co., Ltd.", "0105561234567", (("K. Somsri", "02 777 8899"),)),
    Firm("M5-0009", "คลินิกเนวี่", None, (("คุณอารี", "038-111-234"),), (("MAC-5", "M5L-90210", None, ()),)),
    Firm("M5-0010", "โรงพยาบาลสวนร่ม", None, (("พยาบาลกุ้ง", "02-900-1000"),), (("MAC-5", "M5E-90211", "ตึกผู้ป่วยนอก", ()),)),
    Firm(
        "PS-0003",
        "ร้านยาเพื่อนบ้าน",
        None,
        (("เภสัชกรปุ๊ก", "085-777-1212"),),
        (("PharmaSys", None, None, (("เครื่องหน้า", "PSX-1001-A"), ("เครื่องหลัง", "PSX-1001-B"))),),
    ),
    Firm("PS-0004", "เภสัชศิริ", None, (("คุณเอ๋", "+44 20 7946 0018"),), (("PharmaSys", "๑๒๓๔-๕๖", None, ()),)),
    Firm("PS-0005", "[/] Drugstore", None, (("[@click=app.quit]", None),)),
)  # fmt: skip

QUERIES = {
    # numbers
    "a number as it is dialled": ("0812345678", "EM-0031"),
    "with dashes": ("081-234-5678", "EM-0031"),
    "with spaces": ("081 234 5678", "EM-0031"),
    "in Thai digits": ("๐๘๑๒๓๔๕๖๗๘", "EM-0031"),
    "with the country's code": ("+66812345678", "EM-0031"),
    "with the code and no plus": ("66812345678", "EM-0031"),
    "with the code, 0 and brackets": ("+66 (0)81 234 5678", "EM-0031"),
    "dialled from abroad": ("0066812345678", "EM-0031"),
    "the last four digits": ("5678", "EM-0031"),
    "the first six, a dash behind": ("034-42-", "AR-0109"),
    "a piece from the middle": ("555 0110", "EM-0032"),
    "typed with the Thai layout on": ("จคๅ/-ภถุึค", "EM-0031"),
    "stored with +66, asked for with 0": ("023456789", "BP-0042"),
    "a number of another country": ("+442079460018", "PS-0004"),
    # names in Thai
    "a Thai name by its start": ("สุขใส", "EM-0031"),
    "a Thai name by its middle": ("ฟู้ดส์", "EM-0031"),
    "the form of the company left out": ("ธนบุรี", "AR-0107"),
    "tone mark before the vowel": ("ฟู้ดส์", "EM-0031"),
    "เ typed twice for แ": ("เเม่น้ำ", "AR-0109"),
    "nikhahit and า for ำ": ("นํ้าใส", "AR-0108"),
    "ำ with the tone mark behind": ("น\u0e49\u0e4d\u0e32ใส", "AR-0108"),
    "two letters": ("เน", "M5-0009"),
    "Thai typed with the Latin layout on": (to_latin("ธนบุรี"), "AR-0107"),
    "with a joiner nobody sees": ("เภสัช\u200bศิริ", "PS-0004"),
    # names in Latin
    "a Latin name": ("siam", "BP-0042"),
    "in capitals": ("TEST TRADING", "BP-0044"),
    "Latin typed with the Thai layout on": (to_thai("siam"), "BP-0042"),
    "with the caps lock in the Thai layout": (to_thai("TEST"), "BP-0044"),
    "full width": ("Ｓｉａｍ", "BP-0042"),
    "the word's start before the inside": ("log", "BP-0043"),
    # contacts
    "a contact in Thai": ("สมศรี", "EM-0031"),
    "a contact in Latin": ("somsri", "BP-0044"),
    "a contact by a nickname": ("ปุ๊ก", "PS-0003"),
    # codes, tax ids, serials, branches
    "a code": ("BP-0044", "BP-0044"),
    "a code without its dash": ("m50010", "M5-0010"),
    "a tax id with its dashes": ("0-1055-36000-12-3", "EM-0031"),
    "a licence serial": ("7f3k-2201-88", "AR-0107"),
    "a serial without dashes": ("PSX1001B", "PS-0003"),
    "a serial in Thai digits": ("๑๒๓๔๕๖", "PS-0004"),
    "a branch": ("บางนา", "AR-0107"),
    # and what means mischief
    "markup is only text": ("[/]", "PS-0005"),
}


@pytest.fixture
def desk(db_url: str) -> Iterator[Desk]:
    """A desk whose customers are those firms."""
    store = open_store(db_url)
    with store.uow(write=True) as uow:
        uow.agents.add(AgentRecord(0, "nok", "Nok"))
        for firm in FIRMS:
            customer = uow.customers.add([CustomerRecord(0, firm.code, firm.name, tax_id=firm.tax_id)])[0]
            uow.contacts.add([ContactRecord(0, customer, *contact) for contact in firm.contacts])
            for name, serial, branch, machines in firm.products:
                product = uow.products.add(
                    [ProductRecord(0, customer, "sixth", name, serial=serial, branch=branch)]
                )[0]
                uow.machines.add([MachineRecord(0, product, one, True, serial=key) for one, key in machines])
        uow.commit()
    yield Desk(store.uow, library(), FixedClock(at(10, 30)), Agent(1, "nok", "Nok", "ค่ะ", "th"))
    store.close()


def _first(desk: Desk, typed: str) -> CallerHit:
    hits = desk.find_callers(typed)
    assert hits, typed
    return hits[0]


def test_the_first_hit_of_forty_queries(desk: Desk) -> None:
    """All on one store: making one for each query would test the making."""
    assert len(QUERIES) >= 40
    found = {named: _first(desk, typed).code for named, (typed, _) in QUERIES.items()}
    assert found == {named: code for named, (_, code) in QUERIES.items()}


def test_a_serial_leads_to_its_product_or_machine(desk: Desk) -> None:
    product = _first(desk, "M5E-9021")
    card = desk.customer_card(product.customer_id, product.product_id)
    assert (product.found, product.machine_id) == ("M5E-90211", None)
    assert card.product is not None
    assert (card.product.product_id, card.product.branch) == (product.product_id, "ตึกผู้ป่วยนอก")
    machine = _first(desk, "psx-1001-b")
    card = desk.customer_card(machine.customer_id, machine.product_id)
    (line,) = [one for one in card.machines if one.machine_id == machine.machine_id]
    assert (line.name, line.serial, line.ma) == ("เครื่องหลัง", "PSX-1001-B", True)


def test_what_ranks_equal_is_sorted_as_in_a_thai_dictionary(desk: Desk) -> None:
    """Leading vowels after their consonant, tone marks last, and no form of company in front."""
    names = ["แก้ว", "กา", "เก้า", "บริษัท ขาว จำกัด", "โกศล", "ก้าน", "กาน", "หจก. กบ", "Siam", "ไก่"]
    assert sorted(names, key=reading_order) == [
        *("Siam", "หจก. กบ", "กา", "กาน", "ก้าน", "เก้า", "แก้ว", "โกศล", "ไก่", "บริษัท ขาว จำกัด"),
    ]
    hits = [hit.customer for hit in desk.find_callers("ร้าน")]
    assert hits == ["ร้านธนบุรีสโตร์", "ร้านน้ำใสเบเกอรี่", "ร้านยาเพื่อนบ้าน"]
