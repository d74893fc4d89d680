"""The customers of the demo's files as records: what was bought when, the agreements, what was used up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol, TypeVar

from deskui.dataclass import dataclass
from deskui.desk.demo_days import day, value
from deskui.desk.demo_memory import Filed
from deskui.desk.ports import UnitOfWork
from deskui.desk.records import (
    ContactRecord,
    ContractRecord,
    CustomerRecord,
    MachineRecord,
    ProductRecord,
    UsageRecord,
)
from deskui.desk.terms import HOME_ZONE
from deskui.policy.vocabulary import NOT_RECORDED
from deskui.worktime import contract_year, last_day

_EVERY = timedelta(days=9)
"""What was used up before was used so far apart."""


@dataclass(frozen=True)
class Bought:
    """A product of the demo, with what its tickets need."""

    customer_id: int
    contacts: Sequence[int]
    product_id: int
    policy: str
    name: str
    machines: Mapping[str, int]
    """Ids by name."""


@dataclass
class People:
    """The customers stored so far."""

    bought: dict[str, list[Bought]] = field(default_factory=dict)
    """Their products, by the customer's code."""
    customers: list[CustomerRecord] = field(default_factory=list)
    contacts: list[ContactRecord] = field(default_factory=list)
    products: list[ProductRecord] = field(default_factory=list)
    contracts: list[ContractRecord] = field(default_factory=list)
    machines: list[MachineRecord] = field(default_factory=list)
    usage: list[UsageRecord] = field(default_factory=list)

    def filed(self) -> Filed:
        """All of it, as the use cases ask for it."""
        return Filed(
            {record.customer_id: record for record in self.customers},
            {record.contact_id: record for record in self.contacts},
            {record.product_id: record for record in self.products},
            self.contracts,
            self.machines,
            self.usage,
        )


_RecordT = TypeVar("_RecordT")
_AddedT_contra = TypeVar("_AddedT_contra", contravariant=True)


class _Adds(Protocol[_AddedT_contra]):
    def add(self, records: Sequence[_AddedT_contra], /) -> Sequence[int]: ...


def _add(repository: _Adds[_RecordT], records: list[_RecordT], key: str) -> list[_RecordT]:
    """Stores records; the same with their ids."""
    ids = repository.add(records) if records else ()
    return [replace(record, **{key: kept}) for record, kept in zip(records, ids, strict=True)]  # type: ignore[type-var]


def store_people(uow: UnitOfWork, entries: Sequence[Mapping[str, Any]], now: datetime) -> People:
    """Stores the customers of the files as of the aware instant `now`; all but the ledger.

    Raises ValueError for a day that is none, KeyError for an entry without what it needs.
    """
    today = now.astimezone(HOME_ZONE).date()
    people = People()
    people.customers = _add(uow.customers, [_customer(entry, today) for entry in entries], "customer_id")
    ids = [record.customer_id for record in people.customers]
    people.contacts = _add(
        uow.contacts,
        [
            _contact(customer_id, name, told)
            for customer_id, entry in zip(ids, entries, strict=True)
            for name, told in entry["contacts"].items()
        ],
        "contact_id",
    )
    sold = [
        (customer_id, entry["code"], product)
        for customer_id, entry in zip(ids, entries, strict=True)
        for product in entry.get("products", [entry])
    ]
    people.products = _add(
        uow.products, [_product(customer_id, entry, today) for customer_id, _, entry in sold], "product_id"
    )
    for_each = list(zip(people.products, (entry for _, _, entry in sold), strict=True))
    people.contracts = _add(
        uow.contracts,
        [
            _contract(product.product_id, agreement, today)
            for product, entry in for_each
            for agreement in _agreements(entry)
        ],
        "contract_id",
    )
    people.machines = _add(
        uow.machines,
        [
            _machine(product.product_id, name, state, today)
            for product, entry in for_each
            for name, state in entry.get("machines", {}).items()
        ],
        "machine_id",
    )
    for product, entry in for_each:
        people.usage += _used(product, entry.get("used", {}), people.contracts, today)
    _collect(people, [code for _, code, _ in sold])
    return people


