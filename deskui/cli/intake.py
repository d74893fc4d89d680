"""What a table of customers holds: its columns, the customers when it is sound, its problems otherwise."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from deskui.cli.intakewords import ALREADY
from deskui.cli.language import told
from deskui.cli.ownterms import OWN_COLUMNS
from deskui.dataclass import dataclass
from deskui.desk.register import NewCustomer
from deskui.policy.decision import Text

COLUMNS = (
    *("code", "name", "province", "contact", "phone", "policy", "product", "purchased_on"),
    *("contract_start", "contract_end", "plan", "paid", "suspended", "special", *OWN_COLUMNS),
    *("machine", "ma", "ma_start", "ma_end"),
    *("serial", "branch", "machine_serial", "machine_branch"),
    *("tax_id", "authorised"),
)
"""Columns of a table, besides fact.NAME for a fact about the product."""
FACT = "fact."


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: line and column count from 1; column 0 is the line as a whole."""

    line: int
    column: int
    name: str
    message: Text

    def __str__(self) -> str:
        place = Text(f"บรรทัด {self.line}", f"line {self.line}")
        if self.column:
            place = Text(f"{place.th} คอลัมน์ {self.column}", f"{place.en}, column {self.column}")
        return f"{told(place)}: {self.said}"

    @property
    def said(self) -> str:
        """What is wrong with what, in the language of the command."""
        return f"{self.name}: {told(self.message)}" if self.name else told(self.message)

    def to_json(self) -> dict[str, Any]:
        """`{"line", "column", "name", "message"}`."""
        return {"line": self.line, "column": self.column, "name": self.name, "message": told(self.message)}


@dataclass
class Table:
    """What a table holds: customers when it is sound, problems otherwise."""

    customers: list[NewCustomer] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    """The first line of each customer, by code."""
    problems: list[Problem] = field(default_factory=list)

    def already(self, codes: set[str]) -> list[Problem]:
        """The problems of codes that belong to customers on file."""
        return [
            Problem(self.lines[code], 1, "code", Text(f"{code!r}: {ALREADY.th}", f"{code!r}: {ALREADY.en}"))
            for code in sorted(codes)
        ]
