"""`deskui question`: what agents ask the supervisor, and the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE, UsageProblem
from deskui.cli.language import told
from deskui.cli.options import QUESTION_NUMBER, TICKET_NUMBER, Session, desk_options
from deskui.cli.output import plain_text, print_json, print_table
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from decimal import Decimal

    from deskui.desk.advicemodel import Asked

_HELP = """Questions to the supervisor: list them, answer them, ask about a ticket.

QUESTION is its number, 7 or Q7. A yes changes the verdict on the agent's screen, or the ticket, at once.
Exit 0 done, 1 refused by a rule, 2 wrong use or an unknown one, 3 the store cannot be reached.
"""
_STATES = {
    "open": Text("รอคำตอบ", "open"),
    "granted": Text("อนุมัติ", "granted"),
    "refused": Text("ไม่อนุมัติ", "refused"),
    "answered": Text("ตอบแล้ว", "answered"),
    "withdrawn": Text("ถอน", "withdrawn"),
}


@click.group(help=_HELP)
def question() -> None:
    """Has subcommands only."""


@question.command("list")
@click.option("--all", "everything", is_flag=True, help="The newest in any state, not only open ones.")
@desk_options
def list_all(session: Session, everything: bool) -> int:
    """What waits for an answer, oldest first."""
    with session.desk(look_only=True) as desk:
        found = desk.latest_questions() if everything else desk.questions_waiting()
    if session.as_json:
        print_json([question_shape(one) for one in found])
    elif found:
        for one in found:
            _print(one)
    else:
        click.echo(told(Text("ไม่มีคำถามรออยู่", "nothing waits for an answer")), err=True)
    return DONE


@question.command()
@click.argument("ticket", metavar="NUMBER", type=TICKET_NUMBER)
@click.argument("text", default="")
@desk_options
def ask(session: Session, ticket: int, text: str) -> int:
    """Ask about a ticket; TEXT says what."""
    with session.desk() as desk:
        found = desk.ask_about_ticket(desk.ticket_id(ticket), text)
    return _shown(session, found)


@question.command()
@click.argument("number", metavar="QUESTION", type=QUESTION_NUMBER)
@click.argument("reason")
@click.option("--amount", metavar="BAHT", help="Grant it for this price; left out it is free of charge.")
@desk_options
def grant(session: Session, number: int, reason: str, amount: str | None) -> int:
    """Say yes; REASON is kept with the ticket."""
    return _answer(session, number, "granted", reason, None if amount is None else _baht(amount))


@question.command()
@click.argument("number", metavar="QUESTION", type=QUESTION_NUMBER)
@click.argument("reason")
@desk_options
def refuse(session: Session, number: int, reason: str) -> int:
    """Say no, and why."""
    return _answer(session, number, "refused", reason, None)


@question.command()
@click.argument("number", metavar="QUESTION", type=QUESTION_NUMBER)
@click.argument("text")
@desk_options
def answer(session: Session, number: int, text: str) -> int:
    """Answer in words; the verdict stays as the terms have it."""
    return _answer(session, number, "answered", text, None)


@question.command()
@click.argument("number", metavar="QUESTION", type=QUESTION_NUMBER)
@desk_options
def withdraw(session: Session, number: int) -> int:
    """Take a question back that is not answered yet: your own, or any as a supervisor."""
    with session.desk() as desk:
        desk.withdraw_question(number)
        found = desk.supervisor_question(number)
    return _shown(session, found)


def _answer(session: Session, number: int, state: str, reply: str, amount: Decimal | None) -> int:
    with session.desk() as desk:
        found = desk.answer_question(number, state, reply, amount)
    return _shown(session, found)


def _baht(text: str) -> Decimal:
    """Raises UsageProblem for what is no amount."""
    from decimal import Decimal, InvalidOperation  # noqa: PLC0415 - help needs no numbers

    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        amount = Decimal("nan")
    # what has too many digits cannot be rounded
    if not amount.is_finite() or abs(amount) > 10**12 or amount != round(amount, 2):
        raise UsageProblem(
            Text(
                th=f"--amount: {text!r} ต้องเป็นจำนวนเงิน เช่น 750",
                en=f"--amount: {text!r} is no amount such as 750",
            )
        )
    return amount


def _shown(session: Session, found: Asked) -> int:
    if session.as_json:
        print_json(question_shape(found))
    else:
        _print(found)
    return DONE


def _print(found: Asked) -> None:
    from deskui.cli.tickettext import clock_time  # noqa: PLC0415 - JSON needs no words

    about = told(found.service_name) if found.service_name else "—"
    print_table(
        [
            (
                f"Q{found.question_id}",
                told(_STATES[found.state]),
                clock_time(found.asked_at),
                plain_text(found.asked_by or "—"),
                plain_text(found.customer),
                plain_text(about),
                f"#{found.number}" if found.number else "—",
            )
        ]
    )
    if found.text:
        click.echo(f"  ? {plain_text(found.text)}")
    for asked, said in found.facts:
        click.echo(f"    {plain_text(told(asked))}: {plain_text(told(said))}")
    if found.reply:
        price = "" if found.amount is None else f" · {found.amount:,.2f}"
        click.echo(f"  ! {plain_text(found.answered_by or '—')}: {plain_text(found.reply)}{price}")
    elif found.due_at is not None:
        due = clock_time(found.due_at)
        click.echo("  " + told(Text(f"ไม่มีหัวหน้าอยู่ พิจารณา {due}", f"no supervisor was there: due {due}")))


def question_shape(found: Asked) -> dict[str, Any]:
    """A question as JSON has it."""
    from deskui.cli.shapes import moment  # noqa: PLC0415 - help needs no desk
    from deskui.policy.codec import plain  # noqa: PLC0415 - the same

    return {
        "question": found.question_id,
        "state": found.state,
        "asked_at": moment(found.asked_at),
        "asked_by": found.asked_by,
        "policy": found.policy,
        "service": found.service,
        "customer": found.customer,
        "contact": found.contact,
        "ticket": found.number,
        "outcome": found.outcome,
        "text": found.text,
        "facts": [{"question": asked.to_json(), "answer": said.to_json()} for asked, said in found.facts],
        "due_at": moment(found.due_at),
        "answered_at": moment(found.answered_at),
        "answered_by": found.answered_by,
        "reply": found.reply,
        "amount": plain(found.amount),
        "say": found.words.to_json(),
    }
