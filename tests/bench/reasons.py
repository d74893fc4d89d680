"""Why a budget is missed: where the time or the memory goes, measured when it is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from tests.bench.figures import Figure
from tests.bench.programs import Bench
from tests.bench.terminal import Terminal

__all__ = ["explained", "imports", "policy_read", "resting"]

DESK_MODULES = "deskui.cli.main, deskui.front, deskui.tui.app, deskui.tui.comfort"
DECIDE_MODULES = "deskui.cli.main, deskui.cli.decide, " + ", ".join(
    f"deskui.policy.{name}" for name in ("decide", "load", "codec")
)
GIVEN_BACK = 8.0
"""Seconds after which a desk that is left alone has given back the memory that it does not use."""
_SAMPLES = 5
_LOADED = """
import os
import deskui.cli.main, deskui.front, deskui.tui.app, deskui.tui.screens.call, deskui.wiring
import deskui.desk.desk, deskui.store.store
from deskui.tui import spare, thai
thai.load_words()
spare.give_back()
with open("/proc/self/statm") as found:
    print(int(found.read().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
"""
_TIMED = """
import gc, time
gc.disable()
begin = time.perf_counter()
{work}
print(time.perf_counter() - begin)
"""


def explained(figure: Figure, why: Callable[[], str]) -> Figure:
    """The figure with its reason, which is looked for only where the budget is missed."""
    return figure if figure.met else replace(figure, note=why())


def timed(bench: Bench, work: str) -> float:
    """Milliseconds that a new Python takes for some statements."""
    command = [sys.executable, "-c", _TIMED.format(work=work)]
    found = [
        float(subprocess.run(command, env=bench.environment, capture_output=True, check=True).stdout)
        for _ in range(_SAMPLES)
    ]
    return 1000 * median(found)


def imports(bench: Bench, whole: float) -> str:
    """Of a first frame that took `whole` seconds: modules, and what is left for making the screen."""
    ours, bare = (
        timed(bench, f"import {DESK_MODULES}"),
        timed(bench, "import textual.app, textual.widgets._static"),
    )
    rest = max(0.0, 1000 * whole - ours)
    return (
        f"imports {ours:.0f} of {1000 * whole:.0f} ms (Textual alone {bare:.0f});"
        f" start of Python, styles, layout and paint {rest:.0f}"
    )


def policy_read(bench: Bench, name: str, whole: float) -> str:
    """Of a cold decision that took `whole` seconds: modules, and reading the policy."""
    modules = timed(bench, f"import {DECIDE_MODULES}")
    both = timed(
        bench, f"import {DECIDE_MODULES}\nfrom deskui.policy import Library\nLibrary.open().get({name!r})"
    )
    parsing = max(0.0, both - modules)
    return f"imports {modules:.0f} and reading the policy {parsing:.0f} of {1000 * whole:.0f} ms"


def resting(bench: Bench, command: list[str], whole: float) -> str:
    """Of `whole` MB at rest: modules alone, a desk over next to no tickets, the rest being its tickets."""
    with Terminal(command, bench.environment) as terminal:
        terminal.until(b"Queue")
        # until it has loaded what comes next, and given back what that left free
        terminal.count(GIVEN_BACK)
        small = terminal.memory / 2**20
    loaded = subprocess.run(
        [sys.executable, "-c", _LOADED], env=bench.environment, capture_output=True, check=True
    )
    modules = int(loaded.stdout) / 2**20
    return (
        f"modules alone take {modules:.0f} of {whole:.0f} MB (Textual, SQLAlchemy, ICU, ours), a desk over an"
        f" empty store {small:.0f}; {whole - small:.0f} are the open tickets with their order, and pages read"
    )
