"""`deskui decide`: requests in, one JSON decision a line out, in order."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE, WRONG_USE
from deskui.cli.library import open_library, policies_option
from deskui.cli.output import plain_text, print_json
from deskui.cli.requests import Request, Unreadable, read_requests
from deskui.cli.source import read_input
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.policy.library import Library

_HELP = """Judge requests: is it covered, what does it cost, by which rule.

Reads one JSON object, an array, or JSON lines from FILE (- or nothing: stdin) and prints one JSON decision a
line, in order. A request has policy, ask, at (ISO 8601; Asia/Bangkok without an offset) and facts, flat or
under "facts". Exit 2 when a request could not be read: its line is {"error": …}, the others are answered.
"""


@click.command(help=_HELP)
@click.argument("file", default="-", metavar="[FILE|-]")
@policies_option
@click.option("--json", is_flag=True, expose_value=False, help="What it always prints; changes nothing.")
def decide(file: str, folder: str | None) -> int:
    """Answers every request that can be read."""
    library = open_library(folder)
    data = read_input(file, Text(th="ไฟล์ JSON", en="a file of JSON"))
    code = DONE
    with _rarely_collected():
        for request in read_requests(data):
            answer = request if isinstance(request, Unreadable) else _answer(library, request)
            if isinstance(answer, Unreadable):
                code = WRONG_USE
                click.echo(f"deskui decide: {plain_text(answer)}", err=True)
                print_json(answer.to_json())
            else:
                print_json(answer)
    return code


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Lets the policies be read without looking for garbage in them: 5 % of a cold start."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _answer(library: Library, request: Request) -> dict[str, Any] | Unreadable:
    """The decision as JSON, or why the request cannot be read."""
    from deskui.policy.codec import decision_to_json  # noqa: PLC0415 - the same
    from deskui.policy.decide import UnknownAsk, decide  # noqa: PLC0415 - the same
    from deskui.policy.facts import FactProblem, read_facts, read_instant  # noqa: PLC0415 - the same
    from deskui.policy.library import UnknownPolicy  # noqa: PLC0415 - the same
    from deskui.policy.problems import PolicyFileError  # noqa: PLC0415 - the same
    from deskui.worktime import HolidayFileError, NeverCloses, NeverOpen  # noqa: PLC0415 - the same

    place = request.place
    try:
        policy = library.get(request.policy)
    except UnknownPolicy as error:
        return Unreadable(place, "policy", str(error))
    except PolicyFileError as error:
        return Unreadable(place, "policy", f"its file cannot be used: {'; '.join(map(str, error.problems))}")
    try:
        at = read_instant(request.at, policy.zone)
    except (ValueError, OverflowError) as error:
        return Unreadable(place, "at", str(error))
    problem = _settled_problem(policy.readings, request)
    if problem is not None:
        return problem
    try:
        decision = decide(policy, request.ask, read_facts(policy, request.facts), at, request.settled)
        return {**decision_to_json(decision), "say": decision.say.spoken().to_json()}
    except UnknownAsk as error:
        return Unreadable(place, "ask", str(error))
    except FactProblem as error:
        key, words = error.problems[0]
        more = "".join(f"; {other}: {said}" for other, said in error.problems[1:])
        return Unreadable(place, key, f"{words}{more}")
    except HolidayFileError as error:
        return Unreadable(place, "policy", f"its holidays cannot be read: {error}")
    except (NeverOpen, NeverCloses) as error:
        return Unreadable(place, "policy", f"its calendar gives no such time: {error}")


def _settled_problem(readings: Any, request: Request) -> Unreadable | None:
    for name, option in request.settled.items():
        if name not in readings:
            known = ", ".join(sorted(readings)) or "none"
            return Unreadable(request.place, f"settled.{name}", f"no such reading; there are: {known}")
        if option not in readings[name].options:
            known = ", ".join(readings[name].options)
            return Unreadable(request.place, f"settled.{name}", f"found {option!r}, expected one of: {known}")
    return None
