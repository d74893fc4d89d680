"""Customers, their contacts and what they bought."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from deskui.desk import fold
from deskui.desk.records import (
    CallerRecord,
    ContactRecord,
    ContractRecord,
    CustomerRecord,
    MachineRecord,
    ProductRecord,
)
from deskui.store import tables
from deskui.store.repositories.search import search
from deskui.store.work import IDS, Shape, Turn, Work

_CUSTOMER = Shape(tables.customer, CustomerRecord, "customer_id", derived=("folded",))
_CONTACT = Shape(tables.contact, ContactRecord, "contact_id", derived=("folded",))
_PRODUCT = Shape(tables.product, ProductRecord, "product_id", derived=("folded",))
_MACHINE = Shape(tables.machine, MachineRecord, "machine_id", derived=("folded",))
_CONTRACT = Shape(tables.contract, ContractRecord, "contract_id")

_CUSTOMERS = _CUSTOMER.among("customer_id")
_CUSTOMERS_CODED = _CUSTOMER.among("code")
_CONTACTS = _CONTACT.among("contact_id")
_CONTACTS_OF = _CONTACT.among("customer_id").order_by(tables.contact.c.name, tables.contact.c.contact_id)
_LOCK_CONTACT = _CONTACTS.with_for_update(key_share=True)
_PRODUCTS = _PRODUCT.among("product_id")
_PRODUCTS_OF = _PRODUCT.among("customer_id").order_by(tables.product.c.product_id)
_POLICIES = select(tables.product.c.policy).distinct()
_MACHINES_OF = _MACHINE.among("product_id").order_by(tables.machine.c.machine_id)
_CONTRACTS_OF = _CONTRACT.among("product_id").order_by(
    tables.contract.c.start.asc().nulls_first(), tables.contract.c.contract_id
)
# in id order, so that two units of work that lock several never wait for each other
_LOCK_PRODUCTS = _PRODUCTS.order_by(tables.product.c.product_id).with_for_update(key_share=True)
_CONTRACT_PRODUCTS = select(tables.contract.c.product_id).where(
    tables.contract.c.contract_id.in_(bindparam(IDS, expanding=True))
)


class Customers:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, customer_ids: Sequence[int]) -> Sequence[CustomerRecord]:
        """Customers by id."""
        return _CUSTOMER.records(self._work.read(_CUSTOMERS, {IDS: customer_ids}))

    def by_codes(self, codes: Sequence[str]) -> Sequence[CustomerRecord]:
        """Customers by their own number."""
        return _CUSTOMER.records(self._work.read(_CUSTOMERS_CODED, {IDS: codes}))

    def hold_codes(self, codes: Sequence[str]) -> Sequence[CustomerRecord]:
        """The same; nobody else who holds codes gives one out before the unit of work ends."""
        self._work.take_turn(Turn.CUSTOMERS)
        return self.by_codes(codes)

    def search(self, needles: Sequence[str], limit: int) -> Sequence[CallerRecord]:
        """Customers and contacts whose search key holds any of the needles."""
        return search(self._work, needles, limit)

    def add(self, records: Sequence[CustomerRecord]) -> Sequence[int]:
        """Stores new customers; their ids in the same order."""
        return _CUSTOMER.add(self._work, [_customer(record) for record in records])

    def save(self, record: CustomerRecord) -> None:
        """Overwrites one customer."""
        _CUSTOMER.save(self._work, [(record.customer_id, _customer(record))])


def _customer(record: CustomerRecord) -> dict[str, Any]:
    key = fold.customer_key(record.code, record.name, record.tax_id)
    return _CUSTOMER.values(record) | {"folded": key}


class Contacts:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, contact_ids: Sequence[int]) -> Sequence[ContactRecord]:
        """Contacts by id."""
        return _CONTACT.records(self._work.read(_CONTACTS, {IDS: contact_ids}))

    def lock(self, contact_id: int) -> ContactRecord | None:
        """The contact as it is now, locked until the unit of work ends."""
        return _CONTACT.one(self._work.write(_LOCK_CONTACT, {IDS: [contact_id]}))

    def of_customers(self, customer_ids: Sequence[int]) -> Sequence[ContactRecord]:
        """All contacts of these customers, by name."""
        return _CONTACT.records(self._work.read(_CONTACTS_OF, {IDS: customer_ids}))

    def add(self, records: Sequence[ContactRecord]) -> Sequence[int]:
        """Stores new contacts; their ids in the same order."""
        return _CONTACT.add(self._work, [_contact(record) for record in records])

    def save(self, record: ContactRecord) -> None:
        """Overwrites one contact."""
        _CONTACT.save(self._work, [(record.contact_id, _contact(record))])


def _contact(record: ContactRecord) -> dict[str, Any]:
    return _CONTACT.values(record) | {"folded": fold.contact_key(record.name, record.phone)}


class Products:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, product_ids: Sequence[int]) -> Sequence[ProductRecord]:
        """Products by id."""
        return _PRODUCT.records(self._work.read(_PRODUCTS, {IDS: product_ids}))

    def of_customers(self, customer_ids: Sequence[int]) -> Sequence[ProductRecord]:
        """All products of these customers, by id."""
        return _PRODUCT.records(self._work.read(_PRODUCTS_OF, {IDS: customer_ids}))

    def policies(self) -> Sequence[str]:
        """The policies of all products, each once, sorted."""
        return sorted(self._work.read(_POLICIES).scalars())

    def lock(self, product_id: int) -> ProductRecord | None:
        """The product as it is now, locked until the unit of work ends."""
        return _PRODUCT.one(self._work.write(_LOCK_PRODUCTS, {IDS: [product_id]}))

    def add(self, records: Sequence[ProductRecord]) -> Sequence[int]:
        """Stores new products; their ids in the same order."""
        return _PRODUCT.add(self._work, [_product(record) for record in records])

    def save(self, record: ProductRecord) -> None:
        """Overwrites one product."""
        _PRODUCT.save(self._work, [(record.product_id, _product(record))])


def _product(record: ProductRecord) -> dict[str, Any]:
    return _PRODUCT.values(record) | {"folded": fold.place_key(record.serial, record.branch)}


class Machines:
    """The port of the same name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of_products(self, product_ids: Sequence[int]) -> Sequence[MachineRecord]:
        """All machines of these products, by id."""
        return _MACHINE.records(self._work.read(_MACHINES_OF, {IDS: product_ids}))

    def add(self, records: Sequence[MachineRecord]) -> Sequence[int]:
        """Stores new machines; their ids in the same order."""
        return _MACHINE.add(self._work, [_machine(record) for record in records])

    def save(self, record: MachineRecord) -> None:
        """Overwrites one machine."""
        _MACHINE.save(self._work, [(record.machine_id, _machine(record))])


