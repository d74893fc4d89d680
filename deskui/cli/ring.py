"""`deskui ring`: what a softphone runs when a number calls; the desks show who it is within a second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE, UsageProblem
from deskui.cli.language import told
from deskui.cli.options import Session, desk_options
from deskui.cli.output import plain_text, print_json
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from datetime import datetime

    from deskui.desk.callmodel import Ring

_HELP = """A number calls: show who it is on the desks.

For the hook of a softphone or telephone system. The first agent who takes the call has it. Nobody within half
a minute, or --missed: it stands among the callbacks of the queue. The same call may be told twice.
"""


@click.command(help=_HELP)
@click.argument("number")
@click.option("--to", metavar="CODE", help="The agent it rings for; left out: whoever is free.")
@click.option("--missed", is_flag=True, help="Nobody will take it any more: a callback at once.")
@desk_options
def ring(session: Session, number: str, to: str | None, missed: bool) -> int:
    """Tells the desks that a number calls."""
    from deskui.desk import errors as desk  # noqa: PLC0415 - help needs no desk
    from deskui.desk.ringing import ring as tell  # noqa: PLC0415 - the same

    with session.store() as store:
        try:
            found = tell(store.uow, session.clock, number, to, missed=missed)
        except desk.Refused as no:
            # a number nobody can read is wrong use, not a rule that says no
            raise UsageProblem(no.text) from None
    now = session.clock.now()
    if session.as_json:
        print_json(ring_shape(found, now))
    else:
        click.echo(told(_told(found, now)))
    return DONE


def _told(found: Ring, now: datetime) -> Text:
    named = f"{plain_text(found.who)} ({plain_text(found.number)})" if found.customer else found.number
    who = plain_text(named)
    if found.missed(now):
        return Text(f"{who}: ไม่มีใครรับ รอโทรกลับในคิว", f"{who}: missed, waits among the callbacks")
    to = plain_text(found.to) if found.to else None
    return Text(f"{who}: ดังที่ {to or 'ทุกโต๊ะ'}", f"{who}: rings for {to or 'everybody'}")


def ring_shape(found: Ring, now: datetime) -> dict[str, Any]:
    """A ring as JSON has it: instants in UTC, names None where nobody is known."""
    return {
        "ring": found.ring_id,
        "number": found.number,
        "state": "ringing" if found.rings(now) else "missed" if found.taken_by is None else "taken",
        "customer": found.customer,
        "contact": found.contact,
        "product": found.product,
        "to": found.to,
        "since": found.rang_at.isoformat(),
        "until": found.until_at.isoformat(),
        "times": found.times,
        "taken_by": found.taken_by,
    }
