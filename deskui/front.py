"""Opens the desk on a terminal: puts store, desk and screens together for `deskui` and `deskui demo`.

It stands above both front ends, so that neither knows the other.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from deskui.cli.errors import UsageProblem
from deskui.clock import Clock, RunningClock, SystemClock
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.desk.desk import Desk

ZONE = "Asia/Bangkok"
"""The zone of a desk without any vendor, and of an `--at` without an offset."""

_NO_TERMINAL = Text(
    th="โต๊ะทำงานต้องเปิดในเทอร์มินัล: เรียก deskui จากเทอร์มินัล หรือดูคำสั่งอื่นด้วย deskui --help",
    en="the desk needs a terminal: run deskui in one, or see the other commands with deskui --help",
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


def _run(connect: Callable[[], Desk], clock: Clock, language: str | None) -> int:
    """Shows the desk until the agent leaves it; the exit code."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageProblem(_NO_TERMINAL)
    from deskui.tui.app import DeskApp  # noqa: PLC0415 - no other command loads Textual

    app = DeskApp(connect, clock=clock, language=language, zone=ZONE, log_file=_log_file)
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


_AT = click.option("--at", type=Instant(), help="Start at this instant instead of now.")
_LANGUAGE = click.option("--lang", type=click.Choice(["th", "en"]), help="Language of the screens.")


@click.command()
@click.option("--db", envvar="DESKUI_DB", help="URL of the store; this user's own file if not said.")
@click.option("--agent", envvar="DESKUI_AGENT", help="Code of who is working.")
@click.option("--policies", type=click.Path(path_type=Path), help="Folder with the desk's own policy files.")
@_LANGUAGE
@_AT
def open_desk(
    db: str | None, agent: str | None, policies: Path | None, lang: str | None, at: datetime | None
) -> int:
    """Opens the desk."""
    clock: Clock = SystemClock() if at is None else RunningClock(at)

    def connect() -> Desk:
        from deskui.wiring import build_desk  # noqa: PLC0415 - after the first frame

        return build_desk(db, policies, clock, agent)

    return _run(connect, clock, lang)


@click.command()
@click.option("--db", help="URL of a new store to keep; a temporary file if not said.")
@click.option("--agent", default="nok", show_default=True, help="Who is working: nok, art or ploy.")
@_LANGUAGE
@_AT
def demo(db: str | None, agent: str, lang: str | None, at: datetime | None) -> int:
    """Opens the desk on made-up customers and tickets that are alive now."""
    clock: Clock = SystemClock() if at is None else RunningClock(at)
    with TemporaryDirectory(prefix="deskui-demo-", ignore_cleanup_errors=True) as folder:
        url = db or f"sqlite:///{Path(folder) / 'demo.sqlite'}"
        opened: list[Desk] = []

        def connect() -> Desk:
            from deskui.wiring import build_demo  # noqa: PLC0415 - after the first frame

            opened.append(build_demo(url, clock, agent))
            return opened[-1]

        try:
            return _run(connect, clock, lang)
        finally:
            for desk in opened:
                desk.shut()
