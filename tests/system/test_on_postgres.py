"""The store's and the desk's own tests, once more, on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from tests.system.postgres import Server

REPO = Path(__file__).parents[2]


def test_the_store_and_the_desk_do_the_same_on_postgresql(postgres: Server, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", "tests/store", "tests/desk"],
        cwd=REPO,
        env=os.environ | {"DESKUI_TEST_DB": "postgresql", "DESKUI_TEST_SERVER": postgres.url()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    suite = ElementTree.parse(report).getroot().find("testsuite")
    assert suite is not None
    counts = {name: int(suite.attrib[name]) for name in ("tests", "errors", "failures", "skipped")}
    assert counts.pop("tests") > 0, done.stdout
    assert counts == {"errors": 0, "failures": 0, "skipped": 0}, done.stdout