def _machine(record: MachineRecord) -> dict[str, Any]:
    return _MACHINE.values(record) | {"folded": fold.place_key(record.serial, record.branch)}


class Contracts:
    """The port of the same name; a contract changes only under the lock of its product."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of_products(self, product_ids: Sequence[int]) -> Sequence[ContractRecord]:
        """All contracts of these products, by start (none first), then id."""
        return _CONTRACT.records(self._work.read(_CONTRACTS_OF, {IDS: product_ids}))

    def add(self, records: Sequence[ContractRecord]) -> Sequence[int]:
        """Stores new contracts; their ids in the same order."""
        self._lock({record.product_id for record in records})
        return _CONTRACT.add(self._work, [_CONTRACT.values(record) for record in records])

    def save(self, record: ContractRecord) -> None:
        """Overwrites one contract."""
        before = self._work.write(_CONTRACT_PRODUCTS, {IDS: [record.contract_id]}).scalars()
        self._lock({record.product_id, *before})
        _CONTRACT.save(self._work, [(record.contract_id, _CONTRACT.values(record))])

    def _lock(self, product_ids: set[int]) -> None:
        # SQLite's one writer holds everything already; a statement may not name too many ids
        if self._work.postgresql:
            ordered = sorted(product_ids)
            for start in range(0, len(ordered), 500):
                self._work.write(_LOCK_PRODUCTS, {IDS: ordered[start : start + 500]}).close()
