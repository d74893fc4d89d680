"""`deskui customer`: find who calls, and fill a new desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE, REFUSED, WRONG_USE, UsageProblem
from deskui.cli.language import told
from deskui.cli.options import Session, desk_options
from deskui.cli.output import plain_text, print_json, print_table
from deskui.cli.source import read_input
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deskui.cli.intake import Problem, Table
    from deskui.desk.model import CallerHit

_HELP = """Customers: find who calls, add one, import a table of them."""

_IMPORT = """Import customers, contacts, products, agreements and machines from a CSV file (- for stdin).

The file is in UTF-8 and begins with a heading. Columns: code and name; province, contact, phone; policy,
product, purchased_on; contract_start, contract_end, plan, paid, suspended, special; own_rule, own_service,
own_outcome, own_figures, own_clause, own_th, own_en; machine, ma, ma_start, ma_end; serial and branch of the
product, machine_serial, machine_branch; tax_id; authorised (whether the contact may ask for what needs the
customer's authority); and fact.NAME for any fact the vendor asks for. All but code and name may be left out
or empty.

Several lines of one code are one customer with several contacts, products or agreements. Dates are
2026-11-23 or 23/11/2569, provinces Thai or English. Every problem is told at once, and nothing is stored
unless all is good.

The columns own_… are one term of the customer's own contract that prevails over a rule of the vendor's terms:
the rule, for one service or all, the figures it changes (quota=8; amount=400) or the outcome that stands
instead, where it stands and what it says. Each further term is one more line of the same agreement.
"""
_ADD = """Add one customer, with a contact, a product and an agreement if given.

More contacts and products of the same customer come in with `deskui customer import`.
"""


@click.group(help=_HELP)
def customer() -> None:
    """Has subcommands only."""


@customer.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True)
@desk_options
def find(session: Session, text: str, limit: int) -> int:
    """Customers and contacts by any fragment of name, code or number, best first."""
    with session.desk(look_only=True) as desk:
        hits = desk.find_callers(text, limit)
    if session.as_json:
        from deskui.cli.shapes import caller_shape  # noqa: PLC0415 - help needs no customers

        print_json([caller_shape(hit) for hit in hits])
    elif hits:
        print_table([_cells(hit) for hit in hits])
    else:
        nobody = Text(th=f"ไม่พบ {text!r}", en=f"nobody found for {text!r}")
        click.echo(plain_text(told(nobody)), err=True)
    return DONE


def _cells(hit: CallerHit) -> tuple[str, ...]:
    bought = "; ".join(f"{line.policy} {line.name} ({told(line.plan)})" for line in hit.products)
    return (
        plain_text(hit.code),
        plain_text(hit.customer),
        plain_text(hit.contact or "—"),
        plain_text(hit.phone or "—"),
        plain_text(bought),
    )


@customer.command("import", help=_IMPORT)
@click.argument("file", metavar="FILE.csv")
@desk_options
def import_file(session: Session, file: str) -> int:
    """Stores all of a file or nothing."""
    from deskui.cli.intakefile import read_table  # noqa: PLC0415 - help reads no file
    from deskui.cli.library import open_library  # noqa: PLC0415 - the same

    table = read_table(read_input(file, Text(th="ไฟล์ CSV", en="a CSV file")), open_library(session.policies))
    return _store(session, table, "stdin" if file == "-" else file)


@customer.command(help=_ADD)
@click.argument("code")
@click.argument("name")
@click.option("--province", help="In Thai or English.")
@click.option("--contact", help="Who calls for it.")
@click.option("--phone", help="The contact's number.")
@click.option("--policy", help="Id of the vendor's policy.")
@click.option("--product", help="What was bought.")
@click.option("--purchased-on", metavar="DATE")
@click.option("--contract-start", metavar="DATE")
@click.option("--contract-end", metavar="DATE", help="Last day in force.")
@click.option("--plan", help="The agreement's plan, by the vendor's list.")
@click.option("--paid", metavar="YES|NO")
@click.option("--suspended", metavar="YES|NO")
@click.option("--special", metavar="YES|NO", help="Whether the special service is bought.")
@click.option("--machine", help="The machine it runs on.")
@click.option("--ma", metavar="YES|NO", help="Whether the machine is under maintenance.")
@click.option("--ma-start", metavar="DATE")
@click.option("--ma-end", metavar="DATE")
@click.option("--serial", help="The product's licence serial.")
@click.option("--branch", help="The customer's branch it stands at.")
@click.option("--machine-serial")
@click.option("--machine-branch")
@click.option("--tax-id", help="13 digits.")
@click.option("--authorised", metavar="YES|NO", help="Whether the contact may ask in the customer's name.")
@click.option(
    "--fact", "facts", multiple=True, metavar="NAME=VALUE", help="About the product. May be repeated."
)
@desk_options
def add(session: Session, facts: tuple[str, ...], **cells: str | None) -> int:
    """Stores one customer."""
    from deskui.cli.intake import FACT, Table  # noqa: PLC0415 - help reads no customer
    from deskui.cli.intakerows import RowReader  # noqa: PLC0415 - the same
    from deskui.cli.library import open_library  # noqa: PLC0415 - the same

    row = {name: value for name, value in cells.items() if value is not None}
    for text in facts:
        name, equals, value = text.partition("=")
        if not equals or not name or not value:
            raise UsageProblem(
                Text(th=f"--fact: {text!r} ต้องเป็น NAME=VALUE", en=f"--fact: {text!r} is no NAME=VALUE")
            )
        row[FACT + name] = value
    table = Table()
    RowReader(table, open_library(session.policies), {}).add(1, row)
    return _store(session, table, None)


@customer.command()
@click.argument("code")
@click.argument("contact")
@click.argument("may", metavar="YES|NO|UNKNOWN", type=click.Choice(["yes", "no", "unknown"]))
@desk_options
def authority(session: Session, code: str, contact: str, may: str) -> int:
    """Write down whether CONTACT may ask in the customer's name."""
    from deskui.desk.fold import fold  # noqa: PLC0415 - help needs no desk

    with session.desk() as desk:
        people = desk.customer_card(desk.customer_id(code)).people
        found = [one for one in people if fold(contact) in (fold(one.name), fold(one.phone))]
        if len(found) != 1:
            known = plain_text(", ".join(f"{one.name} {one.phone}".strip() for one in people)) or "—"
            raise UsageProblem(
                Text(
                    th=f"{contact!r} ไม่ตรงกับผู้ติดต่อคนใดคนเดียว มี: {known}",
                    en=f"{contact!r} is not one contact; there are: {known}",
                )
            )
        desk.set_authority(found[0].contact_id, {"yes": True, "no": False, "unknown": None}[may])
    if session.as_json:
        print_json({"code": code, "contact": found[0].name, "authorised": may})
    return DONE


@customer.command()
@click.argument("code")
@click.option("--yes", is_flag=True, help="Do it: it cannot be taken back.")
@desk_options
def erase(session: Session, code: str, yes: bool) -> int:
    """Erase the texts, names and numbers on file about the people of customer CODE, on their request.

    Notes, titles, contacts, call log, drafts and questions are emptied, and the store is written anew. The
    company, its agreements, decisions and quota stay. Copies kept elsewhere, .bak files too, are not touched.
    """
    if not yes:
        raise UsageProblem(Text(th="ลบแล้วเรียกคืนไม่ได้ เพิ่ม --yes", en="this cannot be taken back: add --yes"))
    with session.desk() as desk:
        tickets = desk.erasing.customer(desk.customer_id(code))
    with session.store() as store:
        store.scrub()
    if session.as_json:
        print_json({"code": code, "erased": True, "tickets": tickets})
    else:
        done = Text(th=f"ลบข้อมูลบุคคลของ {code} แล้ว · เรื่อง {tickets}", en=f"erased: {code}, tickets {tickets}")
        click.echo(plain_text(told(done)))
    return DONE


def _store(session: Session, table: Table, file: str | None) -> int:
    """Stores what is sound; every problem on stderr otherwise. `file` is None for one of the command line."""
    from deskui.desk.register import CodesTaken, add_customers, taken  # noqa: PLC0415 - help needs no desk

    with session.store(create=True) as store:
        problems = list(table.problems)
        known: set[str] = set()
        if problems:
            # all that is wrong at once, also what only the store can tell
            with store.uow() as uow:
                known = taken(uow, table.lines)
        else:
            try:
                add_customers(store.uow, table.customers, session.clock.now())
            except CodesTaken as error:
                known = set(error.codes)
        problems += table.already(known)
    if problems:
        _tell(session, problems, file)
        return WRONG_USE if table.problems else REFUSED
    counts = {
        "customers": len(table.customers),
        "contacts": sum(len(new.contacts) for new in table.customers),
        "products": sum(len(new.products) for new in table.customers),
        "contracts": sum(len(product.contracts) for new in table.customers for product in new.products),
        "machines": sum(len(product.machines) for new in table.customers for product in new.products),
    }
    if session.as_json:
        print_json({"stored": counts, "problems": []})
    else:
        th = ("ลูกค้า", "ผู้ติดต่อ", "สินค้า", "สัญญา", "เครื่อง")
        words = zip(th, counts.items(), strict=True)
        shown = [told(Text(th=f"{thai} {count}", en=f"{count} {name}")) for thai, (name, count) in words]
        click.echo(", ".join(shown))
    return DONE


def _tell(session: Session, problems: Sequence[Problem], file: str | None) -> None:
    found = sorted(problems, key=lambda problem: (problem.line, problem.column))
    if session.as_json:
        nothing: dict[str, Any] = dict.fromkeys(
            ("customers", "contacts", "products", "contracts", "machines"), 0
        )
        print_json({"stored": nothing, "problems": [problem.to_json() for problem in found]})
    for problem in found:
        said = f"{file}, {problem}" if file is not None else problem.said
        click.echo(plain_text(said), err=True)
    count = len(found)
    none = Text(th=f"ไม่มีข้อมูลใดถูกเก็บ: พบปัญหา {count} ข้อ", en=f"nothing was stored, problems found: {count}")
    click.echo(f"deskui: {told(none)}", err=True)
