"""The demo desk is alive whenever it is opened: by day, at night, on a Saturday, in a provisional year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from deskui.clock import FixedClock
from deskui.desk.demo import Demo
from deskui.desk.desk import Desk
from deskui.desk.errors import NotFound, Refused
from deskui.desk.model import CallerHit, ClockState, ContractState, ProductLine, TicketState
from deskui.desk.queue import BREACHED, DEFERRED, PROMISED, SERVED_LAST, SOON, UNPROMISED
from deskui.desk.records import TicketRecord
from deskui.desk.terms import HOME_ZONE
from deskui.paths import data_dir
from deskui.policy import Library
from deskui.store import open_store
from deskui.wiring import build_demo

MONDAY = "2026-11-23T10:42:00+07:00"
VENDORS = {"aristosoft", "business-plus", "emwork", "mac-5", "pharmasys"}
ALL_TICKETS = range(1, 600)


def at(text: str) -> FixedClock:
    return FixedClock(datetime.fromisoformat(text))


@pytest.fixture(scope="module")
def monday(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that is only looked at."""
    desk = build_demo(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'x.sqlite'}", at(MONDAY))
    yield desk
    desk.shut()


def all_tickets(url: str) -> list[TicketRecord]:
    """Every ticket of a store."""
    store = open_store(url)
    try:
        with store.uow() as uow:
            return [
                ticket
                for first in range(ALL_TICKETS.start, ALL_TICKETS.stop, 300)
                for ticket in uow.tickets.get(range(first, first + 300))
            ]
    finally:
        store.close()


def open_tickets(desk: Desk) -> list[int]:
    """The tickets of the queue, without the callers whom nobody took."""
    return [entry.ticket_id for entry in desk.queue().entries if entry.ticket_id > 0]


def line(desk: Desk, code: str) -> ProductLine:
    """The first product of a customer."""
    return found(desk, code).products[0]


def found(desk: Desk, text: str) -> CallerHit:
    return next(hit for hit in desk.find_callers(text) if hit.contact_id is None)


def left(desk: Desk, code: str, service: str) -> tuple[str, int | None]:
    """Outcome of a service for a customer, and what is left of its counter."""
    card = desk.customer_card(found(desk, code).customer_id)
    return next((e.outcome, e.remaining) for e in card.entitlements if e.service == service)


@pytest.mark.parametrize(
    "moment",
    [
        MONDAY,
        "2026-11-22T02:00:00+07:00",
        "2026-12-05T12:00:00+07:00",
        "2027-01-01T00:30:00+07:00",
        "2027-04-14T09:00:00+07:00",
        "2028-02-29T08:31:00+07:00",
        "2030-03-01T00:00:00+07:00",
    ],
)
def test_the_demo_is_alive_at_any_moment(db_url: str, moment: str) -> None:
    clock = at(moment)
    desk = build_demo(db_url, clock)
    try:
        desk.record_breaches()
        snapshot = desk.queue()
        rows = desk.rows([entry.ticket_id for entry in snapshot.entries])
        assert {row.policy for row in rows if row.ticket_id > 0} == VENDORS
        assert sum(row.ticket_id < 0 for row in rows) == 2, "callers whom nobody took"
        promised = [row.clock for row in rows if row.clock is not None and row.clock.promised]
        assert {clock.state for clock in promised} >= {ClockState.BREACHED, ClockState.PAUSED}
        assert len(promised) >= 12
        assert any(row.clock is not None and not row.clock.promised for row in rows)
        unsolved = {TicketState.NEW, TicketState.OPEN, TicketState.WAITING, TicketState.ON_HOLD}
        assert {row.state for row in rows} == unsolved
        assert {row.assignee for row in rows} == {"nok", "art", "ploy", None}
        assert all(row.received_at <= clock.now() for row in rows)
        put_off = {
            decision.rules[0]
            for row in rows
            if row.deferred_until is not None
            if (decision := desk.ticket(row.ticket_id).decision) is not None
        }
        assert {"AR-53", "BP-19"} <= put_off
        # the first and the last day of an agreement, the days around it
        assert line(desk, "AR-0029").contract_start == line(desk, "AR-0035").contract_end
        assert [line(desk, code).contract_state for code in ("AR-0030", "AR-0029", "AR-0035", "AR-0031")] == [
            ContractState.ENDED,
            ContractState.ACTIVE,
            ContractState.ACTIVE,
            ContractState.UPCOMING,
        ]
    finally:
        desk.shut()
    tickets = all_tickets(db_url)
    assert 350 <= len(tickets) <= 450
    assert {ticket.state for ticket in tickets} == set(TicketState)
    assert all(ticket.changed_at <= clock.now() for ticket in tickets)


