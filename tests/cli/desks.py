"""A desk filled through the commands themselves, with the made-up vendors of the desk's own tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deskui.cli.main import main
from tests.desk.conftest import POLICIES

NOW = "2026-11-23T10:30"
"""A Monday in Bangkok, while the vendors are open."""
HOSTILE = "evil\x1b[31m\x9b2J\u202egnp.exe\u2066\x07"
"""Colours, a cleared screen, writing turned round and a bell."""
STEERING = frozenset("\x1b\x9b\u202e\u2066\x07\x7f\u2028")

CUSTOMERS = """\
code,name,province,contact,phone,policy,product,purchased_on,contract_start,contract_end,plan,paid
SX-001,Test Trading,กรุงเทพมหานคร,สมศรี,+66812345678,sixth,Sixth suite,01/03/2563,2026-08-01,2027-07-31,GOLD,yes
SX-001,,,Front desk,02-123-4567,,,,,,,
SX-003,Thonburi Stores,Bangkok,สมชาย,089 999 1234,sixth,Sixth suite,2020-03-01,,,,
SV-001,น้ำใส จำกัด,Nonthaburi,น้ำฝน,0800000001,seventh,Seventh suite,2020-03-01,2026-08-01,2027-07-31,gold,yes
"""


@dataclass(frozen=True)
class Answer:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as one JSON value."""
        return json.loads(self.out)


Run = Callable[..., Answer]


def runner(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `deskui` with these arguments at NOW, over the store of DESKUI_DB."""

    def run(*arguments: str, at: str = NOW) -> Answer:
        capsys.readouterr()
        # before the command, so that a test may say otherwise after it
        code = main(["--policies", str(POLICIES), "--at", at, *arguments])
        return Answer(code, *capsys.readouterr())

    return run


def fill(run: Run, folder: Path) -> None:
    """Two agents and three customers."""
    file = folder / "customers.csv"
    file.write_text(CUSTOMERS, "utf-8")
    for arguments in (
        ("agent", "add", "nok", "Nok", "--particle", "ค่ะ"),
        ("agent", "add", "art", "Art", "--particle", "ครับ", "--language", "en"),
        ("customer", "import", str(file)),
    ):
        done = run(*arguments)
        assert done.code == 0, done.err


def safe(text: str) -> bool:
    """Whether a terminal may show it."""
    return not STEERING & set(text)
