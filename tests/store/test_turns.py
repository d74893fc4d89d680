"""What two desks do at the same moment and may do only one after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Thread

import pytest

from deskui.clock import FixedClock
from deskui.desk.advicemodel import NewCaller
from deskui.desk.errors import DeskError, NotFound, Refused
from deskui.desk.records import AgentRecord, CustomerRecord, HolidayRecord
from deskui.desk.register import CodesTaken, NewCustomer, add_agent, add_customers
from deskui.policy.decision import Text
from deskui.store.store import Store
from deskui.store.uow import UnitOfWork
from deskui.wiring import build_desk
from tests.databases import only_on
from tests.desk.conftest import POLICIES, asking, at, fill

Waits = Callable[[], bool]


def meanwhile(
    store: Store, waits: Waits, first: Callable[[UnitOfWork], object], second: Callable[[], object]
) -> list[object]:
    """Starts `second` while a unit of work has done `first`, which it commits once `second` waits for it."""
    answers: list[object] = []

    def work() -> None:
        try:
            answers.append(second())
        except DeskError as error:
            answers.append(error)

    with store.uow(write=True) as uow:
        first(uow)
        rival = Thread(target=work)
        rival.start()
        assert waits()
        uow.commit()
    rival.join()
    return answers


def comes_in(code: str) -> Callable[[UnitOfWork], object]:
    """Somebody comes in as everybody does."""

    def first(uow: UnitOfWork) -> None:
        known = uow.agents.hold()
        uow.agents.add(AgentRecord(0, code, code.title(), supervisor=not known))

    return first


@pytest.mark.parametrize("code", ["nok", "art"])
def test_only_one_of_two_who_open_an_empty_desk_is_its_first_agent(
    store: Store, db_url: str, somebody_waits: Waits, code: str
) -> None:
    def opens() -> object:
        desk = build_desk(db_url, POLICIES, FixedClock(at(9)), code)
        desk.shut()
        return desk.agent.code

    (answer,) = meanwhile(store, somebody_waits, comes_in("nok"), opens)
    if code == "nok":
        assert answer == "nok"
    else:
        assert isinstance(answer, NotFound)
        assert answer.text.en == "There is no agent 'art'; there are: nok"
    with store.uow() as uow:
        assert [(one.code, one.supervisor) for one in uow.agents.all()] == [("nok", True)]


def test_two_agents_added_at_once_are_not_both_the_first(store: Store, somebody_waits: Waits) -> None:
    record = AgentRecord(0, "art", "Art")
    (answer,) = meanwhile(store, somebody_waits, comes_in("nok"), lambda: add_agent(store.uow, record))
    assert isinstance(answer, AgentRecord)
    assert not answer.supervisor


def test_a_code_that_two_give_at_once_is_refused_in_words(store: Store, somebody_waits: Waits) -> None:
    record = AgentRecord(0, "nok", "Nok")
    (answer,) = meanwhile(store, somebody_waits, comes_in("nok"), lambda: add_agent(store.uow, record))
    assert isinstance(answer, Refused)
    assert "There is an agent nok already" in answer.text.en


def test_a_table_of_customers_that_two_import_at_once_is_stored_once(
    store: Store, somebody_waits: Waits
) -> None:
    def first(uow: UnitOfWork) -> None:
        uow.customers.hold_codes(["C1"])
        uow.customers.add([CustomerRecord(0, "C1", "Siam Parts")])

    table = [NewCustomer(CustomerRecord(0, "C1", "Siam Parts"))]
    (answer,) = meanwhile(store, somebody_waits, first, lambda: add_customers(store.uow, table, at(9)))
    assert isinstance(answer, CodesTaken)
    assert answer.codes == ("C1",)


def test_callers_put_on_file_in_the_same_second_get_codes_of_their_own(
    store: Store, somebody_waits: Waits
) -> None:
    world = fill(store, FixedClock(at(10, 30)))
    code = "NEW-261123-103000"

    def first(uow: UnitOfWork) -> None:
        uow.customers.hold_codes([code])
        uow.customers.add([CustomerRecord(0, code, "somebody else")])

    new = NewCaller("Nakhon Foods", "0811112222", "sixth")
    meanwhile(store, somebody_waits, first, lambda: world.nok.add_caller(new))
    with store.uow() as uow:
        assert [one.name for one in uow.customers.by_codes([f"{code}a"])] == ["Nakhon Foods"]


def _declare(uow: UnitOfWork) -> None:
    name = Text("วันหยุดพิเศษ", "Special holiday")
    uow.holidays.save(HolidayRecord("th-private", date(2026, 11, 24), False, name, "cabinet", at(10)))


def test_who_logs_a_call_while_a_holiday_comes_in_counts_by_it(store: Store, somebody_waits: Waits) -> None:
    world = fill(store, FixedClock(at(10, 30)))
    call = asking(world.gold, "repair", severity="slow")
    (answer,) = meanwhile(store, somebody_waits, _declare, lambda: world.art.open_ticket(call).row.due_at)
    assert answer == at(10, 30, day=date(2026, 11, 26))


@pytest.mark.parametrize("change", ["add", "take_back"])
def test_a_holiday_comes_in_after_what_was_planned_without_it(
    store: Store, somebody_waits: Waits, change: str
) -> None:
    order: list[str] = []

    def second() -> None:
        with store.uow(write=True) as uow:
            _declare(uow) if change == "add" else uow.holidays.drop("th-private", "2026-11-24")
            order.append("changed")
            uow.commit()

    def first(uow: UnitOfWork) -> None:
        assert uow.holidays.hold() == []
        order.append("planned")

    meanwhile(store, somebody_waits, first, second)
    assert order == ["planned", "changed"]


@only_on("postgresql")
def test_who_plans_by_the_holidays_waits_for_nobody_who_does_so_too(store: Store) -> None:
    with store.uow(write=True) as one, store.uow(write=True) as other:
        assert one.holidays.hold() == other.holidays.hold() == []
