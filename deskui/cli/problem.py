"""`deskui problem`: known problems, who called about them, and who is still to be called back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE, REFUSED, WRONG_USE, UsageProblem
from deskui.cli.language import told
from deskui.cli.options import CALLER_NUMBER, PROBLEM_NUMBER, TICKET_NUMBER, Session, desk_options
from deskui.cli.output import plain_text, print_json, print_table
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.desk.advicemodel import Problem, ProblemCaller
    from deskui.desk.errors import DeskError

_HELP = """Known problems: many callers, one cause, one text to say, one close.

PROBLEM is its number, 3 or P3. Closing one solves all its tickets; `show` prints the call-back list, and
`told` ticks a caller off it. Exit 0 done, 1 refused by a rule, 2 wrong use or an unknown one, 3 the store
cannot be reached.
"""


@click.group(help=_HELP)
def problem() -> None:
    """Has subcommands only."""


@problem.command("open")
@click.argument("title")
@click.option(
    "--say-th", default="", help="What every caller is told, in Thai; {particle} is the agent's own."
)
@click.option("--say-en", default="", help="The same in English; one of the two is enough.")
@click.option("--ticket", type=TICKET_NUMBER, help="The ticket that showed it: its first caller.")
@click.option("--policy", help="Without a ticket: id of the vendor's policy.")
@click.option("--service", help="Without a ticket: what calls about it are logged as.")
@desk_options
def open_one(
    session: Session,
    title: str,
    say_th: str,
    say_en: str,
    ticket: int | None,
    policy: str | None,
    service: str | None,
) -> int:
    """Open a known problem."""
    if (ticket is None) == (policy is None):
        raise UsageProblem(
            Text(th="ระบุ --ticket หรือ --policy อย่างใดอย่างหนึ่ง", en="give one of --ticket and --policy")
        )
    with session.desk() as desk:
        ticket_id = None if ticket is None else desk.ticket_id(ticket)
        found = desk.open_problem(
            title, Text(say_th, say_en), policy=policy, service=service, ticket_id=ticket_id
        )
    return _shown(session, found)


@problem.command("list")
@click.option("--closed", is_flag=True, help="Closed ones with somebody still to be called back.")
@desk_options
def list_all(session: Session, closed: bool) -> int:
    """Open problems, newest first."""
    with session.desk(look_only=True) as desk:
        found = desk.problems_to_tell() if closed else desk.known_problems()
    if session.as_json:
        print_json([problem_shape(one) for one in found])
    elif found:
        print_table([_cells(one) for one in found])
    else:
        click.echo(told(Text("ไม่มีปัญหาที่เปิดอยู่", "no known problem")), err=True)
    return DONE


@problem.command()
@click.argument("number", metavar="PROBLEM", type=PROBLEM_NUMBER)
@desk_options
def show(session: Session, number: int) -> int:
    """One problem with its call-back list, to be printed."""
    with session.desk(look_only=True) as desk:
        found = desk.problem(number)
    return _shown(session, found)


@problem.command()
@click.argument("number", metavar="PROBLEM", type=PROBLEM_NUMBER)
@click.option("--ticket", "tickets", type=TICKET_NUMBER, multiple=True, help="May be repeated.")
@click.option("--customer", metavar="CODE", help="Somebody who needs no ticket, only the call back.")
@click.option("--phone", help="The number to call back, where it is not on file.")
@desk_options
def attach(
    session: Session, number: int, tickets: tuple[int, ...], customer: str | None, phone: str | None
) -> int:
    """Put tickets or a caller on the call-back list.

    One that is refused or unknown is named on stderr and the others are put there all the same.
    """
    if not tickets and customer is None:
        raise UsageProblem(Text(th="ระบุ --ticket หรือ --customer", en="give --ticket or --customer"))
    with session.desk() as desk:
        # a problem that there is none of is said once
        desk.problem(number)

        def put(ticket: int) -> None:
            desk.attach_ticket(number, desk.ticket_id(ticket))

        def call_back(code: str) -> None:
            desk.attach_caller(number, desk.customer_id(code), None, phone)

        jobs = {f"#{ticket}": partial(put, ticket) for ticket in tickets}
        left = _each(jobs if customer is None else {**jobs, customer: partial(call_back, customer)})
        found = desk.problem(number)
    _shown(session, found)
    return _say_left(left)


@problem.command()
@click.argument("number", metavar="PROBLEM", type=PROBLEM_NUMBER)
@click.argument("solution")
@desk_options
def close(session: Session, number: int, solution: str) -> int:
    """Close it: SOLUTION solves all its tickets; prints who is to be called back."""
    with session.desk() as desk:
        found = desk.close_problem(number, solution)
    return _shown(session, found)


@problem.command("told")
@click.argument("callers", metavar="CALLER...", type=CALLER_NUMBER, nargs=-1, required=True)
@click.option("--not-yet", is_flag=True, help="Put them back on the list.")
@desk_options
def tick(session: Session, callers: tuple[int, ...], not_yet: bool) -> int:
    """Tick callers off the call-back list; CALLER is the number `show` prints first.

    One that is refused or unknown is named on stderr and the others are done all the same; exit 1 when a
    rule refused one, 2 when the rest are only unknown.
    """
    with session.desk() as desk:
        left = _each({str(caller): partial(desk.tell, caller, not not_yet) for caller in callers})
    if session.as_json:
        refused = [caller for caller in dict.fromkeys(callers) if str(caller) in left]
        done = [caller for caller in dict.fromkeys(callers) if str(caller) not in left]
        print_json({"told": done, "refused": refused, "not_yet": not_yet})
    return _say_left(left)


def _each(jobs: Mapping[str, Callable[[], object]]) -> dict[str, DeskError]:
    """Does each job; those that a rule refuses, or that are about what there is none of, with the answer."""
    from deskui.desk.errors import NotFound, Refused  # noqa: PLC0415 - help needs no desk

    left: dict[str, DeskError] = {}
    for name, job in jobs.items():
        try:
            job()
        except (NotFound, Refused) as no:
            left[name] = no
    return left


def _say_left(left: Mapping[str, DeskError]) -> int:
    """Names each that was not done, on stderr; the exit code."""
    from deskui.desk.errors import Refused  # noqa: PLC0415 - help needs no desk

    for name, reason in left.items():
        click.echo(f"deskui: {plain_text(name)}: {plain_text(told(reason.text))}", err=True)
    if any(isinstance(reason, Refused) for reason in left.values()):
        return REFUSED
    return WRONG_USE if left else DONE


def _shown(session: Session, found: Problem) -> int:
    if session.as_json:
        print_json(problem_shape(found))
        return DONE
    from deskui.cli.tickettext import clock_time  # noqa: PLC0415 - JSON needs no words

    print_table([_cells(found)])
    for words in dict.fromkeys((found.say.spoken().th, found.say.spoken().en)):
        click.echo(f"  “{plain_text(words)}”")
    if found.solution:
        click.echo(f"  ✓ {plain_text(found.solution)}")
    rows: list[tuple[str, ...]] = [
        (
            str(line.caller_id),
            "[x]" if line.told_at else "[ ]",
            plain_text(line.phone or "—"),
            plain_text(line.contact or "—"),
            plain_text(line.customer),
            f"#{line.number}" if line.number else "—",
            clock_time(line.told_at) if line.told_at else "",
        )
        for line in found.list
    ]
    print_table(rows, indent="  ")
    return DONE


def _cells(found: Problem) -> tuple[str, ...]:
    state = told(Text("ปิดแล้ว", "closed") if found.closed_at else Text("เปิดอยู่", "open"))
    callers = f"{found.callers} {'caller' if found.callers == 1 else 'callers'}"
    count = told(Text(f"{found.callers} ราย ต้องโทร {found.to_tell}", f"{callers}, {found.to_tell} to call"))
    about = told(found.service_name) if found.service_name else "—"
    vendor = plain_text(told(found.vendor))
    return f"P{found.problem_id}", state, vendor, plain_text(about), plain_text(found.title), count


def problem_shape(found: Problem) -> dict[str, Any]:
    """A known problem as JSON has it; `callers` has everybody only where one was asked for."""
    from deskui.cli.shapes import moment  # noqa: PLC0415 - help needs no desk

    return {
        "problem": found.problem_id,
        "policy": found.policy,
        "service": found.service,
        "title": found.title,
        "say": found.say.to_json(),
        "opened_at": moment(found.opened_at),
        "opened_by": found.opened_by,
        "closed_at": moment(found.closed_at),
        "closed_by": found.closed_by,
        "solution": found.solution,
        "count": found.callers,
        "to_tell": found.to_tell,
        "callers": [_caller(line) for line in found.list],
    }


def _caller(line: ProblemCaller) -> dict[str, Any]:
    from deskui.cli.shapes import moment  # noqa: PLC0415 - help needs no desk

    return {
        "caller": line.caller_id,
        "customer": line.customer,
        "code": line.code,
        "contact": line.contact,
        "phone": line.phone,
        "ticket": line.number,
        "attached_at": moment(line.attached_at),
        "attached_by": line.attached_by,
        "told_at": moment(line.told_at),
        "told_by": line.told_by,
    }
