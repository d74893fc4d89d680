"""The README's two commands, and that the check of every commit takes its own from there."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import REPO, run

COMMANDS = {
    "desk": "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/deskui demo",
    "tests": "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/python -m pytest",
}


def test_the_readme_has_two_commands_and_no_more() -> None:
    readme = (REPO / "README.md").read_text("utf-8")
    assert re.findall(r"^```sh\n(.*?)\n```$", readme, re.MULTILINE | re.DOTALL) == list(COMMANDS.values())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_found_by_its_name(name: str) -> None:
    assert run("bash", ".ci/readme-command", name).stdout.strip() == COMMANDS[name]


def test_a_command_that_is_not_there_is_an_error() -> None:
    assert run("bash", ".ci/readme-command", "nothing", check=False).returncode != 0


def test_the_check_runs_the_readmes_command() -> None:
    script = (REPO / ".ci" / "run").read_text("utf-8")
    assert "command=$(.ci/readme-command tests)" in script
    assert 'bash -euo pipefail -c "$command"' in script
    assert "pip install" not in script
    assert "-m pytest" not in script


def test_the_check_is_a_script_that_can_be_run() -> None:
    run("bash", "-n", ".ci/run")
    assert (REPO / ".ci" / "run").stat().st_mode & 0o111


def test_every_picture_of_the_readme_is_there() -> None:
    readme = (REPO / "README.md").read_text("utf-8")
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    assert len(pictures) >= 2
    assert [picture for picture in pictures if not (REPO / picture).is_file()] == []
