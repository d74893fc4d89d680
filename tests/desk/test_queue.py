"""The order of the queue: bands, ranks, views."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskui.desk import queue
from deskui.desk.board import moment
from deskui.desk.entries import Entries
from deskui.desk.errors import Refused
from deskui.desk.model import QueueEntry, TicketState
from deskui.desk.order import in_order
from deskui.desk.records import OpenTicket
from tests.desk import queue_oracle
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
    return [entry.ticket_id for entry in in_order(items, moment(NOW, 7)).entries("all")]


def bands(*items: OpenTicket) -> dict[int, int]:
    return {entry.ticket_id: entry.band for entry in in_order(items, moment(NOW, 7)).entries("all")}


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
    assignee_id=st.none() | st.sampled_from([7, 8]),
    due_kind=st.none() | st.just("callback"),
    deferred_until=st.none() | st.integers(-300, 300).map(lambda minutes: NOW + timedelta(minutes=minutes)),
)


@given(st.lists(_ITEM, max_size=30, unique_by=lambda one: one.ticket_id))
def test_the_order_is_whole_and_does_not_depend_on_where_it_came_from(items: list[OpenTicket]) -> None:
    arranged = in_order(items, moment(NOW, 7)).entries("all")
    assert in_order(items[::-1], moment(NOW, 7)).entries("all") == arranged
    assert sorted(entry.ticket_id for entry in arranged) == sorted(one.ticket_id for one in items)
    found = [entry.band for entry in arranged]
    assert found == sorted(found)
    for band in (queue.BREACHED, queue.SOON):
        dues = [entry.due_at for entry in arranged if entry.band == band]
        assert dues == sorted(due for due in dues if due is not None)
    vendors = {one.ticket_id: one.policy for one in items}
    for policy in ("sixth", "seventh"):
        ranks = [
            entry.rank
            for entry in arranged
            if entry.band == queue.PROMISED and vendors[entry.ticket_id] == policy
        ]
        assert ranks == sorted(ranks)


_CHANGE = st.lists(_ITEM, max_size=3, unique_by=lambda one: one.ticket_id)
_LEAP = st.one_of(st.integers(0, 40 * 60), st.integers(-7200, 30 * 3600))
"""Seconds: mostly some minutes, sometimes back, or past midnight."""


@given(
    st.lists(_ITEM, max_size=25, unique_by=lambda one: one.ticket_id),
    st.lists(st.tuples(_CHANGE, st.lists(st.integers(0, 30), max_size=3), _LEAP), max_size=8),
)
def test_an_order_that_was_kept_is_the_order_worked_out_anew(
    items: list[OpenTicket], steps: list[tuple[list[OpenTicket], list[int], int]]
) -> None:
    kept, still, when = in_order(items, moment(NOW, 7)), {one.ticket_id: one for one in items}, NOW
    for come, gone, seconds in steps:
        for place in gone:
            if still:
                ticket_id = list(still)[place % len(still)]
                del still[ticket_id]
                kept.put(ticket_id, None)
        for one in come:
            still[one.ticket_id] = one
            kept.put(one.ticket_id, one)
        when += timedelta(seconds=seconds)
        now = moment(when, 7)
        kept.go_on(now)
        for view in (*queue.VIEWS, "sixth", "nobody"):
            assert kept.entries(view) == queue_oracle.snapshot(list(still.values()), now, view, 1).entries, (
                view
            )
        assert kept.counts() == queue_oracle.counts(still.values(), now)
        assert kept.covered == queue.covered_vendors(still.values())


def test_views_and_counts() -> None:
    items = [
        item(1, assignee_id=7, promise_due_at=at(9)),
        item(2, state=TicketState.WAITING),
        item(3, due_kind="callback", promise_due_at=at(23, 59)),
        item(4, deferred_until=at(9), policy="seventh"),
        item(5, promise_due_at=at(0, day=date(2026, 11, 24))),
        item(6, deferred_until=at(23), due_kind="callback"),
    ]
    kept = in_order(items, moment(NOW, 7))

    def view(name: str) -> list[int]:
        return sorted(entry.ticket_id for entry in kept.entries(name))

    assert view("all") == [1, 2, 3, 4, 5, 6]
    assert view("mine") == [1]
    assert view("callbacks") == [3, 4]
    assert view("waiting") == [2]
    assert view("breached") == [1]
    assert view("today") == [1, 3, 4, 6]
    assert view("seventh") == [4]
    assert view("nobody") == []
    assert kept.counts() == {
        "all": 6,
        "mine": 1,
        "callbacks": 2,
        "waiting": 1,
        "breached": 1,
        "today": 4,
    }


@pytest.mark.parametrize("seconds", [0, 1, 900, 899, 901])
def test_a_ticket_changes_its_place_at_the_very_instant(seconds: int) -> None:
    due = NOW + timedelta(seconds=seconds)
    one = item(1, promise_due_at=due)
    kept = in_order([one], moment(NOW, 7))
    for when in (due - queue.SOON_IS, due, due + timedelta(microseconds=1)):
        for near in (-1, 0, 1):
            now = moment(max(NOW, when + timedelta(microseconds=near)), 7)
            kept.go_on(now)
            assert kept.entries("all") == queue_oracle.snapshot([one], now, "all", 1).entries


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


def test_what_was_seen_stays_as_it_was_while_the_order_goes_on() -> None:
    items = [item(n, promise_due_at=NOW + timedelta(minutes=n), rank=n % 3) for n in range(1, 40)]
    kept = in_order(items, moment(NOW, 7))
    seen = kept.entries("all")
    before = tuple(seen)
    for one in items:
        kept.put(one.ticket_id, replace(one, promise_due_at=NOW - timedelta(hours=1), rank=9))
    kept.put(7, None)
    kept.go_on(moment(NOW + timedelta(hours=2), 7))
    assert tuple(seen) == before == seen[:]
    assert seen.ticket_ids.tolist() == [one.ticket_id for one in before]
    assert kept.entries("all") != seen


def test_places_of_tickets_that_went_are_taken_back() -> None:
    items = {n: item(n, promise_due_at=NOW + timedelta(minutes=n)) for n in range(1, 9)}
    kept, now = in_order(list(items.values()), moment(NOW, 7)), moment(NOW, 7)
    changes = 0
    while not changes or len(kept.columns) > len(kept):
        # one after the other, each with another due instant; the columns are written anew in the end
        changes += 1
        ticket_id = changes % 8 + 1
        items[ticket_id] = replace(items[ticket_id], promise_due_at=NOW + timedelta(seconds=changes % 5000))
        kept.put(ticket_id, items[ticket_id])
        assert changes < 10_000
    expected = queue_oracle.snapshot(list(items.values()), now, "all", 1)
    assert kept.entries("all") == expected.entries
    assert kept.counts() == expected.counts


def test_many_are_sorted_as_a_few_are() -> None:
    many = [
        item(n, promise_due_at=None if n % 3 else NOW + timedelta(seconds=n * 7919 % 90_000), rank=n % 4)
        for n in range(1, 9000)
    ]
    now = moment(NOW, 7)
    assert in_order(many, now).entries("all") == queue_oracle.snapshot(many, now, "all", 1).entries
    assert in_order(many[::-1], now).entries("today") == queue_oracle.snapshot(many, now, "today", 1).entries


def test_ids_may_be_as_large_as_a_database_gives_them() -> None:
    large = [replace(item(1), ticket_id=n, customer_id=n + 1) for n in (2**62, 2**31)]
    kept = in_order(large, moment(NOW, 7))
    kept.put(2**63 - 1, replace(item(1), ticket_id=2**63 - 1))
    assert [entry.ticket_id for entry in kept.entries("all")] == [2**31, 2**62, 2**63 - 1]
    assert max(kept.entries("all").customer_ids) == 2**62 + 1
    assert len(kept.entries("all").in_band(kept.entries("all")[0].band)) == 3


def test_entries_of_what_is_no_ticket_stand_among_the_others() -> None:
    kept = in_order([item(n, policy="sixth" if n % 2 else "seventh") for n in range(1, 6)], moment(NOW, 7))
    seen = kept.entries("all")
    ring = QueueEntry(queue.SOON, 0, None, NOW, -3)
    both = seen.with_rows(seen.above(queue.SOON), [ring])
    assert both == (ring, *seen)
    assert (both.ticket_ids[0], both.customer_ids[0], both.group_numbers[0]) == (-3, 0, -1)
    assert both.in_band(queue.SOON).tolist() == [-3]
    turned = both.chosen(range(len(both) - 1, -1, -1))
    assert list(turned) == list(both)[::-1]
    assert turned.received[-1] == both.received[0]
    assert both == Entries.of(both)
    assert both != seen
