"""`deskui ticket open`: log a call, or say what has to be known first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE, REFUSED, UsageProblem
from deskui.cli.language import told
from deskui.cli.options import PROBLEM_NUMBER, Session, desk_options
from deskui.cli.output import plain_text, print_json
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deskui.desk.desk import Desk
    from deskui.desk.model import Call, CustomerCard, ProductLine, TicketDetail
    from deskui.policy.decision import Decision

_HELP = """Log a call: prints the number, the verdict, the words to say and what is due.

--fact takes what the caller answered: yes or no, one of the vendor's words, a number, a date (2026-11-23 or
23/11/2569). Where something has to be known first, nothing is logged: it says which facts and how to give
them, and exits 1.
"""
_CHANNELS = (
    "phone",
    "mobile",
    "fax",
    "email",
    "line",
    "webboard",
    "platform",
    "portal",
    "chat",
    "remote",
    "service_centre",
    "onsite",
)


@click.command("open", help=_HELP)
@click.option("--customer", required=True, metavar="CODE", help="The customer's code.")
@click.option("--service", required=True, metavar="S", help="What it is about, by the vendor's list.")
@click.option("--product", metavar="P", help="Id, policy or name of the product, where there are several.")
@click.option("--contact", metavar="NAME", help="Who calls: a contact on file.")
@click.option("--phone", metavar="N", help="The number called from, if it is not the contact's.")
@click.option("--channel", type=click.Choice(_CHANNELS), default="phone", show_default=True)
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="An answer. May be repeated.")
@click.option(
    "--proof",
    "proofs",
    multiple=True,
    metavar="NAME=HOW",
    help="How a yes was made sure of, where that counts.",
)
@click.option(
    "--problem", type=PROBLEM_NUMBER, metavar="P", help="The known problem it is about, by its number."
)
@click.option("--title", default="", help="A few words; the service's name if not said.")
@click.option("--note", default="", help="What the caller said.")
@desk_options
def open_ticket(session: Session, customer: str, service: str, **given: Any) -> int:
    """Logs the call, or asks."""
    with session.desk() as desk:
        call = _call(desk, session, customer, service, given)
        decision = _preview(desk, call)
        if decision.outcome == "ask":
            return _ask(desk, session, decision)
        detail = desk.open_ticket(call)
        return _print(desk, session, detail)


def _print(desk: Desk, session: Session, detail: TicketDetail) -> int:
    if session.as_json:
        from deskui.cli.shapes import detail_shape  # noqa: PLC0415 - help needs no tickets

        print_json(detail_shape(detail, desk.agent.particle))
    else:
        from deskui.cli.tickettext import print_opened  # noqa: PLC0415 - the same

        print_opened(detail, desk.agent.particle)
    return DONE


def _call(desk: Desk, session: Session, customer: str, service: str, given: dict[str, Any]) -> Call:
    """The call as the options tell it. Raises UsageProblem and NotFound."""
    from deskui.desk.model import Call  # noqa: PLC0415 - help needs no desk

    card = desk.customer_card(desk.customer_id(customer))
    product = _product(desk, card, service, given["product"])
    return Call(
        customer_id=card.customer_id,
        contact_id=_contact(card, given["contact"]),
        product_id=product.product_id,
        service=service,
        phone=given["phone"],
        channel=given["channel"],
        answers=_answers(session, product.policy, service, given["facts"]),
        title=given["title"],
        notes=given["note"],
        started_at=desk.now(),
        proofs=_proofs(given["proofs"]),
        problem_id=given["problem"],
    )


def _proofs(given: Sequence[str]) -> dict[str, str]:
    """Ways by fact; whether there is such a way, the desk says. Raises UsageProblem."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, how = text.partition("=")
        if not equals or not name or not how:
            raise UsageProblem(
                Text(th=f"--proof: {text!r} ต้องเป็น NAME=HOW", en=f"--proof: {text!r} is no NAME=HOW")
            )
        found[name] = how
    return found


def _product(desk: Desk, card: CustomerCard, service: str, wanted: str | None) -> ProductLine:
    """The one product that is meant. Raises UsageProblem naming the others."""
    lines = list(card.products)
    if wanted is not None:
        word = wanted.casefold()
        lines = [line for line in lines if word in (str(line.product_id), line.policy, line.name.casefold())]
        _some(lines, card, Text(th=f"ไม่มีสินค้า {wanted!r}", en=f"has no product {wanted!r}"))
    else:
        _some(lines, card, Text(th="ยังไม่มีสินค้า", en="has no product yet"))
    fitting = [line for line in lines if _has_service(desk, line.policy, service)]
    lines = fitting or lines
    if len(lines) > 1 and (fitting or len({line.policy for line in lines}) > 1):
        known = _listed(lines)
        raise UsageProblem(
            Text(
                th=f"{card.code} มีหลายสินค้า ระบุ --product เป็น id: {known}",
                en=f"{card.code} has several products, say which with --product and its id: {known}",
            )
        )
    return lines[0]


