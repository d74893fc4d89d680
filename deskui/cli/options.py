"""What the commands over a store share: --db, --agent, --policies, --at, --json, and the desk they open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from deskui.cli.errors import UsageProblem
from deskui.cli.language import told
from deskui.cli.library import instant, open_library
from deskui.cli.output import plain_text
from deskui.config import Settings, read_settings
from deskui.dataclass import dataclass
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.clock import Clock
    from deskui.desk.desk import Desk
    from deskui.store.store import Store


@dataclass(frozen=True)
class Session:
    """What the options of one command line ask for."""

    db: str | None
    agent: str | None
    policies: str | None
    at: datetime | None
    as_json: bool

    @cached_property
    def clock(self) -> Clock:
        """Stands still at --at; without it the store's, once that is open."""
        from deskui.clock import FixedClock, StoreClock  # noqa: PLC0415 - help needs no clock

        return StoreClock() if self.at is None else FixedClock(self.at)

    @contextmanager
    def desk(self, *, create: bool = False, look_only: bool = False) -> Iterator[Desk]:
        """The desk while the block runs; a missing file is made only with `create`.

        With `look_only` nobody needs to be named; any other goes on first with what a change of hours left
        to be planned anew. Raises StoreFailure, NotFound and UsageProblem.
        """
        from deskui.cli.progress import catch_up, say_unfinished  # noqa: PLC0415 - help needs no store
        from deskui.wiring import build_desk  # noqa: PLC0415 - help needs no store

        open_library(self.policies)
        folder = None if self.policies is None else Path(self.policies)
        desk = build_desk(
            self.db,
            folder,
            self.clock,
            self.agent,
            create=create,
            look_only=look_only,
            told=lambda text: click.echo(f"deskui: {plain_text(told(text))}", err=True),
        )
        try:
            (say_unfinished if look_only else catch_up)(desk)
            yield desk
        finally:
            desk.shut()

    @contextmanager
    def store(self, *, create: bool = False) -> Iterator[Store]:
        """The store while the block runs, for what needs no terms. Raises StoreFailure and NotFound."""
        from deskui.wiring import agent_of, build_store, set_clock  # noqa: PLC0415 - help needs no store

        store = build_store(self.db, create=create)
        try:
            set_clock(self.clock, store)
            if self.agent is not None:
                with store.uow() as uow:
                    known = uow.agents.all()
                # whoever fills an empty desk cannot be known yet
                if known:
                    agent_of(known, self.agent)
            yield store
        finally:
            store.close()


_OPTIONS = (
    click.option("--db", metavar="URL", help="The store [DESKUI_DB]; this user's own file if not said."),
    click.option("--agent", metavar="CODE", help="Who is working [DESKUI_AGENT]."),
    click.option("--policies", metavar="DIR", help="A folder of policy files, before the shipped ones."),
    click.option("--at", metavar="T", help="Instead of now: ISO 8601, in Asia/Bangkok without an offset."),
    click.option("--json", "as_json", is_flag=True, help="Print JSON."),
)


_MOST_DIGITS = 15
"""Of a number: more of them is no slip of the finger, and no store counts so far."""


class NumberOf(click.ParamType[int]):
    """The number of something, with or without the letter before it: 1042 or #1042."""

    name = "number"

    def __init__(self, what: Text, such_as: int, letter: str = "") -> None:
        self._what = what
        self._letter = letter
        example = str(such_as)
        self._forms = (example, letter + example) if letter else (example,)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; fails with words that show the form."""
        text = str(value).strip().upper().removeprefix(self._letter)
        if not text.isdecimal() or len(text) > _MOST_DIGITS or int(text) == 0:
            shown, th, en = plain_text(repr(value)), " หรือ ".join(self._forms), " or ".join(self._forms)
            no = Text(
                f"{shown} ไม่ใช่{self._what.th} ต้องเป็นเลขเช่น {th}",
                f"{shown} is no {self._what.en}: expected one such as {en}",
            )
            self.fail(told(no), param, ctx)
        return int(text)


TICKET_NUMBER = NumberOf(Text("เลขเรื่อง", "ticket number"), 1042, "#")
PROBLEM_NUMBER = NumberOf(Text("เลขปัญหา", "problem"), 3, "P")
QUESTION_NUMBER = NumberOf(Text("เลขคำถาม", "question"), 7, "Q")
CALLER_NUMBER = NumberOf(Text("เลขในรายการโทรกลับ", "number of the call-back list"), 3)
CALL_NUMBER = NumberOf(Text("เลขสาย", "call"), 12)


def given_before(name: str) -> Any:
    """What an option said before the subcommand, as in `deskui --lang th demo`; None where none was.

    What the environment says is left to the subcommand.
    """
    context = click.get_current_context()
    root = context.find_root()
    if root is context or root.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
        return None
    return root.params.get(name)


def settings() -> Settings:
    """The settings of the user who runs this command."""
    found = click.get_current_context().find_root().find_object(Settings)
    return read_settings() if found is None else found


def said(name: str, given: str | None, chosen: Settings) -> str | None:
    """Whose desk this is: as given on the command line or in the environment, else as `chosen` says.

    Raises UsageProblem where the settings mean to say it and cannot be read: a guess would be another desk.
    """
    if given:
        return given
    if name in chosen.unusable:
        problem = chosen.unusable[name].text
        raise UsageProblem(
            Text(
                th=f"การตั้งค่า {name} อ่านไม่ได้ แก้ไขหรือระบุ --{name} · {problem.th}",
                en=f"the setting {name} cannot be read; mend it or give --{name} · {problem.en}",
            )
        )
    value: str | None = getattr(chosen, name)
    return value


def desk_options(command: Callable[..., int]) -> Callable[..., int]:
    """Gives a command these options; it takes them as a Session, its first argument."""

    @wraps(command)
    def run(*arguments: Any, **values: Any) -> int:
        # deskui --db X ticket list means the same as deskui ticket list --db X
        root = click.get_current_context().find_root()
        at = values.pop("at") or root.params.get("at") or None
        chosen = settings()
        db, agent, policies = (
            said(name, values.pop(name) or root.params.get(name), chosen)
            for name in ("db", "agent", "policies")
        )
        session = Session(db, agent, policies, _instant(at), values.pop("as_json"))
        return command(session, *arguments, **values)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    from deskui.desk.terms import HOME_ZONE  # noqa: PLC0415 - only when an instant is given

    return instant(text, "--at", HOME_ZONE)
