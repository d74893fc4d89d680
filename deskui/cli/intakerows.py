"""Reads the lines of a table of customers: each is checked whole, its problems told with line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from deskui.cli import intakewords as words
from deskui.cli.errors import UsageProblem
from deskui.cli.factvalues import fact_value, question_of, reason, yes_no
from deskui.cli.intake import COLUMNS, FACT, Problem, Table
from deskui.cli.ownterms import OWN_COLUMNS, OwnTermProblem, read_own_term
from deskui.desk.clean import clean_line
from deskui.desk.records import (
    ContactRecord,
    ContractRecord,
    CustomerRecord,
    MachineRecord,
    ProductRecord,
)
from deskui.desk.register import NewCustomer, NewProduct
from deskui.policy.decision import Text
from deskui.policy.facts import read_date, read_province

if TYPE_CHECKING:
    from deskui.policy.library import Library
    from deskui.policy.policy import Policy

_OWN_PLACE = frozenset(
    (
        *("province", "purchased_on", "contract", "machine", "machine_id"),
        *("channel", "notified_at", "used", "usage", "usage_dates"),
    )
)
"""Facts that have columns of their own, or that belong to a call."""
_OF_PRODUCTS = COLUMNS[7 : COLUMNS.index("tax_id")]
_OF_MACHINES = ("ma", "ma_start", "ma_end", "machine_serial", "machine_branch")
CODE_LIMIT = 64
PHONE_LIMIT = 64
SERIAL_LIMIT = 64
TAX_DIGITS = 13


class RowReader:
    """Puts rows together: those of one code are one customer, those of one product are one product."""

    def __init__(self, table: Table, library: Library, columns: Mapping[str, int]) -> None:
        self._table = table
        self._library = library
        self._columns = columns
        self._customers: dict[str, NewCustomer] = {}
        self._products: dict[tuple[str, ...], NewProduct] = {}
        self._newest: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._line = 0
        self._row: Mapping[str, str] = {}

    def add(self, line: int, row: Mapping[str, str]) -> None:
        """Takes in one row; what is wrong with it goes into the table's problems."""
        self._line, self._row = line, row
        customer = self._customer()
        self._contact(customer)
        self._product(customer)

    def _wrong(self, name: str, why: Text | Exception) -> None:
        column = self._columns.get(name, 0)
        text = why if isinstance(why, Text) else reason(why)
        self._table.problems.append(Problem(self._line, column, name, text))

    def _text(self, name: str, limit: int = 200) -> str:
        """A cell without unseen characters."""
        raw = self._row.get(name) or ""
        found = clean_line(raw, len(raw) + 1)
        if len(found) > limit:
            self._wrong(name, words.too_long(len(found), limit))
        return found

    def _date(self, name: str) -> date | None:
        text = self._text(name)
        try:
            return read_date(text) if text else None
        except ValueError as error:
            self._wrong(name, error)
            return None

    def _yes_no(self, name: str) -> bool | None:
        text = self._text(name)
        try:
            return yes_no(text) if text else None
        except ValueError as error:
            self._wrong(name, error)
            return None

    def _period(self, first: str, last: str) -> tuple[date | None, date | None]:
        start, end = self._date(first), self._date(last)
        if start is not None and end is not None and end < start:
            self._wrong(last, words.backwards(end, first, start))
        return start, end

    def _customer(self) -> NewCustomer:
        code, name, province = self._text("code", CODE_LIMIT), self._text("name"), self._province()
        tax_id = self._tax_id()
        if not code:
            self._wrong("code", words.nothing(words.CODE))
        known = self._customers.get(code)
        if known is None:
            if code and not name:
                self._wrong("name", words.nothing(words.NAME))
            known = NewCustomer(CustomerRecord(0, code, name, province, tax_id=tax_id))
            if code:
                self._customers[code] = known
                self._table.lines[code] = self._line
                self._table.customers.append(known)
            return known
        for column, given, first in (
            ("name", name, known.record.name),
            ("province", province, known.record.province),
            ("tax_id", tax_id, known.record.tax_id),
        ):
            if given and given != first:
                self._wrong(column, words.differs(given, code, self._table.lines[code], first or ""))
        return known

    def _province(self) -> str | None:
        text = self._text("province")
        try:
            return read_province(text) if text else None
        except ValueError as error:
            self._wrong("province", error)
            return None

    def _tax_id(self) -> str | None:
        text = self._text("tax_id", 32)
        if text and sum(char.isdecimal() for char in text) != TAX_DIGITS:
            self._wrong("tax_id", words.found(text, words.tax_id(TAX_DIGITS)))
        return text or None

    def _contact(self, customer: NewCustomer) -> None:
        name, phone = self._text("contact"), self._text("phone", PHONE_LIMIT)
        if phone and sum(char.isdecimal() for char in phone) < 3:
            self._wrong("phone", words.found(phone, words.TELEPHONE))
        authorised = self._yes_no("authorised")
        if authorised is not None and not name:
            self._wrong("authorised", words.NO_CONTACT)
        if name or phone:
            # a number of the house itself is found under the customer's name
            contact = ContactRecord(0, 0, name or customer.record.name, phone or None, authorised)
            if contact not in customer.contacts:
                customer.contacts.append(contact)

    def _product(self, customer: NewCustomer) -> None:
        name, policy = self._text("product"), self._policy()
        about = [
            column
            for column in self._row
            if (column.startswith(FACT) or column in _OF_PRODUCTS) and self._text(column)
        ]
        if not name or policy is None:
            if name and not self._text("policy"):
                self._wrong("policy", words.no_vendor(name))
            elif about and not name:
                self._wrong("product", words.about_a_product(about[0]))
            elif policy is not None:
                self._wrong("product", words.no_product(policy.id))
            return
        purchased = self._date("purchased_on")
        facts = self._facts(policy)
        serial, branch = self._text("serial", SERIAL_LIMIT) or None, self._text("branch") or None
        # two copies of one program are two products; a line that names neither is about the one above
        base = (customer.record.code, policy.id, name)
        key: tuple[str, ...] = (*base, serial or "", branch or "")
        if serial is None and branch is None:
            key = self._newest.get(base, key)
        self._newest[base] = key
        product = self._products.get(key)
        if product is None:
            product = NewProduct(ProductRecord(0, 0, policy.id, name, purchased, facts, serial, branch))
            self._products[key] = product
            customer.products.append(product)
        elif purchased not in (None, product.record.purchased_on) or any(
            fact not in product.record.facts or product.record.facts[fact] != value
            for fact, value in facts.items()
        ):
            self._wrong("product", words.other_facts(name))
        self._contract(product, policy)
        self._machine(product)

    def _policy(self) -> Policy | None:
        from deskui.cli.library import get_policy  # noqa: PLC0415 - only with a table in hand

        name = self._text("policy")
        if not name:
            return None
        try:
            return get_policy(self._library, name)
        except UsageProblem as error:
            self._wrong("policy", error)
            return None

    def _facts(self, policy: Policy) -> dict[str, Any]:
        facts = {}
        for column in self._row:
            text = self._text(column) if column.startswith(FACT) else ""
            if not text:
                continue
            fact = column.removeprefix(FACT)
            if fact in _OWN_PLACE or "." in fact:
                self._wrong(column, words.NO_PRODUCT_FACT)
                continue
            try:
                facts[fact] = fact_value(policy, fact, text)
            except ValueError as error:
                self._wrong(column, error)
        return facts

    def _contract(self, product: NewProduct, policy: Policy) -> None:
        start, end = self._period("contract_start", "contract_end")
        own = {column: self._text(column, 2000) for column in OWN_COLUMNS}
        more = [column for column in ("plan", "paid", "suspended", "special") if self._text(column)]
        more += [column for column in OWN_COLUMNS if own[column]]
        contract = ContractRecord(
            0,
            0,
            start,
            end,
            self._plan(policy),
            self._yes_no("paid"),
            bool(self._yes_no("suspended")),
            self._yes_no("special"),
        )
        if not self._text("contract_start") and not self._text("contract_end"):
            if more:
                self._wrong("contract_start", words.no_dates(more[0]))
            return
        place = next((n for n, held in enumerate(product.contracts) if _same_contract(held, contract)), None)
        if place is None:
            place = len(product.contracts)
            product.contracts.append(contract)
        if any(own.values()):
            held = product.contracts[place]
            try:
                term = read_own_term(policy, own, held.own_terms or ())
            except OwnTermProblem as problem:
                self._wrong(problem.column, problem.text)
            else:
                product.contracts[place] = replace(held, own_terms=[*(held.own_terms or ()), term])

    def _plan(self, policy: Policy) -> str | None:
        text = self._text("plan", CODE_LIMIT)
        if not text:
            return None
        try:
            # a vendor without named plans takes any word
            if question_of(policy, "contract.plan") is not None:
                return str(fact_value(policy, "contract.plan", text))
        except ValueError as error:
            self._wrong("plan", error)
        return text

    def _machine(self, product: NewProduct) -> None:
        name, ma = self._text("machine"), self._yes_no("ma")
        start, end = self._period("ma_start", "ma_end")
        if name:
            serial = self._text("machine_serial", SERIAL_LIMIT) or None
            machine = MachineRecord(0, 0, name, ma, start, end, serial, self._text("machine_branch") or None)
            if machine not in product.machines:
                product.machines.append(machine)
        elif any(self._text(column) for column in _OF_MACHINES):
            self._wrong("machine", words.nothing(words.MACHINE))


def _same_contract(one: ContractRecord, other: ContractRecord) -> bool:
    """Whether two lines speak of one agreement, whatever terms of its own each adds."""
    return replace(one, own_terms=None) == replace(other, own_terms=None)
