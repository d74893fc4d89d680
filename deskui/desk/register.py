"""Filling a desk: new customers with all that is on file about them, and new agents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from deskui.dataclass import dataclass
from deskui.desk.errors import Refused
from deskui.desk.ports import MOST_IDS
from deskui.desk.records import (
    AgentRecord,
    ContactRecord,
    ContractRecord,
    CustomerRecord,
    MachineRecord,
    ProductRecord,
)
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.desk.ports import UnitOfWork, UowFactory


@dataclass
class NewProduct:
    """A product with its agreements and machines; all ids are 0."""

    record: ProductRecord
    contracts: list[ContractRecord] = field(default_factory=list)
    machines: list[MachineRecord] = field(default_factory=list)


@dataclass
class NewCustomer:
    """A customer with contacts and products; all ids are 0."""

    record: CustomerRecord
    contacts: list[ContactRecord] = field(default_factory=list)
    products: list[NewProduct] = field(default_factory=list)


class CodesTaken(Refused):
    """Customers of these codes are on file already; nothing was stored."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        listed = ", ".join(codes)
        super().__init__(
            Text(
                f"มีลูกค้ารหัส {listed} อยู่แล้ว ไม่มีข้อมูลใดถูกเก็บ",
                f"There is a customer {listed} already; nothing was stored",
            )
        )


def taken(uow: UnitOfWork, codes: Iterable[str], *, hold: bool = False) -> set[str]:
    """Those of the codes that belong to a customer on file; with `hold`, nobody gives one out meanwhile."""
    found: set[str] = set()
    wanted = list(codes)
    ask = uow.customers.hold_codes if hold else uow.customers.by_codes
    for start in range(0, len(wanted), MOST_IDS):
        some = ask(wanted[start : start + MOST_IDS])
        found.update(customer.code for customer in some)
    return found


def add_customers(open_uow: UowFactory, customers: Sequence[NewCustomer], at: datetime) -> list[int]:
    """Stores all of them in one transaction, or none; their ids in the same order.

    Raises CodesTaken.
    """
    with open_uow(write=True) as uow:
        known = taken(uow, (customer.record.code for customer in customers), hold=True)
        if known:
            raise CodesTaken(sorted(known))
        ids = list(uow.customers.add([customer.record for customer in customers]))
        owned = list(zip(ids, customers, strict=True))
        uow.contacts.add(
            [
                replace(contact, customer_id=owner)
                for owner, customer in owned
                for contact in customer.contacts
            ]
        )
        bought = [(owner, product) for owner, customer in owned for product in customer.products]
        product_ids = uow.products.add(
            [replace(product.record, customer_id=owner) for owner, product in bought]
        )
        products = [(key, product) for key, (_, product) in zip(product_ids, bought, strict=True)]
        uow.contracts.add(
            [replace(contract, product_id=key) for key, product in products for contract in product.contracts]
        )
        uow.machines.add(
            [replace(machine, product_id=key) for key, product in products for machine in product.machines]
        )
        uow.changes.add("customer", ids, at)
        uow.commit()
    return ids


def add_agent(open_uow: UowFactory, record: AgentRecord) -> AgentRecord:
    """Stores a person of the desk; the first one of an empty desk is its supervisor. Raises Refused."""
    with open_uow(write=True) as uow:
        known = uow.agents.hold()
        if record.code in {one.code for one in known}:
            raise Refused(
                Text(
                    f"มีเจ้าหน้าที่รหัส {record.code} อยู่แล้ว เลือกรหัสอื่น",
                    f"There is an agent {record.code} already: choose another code",
                )
            )
        new = replace(record, supervisor=record.supervisor or not known)
        agent_id = uow.agents.add(new)
        uow.commit()
    return replace(new, agent_id=agent_id)
