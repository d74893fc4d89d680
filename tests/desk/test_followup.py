"""A call about a ticket that is open already, what the card says of open tickets, what a ticket is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskui.desk.errors import NotFound, Refused
from deskui.desk.records import MachineRecord
from tests.desk.conftest import World, asking


def test_a_second_call_becomes_a_note_and_no_ticket(world: World) -> None:
    first = world.log(world.gold, "install", same_machine=False)
    world.move(minutes=30)
    draft = world.nok.save_draft(replace(world.gold, title="still waits", notes="asks when", follows=4))
    assert world.nok.drafts()[0].follows == 4
    detail = world.nok.follow_up(draft, first.row.ticket_id)
    assert [e.kind for e in detail.entries] == ["opened", "consumed", "called_again", "note"]
    assert detail.entries[-1].text.en == "still waits\nasks when"
    assert detail.row.version == first.row.version
    assert world.nok.drafts() == []
    assert len(world.nok.queue().entries) == 1
    with pytest.raises(Refused, match="logged or dropped already"):
        world.nok.follow_up(draft, first.row.ticket_id)


def test_only_an_open_ticket_of_the_same_customer_is_followed(world: World) -> None:
    first = world.log(world.gold, "install", same_machine=False)
    with pytest.raises(Refused, match="another customer"):
        world.nok.follow_up(world.silver, first.row.ticket_id)
    with pytest.raises(NotFound):
        world.nok.follow_up(world.gold, 987654)
    world.nok.resolve(first.row.ticket_id, first.row.version)
    draft = world.nok.save_draft(world.gold)
    with pytest.raises(Refused, match="done meanwhile"):
        world.nok.follow_up(draft, first.row.ticket_id)
    assert [one.draft_id for one in world.nok.drafts()] == [draft.draft_id]


def test_the_card_names_open_tickets_what_is_due_first_before_the_others(world: World) -> None:
    assert world.gold.customer_id is not None
    late = world.log(world.gold, "install", same_machine=False)
    world.move(minutes=1)
    promised = world.log(world.gold, "advice")
    done = world.log(world.gold, "advice")
    world.nok.close(done.row.ticket_id, done.row.version)
    card = world.nok.customer_card(world.gold.customer_id)
    assert promised.row.due_at is not None
    assert late.row.due_at is None
    assert [row.number for row in card.tickets] == [promised.row.number, late.row.number]
    assert card.open_tickets == 2


def test_a_ticket_says_which_product_and_machine_it_is_about(world: World) -> None:
    assert world.gold.product_id is not None
    with world.store.uow(write=True) as uow:
        made = [
            MachineRecord(0, world.gold.product_id, name, True, serial=serial, branch="Rayong")
            for name, serial in (("POS-1", "SN-1"), ("POS-2", "SN-2"))
        ]
        _first, second = uow.machines.add(made)
        uow.commit()
    of_one = world.nok.open_ticket(asking(world.gold, "advice", machine_id=second))
    assert of_one.machine is not None
    assert (of_one.machine.name, of_one.machine.serial, of_one.machine.branch) == ("POS-2", "SN-2", "Rayong")
    assert of_one.product is not None
    assert world.log(world.gold, "advice").machine is None
