"""`deskui reading`: where the terms can be read in two ways, and what a supervisor settled (X-14)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE
from deskui.cli.language import lang_option
from deskui.cli.library import get_policy, open_library
from deskui.cli.options import Session, desk_options
from deskui.cli.output import plain_text, print_json, print_table
from deskui.cli.progress import replanning
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deskui.desk.settled import ReadingLine
    from deskui.desk.settledports import SettledRecord

_HELP = """Where a vendor's terms can be read in more than one way.

The reading we take is flagged in every answer that hangs on it, with the other beside it. A supervisor may
settle one, with a reason: from then on it is followed and no longer flagged. Tickets that are there already
keep the answer they got.
"""


@click.group(help=_HELP)
def reading() -> None:
    """Has subcommands only."""


@reading.command("list")
@click.option("--policy", metavar="P", help="Only this vendor's.")
@lang_option
@desk_options
def list_readings(session: Session, policy: str | None) -> int:
    """Every reading: its options, the one that holds, who settled it."""
    if session.db is None and not _is_there():
        lines = _nobody_settled(session, policy)
    else:
        with session.desk(look_only=True) as desk:
            lines = desk.readings.lines(policy)
    if session.as_json:
        print_json([_shape(line) for line in lines])
    else:
        print_table([cells for line in lines for cells in _cells(line)])
    return DONE


def _is_there() -> bool:
    """Whether this user's own desk has begun."""
    from deskui.wiring import default_db_url  # noqa: PLC0415 - help needs no store

    return Path(default_db_url().removeprefix("sqlite:///")).exists()


def _nobody_settled(session: Session, vendor: str | None) -> Sequence[ReadingLine]:
    """The readings as the terms come, where there is no desk yet whose supervisor could settle one."""
    from deskui.cli.language import told  # noqa: PLC0415 - only where it is said
    from deskui.desk.settled import ReadingLine  # noqa: PLC0415 - help needs no desk

    library = open_library(session.policies)
    policies = [get_policy(library, vendor)] if vendor is not None else list(library.policies.values())
    note = Text(
        th="ยังไม่มีฐานข้อมูลของโต๊ะนี้ จึงยังไม่มีใครตัดสิน เริ่มได้ด้วย deskui หรือระบุ --db",
        en="there is no desk yet, so nothing is settled: deskui begins one, or give --db",
    )
    click.echo(f"deskui: {told(note)}", err=True)
    return [ReadingLine(each, reading, None, ()) for each in policies for reading in each.readings.values()]


_REASON = click.option("--reason", required=True, help="Why; whoever reads it later wants to know.")


@reading.command()
@click.argument("policy")
@click.argument("reading")
@click.argument("option")
@_REASON
@lang_option
@desk_options
def settle(session: Session, policy: str, reading: str, option: str, reason: str) -> int:
    """Settle READING of POLICY as OPTION; supervisors only."""
    return _change(session, policy, reading, option, reason)


@reading.command()
@click.argument("policy")
@click.argument("reading")
@_REASON
@lang_option
@desk_options
def unsettle(session: Session, policy: str, reading: str, reason: str) -> int:
    """Open READING of POLICY again; supervisors only."""
    return _change(session, policy, reading, None, reason)


def _change(session: Session, policy: str, reading: str, option: str | None, reason: str) -> int:
    with session.desk() as desk, replanning() as progress:
        line = desk.readings.settle(policy, reading, option, reason, progress)
    if session.as_json:
        print_json(_shape(line))
    else:
        print_table(_cells(line))
    return DONE


def _shape(line: ReadingLine) -> dict[str, Any]:
    reading = line.reading
    return {
        "policy": line.policy.id,
        "reading": reading.name,
        "rules": list(reading.rules),
        "default": reading.default,
        "holds": _holds(line),
        "options": {name: text.to_json() for name, text in reading.options.items()},
        "settled": None if line.settled is None else _record(line.settled),
        "history": [_record(record) for record in line.history],
    }


def _record(record: SettledRecord) -> dict[str, Any]:
    from deskui.cli.shapes import moment  # noqa: PLC0415 - help needs no shapes

    return {
        "option": record.option,
        "by": record.agent,
        "at": moment(record.at),
        "reason": record.reason,
    }


def _holds(line: ReadingLine) -> str:
    option = line.settled.option if line.settled is not None else None
    return option or line.reading.default


def _cells(line: ReadingLine) -> list[tuple[str, ...]]:
    """One row per option, that which holds marked; who settled it stands at its side."""
    from deskui.cli.language import told  # noqa: PLC0415 - JSON needs no words

    rows: list[tuple[str, ...]] = []
    for name, text in line.reading.options.items():
        holds = name == _holds(line)
        first = name == next(iter(line.reading.options))
        who = ""
        if holds and line.settled is not None:
            said = line.settled
            who = f"{said.agent} {said.at.astimezone(line.policy.zone):%Y-%m-%d}: {said.reason}"
        elif holds:
            who = told(Text(th="ยังไม่มีใครตัดสิน", en="open, the reading we take"))
        rows.append(
            (
                line.policy.id if first else "",
                line.reading.name if first else "",
                line.reading.rule if first else "",
                f"{'*' if holds else ' '} {name}",
                plain_text(told(text)),
                plain_text(who),
            )
        )
    return rows
