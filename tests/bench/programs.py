"""The programs that are measured, and those they are measured by."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.seeded import AGENT, AT, Sizes, make

STATIC = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("Queue")
Bare().run()
"""
TICKING = """
from textual.app import App
from textual.widgets import Static
class Ticking(App):
    def compose(self):
        yield Static("Queue 0")
    def on_mount(self):
        self.seconds = 0
        self.set_interval(1, self.tick)
    def tick(self):
        self.seconds += 1
        self.query_one(Static).update(f"Queue {self.seconds}")
Ticking().run()
"""
INPUT = """
from textual.app import App
from textual.widgets import Input
class Typed(App):
    def compose(self):
        yield Input(placeholder="Queue")
Typed().run()
"""
TABLE = """
from textual.app import App
from textual.widgets import DataTable
class Table(App):
    def compose(self):
        yield DataTable(cursor_type="row")
    def on_mount(self):
        table = self.query_one(DataTable)
        for name, width in (("LEFT", 7), ("DUE", 9), ("#", 7), ("CUSTOMER", 24), ("PLAN", 8), ("WHAT", 24),
                            ("STATE", 8), ("WHO", 5)):
            table.add_column(name, key=name, width=width)
        for n in range({rows}):
            table.add_row(f"{{n // 60}}h{{n % 60:02}}", "Mon 10:45", str(1000 + n), f"Test Trading {{n}}",
                          "M/A", "payroll run stops at 40 %", "open", "nok", key=str(n))
        if {ticking}:
            self.n = 0
            self.set_interval(1, self.tick)
    def tick(self):
        self.n += 1
        table = self.query_one(DataTable)
        for n in range(40):
            table.update_cell(str(n), "LEFT", f"{{n}}:{{self.n % 60:02}}")
Table().run()
"""
UP, DOWN, PAGE_UP, PAGE_DOWN = b"\x1b[A", b"\x1b[B", b"\x1b[5~", b"\x1b[6~"


def python(source: str) -> list[str]:
    """The command that runs a source."""
    return [sys.executable, "-c", source]


def data_table(rows: int, *, ticking: bool = False) -> list[str]:
    """A DataTable of eight columns; `ticking` updates 40 of its cells a second."""
    return python(TABLE.format(rows=rows, ticking=ticking))


@dataclass
class Bench:
    """What all rows share: the stores, made on first use, and the environment of the programs."""

    folder: Path
    """For what lives as long as the run."""
    big: Path
    """The store of a million tickets; made where there is none."""
    rounds: int = 11
    keys: int = 120
    """How many keys are pressed for one figure."""
    seconds: float = 20.0
    """How long is listened to what comes by itself."""
    sizes: Sizes = field(default_factory=Sizes)
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "DESKUI", "TEXTUAL")) and name not in ("NO_COLOR", "TMUX")
        } | {
            # the byte code is cached, as it is where deskui is installed
            "PYTHONPYCACHEPREFIX": str(self.folder / "cache"),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "HOME": str(self.folder),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
        }

    def store(self, name: str, sizes: Sizes) -> Path:
        """A small store of this run."""
        path = self.folder / f"{name}.sqlite"
        if not path.exists():
            make(path, sizes)
        return path

    @property
    def million(self) -> Path:
        """The large store."""
        if not self.big.exists():
            make(self.big, self.sizes)
        return self.big

    def desk(self, store: Path, at: str | None = None) -> list[str]:
        """The command that opens the desk on a store, at the instant that the store was made for."""
        when = at or AT.isoformat()
        return [
            *(sys.executable, "-m", "deskui", "--db", f"sqlite:///{store}"),
            *("--agent", AGENT, "--lang", "en", "--at", when),
        ]


@contextmanager
def bench(store: Path | None, **settings: Any) -> Iterator[Bench]:
    """A bench with a folder of its own; the large store is kept where `store` says."""
    with TemporaryDirectory(prefix="deskui-bench-") as folder:
        yield Bench(Path(folder), store or Path(folder) / "million.sqlite", **settings)
