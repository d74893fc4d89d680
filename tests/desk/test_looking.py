"""Views with what is found in them and in which order, saved views, over a real store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskui.desk.errors import NotFound, Refused
from deskui.desk.layout import to_latin, to_thai
from deskui.desk.model import Call
from deskui.desk.records import CustomerRecord
from deskui.desk.workmodel import Look
from tests.desk.conftest import World, asking


@pytest.fixture
def numbers(world: World) -> dict[str, int]:
    """Tickets of four customers and two vendors, by a word for each."""
    calls: dict[str, tuple[Call, str]] = {
        "gold": (world.gold, "Payroll run FAILS"),
        "silver": (world.silver, "พิมพ์ใบกำกับไม่ได้"),
        "bare": (world.bare, "report wrong"),
        "other": (world.other, "เครื่องพิมพ์ [/] 100%"),
    }
    made = {}
    for name, (call, title) in calls.items():
        made[name] = world.nok.open_ticket(replace(asking(call, "advice"), title=title)).row.ticket_id
        world.move(minutes=1)
    return made


def names(world: World, numbers: dict[str, int], look: Look) -> list[str]:
    called = {ticket_id: name for name, ticket_id in numbers.items()}
    sight = world.nok.look(look)
    assert sight.look == look
    return [called[entry.ticket_id] for entry in sight.snapshot.entries]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("payroll", {"gold"}),
        ("fails", {"gold"}),
        ("น้ำใส", {"other"}),
        ("น้ําใส", {"other"}),
        ("siam", {"silver"}),
        (to_thai("siam"), {"silver"}),
        (to_latin("พิมพ์"), {"silver", "other"}),
        ("สมชาย", {"bare"}),
        ("089-999", {"bare"}),
        ("SX-003", {"bare"}),
        ("[/]", {"other"}),
        ("100%", {"other"}),
        ("seventh", {"other"}),
        ("nothing of the kind", set()),
        ("  ", {"gold", "silver", "bare", "other"}),
    ],
)
def test_finding_within_a_view(world: World, numbers: dict[str, int], text: str, found: set[str]) -> None:
    assert set(names(world, numbers, Look(find=text))) == found


def test_finding_keeps_to_the_view_and_knows_who_works_on_it(world: World, numbers: dict[str, int]) -> None:
    world.art.claim(numbers["silver"], 1)
    world.nok.claim(numbers["gold"], 1)
    assert names(world, numbers, Look("mine", "siam")) == []
    assert names(world, numbers, Look("mine", "payroll")) == ["gold"]
    assert names(world, numbers, Look("sixth", "art")) == ["silver"]
    number = world.nok.rows([numbers["bare"]])[0].number
    assert names(world, numbers, Look(find=f"{number}")) == ["bare"]
    sight = world.nok.look(Look("mine", "siam"))
    assert sight.snapshot.counts["all"] == 4


def test_orders(world: World, numbers: dict[str, int]) -> None:
    assert names(world, numbers, Look()) == [
        name
        for entry in world.nok.queue().entries
        for name, ticket_id in numbers.items()
        if ticket_id == entry.ticket_id
    ]
    assert names(world, numbers, Look(sort="received")) == ["gold", "silver", "bare", "other"]
    due = {name: world.nok.rows([ticket_id])[0].due_at for name, ticket_id in numbers.items()}
    promised = [name for name in names(world, numbers, Look(sort="due")) if due[name] is not None]
    assert promised == sorted(promised, key=lambda name: str(due[name]))
    assert len(promised) == 3
    by_vendor = names(world, numbers, Look(sort="vendor"))
    assert by_vendor.index("other") in (0, 3)
    # Latin before Thai
    assert names(world, numbers, Look(sort="customer")) == ["silver", "gold", "bare", "other"]
    with world.store.uow(write=True) as uow:
        (record,) = uow.customers.by_codes(["SX-001"])
        uow.customers.save(replace(record, name="แก้วใส"))
        (record,) = uow.customers.by_codes(["SX-002"])
        uow.customers.save(CustomerRecord(record.customer_id, "SX-002", "เก่งการค้า", record.province))
        uow.commit()
    # a vowel that is written first is read after its consonant: เก่ง before แก้ว before น้ำ
    assert names(world, numbers, Look(sort="customer")) == ["bare", "silver", "gold", "other"]


def test_views_are_kept_under_a_name_for_each_agent(world: World) -> None:
    look = Look("mine", "พิมพ์", "customer")
    assert world.nok.save_view("  เช้านี้\n", look).name == "เช้านี้"
    world.nok.save_view("แบบเก่า", Look("today"))
    world.nok.save_view("แบบเก่า", Look("waiting"))
    assert [(view.name, view.look) for view in world.nok.saved_views()] == [
        ("เช้านี้", look),
        ("แบบเก่า", Look("waiting")),
    ]
    assert world.art.saved_views() == []
    with pytest.raises(Refused, match="name"):
        world.nok.save_view(" ", look)
    world.nok.drop_view("เช้านี้")
    with pytest.raises(NotFound):
        world.nok.drop_view("เช้านี้")


def test_what_was_kept_by_another_release_reads_as_far_as_it_is_known() -> None:
    assert Look.from_json({"view": "mine", "sort": "by the moon", "more": 1}) == Look("mine")
    assert Look.from_json(Look("a", "b", "due").to_json()) == Look("a", "b", "due")