def test_a_working_morning_has_something_of_everything(monday: Desk) -> None:
    entries = monday.queue().entries
    bands = Counter(entry.band for entry in entries)
    assert 50 <= len(entries) <= 75
    assert set(bands) == {BREACHED, SOON, PROMISED, UNPROMISED, SERVED_LAST, DEFERRED}
    assert 1 <= bands[BREACHED] <= 3
    assert 3 <= bands[SOON] <= 6
    counts = monday.queue().counts
    assert counts["mine"] >= 8
    assert counts["callbacks"] >= 8
    assert counts["waiting"] >= 6


def test_there_are_customers_in_every_state_and_tickets_in_plenty(db_url: str) -> None:
    build_demo(db_url, at(MONDAY)).shut()
    demo = Demo(data_dir() / "demo", Library.open())
    assert 190 <= len(demo.customers) <= 220
    codes = [customer["code"] for customer in demo.customers]
    assert len(set(codes)) == len(codes) == len({customer["name"] for customer in demo.customers})
    tickets = all_tickets(db_url)
    per_vendor = Counter(ticket.policy for ticket in tickets)
    assert min(per_vendor.values()) >= 50
    assert len({ticket.outcome for ticket in tickets}) >= 14
    assert len({ticket.customer_id for ticket in tickets}) >= 100
    solved = [ticket for ticket in tickets if ticket.state is TicketState.CLOSED]
    assert max(ticket.received_at for ticket in solved) - min(
        ticket.received_at for ticket in solved
    ) > timedelta(days=40)
    assert {ticket.assignee_id for ticket in solved} == {1, 2, 3}


def test_the_boundaries_are_what_they_are_called(monday: Desk) -> None:
    first_year = line(monday, "AR-0013").plan
    assert line(monday, "AR-0004").plan == first_year != line(monday, "AR-0005").plan
    assert [line(monday, code).plan.en for code in ("BP-0326", "BP-0327")] == [
        "no MA",
        "MA lapsed 5 years or more",
    ]
    assert left(monday, "AR-0038", "remote-install") == ("charge", 0)
    assert left(monday, "AR-0012", "remote-install") == ("quota", 1)
    assert left(monday, "AR-0033", "remote-install") == ("quota", 5), "another contract year begins today"
    assert left(monday, "AR-0034", "remote-install") == ("charge", 0), "and here it ends today"
    assert left(monday, "M5-0402", "special-phone")[1] == 0
    assert left(monday, "M5-0420", "support")[0] == "free"
    assert left(monday, "M5-0421", "support")[0] == "unavailable"
    assert left(monday, "PS-0504", "remote-reinstall")[0] == "free"
    assert left(monday, "PS-0505", "remote-reinstall")[0] == "unavailable"
    assert {product.policy for product in found(monday, "GR-0601").products} == {
        "aristosoft",
        "business-plus",
        "mac-5",
    }


def test_what_was_used_before_counts(monday: Desk) -> None:
    assert left(monday, "AR-0002", "remote-install") == ("charge", 0)
    card = monday.customer_card(found(monday, "AR-0002").customer_id)
    layout = next(entry for entry in card.entitlements if entry.service == "form-layout")
    assert (layout.used, layout.total) == (2, 4)


