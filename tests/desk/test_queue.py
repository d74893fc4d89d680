"""The order of the queue: bands, ranks, views."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskui.desk import queue
from deskui.desk.board import moment
from deskui.desk.errors import Refused
from deskui.desk.model import TicketState
from deskui.desk.records import OpenTicket
from tests.desk.conftest import World, at

NOW = at(10, 30)


def item(ticket_id: int, **given: object) -> OpenTicket:
    plain = OpenTicket(
        ticket_id=ticket_id,
        policy="sixth",
        customer_id=1,
        state=TicketState.OPEN,
        assignee_id=None,
        received_at=at(9) + timedelta(minutes=ticket_id),
        deferred_until=None,
        rank=0,
        covered=True,
        promise_due_at=None,
        goal_due_at=None,
        due_kind=None,
    )
    return replace(plain, **given)  # type: ignore[arg-type]


def order(*items: OpenTicket) -> list[int]:
    return [entry.ticket_id for entry, _ in queue.arrange(items, NOW)]


def bands(*items: OpenTicket) -> dict[int, int]:
    return {entry.ticket_id: entry.band for entry, _ in queue.arrange(items, NOW)}


def test_every_band_in_its_place() -> None:
    items = [
        item(1, deferred_until=at(9, day=date(2026, 11, 24))),
        item(2, covered=False),
        item(3),
        item(4, goal_due_at=at(11)),
        item(5, promise_due_at=at(10, 45)),
        item(6, promise_due_at=at(10, 29)),
        item(7, promise_due_at=at(10, 46)),
        item(8, promise_due_at=at(9), state=TicketState.WAITING),
        item(9, deferred_until=at(10)),
    ]
    assert order(*items) == [6, 5, 7, 4, 3, 8, 9, 2, 1]
    assert bands(*items) == {6: 0, 5: 1, 7: 2, 4: 2, 3: 3, 8: 3, 9: 3, 2: 4, 1: 5}


def test_a_promise_due_right_now_is_not_missed() -> None:
    assert bands(item(1, promise_due_at=NOW), item(2, promise_due_at=NOW - timedelta(microseconds=1))) == {
        1: queue.SOON,
        2: queue.BREACHED,
    }


def test_served_last_only_while_a_covered_ticket_of_the_same_vendor_is_open() -> None:
    bare, elsewhere = item(1, covered=False), item(2, covered=False, policy="seventh")
    covered = item(3)
    assert bands(bare, elsewhere, covered) == {1: 4, 2: 3, 3: 3}
    assert order(bare, elsewhere, covered) == [2, 3, 1]
    assert order(bare, elsewhere) == [1, 2]


def test_a_vendors_ranks_hold_among_its_own_and_move_no_other() -> None:
    due = [at(12) + timedelta(minutes=10 * n) for n in range(5)]
    items = [
        item(1, promise_due_at=due[0], rank=3),
        item(2, promise_due_at=due[1], policy="seventh", rank=9),
        item(3, promise_due_at=due[2], rank=1),
        item(4, promise_due_at=due[3], policy="eighth"),
        item(5, promise_due_at=due[4], rank=1),
    ]
    assert order(*items) == [3, 2, 5, 4, 1]


_ITEM = st.builds(
    item,
    st.integers(min_value=1, max_value=10_000),
    policy=st.sampled_from(["sixth", "seventh"]),
    state=st.sampled_from([TicketState.NEW, TicketState.OPEN, TicketState.WAITING]),
    covered=st.booleans(),
    rank=st.integers(min_value=0, max_value=3),
    promise_due_at=st.none() | st.integers(-300, 300).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    goal_due_at=st.none() | st.integers(-300, 300).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    deferred_until=st.none() | st.integers(-300, 300).map(lambda minutes: NOW + timedelta(minutes=minutes)),
)


@given(st.lists(_ITEM, max_size=30, unique_by=lambda one: one.ticket_id), st.randoms())
def test_the_order_is_whole_and_does_not_depend_on_where_it_came_from(
    items: list[OpenTicket], random: object
) -> None:
    arranged = queue.arrange(items, NOW)
    shuffled = list(reversed(items))
    assert [entry for entry, _ in queue.arrange(shuffled, NOW)] == [entry for entry, _ in arranged]
    assert sorted(entry.ticket_id for entry, _ in arranged) == sorted(one.ticket_id for one in items)
    found = [entry.band for entry, _ in arranged]
    assert found == sorted(found)
    for band in (queue.BREACHED, queue.SOON):
        dues = [entry.due_at for entry, _ in arranged if entry.band == band]
        assert dues == sorted(due for due in dues if due is not None)
    for policy in ("sixth", "seventh"):
        ranks = [
            entry.rank for entry, one in arranged if entry.band == queue.PROMISED and one.policy == policy
        ]
        assert ranks == sorted(ranks)


def test_views_and_counts() -> None:
    items = [
        item(1, assignee_id=7, promise_due_at=at(9)),
        item(2, state=TicketState.WAITING),
        item(3, due_kind="callback", promise_due_at=at(23, 59)),
        item(4, deferred_until=at(9), policy="seventh"),
        item(5, promise_due_at=at(0, day=date(2026, 11, 24))),
        item(6, deferred_until=at(23), due_kind="callback"),
    ]
    now = moment(NOW, 7)

    def view(name: str) -> list[int]:
        return sorted(entry.ticket_id for entry in queue.snapshot(items, now, name, 3).entries)

    assert view("all") == [1, 2, 3, 4, 5, 6]
    assert view("mine") == [1]
    assert view("callbacks") == [3, 4]
    assert view("waiting") == [2]
    assert view("breached") == [1]
    assert view("today") == [1, 3, 4, 6]
    assert view("seventh") == [4]
    assert view("nobody") == []
    found = queue.snapshot(items, now, "mine", 3)
    assert dict(found.counts) == {
        "all": 6,
        "mine": 1,
        "callbacks": 2,
        "waiting": 1,
        "breached": 1,
        "today": 4,
    }
    assert (found.at, found.view, found.change) == (NOW, "mine", 3)


@given(
    st.lists(_ITEM, max_size=12, unique_by=lambda one: one.ticket_id),
    st.integers(min_value=0, max_value=400 * 60),
)
def test_a_snapshot_stands_as_long_as_it_says(items: list[OpenTicket], seconds: int) -> None:
    now, later = moment(NOW, 7), moment(NOW + timedelta(seconds=seconds), 7)
    until = queue.stands_until(items, now)
    assert until > NOW
    first = queue.snapshot(items, now, "all", 1)
    last = moment(until - timedelta(microseconds=1), 7)
    for when in (later, last):
        if NOW <= when.at < until:
            assert replace(queue.snapshot(items, when, "all", 1), at=NOW) == first


def test_the_board_follows_what_both_desks_do(world: World) -> None:
    assert world.nok.queue().entries == ()
    silver = world.log(world.silver, "advice").row
    gold = world.log(world.gold, "advice").row
    bare = world.log(world.bare, "advice").row
    # gold is due in 15 minutes; without an agreement it comes last
    assert [e.ticket_id for e in world.art.queue().entries] == [
        gold.ticket_id,
        silver.ticket_id,
        bare.ticket_id,
    ]
    before = world.nok.queue()
    world.art.claim(silver.ticket_id, silver.version)
    after = world.nok.queue()
    assert after.change > before.change
    assert [e.ticket_id for e in world.art.queue("mine").entries] == [silver.ticket_id]
    assert world.nok.queue("mine").entries == ()
    world.art.resolve(gold.ticket_id, gold.version)
    assert [e.ticket_id for e in world.nok.queue().entries] == [silver.ticket_id, bare.ticket_id]
    assert world.nok.queue().counts["all"] == 2
    assert world.nok.last_change() == world.nok.queue().change


def test_rank_of_the_vendor_is_kept_with_the_ticket(world: World) -> None:
    world.log(world.bare, "advice")
    world.log(world.silver, "advice")
    world.log(world.gold, "advice")
    ranks = {entry.band: entry.rank for entry in world.nok.queue().entries}
    assert ranks == {queue.SOON: 1, queue.PROMISED: 2, queue.SERVED_LAST: 2}


def test_who_is_served_last_is_claimed_with_a_reason_only(world: World) -> None:
    bare = world.log(world.bare, "advice").row
    covered = world.log(world.gold, "advice").row
    with pytest.raises(Refused, match="give a reason"):
        world.nok.claim(bare.ticket_id, bare.version)
    claimed = world.nok.claim(bare.ticket_id, bare.version, "it takes a minute")
    kinds = [entry.kind for entry in world.nok.ticket(bare.ticket_id).entries]
    assert kinds == ["opened", "reason", "served_anyway"]
    world.nok.release(bare.ticket_id, claimed.version)
    world.nok.resolve(covered.ticket_id, covered.version)
    again = world.art.claim(bare.ticket_id, claimed.version + 1)
    assert again.assignee == "art"


def test_a_place_in_the_queue_moves_with_time_alone(world: World) -> None:
    ticket = world.log(world.silver, "advice").row

    def band() -> int:
        return world.nok.queue().entries[0].band

    places = [band()]
    for when in (at(11, 15), at(11, 30)):
        world.clock.at = when
        places.append(band())
    world.move(seconds=1)
    places.append(band())
    assert places == [queue.PROMISED, queue.SOON, queue.SOON, queue.BREACHED]
    assert world.nok.queue("breached").entries[0].ticket_id == ticket.ticket_id
    assert instant(world) == at(11, 30, second=1)


def instant(world: World) -> datetime:
    return world.nok.now()
