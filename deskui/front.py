"""Opens the desk on a terminal: puts store, desk and screens together for `deskui` and `deskui demo`.

It stands above both front ends, so that neither knows the other.
"""

from __future__ import annotations

import logging
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from deskui.cli.demofolder import demo_folder, drop_mine
from deskui.cli.errors import DONE, WRONG_USE, Refused, UsageProblem
from deskui.cli.language import told
from deskui.cli.options import given_before, said, settings
from deskui.cli.output import plain_text, print_json, print_table
from deskui.clock import Clock, RunningClock, StoreClock, SystemClock
from deskui.config import LANGUAGES, THEMES, ConfigProblem, Settings, config_file, template
from deskui.dataclass import dataclass
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.desk.desk import Desk
    from deskui.desk.model import Glimpse
    from deskui.tui.comfort import Comfort
    from deskui.tui.keymap import KeyProblem

ZONE = "Asia/Bangkok"
"""The zone of a desk without any vendor, and of an `--at` without an offset."""

LEAVE_ON = tuple(
    number for name in ("SIGHUP", "SIGTERM") if (number := getattr(signal, name, None)) is not None
)
"""Signals of a terminal or a system that goes away: the desk is left in order, as by its own command."""

_NO_TERMINAL = Text(
    th="โต๊ะทำงานต้องเปิดในเทอร์มินัล: เรียก deskui จากเทอร์มินัล หรือดูคำสั่งอื่นด้วย deskui --help",
    en="the desk needs a terminal: run deskui in one, or see the other commands with deskui --help",
)
_IN_ORDER = Text(th="{path}: เรียบร้อย", en="{path}: in order")
_NO_FILE = Text(
    th="ไม่มีไฟล์ {path} ใช้ค่าเดิมทั้งหมด · สร้าง: deskui config init",
    en="there is no {path}; all is as it comes. To make one: deskui config init",
)


class Instant(click.ParamType[datetime]):
    """An ISO 8601 instant; without an offset it is Asia/Bangkok."""

    name = "instant"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The aware instant; fails with words that show the form."""
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no instant: expected ISO 8601 such as 2026-11-23T10:30", param, ctx)
        return found if found.tzinfo is not None else found.replace(tzinfo=ZoneInfo(ZONE))


class _Log(logging.Handler):
    """The log of the screens: what they survive is in it too. Loads nothing until there is an entry."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes the entry; a log that cannot be written ends no call."""
        from deskui.cli.crash import write  # noqa: PLC0415 - after the first frame

        with suppress(OSError):
            write(record)


def _log_file() -> Path:
    from deskui.cli.crash import log_file  # noqa: PLC0415 - after the first frame

    return log_file()


def _comfort(settings: Settings, theme: str | None, plain: bool) -> Comfort:
    """How this user has the screens; what of the settings cannot be is told once the desk is open."""
    from deskui.tui.comfort import Comfort  # noqa: PLC0415 - no other command loads Textual
    from deskui.tui.keymap import chosen_keys  # noqa: PLC0415 - the same

    keys, refused = chosen_keys(settings.keymap)
    problems = [*settings.problems, *key_problems(settings, refused)]
    return Comfort(
        keys=keys,
        theme=theme or settings.theme,
        plain=plain or settings.plain,
        bell=settings.bell,
        problems=[problem.text for problem in problems],
    )


def key_problems(settings: Settings, refused: Sequence[KeyProblem]) -> list[ConfigProblem]:
    """What of the keymap cannot be, with the line it stands on."""
    return [
        ConfigProblem(
            str(settings.path),
            settings.lines.get(problem.command, 0),
            f"keymap.{problem.command}",
            problem.found,
            problem.expected,
        )
        for problem in refused
    ]


def _at_worst(code: int) -> None:
    """Ends the process where the terminal is gone and something still waits for it."""
    drop_mine()
    os._exit(code)