def test_what_was_reported_twice_is_one_ticket(monday: Desk) -> None:
    details = [monday.ticket(ticket_id) for ticket_id in open_tickets(monday)]
    kept = [detail for detail in details if detail.merged]
    assert len(kept) == 2
    for detail in kept:
        (other,) = detail.merged
        part = monday.ticket(other.ticket_id)
        assert part.row.state is TicketState.MERGED
        assert part.merged_into == detail.row.number
        assert other.number == part.row.number
        assert f"#{part.row.number}" in " ".join(entry.text.en for entry in detail.entries)


def test_what_else_a_desk_has_is_there(db_url: str) -> None:
    """Two known problems, questions, missed callers, a waiting one, views, serials, branches, authority."""
    desk = build_demo(db_url, at(MONDAY))
    try:
        problems = desk.known_problems()
        assert [(one.policy, one.callers) for one in problems] == [("business-plus", 3), ("aristosoft", 4)]
        assert all(
            any(who.ticket_id is None for who in desk.problem(one.problem_id).list) for one in problems
        )
        questions = desk.questions_waiting()
        assert {one.policy for one in questions} == {"aristosoft", "business-plus", "pharmasys"}
        assert all(one.ticket_id is not None and one.text for one in questions)
        rings = desk.rings()
        assert [one.missed(desk.now()) for one in rings] == [True, True]
        assert {one.customer for one in rings} == {"Cloudberry Imports", None}
        assert [view.look.view for view in desk.saved_views()] == ["pharmasys"]
        assert found(desk, "PH-M-20612-3").code == "PS-0512"
        assert found(desk, "0995555040022").code == "M5-0402"
        stores = desk.customer_card(found(desk, "PS-0511").customer_id)
        assert "คลังบางปู" in {one.branch for one in stores.machines}
        assert left(desk, "M5-0405", "checkup-call") == ("quota", 4), "the customer's own contract says four"
    finally:
        desk.shut()
    store = open_store(db_url)
    try:
        with store.uow() as uow:
            contacts = uow.contacts.get(range(1, 300))
            assert {one.authorised for one in contacts} == {True, False, None}
            drafts = [draft for agent in (1, 2, 3) for draft in uow.drafts.of_agent(agent)]
            assert [draft.body["parked_at"] is not None for draft in drafts] == [True]
    finally:
        store.close()


def test_names_are_found_in_both_scripts(monday: Desk) -> None:
    wanted = {"เลขสวย": "M5-0401", "juniper": "M5-0402", "ยาดี": "PS-0521", "หิมะ": "BP-0320"}
    for typed, code in wanted.items():
        assert code in [hit.code for hit in monday.find_callers(typed)]


def test_all_numbers_are_invented_and_the_known_ones_are_found_by_themselves(monday: Desk) -> None:
    demo = Demo(data_dir() / "demo", Library.open())
    told = [one for customer in demo.customers for one in customer["contacts"].values()]
    numbers = {one["phone"] if isinstance(one, dict) else one for one in told} - {""}
    made_up = re.compile(r"0\d{1,2}-555-0?\d{3}( (ext\.|ต่อ) \d+)?")
    assert {number for number in numbers if not made_up.fullmatch(number)} == {"081-234-5670"}
    assert [hit.code for hit in monday.find_callers("5670")] == ["AR-0001"]
    assert [hit.code for hit in monday.find_callers("5550112")] == ["EM-1002"]


def test_nothing_was_done_before_it_was_reported_or_at_night(monday: Desk) -> None:
    written_at_night = 0
    for ticket_id in open_tickets(monday):
        detail = monday.ticket(ticket_id)
        for line_ in detail.entries:
            assert detail.row.received_at <= line_.at <= monday.now()
            night = not 8 <= line_.at.astimezone(HOME_ZONE).hour <= 18
            written_at_night += night
            assert not night or line_.kind == "opened" or line_.at == detail.row.received_at
    assert written_at_night >= 2, "some wrote in the evening"


