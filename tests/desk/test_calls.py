"""A call: the verdict, logging it, the quota it uses, and two desks at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier

import pytest

from deskui.desk.errors import DeskError, LostRace, NotFound, Refused
from deskui.desk.goals import GOALS
from deskui.desk.model import Call, TicketDetail
from deskui.desk.records import UsageRecord
from tests.desk.conftest import World, asking, at

SATURDAY = date(2026, 11, 28)


def used(world: World, call: Call) -> list[UsageRecord]:
    assert call.product_id is not None
    with world.store.uow() as uow:
        return list(uow.usage.of_products([call.product_id]))


def test_a_preview_stores_nothing(world: World) -> None:
    before = world.nok.last_change()
    verdict = world.nok.preview(asking(world.gold, "install", same_machine=False))
    assert (verdict.outcome, verdict.figures["remaining_after"]) == ("quota", 1)
    assert world.nok.last_change() == before
    assert used(world, world.gold) == []
    assert world.nok.queue().entries == ()


def test_missing_facts_are_asked_for_and_cannot_be_logged(world: World) -> None:
    call = asking(world.gold, "install")
    verdict = world.nok.preview(call)
    assert (verdict.outcome, verdict.needs) == ("ask", ("same_machine",))
    assert world.nok.question("sixth", "same_machine").text.en == "Is it the same machine?"
    with pytest.raises(Refused, match="before you know: Is it the same machine"):
        world.nok.open_ticket(call)
    assert world.nok.queue().entries == ()


def test_logging_consumes_what_the_decision_says(world: World) -> None:
    ticket = world.log(world.gold, "install", same_machine=False)
    entry = used(world, world.gold)[0]
    assert (entry.counter, entry.kind, entry.units, entry.on) == ("install", "consume", 1, date(2026, 11, 23))
    assert (entry.period_start, entry.period_end) == (date(2026, 8, 1), date(2027, 7, 31))
    assert entry.ticket_id == ticket.row.ticket_id
    assert entry.contract_id is not None
    assert [e.kind for e in ticket.entries] == ["opened", "consumed"]
    world.log(world.gold, "install", same_machine=False)
    third = world.log(world.gold, "install", same_machine=False)
    assert third.decision is not None
    assert (third.decision.outcome, third.decision.figures["amount"]) == ("charge", Decimal(500))
    assert third.decision.figures["over_quota"] is True
    assert len(used(world, world.gold)) == 2


def test_what_is_free_or_partly_over_uses_only_what_is_there(world: World) -> None:
    world.log(world.gold, "install", same_machine=True)
    assert used(world, world.gold) == []
    world.log(world.gold, "forms", forms=3)
    last = world.log(world.gold, "forms", forms=3)
    assert last.decision is not None
    assert last.decision.figures["overflow_units"] == 2
    assert [entry.units for entry in used(world, world.gold)] == [3, 1]
    assert last.decision.figures["remaining_after"] == 0


def test_a_refund_gives_the_unit_back(world: World) -> None:
    world.log(world.gold, "forms", forms=4)
    entry = used(world, world.gold)[0]
    world.move(days=3)
    back = replace(entry, usage_id=0, kind="refund", units=-2, at=world.clock.now(), reason="not_done")
    with world.store.uow(write=True) as uow:
        uow.usage.add([back])
        uow.commit()
    assert world.nok.preview(asking(world.gold, "forms", forms=1)).figures["remaining_before"] == 2


def test_a_deferred_call_consumes_nothing_and_comes_back_on_its_day(world: World) -> None:
    world.clock.at = at(10, day=SATURDAY)
    ticket = world.log(world.gold, "install", same_machine=False)
    monday = at(9, day=date(2026, 11, 30))
    assert ticket.decision is not None
    assert ticket.decision.outcome == "defer"
    assert ticket.row.deferred_until == monday
    assert used(world, world.gold) == []
    assert ticket.clocks == ()
    assert world.nok.queue().entries[0].band == 5
    assert world.nok.queue("callbacks").entries == ()
    world.clock.at = monday
    assert world.nok.queue("callbacks").entries[0].band == 3
    assert world.nok.customer_card(ticket.customer_id).callbacks_due == 1


def test_own_goals_run_beside_and_are_not_promises(world: World) -> None:
    with world.store.uow(write=True) as uow:
        uow.settings.write(
            GOALS,
            [
                {"policy": "sixth", "service": "*", "kind": "first_response", "minutes": 240},
                {"policy": "sixth", "service": "install", "kind": "first_response", "minutes": 60},
                {"policy": "sixth", "service": "*", "kind": "callback", "minutes": 5, "calendar": "always"},
                {"policy": "seventh", "service": "*", "kind": "result", "minutes": 1},
                {"policy": "sixth", "kind": "result", "minutes": 1, "calendar": "gone"},
            ],
        )
        uow.commit()
    ticket = world.log(world.gold, "install", same_machine=True)
    found = {clock.kind: clock for clock in ticket.clocks}
    assert set(found) == {"first_response", "callback"}
    assert found["first_response"].work == timedelta(hours=1)
    assert not found["first_response"].promised
    assert found["first_response"].rule == "X-16"
    assert not ticket.row.promised
    # where the vendor promises the callback there is no second one of ours
    promised = {clock.kind: clock.promised for clock in world.log(world.gold, "advice").clocks}
    assert promised == {"callback": True, "first_response": False}
    world.move(days=3)
    assert world.nok.queue("breached").counts["breached"] == 1


def test_drafts_end_with_the_call_and_are_logged_once(world: World) -> None:
    call = world.nok.save_draft(asking(world.gold, "advice"))
    assert world.nok.drafts() == [call]
    assert world.art.drafts() == []
    later = world.nok.save_draft(replace(call, notes="half a sent"))
    assert later.draft_id == call.draft_id
    assert [draft.notes for draft in world.nok.drafts()] == ["half a sent"]
    ticket = world.nok.open_ticket(later)
    assert ticket.description == "half a sent"
    assert world.nok.drafts() == []
    with pytest.raises(Refused, match="logged or dropped already"):
        world.nok.open_ticket(later)
    assert world.nok.queue().counts["all"] == 1
    # the last keystroke, saved late, does not bring it back
    assert world.nok.save_draft(later).draft_id == call.draft_id
    assert world.nok.drafts() == []


def test_a_draft_of_another_agent_stays(world: World) -> None:
    call = world.nok.save_draft(asking(world.gold, "advice"))
    assert call.draft_id is not None
    world.art.drop_draft(call.draft_id)
    assert len(world.nok.drafts()) == 1
    world.nok.drop_draft(call.draft_id)
    world.nok.drop_draft(call.draft_id)
    assert world.nok.drafts() == []


def test_a_draft_keeps_everything(world: World) -> None:
    call = replace(
        asking(world.gold, "install", same_machine=False, visited_on=date(2026, 1, 2), price=Decimal("10.5")),
        query="081",
        phone="0812345678",
        title="[/] ติดตั้ง",
        notes="สอง\nบรรทัด",
        started_at=at(10, 29),
    )
    saved = world.nok.save_draft(call)
    kept = {"same_machine": False, "visited_on": "2026-01-02", "price": 10.5}
    assert world.nok.drafts() == [replace(saved, answers=kept)]


def test_the_call_is_the_notice_from_its_first_second(world: World) -> None:
    call = replace(asking(world.gold, "repair", severity="down"), started_at=at(10, 25))
    assert world.nok.open_ticket(call).facts["notified_at"] == at(10, 25).isoformat()


def test_what_is_wrong_with_a_call_is_said_in_both_languages(world: World) -> None:
    gold, bare = world.gold, world.bare
    wrong: list[tuple[Call, type[DeskError], str]] = [
        (Call(), Refused, "Choose the customer and the product"),
        (gold, Refused, "Choose what the call is about"),
        (asking(replace(gold, product_id=999), "advice"), NotFound, "no product 999"),
        (asking(gold, "tea"), NotFound, "no service 'tea'"),
        (asking(replace(gold, customer_id=bare.customer_id), "advice"), Refused, "belongs to another"),
        (asking(gold, "forms", forms="many"), Refused, "How many forms.*cannot be|cannot be read.*How many"),
    ]
    for call, kind, words in wrong:
        for act in (world.nok.preview, world.nok.open_ticket):
            with pytest.raises(kind, match=words) as refused:
                act(call)
            assert refused.value.text.th != refused.value.text.en
    with pytest.raises(Refused, match="contact belongs to another"):
        world.nok.open_ticket(asking(replace(gold, contact_id=bare.contact_id), "advice"))
    assert world.nok.queue().entries == ()


def test_titles_are_one_clean_line(world: World) -> None:
    call = replace(asking(world.gold, "advice"), title=" \x1b[2J[/]\n" + "ก" * 300, phone="\x1b081\u202e234")
    ticket = world.nok.open_ticket(call)
    assert ticket.row.title.startswith("[2J[/] กกก")
    assert len(ticket.row.title) == 200
    assert ticket.phone == "081234"
    named = world.nok.open_ticket(replace(call, title=" "))
    assert named.row.title == "ปรึกษาทางโทรศัพท์"


def test_two_desks_get_one_last_unit(world: World) -> None:
    world.log(world.gold, "install", same_machine=False)
    call = asking(world.gold, "install", same_machine=False)
    start = Barrier(2)

    def log(desk_of: str) -> TicketDetail:
        desk = world.nok if desk_of == "nok" else world.art
        start.wait()
        return desk.open_ticket(call)

    with ThreadPoolExecutor(2) as pool:
        tickets = list(pool.map(log, ["nok", "art"]))
    outcomes = sorted(ticket.decision.outcome for ticket in tickets if ticket.decision is not None)
    assert outcomes == ["charge", "quota"]
    assert sum(entry.units for entry in used(world, world.gold)) == 2
    assert len({ticket.row.number for ticket in tickets}) == 2


def test_many_desks_lose_no_unit(world: World) -> None:
    call = asking(world.gold, "forms", forms=1)
    start = Barrier(6)

    def log(place: int) -> str:
        desk = world.nok if place % 2 else world.art
        start.wait()
        decision = desk.open_ticket(call).decision
        assert decision is not None
        return decision.outcome

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(pool.map(log, range(6)))
    assert outcomes == ["charge", "charge", "quota", "quota", "quota", "quota"]
    assert sum(entry.units for entry in used(world, world.gold)) == 4


def test_two_claims_and_one_loses_the_race(world: World) -> None:
    ticket = world.log(world.gold, "advice").row
    start = Barrier(2)

    def claim(who: str) -> str:
        desk = world.nok if who == "nok" else world.art
        start.wait()
        try:
            return desk.claim(ticket.ticket_id, ticket.version).assignee or "nobody"
        except LostRace as lost:
            return lost.text.en

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(claim, ["nok", "art"]), key=len)
    winner = said[0]
    assert winner in ("nok", "art")
    assert said[1] == f"{winner} claimed it 0 s ago: look again, then decide"


def test_breaches_are_recorded_once_by_whoever_looks(world: World) -> None:
    for _ in range(3):
        world.log(world.gold, "advice")
    world.move(hours=1)
    start = Barrier(4)

    def look(place: int) -> int:
        desk = world.nok if place % 2 else world.art
        start.wait()
        return desk.record_breaches()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(look, range(4)))
    assert sum(counts) == 3
    with world.store.uow() as uow:
        ids = [entry.ticket_id for entry in world.nok.queue().entries]
        assert len(uow.breaches.of_tickets(ids)) == 3
        told = [event.kind for one in ids for event in uow.events.of_ticket(one)]
    assert told.count("breached") == 3