def _collect(people: People, codes: Sequence[str]) -> None:
    contacts: dict[int, list[int]] = {}
    for contact in people.contacts:
        contacts.setdefault(contact.customer_id, []).append(contact.contact_id)
    machines: dict[int, dict[str, int]] = {}
    for machine in people.machines:
        machines.setdefault(machine.product_id, {})[machine.name] = machine.machine_id
    for code, product in zip(codes, people.products, strict=True):
        people.bought.setdefault(code, []).append(
            Bought(
                product.customer_id,
                contacts[product.customer_id],
                product.product_id,
                product.policy,
                product.name,
                machines.get(product.product_id, {}),
            )
        )


def _customer(entry: Mapping[str, Any], today: date) -> CustomerRecord:
    facts = value(entry.get("customer_facts", {}), today, HOME_ZONE)
    return CustomerRecord(0, entry["code"], entry["name"], entry.get("province"), facts, entry.get("tax_id"))


def _contact(customer_id: int, name: str, told: Any) -> ContactRecord:
    """Somebody's number, or a table of `phone` and whether they are `authorised`."""
    known = told if isinstance(told, Mapping) else {"phone": told}
    return ContactRecord(0, customer_id, name, known["phone"] or None, known.get("authorised"))


def _product(customer_id: int, entry: Mapping[str, Any], today: date) -> ProductRecord:
    purchased = day(entry["bought"], today) if "bought" in entry else None
    facts = value(entry.get("facts", {}), today, HOME_ZONE)
    return ProductRecord(
        product_id=0,
        customer_id=customer_id,
        policy=entry["policy"],
        name=entry["product"],
        purchased_on=purchased,
        facts=facts,
        serial=entry.get("serial"),
        branch=entry.get("branch"),
    )


def _agreements(entry: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """One agreement, several, or none."""
    written = entry.get("ma", ())
    return [written] if isinstance(written, Mapping) else written


def _contract(product_id: int, entry: Mapping[str, Any], today: date) -> ContractRecord:
    return ContractRecord(
        contract_id=0,
        product_id=product_id,
        start=day(entry["from"], today) if "from" in entry else None,
        end=day(entry["to"], today) if "to" in entry else None,
        plan=entry.get("plan"),
        paid=entry.get("paid"),
        suspended=entry.get("suspended", False),
        special=entry.get("special"),
        package=entry.get("package"),
        own_terms=entry.get("own"),
    )


def _machine(product_id: int, name: str, state: Any, today: date) -> MachineRecord:
    """A machine under maintenance for a period, without (false), or nobody knows; what else a table tells."""
    told = state if isinstance(state, Mapping) else {"ma": state}
    covered = "from" in told or told.get("ma", NOT_RECORDED)
    return MachineRecord(
        machine_id=0,
        product_id=product_id,
        name=name,
        ma=None if covered == NOT_RECORDED else bool(covered),
        ma_start=day(told["from"], today) if "from" in told else None,
        ma_end=day(told["to"], today) if "to" in told else None,
        serial=told.get("serial"),
        branch=told.get("branch"),
    )


def _used(
    product: ProductRecord,
    counters: Mapping[str, int],
    contracts: Sequence[ContractRecord],
    today: date,
) -> list[UsageRecord]:
    """What was used up in the period that today lies in, before the desk kept a ledger."""
    if not counters:
        return []
    period, contract_id = _period(product, contracts, today)
    return [
        _unit(product.product_id, contract_id, counter, number, period, today)
        for counter, units in counters.items()
        for number in range(units)
    ]


def _period(
    product: ProductRecord, contracts: Sequence[ContractRecord], today: date
) -> tuple[tuple[date, date], int | None]:
    for contract in contracts:
        if contract.product_id == product.product_id and contract.start is not None:
            period = contract_year(contract.start, today, contract.end)
            if period is not None:
                return period, contract.contract_id
    if product.purchased_on is None:
        raise ValueError(f"{product.name}: nothing can be used up without an agreement or a purchase")
    return (product.purchased_on, last_day(product.purchased_on, years=1)), None


def _unit(
    product_id: int,
    contract_id: int | None,
    counter: str,
    number: int,
    period: tuple[date, date],
    today: date,
) -> UsageRecord:
    on = max(period[0], today - _EVERY * (number + 1))
    at = datetime.combine(on, time(4), UTC)
    return UsageRecord(
        usage_id=0,
        product_id=product_id,
        counter=counter,
        kind="consume",
        units=1,
        on=on,
        period_start=period[0],
        period_end=period[1],
        at=at,
        agent_id=None,
        ticket_id=None,
        contract_id=contract_id,
        reason="carried_in",
    )
