"""`deskui agent`: the people of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE, UsageProblem
from deskui.cli.options import Session, desk_options
from deskui.cli.output import plain_text, print_json, print_table
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.desk.records import AgentRecord

_HELP = """The people of the desk.

The first one of an empty desk is its supervisor.
"""
_CODE_LIMIT = 32
_PARTICLE_LIMIT = 16


@click.group(help=_HELP)
def agent() -> None:
    """Has subcommands only."""


@agent.command("list")
@desk_options
def list_agents(session: Session) -> int:
    """Everybody, by code."""
    with session.store() as store, store.uow() as uow:
        found = uow.agents.all()
    if session.as_json:
        print_json([_shape(record) for record in found])
    else:
        print_table([_cells(record) for record in found])
    return DONE


@agent.command()
@click.argument("code")
@click.argument("name")
@click.option("--particle", help="The agent's own polite word: ค่ะ, ครับ.")
@click.option("--language", type=click.Choice(["th", "en"]), default="th", show_default=True)
@click.option("--supervisor", is_flag=True, help="May grant what the terms leave to a supervisor.")
@desk_options
def add(session: Session, code: str, name: str, particle: str | None, language: str, supervisor: bool) -> int:
    """Add a person; CODE is what --agent takes."""
    from deskui.desk.clean import clean_line  # noqa: PLC0415 - help needs no desk
    from deskui.desk.records import AgentRecord  # noqa: PLC0415 - the same
    from deskui.desk.register import add_agent  # noqa: PLC0415 - the same

    _check("CODE", code, _CODE_LIMIT)
    record = AgentRecord(0, code, clean_line(name), language=language, supervisor=supervisor)
    if not record.name:
        raise UsageProblem(Text(th="NAME ว่างเปล่า ระบุชื่อ", en="NAME is empty: give a name"))
    if particle is not None:
        _check("--particle", particle, _PARTICLE_LIMIT)
        record = AgentRecord(0, code, record.name, particle, language, supervisor)
    with session.store(create=True) as store:
        stored = add_agent(store.uow, record)
    if session.as_json:
        print_json(_shape(stored))
    else:
        print_table([_cells(stored)])
    return DONE


def _check(option: str, value: str, limit: int) -> None:
    """Raises UsageProblem for a word that is empty, too long, or has blanks or unseen characters."""
    if not 0 < len(value) <= limit or " " in value or plain_text(value) != value:
        raise UsageProblem(
            Text(
                th=f"{option}: {plain_text(value)!r} ต้องเป็นคำเดียว ไม่เกิน {limit} ตัวอักษร",
                en=f"{option}: {plain_text(value)!r} must be one word of at most {limit} characters",
            )
        )


def _shape(record: AgentRecord) -> dict[str, Any]:
    return {
        "code": record.code,
        "name": record.name,
        "particle": record.particle,
        "language": record.language,
        "supervisor": record.supervisor,
    }


def _cells(record: AgentRecord) -> tuple[str, ...]:
    from deskui.cli.language import told  # noqa: PLC0415 - JSON needs no words

    role = told(Text(th="หัวหน้า", en="supervisor")) if record.supervisor else ""
    return (
        plain_text(record.code),
        plain_text(record.name),
        plain_text(record.particle),
        record.language,
        role,
    )
