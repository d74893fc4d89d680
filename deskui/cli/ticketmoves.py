"""What may be done to a ticket: `deskui ticket claim`, `wait`, `resolve` and the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from deskui.cli.errors import DONE, UsageProblem
from deskui.cli.options import TICKET_NUMBER, Session, desk_options
from deskui.cli.output import print_json
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.desk.desk import Desk
    from deskui.desk.model import TicketRow

number_argument = click.argument("number", type=TICKET_NUMBER)
if_version = click.option(
    "--if-version",
    "seen",
    type=click.IntRange(1, 1_000_000_000),
    help="Only if nobody changed the ticket since this version, as list and show give it.",
)


def move(session: Session, number: int, seen: int | None, act: Callable[[Desk, int, int], TicketRow]) -> int:
    """Does one thing to a ticket and prints what became of it."""
    with session.desk() as desk:
        ticket_id = desk.ticket_id(number)
        version = desk.rows([ticket_id])[0].version if seen is None else seen
        row = act(desk, ticket_id, version)
    return _print(session, row)


def _print(session: Session, row: TicketRow) -> int:
    if session.as_json:
        from deskui.cli.shapes import row_shape  # noqa: PLC0415 - help needs no tickets

        print_json(row_shape(row))
    else:
        from deskui.cli.tickettext import print_done  # noqa: PLC0415 - the same

        print_done(row)
    return DONE


@click.command()
@number_argument
@click.option("--reason", default="", help="Why this one first, where covered customers still wait.")
@if_version
@desk_options
def claim(session: Session, number: int, reason: str, seen: int | None) -> int:
    """Make the ticket mine."""
    return move(session, number, seen, lambda desk, key, version: desk.claim(key, version, reason))


@click.command()
@number_argument
@if_version
@desk_options
def release(session: Session, number: int, seen: int | None) -> int:
    """Give my ticket back to the queue."""
    return move(session, number, seen, lambda desk, key, version: desk.release(key, version))


@click.command()
@number_argument
@click.argument("text")
@desk_options
def note(session: Session, number: int, text: str) -> int:
    """Add a note; TEXT is - to read it from stdin."""
    words = _stdin() if text == "-" else text
    return move(session, number, None, lambda desk, key, _version: desk.note(key, words).row)


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageProblem(
            Text(
                th=f"ข้อความจาก stdin ไม่ใช่ UTF-8 (ไบต์ที่ {error.start + 1})",
                en=f"the text on stdin is not UTF-8 (byte {error.start + 1})",
            )
        ) from None


@click.command()
@number_argument
@click.option("--reason", default="", help="What we wait for.")
@if_version
@desk_options
def wait(session: Session, number: int, reason: str, seen: int | None) -> int:
    """Wait for the customer: its clocks pause."""
    return move(session, number, seen, lambda desk, key, version: desk.wait(key, version, reason))


@click.command()
@number_argument
@if_version
@desk_options
def resume(session: Session, number: int, seen: int | None) -> int:
    """The customer answered: what is left is planned from now."""
    return move(session, number, seen, lambda desk, key, version: desk.resume(key, version))


@click.command()
@number_argument
@click.argument("value")
@if_version
@desk_options
def severity(session: Session, number: int, value: str, seen: int | None) -> int:
    """Decide again with another severity; what is left of its clocks is planned anew."""

    def act(desk: Desk, key: int, version: int) -> TicketRow:
        return desk.change_severity(key, version, _severity(desk, desk.rows([key])[0], value))

    return move(session, number, seen, act)


def _severity(desk: Desk, row: TicketRow, value: str) -> str:
    """One of the vendor's own words. Raises UsageProblem for any other."""
    from deskui.desk.errors import NotFound  # noqa: PLC0415 - help needs no desk

    try:
        question = desk.question(row.policy, "severity", row.service)
    except NotFound:
        # the desk itself says that these terms know none
        return value
    choices = [str(choice.value) for choice in question.choices]
    if choices and value not in choices:
        known = ", ".join(choices)
        raise UsageProblem(
            Text(th=f"ไม่มีความรุนแรง {value!r} มี: {known}", en=f"no severity {value!r}; there are: {known}")
        )
    return value


@click.command()
@number_argument
@click.argument(
    "kind", metavar="KIND", type=click.Choice(["first_response", "callback", "result", "resolution"])
)
@if_version
@desk_options
def meet(session: Session, number: int, kind: str, seen: int | None) -> int:
    """The target of this KIND is met now: called back, result given …"""
    return move(session, number, seen, lambda desk, key, version: desk.meet(key, version, kind))


@click.command()
@number_argument
@click.option("--note", "text", default="", help="What solved it.")
@if_version
@desk_options
def resolve(session: Session, number: int, text: str, seen: int | None) -> int:
    """Solved: its clocks are met."""
    return move(session, number, seen, lambda desk, key, version: desk.resolve(key, version, text))


@click.command()
@number_argument
@if_version
@desk_options
def reopen(session: Session, number: int, seen: int | None) -> int:
    """Not solved after all: its clocks run on."""
    return move(session, number, seen, lambda desk, key, version: desk.reopen(key, version))


@click.command()
@number_argument
@if_version
@desk_options
def close(session: Session, number: int, seen: int | None) -> int:
    """Done with: out of the queue."""
    return move(session, number, seen, lambda desk, key, version: desk.close(key, version))


MOVES = (claim, release, note, wait, resume, severity, meet, resolve, reopen, close)
"""What joins the group `ticket`."""