def test_what_is_written_at_once_is_what_the_use_cases_would_have_written(db_url: str) -> None:
    build_demo(db_url, at(MONDAY)).shut()
    store = open_store(db_url)
    try:
        with store.uow() as uow:
            for ticket in all_tickets(db_url):
                ticket_id = ticket.ticket_id
                clocks = {clock.clock_id: clock for clock in uow.clocks.of_tickets([ticket_id])}
                notes = {note.note_id for note in uow.notes.of_ticket(ticket_id)}
                events = uow.events.of_ticket(ticket_id)
                assert uow.events.chain_is_whole(ticket_id)
                assert events[0].kind == "opened"
                assert [e.at for e in events if e.kind != "breached"] == sorted(
                    e.at for e in events if e.kind != "breached"
                )
                assert {e.data["note"] for e in events if e.kind == "note"} == notes
                told = {e.data["clock"] for e in events if "clock" in e.data}
                assert told | {c for e in events for c in e.data.get("clocks", ())} <= set(clocks)
                taken = {entry.counter for entry in uow.usage.of_ticket(ticket_id)}
                assert taken == {e.data["counter"] for e in events if e.kind == "consumed"}
                missed = [b.clock_id for b in uow.breaches.of_tickets([ticket_id]) if b.voided_at is None]
                assert set(missed) == {c.clock_id for c in clocks.values() if c.breached_at is not None}
    finally:
        store.close()


def test_it_is_written_in_few_statements(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    try:
        statements: list[str] = []
        event.listen(store._engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
        count = Demo(data_dir() / "demo", Library.open()).seed(
            lambda: store.uow(write=True), at(MONDAY).now()
        )
        assert len(statements) < 4 * count
    finally:
        store.close()


SMALL = """
policy = "aristosoft"
product = "POS"
customer = [{ code = "X-1", name = "One", contacts = { "K. A" = "02-555-0999" }, bought = -20 }]
agent = [{ code = "nok", name = "N" }]
goal = []
[desk]
past = ["9h", "20h"]
hours = { mon = ["09:00", "17:00"] }
[[ticket]]
of = "X-1"
ask = "remote-help"
ago = "2h"
title = "no receipt"
then = ["claim nok", "%s"]
"""


def test_a_step_of_the_file_that_cannot_be_is_told_with_its_ticket_and_leaves_nothing(tmp_path: Path) -> None:
    for step, problem in (("dance", "expected claim"), ("meet result", "no result"), ("reopen", "reopened")):
        (tmp_path / "desk.toml").write_text(SMALL % step, encoding="utf-8")
        store = open_store(f"sqlite:///{tmp_path / 'x.sqlite'}")
        try:
            with pytest.raises((Refused, ValueError), match=problem) as raised:
                Demo(tmp_path, Library.open()).seed(lambda: store.uow(write=True), at(MONDAY).now())  # noqa: B023
            assert "X-1, 'no receipt'" in raised.value.__notes__[0]
            with store.uow() as uow:
                assert not uow.agents.all()
        finally:
            store.close()


def test_a_ticket_of_a_vendor_the_customer_has_nothing_of_is_told(tmp_path: Path) -> None:
    wrong = (SMALL % "resolve").replace("remote-help", "open-house")
    (tmp_path / "desk.toml").write_text(wrong, encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    try:
        with pytest.raises(ValueError, match="X-1 has no product for open-house"):
            Demo(tmp_path, Library.open()).seed(lambda: store.uow(write=True), at(MONDAY).now())
    finally:
        store.close()


def test_a_store_in_use_is_left_alone(db_url: str) -> None:
    build_demo(db_url, at(MONDAY)).shut()
    before = all_tickets(db_url)
    with pytest.raises(Refused, match="new store"):
        build_demo(db_url, at(MONDAY))
    assert all_tickets(db_url) == before


def test_an_agent_the_demo_does_not_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nok"):
        build_demo(f"sqlite:///{tmp_path / 'x.sqlite'}", at(MONDAY), "nobody")
