"""The `deskui` command: finds the subcommand, and turns every ending into a message and an exit code.

Subcommands are loaded by name when they are used, so that `deskui decide` starts without a screen or a store.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click
from click.exceptions import Exit, NoArgsIsHelpError

from deskui.cli.errors import (
    DONE,
    INTERRUPTED,
    OUTPUT_FAILED,
    PIPE_CLOSED,
    REFUSED,
    STORE_FAILED,
    UNEXPECTED,
    WRONG_USE,
    CommandError,
)
from deskui.cli.examples import with_examples
from deskui.cli.language import asked_language, language, prefer, told
from deskui.cli.output import drop_output, plain_text, prepare_streams
from deskui.config import THEMES, read_settings
from deskui.dataclass import dataclass
from deskui.paths import DataMissing
from deskui.policy.decision import Text

_PROGRAM = "deskui"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What a stream fails with; an error about a file names the file."""
_COMPLETION = "_DESKUI_COMPLETE"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One subcommand: where it lives, and its line in the help, known without loading it."""

    place: str
    help: Text


_SUBCOMMANDS: Mapping[str, _Entry] = {
    "decide": _Entry(
        "deskui.cli.decide:decide",
        Text(th="ตัดสินคำขอ: คุ้มครองหรือไม่ เพราะข้อใด", en="Judge requests: covered or not, and by which rule"),
    ),
    "due": _Entry(
        "deskui.cli.due:due",
        Text(th="ต้องตอบภายในเมื่อไร และเพราะอะไร", en="By when must we have answered, and why then"),
    ),
    "quote": _Entry(
        "deskui.cli.quote:quote",
        Text(
            th="เสนอราคาตามข้อกำหนด พร้อมที่มาของราคา",
            en="What something costs by the terms, and how that comes about",
        ),
    ),
    "policy": _Entry(
        "deskui.cli.policy:policy",
        Text(
            th="ดู ตรวจ ทดสอบ และเทียบข้อกำหนดของผู้ขาย", en="List, show, check, test and compare vendors' terms"
        ),
    ),
    "ticket": _Entry(
        "deskui.cli.ticket:ticket",
        Text(th="เรื่องในคิว: ดู เปิด รับ รอ แก้ไข ปิด", en="Tickets: list, show, open, claim, wait, resolve, close"),
    ),
    "ring": _Entry(
        "deskui.cli.ring:ring",
        Text(th="มีสายเรียกเข้า: บอกทุกโต๊ะว่าใครโทรมา", en="A number calls: show on the desks who it is"),
    ),
    "call": _Entry(
        "deskui.cli.call:call",
        Text(th="สายที่ไม่ต้องเปิดงาน และเบอร์ที่รอโทรกลับ", en="Calls without a ticket, and numbers to call back"),
    ),
    "customer": _Entry(
        "deskui.cli.customer:customer",
        Text(th="ค้นหา เพิ่ม และนำเข้าลูกค้า", en="Find, add and import customers"),
    ),
    "problem": _Entry(
        "deskui.cli.problem:problem",
        Text(th="ปัญหาที่ทราบแล้ว: หลายสาย สาเหตุเดียว", en="Known problems: many callers, one cause"),
    ),
    "question": _Entry(
        "deskui.cli.question:question",
        Text(th="คำถามถึงหัวหน้า และคำตอบ", en="Questions to the supervisor, and the answers"),
    ),
    "agent": _Entry(
        "deskui.cli.agent:agent",
        Text(th="เจ้าหน้าที่ของโต๊ะ", en="The people of the desk"),
    ),
    "reading": _Entry(
        "deskui.cli.reading:reading",
        Text(th="จุดที่ตีความได้หลายทาง และที่หัวหน้าตัดสิน", en="Readings of the terms that a supervisor may settle"),
    ),
    "goal": _Entry(
        "deskui.cli.goal:goal",
        Text(th="เป้าหมายเวลาของโต๊ะเอง ที่ผู้ขายไม่ได้สัญญา", en="The desk's own goals, where no time is promised"),
    ),
    "holiday": _Entry(
        "deskui.cli.holiday:holiday",
        Text(th="วันหยุดที่โต๊ะเพิ่มหรือยกเลิกเอง", en="Holidays the desk adds or takes out"),
    ),
    "config": _Entry(
        "deskui.front:config",
        Text(th="การตั้งค่าของคุณ: ภาษา สี เสียง ปุ่ม", en="Your settings: language, colours, bell, keys"),
    ),
    "completion": _Entry(
        "deskui.cli.completion:completion",
        Text(th="ให้เชลล์เติมคำสั่งให้", en="Let the shell complete commands"),
    ),
    "demo": _Entry(
        "deskui.front:demo",
        Text(th="เปิดโต๊ะทำงานด้วยข้อมูลตัวอย่าง", en="Open the desk on a made-up store"),
    ),
}
_DESK = "deskui.front:open_desk"
_HELP = Text(
    th="""โต๊ะรับสายบริการลูกค้า: ใครโทรมา คุ้มครองหรือไม่ ค่าใช้จ่ายเท่าไร ต้องตอบภายในเมื่อไร

