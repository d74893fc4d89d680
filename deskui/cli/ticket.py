"""`deskui ticket`: the queue from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deskui.cli.errors import DONE, UsageProblem
from deskui.cli.options import TICKET_NUMBER, Session, desk_options
from deskui.cli.output import print_json
from deskui.cli.ticketmoves import MOVES
from deskui.cli.ticketopen import open_ticket
from deskui.cli.ticketteam import TEAM
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.desk.model import TicketRow

_HELP = """Tickets: see the queue, log a call, work on one.

NUMBER is what people call a ticket by, 1042 or #1042. Exit 0 done, 1 refused by a rule or somebody was
faster, 2 wrong use or an unknown number, 3 the store cannot be reached.
"""
_AT_A_TIME = 500


@click.group(help=_HELP)
def ticket() -> None:
    """Has subcommands only."""


@ticket.command("list")
@click.option(
    "--view",
    default="all",
    show_default=True,
    help="all, mine, callbacks, waiting, breached, today, or the id of a policy.",
)
@click.option("--find", default="", metavar="TEXT", help="Only those with TEXT in title, number or customer.")
@click.option(
    "--sort",
    type=click.Choice(["queue", "due", "received", "customer", "vendor"]),
    default="queue",
    show_default=True,
    help="In which order; queue is the one to serve them in.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Print no more than this many.")
@desk_options
def list_tickets(session: Session, view: str, find: str, sort: str, limit: int | None) -> int:
    """Open tickets in the order to serve them."""
    from deskui.desk.workmodel import Look  # noqa: PLC0415 - help needs no desk

    _check_view(session, view)
    with session.desk(look_only=view != "mine") as desk:
        entries = desk.look(Look(view, find, sort)).snapshot.entries[:limit]
        ids = [entry.ticket_id for entry in entries]
        rows: list[TicketRow] = []
        for start in range(0, len(ids), _AT_A_TIME):
            rows += desk.rows(ids[start : start + _AT_A_TIME])
    if session.as_json:
        from deskui.cli.shapes import row_shape  # noqa: PLC0415 - help needs no tickets

        bands = {entry.ticket_id: entry.band for entry in entries}
        print_json([{**row_shape(row), "band": bands[row.ticket_id]} for row in rows])
    elif rows:
        from deskui.cli.tickettext import print_rows  # noqa: PLC0415 - the same

        print_rows(rows)
    else:
        from deskui.cli.tickettext import say  # noqa: PLC0415 - the same

        nothing = (
            ("ไม่พบในมุมมองนี้", "nothing found in this view")
            if find
            else ("ไม่มีเรื่องในมุมมองนี้", "no tickets in this view")
        )
        click.echo(say(*nothing), err=True)
    return DONE


def _check_view(session: Session, view: str) -> None:
    """Raises UsageProblem for a name that is neither a view nor a policy."""
    from deskui.cli.library import open_library  # noqa: PLC0415 - help needs no policy
    from deskui.desk.queue import VIEWS  # noqa: PLC0415 - the same

    policies = list(open_library(session.policies))
    if view not in (*VIEWS, *policies):
        known = ", ".join((*VIEWS, *policies))
        raise UsageProblem(
            Text(
                th=f"--view: ไม่มีมุมมอง {view!r} มี: {known}", en=f"--view: no view {view!r}; there are: {known}"
            )
        )


@ticket.command()
@click.argument("number", type=TICKET_NUMBER)
@click.option("--why", is_flag=True, help="Also how each due time comes about, step by step.")
@desk_options
def show(session: Session, number: int, why: bool) -> int:
    """One ticket, whole."""
    with session.desk(look_only=True) as desk:
        ticket_id = desk.ticket_id(number)
        # whoever looks writes down what was missed
        desk.record_breaches()
        detail = desk.ticket(ticket_id)
        steps = [(clock, desk.explain(clock.clock_id)) for clock in detail.clocks] if why else []
        particle = desk.agent.particle
    if session.as_json:
        from deskui.cli.shapes import detail_shape, step_shape  # noqa: PLC0415 - help needs no tickets

        shape = detail_shape(detail, particle)
        for clock, (_, found) in zip(shape["clocks"], steps, strict=False):
            clock["steps"] = [step_shape(step) for step in found]
        print_json(shape)
    else:
        from deskui.cli.tickettext import print_detail  # noqa: PLC0415 - the same

        print_detail(detail, particle, steps)
    return DONE


ticket.add_command(open_ticket)
for _move in (*MOVES, *TEAM):
    ticket.add_command(_move)
