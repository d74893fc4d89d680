"""The facts of a request from what is on file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskui.desk.errors import Refused
from deskui.desk.facts import (
    MACHINE,
    OnFile,
    contract_of,
    contract_state,
    facts_of,
    is_covered,
    on_file,
    read,
    used_dates,
)
from deskui.desk.model import Call, ContractState
from deskui.desk.records import (
    ContractRecord,
    CustomerRecord,
    MachineRecord,
    ProductRecord,
    UsageRecord,
)
from tests.desk.conftest import at, library

DAY = date(2026, 11, 23)


def contract(number: int, start: date | None, end: date | None, **more: object) -> ContractRecord:
    return replace(ContractRecord(number, 1, start, end), **more)  # type: ignore[arg-type]


OLD = contract(1, date(2024, 1, 1), date(2024, 12, 31))
NEW = contract(2, date(2026, 1, 1), date(2026, 12, 31), plan="gold", paid=True)
NEXT = contract(3, date(2027, 1, 1), date(2027, 12, 31))

RECORD = OnFile(CustomerRecord(1, "C", "Name"), ProductRecord(1, 1, "sixth", "suite"))


def test_the_contract_in_force_speaks_else_the_last_else_the_next() -> None:
    assert contract_of([OLD, NEW, NEXT], DAY) is NEW
    assert contract_of([OLD, NEXT], DAY) is OLD
    assert contract_of([NEXT], DAY) is NEXT
    assert contract_of([], DAY) is None
    overlapping = contract(4, date(2026, 6, 1), date(2027, 5, 31))
    assert contract_of([overlapping, NEW], DAY) is overlapping


@pytest.mark.parametrize(
    ("held", "day", "state"),
    [
        (None, DAY, ContractState.NONE),
        (NEW, date(2026, 1, 1), ContractState.ACTIVE),
        (NEW, date(2026, 12, 31), ContractState.ACTIVE),
        (NEW, date(2027, 1, 1), ContractState.ENDED),
        (NEW, date(2025, 12, 31), ContractState.UPCOMING),
        (replace(NEW, suspended=True), DAY, ContractState.SUSPENDED),
        (replace(OLD, suspended=True), DAY, ContractState.ENDED),
        (contract(5, None, None), DAY, ContractState.ACTIVE),
    ],
)
def test_both_days_of_an_agreement_are_in_it(
    held: ContractRecord | None, day: date, state: ContractState
) -> None:
    assert contract_state(held, day) is state


def test_what_is_not_on_file_is_absent() -> None:
    assert on_file(RECORD, DAY) == {"contract": None, "last_ma_end": None, "usage": {}}


def test_everything_on_file() -> None:
    record = replace(
        RECORD,
        customer=CustomerRecord(1, "C", "Name", "Bangkok", {"tor": "not_recorded", "in_warranty": True}),
        product=ProductRecord(1, 1, "sixth", "suite", date(2020, 2, 29), {"in_warranty": False}),
        contracts=[OLD, NEW],
        machines=[MachineRecord(7, 1, "PC", True, date(2026, 1, 1), None)],
    )
    assert on_file(record, DAY) == {
        "contract": {
            "start": "2026-01-01",
            "end": "2026-12-31",
            "plan": "gold",
            "paid": True,
            "suspended": False,
        },
        "province": "Bangkok",
        "purchased_on": "2020-02-29",
        "last_ma_end": "2024-12-31",
        "customer_machines": 1,
        "customer_ma_machines": 1,
        "machine": {"ma": True, "ma_start": "2026-01-01"},
        "usage": {},
        "tor": "not_recorded",
        "in_warranty": False,
    }


def test_which_machine_is_asked_when_there_are_several() -> None:
    machines = [
        MachineRecord(7, 1, "PC 1", True, None, date(2026, 11, 22)),
        MachineRecord(8, 1, "PC 2", False),
        MachineRecord(9, 1, "PC 3"),
    ]
    record = replace(RECORD, machines=machines)
    facts = on_file(record, DAY)
    assert "machine" not in facts
    # whether the third is under maintenance nobody wrote down
    assert (facts["customer_machines"], "customer_ma_machines" in facts) == (3, False)
    known = on_file(replace(record, machines=machines[:2]), date(2026, 11, 22))
    assert known["customer_ma_machines"] == 1
    assert on_file(replace(record, machines=machines[:2]), DAY)["customer_ma_machines"] == 0
    chosen = facts_of(record, Call(answers={MACHINE: 8}), DAY, at(9))
    assert chosen["machine"] == {"ma": False}
    assert facts_of(record, Call(answers={MACHINE: 9}), DAY, at(9))["machine"] == {"ma": "not_recorded"}
    assert "machine" not in facts_of(record, Call(answers={MACHINE: 99}), DAY, at(9))


def test_answers_go_on_top_each_in_its_place() -> None:
    record = replace(RECORD, contracts=[NEW])
    call = Call(
        channel="email",
        answers={"contract.paid": False, "machine": True, "price": Decimal("12.50"), "on": date(2026, 1, 2)},
        started_at=datetime(2026, 11, 23, 2, tzinfo=UTC),
    )
    facts = facts_of(record, call, DAY, at(9, 5))
    assert facts["contract"]["paid"] is False
    assert facts["contract"]["plan"] == "gold"
    assert facts["machine"] == {"ma": True}
    assert (facts["price"], facts["on"], facts["channel"]) == (12.5, "2026-01-02", "email")
    assert facts["notified_at"] == "2026-11-23T02:00:00+00:00"
    none = facts_of(record, Call(answers={"contract": False, "machine": False}), DAY, at(9, 5))
    assert (none["contract"], none["machine"]) == (None, None)
    assert none["notified_at"] == at(9, 5).isoformat()


def test_facts_are_typed_and_a_wrong_one_is_named() -> None:
    policy = library().get("sixth")
    record = replace(RECORD, contracts=[NEW])
    typed = read(policy, facts_of(record, Call(answers={"visited_on": "23/11/2569"}), DAY, at(9)))
    assert typed["visited_on"] == DAY
    assert typed["contract"]["start"] == date(2026, 1, 1)
    assert typed["usage"] == {}
    with pytest.raises(Refused, match=r"When was the visit.*four") as refused:
        read(policy, facts_of(record, Call(answers={"visited_on": "23/11/69"}), DAY, at(9)))
    assert "เข้าไปเมื่อวันใด" in refused.value.text.th


def entry(counter: str, units: int, on: date, year: int = 2026) -> UsageRecord:
    kind = "consume" if units > 0 else "refund"
    period = (date(year, 1, 1), date(year, 12, 31))
    return UsageRecord(0, 1, counter, kind, units, on, *period, at(9), 1, None, None)


def test_the_ledger_gives_one_date_a_unit_and_refunds_take_theirs() -> None:
    first, second = date(2026, 3, 1), date(2026, 5, 1)
    entries = [
        entry("form", 2, first),
        entry("form", 3, second),
        entry("install", 1, first),
        entry("form", -1, first),
        # nothing was used that day: the latest of the period goes
        entry("form", -1, date(2026, 9, 9)),
        entry("form", 1, date(2025, 9, 9), 2025),
    ]
    assert used_dates(entries) == {"form": [date(2025, 9, 9), first, second, second], "install": [first]}


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(-3, 3), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
    )
)
def test_no_refund_makes_a_debt(steps: list[tuple[str, int, date]]) -> None:
    entries = [entry(counter, units, on) for counter, units, on in steps]
    found = used_dates(entries)
    for counter in "ab":
        balance = 0
        for name, units, _ in steps:
            balance = max(0, balance + units) if name == counter else balance
        assert len(found.get(counter, [])) == balance


@pytest.mark.parametrize(
    ("facts", "covered"),
    [
        ({}, False),
        ({"contract": None}, False),
        ({"contract": {}}, True),
        ({"contract": {"end": DAY}}, True),
        ({"contract": {"end": date(2026, 11, 22)}}, False),
        ({"contract": {"start": date(2026, 11, 24)}}, False),
        ({"contract": {"suspended": True}}, False),
        ({"in_warranty": True}, True),
        ({"in_warranty": "not_recorded"}, False),
        ({"purchased_on": date(2025, 11, 23)}, True),
        ({"purchased_on": date(2025, 11, 22)}, False),
        ({"purchased_on": date(2026, 11, 24)}, False),
    ],
)
def test_who_is_covered(facts: dict[str, object], covered: bool) -> None:
    assert is_covered(facts, DAY) is covered