เริ่มที่นี่:

\b
  deskui demo                        โต๊ะตัวอย่าง: n รับสาย ? ดูปุ่ม q q ออก
  deskui agent add nok Nok           คนแรกของโต๊ะคุณเอง
  deskui customer import FILE.csv    ลูกค้าของคุณ
  deskui                             เปิดโต๊ะของคุณ
  deskui config init                 ภาษา สี เสียง ปุ่ม

ระหว่างวัน:

\b
  deskui ticket list --view mine     งานของฉัน
  deskui ring 0812345678 --to nok    มีสายเข้า: บอกโต๊ะของ nok
  deskui policy show VENDOR          ข้อกำหนดของผู้ขาย

deskui COMMAND --help อธิบายแต่ละคำสั่งพร้อมตัวอย่าง ผลลัพธ์ออกทาง stdout ข้อความถึงผู้ใช้ออกทาง stderr

รหัสจบ: 0 สำเร็จ, 1 กติกาไม่อนุญาต, 2 ใช้คำสั่งผิดหรืออ่านข้อมูลไม่ได้, 3 ที่เก็บข้อมูลใช้ไม่ได้""",
    en="""The phone-support desk: who calls, is it covered, what does it cost, by when must we answer.

Start here:

\b
  deskui demo                        a desk to try: n call, ? keys, q q leave
  deskui agent add nok Nok           the first person of a desk of your own
  deskui customer import FILE.csv    your customers
  deskui                             opens your desk
  deskui config init                 language, colours, bell, keys

In the course of the day:

\b
  deskui ticket list --view mine     what I have to do
  deskui ring 0812345678 --to nok    a number calls: shown on nok's desk
  deskui policy show VENDOR          a vendor's terms

deskui COMMAND --help tells about each, with an example. Data goes to stdout, talk to stderr.

Exit codes: 0 done, 1 refused by a rule, 2 wrong use or unreadable input, 3 the store failed.""",
)


_NOT_UTF8 = Text(
    th="ข้อความที่ให้มามีไบต์ที่ไม่ใช่ UTF-8 ตั้งเทอร์มินัลเป็น UTF-8 แล้วพิมพ์ใหม่",
    en="what was given holds bytes that are not UTF-8: set the terminal to UTF-8 and type it again",
)


def _load(place: str) -> Any:
    """The object at `package.module:name`."""
    module, name = place.split(":")
    return getattr(import_module(module), name)


class _LazyGroup(click.Group):
    """Knows its subcommands by name and help line; imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = _SUBCOMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = _load(entry.place)
        return with_examples(command, cmd_name, language())

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for paragraph in told(_HELP).split("\n\n"):
            formatter.write_paragraph()
            with formatter.indentation():
                if paragraph.startswith("\b\n"):
                    formatter.write("".join(f"  {line}\n" for line in paragraph.split("\n")[1:]))
                else:
                    formatter.write_text(paragraph)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(told(Text(th="คำสั่ง", en="Commands"))):
            formatter.write_dl([(name, told(entry.help)) for name, entry in _SUBCOMMANDS.items()])


@click.group(
    cls=_LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="deskui", prog_name=_PROGRAM, message="%(prog)s %(version)s")