def _run(
    connect: Callable[[], Desk],
    clock: Clock,
    looks: Looks,
    begin: Callable[[], Callable[[], Glimpse | None]] | None = None,
) -> int:
    """Shows the desk until the agent leaves it; the exit code.

    `begin` begins to read the top of the queue, while the screens are loaded.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageProblem(_NO_TERMINAL)
    glimpse = begin() if begin is not None else None
    from deskui.tui.app import DeskApp  # noqa: PLC0415 - no other command loads Textual

    chosen = settings()
    app = DeskApp(
        connect,
        glimpse=glimpse,
        clock=clock,
        language=looks.language or chosen.language,
        zone=ZONE,
        comfort=_comfort(chosen, looks.theme, looks.plain),
        log_file=_log_file,
        leaves_on=LEAVE_ON,
        at_worst=_at_worst,
    )
    log = _Log(logging.ERROR)
    logging.getLogger("deskui").addHandler(log)
    try:
        app.run()
    finally:
        logging.getLogger("deskui").removeHandler(log)
    if app.failure is not None:
        # one line for the agent, the details in the log, like any other command
        raise app.failure
    return app.return_code or 0


@dataclass(frozen=True)
class Looks:
    """What the command line says of the screens."""

    language: str | None
    theme: str | None
    plain: bool


def _screen_options(command: Callable[..., int]) -> Callable[..., int]:
    """Gives a command --lang, --theme and --plain; it takes them as Looks, its last argument."""

    @wraps(command)
    def run(**values: Any) -> int:
        lang, theme = (values.pop(name) or given_before(name) for name in ("lang", "theme"))
        looks = Looks(lang, theme, values.pop("plain") or bool(given_before("plain")))
        return command(**values, looks=looks)

    for option in (
        click.option("--plain", is_flag=True, help="For a screen reader: no borders, states in words."),
        click.option("--theme", type=click.Choice(THEMES), help="Colours of the screens."),
        click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the screens."),
    ):
        run = option(run)
    return run


_AT = click.option("--at", type=Instant(), help="Start at this instant instead of now.")


@click.command()
@click.option("--db", envvar="DESKUI_DB", help="URL of the store; this user's own file if not said.")
@click.option("--agent", envvar="DESKUI_AGENT", help="Code of who is working.")
@click.option("--policies", help="Folder with the desk's own policy files.")
@_screen_options
@_AT
def open_desk(
    db: str | None, agent: str | None, policies: str | None, at: datetime | None, looks: Looks
) -> int:
    """Opens the desk."""
    chosen = settings()
    clock: Clock = StoreClock() if at is None else RunningClock(at)

    def connect() -> Desk:
        from deskui.wiring import build_desk  # noqa: PLC0415 - after the first frame

        folder = said("policies", policies, chosen)
        terms = Path(folder) if folder else None
        return build_desk(said("db", db, chosen), terms, clock, said("agent", agent, chosen))

    def begin() -> Callable[[], Glimpse | None]:
        from deskui.wiring import glimpse_ahead  # noqa: PLC0415 - not for help

        return glimpse_ahead(said("db", db, chosen), clock)

    return _run(connect, clock, looks, begin)


@click.command()
@click.option("--db", help="URL of a new store to keep; a temporary file if not said.")
@click.option("--agent", help="Who is working: nok, art or ploy.  [default: nok]")
@click.option("--policies", help="Folder with the desk's own policy files.")
@_screen_options
@_AT
def demo(db: str | None, agent: str | None, policies: str | None, at: datetime | None, looks: Looks) -> int:
    """Opens the desk on made-up customers and tickets that are alive now."""
    db, agent, policies = (
        given or given_before(name) for name, given in (("db", db), ("agent", agent), ("policies", policies))
    )
    if at is None and (before := given_before("at")):
        at = Instant().convert(before, None, None)
    clock: Clock = SystemClock() if at is None else RunningClock(at)
    terms = None if policies is None else Path(policies)
    with demo_folder() as folder:
        url = db or f"sqlite:///{folder / 'demo.sqlite'}"
        opened: list[Desk] = []

        def connect() -> Desk:
            from deskui.wiring import build_demo  # noqa: PLC0415 - after the first frame

            opened.append(build_demo(url, clock, agent or "nok", terms))
            return opened[-1]

        try:
            return _run(connect, clock, looks)
        finally:
            for desk in opened:
                desk.shut()


@click.group()
def config() -> None:
    """Your settings: language, colours, bell, keys, and whose desk it is."""


@config.command()
def path() -> int:
    """Where the file of settings is, whether or not it exists."""
    click.echo(config_file())
    return DONE


@config.command()
def init() -> int:
    """Write a file of settings to start from: every setting and every key, explained.

    Nothing in it is set yet. A file that is there already stays as it is.
    """
    from deskui.tui.catalogue import CATALOGUE  # noqa: PLC0415 - only where a file is written

    place = config_file()
    if place.exists():
        raise Refused(
            Text(
                th=f"มีไฟล์ {place} อยู่แล้ว ไม่ได้เขียนทับ · แก้ไขแล้วตรวจด้วย deskui config check",
                en=f"{place} is there already and stays as it is; edit it, then deskui config check",
            )
        )
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8") as file:
            file.write(template([(command.id, command.keys, command.name) for command in CATALOGUE]))
    except OSError as error:
        raise UsageProblem(
            Text(th=f"เขียน {place} ไม่ได้: {error.strerror}", en=f"cannot write {place}: {error.strerror}")
        ) from None
    click.echo(place)
    return DONE


@config.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(as_json: bool) -> int:
    """Read the settings and list all that cannot be used, with file, line, key and what is expected.

    Ends with 2 when there is any.
    """
    from deskui.tui.keymap import chosen_keys  # noqa: PLC0415 - it knows the screens

    chosen = settings()
    problems = [*chosen.problems, *key_problems(chosen, chosen_keys(chosen.keymap)[1])]
    if as_json:
        for problem in problems:
            print_json(
                {
                    "place": problem.place,
                    "line": problem.line,
                    "key": problem.key,
                    "found": problem.found,
                    "expected": {"th": problem.expected.th, "en": problem.expected.en},
                }
            )
    else:
        for problem in problems:
            click.echo(plain_text(told(problem.text)))
    if problems:
        return WRONG_USE
    if not as_json:
        there = chosen.path is not None and chosen.path.is_file()
        click.echo(told(_IN_ORDER if there else _NO_FILE).format(path=chosen.path))
    return DONE


@config.command("show")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_settings(as_json: bool) -> int:
    """Every setting as it is now, and whether the file, the environment or neither says so."""
    chosen = settings()
    values = {
        "language": chosen.language,
        "theme": chosen.theme,
        "plain": chosen.plain,
        "bell": sorted(chosen.bell),
        "agent": chosen.agent,
        "db": chosen.db,
        "policies": chosen.policies,
        "keymap": dict(chosen.keymap),
    }
    if as_json:
        print_json(
            {name: {"value": value, "from": chosen.sources.get(name)} for name, value in values.items()}
        )
        return DONE
    rows: list[tuple[str, ...]] = [
        (name, plain_text(_told_value(value)), plain_text(chosen.sources.get(name, "")))
        for name, value in values.items()
    ]
    print_table(rows)
    return DONE


def _told_value(value: object) -> str:
    if value is None or value in ([], {}):
        return "-"
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return ", ".join(map(str, value))
        case dict():
            return ", ".join(f"{name} = {keys}" for name, keys in value.items())
    return re.sub(r"://([^:/@]*):[^@/]*@", r"://\1:***@", str(value))
