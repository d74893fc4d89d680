"""`deskui holiday`: the days the desk adds to a holiday set, or takes out of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE, Refused, UsageProblem
from deskui.cli.language import told
from deskui.cli.options import Session, desk_options
from deskui.cli.output import plain_text, print_json, print_table
from deskui.cli.progress import replanning
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.desk.desk import Desk
    from deskui.desk.holidays import Replanned
    from deskui.desk.records import HolidayRecord

_HELP = """Holidays the desk adds or takes out, as the cabinet or a vendor announces them.

A change holds at once, and every open clock it touches is planned anew, some hundred tickets at a time, so
that others can work meanwhile; what is stopped half-way is finished by whoever opens the store next. SET is
a holiday set that a vendor keeps; it need not be named where there is only one.
"""


class Day(click.ParamType[date]):
    """2026-12-05 or 05/12/2569."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; fails with words that show the form."""
        from deskui.cli.factvalues import reason  # noqa: PLC0415 - help needs no facts
        from deskui.policy.facts import read_date  # noqa: PLC0415 - the same

        try:
            return read_date(value)
        except ValueError as error:
            self.fail(told(reason(error)), param, ctx)


_day = click.argument("day", metavar="DATE", type=Day())
_set = click.option("--set", "name", metavar="SET", help="The holiday set, such as th-private.")


@click.group(help=_HELP)
def holiday() -> None:
    """Has subcommands only."""


@holiday.command("list")
@_set
@desk_options
def list_changes(session: Session, name: str | None) -> int:
    """What the desk changed, by set and day."""
    with session.desk(look_only=True) as desk:
        if name is not None:
            _chosen(desk, name)
        found = [record for record in desk.holidays.all() if name in (None, record.holiday_set)]
    if session.as_json:
        print_json([_shape(record) for record in found])
    else:
        print_table([_cells(record) for record in found])
    return DONE


@holiday.command()
@_day
@click.argument("text", metavar="NAME")
@click.option("--source", required=True, help="Where it is announced.")
@click.option("--en", default="", help="The name in English, where NAME is Thai.")
@_set
@desk_options
def add(session: Session, day: date, text: str, source: str, en: str, name: str | None) -> int:
    """Make DATE a holiday; prints how many tickets were planned anew."""
    from deskui.desk.clean import clean_line  # noqa: PLC0415 - help needs no desk

    with session.desk(create=True) as desk:
        chosen = _chosen(desk, name)
        there = desk.holidays.day(chosen, day)
        if there is not None and there.counts and there.state == "confirmed":
            raise Refused(
                Text(
                    th=f"{day} เป็นวันหยุดใน {chosen} อยู่แล้ว: {there.th} ({there.source})",
                    en=f"{day} is a holiday of {chosen} already: {there.en} ({there.source})",
                )
            )
        both = Text(clean_line(text), clean_line(en))
        with replanning() as progress:
            done = desk.holidays.add(chosen, day, both, clean_line(source), progress)
        return _print(session, desk, chosen, day, done)


@holiday.command()
@_day
@click.option("--source", default="", help="Where it is announced; needed for a day of the shipped set.")
@_set
@desk_options
def remove(session: Session, day: date, source: str, name: str | None) -> int:
    """Make DATE a working day, or take back a holiday the desk added."""
    from deskui.desk.clean import clean_line  # noqa: PLC0415 - help needs no desk

    with session.desk(create=True) as desk:
        chosen = _chosen(desk, name)
        if desk.holidays.day(chosen, day) is None:
            raise Refused(
                Text(
                    th=f"{day} ไม่ใช่วันหยุดใน {chosen} อยู่แล้ว",
                    en=f"{day} is no holiday of {chosen}: there is nothing to remove",
                )
            )
        if desk.holidays.day(chosen, day, shipped=True) is None:
            with replanning() as progress:
                done = desk.holidays.take_back(chosen, day, progress)
        elif clean_line(source):
            with replanning() as progress:
                done = desk.holidays.remove(chosen, day, clean_line(source), progress)
        else:
            raise UsageProblem(
                Text(
                    th=f"--source: {day} อยู่ในชุดที่มากับ deskui ระบุที่มาของประกาศให้ทำงาน",
                    en=f"--source: {day} is in the shipped set: say where it is announced as a working day",
                )
            )
        return _print(session, desk, chosen, day, done)


def _chosen(desk: Desk, name: str | None) -> str:
    """The set that is meant: the named one, or the only one. Raises UsageProblem."""
    sets = desk.holidays.sets()
    known = ", ".join(sets) or "—"
    if name is None:
        if len(sets) == 1:
            return sets[0]
        raise UsageProblem(Text(th=f"ระบุ --set: {known}", en=f"say which with --set: {known}"))
    if name not in sets:
        raise UsageProblem(
            Text(
                th=f"--set: ไม่มีผู้ขายรายใดใช้ชุด {plain_text(name)!r} มี: {known}",
                en=f"--set: no vendor keeps a set {plain_text(name)!r}; there are: {known}",
            )
        )
    return name


def _print(session: Session, desk: Desk, name: str, day: date, done: Replanned) -> int:

    after = desk.holidays.day(name, day)
    if session.as_json:
        print_json(
            {
                "set": name,
                "date": day.isoformat(),
                "holiday": after is not None and after.counts,
                "tickets_replanned": done.tickets,
            }
        )
        return DONE
    what = (
        Text(th="วันทำงาน", en="working day")
        if after is None
        else Text(th=f"วันหยุด: {after.th}", en=f"holiday: {after.en}")
    )
    moved = Text(th=f"เรื่องที่วางแผนใหม่: {done.tickets}", en=f"tickets planned anew: {done.tickets}")
    click.echo(f"{day}  {name}  {plain_text(told(what))}  {told(moved)}")
    return DONE


def _shape(record: HolidayRecord) -> dict[str, Any]:
    from deskui.cli.shapes import moment  # noqa: PLC0415 - help needs no shapes

    return {
        "set": record.holiday_set,
        "date": record.day.isoformat(),
        "working": record.working,
        "name": record.name.to_json(),
        "source": record.source,
        "recorded_at": moment(record.recorded_at),
    }


def _cells(record: HolidayRecord) -> tuple[str, ...]:

    what = Text(th="วันทำงาน", en="working day") if record.working else record.name
    return (
        record.day.isoformat(),
        record.holiday_set,
        plain_text(told(what)),
        plain_text(record.source),
    )
