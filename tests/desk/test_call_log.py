"""Calls without a ticket: a word, what was said, and the way back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskui.desk.calllog import CALLED_BACK, REASONS, reason_words
from deskui.desk.errors import LostRace, NotFound, Refused
from deskui.desk.model import Call
from tests.desk.conftest import World, asking
from tests.desk.test_rings import missed, only, rang


def test_the_log_keeps_what_was_looked_at_and_said(world: World) -> None:
    call = world.nok.save_draft(asking(world.gold, "install", same_machine=False))
    world.move(minutes=4)
    logged = world.nok.end_call(call, "only_asked")
    assert world.nok.drafts() == []
    assert (logged.agent, logged.reason, logged.customer, logged.contact) == (
        "nok",
        "only_asked",
        "Test Trading",
        "สมศรี",
    )
    assert logged.at - logged.started_at == timedelta(minutes=4)
    decision = world.nok.preview(call)
    assert (logged.outcome, logged.rules) == ("quota", decision.rules)
    assert logged.said == decision.say
    assert world.art.call_log() == [logged]
    # a ticket was not made, and nothing was used up
    assert world.nok.queue().entries == ()
    assert decision.figures["remaining_before"] == 2


def test_a_wrong_number_is_nothing_but_a_number(world: World) -> None:
    call = world.nok.take_ring(rang(world, "0999999999").ring_id)
    logged = world.nok.end_call(call, "wrong_number")
    assert (logged.number, logged.customer, logged.service, logged.said.en) == (
        "099 999 9999",
        None,
        None,
        "",
    )
    assert world.nok.rings() == []


def test_a_call_is_ended_once(world: World) -> None:
    call = world.nok.save_draft(asking(world.gold, "install"))
    world.nok.end_call(call, "cut_off")
    with pytest.raises(Refused, match="logged or dropped already"):
        world.nok.end_call(call, "cut_off")
    assert len(world.nok.call_log()) == 1
    with pytest.raises(Refused, match="no reason 'bored'"):
        world.nok.end_call(Call(), "bored")


def test_undo_brings_the_call_back_as_it_was(world: World) -> None:
    first = world.nok.take_ring(rang(world).ring_id)
    call = world.nok.save_draft(
        Call(draft_id=first.draft_id, ring_id=first.ring_id, query="0812", notes="asks for a price")
    )
    logged = world.nok.end_call(call, "only_asked")
    with pytest.raises(LostRace, match="nok logged this call"):
        world.art.undo_call(logged.call_id)
    back = world.nok.undo_call()
    assert back is not None
    assert (back.query, back.notes, back.ring_id) == ("0812", "asks for a price", first.ring_id)
    assert [draft.draft_id for draft in world.nok.drafts()] == [back.draft_id]
    assert only(world).taken_by == "nok"
    assert [one.undone for one in world.nok.call_log()] == [True]
    with pytest.raises(Refused, match="taken back already"):
        world.nok.undo_call(logged.call_id)
    with pytest.raises(NotFound):
        world.nok.undo_call()


def test_a_call_that_was_no_draft_yet_comes_back_too(world: World) -> None:
    """Ended within the second before it is kept."""
    world.nok.end_call(Call(query="0999", title="asks for another firm"), "wrong_number")
    back = world.nok.undo_call()
    assert back is not None
    assert (back.query, back.title) == ("0999", "asks for another firm")
    assert len(world.nok.drafts()) == 1


@pytest.mark.parametrize("outcome", sorted(CALLED_BACK))
def test_a_missed_call_is_done_with_in_a_word(world: World, outcome: str) -> None:
    ring_id = missed(world).ring_id
    world.nok.take_ring(ring_id)
    logged = world.nok.dismiss_ring(ring_id, outcome)
    assert (logged.reason, logged.customer, logged.number) == (outcome, "Test Trading", "081 234 5678")
    assert world.nok.queue("callbacks").entries == ()
    assert world.nok.drafts() == []
    with pytest.raises(LostRace, match="nok ended this call"):
        world.art.dismiss_ring(ring_id, outcome)
    # taken back, it waits for anybody
    assert world.nok.undo_call() is None
    assert only(world).missed(world.clock.now())
    world.art.take_ring(ring_id)


def test_another_agents_callback_is_not_dismissed(world: World) -> None:
    ring_id = missed(world).ring_id
    world.nok.take_ring(ring_id)
    with pytest.raises(LostRace, match="nok took this call"):
        world.art.dismiss_ring(ring_id, "reached")
    with pytest.raises(Refused, match="no reason"):
        world.art.dismiss_ring(ring_id, "only_asked")


def test_every_reason_has_words() -> None:
    for reason in (*REASONS, *CALLED_BACK):
        assert reason_words(reason).th.strip()
        assert reason_words(reason).en.strip()


def test_callers_who_wait_are_told_by_name(world: World) -> None:
    now = world.clock.now()
    world.nok.save_draft(Call(query="abc", parked_at=now))
    world.nok.save_draft(Call(customer_id=world.gold.customer_id, parked_at=now - timedelta(minutes=3)))
    world.nok.save_draft(Call(query="kept for later"))
    assert [(one.who, one.since) for one in world.nok.waiting_calls()] == [
        ("Test Trading", now - timedelta(minutes=3)),
        ("abc", now),
    ]
    assert world.art.waiting_calls() == []
