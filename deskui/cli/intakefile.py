"""Reads a CSV file of customers: its encoding, its heading, its records; what they say: `intakerows`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from deskui.cli import intakewords as words
from deskui.cli.intake import COLUMNS, FACT, Problem, Table
from deskui.cli.intakerows import RowReader

if TYPE_CHECKING:
    from deskui.policy.library import Library

_NEEDED = ("code", "name")


def read_table(data: bytes, library: Library) -> Table:
    """The customers of a CSV file in UTF-8 with a heading; never raises for what is in it."""
    table = Table()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = words.not_utf8(data[error.start])
        table.problems.append(Problem(line, 0, "", found))
        return table
    rows = _rows(text, table)
    first = next(rows, None)
    if first is None:
        if not table.problems:
            table.problems.append(Problem(1, 0, "", words.empty_file(", ".join(COLUMNS))))
        return table
    heading = [cell.strip().casefold() for cell in first[1]]
    table.problems += _heading_problems(heading)
    if table.problems:
        return table
    reader = RowReader(table, library, {name: number for number, name in enumerate(heading, 1)})
    for line, cells in rows:
        if len(cells) > len(heading):
            found = words.too_many_cells(len(cells), len(heading))
            table.problems.append(Problem(line, len(heading) + 1, "", found))
        elif any(cell.strip() for cell in cells):
            reader.add(line, dict(zip(heading, cells, strict=False)))
    if not table.customers and not table.problems:
        table.problems.append(Problem(first[0] + 1, 0, "", words.NO_ROWS))
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
            table.problems.append(Problem(line, 0, "", words.no_csv(error)))
            return
        if cells:
            yield line, cells


def _heading_problems(heading: Sequence[str]) -> list[Problem]:
    problems = []
    for number, name in enumerate(heading, 1):
        if name not in COLUMNS and not (name.startswith(FACT) and len(name) > len(FACT)):
            problems.append(Problem(1, number, name, words.no_column(", ".join(COLUMNS), FACT)))
        elif heading.index(name) + 1 != number:
            problems.append(Problem(1, number, name, words.TWICE))
    if not problems or any(name in COLUMNS for name in heading):
        missing = [name for name in _NEEDED if name not in heading]
        problems += [Problem(1, 0, name, words.EMPTY_HEADING) for name in missing]
    return problems
