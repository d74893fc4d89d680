"""What may happen to a ticket, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from deskui.desk.errors import LostRace, NotFound, Refused
from deskui.desk.goals import GOALS
from deskui.desk.model import ClockState, TicketDetail, TicketState
from deskui.policy.decision import Text
from tests.desk.conftest import World, at


def kinds(detail: TicketDetail) -> list[str]:
    return [entry.kind for entry in detail.entries]


def test_a_logged_call_has_its_decision_clock_and_event(world: World) -> None:
    ticket = world.log(world.gold, "advice")
    assert ticket.row.state is TicketState.NEW
    assert ticket.row.customer == "Test Trading"
    assert ticket.row.plan.en == "M/A list"
    assert ticket.row.clock_kind == "callback"
    assert ticket.row.promised
    assert ticket.row.due_at == at(10, 45)
    assert ticket.decision is not None
    assert ticket.decision.outcome == "callback"
    assert ticket.decision.rules[0] == "SX-04"
    assert ticket.clocks[0].clause == "§3.1"
    assert kinds(ticket) == ["opened"]
    assert ticket.policy_version.startswith("2026-11")
    assert ticket.contact == "สมศรี"
    assert ticket.phone == "081 234 5678"


def test_claiming_opens_and_another_agent_is_told_who_was_faster(world: World) -> None:
    ticket = world.log(world.gold, "advice").row
    claimed = world.art.claim(ticket.ticket_id, ticket.version)
    assert (claimed.state, claimed.assignee, claimed.version) == (TicketState.OPEN, "art", 2)
    world.move(seconds=3)
    with pytest.raises(LostRace) as lost:
        world.nok.claim(ticket.ticket_id, ticket.version)
    assert lost.value.text.en == "art claimed it 3 s ago: look again, then decide"
    assert lost.value.text.th.startswith("art รับไปทำเมื่อ 3 วินาทีที่แล้ว")
    with pytest.raises(Refused, match="art has #") as refused:
        world.nok.claim(ticket.ticket_id, claimed.version)
    assert not isinstance(refused.value, LostRace)
    assert world.art.claim(ticket.ticket_id, claimed.version).version == claimed.version


def test_a_miss_found_by_claiming_ones_own_ticket_again_is_written_down(world: World) -> None:
    ticket = world.log(world.gold, "advice").row
    mine = world.nok.claim(ticket.ticket_id, ticket.version)
    world.move(minutes=16)
    world.nok.claim(ticket.ticket_id, mine.version)
    assert kinds(world.nok.ticket(ticket.ticket_id)) == ["opened", "claimed", "breached"]
    assert world.nok.record_breaches() == 0


def test_release_is_for_who_holds_it(world: World) -> None:
    ticket = world.log(world.gold, "advice").row
    with pytest.raises(Refused, match="in the queue already"):
        world.nok.release(ticket.ticket_id, ticket.version)
    claimed = world.art.claim(ticket.ticket_id, ticket.version)
    with pytest.raises(Refused, match="art has to give it back"):
        world.nok.release(ticket.ticket_id, claimed.version)
    released = world.art.release(ticket.ticket_id, claimed.version)
    assert (released.assignee, released.state) == (None, TicketState.OPEN)


def test_waiting_keeps_what_was_spent_and_resuming_plans_the_rest(world: World) -> None:
    ticket = world.log(world.silver, "advice").row
    assert ticket.due_at == at(11, 30)
    world.move(minutes=20)
    waiting = world.nok.wait(ticket.ticket_id, ticket.version, "asked for a screen picture")
    assert waiting.due_at is None
    assert waiting.clock is not None
    assert (waiting.clock.state, waiting.clock.left) == (ClockState.PAUSED, timedelta(minutes=40))
    world.move(hours=5)
    resumed = world.nok.resume(ticket.ticket_id, waiting.version)
    assert resumed.due_at == at(16, 30)
    detail = world.nok.ticket(ticket.ticket_id)
    assert kinds(detail) == ["opened", "waiting", "reason", "resumed", "replanned"]
    assert detail.entries[-1].text.en == "callback: was —, is 23/11 16:30, because the customer answered"
    assert detail.entries[2].text.en == "asked for a screen picture"
    counted = sum((step.counted for step in world.nok.explain(detail.clocks[0].clock_id)), timedelta())
    assert counted == timedelta(hours=1)


def test_meeting_in_time_and_late(world: World) -> None:
    first, second = world.log(world.gold, "advice").row, world.log(world.gold, "advice").row
    world.move(minutes=15)
    met = world.nok.meet(first.ticket_id, first.version, "callback")
    assert met.clock is None
    assert world.nok.ticket(first.ticket_id).clocks[0].state is ClockState.MET
    world.move(microseconds=1)
    world.nok.meet(second.ticket_id, second.version, "callback")
    late = world.nok.ticket(second.ticket_id)
    assert late.clocks[0].state is ClockState.BREACHED
    assert kinds(late) == ["opened", "breached", "met"]
    assert late.entries[1].at == at(10, 45)
    assert late.entries[1].agent is None
    assert late.entries[2].text.en == "callback done, late"
    with pytest.raises(Refused, match="no callback to meet"):
        world.nok.meet(second.ticket_id, world.nok.rows([second.ticket_id])[0].version, "callback")


def test_resolving_meets_and_reopening_resumes_without_the_time_between(world: World) -> None:
    ticket = world.log(world.gold, "repair", severity="down").row
    assert ticket.due_at == at(11)
    world.move(minutes=90)
    resolved = world.nok.resolve(ticket.ticket_id, ticket.version, "restarted the service")
    assert (resolved.state, resolved.due_at) == (TicketState.RESOLVED, None)
    assert world.nok.queue().counts["all"] == 0
    world.move(days=1)
    reopened = world.nok.reopen(ticket.ticket_id, resolved.version)
    detail = world.nok.ticket(ticket.ticket_id)
    by_kind = {clock.kind: clock for clock in detail.clocks}
    # 1 h 30 of the 4 h are spent; Tuesday 12:00 is lunch
    assert by_kind["resolution"].spent == timedelta(minutes=90)
    assert reopened.due_at == at(15, 30, day=at(0).date().replace(day=24))
    # the first response was missed before and stays so
    assert by_kind["first_response"].state is ClockState.BREACHED
    assert by_kind["first_response"].met_at is not None
    assert [e.kind for e in detail.entries if e.kind in ("breached", "breach_voided")] == ["breached"]


def test_a_breach_survives_a_reopen(world: World) -> None:
    ticket = world.log(world.gold, "repair", severity="down").row
    world.move(hours=30)
    assert world.nok.record_breaches() == 2
    assert world.nok.record_breaches() == 0
    row = world.nok.resolve(ticket.ticket_id, ticket.version)
    row = world.nok.reopen(ticket.ticket_id, row.version)
    assert row.clock is not None
    assert row.clock.state is ClockState.BREACHED
    assert row.due_at == at(15, 30)
    assert world.nok.record_breaches() == 0


def test_who_comes_second_is_told_what_was_done_not_what_came_of_it(world: World) -> None:
    ticket = world.log(world.gold, "install", same_machine=False).row
    with pytest.raises(LostRace, match=r"^nok logged it 0 s ago"):
        world.art.claim(ticket.ticket_id, 9)
    repair = world.log(world.gold, "repair", severity="slow").row
    world.move(seconds=2)
    world.art.change_severity(repair.ticket_id, repair.version, "down")
    world.nok.note(repair.ticket_id, "is it plugged in?")
    world.move(hours=1)
    world.nok.record_breaches()
    with pytest.raises(LostRace, match=r"^art changed its severity 1 h ago"):
        world.nok.claim(repair.ticket_id, repair.version)


def test_who_comes_second_after_a_holiday_is_told_of_the_plan(world: World) -> None:
    repair = world.log(world.gold, "repair", severity="slow").row
    world.move(minutes=1)
    world.art.holidays.add("th-private", date(2026, 11, 24), Text("พิเศษ", "Extra"), "notice 1")
    with pytest.raises(LostRace, match=r"^art planned it anew 0 s ago"):
        world.nok.claim(repair.ticket_id, repair.version)


def test_a_ticket_says_which_product_it_is_about(world: World) -> None:
    ticket = world.log(world.gold, "advice")
    assert ticket.product_id == world.gold.product_id
    assert world.nok.ticket(ticket.row.ticket_id).product_id == world.gold.product_id


def test_severity_plans_only_what_is_left(world: World) -> None:
    ticket = world.log(world.gold, "repair", severity="slow").row
    assert ticket.due_at == at(10, 30, day=at(0).date().replace(day=25))
    world.move(minutes=60)
    changed = world.nok.change_severity(ticket.ticket_id, ticket.version, "down")
    detail = world.nok.ticket(ticket.ticket_id)
    by_kind = {clock.kind: clock for clock in detail.clocks}
    # 3 of 4 h are left at 11:30: half an hour to lunch, then to 15:30
    assert by_kind["resolution"].due_at == at(15, 30)
    assert by_kind["resolution"].spent + by_kind["resolution"].left == timedelta(hours=4)
    # a first response within 30 minutes of 10:30 was promised too, and is missed
    assert by_kind["first_response"].state is ClockState.BREACHED
    assert changed.state is TicketState.NEW
    assert detail.facts["severity"] == "down"
    assert detail.decision is not None
    assert "severity" in kinds(detail)
    text = next(entry.text.en for entry in detail.entries if entry.kind == "replanned")
    assert text == "resolution: was 25/11 10:30, is 23/11 15:30, because the severity changed"


def test_severity_brings_the_decision_and_its_words_along(world: World) -> None:
    logged = world.log(world.gold, "repair", severity="slow")
    old = logged.decision
    assert old is not None
    assert (old.outcome, old.rules[0]) == ("deadline", "SX-12")
    world.nok.change_severity(logged.row.ticket_id, logged.row.version, "cosmetic")
    new = world.nok.ticket(logged.row.ticket_id).decision
    assert new is not None
    assert (new.outcome, new.rules[0], new.targets) == ("free", "SX-06", ())
    assert new.say != old.say
    with world.store.uow() as uow:
        kept = uow.tickets.get([logged.row.ticket_id])[0]
        told = next(e.data for e in uow.events.of_ticket(logged.row.ticket_id) if e.kind == "severity")
    assert (kept.outcome, kept.policy_version) == ("free", logged.policy_version)
    assert (told["was_outcome"], told["was_rules"]) == ("deadline", list(old.rules))
    assert (told["outcome"], told["rules"]) == ("free", list(new.rules))


@pytest.mark.parametrize(("version", "judged"), [("2025-01", False), ("", True)])
def test_severity_is_not_judged_by_terms_newer_than_the_ticket(
    world: World, version: str, judged: bool
) -> None:
    logged = world.log(world.gold, "repair", severity="slow")
    ticket, policy_version = logged.row, logged.policy_version
    with world.store.uow(write=True) as uow:
        kept = uow.tickets.get([ticket.ticket_id])[0]
        assert uow.tickets.save(replace(kept, policy_version=version, version=kept.version + 1))
        uow.commit()
    before = world.nok.ticket(ticket.ticket_id)
    if judged:
        # without a version on file nobody can tell
        world.nok.change_severity(ticket.ticket_id, before.row.version, "down")
        assert world.nok.ticket(ticket.ticket_id).policy_version == policy_version
        return
    with pytest.raises(Refused, match=r"terms of 2025-01, .*now 2026-11\+") as refused:
        world.nok.change_severity(ticket.ticket_id, before.row.version, "down")
    assert "2025-01" in refused.value.text.th
    assert world.nok.ticket(ticket.ticket_id) == before


def test_severity_that_promises_nothing_stops_the_clock(world: World) -> None:
    ticket = world.log(world.gold, "repair", severity="slow").row
    world.nok.change_severity(ticket.ticket_id, ticket.version, "cosmetic")
    assert world.nok.ticket(ticket.ticket_id).clocks[0].state is ClockState.STOPPED


def test_severity_leaves_the_desks_own_goals_alone(world: World) -> None:
    with world.store.uow(write=True) as uow:
        uow.settings.write(GOALS, [{"policy": "sixth", "service": "*", "kind": "result", "minutes": 90}])
        uow.commit()
    ticket = world.log(world.gold, "repair", severity="slow").row
    world.nok.change_severity(ticket.ticket_id, ticket.version, "down")
    own = next(clock for clock in world.nok.ticket(ticket.ticket_id).clocks if not clock.promised)
    assert (own.kind, own.state, own.due_at) == ("result", ClockState.RUNNING, at(12))


def test_severity_of_another_service_is_none_of_this_one(world: World) -> None:
    keys = {
        service: [choice.key for choice in world.nok.question("sixth", "severity", service).choices]
        for service in (None, "repair", "visit-report")
    }
    assert keys == {None: list("dscp"), "repair": list("dsc"), "visit-report": list("dscp")}
    assert world.nok.question("sixth", "forms", "repair").choices == ()
    ticket = world.log(world.gold, "repair", severity="slow").row
    with pytest.raises(Refused, match="no severity 'planned': choose one of down, slow, cosmetic"):
        world.nok.change_severity(ticket.ticket_id, ticket.version, "planned")


def test_severity_unknown_to_the_vendor_is_refused(world: World) -> None:
    ticket = world.log(world.gold, "repair", severity="slow").row
    with pytest.raises(Refused, match="no severity 'purple': choose one of down, slow, cosmetic"):
        world.nok.change_severity(ticket.ticket_id, ticket.version, "purple")


def test_a_later_replan_voids_the_breach_and_says_why(world: World) -> None:
    ticket = world.log(world.gold, "repair", severity="down").row
    world.move(hours=6)
    world.nok.record_breaches()
    world.nok.change_severity(ticket.ticket_id, ticket.version, "slow")
    detail = world.nok.ticket(ticket.ticket_id)
    resolution = next(clock for clock in detail.clocks if clock.kind == "resolution")
    assert resolution.state is ClockState.RUNNING
    assert resolution.breached_at is None
    voided = next(entry for entry in detail.entries if entry.kind == "breach_voided")
    assert voided.text.en == "missed resolution of 23/11 15:30 voided, because the severity changed"
    with world.store.uow() as uow:
        breaches = {b.kind: b for b in uow.breaches.of_tickets([ticket.ticket_id])}
    assert breaches["resolution"].voided_at == world.clock.now()
    assert breaches["resolution"].due_at == at(15, 30)
    assert breaches["first_response"].voided_at is None


def test_closing_stops_what_runs(world: World) -> None:
    ticket = world.log(world.gold, "advice").row
    closed = world.nok.close(ticket.ticket_id, ticket.version)
    assert closed.state is TicketState.CLOSED
    assert world.nok.ticket(ticket.ticket_id).clocks[0].state is ClockState.STOPPED
    world.move(hours=5)
    assert world.nok.record_breaches() == 0
    assert world.nok.queue().entries == ()


_STEPS: dict[str, Callable[[World, int, int], object]] = {
    "claim": lambda world, ticket, version: world.nok.claim(ticket, version),
    "release": lambda world, ticket, version: world.nok.release(ticket, version),
    "wait": lambda world, ticket, version: world.nok.wait(ticket, version),
    "resume": lambda world, ticket, version: world.nok.resume(ticket, version),
    "severity": lambda world, ticket, version: world.nok.change_severity(ticket, version, "slow"),
    "meet": lambda world, ticket, version: world.nok.meet(ticket, version, "callback"),
    "resolve": lambda world, ticket, version: world.nok.resolve(ticket, version),
    "reopen": lambda world, ticket, version: world.nok.reopen(ticket, version),
    "close": lambda world, ticket, version: world.nok.close(ticket, version),
}


@pytest.mark.parametrize("step", _STEPS)
def test_every_step_looks_at_the_version_and_the_id(world: World, step: str) -> None:
    ticket = world.log(world.gold, "advice").row
    with pytest.raises(NotFound, match="no ticket with id 999"):
        _STEPS[step](world, 999, 1)
    with pytest.raises(LostRace, match="look again"):
        _STEPS[step](world, ticket.ticket_id, 7)
    assert world.nok.ticket(ticket.ticket_id).row == ticket


@pytest.mark.parametrize("step", [step for step in _STEPS if step != "close"])
def test_a_closed_ticket_takes_nothing_more(world: World, step: str) -> None:
    ticket = world.log(world.gold, "advice").row
    closed = world.nok.close(ticket.ticket_id, ticket.version)
    with pytest.raises(Refused) as refused:
        _STEPS[step](world, ticket.ticket_id, closed.version)
    assert refused.value.text.th
    assert refused.value.text.en
    assert world.nok.ticket(ticket.ticket_id).row == closed


def test_states_that_do_not_follow_are_refused(world: World) -> None:
    ticket = world.log(world.gold, "advice").row
    with pytest.raises(Refused, match="it is not waiting"):
        world.nok.resume(ticket.ticket_id, ticket.version)
    with pytest.raises(Refused, match="only a resolved ticket"):
        world.nok.reopen(ticket.ticket_id, ticket.version)
    waiting = world.nok.wait(ticket.ticket_id, ticket.version)
    with pytest.raises(Refused, match="cannot wait"):
        world.nok.wait(ticket.ticket_id, waiting.version)


def test_notes_are_cleaned_and_events_hold_no_text(world: World) -> None:
    ticket = world.log(world.gold, "advice").row
    detail = world.nok.note(ticket.ticket_id, " \x1b]0;pwn\x07สมศรี\u202e โทร\r\n081 234 5678\x9b ")
    assert detail.entries[-1].text.en == "]0;pwnสมศรี โทร\n081 234 5678"
    assert detail.row.version == ticket.version
    with world.store.uow() as uow:
        events = uow.events.of_ticket(ticket.ticket_id)
        note = uow.notes.of_ticket(ticket.ticket_id)[0]
    assert set(events[-1].data) == {"note", "kind", "hash"}
    assert len(note.salt) == 32
    for empty in ("", "  \n ", "\x1b\u200b"):
        with pytest.raises(Refused, match="empty"):
            world.nok.note(ticket.ticket_id, empty)


def test_no_event_holds_a_name_a_number_or_free_text(world: World) -> None:
    call = world.gold
    ticket = world.log(call, "repair", severity="down").row
    row = world.nok.claim(ticket.ticket_id, ticket.version)
    row = world.nok.wait(ticket.ticket_id, row.version, "สมศรี said 081-234-5678")
    row = world.nok.resume(ticket.ticket_id, row.version)
    row = world.nok.resolve(ticket.ticket_id, row.version, "Test Trading is happy")
    with world.store.uow() as uow:
        told = " ".join(str(dict(event.data)) for event in uow.events.of_ticket(ticket.ticket_id))
    for secret in ("สมศรี", "5678", "Trading", "Nok", "happy", "repair wanted"):
        assert secret not in told
