"""Each import contract bites: an arrow turned round in a copy of the package breaks the contract about it."""

from __future__ import annotations

import shutil
import sys
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import PACKAGE, REPO, run

CONTRACTS: list[dict[str, Any]] = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["tool"][
    "importlinter"
]["contracts"]


def _arrows(contract: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every (importer, imported) that a contract forbids."""
    if contract["type"] == "forbidden":
        for importer in contract["source_modules"]:
            for imported in contract["forbidden_modules"]:
                yield importer, imported
        return
    assert contract["type"] == "layers"
    levels = [level.replace(" ", "").split("|") for level in contract["layers"]]
    for beside in levels:
        for one, other in combinations(beside, 2):
            yield one, other
            yield other, one
    for upper, lower in combinations(levels, 2):
        for imported in upper:
            for importer in lower:
                yield importer, imported


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and of its settings, to spoil."""
    shutil.copytree(PACKAGE, tmp_path / "deskui", ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copy(REPO / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "importer", "imported"),
    [(contract["name"], *arrow) for contract in CONTRACTS for arrow in _arrows(contract)],
)
def test_an_arrow_turned_round_is_named(copy: Path, name: str, importer: str, imported: str) -> None:
    folder = copy.joinpath(*importer.split("."))
    # a module beside the others of a package; a module that is one file gets the import at its end
    spoilt = folder / "spoilt.py" if folder.is_dir() else folder.with_suffix(".py")
    assert folder.is_dir() or spoilt.exists(), f"{name} speaks of {importer}, which is not there"
    with spoilt.open("a", encoding="utf-8") as source:
        source.write(f"\nimport {imported}\n")
    lint = "from importlinter.cli import lint_imports_command as lint; lint()"
    done = run(sys.executable, "-c", lint, "--no-cache", "--no-logo", cwd=copy, check=False)
    assert done.returncode == 1, done.stdout
    assert f"{name} BROKEN" in done.stdout
    assert f"{importer} is not allowed to import {imported}" in done.stdout
