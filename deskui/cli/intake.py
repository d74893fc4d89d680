"""Reads tables of customers: each line is checked whole, and every problem is told with line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from deskui.cli.factvalues import fact_value, question_of, yes_no
from deskui.cli.language import told
from deskui.cli.ownterms import OWN_COLUMNS, OwnTermProblem, read_own_term
from deskui.dataclass import dataclass
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

COLUMNS = (
    *("code", "name", "province", "contact", "phone", "policy", "product", "purchased_on"),
    *("contract_start", "contract_end", "plan", "paid", "suspended", "special", *OWN_COLUMNS),
    *("machine", "ma", "ma_start", "ma_end"),
    *("serial", "branch", "machine_serial", "machine_branch"),
    *("tax_id", "authorised"),
)
"""Columns of a table, besides fact.NAME for a fact about the product."""
FACT = "fact."
CODE_LIMIT = 64
PHONE_LIMIT = 64
_OWN_PLACE = frozenset(
    (
        *("province", "purchased_on", "contract", "machine", "machine_id"),
        *("channel", "notified_at", "used", "usage", "usage_dates"),
    )
)
"""Facts that have columns of their own, or that belong to a call."""
_NEEDED = ("code", "name")
_OF_PRODUCTS = COLUMNS[7 : COLUMNS.index("tax_id")]
_OF_MACHINES = ("ma", "ma_start", "ma_end", "machine_serial", "machine_branch")
SERIAL_LIMIT = 64
TAX_DIGITS = 13


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: line and column count from 1; column 0 is the line as a whole."""

    line: int
    column: int
    name: str
    message: str

    def __str__(self) -> str:
        place = f"line {self.line}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.name}: {self.message}" if self.name else f"{place}: {self.message}"

    def to_json(self) -> dict[str, Any]:
        """`{"line", "column", "name", "message"}`."""
        return {"line": self.line, "column": self.column, "name": self.name, "message": self.message}


@dataclass
class Table:
    """What a table holds: customers when it is sound, problems otherwise."""

    customers: list[NewCustomer] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    """The first line of each customer, by code."""
    problems: list[Problem] = field(default_factory=list)

    def already(self, codes: set[str]) -> list[Problem]:
        """The problems of codes that belong to customers on file."""
        said = "there is a customer of this code already"
        return [Problem(self.lines[code], 1, "code", f"{code!r}: {said}") for code in sorted(codes)]


