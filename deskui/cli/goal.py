"""`deskui goal`: by when the desk itself wants to have answered, where no vendor promises a time (X-16)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE
from deskui.cli.language import lang_option, told
from deskui.cli.options import Session, desk_options
from deskui.cli.output import plain_text, print_json, print_table
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.desk.goalbook import GoalLine

_HELP = """The desk's own goals, where a vendor promises no time.

They start a clock of their own on tickets that are logged from now on: marked ~ in the queue, never said to a
caller, and never beside a promise of the same kind. SERVICE is a service of the vendor, or "all" for every
service that has no goal of its own of that kind; KIND is first_response, callback, result or resolution.
"""
_EVERY = "all"
"""`*`, which a shell would make the names of files of."""


class Work(click.ParamType[timedelta]):
    """Working time: 30m, 8h, 1h30m."""

    name = "work"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The time; fails with words that show the form."""
        from deskui.desk.errors import Refused  # noqa: PLC0415 - help needs no desk
        from deskui.desk.goalbook import read_work  # noqa: PLC0415 - the same

        try:
            return read_work(str(value))
        except Refused as error:
            self.fail(told(error.text), param, ctx)


@click.group(help=_HELP)
def goal() -> None:
    """Has subcommands only."""


@goal.command("list")
@click.option("--policy", metavar="P", help="Only this vendor's.")
@lang_option
@desk_options
def list_goals(session: Session, policy: str | None) -> int:
    """Every goal of the desk, by vendor and service."""
    with session.desk(look_only=True) as desk:
        lines = desk.goals.lines(policy)
    if session.as_json:
        print_json([_shape(line) for line in lines])
    else:
        print_table([_cells(line) for line in lines])
    return DONE


@goal.command("set")
@click.argument("policy")
@click.argument("service")
@click.argument("kind")
@click.argument("work", type=Work())
@click.option("--calendar", metavar="NAME", default="", help="A calendar of the vendor, if not its main one.")
@lang_option
@desk_options
def set_goal(session: Session, policy: str, service: str, kind: str, work: timedelta, calendar: str) -> int:
    """Set the goal of SERVICE of POLICY: WORK of working time, such as 30m or 8h; supervisors only."""
    from deskui.desk.goalbook import GoalLine  # noqa: PLC0415 - help needs no desk

    line = GoalLine(policy, _kept(service), kind, work, calendar)
    with session.desk() as desk:
        desk.goals.put(line)
    _told(session, line)
    return DONE


@goal.command()
@click.argument("policy")
@click.argument("service")
@click.argument("kind")
@lang_option
@desk_options
def drop(session: Session, policy: str, service: str, kind: str) -> int:
    """Take a goal back; tickets that have its clock keep it. Supervisors only."""
    with session.desk() as desk:
        line = desk.goals.drop(policy, _kept(service), kind)
    _told(session, line)
    return DONE


def _kept(service: str) -> str:
    return "*" if service == _EVERY else service


def _told(session: Session, line: GoalLine) -> None:
    if session.as_json:
        print_json(_shape(line))
    else:
        print_table([_cells(line)])


def _shape(line: GoalLine) -> dict[str, Any]:
    return {
        "policy": line.policy,
        "service": _EVERY if line.service == "*" else line.service,
        "kind": line.kind,
        "work_minutes": line.work // timedelta(minutes=1),
        "calendar": line.calendar or None,
    }


def _cells(line: GoalLine) -> tuple[str, ...]:
    hours, minutes = divmod(line.work // timedelta(minutes=1), 60)
    spent = (f"{hours}h" if hours else "") + (f"{minutes}m" if minutes else "")
    main = told(Text(th="เวลาทำการหลัก", en="main hours"))
    cells = (
        line.policy,
        _EVERY if line.service == "*" else line.service,
        line.kind,
        spent,
        line.calendar or main,
    )
    return tuple(plain_text(cell) for cell in cells)
