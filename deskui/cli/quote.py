"""`deskui quote`: what something costs by a vendor's terms, made of what, and what the terms leave open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE, REFUSED, UsageProblem
from deskui.cli.language import language, told
from deskui.cli.library import get_policy, open_library
from deskui.cli.options import Session, desk_options
from deskui.cli.output import plain_text, print_json, print_table
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.cli.quotation import Quotation
    from deskui.policy.model import Question
    from deskui.policy.policy import Policy

_HELP = """What something costs by a vendor's terms, to read out or to put into an e-mail.

Without ASK it lists what can be quoted. --fact takes an answer: yes or no, one of the vendor's words, a
number, a date (2026-11-23 or 23/11/2569); contract=yes|no and contract.plan=…, contract.end=… speak of the
agreement. --line is one item of an order of several, such as edition=Standard,machines=3,years=1; the list
without ASK names the services that take it (ma-quote-mixed is one). With --customer the facts on file are
used.

The quotation goes to stdout, what only the agent should know to stderr. Exit 0 with a price or when nothing
is to be paid, 1 when there is no price to give: a fact is missing (it says which and how to give it), the
terms do not print one, or it is refused.
"""
_RECORDS = ("contract", "machine")


@click.command(help=_HELP)
@click.argument("vendor")
@click.argument("ask", required=False)
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="An answer. May be repeated.")
@click.option(
    "--line", "lines", multiple=True, metavar="NAME=VALUE,…", help="An item of the order. May be repeated."
)
@click.option("--customer", metavar="CODE", help="Use what is on file about this customer.")
@click.option("--product", metavar="P", help="Id or name of the product, where the customer has several.")
@click.option("--lang", type=click.Choice(["th", "en"]), help="Language; the locale's when not given.")
@desk_options
def quote(session: Session, vendor: str, ask: str | None, **given: Any) -> int:
    """One quotation, or what is missing for it."""
    policy = get_policy(open_library(session.policies), vendor)
    if ask is None:
        return _list(session, policy)
    _known(policy, ask)
    answers = _answers(policy, ask, given["facts"], given["lines"])
    if given["customer"] is None:
        found = _by_facts(session, policy, ask, answers)
    else:
        found = _on_file(session, policy, ask, answers, given["customer"], given["product"])
    chosen = given["lang"] or language()
    if session.as_json:
        print_json(found.to_json())
    elif not found.needs:
        from deskui.cli.quotetext import print_quotation  # noqa: PLC0415 - JSON needs no words

        print_quotation(found, chosen)
    if found.needs:
        _ask(found, chosen)
    return DONE if found.answered else REFUSED


def _list(session: Session, policy: Policy) -> int:
    from deskui.cli.quotation import priced  # noqa: PLC0415 - help needs no policy

    services = priced(policy)
    if session.as_json:
        print_json([{"ask": service.id, "name": service.name.to_json()} for service in services])
        return DONE
    lines = {service.id: "--line" for service in services if _items_fact(policy, service.id) is not None}
    print_table([(one.id, plain_text(told(one.name)), lines.get(one.id, "")) for one in services])
    if not services:
        nothing = Text(th=f"{policy.id} ไม่มีราคาในข้อกำหนด", en=f"the terms of {policy.id} have no prices")
        click.echo(told(nothing), err=True)
    return DONE


def _known(policy: Policy, ask: str) -> None:
    """Raises UsageProblem for an ask that the policy lacks, or that is no question of a price."""
    from deskui.cli.quotation import priced  # noqa: PLC0415 - help needs no policy

    service = policy.services.get(ask)
    named = ", ".join(item.id for item in priced(policy)) or "—"
    if service is None:
        raise UsageProblem(
            Text(
                th=f"{policy.id} ไม่มี {ask!r} ที่เสนอราคาได้คือ {named}",
                en=f"{policy.id} has no ask {ask!r}; it can quote: {named}",
            )
        )
    if service not in priced(policy) and not service.call:
        raise UsageProblem(
            Text(
                th=f"{ask!r} ไม่ใช่เรื่องราคา ที่เสนอราคาได้คือ {named}",
                en=f"{ask!r} is no question of a price; {policy.id} can quote: {named}",
            )
        )


def _answers(policy: Policy, ask: str, facts: Sequence[str], lines: Sequence[str]) -> dict[str, Any]:
    """The facts of the command line by name. Raises UsageProblem with everything that is wrong with them."""
    problems: list[str] = []
    answers = _pairs(policy, ask, facts, "--fact", problems)
    if lines:
        name = _items_fact(policy, ask)
        if name is None:
            problems.append(
                told(
                    Text(
                        th=f"--line: {ask} ไม่ได้ถามรายการ ใช้ --fact แทน{_of_lines(policy).th}",
                        en=f"--line: {ask} takes no items: use --fact{_of_lines(policy).en}",
                    )
                )
            )
        else:
            answers[name] = [_pairs(policy, ask, line.split(","), "--line", problems) for line in lines]
    if problems:
        raise UsageProblem("\n".join(problems))
    return answers


def _of_lines(policy: Policy) -> Text:
    """Which of the vendor's services take items, if any do."""
    named = ", ".join(name for name in policy.services if _items_fact(policy, name) is not None)
    return Text(f" (--line ใช้กับ {named})", f" (--line is for {named})") if named else Text("", "")


