"""`python -m tests.system [pytest's arguments]`: the tests that need more than Python."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping

import pytest

from tests.system.postgres import find_binaries

NEEDED: Mapping[str, Callable[[], bool]] = {
    "tmux": lambda: shutil.which("tmux") is not None,
    "postgresql": lambda: find_binaries() is not None,
}
"""Debian's packages and how to see that each is there."""
_OWN = ["-o", "addopts=--strict-markers --strict-config", "-o", "testpaths=tests/system"]


def missing(needed: Mapping[str, Callable[[], bool]] = NEEDED) -> list[str]:
    """The packages that are not installed."""
    return [package for package, present in needed.items() if not present()]


def main(arguments: list[str]) -> int:
    """Runs the system tests; 2 when a program they need is missing, else pytest's exit code."""
    if packages := missing():
        names = " ".join(packages)
        sys.stderr.write(f"the system tests need {names}: apt-get install --no-install-recommends {names}\n")
        return 2
    return pytest.main([*_OWN, *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
