"""Runs `deskui` in this process, with bytes for stdin."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from deskui.cli.main import main


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Each line of stdout as JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def json(self) -> Any:
        """stdout as one JSON value."""
        return json.loads(self.out)


Deskui = Callable[..., Ended]


class _Stdin(io.TextIOWrapper):
    """Text stdin over bytes, as a real one is."""


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Deskui:
    """A function that runs one command line: `deskui("decide", given=b"…")`."""

    def run(*arguments: str, given: bytes | str = b"") -> Ended:
        data = given.encode() if isinstance(given, str) else given
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdin", _Stdin(io.BytesIO(data), encoding="utf-8"))
            code = main(arguments)
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return run
