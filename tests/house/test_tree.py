"""What may stand in the repository, and what may not be said in it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, REPO, files, sources

TOP = {"pyproject.toml", "README.md", "deskui", "data", "tests", "screenshots"}
LONGEST = 400

# a letter in brackets keeps each pattern from finding itself
MACHINES = re.compile(
    r"/wor[k]/|/hom[e]/(?!me/)\w|/roo[t]/|/User[s]/|[A-Z]:\\User[s]\\"
    r"|files\.pythonhoste[d]|pypi\.or[g]|/simpl[e]/|registry\.npmj[s]|deb\.debia[n]|--(extra-)?index-ur[l]",
)
VENDORS = re.compile(
    r"em[-_ ]?work|เอ็มเวิร์ค|aristo|business[-_ ]?plus|\bmac[-_ ]?5|pharma[-_ ]?sys", re.IGNORECASE
)
RULE = re.compile(r"(EM|AR|BP|M5|PS)(-\d+)?")


def test_only_the_agreed_names_stand_at_the_top() -> None:
    # an unpacked source archive has one file more than the tree it was made from
    top = {path.parts[0] for path in files()} - {"PKG-INFO"}
    assert {"pyproject.toml", "README.md", "deskui", "data", "tests"} <= top
    assert {name for name in top if not name.startswith(".")} <= TOP


@pytest.mark.parametrize("source", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_is_too_long_to_read(source: Path) -> None:
    assert len(source.read_text("utf-8").splitlines()) <= LONGEST


def test_nothing_names_a_machine_or_a_package_host() -> None:
    found = [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in files()
        for number, line in enumerate((REPO / path).read_text("utf-8", errors="replace").splitlines(), 1)
        if MACHINES.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["cd /wor" + "k/x", "https://pypi.or" + "g/", "/hom" + "e/runner", "x --index-ur" + "l y"]
)
def test_a_machine_or_a_package_host_would_be_found(text: str) -> None:
    assert MACHINES.search(text)


def test_no_code_names_a_vendor() -> None:
    found = [
        f"{source.relative_to(REPO)}:{number}: {line.strip()}"
        for source in sources()
        for number, line in enumerate(source.read_text("utf-8").splitlines(), 1)
        if VENDORS.search(line)
    ]
    assert found == []


def test_no_code_knows_a_vendors_rule() -> None:
    found = [
        f"{source.relative_to(REPO)}:{node.lineno}: {node.value}"
        for source in sources()
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and RULE.fullmatch(node.value)
    ]
    assert found == []
