"""Merged tickets, steps, presence, saved views, messages and finding come back as they were given."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from deskui.desk.model import TicketState
from deskui.desk.records import AgentRecord, ContactRecord, CustomerRecord
from deskui.desk.workrecords import MergeRecord, NoticeRecord, PresenceRecord, SavedViewRecord, StepRecord
from deskui.store.store import Store
from tests.store.conftest import Basics
from tests.store.samples import NOON, ticket


@pytest.fixture
def tickets(store: Store, basics: Basics) -> list[int]:
    """Three open tickets."""
    with store.uow(write=True) as uow:
        made = [uow.tickets.add(ticket(basics, title=title)).ticket_id for title in ("one", "two", "three")]
        uow.commit()
    return made


def test_merges(store: Store, basics: Basics, tickets: list[int]) -> None:
    first = MergeRecord(tickets[1], tickets[0], NOON, basics.agent)
    second = MergeRecord(tickets[2], tickets[0], NOON + timedelta(seconds=1), None)
    with store.uow(write=True) as uow:
        uow.merges.add(second)
        uow.merges.add(first)
        uow.commit()
    with store.uow(write=True) as uow:
        assert uow.merges.of(tickets[1]) == first
        assert uow.merges.of(tickets[0]) is None
        assert uow.merges.into([tickets[0], tickets[1]]) == [first, second]
        uow.merges.drop(tickets[1])
        assert uow.merges.into([tickets[0]]) == [second]


def test_only_the_newest_step_is_kept(store: Store, basics: Basics, tickets: list[int]) -> None:
    step = StepRecord(tickets[0], 2, basics.agent, NOON, "claimed", {"ticket": {"assignee_id": None}})
    newer = replace(step, version=3, at=NOON + timedelta(minutes=1), kind="waiting", before={"clocks": []})
    with store.uow(write=True) as uow:
        uow.steps.put(step)
        assert uow.steps.of(tickets[0]) == step
        uow.steps.put(newer)
        uow.commit()
    with store.uow(write=True) as uow:
        assert uow.steps.of(tickets[0]) == newer
        assert uow.steps.of(tickets[1]) is None
        uow.steps.drop(tickets[0])
        assert uow.steps.of(tickets[0]) is None


def test_presence_expires(store: Store, basics: Basics, tickets: list[int]) -> None:
    with store.uow(write=True) as uow:
        art = uow.agents.add(AgentRecord(0, "art", "Art"))
        uow.presences.put(PresenceRecord(basics.agent, tickets[0], NOON + timedelta(minutes=5)))
        uow.presences.put(PresenceRecord(basics.agent, tickets[1], NOON + timedelta(minutes=6)))
        uow.presences.put(PresenceRecord(art, tickets[1], NOON + timedelta(minutes=1)))
        uow.commit()
    with store.uow(write=True) as uow:
        here = PresenceRecord(basics.agent, tickets[1], NOON + timedelta(minutes=6))
        assert uow.presences.at(NOON)[0] == here
        assert len(uow.presences.at(NOON)) == 2
        assert uow.presences.at(NOON + timedelta(minutes=1)) == [here]
        uow.presences.drop(basics.agent)
        assert [one.agent_id for one in uow.presences.at(NOON)] == [art]


def test_saved_views(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        art = uow.agents.add(AgentRecord(0, "art", "Art"))
        uow.saved_views.save(SavedViewRecord(basics.agent, "เช้า", {"view": "mine"}, NOON))
        uow.saved_views.save(SavedViewRecord(basics.agent, "a", {}, NOON))
        uow.saved_views.save(SavedViewRecord(art, "a", {"find": "x"}, NOON))
        newer = SavedViewRecord(basics.agent, "เช้า", {"view": "all", "sort": "due"}, NOON + timedelta(days=1))
        uow.saved_views.save(newer)
        uow.commit()
    with store.uow(write=True) as uow:
        assert {one.name for one in uow.saved_views.of_agent(basics.agent)} == {"a", "เช้า"}
        assert newer in uow.saved_views.of_agent(basics.agent)
        assert uow.saved_views.drop(basics.agent, "a")
        assert not uow.saved_views.drop(basics.agent, "a")
        assert [one.body for one in uow.saved_views.of_agent(art)] == [{"find": "x"}]


def test_messages_are_seen_by_whom_they_are_for(store: Store, basics: Basics, tickets: list[int]) -> None:
    with store.uow(write=True) as uow:
        art = uow.agents.add(AgentRecord(0, "art", "Art"))
        made = [
            replace(one, notice_id=uow.notices.add(one))
            for one in (
                NoticeRecord(0, basics.agent, NOON, "given", tickets[0], art, None),
                NoticeRecord(0, basics.agent, NOON, "taken", tickets[1], art, None),
            )
        ]
        uow.commit()
    with store.uow(write=True) as uow:
        assert uow.notices.unseen(basics.agent, 10) == made
        assert uow.notices.unseen(basics.agent, 1) == made[:1]
        assert uow.notices.unseen(art, 10) == []
        uow.notices.mark_seen(art, [made[0].notice_id], NOON)
        assert uow.notices.unseen(basics.agent, 10) == made
        uow.notices.mark_seen(basics.agent, [made[0].notice_id], NOON)
        assert uow.notices.unseen(basics.agent, 10) == made[1:]


def test_finding_among_the_open_tickets(store: Store, basics: Basics) -> None:
    with store.uow(write=True) as uow:
        (water,) = uow.customers.add([CustomerRecord(0, "AR-7", "ร้านน้ำใส")])
        (caller,) = uow.contacts.add([ContactRecord(0, water, "สมชาย", "089 999 1234")])
        plain = uow.tickets.add(ticket(basics, title="Payroll run FAILS 100%"))
        other = uow.tickets.add(
            ticket(basics, title="เปิดโปรแกรมไม่ได้", customer_id=water, contact_id=caller, product_id=None)
        )
        uow.tickets.add(ticket(basics, title="payroll run fails", state=TicketState.CLOSED))
        uow.commit()
    with store.uow() as uow:

        def found(*needles: str) -> list[int]:
            return sorted(uow.finding.matching(needles))

        assert found("payroll run") == [plain.ticket_id]
        assert found("0%") == [plain.ticket_id]
        assert found("น้ำใส") == found("ใส") == found("สมชาย") == found("0899991234") == [other.ticket_id]
        assert found("ไม่ได้", "fails") == sorted([plain.ticket_id, other.ticket_id])
        assert found(str(other.number)) == [other.ticket_id]
        assert found("", 'no"thing', "\0", "zzzz") == []
        names = uow.finding.customer_names()
        assert sorted(names) == [(basics.customer, "Test Trading"), (water, "ร้านน้ำใส")]
