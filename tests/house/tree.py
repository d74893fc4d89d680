"""The repository as a test sees it, from a checkout and from an unpacked archive alike."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

REPO = Path(__file__).parents[2]
PACKAGE = REPO / "deskui"

_BUILD_PRODUCTS = {"__pycache__", "build", "dist", "snapshot_report.html"}


def _is_product(path: Path) -> bool:
    return any(
        part in _BUILD_PRODUCTS
        or part.endswith((".egg-info", ".sqlite", ".sqlite-wal", ".sqlite-shm"))
        or part.startswith(".")
        for part in path.parts
    )


def files() -> list[Path]:
    """The repository's files, relative to it: what git tracks, or what there is besides build products."""
    listed = run("git", "ls-files", "-z", check=False)
    if listed.returncode == 0 and (REPO / ".git").exists():
        named = [Path(name) for name in listed.stdout.split("\0") if name]
    else:
        named = [path.relative_to(REPO) for path in REPO.rglob("*")]
        named = [path for path in named if not _is_product(path)]
    return [path for path in named if (REPO / path).is_file()]


def sources(*below: str) -> list[Path]:
    """The Python files below a folder of the package, absolute, in a fixed order."""
    return sorted(PACKAGE.joinpath(*below).rglob("*.py"))


def run(
    *command: str, cwd: Path = REPO, env: Mapping[str, str] | None = None, given: str = "", check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Runs a program; with `check` it must end with 0, or the test fails with all it said."""
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, "NO_COLOR": "1", **(env or {})},
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    except FileNotFoundError as missing:
        done = subprocess.CompletedProcess(command, 127, "", str(missing))
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def python(*arguments: str, cwd: Path = REPO, env: Mapping[str, str] | None = None, given: str = "") -> str:
    """Runs this Python; gives what it printed."""
    return run(sys.executable, *arguments, cwd=cwd, env=env, given=given).stdout
