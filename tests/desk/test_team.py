"""Tickets that change hands, wait for a third party, or are about the same thing; over a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from deskui.desk.desk import Desk
from deskui.desk.errors import LostRace, NotFound, Refused
from deskui.desk.model import Agent, Call, ClockState, TicketDetail, TicketState
from deskui.desk.records import AgentRecord, UsageRecord
from tests.desk.conftest import World, asking, at


def supervisor(world: World) -> Desk:
    """A desk of a supervisor."""
    with world.store.uow(write=True) as uow:
        agent_id = uow.agents.add(AgentRecord(0, "ploy", "Ploy", supervisor=True))
        uow.commit()
    return world.desk(Agent(agent_id, "ploy", "Ploy", "ค่ะ", "th"))


def log(world: World, call: Call, service: str, title: str) -> TicketDetail:
    """Logs a call with a title."""
    return world.nok.open_ticket(replace(asking(call, service), title=title))


def used(world: World, call: Call) -> int:
    """Units of the quota that the customer has used."""
    assert call.product_id is not None
    with world.store.uow() as uow:
        return sum(entry.units for entry in uow.usage.of_products([call.product_id]))


def last(detail: TicketDetail) -> str:
    return detail.entries[-1].text.en


# --- assign


def test_a_ticket_is_given_on_by_who_holds_it_and_a_message_tells(world: World) -> None:
    ticket = world.log(world.gold, "advice").row
    with pytest.raises(Refused, match="claim it before you give it on, or ask a supervisor"):
        world.nok.assign(ticket.ticket_id, ticket.version, "art")
    claimed = world.nok.claim(ticket.ticket_id, ticket.version)
    given = world.nok.assign(ticket.ticket_id, claimed.version, "art", "knows the payroll")
    assert (given.assignee, given.state, given.due_at) == ("art", TicketState.OPEN, ticket.due_at)
    (told,) = world.art.notices()
    assert (told.kind, told.number, told.by, told.reason) == (
        "given",
        ticket.number,
        "nok",
        "knows the payroll",
    )
    assert world.nok.notices() == []
    assert last(world.nok.ticket(ticket.ticket_id)) == "assigned it to art"
    world.art.put_away([told.notice_id])
    assert world.art.notices() == []


def test_a_supervisor_gives_anything_to_anybody(world: World) -> None:
    ploy = supervisor(world)
    ticket = world.log(world.gold, "advice").row
    given = ploy.assign(ticket.ticket_id, ticket.version, "art")
    assert (given.assignee, given.state) == ("art", TicketState.OPEN)
    with pytest.raises(Refused, match="art's: only art or a supervisor gives it on"):
        world.nok.assign(ticket.ticket_id, given.version, "ploy")
    moved = ploy.assign(ticket.ticket_id, given.version, "nok")
    assert moved.assignee == "nok"
    assert [(note.kind, note.by) for note in world.art.notices()] == [("given", "ploy"), ("taken", "ploy")]
    with pytest.raises(Refused, match="nok's already"):
        ploy.assign(ticket.ticket_id, moved.version, "nok")
    with pytest.raises(Refused, match="claim it or take it over"):
        ploy.assign(ticket.ticket_id, moved.version, "ploy")
    with pytest.raises(NotFound, match="there are: art, nok, ploy"):
        ploy.assign(ticket.ticket_id, moved.version, "arty")
    with pytest.raises(LostRace, match="ploy assigned it 0 s ago"):
        ploy.assign(ticket.ticket_id, ticket.version, "art")


def test_giving_what_is_served_last_out_of_turn_wants_a_reason(world: World) -> None:
    ploy = supervisor(world)
    world.log(world.gold, "advice")
    bare = world.log(world.bare, "advice").row
    with pytest.raises(Refused, match="give a reason"):
        ploy.assign(bare.ticket_id, bare.version, "art")
    assert ploy.assign(bare.ticket_id, bare.version, "art", "a hospital").assignee == "art"


# --- take over


def test_taking_over_wants_a_reason_and_a_message_tells_who_had_it(world: World) -> None:
    ticket = world.log(world.gold, "advice").row
    with pytest.raises(Refused, match="claim it"):
        world.nok.take_over(ticket.ticket_id, ticket.version, "because")
    held = world.art.claim(ticket.ticket_id, ticket.version)
    with pytest.raises(Refused, match="Say why you take"):
        world.nok.take_over(ticket.ticket_id, held.version, "  ")
    mine = world.nok.take_over(ticket.ticket_id, held.version, "art is at lunch")
    assert mine.assignee == "nok"
    with pytest.raises(Refused, match="yours already"):
        world.nok.take_over(ticket.ticket_id, mine.version, "again")
    (told,) = world.art.notices()
    assert (told.kind, told.by, told.reason) == ("taken", "nok", "art is at lunch")
    assert last(world.art.ticket(ticket.ticket_id)) == "took it over from art"


# --- on hold


def test_on_hold_for_a_third_party_the_clocks_run_on(world: World) -> None:
    ticket = world.log(world.silver, "advice").row
    with pytest.raises(Refused, match="Say whom or what it waits for"):
        world.nok.hold(ticket.ticket_id, ticket.version, "")
    held = world.nok.hold(ticket.ticket_id, ticket.version, "the printer's maker")
    assert (held.state, held.due_at) == (TicketState.ON_HOLD, ticket.due_at)
    world.move(minutes=20)
    detail = world.nok.ticket(ticket.ticket_id)
    assert detail.row.clock is not None
    assert (detail.row.clock.state, detail.row.clock.left) == (ClockState.RUNNING, timedelta(minutes=40))
    assert detail.pause is not None
    assert (detail.pause.agent, detail.pause.reason, detail.pause.clocks) == (
        "nok",
        "the printer's maker",
        (),
    )
    resumed = world.nok.resume(ticket.ticket_id, held.version)
    assert (resumed.state, resumed.due_at) == (TicketState.OPEN, ticket.due_at)
    assert world.nok.ticket(ticket.ticket_id).pause is None


def test_what_paused_a_ticket_and_what_happens_when_it_goes_on(world: World) -> None:
    ticket = world.log(world.silver, "advice").row
    world.move(minutes=20)
    world.nok.wait(ticket.ticket_id, ticket.version, "asked for a screen picture")
    world.move(hours=5)
    pause = world.art.ticket(ticket.ticket_id).pause
    assert pause is not None
    assert (pause.since, pause.agent, pause.reason) == (at(10, 50), "nok", "asked for a screen picture")
    ((kind, left, _day, due),) = pause.clocks
    assert (kind, left, due) == ("callback", timedelta(minutes=40), at(16, 30))


# --- merge


def test_a_duplicate_becomes_part_of_the_other_ticket(world: World) -> None:
    first = log(world, world.gold, "advice", "payroll fails").row
    world.move(minutes=2)
    second = log(world, world.gold, "advice", "same again").row
    world.nok.note(second.ticket_id, "the boss called too")
    assert [row.ticket_id for row in world.nok.merge_targets(second.ticket_id)] == [first.ticket_id]
    target = world.nok.merge(second.ticket_id, second.version, first.ticket_id)
    assert (target.ticket_id, target.version) == (first.ticket_id, first.version + 1)
    gone = world.nok.ticket(second.ticket_id)
    assert (gone.row.state, gone.merged_into) == (TicketState.MERGED, first.number)
    assert [clock.state for clock in gone.clocks] == [ClockState.STOPPED]
    detail = world.nok.ticket(first.ticket_id)
    (part,) = detail.merged
    assert (part.number, part.title, part.contact, part.phone) == (
        second.number,
        "same again",
        "สมศรี",
        "081 234 5678",
    )
    assert ("the boss called too", second.number) in [(e.text.en, e.number) for e in detail.entries]
    assert last(detail) == f"merged #{second.number} into it"
    assert [entry.ticket_id for entry in world.nok.queue().entries] == [first.ticket_id]
    with pytest.raises(Refused, match="merged"):
        world.nok.claim(second.ticket_id, gone.row.version)


def test_a_merged_tickets_own_duplicates_come_along(world: World) -> None:
    one, two, three = (log(world, world.gold, "advice", title).row for title in ("1", "2", "3"))
    world.nok.merge(three.ticket_id, three.version, two.ticket_id)
    world.nok.merge(two.ticket_id, two.version + 1, one.ticket_id)
    detail = world.nok.ticket(one.ticket_id)
    assert [part.number for part in detail.merged] == [two.number, three.number]
    assert {entry.number for entry in detail.entries} == {None, two.number, three.number}


def test_what_both_took_of_a_quota_is_given_back_once(world: World) -> None:
    before = used(world, world.gold)
    first = world.log(world.gold, "install", same_machine=False).row
    second = world.log(world.gold, "install", same_machine=False).row
    assert used(world, world.gold) == before + 2
    world.nok.merge(second.ticket_id, second.version, first.ticket_id)
    assert used(world, world.gold) == before + 1
    assert "gave back Install again: 1 time" in " ".join(
        e.text.en for e in world.nok.ticket(second.ticket_id).entries
    )
    third = world.log(world.gold, "advice").row
    world.nok.merge(first.ticket_id, first.version + 1, third.ticket_id)
    assert used(world, world.gold) == before + 1


def test_only_one_customers_tickets_are_merged_unless_confirmed(world: World) -> None:
    gold = world.log(world.gold, "advice").row
    silver = world.log(world.silver, "advice").row
    other = world.log(world.other, "advice").row
    assert world.nok.merge_targets(gold.ticket_id) == []
    with pytest.raises(Refused, match="another customer's: confirm"):
        world.nok.merge(silver.ticket_id, silver.version, gold.ticket_id)
    with pytest.raises(Refused, match="into itself"):
        world.nok.merge(silver.ticket_id, silver.version, silver.ticket_id)
    with pytest.raises(Refused, match="two vendors"):
        world.nok.merge(other.ticket_id, other.version, gold.ticket_id, True)
    assert world.nok.merge(silver.ticket_id, silver.version, gold.ticket_id, True).ticket_id == gold.ticket_id
    with pytest.raises(NotFound):
        world.nok.merge(gold.ticket_id, gold.version + 1, 4711)


def test_somebody_elses_ticket_is_merged_by_them_or_a_supervisor(world: World) -> None:
    first = world.log(world.gold, "advice").row
    second = world.log(world.gold, "advice").row
    held = world.art.claim(second.ticket_id, second.version)
    with pytest.raises(Refused, match="art merges it, or take it over first"):
        world.nok.merge(second.ticket_id, held.version, first.ticket_id)
    done = world.nok.resolve(first.ticket_id, first.version)
    with pytest.raises(Refused, match="ticket that is done"):
        world.art.merge(second.ticket_id, held.version, first.ticket_id)
    world.nok.reopen(first.ticket_id, done.version)
    supervisor(world).merge(second.ticket_id, held.version, first.ticket_id)


# --- many at once


def test_many_at_once_each_wholly_or_not_at_all(world: World) -> None:
    tickets = [world.log(world.gold, "advice").row for _ in range(4)]
    world.art.claim(tickets[1].ticket_id, tickets[1].version)
    resolved = world.nok.resolve(tickets[2].ticket_id, tickets[2].version)
    asked = [(row.ticket_id, row.version) for row in tickets[:2]]
    asked += [(resolved.ticket_id, resolved.version), (tickets[3].ticket_id, 1), (4711, 1)]
    done = world.nok.bulk("claim", asked)
    assert [one.number for one in done] == [row.number for row in tickets] + [0]
    assert [one.row and one.row.assignee for one in done] == ["nok", None, None, "nok", None]
    refused = [one.refused.en if one.refused else "" for one in done]
    assert "art claimed it" in refused[1]
    assert "resolved" in refused[2]
    assert "4711" in refused[4]
    waiting = world.nok.bulk("wait", [(tickets[0].ticket_id, 2), (tickets[3].ticket_id, 2)], reason="parts")
    assert [one.row and one.row.state for one in waiting] == [TicketState.WAITING] * 2
    assert "parts" in [e.text.en for e in world.nok.ticket(tickets[3].ticket_id).entries]
    given = world.nok.bulk("assign", [(tickets[0].ticket_id, 3), (tickets[3].ticket_id, 3)], agent="art")
    assert [one.row and one.row.assignee for one in given] == ["art", "art"]
    solved = world.nok.bulk("resolve", [(tickets[0].ticket_id, 4), (tickets[3].ticket_id, 3)], reason="done")
    assert [one.row is None for one in solved] == [False, True]
    with pytest.raises(Refused, match="claim, assign, wait, resolve"):
        world.nok.bulk("close", asked)


# --- who is where


def test_others_see_who_is_looking_at_a_ticket_until_it_expires(world: World) -> None:
    one, two = (world.log(world.gold, "advice").row.ticket_id for _ in range(2))
    world.nok.look_at(one)
    world.art.look_at(one)
    assert world.art.lookers() == {one: ["nok"]}
    world.art.look_at(two)
    assert world.nok.lookers() == {two: ["art"]}
    world.art.look_at(None)
    assert world.nok.lookers() == {}
    world.art.look_at(4711)
    assert world.nok.lookers() == {}
    world.move(minutes=4)
    world.art.look_at(two)
    world.move(minutes=1)
    assert world.art.lookers() == {}
    assert world.nok.lookers() == {two: ["art"]}


def test_the_ledger_keeps_what_was_taken_and_what_was_given_back(world: World) -> None:
    first = world.log(world.gold, "install", same_machine=False).row
    second = world.log(world.gold, "install", same_machine=False).row
    world.nok.merge(second.ticket_id, second.version, first.ticket_id)
    with world.store.uow() as uow:
        entries: list[UsageRecord] = list(uow.usage.of_ticket(second.ticket_id))
    assert [(e.kind, e.units, e.reason) for e in entries] == [("consume", 1, ""), ("refund", -1, "merged")]
    assert entries[0].on == entries[1].on