@click.option("--db", envvar="DESKUI_DB", help="URL of the store; this user's own file if not said.")
@click.option("--agent", envvar="DESKUI_AGENT", help="Code of who is working.")
@click.option("--policies", type=click.Path(), help="Folder with the desk's own policy files.")
@click.option("--lang", type=click.Choice(["th", "en"]), help="Language of the screens.")
@click.option("--theme", type=click.Choice(THEMES), help="Colours of the screens.")
@click.option("--plain", is_flag=True, help="For a screen reader: no borders, states in words.")
@click.option("--at", help="Open the desk as of this instant (ISO 8601).")
@click.pass_context
def deskui(ctx: click.Context, /, plain: bool, **options: str | None) -> int:
    """Opens the desk when no subcommand is named."""
    if options["lang"]:
        prefer(options["lang"])
    if ctx.invoked_subcommand is not None:
        return DONE
    arguments = ["--plain"] if plain else []
    arguments += [part for name, value in options.items() if value for part in (f"--{name}", value)]
    command: click.Command = _load(_DESK)
    # without a parent: a message about an option names the program once
    with command.make_context(_PROGRAM, arguments, obj=ctx.obj) as inner:
        code: int = command.invoke(inner)
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line (the process's own by default) and gives its exit code; never raises an error.

    0 done, 1 refused, 2 wrong use or unreadable input, 3 the store failed, 70 an error of deskui itself,
    74 the output cannot be written, 130 interrupted, 141 the reader of the output went away.
    """
    prepare_streams()
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        click.echo(err=True)
        return INTERRUPTED
    except Exception as error:  # whatever it is, a user gets one line
        return _explain(error)
    return code


def _run(arguments: list[str]) -> int:
    if _COMPLETION in os.environ:
        from click.shell_completion import shell_complete  # noqa: PLC0415 - only while a shell completes

        return shell_complete(deskui, {}, _PROGRAM, _COMPLETION, os.environ[_COMPLETION])
    settings = read_settings()
    # before anything is read of the line: what is wrong with it is told in that language too
    prefer(asked_language(arguments) or settings.language)
    # not click's own main(): that ends a closed pipe with 1, which means "refused" here
    try:
        with deskui.make_context(_PROGRAM, arguments, obj=settings) as context:
            answer = deskui.invoke(context)
    except Exit as ended:
        return ended.exit_code
    return answer if isinstance(answer, int) else DONE


def _explain(error: Exception) -> int:
    """Says on stderr what went wrong and gives the exit code for it."""
    from deskui.desk import errors as desk  # noqa: PLC0415 - only when something went wrong

    match error:
        case OSError(errno=number, filename=None) if number in _NO_ROOM:
            drop_output()
            why = os.strerror(number)
            return _say(
                Text(th=f"เขียนผลลัพธ์ไม่ได้: {why}", en=f"the output cannot be written: {why}"), OUTPUT_FAILED
            )
        case NoArgsIsHelpError():
            click.echo(error.format_message(), err=True)
            return WRONG_USE
        case click.Abort():
            click.echo(err=True)
            return INTERRUPTED
        case click.ClickException() if language() == "th":
            from deskui.cli.usage import said_in_thai  # noqa: PLC0415 - only for a slip

            click.echo("\n".join(map(plain_text, said_in_thai(error).split("\n"))), err=True)
            return WRONG_USE
        case click.ClickException():
            error.show()
            return WRONG_USE
        case DataMissing():
            return _say(Text(th=f"ไฟล์ข้อมูลของ deskui หายไป กรุณาติดตั้งใหม่ ({error})", en=str(error)), UNEXPECTED)
        case CommandError():
            return _say(error.text, error.exit_code)
        case UnicodeEncodeError() if any("\ud800" <= char <= "\udfff" for char in error.object):
            return _say(_NOT_UTF8, WRONG_USE)
        case desk.StoreFailure():
            return _say(error.text, STORE_FAILED)
        case desk.NotFound():
            return _say(error.text, WRONG_USE)
        case desk.DeskError():
            return _say(error.text, REFUSED)
    return _confess(error)


def _say(text: Text, code: int) -> int:
    # a message may quote what is on file
    lines = map(plain_text, told(text).split("\n"))
    click.echo(f"{_PROGRAM}: " + "\n".join(lines), err=True)
    return code


def _confess(error: Exception) -> int:
    """Reports an error nobody foresaw: one line for the user, the details in the log."""
    from deskui.cli.crash import log_file, record  # noqa: PLC0415 - only when something went wrong

    # by the driver's name, so that no driver is loaded to find out
    drivers = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
    of_store = bool(drivers & {"sqlalchemy", "sqlite3", "psycopg", "alembic"})
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    try:
        path = record(error)
        where = Text(th=f"รายละเอียดอยู่ที่ {path}", en=f"details are in {path}")
    except OSError as failure:
        why = f"{log_file()}: {failure.strerror}"
        where = Text(th=f"บันทึกรายละเอียดไม่ได้ ({why})", en=f"the details could not be written ({why})")
    if of_store:
        text = Text(th=f"ที่เก็บข้อมูลใช้ไม่ได้ ({what}); {where.th}", en=f"the store failed ({what}); {where.en}")
        return _say(text, STORE_FAILED)
    text = Text(th=f"เกิดข้อผิดพลาดที่ไม่คาดคิด ({what}); {where.th}", en=f"unexpected error ({what}); {where.en}")
    return _say(text, UNEXPECTED)