def _pairs(
    policy: Policy, ask: str, given: Sequence[str], option: str, problems: list[str]
) -> dict[str, Any]:
    from deskui.cli.factvalues import reason  # noqa: PLC0415 - help needs no facts

    found: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals or not name:
            problems.append(
                told(
                    Text(
                        th=f"{option}: {text!r} ต้องเป็น NAME=VALUE", en=f"{option}: {text!r} is no NAME=VALUE"
                    )
                )
            )
        elif name in found:
            problems.append(
                told(Text(th=f"{option} {name}: ให้มาสองครั้ง", en=f"{option} {name}: given twice, keep one"))
            )
        else:
            try:
                found[name] = _value(policy, ask, name, value.strip())
            except ValueError as error:
                problems.append(f"{option} {name}: {told(reason(error))}")
    return found


def _value(policy: Policy, ask: str, name: str, text: str) -> Any:
    """A typed value; yes or no says whether there is an agreement. Raises ValueError."""
    from deskui.cli.factvalues import Unfit, fact_value, yes_no  # noqa: PLC0415 - help needs no facts

    if name in _RECORDS:
        try:
            return yes_no(text)
        except ValueError:
            if not text.startswith("{") and text not in ("null", "not_recorded"):
                such = '{"end": "2026-12-31"}'
                raise Unfit(
                    Text(
                        th=f"พบ {text!r} ต้องเป็น yes, no หรือออบเจกต์เช่น {such}",
                        en=f"found {text!r}, expected yes, no or an object such as {such}",
                    )
                ) from None
    question = _question(policy, name, ask)
    if question is not None and question.kind == "list" and not text.startswith("["):
        return [part.strip() for part in text.split(",")]
    return fact_value(policy, name, text, ask)


def _items_fact(policy: Policy, ask: str) -> str | None:
    """The fact that holds the items of an order, where the ask adds some up."""
    from deskui.policy.lookups import TableSum  # noqa: PLC0415 - help needs no policy
    from deskui.policy.values import parts_of  # noqa: PLC0415 - the same

    for row in policy.services[ask].rows:
        for value in row.figures.values():
            for part in parts_of(value):
                if isinstance(part, TableSum):
                    return part.items
    return None


def _by_facts(session: Session, policy: Policy, ask: str, answers: Mapping[str, Any]) -> Quotation:
    from deskui.cli.quotation import quotation  # noqa: PLC0415 - help needs no policy
    from deskui.desk.facts import put_answer  # noqa: PLC0415 - the same
    from deskui.policy.facts import FactProblem, read_facts  # noqa: PLC0415 - the same
    from deskui.worktime import HolidayFileError, NeverCloses, NeverOpen  # noqa: PLC0415 - the same

    raw: dict[str, Any] = {}
    # what is said of an agreement as a whole comes before its parts
    for name in sorted(answers, key=lambda name: name.count(".")):
        put_answer(raw, name, answers[name])
    try:
        return quotation(policy, ask, read_facts(policy, raw), session.clock.now())
    except FactProblem as error:
        lines = [(f"--fact {key}: ", said.text) for key, said in error.problems]
        thai = "\n".join(option + said.th for option, said in lines)
        raise UsageProblem(Text(thai, "\n".join(option + said.en for option, said in lines))) from None
    except HolidayFileError as error:
        raise UsageProblem(Text(error.words.th, error.words.en)) from None
    except (NeverOpen, NeverCloses) as error:
        raise UsageProblem(str(error)) from None


