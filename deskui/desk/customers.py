"""Who is calling and what they have: the caller list and the customer card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from deskui.desk.calls import no_customer
from deskui.desk.collate import reading_order
from deskui.desk.entitlement import entitlement_of
from deskui.desk.errors import DeskError, NotFound
from deskui.desk.facts import (
    OnFile,
    contract_of,
    contract_state,
    is_covered,
    on_file,
    read,
    under_ma,
    used_dates,
)
from deskui.desk.find import best_first, needles, shown_number
from deskui.desk.model import (
    CallerHit,
    ContactLine,
    ContractState,
    CustomerCard,
    Entitlement,
    MachineLine,
    ProductLine,
    TicketRow,
)
from deskui.desk.ports import UnitOfWork
from deskui.desk.queue import due_of
from deskui.desk.records import (
    ContactRecord,
    ContractRecord,
    CustomerRecord,
    MachineRecord,
    OpenTicket,
    ProductRecord,
)
from deskui.desk.settledports import SettledRecord, in_force
from deskui.desk.terms import HOME_ZONE, Terms
from deskui.desk.work import Means
from deskui.policy.allowance import allowance
from deskui.policy.decide import decide
from deskui.policy.decision import Text
from deskui.policy.vocabulary import NOT_RECORDED

CANDIDATES = 200
"""How many hits of the store are looked at to find the best."""
MOST_OPEN = 8
"""Open tickets that a card names; the others are counted."""


class CustomerBook:
    """Reads customers. Nothing here writes."""

    def __init__(self, means: Means, rows: Callable[[Sequence[int]], Sequence[TicketRow]]) -> None:
        self._means = means
        self._rows = rows
        """Tickets by id, as screens show them."""

    def find(self, text: str, limit: int) -> list[CallerHit]:
        """Who may be meant by a fragment of number, name, code, tax id, serial or branch, best first."""
        looked_for = needles(text)
        if not looked_for or limit < 1:
            return []
        with self._means.uow() as uow:
            at = self._means.clock.now()
            hits = best_first(uow.customers.search(looked_for, max(CANDIDATES, limit)), looked_for, limit)
            ids = sorted({hit.customer_id for hit in hits})
            customers = {customer.customer_id: customer for customer in uow.customers.get(ids)}
            files = _files(uow, customers)
        lines = {
            customer_id: tuple(_line(self._means.terms, record, at) for record in files[customer_id])
            for customer_id in ids
        }
        return [
            CallerHit(
                customer_id=hit.customer_id,
                code=hit.code,
                customer=hit.customer,
                contact_id=hit.contact_id,
                contact=hit.contact,
                phone=shown_number(hit.phone) if hit.phone else None,
                products=lines.get(hit.customer_id, ()),
                product_id=hit.product_id,
                machine_id=hit.machine_id,
                found=hit.found,
            )
            for hit in hits
        ]

    def coded(self, code: str) -> int:
        """The id of the customer of that code, in capitals or as typed; raises NotFound."""
        with self._means.uow() as uow:
            found = {customer.code: customer for customer in uow.customers.by_codes([code, code.upper()])}
        customer = found.get(code) or found.get(code.upper())
        if customer is None:
            raise NotFound(
                Text(
                    f"ไม่มีลูกค้ารหัส {code!r} ค้นหาด้วยชื่อหรือเบอร์โทร",
                    f"There is no customer {code!r}: search by name or number",
                )
            )
        return customer.customer_id

    def card(self, customer_id: int, product_id: int | None) -> CustomerCard:
        """A customer with the entitlements of one product; raises NotFound."""
        terms = self._means.terms
        with self._means.uow() as uow:
            at = self._means.clock.now()
            found = uow.customers.get([customer_id])
            if not found:
                raise no_customer(customer_id)
            customer = found[0]
            contacts = uow.contacts.of_customers([customer_id])
            files = _files(uow, {customer_id: customer})[customer_id]
            record = _choose(terms, files, product_id, at)
            if record is not None:
                usage = uow.usage.of_products([record.product.product_id])
                record = replace(record, usage=usage, used_dates=used_dates(usage))
            settled = uow.readings.all()
            items = uow.tickets.open_items(customer_ids=[customer_id])
        people = tuple(_contact(contact) for contact in sorted(contacts, key=_by_name))
        return CustomerCard(
            customer_id=customer_id,
            code=customer.code,
            name=customer.name,
            province=customer.province,
            contacts=tuple((one.contact_id, one.name, one.phone) for one in people),
            products=tuple(_line(terms, file, at) for file in files),
            product=None if record is None else _line(terms, record, at),
            entitlements=() if record is None else entitlements(terms, record, at, settled),
            open_tickets=len(items),
            callbacks_due=sum(1 for item in items if _callback_due(item, at)),
            tax_id=customer.tax_id,
            people=people,
            machines=tuple(_machine(machine, at) for file in files for machine in file.machines),
            tickets=tuple(self._rows([item.ticket_id for item in sorted(items, key=_due_first)[:MOST_OPEN]])),
        )


def _by_name(contact: ContactRecord) -> tuple[object, ...]:
    return (*reading_order(contact.name), contact.contact_id)


def _contact(contact: ContactRecord) -> ContactLine:
    phone = shown_number(contact.phone) if contact.phone else ""
    return ContactLine(contact.contact_id, contact.name, phone, contact.authorised)


def _machine(machine: MachineRecord, at: datetime) -> MachineLine:
    covered = None if machine.ma is None else under_ma(machine, at.astimezone(HOME_ZONE).date())
    return MachineLine(
        machine.machine_id,
        machine.product_id,
        machine.name,
        machine.serial,
        machine.branch,
        covered,
        machine.ma_end,
    )


def _due_first(item: OpenTicket) -> tuple[object, ...]:
    due = due_of(item)
    return (due is None, due or item.received_at, item.received_at, item.ticket_id)


def _callback_due(item: OpenTicket, at: datetime) -> bool:
    """Whether the customer is to be called back: a promise of it runs, or the day it was put off to has
    come.
    """
    if item.deferred_until is not None:
        return item.deferred_until <= at
    return item.due_kind == "callback"


def _files(uow: UnitOfWork, customers: Mapping[int, CustomerRecord]) -> dict[int, list[OnFile]]:
    """What is on file about the products of these customers, by customer; without the ledger."""
    products: Sequence[ProductRecord] = uow.products.of_customers(list(customers))
    ids = [product.product_id for product in products]
    contracts: dict[int, list[ContractRecord]] = defaultdict(list)
    machines: dict[int, list[MachineRecord]] = defaultdict(list)
    if ids:
        for contract in uow.contracts.of_products(ids):
            contracts[contract.product_id].append(contract)
        for machine in uow.machines.of_products(ids):
            machines[machine.product_id].append(machine)
    files: dict[int, list[OnFile]] = {customer_id: [] for customer_id in customers}
    for product in products:
        held, runs_on = contracts[product.product_id], machines[product.product_id]
        files[product.customer_id].append(OnFile(customers[product.customer_id], product, held, runs_on))
    return files


def _choose(terms: Terms, files: Sequence[OnFile], product_id: int | None, at: datetime) -> OnFile | None:
    """The product asked for, else the first one covered on the day, else the first. Raises NotFound."""
    if product_id is not None:
        for record in files:
            if record.product.product_id == product_id:
                return record
        raise NotFound(
            Text(
                f"ลูกค้ารายนี้ไม่มีสินค้า id {product_id} เลือกจากรายการสินค้า",
                f"This customer has no product {product_id}: choose one of the list",
            )
        )
    for record in files:
        facts = _typed(terms, record, at)
        if facts is not None and is_covered(facts, at.astimezone(HOME_ZONE).date()):
            return record
    return files[0] if files else None


def _typed(terms: Terms, record: OnFile, at: datetime) -> dict[str, Any] | None:
    """The facts on file; None where the vendor's terms are not there or the record cannot be read."""
    try:
        policy = terms.policy(record.product.policy)
        return read(policy, on_file(record, at.astimezone(policy.zone).date()))
    except DeskError:
        return None


