"""`deskui call`: calls that became no ticket, and numbers that wait to be called back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE
from deskui.cli.language import told
from deskui.cli.options import CALL_NUMBER, Session, desk_options
from deskui.cli.output import plain_text, print_json, print_table
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.desk.callmodel import LoggedCall

_HELP = """Calls without a ticket: who called, what was said, and the way back.

Exit 0 done, 1 refused by a rule or somebody was faster, 2 wrong use or an unknown call, 3 the store cannot
be reached.
"""


@click.group(help=_HELP)
def call() -> None:
    """Has subcommands only."""


@call.command("list")
@click.option("--limit", type=click.IntRange(min=1, max=10_000), default=50, show_default=True)
@click.option("--since", metavar="T", help="Only calls that ended from here on: ISO 8601.")
@desk_options
def list_calls(session: Session, limit: int, since: str | None) -> int:
    """Calls that needed no ticket, newest first."""
    from deskui.cli.library import instant  # noqa: PLC0415 - help needs no desk
    from deskui.desk.terms import HOME_ZONE  # noqa: PLC0415 - the same

    start = None if since is None else instant(since, "--since", HOME_ZONE)
    with session.desk(look_only=True) as desk:
        found = desk.call_log(limit, start)
        particle = desk.agent.particle
    if session.as_json:
        print_json([_shape(one, particle) for one in found])
    elif found:
        print_table([tuple(told(text) for text in _HEAD), *(_cells(one) for one in found)])
    else:
        click.echo(told(Text("ยังไม่มีสายที่จบโดยไม่เปิดงาน", "no call ended without a ticket yet")), err=True)
    return DONE


@call.command("missed")
@desk_options
def list_missed(session: Session) -> int:
    """Numbers that ring or wait to be called back, longest waiting first."""
    from deskui.cli.ring import ring_shape  # noqa: PLC0415 - help needs no desk
    from deskui.cli.tickettext import clock_time  # noqa: PLC0415 - the same

    with session.desk(look_only=True) as desk:
        found, now = desk.rings(), desk.now()
    if session.as_json:
        print_json([ring_shape(one, now) for one in found])
    elif found:
        rows = [
            (
                clock_time(one.rang_at),
                f"×{one.times}",
                plain_text(one.number),
                plain_text(one.who if one.customer else "—"),
                plain_text(one.taken_by or ("☎" if one.rings(now) else "—")),
            )
            for one in found
        ]
        head = (
            Text("ตั้งแต่", "SINCE"),
            Text("", ""),
            Text("เบอร์", "NUMBER"),
            Text("ลูกค้า", "CUSTOMER"),
            Text("ผู้รับ", "WHO"),
        )
        print_table([tuple(told(text) for text in head), *rows])
    else:
        click.echo(told(Text("ไม่มีสายที่ต้องโทรกลับ", "nobody is to be called back")), err=True)
    return DONE


@call.command()
@click.argument("call_id", metavar="[ID]", type=CALL_NUMBER, required=False)
@desk_options
def undo(session: Session, call_id: int | None) -> int:
    """Take back how a call ended: my newest one, or the one of that ID; it is a draft again."""
    with session.desk() as desk:
        found = desk.undo_call(call_id)
    draft = None if found is None else found.draft_id
    if session.as_json:
        print_json({"draft": draft, "query": None if found is None else found.query})
    elif found is None:
        click.echo(told(Text("สายนี้รอโทรกลับในคิวอีกครั้ง", "it waits among the callbacks again")))
    else:
        click.echo(
            told(Text("เป็นร่างอีกครั้ง กด n ที่โต๊ะงานเพื่อทำต่อ", "it is a draft again: n on the desk goes on"))
        )
    return DONE


_HEAD = (
    Text("เลขที่", "ID"),
    Text("เวลา", "TIME"),
    Text("ผู้รับ", "AGENT"),
    Text("เพราะ", "WHY"),
    Text("เบอร์", "NUMBER"),
    Text("ลูกค้า", "CUSTOMER"),
    Text("ถามเรื่อง", "ABOUT"),
    Text("คำตอบ", "VERDICT"),
)


def _cells(one: LoggedCall) -> tuple[str, ...]:
    from deskui.cli.tickettext import clock_time  # noqa: PLC0415 - JSON needs no words
    from deskui.desk.calllog import reason_words  # noqa: PLC0415 - the same
    from deskui.desk.words import outcome_name  # noqa: PLC0415 - the same

    names = " · ".join(name for name in (one.customer, one.contact) if name)
    verdict = " ".join((told(outcome_name(one.outcome)), *one.rules[:1])) if one.outcome else ""
    undone = told(Text(" (ถอนแล้ว)", " (taken back)")) if one.undone else ""
    about = told(one.service_name) if one.service_name else one.title
    return (
        str(one.call_id),
        clock_time(one.at),
        plain_text(one.agent),
        told(reason_words(one.reason)) + undone,
        plain_text(one.number or "—"),
        plain_text(names or "—"),
        plain_text(about or "—"),
        plain_text(verdict),
    )


def _shape(one: LoggedCall, particle: str) -> dict[str, Any]:
    return {
        "call": one.call_id,
        "at": one.at.isoformat(),
        "started_at": one.started_at.isoformat(),
        "agent": one.agent,
        "reason": one.reason,
        "number": one.number,
        "customer": one.customer,
        "contact": one.contact,
        "policy": one.policy,
        "service": one.service,
        "outcome": one.outcome,
        "rules": list(one.rules),
        "said": one.said.spoken(particle).to_json(),
        "title": one.title,
        "undone": one.undone,
    }