def _on_file(
    session: Session, policy: Policy, ask: str, answers: Mapping[str, Any], code: str, product: str | None
) -> Quotation:
    """A quotation on what is on file. Raises UsageProblem, Refused, NotFound and StoreFailure."""
    from deskui.cli.quotation import quotation  # noqa: PLC0415 - help needs no policy
    from deskui.desk.model import Call  # noqa: PLC0415 - the same

    with session.desk(look_only=True) as desk:
        card = desk.customer_card(desk.customer_id(code))
        owned = [line for line in card.products if line.policy == policy.id]
        word = None if product is None else product.casefold()
        fitting = [line for line in owned if word in (None, str(line.product_id), line.name.casefold())]
        if len(fitting) != 1:
            known = plain_text(", ".join(f"{line.product_id} ({line.name})" for line in owned)) or "—"
            raise UsageProblem(
                Text(
                    th=f"{card.code}: ระบุสินค้าของ {policy.id} ด้วย --product มี: {known}",
                    en=f"{card.code}: say which product of {policy.id} with --product; on file: {known}",
                )
            )
        call = Call(
            customer_id=card.customer_id,
            product_id=fitting[0].product_id,
            service=ask,
            answers=dict(answers),
            started_at=desk.now(),
        )
        verdict = desk.verdict(call)
        found = quotation(verdict.policy, ask, verdict.typed, desk.now(), verdict.settled)
    return replace(found, customer=card.name)


def _ask(found: Quotation, chosen: str) -> None:
    """Says what has to be known first, and how to give it."""
    first = Text(th="ยังเสนอราคาไม่ได้ ต้องทราบก่อน:", en="no price yet; needed first:")
    click.echo(f"deskui: {first.in_(chosen)}", err=True)
    for fact in found.needs:
        way, question = _how_to_give(found.policy, found.service.id, fact)
        click.echo(f"  {way}  {plain_text(question.in_(chosen))}".rstrip(), err=True)


def _how_to_give(policy: Policy, ask: str, fact: str) -> tuple[str, Text]:
    items = _items_fact(policy, ask)
    if items is not None and fact.partition(".")[0] == items:
        names = _item_facts(policy, ask)
        form = ",".join(f"{name}={_form(_question(policy, name, ask))}" for name in names)
        question = _question(policy, fact.partition(".")[2] or fact, ask)
        return f"--line {form}", Text("", "") if question is None else question.text
    question = _question(policy, fact, ask)
    text = Text("", "") if question is None else question.text
    return f"--fact {fact}={_form(question)}", text


def _item_facts(policy: Policy, ask: str) -> list[str]:
    """The facts each item of an order needs."""
    from deskui.policy.lookups import TableSum  # noqa: PLC0415 - help needs no policy
    from deskui.policy.values import parts_of  # noqa: PLC0415 - the same

    figures = (value for row in policy.services[ask].rows for value in row.figures.values())
    sums = (part for value in figures for part in parts_of(value) if isinstance(part, TableSum))
    named = [fact for part in sums for fact in (*part.cell.column[:1], part.cell.row, *part.cell.column[1:])]
    return list(dict.fromkeys(named))


def _question(policy: Policy, fact: str, ask: str) -> Question | None:
    from deskui.desk.errors import NotFound  # noqa: PLC0415 - help needs no questions
    from deskui.desk.questions import question_for  # noqa: PLC0415 - the same

    try:
        return question_for(policy, fact, ask)
    except NotFound:
        return None


_FORMS = {
    "count": "NUMBER",
    "money": "BAHT",
    "date": "2026-11-23",
    "instant": "2026-11-23T10:30",
    "year": "2569",
    "province": "Bangkok",
    "table": "yes|no",
    "list": "ONE,TWO,…",
}


def _form(question: Question | None) -> str:
    """What may be typed as an answer."""
    from deskui.cli.factvalues import options  # noqa: PLC0415 - only where something is missing

    if question is None:
        return "VALUE"
    return "|".join(options(question)) or _FORMS.get(question.kind, "VALUE")