def _some(lines: Sequence[ProductLine], card: CustomerCard, lack: Text) -> None:
    if not lines:
        known = _listed(card.products) or "—"
        raise UsageProblem(
            Text(th=f"{card.code} {lack.th} มี: {known}", en=f"{card.code} {lack.en}; on file: {known}")
        )


def _listed(lines: Sequence[ProductLine]) -> str:
    return plain_text(", ".join(f"{line.product_id} ({line.policy} {line.name})" for line in lines))


def _has_service(desk: Desk, policy: str, service: str) -> bool:
    from deskui.desk.errors import NotFound  # noqa: PLC0415 - help needs no desk

    try:
        return any(found.service == service for found in desk.services(policy))
    except NotFound:
        return False


def _contact(card: CustomerCard, wanted: str | None) -> int | None:
    """The contact that is meant: by name or number, whole or in part. Raises UsageProblem."""
    if wanted is None:
        return None
    from deskui.desk.fold import fold  # noqa: PLC0415 - help needs no desk

    word = fold(wanted)
    exact = [key for key, name, phone in card.contacts if word in (fold(name), fold(phone))]
    found = exact or [key for key, name, phone in card.contacts if word in fold(name) or word in fold(phone)]
    if len(found) != 1 or not word:
        known = plain_text(", ".join(f"{name} {phone}".strip() for _, name, phone in card.contacts)) or "—"
        raise UsageProblem(
            Text(
                th=f"--contact: {wanted!r} ไม่ตรงกับผู้ติดต่อคนใดคนเดียว มี: {known}",
                en=f"--contact: {wanted!r} is not one contact; there are: {known}",
            )
        )
    return found[0]


def _answers(session: Session, policy: str, service: str, given: Sequence[str]) -> dict[str, Any]:
    """The facts of the command line. Raises UsageProblem with everything that is wrong with them."""
    from deskui.cli.factvalues import fact_value, reason  # noqa: PLC0415 - help needs no facts
    from deskui.cli.library import get_policy, open_library  # noqa: PLC0415 - the same

    terms = get_policy(open_library(session.policies), policy) if given else None
    answers: dict[str, Any] = {}
    problems: list[str] = []
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            problems.append(
                told(Text(th=f"--fact: {text!r} ต้องเป็น NAME=VALUE", en=f"--fact: {text!r} is no NAME=VALUE"))
            )
            continue
        assert terms is not None
        try:
            answer = fact_value(terms, name, value, service)
        except ValueError as error:
            problems.append(f"--fact {name}: {told(reason(error))}")
            continue
        if name in answers:
            problems.append(
                told(Text(th=f"--fact {name}: ให้มาสองครั้ง", en=f"--fact {name}: given twice, keep one"))
            )
        answers[name] = answer
    if problems:
        raise UsageProblem("\n".join(problems))
    return answers


def _preview(desk: Desk, call: Call) -> Decision:
    """The verdict before anything is stored. Raises UsageProblem for facts that cannot be read together."""
    from deskui.desk.errors import Refused  # noqa: PLC0415 - help needs no desk
    from deskui.policy.facts import FactProblem  # noqa: PLC0415 - the same

    try:
        return desk.preview(call)
    except Refused as refused:
        if isinstance(refused.__cause__, FactProblem):
            raise UsageProblem(refused.text) from None
        raise


def _ask(desk: Desk, session: Session, decision: Decision) -> int:
    """Says what has to be known first; nothing was logged."""
    from deskui.cli.factvalues import options  # noqa: PLC0415 - only where something is missing
    from deskui.cli.shapes import question_shape  # noqa: PLC0415 - the same

    questions = [desk.question(decision.policy, need, decision.ask) for need in decision.needs]
    if session.as_json:
        needs = [question_shape(question, options(question)) for question in questions]
        print_json({"outcome": decision.outcome, "needs": needs})
    first = Text(
        th="ยังตอบไม่ได้ และยังไม่ได้บันทึก ต้องทราบก่อน:",
        en="this cannot be answered yet and nothing was logged; needed first:",
    )
    click.echo(f"deskui: {told(first)}", err=True)
    for question in questions:
        values = "|".join(options(question)) or question.kind.upper()
        click.echo(f"  --fact {question.fact}={values}  {plain_text(told(question.text))}", err=True)
    return REFUSED
