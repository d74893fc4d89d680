"""Rings: who calls, who takes it first, what becomes of one that nobody took."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from deskui.desk.callmodel import MOST_CALLS, Ring
from deskui.desk.errors import LostRace, NotFound, Refused
from deskui.desk.model import Call, TicketState
from deskui.desk.ringing import RING_SECONDS, RINGS_FOR, ring
from deskui.desk.rings import GIVEN_UP
from tests.desk.conftest import World, asking

OUT = RINGS_FOR + timedelta(seconds=1)


def rang(world: World, number: str = "081-234-5678", to: str | None = None, *, missed: bool = False) -> Ring:
    return ring(world.store.uow, world.clock, number, to, missed=missed)


def missed(world: World, number: str = "081-234-5678") -> Ring:
    """A ring that nobody took."""
    found = rang(world, number)
    world.clock.advance(OUT)
    return found


def only(world: World) -> Ring:
    (found,) = world.nok.rings()
    return found


@pytest.mark.parametrize("number", ["081-234-5678", "+66 81 234 5678", "66812345678", "๐๘๑๒๓๔๕๖๗๘"])
def test_a_number_is_known_however_it_is_written(world: World, number: str) -> None:
    found = rang(world, number)
    assert (found.customer, found.contact, found.product) == ("Test Trading", "สมศรี", "sixth suite")
    assert found.who == "Test Trading · สมศรี"
    assert only(world).rings_for("nok", world.clock.now())


def test_a_strange_number_rings_by_itself(world: World) -> None:
    assert rang(world, "0999999999").who == "0999999999"
    # a part of somebody's number is nobody's
    assert rang(world, "1234567").customer is None
    assert only_numbers(world) == ["099 999 9999", "1234567"]


def only_numbers(world: World) -> list[str]:
    return [found.number for found in world.nok.rings()]


def test_a_number_of_two_customers_names_neither(world: World) -> None:
    with world.store.uow(write=True) as uow:
        customers = uow.contacts.get([world.gold.contact_id or 0])
        uow.contacts.add([replace(customers[0], contact_id=0, customer_id=world.silver.customer_id or 0)])
        uow.commit()
    assert rang(world).who == "081-234-5678"


def test_it_rings_where_it_is_meant_to(world: World) -> None:
    rang(world, to="art")
    now = world.clock.now()
    assert only(world).rings_for("art", now)
    assert not only(world).rings_for("nok", now)
    with pytest.raises(NotFound, match="there are: art, nok"):
        rang(world, to="zoe")


@pytest.mark.parametrize("number", ["", "   ", "\x1b\x1b", "0" * 41])
def test_what_is_no_number_is_refused(world: World, number: str) -> None:
    with pytest.raises(Refused, match="1 to 40 characters"):
        rang(world, number)
    assert world.nok.rings() == []


def test_the_first_who_takes_it_has_it(world: World) -> None:
    ring_id = rang(world).ring_id
    call = world.nok.take_ring(ring_id)
    assert (call.customer_id, call.contact_id, call.phone) == (
        world.gold.customer_id,
        world.gold.contact_id,
        "081 234 5678",
    )
    assert [draft.ring_id for draft in world.nok.drafts()] == [ring_id]
    world.move(seconds=3)
    with pytest.raises(LostRace, match="nok took this call 3 s ago"):
        world.art.take_ring(ring_id)
    # asked again by its owner it is the same call
    assert world.nok.take_ring(ring_id).draft_id == call.draft_id
    assert only(world).taken_by == "nok"


def test_of_two_at_once_one_gets_it(world: World) -> None:
    ring_id = rang(world).ring_id
    start = Barrier(2)

    def take(code: str) -> str:
        desk = {"nok": world.nok, "art": world.art}[code]
        start.wait()
        try:
            desk.take_ring(ring_id)
        except LostRace:
            return "lost"
        return code

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(take, ("nok", "art")))
    assert "lost" in results
    assert [only(world).taken_by] == [name for name in results if name != "lost"]


def test_a_ring_nobody_took_is_a_row_among_the_callbacks(world: World) -> None:
    ticket = world.log(world.gold, "install", same_machine=False).row
    found = missed(world)
    for view in ("all", "callbacks"):
        entries = world.nok.queue(view).entries
        assert -found.ring_id in [entry.ticket_id for entry in entries]
    assert world.nok.queue("mine").entries == ()
    counts = world.nok.queue().counts
    assert (counts["all"], counts["callbacks"]) == (2, 1)
    rows = world.nok.rows([ticket.ticket_id, -found.ring_id, 4711, -4711])
    assert [row.ticket_id for row in rows] == [ticket.ticket_id, -found.ring_id]
    row = rows[1]
    assert (row.customer, row.state, row.assignee, row.received_at) == (
        "Test Trading",
        TicketState.NEW,
        None,
        found.rang_at,
    )
    assert row.ring == only(world)


def test_while_it_rings_it_is_no_row(world: World) -> None:
    rang(world)
    assert world.nok.queue().entries == ()
    rang(world, "0999999999", missed=True)
    assert len(world.nok.queue().entries) == 1


def test_the_same_number_again_is_the_same_row(world: World) -> None:
    first = missed(world)
    again = rang(world, "+66 81 234 5678")
    assert (again.ring_id, again.times, again.rang_at) == (first.ring_id, 2, first.rang_at)
    # it rings anew, and the telephone may say so twice
    assert only(world).rings(world.clock.now())
    world.move(seconds=2)
    assert rang(world).times == 2
    world.clock.advance(OUT)
    (entry,) = world.nok.queue("callbacks").entries
    assert entry.ticket_id == -first.ring_id


def test_how_long_it_rings_is_the_desks_to_say(world: World) -> None:
    with world.store.uow(write=True) as uow:
        uow.settings.write(RING_SECONDS, 90)
        uow.commit()
    found = rang(world)
    assert found.until_at - found.rang_at == timedelta(seconds=90)


def test_with_everybody_busy_it_is_missed_at_once(world: World) -> None:
    for desk in (world.nok, world.art):
        for number in range(MOST_CALLS - 1):
            desk.save_draft(Call(query=f"{number}", parked_at=world.clock.now()))
    assert rang(world).missed(world.clock.now())
    world.nok.drop_draft(world.nok.drafts()[0].draft_id or 0)
    assert rang(world, "0999999999").rings(world.clock.now())
    # for one agent only that agent counts
    assert rang(world, "0888888888", "art").missed(world.clock.now())


def test_a_ticket_ends_the_ring(world: World) -> None:
    call = world.nok.take_ring(missed(world).ring_id)
    row = world.nok.queue("callbacks").entries[0].ticket_id
    assert world.art.rows([row])[0].assignee == "nok"
    product = world.gold.product_id
    detail = world.nok.open_ticket(
        replace(asking(call, "install", same_machine=False), product_id=product, draft_id=call.draft_id,
                ring_id=call.ring_id)
    )  # fmt: skip
    assert world.nok.rings() == []
    assert world.nok.queue("callbacks").entries == ()
    with world.store.uow(write=True) as uow:
        stored = uow.rings.lock(call.ring_id or 0)
    assert stored is not None
    assert (stored.outcome, stored.ticket_id) == ("ticket", detail.row.ticket_id)


def test_a_call_thrown_away_gives_a_missed_one_back(world: World) -> None:
    ring_id = missed(world).ring_id
    call = world.nok.take_ring(ring_id)
    world.nok.drop_draft(call.draft_id or 0)
    assert only(world).taken_by is None
    world.art.take_ring(ring_id)
    world.art.release_ring(ring_id)
    assert only(world).taken_by is None


def test_an_answered_one_thrown_away_is_over(world: World) -> None:
    call = world.nok.take_ring(rang(world).ring_id)
    with pytest.raises(Refused, match="was answered"):
        world.nok.release_ring(call.ring_id or 0)
    world.nok.drop_draft(call.draft_id or 0)
    assert world.nok.rings() == []
    with pytest.raises(LostRace, match="nok ended this call"):
        world.art.take_ring(call.ring_id or 0)


def test_one_that_was_given_up_may_be_taken_over(world: World) -> None:
    ring_id = missed(world).ring_id
    world.nok.take_ring(ring_id)
    with pytest.raises(LostRace):
        world.art.take_ring(ring_id)
    world.clock.advance(GIVEN_UP)
    call = world.art.take_ring(ring_id)
    # the agent who had it ends nothing of it any more
    world.nok.drop_draft(world.nok.drafts()[0].draft_id or 0)
    assert (only(world).taken_by, call.ring_id) == ("art", ring_id)


def test_a_caller_who_rings_again_while_spoken_with_is_a_ring_of_its_own(world: World) -> None:
    """Not what the telephone says again within the half minute: that is the call that was taken."""
    first = world.nok.take_ring(rang(world).ring_id)
    same = rang(world)
    assert (same.ring_id, same.taken_by) == (first.ring_id, "nok")
    world.move(seconds=31)
    second = rang(world)
    assert second.ring_id != first.ring_id
    assert len(world.nok.rings()) == 2
