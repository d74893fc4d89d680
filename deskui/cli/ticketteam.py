"""Tickets that change hands or are the same as another: `deskui ticket assign`, `merge`, `undo` and more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deskui.cli.errors import DONE
from deskui.cli.options import TICKET_NUMBER, Session, desk_options
from deskui.cli.ticketmoves import if_version, move, number_argument

if TYPE_CHECKING:
    from deskui.desk.desk import Desk
    from deskui.desk.model import TicketRow


@click.command()
@number_argument
@click.argument("code")
@click.option("--reason", default="", help="Why, for whoever gets it.")
@if_version
@desk_options
def assign(session: Session, number: int, code: str, reason: str, seen: int | None) -> int:
    """Give a ticket to the agent CODE: one that I hold, or any as a supervisor. They are told."""
    return move(session, number, seen, lambda desk, key, version: desk.assign(key, version, code, reason))


@click.command("take-over")
@number_argument
@click.option("--reason", required=True, help="Why; whoever had it is told.")
@if_version
@desk_options
def take_over(session: Session, number: int, reason: str, seen: int | None) -> int:
    """Make another agent's ticket mine."""
    return move(session, number, seen, lambda desk, key, version: desk.take_over(key, version, reason))


@click.command()
@number_argument
@click.option("--reason", required=True, help="Whom or what it waits for.")
@if_version
@desk_options
def hold(session: Session, number: int, reason: str, seen: int | None) -> int:
    """Wait for a third party: its clocks run on. `resume` ends it."""
    return move(session, number, seen, lambda desk, key, version: desk.hold(key, version, reason))


@click.command()
@number_argument
@click.option("--into", metavar="NUMBER", type=TICKET_NUMBER, required=True, help="The ticket that stays.")
@click.option("--other-customer", is_flag=True, help="They may be of two customers.")
@if_version
@desk_options
def merge(session: Session, number: int, into: int, other_customer: bool, seen: int | None) -> int:
    """Make a duplicate part of another ticket; prints that other one.

    The duplicate's clocks stop, and what both took of a quota is given back once. `undo` parts them again.
    """

    def act(desk: Desk, key: int, version: int) -> TicketRow:
        return desk.merge(key, version, desk.ticket_id(into), other_customer)

    return move(session, number, seen, act)


@click.command()
@number_argument
@if_version
@click.option("--look", is_flag=True, help="Only say what would be taken back.")
@desk_options
def undo(session: Session, number: int, seen: int | None, look: bool) -> int:
    """Take my newest step back: state, clocks and quota as before it. Refused when somebody acted since.

    A ticket that was only just logged is withdrawn: closed, its quota given back.
    """
    if not look:
        return move(session, number, seen, lambda desk, key, version: desk.undo(key, version))
    with session.desk() as desk:
        step = desk.last_step(desk.ticket_id(number))
    if session.as_json:
        from deskui.cli.output import print_json  # noqa: PLC0415 - help needs no tickets
        from deskui.cli.shapes import moment  # noqa: PLC0415 - the same

        shape = None if step is None else {
            "kind": step.kind, "did": step.did.to_json(), "agent": step.agent,
            "at": moment(step.at), "mine": step.mine,
        }  # fmt: skip
        print_json(shape)
    else:
        from deskui.cli.language import told  # noqa: PLC0415 - the same
        from deskui.cli.output import plain_text  # noqa: PLC0415 - the same
        from deskui.cli.tickettext import clock_time, say  # noqa: PLC0415 - the same

        if step is None:
            click.echo(say("ไม่มีขั้นตอนที่ย้อนได้", "nothing can be taken back"))
        else:
            click.echo(f"{clock_time(step.at)}  {plain_text(step.agent or '—')}  {told(step.did)}")
    return DONE


TEAM = (assign, take_over, hold, merge, undo)
"""What joins the group `ticket`."""