def _line(terms: Terms, record: OnFile, at: datetime) -> ProductLine:
    product = record.product
    day = at.astimezone(HOME_ZONE).date()
    facts = _typed(terms, record, at)
    contract = contract_of(record.contracts, day)
    state = contract_state(contract, day)
    in_force = state in (ContractState.ACTIVE, ContractState.SUSPENDED)
    end = contract.end if contract else None
    return ProductLine(
        product_id=product.product_id,
        policy=product.policy,
        vendor=terms.vendor_name(product.policy),
        name=product.name,
        purchased_on=product.purchased_on,
        plan=_plan(terms, record, facts, at),
        contract_state=state,
        contract_start=contract.start if contract else None,
        contract_end=end,
        days_left=(end - day).days if in_force and end is not None else None,
        serial=product.serial,
        branch=product.branch,
        remarks=_own_terms(facts) if in_force else (),
    )


def _own_terms(facts: Mapping[str, Any] | None) -> tuple[Text, ...]:
    """What the contract in force says in place of the terms; `facts` are typed."""
    contract = (facts or {}).get("contract")
    terms = contract.get("own_terms") if isinstance(contract, Mapping) else None
    if not isinstance(terms, tuple):
        return ()
    told = [(term.rule, term.reason.clause, term.reason.text) for term in terms]
    return tuple(
        Text(f"สัญญาของลูกค้าเอง {clause}: {text.th} ({rule})", f"Own contract {clause}: {text.en} ({rule})")
        for rule, clause, text in told
    )


def _plan(terms: Terms, record: OnFile, facts: dict[str, Any] | None, at: datetime) -> Text:
    """Name of the plan that applies, or that nobody knows of an agreement yet."""
    if record.product.facts.get("contract") == NOT_RECORDED:
        return Text("ยังไม่ทราบสัญญา", "agreement not known yet")
    if facts is None:
        return Text("—", "—")
    return terms.policy(record.product.policy).cover_text(facts, at)


def entitlements(
    terms: Terms, record: OnFile, at: datetime, records: Sequence[SettledRecord]
) -> tuple[Entitlement, ...]:
    """What each service a caller may ask for would get now, before any question is asked."""
    facts = _typed(terms, record, at)
    if facts is None:
        return ()
    policy = terms.policy(record.product.policy)
    settled = in_force(records, policy)
    asked = {**facts, "notified_at": at}
    return tuple(
        entitlement_of(
            policy,
            service,
            decide(policy, service.id, asked, at, settled),
            allowance(policy, service.id, asked, at, settled),
        )
        for service in policy.services.values()
        if service.call
    )