def read_table(data: bytes, library: Library) -> Table:
    """The customers of a CSV file in UTF-8 with a heading; never raises for what is in it."""
    table = Table()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte {data[error.start]:#04x} is not UTF-8: save the file as CSV UTF-8"
        table.problems.append(Problem(line, 0, "", found))
        return table
    rows = _rows(text, table)
    first = next(rows, None)
    if first is None:
        if not table.problems:
            table.problems.append(
                Problem(1, 0, "", f"the file is empty: expected a heading {', '.join(COLUMNS)}")
            )
        return table
    heading = [cell.strip().casefold() for cell in first[1]]
    table.problems += _heading_problems(heading)
    if table.problems:
        return table
    reader = RowReader(table, library, {name: number for number, name in enumerate(heading, 1)})
    for line, cells in rows:
        if len(cells) > len(heading):
            found = f"found {len(cells)} cells, expected {len(heading)}: put a cell with a comma in quotes"
            table.problems.append(Problem(line, len(heading) + 1, "", found))
        elif any(cell.strip() for cell in cells):
            reader.add(line, dict(zip(heading, cells, strict=False)))
    if not table.customers and not table.problems:
        table.problems.append(Problem(first[0] + 1, 0, "", "no customer below the heading"))
    table.problems.sort(key=lambda problem: (problem.line, problem.column))
    return table


def _rows(text: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """(first line, cells) of each record; what is no CSV ends it with a problem."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.problems.append(Problem(line, 0, "", f"not CSV: {error}"))
            return
        if cells:
            yield line, cells


def _heading_problems(heading: Sequence[str]) -> list[Problem]:
    problems = []
    for number, name in enumerate(heading, 1):
        if name not in COLUMNS and not (name.startswith(FACT) and len(name) > len(FACT)):
            expected = f"expected one of {', '.join(COLUMNS)}, or {FACT}NAME"
            problems.append(Problem(1, number, name, f"no such column: {expected}"))
        elif heading.index(name) + 1 != number:
            problems.append(Problem(1, number, name, "given twice: keep one"))
    if not problems or any(name in COLUMNS for name in heading):
        missing = [name for name in _NEEDED if name not in heading]
        problems += [Problem(1, 0, name, "the heading lacks this column") for name in missing]
    return problems


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

    def _wrong(self, name: str, why: Text | Exception | str) -> None:
        column = self._columns.get(name, 0)
        self._table.problems.append(Problem(self._line, column, name, _told(why)))

    def _text(self, name: str, limit: int = 200) -> str:
        """A cell without unseen characters."""
        raw = self._row.get(name) or ""
        found = clean_line(raw, len(raw) + 1)
        if len(found) > limit:
            self._wrong(name, f"found {len(found)} characters, expected at most {limit}")
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
            self._wrong(last, f"{end} lies before {first} {start}")
        return start, end

    def _customer(self) -> NewCustomer:
        code, name, province = self._text("code", CODE_LIMIT), self._text("name"), self._province()
        tax_id = self._tax_id()
        if not code:
            self._wrong("code", "found nothing, expected the vendor's customer number")
        known = self._customers.get(code)
        if known is None:
            if code and not name:
                self._wrong("name", "found nothing, expected the customer's name")
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
                where = f"line {self._table.lines[code]} says {first!r}"
                self._wrong(
                    column, f"found {given!r} for {code}, but {where}: leave it empty or make them equal"
                )
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
            self._wrong("tax_id", f"found {text!r}, expected the {TAX_DIGITS} digits of a tax id")
        return text or None

    def _contact(self, customer: NewCustomer) -> None:
        name, phone = self._text("contact"), self._text("phone", PHONE_LIMIT)
        if phone and sum(char.isdecimal() for char in phone) < 3:
            self._wrong("phone", f"found {phone!r}, expected a telephone number")
        authorised = self._yes_no("authorised")
        if authorised is not None and not name:
            self._wrong("authorised", "found an answer, but no contact it is about")
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
                self._wrong("policy", f"found nothing, expected the vendor of {name!r}")
            elif about and not name:
                self._wrong("product", f"found nothing, but {about[0]} is about a product")
            elif policy is not None:
                self._wrong("product", f"found nothing, expected what was bought of {policy.id}")
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
            self._wrong("product", f"{name!r} was given other facts in a line above: leave them empty here")
        self._contract(product, policy)
        self._machine(product)

    def _policy(self) -> Policy | None:
        from deskui.policy.library import UnknownPolicy  # noqa: PLC0415 - only with a table in hand
        from deskui.policy.problems import PolicyFileError  # noqa: PLC0415 - the same

        name = self._text("policy")
        if not name:
            return None
        try:
            return self._library.get(name)
        except (UnknownPolicy, PolicyFileError) as error:
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
                self._wrong(column, "this is no fact of a product: it has a column, or belongs to a call")
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
                self._wrong(
                    "contract_start", f"found nothing, expected the dates of the agreement of {more[0]}"
                )
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
            self._wrong("machine", "found nothing, expected the machine that is under maintenance")


def _told(why: Text | Exception | str) -> str:
    """In the language of the command, where it is said in both."""
    text = getattr(getattr(why, "said", why), "text", why)
    return told(text) if isinstance(text, Text) else str(text)


def _same_contract(one: ContractRecord, other: ContractRecord) -> bool:
    """Whether two lines speak of one agreement, whatever terms of its own each adds."""
    return replace(one, own_terms=None) == replace(other, own_terms=None)
